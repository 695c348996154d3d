/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as the body of an inquiry: what comes out is a NIK or none, a threshold in
 * range, and nothing of a body that could not be read. */
#include "api/get_json_body.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct get_json_body body;
	struct err err = {0};
	arena_init(&arena, 262144);
	assert(get_json_body_read(str_from((const char *)data, n), &arena, &body, &err) == RC_OK);
	assert(!body.unread || (body.malformed && !body.user_id.n && !body.password.n && !body.nik.n && !body.said));
	assert(body.claim.threshold >= 0 && body.claim.threshold <= 100);
	assert(body.kejadian_id >= 0 && !(body.said & ELEMENT_BIT(ELEMENT_NIK)));
	assert(!body.nik.n || nik_check(body.nik.n) == NIK_FLAW_NONE);
	assert(body.malformed || body.nik_bad == !body.nik.n);
	for (int e = 0; e < ELEMENT_COUNT; e++)
		assert(!body.claim.said[e].n == !(body.said & ELEMENT_BIT(e)));
	arena_free(&arena);
	return 0;
}
