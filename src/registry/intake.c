/* SPDX-License-Identifier: EUPL-1.2
 * registry/intake.c - see intake.h. */
#include "registry/intake.h"

#include "registry/jobs.h"

static enum rc full(struct err *err)
{
	return FAIL(err, RC_LIMIT, "Terlalu banyak nama tempat, pekerjaan, atau wilayah yang berbeda (paling banyak %d)",
	            DICT_MAX);
}

enum rc intake_begin(struct view *view, struct err *err)
{
	int32_t id;
	for (int code = 1; code <= JOB_COUNT; code++)
		if (dict_intern(&view->words, job_text(code), &id) != RC_OK)
			return full(err);
	return RC_OK;
}

bool intake_is_odd_job(const struct resident *r)
{
	return r->job_id > JOB_COUNT;
}

static char *put(char *at, struct str s)
{
	memcpy(at, s.at, s.n);
	return at + s.n;
}

/* Tens of digits, then the names: the form in which struct view keeps regions. */
static struct str region_text(const struct region *r, char room[32 + 4 * REGION_NAME_MAX])
{
	int64_t code = (((int64_t)r->prop * 100 + r->kab) * 100 + r->kec) * 10000 + r->kel;
	const struct str names[] = {r->prop_name, r->kab_name, r->kec_name, r->kel_name};
	char *at = room + 10;
	for (size_t i = 10; i-- > 0; code /= 10)
		room[i] = (char)('0' + code % 10);
	for (size_t i = 0; i < LEN(names); i++) {
		*at++ = '\t';
		at = put(at, names[i]);
	}
	return str_from(room, (size_t)(at - room));
}

enum rc intake(struct view *view, struct person *person, struct err *err)
{
	char room[32 + 4 * REGION_NAME_MAX];
	struct resident *r = &person->resident;
	if (dict_intern(&view->words, person->birthplace, &r->birthplace_id) != RC_OK ||
	    dict_intern(&view->words, person->job, &r->job_id) != RC_OK ||
	    dict_intern(&view->regions, region_text(&person->region, room), &r->region_id) != RC_OK)
		return full(err);
	return RC_OK;
}
