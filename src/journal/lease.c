/* SPDX-License-Identifier: EUPL-1.2
 * journal/lease.c - see lease.h. A number is taken by one UPDATE that finds the row as it was
 * looked at, so two who want the same one need no lock: one of them changes no row. */
#include "journal/lease.h"

#include <assert.h>

#include "journal/journal.sql.h"
#include "journal/lease.sql.h"
#include "journal/state.h"
#include "store/store.h"

static struct str holder_str(const unsigned char holder[LEASE_HOLDER])
{
	return str_from((const char *)holder, LEASE_HOLDER);
}

static bool is_his(const struct lease_row *row, const struct lease_who *who)
{
	return row->held && memcmp(row->holder, who->holder, LEASE_HOLDER) == 0;
}

/* ---- looking ---- */

static enum rc row_of(const struct sql_lease_each *from, struct lease_row *ret, struct err *err)
{
	size_t host = from->host.n < LEASE_HOST_MAX ? from->host.n : LEASE_HOST_MAX;
	bool fits = from->log_id >= 0 && from->log_id <= JOURNAL_LOG_MAX && from->fence > 0 && from->silence_s > 0 &&
	            from->silence_s <= INT32_MAX && (from->holder.n == 0 || from->holder.n == LEASE_HOLDER);
	if (!fits)
		return FAIL(err, RC_BROKEN, "Catatan nomor simpul rusak");
	*ret = (struct lease_row){.log_id = (int)from->log_id,
	                          .silence_s = (int)from->silence_s,
	                          .fence = from->fence,
	                          .beat = from->beat,
	                          .held = from->holder.n != 0};
	if (ret->held)
		memcpy(ret->holder, from->holder.at, LEASE_HOLDER);
	if (host)
		memcpy(ret->host, from->host.at, host);
	return RC_OK;
}

enum rc lease_all(struct store *office, struct lease_row ret[LEASES_MAX], size_t *ret_n, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_lease_each_rows rows;
	*ret_n = 0;
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(sql_lease_each(tx, &rows, err));
	for (size_t i = 0; i < rows.n && i < LEASES_MAX; i++, (*ret_n)++)
		TRY(row_of(&rows.at[i], &ret[i], err));
	return RC_OK;
}

/* ---- choosing ---- */

/* Has the holder been silent for as long as he promised not to be? */
static bool is_silent(struct lease_sight *sight, const struct lease_row *row, int64_t steady_us)
{
	bool same = sight->seen && sight->fence == row->fence && sight->beat == row->beat;
	if (same)
		return steady_us - sight->since_us >= row->silence_s * US_PER_S;
	*sight = (struct lease_sight){
	        .seen = true, .moved = sight->seen, .fence = row->fence, .beat = row->beat, .since_us = steady_us};
	return false;
}

static bool is_free(struct lease_bid *bid, const struct lease_row *row, int64_t steady_us)
{
	return !row->held || is_his(row, &bid->who) || is_silent(&bid->sights[row->log_id], row, steady_us);
}

static enum rc choose_wanted(struct lease_bid *bid, const struct lease_row *row, int64_t steady_us, struct err *err)
{
	if (is_free(bid, row, steady_us))
		return RC_OK;
	if (!bid->sights[row->log_id].moved)
		return RC_ABSENT;
	return FAIL(err, RC_LIMIT, "nomor simpul %d dipakai proses lain (%s)", row->log_id, row->host);
}

/* The one he held; else the lowest that nobody holds; else the lowest whose holder is silent. */
static enum rc choose_any(struct lease_bid *bid, const struct lease_row rows[LEASES_MAX], int64_t steady_us, int *ret,
                          struct err *err)
{
	int free = LEASE_ANY, silent = LEASE_ANY, living = 0;
	for (int id = JOURNAL_LOG_MAX; id >= 0; id--) {
		const struct lease_row *row = &rows[id];
		if (!row->held)
			free = id;
		else if (!is_his(row, &bid->who) && is_silent(&bid->sights[id], row, steady_us))
			silent = id;
		living += bid->sights[id].moved;
	}
	for (int id = 0; id <= JOURNAL_LOG_MAX; id++) {
		*ret = id;
		if (is_his(&rows[id], &bid->who))
			return RC_OK;
	}
	*ret = free != LEASE_ANY ? free : silent;
	if (*ret != LEASE_ANY)
		return RC_OK;
	return living < LEASES_MAX ? RC_ABSENT : FAIL(err, RC_LIMIT, "%d nomor simpul semuanya dipakai proses lain", LEASES_MAX);
}

/* ---- taking ---- */

static enum rc take_row(struct tx *tx, const struct lease_who *who, const struct lease_row *row, int64_t *ret_changed,
                        struct err *err)
{
	struct str holder = holder_str(who->holder), host = str_c(who->host);
	if (row->fence == 0) {
		struct sql_lease_insert_in in = {
		        .log_id = row->log_id, .holder = holder, .host = host, .silence_s = who->silence_s};
		return sql_lease_insert(tx, in, ret_changed, err);
	}
	struct sql_lease_update_in in = {.holder = holder,
	                                 .host = host,
	                                 .silence_s = who->silence_s,
	                                 .log_id = row->log_id,
	                                 .fence = row->fence,
	                                 .beat = row->beat};
	return sql_lease_update(tx, in, ret_changed, err);
}

static enum rc take(struct store *office, const struct lease_who *who, const struct lease_row *row, struct lease *ret,
                    struct err *err)
{
	TX_AUTO *tx = NULL;
	int64_t changed;
	struct sql_lease_forget_in others = {.nobody = S(""), .holder = holder_str(who->holder), .log_id = row->log_id};
	TRY(tx_begin(office, TX_WRITE, &tx, err));
	TRY(take_row(tx, who, row, &changed, err));
	if (changed == 0)
		return RC_ABSENT; /* somebody was quicker: look again */
	TRY(sql_lease_forget(tx, others, NULL, err));
	TRY(tx_commit(&tx, err));
	*ret = (struct lease){row->log_id, row->fence + 1};
	return RC_OK;
}

enum rc lease_try(struct store *office, struct lease_bid *bid, int64_t steady_us, struct lease *ret, struct err *err)
{
	struct lease_row found[LEASES_MAX], rows[LEASES_MAX];
	size_t n;
	int id = bid->wanted;
	assert(bid->wanted >= LEASE_ANY && bid->wanted <= JOURNAL_LOG_MAX && bid->who.silence_s > 0);
	TRY(lease_all(office, found, &n, err));
	for (int i = 0; i < LEASES_MAX; i++)
		rows[i] = (struct lease_row){.log_id = i};
	for (size_t i = 0; i < n; i++)
		rows[found[i].log_id] = found[i];
	enum rc rc = id == LEASE_ANY ? choose_any(bid, rows, steady_us, &id, err) : choose_wanted(bid, &rows[id], steady_us, err);
	return rc == RC_OK ? take(office, &bid->who, &rows[id], ret, err) : rc;
}

/* ---- holding and letting go ---- */

enum rc lease_beat(struct journal *journal, struct tx *tx, const struct lease *lease, const struct lease_who *who, struct err *err)
{
	int64_t changed;
	struct sql_lease_beat_in in = {.log_id = lease->log_id, .fence = lease->fence, .holder = holder_str(who->holder)};
	TRY(sql_lease_beat(tx, in, &changed, err));
	return changed ? RC_OK : state_lose(journal, err);
}

enum rc lease_release(struct store *office, const struct lease *lease, const struct lease_who *who, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_lease_release_in in = {
	        .nobody = S(""), .log_id = lease->log_id, .fence = lease->fence, .holder = holder_str(who->holder)};
	TRY(tx_begin(office, TX_WRITE, &tx, err));
	TRY(sql_lease_release(tx, in, NULL, err));
	return tx_commit(&tx, err);
}

enum rc lease_take_away(struct tx *tx, const struct lease_row *row, struct err *err)
{
	int64_t changed;
	struct sql_lease_update_in in = {.holder = S(""),
	                                 .host = str_c(row->host),
	                                 .silence_s = row->silence_s,
	                                 .log_id = row->log_id,
	                                 .fence = row->fence,
	                                 .beat = row->beat};
	struct sql_journal_head_fence_in head = {.fence = row->fence + 1, .log_id = row->log_id};
	TRY(sql_lease_update(tx, in, &changed, err));
	if (changed == 0)
		return FAIL(err, RC_CONFLICT, "nomor simpul %d berubah sementara itu", row->log_id);
	return sql_journal_head_fence(tx, head, NULL, err);
}
