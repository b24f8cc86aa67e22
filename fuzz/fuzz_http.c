/* SPDX-License-Identifier: ISC */
/*
 * The request gate: the first line is an address, lines with a colon are
 * headers, what comes after an empty line is a form.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "serve/gate.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check_address(const struct address *ad)
{
	size_t i;

	if (ad->path.n && (ad->path.p[0] != '/' || utf8_check(ad->path) != SIZE_MAX ||
	    memchr(ad->path.p, 0, ad->path.n)))
		abort();
	for (i = 0; i < ad->n_params; i++)
		if (utf8_check(ad->param[i].value) != SIZE_MAX)
			abort();
}

static struct bytes
line(struct bytes *rest)
{
	size_t at = bytes_find(*rest, B("\n"));
	struct bytes l = bytes_sub(*rest, 0, at);

	*rest = bytes_sub(*rest, at == SIZE_MAX ? rest->n : at + 1, rest->n);
	return l;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct bytes rest = bytes_make(data, n), l = line(&rest);
	struct arena a = { 0 };
	struct address ad;
	struct headers h = { 0 };
	struct prefs p = { 0 };
	struct buf b = { 0 };
	const char *why;

	if (gate_address(l, &a, &ad) == NULL)
		check_address(&ad);
	for (l = line(&rest); l.n; l = line(&rest)) {
		size_t at = bytes_find(l, B(":"));

		if (at == SIZE_MAX)
			break;
		if ((why = gate_header(&h, bytes_sub(l, 0, at),
		    bytes_trim(bytes_sub(l, at + 1, l.n)))) != NULL && *why == 0)
			abort();
	}
	if ((why = gate_headers_end(&h)) != NULL && *why == 0)
		abort();
	if (ui_from_accept(h.language) >= UI__MAX)
		abort();
	(void)coding_of(h.encoding);
	(void)etag_match(h.none_match, B("\"a\""));
	prefs_read(&p, h.cookie);
	prefs_write(&p, &b);
	if (gate_form(rest, &a, &ad) == NULL)
		check_address(&ad);
	buf_release(&b);
	arena_release(&a);
	return 0;
}
