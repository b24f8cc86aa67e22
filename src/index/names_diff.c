/* SPDX-License-Identifier: ISC */
#include "index/names_diff.h"

#include "base/rd.h"
#include "base/utf8.h"

#define STEP_MAX	15	/* what four bits hold */

enum step { STEP_ANY = 0x00, STEP_CAPITAL = 0x40, STEP_SPACE_CAPITAL = 0x60,
	STEP_HAN = 0x80, STEP_SPACE = 0xc0 };

/* --- writing -------------------------------------------------------------- */

/* Do key and form run on alike from here, for a letter or a character? */
static bool
alike(struct bytes key, size_t k, struct bytes form, size_t f)
{
	size_t n = 0, want;

	if (k == key.n || f == form.n)
		return k == key.n && f == form.n;
	want = key.p[k] < 0x80 ? 1 : 3;
	while (n < want && k + n < key.n && f + n < form.n &&
	    key.p[k + n] == form.p[f + n])
		n++;
	return n == want;
}

/* The least to write and to leave out until they are alike again. */
static bool
resync(struct bytes key, size_t k, struct bytes form, size_t f,
    size_t *lit, size_t *skip)
{
	size_t sum, a;

	for (sum = 1; sum <= 2 * STEP_MAX; sum++) {
		for (a = sum > STEP_MAX ? sum - STEP_MAX : 0; a <= MIN(sum, STEP_MAX); a++) {
			if (k + sum - a > key.n || f + a > form.n)
				continue;
			if (!alike(key, k + sum - a, form, f + a))
				continue;
			*lit = a;
			*skip = sum - a;
			return true;
		}
	}
	return false;
}

static bool
capital(struct bytes key, size_t k, struct bytes form, size_t f)
{
	return k < key.n && f < form.n && key.p[k] >= 'a' && key.p[k] <= 'z' &&
	    form.p[f] == key.p[k] - 'a' + 'A';
}

static bool
three(struct bytes s, size_t at)
{
	return at < s.n && s.n - at >= 3 && s.p[at] >= 0xe0 && s.p[at] < 0xf0 &&
	    (s.p[at + 1] & 0xc0) == 0x80 && (s.p[at + 2] & 0xc0) == 0x80;
}

/* A step in one byte, if one fits here; moves k and f past what it made. */
static bool
short_step(struct bytes key, size_t *k, struct bytes form, size_t *f,
    size_t copy, struct buf *out)
{
	bool space = form.n > *f && form.p[*f] == ' ';
	uint32_t cp;

	if (copy < 0x20 && capital(key, *k, form, *f + space)) {
		buf_putc(out, (int)((space ? STEP_SPACE_CAPITAL : STEP_CAPITAL) + copy));
		*f += 1u + space;
		(*k)++;
		return true;
	}
	if (copy < 0x40 && space && alike(key, *k, form, *f + 1)) {
		buf_putc(out, (int)(STEP_SPACE + copy));
		(*f)++;
		return true;
	}
	if (copy % 3 == 0 && copy / 3 < 0x40 && three(key, *k) && three(form, *f)) {
		cp = (form.p[*f] & 0x0fu) << 12 | (form.p[*f + 1] & 0x3fu) << 6 |
		    (form.p[*f + 2] & 0x3fu);
		if (cp < 0x800 || (cp >= 0xd800 && cp < 0xe000))
			return false;
		buf_putc(out, (int)(STEP_HAN + copy / 3));
		buf_putc(out, (int)(cp >> 8));
		buf_putc(out, (int)(cp & 0xff));
		*k += 3;
		*f += 3;
		return true;
	}
	return false;
}

void
name_diff(struct bytes key, struct bytes form, struct buf *out)
{
	size_t k = 0, f = 0, from = 0, lit, skip;

	while (k < key.n || f < form.n) {
		if (k < key.n && f < form.n && key.p[k] == form.p[f]) {
			k++;
			f++;
			continue;
		}
		/* Characters may share their first bytes: back to the start. */
		while (k > from && k < key.n && (key.p[k] & 0xc0) == 0x80) {
			k--;
			f--;
		}
		if (short_step(key, &k, form, &f, k - from, out)) {
			from = k;
			continue;
		}
		for (; k - from >= 0x40; from += 0x3f) {
			buf_putc(out, 0x3f);
			buf_putc(out, 0);
		}
		if (!resync(key, k, form, f, &lit, &skip)) {
			lit = MIN(STEP_MAX, form.n - f);
			skip = MIN(STEP_MAX, key.n - k);
		}
		buf_putc(out, (int)(STEP_ANY + (k - from)));
		buf_putc(out, (int)(lit << 4 | skip));
		buf_bytes(out, bytes_sub(form, f, f + lit));
		k += skip;
		f += lit;
		from = k;
	}
}

/* --- reading -------------------------------------------------------------- */

struct made {
	unsigned char *p;
	size_t n, max;
	struct bytes key;
	size_t at;	/* of key */
	bool bad;
};

static void
put(struct made *m, const unsigned char *p, size_t n)
{
	if (m->bad || n > m->max - m->n) {
		m->bad = true;
		return;
	}
	if (n)
		memcpy(m->p + m->n, p, n);
	m->n += n;
}

static void
copy_key(struct made *m, size_t n)
{
	if (m->bad || n > m->key.n - m->at) {
		m->bad = true;
		return;
	}
	put(m, m->key.p + m->at, n);
	m->at += n;
}

static void
leave_out(struct made *m, size_t n)
{
	if (m->bad || n > m->key.n - m->at)
		m->bad = true;
	else
		m->at += n;
}

static void
put_capital(struct made *m)
{
	size_t n = m->n;

	copy_key(m, 1);
	if (!m->bad && m->p[n] >= 'a' && m->p[n] <= 'z')
		m->p[n] = (unsigned char)(m->p[n] - 'a' + 'A');
}

static unsigned
one(struct rd *r)
{
	struct bytes b = rd_take(r, 1);

	return b.n ? b.p[0] : 0;
}

static void
step(struct made *m, struct rd *r)
{
	unsigned c = one(r), lens;
	unsigned char u[4];
	struct bytes lit;

	if (c >= STEP_SPACE) {
		copy_key(m, c - STEP_SPACE);
		put(m, (const unsigned char *)" ", 1);
	} else if (c >= STEP_HAN) {
		copy_key(m, (c - STEP_HAN) * 3u);
		c = one(r) << 8;
		put(m, u, utf8_put(u, c | one(r)));
		leave_out(m, 3);
	} else if (c >= STEP_SPACE_CAPITAL) {
		copy_key(m, c - STEP_SPACE_CAPITAL);
		put(m, (const unsigned char *)" ", 1);
		put_capital(m);
	} else if (c >= STEP_CAPITAL) {
		copy_key(m, c - STEP_CAPITAL);
		put_capital(m);
	} else {
		copy_key(m, c);
		lens = one(r);
		lit = rd_take(r, lens >> 4);
		put(m, lit.p, lit.n);
		leave_out(m, lens & 15);
	}
}

size_t
name_undiff(struct bytes key, struct bytes steps, unsigned char *form, size_t max)
{
	struct made m = { form, 0, max, key, 0, false };
	struct rd r = rd_make(steps);

	while (rd_left(&r) && !m.bad)
		step(&m, &r);
	copy_key(&m, key.n - m.at);
	return m.bad || r.bad ? SIZE_MAX : m.n;
}
