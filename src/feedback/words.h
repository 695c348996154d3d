/* SPDX-License-Identifier: EUPL-1.2
 * feedback/words.h - the lists of DOMAIN 6 that data balikan is written in, and the
 * reasons why somebody whose data was accessed is no victim. Keys are stored for ever:
 * add rows, never rename one. */
#pragma once
#include "base/base.h"

enum keterangan {
	KETERANGAN_MENGUNGSI, KETERANGAN_LUKA, KETERANGAN_MENDERITA, KETERANGAN_HILANG, KETERANGAN_MENINGGAL, KETERANGAN_COUNT
};
enum house { HOUSE_NONE, HOUSE_HEAVY, HOUSE_MEDIUM, HOUSE_LIGHT, HOUSE_FLOODED, HOUSE_COUNT };
enum waiver { WAIVER_TYPED, WAIVER_OTHER, WAIVER_UNHARMED, WAIVER_ELSEWHERE, WAIVER_REASON, WAIVER_COUNT };

struct keterangan_row {
	enum keterangan keterangan;
	const char *key;   /* "mengungsi": stored, in forms */
	const char *label; /* "Mengungsi": BNPB's word, on the screen and on the wire */
	const char *digit; /* the key that chooses it under an answer */
};
struct house_row {
	enum house house;
	const char *key, *label; /* "" of HOUSE_NONE */
};
struct waiver_row {
	enum waiver waiver;
	const char *key, *label;
	bool note; /* needs a note */
};
/* NULL past the end; in the order people choose from. */
const struct keterangan_row *keterangan_at(size_t i);
const struct house_row *house_at(size_t i);
const struct waiver_row *waiver_at(size_t i);
/* RC_INVALID: no such key. */
MUST_USE enum rc keterangan_from_key(struct str key, enum keterangan *ret);
MUST_USE enum rc house_from_key(struct str key, enum house *ret);
MUST_USE enum rc waiver_from_key(struct str key, enum waiver *ret);
/* As people and programs write them: label, key or a usual other word, in any case, with
 * blanks and slashes as they like ("LUKA-LUKA", "Luka / Sakit", "terdampak"). RC_INVALID. */
MUST_USE enum rc keterangan_from_text(struct str text, enum keterangan *ret);
MUST_USE enum rc house_from_text(struct str text, enum house *ret);
