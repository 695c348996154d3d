/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as two guard states and what is asked after: decoding refuses or gives a
 * state that can be worked with; scores stay in bounds, a hold stays, and what comes
 * out can be written and read again. */
#include "policy/guard.h"

#include <assert.h>

#define STEP 18

static int64_t number(const uint8_t *at)
{
	int64_t n;
	memcpy(&n, at, sizeof n);
	return n;
}

static void check(const struct guard_state *s)
{
	uint8_t bytes[GUARD_STATE_BYTES];
	struct guard_state again;
	for (int clue = 0; clue < GUARD_CLUES; clue++)
		assert(s->score[clue] >= 0 && s->score[clue] <= GUARD_SCORE_MAX);
	guard_encode(s, bytes);
	assert(guard_decode(bytes, sizeof bytes, &again) == RC_OK);
	assert(again.last_us == s->last_us && again.filled == s->filled && again.held == s->held);
}

static void step(struct guard_state *user, struct guard_state *instansi, const uint8_t *at)
{
	static const enum outcome outcomes[] = {OUTCOME_DATA,  OUTCOME_ABSENT, OUTCOME_FORMAT,
	                                        OUTCOME_QUOTA, OUTCOME_USER,   OUTCOME_DECEASED};
	const struct guard_thresholds *terms = at[16] & 1 ? &guard_service : &guard_portal;
	/* mostly near a known number, or nothing would ever be alike */
	int64_t nik = at[16] & 2 ? number(at) : INT64_C(3304060505900001) + number(at) % 65536 * (at[16] & 4 ? 1 : 100000000);
	struct guard_ask ask = {{nik}, at[16] & 8 ? number(at + 8) : number(at + 8) % US_PER_DAY};
	bool held = user->held;
	struct guard_verdict v = guard_look(user, instansi, &ask, terms);
	assert(!held || v.stage == GUARD_HOLD);
	assert((v.stage == GUARD_PASS) == (v.evidence[0] == 0));
	assert(memchr(v.evidence, 0, sizeof v.evidence));
	assert(v.stage == GUARD_PASS || *guard_reason_name(v.reason));
	guard_learn(user, instansi, &ask, outcomes[at[17] % LEN(outcomes)], terms);
	if (at[17] > 250)
		guard_release(user);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct guard_state user = {0}, instansi = {0};
	if (n >= GUARD_STATE_BYTES + 1 && data[0] == 1) {
		if (guard_decode(data, GUARD_STATE_BYTES, &user) == RC_OK)
			instansi = user;
		data += GUARD_STATE_BYTES;
		n -= GUARD_STATE_BYTES;
	}
	instansi.held = GUARD_REASON_NONE;
	for (; n >= STEP; data += STEP, n -= STEP)
		step(&user, &instansi, data);
	check(&user);
	check(&instansi);
	return 0;
}
