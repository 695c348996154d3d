/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard.c - from clues to a stage: pass, note, warn, hold.
 *
 * An inquiry is compared with what its user id and its instansi asked before, each clue
 * adds or takes, and the clue that has come nearest to its threshold speaks. Only
 * an inquiry that itself adds to a clue is warned or held for it: who goes back to
 * honest work is left alone, and one operator is not held for another.
 *
 * What must stay true: asking again for a NIK that is still remembered changes nothing,
 * neither against the user id nor for it. */
#include "policy/guard_inside.h"

const struct guard_thresholds guard_portal = {
	.hold = {14000, 14000, 14000, 16000, 16000, 16000},
	.hold_instansi = {18000, 18000, 18000, 0, 0, 0},
	.lent = 3000,
	.warn = 700,
	.note = 450,
	.example_serial = 9900,
};
/* Bulk rates are legitimate there, and a list of the persons concerned has more of
 * everything; enumeration is not legitimate and keeps nearly the same bounds. */
const struct guard_thresholds guard_service = {
	.hold = {18000, 18000, 20000, 24000, 0, 0},
	.hold_instansi = {24000, 24000, 26000, 0, 0, 0},
	.lent = 3000,
	.warn = 700,
	.note = 450,
	.example_serial = 9900,
};

#define LENT_STRANGER 60
#define RETRIES_MAX 3 /* in a row; after that they are no corrections */
#define AGE_DAYS 60 /* an idle user id has lost all scores after so many days */

void guard_add(struct guard_state *state, enum guard_clue clue, int32_t gain)
{
	int32_t score = state->score[clue] + gain;
	state->score[clue] = score < 0 ? 0 : score > GUARD_SCORE_MAX ? GUARD_SCORE_MAX : score;
}

/* Whole days of silence lower every score; within a day nothing is forgotten, so a
 * drip gains nothing by waiting for hours. */
static void age(struct guard_state *state, int64_t time_us)
{
	if (state->last_us <= 0 || time_us <= state->last_us)
		return;
	int64_t days = (time_us - state->last_us) / US_PER_DAY;
	if (days <= 0)
		return;
	int32_t left = days < AGE_DAYS ? (int32_t)(AGE_DAYS - days) : 0;
	for (int clue = 0; clue < GUARD_CLUES; clue++)
		state->score[clue] = state->score[clue] / AGE_DAYS * left;
	state->lent = state->lent / AGE_DAYS * left;
}

/* A correction of a typing error looks like a step; the first few say little. */
static int32_t discounted(int32_t gain, bool retry)
{
	return retry && gain > 0 ? gain / 4 : gain;
}

/* What the digits say, against one state; remembers them there. */
static void read_digits(struct guard_state *state, uint64_t packed, bool retry, struct guard_gain *gain)
{
	struct guard_kin *kin = &gain->kin;
	kin->serials = guard_spread_count(state, packed);
	kin->crowded = guard_spread_is_crowded(packed);
	guard_remember(state, packed, kin);
	gain->at[GUARD_WALK] = discounted(guard_walk_gain(kin), retry && kin->length < 4);
	gain->at[GUARD_SPREAD] = discounted(guard_spread_gain(kin), retry);
	gain->at[GUARD_SWEEP] = discounted(guard_sweep_gain(kin), retry);
	for (int clue = GUARD_WALK; clue <= GUARD_SWEEP; clue++)
		guard_add(state, (enum guard_clue)clue, gain->at[clue]);
}

static bool note_retry(struct guard_state *user, bool retry)
{
	user->retries = !retry ? 0 : user->retries < UINT8_MAX ? (uint8_t)(user->retries + 1) : UINT8_MAX;
	return retry && user->retries <= RETRIES_MAX;
}

static void lend(struct guard_state *user, const struct guard_gain *gain)
{
	int32_t most = -LENT_STRANGER;
	for (int clue = GUARD_WALK; clue <= GUARD_SWEEP; clue++)
		most = gain->at[clue] > most ? gain->at[clue] : most;
	int32_t lent = user->lent + most;
	user->lent = lent < 0 ? 0 : lent > GUARD_SCORE_MAX ? GUARD_SCORE_MAX : lent;
}

/* ---- from scores to a stage ---- */

struct choice {
	enum guard_clue clue;
	bool instansi;
	int32_t ratio; /* score in thousandths of its threshold */
};

static void choose(struct choice *choice, const struct guard_state *state, const struct guard_gain *gain, const int32_t *hold,
                   bool instansi)
{
	for (int clue = 0; clue < GUARD_CLUES; clue++) {
		if (gain->at[clue] <= 0 || hold[clue] <= 0)
			continue;
		int32_t ratio = (int32_t)((int64_t)state->score[clue] * 1000 / hold[clue]);
		if (ratio > choice->ratio)
			*choice = (struct choice){(enum guard_clue)clue, instansi, ratio};
	}
}

static enum guard_stage stage_of(int32_t ratio, const struct guard_thresholds *terms)
{
	return ratio >= 1000 ? GUARD_HOLD : ratio >= terms->warn ? GUARD_WARN : ratio >= terms->note ? GUARD_NOTE : GUARD_PASS;
}

/* DOMAIN 5: serials or whole NIKs that go up or down one by one are berurutan. */
enum guard_reason guard_reason_of(enum guard_clue clue, const struct guard_kin *kin)
{
	switch (clue) {
	case GUARD_WALK: return kin->part == PART_SERIAL && (kin->step == 1 || kin->step == -1) ? GUARD_BERURUTAN : GUARD_BERPOLA;
	case GUARD_SPREAD:
	case GUARD_SWEEP:
	case GUARD_SHARE: return GUARD_BERPOLA;
	case GUARD_PACE:
	case GUARD_RHYTHM: return GUARD_BERDEKATAN;
	case GUARD_CLUES: break;
	}
	return GUARD_REASON_NONE;
}

static struct guard_verdict still_held(const struct guard_state *user)
{
	struct guard_verdict v = {GUARD_HOLD, (enum guard_reason)user->held, (enum guard_clue)user->held_clue, false, ""};
	struct guard_gain none = {.gap_us = -1};
	guard_words(user, GUARD_CLUES, &none, v.evidence, sizeof v.evidence);
	return v;
}

struct scene {
	struct guard_state *user, *instansi;
	struct guard_gain own, all;
};

static struct guard_verdict judge(struct scene *scene, const struct guard_thresholds *terms)
{
	struct guard_verdict v = {.stage = GUARD_PASS};
	struct choice choice = {.ratio = -1};
	if (scene->user->flags & GUARD_FLAG_WORSE)
		scene->own.at[GUARD_SHARE] = 1;
	choose(&choice, scene->user, &scene->own, terms->hold, false);
	if (scene->user->lent >= terms->lent)
		choose(&choice, scene->instansi, &scene->all, terms->hold_instansi, true);
	v.stage = stage_of(choice.ratio, terms);
	if (v.stage == GUARD_PASS)
		return v;
	const struct guard_gain *gain = choice.instansi ? &scene->all : &scene->own;
	v.clue = choice.clue;
	v.instansi = choice.instansi;
	v.reason = guard_reason_of(v.clue, &gain->kin);
	guard_words(choice.instansi ? scene->instansi : scene->user, v.clue, gain, v.evidence, sizeof v.evidence);
	if (v.stage == GUARD_HOLD) {
		scene->user->held = (uint8_t)v.reason;
		scene->user->held_clue = (uint8_t)v.clue;
	}
	return v;
}

static void look_at_digits(struct scene *scene, uint64_t packed)
{
	guard_kin_find(scene->user, packed, &scene->own.kin);
	guard_kin_find(scene->instansi, packed, &scene->all.kin);
	bool retry = note_retry(scene->user, scene->own.kin.retry);
	read_digits(scene->user, packed, retry, &scene->own);
	if (guard_knows(scene->instansi, packed))
		return;
	read_digits(scene->instansi, packed, retry, &scene->all);
	lend(scene->user, &scene->all);
}

struct guard_verdict guard_look(struct guard_state *user, struct guard_state *instansi, const struct guard_ask *ask,
                                const struct guard_thresholds *terms)
{
	struct scene scene = {.user = user, .instansi = instansi, .own.gap_us = -1, .all.gap_us = -1};
	uint64_t packed = nik_check(ask->nik.n) == NIK_FLAW_NONE ? guard_pack(ask->nik) : 0;
	if (user->held != GUARD_REASON_NONE)
		return still_held(user);
	if (packed && guard_knows(user, packed))
		return (struct guard_verdict){.stage = GUARD_PASS};
	age(user, ask->time_us);
	age(instansi, ask->time_us);
	guard_rhythm_look(user, ask->time_us, &scene.own);
	guard_add(user, GUARD_PACE, scene.own.at[GUARD_PACE]);
	guard_add(user, GUARD_RHYTHM, scene.own.at[GUARD_RHYTHM]);
	if (packed)
		look_at_digits(&scene, packed);
	user->last_us = instansi->last_us = ask->time_us;
	return judge(&scene, terms);
}

void guard_learn(struct guard_state *user, struct guard_state *instansi, const struct guard_ask *ask, enum outcome outcome,
                 const struct guard_thresholds *terms)
{
	(void)instansi; /* of outcomes the user id's own share tells enough: doc/guard.md */
	if (user->held == GUARD_REASON_NONE)
		guard_share_learn(user, ask, outcome, terms);
}

void guard_release(struct guard_state *user)
{
	*user = (struct guard_state){.last_us = user->last_us};
}

const char *guard_stage_name(enum guard_stage stage)
{
	static const char *const names[] = {"pass", "note", "warn", "hold"};
	return names[stage];
}

const char *guard_reason_name(enum guard_reason reason)
{
	static const char *const names[] = {"", "berurutan", "berpola", "berdekatan"};
	return names[reason];
}

const char *guard_clue_name(enum guard_clue clue)
{
	static const char *const names[] = {"walk", "spread", "sweep", "share", "pace", "rhythm", ""};
	return names[clue];
}
