/* SPDX-License-Identifier: ISC */
#ifndef INDEX_NAMES_H
#define INDEX_NAMES_H

#include "base/limits.h"
#include "entry/entry.h"
#include "index/names_store.h"
#include "pack/pack.h"

/*
 * The name index, read.  Every name of every entry stands under a key: what
 * its spellings have in common.  The format is described in names_write.c.
 * Nothing is unpacked or copied when it is opened; every read is checked.
 */
#define NAMES_TAG_KEYS	TAG('N', 'K', 'E', 'Y')
#define NAMES_TAG_NAMES	TAG('N', 'A', 'M', 'E')
#define NAMES_TAG_READINGS	TAG('N', 'R', 'E', 'A')
#define NAMES_TAG_READ_OF	TAG('N', 'R', 'E', 'O')
#define NAMES_TAG_INITIALS	TAG('N', 'I', 'N', 'I')
#define NAMES_TAG_INITIAL_OF	TAG('N', 'I', 'N', 'O')
#define NAMES_TAG_TERMS	TAG('N', 'T', 'R', 'M')
#define NAMES_TAG_TERM_OF	TAG('N', 'T', 'R', 'O')
#define NAMES_TAG_BACK	TAG('N', 'B', 'A', 'K')
#define NAMES_TAG_META	TAG('N', 'M', 'E', 'T')

#define NAMES_KEY_MAX	512	/* bytes of a key */
/* ordinals are kept times four: see reading_walk */
#define NAMES_MAX	(UINT32_MAX / 4 - 1)
#define NAMES_PEAK	256	/* keys whose highest rank is kept */

/*
 * A byte a key: higher is wanted more; the highest of NAMES_PEAK keys; and
 * how many titles stand under those (u16, at most).  A title is counted once.
 */
struct ranks {
	const unsigned char *rank, *peak, *titles;
	uint32_t n;
};

struct names {
	struct store keys;	/* key -> names */
	struct store readings;	/* toneless pinyin -> keys it is a reading of */
	struct store initials;	/* "zsyh" -> ordinals of keys */
	struct store terms;	/* word or pair of Han -> ordinals of keys */
	struct dict back;	/* keys and readings backwards */
	uint32_t n_keys, n_readings;
	struct ranks key_rank, reading_rank;
	const unsigned char *sole;	/* a key's only entry: see names_sole */
	uint32_t sole_size;	/* bytes each */
	struct bytes tags;	/* scheme and language, pair by pair */
	uint32_t n_tags;
	uint32_t n_entries;
	uint64_t n_names;
};

/* 0 or LEISHU_EFORMAT; chunk (when not NULL) then names the damaged one. */
int	names_open(const struct pack *p, char chunk[5], struct names *ret) MUST_CHECK;
/* All of it, as fsck does.  0 or LEISHU_EFORMAT. */
int	names_verify(const struct names *n) MUST_CHECK;

/* How a key of letters came to stand for a name in characters. */
enum name_via { NAME_VIA_GIVEN, NAME_VIA_USUAL, NAME_VIA_OTHER, NAME_VIA__MAX };

/*
 * The names under a key, by entry, the entry most linked to first.
 *
 *	for (name_walk_start(&w, n, &c); name_walk_next(&w);) ... w.no ...
 */
struct name_walk {
	const struct names *names;
	struct bytes key;	/* borrowed from the cursor */
	uint32_t ord;
	const unsigned char *p, *end;
	uint32_t n_entries;	/* that have a name under this key */
	uint32_t left;		/* not yet given */
	bool inside;		/* more names of this entry follow */
	bool bad;		/* damage */
	/* the present name */
	uint32_t no;
	uint8_t origin;		/* enum name_origin */
	bool known;		/* its reading is the entry's, not a guess */
	uint32_t tag;
	struct bytes reading;	/* stored, or empty: the usual one */
	uint32_t shared;	/* steps taken from the first of the block */
	struct bytes steps;	/* from key to form: names_diff.h */
	unsigned char form[LIMIT_NAME];
};

void	name_walk_start(struct name_walk *w, const struct names *n, const struct dict_cur *c);
/* The next name, without its form; name_walk_form makes that when wanted. */
bool	name_walk_next(struct name_walk *w);
/* As written; borrowed from the walk.  Empty and bad on damage. */
struct bytes	name_walk_form(struct name_walk *w);

/* The entry of a key that only one entry has; UINT32_MAX: there are more. */
static inline uint32_t
names_sole(const struct names *n, uint32_t ord)
{
	const unsigned char *p = n->sole + (size_t)ord * n->sole_size;
	uint32_t no = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;

	if (n->sole_size == 4)
		no |= (uint32_t)p[3] << 24;
	return no < n->n_entries ? no : UINT32_MAX;
}

void	names_tag(const struct names *n, uint32_t tag, struct bytes *scheme, struct bytes *lang);

/* A walk over the ordinals of a reading, a term, initials. */
struct ord_walk {
	const unsigned char *p, *end;
	uint32_t last, max;
	bool rising;	/* terms: ascending, differences; others: as they are */
	bool bad;
};
struct ord_walk	ord_walk_make(struct bytes val, bool rising, uint32_t max);
bool	ord_walk_next(struct ord_walk *w, uint32_t *ord);
/* All that are left of a rising walk, at most cap; gives their number. */
size_t	ord_walk_rest(struct ord_walk *w, uint32_t *ord, size_t cap);
/* Of n ascending ordinals those that a rising walk has too. */
size_t	ord_walk_common(struct ord_walk *w, uint32_t *ord, size_t n);

/* A reading's value: numbers below 4 * n_keys, ordinal * 4 + enum name_via. */
static inline struct ord_walk
reading_walk(const struct names *n, struct bytes val)
{
	return ord_walk_make(val, false, n->n_keys * 4);
}

/*
 * The keys of [lo, hi) with the highest rank, highest first, the lower
 * ordinal first among equals, at most max of them.
 * Returns how many.
 */
size_t	ranks_best(const struct ranks *r, uint32_t lo, uint32_t hi, uint32_t *ord, size_t max);

/* No fewer entries than this have their title in [lo, hi). */
uint64_t	ranks_titles(const struct ranks *r, uint32_t lo, uint32_t hi);

#endif
