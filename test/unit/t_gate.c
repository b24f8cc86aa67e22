/* SPDX-License-Identifier: ISC */
#include "t.h"

#include "serve/gate.h"

/* path NULL: refused. */
static const struct {
	const char *raw, *path, *q;
} addresses[] = {
	{ "/", "/", "" },
	{ "/e/a%20b", "/e/a b", "" },
	{ "/e/%E9%95%B7%E5%AE%89", "/e/長安", "" },
	{ "/e/a+b", "/e/a+b", "" },
	{ "/search?q=a+b%26c", "/search", "a b&c" },
	{ "/search?x=1&q=2&q=3", "/search", "2" },
	{ "/search?q", "/search", "" },
	{ "/search?&&q=1&", "/search", "1" },
	{ "/a#b?q=1", "/a", "" },
	{ "/a..b/...", "/a..b/...", "" },
	{ "", NULL, NULL },
	{ "e", NULL, NULL },
	{ "*", NULL, NULL },
	{ "http://x/", NULL, NULL },
	{ "/%", NULL, NULL },
	{ "/%4", NULL, NULL },
	{ "/%g0", NULL, NULL },
	{ "/%00", NULL, NULL },
	{ "/%0a", NULL, NULL },
	{ "/..", NULL, NULL },
	{ "/a/../b", NULL, NULL },
	{ "/a/%2e%2e/b", NULL, NULL },
	{ "/a/%2e%2e%2fb", NULL, NULL },
	{ "/./a", NULL, NULL },
	{ "/a\\b", NULL, NULL },
	{ "/%ff", NULL, NULL },
	{ "/%c0%af", NULL, NULL },
	{ "/search?q=%", NULL, NULL },
	{ "/search?q=%00", NULL, NULL },
	{ "/search?q=%ed%a0%80", NULL, NULL },
};

static const struct {
	const char *head[4][2];
	bool ok;
	const char *why;
} heads[] = {
	{ { { "Host", "x" } }, true, "plain" },
	{ { { "Host", "x:80" }, { "Content-Length", "5" }, { "content-length", "5" } }, true, "same length twice" },
	{ { { "Host", "x" }, { "Content-Length", "5" }, { "Content-Length", "6" } }, false, "differing length" },
	{ { { "Host", "x" }, { "Content-Length", "5, 5" } }, false, "a list" },
	{ { { "Host", "x" }, { "Content-Length", "+5" } }, false, "a sign" },
	{ { { "Host", "x" }, { "Content-Length", "" } }, false, "empty" },
	{ { { "Host", "x" }, { "Content-Length", "5" }, { "Transfer-Encoding", "chunked" } }, false, "both" },
	{ { { "Host", "x" }, { "host", "x" } }, false, "two hosts" },
	{ { { "Accept", "x" } }, false, "no host" },
	{ { { "Host ", "x" } }, false, "space before the colon" },
	{ { { "Host", "x" }, { "A\tB", "x" } }, false, "tab in a name" },
	{ { { "Host", "x" }, { "A", "b\x01" } }, false, "control character" },
	{ { { "Host", "x" }, { "A", "b\tc" } }, true, "tab in a value" },
	{ { { "Host", "x<y" } }, false, "a host that is none" },
	{ { { "Host", "[::1]:80" } }, true, "a number as host" },
};

static const struct { const char *accept; enum ui ui; } languages[] = {
	{ "", UI_EN }, { "en-GB,en;q=0.9", UI_EN }, { "zh", UI_HANS },
	{ "zh-CN,zh;q=0.9,en;q=0.8", UI_HANS }, { "zh-TW", UI_HANT },
	{ "zh-Hant-MO", UI_HANT }, { "zh-HK;q=0.2,en;q=0.1", UI_HANT },
	{ "en;q=0.3, zh-TW;q=0.4", UI_HANT }, { "fr,de", UI_EN },
	{ "fr, zh-Hans;q=0.1", UI_HANS }, { "zh;q=0", UI_EN }, { ";;;,,q=", UI_EN },
	{ "zhx", UI_EN }, { "ZH-tw", UI_HANT },
};

static const struct { const char *accept; enum coding coding; } encodings[] = {
	{ "", CODING_PLAIN }, { "gzip", CODING_GZIP }, { "br, gzip;q=0.1", CODING_GZIP },
	{ "gzip;q=0", CODING_PLAIN }, { "gzip;q=0.000", CODING_PLAIN }, { "*", CODING_GZIP },
	{ "*;q=0", CODING_NONE }, { "br", CODING_PLAIN }, { "GZIP", CODING_GZIP },
	{ "gzip;q=0, *", CODING_PLAIN }, { "identity", CODING_PLAIN },
	{ "gzip;q=0.5, identity", CODING_PLAIN }, { "gzip, identity", CODING_GZIP },
	{ "gzip;q=0.5, identity;q=0.4", CODING_GZIP }, { "identity;q=0", CODING_NONE },
	{ "gzip, identity;q=0", CODING_GZIP_ONLY }, { "gzip;q=0.2, *;q=0", CODING_GZIP_ONLY },
	{ "identity, *;q=0", CODING_PLAIN }, { "identity;q=0, gzip;q=0", CODING_NONE },
	{ "x-gzip", CODING_GZIP }, { "zstd, br;q=0.5", CODING_PLAIN },
};

static const struct { const char *list; bool yes; } tags[] = {
	{ "\"a\"", true }, { "W/\"a\"", true }, { "\"b\", \"a\"", true }, { "*", true },
	{ "\"b\"", false }, { "a", false }, { "", false }, { "\"a", false },
};

static const struct { const char *cookie, *out; } cookies[] = {
	{ "", "en.auto.hant.off" },
	{ "leishu=zh-Hans.dark.hans.ruby", "zh-Hans.dark.hans.ruby" },
	{ "a=b; leishu=dark; c=d", "en.dark.hant.off" },
	{ "xleishu=dark", "en.auto.hant.off" },
	{ "leishu=....x.y.light", "en.light.hant.off" },
	{ "leishu=", "en.auto.hant.off" },
	{ ";;;=;", "en.auto.hant.off" },
};

static void
test_addresses(void)
{
	struct arena a = { 0 };
	struct address ad;
	const char *why;
	size_t i;

	for (i = 0; i < NELEM(addresses); i++) {
		t_case("address %s", addresses[i].raw);
		why = gate_address(bytes_str(addresses[i].raw), &a, &ad);
		t_ok((why == NULL) == (addresses[i].path != NULL));
		if (why == NULL && addresses[i].path) {
			t_bytes(ad.path, bytes_str(addresses[i].path));
			t_bytes(address_get(&ad, "q"), bytes_str(addresses[i].q));
		}
		arena_clear(&a);
	}
	t_case("too many parameters");
	{
		struct buf b = { 0 };

		buf_puts(&b, "/?");
		for (i = 0; i <= PARAMS_MAX; i++)
			buf_puts(&b, "a=b&");
		t_ok(gate_address(buf_view(&b), &a, &ad) != NULL);
		b.n -= 4;
		t_ok(gate_address(buf_view(&b), &a, &ad) == NULL);
		buf_release(&b);
	}
	arena_release(&a);
}

static void
test_headers(void)
{
	size_t i, k;

	for (i = 0; i < NELEM(heads); i++) {
		struct headers h = { 0 };
		const char *why = NULL;

		t_case("headers: %s", heads[i].why);
		for (k = 0; k < 4 && heads[i].head[k][0] && why == NULL; k++)
			why = gate_header(&h, bytes_str(heads[i].head[k][0]),
			    bytes_str(heads[i].head[k][1]));
		if (why == NULL)
			why = gate_headers_end(&h);
		t_int(why == NULL, heads[i].ok);
	}
}

int
main(void)
{
	struct buf b = { 0 };
	size_t i;

	test_addresses();
	test_headers();
	for (i = 0; i < NELEM(languages); i++) {
		t_case("language '%s'", languages[i].accept);
		t_int(ui_from_accept(bytes_str(languages[i].accept)), languages[i].ui);
	}
	for (i = 0; i < NELEM(encodings); i++) {
		t_case("encoding '%s'", encodings[i].accept);
		t_int(coding_of(bytes_str(encodings[i].accept)), encodings[i].coding);
	}
	for (i = 0; i < NELEM(tags); i++) {
		t_case("tag '%s'", tags[i].list);
		t_int(etag_match(bytes_str(tags[i].list), B("\"a\"")), tags[i].yes);
	}
	for (i = 0; i < NELEM(cookies); i++) {
		struct prefs p = { 0 };

		t_case("cookie '%s'", cookies[i].cookie);
		prefs_read(&p, bytes_str(cookies[i].cookie));
		buf_clear(&b);
		prefs_write(&p, &b);
		t_bytes(buf_view(&b), bytes_str(cookies[i].out));
	}
	buf_release(&b);
	return t_done();
}
