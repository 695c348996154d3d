/* SPDX-License-Identifier: EUPL-1.2
 * Documents read back with poppler: where pages end, what repeats, what the foot and
 * the metadata say, and that the same input gives the same bytes. */
#include "pdf/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "paper.h"

#define OUT_MAX ((size_t)32 << 20)
#define BLOCKS_MAX 6000

/* Blocks one after the other, each cell one span. */
struct draft {
	struct pdf_block blocks[BLOCKS_MAX];
	size_t n;
	struct arena arena;
};

static struct draft *draft_new(void)
{
	struct draft *d = calloc(1, sizeof *d);
	assert_non_null(d);
	arena_init(&d->arena, (size_t)64 << 20);
	return d;
}

static void draft_free(struct draft *d)
{
	arena_free(&d->arena);
	free(d);
}

/* A block of the cells that `words` is cut into at each |. */
static struct pdf_block *put(struct draft *d, enum pdf_kind kind, const char *words)
{
	struct pdf_cell *cells = ARENA_ARRAY(&d->arena, PDF_COLUMNS_MAX, struct pdf_cell);
	struct pdf_block *block = &d->blocks[d->n++];
	struct str rest = str_c(words);
	*block = (struct pdf_block){.kind = kind, .cells = cells};
	while (rest.at) {
		struct pdf_span *span = ARENA_NEW(&d->arena, struct pdf_span);
		span->text = arena_str(&d->arena, str_split(&rest, '|'));
		cells[block->n++] = (struct pdf_cell){.spans = span, .n = 1};
	}
	return block;
}

PRINTF_LIKE(3, 4) static void putf(struct draft *d, enum pdf_kind kind, const char *fmt, ...)
{
	char z[200];
	va_list args;
	va_start(args, fmt);
	vsnprintf(z, sizeof z, fmt, args);
	va_end(args);
	put(d, kind, z);
}

static void put_sign(struct draft *d, const char *name)
{
	put(d, PDF_SIGN, NULL);
	put(d, PDF_COLUMN, NULL);
	put(d, PDF_LINE, "Hormat kami,");
	put(d, PDF_STAMP, NULL);
	put(d, PDF_LINE, name);
	put(d, PDF_SIGN_END, NULL);
}

static enum rc write_draft(const struct draft *d, struct buf *out, struct err *err)
{
	const struct pdf_ask ask = {
		.title = S("Dokumen Uji"), .reference = S("P-2025-000123"), .blocks = d->blocks, .blocks_n = d->n};
	return pdf_write(&ask, out, err);
}

/* ---- pages ---- */

/* Text of page `i` (from 0) of what pdftotext said. */
static struct str page_text(struct str text, int i)
{
	struct str page = str_split(&text, '\f');
	while (i-- > 0)
		page = str_split(&text, '\f');
	return page;
}

static bool has(struct str s, const char *words)
{
	return memmem(s.at, s.n, words, strlen(words)) != NULL;
}

/* The heading, the signature and the lines around them, behind `fillers` lines. */
static struct buf page_break(int fillers)
{
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	for (int i = 0; i < fillers; i++)
		putf(d, PDF_TEXT, "Pengisi %d", i);
	put(d, PDF_HEADING, "KEPALA BAGIAN");
	put(d, PDF_TEXT, "Kalimat sesudah kepala.");
	put(d, PDF_TEXT, "Kalimat sebelum tanda tangan.");
	put_sign(d, "NAMA PENANDA TANGAN");
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	struct buf text = paper_text(buf_str(&pdf));
	draft_free(d);
	return text;
}

static void no_heading_and_no_signature_stands_alone(void **state)
{
	(void)state;
	bool cut = false;
	for (int fillers = 18; fillers < 34; fillers++) {
		BUF_AUTO text = page_break(fillers);
		for (int i = 0; i < 2; i++) {
			struct str page = page_text(buf_str(&text), i);
			assert_int_equal(has(page, "KEPALA BAGIAN"), has(page, "Kalimat sesudah kepala"));
			assert_int_equal(has(page, "NAMA PENANDA TANGAN"), has(page, "Kalimat sebelum tanda tangan"));
			assert_int_equal(has(page, "NAMA PENANDA TANGAN"), has(page, "Hormat kami"));
			cut |= i == 1 && has(page, "KEPALA BAGIAN");
		}
	}
	assert_true(cut); /* the sweep did meet a page's end */
}

/* Lines of one long paragraph on each page, when it begins behind `fillers` lines. */
static void paragraph_lines(int fillers, int ret[2])
{
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	BUF_AUTO words = BUF(8192);
	for (int i = 0; i < fillers; i++)
		putf(d, PDF_TEXT, "Pengisi %d", i);
	for (int i = 0; i < 5; i++)
		buf_addz(&words, "BARIS\n");
	buf_addz(&words, "BARIS");
	buf_addc(&words, '\0');
	put(d, PDF_TEXT, words.at);
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO text = paper_text(buf_str(&pdf));
	for (int i = 0; i < 2; i++) {
		struct str page = page_text(buf_str(&text), i);
		ret[i] = 0;
		for (const char *at = page.at; page.n && (at = memmem(at, (size_t)(page.at + page.n - at), "BARIS", 5)); at += 5)
			ret[i]++;
	}
	draft_free(d);
}

static void no_line_of_a_paragraph_stands_alone(void **state)
{
	(void)state;
	bool cut = false;
	for (int fillers = 24; fillers < 34; fillers++) {
		int lines[2];
		paragraph_lines(fillers, lines);
		assert_int_equal(lines[0] + lines[1], 6);
		assert_int_not_equal(lines[0], 1);
		assert_int_not_equal(lines[1], 1);
		cut |= lines[0] && lines[1];
	}
	assert_true(cut);
}

static void a_break_begins_a_page(void **state)
{
	(void)state;
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	put(d, PDF_TEXT, "SATU");
	put(d, PDF_BREAK, NULL);
	put(d, PDF_TEXT, "DUA");
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO text = paper_text(buf_str(&pdf));
	assert_int_equal(paper_pages(buf_str(&pdf)), 2);
	assert_true(has(page_text(buf_str(&text), 0), "SATU") && has(page_text(buf_str(&text), 0), "Halaman 1 dari 2"));
	assert_true(has(page_text(buf_str(&text), 1), "DUA") && has(page_text(buf_str(&text), 1), "Halaman 2 dari 2"));
	draft_free(d);
}

static void nothing_is_a_page_too(void **state)
{
	(void)state;
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	assert_int_equal(paper_pages(buf_str(&pdf)), 1);
	draft_free(d);
}

/* ---- tables ---- */

static struct draft *long_table(int rows)
{
	struct draft *d = draft_new();
	struct pdf_block *columns = put(d, PDF_COLUMNS, "||");
	static const enum pdf_side sides[] = {PDF_SIDE_LEFT, PDF_SIDE_LEFT, PDF_SIDE_RIGHT};
	struct pdf_cell *cells = (struct pdf_cell *)columns->cells;
	for (int i = 0; i < 3; i++)
		cells[i] = (struct pdf_cell){.side = sides[i], .width = 1};
	put(d, PDF_HEAD, "Nomor|Keterangan|Jumlah");
	for (int i = 1; i <= rows; i++)
		putf(d, PDF_ROW, "R%d|baris ke-%d|%d", i, i, i);
	return d;
}

static void the_head_of_a_table_is_on_every_page(void **state)
{
	(void)state;
	struct draft *d = long_table(200);
	BUF_AUTO pdf = BUF(OUT_MAX);
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO text = paper_text(buf_str(&pdf));
	int pages = paper_pages(buf_str(&pdf));
	assert_in_range(pages, 5, 7);
	for (int i = 0; i < pages; i++)
		assert_true(has(page_text(buf_str(&text), i), "Keterangan"));
	for (int i = 1; i <= 200; i++) {
		char z[32];
		snprintf(z, sizeof z, "baris ke-%d ", i);
		assert_true(has(buf_str(&text), z));
	}
	draft_free(d);
}

/* A table is no block that waits for a page of its own. */
static void a_table_begins_where_it_stands(void **state)
{
	(void)state;
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	for (int i = 0; i < 10; i++)
		putf(d, PDF_TEXT, "Pengisi %d", i);
	put(d, PDF_HEAD, "Nomor|Keterangan");
	for (int i = 1; i <= 60; i++)
		putf(d, PDF_ROW, "R%d|baris ke-%d", i, i);
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO text = paper_text(buf_str(&pdf));
	assert_true(has(page_text(buf_str(&text), 0), "baris ke-20") && has(page_text(buf_str(&text), 0), "Pengisi 9"));
	draft_free(d);
}

/* The right edge of a word, in points, as poppler sees it. */
static double right_edge(struct buf *boxes, const char *word)
{
	char z[64];
	snprintf(z, sizeof z, "\">%s</word>", word);
	const char *at = strstr(boxes->at, z);
	assert_non_null(at);
	while (strncmp(at, "xMax=\"", 6) != 0)
		at--;
	return strtod(at + 6, NULL);
}

static void figures_stand_under_each_other(void **state)
{
	(void)state;
	struct draft *d = long_table(3);
	BUF_AUTO pdf = BUF(OUT_MAX);
	put(d, PDF_ROW, "R4|baris|1.234.567");
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO boxes = paper_ask(buf_str(&pdf), "pdftotext -bbox $PDF -");
	double wide = right_edge(&boxes, "1.234.567"), narrow = right_edge(&boxes, "3"), head = right_edge(&boxes, "Jumlah");
	assert_true(wide - narrow < 0.2 && narrow - wide < 0.2);
	assert_true(wide - head < 0.2 && head - wide < 0.2);
	draft_free(d);
}

static void a_row_higher_than_a_page_goes_on(void **state)
{
	(void)state;
	struct draft *d = long_table(1);
	BUF_AUTO pdf = BUF(OUT_MAX);
	BUF_AUTO cell = BUF((size_t)64 << 10);
	buf_addz(&cell, "X|");
	for (int i = 0; i < 120; i++)
		buf_addf(&cell, "baris%d\n", i);
	buf_addz(&cell, "akhirnya|1");
	buf_addc(&cell, '\0');
	put(d, PDF_ROW, cell.at);
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO text = paper_text(buf_str(&pdf));
	assert_int_equal(paper_pages(buf_str(&pdf)), 3);
	assert_true(has(buf_str(&text), "baris119") && has(page_text(buf_str(&text), 2), "akhirnya"));
	draft_free(d);
}

/* ---- foot, metadata ---- */

static void the_foot_carries_reference_and_code(void **state)
{
	(void)state;
	struct draft *d = long_table(3);
	BUF_AUTO pdf = BUF(OUT_MAX);
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO text = paper_text(buf_str(&pdf));
	assert_true(has(buf_str(&text), "Acuan: P-2025-000123") && has(buf_str(&text), "Dokumen Uji"));
	BUF_AUTO code = paper_ask(buf_str(&pdf), "pdftoppm -r 200 -png $PDF | zbarimg -q --raw - 2>/dev/null");
	assert_string_equal(code.at, "P-2025-000123\n");
	draft_free(d);
}

static void the_document_says_what_it_is(void **state)
{
	(void)state;
	struct draft *d = long_table(1);
	struct pdf_ask ask = {.title = S("Dokumen Uji"), .author = S("Dinas"), .blocks = d->blocks, .blocks_n = d->n};
	BUF_AUTO pdf = BUF(OUT_MAX);
	BUF_AUTO dated = BUF(OUT_MAX);
	assert_int_equal(pdf_write(&ask, &pdf, NULL), RC_OK);
	BUF_AUTO info = paper_ask(buf_str(&pdf), "pdfinfo $PDF 2>&1");
	assert_true(has(buf_str(&info), "Dokumen Uji") && has(buf_str(&info), "A4"));
	assert_false(has(buf_str(&info), "CreationDate") || has(buf_str(&info), "rror"));
	assert_true(has(buf_str(&pdf), "/Lang (id-ID)"));
	ask.created_us = INT64_C(1747706400) * US_PER_S;
	assert_int_equal(pdf_write(&ask, &dated, NULL), RC_OK);
	BUF_AUTO when = paper_ask(buf_str(&dated), "pdfinfo -isodates $PDF");
	assert_true(has(buf_str(&when), "2025-05-20T02:00:00Z"));
	draft_free(d);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
	(void)state;
	struct draft *d = long_table(100);
	BUF_AUTO a = BUF(OUT_MAX);
	BUF_AUTO b = BUF(OUT_MAX);
	assert_int_equal(write_draft(d, &a, NULL), RC_OK);
	sleep(1); /* a clock that is read would show */
	setenv("TZ", "Asia/Jakarta", 1);
	assert_int_equal(write_draft(d, &b, NULL), RC_OK);
	assert_true(str_eq(buf_str(&a), buf_str(&b)));
	draft_free(d);
}

/* ---- refusals ---- */

static void a_document_has_ceilings(void **state)
{
	(void)state;
	struct draft *d = long_table(10);
	struct err err = {0};
	BUF_AUTO small = BUF(4000);
	assert_int_equal(write_draft(d, &small, &err), RC_LIMIT);
	BUF_AUTO pdf = BUF(OUT_MAX);
	for (int i = 0; i <= PDF_PAGES_MAX; i++) {
		put(d, PDF_BREAK, NULL);
		put(d, PDF_TEXT, "x");
	}
	assert_int_equal(write_draft(d, &pdf, &err), RC_LIMIT);
	assert_non_null(strstr(err.what, "halaman"));
	draft_free(d);
}

static void a_signature_block_fits_on_a_page(void **state)
{
	(void)state;
	struct draft *d = draft_new();
	struct err err = {0};
	BUF_AUTO pdf = BUF(OUT_MAX);
	put(d, PDF_SIGN, NULL);
	put(d, PDF_COLUMN, NULL);
	for (int i = 0; i < 60; i++)
		put(d, PDF_LINE, "baris");
	put(d, PDF_SIGN_END, NULL);
	assert_int_equal(write_draft(d, &pdf, &err), RC_INVALID);
	assert_non_null(strstr(err.what, "tanda tangan"));
	draft_free(d);
}

static void what_is_out_of_order_is_refused(void **state)
{
	(void)state;
	static const enum pdf_kind alone[] = {PDF_SIGN, PDF_COLUMN, PDF_LINE, PDF_GAP, PDF_STAMP, PDF_SIGN_END};
	for (size_t i = 0; i < LEN(alone); i++) {
		struct draft *d = draft_new();
		BUF_AUTO pdf = BUF(OUT_MAX);
		put(d, alone[i], "x");
		assert_int_equal(write_draft(d, &pdf, NULL), RC_INVALID);
		draft_free(d);
	}
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	put(d, PDF_PAIR, "nur satu"); /* one cell where two belong */
	assert_int_equal(write_draft(d, &pdf, NULL), RC_INVALID);
	d->n = 0;
	put(d, PDF_TEXT, "\xff");
	assert_int_equal(write_draft(d, &pdf, NULL), RC_INVALID);
	draft_free(d);
}

/* ---- charts ---- */

static void put_chart(struct draft *d, enum pdf_chart_kind kind, size_t n, int64_t limit)
{
	struct pdf_chart *chart = ARENA_NEW(&d->arena, struct pdf_chart);
	struct pdf_point *points = ARENA_ARRAY(&d->arena, n, struct pdf_point);
	for (size_t i = 0; i < n; i++)
		points[i] = (struct pdf_point){arena_printf(&d->arena, "L%zu", i), (int64_t)(i * 1000) + 7, limit};
	*chart = (struct pdf_chart){kind, points, n, S("kuota")};
	d->blocks[d->n++] = (struct pdf_block){.kind = PDF_CHART, .chart = chart};
}

/* The words of a draft that is `n` columns or bars. */
static struct buf chart_words(enum pdf_chart_kind kind, size_t n, int64_t limit)
{
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	put(d, PDF_HEADING, "Kepala");
	put_chart(d, kind, n, limit);
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	draft_free(d);
	return paper_words(buf_str(&pdf));
}

static void assert_says(struct buf words, const char *what)
{
	if (!strstr(words.at, what))
		fail_msg("%s is not in: %s", what, words.at);
	buf_free(&words);
}

/* Numbers on the bars, labels below, the line called by its name. */
static void a_chart_says_its_numbers(void **state)
{
	(void)state;
	assert_says(chart_words(PDF_CHART_COLUMNS, 3, 2500), "2.007 2.000 1.007");
	assert_says(chart_words(PDF_CHART_COLUMNS, 3, 2500), "L0 L1 L2");
	assert_says(chart_words(PDF_CHART_COLUMNS, 3, 2500), "kuota 2.500");
	assert_says(chart_words(PDF_CHART_COLUMNS, 3, 90000), "kuota 90.000 (di atas grafik)");
	assert_says(chart_words(PDF_CHART_COLUMNS, 300, -1), "299.007"); /* the largest alone */
	assert_says(chart_words(PDF_CHART_BARS, 60, -1), "L0 7 L1 1.007 L2 2.007");
	assert_says(chart_words(PDF_CHART_BARS, 60, -1), "L59 59.007");
	struct buf crowded = chart_words(PDF_CHART_COLUMNS, 300, -1), plain = chart_words(PDF_CHART_COLUMNS, 3, -1);
	assert_null(strstr(crowded.at, "298.007"));
	assert_null(strstr(crowded.at, "L1 "));
	assert_null(strstr(plain.at, "kuota"));
	buf_free(&crowded);
	buf_free(&plain);
}

static void a_chart_that_is_none_is_refused(void **state)
{
	(void)state;
	BUF_AUTO pdf = BUF(OUT_MAX);
	struct draft *d = draft_new();
	d->blocks[d->n++] = (struct pdf_block){.kind = PDF_CHART};
	assert_int_equal(write_draft(d, &pdf, NULL), RC_INVALID);
	d->n = 0;
	put_chart(d, PDF_CHART_COLUMNS, 1, -1);
	((struct pdf_point *)d->blocks[0].chart->points)->label = S("\xff");
	assert_int_equal(write_draft(d, &pdf, NULL), RC_INVALID);
	draft_free(d);
}

/* A figure that does not fit its column is smaller, never in two pieces. */
static void a_figure_is_never_cut(void **state)
{
	(void)state;
	struct draft *d = draft_new();
	BUF_AUTO pdf = BUF(OUT_MAX);
	struct pdf_block *columns = put(d, PDF_COLUMNS, "|");
	for (size_t i = 0; i < 2; i++) {
		struct pdf_cell *cell = (struct pdf_cell *)&columns->cells[i];
		*cell = (struct pdf_cell){.width = i ? 7 : 93, .side = PDF_SIDE_RIGHT};
	}
	put(d, PDF_ROW, "x|22.805");
	put(d, PDF_ROW, "y|123.456");
	assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
	BUF_AUTO words = paper_words(buf_str(&pdf));
	assert_non_null(strstr(words.at, "x 22.805 y 123.456"));
	draft_free(d);
}

/* Of a table that goes on, two rows at least stand on either side. */
static void no_row_stands_alone(void **state)
{
	(void)state;
	for (int lines = 20; lines < 45; lines++) {
		struct draft *d = draft_new();
		BUF_AUTO pdf = BUF(OUT_MAX);
		for (int i = 0; i < lines; i++)
			put(d, PDF_TEXT, "baris");
		put(d, PDF_ROW, "satu|a");
		put(d, PDF_ROW, "dua|b");
		put(d, PDF_ROW, "tiga|c");
		assert_int_equal(write_draft(d, &pdf, NULL), RC_OK);
		BUF_AUTO text = paper_text(buf_str(&pdf));
		const char *page = strchr(text.at, '\f');
		assert_true((strstr(text.at, "satu") < page) == (strstr(text.at, "tiga") < page));
		draft_free(d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_heading_and_no_signature_stands_alone),
		cmocka_unit_test(no_line_of_a_paragraph_stands_alone),
		cmocka_unit_test(a_break_begins_a_page),
		cmocka_unit_test(nothing_is_a_page_too),
		cmocka_unit_test(the_head_of_a_table_is_on_every_page),
		cmocka_unit_test(a_table_begins_where_it_stands),
		cmocka_unit_test(figures_stand_under_each_other),
		cmocka_unit_test(a_row_higher_than_a_page_goes_on),
		cmocka_unit_test(the_foot_carries_reference_and_code),
		cmocka_unit_test(the_document_says_what_it_is),
		cmocka_unit_test(the_same_input_gives_the_same_bytes),
		cmocka_unit_test(a_document_has_ceilings),
		cmocka_unit_test(a_signature_block_fits_on_a_page),
		cmocka_unit_test(what_is_out_of_order_is_refused),
		cmocka_unit_test(a_chart_says_its_numbers),
		cmocka_unit_test(a_chart_that_is_none_is_refused),
		cmocka_unit_test(a_figure_is_never_cut),
		cmocka_unit_test(no_row_stands_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
