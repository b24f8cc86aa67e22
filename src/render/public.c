/* SPDX-License-Identifier: ISC */
/* What <leishu/render.h> promises. */
#include <leishu/render.h>

#include "book/handle.h"
#include "render/render.h"

static const char *const names[LEISHU_FORM__MAX] = {
	[LEISHU_FORM_TEXT] = "text", [LEISHU_FORM_HTML] = "html",
	[LEISHU_FORM_MARKDOWN] = "md", [LEISHU_FORM_JSON] = "json",
	[LEISHU_FORM_SOURCE] = "source",
};

int
leishu_form_find(const char *name)
{
	int i;

	for (i = 0; name && i < LEISHU_FORM__MAX; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

static int
html(const struct entry *e, const struct render_env *env, struct arena *a, struct buf *out)
{
	struct render *r;
	int rc;

	if ((rc = render_new(e, env, a, &r)) < 0)
		return rc;
	render_article(r, out);
	render_free(r);
	return out->err;
}

static int
json(const struct entry *e, const struct render_env *env, struct arena *a, struct buf *out)
{
	int rc = render_json(e, env, a, out);

	buf_putc(out, '\n');
	return rc;
}

int
leishu_render(const struct leishu_book *b, uint32_t no, enum leishu_form form,
    leishu_sink *put, void *ctx)
{
	struct render_env env = { .book = book_of(b), .no = no, .base = "/e/",
	    .site = B("Leishu") };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct entry *e;
	int rc;

	if (no >= leishu_book_count(b))
		return LEISHU_EINVAL;
	if (form == LEISHU_FORM_SOURCE)
		return leishu_book_source(b, no, put, ctx);
	if ((rc = book_entry(env.book, no, &a, &e)) < 0)
		goto out;
	switch (form) {
	case LEISHU_FORM_TEXT:
		rc = render_text(e, &env, &a, &out);
		break;
	case LEISHU_FORM_HTML:
		rc = html(e, &env, &a, &out);
		break;
	case LEISHU_FORM_MARKDOWN:
		rc = render_markdown(e, &out);
		break;
	case LEISHU_FORM_JSON:
		rc = json(e, &env, &a, &out);
		break;
	default:
		rc = LEISHU_EINVAL;
	}
	if (rc == 0)
		rc = put(ctx, out.p, out.n);
out:
	buf_release(&out);
	arena_release(&a);
	return rc;
}
