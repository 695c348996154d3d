/* SPDX-License-Identifier: EUPL-1.2
 * One-time codes in the store: offered to one session, confirmed by a first code, each
 * half minute used once whatever the clock does, recovery codes used once, two at once,
 * and nothing readable at rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <unistd.h>

#include "identity/totp.h"
#include "people.h"

#define STEP_US (TOTP_STEP_S * US_PER_S)

/* Somebody who enrols, with what his telephone knows. */
struct holder {
	struct totp_owner o;
	unsigned char secret[TOTP_SECRET_SIZE], token[SESSION_TOKEN_SIZE];
	struct totp_recovery recovery;
};

static struct secret office_key;

static int make_key(void **state)
{
	(void)state;
	if (secret_new(&office_key, SEAL_KEY_SIZE, NULL) != RC_OK)
		return -1;
	memset(office_key.at, 7, SEAL_KEY_SIZE);
	return 0;
}

static int free_key(void **state)
{
	(void)state;
	secret_free(&office_key);
	return 0;
}

static void read_base32(const char *text, unsigned char secret[TOTP_SECRET_SIZE])
{
	uint64_t bits = 0;
	size_t n = 0, got = 0;
	for (; *text; text++) {
		bits = bits << 5 | (uint64_t)(*text >= 'A' ? *text - 'A' : *text - '2' + 26);
		got += 5;
		if (got >= 8)
			secret[n++] = (unsigned char)(bits >> (got -= 8));
	}
	assert_int_equal(n, TOTP_SECRET_SIZE);
}

static struct str code_at(const struct holder *h, int64_t step, char code[TOTP_DIGITS + 1])
{
	OK(totp_code(h->secret, step, code, &engine_err));
	return str_c(code);
}

/* One secret in some thousands has the same six digits twice in the steps these tests look at, or the
 * ones they take for a wrong guess: what is refused as the one would be taken as the other. */
static bool is_ambiguous(const struct holder *h)
{
	static const int steps[] = {-1, 0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 98, 99, 100, 101, 102};
	char codes[LEN(steps) + 1][TOTP_DIGITS + 1] = {"000000"};
	for (size_t i = 1; i <= LEN(steps); i++) {
		code_at(h, totp_step(NOW) + steps[i - 1], codes[i]);
		for (size_t k = 0; k < i; k++)
			if (strcmp(codes[i], codes[k]) == 0)
				return true;
	}
	return false;
}

static struct holder begin(struct tx *tx, const char *user_id)
{
	struct holder h = {.o = {.tx = tx, .key = &office_key, .now_us = NOW}};
	char text[TOTP_SECRET_TEXT];
	h.o.user = people_add(tx, user_id, ROLE_OPERATOR, 1);
	do { /* another session is offered another one */
		h.o.session = people_session(tx, h.o.user, NOW, h.token);
		OK(totp_offer(&h.o, text, &engine_err));
		read_base32(text, h.secret);
	} while (is_ambiguous(&h));
	return h;
}

static struct holder enrolled(struct tx *tx, const char *user_id)
{
	char code[TOTP_DIGITS + 1];
	struct holder h = begin(tx, user_id);
	OK(totp_confirm(&h.o, code_at(&h, totp_step(NOW), code), &h.recovery, &engine_err));
	return h;
}

static enum rc check_at(struct holder *h, int64_t now_us, int64_t step)
{
	char code[TOTP_DIGITS + 1];
	h->o.now_us = now_us;
	return totp_check(&h->o, code_at(h, step, code), &engine_err);
}

/* ---- enrolling ---- */

static void check_enrolling(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user user;
	char code[TOTP_DIGITS + 1], again[TOTP_SECRET_TEXT], first[TOTP_SECRET_TEXT];
	unsigned char other[SESSION_TOKEN_SIZE];
	struct holder h = begin(tx, "satu");
	OK(totp_offer(&h.o, first, &engine_err));
	OK(totp_offer(&h.o, again, &engine_err));
	assert_string_equal(first, again); /* a reload shows what was scanned */
	struct str now = code_at(&h, totp_step(NOW), code);
	assert_int_equal(totp_check(&h.o, now, &engine_err), RC_REFUSED); /* only offered yet */
	people_session(tx, h.o.user, NOW, other);
	assert_int_equal(totp_confirm(&h.o, S("000000"), &h.recovery, &engine_err), RC_REFUSED);
	assert_int_equal(principal_stage(people_behind(tx, h.token, NOW)), STAGE_OPEN);
	OK(totp_confirm(&h.o, now, &h.recovery, &engine_err));
	OK(user_get(tx, h.o.user, &user, &engine_err));
	assert_int_equal(user.code_since_us, NOW);
	assert_int_equal(principal_stage(people_behind(tx, h.token, NOW)), STAGE_OPEN); /* it gave its code */
	assert_null(people_behind(tx, other, NOW));
	assert_int_equal(totp_offer(&h.o, again, &engine_err), RC_CONFLICT);
	assert_int_equal(totp_confirm(&h.o, code_at(&h, totp_step(NOW) + 1, code), &h.recovery, &engine_err), RC_CONFLICT);
	tx_rollback(&tx);
}

/* Whoever learned the password early must not know what the owner will enrol with. */
static void check_offers_are_to_one_session(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char mine[TOTP_SECRET_TEXT], theirs[TOTP_SECRET_TEXT], code[TOTP_DIGITS + 1];
	unsigned char token[SESSION_TOKEN_SIZE];
	struct holder h = begin(tx, "satu");
	struct totp_owner stranger = h.o;
	stranger.session = people_session(tx, h.o.user, NOW, token);
	OK(totp_offer(&h.o, mine, &engine_err));
	OK(totp_offer(&stranger, theirs, &engine_err));
	assert_string_not_equal(mine, theirs);
	assert_int_equal(totp_confirm(&h.o, code_at(&h, totp_step(NOW), code), &h.recovery, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_sessions_wait_for_their_code(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	struct holder h = enrolled(tx, "satu");
	int64_t session = people_session(tx, h.o.user, NOW, token);
	assert_int_equal(principal_stage(people_behind(tx, token, NOW)), STAGE_CODE);
	OK(session_code_given(tx, session, &engine_err));
	assert_int_equal(principal_stage(people_behind(tx, token, NOW)), STAGE_OPEN);
	assert_int_equal(session_code_given(tx, session + 99, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_a_required_role_must_enrol(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	const struct principal *who;
	unsigned char tokens[1][SESSION_TOKEN_SIZE];
	struct session_limits strict = limits;
	strict.code_roles = ROLE_BIT(ROLE_OPERATOR);
	people_session(tx, people_add(tx, "satu", ROLE_OPERATOR, 1), NOW, tokens[0]);
	OK(session_principals(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])tokens, 1, &strict, NOW, &who, &engine_err));
	assert_int_equal(principal_stage(who), STAGE_ENROL); /* a session begun before the setting, too */
	people_session(tx, people_add(tx, "dua", ROLE_KEPALA, 1), NOW, tokens[0]);
	OK(session_principals(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])tokens, 1, &strict, NOW, &who, &engine_err));
	assert_int_equal(principal_stage(who), STAGE_OPEN);
	tx_rollback(&tx);
}

/* ---- codes ---- */

static void check_the_window_is_one_step(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct holder h = enrolled(tx, "satu");
	int64_t later = NOW + 100 * STEP_US, step = totp_step(later);
	assert_int_equal(check_at(&h, later, step - 2), RC_REFUSED);
	assert_int_equal(check_at(&h, later, step + 2), RC_REFUSED);
	OK(check_at(&h, later, step - 1));
	OK(check_at(&h, later, step));
	OK(check_at(&h, later, step + 1));
	tx_rollback(&tx);
}

static void check_a_code_works_once(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct holder h = enrolled(tx, "satu");
	int64_t step = totp_step(NOW);
	assert_int_equal(check_at(&h, NOW, step), RC_REFUSED); /* it ended the enrolling */
	OK(check_at(&h, NOW + STEP_US, step + 1));
	assert_int_equal(check_at(&h, NOW + STEP_US, step + 1), RC_REFUSED);
	assert_int_equal(check_at(&h, NOW + STEP_US, step), RC_REFUSED);
	OK(check_at(&h, NOW + STEP_US, step + 2));
	assert_int_equal(check_at(&h, NOW + STEP_US, step + 1), RC_REFUSED); /* older than the last one used */
	tx_rollback(&tx);
}

static void check_a_clock_that_steps_back_reopens_nothing(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct holder h = enrolled(tx, "satu");
	int64_t ahead = NOW + 10 * STEP_US, step = totp_step(ahead);
	OK(check_at(&h, ahead, step));
	assert_int_equal(check_at(&h, ahead - STEP_US, step), RC_REFUSED);
	assert_int_equal(check_at(&h, ahead - 5 * STEP_US, step - 5), RC_REFUSED);
	OK(totp_recover(&h.o, str_c(h.recovery.at[0]), &engine_err)); /* the way out of a clock that was ahead */
	OK(check_at(&h, ahead + STEP_US, step + 1));
	tx_rollback(&tx);
}

static void check_what_is_no_code(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	static const char *const bad[] = {"",         "12345",  "1234567",
	                                  "12345a",   "-12345", "12345678901234567890123456789012345678901",
	                                  "\xef\xbc\x91\xef\xbc\x92", "0x1234", "000 000 000"};
	char code[TOTP_DIGITS + 1], spaced[16];
	struct holder h = enrolled(tx, "satu");
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(totp_check(&h.o, str_c(bad[i]), &engine_err), RC_REFUSED);
		assert_int_equal(totp_recover(&h.o, str_c(bad[i]), &engine_err), RC_REFUSED);
	}
	assert_int_equal(totp_check(&h.o, (struct str){NULL, 0}, &engine_err), RC_REFUSED);
	code_at(&h, totp_step(NOW) + 1, code);
	snprintf(spaced, sizeof spaced, " %.3s %.3s ", code, code + 3);
	OK(totp_check(&h.o, str_c(spaced), &engine_err));
	tx_rollback(&tx);
}

static void check_codes_belong_to_one_user_id(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char code[TOTP_DIGITS + 1];
	struct holder one = enrolled(tx, "satu"), two = enrolled(tx, "dua");
	assert_int_equal(totp_check(&two.o, code_at(&one, totp_step(NOW) + 1, code), &engine_err), RC_REFUSED);
	assert_int_equal(totp_recover(&two.o, str_c(one.recovery.at[3]), &engine_err), RC_REFUSED);
	OK(totp_recover(&one.o, str_c(one.recovery.at[3]), &engine_err));
	tx_rollback(&tx);
}

/* ---- recovery ---- */

static void check_recovery_codes_work_once(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct totp_recovery fresh;
	int64_t left;
	struct holder h = enrolled(tx, "satu");
	for (int i = 0; i < TOTP_RECOVERY_N; i++) {
		OK(totp_recovery_left(tx, h.o.user, &left, &engine_err));
		assert_int_equal(left, TOTP_RECOVERY_N - i);
		OK(totp_recover(&h.o, str_c(h.recovery.at[i]), &engine_err));
		assert_int_equal(totp_recover(&h.o, str_c(h.recovery.at[i]), &engine_err), RC_REFUSED);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(h.recovery.at[i], h.recovery.at[k]);
	}
	OK(totp_renew(&h.o, &h.recovery, &engine_err));
	OK(totp_renew(&h.o, &fresh, &engine_err));
	assert_int_equal(totp_recover(&h.o, str_c(h.recovery.at[0]), &engine_err), RC_REFUSED);
	OK(totp_recover(&h.o, str_c(fresh.at[0]), &engine_err));
	tx_rollback(&tx);
}

static void check_recovery_codes_are_read_kindly(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct holder h = enrolled(tx, "satu");
	char typed[32];
	size_t n = 0;
	for (const char *c = h.recovery.at[0]; *c; c++) { /* lower case, o for 0, l for 1, no dash */
		if (*c == '-')
			continue;
		typed[n++] = (char)(*c == '0' ? 'o' : *c == '1' ? 'l' : *c >= 'A' ? *c - 'A' + 'a' : *c);
		typed[n++] = ' ';
	}
	OK(totp_recover(&h.o, str_from(typed, n), &engine_err));
	tx_rollback(&tx);
}

/* ---- the way back ---- */

static void check_reset_forgets_everything(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char again[TOTP_SECRET_TEXT], before[TOTP_SECRET_TEXT];
	unsigned char token[SESSION_TOKEN_SIZE];
	struct user user;
	int64_t left;
	struct holder h = enrolled(tx, "satu");
	totp_base32(h.secret, before);
	OK(totp_reset(tx, h.o.user, h.o.session, &engine_err));
	assert_non_null(people_behind(tx, h.token, NOW));
	OK(user_get(tx, h.o.user, &user, &engine_err));
	assert_int_equal(user.code_since_us, 0);
	assert_int_equal(check_at(&h, NOW + STEP_US, totp_step(NOW) + 1), RC_REFUSED);
	assert_int_equal(totp_recover(&h.o, str_c(h.recovery.at[0]), &engine_err), RC_REFUSED);
	OK(totp_recovery_left(tx, h.o.user, &left, &engine_err));
	assert_int_equal(left, 0);
	assert_int_equal(totp_reset(tx, h.o.user, 0, &engine_err), RC_ABSENT);
	assert_int_equal(totp_reset(tx, 999, 0, &engine_err), RC_ABSENT);
	OK(totp_offer(&h.o, again, &engine_err));
	assert_string_not_equal(again, before);
	tx_rollback(&tx);
	tx = people_open(engine);
	h = enrolled(tx, "dua");
	people_session(tx, h.o.user, NOW, token);
	OK(totp_reset(tx, h.o.user, 0, &engine_err));
	assert_null(people_behind(tx, h.token, NOW)); /* a lost telephone: everybody out */
	assert_null(people_behind(tx, token, NOW));
	tx_rollback(&tx);
}

/* ---- at rest, and at once ---- */

static bool holds(struct str hay, const void *needle, size_t n)
{
	return memmem(hay.at, hay.n, needle, n) != NULL;
}

static void check_nothing_is_readable_at_rest(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct sql_totp_find row;
	struct secret other = {0};
	struct holder h = enrolled(tx, "satu");
	OK(sql_totp_find(tx, (struct sql_totp_find_in){.user_key = h.o.user}, &row, &engine_err));
	assert_false(holds(row.secret, h.secret, 4));
	OK(secret_new(&other, SEAL_KEY_SIZE, &engine_err));
	memset(other.at, 8, SEAL_KEY_SIZE);
	h.o.key = &other;
	assert_int_equal(check_at(&h, NOW + STEP_US, totp_step(NOW) + 1), RC_BROKEN); /* another key is nobody's guess */
	assert_int_equal(totp_recover(&h.o, str_c(h.recovery.at[0]), &engine_err), RC_REFUSED);
	h.o.key = &office_key;
	struct holder thief = enrolled(tx, "dua"); /* a sealed secret copied into another row does not open */
	OK(sql_totp_put(tx, (struct sql_totp_put_in){.user_key = thief.o.user, .secret = row.secret, .session_id = 1}, NULL,
	                &engine_err));
	assert_int_equal(check_at(&thief, NOW + STEP_US, totp_step(NOW) + 1), RC_BROKEN);
	secret_free(&other);
	tx_rollback(&tx);
}

struct racer {
	struct engine *engine;
	struct holder h;
	bool recovery;
	enum rc rc;
};

static enum rc race_once(struct racer *r, struct tx *tx)
{
	char code[TOTP_DIGITS + 1];
	struct err err = {0};
	r->h.o.tx = tx;
	if (r->recovery)
		return totp_recover(&r->h.o, str_c(r->h.recovery.at[0]), &err);
	if (totp_code(r->h.secret, totp_step(NOW) + 1, code, &err) != RC_OK)
		return RC_BROKEN;
	return totp_check(&r->h.o, str_c(code), &err);
}

static void *race_second(void *arg)
{
	struct racer *r = arg;
	struct err err = {0};
	struct tx *tx = NULL;
	r->rc = tx_begin(r->engine->store, TX_WRITE, &tx, &err);
	if (r->rc == RC_OK)
		r->rc = race_once(r, tx);
	if (tx && tx_commit(&tx, &err) != RC_OK)
		r->rc = RC_BROKEN;
	return NULL;
}

/* The second waits for the first, and then finds the code used. */
static void check_two_at_once(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct holder h = enrolled(tx, "satu");
	OK(tx_commit(&tx, &engine_err));
	for (int recovery = 0; recovery < 2; recovery++) {
		struct racer first = {engine, h, recovery, RC_BROKEN}, second = first;
		pthread_t thread;
		OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
		assert_int_equal(race_once(&first, tx), RC_OK);
		assert_int_equal(pthread_create(&thread, NULL, race_second, &second), 0);
		usleep(150000);
		OK(tx_commit(&tx, &engine_err));
		assert_int_equal(pthread_join(thread, NULL), 0);
		assert_int_equal(second.rc, RC_REFUSED);
	}
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(enrolling)
EACH(offers_are_to_one_session)
EACH(sessions_wait_for_their_code)
EACH(a_required_role_must_enrol)
EACH(the_window_is_one_step)
EACH(a_code_works_once)
EACH(a_clock_that_steps_back_reopens_nothing)
EACH(what_is_no_code)
EACH(codes_belong_to_one_user_id)
EACH(recovery_codes_work_once)
EACH(recovery_codes_are_read_kindly)
EACH(reset_forgets_everything)
EACH(nothing_is_readable_at_rest)
EACH(two_at_once)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(enrolling),
	        cmocka_unit_test(offers_are_to_one_session),
	        cmocka_unit_test(sessions_wait_for_their_code),
	        cmocka_unit_test(a_required_role_must_enrol),
	        cmocka_unit_test(the_window_is_one_step),
	        cmocka_unit_test(a_code_works_once),
	        cmocka_unit_test(a_clock_that_steps_back_reopens_nothing),
	        cmocka_unit_test(what_is_no_code),
	        cmocka_unit_test(codes_belong_to_one_user_id),
	        cmocka_unit_test(recovery_codes_work_once),
	        cmocka_unit_test(recovery_codes_are_read_kindly),
	        cmocka_unit_test(reset_forgets_everything),
	        cmocka_unit_test(nothing_is_readable_at_rest),
	        cmocka_unit_test(two_at_once),
	};
	return cmocka_run_group_tests(tests, make_key, free_key);
}
