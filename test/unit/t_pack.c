/* SPDX-License-Identifier: ISC */
#include "t.h"

#include <unistd.h>

#include "pack/pack.h"
#include "sys/file.h"

static char path[] = "/tmp/leishu-t_pack-XXXXXX";

/* A pack of four chunks: one empty, one large, two from another writer. */
static void
write_pack(void)
{
	struct pack_writer *w, *part;
	unsigned char *big = malloc(PACK_SMALL + 100);

	memset(big, 'B', PACK_SMALL + 100);
	t_int(pack_writer_open(path, &w), 0);
	t_int(pack_writer_part("/tmp", &part), 0);
	pack_chunk(part, TAG('t', 'w', 'o', '1'));
	pack_write(part, bytes_make(big, PACK_SMALL + 100));
	pack_chunk(w, TAG('o', 'n', 'e', ' '));
	pack_write(w, B("abc"));
	pack_write(w, B("defgh"));
	t_int(pack_tell(w), 8);
	pack_chunk(w, TAG('n', 'o', 'n', 'e'));
	pack_chunk(part, TAG('t', 'w', 'o', '2'));
	pack_write(part, B("12345"));
	pack_splice(w, part);
	t_int(pack_error(w), 0);
	t_int(pack_commit(w), 0);
	free(big);
}

/* What a reader says to img: by open, else by verify. */
static int
judge(struct bytes img, char chunk[5])
{
	struct pack *p;
	int rc;

	memset(chunk, 0, 5);
	if ((rc = pack_open(img, chunk, &p)) < 0)
		return rc;
	rc = pack_verify(p, chunk);
	pack_close(p);
	return rc;
}

static void
test_damage(struct bytes img)
{
	unsigned char *copy = malloc(img.n);
	char chunk[5];
	size_t i, passed = 0, unnamed = 0;
	int bit;

	t_case("every proper beginning of a pack is refused, by name");
	for (i = 0; i < img.n; i++) {
		/* An exact copy, so that a read past it is seen. */
		unsigned char *cut = malloc(i + 1);

		memcpy(cut, img.p, i);
		passed += judge(bytes_make(cut, i), chunk) == 0;
		unnamed += chunk[0] == 0;
		free(cut);
		if (i == 400)	/* then the large chunk: enough of it */
			i = MAX(i, img.n - 300);
	}
	t_int(passed, 0);
	t_int(unnamed, 0);

	t_case("every flipped bit of frame and small chunks is found, by name");
	memcpy(copy, img.p, img.n);
	for (i = 0, passed = unnamed = 0; i < img.n; i++) {
		for (bit = 0; bit < 8; bit++) {
			copy[i] ^= (unsigned char)(1 << bit);
			passed += judge(bytes_make(copy, img.n), chunk) == 0;
			unnamed += chunk[0] == 0;
			copy[i] ^= (unsigned char)(1 << bit);
		}
		if (i == 400)
			i = MAX(i, img.n - 300);
	}
	t_int(passed, 0);
	t_int(unnamed, 0);
	t_int(judge(bytes_make(copy, img.n), chunk), 0);
	free(copy);
}

int
main(void)
{
	struct pack_writer *w;
	struct sys_map m;
	struct pack *p;
	const struct pack_row *row;
	char chunk[5];
	size_t n;
	int fd = mkstemp(path);

	if (fd < 0)
		return t_skip_all("no file in /tmp");
	(void)close(fd);
	t_case("what was written is read, in the order it was written");
	write_pack();
	t_int(sys_map_open(path, &m), 0);
	t_int(pack_open(m.b, chunk, &p), 0);
	t_bytes(pack_get(p, TAG('o', 'n', 'e', ' ')), B("abcdefgh"));
	t_bytes(pack_get(p, TAG('t', 'w', 'o', '2')), B("12345"));
	t_int(pack_get(p, TAG('t', 'w', 'o', '1')).n, PACK_SMALL + 100);
	t_int(pack_get(p, TAG('n', 'o', 'n', 'e')).n, 0);
	t_int(pack_get(p, TAG('x', 'x', 'x', 'x')).n, 0);
	row = pack_rows(p, &n);
	t_int(n, 4);
	t_int(row[2].tag, TAG('t', 'w', 'o', '1'));
	t_int(row[2].off % 8, 0);
	t_int(pack_verify(p, chunk), 0);
	pack_close(p);
	test_damage(m.b);
	sys_map_close(&m);

	t_case("two chunks of one tag are refused and nothing appears");
	(void)unlink(path);
	t_int(pack_writer_open(path, &w), 0);
	pack_chunk(w, TAG('o', 'n', 'e', ' '));
	pack_chunk(w, TAG('o', 'n', 'e', ' '));
	t_int(pack_error(w), LEISHU_EINVAL);
	t_int(pack_commit(w), LEISHU_EINVAL);
	t_int(access(path, F_OK), -1);

	t_case("more chunks than there may be are refused");
	t_int(pack_writer_open(path, &w), 0);
	for (n = 0; n < PACK_CHUNKS; n++)
		pack_chunk(w, (uint32_t)n);
	t_int(pack_error(w), 0);
	pack_chunk(w, 1000);
	t_int(pack_error(w), LEISHU_ELIMIT);
	pack_abort(w);

	t_case("a tag is shown by its letters");
	pack_tag_name(TAG('a', 0, '\n', 'z'), chunk);
	t_str(chunk, "a??z");
	return t_done();
}
