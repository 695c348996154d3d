/* SPDX-License-Identifier: EUPL-1.2
 * registry/breaker.h - when to stop asking somebody who does not answer, and when to try
 * again. Pure; times are steady microseconds.
 *
 * Closed until `most` failures in a row; then open for a pause, after which one inquiry may
 * try (half open). If it goes well it is closed; if not it is open again, twice as long, up
 * to a ceiling. */
#pragma once
#include "base/base.h"

struct breaker {
	int most;                         /* failures in a row */
	int64_t first_us, ceiling_us;     /* pauses */
	int fails;
	int64_t until_us, pause_us;       /* 0: closed */
	bool trying;                      /* one is under way while it is half open */
};
enum breaker_state { BREAKER_CLOSED, BREAKER_OPEN, BREAKER_HALF };

void breaker_init(struct breaker *b, int most, int64_t first_us, int64_t ceiling_us);
enum breaker_state breaker_state(const struct breaker *b, int64_t now_us);
/* May one be asked? *ret_try: it is the one that tries, and its end must be told. false:
 * *ret_wait_us says how long not. */
bool breaker_lets(struct breaker *b, int64_t now_us, bool *ret_try, int64_t *ret_wait_us);
/* It came to nothing before it was asked: another one may try. */
void breaker_spared(struct breaker *b);
void breaker_well(struct breaker *b);
/* `tried`: it was the one that tries; the others of an open one count no more.
 * true: it opened just now. */
bool breaker_failed(struct breaker *b, bool tried, int64_t now_us);
