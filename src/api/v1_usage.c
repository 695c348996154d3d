/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_usage.c - see v1_usage.h. */
#include "api/v1_usage.h"

#include "api/v1_cursor.h"
#include "api/v1_days.h"
#include "api/v1_reply.h"
#include "api/v1_standing.h"
#include "gate/ledger.h"

#define USAGE_MAX ((size_t)512 << 10) /* three methods, every outcome, a year */
#define ROWS_MAX ((size_t)2 << 20)    /* what they are made from */
#define DAYS_USUAL 30
#define WAIT_S 60

/* ---- what is asked ---- */

/* The last of the days as long as none is named; a year of them at most. */
static void choose_days(struct visit *v, struct v1_body *query, struct v1_days *days)
{
	if (!days->until_given)
		days->until = day_of_us(v->now_us);
	if (!days->from_given)
		days->from = (struct day){days->until.n - (DAYS_USUAL - 1)};
	if (days->until.n < days->from.n && query->flaws_n == 0)
		v1_body_parameter(query, "dari", "Harus disertai \"sampai\" bila sesudah hari ini.");
	if (days->until.n - days->from.n >= USAGE_DAYS_MAX)
		v1_body_parameter(query, "sampai", "Rentang paling panjang 366 hari.");
}

enum rc v1_usage(struct visit *v, struct err *err)
{
	struct v1_body query = V1_QUERY(v);
	struct v1_days days;
	struct usage_ask *ask = ARENA_NEW(v->arena, struct usage_ask);
	if (!ask)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v1_days_read(v, &query, &days);
	choose_days(v, &query, &days);
	if (v1_refuse_flaws(v, &query))
		return RC_OK;
	*ask = (struct usage_ask){v->standing.instansi_id, days.from, days.until};
	v->own = ask;
	return RC_OK;
}

/* ---- the figures ---- */

/* Rows of one day and method. */
struct group {
	const struct usage_row *rows;
	size_t n;
};

static const struct outcome_row *outcome_of(const struct usage_row *row)
{
	enum outcome outcome;
	return outcome_from_code(row->outcome, &outcome) == RC_OK ? outcome_get(outcome) : NULL;
}

static int64_t hits_of(const struct group *group)
{
	int64_t hits = 0;
	for (size_t i = 0; i < group->n; i++) {
		const struct outcome_row *outcome = outcome_of(&group->rows[i]);
		if (outcome && outcome->hit)
			hits += group->rows[i].n - group->rows[i].repeats; /* a repeat costs none (DOMAIN 2) */
	}
	return hits;
}

static int64_t repeats_of(const struct group *group)
{
	int64_t repeats = 0;
	for (size_t i = 0; i < group->n; i++)
		repeats += group->rows[i].repeats;
	return repeats;
}

/* "01":12,... of the answers, or of what was refused. */
static void add_outcomes(struct buf *out, const char *key, const struct group *group, bool refused)
{
	const char *between = "";
	buf_addf(out, ",\"%s\":{", key);
	for (size_t i = 0; i < group->n; i++) {
		const struct outcome_row *outcome = outcome_of(&group->rows[i]);
		bool is_refusal = !outcome || outcome->kind == OUTCOME_KIND_PARAMETER;
		if (is_refusal != refused)
			continue;
		buf_addz(out, between);
		buf_add_json(out, group->rows[i].outcome);
		buf_addf(out, ":%lld", (long long)group->rows[i].n);
		between = ",";
	}
	buf_addc(out, '}');
}

static void add_group(struct buf *out, const struct group *group)
{
	buf_addz(out, "{\"tanggal\":");
	v1_add_day(out, group->rows[0].day);
	buf_addz(out, ",\"metode\":");
	v1_add_text(out, str_c(v1_method_word_of_key(group->rows[0].method)));
	buf_addf(out, ",\"hit\":%lld,\"ulangan\":%lld", (long long)hits_of(group), (long long)repeats_of(group));
	add_outcomes(out, "hasil", group, false);
	add_outcomes(out, "ditolak", group, true);
	buf_addc(out, '}');
}

static bool is_same(const struct usage_row *a, const struct usage_row *b)
{
	return a->day.n == b->day.n && str_eq(a->method, b->method);
}

static void add_groups(struct buf *out, const struct usage_row *rows, size_t n)
{
	for (size_t i = 0; i < n;) {
		struct group group = {&rows[i], 1};
		while (i + group.n < n && is_same(&rows[i], &rows[i + group.n]))
			group.n++;
		buf_addz(out, i ? "," : "");
		add_group(out, &group);
		i += group.n;
	}
}

static void reply(struct visit *v, const struct usage_ask *ask, const struct usage_row *rows, size_t n)
{
	BUF_AUTO out = BUF(USAGE_MAX);
	buf_addz(&out, "{\"dari\":");
	v1_add_day(&out, ask->first);
	buf_addz(&out, ",\"sampai\":");
	v1_add_day(&out, ask->last);
	buf_addz(&out, ",\"harian\":[");
	add_groups(&out, rows, n);
	buf_addz(&out, "]}");
	v1_reply(v, 200, V1_JSON, &out);
}

enum rc v1_usage_after(struct visit *v, struct err *err)
{
	const struct usage_ask *ask = v->own;
	struct usage_row *rows;
	struct arena arena;
	size_t n;
	arena_init(&arena, ROWS_MAX);
	enum rc rc = ledger_usage(v, *ask, &arena, &rows, &n, err);
	if (rc == RC_OK)
		reply(v, ask, rows, n);
	if (rc == RC_LIMIT) /* the sums are far behind the journal: after a restore, or the first time */
		problem_reply(v, &(struct problem_told){.problem = PROBLEM_UNAVAILABLE, .wait_s = WAIT_S});
	arena_free(&arena);
	return rc == RC_LIMIT ? RC_OK : rc;
}
