/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_journal.c - `padan journal`: is it whole, hand it out, prove one entry.
 *
 * verify and proof need no office: an export, or a proof, and the public key are
 * enough. None of these waits for a running server. An office of several nodes has a log for
 * each (journal/lease.h): what needs one of them takes --log, else the one of this directory. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "cli/meter.h"
#include "journal/browse.h"
#include "journal/pin.h"
#include "journal/verify.h"
#include "sys/file.h"

#define NOTE_MAX ((size_t)16 << 10)
#define LOG_SHIFT 34 /* journal.h: seq is log * 2^34 + place */

/* --log, or `preset`. */
static enum rc read_log(const struct command *command, int preset, int *ret, struct err *err)
{
	int64_t log;
	TRY(command_int(command, "log", 0, JOURNAL_LOG_MAX, preset, &log, err));
	*ret = (int)log;
	return RC_OK;
}

/* The option's file as a C text; *ret is NULL when it was not given. */
static enum rc read_text(const struct command *command, const char *option, struct buf *room, const char **ret, struct err *err)
{
	const char *path = command_option(command, option);
	*ret = NULL;
	if (!path)
		return RC_OK;
	if (file_read(path, NOTE_MAX, room, err) != RC_OK)
		return RC_INVALID;
	buf_addc(room, '\0');
	*ret = room->at;
	return RC_OK;
}

/* A key stands on one line: without what ends it. */
static enum rc read_vkey(const struct command *command, const char *option, struct buf *room, const char **ret, struct err *err)
{
	TRY(read_text(command, option, room, ret, err));
	if (*ret)
		room->at[str_trim(str_c(*ret)).n] = '\0';
	return RC_OK;
}

/* ---- verify ---- */

/* The rest of the arguments: archives, in order. */
struct archives {
	int at[COMMAND_ARGS_MAX];
	size_t n;
};

static enum rc archives_open(const struct command *command, struct archives *ret, struct err *err)
{
	for (int i = 1; command_arg(command, i); i++) {
		const char *path = command_arg(command, i);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return FAIL(err, RC_INVALID, "tidak dapat membuka %.150s", path);
		ret->at[ret->n++] = fd;
	}
	return RC_OK;
}

static void archives_close(struct archives *archives)
{
	while (archives->n)
		close(archives->at[--archives->n]);
}

static enum rc verify_file(const char *path, const struct verify_conf *conf, struct verify_result *ret, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuka %.150s", path);
	enum rc rc = verify_export(fd, conf, ret, err);
	close(fd);
	return rc;
}

static void print_whole(const struct verify_result *result)
{
	BUF_AUTO root = BUF(128);
	hex_add(&root, str_from((const char *)result->root, sizeof result->root));
	printf("utuh: %lld entri, %lld checkpoint, akar %.*s\n", (long long)result->entries, (long long)result->checkpoints,
	       STR_ARG(buf_str(&root)));
	if (result->archived)
		printf("sebelum itu %lld entri diarsipkan: tercakup checkpoint, isinya tidak dibaca; sebutkan arsipnya\n",
		       (long long)result->archived);
	if (result->signed_size < result->archived + result->entries)
		printf("%lld entri terakhir belum ditandatangani\n",
		       (long long)(result->archived + result->entries - result->signed_size));
}

static enum rc tell(enum rc rc, const struct verify_result *result, struct err *err)
{
	if (rc == RC_OK) {
		print_whole(result);
	} else if (rc == RC_REFUSED) {
		printf("TIDAK UTUH: %s\n", result->reason);
		if (result->bad_seq >= 0)
			printf("entri pertama yang salah: %lld\n", (long long)result->bad_seq);
		err_fail(err, rc, ERR_HERE, "jurnal tidak utuh");
	}
	return rc;
}

/* What is to be checked, and what each log came to. */
struct verifying {
	const struct command *command;
	struct verify_conf conf;
	struct meter meter;
	int logs[VERIFY_LOGS_MAX];
	size_t n;
};

static enum rc find_logs(struct verifying *v, struct app *app, struct err *err)
{
	const struct verify_conf *conf = &v->conf;
	if (command_option(v->command, "log")) {
		v->n = 1;
		return read_log(v->command, 0, &v->logs[0], err);
	}
	TRY(verify_logs(app->office, v->logs, &v->n, err));
	if (v->n == 0)
		return FAIL(err, RC_ABSENT, "kantor ini belum punya jurnal");
	if (v->n > 1 && (conf->checkpoint || conf->vkey || conf->cosigner))
		return FAIL(err, RC_INVALID, "kantor ini punya %zu log: sebutkan dengan --log yang mana dimaksud", v->n);
	return RC_OK;
}

/* Every one, whatever the one before came to. */
static enum rc verify_dir(struct verifying *v, struct err *err)
{
	APP_AUTO app = {0};
	enum rc all = RC_OK;
	TRY(app_open(&app, v->command, APP_STORE, err));
	TRY(find_logs(v, &app, err));
	for (size_t i = 0; i < v->n; i++) {
		struct verify_result result = {.bad_seq = -1};
		v->meter = meter_begin();
		enum rc rc = verify_store(app.office, v->logs[i], &v->conf, &result, err);
		meter_end(&v->meter);
		if (v->n > 1 && (rc == RC_OK || rc == RC_REFUSED))
			printf("log %d: ", v->logs[i]);
		rc = tell(rc, &result, err);
		if (rc != RC_OK && rc != RC_REFUSED)
			return rc;
		all = rc == RC_OK ? all : rc;
	}
	return all;
}

static enum rc verify_one_file(struct verifying *v, struct err *err)
{
	struct verify_result result = {.bad_seq = -1};
	v->meter = meter_begin();
	enum rc rc = verify_file(command_arg(v->command, 0), &v->conf, &result, err);
	meter_end(&v->meter);
	return tell(rc, &result, err);
}

enum rc cmd_journal_verify(const struct command *command, struct err *err)
{
	BUF_AUTO note = BUF(NOTE_MAX + 2);
	BUF_AUTO key = BUF(NOTE_MAX + 2);
	BUF_AUTO cosigner = BUF(NOTE_MAX + 2);
	struct archives archives = {0};
	struct verifying v = {.command = command, .conf = {.progress = meter_count}};
	struct stat st;
	v.conf.arg = &v.meter;
	TRY(read_text(command, "checkpoint", &note, &v.conf.checkpoint, err));
	TRY(read_vkey(command, "vkey", &key, &v.conf.vkey, err));
	TRY(read_vkey(command, "cosigner", &cosigner, &v.conf.cosigner, err));
	bool file = stat(command_arg(command, 0), &st) == 0 && !S_ISDIR(st.st_mode);
	enum rc rc = archives_open(command, &archives, err);
	v.conf.archives = archives.at;
	v.conf.archives_n = archives.n;
	if (rc == RC_OK)
		rc = file ? verify_one_file(&v, err) : verify_dir(&v, err);
	archives_close(&archives);
	return rc;
}

/* ---- export ---- */

static enum rc journal_exported(struct app *app, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	TRY(app_journal(app, tx, (struct entry){.act = ACT_EXPORT, .about = S("journal export")}, err));
	return tx_commit(&tx, err);
}

enum rc cmd_journal_export(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	const char *path = command_arg(command, 1);
	int log;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(read_log(command, app.node, &log, err));
	TRY(journal_exported(&app, err)); /* before: what left the house is always in the log */
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : dup(STDOUT_FILENO);
	if (fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuat %.150s", path ? path : "keluaran");
	enum rc rc = verify_export_write(app.office, log, fd, err);
	if (close(fd) != 0 && rc == RC_OK)
		rc = FAIL(err, RC_BROKEN, "ekspor tidak dapat ditulis sampai selesai");
	return rc;
}

/* ---- prove ---- */

/* By the reference a slip shows, or by --seq, the entry's number in an export. */
static enum rc find_seq(struct app *app, const struct command *command, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct journal_seen seen;
	const char *ref = command_arg(command, 1);
	*ret = 0;
	if (!ref == !command_option(command, "seq"))
		return FAIL(err, RC_INVALID, "sebutkan REFERENSI atau --seq NOMOR");
	if (!ref)
		return command_int(command, "seq", 0, INT64_MAX, 0, ret, err);
	TRY(tx_begin(app->office, TX_READ, &tx, err));
	TRY(journal_find_ref(app->journal, tx, str_c(ref), &seen, err));
	*ret = seen.seq;
	return RC_OK;
}

enum rc cmd_journal_prove(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	BUF_AUTO proof = BUF(VERIFY_PROOF_MAX);
	int64_t seq;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(find_seq(&app, command, &seq, err));
	int log = (int)(seq >> LOG_SHIFT);
	TRY(verify_prove(app.office, log, seq - ((int64_t)log << LOG_SHIFT), &proof, err));
	printf("%.*s\n", STR_ARG(str_trim(buf_str(&proof))));
	return RC_OK;
}

enum rc cmd_journal_proof(const struct command *command, struct err *err)
{
	BUF_AUTO proof = BUF(VERIFY_PROOF_MAX + 1);
	BUF_AUTO room = BUF(NOTE_MAX + 2);
	BUF_AUTO cosigner = BUF(NOTE_MAX + 2);
	struct verify_keys keys = {0};
	TRY(read_vkey(command, "vkey", &room, &keys.vkey, err));
	TRY(read_vkey(command, "cosigner", &cosigner, &keys.cosigner, err));
	if (file_read(command_arg(command, 0), VERIFY_PROOF_MAX, &proof, err) != RC_OK)
		return RC_INVALID;
	TRY(verify_proof(buf_str(&proof), &keys, err));
	printf(keys.vkey ? "bukti berlaku\n" : "bukti cocok dengan kuncinya sendiri; sebutkan --vkey BERKAS untuk memercayainya\n");
	return RC_OK;
}

/* ---- checkpoint ---- */

/* All are signed; those that were asked for are shown. */
enum rc cmd_journal_checkpoint(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct pin pins[PINS_MAX];
	size_t n;
	int log;
	BUF_AUTO out = BUF(PINS_MAX * NOTE_MAX); /* outlives the transaction */
	TRY(read_log(command, -1, &log, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(pin_all(app.journal, tx, app.now_us, pins, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (log >= 0 && pins[i].log_id != log)
			continue;
		buf_addz(&out, buf_str(&out).n ? "\n" : "");
		buf_add(&out, pins[i].note);
	}
	if (!buf_str(&out).n)
		return FAIL(err, RC_REFUSED, "tidak ada log %d", log);
	TRY(tx_commit(&tx, err));
	fwrite(buf_str(&out).at, 1, buf_str(&out).n, stdout);
	return buf_ok(&out) ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

enum rc cmd_journal_vkey(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct browse_log logs[BROWSE_LOGS_MAX];
	size_t n;
	int log;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(read_log(command, app.node, &log, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(browse_logs(tx, logs, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (logs[i].log_id != log)
			continue;
		printf("%.*s\n", STR_ARG(logs[i].vkey));
		return RC_OK;
	}
	return FAIL(err, RC_REFUSED, "tidak ada log %d", log);
}
