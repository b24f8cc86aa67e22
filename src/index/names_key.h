/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_KEY_H
#define INDEX_NAMES_KEY_H

#include "base/buf.h"
#include "script/token.h"

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

/*
 * Terms of a name: its words and its pairs of Han, and where a word stands
 * hard by a character, both as one (卷66).
 */
struct name_terms {
	struct tokens *tokens;
	struct token t;
	struct buf last;	/* the token before, characters and words alone */
	struct buf both;
	size_t last_to;		/* where it ended */
	bool last_han;
	bool pending;		/* t is given next: now it is two as one */
	size_t n_tokens;	/* characters and words so far */
};

int	name_terms_new(struct name_terms *w) MUST_CHECK;
void	name_terms_release(struct name_terms *w);
void	name_terms_start(struct name_terms *w, struct bytes form);
/* Borrowed until the next call.  Empty: no more. */
struct bytes	name_terms_next(struct name_terms *w);

#endif
