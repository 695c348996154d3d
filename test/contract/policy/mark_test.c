/* SPDX-License-Identifier: EUPL-1.2
 * What is remembered between trays ends with the very next tray after a change: made
 * through another connection, in the tray's own transaction, or undone again; on every
 * engine. And nobody can write to the agreement office without moving its mark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

struct scene {
	struct office office;
	struct store *other; /* another process, as far as the database can tell */
	int64_t bpbd, kejadian;
	struct person operator;
};

static void scene_open(struct scene *s, struct engine *e)
{
	office_open(&s->office, e);
	OK(store_open(e->url, &s->other, &engine_err));
	s->bpbd = office_instansi(&s->office, (struct says){.code = "BPBD", .before = 200, .after = -1});
	s->kejadian = office_kejadian(&s->office, s->bpbd);
	s->operator = office_operator(&s->office, s->bpbd, "operator1", s->kejadian);
}

static void scene_close(struct scene *s)
{
	store_close(s->other);
	office_close(&s->office);
}

static struct tx *elsewhere(struct scene *s)
{
	struct tx *tx;
	OK(tx_begin(s->other, TX_WRITE, &tx, &engine_err));
	return tx;
}

static enum ground ground_now(struct scene *s)
{
	return office_one(&s->office, office_ask(&s->operator, 9901)).ruling.ground;
}

static void set_state(struct scene *s, enum instansi_state state)
{
	struct tx *tx = elsewhere(s);
	OK(instansi_set_state(tx, s->bpbd, state, s->office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

/* P9.1: on the very next request */
static void check_suspended_elsewhere(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ground_now(&s), GROUND_NONE);
		assert_int_equal(ground_now(&s), GROUND_NONE);
		set_state(&s, INSTANSI_SUSPENDED);
		assert_int_equal(ground_now(&s), GROUND_SUSPENDED);
		assert_int_equal(ground_now(&s), GROUND_SUSPENDED);
		set_state(&s, INSTANSI_ACTIVE);
	}
	scene_close(&s);
}

static void check_kejadian_closed_elsewhere(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	assert_int_equal(ground_now(&s), GROUND_NONE);
	struct tx *tx = elsewhere(&s);
	OK(kejadian_close(tx, s.bpbd, s.kejadian, s.office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(ground_now(&s), GROUND_NO_KEJADIAN);
	scene_close(&s);
}

/* J.VI.E: an NDA that is filed again, valid until yesterday, ends the access. */
static void check_nda_ended_elsewhere(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	int32_t today = day_of_us(s.office.now_us).n;
	struct paper nda = {.kind = PAPER_NDA, .instansi_id = s.bpbd, .subject = S("operator1"), .number = S("NDA/1"),
	                    .signer = S("Pejabat Contoh"), .signed_on = {today - 30}, .valid_until = {today - 1}};
	assert_int_equal(ground_now(&s), GROUND_NONE);
	struct tx *tx = elsewhere(&s);
	OK(paper_file(tx, &nda, s.office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(ground_now(&s), GROUND_NO_NDA);
	scene_close(&s);
}

/* A page of this very tray suspends, and is undone, or not. */
static void check_own_changes(struct engine *e)
{
	struct scene s;
	struct seen seen;
	scene_open(&s, e);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	assert_int_equal(ground_now(&s), GROUND_NONE);
	struct tx *tx = office_tx(&s.office);
	OK(tx_savepoint(tx, &engine_err));
	OK(instansi_set_state(tx, s.bpbd, INSTANSI_SUSPENDED, s.office.now_us, &engine_err));
	office_walk(&s.office, tx, &q, 1, &seen);
	assert_int_equal(seen.ruling.ground, GROUND_SUSPENDED);
	OK(tx_undo(tx, &engine_err));
	office_walk(&s.office, tx, &q, 1, &seen);
	assert_int_equal(seen.ruling.ground, GROUND_NONE);
	OK(instansi_set_state(tx, s.bpbd, INSTANSI_SUSPENDED, s.office.now_us, &engine_err));
	office_walk(&s.office, tx, &q, 1, &seen);
	assert_int_equal(seen.ruling.ground, GROUND_SUSPENDED);
	tx_rollback(&tx);
	assert_int_equal(ground_now(&s), GROUND_NONE);
	scene_close(&s);
}

/* Papers and terms count in days: midnight ends what was remembered. */
static void check_midnight(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	int64_t id = office_instansi(&s.office, (struct says){.code = "SINGKAT", .before = 200, .begin = -1, .days = 2});
	int64_t kejadian = office_kejadian(&s.office, id);
	struct person p = office_operator(&s.office, id, "operator2", kejadian);
	assert_int_equal(office_one(&s.office, office_ask(&p, 9902)).ruling.ground, GROUND_NONE);
	s.office.now_us = day_begin_us((struct day){day_of_us(s.office.now_us).n + 1});
	assert_int_equal(office_one(&s.office, office_ask(&p, 9902)).ruling.ground, GROUND_ENDED);
	scene_close(&s);
}

static int64_t mark_now(struct store *store)
{
	int64_t mark;
	struct tx *tx;
	OK(tx_begin(store, TX_READ, &tx, &engine_err));
	OK(agreement_mark(tx, &mark, &engine_err));
	tx_rollback(&tx);
	assert_int_not_equal(mark, 0);
	return mark;
}

static void check_the_mark(struct engine *e)
{
	struct scene s;
	int64_t mark;
	scene_open(&s, e);
	int64_t before = mark_now(e->store);
	assert_int_equal(mark_now(s.other), before);
	ground_now(&s); /* a look-up changes nothing there */
	assert_int_equal(mark_now(e->store), before);
	struct tx *tx = elsewhere(&s);
	OK(agreement_mark(tx, &mark, &engine_err));
	assert_int_equal(mark, before);
	OK(instansi_set_state(tx, s.bpbd, INSTANSI_SUSPENDED, s.office.now_us, &engine_err));
	OK(agreement_mark(tx, &mark, &engine_err));
	assert_int_equal(mark, 0);
	tx_rollback(&tx);
	assert_int_equal(mark_now(e->store), before);
	set_state(&s, INSTANSI_SUSPENDED);
	assert_int_not_equal(mark_now(e->store), before);
	scene_close(&s);
}

static bool writes(const struct query *q)
{
	struct str sql = str_c(q->sqlite);
	return str_starts(sql, S("INSERT")) || str_starts(sql, S("UPDATE")) || str_starts(sql, S("DELETE"));
}

static void test_every_writing_query_marks(void **state)
{
	(void)state;
	size_t writing = 0;
	for (const struct query *const *q = agreement_queries; *q; q++) {
		if (writes(*q) != ((*q)->marks != NULL))
			print_error("%s\n", (*q)->name);
		assert_int_equal(writes(*q), (*q)->marks != NULL);
		writing += writes(*q);
	}
	assert_true(writing >= 6);
}

#define EACH(name)                                                                                                     \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
EACH(suspended_elsewhere)
EACH(kejadian_closed_elsewhere)
EACH(nda_ended_elsewhere)
EACH(own_changes)
EACH(midnight)
EACH(the_mark)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suspended_elsewhere), cmocka_unit_test(test_kejadian_closed_elsewhere),
		cmocka_unit_test(test_nda_ended_elsewhere), cmocka_unit_test(test_own_changes),
		cmocka_unit_test(test_midnight),            cmocka_unit_test(test_the_mark),
		cmocka_unit_test(test_every_writing_query_marks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
