/* SPDX-License-Identifier: EUPL-1.2
 * journal/own.c - see own.h. First which entries they are, newest first, from the lists and
 * from what was not counted yet; then what they say. */
#include "journal/own.h"

#include <stdlib.h>

#include "journal/archive.h"
#include "journal/journal.sql.h"
#include "journal/order.h"
#include "journal/tail.h"
#include "journal/usage.h"
#include "store/store.h"

struct finding {
	const struct own_ask *ask;
	struct own_after begin; /* what comes before it is wanted */
	struct own_after *at;   /* entries found */
	size_t n;
	int64_t archived_us;
};

/* Where the page begins: behind the last one shown, or at the end of the time asked for. */
static struct own_after begin_of(const struct own_ask *ask)
{
	if (ask->after.time_us && ask->after.time_us < ask->until_us)
		return ask->after;
	return (struct own_after){ask->until_us - 1, INT64_MAX};
}

static bool comes_before(struct own_after a, struct own_after b)
{
	return a.time_us < b.time_us || (a.time_us == b.time_us && a.seq < b.seq);
}

static int newest_first(const void *left, const void *right)
{
	const struct own_after *a = left, *b = right;
	int order = order_ints(b->time_us, a->time_us);
	return order ? order : order_ints(b->seq, a->seq);
}

/* ---- which ---- */

static enum rc find_kept(struct finding *f, struct store *office, struct tail *tail, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_usage_own_page_rows rows;
	struct archive_edges edges;
	struct sql_usage_own_page_in in = {.user_no = f->ask->user,
	                                   .from_us = f->ask->from_us,
	                                   .upto_us = f->begin.time_us,
	                                   .before_id = f->begin.seq,
	                                   .most = f->ask->most + 1};
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(tail_begin(tx, tail, err));
	TRY(archive_edges(tx, &edges, err));
	f->archived_us = edges.before_us > f->ask->from_us ? edges.before_us : 0;
	TRY(sql_usage_own_page(tx, in, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		f->at[f->n++] = (struct own_after){rows.at[i].time_us, rows.at[i].entry_id};
	return RC_OK;
}

static enum rc take(void *arg, int64_t entry_id, const struct line *line, struct err *err)
{
	struct finding *f = arg;
	struct own_after entry = {line->time_us, entry_id};
	(void)err;
	if (entry.time_us >= f->ask->from_us && comes_before(entry, f->begin))
		f->at[f->n++] = entry;
	return RC_OK;
}

static enum rc find(struct finding *f, struct store *office, struct arena *arena, struct err *err)
{
	struct tail tail;
	struct tail_reader reader = {.user = f->ask->user, .take = take, .arg = f};
	f->at = ARENA_ARRAY(arena, OWN_PAGE_MAX + 1 + USAGE_TAIL_MAX, struct own_after);
	if (!f->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (f->ask->user <= 0)
		return RC_OK;
	TRY(find_kept(f, office, &tail, err));
	TRY(tail_each(office, &tail, &reader, err));
	qsort(f->at, f->n, sizeof *f->at, newest_first);
	return RC_OK;
}

/* ---- what they say ---- */

static struct str copy(struct arena *arena, struct str text)
{
	return text.at ? arena_str(arena, text) : text;
}

static enum rc row_of(const struct finding *f, int64_t seq, struct str text, struct arena *arena, struct own_row *ret,
                      struct err *err)
{
	struct line line;
	if (line_read(text, &line) != RC_OK || line.user != f->ask->user) /* what the entry says decides, not the list */
		return FAIL(err, RC_BROKEN, "entri jurnal tidak sesuai dengan daftarnya");
	*ret = (struct own_row){.seq = seq,
	                        .time_us = line.time_us,
	                        .version_id = line.version_id,
	                        .kejadian_id = line.kejadian_id,
	                        .outcome = copy(arena, line.outcome),
	                        .ground = copy(arena, line.ground),
	                        .clause = copy(arena, line.clause),
	                        .method = copy(arena, line.method),
	                        .repeat = line.repeat};
	return RC_OK;
}

static enum rc read_rows(const struct finding *f, struct store *office, struct arena *arena, struct own_list *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_journal_line_find_in in[OWN_PAGE_MAX];
	struct sql_journal_line_find rows[OWN_PAGE_MAX];
	bool found[OWN_PAGE_MAX];
	for (size_t i = 0; i < ret->n; i++)
		in[i] = (struct sql_journal_line_find_in){.entry_id = f->at[i].seq};
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(sql_journal_line_find(tx, in, ret->n, rows, found, err));
	for (size_t i = 0; i < ret->n; i++) {
		if (!found[i])
			return FAIL(err, RC_BROKEN, "entri jurnal tidak ada");
		TRY(row_of(f, f->at[i].seq, rows[i].line, arena, &ret->at[i], err));
	}
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

enum rc own_inquiries(struct store *office, const struct own_ask *ask, struct arena *arena, struct own_list *ret, struct err *err)
{
	struct finding f = {.ask = ask, .begin = begin_of(ask)};
	if (ask->most < 1 || ask->most > OWN_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman tidak ada");
	TRY(find(&f, office, arena, err));
	ret->archived_us = f.archived_us;
	ret->more = (int64_t)f.n > ask->most;
	ret->n = ret->more ? (size_t)ask->most : f.n;
	ret->at = ARENA_ARRAY(arena, ret->n + 1, struct own_row);
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return ret->n ? read_rows(&f, office, arena, ret, err) : RC_OK;
}

enum rc own_find(struct journal *journal, struct tx *tx, int64_t user, struct str ref, struct journal_seen *ret, struct err *err)
{
	TRY(journal_find_ref(journal, tx, ref, ret, err));
	if (ret->act != ACT_LOOKUP || ret->user != user || user <= 0)
		return FAIL(err, RC_ABSENT, "Nomor referensi tidak dikenal");
	return RC_OK;
}
