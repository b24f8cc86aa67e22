/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_TIMELINE_H
#define LEISHU_TIMELINE_H

/*
 * What happened between two days: the dated statements of a book, in order of
 * their first day.  Those that lie wholly between the two days come first;
 * after them those of which only a part does ("before 1952", a century).
 * Unstable before 1.0; described in leishu(3).
 */

#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct leishu_book;
struct leishu_events;	/* an answer: events, their number, or what was wrong */

struct leishu_timeline_options {
	size_t size;		/* sizeof(struct leishu_timeline_options) */
	unsigned limit;		/* events wanted, 100 unless said, at most 1000 */
	unsigned skip;		/* events to pass over */
	int certain;		/* 1: only what surely lies between the two days */
};

struct leishu_event {
	size_t size;
	struct leishu_text id, title;	/* of the entry */
	struct leishu_text property;	/* "signed", "born", "mentioned" */
	struct leishu_text edtf;	/* when, as fine as the words were */
	struct leishu_text words;	/* as it stands in the entry; may be empty */
	struct leishu_text context;	/* the words around it; may be empty */
	int32_t from, to;		/* first and last day, Julian day numbers */
	int doubt;			/* 0 sure - 100 */
	int inside;			/* 1: wholly between the two days; 0: reaches in */
};

LEISHU_API void leishu_timeline_options_defaults(struct leishu_timeline_options *o);
/*
 * range is FROM..TO, each a date in any calendar ("1949..1950",
 * "-0221..-0206", "光緒二十四年..光緒二十六年"); one date alone is its own
 * first and last day; either end may be missing.  A range that cannot be
 * read is an answer without events that has an error in words.  Returns 0,
 * LEISHU_EINVAL, LEISHU_EFORMAT or LEISHU_ENOMEM.
 */
LEISHU_API int leishu_timeline(const struct leishu_book *b, const char *range,
    size_t n, const struct leishu_timeline_options *o, struct leishu_events **ret);
LEISHU_API size_t leishu_events_count(const struct leishu_events *e);
LEISHU_API uint64_t leishu_events_total(const struct leishu_events *e);
/* First and last day asked for. */
LEISHU_API void leishu_events_range(const struct leishu_events *e, int32_t *from, int32_t *to);
LEISHU_API const struct leishu_event *leishu_events_at(const struct leishu_events *e, size_t i);
LEISHU_API const char *leishu_events_error(const struct leishu_events *e);
/* {"query","from","to","total","events":[{"id","title","property","edtf",...}]} */
LEISHU_API struct leishu_text leishu_events_json(const struct leishu_events *e);
LEISHU_API void leishu_events_free(struct leishu_events *e);	/* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
