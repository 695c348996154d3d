/* SPDX-License-Identifier: EUPL-1.2
 * feedback/outbox_seen.c - what people see of the outbox, and putting what was refused
 * back into it; see outbox.h. */
#include "feedback/feedback_inside.h"
#include "feedback/outbox.h"
#include "feedback/outbox.sql.h"
#include "store/store.h"

static const struct outbox_state_row states[] = {
	{OUTBOX_WAITING, "waiting", "Menunggu"},
	{OUTBOX_OVER, "delivered", "Terkirim"},
	{OUTBOX_TURNED_AWAY, "refused", "Ditolak"},
};

const struct outbox_state_row *outbox_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

enum rc outbox_state_from_key(struct str key, enum outbox_state *ret)
{
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(key, str_c(states[i].key))) {
			*ret = states[i].state;
			return RC_OK;
		}
	return RC_INVALID;
}

enum rc outbox_count(struct tx *tx, struct outbox_count *ret, struct err *err)
{
	struct sql_outbox_count row;
	TRY(sql_outbox_count(tx, &row, err));
	*ret = (struct outbox_count){row.waiting, row.delivered, row.refused, row.oldest_us};
	return RC_OK;
}

enum rc outbox_lanes(struct tx *tx, struct outbox_lane_seen **ret, size_t *ret_n, struct err *err)
{
	struct sql_outbox_lane_all_rows rows;
	TRY(sql_outbox_lane_all(tx, &rows, err));
	struct outbox_lane_seen *list = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct outbox_lane_seen);
	if (!list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_outbox_lane_all *row = &rows.at[i];
		list[i] = (struct outbox_lane_seen){
		        .instansi_id = row->instansi_id, .waiting = row->waiting_n, .refused = row->refused_n,
		        .delivered = row->sent_n, .oldest_us = row->oldest_us, .sent_us = row->sent_us,
		        .in_hand = !row->node_null, .next_us = row->next_us, .fails = row->fails,
		        .since_us = row->since_us, .trouble = row->trouble, .status = (int)row->status};
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

static enum rc seen_of_row(const struct feedback *feedback, const struct sql_outbox_page *row, struct outbox_seen *ret,
                           struct err *err)
{
	*ret = (struct outbox_seen){.entry_id = row->entry_id, .instansi_id = row->instansi_id, .tries = row->tries,
	                            .told_us = row->told_us, .put_us = row->put_us, .over_us = row->over_us,
	                            .next_us = row->next_us, .in_hand = !row->node_null, .reason = row->reason};
	if (keterangan_from_key(row->word, &ret->keterangan) != RC_OK || house_from_key(row->house, &ret->house) != RC_OK)
		return FAIL(err, RC_BROKEN, "kata pada data balikan di basis data tidak dikenal");
	return person_unseal(feedback, row->nik_hash, row->nik_sealed, &ret->nik, err);
}

enum rc outbox_page(const struct feedback *feedback, struct tx *tx, const struct outbox_ask *ask, struct outbox_list *ret,
                    struct err *err)
{
	struct sql_outbox_page_rows rows;
	struct sql_outbox_page_count count;
	struct str state = str_c(states[ask->state].key);
	if (ask->skip < 0 || ask->most < 1 || ask->most > OUTBOX_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	struct sql_outbox_page_in in = {.state = state, .instansi_id = ask->instansi_id, .most = ask->most, .skip = ask->skip};
	TRY(sql_outbox_page(tx, in, &rows, err));
	TRY(sql_outbox_page_count(tx, (struct sql_outbox_page_count_in){state, ask->instansi_id}, &count, err));
	*ret = (struct outbox_list){ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct outbox_seen), rows.n, count.n};
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		TRY(seen_of_row(feedback, &rows.at[i], &ret->at[i], err));
	return RC_OK;
}

enum rc outbox_retry(struct tx *tx, int64_t instansi_id, int64_t now_us, int64_t *ret, struct err *err)
{
	TRY(sql_outbox_retry(tx, (struct sql_outbox_retry_in){instansi_id}, ret, err));
	return sql_outbox_lane_wake(tx, (struct sql_outbox_lane_wake_in){.now_us = now_us}, NULL, err);
}
