/* SPDX-License-Identifier: EUPL-1.2
 * bench/registry_bench.c - figures of the registry on this machine.
 *
 *   registry_bench import DIR N    generate, import in order and out of order, look up
 *   registry_bench nation DIR N    generate N residents of a nation; look up cold, warm
 *   registry_bench look DIR        look up alone, in what `import` left there
 *
 * Look-ups go through registry_answer() with permits for the eight elements, in trays
 * of 1 and of 256. "Cold" drops the database file from the page cache first. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "policy/permit_inside.h"
#include "registry/load.h"
#include "registry/registry.h"

#define TRAY 256
#define SAMPLE 100000
#define SEED 3304

static struct err err;

static void must(enum rc rc, const char *what)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s: %s: %s (%s)\n", what, rc_name(rc), err.what, err.detail);
	exit(111);
}

static double seconds_since(int64_t begin_us)
{
	return (double)(clock_steady_us() - begin_us) / (double)US_PER_S;
}

/* Processor time of all threads: what counts when the machine is shared. */
static double cpu_s(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double cpu_told;

static void report(const char *what, int64_t rows, double s)
{
	double cpu = cpu_s() - cpu_told;
	printf("%-28s %12lld rows %8.1f s %10.0f rows/s %8.1f s of CPU\n", what, (long long)rows, s, (double)rows / s, cpu);
	fflush(stdout);
	cpu_told = cpu_s();
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* p50 and p99 of a call with `tray` permits, and the mean of one look-up. */
static void look_up(struct registry *r, const char *what, const struct nik *niks, size_t n, size_t tray)
{
	static struct permit permits[TRAY];
	static double times[SAMPLE];
	const struct permit *in[TRAY];
	const struct answer *out[TRAY];
	struct arena arena;
	size_t calls = 0, found = 0;
	double all = 0;
	arena_init(&arena, (size_t)16 << 20);
	for (size_t at = 0; at + tray <= n; at += tray) {
		for (size_t i = 0; i < tray; i++) {
			permits[i] = (struct permit){.nik = niks[at + i], .elements = ELEMENT_SET_BASE};
			in[i] = &permits[i];
		}
		int64_t begin = clock_steady_us();
		must(registry_answer(r, in, tray, &arena, out, &err), "answer");
		times[calls] = (double)(clock_steady_us() - begin);
		all += times[calls++];
		for (size_t i = 0; i < tray; i++)
			found += answer_outcome(out[i]) != OUTCOME_ABSENT;
		arena_reset(&arena);
	}
	arena_free(&arena);
	qsort(times, calls, sizeof *times, by_time);
	printf("%-28s %12zu found %7.2f us each, p50 %.0f us, p99 %.0f us a tray of %zu\n", what, found,
	       all / (double)(calls * tray), times[calls / 2], times[calls * 99 / 100], tray);
	fflush(stdout);
}

static void shuffle(struct nik *niks, size_t n)
{
	uint64_t x = SEED;
	for (size_t i = n; i > 1; i--) {
		x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		size_t at = (size_t)(x >> 33) % i;
		struct nik swap = niks[i - 1];
		niks[i - 1] = niks[at];
		niks[at] = swap;
	}
}

static void drop_cache(const char *url)
{
	int fd = open(url + strlen("sqlite:"), O_RDONLY);
	if (fd >= 0) {
		fsync(fd);
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		close(fd);
	}
}

static void look_ups(const char *url, size_t want)
{
	static struct nik niks[SAMPLE];
	size_t n;
	struct registry *r;
	must(load_sample(url, OUTCOME_DATA, niks, want, &n, &err), "sample");
	shuffle(niks, n);
	drop_cache(url);
	must(registry_open(url, &r, &err), "open");
	look_up(r, "look up, cold", niks, n < 2000 ? n : 2000, 1);
	look_up(r, "look up, warming", niks, n, 1);
	look_up(r, "look up, warm", niks, n, 1);
	look_up(r, "look up, warm, trays", niks, n, TRAY);
	registry_close(r);
}

static void size_report(const char *url)
{
	struct registry_stat stat;
	must(registry_stat(url, &stat, &err), "stat");
	printf("%-28s %12lld bytes %6.1f bytes a row\n", "database", (long long)stat.bytes,
	       (double)stat.bytes / (double)stat.rows);
}

static void import(const char *url, const char *csv, const char *what)
{
	struct load_conf conf = {.url = url, .as_of = {20453}};
	struct load_result result;
	int fd = open(csv, O_RDONLY);
	int64_t begin = clock_steady_us();
	must(load_csv(&conf, fd, &result, &err), what);
	report(what, result.rows, seconds_since(begin));
	close(fd);
	if (result.bad)
		printf("  %lld bad\n", (long long)result.bad);
	size_report(url);
}

static void tell(void *arg, const struct load_progress *p)
{
	static int64_t last;
	(void)arg;
	if (clock_steady_us() - last < 10 * US_PER_S)
		return;
	last = clock_steady_us();
	fprintf(stderr, "  %lld rows, %.0f rows/s, %.0f s left\n", (long long)p->rows, p->rows_per_s, p->eta_s);
}

static void generate(const char *url, int64_t n)
{
	struct load_conf conf = {.url = url, .as_of = {20453}, .progress = tell};
	struct generate_conf g = {.residents = n, .seed = SEED};
	struct load_result result;
	int64_t begin = clock_steady_us();
	must(load_generate(&conf, &g, &result, &err), "generate");
	report("generate", result.rows, seconds_since(begin));
	size_report(url);
}

/* The lines of a CSV file in order, its header first. */
static void sort_csv(const char *from, const char *into)
{
	char command[4096];
	snprintf(command, sizeof command, "(head -n1 '%s'; tail -n+2 '%s' | LC_ALL=C sort -S 512M) >'%s'", from, from, into);
	if (system(command) != 0)
		exit(111);
}

static void bench_import(const char *dir, int64_t n)
{
	char url[1024], csv[1024], sorted[1024];
	struct generate_conf g = {.residents = n, .seed = SEED};
	snprintf(url, sizeof url, "sqlite:%s/registry.db", dir);
	snprintf(csv, sizeof csv, "%s/unsorted.csv", dir);
	snprintf(sorted, sizeof sorted, "%s/sorted.csv", dir);
	int fd = open(csv, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int64_t begin = clock_steady_us();
	must(load_generate_csv(&g, fd, &err), "generate as CSV");
	close(fd);
	report("generate as CSV", n, seconds_since(begin));
	sort_csv(csv, sorted);
	generate(url, n);
	import(url, csv, "import, unsorted");
	import(url, sorted, "import, sorted by NIK");
	unlink(csv);
	unlink(sorted);
	look_ups(url, SAMPLE);
}

int main(int argc, char **argv)
{
	int64_t n = 1000000;
	if (argc < 3 || (argc > 3 && str_int(str_c(argv[3]), 1, INT64_C(1000000000), &n) != RC_OK)) {
		fputs("usage: registry_bench import|nation|look DIR [N]\n", stderr);
		return 100;
	}
	mkdir(argv[2], 0700);
	if (str_eq(str_c(argv[1]), S("import"))) {
		bench_import(argv[2], n);
		return 0;
	}
	char url[1024];
	if (str_eq(str_c(argv[1]), S("look"))) {
		snprintf(url, sizeof url, "sqlite:%s/registry.db", argv[2]);
		look_ups(url, SAMPLE);
		return 0;
	}
	snprintf(url, sizeof url, "sqlite:%s/nation.db", argv[2]);
	generate(url, n);
	look_ups(url, SAMPLE);
	return 0;
}
