/* SPDX-License-Identifier: EUPL-1.2
 * Who looked at a NIK (I7.4, P2.2g): at every moment the search says what reading the whole journal
 * says, whatever of it is indexed, over several logs and months, and never anything about another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "log.h"

#include "journal/history.h"
#include "journal/history.sql.h"
#include "journal/journal.sql.h"

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
#define PEOPLE 6
#define MADE_MAX 6000
#define ALWAYS_FROM 0
#define ALWAYS_UNTIL (LOG_NOW + 4000 * US_PER_DAY)

static void open_log(struct log *log, struct engine *engine, int log_id)
{
	static const struct schema *const schemas[] = {&journal_schema, &history_schema};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	log_open_at(log, engine, log_id, 7);
}

static bool index_bite(struct engine *engine)
{
	bool more;
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(history_index(tx, &more, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	return more;
}

static struct nik person(int i)
{
	return (struct nik){LOG_NIK + i};
}

/* ---- what reading everything would say ---- */

struct made {
	int64_t seq, time_us;
	enum act act;
	int64_t nik; /* 0: about nobody */
	int64_t instansi_id, user;
	bool repeat;
};
struct world {
	struct made at[MADE_MAX];
	size_t n;
};
static struct world world;

static void append(struct log *log, const struct entry *e)
{
	TX_AUTO *tx = NULL;
	const struct receipt *receipt;
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_append(log->journal, tx, e, 1, &receipt, &engine_err));
	assert_true(world.n < MADE_MAX);
	world.at[world.n++] = (struct made){receipt_seq(receipt), e->time_us, e->act, e->nik.n, e->instansi_id, e->user, e->repeat};
	ENGINE_OK(tx_commit(&tx, &engine_err));
}

static int newest_first(const void *left, const void *right)
{
	const struct made *a = left, *b = right;
	if (a->time_us != b->time_us)
		return a->time_us < b->time_us ? 1 : -1;
	return a->seq < b->seq ? 1 : a->seq > b->seq ? -1 : 0;
}

static size_t wanted_of(const struct history_ask *ask, struct made *ret)
{
	size_t n = 0;
	for (size_t i = 0; i < world.n; i++) {
		const struct made *m = &world.at[i];
		if (m->nik == ask->nik.n && m->time_us >= ask->from_us && m->time_us < ask->until_us)
			ret[n++] = *m;
	}
	qsort(ret, n, sizeof *ret, newest_first);
	return n;
}

static void assert_row(const struct history_row *row, const struct made *m)
{
	assert_int_equal(row->seq, m->seq);
	assert_int_equal(row->time_us, m->time_us);
	assert_int_equal(row->act, m->act);
	assert_int_equal(row->instansi_id, m->instansi_id);
	assert_int_equal(row->user, m->user);
	assert_int_equal(row->repeat, m->repeat);
}

/* Page by page, each entry once and in order. */
static void assert_found(struct log *log, struct history_ask ask)
{
	static struct made wanted[MADE_MAX];
	size_t n = wanted_of(&ask, wanted), seen = 0;
	for (bool more = true; more;) {
		struct arena arena;
		struct history_list list;
		arena_init(&arena, 4 << 20);
		ENGINE_OK(history_search(log->journal, log->engine->store, &ask, &arena, &list, &engine_err));
		assert_int_equal(list.all, n);
		assert_true(seen + list.n <= n && (list.n > 0 || n == 0));
		for (size_t i = 0; i < list.n; i++)
			assert_row(&list.at[i], &wanted[seen++]);
		more = list.more;
		if (list.n)
			ask.after = (struct history_after){list.at[list.n - 1].time_us, list.at[list.n - 1].seq};
		arena_free(&arena);
	}
	assert_int_equal(seen, n);
}

static struct history_ask ask_all(int who, int64_t most)
{
	return (struct history_ask){.nik = person(who), .from_us = ALWAYS_FROM, .until_us = ALWAYS_UNTIL, .most = most};
}

static void assert_everybody(struct log *log)
{
	for (int who = 0; who < PEOPLE; who++) {
		struct history_ask ask = ask_all(who, 7);
		assert_found(log, ask);
		ask.from_us = LOG_NOW + 20 * US_PER_DAY;
		ask.until_us = LOG_NOW + 45 * US_PER_DAY;
		ask.most = HISTORY_PAGE_MAX;
		assert_found(log, ask);
	}
	assert_found(log, ask_all(PEOPLE + 7, 5)); /* nobody ever asked for him */
}

/* ---- at every moment ---- */

static unsigned long chance;
static unsigned pick(unsigned below)
{
	chance = chance * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(chance >> 33) % below;
}

/* Any act, any of ninety days in any order: clocks step, nodes differ. */
static struct entry any_entry(void)
{
	static const enum act acts[] = {ACT_LOOKUP, ACT_LOOKUP, ACT_LOOKUP, ACT_SLIP, ACT_FEEDBACK, ACT_HISTORY, ACT_LOGIN};
	struct entry e = log_entry(pick(1000));
	e.act = acts[pick(LEN(acts))];
	e.time_us = LOG_NOW + (int64_t)pick(90) * US_PER_DAY + pick(3);
	e.nik = e.act == ACT_LOGIN || pick(9) == 0 ? (struct nik){0} : person((int)pick(PEOPLE));
	e.user = 1 + pick(4);
	e.repeat = pick(5) == 0;
	e.repeat_of = e.repeat ? 3 : 0;
	return e;
}

static void check_search_is_a_scan(struct engine *engine)
{
	struct log one, other;
	world.n = 0;
	chance = 20261126;
	open_log(&one, engine, 0);
	open_log(&other, engine, 5);
	assert_everybody(&one);
	for (int round = 0; round < 6; round++) {
		for (int i = 0; i < 60; i++) {
			struct entry e = any_entry();
			append(pick(2) ? &one : &other, &e);
		}
		assert_everybody(&one); /* the end of each log is not indexed */
		if (pick(2))
			assert_false(index_bite(engine));
		assert_everybody(&other);
	}
	log_close(&other);
	log_close(&one);
}

/* A month begins anew for the hash; a clock that stepped back writes into the one before. */
static void check_clock_steps_into_another_month(struct engine *engine)
{
	struct log log;
	struct entry e = log_entry(0);
	world.n = 0;
	open_log(&log, engine, 0);
	for (int i = 0; i < 4; i++) {
		e.time_us = i % 2 ? LOG_NOW : LOG_NOW + 10 * US_PER_DAY; /* 3 December, 23 November */
		append(&log, &e);
		assert_found(&log, ask_all(0, 10));
		if (i == 1)
			assert_false(index_bite(engine));
	}
	assert_false(index_bite(engine));
	assert_found(&log, ask_all(0, 10));
	log_close(&log);
}

/* ---- bites ---- */

static void check_bites(struct engine *engine)
{
	struct log log;
	struct arena arena;
	struct history_list list;
	struct history_ask ask = ask_all(3, 100);
	int bites = 1;
	open_log(&log, engine, 0);
	log_fill(&log, 0, 2500);
	while (index_bite(engine))
		bites++;
	assert_int_equal(bites, 10);
	assert_false(index_bite(engine)); /* nothing is indexed twice */
	arena_init(&arena, 1 << 20);
	ENGINE_OK(history_search(log.journal, engine->store, &ask, &arena, &list, &engine_err));
	assert_int_equal(list.n, 25);
	arena_free(&arena);
	log_close(&log);
}

static void check_undone(struct engine *engine)
{
	struct log log;
	bool more;
	struct entry e = log_entry(1);
	world.n = 0;
	open_log(&log, engine, 0);
	append(&log, &e);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(history_index(tx, &more, &engine_err));
	tx_rollback(&tx);
	assert_found(&log, ask_all(1, 5));
	assert_false(index_bite(engine));
	assert_found(&log, ask_all(1, 5));
	log_close(&log);
}

/* ---- limits ---- */

static enum rc search(struct log *log, struct history_ask ask)
{
	struct arena arena;
	struct history_list list;
	arena_init(&arena, 4 << 20);
	enum rc rc = history_search(log->journal, log->engine->store, &ask, &arena, &list, &engine_err);
	arena_free(&arena);
	return rc;
}

static void check_too_far_behind(struct engine *engine)
{
	struct log log;
	static const struct query ahead = LOG_SQL("UPDATE journal_head SET size = 65537");
	open_log(&log, engine, 0);
	log_tamper(&log, &ahead);
	assert_int_equal(search(&log, ask_all(0, 5)), RC_LIMIT);
	log_close(&log);
}

static void check_too_many(struct engine *engine)
{
	struct log log;
	static const struct query all_one =
	        LOG_SQL("UPDATE access_history SET hash8 = (SELECT max(hash8) FROM access_history WHERE "
	                "entry_id = 3)");
	open_log(&log, engine, 0);
	log_fill(&log, 0, HISTORY_MAX + 1);
	while (index_bite(engine))
		;
	assert_int_equal(search(&log, ask_all(3, 5)), RC_OK);
	log_tamper(&log, &all_one);
	assert_int_equal(search(&log, ask_all(3, 5)), RC_INVALID);
	assert_int_equal(search(&log, ask_all(3, 0)), RC_INVALID);
	assert_int_equal(search(&log, ask_all(3, HISTORY_PAGE_MAX + 1)), RC_INVALID);
	log_close(&log);
}

/* An index that leads to others' entries shows none of them. */
static void check_bent_index(struct engine *engine)
{
	struct log log;
	static const struct query bend = LOG_SQL("INSERT INTO access_history (epoch, hash8, entry_id) "
	                                         "SELECT epoch, hash8, entry_id + 1 FROM access_history WHERE entry_id < 5");
	world.n = 0;
	open_log(&log, engine, 0);
	for (int i = 0; i < 6; i++) {
		struct entry e = log_entry(i);
		append(&log, &e);
	}
	assert_false(index_bite(engine));
	log_tamper(&log, &bend);
	for (int i = 0; i < 6; i++)
		assert_found(&log, ask_all(i, 10));
	log_close(&log);
}

/* ---- months without a key ---- */

static size_t rows_of(struct engine *engine, int epoch)
{
	struct sql_history_of_month_rows rows;
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(sql_history_of_month(tx, (struct sql_history_of_month_in){.epoch = epoch}, &rows, &engine_err));
	return rows.n;
}

static void check_destroyed_key(struct engine *engine)
{
	struct log log;
	struct arena arena;
	struct history_list list;
	struct history_ask ask = ask_all(0, 10);
	open_log(&log, engine, 0);
	world.n = 0;
	for (int i = 0; i < 3; i++) { /* November, December, January */
		struct entry e = log_entry(0);
		e.time_us = LOG_NOW + i * 31 * US_PER_DAY;
		append(&log, &e);
	}
	assert_false(index_bite(engine));
	TX_AUTO *tx = NULL;
	struct entry by = {.time_us = LOG_NOW + 100 * US_PER_DAY, .outcome = "ok"};
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_epoch_destroy(log.journal, tx, 202612, &by, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	assert_int_equal(rows_of(engine, 202612), 1);
	while (index_bite(engine))
		;
	assert_int_equal(rows_of(engine, 202611), 1);
	assert_int_equal(rows_of(engine, 202612), 0); /* what the index said of it goes as well */
	arena_init(&arena, 1 << 20);
	ENGINE_OK(history_search(log.journal, engine->store, &ask, &arena, &list, &engine_err));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.at[0].seq, 2);
	assert_int_equal(list.at[1].seq, 0);
	assert_int_equal(list.gone_n, 1);
	assert_int_equal(list.gone[0], 202612);
	ask.until_us = LOG_NOW + US_PER_DAY; /* November: its key is there */
	ENGINE_OK(history_search(log.journal, engine->store, &ask, &arena, &list, &engine_err));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.gone_n, 0);
	arena_free(&arena);
	log_close(&log);
}

/* ---- what a row says ---- */

static void check_rows(struct engine *engine)
{
	struct log log;
	struct arena arena;
	struct history_list list;
	struct history_ask ask = ask_all(2, 10);
	struct entry e = log_entry(2);
	e.outcome = "05";
	e.ground = "quota";
	e.clause = "J.II.B";
	e.kejadian_id = 9;
	e.document = "ktp-el";
	e.repeat = true;
	e.repeat_of = 77;
	e.about = S("kata \"di dalam\" \\ kutip");
	world.n = 0;
	open_log(&log, engine, 0);
	append(&log, &e);
	arena_init(&arena, 1 << 20);
	ENGINE_OK(history_search(log.journal, engine->store, &ask, &arena, &list, &engine_err));
	assert_int_equal(list.n, 1);
	const struct history_row *row = &list.at[0];
	assert_int_equal(row->kejadian_id, 9);
	assert_int_equal(row->version_id, 4);
	assert_int_equal(row->repeat_of, 77);
	const struct str said[] = {row->outcome, row->ground,   row->clause, row->user_id,
	                           row->method,  row->document, row->peer,   row->about};
	const struct str meant[] = {S("05"),     S("quota"),  S("J.II.B"),     S("operator1"),
	                            S("portal"), S("ktp-el"), S("192.0.2.13"), S("kata \"di dalam\" \\ kutip")};
	for (size_t i = 0; i < LEN(said); i++)
		assert_true(str_eq(said[i], meant[i]));
	arena_free(&arena);
	log_close(&log);
}

/* ---- how often ---- */

static void check_so_many_a_day(struct engine *engine)
{
	struct log log;
	struct history_day day;
	int64_t n;
	open_log(&log, engine, 0);
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	for (int i = 1; i <= 3; i++) {
		ENGINE_OK(history_ask_once(tx, 7, (struct day){20000}, 3, &n, &engine_err));
		assert_int_equal(n, i);
	}
	assert_int_equal(history_ask_once(tx, 7, (struct day){20000}, 3, &n, &engine_err), RC_REFUSED);
	ENGINE_OK(history_ask_once(tx, 8, (struct day){20000}, 3, &n, &engine_err));
	ENGINE_OK(history_ask_once(tx, 7, (struct day){20001}, 3, &n, &engine_err));
	ENGINE_OK(history_asked(tx, (struct day){20000}, &day, &engine_err));
	assert_int_equal(day.n, 4);
	assert_int_equal(day.users, 2);
	ENGINE_OK(tx_commit(&tx, &engine_err));
	log_close(&log);
}

static void check_queries(struct engine *engine)
{
	struct log log;
	open_log(&log, engine, 0);
	for (size_t i = 0; history_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, history_queries[i], &engine_err));
	log_close(&log);
}

EACH(search_is_a_scan)
EACH(clock_steps_into_another_month)
EACH(bites)
EACH(undone)
EACH(too_far_behind)
EACH(too_many)
EACH(bent_index)
EACH(destroyed_key)
EACH(rows)
EACH(so_many_a_day)
EACH(queries)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        {"I7.4: a search says what reading the whole journal says, whatever of it is indexed", search_is_a_scan, NULL, NULL,
	         NULL},
	        {"I7.4: a clock that steps into another month loses nobody's access", clock_steps_into_another_month, NULL, NULL,
	         NULL},
	        {"I7.4: entries are indexed in bites, each once", bites, NULL, NULL, NULL},
	        {"I7.4: a bite that was undone is done again", undone, NULL, NULL, NULL},
	        {"I7.4: too much that is not indexed yet is put off, not left out", too_far_behind, NULL, NULL, NULL},
	        {"I7.4: more than a list holds is refused, not cut", too_many, NULL, NULL, NULL},
	        {"I7.4: an index that was bent shows nobody another's entry", bent_index, NULL, NULL, NULL},
	        {"I7.4: a month whose key was destroyed is named, and cannot be searched", destroyed_key, NULL, NULL, NULL},
	        {"I7.4, P2.2g: who, when, why, what came of it, from where, under which version", rows, NULL, NULL, NULL},
	        {"I7.4: a user id asks so many times a day and no more", so_many_a_day, NULL, NULL, NULL},
	        cmocka_unit_test(queries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
