/* SPDX-License-Identifier: ISC */
/*
 * Responses kept in memory, bounded.  Cut into parts with a lock each; in a
 * part the slots are a ring, and the hand passes over what was used since
 * it came by (CLOCK).
 */
#include <pthread.h>

#include "base/map.h"
#include "base/sum.h"
#include "serve/inside.h"

#define PARTS		16
#define SLOTS		1024	/* of a part */
#define BUCKETS		2048	/* power of two */

struct slot {
	uint64_t hash;
	char *key;
	size_t n_key, size;
	char etag[32];
	struct MHD_Response *full, *same;
	uint16_t next;		/* 1 + slot, in its bucket's chain */
	bool used;
};

struct part {
	pthread_mutex_t lock;
	struct slot slot[SLOTS];
	uint16_t bucket[BUCKETS];	/* 1 + slot, 0: empty */
	size_t bytes;
	unsigned hand, n;
};

struct cache {
	size_t max;		/* bytes of a part */
	struct part part[PARTS];
};

struct cache *
cache_new(size_t max)
{
	struct cache *c = calloc(1, sizeof(*c));
	size_t i;

	if (c == NULL)
		return NULL;
	c->max = max / PARTS;
	for (i = 0; i < PARTS; i++)
		(void)pthread_mutex_init(&c->part[i].lock, NULL);
	return c;
}

static void
slot_clear(struct slot *s)
{
	MHD_destroy_response(s->full);
	MHD_destroy_response(s->same);
	free(s->key);
	*s = (struct slot){ 0 };
}

void
cache_free(struct cache *c)
{
	size_t i, k;

	if (c == NULL)
		return;
	for (i = 0; i < PARTS; i++) {
		for (k = 0; k < SLOTS; k++)
			if (c->part[i].slot[k].key)
				slot_clear(&c->part[i].slot[k]);
		(void)pthread_mutex_destroy(&c->part[i].lock);
	}
	free(c);
}

static struct slot *
lookup(struct part *p, struct bytes key, uint64_t hash)
{
	uint16_t at = p->bucket[(hash >> 8) % BUCKETS];

	while (at) {
		struct slot *s = &p->slot[at - 1];

		if (s->hash == hash && bytes_eq(bytes_make(s->key, s->n_key), key))
			return s;
		at = s->next;
	}
	return NULL;
}

static void
unlink_slot(struct part *p, unsigned at)
{
	uint16_t *link = &p->bucket[(p->slot[at].hash >> 8) % BUCKETS];

	while (*link != at + 1)
		link = &p->slot[*link - 1].next;
	*link = p->slot[at].next;
	p->bytes -= p->slot[at].size;
	p->n--;
	slot_clear(&p->slot[at]);
}

/* A free slot, and room for size bytes. */
static unsigned
make_room(struct part *p, size_t max, size_t size)
{
	for (;;) {
		unsigned at = p->hand;
		struct slot *s = &p->slot[at];

		p->hand = (p->hand + 1) % SLOTS;
		if (s->key == NULL) {
			if (p->bytes + size <= max)
				return at;
			continue;
		}
		if (s->used) {
			s->used = false;
			continue;
		}
		unlink_slot(p, at);
		if (p->bytes + size <= max)
			return at;
	}
}

void
cache_put(struct cache *c, struct bytes key, struct bytes etag, size_t size,
    struct MHD_Response *full, struct MHD_Response *same)
{
	uint64_t hash = sum64(key);
	struct part *p = &c->part[hash % PARTS];
	struct slot *s;
	unsigned at;
	char *copy;

	size += key.n + 1024;	/* headers and what holds them */
	if (size > c->max / 4 || etag.n >= sizeof(s->etag) || (copy = bytes_dup(key)) == NULL)
		goto drop;
	(void)pthread_mutex_lock(&p->lock);
	if (lookup(p, key, hash)) {
		(void)pthread_mutex_unlock(&p->lock);
		free(copy);
		goto drop;
	}
	at = make_room(p, c->max, size);
	s = &p->slot[at];
	*s = (struct slot){ .hash = hash, .key = copy, .n_key = key.n, .size = size,
	    .full = full, .same = same, .next = p->bucket[(hash >> 8) % BUCKETS] };
	memcpy(s->etag, etag.p, etag.n);
	p->bucket[(hash >> 8) % BUCKETS] = (uint16_t)(at + 1);
	p->bytes += size;
	p->n++;
	(void)pthread_mutex_unlock(&p->lock);
	return;
drop:
	MHD_destroy_response(full);
	MHD_destroy_response(same);
}

bool
cache_send(struct cache *c, struct bytes key, struct bytes none_match,
    struct MHD_Connection *con, unsigned *status, enum MHD_Result *ret)
{
	uint64_t hash = sum64(key);
	struct part *p = &c->part[hash % PARTS];
	struct slot *s;

	(void)pthread_mutex_lock(&p->lock);
	if ((s = lookup(p, key, hash)) != NULL) {
		bool same = none_match.n && etag_match(none_match, bytes_str(s->etag));

		s->used = true;
		*status = same ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
		*ret = MHD_queue_response(con, *status, same ? s->same : s->full);
	}
	(void)pthread_mutex_unlock(&p->lock);
	return s != NULL;
}

size_t
cache_bytes(const struct cache *c)
{
	size_t i, n = 0;

	for (i = 0; i < PARTS; i++)
		n += c->part[i].bytes;	/* a glance, without the lock */
	return n;
}
