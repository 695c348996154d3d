/* SPDX-License-Identifier: EUPL-1.2
 * report/part_use.c - tables of what the journal says: months, days, hours, outcomes,
 * refusals, methods, and what they rest on. */
#include <stdlib.h>

#include "policy/decide.h"
#include "report/part.h"

/* Codes of what was refused, in the order of the columns of `bulan`; 0 is 503, no answer from
 * the system above. */
static const int refused_codes[] = {3, 4, 5, 7, 9, 10, 16, 17, 0};
static const int answer_codes[] = {1, 11, 12, 13, 14, 15};

static struct str code_words(struct part_make *m, int code)
{
	return arena_printf(m->arena, "%02d", code);
}

/* ---- months ---- */

/* What the days of the month gave together, those of the period; a day without limit makes it empty. */
static struct part_cell month_quota(struct part_make *m, const struct figures_month *month)
{
	struct day first = day_from_ymd(month->year, month->month, 1);
	int64_t limit = office_limits(m->o, first, (struct day){day_add_months(first, 1).n - 1});
	return limit < 0 ? part_text(S("")) : part_number(limit);
}

static void add_month(struct part_make *m, const struct figures_month *month)
{
	struct part_cell cells[PART_COLUMNS_MAX];
	size_t n = 0;
	cells[n++] = part_text(part_month_words(m->arena, month->year, month->month));
	cells[n++] = part_number(month->sum.inquiries);
	cells[n++] = part_number(month->sum.repeats);
	cells[n++] = part_number(month->sum.hits);
	for (size_t i = 0; i < LEN(answer_codes); i++)
		cells[n++] = part_number(month->code_n[answer_codes[i]]);
	cells[n++] = part_number(month->sum.refused);
	for (size_t i = 0; i < LEN(refused_codes); i++)
		cells[n++] = part_number(month->code_n[refused_codes[i]]);
	cells[n++] = month_quota(m, month);
	part_row(m, cells);
}

void part_make_months(struct part_make *m)
{
	for (size_t i = 0; i < m->f->months_n; i++)
		add_month(m, &m->f->months[i]);
}

/* ---- outcomes ---- */

/* Where the portal says nothing (01, 07, 09), in our words. */
static const char *outcome_words(const struct outcome_row *row)
{
	switch (row->outcome) {
	case OUTCOME_DATA: return "Data ditemukan dan ditampilkan";
	case OUTCOME_PARAMETER: return "Isian tidak lengkap atau tidak dapat dibaca";
	case OUTCOME_CREDENTIAL: return "User ID, kata sandi, atau IP_USER tidak diisi";
	case OUTCOME_LOGIN: return "Gagal Login: user ID atau kata sandi";
	case OUTCOME_ADDRESS: return "Gagal Login: di luar alamat user ID";
	case OUTCOME_PEER: return "Gagal Login: alamat tidak terdaftar";
	default: return row->portal;
	}
}

/* Those of answers always, the others where there were any. */
void part_make_outcomes(struct part_make *m)
{
	const struct outcome_row *row;
	for (size_t i = 0; (row = outcome_at(i)); i++) {
		int64_t n = m->f->code_n[row->outcome];
		if (!n && row->kind == OUTCOME_KIND_PARAMETER)
			continue;
		part_row(m, (const struct part_cell[]){part_z(row->code), part_z(outcome_words(row)), part_number(n)});
	}
	if (m->f->code_n[0])
		part_row(m, (const struct part_cell[]){part_z("503"), part_z("Sistem di atas tidak menjawab"),
		                                       part_number(m->f->code_n[0])});
}

/* ---- refusals ---- */

static const struct decide_row *row_of(struct str key)
{
	const struct decide_row *row;
	for (size_t i = 0; (row = decide_at(i)); i++)
		if (str_eq(key, str_c(row->key)))
			return row;
	return NULL;
}

/* What the journal calls a ground, as people read it. */
static void ground_cells(struct part_make *m, struct str key, struct part_cell cells[3])
{
	const struct decide_row *row = row_of(key);
	if (row) {
		cells[0] = part_z(row->reason);
		cells[1] = part_text(code_words(m, row->outcome));
		cells[2] = part_z(row->clause);
		return;
	}
	/* what the table of grounds does not know came back from the system above, as 503 */
	cells[0] = part_text(arena_printf(m->arena, "Sistem di atas tidak menjawab (%.*s)", STR_ARG(str_cut(key, 40))));
	cells[1] = part_z("503");
	cells[2] = part_text(S(""));
}

struct reason {
	struct str key;
	int64_t n;
	struct str months; /* "Mei 14, Jun 20" */
};

static void add_to(struct part_make *m, struct reason *reason, const struct figures_ground *ground)
{
	reason->n += ground->n;
	reason->months = arena_printf(m->arena, "%.*s%s%.3s %.*s", STR_ARG(reason->months), reason->months.n ? ", " : "",
	                              part_month_name(ground->month), STR_ARG(part_number_words(m->arena, ground->n)));
}

/* Grounds come by month: here each once, in order of precedence, then what that does not know. */
static size_t gather(struct part_make *m, struct reason *reasons, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < m->f->grounds_n; i++) {
		size_t at = 0;
		while (at < n && !str_eq(reasons[at].key, m->f->grounds[i].key))
			at++;
		if (at == max)
			continue;
		if (at == n)
			reasons[n++] = (struct reason){.key = m->f->grounds[i].key, .months = S("")};
		add_to(m, &reasons[at], &m->f->grounds[i]);
	}
	return n;
}

static void add_reason(struct part_make *m, const struct reason *reason)
{
	struct part_cell cells[5];
	ground_cells(m, reason->key, cells);
	cells[3] = part_number(reason->n);
	cells[4] = part_text(reason->months);
	part_row(m, cells);
}

static int by_number(const void *a, const void *b)
{
	const struct reason *x = a, *y = b;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	size_t n = x->key.n < y->key.n ? x->key.n : y->key.n;
	int way = n ? memcmp(x->key.at, y->key.at, n) : 0;
	return way ? way : (x->key.n > y->key.n) - (x->key.n < y->key.n);
}

/* The most frequent first. */
void part_make_reasons(struct part_make *m)
{
	struct reason *reasons = ARENA_ARRAY(m->arena, m->f->grounds_n + 1, struct reason);
	if (!reasons)
		return;
	size_t n = gather(m, reasons, m->f->grounds_n);
	qsort(reasons, n, sizeof *reasons, by_number);
	for (size_t i = 0; i < n; i++)
		add_reason(m, &reasons[i]);
}

void part_make_refusals(struct part_make *m)
{
	for (size_t i = 0; i < m->f->grounds_n; i++) {
		const struct figures_ground *ground = &m->f->grounds[i];
		struct part_cell cells[5];
		cells[0] = part_text(part_month_words(m->arena, ground->year, ground->month));
		ground_cells(m, ground->key, &cells[1]);
		cells[4] = part_number(ground->n);
		part_row(m, cells);
	}
}

/* ---- days and hours ---- */

#define EVERY_DAY 31 /* in a longer period the months alone are marked */

static struct str day_label(struct part_make *m, size_t i)
{
	int year, month, mday;
	day_to_ymd(m->f->days[i].day, &year, &month, &mday);
	if (m->f->days_n <= EVERY_DAY)
		return arena_printf(m->arena, "%d", mday);
	if (mday != 1 && i > 0)
		return S("");
	if (i == 0 || month == 1)
		return arena_printf(m->arena, "%.3s %d", part_month_name(month), year);
	return arena_printf(m->arena, "%.3s", part_month_name(month));
}

void part_make_days(struct part_make *m)
{
	for (size_t i = 0; i < m->f->days_n; i++) {
		const struct figures_day *day = &m->f->days[i];
		int64_t limit = office_limit(m->o, day->day);
		part_row(m, (const struct part_cell[]){part_day(day->day), part_text(day_label(m, i)),
		                                       part_number(day->sum.inquiries), part_number(day->sum.repeats),
		                                       part_number(day->sum.hits), part_number(day->sum.refused),
		                                       limit < 0 ? part_text(S("")) : part_number(limit)});
	}
}

void part_make_hours(struct part_make *m)
{
	for (size_t i = 0; i < LEN(m->f->hours); i++)
		part_row(m, (const struct part_cell[]){part_text(arena_printf(m->arena, "%02zu", i)), part_number(m->f->hours[i])});
}

/* ---- what they rest on ---- */

void part_make_logs(struct part_make *m)
{
	for (size_t i = 0; i < m->f->logs_n; i++) {
		const struct figures_log *log = &m->f->logs[i];
		part_row(m, (const struct part_cell[]){part_text(log->origin), part_number(log->size), part_text(log->root),
		                                       part_number(log->entries)});
	}
}
