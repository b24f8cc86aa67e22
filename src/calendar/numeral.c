/* SPDX-License-Identifier: ISC */
#include "calendar/numeral.h"

#include "base/utf8.h"

enum { NOT = -1, TEN = 10, TWENTY = 20, THIRTY = 30, FORTY = 40,
	HUNDRED = 100, THOUSAND = 1000 };

/* What a Han figure counts, financial forms and old ones among them, or NOT. */
static int
figure(uint32_t cp)
{
	switch (cp) {
	case 0x25cb: case 0x3007: case 0x96f6:
		return 0;
	case 0x4e00: case 0x58f1: case 0x58f9: case 0x5f0c:
		return 1;
	case 0x4e24: case 0x4e8c: case 0x5169: case 0x5f0d: case 0x5f10:
	case 0x8cae: case 0x8cb3: case 0x8d30:
		return 2;
	case 0x4e09: case 0x53c1: case 0x53c3: case 0x53c4: case 0x5f0e:
		return 3;
	case 0x56db: case 0x8086:
		return 4;
	case 0x4e94: case 0x4f0d:
		return 5;
	case 0x516d: case 0x9646: case 0x9678:
		return 6;
	case 0x4e03: case 0x67d2: case 0x67e0: case 0x6f06:
		return 7;
	case 0x516b: case 0x634c:
		return 8;
	case 0x4e5d: case 0x7396:
		return 9;
	case 0x5341: case 0x62fe:
		return TEN;
	case 0x5344: case 0x5eff:
		return TWENTY;
	case 0x5345:
		return THIRTY;
	case 0x534c:
		return FORTY;
	case 0x4f70: case 0x767e:
		return HUNDRED;
	case 0x4edf: case 0x5343:
		return THOUSAND;
	default:
		return NOT;
	}
}

/* The code point at p, when it takes three bytes as Han does; else 0. */
static uint32_t
three(struct bytes s, size_t at)
{
	const unsigned char *p = s.p + at;

	if (s.n - at < 3 || p[0] < 0xe2 || p[0] > 0xef || (p[1] & 0xc0) != 0x80 ||
	    (p[2] & 0xc0) != 0x80)
		return 0;
	return (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 |
	    (uint32_t)(p[2] & 63);
}

static struct numeral
arabic(struct bytes s)
{
	struct numeral r = { .arabic = true };
	size_t at = 0;
	uint32_t cp;

	while (at < s.n && r.digits < 60) {
		if (s.p[at] >= '0' && s.p[at] <= '9') {
			cp = (uint32_t)(s.p[at] - '0');
			at++;
		} else if ((cp = three(s, at)) >= 0xff10 && cp <= 0xff19) {
			cp -= 0xff10;
			at += 3;
		} else {
			break;
		}
		r.digits++;
		r.value = MIN(r.value * 10 + (int32_t)cp, NUMERAL_MAX + 1);
	}
	r.bytes = (uint8_t)at;
	return r;
}

#define YOU	0x6709	/* 有, as in 十有一 */
#define YOU_AGAIN	0x53c8	/* 又 */

/*
 * Thousands, hundreds and tens only get smaller.  Two figures in a row, at
 * the start, make it a number written figure by figure.
 */
struct numeral
numeral_read(struct bytes s)
{
	struct numeral r = { 0 };
	int total = 0, last = NOT, unit = 10000, v;
	size_t at = 0;
	uint32_t cp;

	if (s.n && (s.p[0] < 0x80 || s.p[0] == 0xef))
		return arabic(s);
	for (; (cp = at < s.n ? three(s, at) : 0) != 0; at += 3) {
		if ((cp == YOU || cp == YOU_AGAIN) && at && last == NOT &&
		    unit < 10000 && figure(three(s, MIN(at + 3, s.n))) > 0 &&
		    figure(three(s, at + 3)) < 10)
			continue;
		if ((v = figure(cp)) == NOT || at > 60)
			break;
		if (v < 10) {
			if (last != NOT && unit == 10000) {	/* 一九... */
				r.digits = r.digits ? (uint8_t)(r.digits + 1) : 2;
				last = MIN(last * 10 + v, NUMERAL_MAX + 1);
				continue;
			}
			if (last > 0)
				break;		/* 十二三 */
			last = v;
			if (v == 0 && unit < 10000)
				last = NOT;	/* 一百零八 */
			continue;
		}
		if (r.digits)
			break;			/* 一九十 */
		if (v == TWENTY || v == THIRTY || v == FORTY) {
			if (last != NOT || unit <= 10)
				break;
			r.short_tens = true;
			total += v;
			unit = 10;
			continue;
		}
		if (v >= unit)
			break;
		total += (last == NOT ? 1 : last) * v;
		unit = v;
		last = NOT;
	}
	if (last != NOT && !r.digits && unit == 10000)
		r.digits = 1;
	if (last != NOT)
		total += last;
	r.value = MIN(total, NUMERAL_MAX + 1);
	r.bytes = (uint8_t)at;
	return r;
}

static const char han[10][4] = {
	"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"
};

void
numeral_text(int n, char out[NUMERAL_TEXT])
{
	static const struct {
		int unit;
		char name[4];
	} units[] = { { 1000, "千" }, { 100, "百" }, { 10, "十" }, { 1, "" } };
	bool gap = false, begun = false;
	char *p = out;
	size_t i;

	if (n < 0 || n > 9999)
		n = 0;
	*p = 0;
	for (i = 0; i < NELEM(units); i++) {
		int d = n / units[i].unit % 10;

		if (d == 0) {
			gap = begun;
			continue;
		}
		if (gap) {
			memcpy(p, "零", 3);
			p += 3;
		}
		gap = false;
		if (!(units[i].unit == 10 && d == 1 && !begun)) {
			memcpy(p, han[d], 3);
			p += 3;
		}
		memcpy(p, units[i].name, 4);
		p += strlen(units[i].name);
		begun = true;
	}
	if (!begun) {
		memcpy(p, han[0], 3);
		p += 3;
	}
	*p = 0;
}

void
numeral_year(int n, char out[NUMERAL_TEXT])
{
	if (n == 1)
		memcpy(out, "元", 4);
	else
		numeral_text(n, out);
}
