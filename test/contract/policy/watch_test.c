/* SPDX-License-Identifier: EUPL-1.2
 * J.II.E1 in the tray: decided before the registry is asked, taught by what came of it, kept
 * in the office store for all nodes, and never against a rule of the order of grounds. */
#include "policy/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "office.h"
#include "policy/hold.h"

#define MINUTE (60 * US_PER_S)

struct scene {
	struct office office;
	struct person one, other;
	int64_t instansi_id;
};

static void scene_open(struct scene *s, struct engine *e, struct says says)
{
	office_open(&s->office, e);
	says.code = "BPBD";
	s->instansi_id = office_instansi(&s->office, says);
	int64_t kejadian = office_kejadian(&s->office, s->instansi_id);
	s->one = office_operator(&s->office, s->instansi_id, "satu", kejadian);
	s->other = office_operator(&s->office, s->instansi_id, "dua", kejadian);
}

static const struct says unlimited = {.before = -1, .after = -1};

/* A minute and a bit after the one before, never even. */
static struct seen step(struct scene *s, const struct person *by, int serial)
{
	s->office.now_us += MINUTE + serial % 7 * 5 * US_PER_S;
	return office_one(&s->office, office_ask(by, serial));
}

/* Serials upwards until held: how many were answered. */
static int walk(struct scene *s, const struct person *by, int from)
{
	for (int i = 0; i < 20; i++)
		if (step(s, by, from + i).ruling.ground == GROUND_GUARD_HOLD)
			return i;
	fail_msg("never held");
	return 0;
}

static int64_t newest_hold(struct scene *s, struct hold *ret)
{
	struct tx *tx = office_tx(&s->office);
	struct hold *list;
	size_t n;
	OK(hold_list_open(tx, -1, &list, &n, &engine_err));
	int64_t id = n ? list[0].hold_id : 0;
	if (n && ret) {
		*ret = list[0];
		ret->evidence = ret->user_id = ret->reason = ret->clue = S(""); /* texts end with the transaction */
	}
	tx_rollback(&tx);
	return id;
}

static enum rc decide_hold(struct scene *s, int64_t id, enum hold_state state)
{
	struct tx *tx = office_tx(&s->office);
	enum hold_state now;
	struct hold_decision d = {.state = state, .by = {77, S("admin")}, .note = S("diperiksa")};
	enum rc rc = hold_decide(tx, id, &d, s->office.now_us, &now, &engine_err);
	if (rc == RC_OK)
		OK(tx_commit(&tx, &engine_err));
	tx_rollback(&tx);
	return rc;
}

/* ---- held, and what that costs ---- */

static void check_hold(struct engine *e)
{
	struct scene s;
	struct hold hold;
	scene_open(&s, e, unlimited);
	int answered = walk(&s, &s.one, 9901);
	assert_in_range(answered, 3, 8);
	struct seen last = step(&s, &s.one, 9990);
	assert_int_equal(last.ruling.outcome, OUTCOME_USER); /* 17, of whoever else he asks for */
	assert_false(last.permit);
	assert_int_equal(last.quota.used, answered); /* the refused cost nothing */
	assert_true(newest_hold(&s, &hold) > 0);
	assert_int_equal(hold.user, s.one.user);
	assert_int_equal(hold.instansi_id, s.instansi_id);
	assert_int_equal(hold.seq, answered); /* the very inquiry that tripped it */
	assert_true(step(&s, &s.other, 9950).permit); /* a colleague works on */
	office_close(&s.office);
}

/* All at once in one tray: in its order, and what follows the hold is refused too. */
static void check_one_tray(struct engine *e)
{
	struct scene s;
	struct inquiry_by tray[24];
	struct seen seen[24];
	scene_open(&s, e, unlimited);
	for (int i = 0; i < 24; i++)
		tray[i] = office_ask(i % 4 == 3 ? &s.other : &s.one, i % 4 == 3 ? 9980 : 9901 + i);
	office_tray(&s.office, tray, 24, seen);
	bool held = false;
	int taken = 0;
	for (int i = 0; i < 24; i++) {
		if (i % 4 == 3) {
			assert_true(seen[i].permit); /* the same person over and over: nothing to see */
		} else {
			held = held || !seen[i].permit;
			assert_int_equal(seen[i].ruling.ground, held ? GROUND_GUARD_HOLD : GROUND_NONE);
		}
		taken += seen[i].permit;
	}
	assert_true(held);
	assert_int_equal(seen[23].quota.used, taken);
	office_close(&s.office);
}

/* ---- who keeps it ---- */

static void check_nodes(struct engine *e)
{
	struct scene s;
	struct policy *nodes[2], *mine;
	scene_open(&s, e, unlimited);
	mine = nodes[0] = s.office.policy;
	OK(policy_open(&s.office.conf, s.office.agreement, &nodes[1], &engine_err));
	int answered = 0;
	for (bool held = false; !held && answered < 20; answered += !held) {
		s.office.policy = nodes[answered % 2]; /* in turns */
		held = step(&s, &s.one, 9901 + answered).ruling.ground == GROUND_GUARD_HOLD;
	}
	assert_in_range(answered, 3, 8);
	for (int i = 0; i < 2; i++) {
		s.office.policy = nodes[i];
		assert_int_equal(step(&s, &s.one, 9970).ruling.ground, GROUND_GUARD_HOLD);
	}
	policy_close(nodes[1]);
	s.office.policy = mine;
	office_close(&s.office);
}

static void check_rollback(struct engine *e)
{
	struct scene s;
	struct seen seen;
	scene_open(&s, e, unlimited);
	for (int i = 0; i < 12; i++) { /* what was never committed was never seen */
		struct tx *tx = office_tx(&s.office);
		struct inquiry_by q = office_ask(&s.one, 9901 + i);
		s.office.now_us += MINUTE + i * US_PER_S;
		office_walk(&s.office, tx, &q, 1, &seen);
		assert_int_equal(seen.ruling.ground, GROUND_NONE);
		tx_rollback(&tx);
	}
	assert_int_equal(newest_hold(&s, NULL), 0);
	office_close(&s.office);
}

/* ---- the places in the order ---- */

static void check_repeats(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, unlimited);
	struct inquiry_by first = office_ask_key(&s.one, 9901, "kunci", "isi");
	assert_true(office_one(&s.office, first).repeat_new);
	assert_true(office_one(&s.office, first).repeat);
	for (int i = 1; step(&s, &s.one, 9901 + i).permit; i++)
		assert_true(i < 20);
	struct seen again = office_one(&s.office, first); /* free, but it walks the whole corridor again */
	assert_int_equal(again.ruling.ground, GROUND_GUARD_HOLD);
	assert_false(again.repeat);
	office_close(&s.office);
}

/* The repeat comes behind the inquiry that trips the hold, in one tray. */
static void check_repeat_behind(struct engine *e)
{
	struct scene s;
	struct inquiry_by tray[21];
	struct seen seen[21];
	scene_open(&s, e, unlimited);
	tray[20] = office_ask_key(&s.one, 9901, "kunci", "isi");
	assert_true(office_one(&s.office, tray[20]).repeat_new);
	s.office.now_us += MINUTE;
	for (int i = 0; i < 20; i++)
		tray[i] = office_ask(&s.one, 9902 + i);
	office_tray(&s.office, tray, 21, seen);
	assert_int_equal(seen[19].ruling.ground, GROUND_GUARD_HOLD);
	assert_int_equal(seen[20].ruling.ground, GROUND_GUARD_HOLD);
	assert_false(seen[20].repeat);
	office_close(&s.office);
}

/* Steps 1 to 6 stand before it and it is not asked; 7 to 9 stand behind it. */
static void check_order(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, unlimited);
	struct person no_nda = office_person(
		&s.office, (struct user_new){.user_id = S("tanpa"), .role = ROLE_OPERATOR, .instansi_id = s.instansi_id},
		office_kejadian(&s.office, s.instansi_id), false);
	for (int i = 0; i < 12; i++)
		assert_int_equal(step(&s, &no_nda, 9901 + i).ruling.ground, GROUND_NO_NDA);
	assert_int_equal(newest_hold(&s, NULL), 0); /* he learnt nothing, and nothing is held against him */
	struct person aimless = office_operator(&s.office, s.instansi_id, "tanpa-kejadian", 0);
	int i = 0;
	while (step(&s, &aimless, 9921 + i).ruling.ground == GROUND_NO_KEJADIAN)
		assert_true(++i < 12);
	assert_int_equal(step(&s, &aimless, 9960).ruling.ground, GROUND_GUARD_HOLD);
	office_close(&s.office);
}

/* 15 and 05 are evidence: guessing what cannot be, and asking on after the quota. */
static void check_evidence(struct engine *e)
{
	struct scene s;
	struct says says = {.before = 3, .after = 3};
	scene_open(&s, e, says);
	struct inquiry_by bad = office_ask(&s.one, 9901);
	int asked = 0;
	bad.ask.nik_bad = true;
	for (bool held = false; !held; asked++) {
		assert_true(asked < 60);
		s.office.now_us += MINUTE + asked % 5 * 7 * US_PER_S;
		struct seen seen = office_one(&s.office, bad);
		held = seen.ruling.ground == GROUND_GUARD_HOLD;
		assert_true(held || seen.ruling.outcome == OUTCOME_FORMAT);
	}
	for (asked = 0; step(&s, &s.other, 9901 + asked * 3).ruling.ground != GROUND_GUARD_HOLD; asked++)
		assert_true(asked < 20); /* most of them refused with 05 */
	assert_true(asked > 3);
	office_close(&s.office);
}

/* ---- people ---- */

static void check_release(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, unlimited);
	walk(&s, &s.one, 9901);
	int64_t id = newest_hold(&s, NULL);
	assert_int_equal(decide_hold(&s, id, HOLD_RELEASED), RC_OK);
	assert_int_equal(decide_hold(&s, id, HOLD_CONFIRMED), RC_CONFLICT);
	assert_true(step(&s, &s.one, 9971).permit); /* the very next */
	assert_true(step(&s, &s.one, 9944).permit);
	assert_int_equal(newest_hold(&s, NULL), 0);
	walk(&s, &s.one, 9951); /* and who goes on walking is held again, under a record of its own */
	int64_t again = newest_hold(&s, NULL);
	assert_true(again > id);
	assert_int_equal(decide_hold(&s, again, HOLD_CONFIRMED), RC_OK);
	s.office.now_us += 200 * US_PER_DAY;
	assert_int_equal(step(&s, &s.one, 9930).ruling.ground, GROUND_GUARD_HOLD); /* time heals nothing */
	office_close(&s.office);
}

/* Sign-in and the home page ask without an inquiry. */
static void check_home(struct engine *e)
{
	struct scene s;
	ground_set against;
	struct standing standing;
	scene_open(&s, e, unlimited);
	walk(&s, &s.one, 9901);
	struct addr peer = office_addr(OFFICE_INSIDE);
	const struct person *both[] = {&s.one, &s.other};
	for (int i = 0; i < 2; i++) {
		struct tx *tx = office_tx(&s.office);
		OK(policy_grounds(s.office.policy, tx, person_principal(&s.office, tx, both[i]), &peer, s.office.now_us, &against,
		                  &standing, &engine_err));
		assert_int_equal(against, i == 0 ? GROUND_BIT(GROUND_GUARD_HOLD) : 0);
		tx_rollback(&tx);
	}
	office_close(&s.office);
}

/* ---- guard.mode ---- */

static void check_observe(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, unlimited);
	office_observe(&s.office);
	for (int i = 0; i < 20; i++)
		assert_true(step(&s, &s.one, 9901 + i).permit);
	assert_int_equal(newest_hold(&s, NULL), 0);
	policy_close(s.office.policy);
	s.office.conf.guard = GUARD_ENFORCE;
	OK(policy_open(&s.office.conf, s.office.agreement, &s.office.policy, &engine_err));
	walk(&s, &s.one, 9940);
	office_observe(&s.office); /* a hold that stands holds nobody while it is only looked on, ... */
	assert_true(step(&s, &s.one, 9990).permit);
	policy_close(s.office.policy);
	s.office.conf.guard = GUARD_ENFORCE; /* ... and is there again afterwards */
	OK(policy_open(&s.office.conf, s.office.agreement, &s.office.policy, &engine_err));
	assert_int_equal(step(&s, &s.one, 9920).ruling.ground, GROUND_GUARD_HOLD);
	office_close(&s.office);
}

/* ---- terms of the version ---- */

static void check_terms(struct engine *e)
{
	struct scene strict, lenient;
	struct says says = unlimited;
	says.guard = "{\"portal\":{\"user\":{\"walk\":8000},\"warn_permille\":900,\"note_permille\":300}}";
	scene_open(&strict, e, says);
	int soon = walk(&strict, &strict.one, 9901);
	struct tx *tx = office_tx(&strict.office);
	struct standing standing;
	OK(agreement_standing(strict.office.agreement, tx, strict.instansi_id, strict.office.now_us, &standing, &engine_err));
	struct guard_thresholds t = watch_thresholds(&standing, METHOD_PORTAL);
	assert_int_equal(t.hold[GUARD_WALK], 8000);
	assert_int_equal(t.hold[GUARD_SPREAD], guard_portal.hold[GUARD_SPREAD]);
	assert_int_equal(t.warn, 900);
	assert_int_equal(t.note, 300);
	t = watch_thresholds(&standing, METHOD_CALL_NIK); /* a web service before its PoC is a portal */
	assert_int_equal(t.hold[GUARD_PACE], guard_portal.hold[GUARD_PACE]);
	standing.poc_passed[METHOD_CALL_NIK] = standing.poc_passed[METHOD_PORTAL] = true;
	t = watch_thresholds(&standing, METHOD_CALL_NIK);
	assert_int_equal(t.hold[GUARD_PACE], 0);
	assert_int_equal(t.hold[GUARD_WALK], guard_service.hold[GUARD_WALK]);
	t = watch_thresholds(&standing, METHOD_PORTAL);
	assert_int_equal(t.hold[GUARD_PACE], guard_portal.hold[GUARD_PACE]);
	tx_rollback(&tx);
	struct says base = unlimited;
	office_close(&strict.office);
	base.guard = "{\"portal\":{\"user\":{\"walk\":30000}}}";
	office_open(&lenient.office, e);
	base.code = "LAIN";
	lenient.instansi_id = office_instansi(&lenient.office, base);
	int64_t kejadian = office_kejadian(&lenient.office, lenient.instansi_id);
	lenient.one = office_operator(&lenient.office, lenient.instansi_id, "tiga", kejadian);
	assert_true(walk(&lenient, &lenient.one, 9901) > soon);
	office_close(&lenient.office);
}

/* ---- what stands in the store ---- */

static int64_t holder_of(const struct person *p)
{
	return p->user;
}

static struct str sealed_of(struct tx *tx, int64_t holder)
{
	struct sql_guard_state_find row;
	bool found;
	OK(sql_guard_state_find(tx, &(struct sql_guard_state_find_in){holder}, 1, &row, &found, &engine_err));
	assert_true(found);
	return row.sealed;
}

static void put_sealed(struct scene *s, int64_t holder, struct str sealed, int64_t hold_id)
{
	struct tx *tx = office_tx(&s->office);
	OK(sql_guard_state_keep(tx, &(struct sql_guard_state_keep_in){holder, hold_id, sealed}, 1, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

/* One inquiry of that person: was what the guard remembered lost? It is answered all the same. */
static bool is_lost(struct scene *s, const struct person *by, int serial)
{
	struct tx *tx = office_tx(&s->office);
	struct policy_verdict verdict;
	enum outcome outcome = OUTCOME_ABSENT;
	int64_t seq = 900;
	struct inquiry_by q = office_ask(by, serial);
	q.ask.who = person_principal(&s->office, tx, by);
	OK(policy_decide(s->office.policy, tx, &q.ask, 1, s->office.now_us, &verdict, &engine_err));
	bool lost = verdict.guard.lost;
	assert_non_null(verdict.permit);
	OK(policy_answered(s->office.policy, tx, &q.ask, &verdict, &outcome, &seq, 1, s->office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return lost;
}

/* Sealed, in its own place: what was moved, altered or sealed by another office is lost,
 * which is told, and stops nobody. */
static void check_sealed(struct engine *e)
{
	struct scene s;
	char kept[1024];
	scene_open(&s, e, unlimited);
	for (int i = 0; i < 4; i++)
		step(&s, &s.one, 9901 + i);
	struct tx *tx = office_tx(&s.office);
	struct str sealed = sealed_of(tx, holder_of(&s.one));
	assert_int_equal(sealed.n, GUARD_STATE_BYTES + SEAL_OVERHEAD);
	memcpy(kept, sealed.at, sealed.n);
	sealed.at = kept;
	tx_rollback(&tx);
	put_sealed(&s, holder_of(&s.other), sealed, 0); /* the walk of another */
	s.office.now_us += MINUTE;
	assert_true(is_lost(&s, &s.other, 9950));
	assert_false(is_lost(&s, &s.other, 9970)); /* from here on it has one of its own */
	kept[100] ^= 1;
	put_sealed(&s, holder_of(&s.one), sealed, 0);
	assert_true(is_lost(&s, &s.one, 9980));
	office_close(&s.office);
}

/* The record alone says who is held: a state that is lost frees nobody. */
static void check_record_rules(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, unlimited);
	walk(&s, &s.one, 9901);
	int64_t id = newest_hold(&s, NULL);
	put_sealed(&s, holder_of(&s.one), S("rusak"), id);
	assert_int_equal(step(&s, &s.one, 9990).ruling.ground, GROUND_GUARD_HOLD);
	put_sealed(&s, holder_of(&s.one), S(""), id + 1000); /* a record that is not there */
	assert_int_equal(step(&s, &s.one, 9991).ruling.ground, GROUND_GUARD_HOLD);
	office_close(&s.office);
}

/* Two user ids in turns, each by steps of two. */
static void check_colluding(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, unlimited);
	const struct person *both[] = {&s.one, &s.other};
	bool held[2] = {false, false};
	int answered = 0;
	for (int i = 0; i < 60 && !(held[0] && held[1]); i++) {
		if (held[i % 2])
			continue;
		held[i % 2] = step(&s, both[i % 2], 9901 + i).ruling.ground == GROUND_GUARD_HOLD;
		answered += !held[i % 2];
	}
	assert_true(held[0] && held[1]);
	assert_true(answered <= 20);
	office_close(&s.office);
}

/* Five in turns: none of them does enough for his own account. */
static void check_five(struct engine *e)
{
	struct scene s;
	struct hold hold;
	struct person five[5];
	char user_id[24];
	scene_open(&s, e, unlimited);
	for (int i = 0; i < 5; i++) {
		snprintf(user_id, sizeof user_id, "lima%d", i);
		five[i] = office_operator(&s.office, s.instansi_id, user_id, office_kejadian(&s.office, s.instansi_id));
	}
	int asked = 0;
	while (step(&s, &five[asked % 5], 9901 + asked).permit)
		assert_true(++asked < 20);
	assert_true(newest_hold(&s, &hold) > 0);
	assert_true(hold.across);
	office_close(&s.office);
}

#define BOTH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
BOTH(hold)
BOTH(one_tray)
BOTH(nodes)
BOTH(rollback)
BOTH(repeats)
BOTH(repeat_behind)
BOTH(order)
BOTH(evidence)
BOTH(release)
BOTH(home)
BOTH(observe)
BOTH(terms)
BOTH(sealed)
BOTH(record_rules)
BOTH(colluding)
BOTH(five)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hold),    cmocka_unit_test(test_one_tray), cmocka_unit_test(test_nodes),
		cmocka_unit_test(test_rollback), cmocka_unit_test(test_repeats), cmocka_unit_test(test_order),
		cmocka_unit_test(test_evidence), cmocka_unit_test(test_release), cmocka_unit_test(test_home),
		cmocka_unit_test(test_observe), cmocka_unit_test(test_terms),    cmocka_unit_test(test_sealed),
		cmocka_unit_test(test_record_rules), cmocka_unit_test(test_colluding), cmocka_unit_test(test_repeat_behind),
		cmocka_unit_test(test_five),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
