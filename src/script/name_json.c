/* SPDX-License-Identifier: ISC */
/* What `leishu name` and /api/v1/name say. */
#include <leishu/name.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "script/align.h"
#include "script/name.h"

static void
put_readings(struct json *j, const struct name_info *info)
{
	struct buf b = { 0 };
	size_t i;

	json_key(j, "readings");
	json_arr(j);
	for (i = 0; i < info->n_readings; i++) {
		buf_clear(&b);
		roman_write(&b, info->reading[i].syl, info->reading[i].n,
		    SCHEME_PINYIN, ROMAN_SPACED);
		json_str(j, buf_view(&b));
	}
	json_end_arr(j);
	buf_release(&b);
}

/* The form in every scheme, by its first reading. */
static void
put_schemes(struct json *j, struct bytes form, const struct name_info *info)
{
	static const struct {
		const char *key;
		enum scheme scheme;
	} table[] = {
		{ "pinyin", SCHEME_PINYIN },
		{ "pinyin_plain", SCHEME_PINYIN_PLAIN },
		{ "pinyin_numbered", SCHEME_PINYIN_NUM },
		{ "wade_giles", SCHEME_WADE },
		{ "palladius", SCHEME_PALLADIUS },
		{ "zhuyin", SCHEME_ZHUYIN },
		{ "gwoyeu_romatzyh", SCHEME_GWOYEU },
		{ "yale", SCHEME_YALE },
		{ "efeo", SCHEME_EFEO },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < NELEM(table); i++) {
		buf_clear(&b);
		if (info->script == SCRIPT_HAN)
			name_write(&b, form, info, &info->reading[0], table[i].scheme);
		else
			name_write_word(&b, info, &info->reading[0], table[i].scheme);
		json_key_str(j, table[i].key, buf_view(&b));
	}
	buf_release(&b);
}

static void
put_keys(struct json *j, struct bytes form, const struct name_info *info)
{
	struct buf b = { 0 };
	size_t at = 0, end;

	name_keys(&b, form, info);
	json_key(j, "keys");
	json_arr(j);
	for (; at < b.n; at = end + 1) {
		for (end = at; end < b.n && b.p[end]; end++)
			;
		json_str(j, bytes_make(b.p + at, end - at));
	}
	json_end_arr(j);
	buf_release(&b);
}

/* Where a reading and its characters part ways, in words. */
static void
put_misfit(struct json *j, struct bytes form, struct bytes reading)
{
	struct align a;
	struct buf b = { 0 };
	size_t at = 0, len, done;

	json_key(j, "error");
	if (script_of_text(form) != SCRIPT_HAN) {
		json_cstr(j, "a reading belongs to Han characters, and there are none");
		return;
	}
	(void)align(form, reading, SCHEME_NONE, &a);
	buf_printf(&b, "the reading '");
	buf_bytes(&b, reading);
	buf_puts(&b, "' does not fit '");
	buf_bytes(&b, form);
	buf_puts(&b, "'");
	if (a.n) {
		at = a.pair[a.n - 1].han_to;
		done = a.pair[a.n - 1].rom_to;
		buf_puts(&b, ": up to '");
		buf_bytes(&b, bytes_sub(form, 0, at));
		buf_puts(&b, "' it does, ");
		if (a.n < a.chars) {
			buf_puts(&b, "'");
			(void)utf8_get(form, at, &len, NULL);
			buf_bytes(&b, bytes_sub(form, at, at + len));
			buf_puts(&b, done < reading.n ? "' is not read so" : "' has none");
		} else {
			buf_puts(&b, "then syllables are left over");
		}
	} else if (a.chars > 0) {
		buf_puts(&b, ": no scheme reads its first character so");
	}
	json_str(j, buf_view(&b));
	buf_release(&b);
}

void
name_json(struct buf *out, struct bytes form, struct bytes reading)
{
	struct json j = json_on(out);
	struct name_info info;
	struct buf b = { 0 };
	enum scheme guess;
	int rc;

	reading = bytes_trim(reading);
	form = bytes_trim(form);
	json_obj(&j);
	json_key_str(&j, "query", form.n > LIMIT_NAME ? utf8_cut(form, 80) : form);
	if (utf8_check(form) != SIZE_MAX || utf8_check(reading) != SIZE_MAX) {
		json_key(&j, "error");
		json_cstr(&j, "the name or its reading is not UTF-8");
		json_end_obj(&j);
		return;
	}
	rc = form.n == 0 ? LEISHU_EINVAL :
	    name_look(form, reading, NULL, READING_ANY, &info);
	if (rc == LEISHU_EINVAL || rc == LEISHU_ELIMIT) {
		json_key(&j, "error");
		json_cstr(&j, rc == LEISHU_EINVAL ? "no name was given" :
		    "a name has at most 4096 bytes");
		json_end_obj(&j);
		return;
	}
	if (rc == LEISHU_ESYNTAX)
		put_misfit(&j, form, reading);
	if (info.n_readings == 0 && info.script != SCRIPT_HAN &&
	    (guess = name_guess(form, &info.reading[0])) != SCHEME_NONE) {
		info.scheme = guess;
		info.n_readings = 1;
	}
	json_key(&j, "script");
	json_cstr(&j, script_code(info.script));
	json_key(&j, "lang");
	json_cstr(&j, info.lang);
	if (info.scheme != SCHEME_NONE) {
		json_key(&j, "scheme");
		json_cstr(&j, scheme_name(info.scheme));
	}
	put_readings(&j, &info);
	if (info.n_readings && (rc == 0 || info.script == SCRIPT_HAN))
		put_schemes(&j, form, &info);
	if (info.script == SCRIPT_HAN) {
		name_simplify(&b, form);
		json_key_str(&j, "simplified", buf_view(&b));
		buf_clear(&b);
		name_traditional(&b, form);
		json_key_str(&j, "traditional", buf_view(&b));
	}
	put_keys(&j, form, &info);
	json_end_obj(&j);
	buf_release(&b);
}

int
leishu_name_json(const char *form, size_t n, const char *reading, size_t n_reading,
    char **ret, size_t *ret_n)
{
	struct buf b = { 0 };
	size_t len;
	char *s;

	if (form == NULL && n)
		return LEISHU_EINVAL;
	name_json(&b, bytes_make(form, n), bytes_make(reading, reading ? n_reading : 0));
	len = b.n;
	if (b.err || (s = buf_detach(&b)) == NULL) {
		buf_release(&b);
		return LEISHU_ENOMEM;
	}
	*ret = s;
	if (ret_n)
		*ret_n = len;
	return 0;
}
