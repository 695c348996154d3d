/* SPDX-License-Identifier: EUPL-1.2
 * pdf/naskah_chart.c - "@grafik kolom hari.label hari.hit hari.kuota": which chart a text
 * asks for, and its points out of the rows of a list.
 *
 * Numbers are read as they are written in the rows, "1.234"; what is none is 0, or no limit.
 * The line of the limit is called as its field is: "kuota". */
#include "pdf/naskah_inside.h"

static const struct {
	const char *word;
	enum pdf_chart_kind kind;
	size_t points_max;
} chart_kinds[] = {
        {"kolom", PDF_CHART_COLUMNS, PDF_POINTS_MAX},
        {"batang", PDF_CHART_BARS, PDF_BARS_MAX},
};

static enum rc read_kind(struct parse *parse, struct str word, enum pdf_chart_kind *ret)
{
	for (size_t i = 0; i < LEN(chart_kinds); i++) {
		if (!str_eq(word, str_c(chart_kinds[i].word)))
			continue;
		*ret = chart_kinds[i].kind;
		return RC_OK;
	}
	return NASKAH_FAIL(parse, "@grafik dimulai dengan kolom atau batang, lalu isian label dan nilainya");
}

static const struct naskah_list *list_of(const struct naskah_names *names, size_t field, size_t *ret)
{
	for (*ret = 0; *ret < names->lists_n; (*ret)++)
		if (field >= names->lists[*ret].from && field < names->lists[*ret].to)
			return &names->lists[*ret];
	return NULL;
}

/* A field of the list that the first one belongs to. */
static enum rc read_field(struct parse *parse, struct str word, struct node *node, size_t *ret)
{
	const struct naskah_names *names = parse->to->names;
	size_t list;
	for (*ret = 0; *ret < names->n; (*ret)++)
		if (str_eq(word, str_c(names->at[*ret])))
			break;
	if (*ret == names->n || !list_of(names, *ret, &list))
		return NASKAH_FAIL(parse, "@grafik: %.*s bukan isian sebuah daftar", STR_ARG(str_cut(word, NASKAH_NAME_MAX)));
	if (ret != &node->chart.label && list != node->chart.list)
		return NASKAH_FAIL(parse, "@grafik: isiannya berasal dari satu daftar yang sama");
	node->chart.list = list;
	return RC_OK;
}

enum rc naskah_chart(struct parse *parse, struct str words, struct node *ret)
{
	struct str rest = words;
	TRY(read_kind(parse, str_split(&rest, ' '), &ret->chart.kind));
	TRY(read_field(parse, str_split(&rest, ' '), ret, &ret->chart.label));
	TRY(read_field(parse, str_split(&rest, ' '), ret, &ret->chart.value));
	ret->chart.limit = FIELD_NONE;
	if (rest.n)
		TRY(read_field(parse, str_trim(rest), ret, &ret->chart.limit));
	return RC_OK;
}

/* "1.234" is 1234; -1 when it is no number. */
static int64_t number_of(struct str text)
{
	int64_t n = 0;
	text = str_trim(text);
	if (!text.n || text.n > 20)
		return -1;
	for (size_t i = 0; i < text.n; i++) {
		if (text.at[i] == '.')
			continue;
		if (text.at[i] < '0' || text.at[i] > '9' || n > INT64_MAX / 100)
			return -1;
		n = n * 10 + (text.at[i] - '0');
	}
	return n;
}

static struct str label_of_limit(const struct node *node, const struct naskah_names *names)
{
	struct str name = node->chart.limit == FIELD_NONE ? S("") : str_c(names->at[node->chart.limit]);
	(void)str_split(&name, '.');
	return name;
}

enum rc naskah_chart_fill(const struct node *node, const struct naskah_names *names, const struct naskah_values *values,
                          struct arena *arena, const struct pdf_chart **ret)
{
	const struct naskah_list *list = &names->lists[node->chart.list];
	const struct naskah_rows *rows = &values->lists[node->chart.list];
	size_t width = list->to - list->from, most = chart_kinds[node->chart.kind].points_max;
	size_t n = rows->n < most ? rows->n : most;
	struct pdf_chart *chart = ARENA_NEW(arena, struct pdf_chart);
	struct pdf_point *points = ARENA_ARRAY(arena, n + 1, struct pdf_point);
	if (!chart || !points)
		return RC_BROKEN;
	for (size_t i = 0; i < n; i++) {
		const struct str *cells = rows->cells + i * width;
		bool limited = node->chart.limit != FIELD_NONE;
		int64_t value = number_of(cells[node->chart.value - list->from]);
		points[i] = (struct pdf_point){.label = cells[node->chart.label - list->from],
		                               .value = value < 0 ? 0 : value,
		                               .limit = limited ? number_of(cells[node->chart.limit - list->from]) : -1};
	}
	*chart = (struct pdf_chart){node->chart.kind, points, n, label_of_limit(node, names)};
	*ret = chart;
	return RC_OK;
}
