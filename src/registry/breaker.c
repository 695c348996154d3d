/* SPDX-License-Identifier: EUPL-1.2
 * registry/breaker.c - see breaker.h. */
#include "registry/breaker.h"

void breaker_init(struct breaker *b, int most, int64_t first_us, int64_t ceiling_us)
{
	*b = (struct breaker){.most = most, .first_us = first_us, .ceiling_us = ceiling_us};
}

enum breaker_state breaker_state(const struct breaker *b, int64_t now_us)
{
	if (!b->until_us)
		return BREAKER_CLOSED;
	return now_us < b->until_us ? BREAKER_OPEN : BREAKER_HALF;
}

bool breaker_lets(struct breaker *b, int64_t now_us, bool *ret_try, int64_t *ret_wait_us)
{
	*ret_try = false;
	*ret_wait_us = 0;
	switch (breaker_state(b, now_us)) {
	case BREAKER_CLOSED: return true;
	case BREAKER_OPEN: *ret_wait_us = b->until_us - now_us; return false;
	case BREAKER_HALF: break;
	}
	if (b->trying) {
		*ret_wait_us = b->first_us;
		return false;
	}
	*ret_try = b->trying = true;
	return true;
}

void breaker_spared(struct breaker *b)
{
	b->trying = false;
}

void breaker_well(struct breaker *b)
{
	b->fails = 0;
	b->until_us = b->pause_us = 0;
	b->trying = false;
}

bool breaker_failed(struct breaker *b, bool tried, int64_t now_us)
{
	bool was_open = b->until_us != 0;
	if (was_open && !tried)
		return false;
	b->trying = false;
	if (++b->fails < b->most && !was_open)
		return false;
	b->pause_us = b->pause_us ? 2 * b->pause_us : b->first_us;
	if (b->pause_us > b->ceiling_us)
		b->pause_us = b->ceiling_us;
	b->until_us = now_us + b->pause_us;
	return !was_open;
}
