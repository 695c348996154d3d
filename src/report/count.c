/* SPDX-License-Identifier: EUPL-1.2
 * report/count.c - see count.h. Sums that every period has (months, days, hours, outcomes)
 * stand in arrays; those that depend on who and what in tables by key. */
#include "report/count.h"

#include <stdlib.h>

#include "journal/order.h"
#include "report/keyed.h"

#define COUNT_MEMORY ((size_t)256 << 20)
#define KEY_MAX 512  /* bytes of a key put together */
#define WORDS 3      /* first words of `about` */
#define WORDS_MAX 60 /* their bytes */
#define NO_ANSWER "503"

enum table { TABLE_GROUNDS, TABLE_METHODS, TABLE_USERS, TABLE_KEJADIAN, TABLE_VERSIONS, TABLE_ACTS, TABLES };
static const size_t row_sizes[TABLES] = {
        [TABLE_GROUNDS] = sizeof(struct figures_ground),   [TABLE_METHODS] = sizeof(struct figures_method),
        [TABLE_USERS] = sizeof(struct figures_user),       [TABLE_KEJADIAN] = sizeof(struct figures_kejadian),
        [TABLE_VERSIONS] = sizeof(struct figures_version), [TABLE_ACTS] = sizeof(struct figures_act),
};

struct count {
	struct arena arena; /* holds this struct */
	int64_t begin_us, end_us;
	struct figures so_far; /* its arrays of months and days; its lists are in `tables` */
	size_t *month_of_day;
	struct keyed tables[TABLES];
};

/* ---- opening ---- */

static enum rc make_days(struct count *count, struct err *err)
{
	struct figures *f = &count->so_far;
	size_t days = (size_t)f->ask.last.n - (size_t)f->ask.first.n + 1, months = 0;
	f->days = ARENA_ARRAY(&count->arena, days, struct figures_day);
	f->months = ARENA_ARRAY(&count->arena, days, struct figures_month);
	count->month_of_day = ARENA_ARRAY(&count->arena, days, size_t);
	if (!f->days || !f->months || !count->month_of_day)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < days; i++) {
		int year, month, mday;
		f->days[i].day.n = f->ask.first.n + (int32_t)i;
		day_to_ymd(f->days[i].day, &year, &month, &mday);
		if (!months || mday == 1) {
			f->months[months].year = year;
			f->months[months++].month = month;
		}
		count->month_of_day[i] = months - 1;
	}
	f->days_n = days;
	f->months_n = months;
	return RC_OK;
}

enum rc count_open(const struct figures_ask *ask, struct count **ret, struct err *err)
{
	struct arena arena;
	if (ask->last.n < ask->first.n || ask->last.n - ask->first.n >= FIGURES_DAYS_MAX)
		return FAIL(err, RC_INVALID, "Masa laporan harus 1 sampai %d hari", FIGURES_DAYS_MAX);
	arena_init(&arena, COUNT_MEMORY);
	struct count *count = ARENA_NEW(&arena, struct count);
	if (!count)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	count->arena = arena;
	count->so_far.ask = *ask;
	count->begin_us = day_begin_us(ask->first);
	count->end_us = day_begin_us((struct day){ask->last.n + 1});
	for (size_t i = 0; i < TABLES; i++)
		keyed_init(&count->tables[i], &count->arena, row_sizes[i]);
	enum rc rc = make_days(count, err);
	if (rc == RC_OK)
		*ret = count;
	else
		count_close(count);
	return rc;
}

void count_close(struct count *count)
{
	if (!count)
		return;
	struct arena arena = count->arena;
	arena_free(&arena);
}

/* ---- one row ---- */

static struct str bytes_of(const void *at, size_t n)
{
	return str_from(at, n);
}

static enum rc row_of_id(struct count *count, enum table table, int64_t id, void **ret, struct err *err)
{
	return keyed_row(&count->tables[table], bytes_of(&id, sizeof id), ret, NULL, err);
}

static void add(struct figures_sum *sum, const struct figures_sum *one)
{
	sum->inquiries += one->inquiries;
	sum->repeats += one->repeats;
	sum->hits += one->hits;
	sum->refused += one->refused;
}

static enum rc ground_row(struct count *count, int year, int month, struct str key, struct figures_ground **ret, struct err *err)
{
	char whole[KEY_MAX];
	struct str kept;
	void *row;
	const int ym = year * 100 + month;
	if (sizeof ym + key.n > sizeof whole)
		return FAIL(err, RC_REFUSED, "Alasan penolakan dalam jurnal terlalu panjang");
	memcpy(whole, &ym, sizeof ym);
	memcpy(whole + sizeof ym, key.at, key.n);
	TRY(keyed_row(&count->tables[TABLE_GROUNDS], str_from(whole, sizeof ym + key.n), &row, &kept, err));
	*ret = row;
	(*ret)->year = year;
	(*ret)->month = month;
	(*ret)->key = str_sub(kept, sizeof ym, key.n);
	return RC_OK;
}

static enum rc method_row(struct count *count, struct str key, struct figures_method **ret, struct err *err)
{
	struct str kept;
	void *row;
	TRY(keyed_row(&count->tables[TABLE_METHODS], key, &row, &kept, err));
	*ret = row;
	(*ret)->key = kept;
	return RC_OK;
}

static enum rc act_row(struct count *count, const struct figures_act *act, struct figures_act **ret, struct err *err)
{
	char whole[KEY_MAX];
	struct str kept;
	void *row;
	size_t n = act->act.n + act->outcome.n + act->words.n + 2;
	if (n > sizeof whole)
		return FAIL(err, RC_REFUSED, "Kata dalam jurnal terlalu panjang");
	BUF_AUTO key = BUF(KEY_MAX);
	buf_add(&key, act->act);
	buf_addc(&key, '\0');
	buf_add(&key, act->outcome);
	buf_addc(&key, '\0');
	buf_add(&key, act->words);
	if (!buf_ok(&key))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(keyed_row(&count->tables[TABLE_ACTS], buf_str(&key), &row, &kept, err));
	*ret = row;
	(*ret)->act = str_sub(kept, 0, act->act.n);
	(*ret)->outcome = str_sub(kept, act->act.n + 1, act->outcome.n);
	(*ret)->words = str_sub(kept, act->act.n + act->outcome.n + 2, act->words.n);
	return RC_OK;
}

/* The user id as it stood in the latest of his inquiries; of two at one moment the greater one,
 * so that it does not matter which came first. */
static enum rc keep_user_id(struct count *count, struct figures_user *row, struct str user_id, int64_t time_us, struct err *err)
{
	bool newer = time_us > row->last_us || (time_us == row->last_us && order_texts(user_id, row->user_id) > 0);
	if (time_us > row->last_us)
		row->last_us = time_us;
	if (!newer || str_eq(user_id, row->user_id))
		return RC_OK;
	row->user_id = user_id.n ? arena_str(&count->arena, user_id) : S("");
	return row->user_id.at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- what a line says ---- */

static bool ends(struct str s, struct str end)
{
	return s.n >= end.n && str_eq(str_sub(s, s.n - end.n, end.n), end);
}

/* Who was asked above and then refused has spent his hit all the same (doc/relay.md). */
static bool is_hit(const struct outcome_row *row, const struct line *line)
{
	bool refused_later = row->kind == OUTCOME_KIND_PARAMETER && str_starts(line->about, S("asked "));
	return !line->repeat && (row->hit || refused_later);
}

/* *ret_code: where it stands in code_n; 0 where the system above gave no answer. */
static enum rc judge(const struct line *line, struct figures_sum *ret, size_t *ret_code, struct err *err)
{
	enum outcome outcome;
	*ret_code = 0;
	*ret = (struct figures_sum){.inquiries = 1, .repeats = line->repeat, .refused = 1};
	if (str_eq(line->outcome, S(NO_ANSWER)))
		return RC_OK;
	if (outcome_from_code(line->outcome, &outcome) != RC_OK)
		return FAIL(err, RC_REFUSED, "Log %lld, entri %lld: hasil permintaan tidak dikenal", (long long)line->log_id,
		            (long long)line->seq);
	const struct outcome_row *row = outcome_get(outcome);
	ret->refused = row->kind == OUTCOME_KIND_PARAMETER;
	ret->hits = is_hit(row, line);
	*ret_code = (size_t)outcome;
	return RC_OK;
}

static enum rc add_user(struct count *count, const struct line *line, const struct figures_sum *one, struct err *err)
{
	void *at;
	TRY(row_of_id(count, TABLE_USERS, line->user, &at, err));
	struct figures_user *row = at;
	row->user_no = line->user;
	if (!row->user_id.at)
		row->user_id = S("");
	add(&row->sum, one);
	return one->inquiries ? keep_user_id(count, row, line->user_id, line->time_us, err) : RC_OK;
}

static enum rc add_kejadian(struct count *count, const struct line *line, const struct figures_sum *one, struct err *err)
{
	void *at;
	TRY(row_of_id(count, TABLE_KEJADIAN, line->kejadian_id, &at, err));
	struct figures_kejadian *row = at;
	row->kejadian_id = line->kejadian_id;
	add(&row->sum, one);
	return RC_OK;
}

static enum rc add_version(struct count *count, const struct line *line, const struct figures_sum *one, struct err *err)
{
	void *at;
	TRY(row_of_id(count, TABLE_VERSIONS, line->version_id, &at, err));
	struct figures_version *row = at;
	row->version_id = line->version_id;
	add(&row->sum, one);
	if (!one->inquiries)
		return RC_OK;
	if (row->sum.inquiries == 1 || line->time_us < row->first_us)
		row->first_us = line->time_us;
	if (row->sum.inquiries == 1 || line->time_us > row->last_us)
		row->last_us = line->time_us;
	return RC_OK;
}

static enum rc add_everywhere(struct count *count, const struct line *line, const struct figures_sum *one, struct err *err)
{
	struct figures *f = &count->so_far;
	struct figures_method *method;
	size_t day = (size_t)(day_of_us(line->time_us).n - f->ask.first.n);
	add(&f->sum, one);
	add(&f->days[day].sum, one);
	add(&f->months[count->month_of_day[day]].sum, one);
	TRY(method_row(count, line->method, &method, err));
	add(&method->sum, one);
	TRY(add_user(count, line, one, err));
	TRY(add_kejadian(count, line, one, err));
	return add_version(count, line, one, err);
}

static enum rc take_inquiry(struct count *count, const struct line *line, struct err *err)
{
	struct figures *f = &count->so_far;
	struct figures_sum one;
	struct figures_ground *ground;
	size_t code;
	struct day day = day_of_us(line->time_us);
	struct figures_month *month = &f->months[count->month_of_day[day.n - f->ask.first.n]];
	TRY(judge(line, &one, &code, err));
	f->code_n[code]++;
	month->code_n[code]++;
	f->hours[(line->time_us - day_begin_us(day)) / US_PER_HOUR]++;
	if (line->ground.n) {
		TRY(ground_row(count, month->year, month->month, line->ground, &ground, err));
		ground->n++;
	}
	return add_everywhere(count, line, &one, err);
}

/* A hit that was reserved, and nobody will ever know what became of it: it stays charged. */
static enum rc take_relay(struct count *count, const struct line *line, struct err *err)
{
	const struct figures_sum one = {.hits = 1};
	bool charged = str_eq(line->outcome, S("unknown")) && ends(line->about, S(" charged"));
	return charged ? add_everywhere(count, line, &one, err) : RC_OK;
}

/* ---- other acts ---- */

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.at[i] < 'a' || s.at[i] > 'z') && s.at[i] != '-' && s.at[i] != '_')
			return false;
	return s.n > 0;
}

/* What an entry is about without whom and which one: its first words, up to a number or a
 * reference. */
static struct str words_of(struct str about)
{
	struct str rest = about;
	size_t n = 0;
	if (str_starts(about, S("cli: ")))
		rest = about = str_sub(about, 5, about.n);
	for (int i = 0; i < WORDS && rest.at; i++) {
		struct str word = str_split(&rest, ' ');
		size_t end = (size_t)(word.at - about.at) + word.n;
		if (!is_word(word) || end > WORDS_MAX)
			break;
		n = end;
	}
	return n ? str_sub(about, 0, n) : S("");
}

static enum rc take_act(struct count *count, const struct line *line, struct err *err)
{
	struct figures_act *row;
	struct figures_act act = {line->act, line->outcome, words_of(line->about), 0};
	TRY(act_row(count, &act, &row, err));
	row->n++;
	return RC_OK;
}

static const struct {
	enum act act;
	enum rc (*take)(struct count *, const struct line *, struct err *);
} takers[] = {
        {ACT_LOOKUP, take_inquiry}, {ACT_RELAY, take_relay}, {ACT_GUARD, take_act},    {ACT_FEEDBACK, take_act},
        {ACT_SLIP, take_act},       {ACT_LOGIN, take_act},   {ACT_INCIDENT, take_act},
};

enum rc count_take(struct count *count, const struct line *line, bool *ret_mine, struct err *err)
{
	*ret_mine = line->instansi_id == count->so_far.ask.instansi_id && line->time_us >= count->begin_us &&
	            line->time_us < count->end_us;
	for (size_t i = 0; *ret_mine && i < LEN(takers); i++)
		if (str_eq(line->act, str_c(act_at(takers[i].act)->key)))
			return takers[i].take(count, line, err);
	return RC_OK;
}

/* ---- out ---- */

static int order_grounds(const void *left, const void *right)
{
	const struct figures_ground *a = left, *b = right;
	int order = order_ints(a->year * 100 + a->month, b->year * 100 + b->month);
	return order ? order : order_texts(a->key, b->key);
}

static int order_methods(const void *left, const void *right)
{
	return order_texts(((const struct figures_method *)left)->key, ((const struct figures_method *)right)->key);
}

static int order_users(const void *left, const void *right)
{
	return order_ints(((const struct figures_user *)left)->user_no, ((const struct figures_user *)right)->user_no);
}

static int order_kejadian(const void *left, const void *right)
{
	const struct figures_kejadian *a = left, *b = right;
	return order_ints(a->kejadian_id, b->kejadian_id);
}

static int order_versions(const void *left, const void *right)
{
	const struct figures_version *a = left, *b = right;
	return order_ints(a->version_id, b->version_id);
}

static int order_acts(const void *left, const void *right)
{
	const struct figures_act *a = left, *b = right;
	int order = order_texts(a->act, b->act);
	if (!order)
		order = order_texts(a->outcome, b->outcome);
	return order ? order : order_texts(a->words, b->words);
}

static void *copy(struct arena *arena, const void *rows, size_t n, size_t size)
{
	void *at = arena_array(arena, n + 1, size);
	if (at && n)
		memcpy(at, rows, n * size);
	return at;
}

static void *sorted(const struct count *count, struct arena *arena, enum table table, int (*order)(const void *, const void *))
{
	const struct keyed *keyed = &count->tables[table];
	void *rows = copy(arena, keyed->rows, keyed->n, keyed->row_size);
	if (rows)
		qsort(rows, keyed->n, keyed->row_size, order);
	return rows;
}

enum rc count_figures(const struct count *count, struct arena *arena, struct figures *ret, struct err *err)
{
	*ret = count->so_far;
	ret->days = copy(arena, count->so_far.days, ret->days_n, sizeof *ret->days);
	ret->months = copy(arena, count->so_far.months, ret->months_n, sizeof *ret->months);
	ret->grounds = sorted(count, arena, TABLE_GROUNDS, order_grounds);
	ret->methods = sorted(count, arena, TABLE_METHODS, order_methods);
	ret->users = sorted(count, arena, TABLE_USERS, order_users);
	ret->kejadian = sorted(count, arena, TABLE_KEJADIAN, order_kejadian);
	ret->versions = sorted(count, arena, TABLE_VERSIONS, order_versions);
	ret->acts = sorted(count, arena, TABLE_ACTS, order_acts);
	ret->grounds_n = count->tables[TABLE_GROUNDS].n;
	ret->methods_n = count->tables[TABLE_METHODS].n;
	ret->users_n = count->tables[TABLE_USERS].n;
	ret->kejadian_n = count->tables[TABLE_KEJADIAN].n;
	ret->versions_n = count->tables[TABLE_VERSIONS].n;
	ret->acts_n = count->tables[TABLE_ACTS].n;
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

/* ---- going on ---- */

static enum rc resume_words(struct count *count, const struct figures *f, struct err *err)
{
	for (size_t i = 0; i < f->grounds_n; i++) {
		struct figures_ground *row;
		TRY(ground_row(count, f->grounds[i].year, f->grounds[i].month, f->grounds[i].key, &row, err));
		row->n = f->grounds[i].n;
	}
	for (size_t i = 0; i < f->methods_n; i++) {
		struct figures_method *row;
		TRY(method_row(count, f->methods[i].key, &row, err));
		row->sum = f->methods[i].sum;
	}
	for (size_t i = 0; i < f->acts_n; i++) {
		struct figures_act *row;
		TRY(act_row(count, &f->acts[i], &row, err));
		row->n = f->acts[i].n;
	}
	return RC_OK;
}

static enum rc resume_ids(struct count *count, const struct figures *f, struct err *err)
{
	void *row;
	for (size_t i = 0; i < f->users_n; i++) {
		struct str user_id = arena_str(&count->arena, f->users[i].user_id);
		TRY(row_of_id(count, TABLE_USERS, f->users[i].user_no, &row, err));
		*(struct figures_user *)row = f->users[i];
		((struct figures_user *)row)->user_id = user_id;
	}
	for (size_t i = 0; i < f->kejadian_n; i++) {
		TRY(row_of_id(count, TABLE_KEJADIAN, f->kejadian[i].kejadian_id, &row, err));
		*(struct figures_kejadian *)row = f->kejadian[i];
	}
	for (size_t i = 0; i < f->versions_n; i++) {
		TRY(row_of_id(count, TABLE_VERSIONS, f->versions[i].version_id, &row, err));
		*(struct figures_version *)row = f->versions[i];
	}
	return RC_OK;
}

enum rc count_resume(struct count *count, const struct figures *so_far, struct err *err)
{
	struct figures *f = &count->so_far;
	bool same = so_far->ask.instansi_id == f->ask.instansi_id && so_far->ask.first.n == f->ask.first.n &&
	            so_far->ask.last.n == f->ask.last.n && so_far->days_n == f->days_n && so_far->months_n == f->months_n;
	if (!same)
		return FAIL(err, RC_INVALID, "Angka yang tersimpan milik masa lain");
	f->sum = so_far->sum;
	memcpy(f->code_n, so_far->code_n, sizeof f->code_n);
	memcpy(f->hours, so_far->hours, sizeof f->hours);
	memcpy(f->days, so_far->days, f->days_n * sizeof *f->days);
	memcpy(f->months, so_far->months, f->months_n * sizeof *f->months);
	TRY(resume_words(count, so_far, err));
	return resume_ids(count, so_far, err);
}
