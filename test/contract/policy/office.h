/* SPDX-License-Identifier: EUPL-1.2
 * test/contract/policy/office.h - an office to try policy in: instansi, user ids,
 * kejadian, made through the doors of identity and agreement; and trays that are
 * decided, answered and committed as the corridor does it.
 *
 * A person is somebody who can ask; an inquiry says who asks what; `seen` is what a
 * verdict said, copied out before the transaction ended. Needs cmocka and engines.h. */
#pragma once
#include "agreement/agreement.sql.h"
#include "agreement/apply.h"
#include "agreement/kejadian.h"
#include "agreement/paper.h"
#include "engines.h"
#include "identity/credential.h"
#include "identity/credential.sql.h"
#include "identity/identity.sql.h"
#include "identity/session.h"
#include "identity/user.h"
#include "policy/policy.h"
#include "policy/guard.sql.h"
#include "policy/policy.sql.h"
#include "policy/reservation.sql.h"

#define OK ENGINE_OK /* its calls tell engine_err what went wrong */
#define OFFICE_INSIDE "192.0.2.13"
#define OFFICE_OUTSIDE "203.0.113.9"
#define OFFICE_TRAY_MAX 256

struct office {
	struct engine *engine;
	struct agreement *agreement;
	struct policy *policy;
	struct policy_conf conf;
	unsigned char key[32];
	int64_t now_us, next_seq;
	int dormant_days;
};

struct person {
	int64_t user, instansi_id;
	enum role role;
	unsigned char token[SESSION_TOKEN_SIZE];
	char user_id[40], secret[CREDENTIAL_TEXT_SIZE];
	const struct fingerprint *certificate; /* shown with the secret; NULL: none */
};

struct inquiry_by {
	const struct person *by; /* NULL: nobody */
	struct policy_ask ask;
	enum outcome outcome;    /* what the registry would say; 0: 13 */
};

struct seen {
	struct ruling ruling;
	struct quota_use quota;
	bool permit, repeat, repeat_new, repeat_in_tray, repeat_clash, permit_repeat;
	int64_t repeat_of, seq, kejadian_id, version, permit_instansi;
	size_t repeat_at;
	bool rehearsal; /* the paper of a rehearsal: elements, claim and nik are of it */
	int wait_s;
	element_set elements;
	const struct claim *claim;
	struct nik nik;
};

static const struct session_limits office_limits = {.idle_s = 86400 * 400, .absolute_s = 86400 * 400};

static inline struct tx *office_tx(struct office *o)
{
	struct tx *tx;
	OK(tx_begin(o->engine->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static inline struct addr office_addr(const char *z)
{
	struct addr a;
	assert_int_equal(addr_from_str(str_c(z), &a), RC_OK);
	return a;
}

/* 24 November 2026, 10.00 WIB. */
static inline void office_open(struct office *o, struct engine *engine)
{
	const struct schema *schemas[] = {&identity_schema, &credential_schema, &agreement_schema,
	                                  &policy_schema,   &guard_schema,      &reservation_schema};
	*o = (struct office){.engine = engine, .next_seq = 0};
	o->now_us = day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(10) * 3600 * US_PER_S;
	for (size_t i = 0; i < sizeof o->key; i++)
		o->key[i] = (unsigned char)(i + 1);
	o->conf = (struct policy_conf){.guard = GUARD_ENFORCE,
	                               .repeat_key = {o->key, sizeof o->key},
	                               .repeat_life_us = 600 * US_PER_S,
	                               .repeat_max = 3,
	                               .sandbox_per_minute = 1000,
	                               .office_key = {o->key, sizeof o->key}};
	OK(store_migrate(engine->store, schemas, LEN(schemas), o->now_us, &engine_err));
	OK(agreement_open(&o->agreement, &engine_err));
	OK(policy_open(&o->conf, o->agreement, &o->policy, &engine_err));
}

/* For a test that asks as nobody may (serial after serial, all in one moment) and is not
 * about that: the pattern guard looks on. */
static inline void office_observe(struct office *o)
{
	policy_close(o->policy);
	o->conf.guard = GUARD_OBSERVE;
	OK(policy_open(&o->conf, o->agreement, &o->policy, &engine_err));
}

static inline void office_close(struct office *o)
{
	policy_close(o->policy);
	agreement_close(o->agreement);
}

/* ---- instansi ---- */

/* What an agreement says, as far as policy cares; zero is "in order" for all but the code. */
struct says {
	const char *code, *allow; /* list items as JSON; NULL: 192.0.2.0/24 */
	const char *guard;        /* thresholds as JSON; NULL: {} */
	const char *debt;         /* members as JSON; NULL: warns at 100 */
	int64_t before, after;    /* hits a day on every granted method; after < 0: unlimited */
	bool call_nik, verify, peer_must_match, no_sptjm, no_ministry;
	int begin, days;          /* first day, counted from today, and length; days 0: since a month, for years */
};

static inline struct str says_json(struct arena *arena, const struct says *s, struct day today)
{
	struct day begin = {today.n + (s->days ? s->begin : -31)}, end = {begin.n + (s->days ? s->days : 800) - 1};
	const char *letters = s->no_ministry ? "" : "{\"kind\":\"ministry\",\"number\":\"MIN/1\",\"signer\":\"Pejabat\","
	                                            "\"signed_on\":\"2025-01-02\"}";
	const char *sptjm = s->no_sptjm ? "" : "{\"kind\":\"sptjm\",\"number\":\"SPTJM/1\",\"signer\":\"Kepala\","
	                                       "\"signed_on\":\"2025-01-02\"}";
	const char *party = "{\"office\":\"Kantor\",\"address\":\"Jalan\",\"signer_position\":\"Kepala\"}";
	const char *letter = "\"number\":\"1/2025\",\"signed_on\":\"2025-01-02\"";
	const char *contact = "\"name\":\"N\",\"position\":\"P\",\"phone\":\"0\",\"email\":\"a@example.test\"";
	char quota[96];
	snprintf(quota, sizeof quota, "\"quota_before_poc\":%lld,\"quota_after_poc\":%lld", (long long)s->before,
	         (long long)s->after);
	return arena_printf(
		arena,
		"{\"format\":\"padan-perjanjian-1\",\"instansi\":{\"code\":\"%s\",\"name\":\"%s\"},\"version\":1,"
		"\"terms\":{\"pks\":{%s},\"juknis\":{%s,\"revisions\":[]},\"ministry_approval\":\"MIN/1\",\"begin\":\"%s\","
		"\"end\":\"%s\",\"parties\":{\"provider\":%s,\"instansi\":%s},"
		"\"elements\":[\"NO_KK\",\"NIK\",\"NAMA_LGKP\",\"JENIS_KLMIN\",\"TMPT_LHR\",\"TGL_LHR\",\"JENIS_PKRJN\",\"ALAMAT\","
		"\"PROP_NAME\",\"KAB_NAME\",\"NO_KEC\",\"KEC_NAME\",\"KEL_NAME\",\"NO_RT\",\"NO_RW\"],"
		"\"methods\":{\"portal\":{\"granted\":true,%s},\"CALL_NIK\":{\"granted\":%s,%s},"
		"\"CALL_VERIFY_BY_ELEMEN\":{\"granted\":%s,%s},\"card_reader\":{\"granted\":false}},"
		"\"data_balikan\":{\"granted\":true,\"id_lembaga\":\"010001\",\"nama_lembaga\":\"%s\"},"
		"\"allow\":[%s],\"peer_must_match\":%s,"
		"\"contacts\":[{\"side\":\"provider\",%s},{\"side\":\"instansi\",%s}],"
		"\"network\":{\"provider\":\"Jaringan\",\"bandwidth_mbps\":1,\"cost_borne_by\":\"instansi\","
		"\"facilitated_by\":\"provider\",\"letter\":{%s}},"
		"\"debt\":{%s},\"guard\":%s},"
		"\"papers\":[%s%s%s]}",
		s->code, s->code, letter, letter, day_iso(begin).z, day_iso(end).z, party, party, quota,
		s->call_nik ? "true" : "false", quota, s->verify ? "true" : "false", quota, s->code,
		s->allow ? s->allow : "\"192.0.2.0/24\"", s->peer_must_match ? "true" : "false", contact,
		contact, letter, s->debt ? s->debt : "\"mode\":\"warn\",\"open_max\":100,\"age_days_max\":30",
		s->guard ? s->guard : "{}", letters, *letters && *sptjm ? "," : "", sptjm);
}

static inline int64_t office_instansi(struct office *o, struct says says)
{
	struct applied applied;
	struct tx *tx = office_tx(o);
	struct str json = says_json(tx_arena(tx), &says, day_of_us(o->now_us));
	assert_non_null(json.at);
	OK(agreement_apply(tx, json, o->now_us, &applied, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return applied.instansi_id;
}

/* ---- people ---- */

static inline int64_t office_kejadian(struct office *o, int64_t instansi_id)
{
	int64_t id;
	struct tx *tx = office_tx(o);
	struct kejadian kejadian = {.instansi_id = instansi_id,
	                            .jenis = S("Banjir"),
	                            .name = S("Banjir contoh"),
	                            .place = S("Contoh"),
	                            .on = day_of_us(o->now_us)};
	OK(kejadian_open(tx, &kejadian, o->now_us, &id, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return id;
}

static inline void office_paper(struct office *o, int64_t instansi_id, enum paper_kind kind, const char *subject,
                                const char *number)
{
	struct tx *tx = office_tx(o);
	struct paper paper = {.kind = kind,
	                      .instansi_id = instansi_id,
	                      .subject = str_c(subject),
	                      .number = str_c(number),
	                      .signer = S("Pejabat Contoh"),
	                      .signed_on = {day_of_us(o->now_us).n - 30}};
	OK(paper_file(tx, &paper, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static inline void person_sign_in(struct office *o, struct tx *tx, struct person *p, int64_t kejadian)
{
	int64_t session;
	struct session_new fresh = {.user = p->user, .peer = office_addr(OFFICE_INSIDE), .device = S("uji"),
	                            .kejadian_id = kejadian};
	OK(session_begin(tx, &fresh, &office_limits, o->now_us, p->token, &session, &engine_err));
}

/* A new user id, its session (or credential), and its NDA when `nda`. */
static inline struct person office_person(struct office *o, struct user_new user, int64_t kejadian, bool nda)
{
	struct person p = {.instansi_id = user.instansi_id, .role = user.role};
	struct tx *tx = office_tx(o);
	snprintf(p.user_id, sizeof p.user_id, "%.*s", STR_ARG(user.user_id));
	if (user.role == ROLE_SERVICE)
		user.standing_kejadian = kejadian;
	OK(user_add(tx, &user, o->now_us, &p.user, &engine_err));
	if (user.role == ROLE_SERVICE) {
		struct credential_made made;
		const struct credential_new credential = {.user = p.user, .overlap_us = -1, .by = S("")};
		OK(credential_issue(tx, str_from((const char *)o->key, 32), &credential, o->now_us, &made, &engine_err));
		memcpy(p.secret, made.secret, sizeof p.secret);
	} else {
		person_sign_in(o, tx, &p, kejadian);
	}
	OK(tx_commit(&tx, &engine_err));
	if (nda)
		office_paper(o, p.instansi_id, PAPER_NDA, p.user_id, "NDA/1");
	return p;
}

static inline struct person office_operator(struct office *o, int64_t instansi_id, const char *user_id, int64_t kejadian)
{
	return office_person(o, (struct user_new){.user_id = str_c(user_id), .role = ROLE_OPERATOR, .instansi_id = instansi_id},
	                     kejadian, true);
}

static inline const struct principal *person_principal(struct office *o, struct tx *tx, const struct person *p)
{
	const struct principal *who = NULL;
	if (!p)
		return NULL;
	if (p->role == ROLE_SERVICE) {
		struct credential_ask ask = {str_c(p->user_id), str_c(p->secret), p->certificate};
		struct str key = str_from((const char *)o->key, sizeof o->key);
		OK(credential_principals(tx, key, &ask, 1, o->dormant_days, o->now_us, &who, &engine_err));
	} else {
		struct session_limits limits = office_limits;
		limits.dormant_days = o->dormant_days;
		OK(session_principals(tx, &p->token, 1, &limits, o->now_us, &who, &engine_err));
	}
	return who;
}

/* ---- trays ---- */

static inline struct nik office_nik(int serial)
{
	return (struct nik){INT64_C(3304060101900000) + serial};
}

/* An inquiry of that person that nothing stands against. */
static inline struct inquiry_by office_ask(const struct person *by, int serial)
{
	return (struct inquiry_by){
		.by = by,
		.ask = {.peer = office_addr(OFFICE_INSIDE), .method = METHOD_PORTAL, .nik = office_nik(serial)},
	};
}

static inline struct inquiry_by office_ask_key(const struct person *by, int serial, const char *key, const char *body)
{
	struct inquiry_by q = office_ask(by, serial);
	q.ask.repeat_key = str_c(key);
	q.ask.repeat_body = str_c(body);
	return q;
}

static inline struct seen seen_of(const struct policy_verdict *v, int64_t seq)
{
	struct seen s = {.ruling = v->ruling, .quota = v->quota, .permit = v->permit != NULL, .repeat = v->repeat,
	                 .repeat_new = v->repeat_new, .repeat_in_tray = v->repeat_in_tray, .repeat_clash = v->repeat_clash,
	                 .repeat_of = v->repeat_of, .repeat_at = v->repeat_at, .seq = seq, .kejadian_id = v->kejadian_id,
	                 .rehearsal = v->rehearsal != NULL, .wait_s = v->wait_s};
	if (v->rehearsal) {
		s.elements = sandbox_permit_elements(v->rehearsal);
		s.claim = sandbox_permit_claim(v->rehearsal);
		s.nik = sandbox_permit_nik(v->rehearsal);
	}
	if (!v->permit)
		return s;
	s.permit_repeat = permit_is_repeat(v->permit);
	s.elements = permit_elements(v->permit);
	s.claim = permit_claim(v->permit);
	s.nik = permit_nik(v->permit);
	s.version = permit_version(v->permit);
	s.permit_instansi = permit_instansi(v->permit);
	return s;
}

/* Decide, answer; the caller ends the transaction. */
static inline void office_walk(struct office *o, struct tx *tx, const struct inquiry_by *qs, size_t n, struct seen *ret)
{
	struct policy_ask asks[OFFICE_TRAY_MAX];
	struct policy_verdict verdicts[OFFICE_TRAY_MAX];
	enum outcome outcomes[OFFICE_TRAY_MAX];
	int64_t seqs[OFFICE_TRAY_MAX];
	assert_true(n <= OFFICE_TRAY_MAX);
	for (size_t i = 0; i < n; i++) {
		asks[i] = qs[i].ask;
		asks[i].who = person_principal(o, tx, qs[i].by);
	}
	OK(policy_decide(o->policy, tx, asks, n, o->now_us, verdicts, &engine_err));
	for (size_t i = 0; i < n; i++) {
		seqs[i] = o->next_seq++;
		outcomes[i] = verdicts[i].permit ? (qs[i].outcome ? qs[i].outcome : OUTCOME_ABSENT) : verdicts[i].ruling.outcome;
		ret[i] = seen_of(&verdicts[i], seqs[i]);
	}
	OK(policy_answered(o->policy, tx, asks, verdicts, outcomes, seqs, n, o->now_us, &engine_err));
}

static inline void office_tray(struct office *o, const struct inquiry_by *qs, size_t n, struct seen *ret)
{
	struct tx *tx = office_tx(o);
	office_walk(o, tx, qs, n, ret);
	OK(tx_commit(&tx, &engine_err));
}

static inline struct seen office_one(struct office *o, struct inquiry_by q)
{
	struct seen s;
	office_tray(o, &q, 1, &s);
	return s;
}
