/* SPDX-License-Identifier: ISC */
#include "base/map.h"

#include "base/arena.h"
#include "base/sum.h"

struct map_slot {
	struct bytes key;	/* p NULL: free */
	uint64_t hash;
	uint64_t value;
};

struct map_keys {
	struct arena arena;
};

void
map_release(struct map *m)
{
	if (m->keys != NULL)
		arena_release(&m->keys->arena);
	free(m->keys);
	free(m->slot);
	*m = (struct map){ 0 };
}

/* The slot that holds key, or the free one where it belongs. */
static struct map_slot *
probe(struct map_slot *slot, size_t cap, uint64_t hash, struct bytes key)
{
	size_t i = (size_t)hash & (cap - 1);

	while (slot[i].key.p != NULL &&
	    (slot[i].hash != hash || !bytes_eq(slot[i].key, key)))
		i = (i + 1) & (cap - 1);
	return &slot[i];
}

uint64_t *
map_get(const struct map *m, struct bytes key)
{
	struct map_slot *s;

	if (m->cap == 0)
		return NULL;
	s = probe(m->slot, m->cap, sum64(key), key);
	return s->key.p ? &s->value : NULL;
}

static int
grow(struct map *m)
{
	size_t cap = m->cap ? m->cap * 2 : 16, i;
	struct map_slot *slot;

	if ((slot = calloc(cap, sizeof(*slot))) == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < m->cap; i++)
		if (m->slot[i].key.p != NULL)
			*probe(slot, cap, m->slot[i].hash, m->slot[i].key) =
			    m->slot[i];
	free(m->slot);
	m->slot = slot;
	m->cap = cap;
	return 0;
}

uint64_t *
map_put(struct map *m, struct bytes key, bool *fresh)
{
	uint64_t hash = sum64(key);
	struct map_slot *s;

	if (m->keys == NULL) {
		if ((m->keys = calloc(1, sizeof(*m->keys))) == NULL)
			return NULL;
		m->keys->arena.max = SIZE_MAX;
	}
	if (m->n + 1 > m->cap / 4 * 3 && grow(m) < 0)
		return NULL;
	s = probe(m->slot, m->cap, hash, key);
	if (fresh)
		*fresh = s->key.p == NULL;
	if (s->key.p == NULL) {
		struct bytes copy = arena_bytes(&m->keys->arena, key);

		if (copy.p == NULL)
			return NULL;
		s->key = copy;
		s->hash = hash;
		m->n++;
	}
	return &s->value;
}
