/* SPDX-License-Identifier: ISC */
#include "index/links.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/rd.h"
#include "script/fold.h"

#define ENTRY_ROW	12

struct target {
	struct bytes key, raw;
	uint32_t entry;		/* or LINKS_NONE */
	uint32_t n_from;
	struct rd from;		/* differences follow */
};

int
links_open(const struct pack *p, uint32_t n_entries, struct links *ret)
{
	struct links l = {
		.targets = pack_get(p, TAG_LINK_TARGETS),
		.offsets = pack_get(p, TAG_LINK_OFFSETS),
		.entries = pack_get(p, TAG_LINK_ENTRIES),
		.rows = pack_get(p, TAG_LINK_ROWS),
		.n_entries = n_entries,
	};

	if (l.offsets.n % 8 || l.entries.n % ENTRY_ROW || l.rows.n % 4 ||
	    l.offsets.n / 8 > UINT32_MAX || l.rows.n / 4 > UINT32_MAX)
		return LEISHU_EFORMAT;
	*ret = l;
	return 0;
}

static uint32_t
n_targets(const struct links *l)
{
	return (uint32_t)(l->offsets.n / 8);
}

/* Row i of LNKT; false: damaged. */
static bool
get_target(const struct links *l, uint32_t i, struct target *ret)
{
	uint64_t off;

	if (i >= n_targets(l))
		return false;
	off = le64(l->offsets.p + (size_t)i * 8);
	if (off > l->targets.n)
		return false;
	ret->from = rd_make(bytes_sub(l->targets, (size_t)off, l->targets.n));
	ret->key = rd_blob(&ret->from);
	ret->raw = rd_blob(&ret->from);
	ret->entry = rd_u32(&ret->from, l->n_entries) - 1;	/* 0 - 1: none */
	ret->n_from = rd_u32(&ret->from, l->n_entries);
	return !ret->from.bad;
}

/* The next entry that names the target; false: damaged. */
static bool
next_from(const struct links *l, struct target *t, uint32_t *no, bool first)
{
	uint64_t step = rd_varint(&t->from), v;

	if (t->from.bad || (!first && step == 0) || step > l->n_entries)
		return false;
	if ((v = first ? step : *no + step) >= l->n_entries)
		return false;
	*no = (uint32_t)v;
	return true;
}

static int
target_cmp(const struct target *t, struct bytes key, struct bytes raw)
{
	int c = bytes_cmp(t->key, key);

	return c ? c : bytes_cmp(t->raw, raw);
}

uint32_t
links_resolve(const struct links *l, struct bytes target)
{
	uint32_t lo = 0, hi = n_targets(l), mid, ret = LINKS_NONE;
	unsigned char room[8192];
	struct buf fold = { 0 };
	struct bytes key;
	struct target t;
	int c;

	if (hi == 0 || target.n > LIMIT_NAME)
		return LINKS_NONE;
	/* On the stack but for a monster, so as not to fail for memory. */
	if (target.n <= 512)
		fold = (struct buf){ .p = room, .cap = sizeof(room), .max = sizeof(room) };
	fold_name(target, &fold);
	key = fold.n ? buf_view(&fold) : target;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (!get_target(l, mid, &t))
			break;
		if ((c = target_cmp(&t, key, target)) == 0) {
			ret = t.entry;
			break;
		}
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (fold.p != room)
		buf_release(&fold);
	return ret;
}

static uint32_t
n_linked(const struct links *l)
{
	return (uint32_t)(l->entries.n / ENTRY_ROW);
}

/* The row of LNKE for no, or NULL; *end is where its rows in LNKR end. */
static const unsigned char *
find_entry(const struct links *l, uint32_t no, uint32_t *end)
{
	uint32_t lo = 0, hi = n_linked(l), mid, at;
	const unsigned char *p;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		p = l->entries.p + (size_t)mid * ENTRY_ROW;
		if ((at = le32(p)) == no) {
			*end = mid + 1 < n_linked(l) ? le32(p + ENTRY_ROW + 8) :
			    (uint32_t)(l->rows.n / 4);
			return p;
		}
		if (at < no)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

uint32_t
links_indegree(const struct links *l, uint32_t no)
{
	uint32_t end;
	const unsigned char *p = find_entry(l, no, &end);

	return p ? le32(p + 4) : 0;
}

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* Appends who names row i of LNKT, but for no itself. */
static int
add_from(const struct links *l, uint32_t i, uint32_t no, struct arena *a,
    uint32_t **v, size_t *n, size_t *cap)
{
	struct target t;
	uint32_t k, from = 0;
	uint32_t *grown;

	if (!get_target(l, i, &t) || t.entry != no)
		return LEISHU_EFORMAT;
	for (k = 0; k < t.n_from; k++) {
		if (!next_from(l, &t, &from, k == 0))
			return LEISHU_EFORMAT;
		if (from == no)
			continue;
		grown = arena_grow(a, *v, *n, cap, sizeof(**v));
		if (grown == NULL)
			return a->err;
		*v = grown;
		(*v)[(*n)++] = from;
	}
	return 0;
}

int
links_in(const struct links *l, uint32_t no, struct arena *a, uint32_t **ret,
    size_t *ret_n)
{
	uint32_t end = 0, i, *v = NULL;
	const unsigned char *p = find_entry(l, no, &end);
	size_t n = 0, cap = 0, k, kept;
	int rc;

	if (p != NULL) {
		if (end > l->rows.n / 4)
			return LEISHU_EFORMAT;
		for (i = le32(p + 8); i < end; i++) {
			rc = add_from(l, le32(l->rows.p + (size_t)i * 4), no,
			    a, &v, &n, &cap);
			if (rc < 0)
				return rc;
		}
	}
	if (n)
		qsort(v, n, sizeof(*v), by_number);
	for (k = kept = 0; k < n; k++)
		if (k == 0 || v[k] != v[k - 1])
			v[kept++] = v[k];
	*ret = v;
	*ret_n = kept;
	return 0;
}

static int
check_targets(const struct links *l)
{
	struct target t, last = { 0 };
	const unsigned char *end = l->targets.p;
	uint32_t i, k, no;

	for (i = 0; i < n_targets(l); i++) {
		if (!get_target(l, i, &t) ||
		    l->targets.p + le64(l->offsets.p + (size_t)i * 8) != end ||
		    (i && target_cmp(&last, t.key, t.raw) >= 0))
			return LEISHU_EFORMAT;
		for (k = 0, no = 0; k < t.n_from; k++)
			if (!next_from(l, &t, &no, k == 0))
				return LEISHU_EFORMAT;
		end = t.from.p;
		last = t;
	}
	return end == (l->targets.p ? l->targets.p + l->targets.n : NULL) ?
	    0 : LEISHU_EFORMAT;
}

int
links_check(const struct links *l)
{
	const unsigned char *p = l->entries.p;
	uint32_t i, before = 0, *v;
	struct arena a = { 0 };
	size_t n;
	int rc = check_targets(l);

	for (i = 0; i < n_linked(l) && rc == 0; i++, p += ENTRY_ROW) {
		if (le32(p) >= l->n_entries || (i && le32(p) <= before) ||
		    le32(p + 8) >= l->rows.n / 4)
			rc = LEISHU_EFORMAT;
		before = le32(p);
		arena_clear(&a);
		if (rc == 0 && (rc = links_in(l, before, &a, &v, &n)) == 0 &&
		    n != le32(p + 4))
			rc = LEISHU_EFORMAT;
	}
	arena_release(&a);
	return rc;
}
