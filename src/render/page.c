/* SPDX-License-Identifier: ISC */
/* What the functions made from templates call. */
#include "render/page.h"

#include "render/said.h"

static const char *const ui_tags[UI__MAX] = { "en", "zh-Hant", "zh-Hans" };

const char *
ui_tag(enum ui ui)
{
	return ui_tags[ui];
}

const char *
ui_han(enum ui ui)
{
	return ui == UI_HANS ? "zh-Hans" : "zh-Hant";
}

struct page
page_make(struct buf *out, enum ui ui)
{
	return (struct page){ .out = out, .ui = ui, .tongue =
	    tongue_make(bytes_str(ui_tag(ui)), bytes_str(ui_han(ui))) };
}

void
page_text(struct page *p, struct bytes s)
{
	html_escape(p->out, s);
}

void
page_runs(struct page *p, struct bytes s)
{
	html_runs(p->out, s, &p->tongue);
}

void
page_html(struct page *p, struct bytes s)
{
	buf_bytes(p->out, s);
}

void
page_said(struct page *p, struct bytes s)
{
	struct buf b = { 0 };

	if (said(p->ui, s, &b))
		html_runs(p->out, buf_view(&b), &p->tongue);
	else {
		struct tongue en = tongue_make(B("en"), p->tongue.han);

		buf_puts(p->out, "<span lang=\"en\">");
		html_runs(p->out, buf_view(&b), &en);
		buf_puts(p->out, "</span>");
	}
	buf_release(&b);
}

void
page_num(struct page *p, uint64_t n)
{
	char digits[24];
	int i, len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_putc(p->out, ',');
		buf_putc(p->out, digits[i]);
	}
}

/* The word's part for this number: "one|many". */
static struct bytes
plural(struct bytes w, uint64_t n)
{
	size_t bar = bytes_find(w, B("|"));

	if (bar == SIZE_MAX)
		return w;
	return n == 1 ? bytes_sub(w, 0, bar) : bytes_sub(w, bar + 1, w.n);
}

/* Writes w up to {}; gives what comes after it. */
static struct bytes
before(struct page *p, struct bytes w)
{
	size_t at = bytes_find(w, B("{}"));

	if (at == SIZE_MAX)
		at = w.n;
	html_escape(p->out, bytes_sub(w, 0, at));
	return bytes_sub(w, at + 2, w.n);
}

void
page_word_text(struct page *p, unsigned w, struct bytes s)
{
	struct bytes rest = before(p, word(p->ui, w));

	html_escape(p->out, s);
	html_escape(p->out, rest);
}

void
page_word_runs(struct page *p, unsigned w, struct bytes s)
{
	struct bytes rest = before(p, word(p->ui, w));

	page_runs(p, s);
	html_escape(p->out, rest);
}

void
page_word_html(struct page *p, unsigned w, struct bytes s)
{
	struct bytes rest = before(p, word(p->ui, w));

	buf_bytes(p->out, s);
	html_escape(p->out, rest);
}

void
page_word_num(struct page *p, unsigned w, uint64_t n)
{
	struct bytes rest = before(p, plural(word(p->ui, w), n));

	page_num(p, n);
	html_escape(p->out, rest);
}
