/* SPDX-License-Identifier: ISC */
/* Why a name fits, in one sentence. */
#include "query/find_state.h"

#include "index/names_read.h"

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
	if (n == 0)
		return;
	roman_write(out, read[pick].syl, read[pick].n, SCHEME_PINYIN, ROMAN_CAPITAL);
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

/* What stands between the query and the name. */
static void
put_rule(struct find *f, const struct match *m, struct buf *out)
{
	switch ((enum find_rule)m->rule) {
	case RULE_EXACT:
		buf_printf(out, " is %s", origin_words(f->walk->origin));
		return;
	case RULE_VARIANT:
		buf_puts(out, " is another way to write ");
		break;
	case RULE_TONES:
		buf_puts(out, " is pinyin for ");
		break;
	case RULE_READING:
		buf_printf(out, " is pinyin, %s tones, for ",
		    m->read && f->read[m->read - 1].tones ? "with other" : "without");
		break;
	case RULE_SCHEME:
		buf_printf(out, " is %s for ", scheme_words((enum scheme)m->scheme));
		break;
	case RULE_STEM:
		buf_puts(out, " is a form of the words of ");
		break;
	case RULE_INITIALS:
		buf_puts(out, " are the initials of ");
		break;
	case RULE_INNER:
		buf_puts(out, " is part of ");
		break;
	case RULE_PREFIX:
		buf_puts(out, " is the beginning of ");
		break;
	case RULE_TYPO:
		buf_printf(out, " is %s away from ", m->edits == 1 ? "one letter" : "two letters");
		if (m->read) {
			roman_write(out, f->read[m->read - 1].seq.syl,
			    f->read[m->read - 1].seq.n, (enum scheme)m->scheme, ROMAN_CAPITAL);
			buf_printf(out, ", %s for ", scheme_words((enum scheme)m->scheme));
		}
		break;
	case RULE__MAX:
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
	    ((m->rule == RULE_PREFIX || m->rule == RULE_TYPO) && !f->has_han);

	h->matched = name_of(f, m);
	h->via = bytes_str(via_of(m));
	buf_bytes(&why, f->query);
	put_rule(f, m, &why);
	if (m->rule != RULE_EXACT) {
		if (spoken)
			put_reading(f, h->matched, read_of(f, m), &why);
		buf_bytes(&why, h->matched);
	}
	find_fail(f, why.err);
	h->why = arena_buf(f->arena, &why);
	buf_release(&why);
}
