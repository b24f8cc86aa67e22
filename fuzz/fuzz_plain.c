/* SPDX-License-Identifier: ISC */
/* Plain prose. */
#include "entry_laws.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return law_source(SOURCE_PROSE, data, n);
}
