/* SPDX-License-Identifier: ISC */
/* Names of states, rulers and eras in every form: lunar.h. */
#include "calendar/lunar.h"

/* A written form and the list of what it names. */
struct form {
	uint16_t at;		/* in the pool */
	uint16_t target;	/* first of n in form_target */
	uint8_t len, n;
};

#include "calendar/names.inc"

const size_t name_chars = FORM_CHARS;
_Static_assert(4 * FORM_CHARS <= NAME_MAX_BYTES, "a name fits its buffer");
const unsigned lunar_n_eras = NELEM(eras);

#define HASH_START	0x811c9dc5u

static uint32_t
hash_on(uint32_t h, const unsigned char *p, size_t n)
{
	while (n-- > 0)
		h = (h ^ *p++) * 0x01000193u;
	return h;
}

static struct id_list
find(struct bytes s, uint32_t h)
{
	uint32_t b = (h ^ h >> 15) % FORM_BUCKETS;
	size_t i;

	for (i = form_bound[b]; i < form_bound[b + 1]; i++)
		if (forms[i].len == s.n &&
		    memcmp(pool + forms[i].at, s.p, s.n) == 0)
			return (struct id_list){ form_target + forms[i].target,
				forms[i].n };
	return (struct id_list){ NULL, 0 };
}

/* The characters that stand for others are of three bytes, as these are. */
static void
fold_into(const unsigned char *p, unsigned char *out)
{
	unsigned cp = (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
	size_t i;

	memcpy(out, p, 3);
	for (i = fold_bound[cp & 255]; i < fold_bound[(cp & 255) + 1]; i++)
		if (fold_from[i] == cp) {
			cp = fold_to[i];
			out[0] = (unsigned char)(0xe0 | cp >> 12);
			out[1] = (unsigned char)(0x80 | (cp >> 6 & 63));
			out[2] = (unsigned char)(0x80 | (cp & 63));
			return;
		}
}

/* Names are Han characters of three or four bytes, and ASCII brackets. */
static size_t
name_char(struct bytes s, size_t at)
{
	unsigned char c = at < s.n ? s.p[at] : 0;
	size_t len = c >= 0xf0 ? 4 : c >= 0xe3 ? 3 : c == '(' || c == ')' ? 1 : 0;

	return len <= s.n - at ? len : 0;
}

/* Does some form begin with the character?  A few others pass, too. */
static bool
may_begin(const unsigned char *p)
{
	unsigned char c[3];
	unsigned cp;

	if (p[0] >= 0xf0)
		return true;
	if (p[0] < 0xe3)
		return false;
	fold_into(p, c);
	cp = (c[0] & 15u) << 12 | (c[1] & 63u) << 6 | (c[2] & 63u);
	return form_begins[cp >> 5 & 63] >> (cp & 31) & 1;
}

struct bytes
name_fold(struct bytes s, unsigned char out[NAME_MAX_BYTES])
{
	size_t at, len, n = 0;

	for (at = 0; (len = name_char(s, at)) != 0 && n < FORM_CHARS; at += len, n++)
		if (len == 3)
			fold_into(s.p + at, out + at);
		else
			memcpy(out + at, s.p + at, len);
	return bytes_make(out, at);
}

struct id_list
name_find(struct bytes s)
{
	unsigned char folded[NAME_MAX_BYTES];
	struct bytes f = name_fold(s, folded);

	return f.n == s.n ? find(f, hash_on(HASH_START, f.p, f.n)) :
	    (struct id_list){ NULL, 0 };
}

size_t
names_at(struct bytes s, size_t at, struct id_list *found, size_t *ends, size_t max)
{
	unsigned char folded[NAME_MAX_BYTES];
	struct bytes f;
	uint32_t h = HASH_START;
	size_t n, end = 0, len;

	if (s.n < at + 3 || !may_begin(s.p + at))
		return 0;
	f = name_fold(bytes_sub(s, at, s.n), folded);
	for (n = 0; n < max && end < f.n; n++) {
		len = name_char(f, end);
		h = hash_on(h, f.p + end, len);
		end += len;
		found[n] = find(bytes_sub(f, 0, end), h);
		ends[n] = at + end;
	}
	return n;
}

bool
name_same(struct bytes a, struct bytes b)
{
	unsigned char fa[NAME_MAX_BYTES], fb[NAME_MAX_BYTES];

	return a.n == b.n && bytes_eq(name_fold(a, fa), name_fold(b, fb));
}

size_t
name_form(size_t i, struct bytes *ret, struct id_list *names)
{
	if (i < NELEM(forms)) {
		*ret = bytes_make(pool + forms[i].at, forms[i].len);
		*names = (struct id_list){ form_target + forms[i].target, forms[i].n };
	}
	return NELEM(forms);
}

struct bytes
name_text(struct name_ref r)
{
	return bytes_make(pool + r.at, r.n);
}

const struct polity *
polity_get(unsigned id)
{
	return &polities[id < NELEM(polities) ? id : 0];
}

const struct emperor *
emperor_get(unsigned id)
{
	return &emperors[id < NELEM(emperors) ? id : 0];
}

const struct era *
era_get(unsigned id)
{
	return &eras[id < NELEM(eras) ? id : 0];
}

const struct abroad *
abroad_get(unsigned id)
{
	return id < NELEM(abroads) ? &abroads[id] : NULL;
}

struct id_list
era_reigns(unsigned era)
{
	if (era >= NELEM(eras))
		era = 0;
	return (struct id_list){ era_reign + era_bound[era],
		(size_t)(era_bound[era + 1] - era_bound[era]) };
}

struct id_list
emperor_reigns(unsigned emperor)
{
	if (emperor >= NELEM(emperors))
		emperor = 0;
	return (struct id_list){ emperor_reign + emperor_bound[emperor],
		(size_t)(emperor_bound[emperor + 1] - emperor_bound[emperor]) };
}
