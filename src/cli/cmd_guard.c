/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_guard.c - `padan guard`: the pattern guard on a file, and files to try it on.
 *
 * `replay` walks a CSV of inquiries through the very code that serves, each user id and
 * each instansi with a state of its own, in the order of the file. A hold stays to the
 * end of the file: nobody releases. What is wrong with a row is told on stderr with its
 * line; the rows around it are still judged. `simulate` writes such files, labelled.
 * Both need no data directory and write nothing but their output. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "policy/guard.h"
#include "policy/guard_workload.h"
#include "registry/csv.h"

#define ARENA_MAX ((size_t)256 << 20)
#define SLOTS 131072 /* of the table of states; a power of two */
#define STATES_MAX 100000
#define NAME_MAX_BYTES 100
#define TOLD_MAX 1000 /* complaints on stderr; the rest is counted */

enum column { COLUMN_TIME, COLUMN_INSTANSI, COLUMN_USER, COLUMN_NIK, COLUMN_OUTCOME, COLUMNS };
static const char *const column_names[COLUMNS] = {"time_us", "instansi", "user_id", "nik", "outcome"};

struct holder {
	struct str name;
	struct str home; /* of a user id's own row: the instansi it was first seen in */
	struct guard_state state;
};
struct replay {
	struct arena arena;
	struct holder **slots; /* open addressing */
	size_t states;
	size_t column[COLUMNS];
	const struct guard_thresholds *terms;
	int64_t n, bad, last_us;
	int told;
};
struct inquiry {
	struct guard_ask ask;
	enum outcome outcome;
	struct str instansi, user;
};

/* ---- states by name ---- */

static size_t slot_of(struct str name)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < name.n; i++)
		h = (h ^ (uint8_t)name.at[i]) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ h >> 32) & (SLOTS - 1);
}

/* NULL: STATES_MAX or the memory is reached. */
static struct holder *holder_get(struct replay *r, struct str name)
{
	size_t at = slot_of(name);
	for (; r->slots[at]; at = (at + 1) & (SLOTS - 1))
		if (str_eq(r->slots[at]->name, name))
			return r->slots[at];
	struct holder *fresh = r->states < STATES_MAX ? arena_alloc(&r->arena, sizeof *fresh) : NULL;
	if (!fresh)
		return NULL;
	*fresh = (struct holder){.name = arena_str(&r->arena, name)};
	if (!fresh->name.at)
		return NULL;
	r->slots[at] = fresh;
	r->states++;
	return fresh;
}

/* ---- one row ---- */

static void complain(struct replay *r, int64_t line, const char *what)
{
	if (r->told++ < TOLD_MAX)
		fprintf(stderr, "padan: baris %" PRId64 ": %s\n", line, what);
}

static struct str cell(const struct replay *r, const struct csv_record *record, enum column column)
{
	return r->column[column] < record->n ? str_trim(record->field[r->column[column]]) : str_c(NULL);
}

static bool is_name(struct str s)
{
	return s.n > 0 && s.n <= NAME_MAX_BYTES && str_is_text(s);
}

/* NULL, or what is wrong with it. */
static const char *parse(const struct replay *r, const struct csv_record *record, struct inquiry *ret)
{
	struct str nik = cell(r, record, COLUMN_NIK);
	*ret = (struct inquiry){.instansi = cell(r, record, COLUMN_INSTANSI), .user = cell(r, record, COLUMN_USER)};
	if (str_int(cell(r, record, COLUMN_TIME), 1, INT64_MAX / 2, &ret->ask.time_us) != RC_OK)
		return "time_us bukan bilangan mikrodetik yang wajar";
	if (!is_name(ret->instansi) || !is_name(ret->user))
		return "instansi atau user_id kosong, terlalu panjang, atau bukan teks";
	if (outcome_from_code(cell(r, record, COLUMN_OUTCOME), &ret->outcome) != RC_OK)
		return "outcome bukan kode hasil dua angka yang dikenal";
	if (nik_from_str(nik, &ret->ask.nik, NULL) == RC_OK)
		return NULL;
	ret->ask.nik.n = 0;
	return outcome_get(ret->outcome)->hit ? "nik tidak sesuai format, padahal outcome menyatakan lain" : NULL;
}

static void note_time(struct replay *r, int64_t line, int64_t time_us)
{
	char what[100];
	if (time_us < r->last_us) {
		snprintf(what, sizeof what, "waktu mundur %.1f detik dari baris sebelumnya; baris tetap dinilai",
		         (double)(r->last_us - time_us) / (double)US_PER_S);
		complain(r, line, what);
	}
	r->last_us = time_us;
}

/* Evidence holds commas, never a quote. */
static void print_verdict(int64_t n, const struct guard_verdict *v)
{
	const char *quote = strchr(v->evidence, ',') ? "\"" : "";
	printf("%" PRId64 ",%s,%s,%s%s%s\n", n, guard_stage_name(v->stage), guard_reason_name(v->reason), quote, v->evidence,
	       quote);
}

/* A user id belongs to one instansi for ever: the same name elsewhere is somebody the
 * guard does not know yet, or a mistake in the file. */
static void note_stranger(struct replay *r, int64_t line, const struct inquiry *q, struct holder *user)
{
	char what[200];
	if (!user->home.at) {
		user->home = arena_str(&r->arena, q->instansi);
		return;
	}
	if (str_eq(user->home, q->instansi))
		return;
	snprintf(what, sizeof what, "user_id tidak dikenal pada instansi ini, sebelumnya milik %.60s; baris tetap dinilai",
	         user->home.at);
	complain(r, line, what);
}

static enum rc judge(struct replay *r, int64_t line, const struct inquiry *q, struct err *err)
{
	char name[2 * NAME_MAX_BYTES + 2];
	size_t n = q->instansi.n;
	memcpy(name, q->instansi.at, n);
	name[n++] = '\n';
	struct holder *instansi = holder_get(r, str_from(name, n));
	memcpy(name + n, q->user.at, q->user.n);
	struct holder *user = holder_get(r, str_from(name, n + q->user.n)), *known = holder_get(r, q->user);
	if (!user || !instansi || !known)
		return FAIL(err, RC_LIMIT, "lebih dari %d user ID dan instansi", STATES_MAX / 2);
	note_stranger(r, line, q, known);
	struct guard_verdict v = guard_look(&user->state, &instansi->state, &q->ask, r->terms);
	if (v.stage != GUARD_HOLD)
		guard_learn(&user->state, &instansi->state, &q->ask, q->outcome, r->terms);
	print_verdict(r->n, &v);
	return RC_OK;
}

static enum rc take_row(struct replay *r, const struct csv_record *record, struct err *err)
{
	struct inquiry q;
	const char *wrong = parse(r, record, &q);
	r->n++;
	if (wrong) {
		r->bad++;
		complain(r, record->line, wrong);
		return RC_OK;
	}
	note_time(r, record->line, q.ask.time_us);
	return judge(r, record->line, &q, err);
}

/* ---- the file ---- */

/* false: the record is a row already, and columns stand in the order of the manual. */
static bool take_header(struct replay *r, const struct csv_record *record)
{
	size_t found = 0;
	int64_t number;
	for (size_t c = 0; c < COLUMNS; c++) {
		r->column[c] = c;
		for (size_t i = 0; i < record->n; i++)
			if (str_ieq(str_trim(record->field[i]), str_c(column_names[c]))) {
				r->column[c] = i;
				found++;
				break;
			}
	}
	return found == COLUMNS || record->n == 0 || str_int(str_trim(record->field[0]), INT64_MIN, INT64_MAX, &number) != RC_OK;
}

static const char *flaw_text(enum csv_flaw flaw)
{
	switch (flaw) {
	case CSV_FLAW_NONE: break;
	case CSV_FLAW_QUOTE: return "tanda kutip di tempat yang salah";
	case CSV_FLAW_UNENDED: return "tanda kutip tidak ditutup, atau baris terlalu panjang";
	case CSV_FLAW_FIELDS: return "terlalu banyak kolom";
	}
	return "baris tidak terbaca";
}

static ssize_t read_file(void *arg, char *out, size_t max)
{
	const int *fd = arg;
	ssize_t n;
	do
		n = read(*fd, out, max);
	while (n < 0 && errno == EINTR);
	return n;
}

static enum rc replay_rows(struct replay *r, struct csv *csv, struct csv_record *record, struct err *err)
{
	enum csv_flaw flaw = CSV_FLAW_NONE;
	enum rc rc;
	bool first = true;
	while ((rc = csv_next(csv, record, &flaw)) == RC_OK || rc == RC_INVALID) {
		if (rc == RC_INVALID) {
			r->n++;
			r->bad++;
			complain(r, record->line, flaw_text(flaw));
		} else if (!first || !take_header(r, record))
			TRY(take_row(r, record, err));
		first = false;
	}
	if (rc != RC_ABSENT)
		return FAIL(err, RC_BROKEN, "berkas tidak dapat dibaca: %s", strerror(errno));
	return first ? FAIL(err, RC_INVALID, "berkas kosong") : RC_OK;
}

static enum rc replay_file(struct replay *r, int fd, struct err *err)
{
	struct csv *csv;
	struct csv_record *record = arena_alloc(&r->arena, sizeof *record);
	r->slots = arena_alloc(&r->arena, SLOTS * sizeof *r->slots);
	if (!record || !r->slots || csv_open(read_file, &fd, &r->arena, &csv) != RC_OK)
		return FAIL(err, RC_LIMIT, "memori tidak cukup");
	memset(r->slots, 0, SLOTS * sizeof *r->slots);
	TRY(replay_rows(r, csv, record, err));
	if (r->told > TOLD_MAX)
		fprintf(stderr, "padan: dan %d keluhan lagi\n", r->told - TOLD_MAX);
	if (r->bad)
		fprintf(stderr, "padan: %" PRId64 " dari %" PRId64 " baris tidak dapat dinilai\n", r->bad, r->n);
	return RC_OK;
}

static enum rc find_terms(const struct command *command, const struct guard_thresholds **ret, struct err *err)
{
	const char *name = command_option(command, "terms");
	*ret = name && strcmp(name, "service") == 0 ? &guard_service : &guard_portal;
	if (name && strcmp(name, "service") != 0 && strcmp(name, "portal") != 0)
		return FAIL(err, RC_INVALID, "--terms adalah portal atau service, bukan '%.40s'", name);
	return RC_OK;
}

enum rc cmd_guard_replay(const struct command *command, struct err *err)
{
	struct replay r = {0};
	const char *path = command_arg(command, 0);
	TRY(find_terms(command, &r.terms, err));
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuka %.150s", path);
	arena_init(&r.arena, ARENA_MAX);
	enum rc rc = replay_file(&r, fd, err);
	arena_free(&r.arena);
	close(fd);
	return rc;
}

/* ---- simulate ---- */

/* Each workload is an instansi of its own; it begins on the day after the one before
 * ended, so that the file as a whole goes forward in time. */
static int64_t print_workload(const struct workload *w, uint64_t seed, int64_t after_us, struct workload_row *rows)
{
	size_t n = workload_make(w, seed, rows);
	int64_t shift = 0;
	if (n && rows[0].time_us <= after_us)
		shift = ((after_us - rows[0].time_us) / US_PER_DAY + 1) * US_PER_DAY;
	for (size_t i = 0; i < n; i++)
		printf("%" PRId64 ",%s,%s-%d,%" PRId64 ",%s,%s,%s\n", rows[i].time_us + shift, w->name, w->name, rows[i].user,
		       rows[i].typed, outcome_get(rows[i].outcome)->code, w->name, rows[i].hostile ? "hostile" : "honest");
	return n ? rows[n - 1].time_us + shift : after_us;
}

static enum rc unknown_workload(const char *name, struct err *err)
{
	const struct workload *w;
	fprintf(stderr, "padan: beban kerja yang ada:");
	for (size_t i = 0; (w = workload_at(i)); i++)
		fprintf(stderr, " %s", w->name);
	fprintf(stderr, "\n");
	return FAIL(err, RC_INVALID, "beban kerja '%.40s' tidak dikenal", name);
}

enum rc cmd_guard_simulate(const struct command *command, struct err *err)
{
	static struct workload_row rows[WORKLOAD_ROWS];
	const char *name = command_option(command, "workload");
	const struct workload *one = name ? workload_find(str_c(name)) : NULL;
	int64_t seed, after_us = 0;
	TRY(command_int(command, "seed", 0, INT64_MAX, 1, &seed, err));
	if (name && !one)
		return unknown_workload(name, err);
	printf("time_us,instansi,user_id,nik,outcome,workload,label\n");
	const struct workload *w;
	for (size_t i = 0; (w = workload_at(i)); i++)
		if (!one || w == one)
			after_us = print_workload(w, (uint64_t)seed, after_us, rows);
	return RC_OK;
}
