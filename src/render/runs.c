/* SPDX-License-Identifier: ISC */
/* Cuts text into runs of one script and writes each with its language. */
#include "render/runs.h"

#include "base/utf8.h"
#include "script/name.h"

enum cls {
	CLS_NONE,	/* spaces, digits, signs: go with what is around them */
	CLS_LATIN,
	CLS_HAN,
	CLS_KANA,
	CLS_SIGN,	/* full-width punctuation: Han when beside it */
	CLS_CYR,
	CLS_GREEK,
	CLS_HEBREW,
	CLS_ARABIC,
	CLS_DEVA,
	CLS_TIBETAN,
	CLS_HANGUL,
	CLS_MONGOL,
	CLS__MAX
};

/* What a run is tagged as when nothing says better; NULL: by other means. */
static const char *const tags[CLS__MAX] = {
	[CLS_KANA] = "ja", [CLS_CYR] = "ru", [CLS_GREEK] = "el",
	[CLS_HEBREW] = "he", [CLS_ARABIC] = "ar", [CLS_DEVA] = "sa",
	[CLS_TIBETAN] = "bo", [CLS_HANGUL] = "ko", [CLS_MONGOL] = "mn-Mong",
};

static const struct {
	uint32_t lo, hi;
	enum cls cls;
} ranges[] = {
	{ 0x41, 0x5a, CLS_LATIN }, { 0x61, 0x7a, CLS_LATIN },
	{ 0xaa, 0xaa, CLS_LATIN }, { 0xba, 0xba, CLS_LATIN },
	{ 0xc0, 0xd6, CLS_LATIN }, { 0xd8, 0xf6, CLS_LATIN },
	{ 0xf8, 0x2af, CLS_LATIN }, { 0x370, 0x3ff, CLS_GREEK },
	{ 0x400, 0x52f, CLS_CYR }, { 0x5d0, 0x5f4, CLS_HEBREW },
	{ 0x620, 0x6ff, CLS_ARABIC }, { 0x900, 0x97f, CLS_DEVA },
	{ 0xf00, 0xfff, CLS_TIBETAN }, { 0x1100, 0x11ff, CLS_HANGUL },
	{ 0x1800, 0x18aa, CLS_MONGOL }, { 0x1c80, 0x1c88, CLS_CYR },
	{ 0x1e00, 0x1eff, CLS_LATIN }, { 0x1f00, 0x1fff, CLS_GREEK },
	{ 0x2c60, 0x2c7f, CLS_LATIN }, { 0x2de0, 0x2dff, CLS_CYR },
	{ 0x2e80, 0x2fdf, CLS_HAN }, { 0x2ff0, 0x2fff, CLS_HAN },
	{ 0x3000, 0x3004, CLS_SIGN }, { 0x3005, 0x3007, CLS_HAN },
	{ 0x3008, 0x3020, CLS_SIGN }, { 0x3021, 0x3029, CLS_HAN },
	{ 0x302a, 0x303f, CLS_SIGN }, { 0x3041, 0x30fa, CLS_KANA },
	{ 0x30fb, 0x30fb, CLS_SIGN }, { 0x30fc, 0x30ff, CLS_KANA },
	{ 0x3100, 0x312f, CLS_HAN }, { 0x3130, 0x318f, CLS_HANGUL },
	{ 0x3190, 0x31ef, CLS_HAN }, { 0x31f0, 0x31ff, CLS_KANA },
	{ 0x3200, 0x33ff, CLS_SIGN }, { 0x3400, 0x4dbf, CLS_HAN },
	{ 0x4e00, 0x9fff, CLS_HAN }, { 0xa640, 0xa69f, CLS_CYR },
	{ 0xac00, 0xd7ff, CLS_HANGUL }, { 0xe000, 0xf8ff, CLS_HAN },
	{ 0xf900, 0xfaff, CLS_HAN }, { 0xfe30, 0xfe4f, CLS_SIGN },
	{ 0xff01, 0xff20, CLS_SIGN }, { 0xff21, 0xff3a, CLS_LATIN },
	{ 0xff3b, 0xff40, CLS_SIGN }, { 0xff41, 0xff5a, CLS_LATIN },
	{ 0xff5b, 0xff65, CLS_SIGN }, { 0xff66, 0xff9f, CLS_KANA },
	{ 0x20000, 0x3ffff, CLS_HAN }, { 0xf0000, 0x10fffd, CLS_HAN },
};

static enum cls
cls_of(uint32_t cp)
{
	size_t lo = 0, hi = NELEM(ranges);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (cp > ranges[mid].hi)
			lo = mid + 1;
		else if (cp < ranges[mid].lo)
			hi = mid;
		else
			return ranges[mid].cls;
	}
	return CLS_NONE;
}

static bool
has_part(struct bytes tag, struct bytes part)
{
	size_t at = bytes_find(tag, part);

	return at != SIZE_MAX &&
	    (at + part.n == tag.n || tag.p[at + part.n] == '-');
}

bool
lang_is_latin(struct bytes lang)
{
	if (has_part(lang, B("-Latn")))
		return true;
	return !bytes_starts(lang, B("zh")) && !bytes_starts(lang, B("ja")) &&
	    !bytes_starts(lang, B("ko")) && !bytes_starts(lang, B("ru")) &&
	    !has_part(lang, B("-Cyrl"));
}

bool
lang_is_han(struct bytes lang)
{
	return !has_part(lang, B("-Latn")) && !has_part(lang, B("-Cyrl")) &&
	    !has_part(lang, B("-Bopo")) &&
	    (bytes_starts(lang, B("zh")) || bytes_starts(lang, B("ja")) ||
	     bytes_starts(lang, B("lzh")));
}

bool
is_mostly_han(struct bytes s)
{
	size_t i, wide = 0, latin = 0;

	for (i = 0; i < s.n; i++) {
		wide += s.p[i] >= 0xe3;
		latin += (s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z';
	}
	return wide >= 6 && wide > 2 * latin;
}

/* The script text of this language is written in. */
static enum cls
cls_of_lang(struct bytes lang)
{
	static const struct { const char *head; enum cls cls; } t[] = {
		{ "zh", CLS_HAN }, { "lzh", CLS_HAN }, { "ja", CLS_HAN },
		{ "ru", CLS_CYR }, { "uk", CLS_CYR }, { "bg", CLS_CYR },
		{ "mn-Mong", CLS_MONGOL }, { "mn", CLS_CYR },
		{ "ko", CLS_HANGUL }, { "el", CLS_GREEK }, { "ar", CLS_ARABIC },
		{ "fa", CLS_ARABIC }, { "he", CLS_HEBREW }, { "bo", CLS_TIBETAN },
		{ "sa-Deva", CLS_DEVA },
	};
	size_t i;

	if (has_part(lang, B("-Latn")))
		return CLS_LATIN;
	if (has_part(lang, B("-Cyrl")))
		return CLS_CYR;
	for (i = 0; i < NELEM(t); i++) {
		struct bytes h = bytes_str(t[i].head);

		if (bytes_starts(lang, h) && (lang.n == h.n || lang.p[h.n] == '-'))
			return t[i].cls;
	}
	return CLS_LATIN;
}

struct tongue
tongue_make(struct bytes lang, struct bytes han)
{
	struct tongue t = { .lang = lang, .han = han };

	if (t.lang.n == 0)
		t.lang = B("en");
	if (lang_is_han(t.lang) && has_part(t.lang, B("-Hans")))
		t.han = B("zh-Hans");
	if (lang_is_han(t.lang) && bytes_starts(t.lang, B("ja")))
		t.han = B("ja");
	if (t.han.n == 0)
		t.han = B("zh-Hant");
	return t;
}

void
html_escape(struct buf *out, struct bytes s)
{
	size_t i, from = 0;

	for (i = 0; i < s.n; i++) {
		const char *rep;

		switch (s.p[i]) {
		case '&': rep = "&amp;"; break;
		case '<': rep = "&lt;"; break;
		case '>': rep = "&gt;"; break;
		case '"': rep = "&quot;"; break;
		case '\'': rep = "&#39;"; break;
		default:
			if (s.p[i] >= 0x20 || s.p[i] == '\n' || s.p[i] == '\t')
				continue;
			rep = "\xef\xbf\xbd";	/* HTML knows no other controls */
		}
		buf_add(out, s.p + from, i - from);
		buf_puts(out, rep);
		from = i + 1;
	}
	buf_add(out, s.p + from, s.n - from);
}

/* --- quotation marks ------------------------------------------------------ */

/* The character a reader sees last in HTML: tags are passed over.  0: none. */
static unsigned char
last_seen(const struct buf *out)
{
	size_t n = out->n;

	while (n > 0 && out->p[n - 1] == '>')
		for (n--; n > 0 && out->p[n] != '<'; n--)
			;
	return n > 0 ? out->p[n - 1] : 0;
}

/* Does a quotation mark after what is there begin one? */
static bool
opens(const struct buf *out)
{
	static const char *const before[] = { "“", "‘", "–", "—" };
	unsigned char c = last_seen(out);
	size_t i;

	if (c <= ' ' || strchr("([{-/", c))
		return true;
	for (i = 0; i < NELEM(before); i++)
		if (bytes_ends(buf_view(out), bytes_str(before[i])))
			return true;
	return false;
}

/*
 * Text in Latin letters as a book sets it: typewriter's quotation marks and
 * apostrophes are turned, the one in '30s too.
 */
static void
set_latin(struct buf *out, struct bytes s)
{
	size_t i, from = 0;

	for (i = 0; i < s.n; i++) {
		bool open, digit = i + 1 < s.n && s.p[i + 1] >= '0' && s.p[i + 1] <= '9';

		if (s.p[i] != '"' && s.p[i] != '\'')
			continue;
		html_escape(out, bytes_sub(s, from, i));
		from = i + 1;
		open = opens(out);
		if (s.p[i] == '"')
			buf_puts(out, open ? "“" : "”");
		else
			buf_puts(out, open && !digit ? "‘" : "’");
	}
	html_escape(out, bytes_sub(s, from, s.n));
}

static bool
is_set_latin(struct bytes lang)
{
	return bytes_eq(lang, B("en")) || bytes_starts(lang, B("en-")) ||
	    has_part(lang, B("-Latn"));
}

static void
set(struct buf *out, struct bytes s, struct bytes lang, const struct tongue *t)
{
	if (!t->as_typed && is_set_latin(lang))
		set_latin(out, s);
	else
		html_escape(out, s);
}

/* --- runs ----------------------------------------------------------------- */

/*
 * One run: from where its first letter stands to the end of its last one.
 * Signs, digits and spaces between letters of one script belong to it; a
 * space between Han does not (it parts two names).
 */
struct run {
	size_t from, to;
	enum cls cls;
	size_t letters;
	bool kana, toned;
};

/* a e i o u with macron or caron, and u-umlaut with any tone. */
static bool
is_tone_letter(uint32_t cp)
{
	switch (cp) {
	case 0x101: case 0x113: case 0x12b: case 0x14d: case 0x16b:
	case 0x1ce: case 0x11b: case 0x1d0: case 0x1d2: case 0x1d4:
	case 0x1d6: case 0x1d8: case 0x1da: case 0x1dc:
		return true;
	default:
		return false;
	}
}

static enum cls
family(enum cls c)
{
	return c == CLS_KANA || c == CLS_SIGN ? CLS_HAN : c;
}

/* The next run of letters at or after at; false when there is none. */
static bool
next_run(struct bytes s, size_t at, struct run *r)
{
	size_t i = at, start;
	uint32_t cp;
	bool spaced = false;

	*r = (struct run){ s.n, s.n, CLS_NONE, 0, false, false };
	for (;;) {
		enum cls c;

		start = i;
		if (!utf8_next(s, &i, &cp))
			return r->cls != CLS_NONE;
		c = cls_of(cp);
		if (c == CLS_NONE) {
			spaced |= cp <= ' ' || cp == 0xa0;
			continue;
		}
		if (r->cls == CLS_NONE) {
			r->from = start;
			r->cls = family(c);
		} else if (family(c) != r->cls || (spaced && r->cls == CLS_HAN))
			return true;
		spaced = false;
		r->to = i;
		r->letters++;
		r->kana |= c == CLS_KANA;
		r->toned |= is_tone_letter(cp);
	}
}

static struct bytes
run_tag(const struct run *r, const struct tongue *t, enum cls around)
{
	if (r->cls == around) {
		if (r->kana && !bytes_starts(t->lang, B("ja")))
			return B("ja");
		return (struct bytes){ NULL, 0 };
	}
	if (r->cls == CLS_HAN)
		return r->kana ? B("ja") : t->han;
	if (r->cls == CLS_LATIN) {
		if (r->letters < 2)
			return (struct bytes){ NULL, 0 };
		return r->toned ? B("zh-Latn-pinyin") : B("en");
	}
	return bytes_str(tags[r->cls]);
}

static bool
is_turned(const struct tongue *t, struct bytes lang)
{
	return t->simplify && bytes_eq(lang, B("zh-Hant"));
}

struct bytes
tongue_shown(const struct tongue *t, struct bytes lang)
{
	return is_turned(t, lang) ? B("zh-Hans") : lang;
}

/* Text of a language, simplified where the reader wants it so. */
static void
shown(struct buf *out, struct bytes s, struct bytes lang, const struct tongue *t)
{
	struct buf simple = { 0 };

	if (!is_turned(t, lang)) {
		set(out, s, lang, t);
		return;
	}
	name_simplify(&simple, s);
	html_escape(out, buf_view(&simple));
	buf_release(&simple);
}

static void
span(struct buf *out, struct bytes s, struct bytes tag, const struct tongue *t)
{
	if (tag.n == 0) {
		shown(out, s, t->lang, t);
		return;
	}
	buf_puts(out, "<span lang=\"");
	html_escape(out, tongue_shown(t, tag));
	buf_puts(out, "\">");
	shown(out, s, tag, t);
	buf_puts(out, "</span>");
}

void
html_runs(struct buf *out, struct bytes s, const struct tongue *t)
{
	enum cls around = cls_of_lang(t->lang);
	struct run r;
	size_t at = 0;

	while (next_run(s, at, &r)) {
		set(out, bytes_sub(s, at, r.from), t->lang, t);
		span(out, bytes_sub(s, r.from, r.to), run_tag(&r, t, around), t);
		at = r.to;
	}
	set(out, bytes_sub(s, at, s.n), t->lang, t);
}

void
html_lang(struct buf *out, struct bytes s, struct bytes lang, const struct tongue *t)
{
	if (lang.n == 0)
		html_runs(out, s, t);
	else
		span(out, s, bytes_eq(lang, t->lang) ? (struct bytes){ NULL, 0 } : lang, t);
}
