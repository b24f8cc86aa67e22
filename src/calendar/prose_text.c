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
	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp >= 0xff10 && cp <= 0xff19)
		return (int)(cp - 0xff10);
	switch (cp) {
	case 0x3007: case 0x96f6: case 0x25cb:	/* 〇 零 ○ */
		return 0;
	case 0x4e00:
		return 1;
	case 0x4e8c: case 0x5169: case 0x4e24:	/* 二 兩 两 */
		return 2;
	case 0x4e09:
		return 3;
	case 0x56db:
		return 4;
	case 0x4e94:
		return 5;
	case 0x516d:
		return 6;
	case 0x4e03:
		return 7;
	case 0x516b:
		return 8;
	case 0x4e5d:
		return 9;
	case 0x5341:
		return 10;
	case 0x5eff:	/* 廿 */
		return 20;
	case 0x5345:	/* 卅 */
		return 30;
	case 0x534c:	/* 卌 */
		return 40;
	case 0x767e:
		return 100;
	case 0x5343:
		return 1000;
	default:
		return -1;
	}
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

	switch (cp_at(s, at, &next)) {
	case 0x7532: case 0x4e59: case 0x4e19: case 0x4e01: case 0x620a:
	case 0x5df1: case 0x5e9a: case 0x8f9b: case 0x58ec: case 0x7678:
		break;		/* the ten stems */
	default:
		return false;
	}
	switch (cp_at(s, next, to)) {
	case 0x5b50: case 0x4e11: case 0x5bc5: case 0x536f: case 0x8fb0:
	case 0x5df3: case 0x5348: case 0x672a: case 0x7533: case 0x9149:
	case 0x620c: case 0x4ea5:
		return true;	/* the twelve branches */
	default:
		return false;
	}
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
