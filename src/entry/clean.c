/* SPDX-License-Identifier: ISC */
/* Bytes as they come to text that every later stage can trust. */
#include "base/utf8.h"
#include "base/vec.h"
#include "entry/reader.h"
#include "script/nfc.h"

/* After so many broken bytes places are no longer exact. */
#define TURNS_MAX	(1u << 20)

void
srcmap_add(struct srcmap *m, size_t text, size_t src)
{
	const struct srcrun *last = m->n ? &m->v[m->n - 1] : NULL;

	if (m->n == TURNS_MAX || (last && last->src + (text - last->text) == src))
		return;
	if (vec_room(&m->v, m->n, &m->cap, sizeof(*m->v), LIMIT_SOURCE) < 0) {
		m->failed = true;
		return;
	}
	m->v[m->n++] = (struct srcrun){ (uint32_t)text, (uint32_t)src };
}

/* Index of the first turn after text. */
static size_t
turn_after(const struct srcmap *m, size_t text)
{
	size_t lo = 0, hi = m->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (m->v[mid].text <= text)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
srcmap_get(const struct srcmap *m, size_t text)
{
	size_t i = turn_after(m, text);

	return i ? m->v[i - 1].src + (text - m->v[i - 1].text) : text;
}

size_t
srcmap_turn(const struct srcmap *m, size_t text)
{
	size_t i = turn_after(m, text);

	return i < m->n ? m->v[i].text : SIZE_MAX;
}

void
srcmap_release(struct srcmap *m)
{
	free(m->v);
	*m = (struct srcmap){ 0 };
}

/*
 * What is told and mended at s.p[at], which may not stay: a control, a CR or
 * the first byte of a character.  Gives its length; *shown is what stands for
 * it, or "" when nothing is to be changed.
 */
static size_t
mend(struct entry_reader *r, struct bytes s, size_t at, size_t src, const char **shown)
{
	unsigned char c = s.p[at];
	size_t len = 1;
	bool bad;

	*shown = "\xef\xbf\xbd";
	if (c >= 0x80) {
		(void)utf8_get(s, at, &len, &bad);
		if (bad)
			say(r, DIAG_UTF8_BAD, src, src + len, "not UTF-8: byte 0x%02x", c);
		else
			*shown = "";
	} else if (c == '\r') {
		/* Before a line end it goes; alone it is one. */
		*shown = "\n";
		if (at + 1 < s.n && s.p[at + 1] == '\n')
			len = 2;
	} else if (c == 0) {
		say(r, DIAG_NUL_BYTE, src, src + 1, "a NUL byte");
	} else {
		say(r, DIAG_CONTROL, src, src + 1, "the control character 0x%02x", c);
	}
	return len;
}

void
text_clean(struct entry_reader *r, struct bytes s, size_t base, struct buf *out,
    struct srcmap *map)
{
	size_t at = 0, from = 0, len;
	const char *shown;

	if (map)
		srcmap_add(map, out->n, base);
	while (at < s.n) {
		if (s.p[at] < 0x80 && s.p[at] != '\r' && !is_control(s.p[at])) {
			at++;
			continue;
		}
		len = mend(r, s, at, base + at, &shown);
		at += len;
		if (*shown == 0)
			continue;
		buf_add(out, s.p + from, at - len - from);
		buf_puts(out, shown);
		from = at;
		if (map)
			srcmap_add(map, out->n, base + at);
	}
	buf_add(out, s.p ? s.p + from : NULL, at - from);
}

static bool
may_stand_in_id(uint32_t cp)
{
	if (cp < 0x80)
		return cp > ' ' && cp != 0x7f && strchr("/?#%", (int)cp) == NULL;
	/* C1 controls, white space, and what shows nothing at all. */
	return cp > 0xa0 && cp != UTF8_BAD && cp != 0x1680 && cp != 0x3000 &&
	    cp != 0xfeff && !(cp >= 0x2000 && cp <= 0x200f) &&
	    !(cp >= 0x2028 && cp <= 0x202f) && !(cp >= 0x205f && cp <= 0x206f);
}

struct bytes
id_make(struct arena *a, struct bytes s, bool *changed)
{
	static const char *const endings[] = { ".json", ".md", ".txt" };
	struct buf nfc = { 0 }, out = { 0 };
	struct bytes id;
	size_t at = 0, i;
	uint32_t cp;

	*changed = utf8_check(s) != SIZE_MAX;
	script_nfc(s, &nfc);
	while (utf8_next(buf_view(&nfc), &at, &cp)) {
		if (!may_stand_in_id(cp)) {
			*changed = true;
			cp = '-';
		}
		buf_utf8(&out, cp);
	}
	id = buf_view(&out);
	if (id.n > LIMIT_ID) {
		*changed = true;
		id = utf8_cut(id, LIMIT_ID);
	}
	for (i = 0; i < NELEM(endings); i++)
		if (bytes_ends(id, bytes_str(endings[i]))) {
			*changed = true;
			out.p[id.n - strlen(endings[i])] = '-';
		}
	if (bytes_eq(id, B(".")) || bytes_eq(id, B(".."))) {
		*changed = true;
		memset(out.p, '-', id.n);
	}
	id = arena_bytes(a, id);
	if (a->err == 0 && (nfc.err || out.err))
		a->err = LEISHU_ENOMEM;
	buf_release(&nfc);
	buf_release(&out);
	return id;
}
