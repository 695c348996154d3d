/* SPDX-License-Identifier: EUPL-1.2
 * gate/code.c - see code.h. Every way in is the same five steps: must it wait, does the
 * password match, is the code right, what follows from it, count and journal. */
#include "gate/code.h"

#include "gate/call.h"
#include "gate/device.h"
#include "gate/own_password.h"
#include "gate/throttle.h"
#include "identity/user.h"

/* One code on its way. */
struct code_try {
	struct visit *v;
	const char *about; /* for the journal */
	struct totp_owner owner;
	struct throttle_bucket bucket;
};

struct str code_page(enum stage stage)
{
	switch (stage) {
	case STAGE_OPEN: return (struct str){NULL, 0};
	case STAGE_CODE: return S(GATE_CODE);
	case STAGE_ENROL: return S(GATE_ENROL);
	}
	return S(GATE_CODE);
}

bool code_is_required(const struct visit *v)
{
	return v->gate->limits.code_roles & ROLE_BIT(principal_role(v->who));
}

static struct totp_owner owner_of(const struct visit *v)
{
	return (struct totp_owner){.tx = v->tx,
	                           .key = visit_office_key(v),
	                           .user = principal_user(v->who),
	                           .session = principal_session(v->who),
	                           .now_us = v->now_us};
}

/* A device cookie of half a sign-in is never handed out, so one that is ours was here
 * with a code before. */
static struct throttle_bucket bucket_of(struct visit *v)
{
	struct str key = secret_str(&v->gate->conf.key), device = http_cookie(v->rq, COOKIE_DEVICE);
	bool known = device_is_of(key, principal_user(v->who), device);
	struct str whose = known ? arena_printf(v->arena, "kode %.*s", STR_ARG(device)) : S("kode");
	return throttle_bucket(key, principal_user_id(v->who), http_peer(v->rq), whose);
}

/* RC_REFUSED: it came during the wait, and is not looked at. */
static enum rc try_begin(struct code_try *t, struct visit *v, const char *about, struct err *err)
{
	int64_t wait_s;
	*t = (struct code_try){.v = v, .about = about, .owner = owner_of(v), .bucket = bucket_of(v)};
	TRY(throttle_wait(v->tx, &t->bucket, v->now_us, &wait_s, err));
	if (wait_s > 0)
		return FAIL(err, RC_REFUSED, "Terlalu banyak percobaan. Coba lagi dalam %lld detik.", (long long)wait_s);
	return RC_OK;
}

static enum rc try_journal(const struct code_try *t, bool good, struct err *err)
{
	struct entry entry = {.act = ACT_CODE,
	                      .outcome = good ? "ok" : "refused",
	                      .ground = good ? NULL : "credential",
	                      .about = str_c(t->about)};
	return visit_journal(t->v, entry, NULL, err);
}

/* Counts and journals what `rc` says, and passes it on with its words. */
static enum rc try_end(const struct code_try *t, enum rc rc, struct err *err)
{
	if (rc == RC_OK) {
		TRY(throttle_passed(t->v->tx, &t->bucket, err));
		return try_journal(t, true, err);
	}
	if (rc != RC_REFUSED)
		return rc;
	struct err other = {0};
	enum rc counted = throttle_failed(t->v->tx, &t->bucket, t->v->now_us, &other);
	if (counted == RC_OK)
		counted = try_journal(t, false, &other);
	if (counted == RC_OK)
		return RC_REFUSED;
	if (err)
		*err = other;
	return counted;
}

/* ---- the second half of signing in ---- */

/* From here on he has been seen, and his browser is known. */
static enum rc come_in(struct visit *v, struct err *err)
{
	TRY(user_seen(v->tx, principal_user(v->who), v->now_us, err));
	device_remember(v, principal_user(v->who));
	return RC_OK;
}

static enum rc sign_in(struct code_try *t, enum rc rc, struct err *err)
{
	if (rc == RC_OK)
		rc = session_code_given(t->v->tx, t->owner.session, err);
	if (rc == RC_OK)
		rc = come_in(t->v, err);
	return try_end(t, rc, err);
}

enum rc code_sign_in(struct visit *v, struct str code, struct err *err)
{
	struct code_try t;
	TRY(try_begin(&t, v, "totp", err));
	return sign_in(&t, totp_check(&t.owner, code, err), err);
}

enum rc code_sign_in_recovery(struct visit *v, struct str code, struct err *err)
{
	struct code_try t;
	TRY(try_begin(&t, v, "recovery", err));
	return sign_in(&t, totp_recover(&t.owner, code, err), err);
}

/* ---- from inside ---- */

enum rc code_slow(struct visit *v, struct str password, struct err *err)
{
	struct own_password *own = ARENA_NEW(v->arena, struct own_password);
	if (!own)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = own;
	return password.n ? own_password_slow(v, password, own, err) : RC_OK; /* absent: the finish refuses */
}

static enum rc check_password(struct visit *v, struct err *err)
{
	const struct own_password *own = v->own;
	if (own->user)
		TRY(own_password_still(v, own, err));
	return own->matches ? RC_OK : FAIL(err, RC_REFUSED, "Kata sandi tidak benar.");
}

enum rc code_offer(struct visit *v, struct str *ret_base32, struct err *err)
{
	char text[TOTP_SECRET_TEXT];
	struct totp_owner owner = owner_of(v);
	TRY(totp_offer(&owner, text, err));
	*ret_base32 = arena_str(v->arena, str_c(text));
	secret_wipe(text, sizeof text);
	return ret_base32->at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* A form sent twice: no failure of anybody, and nothing to count. */
static enum rc check_not_enrolled(struct visit *v, struct err *err)
{
	struct user user;
	TRY(user_get(v->tx, principal_user(v->who), &user, err));
	return user.code_since_us == 0 ? RC_OK : FAIL(err, RC_CONFLICT, "Kode sekali pakai sudah aktif untuk User ID ini.");
}

enum rc code_enrol(struct visit *v, struct str code, struct totp_recovery *ret, struct err *err)
{
	struct code_try t;
	TRY(check_not_enrolled(v, err));
	bool open = principal_stage(v->who) == STAGE_OPEN;
	TRY(try_begin(&t, v, "enrol", err));
	enum rc rc = open ? check_password(v, err) : RC_OK;
	if (rc == RC_OK)
		rc = totp_confirm(&t.owner, code, ret, err);
	if (rc == RC_OK)
		rc = come_in(v, err);
	return try_end(&t, rc, err);
}

enum rc code_off(struct visit *v, struct str code, struct err *err)
{
	struct code_try t;
	if (code_is_required(v))
		return FAIL(err, RC_REFUSED, "Peran Anda wajib memakai kode sekali pakai.");
	TRY(try_begin(&t, v, "off", err));
	enum rc rc = check_password(v, err);
	if (rc == RC_OK)
		rc = totp_check(&t.owner, code, err);
	if (rc == RC_OK)
		rc = totp_reset(v->tx, t.owner.user, t.owner.session, err);
	return try_end(&t, rc, err);
}

enum rc code_renew(struct visit *v, struct str code, struct totp_recovery *ret, struct err *err)
{
	struct code_try t;
	TRY(try_begin(&t, v, "recovery codes", err));
	enum rc rc = check_password(v, err);
	if (rc == RC_OK)
		rc = totp_check(&t.owner, code, err);
	if (rc == RC_OK)
		rc = totp_renew(&t.owner, ret, err);
	return try_end(&t, rc, err);
}
