/* SPDX-License-Identifier: EUPL-1.2
 * Debts and what is told about them (P2.2b, P3.1b, J.III), on both engines. The last test
 * walks at random beside a model that knows nothing of the code: after every transaction
 * the figures are the model's. The seed is printed; PADAN_TEST_SEED repeats a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feedback/feedback_inside.h"
#include "ledger.h"

static void check_queries(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	for (size_t i = 0; feedback_queries[i]; i++)
		OK(query_check(engine->store, feedback_queries[i], &engine_err));
	ledger_close(&l);
}

static void assert_figures(struct ledger *l, int64_t kejadian, const int64_t want[5])
{
	struct debt_figures f = ledger_figures(l, kejadian);
	const int64_t got[5] = {f.answered, f.open, f.closed, f.waived, f.unasked};
	for (int i = 0; i < 5; i++)
		assert_int_equal(got[i], want[i]);
}
#define FIGURES(l, kejadian, ...) assert_figures((l), (kejadian), (const int64_t[5]){__VA_ARGS__})

/* Inquiries of one NIK for one kejadian share a debt; another kejadian is another. */
static void check_shared(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	TX_AUTO *tx = ledger_tx(&l);
	struct debt_ask asks[] = {ledger_ask(&l, 2, 1), ledger_ask(&l, 1, 1), ledger_ask(&l, 1, 1), ledger_ask(&l, 1, 2)};
	OK(debt_open(l.feedback, tx, asks, LEN(asks), &engine_err));
	OK(debt_open(l.feedback, tx, asks, LEN(asks), &engine_err));
	OK(tx_commit(&tx, &engine_err));
	FIGURES(&l, 1, 2, 2, 0, 0, 0);
	FIGURES(&l, 2, 1, 1, 0, 0, 0);
	FIGURES(&l, 3, 0, 0, 0, 0, 0);
	ledger_close(&l);
}

static void check_totals(struct engine *engine)
{
	struct ledger l;
	struct debt_total total[2];
	const int64_t ids[2] = {LEDGER_OTHER, LEDGER_INSTANSI};
	ledger_open(&l, engine);
	int64_t first = l.now_us;
	ledger_asks(&l, 5, 1);
	l.now_us += US_PER_DAY;
	ledger_asks(&l, 1, 2);
	ledger_asks(&l, 1, 3);
	TX_AUTO *tx = ledger_tx(&l);
	OK(debt_totals(tx, ids, 2, total, &engine_err));
	tx_rollback(&tx);
	assert_int_equal(total[0].n, 0);
	assert_int_equal(total[0].oldest_us, 0);
	assert_int_equal(total[1].n, 3);
	assert_int_equal(total[1].oldest_us, first);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_victim(5, 1, KETERANGAN_HILANG)), RECORD_SAVED);
	tx = ledger_tx(&l);
	OK(debt_totals(tx, ids, 2, total, &engine_err));
	assert_int_equal(total[1].n, 2);
	assert_int_equal(total[1].oldest_us, first + US_PER_DAY);
	tx_rollback(&tx);
	ledger_close(&l);
}

/* hilang -> meninggal: a dated history, one telling a change; the same again is none. */
static void check_history(struct engine *engine)
{
	struct ledger l;
	struct person person;
	struct told_seen *seen;
	size_t n;
	ledger_open(&l, engine);
	ledger_asks(&l, 1, 1);
	struct record missing = ledger_victim(1, 1, KETERANGAN_HILANG);
	missing.told.note = S("terakhir terlihat di jembatan");
	missing.told.house = HOUSE_HEAVY;
	assert_int_equal(ledger_tells(&l, TOLD_FORM, missing), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, missing), RECORD_SAME);
	l.now_us += US_PER_DAY;
	assert_int_equal(ledger_tells(&l, TOLD_LIST, missing), RECORD_SAME); /* the same list, a day later */
	missing.told.on = day_of_us(l.now_us);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, missing), RECORD_SAVED); /* a day that was named counts */
	assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_victim(1, 1, KETERANGAN_MENINGGAL)), RECORD_SAVED);
	FIGURES(&l, 1, 1, 0, 1, 0, 0);
	TX_AUTO *tx = ledger_tx(&l);
	OK(person_find(l.feedback, tx, LEDGER_INSTANSI, 1, (struct nik){LEDGER_NIK + 1}, &person, &engine_err));
	assert_int_equal(person.nik.n, LEDGER_NIK + 1);
	assert_int_equal(person.state, DEBT_CLOSED);
	assert_true(person.victim);
	assert_int_equal(person.keterangan, KETERANGAN_MENINGGAL);
	OK(person_history(l.feedback, tx, person.person_id, &seen, &n, &engine_err));
	assert_int_equal(n, 3);
	assert_int_equal(seen[0].told.keterangan, KETERANGAN_MENINGGAL);
	assert_int_equal(seen[2].told.keterangan, KETERANGAN_HILANG);
	assert_int_equal(seen[2].told.house, HOUSE_HEAVY);
	assert_true(str_eq(seen[2].told.note, S("terakhir terlihat di jembatan")));
	assert_int_equal(seen[2].told.on.n, day_of_us(l.now_us).n - 1);
	assert_true(str_eq(seen[0].told_by, S("operator1")));
	struct nik nik = {LEDGER_NIK + 1};
	assert_int_equal(person_find(l.feedback, tx, LEDGER_OTHER, 1, nik, &person, &engine_err), RC_ABSENT);
	assert_int_equal(person_find(l.feedback, tx, LEDGER_INSTANSI, 2, nik, &person, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
	ledger_close(&l);
}

/* "Bukan korban" closes with a reason, and may turn out wrong. */
static void check_waiver(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	ledger_asks(&l, 1, 1);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_waiver(1, 1, WAIVER_TYPED)), RECORD_SAVED);
	FIGURES(&l, 1, 1, 0, 0, 1, 0);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_victim(1, 1, KETERANGAN_LUKA)), RECORD_SAVED);
	FIGURES(&l, 1, 1, 0, 1, 0, 0);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_waiver(1, 1, WAIVER_REASON)), RECORD_SAVED);
	FIGURES(&l, 1, 1, 0, 0, 1, 0);
	ledger_asks(&l, 1, 1); /* asked again: it was answered for */
	FIGURES(&l, 1, 1, 0, 0, 1, 0);
	ledger_close(&l);
}

/* People tell of whom they asked for; a program's list may know more. */
static void check_unasked(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, ledger_victim(1, 1, KETERANGAN_LUKA)), RECORD_UNASKED);
	assert_int_equal(ledger_tells(&l, TOLD_LIST, ledger_victim(1, 1, KETERANGAN_LUKA)), RECORD_UNASKED);
	FIGURES(&l, 1, 0, 0, 0, 0, 0);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, ledger_victim(1, 1, KETERANGAN_LUKA)), RECORD_SAVED);
	FIGURES(&l, 1, 0, 0, 0, 0, 1);
	ledger_asks(&l, 1, 1); /* answered for before it was asked */
	FIGURES(&l, 1, 1, 0, 1, 0, 0);
	ledger_close(&l);
}

/* DOMAIN 4.2: the same content is a repeat however long ago; another day is another content. */
static void check_service(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	struct record first = ledger_victim(1, 1, KETERANGAN_HILANG), second = ledger_victim(1, 1, KETERANGAN_MENINGGAL);
	first.content = S("{\"JENIS_BENCANA\":\"Banjir\",\"KETERANGAN_KORBAN\":\"Hilang\"}");
	second.content = S("{\"JENIS_BENCANA\":\"Banjir\",\"KETERANGAN_KORBAN\":\"Meninggal\"}");
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, first), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, second), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, first), RECORD_SAME);
	first.kejadian_id = 2; /* another purpose */
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, first), RECORD_SAVED);
	TX_AUTO *tx = ledger_tx(&l);
	struct entry by = ledger_by(&l);
	enum record_fate fates[3];
	struct record thrice[3] = {ledger_victim(3, 1, KETERANGAN_HILANG), ledger_victim(3, 1, KETERANGAN_MENINGGAL),
	                           ledger_victim(3, 1, KETERANGAN_HILANG)};
	thrice[0].content = thrice[2].content = first.content;
	thrice[1].content = second.content;
	OK(record_tell(l.feedback, tx, &by, TOLD_SERVICE, thrice, 3, fates, &engine_err));
	assert_int_equal(fates[0], RECORD_SAVED);
	assert_int_equal(fates[1], RECORD_SAVED);
	assert_int_equal(fates[2], RECORD_SAME);
	OK(tx_commit(&tx, &engine_err));
	FIGURES(&l, 3, 0, 0, 0, 0, 1);
	ledger_close(&l);
}

/* A program without words of its own tells a dated history as people do: what was told last
 * is the same, by whomever and in whatever words; a day that was named counts; a state that
 * came back is news. */
static void check_plain_program(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	struct record missing = ledger_victim(1, 1, KETERANGAN_HILANG), found = ledger_victim(1, 1, KETERANGAN_MENGUNGSI);
	struct record worded = missing;
	worded.content = S("{\"JENIS_BENCANA\":\"Banjir\",\"KETERANGAN_KORBAN\":\"Hilang\"}");
	ledger_asks(&l, 1, 1);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, missing), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, missing), RECORD_SAME);
	assert_int_equal(ledger_tells(&l, TOLD_LIST, missing), RECORD_SAME);
	assert_int_equal(ledger_tells(&l, TOLD_FORM, found), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, found), RECORD_SAME);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, missing), RECORD_SAVED); /* missing again */
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, worded), RECORD_SAVED);  /* its own words were never told */
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, missing), RECORD_SAME);  /* and they say the same */
	assert_int_equal(ledger_tells(&l, TOLD_FORM, missing), RECORD_SAME);
	missing.told.on = day_from_ymd(2026, 11, 20);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, missing), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, missing), RECORD_SAME);
	FIGURES(&l, 1, 1, 0, 1, 0, 0);
	ledger_close(&l);
}

/* A program waives as people do: of somebody nobody knows there is nothing to waive. */
static void check_program_waives(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, ledger_waiver(1, 1, WAIVER_TYPED)), RECORD_UNASKED);
	FIGURES(&l, 1, 0, 0, 0, 0, 0);
	ledger_asks(&l, 1, 1);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, ledger_waiver(1, 1, WAIVER_TYPED)), RECORD_SAVED);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, ledger_waiver(1, 1, WAIVER_TYPED)), RECORD_SAME);
	FIGURES(&l, 1, 1, 0, 0, 1, 0);
	TX_AUTO *tx = ledger_tx(&l);
	struct entry by = ledger_by(&l);
	enum record_fate fates[3];
	struct record mixed[3] = {ledger_waiver(1, 2, WAIVER_TYPED), ledger_victim(1, 2, KETERANGAN_HILANG),
	                          ledger_waiver(1, 2, WAIVER_TYPED)};
	OK(record_tell(l.feedback, tx, &by, TOLD_SERVICE, mixed, 3, fates, &engine_err));
	assert_true(fates[0] == RECORD_UNASKED && fates[1] == RECORD_SAVED && fates[2] == RECORD_SAVED);
	OK(tx_commit(&tx, &engine_err));
	FIGURES(&l, 1, 1, 0, 0, 1, 1);
	struct debt_recount recount;
	tx = ledger_tx(&l);
	OK(debt_recount(tx, &recount, &engine_err));
	assert_int_equal(recount.wrong, 0);
	tx_rollback(&tx);
	ledger_close(&l);
}

/* Lists of programs: each state alone, part after part, while others are told of. */
static void check_parts_by_state(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	for (int i = 1; i <= 9; i++)
		ledger_asks(&l, 1, i);
	for (int i = 1; i <= 6; i++)
		assert_int_equal(ledger_tells(&l, TOLD_FORM, i % 2 ? ledger_victim(1, i, KETERANGAN_LUKA)
		                                                   : ledger_waiver(1, i, WAIVER_TYPED)),
		                 RECORD_SAVED);
	static const struct {
		const char *state;
		size_t n;
	} rows[] = {{"open", 3}, {"closed", 3}, {"waived", 3}, {"", 9}};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct person_part part = {
			.kejadian_id = 1, .last = INT64_MAX, .most = 2, .state = str_c(rows[i].state)};
		struct person *list;
		size_t n, all = 0;
		TX_AUTO *tx = ledger_tx(&l);
		do {
			OK(person_part(l.feedback, tx, &part, &list, &n, &engine_err));
			for (size_t j = 0; j < n; j++) {
				assert_true(list[j].person_id > part.after);
				assert_true(!*rows[i].state || str_eq(str_c(debt_state_at(list[j].state)->key), part.state));
				part.after = list[j].person_id;
			}
			all += n;
		} while (n > 0);
		assert_int_equal(all, rows[i].n);
		tx_rollback(&tx);
	}
	ledger_close(&l);
}

static enum rc tells(struct ledger *l, struct record record)
{
	TX_AUTO *tx = ledger_tx(l);
	struct entry by = ledger_by(l);
	enum record_fate fate;
	return record_tell(l->feedback, tx, &by, TOLD_FORM, &record, 1, &fate, &engine_err);
}

/* A tray of the gate holds 256 calls, each with one telling: its transaction bears them. */
static void check_tray(struct engine *engine)
{
	struct ledger l;
	enum record_fate fate;
	ledger_open(&l, engine);
	struct entry by = ledger_by(&l);
	TX_AUTO *tx = ledger_tx(&l);
	for (int i = 0; i < 256; i++) {
		struct record record = ledger_victim(1, i, KETERANGAN_HILANG);
		OK(record_tell(l.feedback, tx, &by, TOLD_SERVICE, &record, 1, &fate, &engine_err));
		assert_int_equal(fate, RECORD_SAVED);
	}
	assert_true(tx_arena(tx)->used < TX_ARENA_MAX / 8);
	OK(tx_commit(&tx, &engine_err));
	FIGURES(&l, 1, 0, 0, 0, 0, 256);
	ledger_close(&l);
}

static void check_bad(struct engine *engine)
{
	char long_note[TOLD_NOTE_MAX + 2];
	struct ledger l;
	ledger_open(&l, engine);
	ledger_asks(&l, 1, 1);
	memset(long_note, 'a', sizeof long_note);
	const struct str notes[] = {
		{long_note, TOLD_NOTE_MAX + 1}, S("dua\nbaris"), S("bersama 330406 010190 9901"), S("\xff\xfe")};
	for (size_t i = 0; i < LEN(notes); i++) {
		struct record r = ledger_victim(1, 1, KETERANGAN_LUKA);
		r.told.note = notes[i];
		assert_int_equal(tells(&l, r), RC_INVALID);
	}
	struct record tomorrow = ledger_victim(1, 1, KETERANGAN_LUKA), long_ago = tomorrow;
	tomorrow.told.on = (struct day){day_of_us(l.now_us).n + 1};
	long_ago.told.on = day_from_ymd(1900, 1, 1);
	assert_int_equal(tells(&l, tomorrow), RC_INVALID);
	assert_int_equal(tells(&l, long_ago), RC_INVALID);
	struct record silent = ledger_waiver(1, 1, WAIVER_REASON);
	silent.told.note = S("  ");
	assert_int_equal(tells(&l, silent), RC_INVALID);
	FIGURES(&l, 1, 1, 1, 0, 0, 0);
	ledger_close(&l);
}

/* The store itself refuses figures that do not add up. */
static void check_figures_hold(struct engine *engine)
{
	struct ledger l;
	ledger_open(&l, engine);
	ledger_asks(&l, 1, 1);
	struct tx *tx = ledger_tx(&l);
	struct sql_feedback_tally_add_in more = {.closed_n = 1, .kejadian_id = 1};
	enum rc rc = sql_feedback_tally_add(tx, &more, 1, &engine_err);
	if (rc == RC_OK) /* on PostgreSQL it is answered later */
		assert_int_equal(tx_commit(&tx, &engine_err), RC_BROKEN);
	else
		assert_int_equal(rc, RC_CONFLICT);
	tx_rollback(&tx);
	ledger_close(&l);
}

/* `padan check` finds figures that somebody changed by hand. */
static void check_recount(struct engine *engine)
{
	struct ledger l;
	struct debt_recount count;
	ledger_open(&l, engine);
	ledger_asks(&l, 1, 1);
	ledger_asks(&l, 2, 1);
	assert_int_equal(ledger_tells(&l, TOLD_SERVICE, ledger_victim(1, 2, KETERANGAN_LUKA)), RECORD_SAVED);
	TX_AUTO *tx = ledger_tx(&l);
	OK(debt_recount(tx, &count, &engine_err));
	assert_int_equal(count.kejadian, 2);
	assert_int_equal(count.wrong, 0);
	struct sql_feedback_tally_add_in more = {.answered_n = 1, .closed_n = 1, .kejadian_id = 2};
	OK(sql_feedback_tally_add(tx, &more, 1, &engine_err));
	OK(debt_recount(tx, &count, &engine_err));
	assert_int_equal(count.wrong, 1);
	tx_rollback(&tx);
	ledger_close(&l);
}

/* The bytes of one person's row open in no other, nor with another key. */
static void check_sealed(struct engine *engine)
{
	struct ledger l;
	struct nik nik = {LEDGER_NIK}, seen;
	ledger_open(&l, engine);
	struct person_key key = person_key(l.feedback, 1), other = person_key(l.feedback, 2);
	struct person_hash hash = person_hash(&key, nik), elsewhere = person_hash(&other, nik);
	struct person_sealed sealed = person_seal(l.feedback, hash, nik);
	struct str bytes = {(const char *)sealed.at, sizeof sealed.at};
	assert_memory_not_equal(hash.at, elsewhere.at, sizeof hash.at);
	OK(person_unseal(l.feedback, (struct str){(const char *)hash.at, sizeof hash.at}, bytes, &seen, &engine_err));
	assert_int_equal(seen.n, nik.n);
	struct str place = {(const char *)elsewhere.at, sizeof elsewhere.at};
	assert_int_equal(person_unseal(l.feedback, place, bytes, &seen, &engine_err), RC_BROKEN);
	ledger_close(&l);
}

/* ---- at random ---- */

#define KEJADIAN 3
#define PERSONS 6
#define STEPS 250

static uint64_t chance_state;
static int contents;

static int chance(int n) /* 0 ... n - 1; xorshift64 */
{
	chance_state ^= chance_state << 13;
	chance_state ^= chance_state >> 7;
	chance_state ^= chance_state << 17;
	return (int)(chance_state % (uint64_t)n);
}

/* What should be: known persons, whether they were asked for, and what was said last. */
struct model_person {
	bool asked, told, waived;
};
struct model {
	struct model_person at[KEJADIAN][PERSONS];
};

static void model_figures(const struct model *m, int kejadian, int64_t ret[5])
{
	memset(ret, 0, 5 * sizeof *ret);
	for (int i = 0; i < PERSONS; i++) {
		const struct model_person *p = &m->at[kejadian][i];
		ret[0] += p->asked;
		ret[1] += p->asked && !p->told;
		ret[2] += p->asked && p->told && !p->waived;
		ret[3] += p->asked && p->told && p->waived;
		ret[4] += !p->asked && p->told;
	}
}

static void step_ask(struct ledger *l, struct tx *tx, struct model *m)
{
	struct debt_ask asks[8];
	int n = 1 + chance(8);
	for (int i = 0; i < n; i++) {
		int kejadian = chance(KEJADIAN), person = chance(PERSONS);
		asks[i] = ledger_ask(l, kejadian + 1, person);
		m->at[kejadian][person].asked = true;
	}
	OK(debt_open(l->feedback, tx, asks, (size_t)n, &engine_err));
}

static void step_tell(struct ledger *l, struct tx *tx, struct model *m)
{
	struct record records[8];
	enum record_fate fates[8];
	enum told_source source = (enum told_source)chance(3);
	int n = 1 + chance(8);
	struct entry by = ledger_by(l);
	for (int i = 0; i < n; i++) {
		int kejadian = chance(KEJADIAN), person = chance(PERSONS);
		bool waives = source != TOLD_SERVICE && chance(3) == 0;
		struct model_person *p = &m->at[kejadian][person];
		records[i] = waives ? ledger_waiver(kejadian + 1, person, (enum waiver)chance(WAIVER_COUNT))
		                    : ledger_victim(kejadian + 1, person, (enum keterangan)chance(KETERANGAN_COUNT));
		records[i].told.on = (struct day){day_of_us(l->now_us).n - chance(2000)};
		if (source == TOLD_SERVICE) /* never told before: what was is another test's */
			records[i].content = arena_printf(tx_arena(tx), "%d", contents++);
		if (p->asked || p->told || source == TOLD_SERVICE)
			*p = (struct model_person){p->asked, true, waives};
	}
	OK(record_tell(l->feedback, tx, &by, source, records, (size_t)n, fates, &engine_err));
}

static void check_chance(struct engine *engine)
{
	const char *given = getenv("PADAN_TEST_SEED");
	int64_t seed = given ? atoll(given) : clock_now_us();
	struct model model = {0};
	struct ledger l;
	print_message("%s: seed %lld\n", engine->name, (long long)seed);
	chance_state = (uint64_t)seed;
	ledger_open(&l, engine);
	for (int i = 0; i < STEPS; i++) {
		TX_AUTO *tx = ledger_tx(&l);
		struct model before = model;
		l.now_us += chance(1000) * US_PER_S;
		(chance(2) ? step_ask : step_tell)(&l, tx, &model);
		if (chance(8) == 0) {
			tx_rollback(&tx);
			model = before;
		} else {
			OK(tx_commit(&tx, &engine_err));
		}
		for (int k = 0; k < KEJADIAN; k++) {
			int64_t want[5];
			model_figures(&model, k, want);
			assert_figures(&l, k + 1, want);
		}
	}
	ledger_close(&l);
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(queries)
EACH(shared)
EACH(totals)
EACH(history)
EACH(waiver)
EACH(unasked)
EACH(service)
EACH(tray)
EACH(bad)
EACH(figures_hold)
EACH(recount)
EACH(sealed)
EACH(chance)
EACH(plain_program)
EACH(program_waives)
EACH(parts_by_state)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries), cmocka_unit_test(test_shared),  cmocka_unit_test(test_totals),
		cmocka_unit_test(test_history), cmocka_unit_test(test_waiver),  cmocka_unit_test(test_unasked),
		cmocka_unit_test(test_service), cmocka_unit_test(test_bad),     cmocka_unit_test(test_figures_hold),
		cmocka_unit_test(test_recount), cmocka_unit_test(test_sealed),  cmocka_unit_test(test_chance),
		cmocka_unit_test(test_tray),    cmocka_unit_test(test_plain_program), cmocka_unit_test(test_program_waives),
		cmocka_unit_test(test_parts_by_state),
	};
	return cmocka_run_group_tests_name("feedback/record", tests, NULL, NULL);
}
