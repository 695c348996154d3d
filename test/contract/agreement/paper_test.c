/* SPDX-License-Identifier: EUPL-1.2
 * Papers on file: what is refused, which are valid on a day, NDAs in a batch
 * (J.VI.E); and kejadian, the purposes of inquiries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

static void paper_kinds_stand_in_enum_order(void **state)
{
	(void)state;
	static const char *const rows[PAPER_COUNT][2] = {
	        {"sptjm", "J.VI.D"}, {"nda", "J.VI.E"}, {"ministry", "J.VI.G"}, {"poc", "J.II.D"}, {"iso27001", "P2.2i"},
	        {"bast", "J.II.B"}, {"minutes", "J.VI.C"}, {"letter", "P9.2"}, {"evidence", "P2.2"}, {"report", "P8"}};
	for (size_t i = 0; i < PAPER_COUNT; i++) {
		assert_int_equal(paper_at(i)->kind, i);
		assert_string_equal(paper_at(i)->key, rows[i][0]);
		assert_string_equal(paper_at(i)->clause, rows[i][1]);
		assert_int_equal(paper_kind_of(str_c(rows[i][0])), i);
	}
	assert_null(paper_at(PAPER_COUNT));
	assert_int_equal(paper_kind_of(S("x")), PAPER_COUNT);
}

static void check_bad_papers_are_refused(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	char long_text[130];
	memset(long_text, 'x', sizeof long_text);
	const struct paper rows[] = {
	        {.kind = PAPER_COUNT, .number = S("1"), .signer = S("x")},
	        {.kind = PAPER_SPTJM, .number = S(""), .signer = S("x")},
	        {.kind = PAPER_SPTJM, .number = S("1"), .signer = S("")},
	        {.kind = PAPER_SPTJM, .number = S("1"), .signer = S("\xff")},
	        {.kind = PAPER_SPTJM, .number = str_from(long_text, 121), .signer = S("x")},
	        {.kind = PAPER_SPTJM, .number = S("1"), .signer = S("x"), .subject = S("x")},
	        {.kind = PAPER_NDA, .number = S("1"), .signer = S("x")},
	        {.kind = PAPER_POC, .number = S("1"), .signer = S("x"), .subject = S("Web")},
	        {.kind = PAPER_SPTJM, .number = S("1"), .signer = S("x"), .signed_on = {20}, .valid_until = {19}},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct paper paper = rows[i];
		paper.instansi_id = id;
		assert_int_equal(paper_file(o.tx, &paper, NOW, &engine_err), RC_INVALID);
	}
	office_close(&o);
}

static bool nda(struct office *o, int64_t id, const char *user_id, struct day on)
{
	bool valid;
	OK(paper_valid(o->tx, id, PAPER_NDA, str_c(user_id), on, &valid, &engine_err));
	return valid;
}

/* J.VI.E: every operator signs */
static void check_jvie_nda_at_day_edges(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id, other = office_apply(&o, "dinkes", NULL).instansi_id;
	struct paper paper = {.kind = PAPER_NDA,
	                      .instansi_id = id,
	                      .subject = S("Operator9"),
	                      .number = S("9"),
	                      .signer = S("x"),
	                      .signed_on = FIRST,
	                      .valid_until = LAST};
	OK(paper_file(o.tx, &paper, NOW, &engine_err));
	assert_false(nda(&o, id, "operator9", (struct day){FIRST.n - 1}));
	assert_true(nda(&o, id, "operator9", FIRST));
	assert_true(nda(&o, id, "OPERATOR9", LAST));
	assert_false(nda(&o, id, "operator9", (struct day){LAST.n + 1}));
	assert_false(nda(&o, other, "operator9", FIRST));
	assert_false(nda(&o, id, "operator", FIRST));
	assert_true(nda(&o, id, "operator1", FIRST));
	assert_false(nda(&o, id, "operator2", FIRST)); /* the demo's operator without NDA */
	assert_true(nda(&o, id, "operator3", FIRST));
	assert_true(nda(&o, id, "kepala", FIRST));
	struct paper_nda asks[] = {{id, S("operator1")},    {id, S("operator2")},     {other, S("dinkes-layanan")},
	                           {other, S("operator1")}, {id, S("operator1\xff")}, {id, S("")}};
	bool valid[LEN(asks)];
	static const bool want[] = {true, false, true, false, false, false};
	OK(paper_nda_valid(o.tx, asks, 4, day_of_us(NOW), valid, &engine_err));
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(valid[i], want[i]);
	OK(paper_nda_valid(o.tx, asks, 0, day_of_us(NOW), valid, &engine_err));
	office_close(&o);
}

static void check_the_list_is_newest_first(struct engine *engine)
{
	struct office o = office_open(engine);
	struct paper *list;
	size_t n;
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct paper paper = {.kind = PAPER_POC,
	                      .instansi_id = id,
	                      .subject = S("call_nik"),
	                      .number = S("9"),
	                      .signer = S("x"),
	                      .signed_on = {FIRST.n + 5}};
	OK(paper_file(o.tx, &paper, NOW, &engine_err));
	OK(paper_list(o.tx, id, &list, &n, &engine_err));
	assert_int_equal(n, 6);
	assert_int_equal(list[0].kind, PAPER_POC);
	assert_str(list[0].subject, "CALL_NIK"); /* as the agreement writes it */
	assert_int_equal(list[0].valid_until.n, 0);
	assert_int_equal(list[0].signed_on.n, FIRST.n + 5);
	OK(paper_list(o.tx, 99, &list, &n, &engine_err));
	assert_int_equal(n, 0);
	office_close(&o);
}

EACH(bad_papers_are_refused)
EACH(jvie_nda_at_day_edges)
EACH(the_list_is_newest_first)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(paper_kinds_stand_in_enum_order), cmocka_unit_test(bad_papers_are_refused),
	        cmocka_unit_test(jvie_nda_at_day_edges),           cmocka_unit_test(the_list_is_newest_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
