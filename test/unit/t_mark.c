/* SPDX-License-Identifier: ISC */
/* What is taken out of Markdown before md4c sees it, and what must not be. */
#include "entry/mark.h"
#include "t.h"

/*
 * Each mark as a letter: f flank, x whole link, o link with a label, l
 * language, c close, @ citation, n note, t text,
 * - dashes.  To add a case, add a line.
 */
static const struct {
	const char *text;
	const char *marks;
} cases[] = {
	/* CommonMark as it is: md4c gets these bytes unchanged. */
	{ "*a* **b** ***c*** *d*e **f**g", "" },
	{ "a * b * c ** d", "" },
	{ "*(a)* \"*b*\" **\"c\"**.", "" },
	{ "foo*bar*baz **\"q\"**x \xe2\x80\x9c**r**\xe2\x80\x9d", "" },
	{ "* item\n* item\n\n***\n\n- - -\n", "" },
	{ "[a](b) [c][d] ![e](f \"g\") [h]\n\n[d]: /u", "" },
	{ "`[[a]]` ``[@b]`` `` ` ``", "" },
	{ "```\n[[a]] [@b] **\xef\xbc\x88x\xef\xbc\x89**y\n```\n", "" },
	{ "~~~ x\n[[a]]\n~~~\n", "" },
	{ "\\[[a]] \\[@b] \\[^n]", "" },
	{ "<https://a.b/[[c]]> <mailto:x@y.z>", "" },
	{ "[a]{.b} [c]{lang=} {lang=ja} [d] {lang=ja}", "" },
	{ "[[]] [[ ]] [[a\nb]] [[a] ]", "" },
	{ "[@] [@ a] [x@a] [@;] a@b.c [x @a](u) [x @a]{.b}", "" },
	{ "[^none] [^]", "" },
	/* Chinese text. */
	{ "**\xe6\x9d\x8e\xef\xbc\x88L\xef\xbc\x89**\xe6\x98\xaf", "f" },
	{ "\xe6\x98\xaf**\xe3\x80\x8c\xe5\xbc\x95\xe3\x80\x8d**\xe7\x9a\x84", "ff" },
	{ "\xe6\x98\xaf**\xe6\x9d\x8e**\xe7\x9a\x84", "" },
	{ "\xe6\x98\xaf**\"a\"**\xe7\x9a\x84", "ff" },
	{ "**\xef\xbc\x88x\xef\xbc\x89** y", "" },
	{ "\xe4\xbb\x96**\xe2\x80\x9c\xe5\xa5\xbd\xe2\x80\x9d**\xe3\x80\x82", "fff" },
	{ "**\xe2\x80\x9c\xe4\xb8\xad\xe2\x80\x9d**A", "f" },
	/* Ours. */
	{ "[[a]] [[b|c]] [[d | *e*]]", "xococ" },
	{ "[[a|b|c]]", "oc" },
	{ "| [[a|b]] |", "oc" },
	{ "[@a, 1; @b] [-@c]", "@@" },
	{ "[see @a, 1; cf. also @b] [vgl. -@c]", "@@" },
	{ "a[^1] [^1]: x [^1](u)", "nn" },
	{ "1898~1905, ~~x~~", "t" },
	{ "[x]{lang=ja} [y [z]{lang=\"zh-Hant\"}]{lang=ko}", "lcllcc" },
	{ "|a|b|\n|-|:-|\n", "--" },
	{ "> a | b\n> --|:-:\n", "-" },
	{ "|a|b|\n|-|\n\na|b\n-|x\n\n-\n|-|-|\n|---|:-:|\n", "" },
	{ "[a *b]{lang=ja} c*", "lc" },
	{ "[x]{ lang='ja' } [x]{lang='ja\"} [x]{lang=ja .c}", "lc" },
};

static bool
is_note(void *ctx, struct bytes label, size_t at)
{
	(void)ctx;
	(void)at;
	return bytes_eq(label, B("1"));
}

int
main(void)
{
	size_t i, k;

	for (i = 0; i < NELEM(cases); i++) {
		struct piece p = { .n = 0 };
		struct buf got = { 0 };

		t_case("%zu %s", i, cases[i].text);
		buf_puts(&p.text, cases[i].text);
		t_int(mark_text(&p, is_note, NULL), 0);
		for (k = 0; k < p.n; k++)
			buf_putc(&got, "fxolc@nt-"[p.mark[k].type]);
		t_bytes(buf_view(&got), bytes_str(cases[i].marks));
		if (p.n == 0)
			t_bytes(buf_view(&p.marked), buf_view(&p.text));
		buf_release(&got);
		piece_release(&p);
	}
	return t_done();
}
