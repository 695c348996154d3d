/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_words.c - the evidence as the operator, the head and the provider read
 * it: what was seen, with numbers. Names no NIK. */
#include <stdio.h>

#include "policy/guard_inside.h"

static const char *const part_names[PARTS] = {
	[PART_SERIAL] = "nomor urut", [PART_YEAR] = "tahun lahir",    [PART_MONTH] = "bulan lahir", [PART_DAY] = "tanggal lahir",
	[PART_SEX] = "jenis kelamin", [PART_REGION] = "kode wilayah", [PART_WHOLE] = "NIK",
};

static void walk_words(const struct guard_kin *kin, char *out, size_t max)
{
	const char *way = kin->step < 0 ? "turun" : "naik";
	int step = kin->step < 0 ? -kin->step : kin->step;
	if (kin->part == PART_WHOLE)
		snprintf(out, max, "%d NIK berselisih tetap satu sama lain", kin->length);
	else if (kin->part == PART_SERIAL)
		snprintf(out, max, "%d NIK berturut-turut %s %d pada 12 digit yang sama", kin->length, way, step);
	else
		snprintf(out, max, "%d NIK dengan %s %s %d, digit lain sama", kin->length, part_names[kin->part], way, step);
}

/* From where to where a part went, among those of the latest NIK's kind. */
static void range(const struct guard_state *state, enum guard_part part, int *low, int *high)
{
	uint64_t last = state->recent[guard_at(state, 0)];
	*low = *high = guard_field(last, part);
	for (size_t i = 1; i < state->filled; i++) {
		uint64_t other = state->recent[guard_at(state, i)];
		bool kin = true;
		for (int p = PART_SERIAL; p <= PART_REGION; p++)
			if (p != (int)part && p != PART_SEX &&
			    guard_field(other, (enum guard_part)p) != guard_field(last, (enum guard_part)p))
				kin = false;
		int value = guard_field(other, part);
		*low = kin && value < *low ? value : *low;
		*high = kin && value > *high ? value : *high;
	}
}

static enum guard_part swept_part(const struct guard_kin *kin)
{
	enum guard_part best = PART_YEAR;
	for (int part = PART_YEAR; part <= PART_REGION; part++)
		if (kin->alike[part] > kin->alike[best])
			best = (enum guard_part)part;
	return best;
}

static void sweep_words(const struct guard_state *state, const struct guard_kin *kin, char *out, size_t max)
{
	enum guard_part part = swept_part(kin);
	int low, high;
	if (guard_sweep_is_year(kin)) {
		snprintf(out, max, "%d NIK terakhir dari satu wilayah, tahun lahir, dan nomor urut, tanggal berganti-ganti",
		         kin->same_year + 1);
		return;
	}
	if (kin->alike[part] == 0) {
		snprintf(out, max, "nomor urut yang sama pada %d dari %d NIK terakhir", kin->same_serial + 1, state->filled);
		return;
	}
	range(state, part, &low, &high);
	if (part == PART_SEX)
		snprintf(out, max, "NIK yang sama dicoba sebagai laki-laki dan perempuan, berulang kali");
	else if (part == PART_REGION)
		snprintf(out, max, "kode wilayah disapu %06d..%06d, %d NIK bertanggal dan bernomor urut sama", low, high,
		         kin->alike[part] + 1);
	else
		snprintf(out, max, "%s disapu %02d..%02d, %d NIK dengan digit lain sama", part_names[part], low, high,
		         kin->alike[part] + 1);
}

static void spread_words(const struct guard_state *state, const struct guard_kin *kin, char *out, size_t max)
{
	int low, high;
	range(state, PART_SERIAL, &low, &high);
	snprintf(out, max, "%d nomor urut atau lebih (%04d..%04d, acak) pada wilayah dan tanggal lahir yang sama", kin->serials,
	         low, high);
}

/* Tenths of a second, as written here: 0,8. */
static void pace_words(int64_t gap_us, int run, const char *what, char *out, size_t max)
{
	int tenths = (int)(gap_us < 0 ? 0 : gap_us / 100000);
	snprintf(out, max, "jarak %d,%d detik, %s, %d kali berturut-turut", tenths / 10, tenths % 10, what, run);
}

void guard_words(const struct guard_state *state, enum guard_clue clue, const struct guard_gain *gain, char *out, size_t max)
{
	switch (clue) {
	case GUARD_WALK: walk_words(&gain->kin, out, max); break;
	case GUARD_SPREAD: spread_words(state, &gain->kin, out, max); break;
	case GUARD_SWEEP: sweep_words(state, &gain->kin, out, max); break;
	case GUARD_SHARE:
		snprintf(out, max, "%d%% tidak terdapat atau salah format dari %d",
		         state->asked ? state->missed * 100 / state->asked : 0, state->asked);
		break;
	case GUARD_PACE: pace_words(gain->gap_us, state->fast, "lebih cepat daripada orang mengetik", out, max); break;
	case GUARD_RHYTHM: pace_words(state->gap_us, state->even, "hampir tetap", out, max); break;
	case GUARD_CLUES: snprintf(out, max, "user ID ditahan sejak pola sebelumnya"); break;
	}
}
