/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_ERA_LATIN_H
#define CALENDAR_ERA_LATIN_H

#include "base/base.h"

#define ERA_LATIN_MAX	64

/*
 * Chinese dates in English words: "Qianlong 1", "the second month of Qianlong
 * 1", "Kangxi 28, seventh month, day 24", "the third year of Zhenguan".  As
 * much of s as makes one from at on is written to out in Chinese, ended by a
 * zero; *to is where it ends.  Only eras that are no English word are known.
 */
bool	era_latin(struct bytes s, size_t at, size_t *to, char out[ERA_LATIN_MAX]);
/* Is the word [at, end) such an era? */
bool	era_latin_name(struct bytes s, size_t at, size_t end);

#endif
