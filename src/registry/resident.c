/* SPDX-License-Identifier: EUPL-1.2
 * registry/resident.c - see resident.h. */
#include "registry/resident.h"

#include <assert.h>

#define BIRTH_FIRST (-62091) /* 1800-01-01 */
#define BIRTH_BITS 18

static const struct {
	struct str text;
	enum outcome outcome;
} statuses[STATUS_COUNT] = {
	[STATUS_ACTIVE] = {{"aktif", 5}, OUTCOME_DATA},
	[STATUS_DECEASED] = {{"meninggal", 9}, OUTCOME_DECEASED},
	[STATUS_DOUBLE] = {{"ganda", 5}, OUTCOME_DOUBLE},
	[STATUS_NONACTIVE] = {{"nonaktif", 8}, OUTCOME_NONACTIVE},
};

int64_t resident_facts(const struct resident *r)
{
	int64_t birth = r->birth.n - (int64_t)BIRTH_FIRST;
	assert(birth >= 0 && birth < 1 << BIRTH_BITS && r->rt >= 0 && r->rt <= RESIDENT_RT_MAX && r->rw >= 0 &&
	       r->rw <= RESIDENT_RT_MAX);
	return (int64_t)r->sex | (int64_t)r->status << 1 | (int64_t)r->rw << 3 | (int64_t)r->rt << 13 | birth << 23;
}

void resident_from_facts(int64_t facts, struct resident *ret)
{
	ret->sex = (enum resident_sex)(facts & 1);
	ret->status = (enum resident_status)(facts >> 1 & 3);
	ret->rw = (int)(facts >> 3 & 1023);
	ret->rt = (int)(facts >> 13 & 1023);
	ret->birth = (struct day){(int32_t)(facts >> 23 & ((1 << BIRTH_BITS) - 1)) + BIRTH_FIRST};
}

enum resident_status resident_facts_status(int64_t facts)
{
	return (enum resident_status)(facts >> 1 & 3);
}

struct str resident_sex_text(enum resident_sex sex)
{
	return sex == SEX_MALE ? S("Laki-Laki") : S("Perempuan");
}

struct str resident_status_text(enum resident_status status)
{
	return statuses[status].text;
}

enum rc resident_status_from_str(struct str s, enum resident_status *ret)
{
	for (int i = 0; i < STATUS_COUNT; i++) {
		if (!str_eq(s, statuses[i].text))
			continue;
		*ret = (enum resident_status)i;
		return RC_OK;
	}
	return RC_INVALID;
}

enum outcome resident_outcome(enum resident_status status)
{
	return statuses[status].outcome;
}
