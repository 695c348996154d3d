/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_backup.c - `padan backup`, `backup verify`, `backup-key`: a copy of the office that
 * only the keeper of the secret key can read.
 *
 * The file appears under its name when it is whole and on the disk, never before. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/backup_make.h"
#include "cli/backup_open.h"
#include "cli/cmd.h"
#include "cli/key.h"
#include "cli/meter.h"
#include "journal/note.h"
#include "sys/file.h"

#define PATH_ROOM 4096
#define BESIDE ".sebagian"
#define NICE 10 /* inquiries come first */

/* ---- backup-key ---- */

static void print_public(const struct backup_public *key)
{
	BUF_AUTO text = BUF(BACKUP_KEY_TEXT_MAX);
	backup_public_text(&text, key);
	printf("%.*s\n", STR_ARG(buf_str(&text)));
	fprintf(stderr, "sidik kunci: %s\n", backup_key_mark(key).z);
}

enum rc cmd_backup_key_new(const struct command *command, struct err *err)
{
	BUF_AUTO text = BUF(BACKUP_KEY_TEXT_MAX);
	struct secret secret;
	TRY(backup_key_make(&secret, err));
	struct backup_public pub = backup_key_public(&secret);
	backup_secret_text(&text, &secret);
	secret_free(&secret);
	buf_addc(&text, '\n');
	TRY(key_write_new(command_arg(command, 0), buf_str(&text), err));
	print_public(&pub);
	return RC_OK;
}

enum rc cmd_backup_key_show(const struct command *command, struct err *err)
{
	struct secret line, secret;
	enum rc rc = key_read_password(command_arg(command, 0), BACKUP_KEY_TEXT_MAX, &line, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_INVALID : rc;
	rc = backup_secret_read(secret_str(&line), &secret, err);
	secret_free(&line);
	if (rc != RC_OK)
		return rc;
	struct backup_public pub = backup_key_public(&secret);
	secret_free(&secret);
	print_public(&pub);
	return RC_OK;
}

/* ---- backup ---- */

/* --key: the key itself, or a file with it; else the setting. */
static enum rc find_public(const struct command *command, const struct app *app, struct backup_public *ret, struct err *err)
{
	BUF_AUTO text = BUF(BACKUP_KEY_TEXT_MAX + 2);
	const char *typed = command_option(command, "key");
	const char *key = typed ? typed : conf_text(&app->conf, CONF_BACKUP_KEY);
	if (!*key)
		return FAIL(err, RC_INVALID,
		            "backup.key kosong: buat pasangan kunci dengan padan backup-key new, atau sebutkan --key");
	if (str_starts(str_c(key), S("padan-cadangan-")))
		return backup_public_read(str_c(key), ret, err);
	if (file_read(key, BACKUP_KEY_TEXT_MAX, &text, err) != RC_OK)
		return FAIL(err, RC_INVALID, "tidak dapat membaca kunci publik cadangan dari %.150s", key);
	return backup_public_read(buf_str(&text), ret, err);
}

static void tell(const struct manifest *m, const char *path)
{
	int64_t bytes = 0, entries = 0;
	for (size_t i = 0; i < MANIFEST_PARTS; i++)
		bytes += m->parts[i].size;
	for (size_t i = 0; i < m->logs_n; i++)
		entries += m->logs[i].size;
	fprintf(stderr, "%s: %.1f MB, %lld entri jurnal%s\n", path, (double)bytes / 1e6, (long long)entries,
	        m->parts[MANIFEST_REGISTRY].is ? ", dengan data kependudukan" : "");
}

static enum rc to_file(const struct backup_order *order, const char *path, struct manifest *manifest, struct err *err)
{
	char beside[PATH_ROOM];
	if (snprintf(beside, sizeof beside, "%s" BESIDE, path) >= (int)sizeof beside)
		return FAIL(err, RC_INVALID, "nama berkas terlalu panjang");
	if (file_exists(path))
		return FAIL(err, RC_CONFLICT, "%.150s sudah ada; cadangan tidak menimpa berkas", path);
	unlink(beside); /* what a killed one may have left */
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuat %.150s", beside);
	enum rc rc = backup_make(order, fd, manifest, err);
	if (rc == RC_OK && fsync(fd) != 0)
		rc = FAIL(err, RC_BROKEN, "cadangan tidak dapat disimpan");
	if (close(fd) != 0 && rc == RC_OK)
		rc = FAIL(err, RC_BROKEN, "cadangan tidak dapat disimpan");
	if (rc == RC_OK && rename(beside, path) != 0)
		rc = FAIL(err, RC_BROKEN, "cadangan tidak dapat diberi namanya");
	if (rc == RC_OK)
		return file_sync_name(path, err);
	unlink(beside);
	return rc;
}

enum rc cmd_backup(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct backup_public key;
	struct meter meter = meter_begin();
	const char *path = command_arg(command, 1);
	bool out = strcmp(path, "-") == 0;
	(void)setpriority(PRIO_PROCESS, 0, NICE); /* a backup that may not be polite is still a backup */
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(find_public(command, &app, &key, err));
	struct manifest *manifest = ARENA_NEW(&app.conf.arena, struct manifest);
	if (!manifest)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (out && isatty(STDOUT_FILENO))
		return FAIL(err, RC_INVALID, "cadangan tidak ditulis ke layar; arahkan ke berkas atau program lain");
	struct backup_order order = {.app = &app,
	                             .key = &key,
	                             .registry = command_option(command, "registry") != NULL,
	                             .version = cli_version(),
	                             .progress = meter_bytes,
	                             .arg = &meter};
	enum rc rc = out ? backup_make(&order, STDOUT_FILENO, manifest, err) : to_file(&order, path, manifest, err);
	meter_end(&meter);
	if (rc == RC_OK)
		tell(manifest, path);
	return rc;
}

/* ---- backup verify ---- */

/* What a newer checkpoint knows of that this backup has not; by the origin in its first line. */
static enum rc check_note(const struct command *command, const struct manifest *m, struct err *err)
{
	BUF_AUTO text = BUF(NOTE_MAX_BYTES + 1);
	const char *path = command_option(command, "checkpoint");
	if (!path)
		return RC_OK;
	if (file_read(path, NOTE_MAX_BYTES, &text, err) != RC_OK)
		return FAIL(err, RC_INVALID, "tidak dapat membaca %.150s", path);
	struct str rest = buf_str(&text), origin = str_split(&rest, '\n');
	int64_t size;
	if (str_int(str_split(&rest, '\n'), 0, INT64_MAX, &size) != RC_OK)
		return FAIL(err, RC_INVALID, "%.150s bukan checkpoint", path);
	for (size_t i = 0; i < m->logs_n; i++) {
		struct str note = m->logs[i].note;
		if (!str_eq(str_split(&note, '\n'), origin))
			continue;
		if (size <= m->logs[i].size)
			return RC_OK;
		return FAIL(err, RC_REFUSED,
		            "cadangan ini lebih tua daripada checkpoint itu: entri %lld sampai %lld log %d tidak ada di dalamnya",
		            (long long)m->logs[i].size, (long long)size - 1, m->logs[i].log_id);
	}
	return FAIL(err, RC_REFUSED, "checkpoint itu bukan dari log dalam cadangan ini");
}

static enum rc read_through(struct backup_in *in, struct err *err)
{
	for (enum manifest_part part = 0; part < MANIFEST_PARTS; part++)
		if (in->manifest.parts[part].is)
			TRY(backup_in_part(in, part, -1, err));
	return backup_in_end(in, err);
}

enum rc cmd_backup_verify(const struct command *command, struct err *err)
{
	struct backup_in in;
	struct meter meter = meter_begin();
	struct str secret;
	TRY(command_need(command, "key", &secret, err));
	in = (struct backup_in){.fd = -1, .progress = meter_bytes, .arg = &meter};
	enum rc rc = backup_in_open(&in, command_arg(command, 0), secret.at, err);
	if (rc == RC_OK)
		rc = read_through(&in, err);
	meter_end(&meter);
	if (rc == RC_OK)
		backup_in_print(&in);
	if (rc == RC_OK)
		rc = check_note(command, &in.manifest, err);
	backup_in_close(&in);
	if (rc == RC_OK)
		printf("utuh; jurnal di dalamnya diperiksa oleh padan restore\n");
	return rc;
}
