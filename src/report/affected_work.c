/* SPDX-License-Identifier: EUPL-1.2
 * report/affected_work.c - making a list of affected.h: first wait until the entries up to the
 * marks were counted, then see from the sums how many there will be, then read the lists of
 * each user id, some hundred entries a bite. What an entry says decides, never the list. */
#include "base/outcome.h"
#include "journal/line.h"
#include "journal/tile.h"
#include "report/affected.h"
#include "report/affected.sql.h"
#include "store/store.h"

#define BITE 500 /* as the query's LIMIT */

struct work {
	struct tx *tx;
	int64_t now_us;
	struct err *err;
	struct sql_affected_next list; /* as it stands; counted on here */
	struct sql_affected_mark_each_rows marks;
	int64_t least, most, done_us;
};

static enum rc save(struct work *w, const char *state)
{
	const struct sql_affected_next *l = &w->list;
	struct sql_affected_list_set_in in = {.state = str_c(state),
	                                      .expected = l->expected,
	                                      .read_n = l->read_n,
	                                      .access_n = l->access_n,
	                                      .shown_n = l->shown_n,
	                                      .repeat_n = l->repeat_n,
	                                      .other_n = l->other_n,
	                                      .least_n = w->least,
	                                      .most_n = w->most,
	                                      .at_user = l->at_user,
	                                      .at_us = l->at_us,
	                                      .at_entry = l->at_entry,
	                                      .done_us = w->done_us,
	                                      .list_id = l->list_id};
	return sql_affected_list_set(w->tx, in, NULL, w->err);
}

/* ---- before the reading ---- */

static enum rc start(struct work *w, bool *ret_more)
{
	struct sql_affected_uncounted uncounted;
	struct sql_affected_expected expected;
	int64_t id = w->list.list_id;
	TRY(sql_affected_uncounted(w->tx, (struct sql_affected_uncounted_in){.list_id = id}, &uncounted, w->err));
	if (uncounted.n)
		return RC_OK; /* the job that counts comes first */
	if (!w->list.named)
		TRY(sql_affected_user_all(w->tx, (struct sql_affected_user_all_in){.list_id = id}, NULL, w->err));
	TRY(sql_affected_expected(w->tx, (struct sql_affected_expected_in){.list_id = id}, &expected, w->err));
	w->list.expected = expected.n;
	*ret_more = true;
	if (expected.n <= AFFECTED_MAX)
		return save(w, "reading");
	w->done_us = w->now_us;
	return save(w, "large");
}

/* ---- reading ---- */

static bool below_mark(const struct work *w, int64_t entry_id)
{
	int64_t log = entry_id >> NUMBER_PLACE_BITS;
	for (size_t i = 0; i < w->marks.n; i++)
		if (w->marks.at[i].log_id == log)
			return entry_id - number_of((int)log, 0) < w->marks.at[i].size;
	return false;
}

struct found {
	struct sql_affected_access_put_in accesses[BITE];
	struct sql_affected_person_put_in persons[BITE];
	unsigned char hashes[BITE][NIK_HASH];
	size_t accesses_n, persons_n;
};

static void add(struct work *w, struct found *f, int64_t entry_id, enum outcome outcome, const struct line *line)
{
	int64_t id = w->list.list_id;
	f->accesses[f->accesses_n++] = (struct sql_affected_access_put_in){.list_id = id,
	                                                                   .time_us = line->time_us,
	                                                                   .entry_id = entry_id,
	                                                                   .user_no = line->user,
	                                                                   .kejadian_id = line->kejadian_id,
	                                                                   .outcome = line->outcome,
	                                                                   .repeated = line->repeat};
	w->list.access_n++;
	w->list.shown_n += outcome == OUTCOME_DATA;
	w->list.repeat_n += line->repeat;
	if (!line->has_nik || outcome == OUTCOME_ABSENT) /* 13 is about nobody */
		return;
	memcpy(f->hashes[f->persons_n], line->nik_hash, NIK_HASH);
	f->persons[f->persons_n] = (struct sql_affected_person_put_in){
	        .list_id = id, .epoch = line->epoch, .nik_hash = str_from((const char *)f->hashes[f->persons_n], NIK_HASH)};
	f->persons_n++;
}

static enum rc look_at(struct work *w, struct found *f, const struct sql_affected_bite *row)
{
	struct line line;
	enum outcome outcome;
	if (line_read(row->line, &line) != RC_OK || line.user != w->list.at_user || line.time_us != row->time_us)
		return FAIL(w->err, RC_BROKEN, "entri jurnal tidak sesuai dengan daftarnya");
	w->list.read_n++;
	w->list.at_us = row->time_us;
	w->list.at_entry = row->entry_id;
	if (!below_mark(w, row->entry_id) || line.instansi_id != w->list.instansi_id)
		return RC_OK;
	if (w->list.kejadian_id && line.kejadian_id != w->list.kejadian_id)
		return RC_OK;
	if (outcome_from_code(line.outcome, &outcome) == RC_OK && outcome_get(outcome)->hit)
		add(w, f, row->entry_id, outcome, &line);
	else
		w->list.other_n++;
	return RC_OK;
}

static enum rc finish(struct work *w)
{
	struct sql_affected_persons persons;
	TRY(sql_affected_persons(w->tx, (struct sql_affected_persons_in){.list_id = w->list.list_id}, &persons, w->err));
	w->least = persons.least_n;
	w->most = persons.most_n;
	w->done_us = w->now_us;
	return save(w, "done");
}

/* On to the next user id; RC_ABSENT: there is none. */
static enum rc next_user(struct work *w)
{
	struct sql_affected_user_next next;
	struct sql_affected_user_next_in in = {.list_id = w->list.list_id, .after = w->list.at_user};
	TRY(sql_affected_user_next(w->tx, in, &next, w->err));
	w->list.at_user = next.user_no;
	w->list.at_us = w->list.at_entry = -1;
	return next.user_no ? RC_OK : RC_ABSENT;
}

static enum rc put(struct work *w, const struct found *f)
{
	if (f->accesses_n)
		TRY(sql_affected_access_put(w->tx, f->accesses, f->accesses_n, w->err));
	return f->persons_n ? sql_affected_person_put(w->tx, f->persons, f->persons_n, w->err) : RC_OK;
}

static enum rc read_part(struct work *w, bool *ret_more)
{
	struct sql_affected_bite_rows rows = {0};
	struct found *f = ARENA_NEW(tx_arena(w->tx), struct found);
	struct day after_last = {(int32_t)w->list.last_day + 1};
	if (!f)
		return FAIL(w->err, RC_BROKEN, "memori tidak cukup");
	*ret_more = true;
	if (w->list.at_user == 0) {
		enum rc rc = next_user(w);
		return rc == RC_ABSENT ? finish(w) : rc == RC_OK ? save(w, "reading") : rc;
	}
	struct sql_affected_bite_in in = {.user_no = w->list.at_user,
	                                  .from_us = day_begin_us((struct day){(int32_t)w->list.first_day}),
	                                  .until_us = day_begin_us(after_last),
	                                  .after_us = w->list.at_us,
	                                  .after_entry = w->list.at_entry};
	TRY(sql_affected_mark_each(w->tx, (struct sql_affected_mark_each_in){.list_id = w->list.list_id}, &w->marks, w->err));
	TRY(sql_affected_bite(w->tx, in, &rows, w->err));
	for (size_t i = 0; i < rows.n; i++)
		TRY(look_at(w, f, &rows.at[i]));
	TRY(put(w, f));
	if (rows.n == BITE)
		return save(w, "reading");
	enum rc rc = next_user(w);
	return rc == RC_ABSENT ? finish(w) : rc == RC_OK ? save(w, "reading") : rc;
}

enum rc affected_bite(struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	struct work w = {.tx = tx, .now_us = now_us, .err = err};
	*ret_more = false;
	enum rc rc = sql_affected_next(tx, &w.list, err);
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	return str_eq(w.list.state, S("waiting")) ? start(&w, ret_more) : read_part(&w, ret_more);
}
