/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "index/index.h"
#include "query/search.h"
#include "query/search_eval.h"
#include "query/snippet.h"
#include "script/token.h"
#include "sys/file.h"
#include "t.h"

static char dir[] = "/tmp/t_search.XXXXXX";

/* --- the query ---------------------------------------------------------- */

/*
 * To add a case, add a line.  Clauses are parted by " | ", a term is
 * followed by its position when that is not 0.
 */
static const struct {
	const char *query, *clauses;
} queries[] = {
	{ "treaty", "treaty" },
	{ "Treaty  OF 1950", "treaty | of | 1950" },
	{ "treaty TREATY", "treaty" },
	{ "旅", "旅" },
	{ "旅順", "旅順" },
	{ "旅順口", "旅順 順口+1" },
	{ "旅順,口岸", "旅順 | 口岸" },
	{ "旅，順", "旅 | 順" },
	{ "A 白", "a | 白" },
	{ "\"A 白\"", "a 白+1" },
	{ "\"白 A 旅順口\" x", "白 a+1 旅順+2 順口+3 | x" },
	{ "\"旅順，口岸\"", "旅順 口岸+2" },
	{ "“a b”c", "a b+1 | c" },
	{ "a \"b c", "a | b | c" },
	{ "\"\" a", "a" },
	{ "Sino-Soviet", "sino soviet+1" },
	{ "Sino - Soviet", "sino | soviet" },
	{ "U.S.S.R.", "u s+1 s+2 r+3" },
	{ "1950-02-14", "1950 02+1 14+2" },
	{ "AND OR NOT (a) +b -c *d ~e ^f:g", "and | or | not | a | b | c | d | e | f | g" },
	{ "Lüshun旅順port", "lushun | 旅順 | port" },
	{ "旅順 旅顺", "旅順" },
};

static const struct {
	const char *query;
	const char *why;
} refused[] = {
	{ "", "the query has no words" },
	{ " \t ", "the query has no words" },
	{ "\"\"", "the query has no words" },
	{ "。，！-+", "the query has no words" },
	{ "\xff\xfe", "the query is not UTF-8" },
	{ "port \xff", "the query is not UTF-8" },
};

/* Terms in the test table stand in their folded form. */
static void
fold_expected(const char *s, struct buf *out)
{
	struct tokens *t = NULL;
	struct token k;
	size_t at = 0;
	struct bytes b = bytes_str(s);

	/* Only Han differs between what is written above and its key. */
	t_int(tokens_new(&t), 0);
	tokens_start(t, b);
	while (tokens_next(t, &k)) {
		if (k.type != TOKEN_HAN)
			continue;
		buf_bytes(out, bytes_sub(b, at, k.from));
		buf_bytes(out, k.term);
		at = k.to;
	}
	buf_bytes(out, bytes_sub(b, at, b.n));
	tokens_free(t);
}

static void
test_parse(void)
{
	struct buf got = { 0 }, want = { 0 };
	struct arena a = { 0 };
	struct search_query q;
	const char *why;
	char *big;
	size_t i, k, m;

	for (i = 0; i < NELEM(queries); i++) {
		t_case("query %s", queries[i].query);
		buf_clear(&got);
		buf_clear(&want);
		fold_expected(queries[i].clauses, &want);
		t_int(search_parse(bytes_str(queries[i].query), &a, &q, &why), 0);
		for (k = 0; k < q.n; k++)
			for (m = 0; m < q.clause[k].n; m++) {
				const struct search_term *t = &q.clause[k].term[m];

				buf_printf(&got, "%s%.*s", m ? " " : k ? " | " : "",
				    (int)t->term.n, (const char *)t->term.p);
				if (t->at)
					buf_printf(&got, "+%u", t->at);
			}
		t_bytes(buf_view(&got), buf_view(&want));
	}
	for (i = 0; i < NELEM(refused); i++) {
		t_case("refused query %zu", i);
		why = NULL;
		t_int(search_parse(bytes_str(refused[i].query), &a, &q, &why), LEISHU_ESYNTAX);
		t_str(why, refused[i].why);
	}
	t_case("limits of a query");
	big = malloc(1 << 20);
	memset(big, 'a', 1 << 20);
	t_int(search_parse(bytes_make(big, LIMIT_QUERY), &a, &q, &why), 0);
	t_int(search_parse(bytes_make(big, LIMIT_QUERY + 1), &a, &q, &why), LEISHU_ELIMIT);
	t_str(why, "the query is longer than 4096 bytes");
	t_int(search_parse(bytes_make(big, 1 << 20), &a, &q, &why), LEISHU_ELIMIT);
	for (i = 0; i < 3000; i++)
		big[i] = i % 3 == 2 ? ' ' : (char)('a' + i / 3 / (i % 3 ? 1 : 26) % 26);
	t_int(search_parse(bytes_make(big, 3 * SEARCH_TERMS_MAX), &a, &q, &why), 0);
	t_int(q.n_terms, SEARCH_TERMS_MAX);
	t_int(search_parse(bytes_make(big, 3 * SEARCH_TERMS_MAX + 2), &a, &q, &why), LEISHU_ELIMIT);
	t_str(why, "the query has more than 256 terms");
	free(big);
	arena_release(&a);
	buf_release(&got);
	buf_release(&want);
}

/* --- entries ------------------------------------------------------------ */

struct doc {
	const char *title, *name, *text, *author;
	struct name names[2];
	struct entry e;
};

static struct doc small[] = {
	{ .title = "Lüshun", .name = "旅順", .text = "Lüshun 旅順 is a harbour. Port Arthur <b>&\"quoted\"</b>." },
	{ .title = "Dalian", .name = "大連", .text = "A port beside 旅順口.\nTadjiks do not live in Dalian; the port is large." },
	{ .title = "Treaty of 1950", .text = "The Sino-Soviet treaty. Договор о дружбе. Port, Arthur said." , .author = "A. Writer" },
	{ .title = "白馬", .text = "A 白馬 and 白 B. 旅、順 are two words." },
	{ .title = "Empty" },
};

struct made {
	char path[64];
	struct sys_map map;
	struct pack *pack;
	struct text_index x;
	struct doc *doc;
	uint32_t n;
};

static void
make(struct made *m, struct doc *doc, uint32_t n)
{
	struct index_opts o = { dir, 1 << 20 };
	struct text_builder *b = NULL;
	struct pack_writer *w = NULL;
	uint32_t i;

	m->doc = doc;
	m->n = n;
	(void)snprintf(m->path, sizeof(m->path), "%s/x", dir);
	t_int(text_builder_new(&o, &b), 0);
	for (i = 0; i < n; i++) {
		struct doc *d = &doc[i];

		d->names[0].form = d->e.title = bytes_str(d->title);
		d->names[1].form = bytes_str(d->name);
		d->names[1].origin = NAME_GIVEN;
		d->e.name = d->names;
		d->e.n_names = d->name ? 2 : 1;
		d->e.text = bytes_str(d->text);
		d->e.author = bytes_str(d->author);
		text_builder_add(b, i, &d->e);
	}
	t_int(pack_writer_open(m->path, &w), 0);
	t_int(text_builder_finish(b, n, w), 0);
	t_int(pack_commit(w), 0);
	text_builder_free(b);
	t_int(sys_map_open(m->path, &m->map), 0);
	t_int(pack_open(m->map.b, NULL, &m->pack), 0);
	t_int(text_open(m->pack, &m->x), 0);
}

static void
unmake(struct made *m)
{
	pack_close(m->pack);
	sys_map_close(&m->map);
	(void)unlink(m->path);
}

static int
get_card(void *ctx, uint32_t no, struct bytes *id, struct bytes *title)
{
	struct made *m = ctx;

	*id = m->doc[no].e.title;
	*title = m->doc[no].e.title;
	return 0;
}

static int
get_entry(void *ctx, uint32_t no, struct arena *a, struct entry **ret)
{
	struct made *m = ctx;

	(void)a;
	*ret = &m->doc[no].e;
	return 0;
}

/* A name is an exact title here, and a near one begins with it. */
static int
get_names(void *ctx, struct bytes query, bool near, struct arena *a,
    struct search_name **ret, size_t *n)
{
	struct made *m = ctx;
	uint32_t i;

	*n = 0;
	*ret = ARENA_ARRAY(a, m->n, struct search_name);
	for (i = 0; i < m->n; i++)
		if (near ? bytes_eq(query, B("Dalain")) && i == 1 :
		    bytes_eq(m->doc[i].e.title, query))
			(*ret)[(*n)++] = (struct search_name){ i, query, B("a name") };
	return 0;
}

/*
 * To add a case, add a line: hits as id/via, joined by spaces, then the first
 * hit's snippet and why.
 */
static const struct {
	const char *query;
	int64_t total;
	const char *hits, *snippet, *why;
} cases[] = {
	{ "harbour", 1, "Lüshun/text",
	  "Lüshun 旅順 is a <mark>harbour</mark>. Port Arthur &lt;b&gt;&amp;&quot;quoted&quot;&lt;/b&gt;.",
	  "the text has \"harbour\"" },
	{ "旅顺", 2, "Lüshun/text Dalian/text",
	  "Lüshun <mark>旅順</mark> is a harbour. Port Arthur &lt;b&gt;&amp;&quot;quoted&quot;&lt;/b&gt;.",
	  "the text has \"旅順\"" },
	{ "旅順口", 1, "Dalian/text",
	  "A port beside <mark>旅順口</mark>. Tadjiks do not live in Dalian; the port is large.",
	  "the text has \"旅順口\"" },
	{ "順口旅", 0, "", NULL, NULL },
	{ "port", 3, "Dalian/text Lüshun/text Treaty of 1950/text", NULL, "the text has \"port\"" },
	{ "\"port arthur\"", 2, "Lüshun/text Treaty of 1950/text", NULL, NULL },
	{ "port beside tadjiks", 1, "Dalian/text", NULL, "the text has \"port\", \"beside\", \"Tadjiks\"" },
	{ "port harbour large", 0, "", NULL, NULL },
	{ "Dalian", 1, "Dalian/name", NULL, "a name" },
	{ "Dalain", 1, "Dalian/typo", NULL, "a name" },
	{ "Tajiks", 1, "Dalian/typo",
	  "A port beside 旅順口. <mark>Tadjiks</mark> do not live in Dalian; the port is large.",
	  "\"Tadjiks\" is near \"Tajiks\"" },
	{ "Dalain tajiks", 1, "Dalian/typo", NULL, "\"Tadjiks\" is near \"tajiks\"" },
	{ "harbou port", 1, "Lüshun/typo", NULL, "\"harbour\" is near \"harbou\"" },
	{ "договора", 1, "Treaty of 1950/text", NULL, "the text has \"Договор\"" },
	{ "writer", 1, "Treaty of 1950/text", "The Sino-Soviet treaty. Договор о дружбе. Port, Arthur said.",
	  "title, names, text and author together have all the words" },
	{ "1950", 1, "Treaty of 1950/text", NULL, "its title has \"1950\"" },
	{ "1951", 0, "", NULL, NULL },
	{ "\"a 白馬\"", 1, "白馬/text", "<mark>A 白馬</mark> and 白 B. 旅、順 are two words.", NULL },
	{ "\"白 b\"", 1, "白馬/text", "A 白馬 and <mark>白 B</mark>. 旅、順 are two words.", NULL },
	{ "\"白 and\"", 0, "", NULL, NULL },
	{ "\"旅 順\"", 3, NULL, NULL, NULL },
	{ "白", 1, "白馬/text", NULL, NULL },
};

static void
test_cases(void)
{
	struct made m = { 0 };
	struct search_source s = { NULL, &m, get_card, get_entry, get_names };
	struct search_opts o = { .limit = 10, .explain = true };
	struct arena a = { 0 };
	struct buf got = { 0 };
	size_t i, k;

	t_case("a small index is built");
	make(&m, small, NELEM(small));
	s.text = &m.x;
	for (i = 0; i < NELEM(cases); i++) {
		struct search_result r = { 0 };

		t_case("search %s", cases[i].query);
		t_int(search_query(&s, bytes_str(cases[i].query), &o, &a, &r), 0);
		t_int(r.total, cases[i].total);
		buf_clear(&got);
		for (k = 0; k < r.n; k++) {
			buf_printf(&got, "%s%.*s/%s", k ? " " : "", (int)r.hit[k].title.n,
			    (const char *)r.hit[k].title.p, r.hit[k].via);
			t_ok(k == 0 || r.hit[k].score <= r.hit[k - 1].score);
		}
		if (cases[i].hits)
			t_bytes(buf_view(&got), bytes_str(cases[i].hits));
		if (r.n && cases[i].snippet)
			t_bytes(r.hit[0].snippet, bytes_str(cases[i].snippet));
		if (r.n && cases[i].why)
			t_bytes(r.hit[0].why, bytes_str(cases[i].why));
		t_ok((r.note.n > 0) == (r.n && strcmp(r.hit[0].via, "typo") == 0));
		arena_clear(&a);
	}
	buf_release(&got);
	arena_release(&a);
	unmake(&m);
}

static void
test_json(void)
{
	struct made m = { 0 };
	struct search_source s = { NULL, &m, get_card, get_entry, NULL };
	struct search_opts o = { .limit = 1, .from = 1, .explain = true, .columns = 20 };
	struct search_result r = { 0 };
	struct arena a = { 0 };
	struct buf got = { 0 };

	t_case("an answer as JSON");
	make(&m, small, NELEM(small));
	s.text = &m.x;
	t_int(search_query(&s, B("port"), &o, &a, &r), 0);
	search_json(B("port"), &o, &r, &got);
	t_bytes(buf_view(&got), B("{\"query\":\"port\",\"total\":3,\"from\":1,\"hits\":["
	    "{\"id\":\"Lüshun\",\"title\":\"Lüshun\",\"score\":0.233,"
	    "\"matched\":\"Port\",\"via\":\"text\",\"why\":\"the text has \\\"Port\\\"\","
	    "\"snippet\":\"…<mark>Port</mark> Arthur…\",\"explain\":[{\"term\":\"port\",\"count\":1,"
	    "\"title\":false,\"entries\":3,\"idf\":0.539,\"score\":0.233}]}]}"));
	t_case("what cannot be read is said");
	buf_clear(&got);
	t_int(search_query(&s, B("?"), &o, &a, &r), 0);
	search_json(B("?"), &o, &r, &got);
	t_bytes(buf_view(&got), B("{\"query\":\"?\",\"error\":\"the query has no words\",\"total\":0,\"from\":1,\"hits\":[]}"));
	o.from = LEISHU_SEARCH_DEEPEST + 1;
	t_int(search_query(&s, B("port"), &o, &a, &r), LEISHU_EINVAL);
	o.from = 7;
	t_int(search_query(&s, B("port"), &o, &a, &r), 0);
	t_int(r.n, 0);
	t_int(r.total, 3);
	buf_release(&got);
	arena_release(&a);
	unmake(&m);
}

/* --- against looking at every entry ------------------------------------- */

static uint32_t
rnd(uint64_t *s)
{
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*s >> 33);
}

static const char *const pieces[] = {
	"旅", "順", "顺", "口", "大", "the ", "the ", "of ", "treaty ", "Lushun ",
	"дороги ", ", ", "。", "rare", "A", "1950 ", "-", "\n",
};

#define N_MANY	1500

static char texts[N_MANY][3][900];
static struct doc many[N_MANY];

static void
fill(char *to, size_t room, size_t n, uint64_t *s)
{
	size_t at = 0, len;

	while (n-- > 0) {
		const char *p = pieces[rnd(s) % NELEM(pieces)];

		if ((len = strlen(p)) >= room - at)
			break;
		memcpy(to + at, p, len + 1);
		at += len;
	}
	to[at] = 0;
}

struct place {
	struct bytes term;
	uint32_t pos;
	bool head;
};

struct terms {
	struct place v[4000];
	size_t n;
	uint64_t len;
	uint32_t pos;
};

static void
see(struct terms *t, struct tokens *k, struct bytes text, bool head, struct arena *a)
{
	struct token tok;
	uint32_t n = 0;

	tokens_start(k, text);
	while (tokens_next(k, &tok)) {
		t->v[t->n++] = (struct place){ arena_bytes(a, tok.term), t->pos + tok.pos, head };
		n = tok.pos + 1;
	}
	t->len += n;
	t->pos += n ? n + 4 : 0;
}

static void
see_doc(struct terms *t, struct tokens *k, const struct doc *d, struct arena *a)
{
	t->n = 0;
	t->len = 0;
	t->pos = 0;
	see(t, k, d->e.title, true, a);
	if (!bytes_eq(d->e.title, d->names[1].form))
		see(t, k, d->names[1].form, true, a);
	see(t, k, d->e.text, false, a);
}

static const struct place *
at_pos(const struct terms *t, struct bytes term, uint32_t pos)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->v[i].pos == pos && bytes_eq(t->v[i].term, term))
			return &t->v[i];
	return NULL;
}

/* How often a clause stands in a document; head: each term in title or names. */
static uint32_t
count_clause(const struct terms *t, const struct search_clause *c, bool *head)
{
	uint32_t n = 0;
	size_t i, k;
	bool any;

	for (i = 0; i < t->n; i++) {
		if (!bytes_eq(t->v[i].term, c->term[0].term))
			continue;
		for (k = 1; k < c->n && at_pos(t, c->term[k].term, t->v[i].pos + c->term[k].at);)
			k++;
		n += k == c->n;
	}
	*head = true;
	for (k = 0; k < c->n; k++) {
		for (i = 0, any = false; i < t->n; i++)
			any = any || (t->v[i].head && bytes_eq(t->v[i].term, c->term[k].term));
		*head = *head && any;
	}
	return n;
}

static uint32_t
count_docs(const struct terms *t, struct bytes term)
{
	uint32_t i, n = 0;
	size_t k;

	for (i = 0; i < N_MANY; i++) {
		for (k = 0; k < t[i].n && !bytes_eq(t[i].v[k].term, term);)
			k++;
		n += k < t[i].n;
	}
	return n;
}

static int
by_score(const void *x, const void *y)
{
	const struct search_found *a = x, *b = y;

	if (fabsf(a->score - b->score) > 1e-5f)
		return a->score < b->score ? 1 : -1;
	return (a->doc > b->doc) - (a->doc < b->doc);
}

static void
check_query(const struct made *m, const struct terms *t, double mean,
    const struct search_query *q, struct arena *a)
{
	static struct search_found want[N_MANY], got[N_MANY];
	struct search_top top = { .v = got, .k = 10 };
	struct search_eval e;
	double idf[8] = { 0 }, s, norm;
	uint32_t i, n = 0, freq, df;
	size_t c, k, mode;
	bool head;

	for (c = 0; c < q->n; c++)
		for (k = 0; k < q->clause[c].n; k++) {
			df = count_docs(t, q->clause[c].term[k].term);
			idf[c] += log(1 + (N_MANY - df + 0.5) / (df + 0.5));
		}
	for (i = 0; i < N_MANY; i++) {
		norm = 1.2 * (0.25 + 0.75 * text_len_value(text_len_code(t[i].len)) / mean);
		for (c = 0, s = 0; c < q->n; c++) {
			if ((freq = count_clause(&t[i], &q->clause[c], &head)) == 0)
				break;
			freq += head ? TEXT_HEAD_WEIGHT : 0;
			s += idf[c] * freq / (freq + norm);
		}
		if (c == q->n)
			want[n++] = (struct search_found){ i, (float)s };
	}
	qsort(want, n, sizeof(*want), by_score);
	for (mode = SEARCH_BEST; mode <= SEARCH_COUNT; mode++) {
		t_int(search_eval_init(&e, &m->x, q, NULL, a), 0);
		t_int(search_run(&e, (enum search_mode)mode, &top), 0);
		if (mode != SEARCH_BEST)
			t_int(top.total, n);
		if (mode == SEARCH_COUNT)
			continue;
		t_int(top.n, MIN(n, 10));
		qsort(top.v, top.n, sizeof(*top.v), by_score);
		for (i = 0; i < top.n; i++) {
			t_ok(fabsf(top.v[i].score - want[i].score) < 1e-4f);
			/* Equal but for rounding may stand either way. */
			if (i + 1 < n && want[i].score - want[i + 1].score > 1e-4f &&
			    (i == 0 || want[i - 1].score - want[i].score > 1e-4f))
				t_int(top.v[i].doc, want[i].doc);
		}
	}
}

static void
test_oracle(void)
{
	static const char *const words[] = {
		"the", "of", "treaty", "rare", "дорога", "旅", "旅順", "順口大", "\"the treaty\"",
		"\"lushun of the\"", "\"旅 the\"", "\"A 大口\"", "大大", "旅順旅順", "1950", "absent",
	};
	static struct terms terms[N_MANY];
	struct made m = { 0 };
	struct arena a = { 0 }, tmp = { 0 };
	struct tokens *k = NULL;
	struct search_query q;
	const char *why;
	char text[200];
	uint64_t s = 5, total = 0;
	uint32_t i;

	for (i = 0; i < N_MANY; i++) {
		fill(texts[i][0], 60, 1 + rnd(&s) % 4, &s);
		fill(texts[i][1], 60, rnd(&s) % 4, &s);
		fill(texts[i][2], 900, rnd(&s) % (i % 30 ? 40 : 160), &s);
		many[i] = (struct doc){ .title = texts[i][0], .name = texts[i][1], .text = texts[i][2] };
	}
	t_case("%d random entries are indexed", N_MANY);
	make(&m, many, N_MANY);
	t_int(tokens_new(&k), 0);
	for (i = 0; i < N_MANY; i++) {
		see_doc(&terms[i], k, &many[i], &a);
		total += terms[i].len;
	}
	tokens_free(k);
	for (i = 0; i < 120; i++) {
		(void)snprintf(text, sizeof(text), "%s %s %s",
		    words[i % NELEM(words)],
		    i < NELEM(words) ? "" : words[rnd(&s) % NELEM(words)],
		    i < 4 * NELEM(words) ? "" : words[rnd(&s) % NELEM(words)]);
		t_case("every entry agrees on %s", text);
		t_int(search_parse(bytes_str(text), &tmp, &q, &why), 0);
		check_query(&m, terms, (double)total / N_MANY, &q, &tmp);
		arena_clear(&tmp);
	}
	unmake(&m);
	arena_release(&a);
	arena_release(&tmp);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		return 99;
	test_parse();
	test_cases();
	test_json();
	test_oracle();
	(void)rmdir(dir);
	return t_done();
}
