/* SPDX-License-Identifier: EUPL-1.2
 * Threat: an insider with the database. Whatever is changed in a log of a thousand
 * entries with checkpoints at 400, 600 and 1000 is found, and the first bad entry
 * is named. Then the same by somebody who makes everything but signatures fit. */
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "forge.h"

#define SIZE 1000

struct damage {
	struct query query;
	int64_t bad_seq;
	const char *reason; /* a part of it */
};

static void log_thousand(struct log *log, struct engine *engine)
{
	log_open(log, engine);
	log_fill(log, 0, 400);
	log_checkpoint(log);
	log_fill(log, 400, 600);
	log_checkpoint(log);
	log_fill(log, 600, SIZE);
	log_checkpoint(log);
	log_is_whole(log, SIZE);
}

static const struct damage damages[] = {
	{LOG_SQL("UPDATE journal_entry SET line = replace(line, '\"user\":7', '\"user\":8') WHERE entry_id = 300"), 300,
	 "sidik daun"},
	{LOG_SQL("UPDATE journal_entry SET line = replace(line, '}', ' }') WHERE entry_id = 0"), 0, "sidik daun"},
	{LOG_SQL("UPDATE journal_entry SET leaf = (SELECT leaf FROM journal_entry WHERE entry_id = 5) WHERE entry_id = 999"), 999,
	 "sidik daun"},
	{LOG_SQL("UPDATE journal_entry SET time_us = time_us + 1 WHERE entry_id = 300"), 300, "Kolom"},
	{LOG_SQL("UPDATE journal_entry SET act = 'login' WHERE entry_id = 300"), 300, "Kolom"},
	{LOG_SQL("UPDATE journal_entry SET outcome = '11' WHERE entry_id = 300"), 300, "Kolom"},
	{LOG_SQL("UPDATE journal_entry SET instansi_id = 9 WHERE entry_id = 300"), 300, "Kolom"},
	{LOG_SQL("UPDATE journal_entry SET version_id = 0 WHERE entry_id = 300"), 300, "Kolom"},
	{LOG_SQL("UPDATE journal_entry SET user_no = 1 WHERE entry_id = 300"), 300, "Kolom"},
	{LOG_SQL("UPDATE journal_entry SET nik_hash = NULL WHERE entry_id = 300"), 300, "Kolom"},
	{LOG_SQL("UPDATE journal_entry SET nik_hash = (SELECT nik_hash FROM journal_entry WHERE entry_id = 5) WHERE entry_id = "
		 "300"),
	 300, "Kolom"},
	{LOG_SQL("DELETE FROM journal_entry WHERE entry_id = 0"), 0, "hilang"},
	{LOG_SQL("DELETE FROM journal_entry WHERE entry_id = 300"), 300, "hilang"},
	{LOG_SQL("DELETE FROM journal_entry WHERE entry_id >= 900"), 900, "hilang"},
	{LOG_SQL("DELETE FROM journal_entry"), 0, "hilang"},
	{LOG_SQL("UPDATE journal_entry SET entry_id = 5000 WHERE entry_id = 999"), 999, "hilang"},
	{LOG_SQL("INSERT INTO journal_entry SELECT 1000, time_us, act, outcome, instansi_id, version_id, user_no, nik_hash, leaf, "
		 "line FROM journal_entry WHERE entry_id = 999"),
	 1000, "di kepala"},
	{LOG_SQL("UPDATE journal_tile SET hashes = (SELECT leaf FROM journal_entry WHERE entry_id = 5)"), 0, "simpul"},
	{LOG_SQL("DELETE FROM journal_tile"), 0, "simpul"},
	{LOG_SQL("UPDATE journal_head SET size = 994"), 994, "di kepala"}, /* as many bits as 1000, so the frontier still fits */
	{LOG_SQL("UPDATE journal_head SET size = 1023"), -1, "Kepala log"},
	{LOG_SQL("UPDATE journal_head SET size = -1"), -1, "Kepala log"},
	{LOG_SQL("INSERT INTO journal_tile SELECT log_id, level, place + 9, hashes FROM journal_tile WHERE place = 0"), -1,
	 "melampaui"},
	{LOG_SQL("UPDATE journal_checkpoint SET size = 599 WHERE size = 600"), -1, "tersimpan sebagai"},
	{LOG_SQL("UPDATE journal_checkpoint SET size = 1001 WHERE size = 1000"), 1000, "terpotong"},
	{LOG_SQL("UPDATE journal_checkpoint SET note = 'x' WHERE size = 600"), -1, "tidak terbaca"},
	{LOG_SQL("UPDATE journal_checkpoint SET note = replace(note, 'padan', 'nadap') WHERE size = 600"), -1, "Tanda tangan"},
	{LOG_SQL("UPDATE journal_log SET vkey = replace(vkey, '+', '-')"), -1, "Kunci verifikasi"},
	{LOG_SQL("UPDATE journal_log SET origin = 'padan.example/lain'"), -1, "Kunci verifikasi"},
};

/* Each damage is undone by putting the room's tables back from copies. */
static const struct query copies[] = {
	LOG_SQL("CREATE TABLE kept_entry AS SELECT * FROM journal_entry"),
	LOG_SQL("CREATE TABLE kept_tile AS SELECT * FROM journal_tile"),
	LOG_SQL("CREATE TABLE kept_head AS SELECT * FROM journal_head"),
	LOG_SQL("CREATE TABLE kept_checkpoint AS SELECT * FROM journal_checkpoint"),
	LOG_SQL("CREATE TABLE kept_log AS SELECT * FROM journal_log"),
};
static const struct query restores[] = {
	LOG_SQL("DELETE FROM journal_entry"),      LOG_SQL("INSERT INTO journal_entry SELECT * FROM kept_entry"),
	LOG_SQL("DELETE FROM journal_tile"),       LOG_SQL("INSERT INTO journal_tile SELECT * FROM kept_tile"),
	LOG_SQL("DELETE FROM journal_head"),       LOG_SQL("INSERT INTO journal_head SELECT * FROM kept_head"),
	LOG_SQL("DELETE FROM journal_checkpoint"), LOG_SQL("INSERT INTO journal_checkpoint SELECT * FROM kept_checkpoint"),
	LOG_SQL("DELETE FROM journal_log"),        LOG_SQL("INSERT INTO journal_log SELECT * FROM kept_log"),
};

static void run_all(struct log *log, const struct query *queries, size_t n)
{
	for (size_t i = 0; i < n; i++)
		log_tamper(log, &queries[i]);
}

static void expect_bad(struct log *log, const char *checkpoint, int64_t bad_seq, const char *reason)
{
	struct verify_result result;
	enum rc rc = log_verify(log, checkpoint, &result);
	if (rc != RC_REFUSED || result.bad_seq != bad_seq || !strstr(result.reason, reason))
		print_error("%s, %lld: %s\n", rc_name(rc), (long long)result.bad_seq, result.reason);
	assert_int_equal(rc, RC_REFUSED);
	assert_int_equal(result.bad_seq, bad_seq);
	assert_non_null(strstr(result.reason, reason));
}

static void check_damages(struct engine *engine)
{
	struct log log;
	log_thousand(&log, engine);
	run_all(&log, copies, LEN(copies));
	for (size_t i = 0; i < LEN(damages); i++) {
		log_tamper(&log, &damages[i].query);
		expect_bad(&log, NULL, damages[i].bad_seq, damages[i].reason);
		run_all(&log, restores, LEN(restores));
	}
	log_is_whole(&log, SIZE);
	log_close(&log);
}

static void check_swapped(struct engine *engine)
{
	static const struct query swap[] = {
		LOG_SQL("UPDATE journal_entry SET entry_id = 5000 WHERE entry_id = 300"),
		LOG_SQL("UPDATE journal_entry SET entry_id = 300 WHERE entry_id = 301"),
		LOG_SQL("UPDATE journal_entry SET entry_id = 301 WHERE entry_id = 5000"),
	};
	struct log log;
	log_thousand(&log, engine);
	run_all(&log, swap, LEN(swap));
	expect_bad(&log, NULL, 300, "berdiri entri 301");
	log_close(&log);
}

static const struct query rewrite_500 =
	LOG_SQL("UPDATE journal_entry SET line = replace(line, '\"user\":7', '\"user\":8'), user_no = 8 WHERE entry_id = 500");
static const struct query forget_checkpoints = LOG_SQL("DELETE FROM journal_checkpoint WHERE size > 400");
static const struct query cut_at_800 = LOG_SQL("DELETE FROM journal_entry WHERE entry_id >= 800");

/* The kept checkpoints say between which sizes it happened; without them, the one kept elsewhere. */
static void check_forged_entry(struct engine *engine)
{
	struct log log;
	log_thousand(&log, engine);
	struct log_note kept = log_checkpoint(&log);
	forge(&log, &rewrite_500, SIZE);
	expect_bad(&log, NULL, 400, "Entri 400 sampai 599");
	log_tamper(&log, &forget_checkpoints);
	log_is_whole(&log, SIZE); /* nothing inside can tell any more */
	expect_bad(&log, kept.z, 400, "Entri 400 sampai 999");
	log_close(&log);
}

static void check_forged_tail(struct engine *engine)
{
	struct log log;
	log_thousand(&log, engine);
	struct log_note kept = log_checkpoint(&log);
	forge(&log, &cut_at_800, 800);
	expect_bad(&log, NULL, 800, "terpotong: checkpoint tersimpan");
	log_tamper(&log, &forget_checkpoints);
	log_is_whole(&log, 800);
	expect_bad(&log, kept.z, 800, "terpotong: checkpoint yang diberikan mencakup 1000 entri, yang ada 800");
	log_close(&log);
}

/* Line and leaf hash fit each other, in the part of the tree that neither a full node nor a checkpoint covers. */
static void check_forged_without_head(struct engine *engine)
{
	struct log log;
	struct tree_frontier head;
	log_thousand(&log, engine);
	log_tamper(&log, &forget_checkpoints);
	TX_AUTO *tx = NULL;
	static const struct query rewrite_900 = LOG_SQL(
		"UPDATE journal_entry SET line = replace(line, '\"user\":7', '\"user\":8'), user_no = 8 WHERE entry_id = 900");
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(head_find(tx, 0, &head, &engine_err));
	ENGINE_OK(query_exec(tx, &rewrite_900, NULL, NULL, &engine_err));
	forge_tree(tx, SIZE);
	struct sql_journal_head_update_in old = {.log_id = 0, .size = SIZE, .frontier = head_blob(&head)};
	ENGINE_OK(sql_journal_head_update(tx, old, NULL, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	expect_bad(&log, NULL, 768, "Entri 768 sampai 999, atau kepala log");
	log_close(&log);
}

/* More checkpoints than are read at once. */
static void check_many_checkpoints(struct engine *engine)
{
	struct log log;
	struct verify_result result;
	log_open(&log, engine);
	for (int64_t i = 0; i < 150; i++) {
		log_checkpoint(&log);
		log_fill(&log, i, i + 1);
	}
	assert_int_equal(log_verify(&log, NULL, &result), RC_OK);
	assert_int_equal(result.checkpoints, 150);
	assert_int_equal(result.signed_size, 149);
	log_close(&log);
}

/* A signature with one bit changed, and one by a key that is not the log's. */
static void check_checkpoint_given(struct engine *engine)
{
	struct log log;
	struct verify_result result;
	log_thousand(&log, engine);
	struct log_note kept = log_checkpoint(&log), broken = kept;
	assert_int_equal(log_verify(&log, kept.z, &result), RC_OK);
	char *at = strstr(broken.z, "\u2014 ") + 40;
	*at = *at == 'A' ? 'B' : 'A';
	expect_bad(&log, broken.z, -1, "tidak ditandatangani");
	assert_int_equal(log_verify(&log, "x\n", &result), RC_INVALID);
	struct verify_conf conf = {.vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"};
	assert_int_equal(verify_store(engine->store, 0, &conf, &result, &engine_err), RC_REFUSED);
	assert_non_null(strstr(result.reason, "bukan kunci yang diberikan"));
	conf.vkey = "nonsense";
	assert_int_equal(verify_store(engine->store, 0, &conf, &result, &engine_err), RC_INVALID);
	log_close(&log);
}

/* ---- proofs ---- */

static void check_proofs(struct engine *engine)
{
	static const int64_t seqs[] = {0, 1, 255, 256, 300, 511, 512, 767, 768, 900, 999};
	struct log log;
	log_thousand(&log, engine);
	char vkey[256];
	snprintf(vkey, sizeof vkey, "%.*s", STR_ARG(journal_vkey(log.journal)));
	log_fill(&log, SIZE, SIZE + 10);
	for (size_t i = 0; i < LEN(seqs); i++) {
		BUF_AUTO proof = BUF(VERIFY_PROOF_MAX);
		ENGINE_OK(verify_prove(engine->store, 0, seqs[i], &proof, &engine_err));
		ENGINE_OK(verify_proof(buf_str(&proof), &(struct verify_keys){.vkey = vkey}, &engine_err));
		ENGINE_OK(verify_proof(buf_str(&proof), &(struct verify_keys){0}, &engine_err));
	}
	BUF_AUTO none = BUF(VERIFY_PROOF_MAX);
	assert_int_equal(verify_prove(engine->store, 0, SIZE, &none, &engine_err), RC_ABSENT); /* not signed yet */
	assert_int_equal(verify_prove(engine->store, 0, SIZE + 10, &none, &engine_err), RC_ABSENT);
	assert_int_equal(verify_prove(engine->store, 0, -1, &none, &engine_err), RC_ABSENT);
	log_close(&log);
}

static void replace_first(struct buf *proof, const char *from, const char *to)
{
	assert_int_equal(strlen(from), strlen(to));
	char *at = memmem(proof->at, proof->n, from, strlen(from));
	assert_non_null(at);
	memcpy(at, to, strlen(to));
}

static void check_false_proofs(struct engine *engine)
{
	static const struct {
		const char *from, *to;
		enum rc rc;
	} rows[] = {
		{"\\\"user\\\":7", "\\\"user\\\":8", RC_REFUSED},   {"\"seq\":300", "\"seq\":301", RC_REFUSED},
		{"\\\"seq\\\":300", "\\\"seq\\\":301", RC_REFUSED}, {"\\n1000\\n", "\\n1001\\n", RC_REFUSED},
		{"\"origin\":\"p", "\"origin\":\"q", RC_REFUSED},   {"\"hashes\":[\"", "\"hashes\":[\" ", RC_INVALID},
		{"padan_proof", "padan_bukti", RC_INVALID},         {"\"checkpoint\"", "\"checkpoint ", RC_INVALID},
	};
	struct log log;
	log_thousand(&log, engine);
	for (size_t i = 0; i < LEN(rows); i++) {
		BUF_AUTO proof = BUF(VERIFY_PROOF_MAX);
		char from[32], to[32];
		snprintf(from, sizeof from, "%s", rows[i].from);
		snprintf(to, sizeof to, "%.*s", (int)strlen(from), rows[i].to);
		ENGINE_OK(verify_prove(engine->store, 0, 300, &proof, &engine_err));
		replace_first(&proof, from, to);
		if (strcmp(from, to) == 0) /* the row that spoils a hash instead */
			((char *)memmem(proof.at, proof.n, from, strlen(from)))[strlen(from)] = 'x';
		assert_int_equal(verify_proof(buf_str(&proof), &(struct verify_keys){0}, &engine_err), rows[i].rc);
	}
	log_close(&log);
}

#define ON_EACH(name)                                                                                                              \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
ON_EACH(damages)
ON_EACH(swapped)
ON_EACH(forged_entry)
ON_EACH(forged_tail)
ON_EACH(forged_without_head)
ON_EACH(many_checkpoints)
ON_EACH(checkpoint_given)
ON_EACH(proofs)
ON_EACH(false_proofs)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_damages),      cmocka_unit_test(test_swapped),          cmocka_unit_test(test_forged_entry),
		cmocka_unit_test(test_forged_without_head),
		cmocka_unit_test(test_many_checkpoints),
		cmocka_unit_test(test_forged_tail),  cmocka_unit_test(test_checkpoint_given), cmocka_unit_test(test_proofs),
		cmocka_unit_test(test_false_proofs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
