/* SPDX-License-Identifier: ISC */
/* What happened between two days; leishu/timeline.h. */
#include <leishu/timeline.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "book/handle.h"
#include "calendar/calendar.h"
#include "index/time.h"
#include "record/record.h"

#define LIMIT_DEFAULT	100
#define AROUND		90	/* bytes of context on each side of a date */

struct leishu_events {
	struct arena arena;
	struct buf json;
	struct leishu_event *v;
	size_t n;
	uint64_t total;
	jdn_t lo, hi;
	struct bytes query;
	char *error;
};

static struct leishu_text
text_of(struct bytes b)
{
	return (struct leishu_text){ (const char *)b.p, b.n };
}

void
leishu_timeline_options_defaults(struct leishu_timeline_options *o)
{
	*o = (struct leishu_timeline_options){ .size = sizeof(*o),
	    .limit = LIMIT_DEFAULT };
}

/* One end of the range; empty is as far as the line goes. */
static bool
read_end(struct bytes s, bool first, jdn_t *day, struct date_error *err)
{
	struct date_candidate c;

	s = bytes_trim(s);
	if (s.n == 0) {
		*day = first ? JDN_MIN : JDN_MAX;
		return true;
	}
	if (date_read(s, NULL, &c, 1, err) < 1)
		return false;
	*day = first ? c.v.lo : c.v.hi;
	return true;
}

static bool
read_range(struct leishu_events *e, struct bytes s)
{
	struct date_error err = { 0 };
	size_t dots = bytes_find(s, B(".."));
	struct bytes a = s, b = s;

	if (dots != SIZE_MAX) {
		a = bytes_sub(s, 0, dots);
		b = bytes_sub(s, dots + 2, s.n);
	}
	if (bytes_trim(s).n == 0 || (bytes_trim(a).n == 0 && bytes_trim(b).n == 0))
		e->error = arena_str(&e->arena, B("nothing to read: write FROM..TO"));
	else if (!read_end(a, true, &e->lo, &err) ||
	    !read_end(b, false, &e->hi, &err))
		e->error = arena_str(&e->arena, bytes_str(err.text));
	else if (e->lo > e->hi)
		e->error = arena_str(&e->arena, B("the range ends before it begins"));
	return e->error == NULL;
}

/* The length of a sentence's end that stands at i with what is after it, or 0. */
static size_t
sentence_end(struct bytes t, size_t i)
{
	static const char *const wide[] = { "。", "！", "？" };
	size_t k, letters = 0;

	if (t.p[i] == '\n')
		return 1;
	for (k = 0; k < NELEM(wide); k++)
		if (bytes_starts(bytes_sub(t, i, t.n), bytes_str(wide[k])))
			return strlen(wide[k]);
	if (strchr(".!?", t.p[i]) == NULL || (i + 1 < t.n && t.p[i + 1] > ' '))
		return 0;
	if (i + 2 < t.n && t.p[i + 2] >= 'a' && t.p[i + 2] <= 'z')
		return 0;
	/* "c. 1130" and "St. Petersburg" go on. */
	for (k = i; k > 0 && t.p[k - 1] > ' '; k--)
		letters++;
	return letters > 2 || (letters == 2 && t.p[k] >= 'a');
}

/* Are the characters on both sides of i parts of one word? */
static bool
inside_word(struct bytes t, size_t i)
{
	size_t k = i;

	if (i == 0 || i >= t.n)
		return false;
	if ((t.p[i] & 0xc0) == 0x80)
		return true;
	while (k > 0 && (t.p[--k] & 0xc0) == 0x80)
		;
	/* Han and what is as wide parts anywhere. */
	return t.p[k] > ' ' && t.p[k] < 0xe3 && t.p[i] > ' ' && t.p[i] < 0xe3;
}

/* The sentence around [lo, hi), at most AROUND beyond it, an ellipsis where it is cut. */
static struct bytes
around(struct bytes t, size_t lo, size_t hi, struct arena *a)
{
	size_t from = lo > AROUND ? lo - AROUND : 0, to = MIN(t.n, hi + AROUND), i, n;
	bool cut = from > 0, more = to < t.n;
	struct bytes s;

	while (from < lo && inside_word(t, from))
		from++;
	while (to > hi && inside_word(t, to))
		to--;
	for (i = from > 2 ? from - 2 : 0; i < lo; i++)
		if ((n = sentence_end(t, i)) > 0 && i + n + 1 >= from && i + n <= lo) {
			from = i + n;
			cut = false;
		}
	for (i = hi; i < to; i++)
		if ((n = sentence_end(t, i)) > 0) {
			to = MIN(i + n, t.n);
			more = false;
			break;
		}
	s = bytes_trim(bytes_sub(t, from, to));
	return arena_printf(a, "%s%.*s%s", cut ? "…" : "", (int)s.n, (const char *)s.p,
	    more ? "…" : "");
}

/* The words of the date and those around them. */
static void
set_words(struct leishu_events *e, struct bytes t, const struct time_row *r,
    struct leishu_event *ret)
{
	if (r->from >= r->to || r->to > t.n)
		return;
	ret->words = text_of(arena_bytes(&e->arena, bytes_sub(t, r->from, r->to)));
	ret->context = text_of(around(t, r->from, r->to, &e->arena));
}

/* The date as the entry has it: a row knows its days, and not how fine it was. */
static struct bytes
edtf_of(const struct entry *en, const struct time_row *r, struct bytes prop,
    char out[DATE_EDTF_MAX])
{
	struct date_value v = date_value_make(r->lo, r->hi,
	    r->lo == r->hi ? DATE_DAY : DATE_SPAN, DATE_CAL_GREGORIAN);
	size_t i;

	for (i = 0; r->to && i < en->n_spans; i++)
		if (en->span[i].type == SPAN_DATE && en->span[i].from == r->from &&
		    en->span[i].to == r->to)
			return en->span[i].a;
	for (i = 0; r->to == 0 && i < en->n_statements; i++) {
		const struct statement *s = &en->statement[i];

		if (s->lo == r->lo && s->hi == r->hi && bytes_eq(s->property, prop) &&
		    record_date(s->value, &v))
			break;
	}
	if (v.lo <= JDN_MIN)
		v.flags |= DATE_OPEN_LO;
	if (v.hi >= JDN_MAX)
		v.flags |= DATE_OPEN_HI;
	date_edtf(&v, out);
	return bytes_str(out);
}

static int
set_event(struct leishu_events *e, const struct book *b, const struct time_row *r,
    struct bytes prop, struct leishu_event *ret)
{
	struct arena scratch = { 0 };
	char edtf[DATE_EDTF_MAX];
	struct entry *en;
	struct card card;
	int rc;

	if ((rc = book_card(b, r->entry, &card)) == 0 &&
	    (rc = book_entry(b, r->entry, &scratch, &en)) == 0) {
		*ret = (struct leishu_event){ .size = sizeof(*ret),
		    .id = text_of(card.id), .title = text_of(card.title),
		    .property = text_of(prop),
		    .edtf = text_of(arena_bytes(&e->arena, edtf_of(en, r, prop, edtf))),
		    .from = r->lo, .to = r->hi, .doubt = r->doubt,
		    .inside = r->lo >= e->lo && r->hi <= e->hi };
		set_words(e, en->text, r, ret);
	}
	arena_release(&scratch);
	return rc;
}

static int
fill(struct leishu_events *e, const struct book *b, const struct time_index *t,
    const struct time_row *row, size_t n)
{
	int rc;

	if ((e->v = ARENA_ARRAY(&e->arena, n, struct leishu_event)) == NULL)
		return e->arena.err;
	for (; e->n < n; e->n++)
		if ((rc = set_event(e, b, &row[e->n],
		    time_index_prop(t, row[e->n].prop), &e->v[e->n])) < 0)
			return rc;
	return e->arena.err;
}

/* An open end has no day. */
static void
day_or_null(struct json *j, const char *key, jdn_t day)
{
	if (day > JDN_MIN && day < JDN_MAX) {
		json_key_int(j, key, day);
	} else {
		json_key(j, key);
		json_nil(j);
	}
}

static void
make_json(struct leishu_events *e)
{
	struct json j = json_on(&e->json);
	size_t i;

	json_obj(&j);
	json_key_str(&j, "query", e->query);
	if (e->error)
		json_key_str(&j, "error", bytes_str(e->error));
	else {
		day_or_null(&j, "from", e->lo);
		day_or_null(&j, "to", e->hi);
	}
	json_key_int(&j, "total", (int64_t)e->total);
	json_key(&j, "events");
	json_arr(&j);
	for (i = 0; i < e->n; i++) {
		const struct leishu_event *v = &e->v[i];

		json_obj(&j);
		json_key_str(&j, "id", bytes_make(v->id.p, v->id.n));
		json_key_str(&j, "title", bytes_make(v->title.p, v->title.n));
		json_key_str(&j, "property", bytes_make(v->property.p, v->property.n));
		json_key_str(&j, "edtf", bytes_make(v->edtf.p, v->edtf.n));
		day_or_null(&j, "from", v->from);
		day_or_null(&j, "to", v->to);
		json_key_int(&j, "doubt", v->doubt);
		json_key(&j, "inside");
		json_bool(&j, v->inside);
		json_opt(&j, "words", bytes_make(v->words.p, v->words.n));
		json_opt(&j, "context", bytes_make(v->context.p, v->context.n));
		json_end_obj(&j);
	}
	json_end_arr(&j);
	json_end_obj(&j);
}

/* What lies between the two days, then what only reaches into them. */
static int
rows_of(struct leishu_events *e, const struct time_index *t,
    const struct leishu_timeline_options *o, struct time_row *row, unsigned limit)
{
	struct time_query q = { .lo = e->lo, .hi = e->hi,
	    .max_doubt = o->certain ? 0 : 100, .part = TIME_INSIDE, .skip = o->skip };
	uint64_t reaching;
	int n, more;

	if ((n = time_index_find(t, &q, row, limit, &e->total)) < 0 || o->certain)
		return n;
	q.part = TIME_REACHING;
	q.skip = o->skip > e->total ? (uint32_t)(o->skip - e->total) : 0;
	more = time_index_find(t, &q, row + n, limit - (unsigned)n, &reaching);
	e->total += reaching;
	return more < 0 ? more : n + more;
}

static int
answer(struct leishu_events *e, const struct book *b,
    const struct leishu_timeline_options *o)
{
	unsigned limit = MIN(o->limit, LIMIT_HITS);
	struct time_index t;
	struct time_row *row;
	int rc;

	if ((rc = time_index_open(book_pack(b), &t)) < 0)
		return rc;
	if ((row = calloc(MAX(limit, 1), sizeof(*row))) == NULL)
		return LEISHU_ENOMEM;
	if ((rc = rows_of(e, &t, o, row, limit)) >= 0)
		rc = fill(e, b, &t, row, (size_t)rc);
	free(row);
	return rc;
}

int
leishu_timeline(const struct leishu_book *b, const char *range, size_t n,
    const struct leishu_timeline_options *o, struct leishu_events **ret)
{
	struct leishu_timeline_options opt;
	struct leishu_events *e;
	int rc = 0;

	leishu_timeline_options_defaults(&opt);
	if (o != NULL) {
		if (o->size < sizeof(*o))
			return LEISHU_EINVAL;
		opt = *o;
	}
	if (b == NULL || ret == NULL || (range == NULL && n))
		return LEISHU_EINVAL;
	if ((e = calloc(1, sizeof(*e))) == NULL)
		return LEISHU_ENOMEM;
	e->query = arena_bytes(&e->arena, utf8_cut(bytes_make(range, n),
	    LIMIT_QUERY));
	if (read_range(e, bytes_make(range, n)))
		rc = answer(e, book_of(b), &opt);
	make_json(e);
	if (rc == 0)
		rc = e->arena.err ? e->arena.err : e->json.err;
	if (rc < 0) {
		leishu_events_free(e);
		return rc;
	}
	*ret = e;
	return 0;
}

size_t
leishu_events_count(const struct leishu_events *e)
{
	return e->n;
}

uint64_t
leishu_events_total(const struct leishu_events *e)
{
	return e->total;
}

void
leishu_events_range(const struct leishu_events *e, int32_t *from, int32_t *to)
{
	*from = e->lo;
	*to = e->hi;
}

const struct leishu_event *
leishu_events_at(const struct leishu_events *e, size_t i)
{
	return i < e->n ? &e->v[i] : NULL;
}

const char *
leishu_events_error(const struct leishu_events *e)
{
	return e->error;
}

struct leishu_text
leishu_events_json(const struct leishu_events *e)
{
	return text_of(buf_view(&e->json));
}

void
leishu_events_free(struct leishu_events *e)
{
	if (e == NULL)
		return;
	arena_release(&e->arena);
	buf_release(&e->json);
	free(e);
}
