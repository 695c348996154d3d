/* SPDX-License-Identifier: EUPL-1.2
 * I7.5: the thread that checks: what was asked is done, a changed log is told, and a stop leaves it to
 * whoever comes next. */
#include "jobs/verifier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "../journal/log.h"
#include "journal/check.h"
#include "journal/check.sql.h"

struct world {
	struct log log;
	atomic_int told;
	_Atomic int64_t errands;
	int64_t slow; /* that one takes its time, after the test saw what it did */
	atomic_bool seen;
};

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
}

static enum rc errand(void *arg, enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err), void *run_arg,
                      struct err *err)
{
	struct world *world = arg;
	TX_AUTO *tx = NULL;
	world->errands++;
	TRY(tx_begin(world->log.engine->store, TX_WRITE, &tx, err));
	TRY(run(run_arg, tx, clock_now_us(), err));
	TRY(tx_commit(&tx, err));
	if (world->errands == world->slow) {
		while (!world->seen)
			nap();
		nanosleep(&(struct timespec){.tv_sec = 2}, NULL); /* to be told to stop meanwhile */
	}
	return RC_OK;
}

static void on_log(void *arg, const char *what, const struct err *err)
{
	struct world *world = arg;
	if (err)
		print_message("%s: %s\n", what, err->what);
	world->told++;
}

static void world_open(struct world *world, struct engine *engine)
{
	static const struct schema *const schemas[] = {&check_schema};
	*world = (struct world){.told = 0};
	log_open(&world->log, engine);
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
}

static struct verifier *start(struct world *world)
{
	struct verifier *verifier;
	struct verifier_conf conf = {.office = world->log.engine->store,
	                             .tray = {errand, world},
	                             .node = 0,
	                             .journal = world->log.journal,
	                             .log = on_log,
	                             .log_arg = world};
	ENGINE_OK(verifier_start(&conf, &verifier, &engine_err));
	return verifier;
}

static void ask(struct world *world)
{
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(world->log.engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(check_ask(tx, 0, S("admin"), clock_now_us(), &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
}

static struct check newest(struct world *world)
{
	TX_AUTO *tx = NULL;
	struct check all[CHECK_RECENT_MAX];
	size_t n;
	ENGINE_OK(tx_begin(world->log.engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(check_recent(tx, 0, all, &n, &engine_err));
	assert_true(n > 0);
	all[0].reason = all[0].asked_by = all[0].root = S(""); /* of the transaction */
	return all[0];
}

static struct check wait_for_end(struct world *world)
{
	struct check check = newest(world);
	for (int i = 0; i < 9000 && !check.finished_us; i++, check = newest(world))
		nap();
	return check;
}

static void check_done(struct engine *engine)
{
	static const struct query bend = LOG_SQL("UPDATE journal_entry SET outcome = '11' WHERE entry_id = 7");
	struct world world;
	world_open(&world, engine);
	log_fill(&world.log, 0, 500);
	log_checkpoint(&world.log);
	struct verifier *verifier = start(&world);
	ask(&world);
	struct check check = wait_for_end(&world);
	assert_int_equal(check.state, CHECK_WHOLE);
	assert_int_equal(check.entries, 500);
	assert_int_equal(check.signed_size, 500);
	assert_int_equal(world.told, 0);
	while (world.errands < 4) /* the entry about it is written after the row */
		nap();
	log_tamper(&world.log, &bend);
	ask(&world);
	check = wait_for_end(&world);
	assert_int_equal(check.state, CHECK_BROKEN);
	assert_int_equal(check.bad_seq, 7);
	verifier_stop(verifier);
	assert_int_equal(world.told, 1);
	log_close(&world.log);
}

/* Stopped at once: nothing is lost, and nothing is called checked that was not. */
static void check_stopped(struct engine *engine)
{
	struct world world;
	world_open(&world, engine);
	log_fill(&world.log, 0, 9000);
	ask(&world);
	world.slow = 2; /* taking it */
	struct verifier *verifier = start(&world);
	while (newest(&world).state == CHECK_WAITING)
		nap();
	world.seen = true;
	verifier_stop(verifier);
	assert_int_equal(newest(&world).state, CHECK_WAITING);
	verifier = start(&world);
	struct check check = wait_for_end(&world);
	assert_int_equal(check.state, CHECK_WHOLE);
	verifier_stop(verifier);
	log_close(&world.log);
}

static void check_nothing(struct engine *engine)
{
	struct world world;
	world_open(&world, engine);
	log_fill(&world.log, 0, 3);
	struct verifier *verifier = start(&world);
	nap();
	verifier_stop(verifier);
	assert_true(world.errands <= 2); /* letting go, before and after: looking needs no tray */
	verifier_stop(NULL);
	log_close(&world.log);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(done)
EACH(stopped)
EACH(nothing)

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(done), cmocka_unit_test(stopped), cmocka_unit_test(nothing)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
