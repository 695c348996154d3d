/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_told_body.h - one data balikan as /api/v1 takes it, from JSON to what is told: the
 * state of a victim, or a reason why somebody is none. Pure. */
#pragma once
#include "api/v1_body.h"
#include "feedback/record.h"

struct v1_told {
	struct nik nik;
	int64_t kejadian_id; /* 0: none named */
	struct told told;
};
extern const struct v1_field v1_told_fields[];
extern const size_t v1_told_fields_n;
/* `object` was held against v1_told_fields and stands at the pointer `at`; what else is wrong
 * with it becomes flaws of `body`. Texts live as long as the object. */
void v1_told_read(struct v1_body *body, const json_t *object, struct str at, int64_t now_us, struct v1_told *ret);
