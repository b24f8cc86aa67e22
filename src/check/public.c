/* SPDX-License-Identifier: ISC */
#include <leishu/check.h>

#include "diag/diag.h"

int
leishu_check_code(size_t i, struct leishu_check_code *ret)
{
	enum diag_code code = (enum diag_code)i;

	if (i >= DIAG__MAX)
		return LEISHU_ENOENT;
	*ret = (struct leishu_check_code){ diag_name(code),
		diag_level_name(diag_code_level(code)), diag_meaning(code),
		diag_hint(code) };
	return 0;
}
