/* SPDX-License-Identifier: ISC */
/* English sentences of the library in the interface's language. */
#include "render/said.h"

#define HOLES_MAX	9

/* Made from web/said.tsv. */
extern const struct bytes said_table[][UI__MAX];
extern const size_t n_said;

/* Does s fit the row?  hole is what stands in the places of its {}. */
static bool
fits(struct bytes row, struct bytes s, struct bytes hole[HOLES_MAX])
{
	size_t n;

	for (n = 0; n <= HOLES_MAX; n++) {
		size_t at = bytes_find(row, B("{}"));
		struct bytes words = bytes_sub(row, 0, at);
		size_t found;

		if (at == SIZE_MAX && n == 0)
			return bytes_eq(s, words);
		if (at == SIZE_MAX) {
			if (s.n <= words.n || !bytes_ends(s, words))
				return false;
			hole[n - 1] = bytes_sub(s, 0, s.n - words.n);
			return true;
		}
		found = bytes_find(s, words);
		if (found == SIZE_MAX || (n == 0) != (found == 0))
			return false;
		if (n > 0)
			hole[n - 1] = bytes_sub(s, 0, found);
		s = bytes_sub(s, found + words.n, s.n);
		row = bytes_sub(row, at + 2, row.n);
	}
	return false;
}

struct bytes
said_word(enum ui ui, char what, struct bytes key)
{
	size_t i;

	for (i = 0; ui != UI_EN && i < n_said; i++) {
		struct bytes row = said_table[i][UI_EN];

		if (what && (row.n == 0 || row.p[0] != what))
			continue;
		if (bytes_eq(bytes_sub(row, what != 0, row.n), key))
			return said_table[i][ui];
	}
	return key;
}

/* "{1}" and "{2~}" give back what was in the places. */
static void
fill(enum ui ui, struct bytes cell, const struct bytes hole[HOLES_MAX], struct buf *out)
{
	size_t at;

	while ((at = bytes_find(cell, B("{"))) != SIZE_MAX && at + 2 < cell.n) {
		bool turn = cell.p[at + 2] == '~';
		struct bytes what = hole[(cell.p[at + 1] - '1') % HOLES_MAX];

		buf_bytes(out, bytes_sub(cell, 0, at));
		buf_bytes(out, turn ? said_word(ui, 0, what) : what);
		cell = bytes_sub(cell, at + 3 + turn, cell.n);
	}
	buf_bytes(out, cell);
}

static bool
is_letter(struct bytes s, size_t at)
{
	return at < s.n && (s.p[at] | 0x20) >= 'a' && (s.p[at] | 0x20) <= 'z';
}

/* Typewriter's quotation marks as the language sets them. */
static void
set_quotes(enum ui ui, struct bytes s, struct buf *out)
{
	static const char *const marks[UI__MAX][2] = {
		[UI_EN] = { "“", "”" }, [UI_HANT] = { "「", "」" }, [UI_HANS] = { "“", "”" },
	};
	bool open = false, single = false;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '"') {
			buf_puts(out, marks[ui][open]);
			open = !open;
		} else if (s.p[i] != '\'')
			buf_putc(out, s.p[i]);
		else if (!single && (i == 0 || s.p[i - 1] == ' ')) {
			buf_puts(out, ui == UI_EN ? "‘" : marks[ui][0]);
			single = true;
		} else if (single && !is_letter(s, i + 1)) {
			buf_puts(out, ui == UI_EN ? "’" : marks[ui][1]);
			single = false;
		} else
			buf_puts(out, "’");
	}
}

bool
said(enum ui ui, struct bytes s, struct buf *out)
{
	struct bytes hole[HOLES_MAX] = { { NULL, 0 } };
	struct buf turned = { 0 };
	size_t i;

	for (i = 0; ui != UI_EN && i < n_said && !fits(said_table[i][UI_EN], s, hole); i++)
		;
	if (ui == UI_EN || i == n_said) {
		set_quotes(UI_EN, s, out);
		return ui == UI_EN;
	}
	fill(ui, said_table[i][ui], hole, &turned);
	set_quotes(ui, buf_view(&turned), out);
	buf_release(&turned);
	return true;
}
