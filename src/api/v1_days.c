/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_days.c - see v1_days.h. */
#include "api/v1_days.h"

static bool read_day(struct visit *v, struct v1_body *query, const char *name, struct day *ret)
{
	struct day day;
	struct str text = http_query(v->rq, name);
	if (!text.at)
		return false;
	if (day_from_str(text, &day) != RC_OK) {
		v1_body_parameter(query, name, "Harus berupa tanggal, misalnya 2026-11-26.");
		return false;
	}
	*ret = day;
	return true;
}

void v1_days_read(struct visit *v, struct v1_body *query, struct v1_days *ret)
{
	*ret = (struct v1_days){.from = day_from_ymd(1970, 1, 1), .until = day_from_ymd(2199, 12, 31)};
	ret->from_given = read_day(v, query, "dari", &ret->from);
	ret->until_given = read_day(v, query, "sampai", &ret->until);
	if (ret->until.n >= ret->from.n)
		return;
	v1_body_parameter(query, "sampai", "Tidak boleh sebelum \"dari\".");
	ret->until = ret->from;
}
