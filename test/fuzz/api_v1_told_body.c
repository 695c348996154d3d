/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as one data balikan of /api/v1: what has no flaw is whole, and can be told. */
#include "api/v1_told_body.h"

#include <assert.h>

#define NOW (day_begin_us(day_from_ymd(2026, 11, 24)))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct v1_body body;
	struct v1_told told;
	struct err err = {0};
	arena_init(&arena, 262144);
	if (v1_body_open(str_from((const char *)data, n), &arena, &body, &err) == RC_OK) {
		v1_body_check(&body, body.root, S("/balikan/0"), v1_told_fields, v1_told_fields_n);
		v1_told_read(&body, body.root, S("/balikan/0"), NOW, &told);
		for (size_t i = 0; i < body.flaws_n && i < PROBLEM_FLAWS_MAX; i++)
			assert(body.flaws[i].why && str_starts(body.flaws[i].at, S("/balikan/0")));
		if (body.flaws_n == 0) {
			assert(nik_check(told.nik.n) == NIK_FLAW_NONE && told.kejadian_id >= 0);
			assert(told_check(&told.told, NOW, &err) == RC_OK);
		}
	}
	v1_body_close(&body);
	arena_free(&arena);
	return 0;
}
