/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_VALUE_H
#define ENTRY_VALUE_H

#include "base/arena.h"
#include "base/json.h"

/*
 * A head as read from YAML or JSON, before fields are made of it.  Texts
 * are borrowed from the parser's tree or the arena.
 */
enum value_type { VALUE_NULL, VALUE_BOOL, VALUE_NUMBER, VALUE_STRING, VALUE_LIST, VALUE_MAP };

struct value {
	uint8_t type;		/* enum value_type */
	struct bytes text;	/* of a scalar; numbers as written */
	struct bytes key;	/* of a map's member */
	uint32_t index;		/* of a list's item */
	uint32_t from, to;	/* in the source (YAML) */
	uint32_t key_from, key_to;
	const struct value *parent;
	struct value *child, *last, *next;
};

/* A new last child, its index set; NULL without memory. */
struct value	*value_add(struct value *parent, struct arena *a);
/* The member called key, or NULL. */
const struct value	*value_get(const struct value *map, struct bytes key);
bool	value_is_scalar(const struct value *v);	/* with a text: not null */
/* As JSON; nested at most LIMIT_DEPTH, as the parsers see to. */
void	value_json(const struct value *v, struct json *j);
/* RFC 6901: "/names/2/form". */
void	value_pointer(const struct value *v, struct buf *out);
/* Is s a number as JSON writes it? */
bool	value_is_number(struct bytes s);

#endif
