/* SPDX-License-Identifier: EUPL-1.2
 * J.II.D: a sandbox user id gets the paper of the rehearsal and never a permit; what is about
 * real people is not asked of it, and of the real quota, guard, repeats and debts nothing
 * moves. It ends with the last surat hasil PoC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

/* BPBD as every agency begins: portal only, its PoC open. Nobody here has an NDA but `real`. */
struct rehearsal {
	struct office office;
	int64_t instansi_id, kejadian;
	struct person uji, real;
};

static size_t owed_asked;

static enum rc debts_of(struct tx *tx, const int64_t *instansi_ids, size_t n, struct policy_debt *ret, struct err *err)
{
	(void)tx, (void)instansi_ids, (void)err;
	owed_asked += n;
	for (size_t i = 0; i < n; i++)
		ret[i] = (struct policy_debt){2, day_begin_us(day_from_ymd(2026, 11, 24))};
	return RC_OK;
}

static struct person sandbox_person(struct office *o, int64_t instansi_id, const char *user_id)
{
	struct user_new user = {.user_id = str_c(user_id), .role = ROLE_SERVICE, .instansi_id = instansi_id, .sandbox = true};
	return office_person(o, user, 0, false);
}

static void rehearsal_open(struct rehearsal *r, struct engine *e, struct says says)
{
	struct office *o = &r->office;
	office_open(o, e);
	says.code = "BPBD";
	r->instansi_id = office_instansi(o, says);
	r->uji = sandbox_person(o, r->instansi_id, "bpbd-uji");
	r->kejadian = office_kejadian(o, r->instansi_id);
	r->real = office_operator(o, r->instansi_id, "operator1", r->kejadian);
}

static struct inquiry_by rehearse(const struct person *by, int serial)
{
	struct inquiry_by q = office_ask(by, serial);
	q.ask.method = METHOD_CALL_NIK;
	return q;
}

static int64_t rows(struct office *o, enum rc (*find)(struct tx *, int64_t *, struct err *))
{
	int64_t n;
	struct tx *tx = office_tx(o);
	OK(find(tx, &n, &engine_err));
	tx_rollback(&tx);
	return n;
}

static enum rc quota_used(struct tx *tx, int64_t *ret, struct err *err)
{
	*ret = 0;
	for (enum method m = 0; m < METHOD_COUNT; m++) {
		struct quota_use use;
		TRY(quota_read(tx, 1, m, -1, day_begin_us(day_from_ymd(2026, 11, 24)) + US_PER_S, &use, err));
		*ret += use.used;
	}
	return RC_OK;
}

/* Neither NDA nor SPTJM, method, kejadian or quota stands against it; of the elements it gets
 * those of the version. */
static void check_paper(struct engine *e)
{
	struct rehearsal r;
	rehearsal_open(&r, e, (struct says){.before = 0, .no_sptjm = true});
	for (int i = 0; i < 30; i++) { /* serial after serial: what the guard holds for */
		struct inquiry_by q = rehearse(&r.uji, 9901 + i);
		q.ask.repeat_key = S("KUNCI");
		q.ask.repeat_body = S("isi");
		q.ask.kejadian_id = r.kejadian;
		struct seen seen = office_one(&r.office, q);
		assert_int_equal(seen.ruling.ground, GROUND_NONE);
		assert_true(seen.rehearsal);
		assert_false(seen.permit || seen.repeat || seen.repeat_new);
		assert_int_equal(seen.elements, ELEMENT_SET_BASE);
		assert_int_equal(seen.nik.n, office_nik(9901 + i).n);
		assert_int_equal(seen.kejadian_id, 0);
		assert_true(seen.quota.limit < 0);
	}
	assert_int_equal(rows(&r.office, quota_used), 0);
	office_close(&r.office);
}

/* In one tray with real ones: these are judged as if it were not there. */
static void check_beside(struct engine *e)
{
	struct rehearsal r;
	struct seen seen[7];
	struct inquiry_by tray[7];
	rehearsal_open(&r, e, (struct says){.before = 3, .debt = "\"mode\":\"refuse\",\"open_max\":5,\"age_days_max\":7"});
	policy_close(r.office.policy);
	r.office.conf.debts = debts_of;
	r.office.conf.guard = GUARD_OBSERVE;
	OK(policy_open(&r.office.conf, r.office.agreement, &r.office.policy, &engine_err));
	owed_asked = 0;
	for (int i = 0; i < 7; i++)
		tray[i] = i % 2 ? office_ask(&r.real, 9901 + i) : rehearse(&r.uji, 9901 + i);
	office_tray(&r.office, tray, LEN(tray), seen);
	for (size_t i = 0; i < LEN(tray); i++) {
		assert_int_equal(seen[i].ruling.ground, GROUND_NONE);
		assert_int_equal(seen[i].permit, i % 2);
		assert_int_equal(seen[i].rehearsal, !(i % 2));
	}
	assert_int_equal(owed_asked, 1);
	assert_int_equal(seen[5].quota.used, 3);
	assert_int_equal(rows(&r.office, quota_used), 3);
	struct seen spent = office_one(&r.office, office_ask(&r.real, 9950));
	assert_int_equal(spent.ruling.ground, GROUND_QUOTA);
	assert_true(office_one(&r.office, rehearse(&r.uji, 9950)).rehearsal);
	office_close(&r.office);
}

static enum ground ground_of(struct rehearsal *r, struct inquiry_by q)
{
	struct seen seen = office_one(&r->office, q);
	assert_int_equal(seen.rehearsal, seen.ruling.ground == GROUND_NONE);
	assert_false(seen.permit);
	return seen.ruling.ground;
}

/* Who he is, where he comes from and how his agency stands is asked as ever, in that order. */
static void check_refused(struct engine *e)
{
	struct rehearsal r;
	rehearsal_open(&r, e, (struct says){.before = 10});
	int64_t other = office_instansi(&r.office, (struct says){.code = "DINKES", .before = 10});
	struct inquiry_by q = rehearse(&r.uji, 9901);
	q.ask.method = METHOD_CARD_READER;
	assert_int_equal(ground_of(&r, q), GROUND_METHOD);
	q = rehearse(&r.uji, 9901);
	q.ask.nik = (struct nik){0};
	q.ask.nik_bad = true;
	assert_int_equal(ground_of(&r, q), GROUND_NIK_FORMAT);
	q.ask.path_instansi = other;
	assert_int_equal(ground_of(&r, q), GROUND_PATH_INSTANSI);
	q.ask.peer = office_addr(OFFICE_OUTSIDE);
	assert_int_equal(ground_of(&r, q), GROUND_PEER_UNKNOWN);
	struct tx *tx = office_tx(&r.office);
	OK(instansi_set_state(tx, r.instansi_id, INSTANSI_SUSPENDED, r.office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(ground_of(&r, rehearse(&r.uji, 9901)), GROUND_SUSPENDED);
	office_close(&r.office);
}

static void check_ends_with_the_last_poc(struct engine *e)
{
	struct rehearsal r;
	rehearsal_open(&r, e, (struct says){.before = 10, .after = -1, .call_nik = true});
	assert_int_equal(ground_of(&r, rehearse(&r.uji, 9901)), GROUND_NONE);
	office_paper(&r.office, r.instansi_id, PAPER_POC, "portal", "POC/1");
	assert_int_equal(ground_of(&r, rehearse(&r.uji, 9901)), GROUND_NONE);
	office_paper(&r.office, r.instansi_id, PAPER_POC, "CALL_NIK", "POC/2");
	assert_int_equal(ground_of(&r, rehearse(&r.uji, 9901)), GROUND_SANDBOX_OVER);
	struct inquiry_by real = office_ask(&r.real, 9901);
	assert_int_equal(office_one(&r.office, real).ruling.ground, GROUND_NONE);
	struct tx *tx = office_tx(&r.office);
	struct addr peer = office_addr(OFFICE_INSIDE);
	struct standing standing;
	ground_set grounds;
	OK(policy_grounds(r.office.policy, tx, person_principal(&r.office, tx, &r.uji), &peer, r.office.now_us, &grounds, &standing,
	                  &engine_err));
	assert_int_equal(grounds, GROUND_BIT(GROUND_SANDBOX_OVER));
	tx_rollback(&tx);
	office_close(&r.office);
}

/* Past its pace nothing is decided, and others are not slowed. */
static void check_pace(struct engine *e)
{
	struct rehearsal r;
	struct seen seen[5];
	struct inquiry_by tray[5];
	rehearsal_open(&r, e, (struct says){.before = 10});
	policy_close(r.office.policy);
	r.office.conf.sandbox_per_minute = 2;
	OK(policy_open(&r.office.conf, r.office.agreement, &r.office.policy, &engine_err));
	for (int i = 0; i < 5; i++)
		tray[i] = i < 4 ? rehearse(&r.uji, 9901 + i) : office_ask(&r.real, 9901);
	office_tray(&r.office, tray, LEN(tray), seen);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(seen[i].rehearsal, i < 2);
		assert_int_equal(seen[i].wait_s, i < 2 ? 0 : 60); /* the office's clock stands at a full minute */
	}
	assert_true(seen[4].permit);
	r.office.now_us += 60 * US_PER_S;
	assert_true(office_one(&r.office, rehearse(&r.uji, 9901)).rehearsal);
	office_close(&r.office);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(paper)
EACH(beside)
EACH(refused)
EACH(ends_with_the_last_poc)
EACH(pace)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paper),
		cmocka_unit_test(beside),
		cmocka_unit_test(refused),
		cmocka_unit_test(ends_with_the_last_poc),
		cmocka_unit_test(pace),
	};
	return cmocka_run_group_tests_name("policy/sandbox", tests, NULL, NULL);
}
