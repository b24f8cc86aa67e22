/* SPDX-License-Identifier: ISC */
#ifndef SCRIPT_NFC_H
#define SCRIPT_NFC_H

#include "base/buf.h"

/* s in Unicode's composed form; a broken byte sequence becomes U+FFFD. */
void	script_nfc(struct bytes s, struct buf *out);

#endif
