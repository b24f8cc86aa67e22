/* SPDX-License-Identifier: ISC */
#include "diag/diag.h"
#include "t.h"

/* To add a case, add a line: where the words stand in the text. */
static const struct {
	const char *text;
	size_t from, to;
	uint32_t first_line;
	const char *pointer;
	uint32_t line, column, end_line, end_column;
} places[] = {
	{ "abc", 0, 1, 0, NULL, 1, 1, 1, 2 },
	{ "a\nbc\n", 3, 4, 0, NULL, 2, 2, 2, 3 },
	{ "a\r\nbc", 3, 5, 0, NULL, 2, 1, 2, 3 },
	{ "\xe6\x97\x85\xe9\xa0\x86x", 6, 7, 0, NULL, 1, 3, 1, 4 },
	{ "\xef\xbb\xbfxy", 4, 5, 0, NULL, 1, 2, 1, 3 },
	{ "a\nb", 2, 3, 7, "/body", 7, 3, 7, 4 },
	{ "a\nb", 2, 3, 7, NULL, 8, 1, 8, 2 },
	{ "ab", 9, 99, 0, NULL, 1, 3, 1, 3 },
	{ "\x80z", 1, 2, 0, NULL, 1, 2, 1, 3 },
};

static void
test_places(void)
{
	const struct finding *f;
	struct diag *d = NULL;
	size_t i, n;

	for (i = 0; i < NELEM(places); i++) {
		struct diag_at at = { "x", bytes_str(places[i].text),
			places[i].from, places[i].to, places[i].first_line,
			places[i].pointer };

		t_case("place %zu", i);
		t_int(diag_new(0, &d), 0);
		diag_add(d, DIAG_HEAD_BAD, &at, "here");
		f = diag_list(d, &n);
		t_int(n, 1);
		t_int(f[0].at.line, places[i].line);
		t_int(f[0].at.column, places[i].column);
		t_int(f[0].at.end_line, places[i].end_line);
		t_int(f[0].at.end_column, places[i].end_column);
		diag_free(d);
	}
}

static void
test_counts(void)
{
	struct diag_at at = { "b", B("ab"), 1, 2, 0, NULL };
	struct diag_at other = { "a c", B("xy"), 0, 1, 0, NULL };
	struct buf out = { 0 };
	struct diag *d = NULL;
	size_t i;

	t_case("the first few of a code are kept, all are counted");
	t_int(diag_new(2, &d), 0);
	t_int(diag_worst(d), LEVEL_OK);
	for (i = 0; i < 3; i++)
		diag_add(d, DIAG_LINK_DANGLING, &at, "no '%zu'", i);
	diag_evidence(d, &other);	/* of a finding that was not kept: nothing */
	t_int(diag_worst(d), LEVEL_WARNING);
	t_int(diag_count(d, LEVEL_WARNING), 3);
	t_int(diag_count_code(d, DIAG_LINK_DANGLING), 3);
	diag_text(d, LEVEL_NOTE, &out);
	t_bytes(buf_view(&out), B("b:1:2: warning: no '0' [dangling-link]\n"
	    "b:1:2: warning: no '1' [dangling-link]\n"
	    "warning: 1 more of [dangling-link]\n"));
	buf_clear(&out);
	diag_text(d, LEVEL_ERROR, &out);
	t_int(out.n, 0);
	diag_free(d);

	t_case("evidence, order by file, and JSON");
	t_int(diag_new(0, &d), 0);
	diag_add(d, DIAG_HEAD_BAD, &at, "line\nend");
	diag_evidence(d, &other);
	diag_add(d, DIAG_BODY_EMPTY, &other, "nothing");
	buf_clear(&out);
	diag_text(d, LEVEL_NOTE, &out);
	t_bytes(buf_view(&out), B("a c:1:1: note: nothing [empty-body]\n"
	    "b:1:2: error: line end [bad-head]\n    a c:1:1: x\n"));
	buf_clear(&out);
	diag_json(d, LEVEL_ERROR, 5, &out);
	t_bytes(buf_view(&out), B("{\"findings\":[{\"code\":\"bad-head\","
	    "\"level\":\"error\",\"file\":\"b\",\"line\":1,\"column\":2,"
	    "\"end_line\":1,\"end_column\":3,\"message\":\"line\\nend\","
	    "\"hint\":\"mend the line, or leave the head out\",\"evidence\":"
	    "[{\"file\":\"a c\",\"line\":1,\"column\":1,\"text\":\"x\"}]}],"
	    "\"entries\":5,\"errors\":1,\"warnings\":0,\"notes\":1}\n"));
	buf_clear(&out);
	diag_sarif(d, LEVEL_OK, &out);
	t_ok(bytes_find(buf_view(&out), B("\"uri\":\"a%20c\"")) != SIZE_MAX);
	diag_free(d);
	buf_release(&out);
}

int
main(void)
{
	test_places();
	test_counts();
	return t_done();
}
