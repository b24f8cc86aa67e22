/* SPDX-License-Identifier: ISC */
#include "script/nfc.h"

#include <utf8proc.h>

#include "base/utf8.h"

void
script_nfc(struct bytes s, struct buf *out)
{
	struct buf clean = { .max = out->max };
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t n;
	size_t at = 0;
	uint32_t cp;

	if (bytes_is_ascii(s)) {
		buf_bytes(out, s);
		return;
	}
	while (utf8_next(s, &at, &cp))
		buf_utf8(&clean, cp);
	n = clean.err ? -1 : utf8proc_map(clean.p, (utf8proc_ssize_t)clean.n, &made,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n >= 0)
		buf_add(out, made, (size_t)n);
	else if (out->err == 0)
		out->err = LEISHU_ENOMEM;
	free(made);
	buf_release(&clean);
}
