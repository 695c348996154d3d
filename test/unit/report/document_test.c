/* SPDX-License-Identifier: EUPL-1.2
 * The report as PDF, workbook and CSV, read back by programs that are not ours: every
 * figure is in all three, the same input gives the same bytes, and whatever the shape of a
 * period, it is fit to be signed. */
#include "report/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "document_fixture.h"
#include "paper.h"
#include "report/part.h"

static const struct shape semester = {{20454}, {20634}, 240, 5, 3, false}; /* 1 January to 30 June 2026 */

enum form { FORM_PDF, FORM_XLSX, FORM_CSV };

static struct buf written(const struct document_ask *ask, enum form form)
{
	static enum rc (*const writers[])(const struct document_ask *, struct buf *, struct err *) = {document_pdf, document_xlsx,
	                                                                                              document_csv};
	struct err err = {0};
	struct buf out = BUF(DOCUMENT_MAX);
	if (writers[form](ask, &out, &err) != RC_OK)
		fail_msg("%s %s", err.what, err.detail);
	return out;
}

/* All worksheets, a line a row: name, then the cells, a | between; numbers as digits, days as 2026-06-30. */
static struct buf sheets_text(const struct fixture *x)
{
	struct buf xlsx = written(&x->ask, FORM_XLSX);
	struct buf text = paper_ask(buf_str(&xlsx), "cp $PDF $PDF.xlsx; /usr/bin/python3 -c \"\n"
	                                            "import openpyxl, os\n"
	                                            "w = openpyxl.load_workbook(os.environ['PDF'] + '.xlsx')\n"
	                                            "show = lambda v: '' if v is None else v.strftime('%Y-%m-%d') if hasattr(v, "
	                                            "'strftime') else str(v)\n"
	                                            "for s in w:\n"
	                                            "  for row in s.iter_rows(values_only=True):\n"
	                                            "    print('|'.join([s.title] + [show(v) for v in row]))\n"
	                                            "\"; rm -f $PDF.xlsx");
	buf_free(&xlsx);
	return text;
}

static void assert_has(const struct buf *text, struct str words)
{
	if (!memmem(text->at, text->n, words.at, words.n))
		fail_msg("not there: %.*s", STR_ARG(words));
}

static struct str dotted(struct fixture *x, int64_t n)
{
	return part_number_words(&x->arena, n);
}

static struct str say(struct fixture *x, const char *fmt, ...) PRINTF_LIKE(2, 3);
static struct str say(struct fixture *x, const char *fmt, ...)
{
	char z[1000];
	va_list args;
	va_start(args, fmt);
	vsnprintf(z, sizeof z, fmt, args);
	va_end(args);
	return arena_str(&x->arena, str_c(z));
}

/* ---- the tables and the letter ---- */

static void parts_are_the_lists_of_the_letter(void **state)
{
	(void)state;
	const struct letter_kind *kind = letter_at(LETTER_LAPORAN_SEMESTER);
	struct str lists = str_c(kind->lists), columns = str_c(kind->columns);
	for (size_t i = 0; part_at(i); i++) {
		const struct part *part = part_at(i);
		struct str list = str_split(&lists, ' ');
		assert_true(str_eq(list, str_c(part->key)));
		assert_true(*part->title && part->labels >= 1 && part->labels < part->columns_n);
		for (size_t j = 0; j < part->columns_n; j++) {
			char name[80];
			snprintf(name, sizeof name, "%s.%s", part->key, part->columns[j].key);
			struct str column = str_split(&columns, ' ');
			assert_true(str_eq(column, str_c(name)));
			assert_true(*part->columns[j].title && part->columns[j].width > 0);
		}
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(part->title, part_at(j)->title);
	}
	assert_int_equal(lists.n + columns.n, 0);
}

/* ---- every figure, three times ---- */

struct forms {
	struct fixture x;
	struct buf pdf, words, sheets, csv;
};

static void open_forms(struct forms *f, const struct shape *shape)
{
	fixture_open(&f->x, shape);
	f->pdf = written(&f->x.ask, FORM_PDF);
	f->words = paper_words(buf_str(&f->pdf));
	f->sheets = sheets_text(&f->x);
	f->csv = written(&f->x.ask, FORM_CSV);
}

static void close_forms(struct forms *f)
{
	buf_free(&f->pdf);
	buf_free(&f->words);
	buf_free(&f->sheets);
	buf_free(&f->csv);
	fixture_close(&f->x);
}

/* Day by day, as the daily table has it. */
static int64_t quota_of(struct fixture *x, int year, int month)
{
	int64_t sum = 0;
	for (size_t i = 0; i < x->f.days_n; i++) {
		struct day day = x->f.days[i].day, first = day_from_ymd(year, month, 1);
		int64_t limit = office_limit(&x->o, day);
		if (day.n >= first.n && day.n < day_add_months(first, 1).n && limit > 0)
			sum += limit;
	}
	return sum;
}

static void months_agree(struct forms *f)
{
	struct fixture *x = &f->x;
	for (size_t i = 0; i < x->f.months_n; i++) {
		const struct figures_month *m = &x->f.months[i];
		struct str name = part_month_words(&x->arena, m->year, m->month);
		const int64_t quota = quota_of(x, m->year, m->month);
		const int64_t shown[] = {m->sum.inquiries, m->sum.hits,   quota,         m->code_n[1],  m->code_n[11],
		                         m->code_n[12],    m->code_n[13], m->code_n[14], m->code_n[15], m->sum.refused};
		struct str line = name;
		for (size_t j = 0; j < LEN(shown); j++)
			line = say(x, "%.*s %.*s", STR_ARG(line), STR_ARG(dotted(x, shown[j])));
		assert_has(&f->words, line);
		assert_has(&f->sheets, say(x, "Per bulan|%.*s|%lld|%lld|%lld|%lld|", STR_ARG(name), (long long)m->sum.inquiries,
		                           (long long)m->sum.repeats, (long long)m->sum.hits, (long long)m->code_n[1]));
		assert_has(&f->csv, say(x, "Per bulan;%zu;%.*s;Hit;%lld\r\n", i + 1, STR_ARG(name), (long long)m->sum.hits));
		assert_has(&f->csv, say(x, "Per bulan;%zu;%.*s;05;%lld\r\n", i + 1, STR_ARG(name), (long long)m->code_n[5]));
		assert_has(&f->csv, say(x, "Per bulan;%zu;%.*s;Kuota;%lld\r\n", i + 1, STR_ARG(name), (long long)quota));
	}
}

static void totals_agree(struct forms *f)
{
	struct fixture *x = &f->x;
	const struct figures *g = &x->f;
	assert_int_equal(g->sum.inquiries, g->code_n[1] + g->code_n[11] + g->code_n[12] + g->code_n[13] + g->code_n[14] +
	                                           g->code_n[15] + g->sum.refused);
	const struct {
		const char *name;
		int64_t n;
	} rows[] = {{"Permintaan", g->sum.inquiries},
	            {"Di antaranya ulangan", g->sum.repeats},
	            {"Hit", g->sum.hits},
	            {"Ditolak", g->sum.refused},
	            {"Jawaban dengan data (01)", g->code_n[1]}};
	for (size_t i = 0; i < LEN(rows); i++) {
		assert_has(&f->words, say(x, "%s %.*s", rows[i].name, STR_ARG(dotted(x, rows[i].n))));
		assert_has(&f->sheets, say(x, "Ringkasan|%s|%lld\n", rows[i].name, (long long)rows[i].n));
		assert_has(&f->csv, say(x, ";%s;Nilai;%lld\r\n", rows[i].name, (long long)rows[i].n));
	}
	assert_has(&f->words, say(x, "Jumlah %.*s %.*s", STR_ARG(dotted(x, g->sum.inquiries)), STR_ARG(dotted(x, g->sum.hits))));
}

static void refusals_agree(struct forms *f)
{
	struct fixture *x = &f->x;
	for (size_t i = 0; i < LEN(fixture_grounds); i++) {
		int64_t n = 0;
		for (size_t j = 0; j < x->f.grounds_n; j++)
			if (str_eq(x->f.grounds[j].key, str_c(fixture_grounds[i].key)))
				n += x->f.grounds[j].n;
		assert_int_equal(n, x->f.code_n[fixture_grounds[i].code]);
		assert_has(&f->sheets, say(x, "|%02d|", fixture_grounds[i].code));
		assert_has(&f->csv, say(x, ";Jumlah;%lld\r\n", (long long)n));
		assert_has(&f->words, say(x, " %02d ", fixture_grounds[i].code));
		assert_has(&f->words, dotted(x, n));
	}
	assert_has(&f->words, S("Kuota akses harian instansi untuk metode ini"));
	assert_has(&f->sheets, say(x, "Penolakan|Kuota akses harian instansi untuk metode ini telah habis.|05|J.II.B|%lld|",
	                           (long long)x->f.code_n[5]));
}

static void days_and_hours_agree(struct forms *f)
{
	struct fixture *x = &f->x;
	for (size_t i = 0; i < x->f.days_n; i++) {
		const struct figures_day *day = &x->f.days[i];
		const char *iso = say(x, "%s", day_iso(day->day).z).at;
		assert_has(&f->csv, say(x, "Harian;%zu;%s;Hit;%lld\r\n", i + 1, iso, (long long)day->sum.hits));
		assert_has(&f->sheets, say(x, "Harian|%s|", iso));
		assert_has(&f->sheets,
		           say(x, "|%lld|%lld|%lld|%lld|%lld\n", (long long)day->sum.inquiries, (long long)day->sum.repeats,
		               (long long)day->sum.hits, (long long)day->sum.refused, (long long)office_limit(&x->o, day->day)));
	}
	for (size_t i = 0; i < LEN(x->f.hours); i++)
		assert_has(&f->sheets, say(x, "Jam|%02zu|%lld\n", i, (long long)x->f.hours[i]));
}

static void people_and_events_agree(struct forms *f)
{
	struct fixture *x = &f->x;
	for (size_t i = 0; i < x->f.users_n; i++) {
		const struct figures_sum *sum = &x->f.users[i].sum;
		assert_has(&f->words, say(x, "%.*s %.*s %.*s", STR_ARG(dotted(x, sum->inquiries)), STR_ARG(dotted(x, sum->hits)),
		                          STR_ARG(dotted(x, sum->refused))));
		assert_has(&f->sheets,
		           say(x, "|%lld|%lld|%lld|%lld|2026-06-30|%s\n", (long long)sum->inquiries, (long long)sum->repeats,
		               (long long)sum->hits, (long long)sum->refused, i % 5 == 4 ? "Belum ada" : "Berlaku"));
		assert_null(memmem(f->words.at, f->words.n, x->f.users[i].user_id.at, x->f.users[i].user_id.n));
		assert_null(memmem(f->sheets.at, f->sheets.n, x->f.users[i].user_id.at, x->f.users[i].user_id.n));
		assert_null(memmem(f->csv.at, f->csv.n, x->f.users[i].user_id.at, x->f.users[i].user_id.n));
	}
	for (size_t i = 0; i < x->f.kejadian_n; i++) {
		const struct figures_sum *sum = &x->f.kejadian[i].sum;
		assert_has(&f->words, say(x, "%.*s %.*s %zu %zu 5 5", STR_ARG(dotted(x, sum->inquiries)),
		                          STR_ARG(dotted(x, sum->hits)), 60 + i, 50 + i));
		assert_has(&f->sheets, say(x, "Kejadian|Longsor Desa Contoh %zu|Tanah longsor|%lld|%lld|%zu|%zu|5|5\n", i + 1,
		                           (long long)sum->inquiries, (long long)sum->hits, 60 + i, 50 + i));
	}
}

static void what_it_rests_on_is_said(struct forms *f)
{
	struct document_digest digest;
	struct fixture *x = &f->x;
	assert_int_equal(document_digest(&x->f, &digest, NULL), RC_OK);
	assert_has(&f->words, str_c(digest.z));
	assert_has(&f->sheets, str_c(digest.z));
	assert_has(&f->csv, str_c(digest.z));
	assert_has(&f->words, S("4.821.133 2.904 Qm9vayBvZiBleGFtcGxlcyBvbmx5IQ8J7r1x2y3z4A0="));
	assert_has(&f->sheets, S("Dasar|padan.contoh.example/1|4821133|Qm9vayBvZiBleGFtcGxlcyBvbmx5IQ8J7r1x2y3z4A0=|2904\n"));
}

/* On every page, so that one that is lost is missed and one that is put in is seen. */
static void every_page_names_the_figures(struct forms *f)
{
	int pages = paper_pages(buf_str(&f->pdf)), found = 0;
	BUF_AUTO text = paper_text(buf_str(&f->pdf));
	struct document_digest digest;
	assert_int_equal(document_digest(&f->x.f, &digest, NULL), RC_OK);
	char foot[80] = "Acuan: L-BPBD-2026-01-01-2026-06-30-";
	for (size_t i = 0, n = strlen(foot); i < 12; i++)
		foot[n + i] = (char)(digest.z[i] >= 'a' ? digest.z[i] - 32 : digest.z[i]);
	for (const char *at = text.at; (at = strstr(at, foot)); at++)
		found++;
	assert_int_equal(found, pages);
}

/* P8, J.V: the contents of DOMAIN 8 */
static void p8_every_figure_is_in_pdf_xlsx_and_csv(void **state)
{
	(void)state;
	struct forms f;
	open_forms(&f, &semester);
	months_agree(&f);
	totals_agree(&f);
	refusals_agree(&f);
	days_and_hours_agree(&f);
	people_and_events_agree(&f);
	what_it_rests_on_is_said(&f);
	every_page_names_the_figures(&f);
	close_forms(&f);
}

static void p8_the_report_says_everything_it_must(void **state)
{
	(void)state;
	static const struct str points[] = {
	        S("Semester I Tahun 2026"),
	        S("Instansi pengguna : BPBD Kabupaten Contoh (BPBD)"),
	        S("Perjanjian Kerja Sama : nomor 470/01/PKS/2025 tanggal 20 Mei 2025"),
	        S("Petunjuk Teknis : nomor 470/02/JUKNIS/2025"),
	        S("Masa berlaku : 20 Mei 2025 sampai dengan 20 Mei 2027"),
	        S("Elemen data yang diberikan: Nomor KK, NIK"),
	        S("Keadaan hak akses pada akhir periode: Aktif."),
	        S("1 01-01-2026 01-04-2026 Web portal 200 Perjanjian dasar"),
	        S("2 02-04-2026 30-06-2026 Web portal 1.000 Adendum 470/09/ADD/ 2026 (P6)"),
	        S("Sampai akhir periode data 183 NIK telah diakses. Dari jumlah itu 153 dilaporkan sebagai korban, 15 dinyatakan "
	          "bukan korban, dan 15 belum dilaporkan. Cakupan data balikan: 91,8%."),
	        S("Mengungsi 41"),
	        S("Lebih dari 90 hari 6"),
	        S("SPTJM pimpinan 360/12/SPTJM/2025 20-05-2025"),
	        S("Sertifikat ISO/IEC 27001 Belum ada"),
	        S("Berlaku, dicatat sesudah periode"),
	        S("berurutan Dilepas"),
	        S("Tidak ada insiden kebocoran data yang tercatat dalam periode ini."),
	        S("tidak menyimpan data kependudukan yang diakses dalam bentuk apa pun dan tidak memberikannya kepada pihak lain"),
	        S("Sambungan terputus dua kali. Telah pulih."),
	        S("Usul: Kuota ditambah pada masa tanggap darurat."),
	        S("Contoh, 8 Juli 2026 Kepala Pelaksana, Ratna Contoh, S.Sos., M.M. NIP 19720202 200001 2 999"),
	};
	struct forms f;
	open_forms(&f, &semester);
	for (size_t i = 0; i < LEN(points); i++)
		assert_has(&f.words, points[i]);
	close_forms(&f);
}

/* ---- shapes ---- */

static void any_shape_is_fit_to_sign(void **state)
{
	(void)state;
	const struct {
		struct shape shape;
		int pages;
	} rows[] = {
	        {{{20454}, {20634}, 0, 1, 1, false}, 6},                                                /* nothing happened */
	        {{{20485}, {20512}, 180, 2, 1, false}, 6},                                              /* one month */
	        {{{20512}, {20512}, 3, 1, 1, false}, 6},                                                /* one day */
	        {{{20454}, {20634}, 5000, 40, 12, true}, 9}, {{{19723}, {20818}, 240, 5, 3, false}, 8}, /* three years */
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct forms f;
		open_forms(&f, &rows[i].shape);
		assert_in_range(paper_pages(buf_str(&f.pdf)), 4, rows[i].pages);
		assert_has(&f.words, S("Ratna Contoh"));
		assert_null(strstr(f.words.at, "....."));
		assert_null(strstr(f.words.at, "{{"));
		assert_has(&f.sheets, S("Ringkasan|Permintaan|"));
		close_forms(&f);
	}
}

static void nothing_is_said_in_words(void **state)
{
	(void)state;
	const struct shape empty = {{20454}, {20634}, 0, 1, 1, false};
	struct fixture x;
	fixture_open(&x, &empty);
	x.ask.obstacles = x.ask.proposals = S("");
	x.o.spans_n = x.o.users_n = x.o.kejadian_n = 0;
	x.o.debt = (struct office_debt){0};
	struct buf pdf = written(&x.ask, FORM_PDF), words = paper_words(buf_str(&pdf));
	assert_has(&words, S("tidak ada versi perjanjian yang berlaku"));
	assert_has(&words, S("Tidak ada hit dalam periode ini."));
	assert_has(&words, S("Tidak ada permintaan yang ditolak."));
	assert_has(&words, S("tidak ada kejadian yang dilayani"));
	assert_has(&words, S("Cakupan data balikan: -."));
	assert_has(&words, S("Tidak ada kendala."));
	buf_free(&pdf);
	buf_free(&words);
	fixture_close(&x);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
	(void)state;
	struct fixture a, b;
	fixture_open(&a, &semester);
	fixture_open(&b, &semester);
	for (enum form form = FORM_PDF; form <= FORM_CSV; form++) {
		struct buf one = written(&a.ask, form), two = written(&b.ask, form);
		assert_int_equal(one.n, two.n);
		assert_memory_equal(one.at, two.at, one.n);
		buf_free(&one);
		buf_free(&two);
	}
	fixture_close(&a);
	fixture_close(&b);
}

/* ---- the layout is data ---- */

static void the_layout_is_data(void **state)
{
	(void)state;
	struct err err = {0};
	struct fixture x;
	fixture_open(&x, &semester);
	x.ask.layout =
	        S("# BENTUK LAIN\n{{each pemakai}}\n- {{pemakai.hit}} hit\n{{end}}\n@grafik batang alasan.uraian alasan.jumlah\n");
	struct buf pdf = written(&x.ask, FORM_PDF), words = paper_words(buf_str(&pdf));
	assert_has(&words, S("BENTUK LAIN"));
	assert_has(&words, say(&x, "%.*s hit", STR_ARG(dotted(&x, x.f.users[0].sum.hits))));
	assert_null(strstr(words.at, "Ringkasan"));
	x.ask.layout = S("# A\n\n{{pemakai.hit}}\n");
	pdf.n = 0;
	assert_int_equal(document_pdf(&x.ask, &pdf, &err), RC_INVALID);
	assert_string_equal(err.what, "baris 3: isian {{pemakai.hit}} hanya dikenal di dalam {{each pemakai}}");
	buf_free(&pdf);
	buf_free(&words);
	fixture_close(&x);
}

static void free_text_is_only_text(void **state)
{
	(void)state;
	struct err err = {0};
	struct fixture x;
	fixture_open(&x, &semester);
	x.ask.obstacles = S("# bukan judul {{sidik}}\n@halaman\n=1+1");
	struct buf pdf = written(&x.ask, FORM_PDF), words = paper_words(buf_str(&pdf)), csv = written(&x.ask, FORM_CSV);
	assert_has(&words, S("# bukan judul {{sidik}} @halaman =1+1"));
	x.ask.obstacles = S("=1+1");
	buf_free(&csv);
	csv = written(&x.ask, FORM_CSV);
	assert_has(&csv, S(";'=1+1\r\n"));
	x.ask.obstacles = S("\xff");
	pdf.n = 0;
	assert_int_equal(document_pdf(&x.ask, &pdf, &err), RC_INVALID);
	buf_free(&pdf);
	buf_free(&words);
	buf_free(&csv);
	fixture_close(&x);
}

static void periods_have_names(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 4096);
	const struct {
		int first[3], last[3];
		const char *words;
	} rows[] = {
	        {{2026, 1, 1}, {2026, 6, 30}, "Semester I Tahun 2026"},
	        {{2026, 7, 1}, {2026, 12, 31}, "Semester II Tahun 2026"},
	        {{2026, 1, 1}, {2026, 12, 31}, "1 Januari 2026 sampai dengan 31 Desember 2026"},
	        {{2025, 1, 1}, {2026, 6, 30}, "1 Januari 2025 sampai dengan 30 Juni 2026"},
	        {{2026, 2, 1}, {2026, 2, 28}, "1 Februari 2026 sampai dengan 28 Februari 2026"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct day first = day_from_ymd(rows[i].first[0], rows[i].first[1], rows[i].first[2]);
		struct day last = day_from_ymd(rows[i].last[0], rows[i].last[1], rows[i].last[2]);
		assert_string_equal(document_period(&arena, first, last).at, rows[i].words);
	}
	assert_string_equal(part_number_words(&arena, 0).at, "0");
	assert_string_equal(part_number_words(&arena, 1234567).at, "1.234.567");
	assert_string_equal(part_number_words(&arena, -1000).at, "-1.000");
	assert_string_equal(part_share_words(&arena, 1999, 2000).at, "99,9%");
	assert_string_equal(part_share_words(&arena, 2000, 2000).at, "100,0%");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(parts_are_the_lists_of_the_letter),
	        cmocka_unit_test(p8_every_figure_is_in_pdf_xlsx_and_csv),
	        cmocka_unit_test(p8_the_report_says_everything_it_must),
	        cmocka_unit_test(any_shape_is_fit_to_sign),
	        cmocka_unit_test(nothing_is_said_in_words),
	        cmocka_unit_test(the_same_input_gives_the_same_bytes),
	        cmocka_unit_test(the_layout_is_data),
	        cmocka_unit_test(free_text_is_only_text),
	        cmocka_unit_test(periods_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
