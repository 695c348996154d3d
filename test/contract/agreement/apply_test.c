/* SPDX-License-Identifier: EUPL-1.2
 * Applying agreement files: once, again, changed, as an addendum (P9.2), with more
 * papers; the nomenclature (P5); and the way back out, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

static void check_every_query_prepares(struct engine *engine)
{
	struct office o = office_open(engine);
	office_commit(&o);
	for (size_t i = 0; agreement_queries[i]; i++)
		OK(query_check(engine->store, agreement_queries[i], &engine_err));
	office_close(&o);
}

/* P2.1a, P3.2a, J.II.B, J.IV, J.III: the base agreement */
static void check_the_base_agreement(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied applied = office_apply(&o, "bpbd", NULL);
	assert_true(applied.changed);
	assert_int_equal(applied.version_number, 1);
	struct standing s = office_standing(&o, applied.instansi_id, NOW);
	assert_str(s.code, "BPBD");
	assert_int_equal(s.state, INSTANSI_ACTIVE);
	assert_int_equal(s.version_id, applied.version_id);
	assert_int_equal(s.version_number, 1);
	assert_true(s.terms->elements == ELEMENT_SET_BASE);
	assert_true(s.terms->methods[METHOD_PORTAL].granted);
	assert_int_equal(s.terms->methods[METHOD_PORTAL].quota_before_poc, 200);
	assert_int_equal(s.terms->methods[METHOD_PORTAL].quota_after_poc, -1);
	assert_false(s.terms->methods[METHOD_CALL_NIK].granted);
	assert_false(s.terms->methods[METHOD_VERIFY].granted);
	assert_false(s.terms->methods[METHOD_CARD_READER].granted);
	assert_int_equal(s.terms->begin.n, FIRST.n);
	assert_int_equal(s.terms->end.n, LAST.n);
	assert_int_equal(s.terms->allow_n, 6);
	assert_int_equal(s.terms->contacts_n, 2);
	assert_str(s.terms->contacts[0].side, "provider");
	assert_str(s.terms->contacts[1].email, "data@bpbd.example");
	assert_str(s.terms->pks_number, "470/001/PKS/CONTOH");
	assert_str(s.terms->addendum_number, "");
	assert_true(s.ministry_approval);
	assert_true(s.sptjm);
	for (size_t i = 0; i < METHOD_COUNT; i++)
		assert_false(s.poc_passed[i]);
	office_close(&o);
}

/* P9.2: a version is immutable */
static void check_a_version_never_changes(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied first = office_apply(&o, "bpbd", NULL), again = office_apply(&o, "bpbd", NULL);
	assert_false(again.changed);
	assert_int_equal(again.version_id, first.version_id);
	again = office_apply(&o, "bpbd", CHANGES("\n", "\n   ")); /* blanks say nothing */
	assert_false(again.changed);
	assert_int_equal(office_try(&o, "bpbd", CHANGES("before_poc\": 200", "before_poc\": 201"), &again), RC_CONFLICT);
	assert_string_equal(engine_err.what, "versi 1 sudah tercatat dengan isi lain; perubahan dibuat dengan adendum (P9.2)");
	assert_int_equal(office_standing(&o, first.instansi_id, NOW).terms->methods[METHOD_PORTAL].quota_before_poc, 200);
	office_close(&o);
}

/* Papers come in later, without a new version. */
static void check_papers_may_grow(struct engine *engine)
{
	struct office o = office_open(engine);
	bool valid;
	struct applied first = office_apply(&o, "bpbd", NULL);
	struct applied more = office_apply(&o, "bpbd",
	                                   CHANGES("\"subject\": \"operator3\",\n      \"number\": \"NDA/003/CONTOH\"",
	                                           "\"subject\": \"operator2\",\n      \"number\": \"NDA/004/CONTOH\""));
	assert_true(more.changed);
	assert_int_equal(more.version_id, first.version_id);
	OK(paper_valid(o.tx, first.instansi_id, PAPER_NDA, S("operator2"), day_of_us(NOW), &valid, &engine_err));
	assert_true(valid);
	OK(paper_valid(o.tx, first.instansi_id, PAPER_NDA, S("operator3"), day_of_us(NOW), &valid, &engine_err));
	assert_true(valid); /* what is on file stays on file */
	more = office_apply(&o, "bpbd", CHANGES("Operator Contoh Satu", "Operator Contoh Dua"));
	assert_true(more.changed); /* same kind, subject, number: brought up to date */
	assert_false(office_apply(&o, "bpbd", CHANGES("Operator Contoh Satu", "Operator Contoh Dua")).changed);
	office_close(&o);
}

/* P9.2, J.II.C: an addendum makes the next version, from its own first day */
static void check_an_addendum_follows(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied applied;
	assert_int_equal(office_try(&o, "dinkes-adendum", NULL, &applied), RC_CONFLICT);
	assert_string_equal(engine_err.what, "versi 2 tidak dapat masuk: versi berikutnya adalah 1");
	tx_rollback(&o.tx);
	OK(tx_begin(engine->store, TX_WRITE, &o.tx, &engine_err));
	struct applied base = office_apply(&o, "dinkes", NULL);
	applied = office_apply(&o, "dinkes-adendum", CHANGES("\"begin\": \"2025-05-20\"", "\"begin\": \"2026-01-01\""));
	assert_int_equal(applied.instansi_id, base.instansi_id);
	assert_int_equal(applied.version_number, 2);
	int64_t switch_us = day_begin_us(day_from_ymd(2026, 1, 1));
	struct standing before = office_standing(&o, base.instansi_id, switch_us - 1);
	struct standing after = office_standing(&o, base.instansi_id, switch_us);
	assert_int_equal(before.version_number, 1);
	assert_int_equal(before.version_id, base.version_id);
	assert_false(before.terms->methods[METHOD_CALL_NIK].granted);
	assert_int_equal(after.version_number, 2);
	assert_true(after.terms->methods[METHOD_CALL_NIK].granted);
	assert_true(after.terms->methods[METHOD_VERIFY].granted);
	assert_str(after.terms->addendum_number, "470/003/ADENDUM/CONTOH");
	assert_true(after.poc_passed[METHOD_PORTAL] && after.poc_passed[METHOD_CALL_NIK] && after.poc_passed[METHOD_VERIFY]);
	assert_false(after.poc_passed[METHOD_CARD_READER]);
	office_close(&o);
}

static void check_an_addendum_may_not_reach_back(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied applied;
	office_apply(&o, "dinkes", NULL);
	assert_int_equal(
	        office_try(&o, "dinkes-adendum", CHANGES("\"begin\": \"2025-05-20\"", "\"begin\": \"2025-05-19\""), &applied),
	        RC_CONFLICT);
	assert_string_equal(engine_err.what, "versi 2 berlaku sebelum versi 1 (2025-05-20)");
	office_close(&o);
}

/* P6: an emergency quota ends early and gives way to the version before it */
static void check_a_dated_addendum_gives_way(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied base = office_apply(&o, "dinkes", NULL);
	office_apply(&o, "dinkes-adendum",
	             CHANGES("\"begin\": \"2025-05-20\"", "\"begin\": \"2026-01-01\"", "\"end\": \"2027-05-20\"",
	                     "\"end\": \"2026-01-31\""));
	int64_t back_us = day_begin_us(day_from_ymd(2026, 2, 1));
	assert_int_equal(office_standing(&o, base.instansi_id, back_us - 1).version_number, 2);
	assert_int_equal(office_standing(&o, base.instansi_id, back_us).version_number, 1);
	office_close(&o);
}

/* P5: another name is another institution; J.VI.I: revoked is over */
static void check_nomenclature_and_endings(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied applied, first = office_apply(&o, "bpbd", NULL);
	assert_int_equal(office_try(&o, "bpbd", CHANGES("\"name\": \"Badan", "\"name\": \"Dinas"), &applied), RC_CONFLICT);
	assert_string_equal(engine_err.what,
	                    "nama instansi berbeda dari yang tercatat; perubahan nomenklatur mengakhiri perjanjian (P5)");
	OK(instansi_set_state(o.tx, first.instansi_id, INSTANSI_SUSPENDED, NOW, &engine_err));
	assert_false(office_apply(&o, "bpbd", NULL).changed); /* suspended stays suspended */
	assert_int_equal(office_standing(&o, first.instansi_id, NOW).state, INSTANSI_SUSPENDED);
	OK(instansi_set_state(o.tx, first.instansi_id, INSTANSI_REVOKED, NOW, &engine_err));
	assert_int_equal(office_try(&o, "bpbd", NULL, &applied), RC_REFUSED);
	office_close(&o);
}

static void check_bad_files_change_nothing(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied applied;
	struct instansi_row *list;
	size_t n;
	assert_int_equal(office_try(&o, "bpbd", CHANGES("192.0.2.0/24", "192.0.2.1/24"), &applied), RC_INVALID);
	assert_string_equal(engine_err.what, "baris 75: terms.allow[2]: 192.0.2.1/24 bukan alamat jaringan");
	OK(instansi_list(o.tx, &list, &n, &engine_err));
	assert_int_equal(n, 0);
	office_close(&o);
}

static void round_trip(struct office *o, const char *which, int version)
{
	struct applied applied = office_apply(o, which, NULL);
	BUF_AUTO in = office_sample(which, NULL);
	BUF_AUTO out = BUF(AGREEMENT_FILE_MAX);
	OK(agreement_export(o->tx, applied.instansi_id, version, &out, &engine_err));
	if (!str_eq(buf_str(&in), buf_str(&out)))
		fail_msg("%s came back as\n%.*s", which, STR_ARG(buf_str(&out)));
}

static void check_export_gives_the_same_bytes(struct engine *engine)
{
	struct office o = office_open(engine);
	round_trip(&o, "bpbd", 1);
	round_trip(&o, "dinkes", 1);
	round_trip(&o, "dinkes-adendum", 2);
	BUF_AUTO out = BUF(AGREEMENT_FILE_MAX);
	assert_int_equal(agreement_export(o.tx, 1, 9, &out, &engine_err), RC_ABSENT);
	assert_int_equal(agreement_export(o.tx, 99, 1, &out, &engine_err), RC_ABSENT);
	struct buf small = BUF(100);
	assert_int_equal(agreement_export(o.tx, 1, 1, &small, &engine_err), RC_LIMIT);
	buf_free(&small);
	office_close(&o);
}

EACH(every_query_prepares)
EACH(the_base_agreement)
EACH(a_version_never_changes)
EACH(papers_may_grow)
EACH(an_addendum_follows)
EACH(an_addendum_may_not_reach_back)
EACH(a_dated_addendum_gives_way)
EACH(nomenclature_and_endings)
EACH(bad_files_change_nothing)
EACH(export_gives_the_same_bytes)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_query_prepares),       cmocka_unit_test(the_base_agreement),
	        cmocka_unit_test(a_version_never_changes),    cmocka_unit_test(papers_may_grow),
	        cmocka_unit_test(an_addendum_follows),        cmocka_unit_test(an_addendum_may_not_reach_back),
	        cmocka_unit_test(a_dated_addendum_gives_way), cmocka_unit_test(nomenclature_and_endings),
	        cmocka_unit_test(bad_files_change_nothing),   cmocka_unit_test(export_gives_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
