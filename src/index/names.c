/* SPDX-License-Identifier: ISC */
#include "index/names.h"

#include "base/rd.h"

#include "index/names_diff.h"
#include "index/names_format.h"

#define COMMON_STEP	256	/* ordinals compared at a time */

static void
name_chunk(uint32_t tag, char chunk[5])
{
	int i;

	for (i = 0; i < 4; i++)
		chunk[i] = (char)(tag >> 8 * i & 0xff);
	chunk[4] = '\0';
}

static int
open_store(const struct pack *p, uint32_t keys, uint32_t vals, char chunk[5],
    struct store *ret)
{
	int rc = store_open(pack_get(p, keys), pack_get(p, vals), ret);

	if (rc == 0 && ret->dict.n > NAMES_MAX)
		rc = LEISHU_EFORMAT;
	if (rc < 0 && chunk)
		name_chunk(keys, chunk);
	return rc;
}

static struct ranks
take_ranks(struct rd *r, uint32_t n)
{
	struct ranks k = { .n = n };
	size_t peaks = n / NAMES_PEAK + (n % NAMES_PEAK != 0);

	k.rank = rd_take(r, n).p;
	k.peak = rd_take(r, peaks).p;
	k.titles = rd_take(r, peaks * 2).p;
	return k;
}

int
names_open(const struct pack *p, char chunk[5], struct names *ret)
{
	struct names n = { 0 };
	struct bytes meta = pack_get(p, NAMES_TAG_META);
	struct rd r = rd_make(meta);
	int rc;

	if ((rc = open_store(p, NAMES_TAG_KEYS, NAMES_TAG_NAMES, chunk, &n.keys)) < 0 ||
	    (rc = open_store(p, NAMES_TAG_READINGS, NAMES_TAG_READ_OF, chunk, &n.readings)) < 0 ||
	    (rc = open_store(p, NAMES_TAG_INITIALS, NAMES_TAG_INITIAL_OF, chunk,
	    &n.initials)) < 0 ||
	    (rc = open_store(p, NAMES_TAG_TERMS, NAMES_TAG_TERM_OF, chunk, &n.terms)) < 0)
		return rc;
	if ((rc = dict_open(pack_get(p, NAMES_TAG_BACK), &n.back)) < 0) {
		if (chunk)
			name_chunk(NAMES_TAG_BACK, chunk);
		return rc;
	}
	n.n_keys = (uint32_t)n.keys.dict.n;
	n.n_readings = (uint32_t)n.readings.dict.n;
	if (meta.n == 0 && n.n_keys == 0) {
		*ret = n;
		return 0;
	}
	n.n_entries = rd_le32(&r);
	n.n_names = rd_le64(&r);
	n.n_tags = rd_le32(&r);
	n.key_rank = take_ranks(&r, n.n_keys);
	n.reading_rank = take_ranks(&r, n.n_readings);
	n.sole_size = NAME_SOLE_SIZE(n.n_entries);
	n.sole = rd_take(&r, (size_t)n.n_keys * n.sole_size).p;
	n.tags = rd_take(&r, rd_left(&r));
	if (r.bad) {
		if (chunk)
			name_chunk(NAMES_TAG_META, chunk);
		return LEISHU_EFORMAT;
	}
	*ret = n;
	return 0;
}

static unsigned
rd_byte(struct rd *r)
{
	struct bytes b = rd_take(r, 1);

	return b.n ? b.p[0] : 0;
}

static bool
walk_bad(struct name_walk *w)
{
	w->bad = true;
	w->left = 0;
	w->inside = false;
	return false;
}

void
name_walk_start(struct name_walk *w, const struct names *n, const struct dict_cur *c)
{
	struct bytes val = { NULL, 0 };
	struct rd r;
	int rc = store_value(&n->keys, c, &val);

	r = rd_make(val);
	w->names = n;
	w->key = c->key;
	w->ord = (uint32_t)c->ord;
	if (rc == 0 && (w->no = names_sole(n, w->ord)) != UINT32_MAX) {
		w->n_entries = 1;
		w->left = 0;
		w->inside = true;
	} else {
		w->n_entries = w->left = rd_u32(&r, n->n_entries);
		w->inside = false;
	}
	w->p = r.p;
	w->end = r.end;
	w->bad = false;
	if (rc < 0 || r.bad)
		(void)walk_bad(w);
}

/* A name as it is stored, but for the entry it belongs to. */
struct raw_name {
	unsigned flags;
	uint32_t tag;
	uint32_t shared;
	struct bytes reading, steps;
};

static struct raw_name
take_name(struct rd *r)
{
	struct raw_name n = { .flags = rd_byte(r) };

	if (n.flags & NAME_FLAG_TAG)
		n.tag = rd_u32(r, UINT32_MAX);
	if (n.flags & NAME_FLAG_READING)
		n.reading = rd_blob(r);
	if (n.flags & NAME_FLAG_SHARED)
		n.shared = rd_u32(r, NAME_SHARED_MAX);
	if (!(n.flags & NAME_FLAG_SAME))
		n.steps = rd_blob(r);
	return n;
}

bool
name_walk_next(struct name_walk *w)
{
	struct rd r = { w->p, w->end, false };
	struct raw_name n;

	if (!w->inside && w->left == 0)
		return false;
	if (!w->inside) {
		w->left--;
		w->no = rd_u32(&r, w->names->n_entries - 1);
	}
	n = take_name(&r);
	w->origin = n.flags & NAME_FLAG_ORIGIN;
	w->known = (n.flags & NAME_FLAG_KNOWN) != 0;
	w->inside = !(n.flags & NAME_FLAG_LAST);
	w->tag = n.tag;
	w->reading = n.reading;
	w->shared = n.shared;
	w->steps = n.steps;
	w->p = r.p;
	return r.bad ? walk_bad(w) : true;
}

/* The steps of the first name of the block, which those after it lean on. */
static struct bytes
head_steps(const struct name_walk *w)
{
	const struct store *keys = &w->names->keys;
	struct bytes val = { NULL, 0 };
	struct raw_name raw;
	struct dict_cur c;
	struct rd r;

	if (dict_at(&c, &keys->dict, w->ord - w->ord % DICT_BLOCK) != 1 ||
	    store_value(keys, &c, &val) < 0)
		return val;
	r = rd_make(val);
	if (names_sole(w->names, (uint32_t)c.ord) == UINT32_MAX) {
		(void)rd_varint(&r);
		(void)rd_varint(&r);
	}
	raw = take_name(&r);
	return r.bad || raw.flags & NAME_FLAG_SHARED ? (struct bytes){ NULL, 0 } : raw.steps;
}

struct bytes
name_walk_form(struct name_walk *w)
{
	unsigned char joined[NAME_SHARED_MAX];
	struct bytes steps = w->steps, head;
	size_t n;

	if (w->shared) {
		head = head_steps(w);
		if (w->shared > head.n || head.n > sizeof(joined) ||
		    steps.n > sizeof(joined) - w->shared)
			goto bad;
		memcpy(joined, head.p, w->shared);
		if (steps.n)
			memcpy(joined + w->shared, steps.p, steps.n);
		steps = bytes_make(joined, w->shared + steps.n);
	}
	if (steps.n == 0)
		return w->key;
	n = name_undiff(w->key, steps, w->form, sizeof(w->form));
	if (n != SIZE_MAX)
		return bytes_make(w->form, n);
bad:
	(void)walk_bad(w);
	return (struct bytes){ NULL, 0 };
}

void
names_tag(const struct names *n, uint32_t tag, struct bytes *scheme, struct bytes *lang)
{
	struct rd r = rd_make(n->tags);
	uint32_t i;

	*scheme = *lang = (struct bytes){ NULL, 0 };
	if (tag >= n->n_tags)
		return;
	for (i = 0; i <= tag && !r.bad; i++) {
		*scheme = rd_blob(&r);
		*lang = rd_blob(&r);
	}
	if (r.bad)
		*scheme = *lang = (struct bytes){ NULL, 0 };
}

struct ord_walk
ord_walk_make(struct bytes val, bool rising, uint32_t max)
{
	return (struct ord_walk){ val.p, val.p ? val.p + val.n : NULL, 0, max, rising, false };
}

bool
ord_walk_next(struct ord_walk *w, uint32_t *ord)
{
	struct rd r = { w->p, w->end, w->bad };
	uint32_t v;

	if (w->bad || w->p >= w->end)
		return false;
	v = rd_u32(&r, w->max);
	w->p = r.p;
	if (w->rising && !add_overflows(v, w->last, &v))
		w->last = v;
	if (r.bad || v >= w->max || (w->rising && w->last != v)) {
		w->bad = true;
		return false;
	}
	*ord = v;
	return true;
}

/*
 * Of a common word the differences are small: bytes are read as long as they
 * are, everything in registers.
 */
size_t
ord_walk_rest(struct ord_walk *w, uint32_t *ord, size_t cap)
{
	const unsigned char *p, *end = w->end;
	uint32_t last, max = w->max;
	size_t n = 0;

	do {
		p = w->p;
		last = w->last;
		while (n < cap && p < end && *p < 0x80 && *p < max - last && !w->bad) {
			last += *p++;
			ord[n++] = last;
		}
		w->p = p;
		w->last = last;
	} while (n < cap && ord_walk_next(w, &ord[n]) && ++n < cap);
	return n;
}

size_t
ord_walk_common(struct ord_walk *w, uint32_t *ord, size_t n)
{
	uint32_t at[COMMON_STEP];
	size_t i = 0, m = 0, k, got;

	while (i < n && (got = ord_walk_rest(w, at, NELEM(at))) > 0)
		for (k = 0; k < got && i < n; k++) {
			while (i < n && ord[i] < at[k])
				i++;
			if (i < n && ord[i] == at[k])
				ord[m++] = ord[i++];
		}
	return m;
}

/* Keeps best[] sorted, highest rank first; equal ranks in order of coming. */
static size_t
keep(const unsigned char *rank, uint32_t *best, size_t n, size_t max, uint32_t ord)
{
	size_t i;

	if (n == max && rank[best[n - 1]] >= rank[ord])
		return n;
	i = n < max ? n++ : n - 1;
	for (; i > 0 && rank[best[i - 1]] < rank[ord]; i--)
		best[i] = best[i - 1];
	best[i] = ord;
	return n;
}

size_t
ranks_best(const struct ranks *r, uint32_t lo, uint32_t hi, uint32_t *best, size_t max)
{
	size_t n = 0;
	uint32_t i, end;

	hi = MIN(hi, r->n);
	for (i = lo; i < hi && max; i = end) {
		end = MIN(hi, (i / NAMES_PEAK + 1) * NAMES_PEAK);
		if (n == max && r->peak[i / NAMES_PEAK] <= r->rank[best[n - 1]])
			continue;
		for (; i < end; i++)
			n = keep(r->rank, best, n, max, i);
	}
	return n;
}

uint64_t
ranks_titles(const struct ranks *r, uint32_t lo, uint32_t hi)
{
	uint64_t sum = 0;
	uint32_t i;

	hi = MIN(hi, r->n) / NAMES_PEAK;
	for (i = lo / NAMES_PEAK + (lo % NAMES_PEAK != 0); i < hi; i++)
		sum += r->titles[2 * i] | (uint32_t)r->titles[2 * i + 1] << 8;
	return sum;
}

/* Every key of a dictionary is readable and they ascend. */
static int
verify_dict(const struct dict *d)
{
	unsigned char last[NAMES_KEY_MAX];
	struct dict_cur c;
	uint64_t seen = 0;
	size_t n = 0;
	int rc;

	for (rc = dict_at(&c, d, 0); rc == 1; rc = dict_next(&c), seen++) {
		if (c.key.n > sizeof(last) || c.key.n == 0 ||
		    bytes_cmp(bytes_make(last, n), c.key) >= 0)
			return LEISHU_EFORMAT;
		memcpy(last, c.key.p, n = c.key.n);
	}
	return rc < 0 || seen != d->n ? LEISHU_EFORMAT : 0;
}

static int
verify_keys(const struct names *n)
{
	struct name_walk *w;
	struct dict_cur c;
	bool bad = false;
	int rc;

	if ((w = malloc(sizeof(*w))) == NULL)
		return LEISHU_ENOMEM;
	for (rc = dict_at(&c, &n->keys.dict, 0); rc == 1 && !bad; rc = dict_next(&c)) {
		for (name_walk_start(w, n, &c); name_walk_next(w);)
			if (name_walk_form(w).n == 0)
				w->bad = true;
		bad = w->bad || w->p != w->end;
	}
	free(w);
	return bad || rc < 0 ? LEISHU_EFORMAT : 0;
}

static int
verify_ords(const struct store *s, bool rising, uint32_t max)
{
	struct bytes val = { NULL, 0 };
	struct dict_cur c;
	struct ord_walk w;
	uint32_t ord;
	int rc;

	for (rc = dict_at(&c, &s->dict, 0); rc == 1; rc = dict_next(&c)) {
		if (store_value(s, &c, &val) < 0)
			return LEISHU_EFORMAT;
		w = ord_walk_make(val, rising, max);
		while (ord_walk_next(&w, &ord))
			;
		if (w.bad)
			return LEISHU_EFORMAT;
	}
	return rc < 0 ? LEISHU_EFORMAT : 0;
}

int
names_verify(const struct names *n)
{
	int rc;

	if ((rc = verify_dict(&n->keys.dict)) < 0 ||
	    (rc = verify_dict(&n->readings.dict)) < 0 ||
	    (rc = verify_dict(&n->initials.dict)) < 0 ||
	    (rc = verify_dict(&n->terms.dict)) < 0 ||
	    (rc = verify_dict(&n->back)) < 0 ||
	    (rc = verify_keys(n)) < 0 ||
	    (rc = verify_ords(&n->readings, false, n->n_keys * 4)) < 0 ||
	    (rc = verify_ords(&n->initials, false, n->n_keys)) < 0)
		return rc;
	return verify_ords(&n->terms, true, n->n_keys);
}
