/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_ROMAN_H
#define SCRIPT_ROMAN_H

#include "base/buf.h"

/*
 * Syllables of Mandarin and their spellings.
 *
 * A syllable is a number: (id << 3) | tone.  id counts from 1 in the order
 * of pinyin; tone is 1-4, 5 for the neutral tone, 0 when it is not known.
 */
#define SYL_ID(s)	((uint16_t)((s) >> 3))
#define SYL_TONE(s)	((s) & 7u)
#define SYL(id, tone)	((uint16_t)((unsigned)(id) << 3 | (unsigned)(tone)))

enum scheme {
	SCHEME_NONE,
	SCHEME_PINYIN,		/* Lǚshùnkǒu: tones as marks */
	SCHEME_PINYIN_PLAIN,	/* Lüshunkou */
	SCHEME_PINYIN_NUM,	/* lü3 shun4 kou3 */
	SCHEME_WADE,		/* Lü-shun-k'ou */
	SCHEME_PALLADIUS,	/* Люйшунькоу */
	SCHEME_ZHUYIN,		/* ㄌㄩˇ ㄕㄨㄣˋ ㄎㄡˇ */
	SCHEME_YALE,
	SCHEME_EFEO,
	SCHEME_GWOYEU,		/* Gwoyeu Romatzyh; tone in the letters */
	SCHEME__MAX
};

/* "pinyin", "wade-giles", "palladius", ...; never NULL. */
const char	*scheme_name(enum scheme s);
/* By name, also the other usual ones ("wadegile", "wg"); else NONE. */
enum scheme	scheme_find(struct bytes name);
/* BCP 47: "zh-Latn-pinyin", "zh-Latn-wadegile", "zh-Cyrl", "zh-Bopo", ... */
const char	*scheme_lang(enum scheme s);

unsigned int	syl_count(void);	/* ids are 1 to this */
/* The spelling of one syllable without tone ("lü"); "" for id 0. */
const char	*syl_spell(uint16_t syl, enum scheme s);
/* First letter of its pinyin, a-z; 0 for id 0. */
int	syl_initial(uint16_t syl);
/* The syllable of a pinyin spelling (ü or u: or v, mark or number), or 0. */
uint16_t	syl_parse(struct bytes pinyin);

/*
 * n syllables as they are written together: pinyin with apostrophes where
 * they are due, Wade-Giles with hyphens, Palladius with hard signs.
 */
#define ROMAN_CAPITAL	(1u << 0)	/* begin with a capital */
#define ROMAN_SPACED	(1u << 1)	/* a space between syllables */
void	roman_write(struct buf *out, const uint16_t *syl, size_t n,
	    enum scheme s, unsigned int flags);

/*
 * The key of toneless pinyin: letters a-z alone, ü as u, nothing between
 * the syllables: what fold_name makes of the plain pinyin.
 */
void	roman_key(struct buf *out, const uint16_t *syl, size_t n);
/* The first letters: "lsk". */
void	roman_initials(struct buf *out, const uint16_t *syl, size_t n);

/*
 * Reading a romanised string.  It may be joined, hyphenated or spaced, with
 * tones as marks or numbers or none, with any apostrophe or none, in any
 * case.  Candidates come best first; of two with the same key only the
 * better is given.  cost 0 is a spelling as it should be.
 */
#define ROMAN_SYLS	48	/* syllables of one string */
#define ROMAN_CANDS	32	/* candidates looked at */

struct roman_seq {
	uint16_t n;
	uint16_t cost;
	uint16_t syl[ROMAN_SYLS];
	uint16_t at[ROMAN_SYLS];	/* byte offset where each begins */
	char tail[8];	/* ROMAN_PARTIAL: pinyin letters of the last, unfinished one */
};

#define ROMAN_PARTIAL	(1u << 0)	/* the last syllable may be unfinished */
/*
 * scheme is one of PINYIN (all three alike), WADE, PALLADIUS, ZHUYIN, YALE,
 * EFEO, GWOYEU.  Gives how many candidates stand in v, 0 when the string
 * cannot be read so.
 */
size_t	roman_parse(struct bytes s, enum scheme scheme, unsigned int flags,
	    struct roman_seq *v, size_t cap);

/*
 * A walk over a romanised string, for those who know which syllables to
 * expect (align.h).
 */
#define ROMAN_LETTERS	240	/* letters of one string */

struct roman_text {
	unsigned char c[ROMAN_LETTERS + 8];	/* letters, then zeros */
	uint8_t tone[ROMAN_LETTERS + 1];	/* told on or after this letter */
	uint8_t flag[ROMAN_LETTERS + 1];	/* ROMAN_AT_* before this letter */
	uint16_t at[ROMAN_LETTERS + 1];		/* byte offset */
	uint16_t end[ROMAN_LETTERS + 1];	/* behind it and its marks and tone */
	uint16_t n;
	bool apostrophes;	/* there is one somewhere */
};

#define ROMAN_AT_BREAK	(1u << 0)	/* space, hyphen or the like */
#define ROMAN_AT_APOS	(1u << 1)	/* an apostrophe */
#define ROMAN_AT_TONE	(1u << 2)	/* a tone number: the syllable ended */
/* false when s is too long or has what no scheme has. */
bool	roman_scan(struct bytes s, struct roman_text *ret) MUST_CHECK;
/*
 * The syllables that may begin at letter i of t, at most cap; gives their
 * number.  They keep to breaks and apostrophes.
 */
#define ROMAN_HITS	24
struct roman_hit {
	uint16_t syl;	/* with the tone written, if one is */
	uint8_t len;	/* letters */
	uint8_t cost;
};
size_t	roman_hits(const struct roman_text *t, size_t i, enum scheme scheme,
	    struct roman_hit *v, size_t cap);
/*
 * The same with one slip in the syllable: a letter more, less or other, or a
 * hyphen within.  No tones; cost is 0.
 */
#define ROMAN_NEAR_HITS	128
size_t	roman_near_hits(const struct roman_text *t, size_t i, enum scheme scheme,
	    struct roman_hit *v, size_t cap);

#endif
