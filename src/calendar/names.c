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

struct id_list
name_find(struct bytes s)
{
	return find(s, hash_on(HASH_START, s.p, s.n));
}

/* Names are Han characters of three or four bytes, and ASCII brackets. */
size_t
names_at(struct bytes s, size_t at, struct id_list *found, size_t *ends, size_t max)
{
	uint32_t h = HASH_START;
	size_t n = 0, end = at, len;

	for (; end < s.n && n < max && n < FORM_CHARS; n++) {
		unsigned char c = s.p[end];

		len = c >= 0xf0 ? 4 : c >= 0xe3 ? 3 : c == '(' || c == ')' ? 1 : 0;
		if (len == 0 || len > s.n - end)
			break;
		h = hash_on(h, s.p + end, len);
		end += len;
		found[n] = find(bytes_sub(s, at, end), h);
		ends[n] = end;
	}
	return n;
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
