/* SPDX-License-Identifier: EUPL-1.2
 * make bench-usage: what a program's list of its own inquiries and the sums by day cost.
 *
 * On one store (SQLite in a fresh directory, or the URL given): entries of people, then of
 * programs, in trays of 64 over 64 instansi; then all of them counted; then what a year of
 * one instansi takes to read. Processor time of this process, and time on the clock. */
#include "measure.h"
#include "journal/journal.sql.h"
#include "journal/own.h"
#include "journal/usage.h"
#include "journal/usage.sql.h"
#include "store/migrate.h"
#include "store/store.h"

#define TRAY 64
#define INSTANSI 64
#define USERS 1000
#define SPREAD_US (120 * US_PER_DAY / 65536) /* between two entries: all of them take some months */

struct bench {
	struct store *store;
	struct journal *journal;
	struct secret key;
	int64_t now_us;
	struct measure began;
};

static void open_all(struct bench *b, const char *url)
{
	const struct schema *schemas[] = {&journal_schema, &usage_schema};
	b->now_us = clock_now_us() - 200 * US_PER_DAY;
	must(store_open(url, &b->store, &err), "store");
	must(store_migrate(b->store, schemas, LEN(schemas), b->now_us, &err), "migrate");
	must(secret_new(&b->key, 32, &err), "key");
	secret_random(b->key.at, b->key.n);
	struct journal_conf journal = {.origin = "padan.example/bench", .master = b->key};
	must(journal_open(b->store, &journal, b->now_us, &b->journal, &err), "journal");
}

static struct entry entry_of(const struct bench *b, int i, int users, bool people)
{
	return (struct entry){.act = ACT_LOOKUP,
	                      .time_us = b->now_us,
	                      .outcome = i % 4 ? "01" : "13",
	                      .instansi_id = 1 + i % users % INSTANSI,
	                      .version_id = 1,
	                      .user = 1 + i % users,
	                      .session = people ? 1 + i % users : 0,
	                      .kejadian_id = 1 + i % users % INSTANSI,
	                      .user_id = S("operator1"),
	                      .method = people ? "portal" : "CALL_NIK",
	                      .nik = {INT64_C(3304060101900001) + i % 9000}};
}

/* `n` entries of `users` in turn. */
static void append(struct bench *b, int n, int users, bool people)
{
	for (int from = 0; from < n; from += TRAY) {
		TX_AUTO *tx = NULL;
		struct entry entries[TRAY];
		const struct receipt *receipts[TRAY];
		b->now_us += TRAY * SPREAD_US;
		for (int i = 0; i < TRAY; i++)
			entries[i] = entry_of(b, from + i, users, people);
		must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
		must(journal_append(b->journal, tx, entries, TRAY, receipts, &err), "append");
		must(tx_commit(&tx, &err), "commit");
	}
}

static void count_all(struct bench *b)
{
	for (bool more = true; more;) {
		TX_AUTO *tx = NULL;
		must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
		must(usage_count(tx, &more, &err), "count");
		must(tx_commit(&tx, &err), "commit");
	}
}

static void read_year(const struct bench *b)
{
	struct arena arena;
	struct usage_row *rows;
	size_t n;
	struct usage_ask ask = {1, {day_of_us(b->now_us).n - 365}, day_of_us(b->now_us)};
	arena_init(&arena, 2 << 20);
	must(usage_read(b->store, ask, &arena, &rows, &n, &err), "usage");
	arena_free(&arena);
}

static void read_page(const struct bench *b)
{
	struct arena arena;
	struct own_list list;
	struct own_ask ask = {.user = 1, .until_us = b->now_us + 1, .most = OWN_PAGE_MAX};
	arena_init(&arena, 4 << 20);
	must(own_inquiries(b->store, &ask, &arena, &list, &err), "own");
	arena_free(&arena);
}

int main(int argc, char **argv)
{
	struct bench b;
	int n = 65536;
	open_all(&b, argc > 1 ? argv[1] : "sqlite:build/bench/usage.db");
	b.began = measure_begin();
	append(&b, n, USERS, true);
	measure_end(b.began, "entries of 1,000 people", n);
	b.began = measure_begin();
	append(&b, n, INSTANSI, false);
	measure_end(b.began, "entries of 64 programs", n);
	b.began = measure_begin();
	count_all(&b);
	measure_end(b.began, "all of them counted", 2 * n);
	b.began = measure_begin();
	read_page(&b);
	measure_end(b.began, "the last 200 of one program", 1);
	b.began = measure_begin();
	read_year(&b);
	measure_end(b.began, "a year of one instansi", 1);
	append(&b, n / 2, INSTANSI, false);
	b.began = measure_begin();
	read_page(&b);
	measure_end(b.began, "the last 200, 32,768 entries not counted yet", 1);
	b.began = measure_begin();
	read_year(&b);
	measure_end(b.began, "the year, 32,768 entries not counted yet", 1);
	journal_close(b.journal);
	store_close(b.store);
	secret_free(&b.key);
	return 0;
}
