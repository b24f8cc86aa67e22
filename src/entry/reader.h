/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_READER_H
#define ENTRY_READER_H

/* What the readers of the three forms share; entry/read.h is for others. */
#include "entry/read.h"
#include "entry/tree.h"
#include "entry/value.h"

struct entry_reader {
	enum source_form form;
	char *file;
	char *base;
	char *lang;
	struct diag *diag;
	struct bytes data;	/* the file, or what is read of the stream */
	int (*fill)(void *, void *, size_t, size_t *);
	void *ctx;
	struct buf in;		/* the stream: bytes not yet used from at */
	size_t at;
	bool eof;
	uint32_t line;		/* of the next line, from 1 */
	struct tree tree;
	struct buf scratch;
	bool inner;		/* of a wrapped entry, which holds no other */
	/* The entry being read. */
	struct bytes source;
	uint32_t source_line;
	bool said[DIAG__MAX];	/* in this file: once is enough of some codes */
	uint32_t said_n[DIAG__MAX];
};

/* Is a JSON line's object an entry of another form, wrapped? */
bool	wrap_is(const struct value *head);
/* 1, or 0 after a finding when it cannot be read, or a failure. */
int	wrap_read(struct entry_reader *r, const struct value *head, struct arena *a,
	    struct entry **ret) MUST_CHECK;
int	json_next(struct entry_reader *r, struct arena *a, struct entry **ret) MUST_CHECK;
int	markdown_read(struct entry_reader *r, struct arena *a, struct entry *e) MUST_CHECK;
int	prose_read(struct entry_reader *r, struct arena *a, struct entry *e) MUST_CHECK;

/* A finding at bytes [from, to) of the source (Markdown, prose). */
void	say(struct entry_reader *r, enum diag_code code, size_t from, size_t to,
	    const char *fmt, ...) PRINTF(5, 6);
/* A finding about a value of the head, or its key. */
void	say_value(struct entry_reader *r, enum diag_code code, const struct value *v,
	    const char *fmt, ...) PRINTF(4, 5);
void	say_key(struct entry_reader *r, enum diag_code code, const struct value *v,
	    const char *fmt, ...) PRINTF(4, 5);

/*
 * Fields of a head to the entry; the body is left to the caller.
 */
int	fields_read(struct entry_reader *r, const struct value *head, struct arena *a,
	    struct entry *e) MUST_CHECK;
/*
 * When all else is known: id, title, language, names in order.  head is
 * NULL where there is none.
 */
int	fields_finish(struct entry_reader *r, const struct value *head, struct arena *a,
	    struct entry *e) MUST_CHECK;
/* One more name; one that is there already only gains what v says. */
void	name_add(struct arena *a, struct entry *e, size_t *cap, const struct name *v);
/* An id made of s; *changed: it held what an id may not.  Empty if s is. */
struct bytes	id_make(struct arena *a, struct bytes s, bool *changed);
/* BCP 47 of running text, by its letters; collection: of Han. */
struct bytes	text_lang(struct bytes text, struct bytes collection);

/* Is the source UTF-16, by its first bytes?  Then it is told, once for all. */
bool	tell_utf16(struct entry_reader *r);

/* A control character that no text wants: neither a tab nor a line's end. */
static inline bool
is_control(unsigned char c)
{
	return c == 0x7f || (c < ' ' && c != '\t' && c != '\n' && c != '\r');
}

/*
 * Copies s without broken UTF-8, NUL and other controls, which it says; CR and
 * CR LF become a line end.
 * base: where s stands in the source; map, when not NULL, from out to there.
 */
void	text_clean(struct entry_reader *r, struct bytes s, size_t base, struct buf *out,
	    struct srcmap *map);

/* A plain body: paragraphs, line breaks, [[links]]. */
void	plain_body(struct tree *t, struct arena *a, struct bytes body);
/* Words with [[links]]; src: where s stands in the source. */
void	plain_words(struct tree *t, struct arena *a, struct bytes s, size_t src);
/* At a "[[": target and label of a link and the bytes it takes; 0: none. */
size_t	link_scan(struct bytes s, struct bytes *target, struct bytes *label);

/* One reference as it is written, as a CSL-JSON item. */
void	reference_json(struct json *j, struct bytes s);

/* "Mar 29, 2017", "29 March 2017", "2017/3/29" to 2017-03-29; false: no. */
bool	iso_date(struct bytes s, struct buf *out);

/* The head of a Markdown source alone, with places; VALUE_NULL: none. */
int	markdown_head(struct bytes source, struct arena *a, struct value *ret) MUST_CHECK;

/* Markdown to r->tree: text stands at base of what map speaks of. */
int	markdown_tree(struct entry_reader *r, struct arena *a, struct bytes text,
	    const struct srcmap *map, size_t base) MUST_CHECK;
/* The same for a body that is its own source (of a JSON line). */
int	markdown_body(struct entry_reader *r, struct arena *a, struct bytes body) MUST_CHECK;

#endif
