/* SPDX-License-Identifier: EUPL-1.2
 * web/page_balikan_file.c - data balikan as a file, CSV or .xlsx: of any agency for the
 * provider (P3.1b), of one's own for its people (also for the head of a stopped one).
 *
 * The page decides whose it is, counts and journals. The file is made afterwards, on a
 * worker, from short readings of a few hundred persons each: no long snapshot stands in
 * the way of the store. Everybody who was there when it was asked for is in it once, in
 * the state he is in when his part is read. */
#include "agreement/kejadian.h"
#include "feedback/reconcile.h"
#include "gate/strip.h"
#include "sheet/table.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/subject.h"

#define ROWS_MAX 100000
#define PART 500
#define CSV_MAX ((size_t)64 << 20) /* ROWS_MAX rows with the longest names there are */
#define ARENA_MAX ((size_t)48 << 20)
#define DELIMITER ';'

static const struct table_column columns[] = {
	{.title = S("NIK"), .width = 18},
	{.title = S("KETERANGAN_KORBAN"), .width = 22},
	{.title = S("JENIS_BENCANA"), .width = 18},
	{.title = S("KEJADIAN"), .width = 30},
	{.title = S("TANGGAL"), .width = 12},
	{.title = S("KERUSAKAN_RUMAH"), .width = 16},
	{.title = S("STATUS"), .width = 18},
	{.title = S("DICATAT_OLEH"), .width = 18},
	{.title = S("WAKTU"), .width = 20},
	{.title = S("REKONSILIASI"), .width = 22},
};
#define COLUMNS LEN(columns)

/* What was asked for, and the file in the making. */
struct making {
	int64_t instansi_id, kejadian_id; /* kejadian_id 0: of all */
	int64_t last, rows_max;
	bool xlsx;
	struct str filename;
	/* in `after` */
	struct arena arena; /* texts of the rows; rows of the .xlsx */
	struct buf out;
	struct sheet_row *rows;
	size_t rows_n;
	struct kejadian kejadian; /* the one being read; 0: there is no other */
	int64_t after;            /* of its persons */
	size_t part_n;
};

/* ---- the page: whose, how much ---- */

static enum rc too_many(const struct visit *v, int64_t n, bool xlsx, struct err *err)
{
	struct str count = pager_count(v->arena, n);
	if (n > ROWS_MAX)
		return FAIL(err, RC_INVALID,
		            "Unduhan ini berisi %.*s baris; satu berkas memuat paling banyak 100.000. Pilih satu kejadian.",
		            STR_ARG(count));
	if (xlsx && n > SHEET_ROWS_MAX)
		return FAIL(err, RC_INVALID,
		            "Unduhan ini berisi %.*s baris; berkas XLSX memuat paling banyak 20.000. Pilih satu kejadian, atau "
		            "unduh sebagai CSV.",
		            STR_ARG(count));
	return RC_OK;
}

static enum rc count_rows(struct visit *v, struct making *m, int64_t *ret, struct err *err)
{
	struct reconcile of;
	struct debt_figures figures;
	TRY(reconcile_of(v->tx, &m->instansi_id, 1, &of, err));
	TRY(debt_figures(v->tx, m->kejadian_id, &figures, err));
	const struct debt_figures *f = m->kejadian_id ? &figures : &of.sum;
	*ret = f->answered + f->unasked;
	return person_last(v->tx, &m->last, err);
}

/* Another agency's kejadian is none. */
static enum rc read_kejadian(struct visit *v, struct making *m, struct err *err)
{
	struct kejadian kejadian;
	struct str text = http_query(v->rq, "kejadian");
	if (text.n == 0)
		return RC_OK;
	enum rc rc = str_int(text, 1, INT64_MAX, &m->kejadian_id);
	if (rc == RC_OK)
		rc = kejadian_get(v->tx, m->instansi_id, m->kejadian_id, &kejadian, err);
	return rc == RC_INVALID || rc == RC_ABSENT ? FAIL(err, RC_ABSENT, "Kejadian itu tidak ada.") : rc;
}

static enum rc begin(struct visit *v, const struct office_subject *subject, struct err *err)
{
	int64_t n;
	struct making *m = ARENA_NEW(v->arena, struct making);
	if (!m)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	m->instansi_id = subject->row.instansi_id;
	m->xlsx = !str_eq(http_query(v->rq, "bentuk"), S("csv"));
	TRY(read_kejadian(v, m, err));
	TRY(count_rows(v, m, &n, err));
	TRY(too_many(v, n, m->xlsx, err));
	const char *suffix = m->xlsx ? "xlsx" : "csv";
	m->rows_max = m->xlsx ? SHEET_ROWS_MAX : ROWS_MAX;
	m->filename = arena_printf(v->arena, "data-balikan-%.*s-%s.%s", STR_ARG(subject->row.code),
	                           day_iso(day_of_us(v->now_us)).z, suffix);
	v->own = m;
	struct entry entry = {.act = ACT_EXPORT,
	                      .outcome = "ok",
	                      .instansi_id = m->instansi_id,
	                      .kejadian_id = m->kejadian_id,
	                      .about = arena_printf(v->arena, "balikan %s %lld", suffix, (long long)n)};
	return visit_journal(v, entry, NULL, err);
}

enum rc page_balikan_file_get(struct visit *v, struct err *err)
{
	struct office_subject subject;
	TRY(office_subject(v, &subject, err));
	return begin(v, &subject, err);
}

/* ---- the file: rows ---- */

static struct str copy(struct making *m, struct str s)
{
	return arena_str(&m->arena, s);
}

/* "2026-11-23 09:41:07", WIB; "" for 0. */
static struct str moment(struct making *m, int64_t us)
{
	struct clock_text day = day_iso(day_of_us(us)), time = clock_time_wib(us);
	if (us == 0)
		return S("");
	return arena_printf(&m->arena, "%s %.2s:%.2s:%.2s", day.z, time.z, time.z + 3, time.z + 6);
}

static void fill(struct making *m, const struct person *p, struct sheet_cell cells[COLUMNS])
{
	const struct str texts[] = {
	        copy(m, str_c(nik_digits(p->nik).z)),
	        str_c(p->victim ? keterangan_at(p->keterangan)->label : ""),
	        m->kejadian.jenis,
	        m->kejadian.name,
	        p->told_us ? copy(m, str_c(day_iso(p->on).z)) : S(""),
	        str_c(p->victim ? house_at(p->house)->label : ""),
	        str_c(debt_state_at(p->state)->label),
	        copy(m, p->told_by),
	        moment(m, p->told_us),
	        str_c(reconcile_state_at(reconcile_state_of(p))->label),
	};
	_Static_assert(LEN(texts) == COLUMNS, "every column has its text");
	for (size_t i = 0; i < COLUMNS; i++)
		cells[i] = (struct sheet_cell){texts[i].n ? CELL_TEXT : CELL_EMPTY, false, texts[i]};
}

static enum rc add_row(struct making *m, const struct person *p, struct err *err)
{
	struct sheet_cell line[COLUMNS];
	struct sheet_cell *cells = m->xlsx ? ARENA_ARRAY(&m->arena, COLUMNS, struct sheet_cell) : line;
	if ((int64_t)m->rows_n == m->rows_max)
		return FAIL(err, RC_INVALID, "Unduhan ini berisi lebih banyak baris daripada yang dimuat satu berkas.");
	if (!cells)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	fill(m, p, cells);
	if (m->xlsx)
		m->rows[m->rows_n] = (struct sheet_row){.cells = cells, .n = COLUMNS};
	else
		table_csv_row(&m->out, DELIMITER, cells, COLUMNS);
	m->rows_n++;
	return RC_OK;
}

/* ---- the file: readings ---- */

static enum rc read_part(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	struct person *list;
	struct person_part part = {
	        .kejadian_id = m->kejadian.kejadian_id, .after = m->after, .last = m->last, .most = PART};
	TRY(person_part(visit_feedback(v), v->tx, &part, &list, &m->part_n, err));
	for (size_t i = 0; i < m->part_n; i++)
		TRY(add_row(m, &list[i], err));
	if (m->part_n)
		m->after = list[m->part_n - 1].person_id;
	return RC_OK;
}

/* The one that was chosen, or each behind the last. */
static enum rc read_next(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	struct reconcile *list;
	size_t n;
	bool first = m->kejadian.kejadian_id == 0;
	struct reconcile_kejadian_ask ask = {
	        .instansi_id = m->instansi_id, .before = first ? INT64_MAX : m->kejadian.kejadian_id, .most = 1};
	int64_t id = first ? m->kejadian_id : 0;
	m->kejadian = (struct kejadian){0};
	if (!m->kejadian_id) {
		TRY(reconcile_kejadian(v->tx, &ask, &list, &n, err));
		id = n ? list[0].sum.kejadian_id : 0;
	}
	if (!id)
		return RC_OK;
	TRY(kejadian_get(v->tx, m->instansi_id, id, &m->kejadian, err));
	m->kejadian.name = copy(m, m->kejadian.name);
	m->kejadian.jenis = copy(m, m->kejadian.jenis);
	m->after = 0;
	return RC_OK;
}

static void put_titles(struct making *m)
{
	struct sheet_cell titles[COLUMNS];
	for (size_t i = 0; i < COLUMNS; i++)
		titles[i] = (struct sheet_cell){CELL_TEXT, false, columns[i].title};
	table_csv_begin(&m->out);
	table_csv_row(&m->out, DELIMITER, titles, COLUMNS);
}

static enum rc make(struct visit *v, struct making *m, struct err *err)
{
	if (m->xlsx && !(m->rows = ARENA_ARRAY(&m->arena, SHEET_ROWS_MAX, struct sheet_row)))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (!m->xlsx)
		put_titles(m);
	for (;;) {
		TRY(visit_read(v, read_next, err));
		if (m->kejadian.kejadian_id == 0)
			break;
		do
			TRY(visit_read(v, read_part, err));
		while (m->part_n == PART);
	}
	struct table table = {S("Data balikan"), columns, COLUMNS, m->rows, m->rows_n};
	if (m->xlsx)
		TRY(table_xlsx(&m->out, &table, err));
	return buf_ok(&m->out) && !m->arena.broken ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

enum rc page_balikan_file_after(struct visit *v, struct err *err)
{
	static const char *const types[] = {"text/csv; charset=utf-8",
	                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
	struct making *m = v->own;
	arena_init(&m->arena, ARENA_MAX);
	m->out = BUF(m->xlsx ? TABLE_XLSX_MAX : CSV_MAX);
	enum rc rc = make(v, m, err);
	if (rc == RC_OK)
		visit_file(v, types[m->xlsx], m->filename, &m->out);
	buf_free(&m->out);
	arena_free(&m->arena);
	return rc;
}
