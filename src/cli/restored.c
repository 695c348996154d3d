/* SPDX-License-Identifier: EUPL-1.2
 * cli/restored.c - see restored.h. */
#include "cli/restored.h"

#include "identity/access.h"
#include "identity/session.h"
#include "journal/pin.h"
#include "policy/policy.h"
#include "policy/quota.h"

/* What is left of a method's quota today counts as used. */
static enum rc spend_method(struct tx *tx, const struct standing *standing, enum method method, int64_t now_us, int64_t *ret,
                            struct err *err)
{
	int64_t limit = policy_quota_limit(standing, method), spent;
	struct quota_use use;
	if (!standing->terms->methods[method].granted || limit <= 0)
		return RC_OK;
	TRY(quota_charge(tx, standing->instansi_id, method, limit, limit, now_us, &spent, &use, err));
	*ret += spent;
	return RC_OK;
}

static enum rc spend_today(struct app *app, struct tx *tx, int64_t now_us, int64_t *ret, struct err *err)
{
	struct instansi_row *rows;
	size_t n;
	TRY(instansi_list(tx, &rows, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct standing standing;
		TRY(agreement_standing(app->agreement, tx, rows[i].instansi_id, now_us, &standing, err));
		for (enum method method = 0; standing.terms && method < METHOD_COUNT; method++)
			TRY(spend_method(tx, &standing, method, now_us, ret, err));
	}
	return RC_OK;
}

/* A log proves itself by its own key, and who made that nobody knows. This office's own are wrapped with its
 * master key, each of them: a log that cannot be signed with it came from elsewhere. */
static enum rc check_keys(struct app *app, struct tx *tx, int64_t now_us, struct err *err)
{
	struct pin pins[PINS_MAX];
	size_t n;
	return pin_all(app->journal, tx, now_us, pins, &n, err);
}

enum rc restored_record(struct app *app, struct restored *restored, struct err *err)
{
	TX_AUTO *tx = NULL;
	int64_t now_us = clock_now_us();
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	TRY(check_keys(app, tx, now_us, err));
	TRY(session_end_every(tx, &restored->sessions, err));
	TRY(access_end_every(tx, &restored->tokens, err));
	if (!restored->keep_quota)
		TRY(spend_today(app, tx, now_us, &restored->spent, err));
	struct str of = restored->made_us ? arena_printf(tx_arena(tx), " of %s", clock_rfc3339(restored->made_us).z) : S("");
	struct str about = arena_printf(
	        tx_arena(tx), "restore%.*s; entries missing: %lld; sessions ended: %lld; quota of today: %s", STR_ARG(of),
	        (long long)restored->missing, (long long)restored->sessions, restored->keep_quota ? "kept" : "spent");
	TRY(app_journal(app, tx, (struct entry){.act = ACT_RESTORE, .about = about}, err));
	return tx_commit(&tx, err);
}
