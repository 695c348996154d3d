/* SPDX-License-Identifier: EUPL-1.2
 * cli/move.c - see move.h. */
#include "cli/move.h"

#include <stdio.h>

#include "journal/browse.h"
#include "journal/lease.h"
#include "journal/sha256.h"
#include "journal/verify.h"
#include "store/query.h"

#define ARENA_ROOM ((size_t)1 << 20)

/* ---- the state of the journal that is moved ---- */

static enum rc keep_pin(struct move *m, size_t i, const struct pin *pin, struct err *err)
{
	m->pins[i] = *pin;
	m->pins[i].origin = arena_str(&m->arena, pin->origin);
	m->pins[i].vkey = arena_str(&m->arena, pin->vkey);
	m->pins[i].note = arena_str(&m->arena, pin->note);
	return m->pins[i].note.at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* The signed notes of all logs: they name each log, how long it is, and its root. */
static void identity_of(const struct pin *pins, size_t n, unsigned char ret[TRANSFER_IDENTITY])
{
	struct str parts[PINS_MAX];
	_Static_assert(TRANSFER_IDENTITY == SHA256_SIZE, "one is the other");
	for (size_t i = 0; i < n; i++)
		parts[i] = pins[i].note;
	sha256(parts, n, ret);
}

static enum rc pin_source(struct move *m, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct pin pins[PINS_MAX];
	TRY(tx_begin(m->from, TX_WRITE, &tx, err));
	TRY(pin_all(m->journal, tx, clock_now_us(), pins, &m->pins_n, err));
	for (size_t i = 0; i < m->pins_n; i++)
		TRY(keep_pin(m, i, &pins[i], err));
	TRY(tx_commit(&tx, err));
	identity_of(m->pins, m->pins_n, m->came.identity);
	bool same = memcmp(m->came.identity, m->left.identity, TRANSFER_IDENTITY) == 0;
	if (m->left.state == TRANSFER_LEFT && !same)
		return FAIL(err, RC_CONFLICT, "Basis data lama berubah sesudah ditinggalkan; jangan dipakai, panggil bantuan");
	return RC_OK;
}

/* ---- opening ---- */

static void place_of(const struct conf *conf, char ret[TRANSFER_PLACE_MAX])
{
	BUF_AUTO text = BUF(1024);
	conf_write_masked(CONF_OFFICE_URL, str_c(conf_text(conf, CONF_OFFICE_URL)), &text);
	snprintf(ret, TRANSFER_PLACE_MAX, "%.*s", STR_ARG(str_cut(buf_str(&text), TRANSFER_PLACE_MAX - 1)));
}

static enum rc check_others(struct move *m, struct err *err)
{
	int64_t others;
	TRY(transfer_others(m->from, &others, err));
	if (others)
		return FAIL(err, RC_REFUSED, "Basis data asal masih dipakai %lld sambungan Padan; hentikan semua simpul dahulu",
		            (long long)others);
	return RC_OK;
}

/* Left already: an earlier run was killed before padan.conf was changed. */
static enum rc check_left(struct move *m, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(m->from, TX_READ, &tx, err));
	TRY(transfer_mark_find(tx, APP_OFFICE, &m->left, err));
	if (m->left.state == TRANSFER_LEFT && strcmp(m->left.place, m->place) == 0)
		return RC_OK;
	return transfer_check(tx, APP_OFFICE, err);
}

/* The log that is written here: the first there is, whichever node it belongs to, or the one of
 * this directory. All are signed through it, and where the office arrives it says so. */
static enum rc find_log(struct move *m, struct store *store, struct journal_conf *conf, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct browse_log logs[BROWSE_LOGS_MAX];
	size_t n;
	int node = conf_int(&m->app->conf, CONF_JOURNAL_NODE);
	*conf = (struct journal_conf){.origin = conf_text(&m->app->conf, CONF_JOURNAL_ORIGIN), .log_id = node < 0 ? 0 : node};
	TRY(tx_begin(store, TX_READ, &tx, err));
	TRY(browse_logs(tx, logs, &n, err));
	if (n == 0)
		return RC_OK;
	conf->log_id = logs[0].log_id;
	conf->origin = arena_str(&m->arena, logs[0].origin).at;
	return conf->origin ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc open_journal(struct move *m, struct store *store, struct journal **ret, struct err *err)
{
	struct journal_conf conf;
	TRY(find_log(m, store, &conf, err));
	conf.master = m->app->master;
	return journal_open(store, &conf, m->app->now_us, ret, err);
}

static enum rc open_source(struct move *m, struct err *err)
{
	TRY(store_open(conf_text(&m->app->conf, CONF_OFFICE_URL), &m->from, err));
	TRY(app_upgrade(m->app, m->from, err));
	TRY(check_left(m, err));
	TRY(check_others(m, err));
	TRY(open_journal(m, m->from, &m->journal, err));
	return pin_source(m, err);
}

static enum rc open_target(struct move *m, struct err *err)
{
	struct transfer_target target = {.what = APP_OFFICE,
	                                 .schemas = app_schemas,
	                                 .schemas_n = app_schemas_n(),
	                                 .mark = m->came,
	                                 .left_for = m->left.state == TRANSFER_LEFT ? m->place : NULL,
	                                 .now_us = clock_now_us()};
	place_of(&m->app->conf, target.mark.place);
	TRY(store_open(conf_text(m->conf, CONF_OFFICE_URL), &m->to, err));
	struct transfer_conf conf = {.from = m->from, .to = m->to, .progress = meter_rows, .arg = &m->meter};
	if (store_is_sqlite(m->from) == store_is_sqlite(m->to))
		return FAIL(err, RC_REFUSED, "Sumber dan tujuan sejenis; gunakan alat cadangan basis datanya");
	TRY(transfer_begin(m->to, &target, &m->came.state, err));
	if (m->came.state == TRANSFER_ARRIVED && m->left.state != TRANSFER_LEFT)
		return FAIL(err, RC_REFUSED, "Basis data tujuan sudah dipakai sebagai kantor");
	return transfer_open(&conf, &m->transfer, err);
}

enum rc move_open(struct move *m, struct err *err)
{
	arena_init(&m->arena, ARENA_ROOM);
	m->meter = meter_begin();
	place_of(m->conf, m->place);
	TRY(open_source(m, err));
	return open_target(m, err);
}

void move_close(struct move *m)
{
	meter_end(&m->meter);
	journal_close(m->arrived);
	journal_close(m->journal);
	store_close(m->to);
	store_close(m->from);
	transfer_close(m->transfer);
	arena_free(&m->arena);
}

/* ---- copying ---- */

static void print_result(const char *what, const struct transfer_result *r, int64_t took_us)
{
	double seconds = (double)(took_us > 0 ? took_us : 1) / (double)US_PER_S;
	printf("%-13s %lld tabel, %lld baris, %.1f MB; %.1f detik, %.0f baris/detik, %.1f MB/detik\n", what, (long long)r->tables,
	       (long long)r->rows, (double)r->bytes / 1e6, seconds, (double)r->rows / seconds, (double)r->bytes / 1e6 / seconds);
	fflush(stdout);
}

enum rc move_copy_all(struct transfer *transfer, struct meter *meter, struct err *err)
{
	struct transfer_result result;
	int64_t began = clock_steady_us();
	meter->doing = "menyalin";
	TRY(transfer_copy(transfer, &result, err));
	meter_end(meter);
	print_result("disalin", &result, clock_steady_us() - began);
	began = clock_steady_us();
	meter->doing = "membandingkan";
	TRY(transfer_compare(transfer, &result, err));
	meter_end(meter);
	print_result("sama", &result, clock_steady_us() - began);
	return RC_OK;
}

enum rc move_copy(struct move *m, struct err *err)
{
	return move_copy_all(m->transfer, &m->meter, err);
}

/* ---- is it whole? ---- */

static enum rc verify_queries(struct move *m, struct err *err)
{
	for (size_t room = 0; app_queries[room]; room++)
		for (size_t i = 0; app_queries[room][i]; i++)
			TRY(query_check(m->to, app_queries[room][i], err));
	return RC_OK;
}

static enum rc verify_log(struct move *m, const struct pin *pin, struct err *err)
{
	struct verify_result result = {.bad_seq = -1};
	struct verify_conf conf = {.checkpoint = pin->note.at, .vkey = pin->vkey.at, .progress = meter_count, .arg = &m->meter};
	enum rc rc = verify_store(m->to, pin->log_id, &conf, &result, err);
	meter_end(&m->meter);
	if (rc == RC_REFUSED)
		return FAIL(err, RC_REFUSED, "Jurnal %d tidak utuh di tujuan: %.120s", pin->log_id, result.reason);
	if (rc == RC_OK)
		printf("%-13s %d utuh di tujuan: %lld entri, checkpoint %lld\n", "jurnal", pin->log_id, (long long)result.entries,
		       (long long)pin->size);
	return rc;
}

enum rc move_verify(struct move *m, struct err *err)
{
	TRY(verify_queries(m, err));
	for (size_t i = 0; i < m->pins_n; i++)
		TRY(verify_log(m, &m->pins[i], err));
	return RC_OK;
}

/* ---- changing over ---- */

/* A node that was not seen among the connections, or that comes this very moment, asked whether the office was left when
 * it began, and not since. So its log takes nothing of it any more. Before the logs are looked at: what it has under way
 * is waited for and seen. */
static enum rc shut_out(struct tx *tx, const struct lease_row *rows, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].held)
			TRY(lease_take_away(tx, &rows[i], err));
	return RC_OK;
}

enum rc move_leave(struct move *m, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct pin pins[PINS_MAX];
	struct lease_row rows[LEASES_MAX];
	struct transfer_mark mark = {.state = TRANSFER_LEFT};
	size_t n;
	if (m->left.state == TRANSFER_LEFT)
		return RC_OK;
	TRY(check_others(m, err));
	TRY(lease_all(m->from, rows, &n, err));
	TRY(tx_begin(m->from, TX_WRITE, &tx, err));
	TRY(shut_out(tx, rows, n, err));
	TRY(pin_all(m->journal, tx, clock_now_us(), pins, &n, err));
	identity_of(pins, n, mark.identity);
	if (memcmp(mark.identity, m->came.identity, TRANSFER_IDENTITY) != 0)
		return FAIL(err, RC_CONFLICT, "Kantor ini berubah selagi dipindahkan; kosongkan tujuan dan ulangi");
	snprintf(mark.place, sizeof mark.place, "%s", m->place);
	TRY(transfer_mark_put(tx, APP_OFFICE, &mark, clock_now_us(), err));
	return tx_commit(&tx, err);
}

static const char *kind_of(const struct store *store)
{
	return store_is_sqlite(store) ? "sqlite" : "postgres";
}

enum rc move_arrive(struct move *m, struct err *err)
{
	TX_AUTO *tx = NULL;
	const struct receipt *receipt;
	struct transfer_mark mark;
	if (m->came.state == TRANSFER_ARRIVED)
		return RC_OK;
	TRY(open_journal(m, m->to, &m->arrived, err));
	TRY(tx_begin(m->to, TX_WRITE, &tx, err));
	TRY(transfer_mark_find(tx, APP_OFFICE, &mark, err));
	struct entry entry = {.act = ACT_MOVE, .time_us = clock_now_us(), .outcome = "ok"};
	entry.about =
	        arena_printf(tx_arena(tx), "cli: migrate from=%s to=%s logs=%zu", kind_of(m->from), kind_of(m->to), m->pins_n);
	TRY(journal_append(m->arrived, tx, &entry, 1, &receipt, err));
	mark.state = TRANSFER_ARRIVED;
	TRY(transfer_mark_put(tx, APP_OFFICE, &mark, clock_now_us(), err));
	return tx_commit(&tx, err);
}
