/* SPDX-License-Identifier: ISC */
/* Reads addresses, headers and cookies of anybody. */
#include "serve/gate.h"

#include "base/utf8.h"

/* --- the address ---------------------------------------------------------- */

static int
hex(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %XX (and + as a space in a query) undone; the result is clean UTF-8. */
static const char *
decode(struct bytes s, bool plus, struct arena *a, struct bytes *ret)
{
	unsigned char *p = arena_alloc(a, s.n + 1);
	size_t i, n = 0;

	if (p == NULL)
		return "there is no memory for it";
	for (i = 0; i < s.n; i++) {
		unsigned char c = s.p[i];

		if (c == '%') {
			if (s.n - i < 3 || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0)
				return "a '%' is not followed by two hexadecimal digits";
			c = (unsigned char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
			i += 2;
		} else if (c == '+' && plus)
			c = ' ';
		if (c == 0)
			return "it has a NUL";
		p[n++] = c;
	}
	*ret = bytes_make(p, n);
	if (utf8_check(*ret) != SIZE_MAX)
		return "it is not UTF-8";
	return NULL;
}

static const char *
params(struct bytes q, struct arena *a, struct address *ret)
{
	size_t i, from = 0;
	const char *why;

	for (i = 0; i <= q.n; i++) {
		struct bytes one, key;
		struct param *p;
		size_t eq;

		if (i < q.n && q.p[i] != '&')
			continue;
		one = bytes_sub(q, from, i);
		from = i + 1;
		if (one.n == 0)
			continue;
		if (ret->n_params == PARAMS_MAX)
			return "it has too many parameters";
		p = &ret->param[ret->n_params];
		eq = bytes_find(one, B("="));
		key = bytes_sub(one, 0, eq == SIZE_MAX ? one.n : eq);
		one = bytes_sub(one, eq == SIZE_MAX ? one.n : eq + 1, one.n);
		if ((why = decode(key, true, a, &p->key)) != NULL ||
		    (why = decode(one, true, a, &p->value)) != NULL)
			return why;
		ret->n_params++;
	}
	return NULL;
}

/* "." and ".." as a segment would leave the tree; so would a backslash. */
static const char *
segments(struct bytes path)
{
	size_t i, from = 1;

	for (i = 1; i <= path.n; i++) {
		struct bytes seg;

		if (i < path.n && path.p[i] < 0x20)
			return "it has a control character";
		if (i < path.n && path.p[i] == '\\')
			return "it has a backslash";
		if (i < path.n && path.p[i] != '/')
			continue;
		seg = bytes_sub(path, from, i);
		from = i + 1;
		if (bytes_eq(seg, B(".")) || bytes_eq(seg, B("..")))
			return "it has '..' or '.' as a step";
	}
	return NULL;
}

const char *
gate_address(struct bytes raw, struct arena *a, struct address *ret)
{
	size_t at = 0;
	const char *why;

	*ret = (struct address){ 0 };
	if (raw.n == 0 || raw.p[0] != '/')
		return "it does not begin with '/'";
	if (raw.n > URI_MAX)
		return "it is too long";
	while (at < raw.n && raw.p[at] != '?' && raw.p[at] != '#')
		at++;
	if ((why = decode(bytes_sub(raw, 0, at), false, a, &ret->path)) != NULL ||
	    (why = segments(ret->path)) != NULL)
		return why;
	if (at < raw.n && raw.p[at] == '?')
		return params(bytes_sub(raw, at + 1, raw.n), a, ret);
	return NULL;
}

const char *
gate_form(struct bytes raw, struct arena *a, struct address *ret)
{
	*ret = (struct address){ 0 };
	return params(raw, a, ret);
}

bool
address_has(const struct address *ad, const char *key)
{
	size_t i;

	for (i = 0; i < ad->n_params; i++)
		if (bytes_eq(ad->param[i].key, bytes_str(key)))
			return true;
	return false;
}

struct bytes
address_get(const struct address *ad, const char *key)
{
	size_t i;

	for (i = 0; i < ad->n_params; i++)
		if (bytes_eq(ad->param[i].key, bytes_str(key)))
			return ad->param[i].value;
	return (struct bytes){ NULL, 0 };
}

/* --- headers -------------------------------------------------------------- */

static bool
same_word(struct bytes a, const char *b)
{
	return bytes_eq_nocase(a, bytes_str(b));
}

/* RFC 9110 token: what a field name is made of. */
static bool
is_token(struct bytes s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", s.p[i]))
			return false;
	return s.n > 0;
}

static const char *
length_header(struct headers *h, struct bytes v)
{
	uint64_t n;

	if (!bytes_u64(v, UINT64_MAX, &n))
		return "Content-Length is not a number";
	if (h->n_length++ && !bytes_eq(v, h->length))
		return "Content-Length is said twice and differs";
	h->length = v;
	return NULL;
}

const char *
gate_header(struct headers *h, struct bytes name, struct bytes value)
{
	static const struct { const char *name; size_t at; } kept[] = {
		{ "accept", offsetof(struct headers, accept) },
		{ "accept-language", offsetof(struct headers, language) },
		{ "accept-encoding", offsetof(struct headers, encoding) },
		{ "cookie", offsetof(struct headers, cookie) },
		{ "if-none-match", offsetof(struct headers, none_match) },
		{ "content-type", offsetof(struct headers, type) },
	};
	size_t i;

	if (!is_token(name))
		return "a header's name has a space or a sign that is none of a name";
	for (i = 0; i < value.n; i++)
		if ((value.p[i] < 0x20 && value.p[i] != '\t') || value.p[i] == 0x7f)
			return "a header has a control character";
	if (same_word(name, "host")) {
		h->host = value;
		return h->n_host++ ? "Host is said twice" : NULL;
	}
	if (same_word(name, "content-length"))
		return length_header(h, value);
	if (same_word(name, "transfer-encoding")) {
		h->transfer = true;
		return NULL;
	}
	for (i = 0; i < NELEM(kept); i++)
		if (same_word(name, kept[i].name))
			memcpy((char *)h + kept[i].at, &value, sizeof(value));
	return NULL;
}

const char *
gate_headers_end(const struct headers *h)
{
	size_t i;

	if (h->transfer && h->n_length)
		return "it has Content-Length and Transfer-Encoding";
	if (h->n_host == 0 && !h->http10)
		return "it has no Host";
	for (i = 0; i < h->host.n; i++)
		if (h->host.p[i] <= ' ' || h->host.p[i] >= 0x7f ||
		    strchr("\"<>\\/?#@,", h->host.p[i]))
			return "Host is not the name of a host";
	return NULL;
}

/* The next element of a list; its quality in thousandths. */
static bool
next_choice(struct bytes *list, struct bytes *word, int *q)
{
	struct bytes one;
	size_t at, semi;

	if (list->n == 0)
		return false;
	at = bytes_find(*list, B(","));
	one = bytes_trim(bytes_sub(*list, 0, at));
	*list = bytes_sub(*list, at == SIZE_MAX ? list->n : at + 1, list->n);
	semi = bytes_find(one, B(";"));
	*word = bytes_trim(bytes_sub(one, 0, semi));
	*q = 1000;
	if (semi != SIZE_MAX) {
		one = bytes_trim(bytes_sub(one, semi + 1, one.n));
		if (bytes_starts(one, B("q=0")) || bytes_starts(one, B("Q=0"))) {
			int k, unit = 100;

			*q = 0;
			for (k = 4; k < 7 && (size_t)k < one.n; k++, unit /= 10)
				if (one.p[k] >= '0' && one.p[k] <= '9')
					*q += (one.p[k] - '0') * unit;
		}
	}
	return true;
}

enum ui
ui_from_accept(struct bytes list)
{
	static const struct { const char *tag; enum ui ui; } t[] = {
		{ "zh-hant", UI_HANT }, { "zh-tw", UI_HANT }, { "zh-hk", UI_HANT },
		{ "zh-mo", UI_HANT }, { "zh", UI_HANS }, { "en", UI_EN },
	};
	enum ui best = UI_EN;
	int q, best_q = 0;
	struct bytes word;

	while (next_choice(&list, &word, &q)) {
		size_t i, n;

		for (i = 0; i < NELEM(t) && q > best_q; i++) {
			n = strlen(t[i].tag);
			if (word.n < n || !same_word(bytes_sub(word, 0, n), t[i].tag) ||
			    (word.n > n && word.p[n] != '-'))
				continue;
			best = t[i].ui;
			best_q = q;
		}
	}
	return best;
}

enum coding
coding_of(struct bytes list)
{
	int q, gzip = -1, plain = -1, rest = -1;
	struct bytes word;

	while (next_choice(&list, &word, &q)) {
		if (same_word(word, "gzip") || same_word(word, "x-gzip"))
			gzip = q;
		else if (same_word(word, "identity"))
			plain = q;
		else if (same_word(word, "*"))
			rest = q;
	}
	if (gzip < 0)
		gzip = MAX(rest, 0);
	if (plain < 0)
		plain = rest != 0;	/* good enough unless it is refused */
	if (gzip == 0)
		return plain ? CODING_PLAIN : CODING_NONE;
	return plain == 0 ? CODING_GZIP_ONLY : gzip >= plain ? CODING_GZIP : CODING_PLAIN;
}

bool
etag_match(struct bytes list, struct bytes etag)
{
	struct bytes word;
	int q;

	while (next_choice(&list, &word, &q)) {
		if (bytes_starts(word, B("W/")))
			word = bytes_sub(word, 2, word.n);
		if (bytes_eq(word, etag) || bytes_eq(word, B("*")))
			return true;
	}
	return false;
}

/* --- what the reader chose ------------------------------------------------ */

static const struct {
	const char *word;
	char field;	/* u, t, h, r */
	uint8_t value;
} pref_words[] = {
	{ "en", 'u', UI_EN }, { "zh-Hant", 'u', UI_HANT }, { "zh-Hans", 'u', UI_HANS },
	{ "auto", 't', THEME_AUTO }, { "light", 't', THEME_LIGHT }, { "dark", 't', THEME_DARK },
	{ "hant", 'h', 0 }, { "hans", 'h', 1 },
	{ "off", 'r', 0 }, { "ruby", 'r', 1 },
};

bool
prefs_set(struct prefs *p, struct bytes word)
{
	size_t i;

	for (i = 0; i < NELEM(pref_words); i++) {
		if (!bytes_eq(word, bytes_str(pref_words[i].word)))
			continue;
		switch (pref_words[i].field) {
		case 'u': p->ui = pref_words[i].value; break;
		case 't': p->theme = pref_words[i].value; break;
		case 'h': p->hans = pref_words[i].value; break;
		default: p->ruby = pref_words[i].value; break;
		}
		return true;
	}
	return false;
}

void
prefs_read(struct prefs *p, struct bytes cookie)
{
	while (cookie.n) {
		size_t at = bytes_find(cookie, B(";"));
		struct bytes one = bytes_trim(bytes_sub(cookie, 0, at));

		cookie = bytes_sub(cookie, at == SIZE_MAX ? cookie.n : at + 1, cookie.n);
		if (!bytes_starts(one, B("leishu=")))
			continue;
		one = bytes_sub(one, 7, one.n);
		while (one.n) {
			at = bytes_find(one, B("."));
			(void)prefs_set(p, bytes_sub(one, 0, at));
			one = bytes_sub(one, at == SIZE_MAX ? one.n : at + 1, one.n);
		}
	}
}

void
prefs_write(const struct prefs *p, struct buf *out)
{
	static const char *const themes[] = { "auto", "light", "dark" };

	buf_printf(out, "%s.%s.%s.%s", ui_tag(p->ui), themes[p->theme % THEME__MAX],
	    p->hans ? "hans" : "hant", p->ruby ? "ruby" : "off");
}
