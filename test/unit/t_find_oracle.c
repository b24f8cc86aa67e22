/* SPDX-License-Identifier: ISC */
/*
 * Recall: an entry a row of the oracle tables, looked up by every spelling a
 * reader may type.  Queries whose key more than ten entries share are left
 * out, for then ten hits cannot hold them all.
 */
#include "t.h"

#include "base/map.h"
#include "base/utf8.h"
#include "index/names_key.h"
#include "names_fix.h"
#include "query/find.h"
#include "script/roman.h"

/* Sanitizers make it ten times slower; they look for other things. */
#if defined(__SANITIZE_ADDRESS__)
#define ROWS_MAX	800
#else
#define ROWS_MAX	30000
#endif
#define COLS	12
#define SHARED	10	/* hits looked at, and bearers of a key */

struct row {
	struct bytes col[COLS];
};

static struct row row[ROWS_MAX];
static size_t n_rows;

/* --- the tables ----------------------------------------------------------- */

/* All of them but the heading; false when the file is not there. */
static bool
load(const char *file, struct buf *text)
{
	const char *dir = getenv("LEISHU_SHARED");
	char path[512];
	struct bytes left, line;
	size_t end, tab, i;

	if (dir == NULL)
		return false;
	(void)snprintf(path, sizeof(path), "%s/oracles/%s", dir, file);
	buf_clear(text);
	if (sys_read_file(path, 16u << 20, text) < 0)
		return false;
	n_rows = 0;
	left = buf_view(text);
	left = bytes_sub(left, bytes_find(left, B("\n")) + 1, left.n);
	for (; left.n && n_rows < ROWS_MAX; left = bytes_sub(left, end + 1, left.n)) {
		end = MIN(bytes_find(left, B("\n")), left.n);
		line = bytes_sub(left, 0, end);
		for (i = 0; i < COLS; i++) {
			tab = MIN(bytes_find(line, B("\t")), line.n);
			row[n_rows].col[i] = bytes_sub(line, 0, tab);
			line = bytes_sub(line, tab + 1, line.n);
		}
		n_rows++;
	}
	return true;
}

static int
card(void *ctx, uint32_t no, struct bytes *id, struct bytes *title)
{
	(void)ctx;
	*id = row[no].col[0];
	*title = row[no].col[1];
	return 0;
}

static uint32_t
indegree(void *ctx, uint32_t no)
{
	(void)ctx;
	(void)no;
	return 0;
}

static uint32_t
dice(void)
{
	static uint64_t x = 0x9e3779b97f4a7c15;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (uint32_t)(x >> 32);
}

/* --- spellings ------------------------------------------------------------ */

/* s without these characters, each a code point. */
static void
without(struct buf *out, struct bytes s, const char *drop)
{
	size_t at = 0, was = 0, k;
	uint32_t cp, d;
	bool gone;

	for (; utf8_next(s, &at, &cp); was = at) {
		for (k = 0, gone = false; utf8_next(bytes_str(drop), &k, &d);)
			gone |= d == cp;
		if (!gone)
			buf_bytes(out, bytes_sub(s, was, at));
	}
}

/* Pinyin with its tones told in other ways. */
static void
spell(struct buf *out, struct bytes pinyin, enum scheme as, bool joined, bool v)
{
	struct roman_seq seq;
	struct buf tmp = { 0 };
	size_t at = 0, was = 0;
	uint32_t cp;

	if (roman_parse(pinyin, SCHEME_PINYIN, 0, &seq, 1) == 0)
		return;
	roman_write(&tmp, seq.syl, seq.n, as, joined ? 0 : ROMAN_SPACED);
	for (; utf8_next(buf_view(&tmp), &at, &cp); was = at) {
		if (v && (cp == 0xfc || cp == 0xdc))
			buf_putc(out, 'v');
		else
			buf_bytes(out, bytes_sub(buf_view(&tmp), was, at));
	}
	buf_release(&tmp);
}

/* The ways a name is typed; column numbers are those of readings.tsv. */
enum way { BY_SIMP, BY_MARKS, BY_MARKS_JOINED, BY_PLAIN, BY_JOINED, BY_V,
	BY_NUMBERS, BY_WADE, BY_WADE_BARE, BY_WADE_JOINED, WAY__MAX };

static const char *const way_name[] = { "simplified", "marks", "marks joined",
	"plain", "joined", "v", "numbered", "Wade-Giles", "Wade-Giles without marks",
	"Wade-Giles joined" };

static void
type(struct buf *out, const struct row *r, enum way way)
{
	struct bytes pinyin = r->col[3], wade = r->col[5];

	buf_clear(out);
	switch (way) {
	case BY_SIMP:
		buf_bytes(out, r->col[2]);
		break;
	case BY_MARKS:
		buf_bytes(out, pinyin);
		break;
	case BY_MARKS_JOINED:
		spell(out, pinyin, SCHEME_PINYIN, true, false);
		break;
	case BY_PLAIN:
		spell(out, pinyin, SCHEME_PINYIN_PLAIN, false, false);
		break;
	case BY_JOINED:
		spell(out, pinyin, SCHEME_PINYIN_PLAIN, true, false);
		break;
	case BY_V:
		spell(out, pinyin, SCHEME_PINYIN_PLAIN, true, true);
		break;
	case BY_NUMBERS:
		buf_bytes(out, r->col[4]);
		break;
	case BY_WADE:
		buf_bytes(out, wade);
		break;
	case BY_WADE_BARE:
		without(out, wade, "'’ʻ‘\u0302");
		break;
	case BY_WADE_JOINED:
		without(out, wade, "-'’ʻ‘");
		break;
	case WAY__MAX:
		break;
	}
}

/* A letter more, less, other, or two exchanged. */
static void
slip(struct buf *out, struct bytes s)
{
	uint32_t cp[256], t, x;
	size_t n = 0, at = 0, i, k;
	unsigned char u[4];

	while (n < NELEM(cp) - 1 && utf8_next(s, &at, &cp[n]))
		n++;
	if (n < 2)
		return;
	i = dice() % (n - 1);
	x = cp[0] < 0x80 ? 'a' + dice() % 26 : cp[dice() % n];
	switch (dice() % 4) {
	case 0:
		memmove(&cp[i], &cp[i + 1], (--n - i) * sizeof(*cp));
		break;
	case 1:
		memmove(&cp[i + 1], &cp[i], (n++ - i) * sizeof(*cp));
		cp[i] = x;
		break;
	case 2:
		cp[i] = x;
		break;
	default:
		t = cp[i];
		cp[i] = cp[i + 1];
		cp[i + 1] = t;
	}
	for (k = 0; k < n; k++)
		buf_add(out, u, utf8_put(u, cp[k]));
}

/* --- counting ------------------------------------------------------------- */

struct score {
	size_t asked, found;
};

static double
percent(const struct score *s)
{
	return s->asked ? 100.0 * (double)s->found / (double)s->asked : 100;
}

/* How many rows type the same. */
static uint64_t *
bearers(struct map *m, struct bytes typed)
{
	struct buf key = { 0 };
	uint64_t *at;

	name_key(typed, &key);
	if (key.n == 0)
		buf_putc(&key, 1);
	at = map_put(m, buf_view(&key), NULL);
	buf_release(&key);
	return at;
}

static bool
ask(const struct names *n, struct bytes query, uint32_t no, struct arena *a,
    struct find_result *r)
{
	struct find_source s = { n, NULL, card, indegree };
	struct find_opts o = { LEISHU_FIND_ALL, SHARED };
	size_t i;

	arena_clear(a);
	memset(r, 0, sizeof(*r));
	t_int(find_run(&s, query, &o, a, r), 0);
	for (i = 0; i < r->n; i++)
		if (r->hit[i].no == no)
			return true;
	return false;
}

static void
enough(const char *what, const struct score *s, double least)
{
	t_case("%s: %zu of %zu, %.2f %%", what, s->found, s->asked, percent(s));
	t_ok(s->asked > 0);
	t_ok(percent(s) >= least);
}

/* --- readings.tsv --------------------------------------------------------- */

/* Every tenth row is left out, to be asked for in vain. */
static bool
left_out(size_t i)
{
	return i % 10 == 9;
}

static int
make_readings(struct fix *f, bool given)
{
	struct name name;
	struct entry e = { .name = &name, .n_names = 1 };
	size_t i;
	int rc = fix_begin(f);

	for (i = 0; i < n_rows && rc == 0; i++) {
		memset(&name, 0, sizeof(name));
		name.form = row[i].col[1];
		name.reading = given ? row[i].col[3] : B("");
		e.n_names = !left_out(i);
		names_builder_add(f->b, f->n++, &e);
	}
	return rc ? rc : fix_end(f, NULL);
}

static void
absent(const struct names *n, struct arena *a)
{
	struct map in = { 0 };
	struct buf q = { 0 };
	struct find_result r;
	size_t i, asked = 0, exact = 0, any = 0;
	int w;

	for (i = 0; i < n_rows; i++)
		for (w = 0; w < WAY__MAX && !left_out(i); w++) {
			type(&q, &row[i], (enum way)w);
			(*bearers(&in, buf_view(&q)))++;
		}
	for (i = 0; i < n_rows; i++) {
		bool shared = false;

		for (w = 0; w < WAY__MAX && left_out(i); w++) {
			type(&q, &row[i], (enum way)w);
			shared |= *bearers(&in, buf_view(&q)) != 0;
		}
		for (w = 0; w < WAY__MAX && left_out(i) && !shared; w++) {
			type(&q, &row[i], (enum way)w);
			(void)ask(n, buf_view(&q), (uint32_t)i, a, &r);
			asked++;
			exact += r.n && r.hit[0].rule == RULE_EXACT;
			if (r.n && r.hit[0].rule < RULE_INNER) {
				any++;
				if (any <= 10)
					t_note("absent %.*s: %.*s", (int)q.n, (char *)q.p,
					    (int)r.hit[0].why.n, (const char *)r.hit[0].why.p);
			}
		}
	}
	t_case("absent names: %zu asked, %zu exact, %zu otherwise", asked, exact, any);
	t_int(exact, 0);
	t_ok(any * 100 <= asked);
	map_release(&in);
	buf_release(&q);
}

static void
slips(const struct names *n, struct arena *a)
{
	struct map m = { 0 };
	struct score s = { 0, 0 };
	struct buf q = { 0 }, bad = { 0 };
	struct find_result r;
	size_t i;

	for (i = 0; i < n_rows; i++) {
		type(&q, &row[i], BY_JOINED);
		(*bearers(&m, buf_view(&q)))++;
	}
	for (i = 0; i < n_rows; i++) {
		type(&q, &row[i], BY_JOINED);
		if (left_out(i) || q.n < 6 || *bearers(&m, buf_view(&q)) > SHARED)
			continue;
		buf_clear(&bad);
		slip(&bad, buf_view(&q));
		s.asked++;
		if (ask(n, buf_view(&bad), (uint32_t)i, a, &r))
			s.found++;
		else if (s.asked - s.found <= 12)
			t_note("%.*s for %.*s: %.*s", (int)bad.n, (char *)bad.p,
			    (int)q.n, (char *)q.p, r.n ? (int)r.hit[0].why.n : 7,
			    r.n ? (const char *)r.hit[0].why.p : "nothing");
	}
	enough("one slip in pinyin", &s, 95);
	map_release(&m);
	buf_release(&q);
	buf_release(&bad);
}

static void
readings(bool given, struct arena *a)
{
	struct score all = { 0, 0 };
	struct buf q = { 0 };
	struct find_result r;
	struct fix f;
	size_t i;
	int w;

	t_case("readings.tsv, %s", given ? "pinyin given" : "characters alone");
	t_int(make_readings(&f, given), 0);
	for (w = 0; w < WAY__MAX; w++) {
		struct map m = { 0 };
		struct score s = { 0, 0 };

		for (i = 0; i < n_rows; i++) {
			type(&q, &row[i], (enum way)w);
			if (!left_out(i))
				(*bearers(&m, buf_view(&q)))++;
		}
		for (i = 0; i < n_rows; i++) {
			type(&q, &row[i], (enum way)w);
			if (left_out(i) || *bearers(&m, buf_view(&q)) > SHARED)
				continue;
			s.asked++;
			if (ask(&f.names, buf_view(&q), (uint32_t)i, a, &r))
				s.found++;
			else if (s.asked - s.found <= 5)
				t_note("%s not found: %.*s", way_name[w], (int)q.n, (char *)q.p);
		}
		t_note("%s: %zu of %zu, %.2f %%", way_name[w], s.found, s.asked, percent(&s));
		all.asked += s.asked;
		all.found += s.found;
		map_release(&m);
	}
	enough(given ? "recall, pinyin given" : "recall, characters alone", &all,
	    given ? 99.5 : 98.5);
	absent(&f.names, a);
	slips(&f.names, a);
	fix_release(&f);
	buf_release(&q);
}

/* --- toponyms.tsv --------------------------------------------------------- */

/* The forms of a row, one after another: columns 3 to 8, parted by "|". */
static bool
next_form(const struct row *r, size_t *col, size_t *at, struct bytes *ret)
{
	size_t end;

	for (; *col < 9; (*col)++, *at = 0) {
		struct bytes left = bytes_sub(r->col[*col], *at, r->col[*col].n);

		if (left.n == 0)
			continue;
		end = MIN(bytes_find(left, B("|")), left.n);
		*ret = bytes_sub(left, 0, end);
		*at += end + 1;
		if (ret->n)
			return true;
	}
	return false;
}

#define EACH_FORM(r, form)	\
	for (size_t col_ = 3, at_ = 0; next_form(r, &col_, &at_, form);)

static void
toponyms(struct arena *a)
{
	struct score right = { 0, 0 }, slipped = { 0, 0 };
	struct map m = { 0 };
	struct buf q = { 0 };
	struct find_result r;
	struct bytes form;
	struct fix f;
	size_t i;

	t_case("toponyms.tsv");
	t_int(fix_begin(&f), 0);
	for (i = 0; i < n_rows; i++) {
		struct name name[64];
		struct entry e = { .name = name };

		memset(name, 0, sizeof(name));
		EACH_FORM(&row[i], &form) {
			struct bytes key = form;

			if (e.n_names < NELEM(name))
				name[e.n_names++].form = form;
			(*bearers(&m, key))++;
		}
		names_builder_add(f.b, f.n++, &e);
	}
	t_int(fix_end(&f, NULL), 0);
	for (i = 0; i < n_rows; i++) {
		EACH_FORM(&row[i], &form) {
			size_t n = utf8_count(form);

			if (*bearers(&m, form) > SHARED)
				continue;
			right.asked++;
			if (ask(&f.names, form, (uint32_t)i, a, &r))
				right.found++;
			else if (right.asked - right.found <= 12)
				t_note("not found: %.*s", (int)form.n, (const char *)form.p);
			if (n < (name_has_han(form, NULL) ? 4u : 6u) || n > 40)
				continue;
			buf_clear(&q);
			slip(&q, form);
			slipped.asked++;
			if (ask(&f.names, buf_view(&q), (uint32_t)i, a, &r))
				slipped.found++;
			else if (slipped.asked - slipped.found <= 25)
				t_note("%.*s for %.*s: %.*s", (int)q.n, (char *)q.p,
				    (int)form.n, (const char *)form.p,
				    r.n ? (int)r.hit[0].why.n : 7,
				    r.n ? (const char *)r.hit[0].why.p : "nothing");
		}
	}
	enough("every form", &right, 99.5);
	enough("one slip in a form", &slipped, 95);
	fix_release(&f);
	map_release(&m);
	buf_release(&q);
}

int
main(void)
{
	struct arena a = { 0 };
	struct buf text = { 0 };

	if (!load("readings.tsv", &text))
		return t_skip_all("the oracle tables are not there");
	readings(true, &a);
	readings(false, &a);
	if (load("toponyms.tsv", &text))
		toponyms(&a);
	arena_release(&a);
	buf_release(&text);
	return t_done();
}
