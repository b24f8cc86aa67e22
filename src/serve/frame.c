/* SPDX-License-Identifier: ISC */
/* What is around every page, and small parts pages share. */
#include "render/render.h"
#include "render/web_gen.h"
#include "script/lang.h"
#include "serve/inside.h"

static bool
nav_is(const struct frame *f, const char *what)
{
	return f->nav && strcmp(f->nav, what) == 0;
}

void
frame_open(struct ctx *c, const struct frame *f)
{
	static const char *const themes[] = { "", "light", "dark" };
	const struct prefs *p = &c->rq->prefs;
	const struct site *s = &c->vol->site;
	struct bytes sitelang = s->title_lang[p->ui], querylang = { NULL, 0 };

	if (bytes_eq(sitelang, bytes_str(ui_tag(p->ui))))
		sitelang.n = 0;
	if (f->query.n)
		querylang = bytes_str(lang_guess(f->query, NULL, ""));
	c->type = "text/html; charset=utf-8";
	T(&c->page, frame_open, .ui = bytes_str(ui_tag(p->ui)),
	    .theme = bytes_str(themes[p->theme % THEME__MAX]), .title = f->title,
	    .site = s->title[p->ui], .sitelang = sitelang, .head = f->head, .bare = f->bare,
	    .query = f->query, .querylang = querylang, .noindex = f->noindex,
	    .at_browse = nav_is(f, "browse"), .at_timeline = nav_is(f, "timeline"),
	    .at_date = nav_is(f, "date"),
	    .th_auto = p->theme == THEME_AUTO, .th_light = p->theme == THEME_LIGHT,
	    .th_dark = p->theme == THEME_DARK, .hans = p->hans, .ruby = p->ruby,
	    .ui_en = p->ui == UI_EN, .ui_hant = p->ui == UI_HANT,
	    .ui_hans = p->ui == UI_HANS, .back = c->rq->raw);
}

void
frame_close(struct ctx *c)
{
	const struct site *s = &c->vol->site;

	T(&c->page, frame_close, .en = c->page.ui == UI_EN,
	    .about = s->about[c->page.ui],
	    .aboutlang = s->title_lang[c->page.ui],
	    .count = book_count(c->book), .licence = s->licence);
}

struct bytes
entry_href(struct ctx *c, struct bytes id)
{
	struct buf b = { 0 };
	struct bytes href;

	buf_puts(&b, "/e/");
	url_path(&b, id);
	href = arena_buf(c->a, &b);
	buf_release(&b);
	return href;
}

/* "[@key, 12]" says nothing where there is no list of references. */
struct bytes
without_cites(struct ctx *c, struct bytes s)
{
	struct buf b = { 0 };
	struct bytes out;
	size_t at, end;

	while ((at = bytes_find(s, B("[@"))) != SIZE_MAX &&
	    (end = bytes_find(bytes_sub(s, at, s.n), B("]"))) != SIZE_MAX) {
		end += at + 1;
		while (at > 0 && s.p[at - 1] == ' ')
			at--;
		buf_bytes(&b, bytes_sub(s, 0, at));
		s = bytes_sub(s, end, s.n);
	}
	buf_bytes(&b, s);
	/* What a citation before the first word leaves behind. */
	while (b.n && strchr(" .,;", b.p[0])) {
		memmove(b.p, b.p + 1, b.n - 1);
		b.n--;
	}
	out = arena_bytes(c->a, buf_view(&b));
	buf_release(&b);
	return out;
}

struct bytes
quoted(struct ctx *c, struct bytes s, struct bytes *lang)
{
	struct buf b = { 0 };
	const char *han = lang_guess(s, ui_han(c->page.ui), NULL);
	struct tongue t = tongue_make(is_mostly_han(s) ? bytes_str(han) : B("en"),
	    bytes_str(ui_han(c->page.ui)));
	struct bytes set;
	size_t i, from = 0;

	for (i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != 1 && s.p[i] != 2)
			continue;
		html_runs(&b, bytes_sub(s, from, i), &t);
		if (i < s.n)
			buf_puts(&b, s.p[i] == 1 ? "<mark>" : "</mark>");
		from = i + 1;
	}
	*lang = bytes_eq(t.lang, bytes_str(ui_tag(c->page.ui))) ? (struct bytes){ NULL, 0 } :
	    t.lang;
	set = arena_bytes(c->a, buf_view(&b));
	buf_release(&b);
	return set;
}

bool
param_num(struct ctx *c, const char *key, uint64_t min, uint64_t max, uint64_t def, uint64_t *ret)
{
	struct bytes v = address_get(&c->rq->address, key);
	struct bytes why;

	*ret = def;
	if (!address_has(&c->rq->address, key))
		return true;
	if (bytes_u64(v, max, ret) && *ret >= min)
		return true;
	why = arena_printf(c->a, "wants a whole number from %llu to %llu",
	    (unsigned long long)min, (unsigned long long)max);
	fail_param(c, key, why.n ? (const char *)why.p : "wants a number");
	return false;
}

bool
param_flag(struct ctx *c, const char *key, bool *ret)
{
	struct bytes v = address_get(&c->rq->address, key);

	*ret = bytes_eq(v, B("1"));
	if (*ret || v.n == 0 || bytes_eq(v, B("0")))
		return true;
	fail_param(c, key, "wants 1 or 0");
	return false;
}

static void
paging_link(struct ctx *c, struct bytes base, uint64_t at, uint64_t n)
{
	struct buf href = { 0 };

	buf_bytes(&href, base);
	if (n > 1)
		buf_printf(&href, "&amp;page=%llu", (unsigned long long)n);
	T(&c->page, paging_page, .href = buf_view(&href), .n = n, .current = n == at);
	buf_release(&href);
}

static void
paging_step(struct ctx *c, struct bytes base, uint64_t n, const char *rel, enum word label)
{
	struct buf href = { 0 };

	buf_bytes(&href, base);
	if (n > 1)
		buf_printf(&href, "&amp;page=%llu", (unsigned long long)n);
	T(&c->page, paging_step, .href = buf_view(&href), .rel = bytes_str(rel),
	    .label = word(c->page.ui, label));
	buf_release(&href);
}

void
paging(struct ctx *c, struct bytes base, struct bytes label, uint64_t at, uint64_t pages)
{
	uint64_t n, last = 0;

	if (pages < 2)
		return;
	T(&c->page, paging_open, .label = label);
	if (at > 1)
		paging_step(c, base, at - 1, "prev", WORD_prev_page);
	for (n = 1; n <= pages; n = n < at - 2 && n >= 2 && at > 4 ? at - 2 :
	    n >= at + 2 && n > 3 && n < pages ? pages : n + 1) {
		if (last && n > last + 1)
			T(&c->page, paging_gap, 0);
		paging_link(c, base, at, n);
		last = n;
	}
	if (at < pages)
		paging_step(c, base, at + 1, "next", WORD_next_page);
	buf_puts(c->out, "</nav>\n");
}

struct bytes
origin_of(struct ctx *c)
{
	if (c->server->origin)
		return bytes_str(c->server->origin);
	return arena_printf(c->a, "http://%.*s", (int)MIN(c->rq->headers.host.n, 255),
	    c->rq->headers.host.n ? (const char *)c->rq->headers.host.p : "");
}
