/* SPDX-License-Identifier: ISC */
#ifndef DIAG_DIAG_H
#define DIAG_DIAG_H

#include "base/buf.h"

/* From harmless to hopeless; the worst one seen decides the exit status. */
enum diag_level { LEVEL_OK, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR, LEVEL__MAX };

enum diag_code {
#define DIAG(code, name, level, text, hint) DIAG_##code,
#include "diag/diag.def"
#undef DIAG
	DIAG__MAX
};

/*
 * Where something was seen: byte offsets into text.  Line and column are
 * made from it when the finding is added, so text need not outlive the
 * call.  first_line is the line text begins on, counted from 1 (a line of
 * a JSON Lines file); pointer is its JSON pointer, or NULL.
 */
struct diag_at {
	const char *file;	/* NULL: no file, as for a query */
	struct bytes text;
	size_t from, to;
	uint32_t first_line;	/* 0 is taken as 1 */
	const char *pointer;
};

struct diag_place {
	char *file;		/* NULL: none */
	uint32_t line, column, end_line, end_column;	/* 0: unknown */
	char *pointer;		/* NULL: none */
	char *text;		/* evidence: the words found there; else NULL */
};

struct finding {
	enum diag_code code;
	enum diag_level level;
	struct diag_place at;
	char *message;
	struct diag_place *evidence;
	size_t n_evidence;
};

/* A collector: one for a build or a check.  Calls are safe from any thread. */
struct diag;

/* keep: findings of one code held; the others are counted.  0: all. */
int	diag_new(size_t keep, struct diag **ret) MUST_CHECK;
void	diag_free(struct diag *d);

/*
 * Never fails and never stops the build: the caller goes on with a repair.
 * d NULL is fine.  Without memory the finding is only counted.
 */
void	diag_add(struct diag *d, enum diag_code code, const struct diag_at *at,
	    const char *fmt, ...) PRINTF(4, 5);
/* One more place that speaks for the finding last added by this thread's caller. */
void	diag_evidence(struct diag *d, const struct diag_at *at);

/*
 * Of this file nothing is wanted from now on: findings about it are dropped
 * and not counted.
 */
int	diag_mute(struct diag *d, const char *file) MUST_CHECK;
bool	diag_is_muted(const struct diag *d, struct bytes file);

enum diag_level	diag_worst(const struct diag *d);
size_t	diag_count(const struct diag *d, enum diag_level level);
size_t	diag_count_code(const struct diag *d, enum diag_code code);
const char	*diag_name(enum diag_code code);	/* "dangling-link" */
const char	*diag_hint(enum diag_code code);
const char	*diag_meaning(enum diag_code code);	/* of the code, not of one finding */
enum diag_level	diag_code_level(enum diag_code code);
const char	*diag_level_name(enum diag_level level);

/* Sorted by file, line, column, code; borrowed until the next add. */
const struct finding	*diag_list(struct diag *d, size_t *n);

/* INTERFACE: text lines, one JSON object, SARIF 2.1.0. */
void	diag_text(struct diag *d, enum diag_level from, struct buf *out);
void	diag_json(struct diag *d, enum diag_level from, size_t entries, struct buf *out);
void	diag_sarif(struct diag *d, enum diag_level from, struct buf *out);

#endif
