/* SPDX-License-Identifier: ISC */
/* A query to clauses (search_parse.h). */
#include "query/search_parse.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "script/token.h"

struct parse {
	struct bytes q;
	struct arena *a;
	struct tokens *tokens;
	struct search_query out;
	size_t cap;
	struct map known;	/* clauses so far, by their terms */

	struct search_term term[SEARCH_TERMS_MAX];	/* of the open clause */
	size_t n;
	bool words;
	size_t from, to;	/* of the open clause, in q */
	uint32_t base;		/* position of its first term */
	int err;
};

/* --- clauses ------------------------------------------------------------ */

/* Whether a clause of these terms is there already; notes it if not. */
static bool
is_known(struct parse *p)
{
	struct buf key = { 0 };
	bool fresh = true;
	size_t i;

	for (i = 0; i < p->n; i++) {
		buf_varint(&key, p->term[i].at);
		buf_blob(&key, p->term[i].term);
	}
	if (key.err || map_put(&p->known, buf_view(&key), &fresh) == NULL)
		p->err = LEISHU_ENOMEM;
	buf_release(&key);
	return !fresh;
}

static void
end_clause(struct parse *p)
{
	struct search_clause *c;
	size_t i;

	if (p->n > 0 && !is_known(p) && p->err == 0) {
		p->out.clause = arena_grow(p->a, p->out.clause, p->out.n,
		    &p->cap, sizeof(*p->out.clause));
		c = p->out.clause ? &p->out.clause[p->out.n] : NULL;
		if (c == NULL || (c->term = ARENA_ARRAY(p->a, p->n,
		    struct search_term)) == NULL) {
			p->err = LEISHU_ENOMEM;
			return;
		}
		for (i = 0; i < p->n; i++)
			c->term[i] = p->term[i];
		c->n = p->n;
		c->words = p->words;
		c->text = bytes_sub(p->q, p->from, p->to);
		p->out.n++;
		p->out.n_terms += p->n;
	}
	p->n = 0;
}

static void
add_term(struct parse *p, const struct token *t, size_t shift)
{
	struct bytes term;

	if (p->n == 0) {
		p->from = shift + t->from;
		p->base = t->pos;
		p->words = true;
	}
	p->to = shift + t->to;
	if (p->out.n_terms + p->n >= SEARCH_TERMS_MAX) {
		p->err = LEISHU_ELIMIT;
		return;
	}
	term = arena_bytes(p->a, t->term);
	if (term.p == NULL && t->term.n)
		p->err = LEISHU_ENOMEM;
	p->words = p->words && t->type == TOKEN_WORD;
	p->term[p->n++] = (struct search_term){ term, t->pos - p->base };
}

/* Whether what stands between two words binds them to one phrase. */
static bool
binds(struct bytes between)
{
	size_t at = 0;
	uint32_t cp;

	if (between.n == 0 || between.n > 8)
		return false;
	while (utf8_next(between, &at, &cp))
		if (!(cp == '-' || cp == '.' || cp == '_' || cp == '\'' ||
		    cp == '&' || cp == 0xb7 || (cp >= 0x2010 && cp <= 0x2015) ||
		    cp == 0x2018 || cp == 0x2019 || cp == 0x2bb || cp == 0x2bc ||
		    cp == 0xff0d))
			return false;
	return true;
}

/*
 * The clauses of q from from to to.  Of a run of Han its pairs are the
 * terms, of a lone character itself: a HAN token is held back until it is
 * seen whether a pair begins or ended with it.
 */
static void
part(struct parse *p, size_t from, size_t to, bool quoted)
{
	struct bytes s = bytes_sub(p->q, from, to);
	struct token t, lone = { 0 };
	bool have_lone = false, paired = false;	/* paired: the run goes on */
	size_t last = 0;
	unsigned char keep[64];

	tokens_start(p->tokens, s);
	while (p->err == 0 && tokens_next(p->tokens, &t)) {
		if (t.type == TOKEN_PAIR) {
			if (!quoted && !paired)
				end_clause(p);
			add_term(p, &t, from);
			have_lone = false;
			paired = true;
			last = t.to;
			continue;
		}
		if (have_lone) {
			if (!quoted)
				end_clause(p);
			add_term(p, &lone, from);
			have_lone = false;
		}
		if (t.type == TOKEN_HAN) {
			/* The second half of a pair is in already. */
			if (paired && t.from < last)
				continue;
			paired = false;
			lone = t;
			lone.term = bytes_make(keep, MIN(t.term.n, sizeof(keep)));
			memcpy(keep, t.term.p, lone.term.n);
			have_lone = true;
			last = t.to;
			continue;
		}
		paired = false;
		if (!quoted && !(p->n && p->words &&
		    binds(bytes_sub(s, last, t.from))))
			end_clause(p);
		add_term(p, &t, from);
		last = t.to;
	}
	if (have_lone && p->err == 0) {
		if (!quoted)
			end_clause(p);
		add_term(p, &lone, from);
	}
	if (p->err == 0)
		end_clause(p);
}

/* --- quotes ------------------------------------------------------------- */

/* Length of a quotation mark at at, or 0. */
static size_t
quote_at(struct bytes q, size_t at)
{
	struct bytes rest = bytes_sub(q, at, q.n);

	if (bytes_starts(rest, B("\"")))
		return 1;
	return bytes_starts(rest, B("\xe2\x80\x9c")) ||
	    bytes_starts(rest, B("\xe2\x80\x9d")) ||
	    bytes_starts(rest, B("\xef\xbc\x82")) ? 3 : 0;
}

static size_t
next_quote(struct bytes q, size_t at)
{
	while (at < q.n && quote_at(q, at) == 0)
		at++;
	return at;
}

static void
parts(struct parse *p)
{
	size_t at = 0, open, close;

	while (at < p->q.n && p->err == 0) {
		open = next_quote(p->q, at);
		close = open < p->q.n ?
		    next_quote(p->q, open + quote_at(p->q, open)) : p->q.n;
		if (close == p->q.n) {	/* the rest has no pair of quotes */
			part(p, at, p->q.n, false);
			return;
		}
		part(p, at, open, false);
		if (p->err == 0)
			part(p, open + quote_at(p->q, open), close, true);
		at = close + quote_at(p->q, close);
	}
}

int
search_parse(struct bytes q, struct arena *a, struct search_query *ret,
    const char **why)
{
	struct parse *p;
	int rc;

	if (q.n > LIMIT_QUERY) {
		*why = "the query is longer than 4096 bytes";
		return LEISHU_ELIMIT;
	}
	if (utf8_check(q) != SIZE_MAX) {
		*why = "the query is not UTF-8";
		return LEISHU_ESYNTAX;
	}
	if ((p = calloc(1, sizeof(*p))) == NULL)
		return LEISHU_ENOMEM;
	p->q = q;
	p->a = a;
	if ((rc = tokens_new(&p->tokens)) == 0) {
		parts(p);
		rc = p->err;
	}
	if (rc == LEISHU_ELIMIT)
		*why = "the query has more than 256 terms";
	if (rc == 0 && p->out.n == 0) {
		*why = "the query has no words";
		rc = LEISHU_ESYNTAX;
	}
	if (rc == 0)
		*ret = p->out;
	map_release(&p->known);
	tokens_free(p->tokens);
	free(p);
	return rc;
}
