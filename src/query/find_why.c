/* SPDX-License-Identifier: ISC */
/* Why a name fits, in one sentence. */
#include "query/find_state.h"

#include "index/names_read.h"

#define SPOKEN_MAX	12	/* syllables of a reading that helps to understand */

/* As people write them. */
static const char *
scheme_words(enum scheme s)
{
	static const char *const words[SCHEME__MAX] = {
		[SCHEME_NONE] = "a romanisation", [SCHEME_PINYIN] = "pinyin",
		[SCHEME_PINYIN_PLAIN] = "pinyin", [SCHEME_PINYIN_NUM] = "pinyin",
		[SCHEME_WADE] = "Wade-Giles", [SCHEME_PALLADIUS] = "Palladius Cyrillic",
		[SCHEME_ZHUYIN] = "Zhuyin", [SCHEME_YALE] = "Yale",
		[SCHEME_EFEO] = "EFEO", [SCHEME_GWOYEU] = "Gwoyeu Romatzyh",
	};

	return words[s < SCHEME__MAX ? s : SCHEME_NONE];
}

/* The name of the match: stands in f->walk then. */
static struct bytes
name_of(struct find *f, const struct match *m)
{
	struct dict_cur c;
	uint32_t i;

	if (dict_at(&c, &f->names->keys.dict, m->ord) != 1) {
		find_fail(f, LEISHU_EFORMAT);
		return (struct bytes){ NULL, 0 };
	}
	name_walk_start(f->walk, f->names, &c);
	for (i = 0; i <= m->nth && name_walk_next(f->walk); i++)
		;
	if (f->walk->bad)
		find_fail(f, LEISHU_EFORMAT);
	return arena_bytes(f->arena, name_walk_form(f->walk));
}

/*
 * "Dàlián " before characters: the reading that the query is, or the first.
 * Empty when the name has no Han.
 */
static void
put_reading(struct find *f, struct bytes form, const struct find_read *want, struct buf *out)
{
	struct name_read read[NAMES_READINGS];
	size_t n, i, pick = 0;

	n = names_read_again(form, f->walk->known, f->walk->reading, read, NELEM(read));
	for (i = 0; want && i < n; i++) {
		buf_clear(&f->tmp);
		names_read_key(form, &read[i], &f->tmp);
		if (bytes_eq(buf_view(&f->tmp), want->key)) {
			pick = i;
			break;
		}
	}
	if (n == 0 || read[pick].n > SPOKEN_MAX)
		return;
	/* Nobody can read a long one in one piece. */
	roman_write(out, read[pick].syl, read[pick].n, SCHEME_PINYIN,
	    read[pick].n > 4 ? ROMAN_CAPITAL | ROMAN_SPACED : ROMAN_CAPITAL);
	buf_putc(out, ' ');
}

static const struct find_read *
read_of(const struct find *f, const struct match *m)
{
	size_t i;

	if (m->read)
		return &f->read[m->read - 1];
	for (i = 0; i < f->n_reads; i++)
		if (f->read[i].scheme == m->scheme)
			return &f->read[i];
	return NULL;
}

static const char *
origin_words(unsigned origin)
{
	static const char *const words[NAME_ORIGIN__MAX] = {
		[NAME_TITLE] = "the title of this entry",
		[NAME_GIVEN] = "a name of this entry",
		[NAME_REDIRECT] = "a redirect to this entry",
		[NAME_PROSE] = "a name in the text of this entry",
	};

	return words[origin < NAME_ORIGIN__MAX ? origin : NAME_GIVEN];
}

/* Of letters what is another way to write them is a matter of marks. */
static void
put_variant(struct find *f, struct bytes form, struct buf *out)
{
	if (!f->ascii && !f->has_cyrillic) {
		buf_puts(out, " is another way to write ");
		buf_bytes(out, form);
		return;
	}
	buf_puts(out, " is ");
	buf_bytes(out, form);
	buf_puts(out, bytes_is_ascii(f->query) ? " without its marks" :
	    bytes_is_ascii(form) ? " with marks" : " with other marks");
}

static void
put_slips(struct find *f, const struct match *m, struct buf *out)
{
	const struct find_read *r = m->read ? &f->read[m->read - 1] : NULL;

	buf_printf(out, " is %s %s away from ", m->edits == 1 ? "one" : "two",
	    f->all_han ? m->edits == 1 ? "character" : "characters" :
	    m->edits == 1 ? "letter" : "letters");
	if (r == NULL)
		return;
	roman_write(out, r->seq.syl, r->seq.n, r->scheme, ROMAN_CAPITAL);
	buf_printf(out, ", %s for ", scheme_words(r->scheme));
}

static void
put_exact(struct find *f, struct bytes form, struct buf *out)
{
	buf_puts(out, " is ");
	if (!bytes_eq(form, f->query)) {
		buf_bytes(out, form);
		buf_puts(out, ", ");
	}
	buf_puts(out, origin_words(f->walk->origin));
}

/* " is ", or of a declined query " is a form of Шанхай, ". */
static void
put_is(const struct find_read *r, struct buf *out)
{
	buf_puts(out, " is ");
	if (r == NULL || r->of.n == 0)
		return;
	buf_puts(out, "a form of ");
	buf_bytes(out, r->of);
	buf_puts(out, ", ");
}

/* What stands between the query and the name. */
static void
put_rule(struct find *f, const struct match *m, struct bytes form, struct buf *out)
{
	static const char *const words[RULE__MAX] = {
		[RULE_TONES] = " is pinyin for ",
		[RULE_STEM] = " is another form of ",
		[RULE_INITIALS] = " are the initials of ",
		[RULE_INNER] = " is part of ",
	};
	const struct find_read *r = m->read ? &f->read[m->read - 1] : NULL;

	switch ((enum find_rule)m->rule) {
	case RULE_EXACT:
		put_exact(f, form, out);
		break;
	case RULE_VARIANT:
		put_variant(f, form, out);
		break;
	case RULE_READING:
		if (f->has_han)
			buf_puts(out, " is characters and pinyin for ");
		else
			buf_printf(out, " is pinyin, %s tones, for ",
			    r && r->tones ? "with other" : "without");
		break;
	case RULE_SCHEME:
		put_is(r, out);
		buf_printf(out, "%s for ", scheme_words((enum scheme)m->scheme));
		break;
	case RULE_PREFIX:
		put_is(r, out);
		buf_puts(out, "the beginning of ");
		break;
	case RULE_TYPO:
		put_slips(f, m, out);
		break;
	default:
		buf_puts(out, words[m->rule]);
		break;
	}
}

static const char *
via_of(const struct match *m)
{
	if (m->rule == RULE_SCHEME)
		return scheme_name((enum scheme)m->scheme);
	return find_rule_name((enum find_rule)m->rule);
}

void
find_explain(struct find *f, const struct match *m, struct find_hit *h)
{
	struct buf why = { 0 };
	bool spoken = m->rule == RULE_TONES || m->rule == RULE_READING ||
	    m->rule == RULE_SCHEME || m->rule == RULE_INITIALS ||
	    ((m->rule == RULE_PREFIX || m->rule == RULE_TYPO) && !f->all_han);

	h->matched = name_of(f, m);
	h->via = bytes_str(via_of(m));
	buf_bytes(&why, f->query);
	put_rule(f, m, h->matched, &why);
	if (m->rule != RULE_EXACT && m->rule != RULE_VARIANT) {
		if (spoken)
			put_reading(f, h->matched, read_of(f, m), &why);
		buf_bytes(&why, h->matched);
	}
	find_fail(f, why.err);
	h->why = arena_buf(f->arena, &why);
	buf_release(&why);
}
