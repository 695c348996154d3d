/* SPDX-License-Identifier: EUPL-1.2
 * make bench-history [HISTORY_ENTRIES=n]: how long it takes to find who looked at a NIK.
 *
 * It builds, on one store, the index of n entries over sixty months (100 million by default) with
 * 1,000 people among them who were looked at 1 to 50 times, and then asks for each of them. Written
 * straight into the tables: the index whole, as a job would have left it; of the entries themselves
 * one in ten, each a real line on its own place, and all of those that are asked for, so that the
 * table they are read from is much larger than memory has room for. Beyond the index lies a tail
 * that is not indexed, and the last part indexes it in bites.
 *
 * Cold: nothing of the file is in memory when each search begins. First: each person once after
 * that was done once. Warm: the same again. */
#include <fcntl.h>
#include <unistd.h>

#include "journal/history_inside.h"
#include "journal/journal.sql.h"
#include "journal/key.h"
#include "journal/line.h"
#include "journal/tile.h"
#include "measure.h"
#include "store/migrate.h"
#include "store/store.h"

#define EPOCHS 60
#define PEOPLE 1000
#define LOOKED_MAX 50
#define SPARSE 10  /* one line in so many is there */
#define TAIL 20000 /* entries not indexed */
#define COLD 150   /* people asked for with nothing in memory */
#define BATCH 8192
#define TURN 24
#define PERSON INT64_C(3304060101909000)

struct access {
	int64_t place; /* in the log */
	int person;
};
struct bench {
	const char *url, *file; /* file NULL: not one of ours */
	struct store *store;
	struct journal *journal;
	struct secret key;
	int64_t n, month; /* entries in all, and in a month */
	uint64_t chance;
	struct access *accesses;
	size_t accesses_n;
	int epoch[EPOCHS];
	unsigned char epoch_key[EPOCHS][EPOCH_KEY];
	struct sql_history_add_in *rows; /* of a month */
	struct sql_journal_entry_insert_in lines[BATCH];
	size_t lines_n;
	int batches;
	struct arena texts; /* of `lines` */
	struct tx *tx;
};
static struct bench bench;

static uint64_t pick(struct bench *b)
{
	b->chance += 0x9e3779b97f4a7c15u; /* splitmix64 */
	uint64_t z = b->chance;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* ---- opening ---- */

static void open_store(struct bench *b)
{
	const struct schema *schemas[] = {&journal_schema, &history_schema};
	struct journal_conf journal = {.origin = "padan.example/bench", .master = b->key};
	must(store_open(b->url, &b->store, &err), "store");
	must(store_migrate(b->store, schemas, LEN(schemas), clock_now_us(), &err), "migrate");
	must(journal_open(b->store, &journal, clock_now_us(), &b->journal, &err), "journal");
}

static void close_store(struct bench *b)
{
	journal_close(b->journal);
	store_close(b->store);
}

/* The page cache forgets the file, and SQLite's own is gone with the connection. */
static void forget(struct bench *b)
{
	close_store(b);
	int fd = b->file ? open(b->file, O_RDONLY | O_CLOEXEC) : -1;
	if (fd >= 0) {
		fsync(fd);
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		close(fd);
	}
	open_store(b);
}

static void keys_make(struct bench *b)
{
	struct day month = day_from_ymd(2021, 12, 1);
	TX_AUTO *tx = NULL;
	must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
	for (int i = 0; i < EPOCHS; i++, month = day_add_months(month, 1)) {
		struct str wrapped;
		b->epoch[i] = epoch_of_us(day_begin_us(month));
		must(key_find_or_make(tx, &b->key, key_name_epoch(b->epoch[i]).z, 1, &wrapped, &err), "key");
		must(key_unwrap(&b->key, key_name_epoch(b->epoch[i]).z, wrapped, b->epoch_key[i], &err), "unwrap");
	}
	must(tx_commit(&tx, &err), "commit");
}

/* ---- who was looked at, and where in the log ---- */

static int order_accesses(const void *left, const void *right)
{
	const struct access *a = left, *b = right;
	return (a->place > b->place) - (a->place < b->place);
}

static void accesses_make(struct bench *b)
{
	b->accesses = calloc(PEOPLE * LOOKED_MAX, sizeof *b->accesses);
	for (int person = 0; person < PEOPLE; person++)
		for (int i = 0; i <= person % LOOKED_MAX; i++)
			b->accesses[b->accesses_n++] = (struct access){(int64_t)(pick(b) % (uint64_t)b->n), person};
	qsort(b->accesses, b->accesses_n, sizeof *b->accesses, order_accesses);
	size_t kept = 0;
	for (size_t i = 0; i < b->accesses_n; i++) /* two at one place: there is one entry */
		if (kept == 0 || b->accesses[kept - 1].place != b->accesses[i].place)
			b->accesses[kept++] = b->accesses[i];
	b->accesses_n = kept;
}

/* ---- writing ---- */

/* After so many batches: what a transaction may remember is bounded. */
static void turn(struct bench *b)
{
	if (++b->batches % TURN)
		return;
	must(tx_commit(&b->tx, &err), "commit");
	must(tx_begin(b->store, TX_WRITE, &b->tx, &err), "begin");
}

static void lines_flush(struct bench *b)
{
	if (b->lines_n) {
		must(sql_journal_entry_insert(b->tx, b->lines, b->lines_n, &err), "entries");
		turn(b);
	}
	b->lines_n = 0;
	arena_reset(&b->texts);
}

static struct str bytes(struct bench *b, const void *at, size_t n)
{
	return arena_str(&b->texts, str_from(at, n));
}

static void line_add(struct bench *b, int64_t place, int64_t time_us, const unsigned char hash[NIK_HASH])
{
	BUF_AUTO line = BUF(LINE_MAX_BYTES);
	unsigned char leaf[32] = {0};
	const struct line_place at = {.seq = place, .nik_hash = hash};
	struct entry e = {.act = ACT_LOOKUP,
	                  .time_us = time_us,
	                  .outcome = "01",
	                  .instansi_id = 1 + place % 64,
	                  .version_id = 2,
	                  .user = 1 + place % 1000,
	                  .user_id = S("operator1"),
	                  .session = place % 5000 + 1,
	                  .kejadian_id = 1 + place % 64,
	                  .method = "portal",
	                  .document = "ktp-el"};
	must(addr_from_str(S("192.0.2.13"), &e.peer), "address");
	line_write(&line, &at, &e);
	b->lines[b->lines_n++] = (struct sql_journal_entry_insert_in){.entry_id = place,
	                                                              .time_us = time_us,
	                                                              .act = S("lookup"),
	                                                              .outcome = S("01"),
	                                                              .instansi_id = e.instansi_id,
	                                                              .version_id = 2,
	                                                              .user_no = e.user,
	                                                              .nik_hash = bytes(b, hash, NIK_HASH),
	                                                              .leaf = bytes(b, leaf, sizeof leaf),
	                                                              .line = bytes(b, line.at, line.n)};
	if (b->lines_n == BATCH)
		lines_flush(b);
}

static int order_rows(const void *left, const void *right)
{
	const struct sql_history_add_in *a = left, *b = right;
	if (a->hash8 != b->hash8)
		return a->hash8 < b->hash8 ? -1 : 1;
	return (a->entry_id > b->entry_id) - (a->entry_id < b->entry_id);
}

/* The hash of an entry: of one of the people, when it is one that looked at him. */
static bool hash_of(struct bench *b, int month, int64_t place, size_t *next, unsigned char ret[NIK_HASH])
{
	if (*next < b->accesses_n && b->accesses[*next].place == place) {
		epoch_nik_hash(b->epoch_key[month], (struct nik){PERSON + b->accesses[*next].person}, ret);
		++*next;
		return true;
	}
	for (int i = 0; i < NIK_HASH; i += 8) {
		uint64_t part = pick(b);
		memcpy(ret + i, &part, 8);
	}
	return false;
}

static void month_write(struct bench *b, int month, size_t *next)
{
	int64_t begin_us = epoch_end_us(b->epoch[month]) - 28 * US_PER_DAY, first = month * b->month;
	int64_t last = month == EPOCHS - 1 ? b->n : first + b->month, step_us = 28 * US_PER_DAY / (last - first + TAIL + 1);
	unsigned char hash[NIK_HASH];
	must(tx_begin(b->store, TX_WRITE, &b->tx, &err), "begin");
	for (int64_t place = first; place < last; place++) {
		int64_t time_us = begin_us + (place - first) * step_us;
		bool asked = hash_of(b, month, place, next, hash);
		b->rows[place - first] = (struct sql_history_add_in){b->epoch[month], history_hash8(hash), place};
		if (asked || place % SPARSE == 0)
			line_add(b, place, time_us, hash);
	}
	for (int64_t place = b->n; month == EPOCHS - 1 && place < b->n + TAIL; place++) {
		hash_of(b, month, place, next, hash);
		line_add(b, place, begin_us + (place - first) * step_us, hash);
	}
	lines_flush(b);
	qsort(b->rows, (size_t)(last - first), sizeof *b->rows, order_rows);
	for (int64_t at = 0; at < last - first; at += BATCH) {
		int64_t n = last - first - at < BATCH ? last - first - at : BATCH;
		must(sql_history_add(b->tx, b->rows + at, (size_t)n, &err), "index");
		turn(b);
	}
	must(tx_commit(&b->tx, &err), "commit");
	must(store_checkpoint(b->store, &err), "checkpoint");
}

/* The log is so long, and so much of it is indexed. */
static void ends_set(struct bench *b, int64_t size, int64_t from, int64_t upto)
{
	static const char zeros[64 * 32]; /* as many hashes as the tree would have; nobody asks for a proof */
	struct str frontier = str_from(zeros, (size_t)__builtin_popcountll((uint64_t)size) * 32);
	int64_t moved;
	TX_AUTO *tx = NULL;
	must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
	must(sql_journal_head_update(tx, (struct sql_journal_head_update_in){.size = size, .frontier = frontier}, NULL, &err),
	     "head");
	must(sql_history_log_make(tx, (struct sql_history_log_make_in){0}, NULL, &err), "log");
	must(sql_history_log_move(tx, (struct sql_history_log_move_in){.from = from, .upto = upto}, &moved, &err), "move");
	must(tx_commit(&tx, &err), "commit");
}

static void build(struct bench *b)
{
	size_t next = 0;
	struct measure began = measure_begin();
	b->rows = calloc((size_t)(b->month + EPOCHS + TAIL), sizeof *b->rows);
	arena_init(&b->texts, 64 << 20);
	for (int month = 0; month < EPOCHS; month++) {
		month_write(b, month, &next);
		fprintf(stderr, "\r%d/%d months", month + 1, EPOCHS);
	}
	fprintf(stderr, "\r");
	measure_end(began, "entries put into the index", (int)b->n);
	free(b->rows);
	arena_free(&b->texts);
}

/* ---- asking ---- */

static int order_times(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

static int64_t ask(struct bench *b, int person)
{
	struct arena arena;
	struct history_list list;
	const struct history_ask what = {.nik = {PERSON + person}, .until_us = clock_now_us() + 400 * US_PER_DAY, .most = 50};
	size_t wanted = 0;
	for (size_t i = 0; i < b->accesses_n; i++)
		wanted += b->accesses[i].person == person;
	arena_init(&arena, 4 << 20);
	int64_t began = clock_steady_us();
	must(history_search(b->journal, b->store, &what, &arena, &list, &err), "search");
	int64_t took = clock_steady_us() - began;
	if ((size_t)list.all != wanted || list.epochs < EPOCHS) {
		fprintf(stderr, "person %d: %lld found, %zu meant\n", person, (long long)list.all, wanted);
		exit(1);
	}
	arena_free(&arena);
	return took;
}

static void ask_all(struct bench *b, const char *what, int people, bool cold)
{
	static int64_t times[PEOPLE];
	struct measure began = measure_begin();
	int64_t sum = 0;
	for (int i = 0; i < people; i++) {
		if (cold)
			forget(b);
		times[i] = ask(b, i * (PEOPLE / people));
		sum += times[i];
	}
	int64_t cpu = measure_begin().cpu_us - began.cpu_us;
	qsort(times, (size_t)people, sizeof *times, order_times);
	printf("| %-44s | %5d | p50 %7.2f ms | p99 %7.2f ms | max %7.2f ms | mean %7.2f ms | %6.2f ms CPU |\n", what, people,
	       (double)times[people / 2] / 1e3, (double)times[people * 99 / 100] / 1e3, (double)times[people - 1] / 1e3,
	       (double)sum / people / 1e3, (double)cpu / people / 1e3);
	fflush(stdout);
}

static void index_all(struct bench *b)
{
	int bites = 0;
	struct measure began = measure_begin();
	for (bool more = true; more; bites++) {
		TX_AUTO *tx = NULL;
		must(tx_begin(b->store, TX_WRITE, &tx, &err), "begin");
		must(history_index(tx, &more, &err), "index");
		must(tx_commit(&tx, &err), "commit");
	}
	measure_end(began, "the tail indexed, an entry", TAIL);
	measure_end(began, "the same, a bite", bites);
}

int main(int argc, char **argv)
{
	struct bench *b = &bench;
	b->url = argc > 1 ? argv[1] : "sqlite:build/bench/history.db";
	b->file = str_starts(str_c(b->url), S("sqlite:")) ? b->url + 7 : NULL;
	b->n = argc > 2 ? atoll(argv[2]) : 100000000;
	b->month = b->n / EPOCHS;
	must(secret_new(&b->key, 32, &err), "key");
	secret_random(b->key.at, b->key.n);
	open_store(b);
	keys_make(b);
	accesses_make(b);
	build(b);
	ends_set(b, b->n, 0, b->n);
	ask_all(b, "nothing in memory before each search", COLD, true);
	forget(b);
	ask_all(b, "first: each person once", PEOPLE, false);
	ask_all(b, "warm: the same again", PEOPLE, false);
	ends_set(b, b->n + 1000, b->n, b->n);
	ask_all(b, "warm, 1,000 entries not indexed yet", PEOPLE, false);
	ends_set(b, b->n + TAIL, b->n, b->n);
	ask_all(b, "warm, 20,000 entries not indexed yet", PEOPLE, false);
	index_all(b);
	ask_all(b, "warm, after that", PEOPLE, false);
	close_store(b);
	secret_free(&b->key);
	free(b->accesses);
	return 0;
}
