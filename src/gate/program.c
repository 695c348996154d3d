/* SPDX-License-Identifier: EUPL-1.2
 * gate/program.c - see program.h. */
#include "gate/program.h"

#include "gate/stranger.h"
#include "identity/credential.h"
#include "identity/user.h"
#include "store/store.h"

/* ---- the instansi of the path ---- */

static enum rc find_instansi(struct tx *tx, struct str code, int64_t *ret, struct err *err)
{
	struct err absent = {0};
	enum rc rc = instansi_find(tx, code, ret, &absent);
	if (rc == RC_OK)
		return RC_OK;
	*ret = -1;
	if (rc == RC_ABSENT || rc == RC_INVALID)
		return RC_OK;
	*err = absent;
	return rc;
}

/* Each code of the tray once: they are few. */
static enum rc resolve_paths(struct tx *tx, struct call **calls, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct inquiry *mine = &calls[i]->inquiry;
		size_t same = 0;
		if (!mine->path_code.at)
			continue;
		while (same < i && !str_ieq(calls[same]->inquiry.path_code, mine->path_code))
			same++;
		if (same < i)
			mine->path_instansi = calls[same]->inquiry.path_instansi;
		else
			TRY(find_instansi(tx, mine->path_code, &mine->path_instansi, err));
	}
	return RC_OK;
}

/* ---- who ---- */

static enum rc find_principals(struct tx *tx, struct call **calls, size_t n, int64_t now_us, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	const struct gate_conf *conf = &calls[0]->v.gate->conf;
	struct credential_ask *asks = ARENA_ARRAY(arena, n, struct credential_ask);
	const struct principal **found = ARENA_ARRAY(arena, n, const struct principal *);
	struct call **whose = ARENA_ARRAY(arena, n, struct call *);
	size_t count = 0;
	if (!asks || !found || !whose)
		return FAIL(err, RC_BROKEN, "memori nampan tidak cukup");
	for (size_t i = 0; i < n; i++) {
		const struct inquiry *q = &calls[i]->inquiry;
		calls[i]->v.who = NULL;
		if (q->user_id.n == 0 || q->secret.n == 0)
			continue;
		asks[count] = (struct credential_ask){q->user_id, q->secret, http_certificate(calls[i]->v.rq)};
		whose[count++] = calls[i];
	}
	TRY(credential_principals(tx, secret_str(&conf->credential_key), asks, count, conf->dormant_days, now_us, found, err));
	for (size_t i = 0; i < count; i++)
		whose[i]->v.who = found[i] && !principal_is_balikan(found[i]) ? found[i] : NULL;
	return RC_OK;
}

/* ---- strangers ---- */

/* By address alone: a count of its own for each user id would tell, by what a reply costs, which there are. */
static enum rc count_stranger(struct call *call, struct err *err)
{
	int64_t wait_s;
	TRY(stranger_count(&call->v, S("\nlayanan"), &wait_s, err));
	if (wait_s == 0)
		return RC_OK;
	call->inquiry.against |= GROUND_BIT(GROUND_THROTTLED);
	call->inquiry.untold = true;
	return RC_OK;
}

enum rc program_enter(struct tx *tx, struct call **calls, size_t n, int64_t now_us, struct err *err)
{
	if (n == 0)
		return RC_OK;
	TRY(resolve_paths(tx, calls, n, err));
	TRY(find_principals(tx, calls, n, now_us, err));
	for (size_t i = 0; i < n; i++)
		if (!calls[i]->v.who && !calls[i]->outing) /* who comes back was no stranger */
			TRY(count_stranger(calls[i], err));
	return RC_OK;
}
