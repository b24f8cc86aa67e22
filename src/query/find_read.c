/* SPDX-License-Identifier: ISC */
/* The query as syllables, in every scheme it may be, and the names read so. */
#include "query/find_state.h"

#include "base/utf8.h"
#include "index/names_read.h"

static const struct {
	enum scheme scheme;
	bool cyrillic, zhuyin;	/* written in these letters, else in Latin */
	bool led;		/* worth find_ways */
	unsigned most;		/* ways to read one string */
} schemes[] = {
	{ SCHEME_PINYIN, false, false, false, 3 },
	{ SCHEME_WADE, false, false, true, 24 },
	{ SCHEME_PALLADIUS, true, false, true, 4 },
	{ SCHEME_ZHUYIN, false, true, true, 2 },
	{ SCHEME_YALE, false, false, false, 2 },
	{ SCHEME_EFEO, false, false, false, 4 },
	{ SCHEME_GWOYEU, false, false, false, 2 },
};

/* Readings under which names without characters are looked for. */
#define ALONE	4

static bool
has_zhuyin(struct bytes s)
{
	/* U+3100-312F, U+31A0-31BF */
	return bytes_find(s, B("\xe3\x84")) != SIZE_MAX ||
	    bytes_find(s, B("\xe3\x86")) != SIZE_MAX;
}

struct find_read *
find_add_read(struct find *f, enum scheme scheme, const struct roman_seq *seq)
{
	struct find_read *r = &f->read[f->n_reads];
	size_t i;

	if (f->read == NULL || f->n_reads == FIND_READS)
		return NULL;
	buf_clear(&f->tmp);
	roman_key(&f->tmp, seq->syl, seq->n);
	buf_puts(&f->tmp, seq->tail);
	find_fail(f, f->tmp.err);
	for (i = 0; i < f->n_reads; i++)
		if (bytes_eq(f->read[i].key, buf_view(&f->tmp)))
			return NULL;
	r->scheme = scheme;
	r->key = arena_buf(f->arena, &f->tmp);
	r->seq = *seq;
	r->of = (struct bytes){ NULL, 0 };
	r->tones = false;
	for (i = 0; i < seq->n; i++)
		r->tones |= SYL_TONE(seq->syl[i]) != 0;
	f->n_reads++;
	return r;
}

/* Reads the query in one scheme more; true when there may be more ways. */
static bool
read_in(struct find *f, size_t i, struct roman_seq *seq, size_t most)
{
	unsigned flags = f->opts->mode == LEISHU_FIND_SUGGEST ? ROMAN_PARTIAL : 0;
	size_t n, k;

	n = roman_parse(f->query, schemes[i].scheme, flags, seq, most);
	for (k = 0; k < n; k++)
		(void)find_add_read(f, schemes[i].scheme, &seq[k]);
	return n == most;
}

/*
 * Some entry has just this name and there is no sign of another scheme in
 * it: no need to guess on.
 */
static bool
settled(const struct find *f)
{
	return f->n_match && f->match[0].rule == RULE_EXACT &&
	    bytes_find(f->query, B("-")) == SIZE_MAX;
}

/*
 * How the present name of the walk fits a reading of the query: 0 not at
 * all, 1 but for tones, 2 with the tones that are told.
 */
static int
name_fits(struct find *f, const struct find_read *r)
{
	struct name_read read[NAMES_READINGS];
	struct bytes form;
	size_t n, i, k;
	int best = 0;

	if (!f->walk->known && !r->tones)
		return 1;
	form = name_walk_form(f->walk);
	n = names_read_again(form, f->walk->known, f->walk->reading, read, NELEM(read));
	for (i = 0; i < n && best < 2; i++) {
		buf_clear(&f->tmp);
		names_read_key(form, &read[i], &f->tmp);
		if (!bytes_eq(buf_view(&f->tmp), r->key))
			continue;
		best = 1;
		if (!r->tones || read[i].n != r->seq.n)
			continue;
		for (k = 0; k < r->seq.n; k++)
			if (SYL_TONE(r->seq.syl[k]) &&
			    SYL_TONE(r->seq.syl[k]) != SYL_TONE(read[i].syl[k]))
				break;
		best = k == r->seq.n ? 2 : 1;
	}
	/* Of a name not known to be read otherwise the index speaks. */
	return best == 0 && !f->walk->known ? 1 : best;
}

/* Entries with a name in characters, the key at ord, that is read as r. */
static void
offer_read(struct find *f, const struct find_read *r, uint32_t ord, unsigned via)
{
	struct name_walk *w = f->walk;
	struct match m = { .scheme = (uint8_t)r->scheme };
	struct dict_cur c;
	uint32_t last = UINT32_MAX;
	int fit = 1;
	bool other;	/* parted into syllables otherwise: Xi'an, xian */

	if (dict_at(&c, &f->names->keys.dict, ord) != 1) {
		find_fail(f, LEISHU_EFORMAT);
		return;
	}
	m.ord = ord;
	m.read = (uint8_t)(r - f->read + 1);
	other = utf8_count(c.key) != r->seq.n;
	for (name_walk_start(w, f->names, &c); name_walk_next(w); m.nth++) {
		if (w->no == last || (fit = name_fits(f, r)) == 0)
			continue;
		m.no = last = w->no;
		m.indegree = f->src->indegree(f->src->ctx, w->no);
		m.rule = r->scheme != SCHEME_PINYIN ? RULE_SCHEME :
		    fit == 2 ? RULE_TONES : RULE_READING;
		/* The entry's own reading, the usual one, one of the others. */
		m.sub = (uint8_t)(w->known ? 0 : via == NAME_VIA_OTHER ? 2 : 1);
		m.sub = (uint8_t)(m.sub * 2 + (r->tones && fit != 2) + (other ? 8 : 0));
		if (w->origin == NAME_PROSE)
			m.sub |= 0x80;
		find_offer(f, &m);
		if (find_count_done(f) && find_full(f))
			break;
	}
	if (w->bad)
		find_fail(f, LEISHU_EFORMAT);
}

void
find_look_up(struct find *f, const struct find_read *r, bool alone)
{
	const struct names *n = f->names;
	struct match m = { .rule = RULE_READING, .scheme = (uint8_t)r->scheme, .sub = 16 };
	struct bytes val = { NULL, 0 };
	struct dict_cur c;
	struct ord_walk w;
	uint32_t v;
	int rc;

	rc = dict_seek(&c, &n->readings.dict, r->key);
	if (rc == 1 && bytes_eq(c.key, r->key))
		rc = store_value(&n->readings, &c, &val);
	if (rc < 0)
		find_fail(f, rc);
	for (w = reading_walk(n, val); f->err == 0 && ord_walk_next(&w, &v);)
		offer_read(f, r, v / 4, v % 4);
	if (w.bad)
		find_fail(f, LEISHU_EFORMAT);
	/* A name that is given in pinyin alone. */
	if (f->err || !alone || bytes_eq(r->key, f->key))
		return;
	if ((rc = dict_seek(&c, &n->keys.dict, r->key)) < 0)
		find_fail(f, rc);
	m.read = (uint8_t)(r - f->read + 1);
	if (r->scheme != SCHEME_PINYIN)
		m.rule = RULE_SCHEME;
	if (rc == 1 && bytes_eq(c.key, r->key))
		find_offer_key(f, &c, m);
}

/* What may follow a stem where Russian declines: Далянь, Шанхай, Харбин. */
static const char *const *
undeclined(struct bytes stem)
{
	static const struct {
		const char *last, *was[3];
	} table[] = {
		{ "н", { "", "ь", NULL } }, { "р", { "", NULL } },
		{ "а", { "й", NULL } }, { "э", { "й", NULL } },
		{ "у", { "й", NULL } }, { "ю", { "й", NULL } },
	};
	static const char *const none[] = { NULL };
	size_t i;

	for (i = 0; i < NELEM(table); i++)
		if (bytes_ends(stem, bytes_str(table[i].last)))
			return table[i].was;
	return none;
}

/* Names the query is a case of: Даляня, Далянем; в Харбине; Шанхая. */
static void
find_declined(struct find *f, struct roman_seq *seq)
{
	static const struct {
		const char *s;
		bool hard, soft;
	} end[] = {
		{ "ом", true, false }, { "а", true, false }, { "у", true, false },
		{ "ы", true, false }, { "е", true, true }, { "ем", false, true },
		{ "ём", false, true }, { "я", false, true }, { "ю", false, true },
		{ "и", false, true },
	};
	const char *const *was;
	struct bytes stem, word;
	struct find_read *r;
	size_t i;

	for (i = 0; i < NELEM(end) && f->n_match == 0 && f->err == 0; i++) {
		if (!bytes_ends(f->query, bytes_str(end[i].s)))
			continue;
		stem = bytes_sub(f->query, 0, f->query.n - strlen(end[i].s));
		for (was = undeclined(stem); *was; was++) {
			if (**was ? !end[i].soft : !end[i].hard)
				continue;
			buf_clear(&f->tmp);
			buf_bytes(&f->tmp, stem);
			buf_puts(&f->tmp, *was);
			word = arena_buf(f->arena, &f->tmp);
			if (roman_parse(word, SCHEME_PALLADIUS, 0, seq, 1) == 0 ||
			    (r = find_add_read(f, SCHEME_PALLADIUS, seq)) == NULL)
				continue;
			r->of = word;
			find_look_up(f, r, false);
		}
	}
}

void
find_readings(struct find *f)
{
	bool zhuyin = has_zhuyin(f->query);
	struct roman_seq *seq;
	size_t i, done = 0;
	unsigned more = 0;	/* schemes with further ways, a bit each */

	if (f->has_han || (!f->ascii && !f->has_cyrillic && !zhuyin))
		return;
	f->read = ARENA_ARRAY(f->arena, FIND_READS, struct find_read);
	seq = ARENA_ARRAY(f->arena, ROMAN_CANDS, struct roman_seq);
	if (f->read == NULL || seq == NULL) {
		find_fail(f, LEISHU_ENOMEM);
		return;
	}
	for (i = 0; i < NELEM(schemes) && f->err == 0; i++) {
		if (schemes[i].cyrillic != f->has_cyrillic || schemes[i].zhuyin != zhuyin)
			continue;
		if (i && settled(f))
			break;
		if (read_in(f, i, seq, schemes[i].most) && schemes[i].led)
			more |= 1u << i;
		for (; done < f->n_reads && f->err == 0; done++)
			find_look_up(f, &f->read[done], done < ALONE);
	}
	if (f->has_cyrillic && f->n_match == 0)
		find_declined(f, seq);
	if (f->opts->mode == LEISHU_FIND_SUGGEST)
		return;
	for (i = 0; more >> i && f->n_match == 0 && f->err == 0; i++)
		if (more >> i & 1)
			find_ways(f, schemes[i].scheme);
}
