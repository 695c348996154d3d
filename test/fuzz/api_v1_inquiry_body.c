/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as an inquiry of /api/v1, and as its Idempotency-Key (up to the first newline):
 * what comes out is whole, or it is flaws alone. */
#include "api/v1_inquiry_body.h"

#include <assert.h>

#include "api/v1_key.h"

static void check_key(struct str key)
{
	assert(key.n > 0 && key.n <= V1_KEY_MAX);
	for (size_t i = 0; i < key.n; i++)
		assert(key.at[i] > ' ' && key.at[i] < 0x7f);
}

static void check_claim(const struct v1_inquiry_body *body)
{
	assert(body->wanted && !(body->wanted & ELEMENT_BIT(ELEMENT_NIK)));
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		assert(!body->claim.said[e].n == !(body->wanted & ELEMENT_BIT(e)));
		assert(body->claim.said[e].n <= V1_SAID_MAX && str_is_text(body->claim.said[e]));
	}
}

static void check(enum method method, const struct v1_inquiry_body *body)
{
	if (body->unread || body->flaws_n) {
		assert(!body->unread || !body->flaws_n);
		assert(!body->nik.n && !body->nik_bad && !body->wanted && !body->kejadian_id && !body->key.at);
		for (size_t i = 0; i < body->flaws_n && i < PROBLEM_FLAWS_MAX; i++)
			assert(body->flaws[i].why && body->flaws[i].at.at);
		return;
	}
	assert(body->nik_bad == !body->nik.n && (!body->nik.n || nik_check(body->nik.n) == NIK_FLAW_NONE));
	assert(body->kejadian_id >= 0 && document_at(body->document));
	assert(body->claim.threshold >= 0 && body->claim.threshold <= 100 && body->wanted < ELEMENT_BIT(ELEMENT_COUNT));
	if (body->key.at)
		check_key(body->key);
	if (method == METHOD_VERIFY)
		check_claim(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const enum method methods[] = {METHOD_CALL_NIK, METHOD_VERIFY};
	struct str json = str_from((const char *)data, n), key = str_split(&json, '\n');
	for (size_t i = 0; i < LEN(methods); i++) {
		struct arena arena;
		struct v1_inquiry_body body;
		struct err err = {0};
		arena_init(&arena, 262144);
		const struct v1_inquiry_ask ask = {methods[i], json, key.n ? key : (struct str){NULL, 0}};
		assert(v1_inquiry_body_read(&ask, &arena, &body, &err) == RC_OK);
		check(methods[i], &body);
		arena_free(&arena);
	}
	return 0;
}
