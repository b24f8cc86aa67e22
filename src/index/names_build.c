/* SPDX-License-Identifier: ISC */
/* Collects names for the name index; names_write.c describes and writes it. */
#include "index/names_builder.h"

#include "index/names.h"
#include "index/names_key.h"
#include "index/names_read.h"

#define TAGS_MAX	4096	/* further ones are forgotten */

void
names_fail(struct names_builder *b, int rc)
{
	if (b->err == 0 && rc < 0)
		b->err = rc;
}

int
names_sorter(struct names_builder *b, size_t share, struct sorter **ret)
{
	struct sorter_opts o = { b->opts.dir, b->opts.memory / share };

	return sorter_new(&o, ret);
}

void
put_be32(struct buf *out, uint32_t v)
{
	buf_putc(out, (int)(v >> 24));
	buf_putc(out, (int)(v >> 16 & 0xff));
	buf_putc(out, (int)(v >> 8 & 0xff));
	buf_putc(out, (int)(v & 0xff));
}

void
names_sort_in(struct names_builder *b, struct sorter *s)
{
	if (b->rec.err)
		names_fail(b, b->rec.err);
	else
		sorter_add(s, buf_view(&b->rec));
}

int
names_builder_new(const struct index_opts *o, struct names_builder **ret)
{
	struct names_builder *b;
	bool fresh;
	int rc = LEISHU_ENOMEM;

	if ((b = calloc(1, sizeof(*b))) == NULL)
		return LEISHU_ENOMEM;
	b->opts = *o;
	if (map_put(&b->tag_map, B("\0"), &fresh) == NULL)
		goto out;
	buf_blob(&b->tags, B(""));
	buf_blob(&b->tags, B(""));
	b->n_tags = 1;
	if ((rc = name_terms_new(&b->words)) < 0 ||
	    (rc = names_sorter(b, 2, &b->names)) < 0 ||
	    (rc = names_sorter(b, 4, &b->links)) < 0)
		goto out;
	*ret = b;
	b = NULL;
out:
	names_builder_free(b);
	return rc;
}

static void
rank_release(struct rank_buf *r)
{
	buf_release(&r->rank);
	buf_release(&r->peak);
	buf_release(&r->titles);
}

void
names_builder_free(struct names_builder *b)
{
	if (b == NULL)
		return;
	sorter_free(b->names);
	sorter_free(b->links);
	sorter_free(b->terms);
	sorter_free(b->back);
	sorter_free(b->readings);
	sorter_free(b->initials);
	map_release(&b->tag_map);
	map_release(&b->said);
	buf_release(&b->tags);
	name_terms_release(&b->words);
	rank_release(&b->key_rank);
	rank_release(&b->reading_rank);
	buf_release(&b->sole);
	buf_release(&b->key);
	buf_release(&b->rec);
	buf_release(&b->val);
	buf_release(&b->ops);
	buf_release(&b->head_steps);
	arena_release(&b->arena);
	free(b->held);
	free(b);
}

/* --- adding --------------------------------------------------------------- */

static uint32_t
tag_of(struct names_builder *b, const struct name *n)
{
	uint64_t *at;
	bool fresh;

	if (n->scheme.n == 0 && n->lang.n == 0)
		return 0;
	buf_clear(&b->rec);
	buf_bytes(&b->rec, n->scheme);
	buf_putc(&b->rec, 0);
	buf_bytes(&b->rec, n->lang);
	if (b->rec.err)
		names_fail(b, b->rec.err);
	if (b->n_tags >= TAGS_MAX) {
		at = map_get(&b->tag_map, buf_view(&b->rec));
		return at ? (uint32_t)*at : 0;
	}
	if ((at = map_put(&b->tag_map, buf_view(&b->rec), &fresh)) == NULL) {
		names_fail(b, LEISHU_ENOMEM);
		return 0;
	}
	if (fresh) {
		*at = b->n_tags++;
		buf_blob(&b->tags, n->scheme);
		buf_blob(&b->tags, n->lang);
	}
	return (uint32_t)*at;
}

/*
 * The readings of a name, each pointing to its key: sorted by that key, so
 * that its ordinal can be told when the keys are written.
 */
static void
add_readings(struct names_builder *b, struct bytes form,
    const struct name_read *read, size_t n)
{
	size_t i, key_n;

	buf_clear(&b->rec);
	name_key(form, &b->rec);
	buf_add(&b->rec, "\0\1", 2);
	for (i = 0, key_n = b->rec.n; i < n && b->rec.err == 0; i++) {
		b->rec.n = key_n;
		buf_clear(&b->val);
		names_read_key(form, &read[i], &b->val);
		names_fail(b, b->val.err);
		if (b->val.n == 0 || b->val.n > NAMES_KEY_MAX)
			continue;
		buf_blob(&b->rec, buf_view(&b->val));
		buf_putc(&b->rec, read[i].via);
		buf_clear(&b->val);
		roman_initials(&b->val, read[i].syl, read[i].n);
		buf_blob(&b->rec, buf_view(&b->val));
		names_fail(b, b->val.err);
		names_sort_in(b, b->links);
	}
}

/* What is stored of a reading the entry gives: nothing, if it is the usual. */
static void
stored_reading(struct names_builder *b, struct bytes form, const struct name_read *given)
{
	struct name_read usual;
	size_t i;

	buf_clear(&b->val);
	if (names_read_again(form, false, B(""), &usual, 1) == 1 && usual.n == given->n) {
		for (i = 0; i < given->n; i++)
			if (SYL_ID(given->syl[i]) != SYL_ID(usual.syl[i]) ||
			    (SYL_TONE(given->syl[i]) && given->syl[i] != usual.syl[i]))
				break;
		if (i == given->n)
			return;
	}
	roman_write(&b->val, given->syl, given->n, SCHEME_PINYIN, 0);
	names_fail(b, b->val.err);
}

static void
add_name(struct names_builder *b, uint32_t no, const struct entry *e,
    const struct name *n, uint32_t i)
{
	struct name_read read[NAMES_READINGS];
	struct bytes form = bytes_trim(n->form);
	size_t n_read;
	uint32_t tag;
	bool known;

	if (form.n == 0 || form.n > LIMIT_NAME)
		return;
	tag = tag_of(b, n);
	n_read = names_read(e, n, read, NELEM(read));
	known = n_read && read[0].via == NAME_VIA_GIVEN;
	if (n_read)
		add_readings(b, form, read, n_read);
	buf_clear(&b->val);
	if (known)
		stored_reading(b, form, &read[0]);
	buf_clear(&b->rec);
	name_key(form, &b->rec);
	names_fail(b, b->rec.err);
	if (b->rec.n == 0)
		return;
	buf_putc(&b->rec, 0);
	put_be32(&b->rec, no);
	put_be32(&b->rec, i);
	buf_putc(&b->rec, n->origin);
	buf_putc(&b->rec, known);
	buf_varint(&b->rec, tag);
	buf_blob(&b->rec, buf_view(&b->val));
	buf_bytes(&b->rec, form);
	names_sort_in(b, b->names);
	b->n_names++;
}

/* true the first time this form comes in the entry. */
static bool
fresh_form(struct names_builder *b, struct bytes form)
{
	bool fresh = false;

	if (map_put(&b->said, form, &fresh) == NULL)
		names_fail(b, LEISHU_ENOMEM);
	return fresh;
}

/* What stands in prose, characters and their romanised form side by side. */
static uint32_t
add_span(struct names_builder *b, uint32_t no, const struct entry *e,
    const struct span *s, uint32_t i)
{
	struct name n = { .origin = NAME_PROSE };

	n.form = s->b;
	n.reading = s->c.n ? s->c : s->a;
	if (s->b.n && fresh_form(b, s->b))
		add_name(b, no, e, &n, i++);
	n.form = s->a;
	n.reading = (struct bytes){ NULL, 0 };
	if (s->a.n && fresh_form(b, s->a))
		add_name(b, no, e, &n, i++);
	return i;
}

void
names_builder_add(struct names_builder *b, uint32_t no, const struct entry *e)
{
	uint32_t n = (uint32_t)e->n_names;
	size_t i;

	if (b->err)
		return;
	map_release(&b->said);
	for (i = 0; i < e->n_names; i++)
		if (fresh_form(b, e->name[i].form))
			add_name(b, no, e, &e->name[i], (uint32_t)i);
	for (i = 0; i < e->n_spans; i++)
		if (e->span[i].type == SPAN_TERM)
			n = add_span(b, no, e, &e->span[i], n);
}
