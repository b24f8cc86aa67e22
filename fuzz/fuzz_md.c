/* SPDX-License-Identifier: ISC */
/* A Markdown file: head, body, and all that follows from them. */
#include "entry_laws.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return law_source(SOURCE_MARKDOWN, data, n);
}
