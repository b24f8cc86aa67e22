/* SPDX-License-Identifier: ISC */
#ifndef ENTRY_TREE_H
#define ENTRY_TREE_H

#include "entry/entry.h"
#include "base/limits.h"

/* Where bytes of a changed copy stood; ascending by text. */
struct srcmap {
	struct srcrun *v;
	size_t n, cap;
	bool failed;		/* no memory */
};
/* From text on, the copy goes on from src; noted when it is not so anyway. */
void	srcmap_add(struct srcmap *m, size_t text, size_t src);
size_t	srcmap_get(const struct srcmap *m, size_t text);
/* The next place after text where the copy does not go on; SIZE_MAX: none. */
size_t	srcmap_turn(const struct srcmap *m, size_t text);
void	srcmap_release(struct srcmap *m);

/*
 * Makes a body: words are appended, nodes opened and closed around them.
 * A block that follows a finished leaf is divided from it by "\n".  Past
 * the limits of depth and number a node is left out and its words stay
 * with the node around it: deep or full then says so.
 */
struct tree {
	struct buf text;
	struct node *node;
	size_t n, cap;
	struct srcrun *run;
	size_t n_runs, cap_runs;
	uint32_t open[LIMIT_DEPTH];
	size_t depth;
	unsigned char *kept;	/* one for each open call not closed: 1 has a node */
	size_t n_kept, cap_kept;
	bool sep;		/* a leaf has ended */
	bool deep, full;
	const struct srcmap *map;	/* NULL, or from the places given to the source */
	int err;
};

#define TREE_NO_SRC	SIZE_MAX

void	tree_clear(struct tree *t);	/* keeps the memory */
void	tree_release(struct tree *t);

/* The new node, to be filled at once; NULL when it is left out. */
struct node	*tree_open(struct tree *t, enum node_type type);
void	tree_close(struct tree *t);
/* Type of the innermost open node, NODE__MAX when there is none. */
enum node_type	tree_top(const struct tree *t);
bool	tree_is_open(const struct tree *t, enum node_type type);

/* Words; src: where they begin in the source, or TREE_NO_SRC. */
void	tree_text(struct tree *t, struct bytes s, size_t src);
/* A node without words, or with these only. */
struct node	*tree_leaf(struct tree *t, enum node_type type, struct bytes s, size_t src);

/* Takes the first node and its words away. */
void	tree_drop_first(struct tree *t);

/* Hands text, nodes and runs to e, copied into the arena. */
int	tree_finish(struct tree *t, struct arena *a, struct entry *e) MUST_CHECK;

/* Does it hold words directly: paragraph, heading, code, cell? */
bool	node_is_leaf(enum node_type type);
bool	node_is_block(enum node_type type);

#endif
