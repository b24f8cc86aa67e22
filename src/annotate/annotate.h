/* SPDX-License-Identifier: ISC */
#ifndef ANNOTATE_ANNOTATE_H
#define ANNOTATE_ANNOTATE_H

#include "entry/entry.h"

/*
 * What an entry says without markup, from its own words alone: languages,
 * schemes and readings of its names; terms in prose, where a romanised form
 * stands beside characters; dates and durations.  Terms become spans and
 * names of origin NAME_PROSE, dates spans and statements "mentioned".
 * lang: the collection's language.  Returns 0 or LEISHU_ENOMEM.
 */
int	annotate_entry(struct entry *e, struct bytes lang, struct arena *a) MUST_CHECK;

#endif
