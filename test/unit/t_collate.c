/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "script/collate.h"
#include "script/roman.h"

/* Forms in order, each after a bar with its heading. */
static const struct {
	enum collation how;
	const char *what, *order;
} lists[] = {
	{ COLLATE_PINYIN, "pinyin",
	  "1949#|阿富汗A|安A|Anhui Province 3A|長安C|重慶C|大連D|大同D|Dalian 2D|東京D|"
	  "旅順L|Port ArthurP|王W|西安X|縣X|曾國藩Z|張Z|中Z|Дальний#" },
	{ COLLATE_STROKE, "strokes", "Port ArthurP|一1|丁2|七2|三3|大連3|王4|旅順10|龍16" },
	{ COLLATE_RADICAL, "radicals", "一一|丁一|三一|中丨|人人|大大|旅順方|龍龍" },
	{ COLLATE_ZHUYIN, "zhuyin", "八ㄅ|北京ㄅ|大連ㄉ|旅順ㄌ|中ㄓ|曾國藩ㄗ|安ㄢ|王ㄨ|PortP" },
	{ COLLATE_CYRILLIC, "Cyrillic", "1949#|ДальнийД|ЕлкаЕ|ёлочкаЕ|ЙоханЙ|Порт-АртурП|ЯлтаЯ|DalianD" },
	{ COLLATE_LATIN, "Latin", "19#|a bA|abA|ÁbaA|The endT|tomT|Ü-TsangU" },
};

static void
check_list(const char *order, enum collation how)
{
	struct buf last = { 0 }, key = { 0 }, group = { 0 };
	struct bytes s = bytes_str(order), item, form;
	static const char *const wide[] = { "一", "丨", "人", "大", "方", "龍",
		"ㄅ", "ㄉ", "ㄌ", "ㄓ", "ㄗ", "ㄢ", "ㄨ", "Д", "Е", "Й", "П", "Я" };
	size_t at, to, i, head;

	for (at = 0; at < s.n; at = to + 1) {
		for (to = at; to < s.n && s.p[to] != '|'; to++)
			;
		item = bytes_sub(s, at, to);
		head = 1;
		while (item.n > head && item.p[item.n - 1] >= '0' && item.p[item.n - 1] <= '9' &&
		    item.p[item.n - head - 1] >= '0' && item.p[item.n - head - 1] <= '9')
			head++;
		for (i = 0; i < NELEM(wide); i++)
			if (bytes_ends(item, bytes_str(wide[i])) && item.p[item.n - 1] >= 0x80)
				head = strlen(wide[i]);
		form = bytes_sub(item, 0, item.n - head);
		buf_clear(&key);
		collate_key(&key, form, NULL, 0, how);
		t_int(key.err, 0);
		if (last.n && bytes_cmp(buf_view(&last), buf_view(&key)) >= 0)
			t_bytes(form, B("after the one before"));
		buf_clear(&group);
		collate_group(&group, buf_view(&key), how);
		t_bytes(buf_view(&group), bytes_sub(item, item.n - head, item.n));
		buf_clear(&last);
		buf_bytes(&last, buf_view(&key));
	}
	buf_release(&last);
	buf_release(&key);
	buf_release(&group);
}

int
main(void)
{
	struct buf a = { 0 }, b = { 0 };
	uint16_t zhang = syl_parse(B("zhang3"));
	size_t i;

	for (i = 0; i < NELEM(lists); i++) {
		t_case("%s", lists[i].what);
		check_list(lists[i].order, lists[i].how);
	}
	t_case("the entry's own reading counts");
	collate_key(&a, B("長"), &zhang, 1, COLLATE_PINYIN);
	collate_key(&b, B("長"), NULL, 0, COLLATE_PINYIN);
	t_ok(bytes_cmp(buf_view(&a), buf_view(&b)) > 0);
	t_case("any bytes have a key");
	for (i = 0; i < COLLATE__MAX; i++) {
		buf_clear(&a);
		collate_key(&a, B("\xff\xe4\xb8 \xee\x80\x80\xf0\xa0\x80\x80"), NULL, 0,
		    (enum collation)i);
		t_ok(a.n > 0);
		buf_clear(&b);
		collate_group(&b, buf_view(&a), (enum collation)i);
		t_ok(b.n > 0);
		buf_clear(&b);
		collate_group(&b, B(""), (enum collation)i);
		t_bytes(buf_view(&b), B("#"));
	}
	buf_release(&a);
	buf_release(&b);
	return t_done();
}
