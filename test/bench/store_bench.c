/* SPDX-License-Identifier: EUPL-1.2
 * What the store alone can do: durable transactions of one row and of 256 rows, and
 * batches of 256 reads by primary key. usage: store_bench [URL] [SECONDS]
 * Without a URL: SQLite in a temporary directory, removed afterwards. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "test/contract/store/sample.sql.c"

#define TRAY 256
#define RESIDENTS 100000

static struct err err;

static void must(enum rc rc)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s: %s: %s\n", rc_name(rc), err.what, err.detail);
	exit(111);
}

static int64_t next_id = 1;

static void write_rows(struct store *store, size_t n)
{
	static char names[TRAY][24];
	static struct sql_item_put_in rows[TRAY];
	struct tx *tx;
	for (size_t i = 0; i < n; i++, next_id++) {
		snprintf(names[i], sizeof names[i], "item %lld", (long long)next_id);
		rows[i] = (struct sql_item_put_in){.item_id = next_id, .name = str_c(names[i]), .amount = next_id};
	}
	must(tx_begin(store, TX_WRITE, &tx, &err));
	must(sql_item_put(tx, rows, n, &err));
	must(tx_commit(&tx, &err));
}

static void read_rows(struct store *store, size_t n)
{
	static struct sql_item_find_in in[TRAY];
	static struct sql_item_find out[TRAY];
	static bool found[TRAY];
	struct tx *tx;
	for (size_t i = 0; i < n; i++)
		in[i].item_id = 1 + random() % RESIDENTS;
	must(tx_begin(store, TX_READ, &tx, &err));
	must(sql_item_find(tx, in, n, out, found, &err));
	must(tx_commit(&tx, &err));
}

static void measure(struct store *store, const char *what, void (*work)(struct store *, size_t), size_t n,
                    double seconds)
{
	int64_t begin = clock_steady_us(), now = begin, turns = 0;
	for (; (double)(now - begin) < seconds * 1e6; now = clock_steady_us(), turns++)
		work(store, n);
	double took = (double)(now - begin) / 1e6;
	printf("%-32s %10.0f transactions/s %12.0f rows/s\n", what, (double)turns / took,
	       (double)turns * (double)n / took);
	must(store_checkpoint(store, &err));
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/padan-bench.XXXXXX", url[64], remove_it[64];
	double seconds = argc > 2 ? atof(argv[2]) : 3;
	const struct schema *schemas[] = {&sample_schema};
	struct store *store;
	if (argc < 2 && !mkdtemp(dir))
		return 111;
	snprintf(url, sizeof url, "sqlite:%s/bench.db", dir);
	must(store_open(argc > 1 ? argv[1] : url, &store, &err));
	must(store_migrate(store, schemas, 1, 1, &err));
	while (next_id <= RESIDENTS)
		write_rows(store, TRAY);
	measure(store, "one row, durable", write_rows, 1, seconds);
	measure(store, "256 rows, durable", write_rows, TRAY, seconds);
	measure(store, "256 reads by primary key", read_rows, TRAY, seconds);
	measure(store, "one read by primary key", read_rows, 1, seconds);
	store_close(store);
	if (argc < 2) {
		snprintf(remove_it, sizeof remove_it, "%s/bench.db", dir);
		unlink(remove_it);
		rmdir(dir);
	}
	return 0;
}
