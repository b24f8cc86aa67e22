/* SPDX-License-Identifier: ISC */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

/*
 * Writes JSON onto a buf: commas, quotes and escapes are kept right; the
 * caller keeps objects and arrays paired.  Broken UTF-8 becomes U+FFFD.
 * No white space: one object, one line.
 */
struct json {
	struct buf *out;
	bool comma;	/* a value stands before the next one */
};

static inline struct json
json_on(struct buf *out)
{
	return (struct json){ out, false };
}

void	json_obj(struct json *j);	/* { */
void	json_end_obj(struct json *j);
void	json_arr(struct json *j);	/* [ */
void	json_end_arr(struct json *j);
void	json_key(struct json *j, const char *key);
void	json_str(struct json *j, struct bytes s);
void	json_cstr(struct json *j, const char *s);	/* NULL: null */
void	json_int(struct json *j, int64_t v);
void	json_num(struct json *j, double v, int decimals);
void	json_bool(struct json *j, bool v);
void	json_nil(struct json *j);	/* null; jansson has the other name */
/* A value that is JSON already. */
void	json_raw(struct json *j, struct bytes text);

/* "key":"value", left out when the value is empty. */
void	json_opt(struct json *j, const char *key, struct bytes s);
void	json_key_str(struct json *j, const char *key, struct bytes s);
void	json_key_int(struct json *j, const char *key, int64_t v);

/* The escaped text of s, without quotes. */
void	json_escape(struct buf *out, struct bytes s);

#endif
