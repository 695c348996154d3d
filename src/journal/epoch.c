/* SPDX-License-Identifier: EUPL-1.2
 * journal/epoch.c - see epoch.h. */
#include "journal/epoch.h"

#include <sodium.h>
#include <stdio.h>

int epoch_of_us(int64_t us)
{
	int year, month, mday;
	day_to_ymd(day_of_us(us), &year, &month, &mday);
	return year * 100 + month;
}

int64_t epoch_end_us(int epoch)
{
	struct day first = day_from_ymd(epoch / 100, epoch % 100, 1);
	return day_begin_us(day_add_months(first, 1));
}

struct epoch_text epoch_text(int epoch)
{
	struct epoch_text t;
	snprintf(t.z, sizeof t.z, "%04d-%02d", epoch / 100, epoch % 100);
	return t;
}

enum rc epoch_from_str(struct str s, int *ret)
{
	int64_t year, month;
	if (s.n != 7 || s.at[4] != '-')
		return RC_INVALID;
	TRY(str_int(str_sub(s, 0, 4), 1800, 2199, &year));
	if (s.at[5] < '0') /* str_int takes no blanks, but would take a sign */
		return RC_INVALID;
	if (s.at[5] == '0')
		TRY(str_int(str_sub(s, 6, 1), 1, 9, &month));
	else
		TRY(str_int(str_sub(s, 5, 2), 10, 12, &month));
	*ret = (int)(year * 100 + month);
	return RC_OK;
}

void epoch_nik_hash(const unsigned char key[EPOCH_KEY], struct nik nik, unsigned char ret[NIK_HASH])
{
	unsigned char digits[16]; /* nik_digits() without printf: this is done for every inquiry */
	int64_t left = nik.n;
	for (size_t i = sizeof digits; i-- > 0; left /= 10)
		digits[i] = (unsigned char)('0' + left % 10);
	crypto_generichash(ret, NIK_HASH, digits, sizeof digits, key, EPOCH_KEY);
	secret_wipe(digits, sizeof digits);
}
