/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "base/buf.h"
#include "script/token.h"

/* Tokens are written "term@pos", pairs "term+pos", Han "term=pos". */
static const struct {
	const char *in, *out;
} cases[] = {
	{ "", "" },
	{ "  ,. ", "" },
	{ "The Treaty of 1950", "the@0 treaty@1 of@2 1950@3" },
	{ "大连", "大=0 大连+0 连=1" },
	{ "大連 灣", "大=0 大连+0 连=1 湾=2" },
	{ "Dalian大連port", "dalian@0 大=1 大连+1 连=2 port@3" },
	{ "旅順，大連", "旅=0 旅顺+0 顺=1 大=2 大连+2 连=3" },
	{ "Tung-ch'ing t’ieh-lu", "tung@0 ching@1 tieh@2 lu@3" },
	{ "Stalin's l'histoire don't 'quoted' dogs'", "stalin@0 s@1 l@2 histoire@3 dont@4 quoted@5 dogs@6" },
	{ "Xī'ān Chang’an", "xian@0 changan@1" },
	{ "железной дороги договора", "железн@0 дорог@1 договор@2" },
	{ "догово\xcc\x81ра", "договор@0" },
	{ "co\xc2\xadoperate caf\xc3\xa9 cafe\xcc\x81", "cooperate@0 cafe@1 cafe@2" },
	{ "a\xff" "b\xef\xbf\xbd" "c", "a@0 b@1 c@2" },
	{ "甲\xee\x80\x80乙", "甲=0 甲\xee\x80\x80+0 \xee\x80\x80=1 \xee\x80\x80乙+1 乙=2" },
	{ "カタカナ漢字", "かたかな@0 汉=1 汉字+1 字=2" },
	{ "조선 \xe1\x84\x8c\xe1\x85\xa9", "조선@0 조@1" },
	{ "བོད་ཡིག", "བོད@0 ཡིག@1" },
	{ "½ №5 x²", "12@0 no5@1 x2@2" },
};

int
main(void)
{
	struct tokens *t = NULL;
	struct buf out = { 0 }, big = { 0 };
	struct token k;
	size_t i, n;
	static const char sign[] = "=+@";

	t_case("new");
	t_int(tokens_new(&t), 0);
	for (i = 0; i < NELEM(cases); i++) {
		struct bytes in = bytes_str(cases[i].in);

		t_case("%zu \"%s\"", i, cases[i].in);
		buf_clear(&out);
		tokens_start(t, in);
		while (tokens_next(t, &k)) {
			buf_printf(&out, "%s%.*s%c%u", out.n ? " " : "", (int)k.term.n,
			    (const char *)k.term.p, sign[k.type], k.pos);
			t_ok(k.from < k.to && k.to <= in.n);
		}
		t_bytes(buf_view(&out), bytes_str(cases[i].out));
	}
	t_case("spans are those of the text");
	tokens_start(t, B("Ér 大連 x"));
	t_ok(tokens_next(t, &k) && k.from == 0 && k.to == 3);
	t_ok(tokens_next(t, &k) && k.from == 4 && k.to == 7);
	t_ok(tokens_next(t, &k) && k.from == 4 && k.to == 10);
	t_ok(tokens_next(t, &k) && k.from == 7 && k.to == 10);
	t_ok(tokens_next(t, &k) && k.from == 11 && k.to == 12);
	t_ok(!tokens_next(t, &k) && !tokens_next(t, &k));
	t_case("a word of a million letters comes in parts");
	for (i = 0; i < 1000000; i++)
		buf_putc(&big, 'x');
	tokens_start(t, buf_view(&big));
	for (n = i = 0; tokens_next(t, &k); i++) {
		n += k.term.n;
		t_ok(k.term.n <= TOKEN_WORD_MAX + 96);
	}
	t_int(n, 1000000);
	t_ok(i > 1000);
	tokens_free(t);
	tokens_free(NULL);
	buf_release(&out);
	buf_release(&big);
	return t_done();
}
