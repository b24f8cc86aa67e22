/* SPDX-License-Identifier: ISC */
/*
 * Feeds every file of the folders named to a fuzz target, once, with the
 * empty input and every prefix of a short one besides.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORT	256	/* of inputs up to here all prefixes are tried */

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
/* A target may leave this out; it is called once when it is there. */
int	LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

/* An exact-size copy, so that a read past the end is seen. */
static void
feed(const uint8_t *p, size_t n)
{
	uint8_t *copy = malloc(n ? n : 1);

	if (copy == NULL)
		abort();
	if (n)
		memcpy(copy, p, n);
	(void)LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static int
feed_file(const char *dir, const char *name)
{
	char path[4096];
	uint8_t *p = NULL;
	size_t n = 0, cap = 0, i;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	if ((f = fopen(path, "rb")) == NULL)
		return -1;
	do {
		if (n == cap) {
			cap = cap ? cap * 2 : 65536;
			if ((p = realloc(p, cap)) == NULL)
				abort();
		}
		i = fread(p + n, 1, cap - n, f);
		n += i;
	} while (i > 0);
	(void)fclose(f);
	feed(p, n);
	if (n <= SHORT)
		for (i = 1; i < n; i++)
			feed(p, i);
	free(p);
	return 0;
}

int
main(int argc, char **argv)
{
	struct dirent *d;
	int i, n = 1;
	DIR *dir;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (LLVMFuzzerInitialize)
		(void)LLVMFuzzerInitialize(&argc, &argv);
	feed((const uint8_t *)"", 0);
	printf("ok 1 - the empty input\n");
	for (i = 1; i < argc; i++) {
		if ((dir = opendir(argv[i])) == NULL)
			continue;
		while ((d = readdir(dir)) != NULL) {
			if (d->d_name[0] == '.')
				continue;
			printf("%sok %d - %s\n",
			    feed_file(argv[i], d->d_name) ? "not " : "", ++n,
			    d->d_name);
		}
		(void)closedir(dir);
	}
	printf("1..%d\n", n);
	return 0;
}
