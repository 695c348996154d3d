/* SPDX-License-Identifier: EUPL-1.2
 * I8.3: of two who want a number one gets it; whoever is silent loses it, and the log takes nothing
 * of him from then on; the same directory takes its own back at once. */
#include "journal/lease.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <time.h>

#include "journal/lease.sql.h"
#include "log.h"

#define S10 (10 * US_PER_S)

static struct lease_bid bid_of(unsigned char who, int wanted)
{
	struct lease_bid bid = {.who = {.silence_s = 10}, .wanted = wanted};
	memset(bid.who.holder, who, LEASE_HOLDER);
	snprintf(bid.who.host, sizeof bid.who.host, "mesin-%d", who);
	return bid;
}

static void tables(struct engine *engine)
{
	static const struct schema *const schemas[] = {&journal_schema, &browse_schema, &cosign_schema, &lease_schema};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
}

static struct lease take(struct engine *engine, unsigned char who, int wanted)
{
	struct lease lease = {0};
	struct lease_bid bid = bid_of(who, wanted);
	ENGINE_OK(lease_try(engine->store, &bid, 0, &lease, &engine_err));
	return lease;
}

static enum rc look(struct engine *engine, struct lease_bid *bid, int64_t at_us, struct lease *ret)
{
	return lease_try(engine->store, bid, at_us, ret, &engine_err);
}

/* The journal of a holder: the log under his fence. */
static void open_log(struct log *log, struct engine *engine, struct lease lease)
{
	*log = (struct log){.engine = engine};
	ENGINE_OK(secret_new(&log->master, 32, &engine_err));
	memset(log->master.at, 7, 32);
	struct journal_conf conf = {.origin = LOG_ORIGIN, .log_id = lease.log_id, .fence = lease.fence, .master = log->master};
	ENGINE_OK(journal_open(engine->store, &conf, LOG_NOW, &log->journal, &engine_err));
}

static enum rc beat(struct log *log, struct lease lease, unsigned char who)
{
	TX_AUTO *tx = NULL;
	struct lease_bid bid = bid_of(who, lease.log_id);
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	TRY(lease_beat(log->journal, tx, &lease, &bid.who, &engine_err));
	return tx_commit(&tx, &engine_err);
}

static enum rc append(struct log *log, int64_t i)
{
	TX_AUTO *tx = NULL;
	const struct receipt *receipt;
	struct entry e = log_entry(i);
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	TRY(journal_append(log->journal, tx, &e, 1, &receipt, &engine_err));
	return tx_commit(&tx, &engine_err);
}

/* ---- who gets which number ---- */

static void check_two_get_two(struct engine *engine)
{
	tables(engine);
	struct lease a = take(engine, 1, LEASE_ANY), b = take(engine, 2, LEASE_ANY);
	assert_int_equal(a.log_id, 0);
	assert_int_equal(b.log_id, 1);
	assert_int_equal(a.fence, 1);
	/* the same directory: its own number, at once, under a higher fence */
	struct lease again = take(engine, 2, LEASE_ANY);
	assert_int_equal(again.log_id, 1);
	assert_int_equal(again.fence, 2);
}

static void check_an_explicit_number(struct engine *engine)
{
	tables(engine);
	assert_int_equal(take(engine, 1, 63).log_id, 63);
	assert_int_equal(take(engine, 1, 63).fence, 2);
	/* another one: 63 is nobody's then */
	assert_int_equal(take(engine, 1, 5).log_id, 5);
	assert_int_equal(take(engine, 2, 63).fence, 3);
}

static void check_who_lives_keeps_it(struct engine *engine)
{
	struct log log;
	struct lease lease;
	tables(engine);
	struct lease held = take(engine, 1, 0);
	open_log(&log, engine, held);
	struct lease_bid bid = bid_of(2, 0);
	assert_int_equal(look(engine, &bid, 0, &lease), RC_ABSENT);
	assert_int_equal(look(engine, &bid, S10 - 1, &lease), RC_ABSENT);
	assert_int_equal(beat(&log, held, 1), RC_OK);
	assert_int_equal(look(engine, &bid, S10, &lease), RC_LIMIT);
	assert_non_null(strstr(engine_err.what, "mesin-1"));
	log_close(&log);
}

static void check_who_is_silent_loses_it(struct engine *engine)
{
	struct log old, new;
	struct lease lease;
	struct verify_result result;
	tables(engine);
	struct lease held = take(engine, 1, 0);
	open_log(&old, engine, held);
	assert_int_equal(append(&old, 0), RC_OK);
	struct lease_bid bid = bid_of(2, 0);
	assert_int_equal(look(engine, &bid, 0, &lease), RC_ABSENT);
	assert_int_equal(look(engine, &bid, S10, &lease), RC_OK);
	assert_int_equal(lease.fence, held.fence + 1);
	open_log(&new, engine, lease);
	assert_int_equal(append(&new, 1), RC_OK);
	/* the old one wakes up */
	assert_false(journal_is_lost(old.journal));
	assert_int_equal(append(&old, 2), RC_BROKEN);
	assert_true(journal_is_lost(old.journal));
	assert_int_equal(append(&new, 3), RC_OK);
	assert_int_equal(log_verify(&new, NULL, &result), RC_OK);
	assert_int_equal(result.entries, 3);
	log_close(&old);
	log_close(&new);
}

static void check_a_beat_finds_out_too(struct engine *engine)
{
	struct log old;
	tables(engine);
	struct lease held = take(engine, 1, 0);
	open_log(&old, engine, held);
	take(engine, 1, 0); /* the same directory, started again */
	assert_int_equal(beat(&old, held, 1), RC_REFUSED);
	assert_true(journal_is_lost(old.journal));
	log_close(&old);
}

/* Who took it earlier and only now comes to open the log. */
static void check_late_to_the_log(struct engine *engine)
{
	struct log new;
	struct journal *late;
	tables(engine);
	struct lease first = take(engine, 1, 0), second = take(engine, 1, 0);
	open_log(&new, engine, second);
	struct journal_conf conf = {.origin = LOG_ORIGIN, .log_id = 0, .fence = first.fence, .master = new.master};
	assert_int_equal(journal_open(engine->store, &conf, LOG_NOW, &late, &engine_err), RC_CONFLICT);
	log_close(&new);
}

static void check_without_a_lease_nothing_changes(struct engine *engine)
{
	struct log held, verb;
	tables(engine);
	open_log(&held, engine, take(engine, 1, 0));
	open_log(&verb, engine, (struct lease){.log_id = 0});
	assert_int_equal(append(&verb, 0), RC_OK);
	assert_int_equal(append(&held, 1), RC_OK);
	assert_int_equal(append(&verb, 2), RC_OK);
	log_close(&held);
	log_close(&verb);
}

/* ---- letting go ---- */

static void check_released_is_free_at_once(struct engine *engine)
{
	tables(engine);
	struct lease held = take(engine, 1, 0);
	struct lease_bid bid = bid_of(1, 0), other = bid_of(2, 0);
	struct lease lease;
	/* somebody else's, or an earlier one: nothing happens */
	ENGINE_OK(lease_release(engine->store, &held, &other.who, &engine_err));
	assert_int_equal(look(engine, &other, 0, &lease), RC_ABSENT);
	ENGINE_OK(lease_release(engine->store, &held, &bid.who, &engine_err));
	assert_int_equal(look(engine, &other, 0, &lease), RC_OK);
	assert_int_equal(lease.fence, 2);
}

static void check_all_numbers_taken(struct engine *engine)
{
	struct lease lease;
	struct lease_bid bid = bid_of(200, LEASE_ANY);
	tables(engine);
	for (int i = 0; i < LEASES_MAX; i++)
		assert_int_equal(take(engine, (unsigned char)(i + 1), LEASE_ANY).log_id, i);
	assert_int_equal(look(engine, &bid, 0, &lease), RC_ABSENT);
	for (int i = 0; i < LEASES_MAX; i++)
		if (i != 17)
			take(engine, (unsigned char)(i + 1), i);
	assert_int_equal(look(engine, &bid, S10 - 1, &lease), RC_ABSENT);
	struct lease_bid full = bid;
	assert_int_equal(look(engine, &bid, S10, &lease), RC_OK);
	assert_int_equal(lease.log_id, 17);
	/* it moved: whoever watched all along sees 64 that live */
	memset(full.who.holder, 201, LEASE_HOLDER);
	assert_int_equal(look(engine, &full, S10, &lease), RC_LIMIT);
}

static void *append_once(void *arg)
{
	static enum rc rc;
	TX_AUTO *tx = NULL;
	struct err err = {0};
	struct log *log = arg;
	const struct receipt *receipt;
	struct entry e = log_entry(0);
	rc = tx_begin(log->engine->store, TX_WRITE, &tx, &err);
	rc = rc == RC_OK ? journal_append(log->journal, tx, &e, 1, &receipt, &err) : rc;
	rc = rc == RC_OK ? tx_commit(&tx, &err) : rc;
	return &rc;
}

/* The old holder's append began before the number was taken, and waited for the head: what it
 * finds there is what stands there now, not what stood there when it asked. */
static void check_whoever_waited_is_refused(struct engine *engine)
{
	struct log old;
	struct lease_row rows[LEASES_MAX];
	size_t n;
	pthread_t thread;
	void *rc;
	TX_AUTO *tx = NULL;
	tables(engine);
	open_log(&old, engine, take(engine, 1, 0));
	ENGINE_OK(lease_all(engine->store, rows, &n, &engine_err));
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(lease_take_away(tx, &rows[0], &engine_err));
	assert_int_equal(pthread_create(&thread, NULL, append_once, &old), 0);
	nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL); /* were it too short, this would prove less, not fail */
	ENGINE_OK(tx_commit(&tx, &engine_err));
	assert_int_equal(pthread_join(thread, &rc), 0);
	assert_int_equal(*(enum rc *)rc, RC_BROKEN);
	assert_true(journal_is_lost(old.journal));
	log_close(&old);
}

static void check_taken_away(struct engine *engine)
{
	struct log old;
	struct lease_row rows[LEASES_MAX];
	size_t n;
	TX_AUTO *tx = NULL;
	tables(engine);
	struct lease held = take(engine, 1, 3);
	open_log(&old, engine, held);
	ENGINE_OK(lease_all(engine->store, rows, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].log_id, 3);
	assert_true(rows[0].held);
	assert_string_equal(rows[0].host, "mesin-1");
	struct lease_row seen = rows[0];
	assert_int_equal(beat(&old, held, 1), RC_OK);
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(lease_take_away(tx, &seen, &engine_err), RC_CONFLICT);
	tx_rollback(&tx);
	ENGINE_OK(lease_all(engine->store, rows, &n, &engine_err));
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(lease_take_away(tx, &rows[0], &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	ENGINE_OK(lease_all(engine->store, rows, &n, &engine_err));
	assert_false(rows[0].held);
	assert_int_equal(append(&old, 0), RC_BROKEN);
	log_close(&old);
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(two_get_two)
EACH(an_explicit_number)
EACH(who_lives_keeps_it)
EACH(who_is_silent_loses_it)
EACH(a_beat_finds_out_too)
EACH(late_to_the_log)
EACH(without_a_lease_nothing_changes)
EACH(released_is_free_at_once)
EACH(all_numbers_taken)
EACH(whoever_waited_is_refused)
EACH(taken_away)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_two_get_two),
	        cmocka_unit_test(test_an_explicit_number),
	        cmocka_unit_test(test_who_lives_keeps_it),
	        cmocka_unit_test(test_who_is_silent_loses_it),
	        cmocka_unit_test(test_a_beat_finds_out_too),
	        cmocka_unit_test(test_late_to_the_log),
	        cmocka_unit_test(test_without_a_lease_nothing_changes),
	        cmocka_unit_test(test_released_is_free_at_once),
	        cmocka_unit_test(test_all_numbers_taken),
	        cmocka_unit_test(test_whoever_waited_is_refused),
	        cmocka_unit_test(test_taken_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
