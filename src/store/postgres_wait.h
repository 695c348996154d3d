/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_wait.h - waiting for the server, in one place. For the files of this
 * driver alone.
 *
 * libpq's own calls wait for as long as the kernel keeps the connection, and a machine
 * that hangs keeps it for ever. Here a wait ends c->wait_us after the server was heard
 * last, and at c->until_us where that is set; then the connection is lost, and nobody
 * asks the server to cancel anything: it would not answer that either. */
#pragma once
#include "store/postgres_pool.h"

/* For poll(2): until a moment on the steady clock, in steps of a minute at most. */
int postgres_poll_ms(int64_t end_us);
/* As PQgetResult(). NULL also when nothing came in time or the connection broke; c->lost
 * tells that from the end of the results. */
PGresult *postgres_next(struct connection *c);
/* All results of what was sent, and of them the first that failed, or else the last. NULL:
 * none came. The caller clears it. */
PGresult *postgres_last(struct connection *c);
/* As PQexec(). */
PGresult *postgres_say(struct connection *c, const char *sql);
