/* SPDX-License-Identifier: EUPL-1.2
 * report/part.c - the table of tables, and how a row gets into one. */
#include "report/part.h"

#include <assert.h>

static const struct part_column identitas[] = {{"nama", "Pokok", 30}, {"nilai", "Isi", 90}};
static const struct part_column ringkasan[] = {{"nama", "Pokok", 52}, {"nilai", "Nilai", 44}};
static const struct part_column ketentuan[] = {{"versi", "Versi", 8},           {"mulai", "Mulai", 12},
                                               {"akhir", "Sampai", 12},         {"metode", "Metode akses", 30},
                                               {"kuota", "Kuota per hari", 30}, {"dasar", "Dasar", 40}};
static const struct part_column metode[] = {{"nama", "Metode", 30},
                                            {"diberikan", "Diberikan", 12},
                                            {"permintaan", "Permintaan", 12},
                                            {"hit", "Hit", 12},
                                            {"ditolak", "Ditolak", 12}};
static const struct part_column bulan[] = {{"nama", "Bulan", 16},      {"permintaan", "Permintaan", 12},
                                           {"ulangan", "Ulangan", 10}, {"hit", "Hit", 10},
                                           {"k01", "01", 10},          {"k11", "11", 8},
                                           {"k12", "12", 8},           {"k13", "13", 8},
                                           {"k14", "14", 8},           {"k15", "15", 8},
                                           {"ditolak", "Ditolak", 10}, {"k03", "03", 8},
                                           {"k04", "04", 8},           {"k05", "05", 8},
                                           {"k07", "07", 8},           {"k09", "09", 8},
                                           {"k10", "10", 8},           {"k16", "16", 8},
                                           {"k17", "17", 8},           {"k503", "503", 8},
                                           {"kuota", "Kuota", 10}};
static const struct part_column hasil[] = {{"kode", "Kode", 8}, {"uraian", "Hasil", 70}, {"jumlah", "Permintaan", 12}};
static const struct part_column alasan[] = {{"uraian", "Alasan", 80},
                                            {"kode", "Kode", 8},
                                            {"klausul", "Ketentuan", 14},
                                            {"jumlah", "Jumlah", 10},
                                            {"rincian", "Tiap bulan", 50}};
static const struct part_column penolakan[] = {{"bulan", "Bulan", 16},
                                               {"uraian", "Alasan", 80},
                                               {"kode", "Kode", 8},
                                               {"klausul", "Ketentuan", 14},
                                               {"jumlah", "Jumlah", 10}};
static const struct part_column hari[] = {{"tanggal", "Tanggal", 12}, {"label", "Tanda", 10}, {"permintaan", "Permintaan", 12},
                                          {"ulangan", "Ulangan", 10}, {"hit", "Hit", 10},     {"ditolak", "Ditolak", 10},
                                          {"kuota", "Kuota", 10}};
static const struct part_column jam[] = {{"nama", "Jam (WIB)", 10}, {"permintaan", "Permintaan", 12}};
static const struct part_column pemakai[] = {{"user_id", "User ID (disamarkan)", 22},
                                             {"peran", "Peran", 20},
                                             {"permintaan", "Permintaan", 12},
                                             {"ulangan", "Ulangan", 10},
                                             {"hit", "Hit", 10},
                                             {"ditolak", "Ditolak", 10},
                                             {"terakhir", "Permintaan terakhir", 20},
                                             {"nda", "NDA pada akhir periode", 40}};
static const struct part_column kejadian[] = {{"nama", "Kejadian", 50},         {"jenis", "Jenis bencana", 24},
                                              {"permintaan", "Permintaan", 12}, {"hit", "Hit", 10},
                                              {"diakses", "NIK diakses", 12},   {"dilaporkan", "Dilaporkan", 12},
                                              {"bukan", "Bukan korban", 14},    {"terbuka", "Belum dilaporkan", 18}};
static const struct part_column balikan[] = {{"uraian", "Data balikan dalam periode", 50}, {"jumlah", "Jumlah", 10}};
static const struct part_column umur[] = {{"nama", "Umur data balikan yang belum disampaikan", 44}, {"jumlah", "Jumlah", 10}};
static const struct part_column berkas[] = {{"nama", "Dokumen", 40},
                                            {"nomor", "Nomor", 36},
                                            {"tanggal", "Tanggal", 12},
                                            {"akhir", "Sampai", 12},
                                            {"keadaan", "Keadaan pada akhir periode", 44}};
static const struct part_column penahanan[] = {{"tanggal", "Tanggal", 12},
                                               {"user_id", "User ID (disamarkan)", 22},
                                               {"alasan", "Alasan", 20},
                                               {"keadaan", "Keadaan pada akhir periode", 34}};
static const struct part_column langkah[] = {
        {"tanggal", "Tanggal", 12}, {"uraian", "Tindakan PIHAK KESATU", 50}, {"surat", "Nomor surat", 36}};
static const struct part_column peristiwa[] = {{"tanggal", "Diketahui", 12},
                                               {"jenis", "Insiden", 44},
                                               {"lembaga", "Lembaga diberi tahu", 26},
                                               {"subjek", "Subjek data diberi tahu", 26},
                                               {"keadaan", "Keadaan pada akhir periode", 30}};
static const struct part_column dasar[] = {{"jurnal", "Jurnal", 40},
                                           {"ukuran", "Ukuran", 14},
                                           {"akar", "Akar pohon", 50},
                                           {"entri", "Entri instansi dalam periode", 30}};

#define COLUMNS(columns) columns, LEN(columns)
static const struct part parts[] = {
        {"identitas", "Identitas", COLUMNS(identitas), 1, part_make_identity},
        {"ringkasan", "Ringkasan", COLUMNS(ringkasan), 1, part_make_summary},
        {"ketentuan", "Ketentuan", COLUMNS(ketentuan), 2, part_make_terms},
        {"metode", "Metode", COLUMNS(metode), 1, part_make_methods},
        {"bulan", "Per bulan", COLUMNS(bulan), 1, part_make_months},
        {"hasil", "Hasil", COLUMNS(hasil), 2, part_make_outcomes},
        {"alasan", "Penolakan", COLUMNS(alasan), 1, part_make_reasons},
        {"penolakan", "Penolakan per bulan", COLUMNS(penolakan), 2, part_make_refusals},
        {"hari", "Harian", COLUMNS(hari), 1, part_make_days},
        {"jam", "Jam", COLUMNS(jam), 1, part_make_hours},
        {"pemakai", "Per User ID", COLUMNS(pemakai), 1, part_make_users},
        {"kejadian", "Kejadian", COLUMNS(kejadian), 1, part_make_kejadian},
        {"balikan", "Data balikan", COLUMNS(balikan), 1, part_make_told},
        {"umur", "Umur utang", COLUMNS(umur), 1, part_make_ages},
        {"berkas", "Dokumen", COLUMNS(berkas), 1, part_make_papers},
        {"penahanan", "Penahanan", COLUMNS(penahanan), 2, part_make_holds},
        {"langkah", "Tindakan", COLUMNS(langkah), 2, part_make_steps},
        {"peristiwa", "Insiden", COLUMNS(peristiwa), 1, part_make_incidents},
        {"dasar", "Dasar", COLUMNS(dasar), 1, part_make_logs},
};
_Static_assert(LEN(parts) <= PARTS_MAX, "room for every part");

const struct part *part_at(size_t i)
{
	return i < LEN(parts) ? &parts[i] : NULL;
}

/* ---- rows ---- */

static bool grow(struct part_make *m)
{
	size_t width = m->to->part->columns_n, max = m->max ? m->max * 2 : 32;
	struct part_cell *cells = ARENA_ARRAY(m->arena, max * width, struct part_cell);
	if (!cells)
		return false;
	if (m->to->n)
		memcpy(cells, m->to->cells, m->to->n * width * sizeof *cells);
	m->to->cells = cells;
	m->max = max;
	return true;
}

void part_row(struct part_make *m, const struct part_cell *cells)
{
	size_t width = m->to->part->columns_n;
	if (m->to->n == PART_ROWS_MAX)
		m->full = true;
	if (m->full || (m->to->n == m->max && !grow(m)))
		return;
	memcpy(m->to->cells + m->to->n * width, cells, width * sizeof *cells);
	m->to->n++;
}

enum rc part_tables(const struct document_ask *document, struct arena *arena, struct part_table *ret, struct err *err)
{
	for (size_t i = 0; i < LEN(parts); i++) {
		ret[i] = (struct part_table){.part = &parts[i]};
		struct part_make m = {
		        .document = document, .f = document->figures, .o = document->office, .arena = arena, .to = &ret[i]};
		assert(parts[i].columns_n <= PART_COLUMNS_MAX && parts[i].labels < parts[i].columns_n);
		parts[i].make(&m);
		if (m.full)
			return FAIL(err, RC_LIMIT, "Laporan terlalu besar: tabel %s lebih dari %d baris.", parts[i].title,
			            PART_ROWS_MAX);
	}
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

/* ---- cells and words ---- */

struct part_cell part_text(struct str text)
{
	return (struct part_cell){.kind = PART_TEXT, .text = text};
}

struct part_cell part_z(const char *z)
{
	return part_text(str_c(z));
}

struct part_cell part_number(int64_t n)
{
	return (struct part_cell){.kind = PART_NUMBER, .n = n};
}

struct part_cell part_day(struct day day)
{
	return day.n ? (struct part_cell){.kind = PART_DAY, .n = day.n} : part_text(S(""));
}

struct str part_number_words(struct arena *arena, int64_t n)
{
	char z[40];
	size_t at = sizeof z, digits = 0;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	do {
		if (digits && digits % 3 == 0)
			z[--at] = '.';
		z[--at] = (char)('0' + rest % 10);
		rest /= 10;
		digits++;
	} while (rest);
	if (n < 0)
		z[--at] = '-';
	return arena_str(arena, str_from(z + at, sizeof z - at));
}

struct str part_share_words(struct arena *arena, int64_t n, int64_t of)
{
	if (of <= 0)
		return S("-");
	int64_t tenths = n * 1000 / of; /* cut, so that all means all */
	return arena_printf(arena, "%lld,%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

const char *part_month_name(int month)
{
	static const char *const names[] = {"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
	                                    "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};
	return month >= 1 && month <= 12 ? names[month - 1] : "";
}

struct str part_month_words(struct arena *arena, int year, int month)
{
	return arena_printf(arena, "%s %d", part_month_name(month), year);
}
