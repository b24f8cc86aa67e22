/* SPDX-License-Identifier: ISC */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/*
 * Calls that cannot be used safely, or hide a lock or a locale.  The
 * compiler stops at them; base.h includes this after the system headers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets
#pragma GCC poison strtok atoi atol atoll atof
#pragma GCC poison asctime ctime gmtime localtime

#endif
