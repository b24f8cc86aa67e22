/* SPDX-License-Identifier: ISC */
/* Findings as text lines, as one JSON object and as SARIF 2.1.0. */
#include "base/json.h"
#include "diag/diag.h"

/* A name, a message or evidence may hold a control: never on a terminal. */
static void
text_words(const char *s, struct buf *out)
{
	for (; *s; s++)
		buf_putc(out, (unsigned char)*s < 0x20 || *s == 0x7f ? ' ' : *s);
}

/* "file:9:120", or less when less is known. */
static void
text_place(const struct diag_place *p, struct buf *out)
{
	if (p->file)
		text_words(p->file, out);
	if (p->file && p->line)
		buf_printf(out, ":%u", p->line);
	if (p->file && p->column)
		buf_printf(out, ":%u", p->column);
	if (p->file && p->pointer) {
		buf_putc(out, ':');
		text_words(p->pointer, out);
	}
	if (p->file)
		buf_puts(out, ": ");
}

void
diag_text(struct diag *d, enum diag_level from, struct buf *out)
{
	size_t shown[DIAG__MAX] = { 0 };
	const struct finding *f;
	size_t i, k, n;

	f = diag_list(d, &n);
	for (i = 0; i < n; i++) {
		shown[f[i].code]++;
		if (f[i].level < from)
			continue;
		text_place(&f[i].at, out);
		buf_printf(out, "%s: ", diag_level_name(f[i].level));
		text_words(f[i].message, out);
		buf_printf(out, " [%s]\n", diag_name(f[i].code));
		for (k = 0; k < f[i].n_evidence; k++) {
			buf_puts(out, "    ");
			text_place(&f[i].evidence[k], out);
			text_words(f[i].evidence[k].text ? f[i].evidence[k].text :
			    "here", out);
			buf_putc(out, '\n');
		}
	}
	for (i = 0; i < DIAG__MAX; i++) {
		k = diag_count_code(d, (enum diag_code)i) - shown[i];
		if (k && diag_code_level((enum diag_code)i) >= from)
			buf_printf(out, "%s: %zu more of [%s]\n", diag_level_name(
			    diag_code_level((enum diag_code)i)), k,
			    diag_name((enum diag_code)i));
	}
}

static void
json_place(struct json *j, const struct diag_place *p, bool end)
{
	if (p->file)
		json_key_str(j, "file", bytes_str(p->file));
	if (p->line)
		json_key_int(j, "line", p->line);
	if (p->column)
		json_key_int(j, "column", p->column);
	if (end && p->line) {
		json_key_int(j, "end_line", p->end_line);
		json_key_int(j, "end_column", p->end_column);
	}
	if (p->pointer)
		json_key_str(j, "pointer", bytes_str(p->pointer));
	if (p->text)
		json_key_str(j, "text", bytes_str(p->text));
}

void
diag_json(struct diag *d, enum diag_level from, size_t entries, struct buf *out)
{
	struct json j = json_on(out);
	const struct finding *f;
	size_t i, k, n;

	f = diag_list(d, &n);
	json_obj(&j);
	json_key(&j, "findings");
	json_arr(&j);
	for (i = 0; i < n; i++) {
		if (f[i].level < from)
			continue;
		json_obj(&j);
		json_key_str(&j, "code", bytes_str(diag_name(f[i].code)));
		json_key_str(&j, "level", bytes_str(diag_level_name(f[i].level)));
		json_place(&j, &f[i].at, true);
		json_key_str(&j, "message", bytes_str(f[i].message));
		json_key_str(&j, "hint", bytes_str(diag_hint(f[i].code)));
		json_key(&j, "evidence");
		json_arr(&j);
		for (k = 0; k < f[i].n_evidence; k++) {
			json_obj(&j);
			json_place(&j, &f[i].evidence[k], false);
			json_end_obj(&j);
		}
		json_end_arr(&j);
		json_end_obj(&j);
	}
	json_end_arr(&j);
	json_key_int(&j, "entries", (int64_t)entries);
	json_key_int(&j, "errors", (int64_t)diag_count(d, LEVEL_ERROR));
	json_key_int(&j, "warnings", (int64_t)diag_count(d, LEVEL_WARNING));
	json_key_int(&j, "notes", (int64_t)diag_count(d, LEVEL_NOTE));
	json_end_obj(&j);
	buf_putc(out, '\n');
}

/* A path as a URI reference: percent-encoded but for what may stand. */
static void
sarif_uri(struct json *j, const char *file)
{
	static const char hex[] = "0123456789ABCDEF";
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@";
	struct buf uri = { 0 };
	const char *s;

	if (file[0] == '/')
		buf_puts(&uri, "file://");
	for (s = file; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (strchr(plain, *s)) {
			buf_putc(&uri, c);
		} else {
			buf_putc(&uri, '%');
			buf_putc(&uri, hex[c >> 4]);
			buf_putc(&uri, hex[c & 15]);
		}
	}
	json_key_str(j, "uri", buf_view(&uri));
	buf_release(&uri);
}

static void
sarif_message(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_obj(j);
	json_key_str(j, "text", bytes_str(text));
	json_end_obj(j);
}

static void
sarif_location(struct json *j, const struct diag_place *p)
{
	json_obj(j);
	json_key(j, "physicalLocation");
	json_obj(j);
	json_key(j, "artifactLocation");
	json_obj(j);
	sarif_uri(j, p->file);
	json_end_obj(j);
	if (p->line) {
		json_key(j, "region");
		json_obj(j);
		json_key_int(j, "startLine", p->line);
		json_key_int(j, "startColumn", p->column);
		json_key_int(j, "endLine", p->end_line);
		json_key_int(j, "endColumn", p->end_column);
		json_end_obj(j);
	}
	json_end_obj(j);
	if (p->pointer) {
		json_key(j, "logicalLocations");
		json_arr(j);
		json_obj(j);
		json_key_str(j, "fullyQualifiedName", bytes_str(p->pointer));
		json_end_obj(j);
		json_end_arr(j);
	}
	if (p->text)
		sarif_message(j, "message", p->text);
	json_end_obj(j);
}

static void
sarif_result(struct json *j, const struct finding *f)
{
	size_t k;

	json_obj(j);
	json_key_str(j, "ruleId", bytes_str(diag_name(f->code)));
	json_key_int(j, "ruleIndex", f->code);
	json_key_str(j, "level", bytes_str(diag_level_name(f->level)));
	sarif_message(j, "message", f->message);
	json_key(j, "locations");
	json_arr(j);
	if (f->at.file)
		sarif_location(j, &f->at);
	json_end_arr(j);
	if (f->n_evidence) {
		json_key(j, "relatedLocations");
		json_arr(j);
		for (k = 0; k < f->n_evidence; k++)
			if (f->evidence[k].file)
				sarif_location(j, &f->evidence[k]);
		json_end_arr(j);
	}
	json_end_obj(j);
}

static void
sarif_rules(struct json *j)
{
	size_t i;

	json_key(j, "rules");
	json_arr(j);
	for (i = 0; i < DIAG__MAX; i++) {
		enum diag_code code = (enum diag_code)i;

		json_obj(j);
		json_key_str(j, "id", bytes_str(diag_name(code)));
		sarif_message(j, "shortDescription", diag_meaning(code));
		sarif_message(j, "help", diag_hint(code));
		json_key(j, "defaultConfiguration");
		json_obj(j);
		json_key_str(j, "level",
		    bytes_str(diag_level_name(diag_code_level(code))));
		json_end_obj(j);
		json_end_obj(j);
	}
	json_end_arr(j);
}

void
diag_sarif(struct diag *d, enum diag_level from, struct buf *out)
{
	struct json j = json_on(out);
	const struct finding *f;
	size_t i, n;

	f = diag_list(d, &n);
	json_obj(&j);
	json_key_str(&j, "$schema",
	    B("https://json.schemastore.org/sarif-2.1.0.json"));
	json_key_str(&j, "version", B("2.1.0"));
	json_key(&j, "runs");
	json_arr(&j);
	json_obj(&j);
	json_key(&j, "tool");
	json_obj(&j);
	json_key(&j, "driver");
	json_obj(&j);
	json_key_str(&j, "name", B("leishu"));
	json_key_str(&j, "version", bytes_str(leishu_version()));
	sarif_rules(&j);
	json_end_obj(&j);
	json_end_obj(&j);
	json_key_str(&j, "columnKind", B("unicodeCodePoints"));
	json_key(&j, "results");
	json_arr(&j);
	for (i = 0; i < n; i++)
		if (f[i].level >= from)
			sarif_result(&j, &f[i]);
	json_end_arr(&j);
	json_end_obj(&j);
	json_end_arr(&j);
	json_end_obj(&j);
	buf_putc(out, '\n');
}
