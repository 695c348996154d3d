/* SPDX-License-Identifier: EUPL-1.2
 * The journal's door on both engines: what is appended can be asked for again,
 * keys open only with their master, two writers make one log. */
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "log.h"

#include <pthread.h>

#include "journal/note.h"

static void check_queries(struct engine *engine)
{
	struct log log;
	log_open(&log, engine);
	for (size_t i = 0; journal_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, journal_queries[i], &engine_err));
	log_close(&log);
}

/* A receipt's reference finds the entry, however a person types it. */
static void check_reference(struct engine *engine)
{
	struct log log;
	struct journal_seen seen;
	log_open(&log, engine);
	log_fill(&log, 0, 3);
	TX_AUTO *tx = NULL;
	const struct receipt *receipt;
	struct entry entry = log_entry(3);
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_append(log.journal, tx, &entry, 1, &receipt, &engine_err));
	assert_int_equal(receipt_seq(receipt), 3);
	assert_int_equal(receipt_time_us(receipt), entry.time_us);
	struct ref_text ref = receipt_ref(receipt);
	char typed[16];
	snprintf(typed, sizeof typed, " %.4s %.4s", ref.z, ref.z + 5);
	for (char *c = typed; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	ENGINE_OK(journal_find_ref(log.journal, tx, str_c(typed), &seen, &engine_err));
	assert_int_equal(seen.seq, 3);
	assert_int_equal(seen.time_us, entry.time_us);
	assert_int_equal(seen.instansi_id, 2);
	assert_int_equal(seen.version_id, 4);
	assert_int_equal(seen.user, 7);
	assert_int_equal(seen.act, ACT_LOOKUP);
	assert_string_equal(seen.outcome, "01");
	assert_true(seen.nik_known);
	assert_int_equal(journal_find_ref(log.journal, tx, S("0000-0000"), &seen, &engine_err), RC_ABSENT);
	assert_int_equal(journal_find_ref(log.journal, tx, S("not a ref"), &seen, &engine_err), RC_ABSENT);
	ENGINE_OK(tx_commit(&tx, &engine_err));
	log_close(&log);
}

static void check_about(struct engine *engine)
{
	struct log log;
	log_open(&log, engine);
	log_fill(&log, 0, 2);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(journal_is_about(log.journal, tx, 1, (struct nik){LOG_NIK + 1}, &engine_err));
	assert_int_equal(journal_is_about(log.journal, tx, 1, (struct nik){LOG_NIK}, &engine_err), RC_REFUSED);
	assert_int_equal(journal_is_about(log.journal, tx, 2, (struct nik){LOG_NIK}, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
	log_close(&log);
}

/* The slip's check value belongs to its reference, NIK and outcome, and outlives the process. */
static void check_slip_mac(struct engine *engine)
{
	struct log log;
	struct ref_text ref = {"7K2M-94QX"}, other = {"7K2M-94QY"};
	log_open(&log, engine);
	struct slip_mac mac = journal_slip_mac(log.journal, ref, (struct nik){LOG_NIK}, "01");
	assert_int_equal(strlen(mac.z), 10);
	assert_string_not_equal(mac.z, journal_slip_mac(log.journal, other, (struct nik){LOG_NIK}, "01").z);
	assert_string_not_equal(mac.z, journal_slip_mac(log.journal, ref, (struct nik){LOG_NIK + 1}, "01").z);
	assert_string_not_equal(mac.z, journal_slip_mac(log.journal, ref, (struct nik){LOG_NIK}, "13").z);
	log_close(&log);
	log_open(&log, engine);
	assert_string_equal(mac.z, journal_slip_mac(log.journal, ref, (struct nik){LOG_NIK}, "01").z);
	log_close(&log);
}

static void check_opening(struct engine *engine)
{
	struct log log;
	struct journal *other = NULL;
	log_open(&log, engine);
	struct journal_conf conf = {.origin = LOG_ORIGIN, .master = log.master};
	memset(log.master.at, 8, 32);
	assert_int_equal(journal_open(engine->store, &conf, LOG_NOW, &other, &engine_err), RC_REFUSED);
	memset(log.master.at, 7, 32);
	conf.origin = "padan.example/lain";
	assert_int_equal(journal_open(engine->store, &conf, LOG_NOW, &other, &engine_err), RC_CONFLICT);
	conf.origin = "with blank";
	assert_int_equal(journal_open(engine->store, &conf, LOG_NOW, &other, &engine_err), RC_INVALID);
	conf = (struct journal_conf){.origin = LOG_ORIGIN, .master = log.master, .log_id = 64};
	assert_int_equal(journal_open(engine->store, &conf, LOG_NOW, &other, &engine_err), RC_INVALID);
	assert_null(other);
	log_close(&log);
}

/* Sizes around a tile's edge: the stored head and tiles are what the lines say. */
static void check_growing(struct engine *engine)
{
	struct log log;
	int64_t size = 0;
	static const int64_t sizes[] = {0, 1, 2, 255, 256, 257, 511, 512, 700};
	log_open(&log, engine);
	for (size_t i = 0; i < LEN(sizes); i++) {
		log_fill(&log, size, sizes[i]);
		size = sizes[i];
		log_is_whole(&log, size);
	}
	log_checkpoint(&log);
	struct verify_result result;
	assert_int_equal(log_verify(&log, NULL, &result), RC_OK);
	assert_int_equal(result.checkpoints, 1);
	assert_int_equal(result.signed_size, 700);
	log_close(&log);
}

static void check_rollback(struct engine *engine)
{
	struct log log;
	const struct receipt *receipt;
	struct entry entry = log_entry(0);
	log_open(&log, engine);
	for (int i = 0; i < 2; i++) {
		TX_AUTO *tx = NULL;
		entry.time_us = day_begin_us(day_from_ymd(2027, 3, 1)); /* makes that month's key, and loses it again */
		ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
		ENGINE_OK(journal_append(log.journal, tx, &entry, 1, &receipt, &engine_err));
		assert_int_equal(receipt_seq(receipt), 0);
		if (i)
			ENGINE_OK(tx_commit(&tx, &engine_err));
	}
	log_is_whole(&log, 1);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(journal_is_about(log.journal, tx, 0, entry.nik, &engine_err));
	tx_rollback(&tx);
	log_close(&log);
}

/* Midnight between two months passes inside a tray; the keys outlive the process. */
static void check_two_months(struct engine *engine)
{
	struct log log;
	const struct receipt *receipts[4];
	struct entry entries[4];
	int64_t december = day_begin_us(day_from_ymd(2026, 12, 1));
	log_open(&log, engine);
	for (int i = 0; i < 4; i++) {
		entries[i] = log_entry(i);
		entries[i].time_us = december - 2 + i % 3; /* November, November, December, and a clock that stepped back */
	}
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_append(log.journal, tx, entries, 4, receipts, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	log_close(&log);
	log_open(&log, engine);
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	for (int i = 6; i >= 3; i--) /* December first, so that keys are asked for in another order than they were made */
		ENGINE_OK(journal_is_about(log.journal, tx, i % 4, entries[i % 4].nik, &engine_err));
	tx_rollback(&tx);
	log_is_whole(&log, 4);
	log_close(&log);
}

/* Somebody spoilt a tile: it is noticed when it should grow, and nobody is answered. */
static void check_spoilt_tile(struct engine *engine)
{
	static const struct query damages[] = {
		LOG_SQL("UPDATE journal_tile SET hashes = (SELECT frontier FROM journal_head WHERE log_id = 0)"),
		LOG_SQL("DELETE FROM journal_tile"),
	};
	struct log log;
	struct entry entry = log_entry(511);
	const struct receipt *receipt;
	log_open(&log, engine);
	log_fill(&log, 0, 511);
	for (size_t i = 0; i < LEN(damages); i++) {
		TX_AUTO *tx = NULL;
		log_tamper(&log, &damages[i]);
		ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
		assert_int_equal(journal_append(log.journal, tx, &entry, 1, &receipt, &engine_err), RC_BROKEN);
	}
	log_close(&log);
}

/* ---- two writers ---- */

struct writer {
	struct engine *engine;
	struct journal *journal;
	int failures;
};

static enum rc write_some(struct writer *w)
{
	struct err err;
	struct store *store;
	TRY(store_open(w->engine->url, &store, &err));
	for (int i = 0; i < 40; i++) {
		TX_AUTO *tx = NULL;
		struct entry entries[3] = {{.act = ACT_LOGIN, .time_us = LOG_NOW},
					   {.act = ACT_LOGOUT, .time_us = LOG_NOW},
					   {.act = ACT_START, .time_us = LOG_NOW}};
		const struct receipt *receipts[3];
		TRY(engine_begin(store, &tx));
		TRY(journal_append(w->journal, tx, entries, 3, receipts, &err));
		TRY(tx_commit(&tx, &err));
	}
	store_close(store);
	return RC_OK;
}

static void *writer_run(void *arg)
{
	struct writer *w = arg;
	w->failures += write_some(w) != RC_OK;
	return NULL;
}

static void check_two_writers(struct engine *engine)
{
	struct log log;
	pthread_t threads[2];
	log_open(&log, engine);
	struct writer writers[2] = {{engine, log.journal, 0}, {engine, log.journal, 0}};
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, writer_run, &writers[i]), 0);
	for (size_t i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(writers[0].failures + writers[1].failures, 0);
	log_is_whole(&log, 240);
	log_close(&log);
}

/* Logs of two nodes in one database do not touch each other, and share epoch keys. */
static void check_two_logs(struct engine *engine)
{
	struct log first, second;
	struct verify_result result;
	struct verify_conf conf = {0};
	log_open(&first, engine);
	log_open_at(&second, engine, 5, 7);
	log_fill(&first, 0, 10);
	log_fill(&second, 0, 20);
	log_is_whole(&first, 10);
	ENGINE_OK(verify_store(engine->store, 5, &conf, &result, &engine_err));
	assert_int_equal(result.entries, 20);
	assert_int_equal(verify_store(engine->store, 6, &conf, &result, &engine_err), RC_ABSENT);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(journal_is_about(first.journal, tx, (INT64_C(5) << 34) + 12, (struct nik){LOG_NIK + 12}, &engine_err));
	tx_rollback(&tx);
	log_close(&second);
	log_close(&first);
}

/* ---- checkpoints and the end of a key ---- */

static void check_checkpoint(struct engine *engine)
{
	struct log log;
	struct note_key key;
	struct note_checkpoint checkpoint;
	struct journal_head head;
	log_open(&log, engine);
	log_fill(&log, 0, 21);
	struct log_note note = log_checkpoint(&log), again = log_checkpoint(&log);
	assert_string_equal(note.z, again.z);
	assert_int_equal(note_key_read(journal_vkey(log.journal), &key), RC_OK);
	assert_int_equal(note_checkpoint_open(str_c(note.z), &key, &checkpoint), RC_OK);
	assert_true(str_eq(checkpoint.origin, S(LOG_ORIGIN)));
	assert_int_equal(checkpoint.size, 21);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(journal_head(log.journal, tx, &head, &engine_err));
	assert_int_equal(head.size, 21);
	assert_memory_equal(head.root, checkpoint.root.at, TREE_HASH);
	tx_rollback(&tx);
	log_close(&log);
}

static enum rc destroy(struct log *log, int epoch, int64_t now_us)
{
	TX_AUTO *tx = NULL;
	struct entry by = {.time_us = now_us, .user = 1};
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	TRY(journal_epoch_destroy(log->journal, tx, epoch, &by, &engine_err));
	return tx_commit(&tx, &engine_err);
}

/* Threat: a stolen database, years later. The hashes of a destroyed epoch say nothing. */
static void check_destroyed_epoch(struct engine *engine)
{
	struct log log;
	struct journal_seen seen;
	int64_t later = day_begin_us(day_from_ymd(2031, 12, 1));
	log_open(&log, engine);
	log_fill(&log, 0, 5);
	assert_int_equal(destroy(&log, 202611, LOG_NOW), RC_REFUSED); /* it is not over */
	assert_int_equal(destroy(&log, 202613, later), RC_INVALID);
	assert_int_equal(destroy(&log, 202610, later), RC_ABSENT);
	ENGINE_OK(destroy(&log, 202611, later));
	assert_int_equal(destroy(&log, 202611, later), RC_ABSENT);
	log_is_whole(&log, 6);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(journal_is_about(log.journal, tx, 1, (struct nik){LOG_NIK + 1}, &engine_err), RC_ABSENT);
	const struct receipt *receipt;
	struct entry entry = log_entry(1);
	entry.nik.n = 0;
	ENGINE_OK(journal_append(log.journal, tx, &entry, 1, &receipt, &engine_err));
	ENGINE_OK(journal_find_ref(log.journal, tx, str_c(receipt_ref(receipt).z), &seen, &engine_err));
	assert_false(seen.nik_known);
	entry = log_entry(1); /* a clock that fell back into the destroyed month may not write */
	assert_int_equal(journal_append(log.journal, tx, &entry, 1, &receipt, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
	log_close(&log);
}

static void check_ceilings(struct engine *engine)
{
	struct log log;
	static char about[5000];
	static struct entry many[JOURNAL_TRAY_MAX + 1];
	static const struct receipt *receipts[JOURNAL_TRAY_MAX + 1];
	log_open(&log, engine);
	memset(about, 'x', sizeof about);
	many[0] = log_entry(0);
	many[0].about = str_from(about, sizeof about);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(journal_append(log.journal, tx, many, 1, receipts, &engine_err), RC_LIMIT);
	assert_int_equal(journal_append(log.journal, tx, many, LEN(many), receipts, &engine_err), RC_LIMIT);
	tx_rollback(&tx);
	log_is_whole(&log, 0);
	log_close(&log);
}

/* After a COMMIT of which nobody heard: what stands, stands, and what was undone does not, also when
 * another entry has its place by then. */
static void check_stands(struct engine *engine)
{
	struct log log;
	struct entry entry = log_entry(1);
	const struct receipt *receipt;
	bool stands;
	log_open(&log, engine);
	int64_t times = journal_mark(log.journal).times;
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_append(log.journal, tx, &entry, 1, &receipt, &engine_err));
	tx_rollback(&tx);
	struct journal_mark undone = journal_mark(log.journal);
	assert_int_equal(undone.times, times + 1);
	entry = log_entry(2);
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_stands(log.journal, tx, &undone, &stands, &engine_err));
	assert_false(stands);
	ENGINE_OK(journal_append(log.journal, tx, &entry, 1, &receipt, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	struct journal_mark done = journal_mark(log.journal);
	assert_int_equal(done.seq, undone.seq);
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_stands(log.journal, tx, &done, &stands, &engine_err));
	assert_true(stands);
	ENGINE_OK(journal_stands(log.journal, tx, &undone, &stands, &engine_err));
	assert_false(stands);
	tx_rollback(&tx);
	log_close(&log);
}

#define ON_EACH(name)                                                                                                              \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
ON_EACH(queries)
ON_EACH(reference)
ON_EACH(about)
ON_EACH(slip_mac)
ON_EACH(opening)
ON_EACH(growing)
ON_EACH(rollback)
ON_EACH(two_months)
ON_EACH(spoilt_tile)
ON_EACH(two_writers)
ON_EACH(two_logs)
ON_EACH(checkpoint)
ON_EACH(destroyed_epoch)
ON_EACH(ceilings)
ON_EACH(stands)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stands),
		cmocka_unit_test(test_queries),    cmocka_unit_test(test_reference),       cmocka_unit_test(test_about),
		cmocka_unit_test(test_slip_mac),   cmocka_unit_test(test_opening),         cmocka_unit_test(test_growing),
		cmocka_unit_test(test_rollback),   cmocka_unit_test(test_two_months),      cmocka_unit_test(test_spoilt_tile),
		cmocka_unit_test(test_two_writers),     cmocka_unit_test(test_two_logs),
		cmocka_unit_test(test_checkpoint), cmocka_unit_test(test_destroyed_epoch), cmocka_unit_test(test_ceilings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
