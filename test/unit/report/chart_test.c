/* SPDX-License-Identifier: EUPL-1.2
 * Pictures of figures: well-formed whatever is drawn, every figure in the table, what is
 * nothing said in words, round numbers on the axis. */
#include "report/chart.h"

#include <expat.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define ROOM ((size_t)1 << 21)
#define CELLS_MAX (4 * CHART_POINTS_MAX + 8)

/* What a parser that knows nothing of us makes of it. */
struct seen {
	struct buf cell;
	char *cells[CELLS_MAX];
	size_t cells_n, svg, paths, rects, titles;
	bool in_cell;
};

static void XMLCALL begins(void *arg, const XML_Char *name, const XML_Char **attrs)
{
	struct seen *seen = arg;
	seen->svg += strcmp(name, "svg") == 0;
	seen->paths += strcmp(name, "path") == 0;
	seen->rects += strcmp(name, "rect") == 0;
	seen->titles += strcmp(name, "title") == 0;
	if (strcmp(name, "td") == 0) {
		seen->in_cell = true;
		buf_clear(&seen->cell);
	}
	for (; *attrs; attrs += 2)
		assert_null(strstr(attrs[1], "nan"));
}

static void XMLCALL says(void *arg, const XML_Char *text, int n)
{
	struct seen *seen = arg;
	if (seen->in_cell)
		buf_add(&seen->cell, (struct str){text, (size_t)n});
}

static void XMLCALL ends(void *arg, const XML_Char *name)
{
	struct seen *seen = arg;
	if (strcmp(name, "td") != 0)
		return;
	seen->in_cell = false;
	buf_addc(&seen->cell, 0);
	assert_true(seen->cells_n < CELLS_MAX);
	seen->cells[seen->cells_n++] = strdup(seen->cell.at);
}

static void look(const struct chart *chart, struct buf *out, struct seen *seen)
{
	*seen = (struct seen){.cell = BUF(4096)};
	XML_Parser parser = XML_ParserCreate("UTF-8");
	assert_non_null(parser);
	chart_svg(out, chart);
	assert_true(buf_ok(out));
	XML_SetUserData(parser, seen);
	XML_SetElementHandler(parser, begins, ends);
	XML_SetCharacterDataHandler(parser, says);
	if (XML_Parse(parser, out->at, (int)out->n, 1) != XML_STATUS_OK)
		fail_msg("%s: %.*s", XML_ErrorString(XML_GetErrorCode(parser)), (int)out->n, out->at);
	XML_ParserFree(parser);
	buf_addc(out, 0);
}

static void look_away(struct seen *seen)
{
	for (size_t i = 0; i < seen->cells_n; i++)
		free(seen->cells[i]);
	buf_free(&seen->cell);
}

static void assert_count(int64_t n, const char *text)
{
	BUF_AUTO out = BUF(64);
	chart_count(&out, n);
	buf_addc(&out, 0);
	assert_string_equal(out.at, text);
}

static void numbers_are_written_as_offices_write_them(void **state)
{
	(void)state;
	assert_count(0, "0");
	assert_count(999, "999");
	assert_count(1000, "1.000");
	assert_count(1234567, "1.234.567");
	assert_count(1000001, "1.000.001");
	assert_count(-3, "0");
	assert_count(INT64_MAX, "9.223.372.036.854.775.807");
}

static uint64_t chance; /* printed with a failure */
static uint64_t next(uint64_t below)
{
	chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (chance >> 11) % below;
}

static struct str label_of(char room[80], size_t i)
{
	static const char *const hard[] = {"<b>&amp;\"'", "]]>", "Dinas \xC3\xA9 & <Kota>", "", "23-11-2026", "a-b-c-d-e-"};
	int n = snprintf(room, 80, "%s%zu", hard[next(LEN(hard))], i);
	return (struct str){room, (size_t)n};
}

static int64_t value_of(void)
{
	switch (next(6)) {
	case 0: return 0;
	case 1: return (int64_t)next(10);
	case 2: return INT64_MAX - (int64_t)next(3);
	case 3: return -(int64_t)next(100);
	default: return (int64_t)next((uint64_t)1 << next(62));
	}
}

static int64_t drawn(int64_t n)
{
	return n > 0 ? n : 0;
}

static void assert_table(const struct chart *chart, const struct seen *seen)
{
	bool parts = false, limits = false;
	for (size_t i = 0; i < chart->n; i++) {
		parts = parts || (chart->points[i].part > 0 && drawn(chart->points[i].value) > 0);
		limits = limits || (chart->kind == CHART_COLUMNS && (chart->limits ? chart->limits[i] : chart->limit) > 0);
	}
	size_t columns = 2 + (size_t)parts + (size_t)limits;
	assert_int_equal(seen->cells_n, columns * chart->n);
	for (size_t i = 0; i < chart->n; i++) {
		int64_t value = drawn(chart->points[i].value), part = drawn(chart->points[i].part);
		const char *const *row = (const char *const *)seen->cells + i * columns;
		assert_int_equal(strlen(row[0]), chart->points[i].label.n);
		assert_memory_equal(row[0], chart->points[i].label.at, chart->points[i].label.n);
		assert_count(value, row[1]);
		if (parts)
			assert_count(part < value ? part : value, row[2]);
		int64_t limit = chart->limits ? chart->limits[i] : chart->limit;
		if (limits && limit > 0)
			assert_count(limit, row[columns - 1]);
	}
}

#define ROUNDS 400
static void whatever_is_drawn_is_well_formed_and_stands_in_the_table(void **state)
{
	(void)state;
	static char rooms[CHART_POINTS_MAX][80];
	static struct chart_point points[CHART_POINTS_MAX];
	static int64_t limits[CHART_POINTS_MAX];
	static struct seen seen;
	const char *seed = getenv("SEED");
	chance = seed ? strtoull(seed, NULL, 10) : 20260101;
	print_message("SEED=%llu\n", (unsigned long long)chance);
	for (size_t round = 0; round < ROUNDS; round++) {
		BUF_AUTO out = BUF(ROOM);
		size_t n = next(5) ? next(40) : next(CHART_POINTS_MAX + 1);
		for (size_t i = 0; i < n; i++) {
			points[i] = (struct chart_point){label_of(rooms[i], i), value_of(), next(2) ? value_of() : 0};
			limits[i] = next(2) ? value_of() : limits[i ? i - 1 : 0];
		}
		struct chart chart = {.kind = next(2) ? CHART_BARS : CHART_COLUMNS,
		                      .title = "Judul <&> \"x\"",
		                      .unit = "hit",
		                      .points = points,
		                      .n = n,
		                      .limit = next(2) ? value_of() : 0,
		                      .limits = next(2) ? limits : NULL,
		                      .limit_label = "kuota",
		                      .part_label = "di antaranya ditolak"};
		look(&chart, &out, &seen);
		assert_table(&chart, &seen);
		look_away(&seen);
	}
}

static void nothing_is_said_not_drawn(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(ROOM);
	static struct seen seen;
	struct chart_point zeros[] = {{S("a"), 0, 0}, {S("b"), 0, 0}};
	struct chart chart = {.kind = CHART_COLUMNS, .title = "Hit per hari", .unit = "hit", .limit = 200, .limit_label = "kuota"};
	look(&chart, &out, &seen);
	assert_non_null(strstr(out.at, "Belum ada dalam rentang ini."));
	assert_int_equal(seen.svg, 0);
	look_away(&seen);
	buf_clear(&out);
	chart.points = zeros;
	chart.n = LEN(zeros);
	look(&chart, &out, &seen);
	assert_non_null(strstr(out.at, "Semuanya 0 dalam rentang ini."));
	assert_int_equal(seen.svg, 0);
	assert_int_equal(seen.cells_n, 6);
	look_away(&seen);
}

static void one_value_is_a_column_to_the_ground(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(ROOM);
	static struct seen seen;
	struct chart_point one = {S("23-11-2026"), 150, 0};
	struct chart chart = {.kind = CHART_COLUMNS,
	                      .title = "Hit per hari",
	                      .unit = "hit",
	                      .points = &one,
	                      .n = 1,
	                      .limit = 200,
	                      .limit_label = "kuota"};
	look(&chart, &out, &seen);
	assert_non_null(strstr(out.at, "role=\"img\"><title>Hit per hari</title><desc>Tertinggi 150 hit: 23-11-2026"));
	assert_non_null(strstr(out.at, "d=\"M1 1000v-750h8v750z\"")); /* three quarters of an axis of 200, from 0 */
	assert_non_null(strstr(out.at, ">23-11</text>"));
	assert_non_null(strstr(out.at, ">kuota 200</text>"));
	assert_non_null(strstr(out.at, "class=\"l\" d=\"M0 0H70\""));
	look_away(&seen);
}

static void a_part_stands_on_the_rest(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(ROOM);
	static struct seen seen;
	struct chart_point points[] = {{S("a"), 100, 25}, {S("b"), 50, 0}};
	struct chart chart = {.kind = CHART_COLUMNS, .title = "t", .unit = "u", .points = points, .n = 2, .part_label = "ditolak"};
	look(&chart, &out, &seen);
	assert_non_null(strstr(out.at, "class=\"a\" d=\"M1 1000v-750h8v750zM11 1000v-500h8v500z\""));
	assert_non_null(strstr(out.at, "class=\"b\" d=\"M1 250v-250h8v250z\""));
	assert_non_null(strstr(out.at, "Bagian terang: ditolak."));
	look_away(&seen);
}

/* A quota of a million beside ten hits a day would leave nothing to be seen of them. */
static void a_limit_far_above_is_said_not_drawn(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(ROOM);
	static struct seen seen;
	struct chart_point points[] = {{S("a"), 10, 0}, {S("b"), 5, 0}};
	struct chart chart = {.kind = CHART_COLUMNS,
	                      .title = "t",
	                      .unit = "u",
	                      .points = points,
	                      .n = 2,
	                      .limit = 1000000,
	                      .limit_label = "kuota"};
	look(&chart, &out, &seen);
	assert_null(strstr(out.at, "class=\"l\""));
	assert_non_null(strstr(out.at, "Jauh di bawah kuota 1.000.000."));
	look_away(&seen);
}

/* The addendum in the middle: the line steps where the version does. */
static void a_limit_moves_and_ends(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(ROOM);
	static struct seen seen;
	struct chart_point points[] = {{S("a"), 100, 0}, {S("b"), 100, 0}, {S("c"), 100, 0}, {S("d"), 100, 0}};
	int64_t limits[] = {100, 100, 200, 0};
	struct chart chart = {.kind = CHART_COLUMNS,
	                      .title = "t",
	                      .unit = "u",
	                      .points = points,
	                      .n = 4,
	                      .limits = limits,
	                      .limit_label = "kuota"};
	look(&chart, &out, &seen);
	assert_non_null(strstr(out.at, "class=\"l\" d=\"M0 500H20L20 0H30\""));
	assert_non_null(strstr(out.at, "\xE2\x80\x93</td>"));
	look_away(&seen);
}

static void bars_have_their_names_and_numbers(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(ROOM);
	static struct seen seen;
	struct chart_point points[] = {{S("BPBD"), 1200, 0}, {S("DINKES"), 300, 100}, {S("SATPOL"), 1, 0}};
	struct chart chart = {.kind = CHART_BARS, .title = "t", .unit = "u", .points = points, .n = 3, .part_label = "ditolak"};
	look(&chart, &out, &seen);
	assert_int_equal(seen.rects, 4);
	assert_non_null(strstr(out.at, ">BPBD</text><rect class=\"a\" x=\"30.0%\" y=\"5\" width=\"56.0%\""));
	assert_non_null(strstr(out.at, ">1.200</text>"));
	assert_non_null(strstr(out.at, "width=\"0.6%\"")); /* one of 1.200 is seen all the same */
	look_away(&seen);
}

/* Three years of days in one picture. */
static void many_columns_are_one_path(void **state)
{
	(void)state;
	static struct chart_point points[CHART_POINTS_MAX];
	static struct seen seen;
	BUF_AUTO out = BUF(ROOM);
	for (size_t i = 0; i < CHART_POINTS_MAX; i++)
		points[i] = (struct chart_point){S("01-01-2026"), (int64_t)(i % 200), 0};
	struct chart chart = {.kind = CHART_COLUMNS, .title = "t", .unit = "u", .points = points, .n = CHART_POINTS_MAX};
	look(&chart, &out, &seen);
	assert_true(seen.paths <= 8);
	assert_int_equal(seen.cells_n, 2 * CHART_POINTS_MAX);
	look_away(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(numbers_are_written_as_offices_write_them),
	        cmocka_unit_test(whatever_is_drawn_is_well_formed_and_stands_in_the_table),
	        cmocka_unit_test(nothing_is_said_not_drawn),
	        cmocka_unit_test(one_value_is_a_column_to_the_ground),
	        cmocka_unit_test(a_part_stands_on_the_rest),
	        cmocka_unit_test(a_limit_far_above_is_said_not_drawn),
	        cmocka_unit_test(a_limit_moves_and_ends),
	        cmocka_unit_test(bars_have_their_names_and_numbers),
	        cmocka_unit_test(many_columns_are_one_path),
	};
	return cmocka_run_group_tests_name("report/chart", tests, NULL, NULL);
}
