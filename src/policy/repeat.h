/* SPDX-License-Identifier: EUPL-1.2
 * policy/repeat.h - the same inquiry once more, at no cost; for the room `policy`
 * alone (DOMAIN 2 "Repeats").
 *
 * A key is bound to user id, method and the whole body, for a few minutes and a few
 * repeats. A repeat is free and nothing else: every other ground is looked at again
 * and the registry is read again. The store keeps keyed hashes, never a key, a body
 * or a NIK. Whoever reads or writes here holds the quota row of that instansi and
 * method, so that two nodes never count one key at the same time. */
#pragma once
#include "policy/facts.h"

#define REPEAT_HASH 16
#define REPEAT_ORDER 5 /* bytes of it that a key made by the door gives to its time */

struct repeat_rules {
	struct str key;  /* of the hashes, 32 bytes */
	int64_t life_us; /* from the first use */
	int max;
};

/* One key with one body, as it stands while the tray is walked. */
struct repeat {
	unsigned char key[REPEAT_HASH], body[REPEAT_HASH];
	struct repeat *same_key; /* the tray's first of that key: there `bodies` is counted */
	size_t bodies;           /* of that key and in this tray, alive */
	bool other_body;         /* the store has that key alive with a body that is not this one */
	bool live;               /* there is a first one, young enough */
	int uses;
	int64_t made_us, seq;
	bool in_tray;            /* the first one is in this tray, at `at` */
	size_t at;
	bool changed, written, forgotten;
};

/* ret[i] for every i with wanted[i] that brings a key, NULL elsewhere; equal ones
 * share. `wanted` and `ret` hold tray->n. One read of the store for all of them. */
MUST_USE enum rc repeat_read(const struct repeat_rules *rules, const struct policy_tray *tray, const bool *wanted,
                             struct repeat **ret, struct err *err);
/* Take one repeat of it: false when it is no repeat, or one too many. */
bool repeat_take(struct repeat *repeat, const struct repeat_rules *rules);
/* The ask at `at` is the first. */
void repeat_begin(struct repeat *repeat, size_t at, int64_t now_us);
/* Is its key alive with another body? */
bool repeat_is_clash(const struct repeat *repeat);
/* What the first came to nothing for and was given back: the next of that key is a first again. */
void repeat_forget(struct repeat *repeat);
/* For a system above, which knows repeats too: as hard to guess as the hashes. */
void repeat_hit(const struct repeat_rules *rules, const struct repeat *repeat, unsigned char *out, size_t n);
/* Write those that changed; NULLs are skipped. */
MUST_USE enum rc repeat_write(struct tx *tx, struct repeat *const *repeats, size_t n, struct err *err);
