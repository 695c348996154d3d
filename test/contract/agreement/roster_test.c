/* SPDX-License-Identifier: EUPL-1.2
 * The list of all agencies by pages, what waits at each, versions by pages, and which
 * version another is written from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "agreement/draft.h"
#include "agreement/life.h"
#include "agreement/roster.h"
#include "office.h"

#define TODAY day_of_us(NOW)

/* BPBD and DINKES run to 20 May 2027; five more have no agreement. */
static struct office filled(struct engine *engine, int64_t ids[2])
{
	struct office o = office_open(engine);
	int64_t id;
	ids[0] = office_apply(&o, "bpbd", NULL).instansi_id;
	ids[1] = office_apply(&o, "dinkes", NULL).instansi_id;
	for (int i = 0; i < 5; i++) {
		char code[16], name[40];
		snprintf(code, sizeof code, "UJI-%d", i);
		snprintf(name, sizeof name, "Kantor 100%% Uji_%d", i);
		OK(instansi_add(o.tx, str_c(code), str_c(name), NOW, &id, &engine_err));
	}
	return o;
}

static struct roster page(struct office *o, struct roster_ask ask)
{
	struct roster roster;
	ask.today = ask.today.n ? ask.today : TODAY;
	ask.most = ask.most ? ask.most : 50;
	OK(roster_page(o->tx, &ask, &roster, &engine_err));
	return roster;
}

static int64_t count(struct office *o, struct roster_ask ask)
{
	return page(o, ask).all;
}

static void check_pages_and_orders(struct engine *engine)
{
	int64_t ids[2];
	struct office o = filled(engine, ids);
	struct roster r = page(&o, (struct roster_ask){.most = 3});
	assert_int_equal(r.n, 3);
	assert_int_equal(r.all, 7);
	assert_str(r.at[0].code, "BPBD"); /* Badan, Dinas, Kantor */
	assert_str(r.at[1].code, "DINKES");
	r = page(&o, (struct roster_ask){.most = 3, .skip = 6});
	assert_int_equal(r.n, 1);
	assert_str(r.at[0].code, "UJI-4");
	r = page(&o, (struct roster_ask){.down = true});
	assert_str(r.at[0].code, "UJI-4");
	r = page(&o, (struct roster_ask){.sort = ROSTER_BY_LAST_DAY, .down = true});
	assert_true(r.at[0].instansi_id == ids[0] || r.at[0].instansi_id == ids[1]);
	r = page(&o, (struct roster_ask){.sort = ROSTER_BY_LAST_DAY});
	assert_int_equal(r.at[0].state, INSTANSI_DRAFT);
	r = page(&o, (struct roster_ask){.sort = ROSTER_BY_STATE});
	assert_int_equal(r.at[0].state, INSTANSI_ACTIVE);
	r = page(&o, (struct roster_ask){.sort = ROSTER_BY_STATE, .down = true});
	assert_int_equal(r.at[0].state, INSTANSI_DRAFT);
	office_close(&o);
}
EACH(pages_and_orders)

static void check_filters(struct engine *engine)
{
	int64_t ids[2];
	struct office o = filled(engine, ids);
	assert_int_equal(count(&o, (struct roster_ask){.text = S("bp")}), 1);
	assert_int_equal(count(&o, (struct roster_ask){.text = S("KANTOR")}), 5);
	assert_int_equal(count(&o, (struct roster_ask){.text = S("%")}), 5); /* taken as it is typed */
	assert_int_equal(count(&o, (struct roster_ask){.text = S("i_2")}), 1);
	assert_int_equal(count(&o, (struct roster_ask){.text = S("i!2")}), 0);
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_ACTIVE}), 2);
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_DRAFT}), 5);
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_SOON}), 2); /* 24 November to 20 May */
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_SOON, .today = {LAST.n - 190}}), 0);
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_ENDED}), 0);
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_ENDED, .today = {LAST.n}}), 0); /* P4: included */
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_ENDED, .today = {LAST.n + 1}}), 2);
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_ACTIVE, .today = {LAST.n + 1}}), 0);
	struct life_ask ask = {.instansi_id = ids[0], .life = LIFE_REVOKE, .note = S("x"), .by = S("admin")};
	OK(life_take(o.tx, &ask, NOW, &engine_err));
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_REVOKED}), 1);
	assert_int_equal(count(&o, (struct roster_ask){.which = ROSTER_ACTIVE}), 1);
	for (size_t i = 0; roster_which_at(i); i++)
		assert_int_equal(roster_which_of(str_c(roster_which_at(i)->key)), i);
	assert_int_equal(roster_which_of(S("x")), ROSTER_ALL);
	office_close(&o);
}
EACH(filters)

static void check_what_waits(struct engine *engine)
{
	int64_t ids[2];
	struct office o = filled(engine, ids);
	struct roster_open open[2];
	struct paper paper = {.kind = PAPER_ISO27001,
	                      .instansi_id = ids[1],
	                      .subject = S(""),
	                      .number = S("ISO/1"),
	                      .signer = S("x"),
	                      .signed_on = FIRST};
	OK(draft_begin(o.tx, ids[0], S("admin"), NOW, &engine_err));
	OK(paper_submit(o.tx, &paper, S("dinkes-kepala"), NOW, &engine_err));
	OK(roster_open(o.tx, ids, 2, open, &engine_err));
	assert_true(open[0].draft && open[0].papers == 0);
	assert_true(!open[1].draft && open[1].papers == 1);
	assert_int_equal(roster_open(o.tx, &(int64_t){999}, 1, open, &engine_err), RC_ABSENT);
	office_close(&o);
}
EACH(what_waits)

/* An emergency quota (P6) ends early: the next addendum is written from what goes on. */
static void check_versions_and_their_base(struct engine *engine)
{
	int64_t ids[2];
	int base;
	struct version_list list;
	struct version one;
	struct applied applied;
	struct office o = filled(engine, ids);
	assert_int_equal(office_standing(&o, ids[0], NOW).last_day.n, LAST.n);
	OK(agreement_base(o.tx, ids[0], 1, &base, &engine_err));
	assert_int_equal(base, 0);
	assert_int_equal(
	        office_try(&o, "bpbd",
	                   CHANGES("\"version\": 1,", "\"version\": 2,", "\"ministry_approval\"",
	                           "\"addendum\": {\"number\": \"A/2\", \"signed_on\": \"2026-11-24\", \"ground\": \"P6\", "
	                           "\"subject\": \"Kuota darurat\"}, \"ministry_approval\"",
	                           "\"begin\": \"2025-05-20\"", "\"begin\": \"2026-11-24\"", "\"end\": \"2027-05-20\"",
	                           "\"end\": \"2026-11-30\""),
	                   &applied),
	        RC_OK);
	OK(agreement_base(o.tx, ids[0], 2, &base, &engine_err));
	assert_int_equal(base, 1);
	OK(agreement_base(o.tx, ids[0], 3, &base, &engine_err));
	assert_int_equal(base, 1);
	struct standing s = office_standing(&o, ids[0], NOW);
	assert_int_equal(s.version_number, 2);
	assert_int_equal(s.last_day.n, LAST.n); /* the agreement's, not the emergency's */
	OK(agreement_version_page(o.agreement, o.tx, ids[0], 1, 1, &list, &engine_err));
	assert_int_equal(list.all, 2);
	assert_int_equal(list.n, 1);
	assert_int_equal(list.at[0].number, 1);
	OK(agreement_version(o.agreement, o.tx, ids[0], 2, &one, &engine_err));
	assert_str(one.terms->addendum_ground, "P6");
	assert_int_equal(agreement_version(o.agreement, o.tx, ids[0], 3, &one, &engine_err), RC_ABSENT);
	OK(agreement_version_number(o.tx, one.version_id, &base, &engine_err));
	assert_int_equal(base, 2);
	assert_int_equal(agreement_version_number(o.tx, 9999, &base, &engine_err), RC_ABSENT);
	office_close(&o);
}
EACH(versions_and_their_base)

/* Each refusal says which part of the step it is about; nothing is taken. */
static void check_parts_of_a_step(struct engine *engine)
{
	int64_t ids[2];
	struct office o = filled(engine, ids);
	const struct life_ask good = {.instansi_id = ids[0], .life = LIFE_SUSPEND, .note = S("x"), .by = S("admin")};
	const struct day tomorrow = {TODAY.n + 1};
	struct life_ask ask = good;
	enum life_part part;
	OK(life_check(o.tx, &ask, NOW, &part, &engine_err));
	assert_int_equal(part, LIFE_PART_NONE);
	ask.note = S(" ");
	assert_int_equal(life_check(o.tx, &ask, NOW, &part, &engine_err), RC_INVALID);
	assert_int_equal(part, LIFE_PART_NOTE);
	ask = good, ask.letter_day = TODAY;
	assert_int_equal(life_check(o.tx, &ask, NOW, &part, &engine_err), RC_INVALID);
	assert_int_equal(part, LIFE_PART_NUMBER);
	ask = good, ask.letter_number = S("1");
	assert_int_equal(life_check(o.tx, &ask, NOW, &part, &engine_err), RC_INVALID);
	assert_int_equal(part, LIFE_PART_DAY);
	ask.letter_day = tomorrow;
	assert_int_equal(life_check(o.tx, &ask, NOW, &part, &engine_err), RC_INVALID);
	assert_int_equal(part, LIFE_PART_DAY);
	ask = good, ask.life = LIFE_RESUME;
	assert_int_equal(life_check(o.tx, &ask, NOW, &part, &engine_err), RC_REFUSED);
	assert_int_equal(part, LIFE_PART_STEP);
	ask = good, ask.life = LIFE_END_TERM;
	assert_int_equal(life_check(o.tx, &ask, NOW, &part, &engine_err), RC_INVALID);
	assert_int_equal(part, LIFE_PART_STEP);
	assert_int_equal(office_standing(&o, ids[0], NOW).state, INSTANSI_ACTIVE);
	office_close(&o);
}
EACH(parts_of_a_step)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(pages_and_orders),        cmocka_unit_test(filters),         cmocka_unit_test(what_waits),
	        cmocka_unit_test(versions_and_their_base), cmocka_unit_test(parts_of_a_step),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
