/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_NUMERAL_H
#define CALENDAR_NUMERAL_H

#include "base/base.h"

/* A number as Chinese writes it, or in digits. */
struct numeral {
	int32_t value;		/* at most NUMERAL_MAX */
	uint8_t bytes;		/* how long it is; 0: there is none */
	uint8_t digits;		/* figures written one by one (一九四九, 1949): how many */
	bool arabic;		/* 0-9, half or full width */
	bool short_tens;	/* 廿 or 卅 was written */
};

#define NUMERAL_MAX	99999
#define YEAR_ZERO	(NUMERAL_MAX + 2)	/* a year written as 0 */

/*
 * The longest number s begins with: 二十四, 廿四, 十有一, 一百零八, 一九四九,
 * 壹佰, 24, ２４.  Too large a number has value NUMERAL_MAX + 1.
 */
struct numeral	numeral_read(struct bytes s);

/* "二十四"; n in 0..9999. */
#define NUMERAL_TEXT	40
void	numeral_text(int n, char out[NUMERAL_TEXT]);
/* "元" for 1, else the number. */
void	numeral_year(int n, char out[NUMERAL_TEXT]);

#endif
