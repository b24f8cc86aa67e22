/* SPDX-License-Identifier: ISC */
/*
 * EDTF, the extended dates of ISO 8601-2:2019, levels 0 to 2: days, months,
 * years, seasons and parts of a year, ? ~ %, unspecified digits (X),
 * intervals with open and unknown ends, sets, exponents, significant digits.
 * Years are astronomical and Gregorian.  What is read is the smallest
 * interval of days that holds all that is meant.
 */
#include "calendar/date_word.h"
#include "calendar/western.h"

struct ed {
	const unsigned char *p;
	size_t n, i;
	uint16_t flags;
	struct date_error *err;
};

static int
peek(const struct ed *e)
{
	return e->i < e->n ? e->p[e->i] : -1;
}

static bool
accept(struct ed *e, int c)
{
	if (peek(e) != c)
		return false;
	e->i++;
	return true;
}

static int
wrong(struct ed *e, const char *what)
{
	return date_fail(e->err, DATE_FAULT_SYNTAX, 0, "%s", what);
}

static void
qualifier(struct ed *e)
{
	for (;; e->i++)
		switch (peek(e)) {
		case '?':
			e->flags |= DATE_UNCERTAIN;
			break;
		case '~':
			e->flags |= DATE_APPROX;
			break;
		case '%':
			e->flags |= DATE_UNCERTAIN | DATE_APPROX;
			break;
		default:
			return;
		}
}

/* n digits or X; lo and hi are the least and greatest number they can be. */
static bool
digits(struct ed *e, int n, int32_t *lo, int32_t *hi, bool *x)
{
	int k;

	*lo = *hi = 0;
	for (k = 0; k < n; k++, e->i++) {
		int c = peek(e);

		if (c == 'X' || c == 'u') {
			*lo = *lo * 10;
			*hi = *hi * 10 + 9;
			*x = true;
		} else if (is_digit(c)) {
			*lo = *lo * 10 + (c - '0');
			*hi = *hi * 10 + (c - '0');
		} else
			return false;
	}
	return true;
}

/* Y17101, Y-12, Y17E3 */
static int
long_year(struct ed *e, int32_t *lo, int32_t *hi)
{
	bool neg = accept(e, '-');
	int64_t v = 0, pow = 0;
	size_t from = e->i;

	for (; is_digit(peek(e)); e->i++)
		if (v < 1000000000)
			v = v * 10 + (peek(e) - '0');
	if (e->i == from)
		return wrong(e, "Y wants a year behind it");
	if (accept(e, 'E')) {
		for (; is_digit(peek(e)); e->i++)
			pow = MIN(pow * 10 + (peek(e) - '0'), 12);
		for (; pow > 0 && v < INT32_MAX; pow--)
			v *= 10;
	}
	if (v > YEAR_MAX)
		return date_fail(e->err, DATE_FAULT_YEAR, 1,
		    "years go from %d BC to %d", 1 - YEAR_MIN, YEAR_MAX);
	*lo = *hi = (int32_t)(neg ? -v : v);
	return 0;
}

/* S2: so many digits are significant, the others unknown. */
static int
significant(struct ed *e, int32_t *lo, int32_t *hi)
{
	int32_t unit = 1;
	int want = peek(e) - '0', k;

	if (!is_digit(peek(e)) || want < 1 || want > 4)
		return wrong(e, "S wants the number of significant digits");
	e->i++;
	for (k = want; k < 4; k++)
		unit *= 10;
	if (*lo >= 0) {
		*lo = *lo / unit * unit;
		*hi = *lo + unit - 1;
	} else {
		*hi = *hi / unit * unit;
		*lo = *hi - unit + 1;
	}
	return 0;
}

static int
year(struct ed *e, int32_t *lo, int32_t *hi, bool *x)
{
	bool neg;
	int32_t t;
	int rc = 0;

	qualifier(e);
	if (accept(e, 'Y'))
		rc = long_year(e, lo, hi);
	else {
		neg = accept(e, '-');
		if (!digits(e, 4, lo, hi, x))
			return wrong(e, "a year has four digits");
		if (is_digit(peek(e)))
			return date_fail(e->err, DATE_FAULT_YEAR, 1,
			    "a year has four digits; years go from %d BC to %d",
			    1 - YEAR_MIN, YEAR_MAX);
		if (neg) {
			t = -*lo;
			*lo = -*hi;
			*hi = t;
		}
	}
	if (rc == 0 && accept(e, 'S'))
		rc = significant(e, lo, hi);
	qualifier(e);
	return rc;
}

/* Months of a season or part: 21-24 and 25-28 north, 29-32 south, 33-41. */
static bool
season_months(int32_t code, int *first, int *count)
{
	if (code >= 21 && code <= 28) {
		*first = 3 + 3 * ((code - 21) % 4);
		*count = 3;
	} else if (code >= 29 && code <= 32) {
		*first = 9 + 3 * (code - 29);
		*count = 3;
	} else if (code >= 33 && code <= 36) {
		*first = 1 + 3 * (code - 33);
		*count = 3;
	} else if (code >= 37 && code <= 39) {
		*first = 1 + 4 * (code - 37);
		*count = 4;
	} else if (code == 40 || code == 41) {
		*first = 1 + 6 * (code - 40);
		*count = 6;
	} else
		return false;
	return true;
}

static int
month_part(struct ed *e, int32_t ylo, int32_t yhi, struct date_value *v)
{
	int32_t mlo, mhi, dlo, dhi;
	bool x = false;
	int first, count, y2, m2;

	qualifier(e);
	if (!digits(e, 2, &mlo, &mhi, &x))
		return wrong(e, "a month has two digits");
	qualifier(e);
	if (!x && season_months(mlo, &first, &count)) {
		y2 = yhi + (first + count - 2) / 12;
		m2 = (first + count - 2) % 12 + 1;
		*v = date_value_make(jdn_gregorian(ylo + (first - 1) / 12,
		    (first - 1) % 12 + 1, 1), jdn_gregorian(y2, m2,
		    gregorian_month_days(y2, m2)), mlo < 33 ? DATE_SEASON :
		    DATE_PART, DATE_CAL_GREGORIAN);
		return 0;
	}
	if (x) {
		mlo = MAX(mlo, 1);
		mhi = MIN(mhi, 12);
	}
	if (mlo < 1 || mhi > 12 || mlo > mhi)
		return date_fail(e->err, DATE_FAULT_MONTH, 2,
		    "month %d: a year has 12 months", (int)mlo);
	if (!accept(e, '-')) {
		*v = date_value_make(jdn_gregorian(ylo, mlo, 1),
		    jdn_gregorian(yhi, mhi, gregorian_month_days(yhi, mhi)),
		    mlo == mhi && ylo == yhi ? DATE_MONTH : DATE_YEAR,
		    DATE_CAL_GREGORIAN);
		return 0;
	}
	qualifier(e);
	x = false;
	if (!digits(e, 2, &dlo, &dhi, &x))
		return wrong(e, "a day has two digits");
	qualifier(e);
	if (x) {
		dlo = MAX(dlo, 1);
		dhi = MIN(dhi, gregorian_month_days(yhi, mhi));
	}
	if (dlo < 1 || dlo > gregorian_month_days(ylo, mlo) ||
	    dhi > gregorian_month_days(yhi, mhi) || dlo > dhi)
		return date_fail(e->err, DATE_FAULT_DAY, 3,
		    "day %d: month %d of %d has %d days",
		    (int)(dlo > gregorian_month_days(ylo, mlo) ? dlo : dhi), (int)mhi,
		    (int)yhi, gregorian_month_days(yhi, mhi));
	*v = date_value_make(jdn_gregorian(ylo, mlo, dlo),
	    jdn_gregorian(yhi, mhi, dhi), ylo != yhi || mlo != mhi ? DATE_YEAR :
	    dlo != dhi ? DATE_MONTH : DATE_DAY, DATE_CAL_GREGORIAN);
	return 0;
}

/* Two digits, at most max. */
static bool
two_digits(struct ed *e, int max)
{
	int32_t lo, hi;
	bool x = false;

	return digits(e, 2, &lo, &hi, &x) && !x && hi <= max;
}

/*
 * A time of day may follow a day, hh:mm:ss and Z or the hours east; the day
 * is what counts here.
 */
static int
time_part(struct ed *e)
{
	bool ok = two_digits(e, 24) && accept(e, ':') && two_digits(e, 59) &&
	    accept(e, ':') && two_digits(e, 60);

	if (ok && !accept(e, 'Z') && (accept(e, '+') || accept(e, '-')))
		ok = two_digits(e, 23) && (!accept(e, ':') || two_digits(e, 59));
	return ok ? 0 : date_fail(e->err, DATE_FAULT_SYNTAX, 4,
	    "a time is written hh:mm:ss");
}

static int
date(struct ed *e, struct date_value *v)
{
	int32_t lo = 0, hi = 0;
	uint16_t before = e->flags;
	bool x = false;
	int rc;

	e->flags = 0;
	if ((rc = year(e, &lo, &hi, &x)) < 0)
		return rc;
	if (accept(e, '-'))
		rc = month_part(e, lo, hi, v);
	else
		*v = date_value_make(jdn_gregorian(lo, 1, 1),
		    jdn_gregorian(hi, 12, 31), hi - lo >= 99 ? DATE_CENTURY :
		    hi > lo ? DATE_DECADE : DATE_YEAR, DATE_CAL_GREGORIAN);
	if (rc == 0 && accept(e, 'T'))
		rc = time_part(e);
	if (rc == 0) {
		v->flags |= e->flags;
		if (e->flags & DATE_APPROX)
			date_widen(v);
	}
	e->flags |= before;
	return rc;
}

/* "", "..": an end nobody knows, or none. */
static bool
open_end(struct ed *e)
{
	if (e->i + 1 < e->n && e->p[e->i] == '.' && e->p[e->i + 1] == '.') {
		e->i += 2;
		return true;
	}
	return e->i == e->n || peek(e) == '/';
}

static int
interval(struct ed *e, struct date_value *v)
{
	struct date_value a, b;
	bool a_open, b_open;
	int rc;

	if (!(a_open = open_end(e)) && (rc = date(e, &a)) < 0)
		return rc;
	if (!accept(e, '/'))
		return wrong(e, "an interval has two ends");
	if (!(b_open = open_end(e)) && (rc = date(e, &b)) < 0)
		return rc;
	if (a_open && b_open)
		return wrong(e, "an interval wants one end that is known");
	if (a_open)
		a = date_value_make(JDN_MIN, b.hi, DATE_SPAN, DATE_CAL_GREGORIAN);
	if (b_open)
		b = date_value_make(a.lo, JDN_MAX, DATE_SPAN, DATE_CAL_GREGORIAN);
	if (b.hi < a.lo)
		return date_fail(e->err, DATE_FAULT_ORDER, 3,
		    "the interval ends before it begins");
	*v = date_value_make(a.lo, b.hi, DATE_SPAN, DATE_CAL_GREGORIAN);
	v->lo_max = MIN(a.hi, b.hi);
	v->hi_min = MAX(b.lo, a.lo);
	v->flags = (uint16_t)(e->flags | DATE_EXTENT |
	    (a_open ? DATE_OPEN_LO : 0) | (b_open ? DATE_OPEN_HI : 0));
	return 0;
}

/* [a,b..c]: one of them; {a,b..c}: all of them. */
static int
set(struct ed *e, int close, struct date_value *v)
{
	struct date_value one;
	bool first = true, run = false;
	jdn_t from = 0;
	int rc;

	*v = date_value_make(0, 0, DATE_SPAN, DATE_CAL_GREGORIAN);
	if (e->i + 1 < e->n && e->p[e->i] == '.' && e->p[e->i + 1] == '.') {
		e->i += 2;
		v->lo = JDN_MIN;
		v->flags |= DATE_OPEN_LO;
	}
	for (;;) {
		if ((rc = date(e, &one)) < 0)
			return rc;
		if (run && one.hi < from)
			return date_fail(e->err, DATE_FAULT_ORDER, 3,
			    "the set has a span that ends before it begins");
		from = one.lo;
		run = false;
		if (first && !(v->flags & DATE_OPEN_LO))
			v->lo = one.lo;
		else if (one.lo < v->lo)
			v->lo = one.lo;
		v->hi = first ? one.hi : MAX(v->hi, one.hi);
		first = false;
		if (accept(e, close))
			break;
		if (accept(e, ',')) {
			while (accept(e, ' '))
				;
			continue;
		}
		if (!accept(e, '.') || !accept(e, '.'))
			return wrong(e, "a set is not closed");
		run = true;
		if (accept(e, close)) {
			v->hi = JDN_MAX;
			v->flags |= DATE_OPEN_HI;
			break;
		}
	}
	v->lo_max = v->hi;
	v->hi_min = v->lo;
	v->flags |= e->flags;
	return 0;
}

int
date_read_edtf(struct bytes s, struct date_value *ret, struct date_error *err)
{
	struct ed e = { s.p, s.n, 0, 0, err };
	struct date_value v;
	int rc;

	if (s.n == 0 || s.n > DATE_INPUT_MAX)
		return wrong(&e, "nothing to read");
	if (accept(&e, '['))
		rc = set(&e, ']', &v);
	else if (accept(&e, '{'))
		rc = set(&e, '}', &v);
	else if (bytes_find(s, B("/")) != SIZE_MAX)
		rc = interval(&e, &v);
	else
		rc = date(&e, &v);
	if (rc < 0)
		return rc;
	if (e.i != e.n)
		return wrong(&e, "there is more behind the date");
	if (v.lo > v.hi)
		return date_fail(err, DATE_FAULT_ORDER, 1, "ends before it begins");
	if (s.n < sizeof(v.edtf)) {
		memcpy(v.edtf, s.p, s.n);
		v.edtf[s.n] = 0;
	}
	*ret = v;
	return 0;
}
