/* SPDX-License-Identifier: EUPL-1.2
 * Lists between upload and saving (P2.2b, J.III), on both engines: sealed, one user's, saved
 * once whoever saves, and whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "feedback/list_kept.h"
#include "feedback/list_kept.sql.h"
#include "ledger.h"

#define KEJADIAN 5
#define USER 7

struct shelf {
	struct ledger l;
	struct arena arena;
};

static void shelf_open(struct shelf *s, struct engine *engine)
{
	const struct schema *schemas[] = {&list_kept_schema};
	ledger_open(&s->l, engine);
	OK(store_migrate(engine->store, schemas, LEN(schemas), s->l.now_us, &engine_err));
	arena_init(&s->arena, SHEET_ARENA_MAX);
}

static void shelf_close(struct shelf *s)
{
	arena_free(&s->arena);
	ledger_close(&s->l);
}

static void check_queries(struct engine *engine)
{
	struct shelf s;
	shelf_open(&s, engine);
	for (size_t i = 0; list_kept_queries[i]; i++)
		OK(query_check(engine->store, list_kept_queries[i], &engine_err));
	shelf_close(&s);
}

static struct list read_csv(struct shelf *s, const char *csv)
{
	struct sheet sheet;
	struct list list;
	OK(sheet_read(str_c(csv), &s->arena, &sheet, &engine_err));
	OK(list_read(&sheet, s->l.now_us, &s->arena, &list, &engine_err));
	return list;
}

static enum rc put_as(struct shelf *s, int64_t user, const struct list *list, int64_t *ret_id)
{
	struct list_sealed sealed = {.who = {.instansi_id = LEDGER_INSTANSI, .kejadian_id = KEJADIAN, .user = user}};
	OK(list_kept_seal(&s->l.key, list, &sealed, &engine_err));
	TX_AUTO *tx = ledger_tx(&s->l);
	enum rc rc = list_kept_put(tx, &sealed, s->l.now_us, ret_id, &engine_err);
	if (rc == RC_OK)
		OK(tx_commit(&tx, &engine_err));
	buf_free(&sealed.bytes);
	return rc;
}

static int64_t put(struct shelf *s, const struct list *list)
{
	int64_t id;
	OK(put_as(s, USER, list, &id));
	return id;
}

static enum rc get(struct shelf *s, int64_t id, int64_t user, struct list_kept *ret)
{
	TX_AUTO *tx = ledger_tx(&s->l);
	return list_kept_get(tx, id, user, s->l.now_us, ret, &engine_err);
}

/* Looked at as the preview does. */
static struct list_count look(struct shelf *s, int64_t id)
{
	struct list_kept kept;
	struct list list;
	TX_AUTO *tx = ledger_tx(&s->l);
	OK(list_kept_get(tx, id, USER, s->l.now_us, &kept, &engine_err));
	OK(list_kept_open(tx, &s->l.key, &kept, &list, &engine_err));
	OK(list_look(s->l.feedback, tx, kept.instansi_id, kept.kejadian_id, &list, &engine_err));
	return list_count(&list);
}

static struct list_saved save(struct shelf *s, int64_t id)
{
	struct list_kept kept;
	struct list_saved saved;
	struct entry by = ledger_by(&s->l);
	struct list_saving saving = {s->l.feedback, &s->l.key, &by};
	TX_AUTO *tx = ledger_tx(&s->l);
	OK(list_kept_get(tx, id, USER, s->l.now_us, &kept, &engine_err));
	OK(list_kept_save(&saving, tx, &kept, &saved, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return saved;
}

#define COUNT(got, r, s, w)                                                                                                        \
	do {                                                                                                                       \
		struct list_count count_ = (got);                                                                                  \
		assert_int_equal(count_.ready, (r));                                                                               \
		assert_int_equal(count_.same, (s));                                                                                \
		assert_int_equal(count_.wrong, (w));                                                                               \
	} while (0)

static const char SAMPLE[] = "NIK;KETERANGAN;TANGGAL;KERUSAKAN;CATATAN\n"
                             "3304060101909901;Mengungsi;23-11-2026;;di balai desa\n"
                             "3304060101909902;meninggal;;;\n"
                             "3304060101909903;Luka-luka;;rb;\n"
                             "3,30406E+15;Hilang;;;\n"
                             "3304060101909904;bingung;;;\n";

/* From the preview to the end: what is fine is told, what is wrong stays, and what was
 * told in between is left out. */
static void check_life(struct engine *engine)
{
	struct shelf s;
	struct list_kept kept;
	shelf_open(&s, engine);
	ledger_asks(&s.l, KEJADIAN, 1);
	ledger_asks(&s.l, KEJADIAN, 2);
	struct list list = read_csv(&s, SAMPLE);
	COUNT(list_count(&list), 3, 0, 2);
	int64_t id = put(&s, &list);
	COUNT(look(&s, id), 2, 0, 3); /* nobody asked for ...9903 */
	assert_int_equal(ledger_tells(&s.l, TOLD_FORM, ledger_victim(KEJADIAN, 2, KETERANGAN_MENINGGAL)), RECORD_SAVED);
	COUNT(look(&s, id), 1, 1, 3);
	struct list_saved saved = save(&s, id);
	assert_int_equal(saved.saved, 1);
	assert_int_equal(saved.same, 1);
	assert_int_equal(saved.left, 3);
	struct debt_figures f = ledger_figures(&s.l, KEJADIAN);
	assert_int_equal(f.open, 0);
	assert_int_equal(f.closed, 2);
	/* whoever is asked for later can be told from the same list; the rest stays */
	ledger_asks(&s.l, KEJADIAN, 3);
	COUNT(look(&s, id), 1, 0, 2);
	saved = save(&s, id);
	assert_int_equal(saved.saved, 1);
	assert_int_equal(saved.left, 2);
	saved = save(&s, id);
	assert_int_equal(saved.saved + saved.same, 0);
	OK(get(&s, id, USER, &kept));
	assert_int_equal(kept.rows, 5);
	assert_int_equal(kept.saved, 2);
	assert_int_equal(kept.same, 1);
	shelf_close(&s);
}

/* What a row says arrives in the history, its day and note included. */
static void check_told(struct engine *engine)
{
	struct shelf s;
	struct person person;
	struct told_seen *seen;
	size_t n;
	shelf_open(&s, engine);
	ledger_asks(&s.l, KEJADIAN, 1);
	struct list list = read_csv(&s, SAMPLE);
	int64_t id = put(&s, &list);
	save(&s, id);
	TX_AUTO *tx = ledger_tx(&s.l);
	OK(person_find(s.l.feedback, tx, LEDGER_INSTANSI, KEJADIAN, (struct nik){LEDGER_NIK + 1}, &person, &engine_err));
	OK(person_history(s.l.feedback, tx, person.person_id, &seen, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(seen[0].source, TOLD_LIST);
	assert_int_equal(seen[0].told.keterangan, KETERANGAN_MENGUNGSI);
	assert_int_equal(seen[0].told.on.n, day_from_ymd(2026, 11, 23).n);
	assert_true(str_eq(seen[0].told.note, S("di balai desa")));
	tx_rollback(&tx);
	shelf_close(&s);
}

/* A transaction that is not committed has saved nothing, and the list is whole. */
static void check_undone(struct engine *engine)
{
	struct shelf s;
	struct list_kept kept;
	struct list_saved saved;
	shelf_open(&s, engine);
	ledger_asks(&s.l, KEJADIAN, 1);
	ledger_asks(&s.l, KEJADIAN, 2);
	struct list list = read_csv(&s, SAMPLE);
	int64_t id = put(&s, &list);
	struct entry by = ledger_by(&s.l);
	struct list_saving saving = {s.l.feedback, &s.l.key, &by};
	TX_AUTO *tx = ledger_tx(&s.l);
	OK(list_kept_get(tx, id, USER, s.l.now_us, &kept, &engine_err));
	OK(list_kept_save(&saving, tx, &kept, &saved, &engine_err));
	assert_int_equal(saved.saved, 2);
	tx_rollback(&tx);
	COUNT(look(&s, id), 2, 0, 3);
	assert_int_equal(ledger_figures(&s.l, KEJADIAN).open, 2);
	shelf_close(&s);
}

static void check_whose(struct engine *engine)
{
	struct shelf s;
	struct list_kept kept, own[LISTS_KEPT_MAX];
	size_t n;
	shelf_open(&s, engine);
	struct list list = read_csv(&s, SAMPLE);
	int64_t id = put(&s, &list);
	OK(get(&s, id, USER, &kept));
	assert_int_equal(get(&s, id, USER + 1, &kept), RC_ABSENT);
	assert_int_equal(get(&s, id + 1, USER, &kept), RC_ABSENT);
	TX_AUTO *tx = ledger_tx(&s.l);
	OK(list_kept_of(tx, LEDGER_INSTANSI, USER, s.l.now_us, own, &n, &engine_err));
	assert_int_equal(n, 1);
	OK(list_kept_of(tx, LEDGER_INSTANSI, USER + 1, s.l.now_us, own, &n, &engine_err));
	assert_int_equal(n, 0);
	/* a row that names another opens for nobody */
	struct list_kept forged;
	OK(list_kept_get(tx, id, USER, s.l.now_us, &forged, &engine_err));
	forged.kejadian_id++;
	assert_int_equal(list_kept_open(tx, &s.l.key, &forged, &list, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
	s.l.now_us += LIST_KEPT_LIFE_US;
	OK(get(&s, id, USER, &kept));
	s.l.now_us += 1;
	assert_int_equal(get(&s, id, USER, &kept), RC_ABSENT);
	shelf_close(&s);
}

static bool is_there(struct shelf *s, int64_t id, int64_t user)
{
	struct list_kept kept;
	return get(s, id, user, &kept) == RC_OK;
}

/* Three of one user, five of all: the oldest that was saved makes room, or one's own. */
static void check_room(struct engine *engine)
{
	struct shelf s;
	int64_t own[LISTS_KEPT_OWN + 1], his[3], id;
	shelf_open(&s, engine);
	ledger_asks(&s.l, KEJADIAN, 1);
	struct list list = read_csv(&s, SAMPLE);
	for (int i = 0; i < LISTS_KEPT_OWN + 1; i++)
		own[i] = put(&s, &list);
	assert_false(is_there(&s, own[0], USER));
	assert_true(is_there(&s, own[1], USER));
	OK(put_as(&s, USER + 1, &list, &his[0]));
	OK(put_as(&s, USER + 1, &list, &his[1]));
	assert_int_equal(put_as(&s, USER + 2, &list, &id), RC_LIMIT); /* nothing of his, nothing saved */
	OK(put_as(&s, USER + 1, &list, &his[2]));
	assert_false(is_there(&s, his[0], USER + 1));
	save(&s, own[3]);
	own[0] = put(&s, &list); /* of one's own the saved one goes first */
	assert_false(is_there(&s, own[3], USER));
	assert_true(is_there(&s, own[1], USER));
	save(&s, own[2]);
	OK(put_as(&s, USER + 2, &list, &id));
	assert_false(is_there(&s, own[2], USER));
	assert_true(is_there(&s, his[1], USER + 1));
	shelf_close(&s);
}

static void check_sweep(struct engine *engine)
{
	struct shelf s;
	bool gone;
	shelf_open(&s, engine);
	struct list list = read_csv(&s, SAMPLE);
	put(&s, &list);
	s.l.now_us += LIST_KEPT_LIFE_US / 2;
	int64_t young = put(&s, &list);
	s.l.now_us += LIST_KEPT_LIFE_US / 2 + 1;
	TX_AUTO *tx = ledger_tx(&s.l);
	OK(list_kept_sweep(tx, s.l.now_us, &gone, &engine_err));
	assert_true(gone);
	OK(list_kept_sweep(tx, s.l.now_us, &gone, &engine_err));
	assert_false(gone);
	struct list_kept kept;
	OK(list_kept_get(tx, young, USER, s.l.now_us, &kept, &engine_err));
	tx_rollback(&tx);
	shelf_close(&s);
}

/* Nothing of a row can be read in the store. */
static void check_sealed(struct engine *engine)
{
	struct shelf s;
	struct sql_list_kept_sealed row;
	shelf_open(&s, engine);
	struct list list = read_csv(&s, SAMPLE);
	int64_t id = put(&s, &list);
	TX_AUTO *tx = ledger_tx(&s.l);
	OK(sql_list_kept_sealed(tx, (struct sql_list_kept_sealed_in){.list_id = id}, &row, &engine_err));
	assert_null(memmem(row.sealed.at, row.sealed.n, "balai desa", 10));
	assert_null(memmem(row.sealed.at, row.sealed.n, "3304060101909901", 16));
	tx_rollback(&tx);
	shelf_close(&s);
}

/* ---- ten thousand rows; the figures of doc/bulk.md are printed here ---- */

/* What the thread itself works, whoever else is on the machine. */
static double cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double wall_ms(void)
{
	return (double)clock_steady_us() / 1e3;
}

#define TIMED(what, ...)                                                                                                           \
	do {                                                                                                                       \
		double wall_ = wall_ms(), cpu_ = cpu_ms();                                                                         \
		__VA_ARGS__;                                                                                                       \
		print_message("  %-18s %7.1f ms, of them CPU %7.1f\n", (what), wall_ms() - wall_, cpu_ms() - cpu_);                \
	} while (0)

/* Well formed, of twelve months and as many days, and none ends in 0. */
static int64_t nik_of(int i)
{
	return INT64_C(3304060101909901) + i % 9 + (int64_t)(i / 9 % 9) * 10 + (int64_t)(i / 81 % 12) * 1000000 +
	       (int64_t)(i / 972) * 100000000;
}

static void large_csv(struct shelf *s, struct buf *csv)
{
	struct debt_ask *asks = calloc(LIST_ROWS_MAX, sizeof *asks);
	TX_AUTO *tx = ledger_tx(&s->l);
	assert_non_null(asks);
	buf_addz(csv, "NIK,KETERANGAN,TANGGAL,KERUSAKAN,CATATAN\n");
	for (int i = 0; i < LIST_ROWS_MAX; i++) {
		asks[i] = ledger_ask(&s->l, KEJADIAN, 0);
		asks[i].nik.n = nik_of(i);
		buf_addf(csv, "%lld,Mengungsi,23-11-2026,Rusak ringan,di balai desa\n", (long long)nik_of(i));
	}
	OK(debt_open(s->l.feedback, tx, asks, LIST_ROWS_MAX, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	free(asks);
}

static void check_large(struct engine *engine)
{
	struct shelf s;
	BUF_AUTO csv = BUF(1 << 20);
	struct list_kept kept;
	struct list_saved saved;
	struct sheet sheet;
	struct list list;
	int64_t id = 0;
	shelf_open(&s, engine);
	large_csv(&s, &csv);
	print_message("%s, 10,000 rows\n", engine->name);
	TIMED("sheet_read", OK(sheet_read(buf_str(&csv), &s.arena, &sheet, &engine_err)));
	TIMED("list_read", OK(list_read(&sheet, s.l.now_us, &s.arena, &list, &engine_err)));
	TIMED("seal and put", id = put(&s, &list));
	TX_AUTO *tx = ledger_tx(&s.l);
	OK(list_kept_get(tx, id, USER, s.l.now_us, &kept, &engine_err));
	TIMED("list_kept_open", OK(list_kept_open(tx, &s.l.key, &kept, &list, &engine_err)));
	TIMED("list_look", OK(list_look(s.l.feedback, tx, LEDGER_INSTANSI, KEJADIAN, &list, &engine_err)));
	COUNT(list_count(&list), LIST_ROWS_MAX, 0, 0);
	tx_rollback(&tx);
	struct entry by = ledger_by(&s.l);
	struct list_saving saving = {s.l.feedback, &s.l.key, &by};
	tx = ledger_tx(&s.l);
	TIMED("list_kept_save", OK(list_kept_save(&saving, tx, &kept, &saved, &engine_err)));
	TIMED("commit", OK(tx_commit(&tx, &engine_err)));
	assert_int_equal(saved.saved, LIST_ROWS_MAX);
	assert_int_equal(ledger_figures(&s.l, KEJADIAN).closed, LIST_ROWS_MAX);
	shelf_close(&s);
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(queries)
EACH(life)
EACH(told)
EACH(undone)
EACH(whose)
EACH(room)
EACH(sweep)
EACH(sealed)
EACH(large)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_queries), cmocka_unit_test(test_life),   cmocka_unit_test(test_told),
	        cmocka_unit_test(test_undone),  cmocka_unit_test(test_whose),  cmocka_unit_test(test_room),
	        cmocka_unit_test(test_sweep),   cmocka_unit_test(test_sealed), cmocka_unit_test(test_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
