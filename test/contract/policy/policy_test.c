/* SPDX-License-Identifier: EUPL-1.2
 * Every ground of DOMAIN 2 from the doors to a verdict that names its clause, on
 * every engine; which one wins when two stand; papers, terms and quota as they
 * change under a running office. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

/* An office with one instansi whose agreement is in order, a kejadian, an operator. */
struct scene {
	struct office office;
	int64_t bpbd, kejadian;
	struct person operator;
};

static void scene_open(struct scene *s, struct engine *e, struct says says)
{
	office_open(&s->office, e);
	s->bpbd = office_instansi(&s->office, says);
	s->kejadian = office_kejadian(&s->office, s->bpbd);
	s->operator = office_operator(&s->office, s->bpbd, "operator1", s->kejadian);
}

static const struct says in_order = {.code = "BPBD", .before = 200, .after = -1};

static void is_refused(struct seen s, enum ground ground, const char *code, const char *clause)
{
	const struct decide_row *row = decide_get(s.ruling.ground);
	if (s.ruling.ground != ground)
		print_error("ground %s, not %s\n", row->key, decide_get(ground)->key);
	assert_int_equal(s.ruling.ground, ground);
	assert_string_equal(outcome_get(s.ruling.outcome)->code, code);
	assert_non_null(strstr(row->clause, clause));
	assert_false(s.permit || s.repeat || s.repeat_new);
}

static void is_permitted(struct seen s)
{
	if (s.ruling.ground != GROUND_NONE)
		print_error("ground %s\n", decide_get(s.ruling.ground)->key);
	assert_int_equal(s.ruling.ground, GROUND_NONE);
	assert_true(s.permit);
}

/* ---- a permit ---- */

static void check_permit(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	struct seen seen = office_one(&s.office, q);
	is_permitted(seen);
	assert_int_equal(seen.elements, ELEMENT_SET_BASE); /* P2.1a: the eight, nothing else */
	assert_int_equal(seen.nik.n, q.ask.nik.n);
	assert_int_equal(seen.permit_instansi, s.bpbd);
	assert_true(seen.version > 0);
	assert_int_equal(seen.kejadian_id, s.kejadian);
	assert_int_equal(seen.quota.used, 1);
	assert_int_equal(seen.quota.limit, 200);
	/* fewer on request; never more than was granted */
	q.ask.wanted = ELEMENT_BIT(ELEMENT_NIK) | ELEMENT_BIT(ELEMENT_NO_KEL);
	assert_int_equal(office_one(&s.office, q).elements, ELEMENT_BIT(ELEMENT_NIK));
	q.ask.wanted = ELEMENT_BIT(ELEMENT_NO_KEL);
	seen = office_one(&s.office, q);
	is_permitted(seen);
	assert_int_equal(seen.elements, 0);
	/* P2.2e: no look-up is refused for its region */
	q.ask.nik.n = INT64_C(9701010101909999);
	is_permitted(office_one(&s.office, q));
	office_close(&s.office);
}

/* ---- steps 1 to 4: the door and the address ---- */

static void check_door(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	static const struct {
		enum ground ground;
		const char *code, *clause;
	} rows[] = {
		{GROUND_CREDENTIAL_EMPTY, "09", "P2.1c"}, {GROUND_MALFORMED, "07", "P2.1a"},
		{GROUND_THROTTLED, "03", "P2.1c"},        {GROUND_GUARD_HOLD, "17", "J.II.E1"},
		{GROUND_DEBT_LIMIT, "17", "P2.2b"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct inquiry_by q = office_ask(&s.operator, 9901);
		q.ask.against = GROUND_BIT(rows[i].ground);
		is_refused(office_one(&s.office, q), rows[i].ground, rows[i].code, rows[i].clause);
	}
	struct inquiry_by q = office_ask(&s.operator, 9901);
	q.ask.nik.n = 0; /* missing, and the door did not say so */
	is_refused(office_one(&s.office, q), GROUND_MALFORMED, "07", "P2.1a");
	is_refused(office_one(&s.office, office_ask(NULL, 9901)), GROUND_CREDENTIAL_WRONG, "03", "P2.1c");
	office_close(&s.office);
}

static void check_peer(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct says other = {.code = "DINKES", .before = 10, .after = -1, .allow = "\"198.51.100.0/24\""};
	int64_t dinkes = office_instansi(&s.office, other);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	q.ask.peer = office_addr(OFFICE_OUTSIDE);
	is_refused(office_one(&s.office, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	q.ask.peer = office_addr("198.51.100.7"); /* known, but another's */
	is_refused(office_one(&s.office, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	/* nobody: an address of anyone's is enough, unless the path names one */
	q.by = NULL;
	is_refused(office_one(&s.office, q), GROUND_CREDENTIAL_WRONG, "03", "P2.1c");
	q.ask.path_instansi = s.bpbd;
	is_refused(office_one(&s.office, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	q.ask.path_instansi = dinkes;
	is_refused(office_one(&s.office, q), GROUND_CREDENTIAL_WRONG, "03", "P2.1c");
	q.ask.path_instansi = -1; /* named, but there is none */
	is_refused(office_one(&s.office, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	q.ask.path_instansi = dinkes + 1000;
	is_refused(office_one(&s.office, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	/* the credential's own instansi is another than the path's */
	q = office_ask(&s.operator, 9901);
	q.ask.path_instansi = dinkes;
	is_refused(office_one(&s.office, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	q.ask.peer = office_addr("198.51.100.7");
	is_refused(office_one(&s.office, q), GROUND_PATH_INSTANSI, "03", "P2.1c");
	q.ask.path_instansi = s.bpbd;
	q.ask.peer = office_addr(OFFICE_INSIDE);
	is_permitted(office_one(&s.office, q));
	office_close(&s.office);
}

static void check_narrowing(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.peer_must_match = true;
	scene_open(&s, e, says);
	struct person narrow = office_person(&s.office,
	                                     (struct user_new){.user_id = S("operator9"),
	                                                       .role = ROLE_OPERATOR,
	                                                       .instansi_id = s.bpbd,
	                                                       .narrowing = S("192.0.2.64/26")},
	                                     s.kejadian, true);
	struct inquiry_by q = office_ask(&narrow, 9901);
	is_refused(office_one(&s.office, q), GROUND_PEER_NARROWED, "04", "P2.1b");
	q.ask.peer = office_addr("192.0.2.65");
	is_permitted(office_one(&s.office, q));
	q.ask.claimed = office_addr("192.0.2.66");
	is_refused(office_one(&s.office, q), GROUND_PEER_MISMATCH, "04", "P2.1b");
	q.ask.claimed = office_addr("192.0.2.65");
	is_permitted(office_one(&s.office, q));
	office_close(&s.office);
}

/* Decision 0030: a program that is bound to a certificate and comes without it stands outside
 * of its narrowing; the right secret alone opens nothing, and says nothing of the instansi. */
static void check_certificate(struct engine *e)
{
	struct scene s;
	struct fingerprint mine = {.is = true, .at = {1}}, other = {.is = true, .at = {2}};
	struct standing standing;
	ground_set against;
	struct addr inside = office_addr(OFFICE_INSIDE);
	scene_open(&s, e, in_order);
	struct user_new service = {.user_id = S("layanan"), .role = ROLE_SERVICE, .instansi_id = s.bpbd};
	struct person program = office_person(&s.office, service, s.kejadian, true);
	is_permitted(office_one(&s.office, office_ask(&program, 9901)));
	struct tx *tx = office_tx(&s.office);
	OK(credential_bind(tx, program.user, &(struct certificates){{mine}, 1}, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	is_refused(office_one(&s.office, office_ask(&program, 9901)), GROUND_CERTIFICATE, "04", "P2.1b");
	program.certificate = &other;
	is_refused(office_one(&s.office, office_ask(&program, 9901)), GROUND_CERTIFICATE, "04", "P2.1b");
	tx = office_tx(&s.office);
	OK(policy_grounds(s.office.policy, tx, person_principal(&s.office, tx, &program), &inside, s.office.now_us, &against,
	                  &standing, &engine_err));
	assert_int_equal(against, GROUND_BIT(GROUND_CERTIFICATE));
	tx_rollback(&tx);
	program.certificate = &mine;
	is_permitted(office_one(&s.office, office_ask(&program, 9901)));
	office_close(&s.office);
}

/* Where the agreement does not demand it, IP_USER may say what it likes. */
static void check_claimed_free(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	q.ask.claimed = office_addr("10.1.2.3");
	is_permitted(office_one(&s.office, q));
	office_close(&s.office);
}

/* ---- step 5: the instansi ---- */

static void set_state(struct office *o, int64_t instansi_id, enum instansi_state state)
{
	struct tx *tx = office_tx(o);
	OK(instansi_set_state(tx, instansi_id, state, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static void check_states(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	is_permitted(office_one(&s.office, q));
	set_state(&s.office, s.bpbd, INSTANSI_SUSPENDED);
	is_refused(office_one(&s.office, q), GROUND_SUSPENDED, "16", "P9.1"); /* the very next one */
	set_state(&s.office, s.bpbd, INSTANSI_ACTIVE);
	is_permitted(office_one(&s.office, q));
	set_state(&s.office, s.bpbd, INSTANSI_REVOKED);
	is_refused(office_one(&s.office, q), GROUND_REVOKED, "16", "P9.1");
	office_close(&s.office);
}

static void check_ended(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	set_state(&s.office, s.bpbd, INSTANSI_ENDED);
	is_refused(office_one(&s.office, q), GROUND_ENDED, "16", "P5");
	office_close(&s.office);
}

/* P4: the last day is included, then access ends by itself; before the first day there is none. */
static void check_term(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.begin = 2, says.days = 10;
	scene_open(&s, e, says);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	struct day first = {day_of_us(s.office.now_us).n + 2};
	is_refused(office_one(&s.office, q), GROUND_NOT_STARTED, "16", "P4");
	s.office.now_us = day_begin_us(first) - 1;
	is_refused(office_one(&s.office, q), GROUND_NOT_STARTED, "16", "P4");
	q.ask.peer = office_addr(OFFICE_OUTSIDE); /* the list of the version to come */
	is_refused(office_one(&s.office, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	q.ask.peer = office_addr(OFFICE_INSIDE);
	s.office.now_us = day_begin_us(first);
	is_permitted(office_one(&s.office, q));
	s.office.now_us = day_begin_us((struct day){first.n + 10}) - 1;
	is_permitted(office_one(&s.office, q));
	s.office.now_us++;
	is_refused(office_one(&s.office, q), GROUND_ENDED, "16", "P4");
	office_close(&s.office);
}

static void check_papers(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.no_sptjm = true;
	scene_open(&s, e, says);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	is_refused(office_one(&s.office, q), GROUND_NO_SPTJM, "16", "J.VI.D");
	office_paper(&s.office, s.bpbd, PAPER_SPTJM, "", "SPTJM/2");
	is_permitted(office_one(&s.office, q));
	/* J.VI.E: another user id, the same instansi, no NDA; then it is filed */
	struct person newcomer = office_person(
		&s.office, (struct user_new){.user_id = S("operator2"), .role = ROLE_OPERATOR, .instansi_id = s.bpbd}, s.kejadian,
		false);
	struct inquiry_by tray[] = {office_ask(&newcomer, 9902), q, office_ask(&newcomer, 9903)};
	struct seen seen[3];
	office_tray(&s.office, tray, 3, seen);
	is_refused(seen[0], GROUND_NO_NDA, "17", "J.VI.E");
	is_permitted(seen[1]);
	is_refused(seen[2], GROUND_NO_NDA, "17", "J.VI.E");
	office_paper(&s.office, s.bpbd, PAPER_NDA, "operator2", "NDA/9");
	is_permitted(office_one(&s.office, tray[0]));
	office_close(&s.office);
}

static void check_ministry(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.no_ministry = true;
	scene_open(&s, e, says);
	is_refused(office_one(&s.office, office_ask(&s.operator, 9901)), GROUND_NO_MINISTRY, "16", "J.VI.F");
	office_close(&s.office);
}

/* J.II.C: only the portal is open; J.IV: the card reader never, even if a version said so. */
static void check_methods(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	scene_open(&s, e, says);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	static const enum method closed[] = {METHOD_CALL_NIK, METHOD_VERIFY, METHOD_CARD_READER, METHOD_COUNT};
	for (size_t i = 0; i < LEN(closed); i++) {
		q.ask.method = closed[i];
		is_refused(office_one(&s.office, q), GROUND_METHOD, "16", closed[i] == METHOD_CARD_READER ? "J.IV" : "J.II.C");
	}
	office_close(&s.office);
}

/* J.II.C: kesesuaian compares what is said with what was granted; its claim goes nowhere else. */
static void check_claim(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	struct claim claim = {.threshold = 90};
	says.verify = says.call_nik = true;
	scene_open(&s, e, says);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	q.ask.method = METHOD_VERIFY;
	q.ask.claim = &claim;
	q.ask.wanted = ELEMENT_BIT(ELEMENT_NAMA_LGKP) | ELEMENT_BIT(ELEMENT_NO_PROP);
	struct seen seen = office_one(&s.office, q);
	is_permitted(seen);
	assert_ptr_equal(seen.claim, &claim);
	assert_int_equal(seen.elements, ELEMENT_BIT(ELEMENT_NAMA_LGKP));
	assert_int_equal(seen.quota.used, 1);
	q.ask.method = METHOD_CALL_NIK;
	seen = office_one(&s.office, q);
	is_permitted(seen);
	assert_null(seen.claim);
	assert_int_equal(seen.quota.used, 1); /* each method has its own */
	/* what was sent as IP_USER is no address: it is none of the peer's */
	q.ask.claimed.family = -1;
	is_permitted(office_one(&s.office, q));
	office_close(&s.office);
}

static void check_claimed_nonsense(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.peer_must_match = true;
	scene_open(&s, e, says);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	q.ask.claimed.family = -1;
	is_refused(office_one(&s.office, q), GROUND_PEER_MISMATCH, "04", "P2.1b");
	office_close(&s.office);
}

/* Who may look up: operators, the head with an NDA, services; nobody of the provider. */
static void check_roles(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.call_nik = true;
	scene_open(&s, e, says);
	struct office *o = &s.office;
	struct person kepala = office_person(
		o, (struct user_new){.user_id = S("kepala"), .role = ROLE_KEPALA, .instansi_id = s.bpbd}, s.kejadian, false);
	is_refused(office_one(o, office_ask(&kepala, 9901)), GROUND_NO_NDA, "17", "J.VI.E");
	office_paper(o, s.bpbd, PAPER_NDA, "kepala", "NDA/3");
	is_permitted(office_one(o, office_ask(&kepala, 9901)));
	struct person service = office_person(
		o, (struct user_new){.user_id = S("layanan"), .role = ROLE_SERVICE, .instansi_id = s.bpbd}, s.kejadian, true);
	struct inquiry_by q = office_ask(&service, 9901);
	q.ask.method = METHOD_CALL_NIK;
	q.ask.path_instansi = s.bpbd;
	is_permitted(office_one(o, q));
	static const enum role provider[] = {ROLE_ADMIN, ROLE_AUDITOR};
	for (size_t i = 0; i < LEN(provider); i++) {
		struct person p = office_person(
			o, (struct user_new){.user_id = str_c(role_at(provider[i])->key), .role = provider[i]}, 0, false);
		is_refused(office_one(o, office_ask(&p, 9901)), GROUND_METHOD, "16", "J.II.C");
	}
	office_close(o);
}

/* ---- steps 6 to 8: the user id, the kejadian, the NIK ---- */

static void check_user_flaws(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct office *o = &s.office;
	struct person expiring = office_person(o,
	                                       (struct user_new){.user_id = S("sementara"),
	                                                         .role = ROLE_OPERATOR,
	                                                         .instansi_id = s.bpbd,
	                                                         .expires_us = o->now_us + 60 * US_PER_S},
	                                       s.kejadian, true);
	is_permitted(office_one(o, office_ask(&expiring, 9901)));
	o->now_us += 60 * US_PER_S;
	is_refused(office_one(o, office_ask(&expiring, 9901)), GROUND_USER_EXPIRED, "17", "P2.1c");
	o->dormant_days = 30;
	o->now_us += 40 * US_PER_DAY;
	is_refused(office_one(o, office_ask(&s.operator, 9901)), GROUND_USER_DORMANT, "17", "P2.1c");
	office_close(o);
}

/* A closed user id has no session left; a service keeps its credential and is told 17. */
static void check_user_closed(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.call_nik = true;
	scene_open(&s, e, says);
	struct office *o = &s.office;
	struct person service = office_person(
		o, (struct user_new){.user_id = S("layanan"), .role = ROLE_SERVICE, .instansi_id = s.bpbd}, s.kejadian, true);
	struct tx *tx = office_tx(o);
	OK(user_set_closed(tx, service.user, USER_CLOSED_ADMIN, s.office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	struct inquiry_by q = office_ask(&service, 9901);
	q.ask.method = METHOD_CALL_NIK;
	is_refused(office_one(o, q), GROUND_USER_CLOSED, "17", "J.II.A");
	office_close(o);
}

static void check_kejadian(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct office *o = &s.office;
	int64_t dinkes = office_instansi(o, (struct says){.code = "DINKES", .before = 10, .after = -1});
	int64_t foreign = office_kejadian(o, dinkes), second = office_kejadian(o, s.bpbd);
	struct person without = office_operator(o, s.bpbd, "operator7", 0);
	struct inquiry_by q = office_ask(&without, 9901);
	is_refused(office_one(o, q), GROUND_NO_KEJADIAN, "07", "J.II.E1");
	q.ask.kejadian_id = foreign;
	struct seen seen = office_one(o, q);
	is_refused(seen, GROUND_NO_KEJADIAN, "07", "J.II.E1");
	assert_int_equal(seen.kejadian_id, 0);
	q.ask.kejadian_id = second; /* named: it wins over the session's */
	assert_int_equal(office_one(o, q).kejadian_id, second);
	q.by = &s.operator;
	assert_int_equal(office_one(o, q).kejadian_id, second);
	struct tx *tx = office_tx(o);
	OK(kejadian_close(tx, s.bpbd, second, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	seen = office_one(o, q);
	is_refused(seen, GROUND_NO_KEJADIAN, "07", "J.II.E1");
	assert_int_equal(seen.kejadian_id, second);
	office_close(o);
}

static void check_nik_format(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, in_order);
	struct inquiry_by q = office_ask(&s.operator, 9901);
	q.ask.nik_bad = true;
	q.ask.nik.n = 0;
	struct seen seen = office_one(&s.office, q);
	is_refused(seen, GROUND_NIK_FORMAT, "15", "P2.1a");
	assert_int_equal(seen.quota.used, 0); /* 15 costs nothing */
	office_close(&s.office);
}

/* ---- step 9: the quota (J.II.B) ---- */

static void check_quota(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.before = 5;
	scene_open(&s, e, says);
	struct office *o = &s.office;
	struct inquiry_by tray[8];
	struct seen seen[8];
	office_observe(o);
	for (int i = 0; i < 8; i++)
		tray[i] = office_ask(&s.operator, 9901 + i);
	tray[1].ask.nik_bad = true; /* refused for something else: takes no hit */
	office_tray(o, tray, 8, seen);
	static const bool permitted[] = {true, false, true, true, true, true, false, false};
	static const int used[] = {1, 1, 2, 3, 4, 5, 5, 5};
	for (int i = 0; i < 8; i++) {
		assert_int_equal(seen[i].permit, permitted[i]);
		assert_int_equal(seen[i].quota.used, used[i]);
	}
	is_refused(seen[1], GROUND_NIK_FORMAT, "15", "P2.1a");
	is_refused(seen[6], GROUND_QUOTA, "05", "J.II.B");
	is_refused(office_one(o, tray[0]), GROUND_QUOTA, "05", "J.II.B");
	/* 15 stands before 05 */
	is_refused(office_one(o, tray[1]), GROUND_NIK_FORMAT, "15", "P2.1a");
	o->now_us = day_begin_us((struct day){day_of_us(o->now_us).n + 1}) - 1;
	is_refused(office_one(o, tray[0]), GROUND_QUOTA, "05", "J.II.B");
	o->now_us++; /* midnight in Jakarta */
	is_permitted(office_one(o, tray[0]));
	o->now_us--;
	is_refused(office_one(o, tray[0]), GROUND_QUOTA, "05", "J.II.B");
	/* the result letter of the Proof of Concept lifts it, for this application alone */
	office_paper(o, s.bpbd, PAPER_POC, "CALL_NIK", "POC/1");
	is_refused(office_one(o, tray[0]), GROUND_QUOTA, "05", "J.II.B");
	office_paper(o, s.bpbd, PAPER_POC, "portal", "POC/2");
	struct seen lifted = office_one(o, tray[0]);
	is_permitted(lifted);
	assert_int_equal(quota_left(&lifted.quota), -1);
	assert_int_equal(lifted.quota.used, 6);
	office_close(o);
}

/* The letter of one application says nothing about another. */
static void check_poc(struct engine *e)
{
	struct scene s;
	struct says says = {.code = "BPBD", .before = 0, .after = 7, .call_nik = true};
	scene_open(&s, e, says);
	struct office *o = &s.office;
	struct inquiry_by portal = office_ask(&s.operator, 9901), call_nik = portal;
	call_nik.ask.method = METHOD_CALL_NIK;
	office_paper(o, s.bpbd, PAPER_POC, "portal", "POC/1");
	struct inquiry_by tray[] = {call_nik, portal};
	struct seen seen[2];
	office_tray(o, tray, 2, seen);
	is_refused(seen[0], GROUND_QUOTA, "05", "J.II.B");
	is_permitted(seen[1]);
	assert_int_equal(seen[1].quota.limit, 7);
	office_paper(o, s.bpbd, PAPER_POC, "CALL_NIK", "POC/2");
	is_permitted(office_one(o, call_nik));
	office_close(o);
}

/* Two instansi in one tray, mixed: each has its own counter, whatever the order. */
static void check_two_instansi(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.before = 2;
	scene_open(&s, e, says);
	struct office *o = &s.office;
	int64_t dinkes = office_instansi(o, (struct says){.code = "DINKES", .before = 1, .after = -1});
	struct person other = office_operator(o, dinkes, "dinkes-operator", office_kejadian(o, dinkes));
	struct inquiry_by tray[6];
	struct seen seen[6];
	for (int i = 0; i < 6; i++)
		tray[i] = office_ask(i % 2 ? &s.operator : &other, 9901 + i);
	office_tray(o, tray, 6, seen);
	static const bool permitted[] = {true, true, false, true, false, false};
	for (int i = 0; i < 6; i++) {
		assert_int_equal(seen[i].permit, permitted[i]);
		if (permitted[i])
			assert_int_equal(seen[i].permit_instansi, i % 2 ? s.bpbd : dinkes);
	}
	office_close(o);
}

/* A transaction that is rolled back charged nothing and remembers no repeat. */
static void check_rollback(struct engine *e)
{
	struct scene s;
	struct says says = in_order;
	says.before = 1;
	scene_open(&s, e, says);
	struct office *o = &s.office;
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct seen seen;
	struct tx *tx = office_tx(o);
	office_walk(o, tx, &q, 1, &seen);
	is_permitted(seen);
	tx_rollback(&tx);
	seen = office_one(o, q);
	is_permitted(seen);
	assert_true(seen.repeat_new);
	assert_int_equal(seen.quota.used, 1);
	is_refused(office_one(o, office_ask(&s.operator, 9902)), GROUND_QUOTA, "05", "J.II.B");
	office_close(o);
}

/* ---- precedence, from the doors ---- */

/* Everything at once, taken away one after the other: what is left wins in DOMAIN's order. */
static void check_precedence(struct engine *e)
{
	struct scene s;
	struct says says = {.code = "BPBD", .before = 0, .after = -1, .no_sptjm = true, .peer_must_match = true};
	scene_open(&s, e, says);
	struct office *o = &s.office;
	struct person p = office_person(o,
	                                (struct user_new){.user_id = S("operator8"),
	                                                  .role = ROLE_OPERATOR,
	                                                  .instansi_id = s.bpbd,
	                                                  .narrowing = S("192.0.2.64/26")},
	                                0, false);
	struct inquiry_by q = office_ask(&p, 9901);
	q.ask.against = GROUND_BIT(GROUND_CREDENTIAL_EMPTY) | GROUND_BIT(GROUND_THROTTLED);
	q.ask.peer = office_addr(OFFICE_OUTSIDE);
	q.ask.claimed = office_addr("192.0.2.1");
	q.ask.method = METHOD_VERIFY;
	q.ask.nik_bad = true;
	set_state(o, s.bpbd, INSTANSI_SUSPENDED);
	is_refused(office_one(o, q), GROUND_CREDENTIAL_EMPTY, "09", "P2.1c");
	q.ask.against &= ~GROUND_BIT(GROUND_CREDENTIAL_EMPTY);
	is_refused(office_one(o, q), GROUND_PEER_UNKNOWN, "10", "P2.1b");
	q.ask.peer = office_addr(OFFICE_INSIDE);
	is_refused(office_one(o, q), GROUND_THROTTLED, "03", "P2.1c");
	q.ask.against = 0;
	is_refused(office_one(o, q), GROUND_PEER_NARROWED, "04", "P2.1b");
	q.ask.peer = office_addr("192.0.2.70");
	is_refused(office_one(o, q), GROUND_PEER_MISMATCH, "04", "P2.1b");
	q.ask.claimed = q.ask.peer;
	is_refused(office_one(o, q), GROUND_SUSPENDED, "16", "P9.1");
	set_state(o, s.bpbd, INSTANSI_ACTIVE);
	is_refused(office_one(o, q), GROUND_NO_SPTJM, "16", "J.VI.D");
	office_paper(o, s.bpbd, PAPER_SPTJM, "", "SPTJM/2");
	is_refused(office_one(o, q), GROUND_METHOD, "16", "J.II.C");
	q.ask.method = METHOD_PORTAL;
	is_refused(office_one(o, q), GROUND_NO_NDA, "17", "J.VI.E");
	office_paper(o, s.bpbd, PAPER_NDA, "operator8", "NDA/8");
	is_refused(office_one(o, q), GROUND_NO_KEJADIAN, "07", "J.II.E1");
	q.ask.kejadian_id = s.kejadian;
	is_refused(office_one(o, q), GROUND_NIK_FORMAT, "15", "P2.1a");
	q.ask.nik_bad = false;
	is_refused(office_one(o, q), GROUND_QUOTA, "05", "J.II.B");
	office_paper(o, s.bpbd, PAPER_POC, "portal", "POC/1");
	is_permitted(office_one(o, q));
	office_close(o);
}

/* ---- without an inquiry ---- */

static ground_set grounds(struct office *o, const struct person *p, const char *peer, int64_t *ret_instansi)
{
	ground_set set;
	struct standing standing;
	struct addr a = office_addr(peer);
	struct tx *tx = office_tx(o);
	OK(policy_grounds(o->policy, tx, person_principal(o, tx, p), &a, o->now_us, &set, &standing, &engine_err));
	*ret_instansi = standing.instansi_id;
	OK(tx_commit(&tx, &engine_err));
	return set;
}

static void check_grounds(struct engine *e)
{
	struct scene s;
	int64_t instansi;
	scene_open(&s, e, in_order);
	struct office *o = &s.office;
	assert_int_equal(grounds(o, &s.operator, OFFICE_INSIDE, &instansi), 0);
	assert_int_equal(instansi, s.bpbd);
	assert_int_equal(grounds(o, &s.operator, OFFICE_OUTSIDE, &instansi), GROUND_BIT(GROUND_PEER_UNKNOWN));
	assert_int_equal(grounds(o, NULL, OFFICE_INSIDE, &instansi), GROUND_BIT(GROUND_CREDENTIAL_WRONG));
	assert_int_equal(instansi, 0);
	assert_int_equal(grounds(o, NULL, OFFICE_OUTSIDE, &instansi),
	                 GROUND_BIT(GROUND_CREDENTIAL_WRONG) | GROUND_BIT(GROUND_PEER_UNKNOWN));
	struct person admin = office_person(o, (struct user_new){.user_id = S("admin"), .role = ROLE_ADMIN}, 0, false);
	assert_int_equal(grounds(o, &admin, OFFICE_OUTSIDE, &instansi), 0);
	assert_int_equal(instansi, 0);
	/* the head of a suspended instansi, without NDA: both are told, the caller chooses */
	struct person kepala = office_person(
		o, (struct user_new){.user_id = S("kepala"), .role = ROLE_KEPALA, .instansi_id = s.bpbd}, 0, false);
	set_state(o, s.bpbd, INSTANSI_SUSPENDED);
	assert_int_equal(grounds(o, &kepala, OFFICE_INSIDE, &instansi), GROUND_BIT(GROUND_SUSPENDED) | GROUND_BIT(GROUND_NO_NDA));
	office_close(o);
}

static void check_open(struct engine *e)
{
	struct office o;
	struct policy *policy = NULL;
	struct err err;
	office_open(&o, e);
	o.conf.repeat_key.n = 16;
	assert_int_equal(policy_open(&o.conf, o.agreement, &policy, &err), RC_INVALID);
	assert_null(policy);
	policy_close(NULL);
	struct tx *tx = office_tx(&o);
	OK(policy_decide(o.policy, tx, NULL, 0, o.now_us, NULL, &engine_err));
	tx_rollback(&tx);
	office_close(&o);
}

#define EACH(name)                                                                                                     \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
EACH(permit)
EACH(door)
EACH(peer)
EACH(narrowing)
EACH(certificate)
EACH(claimed_free)
EACH(states)
EACH(ended)
EACH(term)
EACH(papers)
EACH(ministry)
EACH(methods)
EACH(claim)
EACH(claimed_nonsense)
EACH(roles)
EACH(user_flaws)
EACH(user_closed)
EACH(kejadian)
EACH(nik_format)
EACH(quota)
EACH(poc)
EACH(two_instansi)
EACH(rollback)
EACH(precedence)
EACH(grounds)
EACH(open)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_permit),       cmocka_unit_test(test_door),       cmocka_unit_test(test_peer),
		cmocka_unit_test(test_narrowing),    cmocka_unit_test(test_certificate),
		cmocka_unit_test(test_claimed_free), cmocka_unit_test(test_states),
		cmocka_unit_test(test_ended),        cmocka_unit_test(test_term),       cmocka_unit_test(test_papers),
		cmocka_unit_test(test_ministry),     cmocka_unit_test(test_methods),    cmocka_unit_test(test_claim),
		cmocka_unit_test(test_claimed_nonsense),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_user_flaws),   cmocka_unit_test(test_user_closed), cmocka_unit_test(test_kejadian),
		cmocka_unit_test(test_nik_format),   cmocka_unit_test(test_quota),      cmocka_unit_test(test_two_instansi),
		cmocka_unit_test(test_rollback),     cmocka_unit_test(test_precedence), cmocka_unit_test(test_grounds),
		cmocka_unit_test(test_open),         cmocka_unit_test(test_poc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
