/* SPDX-License-Identifier: ISC */
#ifndef BUILD_IDS_H
#define BUILD_IDS_H

#include "diag/diag.h"

/*
 * Equal ids: the first in bytewise order of files (then of entries) keeps
 * it, the others get "ID~N" with the least N from 2 that is free.
 */
struct ids;

int	ids_new(const char *dir, size_t memory, struct ids **ret) MUST_CHECK;
void	ids_free(struct ids *s);
/* Entry no; file has a NUL behind it.  Failures are given by ids_settle. */
void	ids_add(struct ids *s, struct bytes id, const char *file, uint32_t line, uint32_t no);
/* Finds the equal ones, says so to d.  Then ids_new_id for ascending numbers. */
int	ids_settle(struct ids *s, struct diag *d) MUST_CHECK;
/* 1: *id is the entry's new id, borrowed until the next call; 0: it keeps its own. */
int	ids_new_id(struct ids *s, uint32_t no, struct bytes *id) MUST_CHECK;

#endif
