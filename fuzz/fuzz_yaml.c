/* SPDX-License-Identifier: ISC */
/* The YAML of a head, with nothing around it. */
#include "entry/yaml.h"
#include "entry_laws.h"

static size_t
where(void *ctx, size_t at)
{
	const struct yaml_in *in = ctx;

	LAW(at <= in->text.n);
	return at;
}

static void
told(void *ctx, enum diag_code code, size_t from, size_t to, const char *message)
{
	(void)ctx;
	(void)from;
	(void)to;
	LAW(code < DIAG__MAX && message[0]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct yaml_in in = { bytes_make(data, n), NULL, where, told };
	struct value root = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct json j = json_on(&out);

	in.ctx = &in;
	LAW(yaml_read(&in, &a, &root) == 0);
	value_json(&root, &j);
	LAW(out.err == 0);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
