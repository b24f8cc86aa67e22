/* SPDX-License-Identifier: ISC */
#ifndef RENDER_RUNS_H
#define RENDER_RUNS_H

#include "base/buf.h"

/*
 * Text for HTML in which every run that is not of the surrounding language
 * says its own: Han inside English is <span lang="zh-Hant">, Cyrillic
 * "ru", kana make a run "ja", Latin inside Chinese is "en" or, by its tone
 * marks, "zh-Latn-pinyin".  English and romanised text gets the quotation
 * marks and apostrophes of print.
 */
struct tongue {
	struct bytes lang;	/* of the element the text is put into */
	struct bytes han;	/* zh-Hant, zh-Hans, ja: what Han is taken for */
	bool simplify;		/* the reader sees zh-Hant as zh-Hans */
	bool as_typed;		/* code: marks of quotation stay what they are */
};

/* The tag of what is shown for text of this language. */
struct bytes	tongue_shown(const struct tongue *t, struct bytes lang);

/* What text in this language takes Han for, given the entry's own leaning. */
struct tongue	tongue_make(struct bytes lang, struct bytes han);

void	html_escape(struct buf *out, struct bytes s);
void	html_runs(struct buf *out, struct bytes s, const struct tongue *t);
/* The whole of s in one language: <span lang="..">, or bare when it is t's. */
void	html_lang(struct buf *out, struct bytes s, struct bytes lang, const struct tongue *t);

/* More Han than Latin letters. */
bool	is_mostly_han(struct bytes s);
/* Is a tag of a language written in Han (zh-Hant, ja), not romanised? */
bool	lang_is_han(struct bytes lang);
bool	lang_is_latin(struct bytes lang);

#endif
