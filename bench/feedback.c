/* SPDX-License-Identifier: EUPL-1.2
 * make bench-feedback: what a debt costs in the tray, and how long a list of 10,000
 * tellings holds it.
 *
 * On one store (SQLite in a fresh directory, or the URL given): trays of
 * 64 answered inquiries over 64 kejadian, first with NIK never seen, then with the same
 * ones again; then 10,000 of them told of in one transaction. Processor time of this
 * process, and time on the clock. */
#include "measure.h"
#include "agreement/agreement.sql.h"
#include "feedback/feedback.sql.h"
#include "feedback/record.h"
#include "journal/journal.sql.h"
#include "store/migrate.h"
#include "store/store.h"

#define TRAY 64
#define LIST TOLD_AT_ONCE_MAX
#define FIRST_NIK INT64_C(3304060101900001)

struct bench {
	struct store *store;
	struct journal *journal;
	struct feedback *feedback;
	struct secret key;
	int64_t now_us;
	struct measure began;
};

static void open_all(struct bench *b, const char *url)
{
	const struct schema *schemas[] = {&agreement_schema, &journal_schema, &feedback_schema};
	b->now_us = clock_now_us();
	must(store_open(url, &b->store, &err), "store");
	must(store_migrate(b->store, schemas, LEN(schemas), b->now_us, &err), "migrate");
	must(secret_new(&b->key, 32, &err), "key");
	secret_random(b->key.at, b->key.n);
	struct journal_conf journal = {.origin = "padan.example/bench", .master = b->key};
	must(journal_open(b->store, &journal, b->now_us, &b->journal, &err), "journal");
	struct feedback_conf conf = {.hash_key = b->key, .office_key = b->key, .journal = b->journal};
	must(feedback_open(&conf, &b->feedback, &err), "feedback");
}

/* `of` kejadian take turns; person i is the i-th NIK of his kejadian. */
static void ask(struct bench *b, int n, int of)
{
	for (int from = 0; from < n; from += TRAY) {
		TX_AUTO *tx = NULL;
		struct debt_ask asks[TRAY];
		for (int i = 0; i < TRAY; i++)
			asks[i] = (struct debt_ask){.instansi_id = 1 + (from + i) % of,
			                            .kejadian_id = 1 + (from + i) % of,
			                            .nik = {FIRST_NIK + (from + i) / of},
			                            .asked_us = b->now_us,
			                            .journal_entry = from + i,
			                            .asked_by = S("operator1")};
		must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
		must(debt_open(b->feedback, tx, asks, TRAY, &err), "debt");
		must(tx_commit(&tx, &err), "commit");
	}
}

/* The transaction alone: what a tray costs without debts. */
static void nothing(struct bench *b, int n)
{
	for (int from = 0; from < n; from += TRAY) {
		TX_AUTO *tx = NULL;
		must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
		must(tx_commit(&tx, &err), "commit");
	}
}

static void tell(struct bench *b, enum keterangan keterangan)
{
	static struct record records[LIST];
	static enum record_fate fates[LIST];
	TX_AUTO *tx = NULL;
	struct entry by = {.time_us = b->now_us, .instansi_id = 1, .user = 7, .user_id = S("operator1")};
	for (int i = 0; i < LIST; i++)
		records[i] = (struct record){.instansi_id = 1,
		                             .kejadian_id = 1,
		                             .nik = {FIRST_NIK + i},
		                             .told = {.kind = TOLD_VICTIM, .keterangan = keterangan}};
	must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
	must(record_tell(b->feedback, tx, &by, TOLD_LIST, records, LIST, fates, &err), "tell");
	must(tx_commit(&tx, &err), "commit");
	for (int i = 0; i < LIST; i++)
		if (fates[i] != RECORD_SAVED)
			exit(1);
}

int main(int argc, char **argv)
{
	struct bench b = {0};
	const char *url = argc > 1 ? argv[1] : "sqlite:feedback.db";
	int n = argc > 2 ? atoi(argv[2]) / TRAY * TRAY : 64000;
	open_all(&b, url);
	printf("| what | of | processor, each | clock, all |\n|---|---|---|---|\n");
	b.began = measure_begin();
	nothing(&b, n);
	measure_end(b.began, "an empty transaction a tray of 64", n);
	b.began = measure_begin();
	ask(&b, n, TRAY);
	measure_end(b.began, "a debt opened, 64 kejadian", n);
	b.began = measure_begin();
	ask(&b, n, TRAY);
	measure_end(b.began, "the same asked for again", n);
	b.began = measure_begin();
	ask(&b, LIST / TRAY * TRAY + TRAY, 1);
	measure_end(b.began, "a debt opened, one kejadian", LIST / TRAY * TRAY + TRAY);
	b.began = measure_begin();
	tell(&b, KETERANGAN_MENGUNGSI);
	measure_end(b.began, "told of, in one transaction", LIST);
	b.began = measure_begin();
	tell(&b, KETERANGAN_LUKA);
	measure_end(b.began, "told of again, another state", LIST);
	feedback_close(b.feedback);
	journal_close(b.journal);
	store_close(b.store);
	secret_free(&b.key);
	return 0;
}
