/* SPDX-License-Identifier: ISC */
#include "base/json.h"

#include <math.h>

#include "base/utf8.h"

static void
before(struct json *j)
{
	if (j->comma)
		buf_putc(j->out, ',');
	j->comma = true;
}

static void
open_with(struct json *j, int c)
{
	before(j);
	buf_putc(j->out, c);
	j->comma = false;
}

static void
close_with(struct json *j, int c)
{
	buf_putc(j->out, c);
	j->comma = true;
}

void
json_obj(struct json *j)
{
	open_with(j, '{');
}

void
json_end_obj(struct json *j)
{
	close_with(j, '}');
}

void
json_arr(struct json *j)
{
	open_with(j, '[');
}

void
json_end_arr(struct json *j)
{
	close_with(j, ']');
}

void
json_key(struct json *j, const char *key)
{
	json_cstr(j, key);
	buf_putc(j->out, ':');
	j->comma = false;
}

void
json_escape(struct buf *out, struct bytes s)
{
	static const char hex[] = "0123456789abcdef";
	size_t at = 0, from = 0, len;
	bool bad;

	while (at < s.n) {
		unsigned char c = s.p[at];
		char esc[7] = "\\u00";

		if (c >= 0x80) {
			(void)utf8_get(s, at, &len, &bad);
			if (bad) {
				buf_add(out, s.p + from, at - from);
				buf_puts(out, "\xef\xbf\xbd");
				from = at + len;
			}
			at += len;
			continue;
		}
		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) {
			at++;
			continue;
		}
		buf_add(out, s.p + from, at - from);
		from = ++at;
		switch (c) {
		case '"':
		case '\\':
			esc[1] = (char)c;
			esc[2] = 0;
			break;
		case '\n':
			esc[1] = 'n';
			esc[2] = 0;
			break;
		case '\t':
			esc[1] = 't';
			esc[2] = 0;
			break;
		default:
			esc[4] = hex[c >> 4];
			esc[5] = hex[c & 15];
			esc[6] = 0;
		}
		buf_puts(out, esc);
	}
	buf_add(out, s.p ? s.p + from : NULL, at - from);
}

void
json_str(struct json *j, struct bytes s)
{
	before(j);
	buf_putc(j->out, '"');
	json_escape(j->out, s);
	buf_putc(j->out, '"');
}

void
json_cstr(struct json *j, const char *s)
{
	if (s == NULL)
		json_nil(j);
	else
		json_str(j, bytes_str(s));
}

void
json_int(struct json *j, int64_t v)
{
	before(j);
	buf_printf(j->out, "%lld", (long long)v);
}

void
json_num(struct json *j, double v, int decimals)
{
	if (!isfinite(v)) {
		json_nil(j);
		return;
	}
	before(j);
	buf_printf(j->out, "%.*f", decimals, v);
}

void
json_bool(struct json *j, bool v)
{
	json_raw(j, v ? B("true") : B("false"));
}

void
json_nil(struct json *j)
{
	json_raw(j, B("null"));
}

void
json_raw(struct json *j, struct bytes text)
{
	before(j);
	buf_bytes(j->out, text);
}

void
json_opt(struct json *j, const char *key, struct bytes s)
{
	if (s.n)
		json_key_str(j, key, s);
}

void
json_key_str(struct json *j, const char *key, struct bytes s)
{
	json_key(j, key);
	json_str(j, s);
}

void
json_key_int(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_int(j, v);
}
