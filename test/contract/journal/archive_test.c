/* SPDX-License-Identifier: EUPL-1.2
 * The beginning of a log in archives (I8.5): what is archived can be removed, and the log is whole with the archives, proved
 * without them, and never silently shorter. Whoever meets the hole says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "log.h"

#include <sys/mman.h>

#include "journal/archive.h"
#include "journal/archive.sql.h"
#include "journal/browse.h"
#include "journal/history.h"
#include "journal/history.sql.h"
#include "journal/own.h"
#include "journal/pin.h"
#include "journal/replay.h"
#include "journal/trace.h"
#include "journal/trace.sql.h"
#include "journal/usage.sql.h"

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
#define OLD 700 /* entries of two months ago */
#define SIZE 1100
#define EDGE 512 /* where the first archive ends */
#define EDGE_2 1024
#define NOVEMBER day_begin_us(day_from_ymd(2026, 11, 1))
#define DECEMBER day_begin_us(day_from_ymd(2026, 12, 1))
#define LATER (LOG_NOW + 100 * US_PER_DAY)

static struct entry two_months(int64_t i)
{
	struct entry e = log_entry(i);
	if (i < OLD)
		e.time_us -= 60 * US_PER_DAY;
	return e;
}

static void open_office(struct log *log, struct engine *engine)
{
	static const struct schema *const schemas[] = {&journal_schema, &history_schema, &usage_schema};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	log_open(log, engine);
	log_append(log, two_months, 0, 300);
	log_checkpoint(log);
	log_append(log, two_months, 300, SIZE);
	log_checkpoint(log);
}

static void count_all(struct engine *engine)
{
	bool more = true;
	while (log_count(engine))
		continue;
	while (more) {
		TX_AUTO *tx = NULL;
		ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
		ENGINE_OK(history_index(tx, &more, &engine_err));
		ENGINE_OK(tx_commit(&tx, &engine_err));
	}
}

static int new_file(void)
{
	int fd = memfd_create("archive", MFD_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

/* An archive of what was written before a moment. */
static int archive_to(struct log *log, int64_t before_us, int64_t upto)
{
	struct archive_range range;
	int fd = new_file();
	ENGINE_OK(archive_range(log->engine->store, 0, before_us, &range, &engine_err));
	assert_int_equal(range.upto, upto);
	ENGINE_OK(archive_write(log->journal, log->engine->store, &range, LOG_NOW, fd, &engine_err));
	return fd;
}

static enum rc tell(struct log *log, int fd, int keep_months)
{
	TX_AUTO *tx = NULL;
	struct archive_file file;
	struct entry by = {.time_us = LATER};
	TRY(archive_read(log->engine->store, fd, &file, &engine_err));
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	TRY(archive_tell(log->journal, tx, &file, keep_months, &by, &engine_err));
	return tx_commit(&tx, &engine_err);
}

static enum rc drop(struct log *log, int fd)
{
	struct archive_file file;
	int64_t at = 0;
	bool more = true;
	TRY(archive_read(log->engine->store, fd, &file, &engine_err));
	while (more) {
		TX_AUTO *tx = NULL;
		ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
		TRY(archive_drop(tx, &file, &at, &more, &engine_err));
		ENGINE_OK(tx_commit(&tx, &engine_err));
	}
	return RC_OK;
}

static enum rc verify_with(struct log *log, const int *fds, size_t n, struct verify_result *ret)
{
	struct verify_conf conf = {.archives = fds, .archives_n = n};
	return verify_store(log->engine->store, 0, &conf, ret, &engine_err);
}

static void expect_refused(enum rc rc, const char *words)
{
	if (rc != RC_REFUSED || !strstr(engine_err.what, words))
		print_error("%s: %s\n", rc_name(rc), engine_err.what);
	assert_int_equal(rc, RC_REFUSED);
	assert_non_null(strstr(engine_err.what, words));
}

static void expect_bad(struct log *log, const int *fds, size_t n, const char *words)
{
	struct verify_result result;
	enum rc rc = verify_with(log, fds, n, &result);
	if (rc != RC_REFUSED || !strstr(result.reason, words))
		print_error("%s: %s\n", rc_name(rc), result.reason);
	assert_int_equal(rc, RC_REFUSED);
	assert_non_null(strstr(result.reason, words));
}

static int64_t rows_n(struct engine *engine)
{
	static const struct query count = {.name = "count",
	                                   .sqlite = "SELECT count(*) FROM journal_entry",
	                                   .postgres = "SELECT count(*) FROM journal_entry",
	                                   .params = "",
	                                   .columns = "i"};
	TX_AUTO *tx = NULL;
	struct value value;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(query_one(tx, &count, NULL, &value, &engine_err));
	return value.i;
}

/* Told and dropped; the archive stays open. */
static int archived(struct log *log)
{
	int fd = archive_to(log, NOVEMBER, EDGE);
	count_all(log->engine);
	ENGINE_OK(tell(log, fd, 0));
	ENGINE_OK(drop(log, fd));
	return fd;
}

/* ---- whole, with and without ---- */

static void check_whole(struct engine *engine)
{
	struct log log;
	struct verify_result before, after;
	open_office(&log, engine);
	int fd = archive_to(&log, NOVEMBER, EDGE);
	assert_int_equal(rows_n(engine), SIZE); /* making one removes nothing */
	log_is_whole(&log, SIZE);
	count_all(engine);
	ENGINE_OK(tell(&log, fd, 0));
	assert_int_equal(log_verify(&log, NULL, &before), RC_OK);
	assert_int_equal(before.archived, EDGE); /* told, and still there: archived all the same */
	ENGINE_OK(drop(&log, fd));
	assert_int_equal(rows_n(engine), SIZE + 1 - EDGE);
	assert_int_equal(log_verify(&log, NULL, &after), RC_OK);
	assert_int_equal(after.archived, EDGE);
	assert_int_equal(after.entries, SIZE + 1 - EDGE);
	assert_memory_equal(before.root, after.root, sizeof before.root);
	assert_int_equal(verify_with(&log, &fd, 1, &after), RC_OK);
	assert_int_equal(after.archived, 0);
	assert_int_equal(after.entries, SIZE + 1);
	assert_int_equal(after.checkpoints, 3); /* of 300 and 512 in the archive, of 1100 behind it */
	assert_memory_equal(before.root, after.root, sizeof before.root);
	ENGINE_OK(tell(&log, fd, 0)); /* again: nothing happens */
	ENGINE_OK(drop(&log, fd));
	log_is_whole(&log, SIZE + 1 - EDGE);
	close(fd);
	log_close(&log);
}
EACH(whole)

/* A second archive goes on where the first ended, and nothing else does. */
static void check_chain(struct engine *engine)
{
	struct log log;
	struct verify_result result;
	struct archive_range range;
	open_office(&log, engine);
	int fds[2] = {archived(&log), 0}, swapped[2];
	assert_int_equal(archive_range(engine->store, 0, NOVEMBER - 40 * US_PER_DAY, &range, &engine_err), RC_ABSENT);
	count_all(engine);
	fds[1] = archive_to(&log, DECEMBER, EDGE_2);
	ENGINE_OK(tell(&log, fds[1], 0));
	ENGINE_OK(drop(&log, fds[1]));
	assert_int_equal(verify_with(&log, fds, 2, &result), RC_OK);
	assert_int_equal(result.entries, SIZE + 2);
	assert_int_equal(log_verify(&log, NULL, &result), RC_OK);
	assert_int_equal(result.archived, EDGE_2);
	swapped[0] = fds[1];
	swapped[1] = fds[0];
	assert_int_equal(verify_with(&log, swapped, 2, &result), RC_INVALID);
	assert_int_equal(verify_with(&log, fds, 1, &result), RC_INVALID); /* the second is missing */
	expect_refused(tell(&log, new_file(), 0), "bukan kepala ekspor");
	close(fds[0]);
	close(fds[1]);
	log_close(&log);
}
EACH(chain)

/* Checkpoints that were kept elsewhere and lie in the archive: checked with it, never passed over without it. */
static void check_given(struct engine *engine)
{
	struct log log;
	struct verify_result result;
	static const struct schema *const schemas[] = {&journal_schema, &history_schema, &usage_schema};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	log_open(&log, engine);
	log_append(&log, two_months, 0, 300);
	struct log_note kept = log_checkpoint(&log);
	log_append(&log, two_months, 300, SIZE);
	log_checkpoint(&log);
	int fd = archived(&log);
	assert_int_equal(log_verify(&log, kept.z, &result), RC_INVALID);
	assert_non_null(strstr(engine_err.what, "sebutkan arsipnya"));
	struct verify_conf conf = {.checkpoint = kept.z, .archives = &fd, .archives_n = 1};
	assert_int_equal(verify_store(engine->store, 0, &conf, &result, &engine_err), RC_OK);
	close(fd);
	log_close(&log);
}
EACH(given)

/* ---- what is no archive, or not whole ---- */

static int changed_copy(int fd, const char *from, const char *to)
{
	BUF_AUTO text = BUF(4 << 20);
	int copy = new_file();
	off_t size = lseek(fd, 0, SEEK_END);
	assert_true(buf_room(&text, (size_t)size));
	assert_int_equal(pread(fd, text.at, (size_t)size, 0), size);
	char *at = memmem(text.at, (size_t)size, from, strlen(from));
	assert_non_null(at);
	memcpy(at, to, strlen(from));
	assert_int_equal(write(copy, text.at, (size_t)size), size);
	return copy;
}

static void check_bent(struct engine *engine)
{
	struct log log;
	open_office(&log, engine);
	int fd = archive_to(&log, NOVEMBER, EDGE);
	count_all(engine);
	int bent = changed_copy(fd, "operator1", "operator2"), cut = new_file();
	expect_refused(tell(&log, bent, 0), "sidik daun");
	ENGINE_OK(verify_export_write(engine->store, 0, cut, &engine_err));
	expect_refused(tell(&log, cut, 0), "bukan arsip"); /* an export of all is none */
	ENGINE_OK(tell(&log, fd, 0));
	ENGINE_OK(drop(&log, fd));
	expect_bad(&log, &bent, 1, "sidik daun");
	close(fd);
	close(bent);
	close(cut);
	log_close(&log);
}
EACH(bent)

/* An archive of another office's log. */
static void check_foreign(struct engine *engine)
{
	static int fd;
	struct log log;
	open_office(&log, engine);
	if (fd)
		expect_refused(tell(&log, fd, 0), "bukan dari log kantor ini");
	fd = archive_to(&log, NOVEMBER, EDGE); /* the next engine's keys are others */
	log_close(&log);
}
EACH(foreign)

static void check_not_yet(struct engine *engine)
{
	struct log log;
	open_office(&log, engine);
	int fd = archive_to(&log, NOVEMBER, EDGE);
	expect_refused(tell(&log, fd, 0), "belum seluruhnya dihitung");
	count_all(engine);
	expect_refused(tell(&log, fd, 6), "belum lewat masa simpan 6 bulan"); /* September, in March */
	expect_refused(drop(&log, fd), "belum dinyatakan");
	ENGINE_OK(tell(&log, fd, 5));
	close(fd);
	log_close(&log);
}
EACH(not_yet)

/* Rows that were removed without a word, and with a false one: told of by an entry about something else, by one of those that
 * are gone, or by one of another log whose archive is told of by one of these. */
static void check_removed(struct engine *engine)
{
	static const struct query
	        gone = LOG_SQL("DELETE FROM journal_entry WHERE entry_id < 512"),
	        claimed = LOG_SQL("INSERT INTO journal_archive (log_id, upto, from_place, before_us, digest, told_us, told_entry) "
	                          "SELECT 0, 512, 0, 1, leaf, 1, 600 FROM journal_entry WHERE entry_id = 600"),
	        by_itself = LOG_SQL("UPDATE journal_archive SET told_entry = 5"),
	        by_another = LOG_SQL("UPDATE journal_archive SET told_entry = 17179869184 + 5"),
	        by_this = LOG_SQL("INSERT INTO journal_archive (log_id, upto, from_place, before_us, digest, told_us, told_entry) "
	                          "SELECT 1, 512, 0, 9, leaf, 9, 5 FROM journal_entry WHERE entry_id = 600");
	struct log log;
	open_office(&log, engine);
	log_tamper(&log, &gone);
	expect_bad(&log, NULL, 0, "Entri 0 sampai 511 hilang");
	log_tamper(&log, &claimed);
	expect_bad(&log, NULL, 0, "Tidak ada entri jurnal yang menyatakan");
	log_tamper(&log, &by_itself);
	expect_bad(&log, NULL, 0, "Entri 0 sampai 511 hilang");
	log_tamper(&log, &by_another);
	log_tamper(&log, &by_this);
	expect_bad(&log, NULL, 0, "Entri 0 sampai 511 hilang");
	log_close(&log);
}
EACH(removed)

static void check_bent_tiles(struct engine *engine)
{
	static const struct query
	        swap = LOG_SQL("UPDATE journal_tile SET hashes = (SELECT e.leaf FROM journal_entry e WHERE e.entry_id = 600) "
	                       "WHERE level = 1"),
	        none = LOG_SQL("DELETE FROM journal_tile WHERE level = 1");
	struct log log;
	open_office(&log, engine);
	close(archived(&log));
	log_tamper(&log, &swap);
	expect_bad(&log, NULL, 0, "hilang");
	log_tamper(&log, &none);
	expect_bad(&log, NULL, 0, "Simpul pohon entri yang diarsipkan hilang");
	log_close(&log);
}
EACH(bent_tiles)

/* ---- exports and proofs ---- */

static void check_export(struct engine *engine)
{
	struct log log;
	struct verify_result result;
	open_office(&log, engine);
	int archive = archived(&log), fd = new_file();
	ENGINE_OK(verify_export_write(engine->store, 0, fd, &engine_err));
	struct verify_conf conf = {0};
	lseek(fd, 0, SEEK_SET);
	ENGINE_OK(verify_export(fd, &conf, &result, &engine_err));
	assert_int_equal(result.archived, EDGE);
	assert_int_equal(result.entries, SIZE + 1 - EDGE);
	conf = (struct verify_conf){.archives = &archive, .archives_n = 1};
	lseek(fd, 0, SEEK_SET);
	ENGINE_OK(verify_export(fd, &conf, &result, &engine_err));
	assert_int_equal(result.entries, SIZE + 1);
	close(archive);
	close(fd);
	log_close(&log);
}
EACH(export)

static void check_proofs(struct engine *engine)
{
	static const int64_t places[] = {512, 513, 767, 768, 1023, 1024, 1099};
	struct log log;
	open_office(&log, engine);
	close(archived(&log));
	log_checkpoint(&log);
	for (size_t i = 0; i < LEN(places); i++) {
		BUF_AUTO proof = BUF(VERIFY_PROOF_MAX);
		ENGINE_OK(verify_prove(engine->store, 0, places[i], &proof, &engine_err));
		ENGINE_OK(verify_proof(buf_str(&proof), &(struct verify_keys){0}, &engine_err));
	}
	BUF_AUTO none = BUF(VERIFY_PROOF_MAX);
	assert_int_equal(verify_prove(engine->store, 0, 511, &none, &engine_err), RC_ABSENT);
	assert_non_null(strstr(engine_err.what, "diarsipkan"));
	assert_int_equal(verify_prove(engine->store, 0, 9999, &none, &engine_err), RC_ABSENT);
	assert_non_null(strstr(engine_err.what, "Tidak ada entri"));
	log_close(&log);
}
EACH(proofs)

/* ---- readers ---- */

static void see_one(struct log *log, struct tx *tx)
{
	struct journal_seen seen;
	struct browse_entry one;
	struct trace trace;
	struct arena arena;
	bool is;
	struct str old = str_c(journal_ref(log->journal, 100).z), kept = str_c(journal_ref(log->journal, 600).z);
	assert_int_equal(journal_find_ref(log->journal, tx, old, &seen, &engine_err), RC_ABSENT);
	assert_non_null(strstr(engine_err.what, "diarsipkan"));
	ENGINE_OK(journal_is_archived(log->journal, tx, old, &is, &engine_err));
	assert_true(is);
	ENGINE_OK(journal_is_archived(log->journal, tx, kept, &is, &engine_err));
	assert_false(is);
	ENGINE_OK(journal_find_ref(log->journal, tx, kept, &seen, &engine_err));
	assert_int_equal(browse_entry(tx, 0, 511, &one, &engine_err), RC_ABSENT);
	assert_non_null(strstr(engine_err.what, "diarsipkan"));
	ENGINE_OK(browse_entry(tx, 0, 512, &one, &engine_err));
	arena_init(&arena, 1 << 20);
	ENGINE_OK(trace_find(log->journal, tx, kept, &arena, &trace, &engine_err));
	assert_true(trace.archived); /* of the same minutes as what is */
	arena_reset(&arena);
	ENGINE_OK(trace_find(log->journal, tx, str_c(journal_ref(log->journal, 1000).z), &arena, &trace, &engine_err));
	assert_false(trace.archived);
	arena_free(&arena);
}

static void see_lists(struct log *log)
{
	struct arena arena;
	struct store *office = log->engine->store;
	struct browse page;
	struct own_list own;
	struct history_list history;
	int64_t shown = 0;
	arena_init(&arena, 32 << 20);
	struct browse_ask browse = {.before = -1, .until_us = BROWSE_ANY_TIME, .most = 100};
	do {
		ENGINE_OK(browse_read(office, &browse, &arena, &page, &engine_err));
		shown += (int64_t)page.n;
		browse.before = page.next;
	} while (page.next >= 0);
	assert_int_equal(shown, SIZE + 1 - EDGE);
	assert_int_equal(page.archived, EDGE);

	struct own_ask ask = {.user = 7, .until_us = LATER, .most = OWN_PAGE_MAX};
	for (shown = 0, own.more = true; own.more; shown += (int64_t)own.n) {
		ENGINE_OK(own_inquiries(office, &ask, &arena, &own, &engine_err));
		ask.after = (struct own_after){own.at[own.n - 1].time_us, own.at[own.n - 1].seq};
	}
	assert_int_equal(shown, SIZE - EDGE);
	assert_true(own.archived_us > 0);
	ask = (struct own_ask){.user = 7, .from_us = NOVEMBER, .until_us = LATER, .most = OWN_PAGE_MAX};
	ENGINE_OK(own_inquiries(office, &ask, &arena, &own, &engine_err));
	assert_int_equal(own.archived_us, 0);

	struct history_ask nik = {.nik = {LOG_NIK + 5}, .until_us = LATER, .most = HISTORY_PAGE_MAX};
	ENGINE_OK(history_search(log->journal, office, &nik, &arena, &history, &engine_err));
	assert_int_equal(history.all, 5); /* 605 to 1005; the rest is archived */
	assert_int_equal(history.archived, 202609);
	nik.from_us = NOVEMBER;
	ENGINE_OK(history_search(log->journal, office, &nik, &arena, &history, &engine_err));
	assert_int_equal(history.archived, 0);
	arena_free(&arena);
}

static void check_readers(struct engine *engine)
{
	TX_AUTO *tx = NULL;
	struct log log;
	open_office(&log, engine);
	close(archived(&log));
	count_all(engine);
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	see_one(&log, tx);
	ENGINE_OK(archive_reaches(tx, NOVEMBER, &engine_err));
	expect_refused(archive_reaches(tx, NOVEMBER - 60 * US_PER_DAY, &engine_err), "telah diarsipkan");
	tx_rollback(&tx);
	see_lists(&log);
	log_close(&log);
}
EACH(readers)

/* ---- those that count ---- */

static enum rc take(void *arg, const struct line *line, struct err *err)
{
	int64_t *n = arg;
	(void)line;
	(void)err;
	++*n;
	return RC_OK;
}

static enum rc replay_all(struct log *log, const struct replay_place *from, int64_t from_us, int64_t *ret_n)
{
	struct arena arena;
	struct replay *replay;
	struct pin pins[PINS_MAX];
	size_t n;
	TX_AUTO *tx = NULL;
	arena_init(&arena, 1 << 20);
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(pin_all(log->journal, tx, LOG_NOW, pins, &n, &engine_err));
	ENGINE_OK(replay_open(&arena, &pins[0], from, &replay, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	struct replay_visitor visitor = {take, ret_n, from_us};
	enum rc rc = RC_OK;
	for (*ret_n = 0; rc == RC_OK && !replay_is_over(replay);)
		rc = replay_bite(log->engine->store, replay, 200, &visitor, &engine_err);
	arena_free(&arena);
	return rc;
}

static void check_counting(struct engine *engine)
{
	struct log log;
	int64_t n;
	const struct replay_place begin = {0, {NULL, 0}};
	open_office(&log, engine);
	ENGINE_OK(replay_all(&log, &begin, 0, &n));
	assert_int_equal(n, SIZE);
	close(archived(&log));
	ENGINE_OK(replay_all(&log, &begin, NOVEMBER, &n)); /* none of it is of that time */
	assert_int_equal(n, SIZE + 1 - EDGE);
	expect_refused(replay_all(&log, &begin, NOVEMBER - 60 * US_PER_DAY, &n), "telah diarsipkan: log 0 sampai entri 511");
	log_close(&log);
}
EACH(counting)

/* Sums and index that were dropped cannot be made again from what is left, and do not try. */
static void check_recounting(struct engine *engine)
{
	static const struct query usage = LOG_SQL("DELETE FROM usage_log"), history = LOG_SQL("DELETE FROM history_log");
	struct log log;
	bool more;
	TX_AUTO *tx = NULL;
	open_office(&log, engine);
	close(archived(&log));
	log_tamper(&log, &usage);
	log_tamper(&log, &history);
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(usage_count(tx, &more, &engine_err), RC_BROKEN);
	assert_non_null(strstr(engine_err.what, "diarsipkan sebelum dihitung"));
	assert_int_equal(history_index(tx, &more, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
	log_close(&log);
}
EACH(recounting)

/* ---- parts ---- */

static void check_parts(struct engine *engine)
{
	static const struct query
	        two = LOG_SQL("INSERT INTO journal_part (begin_id, end_id, log_id, name, made_us) VALUES (0, 2000, 0, 'a', 1), "
	                      "(2000, 17179869184, 0, 'b', 1)"),
	        one = LOG_SQL("DELETE FROM journal_part WHERE begin_id = 0"),
	        near = LOG_SQL("UPDATE journal_part SET begin_id = 1200 WHERE begin_id = 2000");
	struct log log;
	TX_AUTO *tx = NULL;
	int logs[JOURNAL_LOG_MAX + 1];
	size_t n;
	open_office(&log, engine);
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(archive_parts_due(tx, logs, &n, &engine_err), RC_ABSENT);
	ENGINE_OK(query_exec(tx, &two, NULL, NULL, &engine_err));
	ENGINE_OK(archive_parts_due(tx, logs, &n, &engine_err));
	assert_int_equal(n, 0);
	ENGINE_OK(query_exec(tx, &near, NULL, NULL, &engine_err));
	ENGINE_OK(archive_parts_due(tx, logs, &n, &engine_err));
	assert_int_equal(n, 1);
	ENGINE_OK(query_exec(tx, &one, NULL, NULL, &engine_err));
	ENGINE_OK(archive_parts_due(tx, logs, &n, &engine_err));
	assert_int_equal(n, 1);
	log_close(&log);
}
EACH(parts)

static void check_queries(struct engine *engine)
{
	struct log log;
	open_office(&log, engine);
	for (size_t i = 0; archive_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, archive_queries[i], &engine_err));
	log_close(&log);
}
EACH(queries)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(whole),   cmocka_unit_test(chain),      cmocka_unit_test(given),   cmocka_unit_test(bent),
	        cmocka_unit_test(foreign), cmocka_unit_test(not_yet),    cmocka_unit_test(removed), cmocka_unit_test(bent_tiles),
	        cmocka_unit_test(export),  cmocka_unit_test(proofs),     cmocka_unit_test(readers), cmocka_unit_test(counting),
	        cmocka_unit_test(parts),   cmocka_unit_test(recounting), cmocka_unit_test(queries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
