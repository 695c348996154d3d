/* SPDX-License-Identifier: EUPL-1.2
 * web/stamp.c - see stamp.h: five or six numbers with something between them. */
#include "web/stamp.h"

#define NUMBERS 6
#define TEXT_MAX 60

struct numbers {
	int64_t at[NUMBERS];
	size_t digits[NUMBERS], n;
};

static bool is_between(char c)
{
	return c && strchr(" .:-/,TtWwIiBb", c) != NULL;
}

static enum rc take_number(struct str *rest, struct numbers *ret)
{
	size_t n = 0;
	while (n < rest->n && rest->at[n] >= '0' && rest->at[n] <= '9')
		n++;
	if (ret->n == NUMBERS || n > 4)
		return RC_INVALID;
	ret->digits[ret->n] = n;
	TRY(str_int(str_sub(*rest, 0, n), 0, 9999, &ret->at[ret->n]));
	ret->n++;
	*rest = str_sub(*rest, n, rest->n);
	return RC_OK;
}

static enum rc read_numbers(struct str rest, struct numbers *ret)
{
	*ret = (struct numbers){.n = 0};
	while (rest.n) {
		if (rest.at[0] >= '0' && rest.at[0] <= '9')
			TRY(take_number(&rest, ret));
		else if (is_between(rest.at[0]))
			rest = str_sub(rest, 1, rest.n);
		else
			return RC_INVALID;
	}
	return ret->n >= NUMBERS - 1 ? RC_OK : RC_INVALID;
}

enum rc stamp_from_str(struct str text, struct stamp *ret)
{
	struct numbers n;
	if (text.n > TEXT_MAX)
		return RC_INVALID;
	TRY(read_numbers(text, &n));
	size_t year = n.digits[0] == 4 ? 0 : 2, day = 2 - year;
	bool whole = n.n == NUMBERS; /* with seconds */
	if (n.digits[year] != 4 || !ymd_is_valid((int)n.at[year], (int)n.at[1], (int)n.at[day]))
		return RC_INVALID;
	if (n.at[3] > 23 || n.at[4] > 59 || (whole && n.at[5] > 59))
		return RC_INVALID;
	int64_t seconds = (n.at[3] * 60 + n.at[4]) * 60 + (whole ? n.at[5] : 0);
	ret->from_us = day_begin_us(day_from_ymd((int)n.at[year], (int)n.at[1], (int)n.at[day])) + seconds * US_PER_S;
	ret->until_us = ret->from_us + (whole ? 1 : 60) * US_PER_S;
	return RC_OK;
}
