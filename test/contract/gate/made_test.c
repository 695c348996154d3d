/* SPDX-License-Identifier: EUPL-1.2
 * What a program makes under an Idempotency-Key is made once (I5.4): on both engines, after a
 * restart, by two nodes at once, and for a day. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "contract/identity/people.h"
#include "gate/call.h"
#include "gate/made.h"
#include "gate/made.sql.h"
#include "http/server.h"

/* A visit without a server around it. */
struct node {
	struct store *store;
	struct gate gate;
	struct http_request rq;
	struct arena arena;
	struct visit v;
};
static unsigned char who_token[2][SESSION_TOKEN_SIZE];

static void node_begin(struct node *n, struct store *store, struct secret key, int who)
{
	*n = (struct node){.store = store};
	n->gate.conf.key = key;
	arena_init(&n->arena, 1 << 16);
	n->v = (struct visit){.rq = &n->rq, .gate = &n->gate, .arena = &n->arena, .now_us = NOW};
	OK(tx_begin(store, TX_WRITE, &n->v.tx, &engine_err));
	n->v.who = people_behind(n->v.tx, who_token[who], NOW);
}

static void node_end(struct node *n)
{
	OK(tx_commit(&n->v.tx, &engine_err));
	arena_free(&n->arena);
}

static struct secret desk(struct engine *engine)
{
	static const struct schema *const schemas[] = {&identity_schema, &totp_schema, &handover_schema, &made_schema};
	struct secret key;
	struct tx *tx;
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(secret_new(&key, 32, &engine_err));
	memset(key.at, 7, 32);
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	people_session(tx, people_add(tx, "satu", ROLE_ADMIN, 0), NOW, who_token[0]);
	people_session(tx, people_add(tx, "dua", ROLE_ADMIN, 0), NOW, who_token[1]);
	OK(tx_commit(&tx, &engine_err));
	return key;
}

/* One visit: what the key stands for, and where it is new, `id` is made under it. */
static struct made ask(struct engine *engine, struct secret key, int who, const char *purpose, const char *words, const char *body,
                       int64_t now_us, int64_t id)
{
	struct node n;
	struct made made;
	node_begin(&n, engine->store, key, who);
	n.v.now_us = now_us;
	OK(made_hold(&n.v, purpose, str_c(words), str_c(body), &made, &engine_err));
	if (!made.clash && !made.made_id)
		OK(id ? made_set(&n.v, &made, id, &engine_err) : made_drop(&n.v, &made, &engine_err));
	node_end(&n);
	return made;
}
#define IS(made, id, different) assert_true((made).made_id == (id) && (made).clash == (different))

static void check_queries(struct engine *engine)
{
	struct secret key = desk(engine);
	for (size_t i = 0; made_queries[i]; i++)
		OK(query_check(engine->store, made_queries[i], &engine_err));
	secret_free(&key);
}

static void check_once(struct engine *engine)
{
	struct secret key = desk(engine);
	IS(ask(engine, key, 0, "a", "k", "isi", NOW, 41), 0, false);
	IS(ask(engine, key, 0, "a", "k", "isi", NOW, 42), 41, false);
	IS(ask(engine, key, 0, "a", "k", "isi lain", NOW, 42), 41, true);
	IS(ask(engine, key, 0, "b", "k", "isi", NOW, 43), 0, false); /* another purpose */
	IS(ask(engine, key, 1, "a", "k", "isi", NOW, 44), 0, false); /* another user id */
	IS(ask(engine, key, 0, "a", "kk", "isi", NOW, 45), 0, false);
	IS(ask(engine, key, 0, "a", "k", "isi", NOW, 46), 41, false);
	store_close(engine->store); /* a restart */
	OK(store_open(engine->url, &engine->store, &engine_err));
	IS(ask(engine, key, 0, "a", "k", "isi", NOW, 47), 41, false);
	secret_free(&key);
}

/* Nothing made, nothing kept: the key serves the next attempt, with another body too. */
static void check_a_failure_frees_the_key(struct engine *engine)
{
	struct secret key = desk(engine);
	IS(ask(engine, key, 0, "a", "k", "isi", NOW, 0), 0, false);
	IS(ask(engine, key, 0, "a", "k", "isi lain", NOW, 51), 0, false);
	IS(ask(engine, key, 0, "a", "k", "isi", NOW, 52), 51, true);
	secret_free(&key);
}

static void check_a_day(struct engine *engine)
{
	struct secret key = desk(engine);
	struct tx *tx;
	IS(ask(engine, key, 0, "a", "k", "isi", NOW, 61), 0, false);
	IS(ask(engine, key, 0, "a", "k", "isi", NOW + MADE_LIFE_US - 1, 62), 61, false);
	IS(ask(engine, key, 0, "a", "k", "isi", NOW - US_PER_DAY, 62), 61, false); /* the clock stepped back */
	IS(ask(engine, key, 0, "a", "k", "isi lain", NOW + MADE_LIFE_US, 63), 0, false);
	IS(ask(engine, key, 0, "a", "k", "isi lain", NOW + MADE_LIFE_US + 1, 64), 63, false);
	IS(ask(engine, key, 0, "a", "l", "isi", NOW, 65), 0, false);
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	OK(made_sweep(tx, NOW + MADE_LIFE_US, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	IS(ask(engine, key, 0, "a", "k", "isi lain", NOW + MADE_LIFE_US + 1, 66), 63, false); /* not old enough */
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	OK(made_sweep(tx, NOW + 2 * MADE_LIFE_US, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	IS(ask(engine, key, 0, "a", "k", "isi lain", NOW + MADE_LIFE_US + 1, 67), 0, false);
	secret_free(&key);
}

struct second {
	struct store *store;
	struct secret key;
	struct made made;
};

static void *ask_second(void *arg)
{
	struct second *s = arg;
	struct node n;
	node_begin(&n, s->store, s->key, 0);
	OK(made_hold(&n.v, "a", S("k"), S("isi"), &s->made, &engine_err));
	node_end(&n);
	return NULL;
}

/* The other node waits for this one and hears what it made. */
static void check_two_nodes(struct engine *engine)
{
	struct node n;
	struct made made;
	pthread_t thread;
	struct secret key = desk(engine);
	struct second second = {.key = key};
	OK(store_open(engine->url, &second.store, &engine_err));
	node_begin(&n, engine->store, key, 0);
	OK(made_hold(&n.v, "a", S("k"), S("isi"), &made, &engine_err));
	IS(made, 0, false);
	assert_int_equal(pthread_create(&thread, NULL, ask_second, &second), 0);
	usleep(100000);
	OK(made_set(&n.v, &made, 71, &engine_err));
	node_end(&n);
	pthread_join(thread, NULL);
	IS(second.made, 71, false);
	store_close(second.store);
	secret_free(&key);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(queries)
EACH(once)
EACH(a_failure_frees_the_key)
EACH(a_day)
EACH(two_nodes)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(queries), cmocka_unit_test(once),      cmocka_unit_test(a_failure_frees_the_key),
	        cmocka_unit_test(a_day),   cmocka_unit_test(two_nodes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
