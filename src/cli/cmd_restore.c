/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_restore.c - `padan restore`: an office out of a backup, in a directory that was not there.
 *
 * Everything is done in a directory beside it, which takes its name only at the end: after every tag and
 * digest, the pages of the database, each log of the journal, the checkpoint that was kept elsewhere (if
 * one is given: without, that is said) and the master key were found right. Otherwise nothing of it stays.
 *
 * `padan restore settle` does the rest alone, for a database that other tools put back (pgBackRest). */
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/app.h"
#include "cli/backup_open.h"
#include "cli/cmd.h"
#include "cli/key.h"
#include "cli/meter.h"
#include "cli/restored.h"
#include "journal/heads.h"
#include "journal/note.h"
#include "journal/verify.h"
#include "store/bulk.h"
#include "sys/file.h"

#define BESIDE ".sebagian"
#define MASTER_SET "master.key_file="

struct restore {
	const struct command *command;
	struct meter *meter;
	struct backup_in in;
	char dir[PATH_MAX];         /* where it is put together */
	char master[PATH_MAX + 32]; /* "master.key_file=/..." */
	struct buf note;            /* the checkpoint kept elsewhere, NUL-terminated; empty: none given */
	int64_t lose;               /* --lose-entries */
	struct restored told;
	bool needs_registry; /* a registry file is expected and was not in the backup */
};

/* ---- the directory ---- */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void undo(const struct restore *r)
{
	nftw(r->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

static enum rc make_dir(struct restore *r, struct err *err)
{
	const char *into = command_arg(r->command, 1);
	if (snprintf(r->dir, sizeof r->dir, "%s" BESIDE, into) >= (int)sizeof r->dir)
		return FAIL(err, RC_INVALID, "nama direktori terlalu panjang");
	if (file_exists(into))
		return FAIL(err, RC_INVALID, "%.150s sudah ada; pulihkan ke direktori baru", into);
	enum rc rc = file_make_dir(r->dir, 0700, err);
	if (rc == RC_CONFLICT)
		return FAIL(err, RC_INVALID, "%.120s sudah ada, sisa pemulihan yang terhenti; hapus dahulu", r->dir);
	return rc == RC_ABSENT ? RC_INVALID : rc;
}

/* ---- the master key ---- */

/* Given here, or where the settings of the backup say it lies outside of the directory. */
static enum rc check_master(struct restore *r, const struct conf *conf, struct err *err)
{
	struct secret master;
	char real[PATH_MAX];
	const char *given = command_option(r->command, "master-key");
	const char *where = given ? given : conf_text(conf, CONF_MASTER_KEY_FILE);
	if (!given && str_starts(str_c(where), str_c(r->dir)))
		return FAIL(err, RC_INVALID, "sebutkan --master-key BERKAS: kunci induk %s, yang tidak ada dalam cadangan",
		            r->in.head.master.z);
	enum rc rc = key_read(where, &master, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_INVALID : rc;
	struct backup_mark mark = backup_master_mark(&master);
	secret_free(&master);
	if (strcmp(mark.z, r->in.head.master.z) != 0)
		return FAIL(err, RC_REFUSED, "cadangan ini memerlukan kunci induk %s; yang diberikan %s", r->in.head.master.z,
		            mark.z);
	if (!realpath(where, real))
		snprintf(real, sizeof real, "%s", where); /* "credential:..." */
	snprintf(r->master, sizeof r->master, MASTER_SET "%s", real);
	return RC_OK;
}

/* ---- the parts ---- */

static enum rc write_part(struct restore *r, enum manifest_part part, struct err *err)
{
	char path[PATH_MAX + 16];
	snprintf(path, sizeof path, "%s/%s", r->dir, manifest_part_name(part));
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return FAIL(err, RC_BROKEN, "tidak dapat membuat %.150s", path);
	enum rc rc = backup_in_part(&r->in, part, fd, err);
	if (rc == RC_OK && fsync(fd) != 0)
		rc = FAIL(err, RC_BROKEN, "tidak dapat menyimpan %.150s", path);
	if (close(fd) != 0 && rc == RC_OK)
		rc = FAIL(err, RC_BROKEN, "tidak dapat menyimpan %.150s", path);
	return rc;
}

static enum rc check_space(const struct restore *r, struct err *err)
{
	int64_t free;
	TRY(file_space(r->dir, &free, err));
	if (free >= r->in.all)
		return RC_OK;
	return FAIL(err, RC_BROKEN, "ruang disk tidak cukup: perlu %.0f MB, tersisa %.0f MB", (double)r->in.all / 1e6,
	            (double)free / 1e6);
}

/* ---- its settings ---- */

/* The databases stand in the new directory now, wherever they stood before: a line that says otherwise
 * becomes a comment. */
static void write_line(struct buf *out, struct str line, int n, const struct conf *conf)
{
	bool office = conf->at[CONF_OFFICE_URL].line == n;
	const char *registry = store_file(conf_text(conf, CONF_REGISTRY_URL));
	bool moved = office || (registry && conf->at[CONF_REGISTRY_URL].line == n);
	if (moved)
		buf_addz(out, "# sebelum dipulihkan: ");
	buf_add(out, line);
	buf_addc(out, '\n');
}

static enum rc move_conf(struct restore *r, struct conf *conf, struct str text, struct err *err)
{
	BUF_AUTO out = BUF(CONF_FILE_MAX);
	char path[PATH_MAX + 16];
	int n = 1;
	if (text.n && text.at[text.n - 1] == '\n')
		text.n--;
	for (struct str rest = text; rest.at; n++)
		write_line(&out, str_split(&rest, '\n'), n, conf);
	if (!buf_ok(&out))
		return FAIL(err, RC_LIMIT, "pengaturan terlalu panjang");
	snprintf(path, sizeof path, "%s/" APP_CONF_FILE, r->dir);
	return file_write(path, 0600, buf_str(&out), err);
}

/* The settings as they were, and the master key they name. */
static enum rc read_conf(struct restore *r, struct conf *conf, struct err *err)
{
	BUF_AUTO text = BUF(CONF_FILE_MAX + 1);
	char path[PATH_MAX + 16];
	snprintf(path, sizeof path, "%s/" APP_CONF_FILE, r->dir);
	TRY(file_read(path, CONF_FILE_MAX, &text, err));
	enum rc rc = conf_read(conf, buf_str(&text), APP_CONF_FILE, err);
	if (rc != RC_OK)
		return RC_REFUSED; /* settings this program does not know: told in err */
	const char *registry = store_file(conf_text(conf, CONF_REGISTRY_URL));
	r->needs_registry = registry && !r->in.manifest.parts[MANIFEST_REGISTRY].is;
	TRY(check_master(r, conf, err));
	return move_conf(r, conf, buf_str(&text), err);
}

static enum rc settle_conf(struct restore *r, struct err *err)
{
	struct conf conf;
	enum rc rc = conf_open(&conf, r->dir, err);
	if (rc == RC_OK)
		rc = read_conf(r, &conf, err);
	conf_close(&conf);
	return rc;
}

/* The settings come first: a master key that does not fit is told before the rest is unpacked. */
static enum rc write_parts(struct restore *r, struct err *err)
{
	TRY(check_space(r, err));
	TRY(write_part(r, MANIFEST_CONF, err));
	TRY(settle_conf(r, err));
	for (enum manifest_part part = MANIFEST_OFFICE; part < MANIFEST_PARTS; part++)
		if (r->in.manifest.parts[part].is)
			TRY(write_part(r, part, err));
	return backup_in_end(&r->in, err);
}

/* ---- is it what it claims to be? ---- */

/* The database tells the same heads as the manifest, which was read from it. */
static enum rc check_manifest(const struct restore *r, const struct log_head *heads, size_t n, struct err *err)
{
	const struct manifest *m = &r->in.manifest;
	bool same = n == m->logs_n;
	for (size_t i = 0; i < n && same; i++)
		same = heads[i].log_id == m->logs[i].log_id && heads[i].size == m->logs[i].size &&
		       memcmp(heads[i].root, m->logs[i].root, sizeof heads[i].root) == 0;
	return same ? RC_OK : FAIL(err, RC_REFUSED, "jurnal di dalamnya bukan yang disebut daftar isinya");
}

static enum rc verify_log(struct restore *r, struct store *store, int log_id, const char *note, struct err *err)
{
	struct verify_result result = {.bad_seq = -1};
	struct verify_conf conf = {.checkpoint = note, .progress = meter_count, .arg = r->meter};
	enum rc rc = verify_store(store, log_id, &conf, &result, err);
	if (rc == RC_REFUSED)
		return FAIL(err, RC_REFUSED, "jurnal log %d tidak utuh: %.150s", log_id, result.reason);
	if (rc == RC_OK)
		printf("log %d utuh: %lld entri\n", log_id, (long long)result.entries);
	return rc;
}

/* An older state beside a newer checkpoint: which entries are gone, and does he who restores know? */
static enum rc check_missing(struct restore *r, const struct log_head *head, int64_t missing, struct err *err)
{
	r->told.missing = missing;
	if (missing)
		printf("TIDAK ADA dalam cadangan ini: entri %lld sampai %lld log %d (%lld entri sesudah cadangan dibuat)\n",
		       (long long)head->size, (long long)(head->size + missing - 1), head->log_id, (long long)missing);
	if (missing == r->lose)
		return RC_OK;
	if (missing)
		return FAIL(err, RC_REFUSED,
		            "cadangan lebih tua daripada checkpoint; cari yang lebih baru, atau --lose-entries %lld",
		            (long long)missing);
	return FAIL(err, RC_INVALID, "--lose-entries %lld: menurut checkpoint tidak ada entri yang hilang", (long long)r->lose);
}

static enum rc check_logs(struct restore *r, struct store *store, struct tx *tx, struct err *err)
{
	struct log_head *heads = ARENA_ARRAY(tx_arena(tx), HEADS_MAX, struct log_head);
	size_t n, named = HEADS_MAX;
	int64_t missing = 0;
	if (!heads)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(heads_all(tx, heads, &n, err));
	TRY(check_manifest(r, heads, n, err));
	if (r->note.n) {
		enum rc rc = heads_behind(heads, n, str_c(r->note.at), &named, &missing, err);
		if (rc != RC_OK)
			return rc == RC_ABSENT ? RC_REFUSED : rc;
		TRY(check_missing(r, &heads[named], missing, err));
	}
	for (size_t i = 0; i < n; i++)
		TRY(verify_log(r, store, heads[i].log_id, i == named && !missing ? r->note.at : NULL, err));
	return RC_OK;
}

static enum rc verify_open(struct restore *r, struct store *store, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(store_sound(store, err));
	TRY(tx_begin(store, TX_READ, &tx, err));
	return check_logs(r, store, tx, err);
}

static enum rc verify_office(struct restore *r, struct err *err)
{
	char url[PATH_MAX + 32];
	struct store *store;
	snprintf(url, sizeof url, "sqlite:%s/office.db", r->dir);
	TRY(store_open_frozen(url, &store, err));
	enum rc rc = verify_open(r, store, err);
	meter_end(r->meter);
	store_close(store);
	return rc;
}

/* ---- the office lives again ---- */

/* Opened as any verb would, with the master key from where it lies: this brings its tables up to date and
 * shows that the key opens what was wrapped with it. */
static enum rc record(struct restore *r, struct err *err)
{
	APP_AUTO app = {0};
	struct command inner = *r->command;
	inner.args[0] = r->dir;
	if (inner.options_n == COMMAND_OPTIONS_MAX)
		return FAIL(err, RC_INVALID, "terlalu banyak pilihan");
	inner.options[inner.options_n++] = (struct command_option){S("set"), r->master};
	TRY(app_open(&app, &inner, APP_CONF, err));
	if (app.conf.at[CONF_OFFICE_URL].set) /* what follows would be done to another office */
		return FAIL(err, RC_INVALID,
		            "office.url tidak dapat disebut dengan --set: kantor dipulihkan ke dalam direktori baru");
	TRY(app_deepen(&app, &inner, APP_RECORD, err));
	return restored_record(&app, &r->told, err);
}

static enum rc publish(const struct restore *r, struct err *err)
{
	const char *into = command_arg(r->command, 1);
	char inside[PATH_MAX + 16];
	snprintf(inside, sizeof inside, "%s/.", r->dir);
	TRY(file_sync_name(inside, err));
	if (file_exists(into) || rename(r->dir, into) != 0)
		return FAIL(err, RC_BROKEN, "%.150s tidak dapat diberi namanya", into);
	return file_sync_name(into, err);
}

static void tell_ended(const struct restored *told)
{
	printf("%lld sesi dan %lld token akses diakhiri", (long long)told->sessions, (long long)told->tokens);
	if (told->keep_quota)
		printf("; kuota hari ini dibiarkan seperti dalam cadangan.\n");
	else
		printf("; sisa kuota hari ini (%lld hit) dianggap terpakai.\n", (long long)told->spent);
}

static void tell(const struct restore *r)
{
	const char *dir = command_arg(r->command, 1);
	printf("%s siap, sebagaimana keadaannya pada %s.\n", dir, clock_short_wib(r->in.manifest.made_us).z);
	tell_ended(&r->told);
	if (!r->note.n)
		printf("TIDAK DIBANDINGKAN dengan checkpoint yang disimpan di tempat lain: tidak ada yang diberikan. Ekor jurnal\n"
		       "  yang terpotong tidak akan ketahuan. Bila ada, periksa: padan journal verify %s --checkpoint BERKAS\n",
		       dir);
	printf("Berikutnya:\n  letakkan kunci induk %s di tempat yang disebut master.key_file dalam %s/" APP_CONF_FILE ",\n"
	       "  dan sertifikat serta berkas kredensial di tempatnya masing-masing\n",
	       r->in.head.master.z, dir);
	if (r->needs_registry)
		printf("  padan registry import %s BERKAS.csv\n", dir);
	printf("  padan check %s\n  padan serve %s\n", dir, dir);
	printf("Periksa apa yang dicabut, ditutup, atau diubah sesudah cadangan dibuat, dan ulangi.\n");
}

static enum rc restore_into(struct restore *r, struct err *err)
{
	TRY(write_parts(r, err));
	meter_end(r->meter);
	TRY(verify_office(r, err));
	TRY(record(r, err));
	return publish(r, err);
}

static enum rc read_note(struct restore *r, struct err *err)
{
	const char *path = command_option(r->command, "checkpoint");
	TRY(command_int(r->command, "lose-entries", 0, INT64_MAX, 0, &r->lose, err));
	if (!path)
		return r->lose ? FAIL(err, RC_INVALID, "--lose-entries memerlukan --checkpoint") : RC_OK;
	if (file_read(path, NOTE_MAX_BYTES, &r->note, err) != RC_OK || r->note.n == 0)
		return FAIL(err, RC_INVALID, "tidak dapat membaca checkpoint %.150s", path);
	buf_addc(&r->note, '\0');
	return RC_OK;
}

static enum rc restore_run(struct restore *r, const char *secret_file, struct err *err)
{
	TRY(read_note(r, err));
	TRY(backup_in_open(&r->in, command_arg(r->command, 0), secret_file, err));
	r->told.made_us = r->in.manifest.made_us;
	TRY(make_dir(r, err));
	enum rc rc = restore_into(r, err);
	if (rc != RC_OK)
		undo(r);
	return rc;
}

enum rc cmd_restore(const struct command *command, struct err *err)
{
	struct meter meter = meter_begin();
	struct restore r = {.command = command, .meter = &meter, .note = BUF(NOTE_MAX_BYTES + 2)};
	struct str secret;
	TRY(command_need(command, "key", &secret, err));
	r.in = (struct backup_in){.fd = -1, .progress = meter_bytes, .arg = &meter};
	r.told.keep_quota = command_option(command, "keep-quota") != NULL;
	enum rc rc = restore_run(&r, secret.at, err);
	meter_end(&meter);
	if (rc == RC_OK)
		tell(&r);
	backup_in_close(&r.in);
	buf_free(&r.note);
	return rc;
}

/* ---- an office that other tools put back ---- */

enum rc cmd_restore_settle(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct restored told = {.keep_quota = command_option(command, "keep-quota") != NULL};
	TRY(command_int(command, "lose-entries", 0, INT64_MAX, 0, &told.missing, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(restored_record(&app, &told, err));
	tell_ended(&told);
	return RC_OK;
}
