/* SPDX-License-Identifier: ISC */
/* Which names a Chinese date begins with; then scan and place: chinese.h. */
#include "calendar/chinese.h"

#include "base/utf8.h"

struct reader {
	struct bytes s;
	const struct date_context *ctx;
	struct picks *out;
	struct who who;
	struct written w;
	size_t named;		/* where the names end that got furthest */
	size_t reached;		/* the furthest any way of reading got */
	int weight;		/* of the names that err speaks of */
	struct date_error *err;	/* NULL: only find */
	bool whole;		/* some way read all of it, but found no day */
};

static bool
has_kind(const struct id_list *l, enum form_kind kind)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (FORM_KIND(l->v[i]) == (unsigned)kind)
			return true;
	return false;
}

/* After a ruler or an era: 皇帝, 之 say nothing new. */
static size_t
filler(struct bytes s, size_t at)
{
	struct bytes rest = bytes_sub(s, at, s.n);

	if (bytes_starts(rest, B("皇帝")))
		return at + 6;
	if (bytes_starts(rest, B("帝")) || bytes_starts(rest, B("之")))
		return at + 3;
	return at;
}

static size_t
try_tail(struct reader *r, size_t at)
{
	size_t reached, n;

	if (at == 0 || !chinese_scan(r->s, at, &r->w, &reached)) {
		if (at && reached > r->reached) {
			r->named = at;
			r->reached = reached;
		}
		return 0;
	}
	n = chinese_place(&r->who, &r->w, r->ctx, r->out);
	if (n == 0) {
		int weight = r->who.era.n ? 4 : r->who.emperor.n ? 3 :
		    r->who.abroad.n ? 2 : 1;

		r->whole = true;
		/* The fullest names, the first of them, say what is wrong. */
		if (r->err && weight > r->weight) {
			r->weight = weight;
			(void)chinese_why_not(&r->who, &r->w, r->s.n, r->err);
		}
	}
	return n;
}

/* A state, then a ruler, then an era: longest names first. */
static size_t
try_names(struct reader *r, size_t at, enum form_kind from)
{
	size_t ends[8], n_ends, n = 0, k;
	struct id_list *const slot[] = { &r->who.polity, &r->who.emperor, &r->who.era,
		&r->who.abroad };
	struct id_list found[8];
	int kind;

	if (from > FORM_ERA)
		return try_tail(r, filler(r->s, at));
	if (at && at < r->s.n && (r->s.p[at] < 0xe4 || r->s.p[at] == 0xef))
		at = chinese_blanks(r->s, at);
	n_ends = names_at(r->s, at, found, ends, NELEM(ends));
	for (k = n_ends; k-- > 0 && n == 0;) {
		/* 大明 is a state and an era: both are meant. */
		for (kind = (int)from; found[k].n && kind <= FORM_ABROAD; kind++) {
			if (!has_kind(&found[k], (enum form_kind)kind) ||
			    (kind == FORM_ABROAD && (from != FORM_POLITY || n)))
				continue;
			*slot[kind] = found[k];
			if (kind == FORM_POLITY)
				r->who.polity_text = bytes_sub(r->s, at, ends[k]);
			else if (kind == FORM_ERA)
				r->who.era_text = bytes_sub(r->s, at, ends[k]);
			/* The same words may be an era here and one abroad. */
			if (kind == FORM_ERA && from == FORM_POLITY &&
			    has_kind(&found[k], FORM_ABROAD))
				r->who.abroad = found[k];
			n += try_names(r, ends[k], (enum form_kind)(kind + 1));
			*slot[kind] = (struct id_list){ NULL, 0 };
			r->who.abroad = (struct id_list){ NULL, 0 };
		}
	}
	return n ? n : try_tail(r, filler(r->s, at));
}

bool
chinese_letters(struct bytes s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] >= 0xe3)
			return true;
	return false;
}

static int
no_names(struct reader *r, struct date_error *err)
{
	size_t reached = 0;
	struct written w;

	if (chinese_scan(r->s, 0, &w, &reached)) {
		if (w.year_gz >= 0 && !w.year && !w.season &&
		    chinese_place_cycle(&w, r->ctx, r->out))
			return 0;
		if (!w.year && w.year_gz < 0 && chinese_place_context(&w, r->ctx, r->out))
			return 0;
		if (w.year_gz >= 0 && !w.year)
			return date_fail(err, DATE_FAULT_MONTH, r->s.n,
			    "no %s year from 220 BC to 2100 has that month or day",
			    ganzhi_text(w.year_gz));
		if (w.year == YEAR_ZERO)
			return date_fail(err, DATE_FAULT_YEAR, r->s.n,
			    "year 0: 1 BC is followed by AD 1, and an era begins with its year 1");
		return date_fail(err, DATE_FAULT_SYNTAX, r->s.n / 2, w.year ?
		    "a year without an era: which ruler's?" :
		    "a month or a day without a year");
	}
	if (bytes_starts(r->s, B("初")) && numeral_read(bytes_sub(r->s, 3, r->s.n)).bytes &&
	    r->reached == 0)
		return date_fail(err, DATE_FAULT_SYNTAX, r->s.n / 2,
		    "a day without a month");
	return LEISHU_ESYNTAX;
}

/* 庚子年 is a year of the cycle, too, though a state had an era of that name. */
static void
cycle_besides(struct reader *r)
{
	struct written w;
	size_t reached;

	if (ganzhi_read(r->s) >= 0 && chinese_scan(r->s, 0, &w, &reached) &&
	    w.year_gz >= 0 && !w.year && !w.season)
		(void)chinese_place_cycle(&w, r->ctx, r->out);
}

static int
read_plain(struct bytes s, const struct date_context *ctx, struct picks *out,
    struct date_error *err)
{
	struct reader r = { .s = s, .ctx = ctx, .out = out };
	struct date_error civil = { 0 };
	size_t had = out->n;
	int rc;

	if (try_names(&r, 0, FORM_POLITY)) {
		cycle_besides(&r);
		return 0;
	}
	rc = chinese_civil(s, ctx, out, err ? &civil : NULL);
	if (rc == 0 && out->n > had)
		return 0;
	if (err)
		err->text[0] = 0;
	rc = r.whole ? LEISHU_ESYNTAX : no_names(&r, err);
	if (rc == 0 || err == NULL)
		return rc;
	if (r.whole) {
		r.err = err;
		r.who = (struct who){ 0 };
		(void)try_names(&r, 0, FORM_POLITY);
	}
	if (civil.text[0])
		*err = civil;
	if (err->text[0] == 0)
		rc = chinese_unknown(s, r.named, r.reached, err);
	return rc;
}

#define RANGE_TRIES	3	/* marks tried before a text is no span */

static const char *const range_marks[] = { "至", "到", "—", "–", "～", "〜", "~", "-",
	"－", "―" };

/* The interval as wide as the word makes it; EDTF says it with a mark. */
static void
chinese_approx(struct date_value *v)
{
	char edtf[DATE_EDTF_MAX];

	v->flags |= DATE_APPROX;
	date_edtf(v, edtf);
	memcpy(v->edtf, edtf, sizeof(edtf));
	date_widen(v);
}

/* a and b as if they were written as one. */
static int
read_joined(struct bytes a, struct bytes b, const struct date_context *ctx,
    struct picks *out)
{
	unsigned char joined[DATE_INPUT_MAX];

	if (a.n + b.n > sizeof(joined))
		return LEISHU_ESYNTAX;
	memcpy(joined, a.p, a.n);
	memcpy(joined + a.n, b.p, b.n);
	return read_plain(bytes_make(joined, a.n + b.n), ctx, out, NULL);
}

/* The end of a span, lent what it lacks by ever shorter beginnings of the left. */
static bool
read_second(struct bytes left, struct bytes right, const struct date_context *ctx,
    struct date_candidate *ret)
{
	struct picks out = { ret, 1, 0 };
	size_t cut;

	if (read_plain(right, ctx, &out, NULL) == 0)
		return true;
	for (cut = left.n; cut > 0; cut = utf8_prev(left, cut))
		if (read_joined(bytes_sub(left, 0, cut), right, ctx, &out) == 0)
			return true;
	return false;
}

/* [a, b] with the names of a where b has none: 康熙元年至六十一年. */
static int
read_range(struct bytes s, size_t at, size_t mark, const struct date_context *ctx,
    struct picks *out, struct date_error *err)
{
	struct date_candidate a, b;
	struct picks pa = { &a, 1, 0 };
	struct bytes left = bytes_sub(s, 0, at), right = bytes_sub(s, at + mark, s.n);
	/* 初十 is no day of the present year, but of what stands before. */
	struct date_context bare = ctx ? *ctx : (struct date_context){ 0 };
	char from[DATE_EDTF_MAX], to[DATE_EDTF_MAX];
	int rc;

	bare.has_day = false;
	if (numeral_read(left).bytes == left.n)		/* 1661—1722年 */
		rc = read_joined(left, B("年"), &bare, &pa);
	else
		rc = read_plain(left, ctx, &pa, NULL);
	/* 至德三年: what is no date before the mark has no say in what is wrong. */
	if (rc < 0)
		return rc;
	if (!read_second(left, right, &bare, &b))
		return date_fail(err, DATE_FAULT_SYNTAX, at + mark,
		    "the end of the span cannot be read");
	if (b.v.hi < a.v.lo)
		return date_fail(err, DATE_FAULT_ORDER, s.n, "the span ends before it begins");
	date_edtf(&a.v, from);
	date_edtf(&b.v, to);
	a.v.edtf[0] = 0;
	date_edtf_join(&a.v, from, to);
	a.v.lo_max = a.v.hi;
	a.v.hi_min = b.v.lo;
	a.v.hi = b.v.hi;
	a.v.flags |= DATE_EXTENT | b.v.flags;
	a.v.precision = DATE_SPAN;
	a.reason = NULL;
	picks_add(out, &a);
	return 0;
}

/* 約 and its like before a date. */
static bool
about(struct bytes *s)
{
	static const char *const words[] = { "大約", "大约", "大概", "約", "约" };
	size_t i;

	if (s->n < 6 || (s->p[0] != 0xe5 && s->p[0] != 0xe7))
		return false;
	for (i = 0; i < NELEM(words); i++)
		if (bytes_starts(*s, bytes_str(words[i]))) {
			*s = bytes_sub(*s, strlen(words[i]), s->n);
			return true;
		}
	return false;
}

int
date_read_chinese(struct bytes s, const struct date_context *ctx,
    struct date_candidate *ret, size_t max, struct date_error *err)
{
	struct date_candidate one;
	struct picks out = { max ? ret : &one, max ? max : 1, 0 };
	bool approx;
	size_t i, k, tries = 0;
	int rc;

	s = bytes_trim(s);
	if (s.n > DATE_INPUT_MAX)
		return date_fail(err, DATE_FAULT_LIMIT, 0,
		    "%zu bytes are too long for a date (at most %d)", s.n, DATE_INPUT_MAX);
	if (!chinese_letters(s))
		return date_fail(err, DATE_FAULT_SYNTAX, 0, "this is no Chinese date");
	if (utf8_check(s) != SIZE_MAX)
		return date_fail(err, DATE_FAULT_SYNTAX, 0, "broken UTF-8 at byte %zu",
		    utf8_check(s) + 1);
	approx = about(&s);
	rc = read_plain(s, ctx, &out, err);
	for (i = 3; rc < 0 && i + 3 < s.n && tries < RANGE_TRIES; i++)
		for (k = 0; rc < 0 && k < NELEM(range_marks); k++)
			if (bytes_starts(bytes_sub(s, i, s.n), bytes_str(range_marks[k]))) {
				tries++;
				rc = read_range(s, i, strlen(range_marks[k]), ctx, &out, err);
			}
	for (i = 0; rc == 0 && i < MIN(out.n, out.max); i++)
		if (approx || out.v[i].v.flags & DATE_APPROX)
			chinese_approx(&out.v[i].v);
	return rc < 0 ? rc : (int)out.n;
}
