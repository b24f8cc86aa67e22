/* SPDX-License-Identifier: ISC */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/base.h"

/*
 * Room for one more element in a heap array that doubles: v is the address
 * of the array pointer, n its count, cap its capacity, max the most there
 * may ever be.  Returns 0, LEISHU_ENOMEM or LEISHU_ELIMIT; on failure the
 * array stays as it is.
 *
 *	if ((rc = vec_room(&x->v, x->n, &x->cap, sizeof(*x->v), MAX)) < 0)
 */
int	vec_room(void *v, size_t n, size_t *cap, size_t size, size_t max) MUST_CHECK;

#endif
