/* SPDX-License-Identifier: EUPL-1.2
 * Leases: of several nodes one runs a job, a dead one is followed, a failing bite is
 * undone and remembered, and a clock that steps delays by one lease at most. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

static int ran, more_left;
static bool fails;

static enum rc work(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	struct str to = S("a@b");
	struct mail mail = {.key = S("trace"), .to = &to, .to_n = 1, .subject = S("x"), .body = S("x")};
	(void)office;
	TRY(mail_put(tx, &mail, now_us, err)); /* something that a failure must undo */
	if (fails)
		return FAIL(err, RC_BROKEN, "gagal dengan sengaja");
	ran++;
	*ret_more = more_left-- > 0;
	return RC_OK;
}
static const struct job hourly = {"hourly", "setiap jam", 3600, work};

static enum rc try(struct office *o, struct node *node, enum job_bite *ret)
{
	struct tx *tx = office_begin(node);
	enum rc rc = job_bite(&node->office, &hourly, tx, o->now_us, ret, &engine_err);
	if (rc == RC_OK)
		OK(tx_commit(&tx, &engine_err));
	tx_rollback(&tx);
	return rc;
}

static enum job_bite bite(struct office *o, struct node *node)
{
	enum job_bite bite;
	OK(try(o, node, &bite));
	return bite;
}

static struct office fresh(struct engine *engine)
{
	ran = more_left = 0;
	fails = false;
	return office_open(engine);
}

static void check_one_node_runs_it(struct engine *engine)
{
	struct office o = fresh(engine);
	assert_int_equal(bite(&o, &o.a), JOB_DONE);
	assert_int_equal(bite(&o, &o.b), JOB_NOT_DUE);
	assert_int_equal(bite(&o, &o.a), JOB_NOT_DUE);
	o.now_us += S_US(3599);
	assert_int_equal(bite(&o, &o.b), JOB_NOT_DUE);
	o.now_us += S_US(1);
	assert_int_equal(bite(&o, &o.b), JOB_DONE); /* whoever comes first */
	assert_int_equal(bite(&o, &o.a), JOB_NOT_DUE);
	assert_int_equal(ran, 2);
	office_close(&o);
}
EACH(one_node_runs_it)

static void check_a_dead_node_is_followed_after_its_lease(struct engine *engine)
{
	struct office o = fresh(engine);
	more_left = 1;
	assert_int_equal(bite(&o, &o.a), JOB_HAS_MORE); /* and a dies here */
	assert_int_equal(bite(&o, &o.b), JOB_NOT_DUE);
	o.now_us += JOB_LEASE_US - 1;
	assert_int_equal(bite(&o, &o.b), JOB_NOT_DUE);
	o.now_us += 1;
	assert_int_equal(bite(&o, &o.b), JOB_DONE);
	assert_int_equal(ran, 2);
	office_close(&o);
}
EACH(a_dead_node_is_followed_after_its_lease)

static void check_the_one_that_has_it_goes_on(struct engine *engine)
{
	struct office o = fresh(engine);
	more_left = 2;
	assert_int_equal(bite(&o, &o.a), JOB_HAS_MORE);
	assert_int_equal(bite(&o, &o.a), JOB_HAS_MORE);
	assert_int_equal(bite(&o, &o.a), JOB_DONE);
	office_close(&o);
}
EACH(the_one_that_has_it_goes_on)

static void check_a_clock_that_steps_back(struct engine *engine)
{
	struct office o = fresh(engine);
	o.now_us += S_US(86400);
	more_left = 1;
	assert_int_equal(bite(&o, &o.a), JOB_HAS_MORE);
	o.now_us = NOON; /* a day back: the lease of the future binds nobody */
	assert_int_equal(bite(&o, &o.b), JOB_DONE);
	o.now_us = NOON - S_US(86400);
	assert_int_equal(bite(&o, &o.b), JOB_DONE); /* nor does the run of the future */
	o.now_us -= JOB_LEASE_US;
	assert_int_equal(bite(&o, &o.b), JOB_NOT_DUE); /* less than a lease: it just waits */
	o.now_us += JOB_LEASE_US + S_US(3600);
	assert_int_equal(bite(&o, &o.b), JOB_DONE);
	office_close(&o);
}
EACH(a_clock_that_steps_back)

static struct job_state state_of(struct office *o)
{
	struct sql_job_get row;
	struct tx *tx = office_begin(&o->a);
	OK(sql_job_get(tx, (struct sql_job_get_in){.name = S("hourly")}, &row, &engine_err));
	tx_rollback(&tx);
	return (struct job_state){&hourly, row.node, row.until_us, row.run_us, row.ok_us, row.fails};
}

static void note_failure(struct office *o, struct node *node)
{
	struct tx *tx = office_begin(node);
	OK(job_failed(&node->office, &hourly, tx, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static void check_a_failure_is_undone_and_remembered(struct engine *engine)
{
	enum job_bite got;
	struct mail_count count;
	struct office o = fresh(engine);
	assert_int_equal(bite(&o, &o.a), JOB_DONE);
	struct tx *tx = office_begin(&o.a);
	OK(mail_sweep(tx, o.now_us + 2 * MAIL_KEPT_US, &(bool){false}, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	fails = true;
	o.now_us += S_US(3600);
	assert_int_equal(try(&o, &o.a, &got), RC_BROKEN);
	note_failure(&o, &o.a);
	assert_int_equal(state_of(&o).fails, 1);
	assert_int_equal(state_of(&o).ok_us, NOON);
	assert_true(job_is_late(&(struct job_state){&hourly, .fails = 1}, o.now_us));
	assert_int_equal(bite(&o, &o.b), JOB_NOT_DUE); /* not every second */
	o.now_us += JOB_LEASE_US;
	assert_int_equal(try(&o, &o.b, &got), RC_BROKEN); /* but sooner than in an hour, and anywhere */
	note_failure(&o, &o.b);
	assert_int_equal(state_of(&o).fails, 2);
	fails = false;
	o.now_us += JOB_LEASE_US;
	assert_int_equal(bite(&o, &o.b), JOB_DONE);
	assert_int_equal(state_of(&o).fails, 0);
	assert_int_equal(state_of(&o).ok_us, o.now_us);
	tx = office_begin(&o.a);
	OK(mail_count(tx, &count, &engine_err));
	assert_int_equal(count.waiting + count.failed, 1); /* the failing bites left nothing */
	tx_rollback(&tx);
	office_close(&o);
}
EACH(a_failure_is_undone_and_remembered)

/* Two nodes at the same moment: the second waits for the row, sees it was done, and does
 * nothing. SQLite has one writer, so there the second begins after the first. */
static void check_two_at_once(struct engine *engine)
{
	struct office o = fresh(engine);
	enum job_bite got;
	assert_int_equal(bite(&o, &o.a), JOB_DONE); /* the row is there */
	o.now_us += S_US(3600);
	if (!store_is_sqlite(o.a.store)) {
		struct tx *tx = office_begin(&o.a), *other = NULL;
		OK(job_bite(&o.a.office, &hourly, tx, o.now_us, &got, &engine_err));
		assert_int_equal(got, JOB_DONE);
		OK(tx_begin(o.b.store, TX_READ, &other, &engine_err)); /* what b sees before a commits: still due */
		struct sql_job_get row;
		OK(sql_job_get(other, (struct sql_job_get_in){.name = S("hourly")}, &row, &engine_err));
		assert_int_equal(row.run_us, NOON);
		tx_rollback(&other);
		OK(tx_commit(&tx, &engine_err));
	} else {
		assert_int_equal(bite(&o, &o.a), JOB_DONE);
	}
	assert_int_equal(bite(&o, &o.b), JOB_NOT_DUE);
	assert_int_equal(ran, 2);
	office_close(&o);
}
EACH(two_at_once)

/* ---- the table and the runner ---- */

static enum rc errand(void *arg, enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err), void *run_arg,
                      struct err *err)
{
	struct office *o = arg;
	TX_AUTO *tx = NULL;
	TRY(tx_begin(o->a.store, TX_WRITE, &tx, err));
	TRY(run(run_arg, tx, o->now_us, err));
	return tx_commit(&tx, err);
}

static void check_the_runner_does_what_is_due(struct engine *engine)
{
	struct office o = fresh(engine);
	struct jobs jobs;
	struct job_state states[JOBS_MAX];
	size_t n;
	struct job_tray tray = {errand, &o};
	jobs_begin(&jobs, &o.a.office, &tray);
	OK(jobs_round(&jobs, S_US(1), &engine_err));
	o.now_us += S_US(100);
	OK(jobs_round(&jobs, S_US(2), &engine_err)); /* rows are looked at every ten seconds */
	struct tx *tx = office_begin(&o.a);
	OK(job_states(tx, states, &n, &engine_err));
	for (size_t i = 0; i < n; i++) {
		assert_ptr_equal(states[i].job, job_at(i));
		assert_int_equal(states[i].ok_us, NOON);
		assert_false(job_is_late(&states[i], o.now_us));
		assert_true(job_is_late(&states[i], NOON + 2 * US_PER_DAY));
	}
	tx_rollback(&tx);
	OK(jobs_round(&jobs, S_US(11), &engine_err));
	tx = office_begin(&o.a);
	OK(job_states(tx, states, &n, &engine_err));
	assert_int_equal(states[0].ok_us, o.now_us); /* pulse, each minute */
	tx_rollback(&tx);
	office_close(&o);
}
EACH(the_runner_does_what_is_due)

static void the_table_has_no_hole(void **state)
{
	(void)state;
	size_t n = 0;
	for (; job_at(n); n++) {
		assert_true(*job_at(n)->key && *job_at(n)->label && job_at(n)->every_s >= 1 && job_at(n)->run);
		for (const char *c = job_at(n)->key; *c; c++)
			assert_true((*c >= 'a' && *c <= 'z') || *c == '_');
		for (size_t i = 0; i < n; i++)
			assert_string_not_equal(job_at(i)->key, job_at(n)->key);
	}
	assert_true(n >= 2 && n <= JOBS_MAX);
}

static void check_every_query_prepares(struct engine *engine)
{
	struct office o = fresh(engine);
	for (size_t i = 0; jobs_queries[i]; i++)
		OK(query_check(engine->store, jobs_queries[i], &engine_err));
	office_close(&o);
}
EACH(every_query_prepares)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(one_node_runs_it),
	        cmocka_unit_test(a_dead_node_is_followed_after_its_lease),
	        cmocka_unit_test(the_one_that_has_it_goes_on),
	        cmocka_unit_test(a_clock_that_steps_back),
	        cmocka_unit_test(a_failure_is_undone_and_remembered),
	        cmocka_unit_test(two_at_once),
	        cmocka_unit_test(the_runner_does_what_is_due),
	        cmocka_unit_test(the_table_has_no_hole),
	        cmocka_unit_test(every_query_prepares),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
