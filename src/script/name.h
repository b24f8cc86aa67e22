/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_NAME_H
#define SCRIPT_NAME_H

#include "base/buf.h"
#include "script/lang.h"
#include "script/reading.h"
#include "script/roman.h"

/*
 * One name and what is known of it.
 */
struct name_info {
	enum script script;
	enum scheme scheme;	/* of a romanised form; NONE: just a name */
	const char *lang;	/* BCP 47 tag, static */
	struct reading reading[READING_MAX];	/* best first */
	size_t n_readings;
	uint64_t spaces;	/* a space stands before syllable i, as given */
	uint64_t hyphens;	/* a hyphen */
	uint64_t capitals;	/* it begins with a capital */
	bool loose;		/* as given, all syllables stood apart */
	bool given;		/* reading[0] was said, not found */
};

/*
 * What form is, alone.  reading (may be empty) is how it is read, in any
 * scheme; han what neutral characters are taken for (NULL: zh-Hant).  A
 * Latin form is pinyin by its tone marks or numbers only: see name_guess.
 * Returns 0; LEISHU_ESYNTAX when the reading does not fit the characters
 * (ret is then as without it); LEISHU_ELIMIT past LIMIT_NAME bytes.
 */
int	name_look(struct bytes form, struct bytes reading, const char *han,
	    enum reading_hint hint, struct name_info *ret) MUST_CHECK;

/*
 * In which scheme a lone romanised form is likely to be: pinyin, else
 * Wade-Giles when it has its apostrophes or hyphens, Palladius, Zhuyin; each
 * only when all of it can be read so.  The best reading to *ret, no tones
 * but those written.
 */
enum scheme	name_guess(struct bytes form, struct reading *ret);

/*
 * The names of one entry look at each other: a Latin or Cyrillic form that
 * fits a Han form syllable for syllable is its reading, and its scheme is
 * the first that fits.  Gives that scheme, NONE when they are not of a
 * piece.  The reading goes to *ret, when not NULL; tones not written are
 * those of the likeliest reading that agrees.
 */
enum scheme	name_pair(struct bytes han, struct bytes roman, struct reading *ret);

/* Word by word; what is no Han stays. */
void	name_simplify(struct buf *out, struct bytes s);
void	name_traditional(struct buf *out, struct bytes s);

/*
 * The form in a scheme by one of its readings: Han runs as words, Latin and
 * digits between them kept.
 */
void	name_write(struct buf *out, struct bytes form, const struct name_info *info,
	    const struct reading *r, enum scheme s);

/* The syllables of r alone, parted as info says. */
void	name_write_word(struct buf *out, const struct name_info *info,
	    const struct reading *r, enum scheme s);

/*
 * The keys under which a name is found: the folded form first, then for each
 * reading the toneless pinyin and the initials; each once, NUL between.
 */
void	name_keys(struct buf *out, struct bytes form, const struct name_info *info);

/* The object of `leishu name`, without a newline. */
void	name_json(struct buf *out, struct bytes form, struct bytes reading);

#endif
