/* SPDX-License-Identifier: EUPL-1.2
 * Pinning (P8, journal/pin.h) while other nodes append: what is pinned fits together, and a log
 * that grows meanwhile is not taken for a damaged one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>

#include "log.h"

#include "journal/pin.h"

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
#define PINNINGS 150

struct writer {
	const char *url;
	int log_id;
	atomic_bool stop;
	_Atomic int64_t written; /* -1: it failed */
};

/* Another node: a store, a journal and a log of its own. cmocka's asserts belong to the first thread. */
static enum rc write_on(struct writer *writer, struct store *store, struct journal *journal, struct err *err)
{
	for (int64_t i = 0; !writer->stop; i++) {
		TX_AUTO *tx = NULL;
		const struct receipt *receipts[3];
		struct entry entries[3];
		for (int k = 0; k < 3; k++)
			entries[k] = (struct entry){.act = ACT_START, .time_us = LOG_NOW + i, .outcome = "ok", .about = S("serve")};
		if (tx_begin(store, TX_WRITE, &tx, err) != RC_OK)
			continue; /* the embedded engine has one writer, and is not fair */
		int64_t began_us = clock_steady_us();
		TRY(journal_append(journal, tx, entries, LEN(entries), receipts, err));
		TRY(tx_commit(&tx, err));
		writer->written++;
		usleep((useconds_t)(300 + clock_steady_us() - began_us)); /* so that the others have their turn on any disk */
	}
	return RC_OK;
}

static void *writer_main(void *arg)
{
	struct writer *writer = arg;
	struct store *store = NULL;
	struct journal *journal = NULL;
	struct secret master;
	struct err err = {0};
	enum rc rc = secret_new(&master, 32, &err);
	if (rc == RC_OK)
		memset(master.at, 7, 32);
	rc = rc == RC_OK ? store_open(writer->url, &store, &err) : rc;
	struct journal_conf conf = {.origin = LOG_ORIGIN, .log_id = writer->log_id, .master = master};
	rc = rc == RC_OK ? journal_open(store, &conf, LOG_NOW, &journal, &err) : rc;
	rc = rc == RC_OK ? write_on(writer, store, journal, &err) : rc;
	if (rc != RC_OK)
		writer->written = -1;
	journal_close(journal);
	store_close(store);
	secret_free(&master);
	return NULL;
}

static void pin_once(struct log *log, int64_t sizes[PINS_MAX])
{
	TX_AUTO *tx = NULL;
	struct pin pins[PINS_MAX];
	size_t n;
	ENGINE_OK(engine_begin(log->engine->store, &tx));
	ENGINE_OK(pin_all(log->journal, tx, LOG_NOW, pins, &n, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	for (size_t i = 0; i < n; i++) {
		assert_true(pins[i].size >= sizes[pins[i].log_id]);
		sizes[pins[i].log_id] = pins[i].size;
	}
}

static void check_growing(struct engine *engine)
{
	struct log log;
	int64_t sizes[PINS_MAX] = {0};
	struct writer writers[2] = {{.url = engine->url, .log_id = 1}, {.url = engine->url, .log_id = 5}};
	pthread_t threads[2];
	log_open(&log, engine);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, writer_main, &writers[i]), 0);
	while (writers[0].written == 0 || writers[1].written == 0)
		usleep(1000);
	for (int i = 0; i < PINNINGS; i++) {
		pin_once(&log, sizes);
		usleep(500);
	}
	for (int i = 0; i < 2; i++)
		writers[i].stop = true;
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
		assert_true(writers[i].written > 0);
	}
	assert_int_equal(sizes[1] % 3, 0); /* whole trays only */
	assert_int_equal(sizes[5] % 3, 0);
	log_close(&log);
}
EACH(growing)

/* The same look still finds what does not fit. */
static void check_damaged(struct engine *engine)
{
	static const struct query gone = LOG_SQL("DELETE FROM journal_entry WHERE entry_id = 17179869184 + 4"),
	                          unknown = LOG_SQL("DELETE FROM journal_log WHERE log_id = 1");
	struct log log, other;
	struct pin pins[PINS_MAX];
	size_t n;
	log_open(&log, engine);
	log_open_at(&other, engine, 1, 7);
	log_fill(&other, 0, 5);
	for (int i = 0; i < 2; i++) {
		TX_AUTO *tx = NULL;
		log_tamper(&log, i == 0 ? &gone : &unknown);
		ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
		assert_int_equal(pin_all(log.journal, tx, LOG_NOW, pins, &n, &engine_err), RC_REFUSED);
		assert_non_null(strstr(engine_err.what, i == 0 ? "entri 4 sampai 4 hilang" : "tidak terdaftar"));
	}
	log_close(&other);
	log_close(&log);
}
EACH(damaged)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growing),
		cmocka_unit_test(damaged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
