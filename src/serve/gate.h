/* SPDX-License-Identifier: ISC */
#ifndef SERVE_GATE_H
#define SERVE_GATE_H

#include "base/arena.h"
#include "render/page.h"

/*
 * The request gate: everything a client sends is read here, without a
 * socket in sight, so that tests and the fuzzer can drive it.  Functions
 * that refuse give a reason, one English clause; NULL is "fine".
 */

/* --- the address ---------------------------------------------------------- */

#define PARAMS_MAX	24
#define URI_MAX		8192

struct param {
	struct bytes key, value;
};

struct address {
	struct bytes path;	/* decoded, begins with "/" */
	struct param param[PARAMS_MAX];
	size_t n_params;
};

/* Splits and decodes "/a%20b?c=d"; what it gives lives in the arena. */
const char	*gate_address(struct bytes raw, struct arena *a, struct address *ret) MUST_CHECK;
/* The same for a body of application/x-www-form-urlencoded. */
const char	*gate_form(struct bytes raw, struct arena *a, struct address *ret) MUST_CHECK;
/* The first value of a parameter; empty when it is not there. */
struct bytes	address_get(const struct address *ad, const char *key);
bool	address_has(const struct address *ad, const char *key);

/* --- headers -------------------------------------------------------------- */

/*
 * What the headers say, gathered one after another.  Those that could mean
 * two things to two servers (smuggling) are refused.
 */
struct headers {
	struct bytes host, accept, language, encoding, cookie, none_match, type, length;
	unsigned n_host, n_length;
	bool transfer, http10;
};

const char	*gate_header(struct headers *h, struct bytes name, struct bytes value) MUST_CHECK;
/* After the last one. */
const char	*gate_headers_end(const struct headers *h) MUST_CHECK;

enum ui	ui_from_accept(struct bytes accept_language);
/* How a body may be sent; NONE: not at all (406). */
enum coding { CODING_PLAIN, CODING_GZIP, CODING_GZIP_ONLY, CODING_NONE };
enum coding	coding_of(struct bytes accept_encoding);
/* Is etag (with its quotes) among those of If-None-Match? */
bool	etag_match(struct bytes none_match, struct bytes etag);

/* --- what the reader chose ------------------------------------------------ */

enum theme { THEME_AUTO, THEME_LIGHT, THEME_DARK, THEME__MAX };

struct prefs {
	uint8_t ui;		/* enum ui */
	uint8_t theme;		/* enum theme */
	bool hans;		/* simplified characters first */
	bool ruby;
};

/* From the cookie "leishu=en.auto.hant.off"; what it lacks is left alone. */
void	prefs_read(struct prefs *p, struct bytes cookie);
/* One field by its word ("dark", "zh-Hant", ...); false when unknown. */
bool	prefs_set(struct prefs *p, struct bytes word);
void	prefs_write(const struct prefs *p, struct buf *out);

#endif
