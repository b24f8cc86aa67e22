/* SPDX-License-Identifier: ISC */
/* The whole article: prose cut into sections, apparatus beside and below. */
#include "render/inside.h"

#include "base/limits.h"
#include "script/name.h"
#include "render/said.h"
#include "render/web_gen.h"

#define TERMS_MAX	400	/* glosses of one page */

/* --- reading the entry --------------------------------------------------- */

struct bytes
render_han(const struct entry *e)
{
	struct han_count c = { 0, 0, 0 };
	size_t i;

	if (lang_is_han(e->lang) && e->lang.n > 2)
		return e->lang;
	for (i = 0; i < e->n_names; i++)
		if (e->name[i].origin <= NAME_GIVEN &&
		    (bytes_eq(e->name[i].lang, B("zh-Hant")) ||
		    bytes_eq(e->name[i].lang, B("zh-Hans"))))
			return e->name[i].lang;
	han_count_add(&c, bytes_sub(e->text, 0, 1u << 16));
	return bytes_str(lang_of_han(&c, "zh-Hant"));
}

static int
read_notes(struct render *r)
{
	const struct entry *e = r->e;
	uint32_t i;
	size_t n = 0;

	for (i = 0; i < e->n_nodes; i++)
		n += e->node[i].type == NODE_NOTE;
	if (n == 0)
		return 0;
	if ((r->note = ARENA_ARRAY(r->a, n, struct note)) == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < e->n_nodes; i++) {
		uint64_t *at;
		bool fresh;

		if (e->node[i].type != NODE_NOTE)
			continue;
		if ((at = map_put(&r->note_of, e->node[i].arg, &fresh)) == NULL)
			return LEISHU_ENOMEM;
		if (!fresh)
			continue;
		r->note[r->n_notes] = (struct note){ i, (uint32_t)r->n_notes + 1, 0 };
		*at = ++r->n_notes;
	}
	return 0;
}

static int
read_terms(struct render *r)
{
	const struct entry *e = r->e;
	size_t i, n = 0;

	for (i = 0; i < e->n_spans && n < TERMS_MAX; i++)
		n += e->span[i].type == SPAN_TERM && e->span[i].b.n > 0;
	if (n == 0)
		return 0;
	if ((r->term = ARENA_ARRAY(r->a, n, struct term)) == NULL)
		return LEISHU_ENOMEM;
	for (i = 0; i < e->n_spans && r->n_terms < n; i++) {
		const struct span *s = &e->span[i];
		uint64_t *at;
		bool fresh;

		if (s->type != SPAN_TERM || s->b.n == 0)
			continue;
		if ((at = map_put(&r->term_of, s->b, &fresh)) == NULL)
			return LEISHU_ENOMEM;
		if (!fresh)
			continue;
		r->term[r->n_terms] = (struct term){ s->b, s->a, s->c, 0 };
		*at = ++r->n_terms;
	}
	return 0;
}

int
render_new(const struct entry *e, const struct render_env *env, struct arena *a,
    struct render **ret)
{
	struct render *r = ARENA_NEW(a, struct render);
	uint32_t i;
	int rc;

	if (r == NULL)
		return LEISHU_ENOMEM;
	r->e = e;
	r->env = *env;
	r->a = a;
	r->page = page_make(NULL, env->ui);
	r->top = 6;
	for (i = 0; i < e->n_nodes; i = e->node[i].next) {
		if (e->node[i].type == NODE_HEADING)
			r->top = MIN(r->top, e->node[i].level);
		r->has_further |= e->node[i].type == NODE_SECTION_REFS;
	}
	refs_init(&r->refs, e->references, env->book, a);
	if ((rc = read_notes(r)) < 0 || (rc = read_terms(r)) < 0) {
		render_free(r);
		return rc;
	}
	*ret = r;
	return 0;
}

void
render_free(struct render *r)
{
	if (r == NULL)
		return;
	refs_release(&r->refs);
	map_release(&r->note_of);
	map_release(&r->term_of);
}

/* --- the head ------------------------------------------------------------ */

/* One step of a subject: its words are its last part. */
static void
crumb(struct page *p, const char *order, struct bytes key, struct bytes name)
{
	struct buf href = { 0 };

	buf_printf(&href, "/browse/%s?g=", order);
	url_query(&href, key);
	T(p, crumb, .href = buf_view(&href), .name = name);
	buf_release(&href);
}

/* "history/treaties" is two steps, the first said once. */
static void
crumbs(struct render *r, struct buf *out)
{
	struct page p = page_make(out, r->env.ui);
	struct buf items = { 0 };
	struct bytes before = { NULL, 0 };
	size_t i;

	p.out = &items;
	for (i = 0; i < r->e->n_subjects && i < 6; i++) {
		struct bytes s = r->e->subject[i];
		size_t slash = bytes_find(s, B("/"));
		struct bytes first = bytes_sub(s, 0, slash);

		if (!bytes_eq(first, before))
			crumb(&p, "subject", first, r->env.division ?
			    r->env.division(r->env.ctx, first) : first);
		before = first;
		if (slash != SIZE_MAX)
			crumb(&p, "subject", s, said_word(p.ui, '/',
			    bytes_sub(s, slash + 1, s.n)));
	}
	if (items.n == 0 && r->e->kind.n)
		crumb(&p, "kind", r->e->kind, said_word(p.ui, 0, r->e->kind));
	p.out = out;
	if (items.n)
		T(&p, crumbs, .items = buf_view(&items));
	buf_release(&items);
}

struct bytes
card_form(const struct card *card)
{
	return bytes_eq(card->form, card->title) ? (struct bytes){ NULL, 0 } : card->form;
}

struct bytes
card_lang(const struct card *card)
{
	return card->lang.n ? card->lang : bytes_str(lang_guess(card->form, NULL, ""));
}

struct bytes
name_lang(const struct name *n)
{
	return n->lang.n ? n->lang : bytes_str(lang_guess(n->form, NULL, ""));
}

/* The Han form beside the headword, of the reader's kind of characters first. */
static const struct name *
han_form(const struct render *r)
{
	const struct name *best = NULL;
	size_t i;

	for (i = 0; i < r->e->n_names; i++) {
		const struct name *n = &r->e->name[i];

		if (n->origin > NAME_GIVEN || !lang_is_han(name_lang(n)) ||
		    bytes_starts(name_lang(n), B("ja")) ||
		    script_of_text(n->form) != SCRIPT_HAN)
			continue;
		if (bytes_eq(name_lang(n), bytes_str(r->env.hans ? "zh-Hans" : "zh-Hant")))
			return n;
		if (best == NULL)
			best = n;
	}
	return best;
}

/*
 * How the form beside the headword is read: the pinyin name that fits it
 * syllable for syllable, else as the entry says, else the only reading.
 */
static struct bytes
reading_of_form(const struct render *r, const struct name *han, struct buf *tmp)
{
	struct name_info info;
	size_t i;

	for (i = 0; i < r->e->n_names; i++)
		if (r->e->name[i].origin == NAME_GIVEN &&
		    bytes_eq(r->e->name[i].scheme, B("pinyin")) &&
		    name_pair(han->form, r->e->name[i].form, NULL) == SCHEME_PINYIN)
			return r->e->name[i].form;
	if (name_look(han->form, han->reading, NULL, READING_ANY, &info) < 0 ||
	    info.n_readings == 0)
		return han->reading;
	if (info.reading[0].n > 4)	/* where its words part is not known */
		return han->reading;
	if (info.given || info.n_readings == 1)
		roman_write(tmp, info.reading[0].syl, info.reading[0].n, SCHEME_PINYIN,
		    ROMAN_CAPITAL);
	return buf_view(tmp);
}

static void
forms(struct render *r, struct buf *out)
{
	struct page p = page_make(out, r->env.ui);
	const struct name *han = han_form(r);
	struct bytes reading = { NULL, 0 }, lang = { NULL, 0 };
	struct buf set = { 0 }, tmp = { 0 };

	if (han)
		reading = reading_of_form(r, han, &tmp);
	if (bytes_eq(reading, r->e->title))
		reading.n = 0;
	if (han && !bytes_eq(han->form, r->e->title)) {
		lang = name_lang(han);
		p.out = &set;
		if (r->env.ruby && reading.n) {
			T(&p, ruby, .han = han->form, .reading = reading);
			reading.n = 0;
		} else
			html_escape(&set, han->form);
	}
	p.out = out;
	if (set.n || reading.n)
		T(&p, forms, .han = buf_view(&set), .lang = lang, .rom = reading,
		    .romlang = B("zh-Latn-pinyin"));
	buf_release(&set);
	buf_release(&tmp);
}

static void
byline(struct render *r, struct buf *out)
{
	struct page p = page_make(out, r->env.ui);
	const struct entry *e = r->e;
	struct buf date = { 0 };

	if (e->author.n)
		T(&p, by_author, .author = e->author);
	if (e->published.n) {
		buf_puts(out, e->author.n ? " · " : "");
		p.out = &date;
		page_date(&p, e->published, NULL);
		p.out = out;
		T(&p, by_published, .date = buf_view(&date));
	}
	if (e->updated.n) {
		buf_puts(out, e->author.n || e->published.n ? " · " : "");
		buf_clear(&date);
		p.out = &date;
		page_date(&p, e->updated, NULL);
		p.out = out;
		T(&p, by_updated, .date = buf_view(&date));
	}
	buf_release(&date);
}

static void
head(struct render *r)
{
	struct buf c = { 0 }, f = { 0 }, b = { 0 };
	struct bytes lang = { NULL, 0 };

	if (r->e->n_names && lang_is_han(name_lang(&r->e->name[0])))
		lang = name_lang(&r->e->name[0]);
	crumbs(r, &c);
	forms(r, &f);
	byline(r, &b);
	T(&r->page, art_open, .crumbs = buf_view(&c), .title = r->e->title,
	    .lang = lang, .forms = buf_view(&f), .byline = buf_view(&b));
	buf_release(&c);
	buf_release(&f);
	buf_release(&b);
}

/* --- prose --------------------------------------------------------------- */

/* Prose in the entry's language, inside an element that says so. */
static void
prose(struct render *r, uint32_t first, uint32_t end)
{
	struct tongue ui = r->page.tongue;
	struct bytes lang = r->e->lang.n ? r->e->lang : B("en");

	if (first >= end)
		return;
	r->page.tongue = tongue_make(lang, render_han(r->e));
	r->page.tongue.simplify = r->env.hans;
	buf_puts(r->page.out, "<div class=\"prose\" lang=\"");
	html_escape(r->page.out, tongue_shown(&r->page.tongue, lang));
	buf_puts(r->page.out, "\">\n");
	render_blocks(r, first, end, r->page.out);
	r->page.tongue = ui;
	buf_puts(r->page.out, "</div>\n");
}

/* The next top-level heading at or after i, or the end. */
static uint32_t
next_heading(const struct render *r, uint32_t i)
{
	while (i < r->e->n_nodes && !(r->e->node[i].type == NODE_HEADING &&
	    r->e->node[i].level == r->top))
		i = r->e->node[i].next;
	return i;
}

static void
section(struct render *r, uint32_t at, uint32_t end)
{
	const struct node *n = &r->e->node[at];
	struct buf title = { 0 }, label = { 0 }, *out = r->page.out;
	struct tongue ui = r->page.tongue;

	r->page.out = &title;
	r->page.tongue = tongue_make(r->e->lang, render_han(r->e));
	body_words(r, at);
	r->page.tongue = ui;
	r->page.out = out;
	buf_puts(&label, "h-");
	url_path(&label, n->arg);
	T(&r->page, sec_open, .label = buf_view(&label), .head = buf_view(&title));
	prose(r, n->next, end);
	buf_puts(out, "</div>\n</section>\n");
	buf_release(&title);
	buf_release(&label);
}

/* The heading of "Further reading": its section is that of the references. */
static bool
is_further(const struct render *r, uint32_t at, uint32_t end)
{
	uint32_t next = r->e->node[at].next;

	return next < end && r->e->node[next].type == NODE_SECTION_REFS &&
	    r->e->node[next].next >= end;
}

void
render_article(struct render *r, struct buf *out)
{
	uint32_t at, end, n = (uint32_t)r->e->n_nodes;

	r->page.out = out;
	head(r);
	at = next_heading(r, 0);
	prose(r, 0, at);
	T(&r->page, art_aside, 0);
	names_table(r);
	day_box(r);
	buf_puts(out, "</aside>\n</section>\n");
	for (; at < n; at = end) {
		end = next_heading(r, r->e->node[at].next);
		if (!is_further(r, at, end))
			section(r, at, end);
	}
	record_section(r);
	notes_section(r);
	references_section(r);
	links_section(r);
	buf_puts(out, "</article>\n");
}
