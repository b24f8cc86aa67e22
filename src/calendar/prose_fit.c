/* SPDX-License-Identifier: ISC */
/* Does a number that could be a year stand where a year stands?  prose_fit.h */
#include "calendar/prose_fit.h"

#include "calendar/date_word.h"

static bool
is_capital(int c)
{
	return c >= 'A' && c <= 'Z';
}

int
byte_at(struct bytes s, size_t i)
{
	return i < s.n ? s.p[i] : -1;
}

struct bytes
word_before(struct bytes s, size_t at)
{
	size_t end, from;

	while (at && (s.p[at - 1] == ' ' || s.p[at - 1] == '\n' ||
	    s.p[at - 1] == '('))
		at--;
	end = at;
	while (at && end - at < 16 && (is_letter(s.p[at - 1]) ||
	    s.p[at - 1] >= 0x80 || s.p[at - 1] == '.'))
		at--;
	from = at;
	return bytes_sub(s, from, end);
}

bool
word_in(struct bytes w, const char *const *list)
{
	for (; *list; list++) {
		const char *l = *list;
		size_t i;

		for (i = 0; i < w.n && l[i]; i++) {
			int c = w.p[i];

			if (c >= 'A' && c <= 'Z')
				c |= 0x20;
			if (c != (unsigned char)l[i])
				break;
		}
		if (i == w.n && l[i] == 0)
			return true;
	}
	return false;
}

/* What stands before a number that counts or points. */
static const char *const no_year_before[] = {
	"p.", "pp.", "page", "pages", "vol.", "vols.", "volume", "volumes",
	"no.", "nos.", "nr.", "number", "numbers", "chapter", "ch.", "chap.",
	"juan", "line", "lines", "note", "n.", "nn.", "fig.", "figure", "plate",
	"pl.", "table", "item", "section", "art.", "article", "col.", "fol.",
	"ff.", "over", "nearly", "almost", "than", "some", "only", "isbn",
	"flight", "not", "being", "whom", "which", "psalm", "divide", "room",
	"catalogue", "cat.", "document", "doc.", "verse", "height",
	"exceeding", "least", "most", "with", "per", "с.", "стр.",
	"т.", "ст.", "гл.", "п.", "№", "том", "более", "менее", "свыше", "почти", NULL
};

const char *const year_before[] = {
	"in", "since", "until", "till", "year", "after", "before",
	"between", "during", "в", "с", "до", "после", "к", NULL
};

/* Words behind a number that do not make it a count though they end in s. */
static const char *const no_plural[] = {
	"was", "is", "has", "as", "this", "his", "its", "thus", "s", "us",
	"does", "always", "across", "perhaps", "various", "numerous", "besides",
	"towards", "afterwards", "whereas", "unless", "yes", "marks", "saw",
	"sees", "brings", "opens", "begins", "ends", "shows", "gives", "finds",
	NULL
};

/* Words behind a number that count, plural or not. */
static const char *const units[] = {
	"men", "people", "miles", "km", "kilometres", "kilometers", "m", "cm",
	"mm", "metres", "meters", "feet", "ft", "li", "mu", "tons", "tonnes",
	"million", "billion", "thousand", "hundred", "percent", "per", "cash",
	"copies", "pages", "juan", "horse", "cavalry", "infantry", "troops",
	"dollars", "rubles", "roubles", "yuan", "taels", "catties", "shi",
	"lb", "lbs", "oz", "grains", "gallons", "foot", "souls", "persons",
	"soldiers", "inhabitants", "houses", "ships", "guns", "pounds", "livres",
	"square", "cubic", "households", "families", "times", "acres", "kg",
	"women", "children",
	"or", "inches", "yards", "sheep", "cattle", "head", "prisoners",
	"years", "days", "months", "weeks", "hours", "degrees", "words",
	"человек", "км", "метров", "страниц", "рублей", "долларов", "тонн",
	"лет", "дней", "миллионов", "млн", "тысяч", "тыс", "юаней", "солдат",
	"экземпляров", "%", NULL
};

static bool
currency_before(struct bytes s, size_t at)
{
	while (at && s.p[at - 1] == ' ')
		at--;
	if (at == 0)
		return false;
	if (s.p[at - 1] == '$' || s.p[at - 1] == '#')
		return true;
	/* £ ¥ C2 A3/A5; euro, numero and ruble are E2 82 AC, E2 84 96, E2 82 BD */
	if (at >= 2 && s.p[at - 2] == 0xc2 &&
	    (s.p[at - 1] == 0xa3 || s.p[at - 1] == 0xa5 || s.p[at - 1] == 0xa7))
		return true;
	return at >= 3 && s.p[at - 3] == 0xe2 &&
	    (s.p[at - 2] == 0x82 || s.p[at - 2] == 0x84);
}

/* Digits, points and dashes that make the number part of a longer one. */
static bool
number_goes_on(struct bytes s, size_t from, size_t to)
{
	int b = from ? s.p[from - 1] : -1, c = byte_at(s, to);

	if (b >= 0 && (is_digit(b) || is_letter(b) || b == '_'))
		return true;
	if (b >= 0 && strchr(".,:/-+'", b) && from >= 2 && is_digit(s.p[from - 2]))
		return true;
	if (b == '/' || b == '=' || b == '.' || b == '@')
		return true;
	if (c >= 0 && (is_letter(c) || c == '_' || c == '%' || is_digit(c)))
		return true;
	if ((c == ',' || c == '.' || c == ':' || c == '-') &&
	    is_digit(byte_at(s, to + 1)))
		return true;
	if (c == '-' && is_letter(byte_at(s, to + 1)))
		return true;	/* "2000-year-old" */
	if (c == '\\' || (c == '\'' && byte_at(s, to + 1) == '\'') ||
	    (c == ' ' && byte_at(s, to + 1) == ':') ||
	    (from > 1 && b == ' ' && s.p[from - 2] == ':' && from > 2 &&
	    s.p[from - 3] == ' '))
		return true;	/* fractions and ratios: "1830 : 1000" */
	/* degree sign, per mille */
	return c == 0xc2 && byte_at(s, to + 1) == 0xb0;
}

/* "no. 1203", "chapter 1949"; but in brackets a year may stand behind any. */
static bool
pointed_at(struct bytes s, size_t from)
{
	return !(from && s.p[from - 1] == '(') &&
	    word_in(word_before(s, from), no_year_before);
}

/* "the 1898 reformers": behind the article a year, unless it is a round number. */
static bool
named_by_year(struct bytes s, size_t from, size_t to)
{
	static const char *const the[] = { "the", NULL };

	return to - from == 4 && (s.p[to - 1] != '0' || s.p[to - 2] != '0') &&
	    word_in(word_before(s, from), the);
}

static bool
counts_something(struct bytes s, size_t from, size_t to)
{
	size_t at = to, end;
	struct bytes w;
	int c = byte_at(s, at);

	if (c >= 0xe3 && c <= 0xe9) {	/* a Han character: what is counted */
		static const char *const joins[] = { "年", "至", "到", "及",
			"和", "與", "与", "、", "，", "。", "）", "」", NULL };

		return !word_in(bytes_sub(s, at, at + 3), joins);
	}
	if (c != ' ' && c != '\n' && c != 0xc2)
		return false;
	while (byte_at(s, at) == ' ' || byte_at(s, at) == '\n')
		at++;
	if (byte_at(s, at) == 0xc2 && byte_at(s, at + 1) == 0xa0)
		at += 2;
	for (end = at; end < s.n && end - at < 24 && (is_letter(s.p[end]) ||
	    s.p[end] >= 0x80 || s.p[end] == '%'); end++)
		;
	w = bytes_sub(s, at, end);
	if (w.n == 0)
		return false;
	if (bytes_eq(w, B("of")))	/* "2000 of them", but "in 1949 of all" */
		return !word_in(word_before(s, from), year_before);
	if (word_in(w, units))
		return !bytes_eq(w, B("or"));
	if (w.p[0] == 0xd0 || w.p[0] == 0xd1)
		return true;	/* a Russian year has its word behind it */
	return w.n > 3 && w.p[w.n - 1] == 's' && w.p[0] >= 'a' && w.p[0] <= 'z' &&
	    !word_in(w, no_plural) && !named_by_year(s, from, to);
}

/* Does the clause end with the number that ends at to, or another begin? */
static bool
ends_clause(struct bytes s, size_t to)
{
	static const char *const next[] = { "the", "he", "she", "they", "it",
		"and", "when", "a", "an", "at", "by", "with", "to", "his", "in",
		"but", "after", "until", "as", "on", "under", "his", "который",
		"году", "года", NULL };
	size_t end;
	int c = byte_at(s, to);

	if (c < 0 || (c != ' ' && c != '\n'))
		return true;
	to++;
	for (end = to; end < s.n && (is_letter(s.p[end]) || s.p[end] >= 0x80); end++)
		;
	if (end > to && s.p[to] >= 'A' && s.p[to] <= 'Z')
		return true;
	return end == to || word_in(bytes_sub(s, to, end), next);
}

/* "Du Fu (712-770)": years behind a name, not pages behind a number. */
static bool
life_span(struct bytes s, size_t from, size_t to)
{
	size_t at;

	if (from < 3 || s.p[from - 1] != '(' || byte_at(s, to) != ')')
		return false;
	for (at = from - 1; at && s.p[at - 1] == ' '; at--)
		;
	if (at && s.p[at - 1] >= 0x80)
		return true;
	for (; at && is_letter(s.p[at - 1]); at--)
		;
	return s.p[at] >= 'A' && s.p[at] <= 'Z';
}

/* Words behind a number that measure: "1750 in length", "1350 by 900". */
static bool
measures(struct bytes s, size_t to)
{
	static const char *const of[] = { "length", "breadth", "height", "depth",
		"width", "number", "circumference", "diameter", "weight", "all",
		"value", NULL };
	size_t at = to + 4, end = at;

	if (bytes_starts(bytes_sub(s, to, s.n), B(" by ")) ||
	    bytes_starts(bytes_sub(s, to, s.n), B(" x ")))
		return is_digit(byte_at(s, s.p[to + 1] == 'b' ? to + 4 : to + 3));
	if (!bytes_starts(bytes_sub(s, to, s.n), B(" in ")))
		return false;
	if (byte_at(s, at) == '1' || byte_at(s, at) == '2')
		return true;	/* "240 in 1911 and 1250 in 1936" */
	while (end < s.n && is_letter(s.p[end]))
		end++;
	return word_in(bytes_sub(s, at, end), of);
}

/* The cell of a table beside at, before or behind: is it a number alone? */
static bool
numeric_cell(struct bytes s, size_t at, bool behind)
{
	size_t n = 0, digits = 0;
	int c;

	for (; n < 24; n++) {
		c = behind ? byte_at(s, at + n) : at > n ? s.p[at - 1 - n] : -1;
		if (c < 0 || c == '|' || c == '\n')
			break;
		if (c != ' ' && c != '.' && c != ',' && !is_digit(c) && c < 0x80)
			return false;
		digits += is_digit(c);
	}
	return digits > 0 && c == '|';
}

/* A number among numbers: "| 1641 | 1009 |"; the first of a row may be a year. */
static bool
table_cell(struct bytes s, size_t from, size_t to)
{
	size_t a = from, b = to;

	while (a && s.p[a - 1] == ' ')
		a--;
	while (byte_at(s, b) == ' ')
		b++;
	if (a == 0 || s.p[a - 1] != '|' || byte_at(s, b) != '|')
		return false;
	return numeric_cell(s, a - 1, false) || (a > 1 && s.p[a - 2] != '\n' &&
	    numeric_cell(s, b + 1, true));
}

/*
 * A number in a margin or at the head of a row: "p. 215. 1048 Abundant",
 * "1160. FRAXINUS", and what a tab divides.
 */
static bool
apart(struct bytes s, size_t from, size_t to)
{
	int c = byte_at(s, to), next = byte_at(s, to + 1);

	if (c == '\t' && (from == 0 || s.p[from - 1] == '\n' ||
	    s.p[from - 1] == '\t'))
		return true;
	if (c == '.' && next == ' ' && is_capital(byte_at(s, to + 2)) &&
	    is_capital(byte_at(s, to + 3)) && from >= 2 && s.p[from - 1] == ' ' &&
	    (s.p[from - 2] == '.' || s.p[from - 2] == '*'))
		return true;
	return c == ' ' && is_capital(next) && from >= 3 &&
	    s.p[from - 1] == ' ' && s.p[from - 2] == '.' &&
	    is_digit(s.p[from - 3]);
}

/* "from 800 to 2000": a full hundred behind "to" is rather a number. */
static bool
hundred_behind_to(struct bytes s, size_t from, int32_t year)
{
	static const char *const to[] = { "to", NULL };
	static const char *const back[] = { "back", "date", "dates", "dated",
		"dating", "down", "close", NULL };

	return year % 100 == 0 && word_in(word_before(s, from), to) && from > 4 &&
	    !word_in(word_before(s, from - 3), back);
}

/* "4225 - 1089 = 3136" */
static bool
in_a_sum(struct bytes s, size_t from, size_t to)
{
	int before, behind;

	while (from && s.p[from - 1] == ' ')
		from--;
	while (byte_at(s, to) == ' ')
		to++;
	before = from ? s.p[from - 1] : -1;
	behind = byte_at(s, to);
	return before == '=' || before == '+' || behind == '=' || behind == '+';
}

/* "U. C. 714" */
static bool
initial_before(struct bytes s, size_t at)
{
	return at >= 3 && s.p[at - 1] == ' ' && s.p[at - 2] == '.' &&
	    s.p[at - 3] >= 'A' && s.p[at - 3] <= 'Z' &&
	    !(at > 3 && is_letter(s.p[at - 4]));
}

/* "about 250": as often a count; not so "c. 250" or "died about 250". */
static bool
about(struct bytes s, size_t at)
{
	static const char *const words[] = { "about", "around", "approximately",
		NULL };
	static const char *const dated[] = { "born", "died", "lived", "flourished",
		"founded", "composed", "written", "compiled", "dated", "dating", NULL };
	size_t end = at;

	if (word_in(word_before(s, at), dated))
		return false;
	while (end < s.n && is_letter(s.p[end]))
		end++;
	return word_in(bytes_sub(s, at, end), words);
}

/* "the rebellion of 755": an event is told by its year, not by a number. */
static bool
event_of(struct bytes s, size_t from)
{
	static const char *const events[] = { "rebellion", "revolt", "war", "wars",
		"battle", "siege", "peace", "treaty", "edict", "census", "fire",
		"flood", "famine", "earthquake", "plague", "council", "synod",
		"embassy", "campaign", "expedition", "coup", "reform", "reforms",
		"persecution", "spring", "summer", "autumn", "winter", "events",
		NULL };

	return from > 3 && bytes_eq(word_before(s, from), B("of")) &&
	    word_in(word_before(s, from - 3), events);
}

/* "from 800" begins a scale as often as a time. */
static bool
from_number(struct bytes s, size_t from)
{
	return from + 4 < s.n && (s.p[from] | 0x20) == 'f' &&
	    bytes_starts(bytes_sub(s, from + 1, s.n), B("rom"));
}

/* What stands around the number makes it another thing than a year. */
static bool
is_no_year(struct bytes s, const struct date_words *w, size_t from, size_t num,
    size_t to)
{
	return number_goes_on(s, num, to) || currency_before(s, num) ||
	    pointed_at(s, from) || table_cell(s, num, to) ||
	    (w->a.part == PART_NONE && counts_something(s, from, to)) ||
	    in_a_sum(s, num, to) || measures(s, to) || apart(s, from, to) ||
	    hundred_behind_to(s, from, w->a.year);
}

/* A number of three digits is a year only where a sentence has one. */
static bool
short_year_fits(struct bytes s, const struct date_words *w, size_t from,
    size_t num, size_t to)
{
	bool bare = from == num;	/* no "c.", "since" before it */

	if (w->shape == SHAPE_RANGE)
		return bare ? life_span(s, from, to) : ends_clause(s, to);
	if (from && (s.p[from - 1] == '&' || initial_before(s, from)))
		return false;	/* "&c. 132", "U. C. 714" */
	if (bare)
		return event_of(s, from) || (ends_clause(s, to) &&
		    word_in(word_before(s, from), year_before));
	return !about(s, from) && !from_number(s, from) && ends_clause(s, to);
}

bool
year_fits(struct bytes s, const struct date_words *w, size_t from,
    size_t num, size_t to)
{
	if (w->a.year_marked || ((w->shape == SHAPE_RANGE || w->shape == SHAPE_EITHER) &&
	    w->b.year_marked))
		return true;
	if (is_no_year(s, w, from, num, to))
		return false;
	if (w->a.digits == 3)
		return w->a.year >= 100 && short_year_fits(s, w, from, num, to);
	return w->a.digits == 4 && w->a.year >= 1000 && w->a.year < 2100 &&
	    ((w->shape != SHAPE_RANGE && w->shape != SHAPE_EITHER) || w->b.year < 2100);
}
