/* SPDX-License-Identifier: ISC */
#include "build/near.h"

#include "base/utf8.h"
#include "script/fold.h"

#define NAMES_MAX	8192
#define ASKS_MAX	256	/* so that a thousand dead links cost nothing */
#define CHARS_MAX	48	/* of a key that is compared */

struct near_name {
	struct bytes form, key;
};

static void
add(struct near *s, struct bytes form)
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
near_add(struct near *s, const struct entry *e)
{
	size_t i;

	for (i = 0; i < e->n_names; i++)
		if (e->name[i].origin != NAME_PROSE)
			add(s, e->name[i].form);
	add(s, e->id);
}

void
near_release(struct near *s)
{
	arena_release(&s->a);
	*s = (struct near){ .n = 0 };
}

/* Characters of a key; more than CHARS_MAX: none. */
static size_t
chars(struct bytes key, uint32_t *c, bool *han)
{
	size_t at = 0, n = 0;

	*han = false;
	while (n < CHARS_MAX && utf8_next(key, &at, &c[n]))
		*han = is_han(c[n++]) || *han;
	return at == key.n ? n : 0;
}

/* Characters to change, add, drop or swap; past max it may be any number above. */
static size_t
distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, size_t max)
{
	size_t row[3][CHARS_MAX + 1], i, k, least;

	if (na > nb + max || nb > na + max)
		return max + 1;
	for (k = 0; k <= nb; k++)
		row[0][k] = k;
	for (i = 1; i <= na; i++) {
		size_t *now = row[i % 3], *up = row[(i - 1) % 3], *up2 = row[(i + 1) % 3];

		least = now[0] = i;
		for (k = 1; k <= nb; k++) {
			now[k] = MIN(MIN(up[k], now[k - 1]) + 1, up[k - 1] + (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				now[k] = MIN(now[k], up2[k - 2] + 1);
			least = MIN(least, now[k]);
		}
		if (least > max)
			return max + 1;
	}
	return row[na % 3][nb];
}

struct bytes
near_find(struct near *s, struct bytes target)
{
	uint32_t want[CHARS_MAX], have[CHARS_MAX];
	struct bytes best = { NULL, 0 };
	struct buf key = { 0 };
	size_t n, m, i, d, max;
	bool han, other;

	if (s->full || s->a.err || s->asked++ >= ASKS_MAX)
		return best;
	fold_name(target, &key);
	n = chars(buf_view(&key), want, &han);
	max = han ? n >= 3 : n >= 8 ? 2 : n >= 4;
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
