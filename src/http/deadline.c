/* SPDX-License-Identifier: EUPL-1.2
 * http/deadline.c - the end of patience. libmicrohttpd's own timeout starts anew
 * with every byte, so a client that sends one byte a minute would never be late.
 * Here every connection carries an absolute deadline for what it is doing, and one
 * thread looks at all of them twice a second and shuts the late ones down; the
 * event thread then sees the end and cleans up. When connections run short, the
 * idle ones are let go first, and those that have not asked for anything yet. A kept
 * request has no deadline: that is the gate's. */
#include "http/server.h"

#include <errno.h>
#include <sys/socket.h>
#include <time.h>

#define TICK_US (US_PER_S / 2)
#define CROWDED_IDLE_US (2 * US_PER_S)

void conn_phase(struct conn *conn, enum phase phase, int64_t seconds)
{
	int64_t now = clock_steady_us();
	atomic_store_explicit(&conn->phase, phase, memory_order_relaxed);
	atomic_store_explicit(&conn->since_us, now, memory_order_relaxed);
	atomic_store_explicit(&conn->deadline_us, now + seconds * US_PER_S, memory_order_relaxed);
}

void conn_no_deadline(struct conn *conn)
{
	atomic_store_explicit(&conn->deadline_us, INT64_MAX, memory_order_relaxed);
}

static bool is_late(const struct conn *conn, int64_t now, bool crowded)
{
	if (atomic_load_explicit(&conn->deadline_us, memory_order_relaxed) < now)
		return true;
	return crowded && atomic_load_explicit(&conn->phase, memory_order_relaxed) != PHASE_BUSY &&
	       atomic_load_explicit(&conn->since_us, memory_order_relaxed) + CROWDED_IDLE_US < now;
}

static void cut_late(struct http_server *server)
{
	int64_t now = clock_steady_us();
	bool crowded = atomic_load(&server->connections) * 10 >= (int64_t)server->conf.connections_max * 9;
	for (struct conn *conn = server->live; conn; conn = conn->next) {
		if (conn->cut || conn->fd < 0 || !is_late(conn, now, crowded))
			continue;
		conn->cut = true;
		shutdown(conn->fd, SHUT_RDWR);
		atomic_fetch_add(&server->late, 1);
	}
}

static void *watch(void *arg)
{
	struct http_server *server = arg;
	pthread_mutex_lock(&server->lock);
	while (!server->stopping) {
		cut_late(server);
		int64_t until = clock_steady_us() + TICK_US;
		struct timespec at = {.tv_sec = until / US_PER_S, .tv_nsec = until % US_PER_S * 1000};
		pthread_cond_timedwait(&server->watch_wake, &server->lock, &at);
	}
	pthread_mutex_unlock(&server->lock);
	return NULL;
}

enum rc deadline_start(struct http_server *server, struct err *err)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&server->watch_wake, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&server->watch, NULL, watch, server) != 0)
		return FAIL(err, RC_BROKEN, "utas pengawas tidak dapat dibuat");
	server->watching = true;
	return RC_OK;
}

void deadline_stop(struct http_server *server)
{
	if (!server->watching)
		return;
	pthread_mutex_lock(&server->lock);
	server->stopping = true;
	pthread_cond_signal(&server->watch_wake);
	pthread_mutex_unlock(&server->lock);
	pthread_join(server->watch, NULL);
	pthread_cond_destroy(&server->watch_wake);
	server->watching = false;
}
