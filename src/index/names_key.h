/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_KEY_H
#define INDEX_NAMES_KEY_H

#include "base/buf.h"

/*
 * Names to keys, the same when a book is built and when it is asked.
 */

/*
 * The key a name stands under: fold_name of it without a leading The, A or
 * An; what folds to nothing stands for itself.  At most NAMES_KEY_MAX bytes,
 * no NUL.  Empty only for an empty form or white space.
 */
void	name_key(struct bytes form, struct buf *out);

/* form without a leading English article. */
struct bytes	name_bare(struct bytes form);

/* The code points of key backwards. */
void	name_backwards(struct bytes key, struct buf *out);

/* Whether typos are looked for in a key, and then in the reversed one. */
bool	name_fuzzy(struct bytes key);

/* Has a Han character; *all, when not NULL: nothing else. */
bool	name_has_han(struct bytes s, bool *all);

#endif
