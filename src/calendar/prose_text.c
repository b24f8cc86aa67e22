/* SPDX-License-Identifier: ISC */
/* Characters and numerals of Chinese running text; prose_han.h. */
#include "calendar/prose_han.h"

#include "base/utf8.h"

uint32_t
cp_at(struct bytes s, size_t at, size_t *to)
{
	uint32_t cp = 0;

	*to = at;
	if (!utf8_next(s, to, &cp))
		return 0;
	return cp;
}

uint32_t
cp_before(struct bytes s, size_t at, size_t *from)
{
	size_t to;

	if (at == 0) {
		*from = 0;
		return 0;
	}
	*from = utf8_prev(s, at);
	return cp_at(s, *from, &to);
}

bool
cp_in(uint32_t cp, const char *set)
{
	struct bytes b = bytes_str(set);
	size_t at = 0;
	uint32_t c;

	while (utf8_next(b, &at, &c))
		if (c == cp)
			return true;
	return false;
}

int
numeral(uint32_t cp)
{
	static const struct {
		uint16_t cp;
		int16_t v;
	} han[] = {
		{ 0x3007, 0 }, { 0x96f6, 0 }, { 0x25cb, 0 }, { 0x4e00, 1 },
		{ 0x4e8c, 2 }, { 0x5169, 2 }, { 0x4e24, 2 }, { 0x4e09, 3 },
		{ 0x56db, 4 }, { 0x4e94, 5 }, { 0x516d, 6 }, { 0x4e03, 7 },
		{ 0x516b, 8 }, { 0x4e5d, 9 }, { 0x5341, 10 }, { 0x5eff, 20 },
		{ 0x5345, 30 }, { 0x534c, 40 }, { 0x767e, 100 }, { 0x5343, 1000 },
	};
	size_t i;

	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp >= 0xff10 && cp <= 0xff19)
		return (int)(cp - 0xff10);
	for (i = 0; i < NELEM(han); i++)
		if (han[i].cp == cp)
			return han[i].v;
	return -1;
}

struct number
number_before(struct bytes s, size_t to)
{
	struct number n = { to, to, 0, 0, true };
	int32_t total = 0, digit = -1;
	size_t at, from;

	while (n.chars < 9 && numeral(cp_before(s, n.from, &from)) >= 0 &&
	    from < n.from) {
		n.from = from;
		n.chars++;
	}
	for (at = n.from; at < to;) {
		int v = numeral(cp_at(s, at, &at));

		if (v >= 10)
			n.positional = false;
	}
	for (at = n.from; at < to;) {
		int v = numeral(cp_at(s, at, &at));

		if (n.positional)
			total = total * 10 + v;
		else if (v < 10)
			digit = v;
		else if (v == 20 || v == 30 || v == 40) {
			total += v;
			digit = -1;
		} else {
			total += (digit < 0 ? 1 : digit) * v;
			digit = -1;
		}
	}
	n.v = n.positional ? total : total + MAX(digit, 0);
	return n;
}

bool
ganzhi_at(struct bytes s, size_t at, size_t *to)
{
	size_t next;

	return cp_in(cp_at(s, at, &next), "甲乙丙丁戊己庚辛壬癸") &&
	    cp_in(cp_at(s, next, to), "子丑寅卯辰巳午未申酉戌亥");
}

bool
sentence_start(struct bytes s, size_t at)
{
	size_t from;
	uint32_t cp = cp_before(s, at, &from);

	return at == 0 || cp_in(cp, "。，；：、！？「『（(,.;:\n　 “‘《”");
}

bool
follows(struct bytes s, size_t at, const char *word)
{
	return bytes_starts(bytes_sub(s, at, s.n), bytes_str(word));
}

bool
precedes(struct bytes s, size_t at, const char *word)
{
	return bytes_ends(bytes_sub(s, 0, at), bytes_str(word));
}
