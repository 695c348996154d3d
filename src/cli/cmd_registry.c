/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_registry.c - `padan registry`: filling the population data.
 *
 * The load builds beside the live registry and swaps; a running server changes over
 * by itself. What was loaded is journaled afterwards: how many rows and as of
 * which day, never a row. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "cli/meter.h"
#include "cli/relay_conf.h"
#include "registry/load.h"
#include "registry/registry.h"
#include "sys/file.h"

#define RESIDENTS_MAX INT64_C(300000000)
#define RESIDENTS 100000

static enum rc journal_load(struct app *app, const char *how, const struct load_result *result, struct day as_of, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	struct str about = arena_printf(tx_arena(tx), "registry %s rows=%lld bad=%lld as-of=%s", how, (long long)result->rows,
	                                (long long)result->bad, day_iso(as_of).z);
	TRY(app_journal(app, tx, (struct entry){.act = ACT_REGISTRY, .about = about}, err));
	return tx_commit(&tx, err);
}

static void print_result(const struct load_result *result, struct day as_of, int64_t took_us)
{
	double seconds = (double)took_us / (double)US_PER_S;
	printf("%lld baris (%lld baru, %lld diperbarui), %lld ditolak; data per %s; %.1f detik, %.0f baris/detik\n",
	       (long long)result->rows, (long long)result->inserted, (long long)result->updated, (long long)result->bad,
	       day_long(as_of).z, seconds, seconds > 0 ? (double)result->rows / seconds : 0.0);
}

/* ---- CSV ---- */

static enum rc open_csv(const char *path, int *ret, struct err *err)
{
	if (strcmp(path, "-") == 0)
		*ret = dup(STDIN_FILENO);
	else
		*ret = open(path, O_RDONLY | O_CLOEXEC);
	return *ret >= 0 ? RC_OK : FAIL(err, RC_INVALID, "tidak dapat membuka %.150s", path);
}

static void tell_rejects(const struct load_result *result, const char *path)
{
	if (result->bad > 0)
		fprintf(stderr, "padan: %lld baris ditolak; nomor baris dan alasannya ada di %s\n", (long long)result->bad, path);
}

static enum rc load_file(struct app *app, const struct command *command, bool delta, struct err *err)
{
	struct meter meter = meter_begin();
	struct load_result result = {0};
	const char *rejects = command_option(command, "rejects");
	struct load_conf conf = {.url = conf_text(&app->conf, CONF_REGISTRY_URL),
	                         .delta = delta,
	                         .rejects_path = rejects ? rejects : app_path(app, "registry-rejects.csv").at,
	                         .progress = meter_load,
	                         .arg = &meter};
	int fd;
	TRY(relay_settings_need_database(&app->conf, err));
	TRY(command_day(command, "as-of", day_of_us(app->now_us), &conf.as_of, err));
	TRY(open_csv(command_arg(command, 1), &fd, err));
	int64_t began = clock_steady_us();
	enum rc rc = load_csv(&conf, fd, &result, err);
	int64_t took = clock_steady_us() - began;
	close(fd);
	meter_end(&meter);
	tell_rejects(&result, conf.rejects_path);
	if (rc != RC_OK)
		return rc;
	TRY(journal_load(app, delta ? "delta" : "import", &result, conf.as_of, err));
	print_result(&result, conf.as_of, took);
	return RC_OK;
}

enum rc cmd_registry_import(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TRY(app_open(&app, command, APP_RECORD, err));
	return load_file(&app, command, false, err);
}

enum rc cmd_registry_delta(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TRY(app_open(&app, command, APP_RECORD, err));
	return load_file(&app, command, true, err);
}

/* ---- synthetic ---- */

static enum rc read_generate(const struct command *command, struct generate_conf *ret, struct err *err)
{
	int64_t seed;
	TRY(command_int(command, "residents", 1, RESIDENTS_MAX, RESIDENTS, &ret->residents, err));
	TRY(command_int(command, "seed", 0, INT64_MAX, 1, &seed, err));
	ret->seed = (uint64_t)seed;
	return RC_OK;
}

static enum rc write_csv(const char *path, const struct generate_conf *generate, struct err *err)
{
	int fd = strcmp(path, "-") == 0 ? dup(STDOUT_FILENO) : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuat %.150s", path);
	enum rc rc = load_generate_csv(generate, fd, err);
	if (close(fd) != 0 && rc == RC_OK)
		rc = FAIL(err, RC_BROKEN, "tidak dapat menulis %.150s", path);
	return rc;
}

enum rc cmd_registry_generate(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct meter meter = meter_begin();
	struct load_result result = {0};
	struct generate_conf generate;
	const char *csv = command_option(command, "csv");
	TRY(read_generate(command, &generate, err));
	if (csv)
		return write_csv(csv, &generate, err);
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(relay_settings_need_database(&app.conf, err));
	struct load_conf conf = {.url = conf_text(&app.conf, CONF_REGISTRY_URL), .progress = meter_load, .arg = &meter};
	TRY(command_day(command, "as-of", day_of_us(app.now_us), &conf.as_of, err));
	int64_t began = clock_steady_us();
	enum rc rc = load_generate(&conf, &generate, &result, err);
	meter_end(&meter);
	if (rc != RC_OK)
		return rc;
	TRY(journal_load(&app, "generate", &result, conf.as_of, err));
	print_result(&result, conf.as_of, clock_steady_us() - began);
	return RC_OK;
}

/* ---- asking ---- */

/* How many live above is not told to anybody. */
static enum rc stat_relay(const struct app *app, struct err *err)
{
	struct relay_settings settings = {0};
	struct relay *relay = NULL;
	enum rc rc = relay_settings_open(&app->conf, &settings, err);
	rc = rc == RC_OK ? relay_open(&settings.relay, &relay, err) : rc;
	if (rc == RC_OK)
		printf("relai        %s\ninstansi     %d\ndata per     tidak diketahui\n", settings.relay.https.url,
		       relay_stat(relay).users);
	relay_close(relay);
	relay_settings_close(&settings);
	return rc;
}

enum rc cmd_registry_stat(const struct command *command, struct err *err)
{
	static const char *const words[] = {"aktif", "meninggal", "ganda", "nonaktif"};
	APP_AUTO app = {0};
	struct registry_stat stat;
	TRY(app_open(&app, command, APP_CONF, err));
	if (relay_is_url(conf_text(&app.conf, CONF_REGISTRY_URL)))
		return stat_relay(&app, err);
	TRY(registry_stat(conf_text(&app.conf, CONF_REGISTRY_URL), &stat, err));
	printf("penduduk     %lld\n", (long long)stat.rows);
	for (size_t i = 0; i < LEN(words); i++)
		printf("%-12s %lld\n", words[i], (long long)stat.by_status[i]);
	printf("data per     %s\nukuran       %.1f MB\n", day_long(stat.as_of).z, (double)stat.bytes / 1e6);
	return RC_OK;
}
