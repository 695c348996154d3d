/* SPDX-License-Identifier: EUPL-1.2
 * identity/totp.c - see totp.h.
 *
 * Two that come at once are told apart by the rows they write: a step is spent by an
 * UPDATE that only moves forward, a recovery code by deleting its row, and enrolling
 * locks the row of the user id first. The second one finds nothing left to change. */
#include "identity/totp.h"

#include <assert.h>
#include <liboath/oath.h>
#include <sodium.h>

#include "identity/session.h"
#include "identity/totp.sql.h"
#include "identity/user.h"
#include "store/store.h"

#define WINDOW 1 /* steps on either side (RFC 6238 5.2) */
#define HASH_SIZE 32
#define RECOVERY_GROUP 5
#define RECOVERY_CHARS (2 * RECOVERY_GROUP) /* 50 bits */
#define CODE_TYPED 40

#define WRONG "Kode tidak benar atau sudah dipakai."

/* ---- pure ---- */

static const char base32_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648 6 */

void totp_base32(const unsigned char secret[TOTP_SECRET_SIZE], char out[TOTP_SECRET_TEXT])
{
	static_assert(TOTP_SECRET_SIZE % 5 == 0 && TOTP_SECRET_SIZE / 5 * 8 + 1 == TOTP_SECRET_TEXT, "no padding");
	for (int i = 0; i < TOTP_SECRET_SIZE / 5; i++) {
		uint64_t bits = 0;
		for (int k = 0; k < 5; k++)
			bits = bits << 8 | secret[i * 5 + k];
		for (int k = 0; k < 8; k++)
			out[i * 8 + k] = base32_letters[bits >> (35 - 5 * k) & 31];
	}
	out[TOTP_SECRET_TEXT - 1] = '\0';
}

void totp_uri(struct str user_id, const char base32[TOTP_SECRET_TEXT], char out[TOTP_URI_SIZE])
{
	int n = snprintf(out, TOTP_URI_SIZE, "otpauth://totp/Padan:%.*s?secret=%s&issuer=Padan", STR_ARG(user_id), base32);
	assert(n > 0 && n < TOTP_URI_SIZE);
}

int64_t totp_step(int64_t now_us)
{
	return now_us / (TOTP_STEP_S * US_PER_S);
}

enum rc totp_code(const unsigned char secret[TOTP_SECRET_SIZE], int64_t step, char out[TOTP_DIGITS + 1], struct err *err)
{
	if (oath_init() != OATH_OK || oath_hotp_generate((const char *)secret, TOTP_SECRET_SIZE, (uint64_t)step, TOTP_DIGITS, false,
	                                                 OATH_HOTP_DYNAMIC_TRUNCATION, out) != OATH_OK)
		return FAIL(err, RC_BROKEN, "kode sekali pakai tidak dapat dihitung");
	return RC_OK;
}

/* ---- the secret at rest ---- */

static struct str place(const struct totp_owner *o)
{
	return arena_printf(tx_arena(o->tx), "totp/%lld", (long long)o->user);
}

static enum rc put_secret(const struct totp_owner *o, const unsigned char secret[TOTP_SECRET_SIZE], struct err *err)
{
	BUF_AUTO sealed = BUF(TOTP_SECRET_SIZE + SEAL_OVERHEAD);
	seal_add(&sealed, o->key, str_from((const char *)secret, TOTP_SECRET_SIZE), place(o));
	if (!buf_ok(&sealed))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return sql_totp_put(
	        o->tx,
	        (struct sql_totp_put_in){.user_key = o->user, .secret = buf_str(&sealed), .session_id = o->session}, NULL, err);
}

/* That it does not open is no guess of anybody: the office is broken. */
static enum rc open_secret(const struct totp_owner *o, struct str sealed, unsigned char secret[TOTP_SECRET_SIZE], struct err *err)
{
	BUF_AUTO plain = BUF(TOTP_SECRET_SIZE);
	if (seal_open(&plain, o->key, sealed, place(o), err) != RC_OK || plain.n != TOTP_SECRET_SIZE)
		return FAIL(err, RC_BROKEN, "rahasia kode sekali pakai tidak dapat dibuka; kunci induk lain?");
	memcpy(secret, plain.at, TOTP_SECRET_SIZE);
	return RC_OK;
}

/* ---- codes ---- */

/* The typed code without its blanks. false: no code at all. */
static bool read_code(struct str typed, char digits[TOTP_DIGITS])
{
	size_t n = 0;
	if (typed.n > CODE_TYPED)
		return false;
	for (size_t i = 0; i < typed.n; i++) {
		if (typed.at[i] == ' ')
			continue;
		if (typed.at[i] < '0' || typed.at[i] > '9' || n == TOTP_DIGITS)
			return false;
		digits[n++] = typed.at[i];
	}
	return n == TOTP_DIGITS;
}

/* Which step of the window has this code; every one is computed, whichever fits. */
static enum rc find_step(const unsigned char secret[TOTP_SECRET_SIZE], struct str typed, int64_t now_us, int64_t *ret,
                         struct err *err)
{
	char digits[TOTP_DIGITS], code[TOTP_DIGITS + 1];
	bool found = false;
	if (!read_code(typed, digits))
		return FAIL(err, RC_REFUSED, WRONG);
	for (int64_t step = totp_step(now_us) - WINDOW; step <= totp_step(now_us) + WINDOW; step++) {
		TRY(totp_code(secret, step, code, err));
		if (!str_eq_secret(str_from(code, TOTP_DIGITS), str_from(digits, TOTP_DIGITS)))
			continue;
		*ret = step;
		found = true;
	}
	secret_wipe(code, sizeof code);
	return found ? RC_OK : FAIL(err, RC_REFUSED, WRONG);
}

/* Compare and use up. */
static enum rc spend(const struct totp_owner *o, struct str sealed, struct str code, struct err *err)
{
	unsigned char secret[TOTP_SECRET_SIZE];
	int64_t step = 0, changed = 0;
	TRY(open_secret(o, sealed, secret, err));
	enum rc rc = find_step(secret, code, o->now_us, &step, err);
	secret_wipe(secret, sizeof secret);
	TRY(rc);
	TRY(sql_totp_spend(o->tx, (struct sql_totp_spend_in){.step = step, .user_key = o->user}, &changed, err));
	return changed == 1 ? RC_OK : FAIL(err, RC_REFUSED, WRONG);
}

enum rc totp_check(const struct totp_owner *o, struct str code, struct err *err)
{
	struct sql_totp_find row;
	enum rc rc = sql_totp_find(o->tx, (struct sql_totp_find_in){.user_key = o->user}, &row, err);
	if (rc == RC_ABSENT || (rc == RC_OK && row.code_since_us == 0))
		return FAIL(err, RC_REFUSED, WRONG);
	TRY(rc);
	return spend(o, row.secret, code, err);
}

/* ---- recovery codes ---- */

static const char recovery_letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford */

static void recovery_make(char out[TOTP_RECOVERY_TEXT])
{
	for (int i = 0; i < TOTP_RECOVERY_TEXT - 1; i++)
		out[i] = i == RECOVERY_GROUP ? '-' : recovery_letters[randombytes_uniform(32)];
	out[TOTP_RECOVERY_TEXT - 1] = '\0';
}

/* The letter that stands for what was typed; 0: none does. */
static char recovery_letter(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c && strchr(recovery_letters, c) ? c : 0;
}

static bool read_recovery(struct str typed, char flat[RECOVERY_CHARS])
{
	size_t n = 0;
	if (typed.n > CODE_TYPED)
		return false;
	for (size_t i = 0; i < typed.n; i++) {
		if (typed.at[i] == ' ' || typed.at[i] == '-')
			continue;
		char c = recovery_letter(typed.at[i]);
		if (!c || n == RECOVERY_CHARS)
			return false;
		flat[n++] = c;
	}
	return n == RECOVERY_CHARS;
}

/* Bound to the user id, and apart from everything else the office key is used for. */
static void recovery_hash(const struct totp_owner *o, const char flat[RECOVERY_CHARS], unsigned char hash[HASH_SIZE])
{
	static const unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = "padan recovery";
	unsigned char text[8 + RECOVERY_CHARS];
	assert(o->key->n >= crypto_generichash_blake2b_KEYBYTES_MIN && o->key->n <= crypto_generichash_blake2b_KEYBYTES_MAX);
	memcpy(text, &o->user, 8);
	memcpy(text + 8, flat, RECOVERY_CHARS);
	crypto_generichash_blake2b_salt_personal(hash, HASH_SIZE, text, sizeof text, o->key->at, o->key->n, NULL, personal);
	secret_wipe(text, sizeof text);
}

enum rc totp_recover(const struct totp_owner *o, struct str code, struct err *err)
{
	char flat[RECOVERY_CHARS];
	unsigned char hash[HASH_SIZE];
	int64_t changed = 0;
	if (!read_recovery(code, flat))
		return FAIL(err, RC_REFUSED, WRONG);
	recovery_hash(o, flat, hash);
	secret_wipe(flat, sizeof flat);
	struct sql_recovery_use_in in = {str_from((const char *)hash, sizeof hash)};
	TRY(sql_recovery_use(o->tx, in, &changed, err));
	return changed == 1 ? RC_OK : FAIL(err, RC_REFUSED, WRONG);
}

enum rc totp_renew(const struct totp_owner *o, struct totp_recovery *ret, struct err *err)
{
	unsigned char hashes[TOTP_RECOVERY_N][HASH_SIZE];
	struct sql_recovery_insert_in in[TOTP_RECOVERY_N];
	char flat[RECOVERY_CHARS];
	TRY(sql_recovery_forget(o->tx, (struct sql_recovery_forget_in){.user_key = o->user}, NULL, err));
	for (int i = 0; i < TOTP_RECOVERY_N; i++) {
		recovery_make(ret->at[i]);
		bool whole = read_recovery(str_c(ret->at[i]), flat);
		assert(whole);
		recovery_hash(o, flat, hashes[i]);
		in[i] = (struct sql_recovery_insert_in){str_from((const char *)hashes[i], HASH_SIZE), o->user};
	}
	secret_wipe(flat, sizeof flat);
	return sql_recovery_insert(o->tx, in, TOTP_RECOVERY_N, err);
}

enum rc totp_recovery_left(struct tx *tx, int64_t user, int64_t *ret, struct err *err)
{
	struct sql_recovery_left row;
	TRY(sql_recovery_left(tx, (struct sql_recovery_left_in){.user_key = user}, &row, err));
	*ret = row.n;
	return RC_OK;
}

/* ---- enrolling, and the way back ---- */

/* The user id's row, locked. */
static enum rc lock(struct tx *tx, int64_t user, bool *ret_enrolled, struct err *err)
{
	struct sql_totp_lock row;
	enum rc rc = sql_totp_lock(tx, (struct sql_totp_lock_in){.user_key = user}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "user ID tidak ada");
	TRY(rc);
	*ret_enrolled = row.code_since_us != 0;
	return RC_OK;
}

static enum rc lock_unenrolled(const struct totp_owner *o, struct err *err)
{
	bool enrolled;
	TRY(lock(o->tx, o->user, &enrolled, err));
	return enrolled ? FAIL(err, RC_CONFLICT, "Kode sekali pakai sudah aktif untuk User ID ini.") : RC_OK;
}

enum rc totp_offer(const struct totp_owner *o, char ret[TOTP_SECRET_TEXT], struct err *err)
{
	struct sql_totp_find row;
	unsigned char secret[TOTP_SECRET_SIZE];
	TRY(lock_unenrolled(o, err));
	enum rc rc = sql_totp_find(o->tx, (struct sql_totp_find_in){.user_key = o->user}, &row, err);
	if (rc == RC_OK && row.session_id == o->session) {
		TRY(open_secret(o, row.secret, secret, err));
	} else if (rc == RC_OK || rc == RC_ABSENT) {
		secret_random(secret, sizeof secret);
		TRY(put_secret(o, secret, err));
	} else {
		return rc;
	}
	totp_base32(secret, ret);
	secret_wipe(secret, sizeof secret);
	return RC_OK;
}

enum rc totp_confirm(const struct totp_owner *o, struct str code, struct totp_recovery *ret, struct err *err)
{
	struct sql_totp_find row;
	TRY(lock_unenrolled(o, err));
	enum rc rc = sql_totp_find(o->tx, (struct sql_totp_find_in){.user_key = o->user}, &row, err);
	if (rc == RC_ABSENT || (rc == RC_OK && row.session_id != o->session))
		return FAIL(err, RC_ABSENT, "Pendaftaran dimulai di tempat lain. Pindai kode QR di bawah ini.");
	TRY(rc);
	TRY(spend(o, row.secret, code, err));
	TRY(sql_totp_set_since(o->tx, (struct sql_totp_set_since_in){.now_us = o->now_us, .user_key = o->user}, NULL, err));
	TRY(totp_renew(o, ret, err));
	TRY(session_code_given(o->tx, o->session, err));
	return session_end_all(o->tx, o->user, o->session, err);
}

enum rc totp_reset(struct tx *tx, int64_t user, int64_t keep_session, struct err *err)
{
	bool enrolled;
	TRY(lock(tx, user, &enrolled, err));
	if (!enrolled)
		return FAIL(err, RC_ABSENT, "kode sekali pakai tidak aktif untuk user ID ini");
	TRY(sql_totp_set_since(tx, (struct sql_totp_set_since_in){.now_us = 0, .user_key = user}, NULL, err));
	TRY(sql_totp_forget(tx, (struct sql_totp_forget_in){.user_key = user}, NULL, err));
	TRY(sql_recovery_forget(tx, (struct sql_recovery_forget_in){.user_key = user}, NULL, err));
	return session_end_all(tx, user, keep_session, err);
}
