/* SPDX-License-Identifier: EUPL-1.2
 * How an instansi stands at one moment: term to the microsecond (P4), states (P5,
 * P9.1), papers at the edges of their days (J.VI.D, J.VI.E, J.II.B), allow-lists
 * (P2.1b). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

static int64_t end_us(struct day last)
{
	return day_begin_us((struct day){last.n + 1});
}

/* P4: two years, the last day included, 24.00 WIB */
static void check_p4_to_the_microsecond(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	static const struct {
		int64_t step;
		bool from_end, in_force;
	} rows[] = {{-1, false, false}, {0, false, true}, {-1, true, true}, {0, true, false}};
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t at = (rows[i].from_end ? end_us(LAST) : day_begin_us(FIRST)) + rows[i].step;
		struct standing s = office_standing(&o, id, at);
		assert_int_equal(s.terms != NULL, rows[i].in_force);
		assert_int_equal(s.version_id != 0, rows[i].in_force);
		assert_int_equal(s.ministry_approval, rows[i].in_force);
		assert_int_equal(s.state, INSTANSI_ACTIVE); /* ended by term is not stored */
	}
	struct standing none;
	assert_int_equal(agreement_standing(o.agreement, o.tx, id + 9, NOW, &none, &engine_err), RC_ABSENT);
	office_close(&o);
}

static void check_terms_are_parsed_once(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t ids[3] = {office_apply(&o, "bpbd", NULL).instansi_id, office_apply(&o, "dinkes", NULL).instansi_id};
	ids[2] = ids[0];
	struct standing s[3];
	OK(agreement_standings(o.agreement, o.tx, ids, 3, NOW, s, &engine_err));
	assert_ptr_equal(s[0].terms, s[2].terms);
	assert_ptr_not_equal(s[0].terms, s[1].terms);
	assert_str(s[1].code, "DINKES");
	ids[2] = 99;
	assert_int_equal(agreement_standings(o.agreement, o.tx, ids, 3, NOW, s, &engine_err), RC_ABSENT);
	office_close(&o);
}

/* A version that was rolled back gives its id to another; the cache must not mix them. */
static void check_the_cache_forgets_what_never_was(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied first = office_apply(&o, "bpbd", CHANGES("before_poc\": 200", "before_poc\": 900"));
	assert_int_equal(office_standing(&o, first.instansi_id, NOW).terms->methods[METHOD_PORTAL].quota_before_poc, 900);
	tx_rollback(&o.tx);
	OK(tx_begin(engine->store, TX_WRITE, &o.tx, &engine_err));
	struct applied second = office_apply(&o, "bpbd", NULL);
	assert_int_equal(office_standing(&o, second.instansi_id, NOW).terms->methods[METHOD_PORTAL].quota_before_poc, 200);
	office_close(&o);
}

static void check_the_lifecycle(struct engine *engine)
{
	/* from -> to, in the order draft active suspended ended revoked */
	static const bool allowed[5][5] = {
	        {0, 1, 0, 1, 0}, /* draft */
	        {0, 0, 1, 1, 1}, /* active: P9.1, P5, J.VI.I */
	        {0, 1, 0, 1, 1}, /* suspended */
	        {0, 0, 0, 0, 0}, /* ended: for good */
	        {0, 0, 0, 0, 0}, /* revoked: for good */
	};
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	for (size_t from = 0; from < 5; from++)
		for (size_t to = 0; to < 5; to++) {
			struct sql_instansi_set_state_in in = {
			        .state = str_c(instansi_state_at(from)->key), .now_us = NOW, .instansi_id = id};
			OK(sql_instansi_set_state(o.tx, in, NULL, &engine_err));
			enum rc rc = instansi_set_state(o.tx, id, (enum instansi_state)to, NOW, &engine_err);
			assert_int_equal(rc, allowed[from][to] ? RC_OK : RC_REFUSED);
			assert_int_equal(office_standing(&o, id, NOW).state, allowed[from][to] ? to : from);
		}
	assert_string_equal(engine_err.what, "BPBD: dari Dicabut tidak dapat menjadi Dicabut");
	assert_int_equal(instansi_set_state(o.tx, id + 9, INSTANSI_ACTIVE, NOW, &engine_err), RC_ABSENT);
	assert_int_equal(instansi_set_state(o.tx, id, (enum instansi_state)9, NOW, &engine_err), RC_INVALID);
	assert_null(instansi_state_at(5));
	office_close(&o);
}

static void put_paper(struct office *o, int64_t id, enum paper_kind kind, const char *subject, const char *number, struct day from,
                      struct day until)
{
	struct paper paper = {.kind = kind,
	                      .instansi_id = id,
	                      .subject = str_c(subject),
	                      .number = str_c(number),
	                      .signer = S("Pejabat Contoh"),
	                      .signed_on = from,
	                      .valid_until = until};
	OK(paper_file(o->tx, &paper, NOW, &engine_err));
}

#define NO_PAPERS                                                                                                                  \
	CHANGES("\"kind\": \"sptjm\"", "\"kind\": \"iso27001\"", "\"number\": \"470/001/DUKCAPIL-CONTOH\"", "\"number\": \"lain\"")

/* J.VI.D: SPTJM, from the day it was signed to the end of its last day */
static void check_jvid_sptjm_at_day_edges(struct engine *engine)
{
	struct office o = office_open(engine);
	struct day from = day_from_ymd(2026, 3, 1), until = day_from_ymd(2026, 3, 31);
	int64_t id = office_apply(&o, "bpbd", NO_PAPERS).instansi_id;
	assert_false(office_standing(&o, id, NOW).sptjm);
	put_paper(&o, id, PAPER_SPTJM, "", "1", from, until);
	assert_false(office_standing(&o, id, day_begin_us(from) - 1).sptjm);
	assert_true(office_standing(&o, id, day_begin_us(from)).sptjm);
	assert_true(office_standing(&o, id, end_us(until) - 1).sptjm);
	assert_false(office_standing(&o, id, end_us(until)).sptjm);
	put_paper(&o, id, PAPER_SPTJM, "", "2", until, (struct day){0}); /* the new head's, without limit */
	assert_true(office_standing(&o, id, end_us(until)).sptjm);
	office_close(&o);
}

/* P4, J.VI.F-G: the letter this version names, not any letter */
static void check_p4_the_ministry_letter_of_this_version(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NO_PAPERS).instansi_id;
	assert_false(office_standing(&o, id, NOW).ministry_approval);
	put_paper(&o, id, PAPER_MINISTRY, "", "470/999/LAIN", FIRST, (struct day){0});
	assert_false(office_standing(&o, id, NOW).ministry_approval);
	put_paper(&o, id, PAPER_MINISTRY, "", "470/001/DUKCAPIL-CONTOH", FIRST, (struct day){0});
	assert_true(office_standing(&o, id, NOW).ministry_approval);
	office_close(&o);
}

/* J.II.B, J.II.D: PoC belongs to one application */
static void check_jiib_poc_belongs_to_a_method(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	for (size_t m = 0; m < METHOD_CARD_READER; m++) {
		put_paper(&o, id, PAPER_POC, method_at(m)->key, "1", FIRST, (struct day){0});
		put_paper(&o, id, PAPER_POC, method_at(m)->key, "2", FIRST, (struct day){0});
		struct standing s = office_standing(&o, id, NOW);
		for (size_t k = 0; k < METHOD_COUNT; k++)
			assert_int_equal(s.poc_passed[k], k <= m);
	}
	put_paper(&o, id, PAPER_POC, "card_reader", "1", FIRST, (struct day){0});
	assert_false(office_standing(&o, id, NOW).poc_passed[METHOD_CARD_READER]);
	office_close(&o);
}

/* P2.1b, J.I.A: closed network */
static void check_p21b_allow_lists(struct engine *engine)
{
	struct office o = office_open(engine);
	struct addr inside = office_addr("192.0.2.77"), outside = office_addr("192.0.3.1"), other = office_addr("198.51.100.9");
	bool yes;
	OK(agreement_knows_peer(o.agreement, o.tx, &inside, NOW, &yes, &engine_err));
	assert_false(yes);
	int64_t id = office_apply(&o, "bpbd", CHANGES("\"198.51.100.0/24\", ", "")).instansi_id;
	int64_t dinkes = office_apply(&o, "dinkes", CHANGES("\"192.0.2.0/24\", ", "")).instansi_id;
	struct {
		int64_t id;
		const struct addr *peer;
		int64_t at;
		bool want;
	} rows[] = {
	        {id, &inside, NOW, true},
	        {id, &outside, NOW, false},
	        {id, &other, NOW, false},
	        {dinkes, &other, NOW, true},
	        {dinkes, &inside, NOW, false},
	        {id, &inside, day_begin_us(FIRST) - 1, true},         /* not begun: 16, not 10 */
	        {id, &inside, end_us(LAST) + US_PER_DAY * 400, true}, /* ended: the head still gets in */
	        {99, &inside, NOW, false},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		OK(agreement_allows(o.agreement, o.tx, rows[i].id, rows[i].peer, rows[i].at, &yes, &engine_err));
		if (yes != rows[i].want)
			fail_msg("row %zu", i);
	}
	const struct terms *terms; /* of the same version: what data balikan is still taken under */
	OK(agreement_last_terms(o.agreement, o.tx, dinkes, end_us(LAST) + US_PER_DAY * 400, &terms, &engine_err));
	assert_true(terms && terms_allow(terms, &other) && terms->balikan);
	OK(agreement_last_terms(o.agreement, o.tx, 99, NOW, &terms, &engine_err));
	assert_null(terms);
	OK(agreement_knows_peer(o.agreement, o.tx, &other, NOW, &yes, &engine_err));
	assert_true(yes);
	OK(agreement_knows_peer(o.agreement, o.tx, &outside, NOW, &yes, &engine_err));
	assert_false(yes);
	office_close(&o);
}

static void check_instansi_are_found_without_case(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t found, id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct instansi_row *list;
	size_t n;
	office_apply(&o, "dinkes", NULL);
	OK(instansi_find(o.tx, S("bpBD"), &found, &engine_err));
	assert_int_equal(found, id);
	assert_int_equal(instansi_find(o.tx, S("bp"), &found, &engine_err), RC_ABSENT);
	assert_int_equal(instansi_find(o.tx, S(""), &found, &engine_err), RC_ABSENT);
	assert_int_equal(instansi_find(o.tx, S("\xff"), &found, &engine_err), RC_ABSENT);
	OK(instansi_list(o.tx, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_str(list[0].code, "BPBD");
	assert_str(list[1].code, "DINKES");
	assert_int_equal(list[1].state, INSTANSI_ACTIVE);
	office_close(&o);
}

EACH(p4_to_the_microsecond)
EACH(terms_are_parsed_once)
EACH(the_cache_forgets_what_never_was)
EACH(the_lifecycle)
EACH(jvid_sptjm_at_day_edges)
EACH(p4_the_ministry_letter_of_this_version)
EACH(jiib_poc_belongs_to_a_method)
EACH(p21b_allow_lists)
EACH(instansi_are_found_without_case)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(p4_to_the_microsecond),
	        cmocka_unit_test(terms_are_parsed_once),
	        cmocka_unit_test(the_cache_forgets_what_never_was),
	        cmocka_unit_test(the_lifecycle),
	        cmocka_unit_test(jvid_sptjm_at_day_edges),
	        cmocka_unit_test(p4_the_ministry_letter_of_this_version),
	        cmocka_unit_test(jiib_poc_belongs_to_a_method),
	        cmocka_unit_test(p21b_allow_lists),
	        cmocka_unit_test(instansi_are_found_without_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
