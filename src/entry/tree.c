/* SPDX-License-Identifier: ISC */
#include "entry/tree.h"

#include "base/vec.h"

/* Levels kept for a leaf and what stands inside its words. */
#define INNER_DEPTH	16

bool
node_is_leaf(enum node_type type)
{
	return type >= NODE_PARA && type <= NODE_CELL;
}

bool
node_is_block(enum node_type type)
{
	return type <= NODE_RULE;
}

void
tree_clear(struct tree *t)
{
	buf_clear(&t->text);
	t->text.max = LIMIT_BODY;
	t->n = t->n_runs = t->depth = t->n_kept = 0;
	t->sep = t->deep = t->full = false;
	t->map = NULL;
	t->err = 0;
}

void
tree_release(struct tree *t)
{
	buf_release(&t->text);
	free(t->node);
	free(t->run);
	free(t->kept);
	*t = (struct tree){ .text.max = LIMIT_BODY };
}

static bool
may_open(struct tree *t, enum node_type type)
{
	size_t most = node_is_block(type) && !node_is_leaf(type) ?
	    LIMIT_DEPTH - INNER_DEPTH : LIMIT_DEPTH;
	int rc;

	if (t->depth >= most) {
		t->deep = true;
		return false;
	}
	rc = vec_room(&t->node, t->n, &t->cap, sizeof(*t->node), LIMIT_NODES);
	if (rc == LEISHU_ELIMIT)
		t->full = true;
	else if (rc < 0)
		t->err = rc;
	return rc == 0;
}

struct node *
tree_open(struct tree *t, enum node_type type)
{
	struct node *v;
	bool keep;

	if (t->sep && node_is_block(type) && type != NODE_RULE) {
		buf_putc(&t->text, '\n');
		t->sep = false;
	}
	if (vec_room(&t->kept, t->n_kept, &t->cap_kept, 1, LIMIT_BUF) < 0) {
		t->err = LEISHU_ENOMEM;
		return NULL;
	}
	keep = t->err == 0 && may_open(t, type);
	t->kept[t->n_kept++] = keep;
	if (!keep)
		return NULL;
	v = &t->node[t->n];
	*v = (struct node){ .type = (uint8_t)type, .from = (uint32_t)t->text.n };
	t->open[t->depth++] = (uint32_t)t->n++;
	return v;
}

void
tree_close(struct tree *t)
{
	struct node *v;

	if (t->n_kept == 0 || !t->kept[--t->n_kept])
		return;
	v = &t->node[t->open[--t->depth]];
	v->to = (uint32_t)t->text.n;
	v->next = (uint32_t)t->n;
	if (node_is_leaf(v->type))
		t->sep = true;
}

enum node_type
tree_top(const struct tree *t)
{
	return t->depth ? t->node[t->open[t->depth - 1]].type : NODE__MAX;
}

bool
tree_is_open(const struct tree *t, enum node_type type)
{
	size_t i;

	for (i = 0; i < t->depth; i++)
		if (t->node[t->open[i]].type == type)
			return true;
	return false;
}

static void
add_run(struct tree *t, size_t src)
{
	const struct srcrun *last = t->n_runs ? &t->run[t->n_runs - 1] : NULL;

	if (last && last->src + (t->text.n - last->text) == src)
		return;
	if (vec_room(&t->run, t->n_runs, &t->cap_runs, sizeof(*t->run), LIMIT_SOURCE) < 0) {
		t->err = LEISHU_ENOMEM;
		return;
	}
	t->run[t->n_runs++] = (struct srcrun){ (uint32_t)t->text.n, (uint32_t)src };
}

void
tree_text(struct tree *t, struct bytes s, size_t src)
{
	size_t n;

	if (src == TREE_NO_SRC) {
		buf_bytes(&t->text, s);
		return;
	}
	/* The map may turn inside s. */
	for (; s.n; s = bytes_sub(s, n, s.n), src += n) {
		n = t->map ? MIN(s.n, srcmap_turn(t->map, src) - src) : s.n;
		add_run(t, t->map ? srcmap_get(t->map, src) : src);
		buf_add(&t->text, s.p, n);
	}
}

struct node *
tree_leaf(struct tree *t, enum node_type type, struct bytes s, size_t src)
{
	struct node *v = tree_open(t, type);

	tree_text(t, s, src);
	tree_close(t);
	return v;
}

/* Runs as they are when the first n bytes of text are gone. */
static void
runs_shift(struct tree *t, uint32_t n)
{
	size_t i, k = 0;

	for (i = 0; i < t->n_runs; i++) {
		struct srcrun run = t->run[i];

		/* One that ends inside what goes is of no more use. */
		if (i + 1 < t->n_runs && t->run[i + 1].text <= n)
			continue;
		if (run.text < n) {
			run.src += n - run.text;
			run.text = n;
		}
		run.text -= n;
		t->run[k++] = run;
	}
	t->n_runs = k;
}

void
tree_drop_first(struct tree *t)
{
	uint32_t nodes, gone;
	size_t i;

	if (t->n == 0)
		return;
	nodes = t->node[0].next;
	gone = nodes < t->n ? t->node[nodes].from : (uint32_t)t->text.n;
	for (i = nodes; i < t->n; i++) {
		t->node[i - nodes] = t->node[i];
		t->node[i - nodes].from -= gone;
		t->node[i - nodes].to -= gone;
		t->node[i - nodes].next -= nodes;
	}
	t->n -= nodes;
	memmove(t->text.p, t->text.p + gone, t->text.n - gone);
	t->text.n -= gone;
	runs_shift(t, gone);
}

int
tree_finish(struct tree *t, struct arena *a, struct entry *e)
{
	while (t->n_kept)
		tree_close(t);
	if (t->err || t->text.err == LEISHU_ENOMEM)
		return LEISHU_ENOMEM;
	if (t->text.err)
		t->full = true;
	e->text = arena_buf(a, &t->text);
	e->node = ARENA_ARRAY(a, t->n, struct node);
	e->run = ARENA_ARRAY(a, t->n_runs, struct srcrun);
	if (a->err)
		return a->err;
	if (t->n)
		memcpy(e->node, t->node, t->n * sizeof(*t->node));
	if (t->n_runs)
		memcpy(e->run, t->run, t->n_runs * sizeof(*t->run));
	e->n_nodes = t->n;
	e->n_runs = t->n_runs;
	return 0;
}
