/* SPDX-License-Identifier: EUPL-1.2
 * A gate with routes of a test's own, a real server before it and an engine's store behind
 * it; nothing else of an office. Needs cmocka and engines.h. Included once per program. */
#pragma once
#include "gate/gate.h"

#include <pthread.h>
#include <signal.h>

#include "../http/client.h"
#include "engines.h"
#include "store/migrate.h"

struct house {
	struct gate *gate;
	struct http_server *server;
	struct secret key;
	int port;
	_Atomic int taken; /* requests that are where the gate puts them: answered, in the tray's queue, or in the pool's */
};

static inline void on_refuse(struct visit *v, int status, const struct err *err)
{
	struct buf body = BUF(4096);
	(void)err;
	buf_addf(&body, "ditolak %d", status);
	visit_html(v, status, &body);
}

static inline void on_log(void *arg, const char *what, const struct err *err)
{
	(void)arg, (void)what, (void)err;
}

static inline int on_admit(void *arg, enum http_method method, struct str path)
{
	return gate_admit(((struct house *)arg)->gate, method, path);
}

static inline void on_handle(void *arg, struct http_request *rq)
{
	struct house *o = arg;
	gate_handle(o->gate, rq);
	o->taken++;
}

static inline void house_open(struct house *o, struct engine *engine, const struct route *routes, int threads)
{
	o->taken = 0;
	ENGINE_OK(secret_new(&o->key, 32, &engine_err));
	memset(o->key.at, 7, o->key.n); /* the same slots of gate/share.h each time */
	struct gate_conf conf = {.office = engine->store,
	                         .routes = routes,
	                         .refuse = on_refuse,
	                         .log = on_log,
	                         .key = o->key,
	                         .office_key = o->key,
	                         .slow_threads = threads,
	                         .origin = ""};
	ENGINE_OK(gate_open(&conf, &o->gate, &engine_err));
	struct http_conf http = {.listen = "127.0.0.1:0",
	                         .threads = 2,
	                         .admit = on_admit,
	                         .handle = on_handle,
	                         .arg = o,
	                         .trusted_proxies = "127.0.0.1",
	                         .client_header = "X-Real-IP"};
	ENGINE_OK(http_start(&http, &o->server, &engine_err));
	o->port = http_port(o->server);
}

/* true: it came about while there was patience. */
#define HOUSE_WAIT(what)                                                                                                           \
	({                                                                                                                         \
		for (int ms_ = 0; ms_ < 60000 && !(what); ms_++)                                                                   \
			usleep(1000);                                                                                              \
		(what);                                                                                                            \
	})

/* As `padan serve` ends: no more connections, what was taken is answered, then all closes. */
static inline void house_close(struct house *o)
{
	http_quiesce(o->server);
	gate_quiesce(o->gate);
	assert_true(HOUSE_WAIT(!http_stat(o->server).kept));
	http_stop(o->server);
	gate_close(o->gate);
	secret_free(&o->key);
}
