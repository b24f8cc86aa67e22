/* SPDX-License-Identifier: ISC */
/* What the reader chose, kept in a cookie; then back to the page. */
#include "serve/inside.h"

/* A path of this server: nothing that could lead elsewhere. */
static bool
is_local(struct bytes s)
{
	size_t i;

	if (s.n == 0 || s.p[0] != '/' || s.n > URI_MAX)
		return false;
	for (i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f || s.p[i] == '\\')
			return false;
	return s.n < 2 || s.p[1] != '/';
}

void
page_prefs(struct ctx *c)
{
	static const char *const fields[] = { "theme", "han", "ruby", "ui" };
	struct prefs p = c->rq->prefs;
	struct address form;
	struct buf cookie = { 0 };
	struct bytes back;
	const char *why;
	size_t i;

	if ((why = gate_form(c->rq->body, c->a, &form)) != NULL) {
		fail_gate(c, 400, why);
		return;
	}
	for (i = 0; i < NELEM(fields); i++)
		if (address_has(&form, fields[i]) &&
		    !prefs_set(&p, address_get(&form, fields[i]))) {
			fail_param(c, fields[i], "is none of the choices");
			return;
		}
	buf_puts(&cookie, "leishu=");
	prefs_write(&p, &cookie);
	buf_puts(&cookie, "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
	c->cookie = arena_str(c->a, buf_view(&cookie));
	buf_release(&cookie);
	back = address_get(&form, "back");
	c->location = is_local(back) ? arena_str(c->a, back) : "/";
	c->status = 303;
}
