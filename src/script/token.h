/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_TOKEN_H
#define SCRIPT_TOKEN_H

#include "base/buf.h"

/*
 * Running text to terms, the same at index and query time.
 *
 * Each Han character at position k gives TOKEN_HAN at k and, when a Han
 * character follows at once, TOKEN_PAIR at k.  A run of other letters and
 * digits gives TOKEN_WORD.  Each Han character and each word takes one
 * position; what stands between takes none.  Terms are folded (fold.h);
 * a Cyrillic word is given by its Russian stem.  Private-use characters
 * count as Han.  An apostrophe joins (ch'ing, Xi'an) but before a possessive
 * s and after an elided article it parts.  A word past TOKEN_WORD_MAX bytes
 * is cut there; what follows is the next word.
 */
#define TOKEN_WORD_MAX	192	/* bytes of a folded word */

enum token_type { TOKEN_HAN, TOKEN_PAIR, TOKEN_WORD };

struct token {
	enum token_type type;
	size_t from, to;	/* bytes of the text */
	uint32_t pos;
	struct bytes term;	/* borrowed until the next call */
};

struct tokens;

int	tokens_new(struct tokens **ret) MUST_CHECK;
void	tokens_free(struct tokens *t);
void	tokens_start(struct tokens *t, struct bytes text);	/* borrows text */
bool	tokens_next(struct tokens *t, struct token *ret);

#endif
