/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_journal_archive.c - `padan journal archive` and `drop-archived`: the beginning of a log goes into
 * a file, and later out of the database. Two steps on purpose: between them the file is copied to where it
 * is kept, and checked there with `journal verify`. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "cli/meter.h"
#include "journal/archive.h"
#include "journal/epoch.h"
#include "report/affected.h"

/* ---- archive ---- */

/* Only months that are over: the last moment asked for is the first of a month. */
static enum rc read_before(const struct command *command, int64_t now_us, int64_t *ret, struct err *err)
{
	struct str text;
	int epoch;
	TRY(command_need(command, "before", &text, err));
	if (epoch_from_str(text, &epoch) != RC_OK)
		return FAIL(err, RC_INVALID, "--before harus TAHUN-BULAN, misalnya 2021-06");
	*ret = day_begin_us(day_from_ymd(epoch / 100, epoch % 100, 1));
	if (*ret > now_us)
		return FAIL(err, RC_INVALID, "hanya bulan yang sudah berakhir dapat diarsipkan");
	return RC_OK;
}

/* Before: what left the house is always in the log. */
static enum rc write_down(struct app *app, const struct archive_range *range, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	struct entry entry = {.act = ACT_EXPORT,
	                      .about = arena_printf(tx_arena(tx), "journal archive log=%d from=%lld upto=%lld", range->log_id,
	                                            (long long)range->from, (long long)range->upto)};
	TRY(app_journal(app, tx, entry, err));
	return tx_commit(&tx, err);
}

static enum rc write_file(struct app *app, const struct archive_range *range, const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return FAIL(err, errno == EEXIST ? RC_CONFLICT : RC_INVALID, "tidak dapat membuat %.150s", path);
	enum rc rc = archive_write(app->journal, app->office, range, app->now_us, fd, err);
	if (close(fd) != 0 && rc == RC_OK)
		rc = FAIL(err, RC_BROKEN, "arsip tidak dapat ditulis sampai selesai");
	if (rc != RC_OK)
		unlink(path);
	return rc;
}

enum rc cmd_journal_archive(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct archive_range range;
	int64_t before_us, log;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(read_before(command, app.now_us, &before_us, err));
	TRY(command_int(command, "log", 0, JOURNAL_LOG_MAX, app.node, &log, err));
	TRY(archive_range(app.office, (int)log, before_us, &range, err));
	TRY(write_down(&app, &range, err));
	TRY(write_file(&app, &range, command_arg(command, 1), err));
	printf("arsip: log %d, entri %lld sampai %lld, ditutup checkpoint ukuran %lld\n", range.log_id, (long long)range.from,
	       (long long)range.upto - 1, (long long)range.upto);
	return RC_OK;
}

/* ---- drop ---- */

/* A list of accesses that is being made still reads what it is made from. */
static enum rc nobody_reads(struct tx *tx, const struct archive_file *file, struct err *err)
{
	int64_t n;
	TRY(affected_open(tx, (struct day){day_of_us(file->before_us).n + 1}, &n, err));
	return n == 0 ? RC_OK
	              : FAIL(err, RC_REFUSED, "daftar akses sebuah insiden dari masa itu masih disusun; tunggu sampai selesai");
}

static enum rc tell(struct app *app, const struct archive_file *file, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct entry by = {.time_us = clock_now_us()};
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	TRY(nobody_reads(tx, file, err));
	TRY(archive_tell(app->journal, tx, file, (int)conf_int(&app->conf, CONF_JOURNAL_KEEP_MONTHS), &by, err));
	return tx_commit(&tx, err);
}

/* A bite is a transaction: whoever inquires meanwhile waits for one at most. */
static enum rc drop(struct app *app, const struct archive_file *file, struct err *err)
{
	struct meter meter = meter_begin();
	int64_t at = file->range.from;
	enum rc rc = RC_OK;
	for (bool more = true; more && rc == RC_OK;) {
		TX_AUTO *tx = NULL;
		rc = tx_begin(app->office, TX_WRITE, &tx, err);
		if (rc == RC_OK)
			rc = archive_drop(tx, file, &at, &more, err);
		if (rc == RC_OK)
			rc = tx_commit(&tx, err);
		meter_count(&meter, at - file->range.from, file->range.upto - file->range.from);
	}
	meter_end(&meter);
	return rc;
}

static enum rc read_file(struct app *app, const char *path, struct archive_file *ret, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuka %.150s", path);
	enum rc rc = archive_read(app->office, fd, ret, err);
	close(fd);
	return rc;
}

enum rc cmd_journal_drop_archived(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct archive_file file;
	bool keep = command_option(command, "keep-rows") != NULL;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(read_file(&app, command_arg(command, 1), &file, err));
	if (!command_option(command, "yes"))
		return FAIL(err, RC_REFUSED,
		            "entri %lld sampai %lld dari log %d akan dikeluarkan dari basis data; sesudah itu hanya ada pada "
		            "arsip. Ulangi dengan --yes",
		            (long long)file.range.from, (long long)file.range.upto - 1, file.range.log_id);
	TRY(tell(&app, &file, err));
	if (!keep)
		TRY(drop(&app, &file, err));
	printf("log %d sampai entri %lld diarsipkan%s\n", file.range.log_id, (long long)file.range.upto - 1,
	       keep ? "; entrinya masih ada di basis data" : " dan dikeluarkan dari basis data");
	return RC_OK;
}
