/* SPDX-License-Identifier: ISC */
/* The collection that `leishu new` writes: three entries that show the ropes. */
#include <leishu/new.h>

#include "base/arena.h"
#include "collection/inside.h"
#include "sys/dir.h"
#include "sys/file.h"

static const struct {
	const char *name;
	const char *text;	/* NULL: a folder */
} files[] = {
	{ "entries", NULL },
	{ "entries/people", NULL },
	{ "entries/places", NULL },
	{ "entries/works", NULL },
	{ "leishu.yaml",
"title: A New Encyclopaedia\n"
"description: What this collection is about, in a sentence.\n"
"editors: [Your Name]\n"
"licence: CC-BY-4.0\n"
"language: en\n"
"divisions:\n"
"  - {id: people, title: People}\n"
"  - {id: places, title: Places}\n"
"  - {id: works, title: Works}\n" },
	{ "README.md",
"# A new encyclopaedia\n"
"\n"
"Write entries below `entries/`, one file each; `leishu check` looks for\n"
"slips, `leishu serve .` shows the whole at http://127.0.0.1:8080 and follows\n"
"every change, `leishu build . -o my.book` makes one file of it.\n" },
	{ "references.json",
"[\n"
" {\"id\": \"knechtges2010\", \"type\": \"book\",\n"
"  \"editor\": [{\"family\": \"Knechtges\", \"given\": \"David R.\"},"
" {\"family\": \"Chang\", \"given\": \"Taiping\"}],\n"
"  \"title\": \"Ancient and Early Medieval Chinese Literature: A Reference Guide\",\n"
"  \"publisher\": \"Brill\", \"publisher-place\": \"Leiden\","
" \"issued\": {\"date-parts\": [[2010]]}}\n"
"]\n" },
	{ "entries/people/wang-xizhi.md",
"---\n"
"title: Wang Xizhi\n"
"kind: person\n"
"names:\n"
"  - 王羲之              # how it is read is found and shown\n"
"  - 逸少\n"
"author: Your Name\n"
"subjects: [art/calligraphy]\n"
"person: {born: 0303~, died: 0361~, birthplace: Langya}\n"
"---\n"
"Wang Xizhi 王羲之 was an official of the Eastern Jin period, and is held to be\n"
"the greatest of Chinese calligraphers. He gave up his last post, that of a\n"
"governor of Guiji 會稽, in 355. His best-known work is the [[lanting-preface]],\n"
"written in 353 at the [[orchid-pavilion|Orchid Pavilion]] [@knechtges2010].\n"
"\n"
"No stroke of his own hand survives: what is known of it rests on copies.\n" },
	{ "entries/places/orchid-pavilion.md",
"---\n"
"title: Orchid Pavilion\n"
"kind: place\n"
"names:\n"
"  - 蘭亭\n"
"  - Lanting\n"
"author: Your Name\n"
"subjects: [history/places]\n"
"place: {type: garden, at: [29.93, 120.51], within: Shaoxing}\n"
"---\n"
"The Orchid Pavilion (Lanting 蘭亭) lies in the hills south-west of Shaoxing\n"
"紹興 in Zhejiang. On the third day of the third month of 永和九年 (353), friends\n"
"of [[wang-xizhi]] sat along a winding stream there. Cups of wine were floated\n"
"down to them, and who had no poem ready when one stopped had to drink.\n" },
	{ "entries/works/lanting-preface.md",
"---\n"
"title: Preface to the Poems of the Orchid Pavilion\n"
"kind: work\n"
"names:\n"
"  - 蘭亭集序\n"
"  - Lantingji xu\n"
"  - {form: Orchid Pavilion Preface, lang: en}\n"
"author: Your Name\n"
"subjects: [literature/prose, art/calligraphy]\n"
"work: {author: Wang Xizhi, date: 0353}\n"
"---\n"
"The *Preface to the Poems of the Orchid Pavilion* (*Lantingji xu* 蘭亭集序) is a\n"
"short piece of prose by [[wang-xizhi|Wang Xizhi]] about a day at the\n"
"[[orchid-pavilion|Orchid Pavilion]]. It begins with the joy of the company:\n"
"\n"
"> 永和九年，歲在癸丑，暮春之初，會于會稽山陰之蘭亭，修禊事也。\n"
"\n"
"and ends with how short such joy is.[^1]\n"
"\n"
"[^1]: The sheet itself is said to have been buried with an emperor of Tang 唐.\n" },
};

static int
write_file(const char *path, struct bytes text)
{
	struct sys_out *o = NULL;
	int rc;

	if ((rc = sys_out_open(path, &o)) < 0)
		return rc;
	sys_out_write(o, text);
	return sys_out_commit(o);
}

int
leishu_new(const char *dir)
{
	struct sys_info info = sys_info(dir);
	struct sys_dirent *list;
	struct arena a = { 0 };
	const char *path;
	size_t i, n = 0;
	int rc = 0;

	if (info.kind == SYS_DIR)
		rc = sys_dir_list(dir, &a, &list, &n);
	else if (info.kind == SYS_NONE)
		rc = sys_dir_make(dir);
	else
		rc = LEISHU_EINVAL;
	if (rc == 0 && n)
		rc = LEISHU_EINVAL;
	for (i = 0; i < NELEM(files) && rc == 0; i++) {
		if ((path = path_join(&a, dir, bytes_str(files[i].name))) == NULL)
			rc = LEISHU_ENOMEM;
		else if (files[i].text == NULL)
			rc = sys_dir_make(path);
		else
			rc = write_file(path, bytes_str(files[i].text));
	}
	arena_release(&a);
	return rc;
}
