/* SPDX-License-Identifier: EUPL-1.2
 * Threat: the disk. The n-th call to the store fails, for every n; whatever was
 * begun then leaves nothing behind, and the next tray goes where this one would have. */
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "../../contract/journal/log.h"
#include "store/driver.h"

/* The real driver, until the countdown reaches zero. */
static int countdown;

static bool fails(struct err *err)
{
	if (--countdown != 0)
		return false;
	enum rc rc = FAIL(err, RC_BROKEN, "the test says so");
	return rc == RC_BROKEN;
}

static enum rc one(struct tx *tx, const struct query *q, const struct value *in, struct value *out, struct err *err)
{
	return fails(err) ? RC_BROKEN : driver_sqlite.one(tx, q, in, out, err);
}

static enum rc exec(struct tx *tx, const struct query *q, const struct value *in, int64_t *changed, struct err *err)
{
	return fails(err) ? RC_BROKEN : driver_sqlite.exec(tx, q, in, changed, err);
}

static enum rc batch(struct tx *tx, const struct query *q, size_t n, const struct value *in, struct value *out, bool *found,
                     struct err *err)
{
	return fails(err) ? RC_BROKEN : driver_sqlite.batch(tx, q, n, in, out, found, err);
}

static enum rc append_failing(struct log *log, int at, size_t n)
{
	struct driver failing = driver_sqlite;
	struct entry entries[300];
	const struct receipt *receipts[300];
	failing.one = one;
	failing.exec = exec;
	failing.batch = batch;
	for (size_t i = 0; i < n; i++) {
		entries[i] = log_entry((int64_t)i);
		entries[i].time_us = day_begin_us(day_from_ymd(2027, 5, 1)); /* a new month: its key is made too */
	}
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	countdown = at;
	tx->driver = &failing;
	enum rc rc = journal_append(log->journal, tx, entries, n, receipts, &engine_err);
	tx->driver = &driver_sqlite;
	return rc == RC_OK ? tx_commit(&tx, &engine_err) : rc;
}

/* A tray that makes a key, fills a tile and writes rows: every one of its steps. */
static void check_each_step(struct engine *engine)
{
	struct log log;
	enum rc rc = RC_BROKEN;
	if (!store_is_sqlite(engine->store))
		return;
	log_open(&log, engine);
	log_fill(&log, 0, 250);
	int at = 1;
	for (; rc != RC_OK; at++) {
		assert_true(at < 50);
		rc = append_failing(&log, at, 300);
		assert_true(rc == RC_OK || rc == RC_BROKEN);
		log_is_whole(&log, rc == RC_OK ? 550 : 250);
	}
	assert_true(at > 6); /* head, key twice, tiles, rows, head */
	log_close(&log);
}

static void test_each_step(void **state)
{
	(void)state;
	engine_each(check_each_step);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_step)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
