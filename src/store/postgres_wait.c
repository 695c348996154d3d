/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_wait.c - see postgres_wait.h. */
#include "store/postgres_wait.h"

#include <errno.h>
#include <poll.h>

static int64_t end_of_wait(const struct connection *c, int64_t heard_us)
{
	int64_t end_us = c->wait_us ? heard_us + c->wait_us : INT64_MAX;
	return c->until_us && c->until_us < end_us ? c->until_us : end_us;
}

int postgres_poll_ms(int64_t end_us)
{
	int64_t left_us = end_us - clock_steady_us();
	return left_us <= 0 ? 0 : left_us >= INT64_C(60) * US_PER_S ? 60000 : (int)((left_us + 999) / 1000);
}

/* false: nothing came until then. What went wrong with the socket libpq tells by itself. */
static bool came(struct connection *c)
{
	int64_t end_us = end_of_wait(c, clock_steady_us());
	for (;;) {
		int left = PQflush(c->pg);
		/* of a broken one libpq has the rest of what came, and an error for whatever else is asked */
		if (left < 0 || !PQisBusy(c->pg) || PQsocket(c->pg) < 0)
			return true;
		struct pollfd at = {PQsocket(c->pg), (short)(POLLIN | (left ? POLLOUT : 0)), 0};
		int n = poll(&at, 1, postgres_poll_ms(end_us));
		if (n < 0 && errno != EINTR)
			return true;
		if (n == 0 && clock_steady_us() >= end_us)
			return false;
		if (n > 0 && at.revents & ~POLLOUT) {
			if (!PQconsumeInput(c->pg))
				return true;
			end_us = end_of_wait(c, clock_steady_us());
		}
	}
}

/* The one who waits with us sees since when. */
static bool came_in_time(struct connection *c)
{
	if (!c->patience)
		return came(c);
	atomic_store(&c->patience->since_us, clock_steady_us());
	bool in_time = came(c);
	atomic_store(&c->patience->since_us, 0);
	return in_time;
}

PGresult *postgres_next(struct connection *c)
{
	if (c->silent)
		return NULL;
	if (PQisBusy(c->pg) && !came_in_time(c)) {
		c->silent = true;
		c->lost = true;
		return NULL;
	}
	PGresult *result = PQgetResult(c->pg);
	c->lost = c->lost || PQstatus(c->pg) != CONNECTION_OK;
	return result;
}

static bool is_bad(const PGresult *result)
{
	return PQresultStatus(result) == PGRES_FATAL_ERROR;
}

PGresult *postgres_last(struct connection *c)
{
	PGresult *kept = NULL;
	for (PGresult *next; (next = postgres_next(c)) != NULL;) {
		if (kept && is_bad(kept)) {
			PQclear(next);
			continue;
		}
		PQclear(kept);
		kept = next;
	}
	if (c->silent) {
		PQclear(kept);
		return NULL;
	}
	return kept;
}

PGresult *postgres_say(struct connection *c, const char *sql)
{
	return PQsendQuery(c->pg, sql) ? postgres_last(c) : NULL;
}
