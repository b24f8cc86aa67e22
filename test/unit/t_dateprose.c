/* SPDX-License-Identifier: ISC */
/*
 * Dates in running text.  test/golden/dates/LANG.txt: a line a text, each
 * date in braces; a tab; for each the EDTF or period that is meant, divided
 * by blanks.  Precision and recall over all of a file are held to what the
 * last lines here say; the seed page's ten dates are held one by one.
 */
#include <stdio.h>

#include "calendar/prose.h"
#include "sys/file.h"
#include "t.h"

struct tally {
	int want, got, right;
};

static void
value_text(const struct date_found *f, char out[DATE_EDTF_MAX])
{
	if (f->kind == FOUND_DURATION)
		period_text(&f->period, out);
	else
		date_edtf(&f->v, out);
}

/* One line: what was wanted and not found, or found and not wanted. */
static void
run_line(struct bytes line, int no, struct tally *t)
{
	struct { size_t from, to; char want[DATE_EDTF_MAX]; } want[16];
	char text[2048], out[DATE_EDTF_MAX];
	size_t n = 0, i, tab = bytes_find(line, B("\t")), at;
	int n_want = 0, k, hit;
	struct date_prose p;
	struct date_found f;
	bool used[16] = { false };

	if (tab == SIZE_MAX)
		tab = line.n;
	for (i = 0; i < tab && n < sizeof(text); i++) {
		if (line.p[i] == '{' && n_want < 16)
			want[n_want].from = n;
		else if (line.p[i] == '}' && n_want < 16)
			want[n_want++].to = n;
		else
			text[n++] = (char)line.p[i];
	}
	for (at = tab + 1, k = 0; k < n_want; k++) {
		size_t len = 0;

		while (at < line.n && line.p[at] == ' ')
			at++;
		while (at < line.n && line.p[at] != ' ' && len + 1 < DATE_EDTF_MAX)
			want[k].want[len++] = (char)line.p[at++];
		want[k].want[len] = 0;
	}
	t->want += n_want;
	date_prose_start(&p, bytes_make(text, n), NULL);
	while (date_prose_next(&p, &f)) {
		t->got++;
		value_text(&f, out);
		for (hit = -1, k = 0; k < n_want; k++)
			if (want[k].from == f.from && want[k].to == f.to &&
			    strcmp(want[k].want, out) == 0)
				hit = k;
		if (hit >= 0) {
			used[hit] = true;
			t->right++;
		} else
			t_note("%d: found '%.*s' as %s", no, (int)(f.to - f.from),
			    text + f.from, out);
	}
	for (k = 0; k < n_want; k++)
		if (!used[k])
			t_note("%d: missed '%.*s' as %s", no,
			    (int)(want[k].to - want[k].from), text + want[k].from,
			    want[k].want);
}

static void
run_file(const char *dir, const char *name, struct tally *t)
{
	char path[1024];
	struct buf b = { 0 };
	struct bytes rest;
	int no = 0;

	(void)snprintf(path, sizeof(path), "%s/test/golden/dates/%s.txt", dir, name);
	t_case("dates in prose, %s", name);
	if (sys_read_file(path, 1u << 20, &b) < 0) {
		t_note("cannot read %s", path);
		t_ok(false);
		return;
	}
	for (rest = buf_view(&b); rest.n;) {
		size_t end = bytes_find(rest, B("\n"));
		struct bytes line = bytes_sub(rest, 0, end);

		no++;
		if (line.n && line.p[0] != '#')
			run_line(line, no, t);
		rest = end == SIZE_MAX ? B("") : bytes_sub(rest, end + 1, rest.n);
	}
	buf_release(&b);
	t_note("%s: %d wanted, %d found, %d right: precision %.4f recall %.4f",
	    name, t->want, t->got, t->right, t->right / (double)MAX(t->got, 1),
	    t->right / (double)MAX(t->want, 1));
	t_ok(t->want > 150);
	t_ok(t->right * 100 >= t->got * 99);
	t_ok(t->right * 100 >= t->want * 97);
}

static const char *const seed[][2] = {
	{ "1950", "1950" },
	{ "Mar 29, 2017", "2017-03-29" },
	{ "December 16, 1949", "1949-12-16" },
	{ "many weeks", "P21D~" },
	{ "January", "1950-01" },
	{ "February 14, 1951", "1951-02-14" },
	{ "thirty years", "P30Y" },
	{ "1952 at the latest", "../1952" },
	{ "until 1963", "../1963" },
	{ "early 1950", "1950-37" },
	{ "1995", "1995" },
	{ "1949\xe2\x80\x93" "50", "1949/1950" },
};

static void
run_seed(void)
{
	const char *shared = getenv("LEISHU_SHARED");
	char path[1024], out[DATE_EDTF_MAX];
	struct buf b = { 0 };
	struct date_prose p;
	struct date_found f;
	size_t n = 0;

	(void)snprintf(path, sizeof(path), "%s/seed/sino-soviet-treaty-1950.txt",
	    shared ? shared : "");
	if (shared == NULL || sys_read_file(path, 1u << 20, &b) < 0) {
		t_case("the page it began with # SKIP no material");
		return;
	}
	t_case("the page it began with: ten dates, none false");
	date_prose_start(&p, buf_view(&b), NULL);
	while (date_prose_next(&p, &f)) {
		value_text(&f, out);
		t_note("'%.*s' as %s", (int)(f.to - f.from), b.p + f.from, out);
		if (n < NELEM(seed)) {
			t_bytes(bytes_make(b.p + f.from, f.to - f.from),
			    bytes_str(seed[n][0]));
			t_str(out, seed[n][1]);
		}
		n++;
	}
	t_int(n, NELEM(seed));
	buf_release(&b);
}

int
main(void)
{
	static const char *const langs[] = { "en", "zh", "ru" };
	const char *dir = getenv("LEISHU_SOURCE");
	struct tally t;
	size_t i;

	for (i = 0; i < NELEM(langs); i++) {
		t = (struct tally){ 0 };
		run_file(dir ? dir : ".", langs[i], &t);
	}
	run_seed();
	return t_done();
}
