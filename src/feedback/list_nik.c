/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_nik.c - see list_nik.h.
 *
 * Spreadsheet programs keep 15 digits of a number and show twelve. Saved as .xlsx the cell
 * holds 3304060101909990 for ...9999, saved as CSV the text 3,30406E+15. A number that ends
 * in 0 may be a NIK nobody harmed, but the cell cannot say so: who types it as text can. */
#include "feedback/list_nik.h"

#include "base/base.h"

#define NIK_DIGITS 16
#define DIGITS_MAX 40
#define EXACT_MAX (INT64_C(1) << 53) /* past it a double skips whole numbers */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "3,30406E+15", "3.304e15": digits, a point, digits, an exponent. */
static bool is_exponent(struct str s)
{
	size_t at = 0, whole, part;
	for (whole = 0; at < s.n && is_digit(s.at[at]); at++)
		whole++;
	if (at < s.n && (s.at[at] == ',' || s.at[at] == '.'))
		at++;
	for (part = 0; at < s.n && is_digit(s.at[at]); at++)
		part++;
	if (whole + part == 0 || at == s.n || (s.at[at] != 'E' && s.at[at] != 'e'))
		return false;
	at++;
	if (at < s.n && (s.at[at] == '+' || s.at[at] == '-'))
		at++;
	size_t power = 0;
	for (; at < s.n && is_digit(s.at[at]); at++)
		power++;
	return power > 0 && at == s.n;
}

/* The digits of a number as a workbook writes it, without point and exponent; 0: it is no
 * whole number, or far too long for a NIK. */
static size_t whole_digits(struct str s, char out[DIGITS_MAX])
{
	struct str power_text;
	int64_t power = 0;
	size_t n = 0, point;
	struct str mantissa = str_sub(str_sub(s, 0, str_index(s, 'E')), 0, str_index(s, 'e'));
	if (mantissa.n < s.n) {
		power_text = str_sub(s, mantissa.n + 1, s.n);
		if (power_text.n && power_text.at[0] == '+')
			power_text = str_sub(power_text, 1, power_text.n);
		if (str_int(power_text, 0, DIGITS_MAX, &power) != RC_OK)
			return 0;
	}
	point = str_index(mantissa, '.');
	for (size_t i = 0; i < mantissa.n; i++) {
		if (i == point)
			continue;
		if (!is_digit(mantissa.at[i]) || n == DIGITS_MAX)
			return 0;
		out[n++] = mantissa.at[i];
	}
	size_t whole = point + (size_t)power;
	for (; n > whole; n--)
		if (out[n - 1] != '0')
			return 0;
	for (; n < whole; n++) {
		if (n == DIGITS_MAX)
			return 0;
		out[n] = '0';
	}
	return n;
}

static enum list_flaw of_number(struct str text, struct nik *ret)
{
	char digits[DIGITS_MAX];
	int64_t number;
	size_t n = whole_digits(text, digits);
	if (n == 0)
		return LIST_NIK_LETTER;
	if (n != NIK_DIGITS)
		return n < NIK_DIGITS ? LIST_NIK_SHORT : LIST_NIK_LONG;
	struct str whole = str_from(digits, n);
	if (digits[n - 1] == '0' || str_int(whole, 0, EXACT_MAX, &number) != RC_OK)
		return LIST_NIK_ROUNDED;
	return nik_from_str(whole, ret, NULL) == RC_OK ? LIST_FINE : LIST_NIK_FORMAT;
}

/* Digits that are no NIK: those that look as if they once were one lost their end. */
static enum list_flaw of_digits(struct str digits, struct nik *ret)
{
	if (digits.n != NIK_DIGITS)
		return digits.n < NIK_DIGITS ? LIST_NIK_SHORT : LIST_NIK_LONG;
	if (nik_from_str(digits, ret, NULL) == RC_OK)
		return LIST_FINE;
	return str_eq(str_sub(digits, NIK_DIGITS - 4, 4), S("0000")) ? LIST_NIK_ROUNDED : LIST_NIK_FORMAT;
}

static enum list_flaw of_text(struct str text, struct nik *ret)
{
	char stripped[DIGITS_MAX];
	if (text.n && (text.at[0] == '\'' || text.at[0] == '`'))
		text = str_trim(str_sub(text, 1, text.n));
	if (text.n == 0)
		return LIST_NIK_EMPTY;
	if (is_exponent(text))
		return LIST_NIK_EXPONENT;
	struct str digits = str_from(stripped, nik_strip(text, stripped, sizeof stripped));
	for (size_t i = 0; i < digits.n; i++)
		if (!is_digit(digits.at[i]))
			return LIST_NIK_LETTER;
	return digits.n ? of_digits(digits, ret) : LIST_NIK_LETTER;
}

enum list_flaw list_nik(const struct sheet_cell *cell, struct nik *ret)
{
	switch (cell->kind) {
	case CELL_EMPTY: return LIST_NIK_EMPTY;
	case CELL_NUMBER: return of_number(cell->text, ret);
	case CELL_TEXT: return of_text(cell->text, ret);
	case CELL_FORMULA: return LIST_FORMULA;
	case CELL_ERROR: return LIST_ERROR_CELL;
	}
	return LIST_NIK_LETTER;
}
