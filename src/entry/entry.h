/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_ENTRY_H
#define ENTRY_ENTRY_H

#include "base/arena.h"
#include "base/buf.h"
#include "diag/diag.h"

/*
 * One article as every later stage sees it.  The body is plain text with
 * a tree laid over it: text holds all words once, in reading order, and
 * each node covers a stretch [from, to) of it.  Leaf blocks (paragraph,
 * heading, code, cell) are divided by "\n" in text, so that positions in
 * text serve search, snippets, spans and quotations alike.
 */

enum node_type {
	/* blocks that hold blocks */
	NODE_QUOTE,
	NODE_LIST,	/* level 1: ordered; value: first number; flag TIGHT */
	NODE_ITEM,
	NODE_TABLE,
	NODE_ROW,	/* level 1: head row */
	NODE_NOTE,	/* footnote's text; arg: its label */
	NODE_SECTION_REFS,	/* "Further reading": paragraphs that are references */
	/* blocks that hold words */
	NODE_PARA,
	NODE_HEADING,	/* level 1-6; arg: its anchor, unique in the entry */
	NODE_CODE,	/* arg: info string; text verbatim */
	NODE_CELL,	/* level: 0 none, 1 left, 2 centre, 3 right */
	NODE_RULE,	/* covers nothing */
	/* inside words */
	NODE_EM,
	NODE_STRONG,
	NODE_STRIKE,
	NODE_VERBATIM,	/* code span */
	NODE_LANG,	/* arg: BCP 47 tag */
	NODE_LINK,	/* arg: address (http, https, mailto, relative); arg2: title */
	NODE_IMAGE,	/* arg: address; covers its alternative text */
	NODE_XREF,	/* arg: target as written in [[target|label]] */
	NODE_CITE,	/* arg: key; arg2: locator; covers the text as written */
	NODE_NOTEREF,	/* arg: label; value: number; covers nothing */
	NODE_BREAK,	/* hard line break; covers one "\n" */
	NODE__MAX
};

struct node {
	uint8_t type;		/* enum node_type */
	uint8_t level;
	uint8_t tight;
	uint32_t value;
	uint32_t from, to;	/* bytes of entry.text */
	uint32_t next;		/* index of the first node after its subtree */
	struct bytes arg, arg2;
};

/* Scripts and schemes of names are in script/name.h; here they are words. */
enum name_origin { NAME_TITLE, NAME_GIVEN, NAME_REDIRECT, NAME_PROSE, NAME_ORIGIN__MAX };

struct name {
	struct bytes form;	/* as written */
	struct bytes lang;	/* BCP 47, empty when unknown */
	struct bytes scheme;	/* "pinyin", "wade-giles", ... or empty */
	struct bytes reading;	/* pinyin with marks, of a Han form, or empty */
	struct bytes from, to;	/* as written (EDTF), or empty */
	uint8_t origin;		/* enum name_origin */
	uint32_t src;		/* offset in the source, for findings */
};

/* What annotate found in text: [from, to) of entry.text, never nested. */
enum span_type { SPAN_TERM, SPAN_DATE, SPAN_DURATION, SPAN_AMOUNT, SPAN__MAX };

struct span {
	uint32_t from, to;
	uint8_t type;		/* enum span_type */
	/*
	 * term: a = romanised form, b = Han form, c = pinyin with marks;
	 * date: a = EDTF, lo/hi = first and last day (JDN), doubt 0-100;
	 * duration, amount: a = normal form ("P30Y", "300000000 USD").
	 */
	struct bytes a, b, c;
	int32_t lo, hi;
	uint8_t doubt;
};

/* subject is the entry; what the timeline, checks and queries run on. */
struct statement {
	struct bytes property;	/* "signed", "born", "start", "mentioned" */
	struct bytes value;	/* as text */
	int32_t lo, hi;		/* days, or 0,0 for a value that is no date */
	uint8_t doubt;
	uint32_t from, to;	/* span in text; 0,0: from a field */
};

enum source_form { SOURCE_MARKDOWN, SOURCE_PROSE, SOURCE_JSON, SOURCE_FORM__MAX };

/* Where stretches of text stand in the source; ascending by text. */
struct srcrun {
	uint32_t text, src;
};

struct entry {
	struct bytes id;
	struct bytes title;
	struct bytes kind;
	struct bytes lang;	/* of the body: BCP 47, "en" unless said or seen */
	struct bytes author;
	struct bytes published, updated;	/* as written; ISO where recognised */
	struct bytes status;
	struct bytes site;	/* plain prose: name of the site above the title */
	struct bytes rights;
	struct name *name;	/* the title first */
	size_t n_names;
	struct bytes *subject;
	size_t n_subjects;
	struct bytes *redirect;
	size_t n_redirects;
	struct bytes references;	/* CSL-JSON array as text, or empty */
	struct bytes record;	/* JSON object as text, or empty */
	struct bytes extra;	/* JSON object of unknown keys, or empty */
	struct bytes text;
	struct node *node;	/* pre-order */
	size_t n_nodes;
	struct span *span;	/* ascending */
	size_t n_spans;
	struct statement *statement;
	size_t n_statements;
	uint8_t form;		/* enum source_form */
	struct bytes source;	/* the bytes as they were read, or one JSON line */
	/* Not stored: for findings while building. */
	struct bytes file;
	uint32_t line;		/* first line of source in file */
	struct srcrun *run;
	size_t n_runs;
};

/*
 * The stored form; encode/decode are exact inverses but for file, line and
 * run.  Decoding checks every bound (limits.h) and borrows from b: b must
 * outlive the entry.  Returns 0, LEISHU_EFORMAT or LEISHU_ENOMEM.
 */
void	entry_encode(const struct entry *e, struct buf *out);
int	entry_decode(struct bytes b, struct arena *a, struct entry **ret) MUST_CHECK;

/*
 * Where [from, to) of e->text stands, for a finding: made once an entry, then
 * asked for each.  Without runs the source is read again; file and line must
 * be set for the place to be whole.  Text and pointer live in the arena or
 * in e.
 */
struct entry_place {
	struct diag_at at;
	const struct srcrun *run;
	size_t n_runs;
	bool known;
};
void	entry_place_make(const struct entry *e, struct arena *a, struct entry_place *ret);
void	entry_place_of(const struct entry_place *p, uint32_t from, uint32_t to,
	    struct diag_at *ret);
/* Where a field of the head stands, by JSON pointer: "/names", "/treaty/signed". */
void	entry_where_field(const struct entry *e, const char *pointer, struct arena *a,
	    struct diag_at *ret);

#endif
