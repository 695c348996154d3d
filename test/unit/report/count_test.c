/* SPDX-License-Identifier: EUPL-1.2
 * What counts as what (I7.1, P8): hits, repeats, answers that never came, words of other acts; and
 * that a table has an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "report/count.h"
#include "report/keyed.h"

#define DAY 20780
static struct err err;

static struct count *open_count(void)
{
	struct count *count;
	struct figures_ask ask = {1, {DAY}, {DAY + 1}};
	assert_int_equal(count_open(&ask, &count, &err), RC_OK);
	return count;
}

static struct line line_of(const char *act, const char *outcome, const char *about)
{
	return (struct line){.act = str_c(act),
	                     .outcome = str_c(outcome),
	                     .about = str_c(about),
	                     .instansi_id = 1,
	                     .user = 7,
	                     .user_id = S("operator1"),
	                     .method = S("portal"),
	                     .time_us = day_begin_us((struct day){DAY})};
}

static void take(struct count *count, const struct line *line)
{
	bool mine;
	assert_int_equal(count_take(count, line, &mine, &err), RC_OK);
	assert_true(mine);
}

/* One line alone. */
struct alone {
	struct arena arena;
	struct count *count;
	struct figures figures;
};
static void open_alone(struct alone *alone, struct line line)
{
	arena_init(&alone->arena, 1 << 20);
	alone->count = open_count();
	take(alone->count, &line);
	assert_int_equal(count_figures(alone->count, &alone->arena, &alone->figures, &err), RC_OK);
}

static void close_alone(struct alone *alone)
{
	count_close(alone->count);
	arena_free(&alone->arena);
}

static void assert_sum(struct line line, int64_t inquiries, int64_t repeats, int64_t hits, int64_t refused)
{
	struct alone alone;
	open_alone(&alone, line);
	const struct figures f = alone.figures;
	const struct figures_sum *sums[] = {&f.sum,          &f.days[0].sum,     &f.months[0].sum,  &f.methods[0].sum,
	                                    &f.users[0].sum, &f.kejadian[0].sum, &f.versions[0].sum};
	for (size_t i = 0; i < LEN(sums); i++) {
		assert_int_equal(sums[i]->inquiries, inquiries);
		assert_int_equal(sums[i]->repeats, repeats);
		assert_int_equal(sums[i]->hits, hits);
		assert_int_equal(sums[i]->refused, refused);
	}
	close_alone(&alone);
}

static void a_hit_reached_the_registry(void **state)
{
	static const struct {
		const char *code;
		int hit, refused;
	} rows[] = {{"01", 1, 0}, {"03", 0, 1}, {"04", 0, 1}, {"05", 0, 1}, {"07", 0, 1}, {"09", 0, 1}, {"10", 0, 1}, {"11", 1, 0},
	            {"12", 1, 0}, {"13", 1, 0}, {"14", 1, 0}, {"15", 0, 0}, {"16", 0, 1}, {"17", 0, 1}, {"503", 0, 1}};
	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct line line = line_of("lookup", rows[i].code, NULL);
		assert_sum(line, 1, 0, rows[i].hit, rows[i].refused);
		line.repeat = true;
		assert_sum(line, 1, 1, 0, rows[i].refused);
	}
}

static void relayed_hits_are_those_that_stay_charged(void **state)
{
	(void)state;
	assert_sum(line_of("lookup", "16", "asked 7K2M-94QX"), 1, 0, 1, 1);  /* refused on the way back */
	assert_sum(line_of("lookup", "503", "asked 7K2M-94QX"), 1, 0, 0, 1); /* given back */
	assert_sum(line_of("lookup", "01", "asked 7K2M-94QX"), 1, 0, 1, 0);
	assert_sum(line_of("lookup", "15", "asked 7K2M-94QX"), 1, 0, 0, 0);
	assert_sum(line_of("relay", "unknown", "asked 7K2M-94QX charged"), 0, 0, 1, 0);
}

static void assert_nothing(struct line line)
{
	struct alone alone;
	open_alone(&alone, line);
	const struct figures f = alone.figures;
	assert_int_equal(f.sum.inquiries + f.sum.hits, 0);
	assert_int_equal(f.users_n + f.acts_n + f.methods_n + f.versions_n + f.kejadian_n, 0);
	close_alone(&alone);
}

static void what_is_no_inquiry_is_none(void **state)
{
	(void)state;
	assert_nothing(line_of("sandbox", "01", NULL));
	assert_nothing(line_of("relay", "asked", NULL));
	assert_nothing(line_of("relay", "unknown", "asked 7K2M-94QX")); /* of a repeat */
	assert_nothing(line_of("request", "ok", NULL));
}

static void assert_words(const char *about, const char *want)
{
	struct alone alone;
	open_alone(&alone, line_of("guard", "ok", about));
	const struct figures f = alone.figures;
	assert_int_equal(f.acts_n, 1);
	assert_int_equal(f.acts[0].n, 1);
	if (!str_eq(f.acts[0].words, str_c(want)))
		print_error("%s: %.*s\n", about, STR_ARG(f.acts[0].words));
	assert_true(str_eq(f.acts[0].words, str_c(want)));
	assert_int_equal(figures_acts(&f, "guard", "ok", ""), 1);
	assert_int_equal(figures_acts(&f, "guard", "refused", ""), 0);
	close_alone(&alone);
}

static void words_say_what_and_not_which(void **state)
{
	(void)state;
	assert_words("hold berurutan langkah instansi 7K2M-94QX", "hold berurutan langkah");
	assert_words("hold berurutan ABCD-EFGH", "hold berurutan");
	assert_words("observe warn berpola sapuan ABCD-EFGH", "observe warn berpola");
	assert_words("form bukan salah-nik", "form bukan salah-nik");
	assert_words("cli: lepas 12 berurutan", "lepas");
	assert_words("cetak ABCD-EFGH", "cetak");
	assert_words("feedback n=5", "feedback");
	assert_words("12", "");
	assert_words(" x", "");
	assert_words("", "");
	assert_words(NULL, "");
	assert_words("abcdefghijabcdefghijabcdefghij abcdefghijabcdefghijabcdefghij b", "abcdefghijabcdefghijabcdefghij");
}

static void the_period_is_whole_wib_days(void **state)
{
	struct count *count = open_count();
	struct line line = line_of("lookup", "01", NULL);
	const int64_t begin = day_begin_us((struct day){DAY}), end = day_begin_us((struct day){DAY + 2});
	const struct {
		int64_t at;
		bool mine;
	} rows[] = {{begin - 1, false}, {begin, true}, {end - 1, true}, {end, false}};
	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		bool mine;
		line.time_us = rows[i].at;
		assert_int_equal(count_take(count, &line, &mine, &err), RC_OK);
		assert_int_equal(mine, rows[i].mine);
	}
	line.instansi_id = 2;
	line.time_us = begin;
	bool mine;
	assert_int_equal(count_take(count, &line, &mine, &err), RC_OK);
	assert_false(mine);
	count_close(count);
}

static void an_unknown_outcome_is_refused(void **state)
{
	static const char *const codes[] = {"", "ok", "02", "1", "99", "001"};
	struct count *count = open_count();
	(void)state;
	for (size_t i = 0; i < LEN(codes); i++) {
		struct line line = line_of("lookup", codes[i], NULL);
		bool mine;
		assert_int_equal(count_take(count, &line, &mine, &err), RC_REFUSED);
	}
	count_close(count);
}

static void a_user_id_is_the_latest(void **state)
{
	struct arena arena;
	struct figures f;
	struct count *count = open_count();
	struct line old = line_of("lookup", "01", NULL), late = old, same = old;
	(void)state;
	arena_init(&arena, 1 << 20);
	late.time_us += 5;
	late.user_id = S("baru");
	same.time_us += 5;
	same.user_id = S("aaa"); /* at the same moment: the greater one, whichever came first */
	take(count, &late);
	take(count, &old);
	take(count, &same);
	assert_int_equal(count_figures(count, &arena, &f, &err), RC_OK);
	assert_true(str_eq(f.users[0].user_id, S("baru")));
	assert_int_equal(f.users[0].last_us, late.time_us);
	arena_free(&arena);
	count_close(count);
}

/* Past it the run is refused: no row is ever left out. */
static void a_table_has_an_end(void **state)
{
	struct count *count = open_count();
	struct line line = line_of("lookup", "01", NULL);
	bool mine;
	(void)state;
	for (int64_t i = 0; i < KEYED_MAX; i++) {
		line.kejadian_id = i;
		assert_int_equal(count_take(count, &line, &mine, &err), RC_OK);
	}
	assert_int_equal(count_take(count, &line, &mine, &err), RC_OK); /* one that is there */
	line.kejadian_id = KEYED_MAX;
	assert_int_equal(count_take(count, &line, &mine, &err), RC_LIMIT);
	count_close(count);
}

static void figures_of_another_period_are_not_gone_on_from(void **state)
{
	struct arena arena;
	struct figures f;
	struct count *a = open_count(), *b;
	struct figures_ask ask = {1, {DAY}, {DAY + 2}};
	(void)state;
	arena_init(&arena, 1 << 20);
	assert_int_equal(count_figures(a, &arena, &f, &err), RC_OK);
	assert_int_equal(count_open(&ask, &b, &err), RC_OK);
	assert_int_equal(count_resume(b, &f, &err), RC_INVALID);
	count_close(b);
	ask.last.n = DAY - 1;
	assert_int_equal(count_open(&ask, &b, &err), RC_INVALID);
	count_close(a);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_hit_reached_the_registry),
	        cmocka_unit_test(relayed_hits_are_those_that_stay_charged),
	        cmocka_unit_test(what_is_no_inquiry_is_none),
	        cmocka_unit_test(words_say_what_and_not_which),
	        cmocka_unit_test(the_period_is_whole_wib_days),
	        cmocka_unit_test(an_unknown_outcome_is_refused),
	        cmocka_unit_test(a_user_id_is_the_latest),
	        cmocka_unit_test(a_table_has_an_end),
	        cmocka_unit_test(figures_of_another_period_are_not_gone_on_from),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
