/* SPDX-License-Identifier: EUPL-1.2
 * registry/import.c - load_csv() of load.h: read, judge, hand on; refuse a file that
 * cannot be what it says it is. */
#include <sys/stat.h>
#include <unistd.h>

#include "registry/intake.h"
#include "registry/load.h"
#include "registry/loader.h"
#include "registry/rejects.h"

#define CSV_ROOM ((size_t)2 << 20)
#define ROUNDED_MIN 20 /* so many NIKs that all end in 0 are no accident */

struct import {
	struct loader loader;
	struct csv *csv;
	struct row_map map;
	struct row_room room;
	struct csv_record record;
	struct rejects rejects;
	int64_t rounded; /* NIKs whose last digit is 0 */
};

static ssize_t read_fd(void *arg, char *out, size_t max)
{
	return read(*(const int *)arg, out, max);
}

static enum rc unreadable(struct err *err)
{
	return FAIL(err, RC_BROKEN, "Berkas CSV tidak dapat dibaca");
}

static enum rc header(struct import *im, struct err *err)
{
	enum csv_flaw flaw;
	enum rc rc = csv_next(im->csv, &im->record, &flaw);
	if (rc == RC_BROKEN)
		return unreadable(err);
	if (rc != RC_OK)
		return FAIL(err, RC_INVALID, "Berkas CSV kosong atau tidak dimulai dengan baris judul");
	return row_map_make(&im->record, &im->map, err);
}

static enum rc left_out(struct import *im, enum row_field field, enum row_flaw flaw, struct err *err)
{
	im->loader.result.bad++;
	im->loader.progress.now.bad++;
	progress_tick(&im->loader.progress);
	return rejects_add(&im->rejects, im->record.line, field, flaw, err);
}

static enum rc take_row(struct import *im, struct err *err)
{
	struct person person;
	enum row_field field;
	struct loader *l = &im->loader;
	enum row_flaw flaw = row_parse(&im->map, &im->record, l->conf->as_of, &im->room, &person, &field);
	if (flaw != ROW_OK)
		return left_out(im, field, flaw, err);
	im->rounded += person.resident.nik.n % 10 == 0;
	TRY(loader_put(l, &person, err));
	if (!intake_is_odd_job(&person.resident))
		return RC_OK;
	l->result.noted++;
	return rejects_add(&im->rejects, im->record.line, FIELD_JENIS_PKRJN, ROW_NOTE_JOB, err);
}

static enum rc read_rows(struct import *im, struct err *err)
{
	struct loader *l = &im->loader;
	for (;;) {
		enum csv_flaw flaw;
		enum rc rc = csv_next(im->csv, &im->record, &flaw);
		if (rc == RC_ABSENT)
			return RC_OK;
		if (rc == RC_BROKEN)
			return unreadable(err);
		l->progress.now.rows = ++l->result.rows;
		l->progress.now.bytes_done = csv_bytes(im->csv);
		TRY(rc == RC_OK ? take_row(im, err) : left_out(im, FIELD_COUNT, row_flaw_of_csv(flaw), err));
	}
}

static enum rc judge(const struct import *im, struct err *err)
{
	const struct load_result *r = &im->loader.result;
	int64_t good = r->rows - r->bad;
	if (good == 0 && (r->bad || !im->loader.conf->delta))
		return FAIL(err, RC_INVALID, r->bad ? "Semua baris ditolak; data tidak diganti"
		                                    : "Berkas CSV tidak memuat satu penduduk pun; data tidak diganti");
	if (good >= ROUNDED_MIN && im->rounded == good)
		return FAIL(err, RC_INVALID, "Semua NIK berakhir angka 0: berkas ini rusak oleh lembar kerja; data tidak diganti");
	return RC_OK;
}

static int64_t size_of(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : 0;
}

static enum rc run(struct import *im, const struct load_conf *conf, int fd, struct err *err)
{
	TRY(header(im, err));
	TRY(loader_begin(&im->loader, conf, size_of(fd), err));
	TRY(read_rows(im, err));
	TRY(judge(im, err));
	return loader_publish(&im->loader, err);
}

enum rc load_csv(const struct load_conf *conf, int fd, struct load_result *ret, struct err *err)
{
	struct arena arena;
	arena_init(&arena, CSV_ROOM);
	*ret = (struct load_result){0};
	struct import *im = ARENA_NEW(&arena, struct import);
	enum rc rc = im && csv_open(read_fd, &fd, &arena, &im->csv) == RC_OK ? RC_OK
	                                                                    : FAIL(err, RC_BROKEN, "Memori tidak cukup");
	if (rc == RC_OK)
		rc = rejects_open(conf->rejects_path, &im->rejects, err);
	if (rc == RC_OK) {
		rc = run(im, conf, fd, err);
		enum rc closed = rejects_close(&im->rejects, rc == RC_OK ? err : NULL);
		*ret = im->loader.result;
		loader_end(&im->loader);
		rc = rc == RC_OK ? closed : rc;
	}
	arena_free(&arena);
	return rc;
}
