/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_check.c - `padan check`: is everything as a serving Padan needs it?
 *
 * A table of checks, each one line on stdout. A warning leaves the exit code at 0;
 * one failure makes it 1. Checks that need the office are skipped, and say so, when
 * it cannot be opened. The journal is read whole, which takes its time on a long one;
 * against a cut tail only a checkpoint kept elsewhere helps (journal verify). */
#include <stdio.h>
#include <sys/stat.h>

#include "cli/app.h"
#include "cli/balikan_conf.h"
#include "cli/cmd.h"
#include "cli/duty.h"
#include "cli/mail_conf.h"
#include "cli/node.h"
#include "cli/relay_conf.h"
#include "feedback/debt.h"
#include "feedback/outbox.h"
#include "jobs/job.h"
#include "jobs/mail.h"
#include "jobs/token.h"
#include "journal/archive.h"
#include "journal/verify.h"
#include "policy/reservation.h"
#include "registry/registry.h"
#include "store/bulk.h"
#include "store/query.h"
#include "sys/file.h"

#define REGISTRY_OLD_DAYS 31

enum finding { FINDING_GOOD, FINDING_WARNING, FINDING_BAD };

struct check_state {
	const struct command *command;
	struct app app;
	bool opened; /* to APP_RECORD */
	char words[700];
};

#define SAY(state, finding, ...) (snprintf((state)->words, sizeof(state)->words, __VA_ARGS__), (finding))

static enum finding say_err(struct check_state *s, const struct err *err)
{
	return SAY(s, FINDING_BAD, "%s%s%s%s", err->what, *err->detail ? " (" : "", err->detail, *err->detail ? ")" : "");
}

/* ---- the checks ---- */

static enum finding check_open(struct check_state *s)
{
	struct err err = {0};
	enum rc rc = app_open(&s->app, s->command, APP_RECORD, &err);
	s->opened = rc == RC_OK;
	return s->opened ? SAY(s, FINDING_GOOD, "pengaturan, kunci induk, basis data kantor, dan kunci jurnal dapat dibuka") :
			   say_err(s, &err);
}

static enum finding check_mode(struct check_state *s)
{
	static const enum conf_key keys[] = {CONF_MASTER_KEY_FILE, CONF_TLS_KEY};
	unsigned mode;
	if (file_mode(s->app.dir, &mode, NULL) == RC_OK && (mode & 077))
		return SAY(s, FINDING_BAD, "%s dapat dimasuki pengguna lain (%03o); jalankan chmod 700", s->app.dir, mode);
	for (size_t i = 0; i < LEN(keys); i++) {
		const char *path = conf_text(&s->app.conf, keys[i]);
		if (file_mode(path, &mode, NULL) == RC_OK && (mode & 077))
			return SAY(s, FINDING_BAD, "%s dapat dibaca pengguna lain (%03o); jalankan chmod 600", path, mode);
	}
	return SAY(s, FINDING_GOOD, "direktori dan kunci hanya dapat dibaca pemiliknya");
}

static enum finding check_master_place(struct check_state *s)
{
	const char *path = conf_text(&s->app.conf, CONF_MASTER_KEY_FILE);
	size_t n = strlen(s->app.dir);
	if (strncmp(path, s->app.dir, n) == 0 && path[n] == '/')
		return SAY(s, FINDING_WARNING, "kunci induk masih di dalam direktori data; pindahkan agar tidak ikut tercadangkan");
	return SAY(s, FINDING_GOOD, "kunci induk di luar direktori data");
}

static enum finding check_queries(struct check_state *s)
{
	int n = 0;
	for (size_t room = 0; app_queries[room]; room++) {
		for (size_t i = 0; app_queries[room][i]; i++, n++) {
			struct err err = {0};
			if (query_check(s->app.office, app_queries[room][i], &err) != RC_OK)
				return say_err(s, &err);
		}
	}
	return SAY(s, FINDING_GOOD, "%d kueri sesuai dengan tabel", n);
}

#define RESERVATION_OLD_US (3600 * US_PER_S)

/* The line, without a question; and what earlier runs left behind. */
static enum finding check_relay(struct check_state *s)
{
	TX_AUTO *tx = NULL;
	struct err err = {0};
	struct relay_settings settings = {0};
	struct relay *relay = NULL;
	struct reservation_count count = {0};
	int users = 0;
	enum rc rc = relay_settings_open(&s->app.conf, &settings, &err);
	rc = rc == RC_OK ? relay_open(&settings.relay, &relay, &err) : rc;
	if (rc == RC_OK)
		users = relay_stat(relay).users;
	relay_close(relay);
	rc = rc == RC_OK ? relay_probe(&settings.relay.https, &err) : rc;
	relay_settings_close(&settings);
	rc = rc == RC_OK ? tx_begin(s->app.office, TX_READ, &tx, &err) : rc;
	rc = rc == RC_OK ? reservation_count(tx, s->app.now_us - RESERVATION_OLD_US, &count, &err) : rc;
	if (rc != RC_OK)
		return say_err(s, &err);
	if (count.old)
		return SAY(s, FINDING_WARNING, "relai; %lld permintaan ditinggalkan simpul yang tidak dimulai lagi",
		           (long long)count.old);
	return SAY(s, FINDING_GOOD, "relai ke %s untuk %d instansi dapat dihubungi; %lld hit tidak diketahui hasilnya",
	           conf_text(&s->app.conf, CONF_REGISTRY_URL), users, (long long)count.unknown);
}

static enum finding check_registry(struct check_state *s)
{
	struct err err = {0};
	struct registry_stat stat;
	if (relay_is_url(conf_text(&s->app.conf, CONF_REGISTRY_URL)))
		return check_relay(s);
	enum rc rc = registry_stat(conf_text(&s->app.conf, CONF_REGISTRY_URL), &stat, &err);
	if (rc == RC_ABSENT)
		return SAY(s, FINDING_BAD, "data kependudukan belum ada; jalankan dahulu: padan registry import");
	if (rc != RC_OK)
		return say_err(s, &err);
	int32_t age = day_of_us(s->app.now_us).n - stat.as_of.n;
	return SAY(s, age > REGISTRY_OLD_DAYS ? FINDING_WARNING : FINDING_GOOD, "%lld penduduk, data per %s (%d hari)",
		   (long long)stat.rows, day_long(stat.as_of).z, (int)age);
}

/* Every log; the first that is not whole is named. */
static enum finding check_journal(struct check_state *s)
{
	struct err err = {0};
	struct verify_conf conf = {0};
	int logs[VERIFY_LOGS_MAX];
	size_t n;
	int64_t entries = 0, archived = 0, signed_size = 0;
	enum rc rc = verify_logs(s->app.office, logs, &n, &err);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct verify_result result = {.bad_seq = -1};
		rc = verify_store(s->app.office, logs[i], &conf, &result, &err);
		if (rc == RC_REFUSED)
			return SAY(s, FINDING_BAD, "jurnal tidak utuh (log %d): %.200s", logs[i], result.reason);
		entries += result.entries;
		archived += result.archived;
		signed_size += result.signed_size;
	}
	if (rc != RC_OK)
		return say_err(s, &err);
	if (archived)
		return SAY(s, FINDING_GOOD, "jurnal utuh: %zu log, %lld entri, sebelumnya %lld diarsipkan; %lld ditandatangani", n,
		           (long long)entries, (long long)archived, (long long)signed_size);
	return SAY(s, FINDING_GOOD, "jurnal utuh: %zu log, %lld entri, %lld di antaranya ditandatangani", n,
	           (long long)entries, (long long)signed_size);
}

/* A number whose holder is silent was not given back: that process was killed or is cut off, and
 * what it had in hand waits until the number is taken again. */
static enum finding check_nodes(struct check_state *s)
{
	struct err err = {0};
	struct node_seen seen[LEASES_MAX];
	size_t n, held = 0;
	if (node_look(&s->app, seen, &n, &err) != RC_OK)
		return say_err(s, &err);
	for (size_t i = 0; i < n; i++) {
		const struct lease_row *row = &seen[i].row;
		held += row->held;
		if (row->held && !seen[i].heard)
			return SAY(s, FINDING_WARNING, "simpul %d pada %s diam, tetapi nomornya belum dikembalikan", row->log_id,
			           row->host);
	}
	return SAY(s, FINDING_GOOD, "%zu simpul sedang melayani", held);
}

/* Where a DBA has parted the journal: nothing stops when nobody looks after the parts, but they grow (doc/scale.md). */
static enum finding check_parts(struct check_state *s)
{
	TX_AUTO *tx = NULL;
	struct err err = {0};
	int logs[JOURNAL_LOG_MAX + 1] = {0};
	size_t n = 0;
	enum rc rc = tx_begin(s->app.office, TX_READ, &tx, &err);
	if (rc == RC_OK)
		rc = archive_parts_due(tx, logs, &n, &err);
	if (rc == RC_ABSENT)
		return SAY(s, FINDING_GOOD, "entri jurnal dalam satu tabel");
	if (rc != RC_OK)
		return say_err(s, &err);
	if (n)
		return SAY(s, FINDING_WARNING, "partisi berikutnya belum ada (log %d): jalankan padan_journal_next()", logs[0]);
	return SAY(s, FINDING_GOOD, "partisi jurnal berikutnya sudah ada");
}

static enum finding check_clock(struct check_state *s)
{
	if (!duty_clock_is_synchronised())
		return SAY(s, FINDING_WARNING, "jam mesin tidak disinkronkan (NTP); hari kuota dan waktu jurnal dapat keliru");
	return SAY(s, FINDING_GOOD, "jam mesin disinkronkan");
}

static enum finding check_disk(struct check_state *s)
{
	struct err err = {0};
	int64_t free;
	if (file_space(s->app.dir, &free, &err) != RC_OK)
		return say_err(s, &err);
	return SAY(s, free < DUTY_DISK_LOW ? FINDING_WARNING : FINDING_GOOD, "ruang disk tersisa %.1f GB", (double)free / 1e9);
}

static enum finding check_certificate(struct check_state *s)
{
	const char *paths[] = {conf_text(&s->app.conf, CONF_TLS_CERT), conf_text(&s->app.conf, CONF_TLS_KEY)};
	if (!conf_is(&s->app.conf, CONF_TLS, "on"))
		return SAY(s, FINDING_WARNING, "tls=off: hanya untuk percobaan atau di belakang perantara pada mesin ini");
	for (size_t i = 0; i < LEN(paths); i++)
		if (!file_exists(paths[i]))
			return SAY(s, FINDING_BAD, "tidak ada: %s", paths[i]);
	return SAY(s, FINDING_GOOD, "sertifikat dan kuncinya ada");
}

/* Which have not gone well for long, and which fail. */
static enum finding check_jobs(struct check_state *s)
{
	TX_AUTO *tx = NULL;
	struct err err = {0};
	struct job_state states[JOBS_MAX];
	size_t n, done = 0;
	if (tx_begin(s->app.office, TX_READ, &tx, &err) != RC_OK || job_states(tx, states, &n, &err) != RC_OK)
		return say_err(s, &err);
	for (size_t i = 0; i < n; i++) {
		const struct job_state *state = &states[i];
		done += state->ok_us != 0;
		if (job_is_late(state, s->app.now_us))
			return SAY(s, FINDING_WARNING, "%s (%s): gagal %lld kali berturut-turut, terakhir berhasil %s",
			           state->job->label, state->job->key, (long long)state->fails,
			           state->ok_us ? clock_short_wib(state->ok_us).z : "belum pernah");
	}
	return done ? SAY(s, FINDING_GOOD, "%zu pekerjaan berkala, tidak ada yang tertinggal", n) :
		      SAY(s, FINDING_GOOD, "%zu pekerjaan berkala; dimulai oleh padan serve", n);
}

static enum finding check_mail(struct check_state *s)
{
	TX_AUTO *tx = NULL;
	struct err err = {0};
	struct mail_count count;
	struct mail_conf conf;
	enum rc rc = mail_conf_open(&s->app.conf, &conf, &err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return say_err(s, &err);
	mail_conf_close(&conf);
	if (tx_begin(s->app.office, TX_READ, &tx, &err) != RC_OK || mail_count(tx, &count, &err) != RC_OK)
		return say_err(s, &err);
	return SAY(s, count.failed || (rc == RC_ABSENT && count.waiting) ? FINDING_WARNING : FINDING_GOOD,
	           "%s%lld menunggu, %lld terkirim, %lld gagal", rc == RC_ABSENT ? "mail.url kosong; " : "",
	           (long long)count.waiting, (long long)count.sent, (long long)count.failed);
}

static enum finding check_debts(struct check_state *s)
{
	TX_AUTO *tx = NULL;
	struct err err = {0};
	struct debt_recount count;
	if (tx_begin(s->app.office, TX_READ, &tx, &err) != RC_OK || debt_recount(tx, &count, &err) != RC_OK)
		return say_err(s, &err);
	if (count.wrong)
		return SAY(s, FINDING_BAD, "angka data balikan keliru pada %lld dari %lld kejadian", (long long)count.wrong,
		           (long long)count.kejadian);
	return SAY(s, FINDING_GOOD, "data balikan %lld kejadian dihitung ulang dan sesuai", (long long)count.kejadian);
}

#define BALIKAN_LATE_US US_PER_DAY

/* Whose entries wait although there is no token for them; "" nobody's. */
static enum rc find_tokenless(struct tx *tx, const struct balikan_conf *conf, struct str *ret, struct err *err)
{
	struct outbox_lane_seen *lanes;
	struct instansi_row row;
	struct str token, text = conf->tokens.at ? secret_str(&conf->tokens) : S("");
	size_t n;
	*ret = S("");
	TRY(outbox_lanes(tx, &lanes, &n, err));
	for (size_t i = 0; i < n && ret->n == 0; i++) {
		TRY(instansi_get(tx, lanes[i].instansi_id, &row, err));
		if (lanes[i].waiting && token_find(text, row.code, &token) != RC_OK)
			*ret = row.code;
	}
	return RC_OK;
}

static enum finding say_outbox(struct check_state *s, const struct outbox_count *count, bool off, struct str tokenless)
{
	bool late = count->oldest_us && s->app.now_us - count->oldest_us > BALIKAN_LATE_US;
	if (off && count->waiting == 0)
		return SAY(s, FINDING_GOOD, "balikan.url kosong; tidak ada yang diteruskan");
	if (!off && tokenless.n)
		return SAY(s, FINDING_WARNING, "balikan.tokens tidak memuat token untuk %.*s; %lld menunggu", STR_ARG(tokenless),
		           (long long)count->waiting);
	return SAY(s, off || count->refused || late ? FINDING_WARNING : FINDING_GOOD,
	           "%s%lld menunggu%s%s, %lld terkirim, %lld ditolak", off ? "balikan.url kosong; " : "",
	           (long long)count->waiting, late ? " sejak " : "", late ? clock_short_wib(count->oldest_us).z : "",
	           (long long)count->delivered, (long long)count->refused);
}

static enum finding check_outbox(struct check_state *s)
{
	TX_AUTO *tx = NULL;
	struct err err = {0};
	struct outbox_count count;
	struct balikan_conf conf;
	struct str tokenless;
	enum rc rc = balikan_conf_open(&s->app.conf, &conf, &err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return say_err(s, &err);
	enum rc read = tx_begin(s->app.office, TX_READ, &tx, &err);
	read = read == RC_OK ? outbox_count(tx, &count, &err) : read;
	read = read == RC_OK ? find_tokenless(tx, &conf, &tokenless, &err) : read;
	balikan_conf_close(&conf);
	return read == RC_OK ? say_outbox(s, &count, rc == RC_ABSENT, tokenless) : say_err(s, &err);
}

/* ---- the servers of the databases (doc/postgres.md) ---- */

/* What writes statements into the server's log, and how it is set where it does not write those with values. */
static const struct {
	const char *name, *off, *harmless;
} tellers[] = {
	{"log_statement", "none", "ddl"},
	{"log_min_duration_statement", "-1", "-1"},
	{"log_min_duration_sample", "-1", "-1"},
	{"log_transaction_sample_rate", "0", "0"},
};

#define CURE "sebagai superuser jalankan ALTER ROLE \"%s\" SET log_parameter_max_length = 0, lalu mulai ulang padan"

/* The log of the server is nobody's journal. `what` Padan sends there. */
static enum finding check_log(struct check_state *s, struct store *store, const char *what)
{
	char most[STORE_SETTING_MAX], role[STORE_SETTING_MAX], value[STORE_SETTING_MAX];
	struct err err = {0};
	if (store_setting(store, "log_parameter_max_length", most, &err) != RC_OK ||
	    store_setting(store, "session_authorization", role, &err) != RC_OK)
		return say_err(s, &err);
	if (strcmp(most, "0") == 0)
		return SAY(s, FINDING_GOOD, "fsync dan full_page_writes menyala; log peladen tidak memuat %s", what);
	for (size_t i = 0; i < LEN(tellers); i++) {
		if (store_setting(store, tellers[i].name, value, &err) != RC_OK)
			return say_err(s, &err);
		if (strcmp(value, tellers[i].off) != 0 && strcmp(value, tellers[i].harmless) != 0)
			return SAY(s, FINDING_BAD, "log peladen memuat %s (%s=%s, log_parameter_max_length=%s); " CURE, what,
			           tellers[i].name, value, most, role);
	}
	return SAY(s, FINDING_WARNING, "log peladen akan memuat %s begitu kueri dicatat (log_parameter_max_length=%s); " CURE, what,
	           most, role);
}

static enum finding check_server(struct check_state *s, struct store *store, const char *what)
{
	static const char *const needed[] = {"fsync", "full_page_writes"};
	char value[STORE_SETTING_MAX];
	struct err err = {0};
	if (store_is_sqlite(store))
		return SAY(s, FINDING_GOOD, "basis data tertanam, tanpa peladen");
	for (size_t i = 0; i < LEN(needed); i++) {
		if (store_setting(store, needed[i], value, &err) != RC_OK)
			return say_err(s, &err);
		if (strcmp(value, "on") != 0)
			return SAY(s, FINDING_BAD, "%s=%s: yang sudah dijawab dapat hilang bila mesin mati; setel %s=on",
			           needed[i], value, needed[i]);
	}
	return check_log(s, store, what);
}

static enum finding check_office_server(struct check_state *s)
{
	return check_server(s, s->app.office, "isi kueri");
}

static enum finding check_registry_server(struct check_state *s)
{
	const char *url = conf_text(&s->app.conf, CONF_REGISTRY_URL);
	struct store *store;
	struct err err = {0};
	if (relay_is_url(url))
		return SAY(s, FINDING_GOOD, "relai, tanpa basis data sendiri");
	if (store_file(url)) /* not opened: that would make it */
		return SAY(s, FINDING_GOOD, "basis data tertanam, tanpa peladen");
	if (store_open(url, &store, &err) != RC_OK)
		return say_err(s, &err);
	/* the look-up sends it as a parameter */
	enum finding finding = check_server(s, store, "NIK");
	store_close(store);
	return finding;
}

static const struct check {
	const char *name;
	bool needs_office;
	enum finding (*run)(struct check_state *s);
} checks[] = {
	{"buka", false, check_open},         {"hak akses", true, check_mode}, {"kunci induk", true, check_master_place},
	{"sertifikat", true, check_certificate}, {"kueri", true, check_queries},  {"registry", true, check_registry},
	{"peladen", true, check_office_server}, {"peladen data", true, check_registry_server},
	{"jurnal", true, check_journal},     {"partisi", true, check_parts},
	{"simpul", true, check_nodes},
	{"disk", true, check_disk},         {"jam", false, check_clock},
	{"pekerjaan", true, check_jobs},     {"surat", true, check_mail},
	{"balikan", true, check_debts},      {"kiriman", true, check_outbox},
};

/* ---- the verb ---- */

static enum finding run_one(const struct check *check, struct check_state *s)
{
	static const char *const words[] = {"baik", "PERINGATAN", "SALAH"};
	enum finding finding = FINDING_BAD;
	if (check->needs_office && !s->opened)
		snprintf(s->words, sizeof s->words, "tidak dapat diperiksa");
	else
		finding = check->run(s);
	printf("%-10s  %-12s  %s\n", words[finding], check->name, s->words);
	return finding;
}

enum rc cmd_check(const struct command *command, struct err *err)
{
	struct check_state s = {.command = command};
	int bad = 0;
	for (size_t i = 0; i < LEN(checks); i++)
		bad += run_one(&checks[i], &s) == FINDING_BAD;
	if (s.opened)
		app_close(&s.app);
	return bad == 0 ? RC_OK : FAIL(err, RC_REFUSED, "%d pemeriksaan gagal", bad);
}
