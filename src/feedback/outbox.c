/* SPDX-License-Identifier: EUPL-1.2
 * feedback/outbox.c - see outbox.h; what people see of it is in outbox_seen.c.
 *
 * How one that is refused is found when nobody says which: half as many go in the next
 * request, down to one alone, which then is it; every request that is taken doubles them
 * again. */
#include "feedback/outbox.h"

#include <assert.h>

#include "agreement/kejadian.h"
#include "feedback/feedback_inside.h"
#include "feedback/outbox.sql.h"
#include "store/store.h"

#define PARAM_MAX 2048
#define LONG_NUMBER 5 /* digits in a row that are taken out of what the other side says */

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- putting ---- */

/* The kejadian with its place and date: two floods of one agency are two things to
 * whoever reads this, and to whoever looks for duplicates (DOMAIN 4.2). */
static void write_kejadian(struct buf *out, const struct kejadian *kejadian)
{
	BUF_AUTO words = BUF(PARAM_MAX);
	buf_add(&words, kejadian->name);
	buf_addz(&words, ", ");
	buf_add(&words, kejadian->place);
	buf_addf(&words, ", %s", day_iso(kejadian->on).z);
	buf_add_json(out, buf_str(&words));
	out->broken = out->broken || !buf_ok(&words);
}

/* `change` tells apart what would be the same to the byte: somebody missing, found and
 * missing again on one day. 0: it need not. */
static struct str write_param(struct arena *arena, const struct outbox_new *entry, const struct kejadian *kejadian, int64_t change)
{
	BUF_AUTO out = BUF(PARAM_MAX);
	buf_addz(&out, "{\"KETERANGAN_KORBAN\":");
	buf_add_json(&out, str_c(keterangan_at(entry->keterangan)->label));
	buf_addz(&out, ",\"JENIS_BENCANA\":");
	buf_add_json(&out, kejadian->jenis);
	buf_addz(&out, ",\"KEJADIAN\":");
	write_kejadian(&out, kejadian);
	buf_addf(&out, ",\"TANGGAL\":\"%s\"", day_iso(entry->on).z);
	if (entry->house != HOUSE_NONE) {
		buf_addz(&out, ",\"KERUSAKAN_RUMAH\":");
		buf_add_json(&out, str_c(house_at(entry->house)->label));
	}
	if (change)
		buf_addf(&out, ",\"PERUBAHAN_KE\":\"%lld\"", (long long)change);
	buf_addc(&out, '}');
	return buf_ok(&out) ? arena_str(arena, buf_str(&out)) : (struct str){NULL, 0};
}

static enum rc find_kejadian(struct tx *tx, const struct outbox_new *entries, size_t n, struct kejadian **ret, struct err *err)
{
	struct kejadian_key *keys = ARENA_ARRAY(tx_arena(tx), n, struct kejadian_key);
	struct kejadian *list = ARENA_ARRAY(tx_arena(tx), n, struct kejadian);
	bool *found = ARENA_ARRAY(tx_arena(tx), n, bool);
	struct kejadian **of = ARENA_ARRAY(tx_arena(tx), n, struct kejadian *);
	size_t m = 0;
	if (!keys || !list || !found || !of)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) /* neighbours share theirs: thousands of a list are one question */
		if (i == 0 || entries[i].kejadian_id != entries[i - 1].kejadian_id)
			keys[m++] = (struct kejadian_key){entries[i].instansi_id, entries[i].kejadian_id};
	TRY(kejadian_find(tx, keys, m, list, found, err));
	for (size_t i = 0; i < m; i++)
		if (!found[i])
			return FAIL(err, RC_BROKEN, "kejadian data balikan tidak ada");
	*ret = list;
	return RC_OK;
}

/* `live`: the rows are the last of their persons, whatever the clocks say. */
static enum rc write_params(struct tx *tx, const struct outbox_new *entries, size_t n, bool live, struct sql_outbox_insert_in *in,
                            struct err *err)
{
	struct kejadian *kejadian = NULL;
	struct sql_outbox_before_in *asks = ARENA_ARRAY(tx_arena(tx), n, struct sql_outbox_before_in);
	struct sql_outbox_before *before = ARENA_ARRAY(tx_arena(tx), n, struct sql_outbox_before);
	bool *found = ARENA_ARRAY(tx_arena(tx), n, bool);
	if (!asks || !before || !found)
		return no_memory(err);
	TRY(find_kejadian(tx, entries, n, &kejadian, err));
	for (size_t i = 0, of = 0; i < n; i++) {
		of += i > 0 && entries[i].kejadian_id != entries[i - 1].kejadian_id;
		in[i].param = write_param(tx_arena(tx), &entries[i], &kejadian[of], 0);
		if (!in[i].param.at)
			return no_memory(err);
		asks[i] = (struct sql_outbox_before_in){in[i].param, entries[i].person_id, live ? INT64_MAX : entries[i].told_us};
	}
	TRY(sql_outbox_before(tx, asks, n, before, found, err));
	for (size_t i = 0, of = 0; i < n; i++) {
		of += i > 0 && entries[i].kejadian_id != entries[i - 1].kejadian_id;
		in[i].order_us = entries[i].told_us > before[i].last_us ? entries[i].told_us : before[i].last_us + 1;
		if (before[i].same_us == 0 || before[i].same_us == before[i].last_us)
			continue; /* new, or nothing has changed for the other side */
		in[i].param = write_param(tx_arena(tx), &entries[i], &kejadian[of], before[i].n + 1);
		if (!in[i].param.at)
			return no_memory(err);
	}
	return RC_OK;
}

static enum rc make_lanes(struct tx *tx, const struct outbox_new *entries, size_t n, int64_t now_us, struct err *err)
{
	struct sql_outbox_lane_make_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_outbox_lane_make_in);
	size_t m = 0;
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || entries[i].instansi_id != entries[i - 1].instansi_id)
			in[m++] = (struct sql_outbox_lane_make_in){
			        .instansi_id = entries[i].instansi_id, .now_us = now_us, .most = OUTBOX_BATCH_MAX};
	return sql_outbox_lane_make(tx, in, m, err);
}

static enum rc put(struct tx *tx, const struct outbox_new *entries, size_t n, bool live, int64_t now_us, struct err *err)
{
	if (n == 0)
		return RC_OK;
	struct sql_outbox_insert_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_outbox_insert_in);
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_outbox_insert_in){.entry_id = entries[i].entry_id,
		                                      .person_id = entries[i].person_id,
		                                      .instansi_id = entries[i].instansi_id,
		                                      .now_us = now_us};
	TRY(write_params(tx, entries, n, live, in, err));
	TRY(sql_outbox_insert(tx, in, n, err));
	return make_lanes(tx, entries, n, now_us, err);
}

enum rc outbox_put(struct tx *tx, const struct outbox_new *entries, size_t n, int64_t now_us, struct err *err)
{
	return put(tx, entries, n, true, now_us, err);
}

enum rc outbox_withdraw(struct tx *tx, const int64_t *person_ids, size_t n, struct err *err)
{
	if (n == 0)
		return RC_OK;
	struct sql_outbox_withdraw_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_outbox_withdraw_in);
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_outbox_withdraw_in){person_ids[i]};
	return sql_outbox_withdraw(tx, in, n, err);
}

/* The one person among several of one page must be met one after the other: each looks at
 * what was put before it. */
static enum rc put_in_runs(struct tx *tx, const struct outbox_new *entries, size_t n, int64_t now_us, struct err *err)
{
	size_t from = 0;
	for (size_t i = 1; i <= n; i++) {
		bool met = false;
		for (size_t k = from; i < n && k < i && !met; k++)
			met = entries[k].person_id == entries[i].person_id;
		if (i < n && !met)
			continue;
		TRY(put(tx, entries + from, i - from, false, now_us, err));
		from = i;
	}
	return RC_OK;
}

enum rc outbox_put_missing(struct tx *tx, int64_t *after, int64_t now_us, size_t *ret_n, struct err *err)
{
	struct sql_outbox_missing_rows rows;
	TRY(sql_outbox_missing(tx, (struct sql_outbox_missing_in){*after}, &rows, err));
	struct outbox_new *entries = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct outbox_new);
	if (!entries)
		return no_memory(err);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_outbox_missing *row = &rows.at[i];
		entries[i] = (struct outbox_new){.entry_id = row->entry_id, .person_id = row->person_id,
		                                 .instansi_id = row->instansi_id, .kejadian_id = row->kejadian_id,
		                                 .on = {(int32_t)row->on_day}, .told_us = row->told_us};
		if (keterangan_from_key(row->word, &entries[i].keterangan) != RC_OK ||
		    house_from_key(row->house, &entries[i].house) != RC_OK)
			return FAIL(err, RC_BROKEN, "kata pada data balikan di basis data tidak dikenal");
	}
	if (rows.n)
		*after = entries[rows.n - 1].entry_id;
	*ret_n = rows.n;
	return put_in_runs(tx, entries, rows.n, now_us, err);
}

/* ---- claiming ---- */

enum rc outbox_next(struct tx *tx, int64_t now_us, struct outbox_lane *ret, struct err *err)
{
	struct sql_outbox_lane_next row;
	struct sql_outbox_lane_next_in in = {.now_us = now_us, .far_us = now_us + OUTBOX_ASKED_MOST_US};
	enum rc rc = sql_outbox_lane_next(tx, in, &row, err);
	if (rc == RC_OK)
		*ret = (struct outbox_lane){row.instansi_id, row.turn + 1, row.most};
	return rc;
}

enum rc outbox_claim(struct tx *tx, int64_t node, const struct outbox_lane *lane, int64_t now_us, struct err *err)
{
	int64_t changed;
	struct sql_outbox_lane_claim_in in = {.node = node, .until_us = now_us + OUTBOX_LEASE_US,
	                                      .instansi_id = lane->instansi_id, .turn = lane->turn - 1};
	TRY(sql_outbox_lane_claim(tx, in, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_CONFLICT, "data balikan instansi itu sedang dikirim simpul lain");
}

static bool is_in(const struct outbox_batch *batch, struct nik nik)
{
	for (size_t i = 0; i < batch->n; i++)
		if (batch->items[i].nik.n == nik.n)
			return true;
	return false;
}

enum rc outbox_load(const struct feedback *feedback, struct tx *tx, const struct outbox_lane *lane, struct arena *arena,
                    struct outbox_batch *ret, struct err *err)
{
	struct sql_outbox_due_rows rows;
	int64_t most = lane->most < OUTBOX_BATCH_MAX ? lane->most : OUTBOX_BATCH_MAX;
	TRY(sql_outbox_due(tx, (struct sql_outbox_due_in){lane->instansi_id, most}, &rows, err));
	*ret = (struct outbox_batch){.lane = *lane};
	for (size_t i = 0; i < rows.n; i++) {
		struct outbox_item *item = &ret->items[ret->n];
		TRY(person_unseal(feedback, rows.at[i].nik_hash, rows.at[i].nik_sealed, &item->nik, err));
		if (is_in(ret, item->nik)) /* what was told later of the same person goes later */
			continue;
		item->entry_id = rows.at[i].entry_id;
		item->param = arena_str(arena, rows.at[i].param);
		ret->n++;
	}
	return arena->broken ? no_memory(err) : RC_OK;
}

void outbox_write(struct buf *out, const struct outbox_agency *agency, const struct outbox_batch *batch)
{
	buf_addz(out, "[{\"id_lembaga\":");
	buf_add_json(out, agency->id);
	buf_addz(out, ",\"nama_lembaga\":");
	buf_add_json(out, agency->name);
	buf_addz(out, ",\"data\":[");
	for (size_t i = 0; i < batch->n; i++) {
		struct nik_text digits = nik_digits(batch->items[i].nik);
		buf_addf(out, "%s{\"NIK\":\"%s\",\"param\":[", i ? "," : "", digits.z);
		buf_add(out, batch->items[i].param);
		buf_addz(out, "]}");
		secret_wipe(&digits, sizeof digits);
	}
	buf_addz(out, "]}]");
}

/* ---- settling ---- */

int64_t outbox_pause_us(int64_t fails)
{
	int64_t pause = OUTBOX_PAUSE_FIRST_US;
	for (int64_t i = 1; i < fails && pause < OUTBOX_PAUSE_MOST_US; i++)
		pause *= 2;
	return pause < OUTBOX_PAUSE_MOST_US ? pause : OUTBOX_PAUSE_MOST_US;
}

/* Whatever the other side writes is shown and stored: a line without a NIK. */
static struct str reason_of(struct arena *arena, struct str said)
{
	BUF_AUTO out = BUF(4 * OUTBOX_REASON_MAX);
	said = str_cut(str_trim(said), 2 * OUTBOX_REASON_MAX);
	if (!str_is_text(said))
		return S("");
	for (size_t i = 0, digits; i < said.n; i += digits ? digits : 1) {
		for (digits = 0; i + digits < said.n && said.at[i + digits] >= '0' && said.at[i + digits] <= '9';)
			digits++;
		if (digits >= LONG_NUMBER)
			buf_addz(&out, "…");
		else if (digits)
			buf_add(&out, str_sub(said, i, digits));
		else
			buf_addc(&out, (unsigned char)said.at[i] < ' ' ? ' ' : said.at[i]);
	}
	if (nik_stands_in(buf_str(&out)))
		return S("");
	return arena_str(arena, str_cut(buf_str(&out), OUTBOX_REASON_MAX));
}

struct settling {
	struct tx *tx;
	const struct outbox_batch *batch;
	const struct outbox_result *result;
	int64_t now_us;
	struct sql_outbox_over_in *over; /* those that come to an end */
	struct sql_outbox_tried_in *again;
	size_t over_n, again_n;
	int64_t delivered;
};

static const struct outbox_refused *refusal_of(const struct outbox_result *result, size_t item)
{
	for (size_t i = 0; i < result->refused_n; i++)
		if (result->refused[i].item == item)
			return &result->refused[i];
	return NULL;
}

/* NULL: it waits on. */
static const char *end_of(const struct settling *s, size_t i)
{
	bool alone = s->result->end == OUTBOX_DIVIDED && s->batch->n == 1;
	if (s->result->end == OUTBOX_DELIVERED)
		return "delivered";
	if (alone || (s->result->end == OUTBOX_REFUSED && refusal_of(s->result, i)))
		return "refused";
	return NULL;
}

static void settle_items(struct settling *s)
{
	for (size_t i = 0; i < s->batch->n; i++) {
		const char *end = end_of(s, i);
		const struct outbox_refused *why = refusal_of(s->result, i);
		int64_t id = s->batch->items[i].entry_id;
		s->delivered += s->result->end == OUTBOX_DELIVERED;
		if (end)
			s->over[s->over_n++] = (struct sql_outbox_over_in){
			        .state = str_c(end),
			        .now_us = s->now_us,
			        .reason = why ? reason_of(tx_arena(s->tx), why->reason) : S(""),
			        .entry_id = id};
		else
			s->again[s->again_n++] = (struct sql_outbox_tried_in){id};
	}
}

static int64_t most_after(const struct outbox_result *result, const struct outbox_batch *batch, int64_t most)
{
	if (result->end == OUTBOX_DIVIDED && batch->n > 1)
		return (int64_t)(batch->n / 2);
	if (result->end == OUTBOX_LATER)
		return most;
	return most * 2 < OUTBOX_BATCH_MAX ? most * 2 : OUTBOX_BATCH_MAX;
}

static int64_t wait_after(const struct outbox_result *result, int64_t fails)
{
	int64_t asked = result->asked_us < OUTBOX_ASKED_MOST_US ? result->asked_us : OUTBOX_ASKED_MOST_US;
	int64_t own = outbox_pause_us(fails);
	return asked > own ? asked : own;
}

static enum rc settle_lane(const struct settling *s, const struct sql_outbox_lane_hold *lane, struct outbox_settled *ret,
                           struct err *err)
{
	bool failed = s->result->end == OUTBOX_LATER;
	int64_t fails = failed ? lane->fails + 1 : 0;
	ret->began = failed && (lane->fails == 0 || !str_eq(lane->trouble, s->result->trouble));
	ret->ended = !failed && lane->fails > 0;
	struct sql_outbox_lane_set_in in = {
	        .next_us = failed ? s->now_us + wait_after(s->result, fails) : s->now_us,
	        .most = most_after(s->result, s->batch, lane->most),
	        .fails = fails,
	        .trouble = failed ? s->result->trouble : S(""),
	        .status = failed ? s->result->status : 0,
	        .since_us = !failed ? 0 : lane->fails ? lane->since_us : s->now_us,
	        .sent_n = s->delivered,
	        .sent_us = s->delivered ? s->now_us : lane->sent_us,
	        .instansi_id = s->batch->lane.instansi_id,
	};
	return sql_outbox_lane_set(s->tx, in, NULL, err);
}

enum rc outbox_settle(struct tx *tx, const struct outbox_batch *batch, const struct outbox_result *result, int64_t now_us,
                      struct outbox_settled *ret, struct err *err)
{
	struct sql_outbox_lane_hold lane;
	struct settling s = {.tx = tx, .batch = batch, .result = result, .now_us = now_us};
	*ret = (struct outbox_settled){0};
	TRY(sql_outbox_lane_hold(tx, (struct sql_outbox_lane_hold_in){batch->lane.instansi_id}, &lane, err));
	if (lane.turn != batch->lane.turn || lane.node_null)
		return RC_OK;
	s.over = ARENA_ARRAY(tx_arena(tx), batch->n + 1, struct sql_outbox_over_in);
	s.again = ARENA_ARRAY(tx_arena(tx), batch->n + 1, struct sql_outbox_tried_in);
	if (!s.over || !s.again)
		return no_memory(err);
	settle_items(&s);
	TRY(tx_arena(tx)->broken ? no_memory(err) : RC_OK);
	TRY(sql_outbox_over(tx, s.over, s.over_n, err));
	TRY(sql_outbox_tried(tx, s.again, s.again_n, err));
	return settle_lane(&s, &lane, ret, err);
}

enum rc outbox_release(struct tx *tx, int64_t node, int64_t now_us, struct err *err)
{
	return sql_outbox_lane_release(tx, (struct sql_outbox_lane_release_in){.now_us = now_us, .node = node}, NULL, err);
}

enum rc outbox_wake(struct tx *tx, int64_t now_us, struct err *err)
{
	return sql_outbox_lane_wake(tx, (struct sql_outbox_lane_wake_in){.now_us = now_us}, NULL, err);
}
