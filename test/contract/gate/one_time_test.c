/* SPDX-License-Identifier: EUPL-1.2
 * A one-time password for somebody else: what the worker made is what the tray stores,
 * every session of the other ends, it is journaled, and the text is kept nowhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "contract/identity/people.h"
#include "gate/call.h"
#include "gate/one_time.h"
#include "http/server.h"
#include "identity/password.h"
#include "journal/journal.sql.h"

/* A visit without a server around it. */
struct desk {
	struct secret master;
	struct journal *journal;
	struct gate gate;
	struct http_request rq;
	struct arena arena;
	struct visit v;
};

static void desk_open(struct desk *d, struct engine *engine)
{
	static const struct schema *const schemas[] = {&identity_schema, &totp_schema, &handover_schema, &journal_schema};
	*d = (struct desk){.rq.peer = people_addr("192.0.2.13")};
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(secret_new(&d->master, 32, &engine_err));
	memset(d->master.at, 7, 32);
	struct journal_conf conf = {.origin = "padan.example/uji", .master = d->master};
	OK(journal_open(engine->store, &conf, NOW, &d->journal, &engine_err));
	arena_init(&d->arena, 1 << 16);
	d->gate.conf.journal = d->journal;
	d->v = (struct visit){.rq = &d->rq, .gate = &d->gate, .arena = &d->arena, .now_us = NOW};
	OK(one_time_slow(&d->v, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &d->v.tx, &engine_err));
	unsigned char token[SESSION_TOKEN_SIZE];
	people_session(d->v.tx, people_add(d->v.tx, "admin", ROLE_ADMIN, 0), NOW, token);
	d->v.who = people_behind(d->v.tx, token, NOW);
}

static void desk_close(struct desk *d)
{
	tx_rollback(&d->v.tx);
	arena_free(&d->arena);
	journal_close(d->journal);
	secret_free(&d->master);
}

static void check_made_for_a_new_user_id(struct engine *engine)
{
	struct desk d;
	struct user user;
	int64_t id;
	desk_open(&d, engine);
	struct one_time made = one_time_take(&d.v);
	assert_int_equal(made.password.n, PASSWORD_ONE_TIME_SIZE - 1);
	assert_int_equal(password_verify(made.hash, made.password, &engine_err), RC_OK);
	struct user_new fresh = {.user_id = S("baru"), .role = ROLE_AUDITOR, .password_hash = made.hash, .must_change = true};
	OK(user_add(d.v.tx, &fresh, NOW, &id, &engine_err));
	OK(user_get(d.v.tx, id, &user, &engine_err));
	assert_true(str_eq(user.password_hash, made.hash));
	desk_close(&d);
}

static void check_a_reset_ends_all_and_is_journaled(struct engine *engine)
{
	struct desk d;
	struct user user;
	struct str password;
	struct sql_journal_entry_find entry;
	unsigned char one[SESSION_TOKEN_SIZE], two[SESSION_TOKEN_SIZE];
	desk_open(&d, engine);
	int64_t id = people_add(d.v.tx, "satu", ROLE_OPERATOR, 5);
	people_session(d.v.tx, id, NOW, one);
	people_session(d.v.tx, id, NOW, two);
	OK(one_time_finish(&d.v, id, &password, &engine_err));
	assert_null(people_behind(d.v.tx, one, NOW));
	assert_null(people_behind(d.v.tx, two, NOW));
	OK(user_get(d.v.tx, id, &user, &engine_err));
	assert_true(user.must_change);
	assert_int_equal(password_verify(user.password_hash, password, &engine_err), RC_OK);
	OK(sql_journal_entry_find(d.v.tx, (struct sql_journal_entry_find_in){.entry_id = 0}, &entry, &engine_err));
	assert_non_null(memmem(entry.line.at, entry.line.n, "\"act\":\"user\"", 12));
	assert_non_null(memmem(entry.line.at, entry.line.n, "user reset-password satu", 24));
	assert_non_null(memmem(entry.line.at, entry.line.n, "\"instansi\":5", 12));
	assert_null(memmem(entry.line.at, entry.line.n, password.at, password.n));
	desk_close(&d);
}

static void check_who_has_none(struct engine *engine)
{
	struct desk d;
	struct str password = {0};
	struct journal_head head;
	desk_open(&d, engine);
	int64_t service = people_add(d.v.tx, "layanan", ROLE_SERVICE, 5);
	assert_int_equal(one_time_finish(&d.v, service, &password, &engine_err), RC_INVALID);
	assert_int_equal(one_time_finish(&d.v, 999, &password, &engine_err), RC_ABSENT);
	assert_null(password.at);
	OK(journal_head(d.journal, d.v.tx, &head, &engine_err));
	assert_int_equal(head.size, 0);
	desk_close(&d);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(made_for_a_new_user_id)
EACH(a_reset_ends_all_and_is_journaled)
EACH(who_has_none)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_for_a_new_user_id),
		cmocka_unit_test(a_reset_ends_all_and_is_journaled),
		cmocka_unit_test(who_has_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
