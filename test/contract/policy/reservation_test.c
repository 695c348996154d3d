/* SPDX-License-Identifier: EUPL-1.2
 * A hit charged before its outcome is known (policy/reservation.h, DESIGN 1 "Relay"): counted
 * once if any of its inquiries reached the registry and not at all if none did, in whatever
 * order they come back; given back to its own day; looked at again on the way back; and what
 * nobody brought home is unknown, once. Every engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"
#include "policy/reservation.sql.h"

#define NODE 3

/* ---- one hit, many inquiries, any order ---- */

#define HITS 4
#define OPEN_MAX 24
#define STEPS 400

struct life { /* of one hit, from a first until it comes to nothing */
	bool live, made;
};
struct model {
	struct life lives[HITS];
	struct reservation open[OPEN_MAX];
	size_t open_n;
	int64_t next, charged, made;
	uint64_t chance;
};

static uint64_t roll(struct model *m, uint64_t below)
{
	m->chance = m->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (m->chance >> 33) % below;
}

static struct reservation fresh(int64_t entry, int hit, bool charged)
{
	struct reservation r = {.journal_entry = entry, .instansi_id = 7, .method = METHOD_CALL_NIK, .day = {20000},
	                        .asked_us = entry, .charged = charged};
	r.hit[0] = (unsigned char)hit;
	return r;
}

static void step_out(struct model *m, struct tx *tx)
{
	int hit = (int)roll(m, HITS);
	struct life *life = &m->lives[hit];
	if (m->open_n == OPEN_MAX)
		return;
	struct reservation *r = &m->open[m->open_n++];
	*r = fresh(m->next++, hit, !life->live);
	m->charged += r->charged;
	life->live = true;
	OK(reservation_open(tx, r, 1, NODE, &engine_err));
}

static void step_back(struct model *m, struct tx *tx)
{
	struct reservation *back[OPEN_MAX], ended[OPEN_MAX];
	size_t n = 1 + roll(m, 3);
	n = n < m->open_n ? n : m->open_n;
	for (size_t i = 0; i < n; i++) {
		size_t at = roll(m, m->open_n);
		ended[i] = m->open[at];
		m->open[at] = m->open[--m->open_n];
		ended[i].made = roll(m, 3) == 0;
		back[i] = &ended[i];
	}
	OK(reservation_settle(tx, back, n, &engine_err));
	for (size_t i = 0; i < n; i++) {
		struct life *life = &m->lives[ended[i].hit[0]];
		assert_false(ended[i].lost);
		if (ended[i].made && !life->made)
			m->made++;
		life->made |= ended[i].made;
	}
	for (size_t i = 0; i < n; i++) {
		if (!ended[i].refund)
			continue;
		struct life *life = &m->lives[ended[i].hit[0]];
		assert_false(life->made);
		m->charged--;
		*life = (struct life){0};
	}
}

static void check_any_order(struct engine *e)
{
	struct office o;
	office_open(&o, e);
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct model m = {.next = (int64_t)seed * 1000, .chance = seed};
		struct tx *tx = office_tx(&o);
		for (int i = 0; i < STEPS || m.open_n; i++) {
			if (i < STEPS && roll(&m, 2))
				step_out(&m, tx);
			else if (m.open_n)
				step_back(&m, tx);
		}
		for (int hit = 0; hit < HITS; hit++)
			assert_int_equal(m.lives[hit].live, m.lives[hit].made);
		if (m.charged != m.made)
			fail_msg("seed %d: %d charged, %d made", (int)seed, (int)m.charged, (int)m.made);
		assert_true(m.made > 0);
		OK(tx_commit(&tx, &engine_err));
	}
	office_close(&o);
}

/* ---- out and back through policy ---- */

struct scene {
	struct office office;
	int64_t bpbd;
	struct person operator;
	bool room;
	int asked_room;
};

static void scene_open(struct scene *s, struct engine *e)
{
	*s = (struct scene){.room = true};
	office_open(&s->office, e);
	office_observe(&s->office);
	s->bpbd = office_instansi(&s->office, (struct says){.code = "BPBD", .before = 200, .after = -1, .call_nik = true});
	s->operator = office_operator(&s->office, s->bpbd, "operator1", office_kejadian(&s->office, s->bpbd));
}

static bool take_room(void *arg, const struct standing *standing, size_t at)
{
	struct scene *s = arg;
	(void)at;
	assert_true(str_eq(standing->code, S("BPBD")));
	s->asked_room++;
	return s->room;
}

struct trip {
	struct policy_verdict v; /* read before its transaction ends, but for what lies in it */
	struct reservation r;
	bool permit;
};

static struct trip go_out(struct scene *s, struct inquiry_by q)
{
	struct office *o = &s->office;
	struct trip trip = {.permit = false};
	struct tx *tx = office_tx(o);
	const struct policy_room room = {take_room, s};
	enum outcome none = 0;
	int64_t seq = o->next_seq++;
	q.ask.who = person_principal(o, tx, q.by);
	q.ask.leg = LEG_OUT;
	q.ask.room = &room;
	OK(policy_decide(o->policy, tx, &q.ask, 1, o->now_us, &trip.v, &engine_err));
	none = trip.v.ruling.ground != GROUND_NONE ? trip.v.ruling.outcome : none;
	OK(policy_answered(o->policy, tx, &q.ask, &trip.v, &none, &seq, 1, o->now_us, &engine_err));
	trip.permit = trip.v.permit != NULL;
	if (trip.permit) {
		trip.r = (struct reservation){.journal_entry = seq, .instansi_id = s->bpbd, .method = q.ask.method,
		                              .day = day_of_us(o->now_us), .asked_us = o->now_us, .charged = !trip.v.repeat};
		memcpy(trip.r.hit, trip.v.hit, sizeof trip.r.hit);
		OK(reservation_open(tx, &trip.r, 1, NODE, &engine_err));
	}
	OK(tx_commit(&tx, &engine_err));
	return trip;
}

static void come_back(struct scene *s, struct inquiry_by q, struct trip *trip, enum outcome outcome)
{
	struct office *o = &s->office;
	struct tx *tx = office_tx(o);
	int64_t seq = o->next_seq++;
	trip->r.made = outcome && outcome_get(outcome)->hit;
	q.ask.who = person_principal(o, tx, q.by);
	q.ask.leg = LEG_BACK;
	q.ask.reservation = &trip->r;
	q.ask.was_repeat = trip->v.repeat;
	q.ask.was_repeat_of = trip->v.repeat_of;
	OK(policy_decide(o->policy, tx, &q.ask, 1, o->now_us, &trip->v, &engine_err));
	trip->permit = trip->v.permit != NULL;
	if (trip->v.ruling.ground != GROUND_NONE)
		outcome = trip->v.ruling.outcome;
	OK(policy_answered(o->policy, tx, &q.ask, &trip->v, &outcome, &seq, 1, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static int64_t used_on(struct scene *s, int64_t now_us)
{
	struct quota_use use;
	struct tx *tx = office_tx(&s->office);
	OK(quota_read(tx, s->bpbd, METHOD_PORTAL, 200, now_us, &use, &engine_err));
	tx_rollback(&tx);
	return use.used;
}

static void check_kept_and_given_back(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct trip first = go_out(&s, q), again = go_out(&s, q);
	assert_true(first.permit && again.permit && again.v.repeat);
	assert_memory_equal(first.r.hit, again.r.hit, sizeof first.r.hit);
	assert_int_equal(used_on(&s, s.office.now_us), 1);
	come_back(&s, q, &first, OUTCOME_DATA);
	assert_true(first.permit && !first.r.refund);
	come_back(&s, q, &again, 0);
	assert_false(again.r.refund);
	assert_int_equal(used_on(&s, s.office.now_us), 1);
	assert_true(go_out(&s, q).v.repeat); /* its key stays */

	struct inquiry_by p = office_ask_key(&s.operator, 9902, "lain", "isi");
	struct trip lost = go_out(&s, p);
	assert_memory_not_equal(lost.r.hit, first.r.hit, sizeof lost.r.hit);
	come_back(&s, p, &lost, 0);
	assert_true(lost.r.refund);
	assert_int_equal(used_on(&s, s.office.now_us), 1);
	struct trip anew = go_out(&s, p); /* what came to nothing is no first: charged again, under the same name */
	assert_false(anew.v.repeat);
	assert_memory_equal(anew.r.hit, lost.r.hit, sizeof lost.r.hit);
	assert_int_equal(used_on(&s, s.office.now_us), 2);
	come_back(&s, p, &anew, OUTCOME_FORMAT); /* 15 is no hit, whoever says so */
	assert_true(anew.permit && anew.r.refund);
	assert_int_equal(used_on(&s, s.office.now_us), 1);
	office_close(&s.office);
}

static void check_midnight(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	int64_t before = s.office.now_us;
	struct trip trip = go_out(&s, q);
	s.office.now_us = day_begin_us((struct day){day_of_us(before).n + 1}) + US_PER_S;
	struct trip other = go_out(&s, office_ask(&s.operator, 9902));
	come_back(&s, q, &trip, 0);
	assert_int_equal(used_on(&s, before), 0);
	assert_int_equal(used_on(&s, s.office.now_us), 1);
	come_back(&s, office_ask(&s.operator, 9902), &other, OUTCOME_ABSENT);
	assert_int_equal(used_on(&s, s.office.now_us), 1);
	office_close(&s.office);
}

static void check_no_room(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	s.room = false;
	struct trip trip = go_out(&s, office_ask(&s.operator, 9901));
	assert_true(trip.v.shut && !trip.permit && trip.v.ruling.ground == GROUND_NONE);
	assert_int_equal(used_on(&s, s.office.now_us), 0);
	assert_int_equal(s.asked_room, 1);
	struct inquiry_by outside = office_ask(&s.operator, 9901);
	outside.ask.peer = office_addr(OFFICE_OUTSIDE);
	assert_int_equal(go_out(&s, outside).v.ruling.ground, GROUND_PEER_UNKNOWN);
	assert_int_equal(s.asked_room, 1); /* not asked where something else stands */
	office_close(&s.office);
}

/* P9.1: what was revoked while it was under way is not answered; it reached the registry. */
static void check_second_look(struct engine *e)
{
	struct scene s;
	scene_open(&s, e);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	struct trip trip = go_out(&s, q), nobody = go_out(&s, office_ask(&s.operator, 9902));
	struct tx *tx = office_tx(&s.office);
	OK(instansi_set_state(tx, s.bpbd, INSTANSI_REVOKED, s.office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	come_back(&s, q, &trip, OUTCOME_DATA);
	assert_int_equal(trip.v.ruling.ground, GROUND_REVOKED);
	assert_false(trip.permit || trip.r.refund);
	assert_int_equal(used_on(&s, s.office.now_us), 2);
	struct inquiry_by gone = office_ask(NULL, 9902); /* the session ended, too */
	come_back(&s, gone, &nobody, 0);
	assert_false(nobody.permit);
	assert_true(nobody.r.refund);
	assert_int_equal(used_on(&s, s.office.now_us), 1);
	office_close(&s.office);
}

/* ---- what nobody brings home ---- */

static void check_unknown(struct engine *e)
{
	struct office o;
	const struct reservation_left *left;
	struct reservation_count count;
	size_t n;
	office_open(&o, e);
	struct tx *tx = office_tx(&o);
	struct reservation all[] = {fresh(10, 1, true), fresh(11, 2, true)}, other = fresh(12, 3, true);
	OK(reservation_open(tx, all, 2, NODE, &engine_err));
	OK(reservation_open(tx, &other, 1, NODE + 1, &engine_err));
	OK(reservation_give_up(tx, NODE, 11, &left, &n, &engine_err)); /* the older one */
	assert_int_equal(n, 1);
	assert_int_equal(left[0].journal_entry, 10);
	assert_true(left[0].charged);
	OK(reservation_give_up(tx, NODE, 11, &left, &n, &engine_err));
	assert_int_equal(n, 0);
	OK(reservation_count(tx, 12, &count, &engine_err));
	assert_int_equal(count.open, 2);
	assert_int_equal(count.old, 1);
	assert_int_equal(count.unknown, 1);
	struct reservation *back[] = {&all[0], &all[1]};
	OK(reservation_settle(tx, back, 2, &engine_err));
	assert_true(all[0].lost && !all[0].refund); /* charged for ever */
	assert_true(!all[1].lost && all[1].refund);
	OK(tx_commit(&tx, &engine_err));
	office_close(&o);
}

static void any_order(void **state) { (void)state; engine_each(check_any_order); }
static void kept_and_given_back(void **state) { (void)state; engine_each(check_kept_and_given_back); }
static void midnight(void **state) { (void)state; engine_each(check_midnight); }
static void no_room(void **state) { (void)state; engine_each(check_no_room); }
static void second_look(void **state) { (void)state; engine_each(check_second_look); }
static void unknown(void **state) { (void)state; engine_each(check_unknown); }

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order), cmocka_unit_test(kept_and_given_back), cmocka_unit_test(midnight),
		cmocka_unit_test(no_room),   cmocka_unit_test(second_look),         cmocka_unit_test(unknown),
	};
	return cmocka_run_group_tests_name("reservation", tests, NULL, NULL);
}
