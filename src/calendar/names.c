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

static uint32_t
hash(struct bytes s)
{
	uint32_t h = 0x811c9dc5u;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ s.p[i]) * 0x01000193u;
	return h ^ h >> 15;
}

struct id_list
name_find(struct bytes s)
{
	uint32_t b = hash(s) % FORM_BUCKETS;
	size_t i;

	for (i = form_bound[b]; i < form_bound[b + 1]; i++)
		if (forms[i].len == s.n &&
		    memcmp(pool + forms[i].at, s.p, s.n) == 0)
			return (struct id_list){ form_target + forms[i].target,
				forms[i].n };
	return (struct id_list){ NULL, 0 };
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
