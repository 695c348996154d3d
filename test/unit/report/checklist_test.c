/* SPDX-License-Identifier: EUPL-1.2
 * The evaluation's checklist (J.V): every point is judged right below, at and above each of
 * its thresholds, and says what it measured. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/checklist.h"

static struct err err;

/* An agency of which nothing is known yet, and one point of it set. */
struct world {
	struct figures figures;
	struct figures_act acts[4];
	struct duty_item duties[4];
	struct evidence e;
	struct arena arena;
	struct finding findings[POINT_COUNT];
};

static void world_begin(struct world *w)
{
	*w = (struct world){.e = {.figures = &w->figures, .quota = 200, .duties = w->duties}};
	w->figures.acts = w->acts;
	arena_init(&w->arena, 1 << 20);
}

static const struct finding *look(struct world *w, enum point point)
{
	assert_int_equal(checklist_fill(&w->e, &w->arena, w->findings, &err), RC_OK);
	assert_int_equal(w->findings[point].point, point);
	return &w->findings[point];
}

static void put_act(struct world *w, const char *act, const char *outcome, const char *words, int64_t n)
{
	w->acts[w->figures.acts_n++] = (struct figures_act){str_c(act), str_c(outcome), str_c(words), n};
}

static void put_duty(struct world *w, enum duty duty, enum duty_state state)
{
	w->duties[w->e.duties_n++] = (struct duty_item){
	        .duty = duty, .state = state, .subject = S(""), .evidence = S("1/CONTOH"), .remark = S("Begitulah.")};
}

/* Of the points that are counted: makes the measure be `n`. */
static void measure_share(struct world *w, enum point point, int64_t n)
{
	struct figures *f = &w->figures;
	f->sum.inquiries = 1000;
	f->sum.refused = point == POINT_REFUSED ? n : 0;
	f->code_n[13] = point == POINT_UNFOUND ? n - n / 3 : 0;
	f->code_n[15] = point == POINT_UNFOUND ? n / 3 : 0;
	w->e.used_days = 1000;
	w->e.full_days = point == POINT_QUOTA ? n : 0;
	w->e.answered = 1000;
	w->e.owed = point == POINT_FEEDBACK ? n : 0;
	w->e.settled = w->e.answered - w->e.owed;
}

static void measure_count(struct world *w, enum point point, int64_t n)
{
	switch ((int)point) {
	case POINT_HOLDS:
		put_act(w, "guard", "", "hold berurutan walk", n);
		put_act(w, "guard", "", "warn berpola spread", 9);  /* warnings alone are told, no more */
		put_act(w, "guard", "", "observe hold berpola", 9); /* nobody was held */
		return;
	case POINT_CONFIRMED:
		put_act(w, "guard", "ok", "confirm 1 berurutan walk", n);
		put_act(w, "guard", "ok", "release 2 berurutan walk", 9);
		return;
	case POINT_INCIDENT: put_act(w, "incident", "ok", "open 1", n); return;
	case POINT_DEBT:
		w->e.owed = 1;
		w->e.oldest_days = n;
		return;
	default: fail_msg("point %d is not counted", (int)point);
	}
}

static enum rating rated(enum point point, int64_t n)
{
	struct world w;
	world_begin(&w);
	if (point == POINT_QUOTA || point == POINT_REFUSED || point == POINT_UNFOUND || point == POINT_FEEDBACK)
		measure_share(&w, point, n);
	else
		measure_count(&w, point, n);
	const struct finding *found = look(&w, point);
	assert_true(found->words.n > 0);
	enum rating rating = found->proposed;
	arena_free(&w.arena);
	return rating;
}

static enum rating expected(const struct point_row *row, int64_t n)
{
	return n >= row->breach ? RATING_BREACH : n >= row->attention ? RATING_ATTENTION : RATING_GOOD;
}

static void counted_points_at_below_and_above_each_threshold(void **state)
{
	static const enum point counted[] = {POINT_QUOTA,     POINT_REFUSED,  POINT_UNFOUND, POINT_HOLDS,
	                                     POINT_CONFIRMED, POINT_FEEDBACK, POINT_DEBT,    POINT_INCIDENT};
	(void)state;
	for (size_t i = 0; i < LEN(counted); i++) {
		const struct point_row *row = point_at(counted[i]);
		const int64_t steps[] = {row->attention, row->breach};
		for (size_t s = 0; s < LEN(steps); s++) {
			if (steps[s] == POINT_NEVER)
				continue;
			for (int64_t n = steps[s] - 1; n <= steps[s] + 1; n++)
				assert_int_equal(rated(counted[i], n), expected(row, n));
		}
		assert_int_equal(rated(counted[i], 0), RATING_GOOD);
	}
}

/* The thresholds as doc/report.md tells them: a changed one is a decision. */
static void thresholds_are_those_that_are_told(void **state)
{
	static const struct {
		enum point point;
		int64_t attention, breach;
	} told[] = {{POINT_QUOTA, 250, POINT_NEVER},
	            {POINT_REFUSED, 100, 300},
	            {POINT_UNFOUND, 100, 300},
	            {POINT_HOLDS, 1, POINT_NEVER},
	            {POINT_CONFIRMED, 1, 1},
	            {POINT_FEEDBACK, 100, 500},
	            {POINT_DEBT, 30, 90},
	            {POINT_INCIDENT, 1, POINT_NEVER}};
	(void)state;
	for (size_t i = 0; i < LEN(told); i++) {
		assert_int_equal(point_at(told[i].point)->attention, told[i].attention);
		assert_int_equal(point_at(told[i].point)->breach, told[i].breach);
	}
}

static void duties_by_their_state(void **state)
{
	static const struct {
		enum point point;
		enum duty duty;
		enum rating open; /* also near */
	} rows[] = {{POINT_NDA, DUTY_NDA, RATING_BREACH},
	            {POINT_SPTJM, DUTY_SPTJM, RATING_BREACH},
	            {POINT_ISO27001, DUTY_ISO27001, RATING_ATTENTION},
	            {POINT_BAST, DUTY_BAST, RATING_ATTENTION},
	            {POINT_NETWORK, DUTY_NETWORK, RATING_ATTENTION},
	            {POINT_STAFF, DUTY_STAFF, RATING_ATTENTION},
	            {POINT_PUBLICITY, DUTY_PUBLICITY, RATING_ATTENTION},
	            {POINT_SECURITY, DUTY_SECURITY, RATING_ATTENTION}};
	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		for (enum duty_state s = DUTY_LATE; s <= DUTY_DONE; s++) {
			struct world w;
			enum rating want = s == DUTY_DONE ? RATING_GOOD : s == DUTY_LATE ? RATING_BREACH : rows[i].open;
			world_begin(&w);
			assert_int_equal(look(&w, rows[i].point)->proposed, RATING_NONE); /* no such duty */
			put_duty(&w, rows[i].duty, s);
			assert_int_equal(look(&w, rows[i].point)->proposed, want);
			put_duty(&w, rows[i].duty, DUTY_DONE); /* of several the worst counts */
			assert_int_equal(look(&w, rows[i].point)->proposed, want);
			arena_free(&w.arena);
		}
}

/* P8: ten working days; procedure/duty.c says which day that is. */
static void reports_in_time_late_and_missing(void **state)
{
	static const struct {
		struct evidence_reports reports;
		enum rating rating;
	} rows[] = {{{0, 0, 0}, RATING_NONE},
	            {{1, 0, 0}, RATING_GOOD},
	            {{2, 1, 0}, RATING_ATTENTION},
	            {{2, 0, 1}, RATING_BREACH},
	            {{3, 1, 1}, RATING_BREACH}};
	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct world w;
		world_begin(&w);
		w.e.reports = rows[i].reports;
		assert_int_equal(look(&w, POINT_REPORT)->proposed, rows[i].rating);
		arena_free(&w.arena);
	}
}

static void too_little_is_not_judged(void **state)
{
	struct world w;
	(void)state;
	world_begin(&w);
	w.figures.sum = (struct figures_sum){.inquiries = 19, .refused = 19};
	assert_int_equal(look(&w, POINT_REFUSED)->proposed, RATING_NONE);
	assert_int_equal(look(&w, POINT_UNFOUND)->proposed, RATING_NONE);
	assert_int_equal(look(&w, POINT_QUOTA)->proposed, RATING_NONE);
	assert_int_equal(look(&w, POINT_FEEDBACK)->proposed, RATING_NONE);
	assert_int_equal(look(&w, POINT_DEBT)->proposed, RATING_GOOD);
	w.figures.sum = (struct figures_sum){.inquiries = 20, .refused = 20};
	assert_int_equal(look(&w, POINT_REFUSED)->proposed, RATING_BREACH);
	arena_free(&w.arena);
}

static void words_say_what_was_measured(void **state)
{
	struct world w;
	(void)state;
	world_begin(&w);
	w.figures.sum = (struct figures_sum){.inquiries = 12345, .hits = 12000, .refused = 31};
	w.figures.code_n[5] = 31;
	w.e.used_days = 96;
	w.e.full_days = 2;
	w.e.answered = 4210;
	w.e.settled = 4003;
	w.e.owed = 207;
	assert_string_equal(look(&w, POINT_QUOTA)->words.at,
	                    "12.000 hit; kuota habis pada 2 dari 96 hari pemakaian (2,0%), 31 permintaan ditolak.");
	assert_string_equal(look(&w, POINT_FEEDBACK)->words.at, "4.003 dari 4.210 NIK dilaporkan (95,0%), 207 belum.");
	w.e.quota = -1;
	w.e.full_days = 0;
	assert_string_equal(look(&w, POINT_QUOTA)->words.at, "12.000 hit; kuota harian tidak dibatasi.");
	put_duty(&w, DUTY_NDA, DUTY_OPEN);
	w.duties[0].subject = S("3 dari 4 User ID");
	assert_string_equal(look(&w, POINT_NDA)->words.at, "Belum dipenuhi: 3 dari 4 User ID. Begitulah.");
	arena_free(&w.arena);
}

/* The most frequent grounds by name, months together; 15 is an answer and none of them. */
static void refusals_are_told_by_their_grounds(void **state)
{
	struct world w;
	struct figures_ground grounds[] = {{2026, 1, S("quota"), 20}, {2026, 1, S("user_closed"), 25},
	                                   {2026, 2, S("quota"), 11}, {2026, 2, S("nik_format"), 900},
	                                   {2026, 2, S("no_nda"), 2}, {2026, 3, S("guard_hold"), 1}};
	(void)state;
	world_begin(&w);
	w.figures.sum = (struct figures_sum){.inquiries = 1000, .refused = 59};
	w.figures.grounds = grounds;
	w.figures.grounds_n = LEN(grounds);
	struct str words = look(&w, POINT_REFUSED)->words;
	const char *quota = strstr(words.at, "(31)"), *closed = strstr(words.at, "User ID telah ditutup (25)");
	assert_non_null(strstr(words.at, "59 dari 1.000 permintaan ditolak (5,9%). Sebab terbanyak: "));
	assert_non_null(quota);
	assert_non_null(closed);
	assert_true(quota < closed && strstr(closed, "(2)."));
	assert_null(strstr(words.at, "900"));
	assert_null(strstr(words.at, "(1)")); /* three are told */
	arena_free(&w.arena);
}

/* Who signs says what he saw: another word or another rating is another mark. */
static void the_mark_stands_for_what_was_proposed(void **state)
{
	struct world w;
	(void)state;
	world_begin(&w);
	look(&w, POINT_QUOTA);
	struct checklist_mark one = checklist_mark(w.findings), same = checklist_mark(w.findings);
	assert_string_equal(one.z, same.z);
	assert_int_equal(strlen(one.z), 16);
	w.findings[POINT_DEBT].proposed = RATING_BREACH;
	assert_string_not_equal(one.z, checklist_mark(w.findings).z);
	look(&w, POINT_QUOTA);
	w.findings[POINT_COUNT - 1].words = S("lain");
	assert_string_not_equal(one.z, checklist_mark(w.findings).z);
	arena_free(&w.arena);
}

static void the_tables_have_no_holes(void **state)
{
	(void)state;
	for (size_t i = 0; i < POINT_COUNT; i++) {
		const struct point_row *row = point_at(i);
		assert_int_equal(row->point, i);
		assert_true(*row->key && *row->label && *row->clause && *row->rule);
		assert_true(row->attention > 0 && row->attention <= row->breach);
		assert_int_equal(point_of(str_c(row->key)), i);
	}
	assert_null(point_at(POINT_COUNT));
	assert_int_equal(point_of(S("x")), POINT_COUNT);
	for (size_t i = 0; i < RATING_COUNT; i++) {
		assert_int_equal(rating_at(i)->rating, i);
		assert_true(*rating_at(i)->key && *rating_at(i)->label);
		assert_int_equal(rating_of(str_c(rating_at(i)->key)), i);
	}
	assert_null(rating_at(RATING_COUNT));
	assert_int_equal(rating_of(S("")), RATING_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_tables_have_no_holes),
	        cmocka_unit_test(counted_points_at_below_and_above_each_threshold),
	        cmocka_unit_test(thresholds_are_those_that_are_told),
	        cmocka_unit_test(duties_by_their_state),
	        cmocka_unit_test(reports_in_time_late_and_missing),
	        cmocka_unit_test(too_little_is_not_judged),
	        cmocka_unit_test(words_say_what_was_measured),
	        cmocka_unit_test(refusals_are_told_by_their_grounds),
	        cmocka_unit_test(the_mark_stands_for_what_was_proposed),
	};
	return cmocka_run_group_tests_name("report/checklist", tests, NULL, NULL);
}
