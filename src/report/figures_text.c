/* SPDX-License-Identifier: EUPL-1.2
 * report/figures_text.c - figures as one canonical text, and back.
 *
 * An object of lists; a row is a list of its members in the order of figures.h. Whatever is
 * read is written again and compared, so that there is one text for any figures and no other
 * is believed. */
#include <jansson.h>

#include "report/figures.h"

#define FORMAT 1
#define SUM_N 4

/* ---- writing ---- */

static void put_ints(struct buf *out, const int64_t *ints, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		buf_add_int(out, ints[i]);
	}
}

static void put_list(struct buf *out, const int64_t *ints, size_t n)
{
	buf_addc(out, '[');
	put_ints(out, ints, n);
	buf_addc(out, ']');
}

static void put_sum(struct buf *out, const struct figures_sum *sum)
{
	put_ints(out, (int64_t[SUM_N]){sum->inquiries, sum->repeats, sum->hits, sum->refused}, SUM_N);
}

/* The rows of a list, each by its own function. */
#define PUT_ROWS(out, name, rows, n, put_row)                                                                                      \
	do {                                                                                                                       \
		buf_addz(out, ",\"" name "\":[");                                                                                  \
		for (size_t row_i = 0; row_i < (n); row_i++) {                                                                     \
			buf_addz(out, row_i ? ",[" : "[");                                                                         \
			put_row(out, &(rows)[row_i]);                                                                              \
			buf_addc(out, ']');                                                                                        \
		}                                                                                                                  \
		buf_addc(out, ']');                                                                                                \
	} while (0)

static void put_act(struct buf *out, const struct figures_act *act)
{
	buf_add_json(out, act->act);
	buf_addc(out, ',');
	buf_add_json(out, act->outcome);
	buf_addc(out, ',');
	buf_add_json(out, act->words);
	buf_addf(out, ",%lld", (long long)act->n);
}

static void put_day(struct buf *out, const struct figures_day *day)
{
	buf_addf(out, "%d,", day->day.n);
	put_sum(out, &day->sum);
}

static void put_ground(struct buf *out, const struct figures_ground *ground)
{
	buf_addf(out, "%d,%d,", ground->year, ground->month);
	buf_add_json(out, ground->key);
	buf_addf(out, ",%lld", (long long)ground->n);
}

static void put_kejadian(struct buf *out, const struct figures_kejadian *kejadian)
{
	buf_addf(out, "%lld,", (long long)kejadian->kejadian_id);
	put_sum(out, &kejadian->sum);
}

static void put_log(struct buf *out, const struct figures_log *log)
{
	buf_addf(out, "%lld,%lld,", (long long)log->log_id, (long long)log->size);
	buf_add_json(out, log->origin);
	buf_addc(out, ',');
	buf_add_json(out, log->root);
	buf_addf(out, ",%lld", (long long)log->entries);
}

static void put_method(struct buf *out, const struct figures_method *method)
{
	buf_add_json(out, method->key);
	buf_addc(out, ',');
	put_sum(out, &method->sum);
}

static void put_month(struct buf *out, const struct figures_month *month)
{
	buf_addf(out, "%d,%d,", month->year, month->month);
	put_sum(out, &month->sum);
	buf_addc(out, ',');
	put_list(out, month->code_n, FIGURES_CODES);
}

static void put_user(struct buf *out, const struct figures_user *user)
{
	buf_addf(out, "%lld,", (long long)user->user_no);
	buf_add_json(out, user->user_id);
	buf_addc(out, ',');
	put_sum(out, &user->sum);
	buf_addf(out, ",%lld", (long long)user->last_us);
}

static void put_version(struct buf *out, const struct figures_version *version)
{
	buf_addf(out, "%lld,", (long long)version->version_id);
	put_sum(out, &version->sum);
	buf_addf(out, ",%lld,%lld", (long long)version->first_us, (long long)version->last_us);
}

void figures_write(struct buf *out, const struct figures *figures)
{
	const struct figures *f = figures;
	buf_addf(out, "{\"padan_figures\":%d,\"instansi\":%lld,\"first\":%d,\"last\":%d,\"sum\":[", FORMAT,
	         (long long)f->ask.instansi_id, f->ask.first.n, f->ask.last.n);
	put_sum(out, &f->sum);
	buf_addz(out, "],\"codes\":");
	put_list(out, f->code_n, FIGURES_CODES);
	buf_addz(out, ",\"hours\":");
	put_list(out, f->hours, LEN(f->hours));
	PUT_ROWS(out, "months", f->months, f->months_n, put_month);
	PUT_ROWS(out, "days", f->days, f->days_n, put_day);
	PUT_ROWS(out, "grounds", f->grounds, f->grounds_n, put_ground);
	PUT_ROWS(out, "methods", f->methods, f->methods_n, put_method);
	PUT_ROWS(out, "users", f->users, f->users_n, put_user);
	PUT_ROWS(out, "kejadian", f->kejadian, f->kejadian_n, put_kejadian);
	PUT_ROWS(out, "versions", f->versions, f->versions_n, put_version);
	PUT_ROWS(out, "acts", f->acts, f->acts_n, put_act);
	PUT_ROWS(out, "logs", f->logs, f->logs_n, put_log);
	buf_addc(out, '}');
}

/* ---- reading ---- */

/* Where one is in a text, and whether all was as it should be: asked once, at the end. */
struct reading {
	struct arena *arena;
	const json_t *root;
	bool bad;
};
struct row {
	struct reading *r;
	const json_t *list;
	size_t at;
};

static int64_t take_int(struct row *row)
{
	const json_t *value = json_array_get(row->list, row->at++);
	if (!json_is_integer(value))
		row->r->bad = true;
	return json_integer_value(value);
}

static struct str take_text(struct row *row)
{
	const json_t *value = json_array_get(row->list, row->at++);
	if (!json_is_string(value)) {
		row->r->bad = true;
		return S("");
	}
	return arena_str(row->r->arena, str_from(json_string_value(value), json_string_length(value)));
}

static struct figures_sum take_sum(struct row *row)
{
	struct figures_sum sum;
	sum.inquiries = take_int(row);
	sum.repeats = take_int(row);
	sum.hits = take_int(row);
	sum.refused = take_int(row);
	return sum;
}

static void take_ints(struct row *row, int64_t *ints, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ints[i] = take_int(row);
}

static struct row row_of(struct reading *r, const char *name)
{
	return (struct row){.r = r, .list = json_object_get(r->root, name)};
}

static struct figures_act take_act(struct row *row)
{
	struct figures_act act;
	act.act = take_text(row);
	act.outcome = take_text(row);
	act.words = take_text(row);
	act.n = take_int(row);
	return act;
}

static struct figures_day take_day(struct row *row)
{
	struct figures_day day;
	day.day.n = (int32_t)take_int(row);
	day.sum = take_sum(row);
	return day;
}

static struct figures_ground take_ground(struct row *row)
{
	struct figures_ground ground;
	ground.year = (int)take_int(row);
	ground.month = (int)take_int(row);
	ground.key = take_text(row);
	ground.n = take_int(row);
	return ground;
}

static struct figures_kejadian take_kejadian(struct row *row)
{
	struct figures_kejadian kejadian;
	kejadian.kejadian_id = take_int(row);
	kejadian.sum = take_sum(row);
	return kejadian;
}

static struct figures_log take_log(struct row *row)
{
	struct figures_log log;
	log.log_id = take_int(row);
	log.size = take_int(row);
	log.origin = take_text(row);
	log.root = take_text(row);
	log.entries = take_int(row);
	return log;
}

static struct figures_method take_method(struct row *row)
{
	struct figures_method method;
	method.key = take_text(row);
	method.sum = take_sum(row);
	return method;
}

static struct figures_month take_month(struct row *row)
{
	struct figures_month month;
	month.year = (int)take_int(row);
	month.month = (int)take_int(row);
	month.sum = take_sum(row);
	struct row codes = {.r = row->r, .list = json_array_get(row->list, row->at++)};
	take_ints(&codes, month.code_n, FIGURES_CODES);
	return month;
}

static struct figures_user take_user(struct row *row)
{
	struct figures_user user;
	user.user_no = take_int(row);
	user.user_id = take_text(row);
	user.sum = take_sum(row);
	user.last_us = take_int(row);
	return user;
}

static struct figures_version take_version(struct row *row)
{
	struct figures_version version;
	version.version_id = take_int(row);
	version.sum = take_sum(row);
	version.first_us = take_int(row);
	version.last_us = take_int(row);
	return version;
}

/* A whole list, into memory of the arena. */
#define TAKE_ROWS(r, name, rows, n, take_row)                                                                                      \
	do {                                                                                                                       \
		const json_t *list = json_object_get((r)->root, name);                                                             \
		(n) = json_array_size(list);                                                                                       \
		(rows) = arena_array((r)->arena, (n) + 1, sizeof *(rows));                                                         \
		if (!(rows) || !json_is_array(list)) {                                                                             \
			(r)->bad = true;                                                                                           \
			(n) = 0;                                                                                                   \
		}                                                                                                                  \
		for (size_t row_i = 0; row_i < (n); row_i++) {                                                                     \
			struct row row = {.r = (r), .list = json_array_get(list, row_i)};                                          \
			(rows)[row_i] = take_row(&row);                                                                            \
		}                                                                                                                  \
	} while (0)

static void take_all(struct reading *r, struct figures *f)
{
	f->ask.instansi_id = json_integer_value(json_object_get(r->root, "instansi"));
	f->ask.first.n = (int32_t)json_integer_value(json_object_get(r->root, "first"));
	f->ask.last.n = (int32_t)json_integer_value(json_object_get(r->root, "last"));
	struct row sum = row_of(r, "sum"), codes = row_of(r, "codes"), hours = row_of(r, "hours");
	f->sum = take_sum(&sum);
	take_ints(&codes, f->code_n, FIGURES_CODES);
	take_ints(&hours, f->hours, LEN(f->hours));
	TAKE_ROWS(r, "months", f->months, f->months_n, take_month);
	TAKE_ROWS(r, "days", f->days, f->days_n, take_day);
	TAKE_ROWS(r, "grounds", f->grounds, f->grounds_n, take_ground);
	TAKE_ROWS(r, "methods", f->methods, f->methods_n, take_method);
	TAKE_ROWS(r, "users", f->users, f->users_n, take_user);
	TAKE_ROWS(r, "kejadian", f->kejadian, f->kejadian_n, take_kejadian);
	TAKE_ROWS(r, "versions", f->versions, f->versions_n, take_version);
	TAKE_ROWS(r, "acts", f->acts, f->acts_n, take_act);
	TAKE_ROWS(r, "logs", f->logs, f->logs_n, take_log);
}

static bool writes_back(const struct figures *figures, struct str text)
{
	BUF_AUTO again = BUF(FIGURES_TEXT_MAX);
	figures_write(&again, figures);
	return buf_ok(&again) && str_eq(buf_str(&again), text);
}

enum rc figures_read(struct str text, struct arena *arena, struct figures *ret, struct err *err)
{
	*ret = (struct figures){0};
	json_t *root = text.n <= FIGURES_TEXT_MAX ? json_loadb(text.at, text.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	struct reading r = {.arena = arena, .root = root, .bad = !json_is_object(root)};
	if (!r.bad)
		take_all(&r, ret);
	json_decref(root);
	if (r.bad || arena->broken || !writes_back(ret, text))
		return FAIL(err, RC_INVALID, "Angka laporan tidak terbaca");
	return RC_OK;
}

int64_t figures_acts(const struct figures *figures, const char *act, const char *outcome, const char *words)
{
	int64_t n = 0;
	for (size_t i = 0; i < figures->acts_n; i++) {
		const struct figures_act *a = &figures->acts[i];
		if (str_eq(a->act, str_c(act)) && str_eq(a->outcome, str_c(outcome)) && str_starts(a->words, str_c(words)))
			n += a->n;
	}
	return n;
}
