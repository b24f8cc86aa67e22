/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_NAME_H
#define LEISHU_NAME_H

/*
 * One name in every scheme: its readings, romanisations, simplified and
 * traditional forms and the keys under which it is found.  Needs no book.
 * Unstable before 1.0; described in leishu(3).
 */

#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The JSON object of `leishu name` for form (n bytes of UTF-8), one line
 * without its newline.  reading (NULL: none) is how the characters are read,
 * in any scheme; one that does not fit them is told in "error", and the rest
 * is as without it.  A form that cannot be read is an object with "error"
 * too.  *ret is to free(); *ret_n, when not NULL, is its length.  Returns 0,
 * LEISHU_EINVAL or LEISHU_ENOMEM.
 */
LEISHU_API int leishu_name_json(const char *form, size_t n, const char *reading,
    size_t n_reading, char **ret, size_t *ret_n);

#ifdef __cplusplus
}
#endif
#endif
