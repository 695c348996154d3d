/* SPDX-License-Identifier: EUPL-1.2
 * Figures counted the slow way, from exports of the logs alone (doc/journal.md): each line is read
 * as any JSON reader would, each list is searched from its beginning and sorted by exchange.
 * Nothing of report/count.c or journal/line.c is used. Needs cmocka. */
#pragma once
#include <jansson.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "contract/journal/log.h"
#include "report/figures.h"

#define NAIVE_ROWS 4096

struct naive {
	struct arena arena;
	struct figures f;
	int64_t log_entries;
};

static inline const char *naive_text(const json_t *entry, const char *key)
{
	const char *text = json_string_value(json_object_get(entry, key));
	return text ? text : "";
}

static inline int64_t naive_int(const json_t *entry, const char *key)
{
	return json_integer_value(json_object_get(entry, key));
}

/* Microseconds since 1970 of "2026-11-23T02:22:08.000000Z". */
static inline int64_t naive_time(const char *text)
{
	struct tm tm = {0};
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S.", &tm);
	assert_non_null(rest);
	return (int64_t)timegm(&tm) * 1000000 + strtoll(rest, NULL, 10);
}

static inline struct str naive_keep(struct naive *n, const char *text)
{
	return arena_str(&n->arena, str_c(text));
}

static inline void naive_add(struct figures_sum *to, const struct figures_sum *one)
{
	to->inquiries += one->inquiries;
	to->repeats += one->repeats;
	to->hits += one->hits;
	to->refused += one->refused;
}

/* The row for which `same` holds, or a new one at the end. */
#define NAIVE_ROW(rows, n, same)                                                                                                   \
	({                                                                                                                         \
		size_t at = 0;                                                                                                     \
		while (at < (n) && !({                                                                                             \
			       typeof(&(rows)[0]) r = &(rows)[at];                                                                 \
			       (same);                                                                                             \
		       }))                                                                                                         \
			at++;                                                                                                      \
		assert_true(at < NAIVE_ROWS);                                                                                      \
		(n) += at == (n);                                                                                                  \
		&(rows)[at];                                                                                                       \
	})

static inline void naive_sums(struct naive *n, const json_t *e, int64_t us, const struct figures_sum *one)
{
	struct figures *f = &n->f;
	int64_t user = naive_int(e, "user"), kejadian = naive_int(e, "kejadian"), version = naive_int(e, "version");
	struct str method = naive_keep(n, naive_text(e, "method")), user_id = naive_keep(n, naive_text(e, "user_id"));
	naive_add(&f->sum, one);
	naive_add(&NAIVE_ROW(f->days, f->days_n, r->day.n == day_of_us(us).n)->sum, one);
	struct figures_method *m = NAIVE_ROW(f->methods, f->methods_n, str_eq(r->key, method));
	m->key = method;
	naive_add(&m->sum, one);
	struct figures_user *u = NAIVE_ROW(f->users, f->users_n, r->user_no == user);
	u->user_no = user;
	naive_add(&u->sum, one);
	if (one->inquiries && us >= u->last_us) {
		u->last_us = us;
		u->user_id = user_id;
	}
	struct figures_kejadian *k = NAIVE_ROW(f->kejadian, f->kejadian_n, r->kejadian_id == kejadian);
	k->kejadian_id = kejadian;
	naive_add(&k->sum, one);
	struct figures_version *v = NAIVE_ROW(f->versions, f->versions_n, r->version_id == version);
	v->version_id = version;
	naive_add(&v->sum, one);
	if (one->inquiries && (!v->first_us || us < v->first_us))
		v->first_us = us;
	if (one->inquiries && us > v->last_us)
		v->last_us = us;
}

static inline struct figures_month *naive_month(struct naive *n, int64_t us)
{
	int year, month, mday;
	day_to_ymd(day_of_us(us), &year, &month, &mday);
	return NAIVE_ROW(n->f.months, n->f.months_n, r->year == year && r->month == month);
}

static inline void naive_inquiry(struct naive *n, const json_t *e, int64_t us)
{
	const char *code = naive_text(e, "outcome"), *ground = naive_text(e, "ground");
	int outcome = strcmp(code, "503") == 0 ? 0 : atoi(code);
	bool answered = strstr("01 11 12 13 14 15", code) != NULL, repeat = json_is_true(json_object_get(e, "repeat"));
	bool asked = strncmp(naive_text(e, "about"), "asked ", 6) == 0;
	bool hit = !repeat && ((answered && outcome != 15) || (!answered && outcome && asked));
	struct figures_sum one = {1, repeat, hit, !answered};
	struct figures_month *month = naive_month(n, us);
	naive_add(&month->sum, &one);
	month->code_n[outcome]++;
	n->f.code_n[outcome]++;
	n->f.hours[(us / 3600000000 + 7) % 24]++;
	naive_sums(n, e, us, &one);
	if (!*ground)
		return;
	struct str key = naive_keep(n, ground);
	struct figures_ground *g =
	        NAIVE_ROW(n->f.grounds, n->f.grounds_n, r->year == month->year && r->month == month->month && str_eq(r->key, key));
	*g = (struct figures_ground){month->year, month->month, key, g->n + 1};
}

/* Up to three words of small letters. */
static inline struct str naive_words(struct naive *n, const char *about)
{
	char words[64] = "";
	if (strncmp(about, "cli: ", 5) == 0)
		about += 5;
	for (int i = 0; i < 3; i++) {
		size_t len = strspn(about, "abcdefghijklmnopqrstuvwxyz-_");
		if (len == 0 || (about[len] && about[len] != ' '))
			break;
		snprintf(words + strlen(words), sizeof words - strlen(words), "%s%.*s", i ? " " : "", (int)len, about);
		about += len + (about[len] == ' ');
	}
	return naive_keep(n, words);
}

static inline void naive_act(struct naive *n, const json_t *e)
{
	struct str act = naive_keep(n, naive_text(e, "act")), outcome = naive_keep(n, naive_text(e, "outcome"));
	struct str words = naive_words(n, naive_text(e, "about"));
	struct figures_act *a =
	        NAIVE_ROW(n->f.acts, n->f.acts_n, str_eq(r->act, act) && str_eq(r->outcome, outcome) && str_eq(r->words, words));
	*a = (struct figures_act){act, outcome, words, a->n + 1};
}

static inline void naive_entry(struct naive *n, const json_t *e)
{
	const char *act = naive_text(e, "act"), *about = naive_text(e, "about");
	int64_t us = naive_time(naive_text(e, "time"));
	int day = day_of_us(us).n;
	if (naive_int(e, "instansi") != n->f.ask.instansi_id || day < n->f.ask.first.n || day > n->f.ask.last.n)
		return;
	n->log_entries++;
	if (strcmp(act, "lookup") == 0)
		naive_inquiry(n, e, us);
	else if (strcmp(act, "relay") == 0 && strcmp(naive_text(e, "outcome"), "unknown") == 0 && strstr(about, " charged")) {
		struct figures_sum one = {.hits = 1};
		naive_add(&naive_month(n, us)->sum, &one);
		naive_sums(n, e, us, &one);
	} else if (strstr("guard feedback slip login incident", act))
		naive_act(n, e);
}

#define NAIVE_SORT(rows, n, before)                                                                                                \
	for (size_t i_ = 1; i_ < (n); i_++)                                                                                        \
		for (size_t k_ = i_; k_ > 0; k_--) {                                                                               \
			typeof(&(rows)[0]) a = &(rows)[k_], b = &(rows)[k_ - 1];                                                   \
			if (!(before))                                                                                             \
				break;                                                                                             \
			typeof((rows)[0]) held = *a;                                                                               \
			*a = *b;                                                                                                   \
			*b = held;                                                                                                 \
		}

static inline int naive_order(struct str a, struct str b)
{
	return strcmp(a.at ? a.at : "", b.at ? b.at : "");
}

static inline int naive_order_acts(const struct figures_act *a, const struct figures_act *b)
{
	int act = naive_order(a->act, b->act), outcome = naive_order(a->outcome, b->outcome);
	return act ? act : outcome ? outcome : naive_order(a->words, b->words);
}

static inline void naive_sort(struct figures *f)
{
	NAIVE_SORT(f->methods, f->methods_n, naive_order(a->key, b->key) < 0);
	NAIVE_SORT(f->users, f->users_n, a->user_no < b->user_no);
	NAIVE_SORT(f->kejadian, f->kejadian_n, a->kejadian_id < b->kejadian_id);
	NAIVE_SORT(f->versions, f->versions_n, a->version_id < b->version_id);
	NAIVE_SORT(f->acts, f->acts_n, naive_order_acts(a, b) < 0);
	NAIVE_SORT(f->grounds, f->grounds_n,
	           a->year * 100 + a->month < b->year * 100 + b->month ||
	                   (a->year == b->year && a->month == b->month && naive_order(a->key, b->key) < 0));
}

/* One log, as somebody reads it who was sent the file. */
static inline void naive_log(struct naive *n, struct store *store, int log_id)
{
	char name[] = "/tmp/padan-export.XXXXXX";
	int fd = mkstemp(name);
	char *line = NULL;
	size_t room = 0;
	struct figures_log *log = &n->f.logs[n->f.logs_n++];
	assert_true(fd >= 0);
	ENGINE_OK(verify_export_write(store, log_id, fd, &engine_err));
	FILE *file = fopen(name, "r");
	assert_non_null(file);
	n->log_entries = 0;
	while (getline(&line, &room, file) > 0) {
		json_t *row = json_loads(line, 0, NULL);
		const json_t *entry = json_object_get(row, "entry"), *note = json_object_get(row, "checkpoint");
		if (entry)
			naive_entry(n, entry);
		if (note) { /* the last one counts */
			char origin[200], root[200];
			long long size;
			assert_int_equal(sscanf(json_string_value(note), "%199[^\n]\n%lld\n%199s", origin, &size, root), 3);
			*log = (struct figures_log){log_id, size, naive_keep(n, origin), naive_keep(n, root), 0};
		}
		json_decref(row);
	}
	log->entries = n->log_entries;
	free(line);
	fclose(file);
	close(fd);
	unlink(name);
}

/* The canonical text; logs 0 to logs_n - 1. */
static inline void naive_figures(struct store *store, int logs_n, const struct figures_ask *ask, struct buf *out)
{
	struct naive n = {.f = {.ask = *ask}};
	struct figures *f = &n.f;
	arena_init(&n.arena, 64 << 20);
	f->months = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_month);
	f->days = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_day);
	f->grounds = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_ground);
	f->methods = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_method);
	f->users = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_user);
	f->kejadian = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_kejadian);
	f->versions = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_version);
	f->acts = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_act);
	f->logs = ARENA_ARRAY(&n.arena, NAIVE_ROWS, struct figures_log);
	for (int32_t day = ask->first.n; day <= ask->last.n; day++) {
		int year, month, mday;
		f->days[f->days_n++].day.n = day;
		day_to_ymd((struct day){day}, &year, &month, &mday);
		if (f->months_n == 0 || f->months[f->months_n - 1].month != month) {
			f->months[f->months_n].year = year;
			f->months[f->months_n++].month = month;
		}
	}
	for (int id = 0; id < logs_n; id++)
		naive_log(&n, store, id);
	naive_sort(f);
	figures_write(out, f);
	assert_true(buf_ok(out));
	arena_free(&n.arena);
}
