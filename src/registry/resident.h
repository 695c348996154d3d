/* SPDX-License-Identifier: EUPL-1.2
 * registry/resident.h - one resident, parsed, and how little of a row that takes.
 *
 * What many residents share is an id of a dictionary (registry/dict.h); small
 * numbers are packed into one integer, `facts`, lowest bits first:
 *   sex 1, status 2, RW 10, RT 10, birth day since 1800-01-01 18 bits. */
#pragma once
#include "base/base.h"

/* As stored; the order is that of struct registry_stat. */
enum resident_status { STATUS_ACTIVE, STATUS_DECEASED, STATUS_DOUBLE, STATUS_NONACTIVE, STATUS_COUNT };
enum resident_sex { SEX_MALE, SEX_FEMALE };

#define RESIDENT_NAME_MAX 100    /* bytes */
#define RESIDENT_ADDRESS_MAX 200 /* bytes */
#define RESIDENT_RT_MAX 999

struct resident {
	struct nik nik;
	int64_t kk;
	struct str name, address;
	struct day birth;
	int rt, rw;
	enum resident_sex sex;
	enum resident_status status;
	int32_t birthplace_id, job_id, region_id;
};

int64_t resident_facts(const struct resident *r);
/* Fills birth, rt, rw, sex and status. */
void resident_from_facts(int64_t facts, struct resident *ret);
enum resident_status resident_facts_status(int64_t facts);
/* "Laki-Laki", "Perempuan" */
struct str resident_sex_text(enum resident_sex sex);
/* "aktif", "meninggal", "ganda", "nonaktif" */
struct str resident_status_text(enum resident_status status);
MUST_USE enum rc resident_status_from_str(struct str s, enum resident_status *ret);
/* 01, 11, 12, 14 */
enum outcome resident_outcome(enum resident_status status);
