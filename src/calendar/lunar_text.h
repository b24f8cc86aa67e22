/* SPDX-License-Identifier: ISC */
#ifndef CALENDAR_LUNAR_TEXT_H
#define CALENDAR_LUNAR_TEXT_H

#include "calendar/lunar.h"

/* "正月", "閏八月", "後九月", "子月" */
void	lunar_month_text(const struct reign *r, const struct lunar *l, struct buf *out);
/* "初六", "廿三" */
void	lunar_day_text(int day, struct buf *out);
/* "清德宗光緒二十四年八月初六", as far as l says; 庚子年... after the empire. */
void	lunar_text(const struct lunar *l, int32_t year, struct buf *out);

#endif
