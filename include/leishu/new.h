/* SPDX-License-Identifier: ISC */
#ifndef LEISHU_NEW_H
#define LEISHU_NEW_H

#include <leishu/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Writes a small collection to start from into dir, which is made, or is an
 * empty folder.  Returns 0, LEISHU_EINVAL when something stands there
 * already, LEISHU_EIO (errno set) or LEISHU_ENOMEM.
 */
LEISHU_API int leishu_new(const char *dir);

#ifdef __cplusplus
}
#endif
#endif
