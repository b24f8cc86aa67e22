/* SPDX-License-Identifier: ISC */
#include <leishu/name.h>

#include <stdlib.h>
#include <string.h>

#include "cmd.h"

/* The value of "key" in a one-line object of ours, still escaped; or NULL. */
static const char *
value_of(const char *json, const char *key, size_t *n)
{
	char quoted[64];
	const char *at, *end;

	(void)snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	if ((at = strstr(json, quoted)) == NULL)
		return NULL;
	at += strlen(quoted);
	if (*at == '[') {
		end = strchr(at, ']');
		*n = end ? (size_t)(end - ++at) : 0;
		return at;
	}
	end = ++at;
	while (*end && *end != '"')
		end += *end == '\\' && end[1] ? 2 : 1;
	*n = (size_t)(end - at);
	return at;
}

static int
one(struct cmd_ctx *ctx, void *arg, const char *line, size_t n)
{
	const char *reading = arg;
	char *json;
	size_t len;
	int rc;

	rc = leishu_name_json(line, n, reading, reading ? strlen(reading) : 0,
	    &json, &len);
	if (rc < 0)
		return cmd_fail(ctx, rc, "cannot look at the name");
	fwrite(json, 1, len, stdout);
	putchar('\n');
	if (!cmd_has(ctx, "batch") && value_of(json, "error", &len) != NULL)
		rc = STATUS_FOUND;
	free(json);
	return rc;
}

/* Prints one value, without the quotes and escapes it has as JSON. */
static void
print_value(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '\\' && i + 1 < n) {
			/* What is escaped by a letter is a control: a blank. */
			if (s[++i] == 'u')
				i += 4;
			putchar(s[i] == '"' || s[i] == '\\' ? s[i] : ' ');
		} else if (s[i] == ',' && i + 1 < n && s[i + 1] == '"') {
			fputs(", ", stdout);
		} else if (s[i] != '"') {
			putchar(s[i]);
		}
	}
}

static int
text(struct cmd_ctx *ctx, const char *form, const char *reading)
{
	static const struct {
		const char *key, *label;
	} rows[] = {
		{ "query", "name" }, { "script", "script" }, { "lang", "language" },
		{ "scheme", "scheme" }, { "readings", "read" }, { "pinyin", "pinyin" },
		{ "pinyin_plain", "  plain" }, { "pinyin_numbered", "  numbered" },
		{ "wade_giles", "Wade-Giles" }, { "palladius", "Palladius" },
		{ "zhuyin", "Zhuyin" }, { "gwoyeu_romatzyh", "Gwoyeu" },
		{ "yale", "Yale" }, { "efeo", "EFEO" },
		{ "simplified", "simplified" }, { "traditional", "traditional" },
		{ "keys", "keys" },
	};
	const char *value;
	char *json;
	size_t i, n;
	int rc;

	rc = leishu_name_json(form, strlen(form), reading,
	    reading ? strlen(reading) : 0, &json, NULL);
	if (rc < 0)
		return cmd_fail(ctx, rc, "cannot look at the name");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if ((value = value_of(json, rows[i].key, &n)) == NULL || n == 0)
			continue;
		printf("%-12s ", rows[i].label);
		print_value(value, n);
		putchar('\n');
	}
	rc = STATUS_OK;
	if ((value = value_of(json, "error", &n)) != NULL) {
		fflush(stdout);
		fprintf(stderr, "leishu name: %.*s\n", (int)n, value);
		rc = STATUS_FOUND;
	}
	free(json);
	return rc;
}

static int
run(struct cmd_ctx *ctx, int argc, char **argv)
{
	const char *reading = cmd_opt(ctx, "reading", NULL);
	char *form;
	int status;

	if (cmd_has(ctx, "batch")) {
		if (argc)
			return cmd_usage(ctx, "with --batch names come from standard input");
		return cmd_batch(ctx, one, (void *)(uintptr_t)reading);
	}
	if (argc == 0)
		return cmd_usage(ctx, "something is missing: wants %s",
		    ctx->cmd->operands);
	if ((form = cmd_join(argc, argv)) == NULL)
		return cmd_fail(ctx, LEISHU_ENOMEM, "cannot look at the name");
	if (cmd_has(ctx, "json"))
		status = one(ctx, (void *)(uintptr_t)reading, form, strlen(form));
	else
		status = text(ctx, form, reading);
	free(form);
	return status;
}

const struct cmd cmd_name = {
	.name = "name",
	.operands = "FORM...",
	.summary = "tells a name in every scheme",
	.opts = {
		{ "reading", 'r', "READING", "how its characters are read, in any scheme" },
		{ "json", 'j', NULL, "one JSON object" },
		{ "batch", 'b', NULL, "a name a line from standard input, JSON out" },
		{ NULL, 0, NULL, NULL },
	},
	.min_args = 0,
	.max_args = -1,
	.run = run,
};
