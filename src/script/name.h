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
	enum scheme scheme;	/* of a romanised form */
	const char *lang;	/* BCP 47 tag, static */
	struct reading reading[READING_MAX];	/* best first */
	size_t n_readings;
	bool given;		/* reading[0] was said, not found */
};

/*
 * What form is, alone.  reading (may be empty) is how it is read, in any
 * scheme; han_lang what neutral characters are taken for (NULL: zh-Hant).
 * Returns 0, LEISHU_ESYNTAX when the reading does not fit the characters
 * (ret is then as without it), or LEISHU_ELIMIT for a form too long.
 */
int	name_look(struct bytes form, struct bytes reading, const char *han_lang,
	    enum reading_hint hint, struct name_info *ret);

/*
 * The names of one entry look at each other: a Latin or Cyrillic form that
 * fits a Han form syllable for syllable is its reading, and its scheme is
 * the first that fits.  Gives that scheme, NONE when they are not of a piece.
 * The reading goes to *ret when not NULL.
 */
enum scheme	name_pair(struct bytes han, struct bytes roman, struct reading *ret);

/* Each Han character of s simplified, or made traditional (by word: roman.h
   is not needed): the rest as it stands. */
void	name_simplify(struct buf *out, struct bytes s);
void	name_traditional(struct buf *out, struct bytes s);

/*
 * The keys under which a name is found: the folded form first, then for each
 * reading the toneless pinyin, then the initials; each once, NUL between.
 */
void	name_keys(struct buf *out, struct bytes form, const struct name_info *info);

/* The object of `leishu name` onto out, without a newline. */
void	name_json(struct buf *out, struct bytes form, struct bytes reading);

#endif
