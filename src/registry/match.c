/* SPDX-License-Identifier: EUPL-1.2
 * registry/match.c - see match.h. One row of `ways` an element: how it is compared. */
#include "registry/match.h"

#include <assert.h>

enum way { WAY_NONE, WAY_DIGITS, WAY_CODE, WAY_DATE, WAY_SEX, WAY_WORDS, WAY_NAME, WAY_PLACE, WAY_ADDRESS };

static const unsigned char ways[ELEMENT_COUNT] = {
	[ELEMENT_NO_KK] = WAY_DIGITS,      [ELEMENT_NIK] = WAY_DIGITS,      [ELEMENT_NAMA_LGKP] = WAY_NAME,
	[ELEMENT_JENIS_KLMIN] = WAY_SEX,   [ELEMENT_TMPT_LHR] = WAY_PLACE,  [ELEMENT_TGL_LHR] = WAY_DATE,
	[ELEMENT_JENIS_PKRJN] = WAY_WORDS, [ELEMENT_ALAMAT] = WAY_ADDRESS,  [ELEMENT_NO_PROP] = WAY_CODE,
	[ELEMENT_PROP_NAME] = WAY_WORDS,   [ELEMENT_NO_KAB] = WAY_CODE,     [ELEMENT_KAB_NAME] = WAY_WORDS,
	[ELEMENT_NO_KEC] = WAY_CODE,       [ELEMENT_KEC_NAME] = WAY_WORDS,  [ELEMENT_NO_KEL] = WAY_CODE,
	[ELEMENT_KEL_NAME] = WAY_WORDS,    [ELEMENT_NO_RT] = WAY_CODE,      [ELEMENT_NO_RW] = WAY_CODE,
};

/* ---- numbers ---- */

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	return s.n > 0;
}

static bool same_digits(struct str a, struct str b)
{
	return all_digits(a) && str_eq(a, b);
}

static struct str no_zeros(struct str s)
{
	while (s.n > 1 && s.at[0] == '0')
		s = str_sub(s, 1, s.n);
	return s;
}

static bool same_code(struct str a, struct str b)
{
	return all_digits(a) && all_digits(b) && str_eq(no_zeros(a), no_zeros(b));
}

/* ---- dates ---- */

/* DD-MM-YYYY or YYYY-MM-DD. */
static enum rc date_read(struct str s, struct day *ret)
{
	char iso[10];
	if (s.n != 10 || s.at[2] != '-')
		return day_from_str(s, ret);
	memcpy(iso, s.at + 6, 4);
	iso[4] = '-';
	memcpy(iso + 5, s.at + 3, 2);
	iso[7] = '-';
	memcpy(iso + 8, s.at, 2);
	return s.at[5] == '-' ? day_from_str(str_from(iso, sizeof iso), ret) : RC_INVALID;
}

static bool same_date(struct str a, struct str b)
{
	struct day x, y;
	return date_read(a, &x) == RC_OK && date_read(b, &y) == RC_OK && x.n == y.n;
}

/* ---- words ---- */

static char plain(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 32);
	bool kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
	return kept ? c : ' ';
}

/* The next letter of *s, in capitals; 0: there are no more. */
static char letter_next(struct str *s)
{
	char c = ' ';
	while (s->n && c == ' ') {
		c = plain(s->at[0]);
		*s = str_sub(*s, 1, s->n);
	}
	return c == ' ' ? '\0' : c;
}

static bool same_words(struct str a, struct str b)
{
	char x = letter_next(&a), y = letter_next(&b);
	bool some = x;
	while (x && x == y)
		x = letter_next(&a), y = letter_next(&b);
	return some && x == y;
}

/* 1 Laki-Laki, 2 Perempuan (DOMAIN 6), in words, as a number, or L and P; 0: neither. */
static int sex_read(struct str s)
{
	if (same_words(s, S("LAKI-LAKI")) || same_words(s, S("L")) || same_code(s, S("1")))
		return 1;
	return same_words(s, S("PEREMPUAN")) || same_words(s, S("P")) || same_code(s, S("2")) ? 2 : 0;
}

static bool same_sex(struct str a, struct str b)
{
	int x = sex_read(a);
	return x && x == sex_read(b);
}

/* ---- elements ---- */

static bool is_long(struct str s)
{
	return s.n > MATCH_BYTES_MAX;
}

bool match_exact(enum element element, struct str asked, struct str held)
{
	asked = str_trim(asked);
	held = str_trim(held);
	if (is_long(asked) || is_long(held))
		return false;
	switch ((enum way)ways[element]) {
	case WAY_DIGITS: return same_digits(asked, held);
	case WAY_CODE: return same_code(asked, held);
	case WAY_DATE: return same_date(asked, held);
	case WAY_SEX: return same_sex(asked, held);
	case WAY_WORDS:
	case WAY_NAME:
	case WAY_PLACE:
	case WAY_ADDRESS: return same_words(asked, held);
	case WAY_NONE: break;
	}
	assert(!"an element that cannot be compared");
	return false;
}

static int score_of(enum way way, struct str asked, struct str held)
{
	if (way == WAY_NAME)
		return match_name(asked, held);
	return way == WAY_PLACE ? match_place(asked, held) : match_address(asked, held);
}

static bool is_empty(struct str s)
{
	return letter_next(&s) == '\0';
}

struct match match_element(enum element element, struct str asked, struct str held, int threshold)
{
	enum way way = (enum way)ways[element];
	if (way < WAY_NAME) {
		bool same = match_exact(element, asked, held);
		return (struct match){.score = same ? 100 : 0, .same = same};
	}
	int score = score_of(way, asked, held), cut = threshold < 0 ? 0 : threshold > 100 ? 100 : threshold;
	bool both = !is_empty(asked) && !is_empty(held);
	return (struct match){.scored = true, .score = score, .same = both && score >= cut};
}
