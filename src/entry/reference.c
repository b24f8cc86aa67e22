/* SPDX-License-Identifier: ISC */
/*
 * A reference as a scholar writes it to a CSL-JSON item:
 *
 *	Author (year). "Title" Journal, volume/issue: pages.
 *	Author (year). Title (Place: Publisher).
 *	Author (year). Title. Place: Publisher.
 *	Author (year). "Title", in: Editors, ed., Book (Place: Publisher), pages.
 *
 * What does not fit becomes the title of a document, whole.
 */
#include "base/utf8.h"
#include "entry/reader.h"

#define PLACE_MAX	60	/* bytes of where a book was printed */

struct reference {
	struct bytes authors, year, title, container, volume, issue, pages;
	struct bytes place, publisher;
	bool quoted;		/* the title stood in quotation marks */
};

static const struct {
	struct bytes open, close;
	bool part;		/* of a journal or book, not one itself */
} quotes[] = {
	{ B("\""), B("\""), true },
	{ B("\xe2\x80\x9c"), B("\xe2\x80\x9d"), true },	/* curly */
	{ B("\xc2\xab"), B("\xc2\xbb"), true },		/* guillemets */
	{ B("\xe3\x80\x8c"), B("\xe3\x80\x8d"), true },	/* corner brackets */
	{ B("\xe3\x80\x88"), B("\xe3\x80\x89"), true },	/* single angles */
	{ B("\xe3\x80\x8a"), B("\xe3\x80\x8b"), false },/* double angles */
};

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static size_t
digits(struct bytes s, size_t at)
{
	while (at < s.n && is_digit(s.p[at]))
		at++;
	return at;
}

/* Blanks and these signs off the front (or the end) of s. */
static struct bytes
lead(struct bytes s, const char *signs)
{
	while (s.n && s.p[0] && (s.p[0] == ' ' || strchr(signs, s.p[0])))
		s = bytes_sub(s, 1, s.n);
	return s;
}

static struct bytes
tail(struct bytes s, const char *signs)
{
	while (s.n && s.p[s.n - 1] && (s.p[s.n - 1] == ' ' || strchr(signs, s.p[s.n - 1])))
		s.n--;
	return s;
}

/* The first "(1995" of s: the year, and where its bracket ends. */
static size_t
find_year(struct bytes s, struct bytes *year, size_t *end)
{
	size_t at, to;

	for (at = 0; at < s.n; at++) {
		if (s.p[at] != '(')
			continue;
		to = digits(s, at + 1);
		if (to != at + 5)
			continue;
		*year = bytes_sub(s, at + 1, to);
		while (to < s.n && s.p[to] != ')')
			to++;
		*end = MIN(to + 1, s.n);
		return at;
	}
	return SIZE_MAX;
}

/* "309-334", "309\xe2\x80\x93334" or one number at the start of s. */
static size_t
page_range(struct bytes s)
{
	size_t at = digits(s, 0), to;

	if (at == 0)
		return 0;
	to = at;
	if (to < s.n && s.p[to] == '-')
		to++;
	else if (bytes_starts(bytes_sub(s, to, s.n), B("\xe2\x80\x93")))
		to += 3;
	else
		return at;
	return digits(s, to) > to ? digits(s, to) : at;
}

/* "11/4: 309-334" or "11(4), 309-334" or "11": what follows a journal. */
static bool
numbers(struct bytes s, struct reference *ret)
{
	size_t at;

	s = lead(s, ",");
	if ((at = digits(s, 0)) == 0 || at > 5)
		return false;
	ret->volume = bytes_sub(s, 0, at);
	s = bytes_sub(s, at, s.n);
	if (s.n > 1 && (s.p[0] == '/' || s.p[0] == '.' || s.p[0] == '(') && is_digit(s.p[1])) {
		at = digits(s, 1);
		ret->issue = bytes_sub(s, 1, at);
		s = lead(bytes_sub(s, at, s.n), ")");
	}
	s = lead(s, ",:");
	if (bytes_starts(s, B("pp.")))
		s = lead(bytes_sub(s, 3, s.n), "");
	ret->pages = bytes_sub(s, 0, page_range(s));
	return true;
}

/* "Place: Publisher" to ret; false: s is not of that form. */
static bool
place_and_house(struct bytes s, struct reference *ret)
{
	size_t at = bytes_find(s, B(": ")), len = 2;

	if (at == SIZE_MAX) {
		at = bytes_find(s, B("："));
		len = 3;
	}
	if (at == SIZE_MAX || at == 0 || at > PLACE_MAX || is_digit(s.p[0]))
		return false;
	ret->place = bytes_sub(s, 0, at);
	ret->publisher = bytes_sub(s, at + len, s.n);
	return true;
}

/* Is the stop at at the end of a title, not of "Vol." or "Dr."? */
static bool
ends_title(struct bytes s, size_t at)
{
	size_t from = at;

	while (from > 0 && s.p[from - 1] != ' ')
		from--;
	return at == 0 || at - from > 3;
}

/* "(Place: Publisher)" or ". Place: Publisher" at the end of s is taken off it. */
static struct bytes
imprint(struct bytes s, struct reference *ret)
{
	size_t open;

	s = tail(s, ".");
	if (s.n == 0)
		return s;
	if (s.p[s.n - 1] != ')') {
		for (open = s.n - 1; open > 0; open--)
			if (s.p[open - 1] == '.' && s.p[open] == ' ')
				break;
		return open > 0 && ends_title(s, open - 1) && place_and_house(
		    bytes_sub(s, open + 1, s.n), ret) ? tail(bytes_sub(s, 0, open), ",.") : s;
	}
	for (open = s.n - 1; open > 0 && s.p[open] != '('; open--)
		;
	return s.p[open] == '(' && place_and_house(bytes_sub(s, open + 1, s.n - 1), ret) ?
	    tail(bytes_sub(s, 0, open), ",.") : s;
}

/* What follows the title: a journal and its numbers, or a book. */
static void
whole(struct bytes s, struct reference *ret)
{
	size_t at;

	s = tail(lead(s, ".,"), ".");
	if (bytes_starts(s, B("in: ")) || bytes_starts(s, B("In: ")))
		s = bytes_sub(s, 4, s.n);
	else if (bytes_starts(s, B("in ")) || bytes_starts(s, B("In ")))
		s = bytes_sub(s, 3, s.n);
	for (at = 0; at < s.n; at++)
		if ((s.p[at] == ',' || s.p[at] == ' ') && numbers(bytes_sub(s, at, s.n), ret))
			break;
	ret->container = tail(bytes_sub(s, 0, at), ",.");
	if (at == s.n)
		ret->container = imprint(s, ret);
}

static bool
parse(struct bytes s, struct reference *ret)
{
	size_t at, end, i, close;

	at = find_year(s, &ret->year, &end);
	if (at == SIZE_MAX || at == 0)
		return false;
	ret->authors = tail(bytes_sub(s, 0, at), ",");
	/* "Li, S." keeps the stop of its initial. */
	if (bytes_ends(ret->authors, B(".")) && ends_title(ret->authors, ret->authors.n - 1))
		ret->authors.n--;
	s = lead(bytes_sub(s, end, s.n), ".,:");
	for (i = 0; i < NELEM(quotes); i++) {
		if (!bytes_starts(s, quotes[i].open))
			continue;
		s = bytes_sub(s, quotes[i].open.n, s.n);
		if ((close = bytes_find(s, quotes[i].close)) == SIZE_MAX)
			return false;
		ret->title = tail(bytes_sub(s, 0, close), ",.");
		ret->quoted = quotes[i].part;
		s = bytes_sub(s, close + quotes[i].close.n, s.n);
		if (ret->quoted)
			whole(s, ret);
		else
			(void)imprint(s, ret);
		return ret->title.n > 0;
	}
	ret->title = imprint(s, ret);
	return ret->title.n > 0;
}

/* An end of one author's name in s: where, and how long the sign is. */
static size_t
author_end(struct bytes s, size_t *len)
{
	static const char *const signs[] = { ";", " & ", " and ", "\xe3\x80\x81" };
	size_t best = SIZE_MAX, at, i;

	*len = 0;
	for (i = 0; i < NELEM(signs); i++)
		if ((at = bytes_find(s, bytes_str(signs[i]))) < best) {
			best = at;
			*len = strlen(signs[i]);
		}
	return MIN(best, s.n);
}

static void
put_authors(struct json *j, struct bytes s)
{
	struct bytes one;
	size_t at, len, comma;

	json_key(j, "author");
	json_arr(j);
	for (; s.n; s = bytes_sub(s, at + len, s.n)) {
		at = author_end(s, &len);
		one = tail(lead(bytes_sub(s, 0, at), ","), ",");
		if (one.n == 0)
			continue;
		json_obj(j);
		comma = bytes_find(one, B(", "));
		if (comma == SIZE_MAX) {
			json_key_str(j, "literal", one);
		} else {
			json_key_str(j, "family", bytes_sub(one, 0, comma));
			json_key_str(j, "given", bytes_sub(one, comma + 2, one.n));
		}
		json_end_obj(j);
	}
	json_end_arr(j);
}

/* "wingrove1995": the first word of the authors and the year. */
static void
put_id(struct json *j, const struct reference *v)
{
	struct buf id = { 0 };
	size_t i;

	for (i = 0; i < v->authors.n && !strchr(" ,.;", v->authors.p[i]); i++) {
		unsigned char c = v->authors.p[i];

		buf_putc(&id, c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	buf_bytes(&id, v->year);
	json_key_str(j, "id", buf_view(&id));
	buf_release(&id);
}

void
reference_json(struct json *j, struct bytes s)
{
	struct reference v = { .quoted = false };
	uint64_t year = 0;
	const char *type = "book";

	s = bytes_trim(s);
	json_obj(j);
	if (!parse(s, &v) || !bytes_u64(v.year, 9999, &year)) {
		json_key_str(j, "type", B("document"));
		json_key_str(j, "title", s);
		json_end_obj(j);
		return;
	}
	if (v.quoted)
		type = v.volume.n ? "article-journal" : v.container.n ? "chapter" : "article";
	put_id(j, &v);
	json_key_str(j, "type", bytes_str(type));
	put_authors(j, v.authors);
	json_key(j, "issued");
	json_raw(j, B("{\"date-parts\":[["));
	buf_printf(j->out, "%u]]}", (unsigned int)year);
	json_key_str(j, "title", v.title);
	json_opt(j, "container-title", v.container);
	json_opt(j, "volume", v.volume);
	json_opt(j, "issue", v.issue);
	json_opt(j, "page", v.pages);
	json_opt(j, "publisher-place", v.place);
	json_opt(j, "publisher", v.publisher);
	json_end_obj(j);
}
