/* SPDX-License-Identifier: EUPL-1.2
 * report/document.c - see document.h: the report as a letter. */
#include "report/document.h"

#include "base/hex.h"
#include "journal/sha256.h"
#include "report/part.h"

#define WORK_MAX ((size_t)64 << 20)
#define FIELDS_MAX 96
#define DIGEST_SHOWN 12 /* digits of the digest in the reference: 48 bits */

enum rc document_digest(const struct figures *figures, struct document_digest *ret, struct err *err)
{
	BUF_AUTO text = BUF(FIGURES_TEXT_MAX);
	unsigned char hash[SHA256_SIZE];
	figures_write(&text, figures);
	if (!buf_ok(&text))
		return FAIL(err, RC_LIMIT, "Angka laporan terlalu banyak.");
	const struct str part = buf_str(&text);
	sha256(&part, 1, hash);
	BUF_AUTO hex = BUF(sizeof ret->z);
	hex_add(&hex, str_from((const char *)hash, sizeof hash));
	if (!buf_ok(&hex))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	memcpy(ret->z, hex.at, 2 * sizeof hash);
	ret->z[2 * sizeof hash] = 0;
	return RC_OK;
}

struct str document_period(struct arena *arena, struct day first, struct day last)
{
	int year, month, mday, last_year, last_month, last_mday;
	day_to_ymd(first, &year, &month, &mday);
	day_to_ymd(last, &last_year, &last_month, &last_mday);
	if (year == last_year && mday == 1 && month == 1 && last_month == 6 && last_mday == 30)
		return arena_printf(arena, "Semester I Tahun %d", year);
	if (year == last_year && mday == 1 && month == 7 && last_month == 12 && last_mday == 31)
		return arena_printf(arena, "Semester II Tahun %d", year);
	return arena_printf(arena, "%s sampai dengan %s", day_long(first).z, day_long(last).z);
}

/* ---- the letter ---- */

struct making {
	const struct document_ask *d;
	const struct figures *f;
	const struct office *o;
	struct arena arena;
	struct letter_field fields[FIELDS_MAX];
	size_t fields_n;
	struct letter_row *rows;
	size_t rows_n;
	struct part_table tables[PARTS_MAX];
	struct str reference;
	struct document_digest digest;
};

static void put(struct making *m, const char *name, struct str value)
{
	size_t i = 0;
	while (i < m->fields_n && strcmp(m->fields[i].name, name) != 0)
		i++;
	if (i == FIELDS_MAX)
		m->arena.broken = true;
	else
		m->fields[i] = (struct letter_field){name, value};
	m->fields_n += i == m->fields_n && i < FIELDS_MAX;
}

static void put_number(struct making *m, const char *name, int64_t n)
{
	put(m, name, part_number_words(&m->arena, n));
}

static void put_day(struct making *m, const char *name, struct day day)
{
	if (day.n)
		put(m, name, arena_str(&m->arena, str_c(day_long(day).z)));
}

static void put_totals(struct making *m)
{
	static const struct {
		const char *name;
		int code;
	} codes[] = {{"total.k01", 1},  {"total.k11", 11}, {"total.k12", 12},
	             {"total.k13", 13}, {"total.k14", 14}, {"total.k15", 15}};
	put_number(m, "total.permintaan", m->f->sum.inquiries);
	put_number(m, "total.ulangan", m->f->sum.repeats);
	put_number(m, "total.hit", m->f->sum.hits);
	put_number(m, "total.ditolak", m->f->sum.refused);
	int64_t limit = office_limits(m->o, m->o->first, m->o->last);
	put(m, "total.kuota", limit < 0 ? S("–") : part_number_words(&m->arena, limit));
	for (size_t i = 0; i < LEN(codes); i++)
		put_number(m, codes[i].name, m->f->code_n[codes[i].code]);
}

static void put_busiest(struct making *m)
{
	const struct figures_day *most = NULL;
	for (size_t i = 0; i < m->f->days_n; i++)
		if (m->f->days[i].sum.hits > (most ? most->sum.hits : 0))
			most = &m->f->days[i];
	if (!most)
		return;
	put_number(m, "puncak.hit", most->sum.hits);
	put_day(m, "puncak.hari", most->day);
}

static void put_debt(struct making *m)
{
	const struct office_debt *debt = &m->o->debt;
	put_number(m, "utang.diakses", debt->answered);
	put_number(m, "utang.dilaporkan", debt->closed);
	put_number(m, "utang.bukan", debt->waived);
	put_number(m, "utang.terbuka", debt->open);
	put(m, "utang.cakupan", part_share_words(&m->arena, debt->closed + debt->waived, debt->answered));
}

/* Of every version of the period; the labels in the order of the clause. */
static struct str elements_words(struct making *m)
{
	element_set all = 0;
	struct str words = S("");
	for (size_t i = 0; i < m->o->versions_n; i++)
		all |= m->o->versions[i].elements;
	for (size_t i = 0; element_at(i); i++)
		if (all & ELEMENT_BIT(element_at(i)->element))
			words = arena_printf(&m->arena, "%.*s%s%s", STR_ARG(words), words.n ? ", " : "", element_at(i)->label);
	return words.n ? words : S("tidak ada");
}

static void put_fields(struct making *m)
{
	for (size_t i = 0; i < m->o->letter->fields_n; i++)
		put(m, m->o->letter->fields[i].name, m->o->letter->fields[i].value);
	put(m, "nomor", m->d->number);
	put(m, "catatan", m->d->title_note);
	put(m, "kendala", m->d->obstacles);
	put(m, "usul", m->d->proposals);
	put(m, "instansi.kode", m->o->code);
	put(m, "instansi.nama", m->o->name);
	put(m, "keadaan", str_c(m->o->state));
	put(m, "elemen", elements_words(m));
	put(m, "periode.nama", document_period(&m->arena, m->o->first, m->o->last));
	put_day(m, "periode.mulai", m->o->first);
	put_day(m, "periode.akhir", m->o->last);
	put_day(m, "mulai", m->o->begin);
	put_day(m, "akhir", m->o->end);
	put_day(m, "dibuat", m->d->made_on);
	put_day(m, "tanggal", m->d->made_on);
	put(m, "sidik", str_c(m->digest.z));
	put_totals(m);
	put_busiest(m);
	put_debt(m);
}

/* ---- its lists ---- */

static struct str cell_words(struct making *m, const struct part_cell *cell)
{
	switch (cell->kind) {
	case PART_NUMBER: return part_number_words(&m->arena, cell->n);
	case PART_DAY: return arena_str(&m->arena, str_c(day_short((struct day){(int32_t)cell->n}).z));
	case PART_TEXT: break;
	}
	return cell->text;
}

/* "bulan.hit", one for all rows. */
static const char *column_name(struct making *m, const struct part *part, size_t i)
{
	return arena_printf(&m->arena, "%s.%s", part->key, part->columns[i].key).at;
}

static void put_table(struct making *m, const struct part_table *table)
{
	size_t width = table->part->columns_n;
	const char *names[PART_COLUMNS_MAX];
	struct letter_field *fields = ARENA_ARRAY(&m->arena, table->n * width + 1, struct letter_field);
	for (size_t i = 0; i < width; i++)
		names[i] = column_name(m, table->part, i);
	if (!fields || m->arena.broken)
		return;
	for (size_t i = 0; i < table->n * width; i++)
		fields[i] = (struct letter_field){names[i % width], cell_words(m, &table->cells[i])};
	for (size_t i = 0; i < table->n; i++)
		m->rows[m->rows_n++] = (struct letter_row){fields + i * width, width};
}

static enum rc put_tables(struct making *m, struct err *err)
{
	size_t rows = 0;
	TRY(part_tables(m->d, &m->arena, m->tables, err));
	for (size_t i = 0; part_at(i); i++)
		rows += m->tables[i].n;
	m->rows = ARENA_ARRAY(&m->arena, rows + 1, struct letter_row);
	for (size_t i = 0; m->rows && part_at(i); i++)
		put_table(m, &m->tables[i]);
	return m->arena.broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

/* "L-BPBD-20260101-20260630-9F2C1D0A7BE4": upper case, so that its QR code stays small. */
static void put_reference(struct making *m)
{
	struct str first = arena_str(&m->arena, str_c(day_iso(m->o->first).z)), own = m->d->reference;
	if (!own.n)
		own = arena_printf(&m->arena, "L-%.*s-%.*s-%s", STR_ARG(m->o->code), STR_ARG(first), day_iso(m->o->last).z);
	char *z = arena_alloc(&m->arena, own.n + DIGEST_SHOWN + 2);
	size_t n = 0;
	for (size_t i = 0; z && i < own.n; i++)
		z[n++] = own.at[i];
	if (z)
		z[n++] = '-';
	for (size_t i = 0; z && i < DIGEST_SHOWN; i++)
		z[n++] = (char)(m->digest.z[i] >= 'a' ? m->digest.z[i] - 'a' + 'A' : m->digest.z[i]);
	m->reference = str_from(z, z ? n : 0);
}

static enum rc make(struct making *m, struct buf *out, struct err *err)
{
	const struct letter_ask *office = m->o->letter;
	TRY(document_digest(m->f, &m->digest, err));
	put_fields(m);
	TRY(put_tables(m, err));
	put_reference(m);
	if (m->arena.broken)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	const struct letter_ask ask = {.letter = LETTER_LAPORAN_SEMESTER,
	                               .text = m->d->layout.at ? m->d->layout : office->text,
	                               .letterhead = office->letterhead,
	                               .letterhead_n = office->letterhead_n,
	                               .fields = m->fields,
	                               .fields_n = m->fields_n,
	                               .rows = m->rows,
	                               .rows_n = m->rows_n,
	                               .reference = m->reference,
	                               .created_us = m->d->made_on.n ? day_begin_us(m->d->made_on) : 0};
	return letter_write(&ask, out, err);
}

enum rc document_pdf(const struct document_ask *document, struct buf *out, struct err *err)
{
	struct making *m;
	struct arena arena;
	arena_init(&arena, WORK_MAX);
	m = ARENA_NEW(&arena, struct making);
	if (!m)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	m->d = document;
	m->f = document->figures;
	m->o = document->office;
	arena_init(&m->arena, WORK_MAX);
	enum rc rc = make(m, out, err);
	arena_free(&m->arena);
	arena_free(&arena);
	return rc;
}
