/* SPDX-License-Identifier: EUPL-1.2
 * journal/history.c - see history.h: searching. First how the NIK is called in each month that
 * still has its key; then which entries the index and the entries behind it name; then what those
 * entries say. The keys stand on the stack, and no longer than it takes to make the names. */
#include "journal/history.h"

#include <stdlib.h>

#include "journal/archive.h"
#include "journal/history_inside.h"
#include "journal/journal.sql.h"
#include "journal/line.h"
#include "journal/order.h"
#include "journal/state.h"
#include "journal/tile.h"
#include "store/store.h"

#define RANGE 2048 /* entries of the tail read at once */
#define CHUNK 256  /* lines read at once */
#define WORK_MAX ((size_t)1 << 20)

/* What the NIK is called in a month. */
struct name {
	int epoch;
	unsigned char hash[NIK_HASH];
};
struct search {
	struct journal *journal;
	struct store *office;
	const struct history_ask *ask;
	struct arena *arena; /* of the caller: what is told */
	struct arena work;   /* and what leads to it */
	struct history_list *list;
	struct name *names; /* latest month first */
	size_t names_n;
	struct sql_history_log_each logs[JOURNAL_LOG_MAX + 1];
	size_t logs_n;
	struct archive_edges edges;
	int64_t *ids; /* entries found */
	size_t ids_n;
	struct history_after *hits; /* those of them that are about the NIK, in the time asked for */
	size_t hits_n;
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- names ---- */

static enum rc name_add(struct search *s, int epoch, struct str wrapped, struct err *err)
{
	unsigned char key[EPOCH_KEY];
	struct name *name = &s->names[s->names_n];
	TRY(key_unwrap(&s->journal->master, key_name_epoch(epoch).z, wrapped, key, err));
	name->epoch = epoch;
	epoch_nik_hash(key, s->ask->nik, name->hash);
	secret_wipe(key, sizeof key);
	s->names_n++;
	return RC_OK;
}

/* Of the months the time asked for touches. */
static enum rc find_names(struct search *s, struct tx *tx, struct err *err)
{
	struct history_list *ret = s->list;
	struct sql_history_keys_rows rows;
	int first = epoch_of_us(s->ask->from_us), last = epoch_of_us(s->ask->until_us - 1);
	TRY(sql_history_keys(tx, &rows, err));
	s->names = ARENA_ARRAY(&s->work, rows.n + 1, struct name);
	ret->gone = ARENA_ARRAY(s->arena, rows.n + 1, int);
	if (!s->names || !ret->gone)
		return no_memory(err);
	for (size_t i = 0; i < rows.n; i++) {
		int epoch;
		if (epoch_from_str(str_sub(rows.at[i].name, HISTORY_KEY_PREFIX, rows.at[i].name.n), &epoch) != RC_OK)
			return FAIL(err, RC_BROKEN, "nama kunci masa tidak berbentuk baku");
		if (epoch < first || epoch > last)
			continue;
		if (rows.at[i].wrapped.at)
			TRY(name_add(s, epoch, rows.at[i].wrapped, err));
		else
			ret->gone[ret->gone_n++] = epoch;
	}
	ret->epochs = s->names_n;
	return RC_OK;
}

static const struct name *name_of(const struct search *s, int epoch)
{
	for (size_t i = 0; i < s->names_n; i++)
		if (s->names[i].epoch == epoch)
			return &s->names[i];
	return NULL;
}

static bool is_named(const struct search *s, int epoch, const unsigned char hash[NIK_HASH])
{
	const struct name *name = name_of(s, epoch);
	return name && memcmp(name->hash, hash, NIK_HASH) == 0;
}

/* ---- which entries: the index ---- */

static enum rc id_add(struct search *s, int64_t entry_id, struct err *err)
{
	if (archive_holds(&s->edges, entry_id))
		return RC_OK;
	if (s->ids_n == HISTORY_MAX)
		return FAIL(err, RC_INVALID, "Lebih dari %d akses dalam masa ini. Persempit masanya.", HISTORY_MAX);
	s->ids[s->ids_n++] = entry_id;
	return RC_OK;
}

/* The whole of a month; one or two are known already by where they begin and end. */
static enum rc month_add(struct search *s, struct tx *tx, const struct sql_history_span_in *in, const struct sql_history_span *span,
                         struct err *err)
{
	struct sql_history_entries_rows rows;
	struct sql_history_entries_in ask = {.epoch = in->epoch, .hash8 = in->hash8, .most = HISTORY_MAX + 1};
	if (span->n > 0)
		TRY(id_add(s, span->first_id, err));
	if (span->n == 2)
		TRY(id_add(s, span->last_id, err));
	if (span->n <= 2)
		return RC_OK;
	TRY(sql_history_entries(tx, ask, &rows, err));
	for (size_t i = 1; i < rows.n; i++) /* the first is there */
		TRY(id_add(s, rows.at[i].entry_id, err));
	return RC_OK;
}

static enum rc find_indexed(struct search *s, struct tx *tx, struct err *err)
{
	struct sql_history_span_in *in = ARENA_ARRAY(tx_arena(tx), s->names_n + 1, struct sql_history_span_in);
	struct sql_history_span *spans = ARENA_ARRAY(tx_arena(tx), s->names_n + 1, struct sql_history_span);
	bool *found = ARENA_ARRAY(tx_arena(tx), s->names_n + 1, bool);
	if (!in || !spans || !found)
		return no_memory(err);
	for (size_t i = 0; i < s->names_n; i++)
		in[i] = (struct sql_history_span_in){.epoch = s->names[i].epoch, .hash8 = history_hash8(s->names[i].hash)};
	if (s->names_n)
		TRY(sql_history_span(tx, in, s->names_n, spans, found, err));
	for (size_t i = 0; i < s->names_n; i++)
		TRY(month_add(s, tx, &in[i], &spans[i], err));
	return RC_OK;
}

/* ---- which entries: behind the index ---- */

static enum rc tail_begin(struct search *s, struct tx *tx, struct err *err)
{
	struct sql_history_log_each_rows rows;
	int64_t n = 0;
	TRY(sql_history_log_each(tx, &rows, err));
	for (size_t i = 0; i < rows.n && i < LEN(s->logs); i++) {
		s->logs[s->logs_n++] = rows.at[i];
		n += rows.at[i].size - rows.at[i].upto;
	}
	if (n > HISTORY_TAIL_MAX)
		return FAIL(err, RC_LIMIT, "Riwayat masih disusun (%lld entri lagi). Coba lagi sebentar lagi.", (long long)n);
	return RC_OK;
}

static enum rc range_add(struct search *s, int64_t begin_id, int64_t end_id, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_history_range_rows rows;
	TRY(tx_begin(s->office, TX_READ, &tx, err));
	TRY(sql_history_range(tx, (struct sql_history_range_in){.begin_id = begin_id, .end_id = end_id}, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (history_is_hash(rows.at[i].nik_hash) &&
		    is_named(s, epoch_of_us(rows.at[i].time_us), (const unsigned char *)rows.at[i].nik_hash.at))
			TRY(id_add(s, rows.at[i].entry_id, err));
	return RC_OK;
}

static enum rc find_tail(struct search *s, struct err *err)
{
	for (size_t i = 0; i < s->logs_n; i++) {
		const struct sql_history_log_each *log = &s->logs[i];
		int id = (int)log->log_id;
		for (int64_t at = log->upto; at < log->size; at += RANGE) {
			int64_t end = log->size - at > RANGE ? at + RANGE : log->size;
			TRY(range_add(s, number_of(id, at), number_of(id, end), err));
		}
	}
	return RC_OK;
}

static enum rc find_edges(struct search *s, struct tx *tx, struct err *err)
{
	TRY(archive_edges(tx, &s->edges, err));
	int64_t before = s->edges.before_us < s->ask->until_us ? s->edges.before_us : s->ask->until_us;
	if (before > s->ask->from_us)
		s->list->archived = epoch_of_us(before - 1);
	return RC_OK;
}

/* The index and how far it has come are of one moment; what lies behind it never changes. */
static enum rc find(struct search *s, struct err *err)
{
	TX_AUTO *tx = NULL;
	s->ids = ARENA_ARRAY(&s->work, HISTORY_MAX, int64_t);
	s->hits = ARENA_ARRAY(&s->work, HISTORY_MAX, struct history_after);
	if (!s->ids || !s->hits)
		return no_memory(err);
	TRY(tx_begin(s->office, TX_READ, &tx, err));
	TRY(find_edges(s, tx, err));
	TRY(find_names(s, tx, err));
	TRY(tail_begin(s, tx, err));
	TRY(find_indexed(s, tx, err));
	tx_rollback(&tx);
	return find_tail(s, err);
}

/* ---- what they say ---- */

/* Each line in the order of `ids`. */
typedef enum rc taking(struct search *s, int64_t entry_id, const struct line *line, struct err *err);

static enum rc lines_chunk(struct search *s, const int64_t *ids, size_t n, taking *take, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_journal_line_find_in in[CHUNK];
	struct sql_journal_line_find rows[CHUNK];
	bool found[CHUNK];
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_journal_line_find_in){.entry_id = ids[i]};
	TRY(tx_begin(s->office, TX_READ, &tx, err));
	TRY(sql_journal_line_find(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		struct line line;
		if (!found[i] || line_read(rows[i].line, &line) != RC_OK)
			return FAIL(err, RC_BROKEN, "entri jurnal tidak ada atau tidak berbentuk baku");
		TRY(take(s, ids[i], &line, err));
	}
	return RC_OK;
}

static enum rc lines_each(struct search *s, const int64_t *ids, size_t n, taking *take, struct err *err)
{
	for (size_t at = 0; at < n; at += CHUNK)
		TRY(lines_chunk(s, ids + at, n - at < CHUNK ? n - at : CHUNK, take, err));
	return RC_OK;
}

/* What the entry says decides, not the index. */
static enum rc take_hit(struct search *s, int64_t entry_id, const struct line *line, struct err *err)
{
	(void)err;
	if (!line->has_nik || !is_named(s, line->epoch, line->nik_hash))
		return RC_OK;
	if (line->time_us >= s->ask->from_us && line->time_us < s->ask->until_us)
		s->hits[s->hits_n++] = (struct history_after){line->time_us, entry_id};
	return RC_OK;
}

static int newest_first(const void *left, const void *right)
{
	const struct history_after *a = left, *b = right;
	int order = order_ints(b->time_us, a->time_us);
	return order ? order : order_ints(b->seq, a->seq);
}

static struct str copy(struct search *s, struct str text)
{
	return text.at ? arena_str(s->arena, text) : text;
}

/* What buf_add_json() escaped, as it was; control characters, which no word of ours has, as blanks. */
static struct str plain(struct search *s, struct str text)
{
	struct str copied = copy(s, text);
	char *at = (char *)copied.at;
	size_t n = 0;
	for (size_t i = 0; at && i < copied.n; i++) {
		if (at[i] != '\\' || i + 1 == copied.n) {
			at[n++] = at[i];
			continue;
		}
		i++;
		at[n++] = at[i] == '"' || at[i] == '\\' ? at[i] : ' ';
		i += at[i] == 'u' ? 4 : 0;
	}
	return (struct str){copied.at, n};
}

static enum rc take_row(struct search *s, int64_t entry_id, const struct line *line, struct err *err)
{
	struct history_row *row = &s->list->at[s->list->n++];
	*row = (struct history_row){.seq = entry_id,
	                            .time_us = line->time_us,
	                            .instansi_id = line->instansi_id,
	                            .version_id = line->version_id,
	                            .user = line->user,
	                            .kejadian_id = line->kejadian_id,
	                            .outcome = copy(s, line->outcome),
	                            .ground = copy(s, line->ground),
	                            .clause = copy(s, line->clause),
	                            .user_id = plain(s, line->user_id),
	                            .method = copy(s, line->method),
	                            .document = copy(s, line->document),
	                            .peer = copy(s, line->peer),
	                            .about = plain(s, line->about),
	                            .repeat = line->repeat,
	                            .repeat_of = line->repeat_of};
	return act_from_key(line->act, &row->act) == RC_OK ? RC_OK
	                                                   : FAIL(err, RC_BROKEN, "perbuatan pada entri jurnal tidak dikenal");
}

static bool comes_before(const struct history_after *a, const struct history_after *b)
{
	return a->time_us < b->time_us || (a->time_us == b->time_us && a->seq < b->seq);
}

/* The first of the hits that this page shows. */
static size_t page_begin(const struct search *s)
{
	size_t at = 0;
	if (s->ask->after.time_us == 0)
		return 0;
	while (at < s->hits_n && !comes_before(&s->hits[at], &s->ask->after))
		at++;
	return at;
}

static enum rc read_page(struct search *s, const struct history_after *hits, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		s->ids[i] = hits[i].seq;
	s->list->at = ARENA_ARRAY(s->arena, n + 1, struct history_row);
	if (!s->list->at)
		return no_memory(err);
	TRY(lines_each(s, s->ids, n, take_row, err));
	return s->arena->broken ? no_memory(err) : RC_OK;
}

static enum rc read_list(struct search *s, struct err *err)
{
	TRY(lines_each(s, s->ids, s->ids_n, take_hit, err));
	qsort(s->hits, s->hits_n, sizeof *s->hits, newest_first);
	size_t from = page_begin(s), left = s->hits_n - from, most = (size_t)s->ask->most;
	s->list->all = (int64_t)s->hits_n;
	s->list->more = left > most;
	return read_page(s, s->hits + from, left < most ? left : most, err);
}

enum rc history_search(struct journal *journal, struct store *office, const struct history_ask *ask, struct arena *arena,
                       struct history_list *ret, struct err *err)
{
	struct search s = {.journal = journal, .office = office, .ask = ask, .arena = arena, .list = ret};
	*ret = (struct history_list){0};
	if (ask->most < 1 || ask->most > HISTORY_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman tidak ada");
	if (ask->until_us <= ask->from_us)
		return RC_OK;
	arena_init(&s.work, WORK_MAX);
	enum rc rc = find(&s, err);
	if (rc == RC_OK)
		rc = read_list(&s, err);
	arena_free(&s.work); /* wiped: what the NIK is called is as good as a key to it */
	return rc;
}
