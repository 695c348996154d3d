/* SPDX-License-Identifier: EUPL-1.2
 * How long each log is, and what a checkpoint that was kept elsewhere knows more: what a backup
 * remembers, and what its restoring is held against. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "journal/heads.h"
#include "log.h"

static void look(struct engine *engine, struct tx **tx, struct log_head heads[HEADS_MAX], size_t *n)
{
	ENGINE_OK(tx_begin(engine->store, TX_READ, tx, &engine_err));
	ENGINE_OK(heads_all(*tx, heads, n, &engine_err));
}

/* A signed checkpoint of the log as it is. */
static void sign(struct log *log, struct buf *out)
{
	TX_AUTO *tx = NULL;
	struct str note;
	int64_t size;
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_checkpoint(log->journal, tx, LOG_NOW, &note, &size, &engine_err));
	buf_add(out, note);
	ENGINE_OK(tx_commit(&tx, &engine_err));
}

static void check_all(struct engine *engine)
{
	struct log first, other;
	struct log_head heads[HEADS_MAX];
	struct journal_head head;
	size_t n;
	BUF_AUTO note = BUF(4096);
	log_open(&first, engine);
	log_append(&first, log_entry, 0, 3);
	sign(&first, &note);
	log_append(&first, log_entry, 3, 5);
	log_open_at(&other, engine, 9, 7);
	TX_AUTO *tx = NULL;
	look(engine, &tx, heads, &n);
	assert_int_equal(n, 2);
	assert_int_equal(heads[0].log_id, 0);
	assert_int_equal(heads[0].size, 5);
	ENGINE_OK(journal_head(first.journal, tx, &head, &engine_err));
	assert_memory_equal(heads[0].root, head.root, sizeof head.root);
	assert_true(str_eq(heads[0].note, buf_str(&note)));
	assert_int_equal(heads[1].log_id, 9);
	assert_int_equal(heads[1].size, 0);
	assert_int_equal(heads[1].note.n, 0);
	log_close(&first);
	log_close(&other);
}

static void check_behind(struct engine *engine)
{
	struct log log, other;
	struct log_head heads[HEADS_MAX];
	size_t n, at;
	int64_t missing;
	BUF_AUTO old = BUF(4096);
	BUF_AUTO new = BUF(4096);
	BUF_AUTO second = BUF(4096);
	log_open(&log, engine);
	log_append(&log, log_entry, 0, 3);
	sign(&log, &old);
	log_append(&log, log_entry, 3, 7);
	sign(&log, &new);
	log_open_at(&other, engine, 9, 7);
	log_append(&other, log_entry, 0, 2);
	sign(&other, &second);
	TX_AUTO *tx = NULL;
	look(engine, &tx, heads, &n);
	ENGINE_OK(heads_behind(heads, n, buf_str(&old), &at, &missing, &engine_err));
	assert_int_equal(heads[at].log_id, 0);
	assert_int_equal(missing, 0);
	heads[0].size = 3; /* as a backup of then would have it */
	ENGINE_OK(heads_behind(heads, n, buf_str(&new), &at, &missing, &engine_err));
	assert_int_equal(missing, 4);
	ENGINE_OK(heads_behind(heads, n, buf_str(&second), &at, &missing, &engine_err));
	assert_int_equal(heads[at].log_id, 9);
	assert_int_equal(missing, 0);
	new.at[str_index(buf_str(&new), '\n') + 1] = '9'; /* its size: no signature says so */
	assert_int_equal(heads_behind(heads, n, buf_str(&new), &at, &missing, &engine_err), RC_REFUSED);
	old.at[0] = 'q';
	assert_int_equal(heads_behind(heads, n, buf_str(&old), &at, &missing, &engine_err), RC_ABSENT);
	assert_int_equal(heads_behind(heads, n, S("hello\n"), &at, &missing, &engine_err), RC_INVALID);
	log_close(&log);
	log_close(&other);
}

static void test_all(void **state)
{
	(void)state;
	engine_each(check_all);
}

static void test_behind(void **state)
{
	(void)state;
	engine_each(check_behind);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_all), cmocka_unit_test(test_behind)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
