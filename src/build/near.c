/* SPDX-License-Identifier: ISC */
#include "build/near.h"

#include "base/distance.h"
#include "base/utf8.h"
#include "script/fold.h"

#define NAMES_MAX	8192
#define ASKS_MAX	256	/* so that a thousand dead links cost nothing */

struct near_name {
	struct bytes form, key;
};

void
near_add(struct near *s, struct bytes form)
{
	struct buf key = { 0 };
	struct near_name *v;

	if (s->full || form.n == 0)
		return;
	s->full = s->n == NAMES_MAX;
	fold_name(form, &key);
	if (!s->full && key.n && (v = arena_grow(&s->a, s->v, s->n, &s->cap,
	    sizeof(*v))) != NULL) {
		s->v = v;
		v[s->n++] = (struct near_name){ arena_bytes(&s->a, form),
		    arena_buf(&s->a, &key) };
	}
	buf_release(&key);
}

void
near_add_entry(struct near *s, const struct entry *e)
{
	size_t i;

	for (i = 0; i < e->n_names; i++)
		if (e->name[i].origin != NAME_PROSE)
			near_add(s, e->name[i].form);
	near_add(s, e->id);
}

void
near_release(struct near *s)
{
	arena_release(&s->a);
	*s = (struct near){ .n = 0 };
}

/* Characters of a key; none when they are too many to compare. */
static size_t
chars(struct bytes key, uint32_t *c, bool *han)
{
	size_t at = 0, n = 0;

	*han = false;
	while (n < DISTANCE_CHARS && utf8_next(key, &at, &c[n]))
		*han = is_han(c[n++]) || *han;
	return at == key.n ? n : 0;
}

struct bytes
near_find(struct near *s, struct bytes target)
{
	uint32_t want[DISTANCE_CHARS], have[DISTANCE_CHARS];
	struct bytes best = { NULL, 0 };
	struct buf key = { 0 };
	size_t n, m, i, d, max;
	bool han, other;

	if (s->full || s->a.err || s->asked++ >= ASKS_MAX)
		return best;
	fold_name(target, &key);
	n = chars(buf_view(&key), want, &han);
	max = slips_allowed(n, han);
	for (i = 0; i < s->n && max > 0; i++) {
		m = chars(s->v[i].key, have, &other);
		if (m == 0 || (d = distance(want, n, have, m, max)) > max)
			continue;
		best = s->v[i].form;
		max = d ? d - 1 : 0;	/* a nearer one may come */
	}
	buf_release(&key);
	return best;
}
