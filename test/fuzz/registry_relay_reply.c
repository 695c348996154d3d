/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as the reply of a system above: what comes out is an outcome of the table, or
 * none; of data only what is granted and in our forms, of a claim only what was said; and of
 * what is no answer nothing at all. The first byte chooses the question. */
#include "registry/relay_reply.h"

#include <assert.h>

static bool is_digits(struct str s, size_t width)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	return s.n == 0 || s.n == width;
}

static void check_data(const struct relay_question *q, const struct relay_reply *r)
{
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		struct str s = r->element[e];
		assert(!s.at || (q->elements & ELEMENT_BIT(e)));
		assert(s.n <= 200 && !r->accords[e].asked);
		for (size_t i = 0; i < s.n; i++)
			assert((unsigned char)s.at[i] >= 0x20);
	}
	assert(is_digits(r->element[ELEMENT_NO_KK], 16) && is_digits(r->element[ELEMENT_NO_RT], 3));
	struct str nik = r->element[ELEMENT_NIK];
	assert(!nik.n || str_eq(nik, str_c(nik_digits(q->nik).z)));
}

static void check_accords(const struct relay_question *q, const struct relay_reply *r)
{
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		assert(!r->element[e].at);
		assert(!r->accords[e].asked || (q->claim->said[e].n && (q->elements & ELEMENT_BIT(e))));
		assert(r->accords[e].score >= 0 && r->accords[e].score <= 100);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct claim claim = {.threshold = 90};
	struct relay_question q = {.method = METHOD_CALL_NIK, .nik = {INT64_C(9102030101909901)}, .elements = ELEMENT_SET_BASE};
	struct relay_reply r;
	struct arena arena;
	if (n == 0)
		return 0;
	claim.said[ELEMENT_NAMA_LGKP] = claim.said[ELEMENT_TGL_LHR] = S("1990-01-01");
	if (bytes[0] & 1) {
		q.method = METHOD_VERIFY;
		q.claim = &claim;
	}
	arena_init(&arena, 65536);
	struct str body = str_from((const char *)bytes + 1, n - 1);
	enum relay_trouble trouble = relay_reply_read(bytes[0] & 2 ? 503 : 200, body, &q, &arena, &r);
	assert((trouble == RELAY_WELL) <= (r.outcome != 0));
	assert(trouble != RELAY_WELL || outcome_get(r.outcome)->kind != OUTCOME_KIND_PARAMETER);
	if (trouble == RELAY_WELL && r.outcome == OUTCOME_DATA)
		(q.claim ? check_accords : check_data)(&q, &r);
	for (int e = 0; trouble != RELAY_WELL && e < ELEMENT_COUNT; e++)
		assert(!r.element[e].at && !r.accords[e].asked);
	arena_free(&arena);
	return 0;
}
