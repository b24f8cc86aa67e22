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

void
text_clean(struct entry_reader *r, struct bytes s, size_t base, struct buf *out,
    struct srcmap *map)
{
	size_t at = 0, from = 0, len;
	bool bad;

	if (map)
		srcmap_add(map, out->n, base);
	while (at < s.n) {
		unsigned char c = s.p[at];

		if (c < 0x80 && c != 0 && c != '\r') {
			at++;
			continue;
		}
		if (c >= 0x80) {
			(void)utf8_get(s, at, &len, &bad);
			if (!bad) {
				at += len;
				continue;
			}
			say(r, DIAG_UTF8_BAD, base + at, base + at + len,
			    "not UTF-8: byte 0x%02x", c);
		} else {
			len = 1;
			if (c == 0)
				say(r, DIAG_NUL_BYTE, base + at, base + at + 1,
				    "a NUL byte");
			else if (at + 1 >= s.n || s.p[at + 1] != '\n') {
				at++;	/* a CR alone is a control like others */
				continue;
			}
		}
		buf_add(out, s.p + from, at - from);
		if (c != '\r')
			buf_utf8(out, UTF8_BAD);
		at += len;
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
