/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_column.c - see list_column.h.
 *
 * Headings are compared by their letters alone, so that "No. NIK", "NO NIK" and "no_nik"
 * are one. A column whose heading is none of these is not ours, whatever it holds.
 *
 * Cells merged above the headings are titles, and do no harm. From the headings on they do:
 * one keterangan for three rows is kept in the first of them only, and a heading of two
 * storeys leaves its columns without a name. */
#include "feedback/list_column.h"

#include "base/base.h"

#define HEADING_MAX 40 /* letters */

static const struct list_column_row columns[LIST_COLUMNS] = {
        {LIST_NIK, "NIK", true, "16 angka, sebagai teks. Spasi, titik, dan tanda hubung boleh ada."},
        {LIST_KETERANGAN, "KETERANGAN", true, "Mengungsi, Luka / Sakit, Menderita, Hilang, atau Meninggal."},
        {LIST_DAY, "TANGGAL", false, "Sejak kapan demikian: 23-11-2026. Kosong berarti hari ini."},
        {LIST_HOUSE, "KERUSAKAN", false, "Rusak berat, Rusak sedang, Rusak ringan, atau Terendam."},
        {LIST_NOTE, "CATATAN", false, "Paling banyak 200 huruf; tanpa NIK, nama, atau alamat."},
};

static const struct {
	const char *text; /* letters and digits, small */
	enum list_column column;
} headings[] = {
        {"nik", LIST_NIK},
        {"nonik", LIST_NIK},
        {"nomornik", LIST_NIK},
        {"nikkorban", LIST_NIK},
        {"nikktp", LIST_NIK},
        {"nomorindukkependudukan", LIST_NIK},
        {"nomorindukkependudukannik", LIST_NIK},
        {"keterangan", LIST_KETERANGAN},
        {"keterangankorban", LIST_KETERANGAN},
        {"keterangankorbanbencana", LIST_KETERANGAN},
        {"status", LIST_KETERANGAN},
        {"statuskorban", LIST_KETERANGAN},
        {"keadaan", LIST_KETERANGAN},
        {"keadaankorban", LIST_KETERANGAN},
        {"kondisi", LIST_KETERANGAN},
        {"kondisikorban", LIST_KETERANGAN},
        {"tanggal", LIST_DAY},
        {"tgl", LIST_DAY},
        {"sejak", LIST_DAY},
        {"sejaktanggal", LIST_DAY},
        {"tanggalketerangan", LIST_DAY},
        {"tanggalkeadaan", LIST_DAY},
        {"tglkeadaan", LIST_DAY},
        {"kerusakan", LIST_HOUSE},
        {"kerusakanrumah", LIST_HOUSE},
        {"rumah", LIST_HOUSE},
        {"kondisirumah", LIST_HOUSE},
        {"catatan", LIST_NOTE},
        {"catatanlain", LIST_NOTE},
};

const struct list_column_row *list_column_at(size_t i)
{
	return i < LEN(columns) ? &columns[i] : NULL;
}

/* The letters and digits of a heading, small; "" when there are too many. */
static void squeeze(struct str text, char out[HEADING_MAX + 1])
{
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			continue;
		if (n == HEADING_MAX) {
			n = 0;
			break;
		}
		out[n++] = c;
	}
	out[n] = '\0';
}

/* LIST_COLUMNS: none of ours. */
static enum list_column column_of(struct str text)
{
	char word[HEADING_MAX + 1];
	squeeze(text, word);
	for (size_t i = 0; i < LEN(headings); i++)
		if (strcmp(word, headings[i].text) == 0)
			return headings[i].column;
	return LIST_COLUMNS;
}

static enum rc twice(const struct list_column_row *column, int first, size_t second, int row, struct err *err)
{
	return FAIL(err, RC_INVALID, "Kolom %s ada dua kali, di %s dan %s. Beri nama lain pada salah satunya, lalu unggah kembali.",
	            column->heading, sheet_place((size_t)first, row).z, sheet_place(second, row).z);
}

/* Which of ours stand in this row; *ret_second: of which column there are two. */
static size_t match(const struct sheet_row *row, struct list_columns *ret, size_t *ret_second)
{
	size_t n = 0;
	*ret_second = row->n;
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		ret->at[i] = -1;
	for (size_t i = 0; i < row->n; i++) {
		enum list_column column = column_of(row->cells[i].text);
		if (column == LIST_COLUMNS)
			continue;
		if (ret->at[column] < 0)
			ret->at[column] = (int)i;
		else if (*ret_second == row->n)
			*ret_second = i;
		n++;
	}
	return n;
}

static enum rc check_merges(const struct sheet *sheet, int heading, struct err *err)
{
	if (!sheet->merged || sheet->merged_last < heading)
		return RC_OK;
	return FAIL(err, RC_INVALID,
	            "Ada sel yang digabung sampai baris %d. Batalkan penggabungan sel pada baris judul dan di bawahnya, isi setiap "
	            "barisnya, lalu unggah kembali.",
	            sheet->merged_last);
}

static enum rc none_found(const struct sheet *sheet, struct err *err)
{
	if (sheet->merged)
		return FAIL(err, RC_INVALID,
		            "Baris judul tidak ditemukan. Judul NIK dan KETERANGAN harus satu baris, tanpa sel yang digabung.");
	return FAIL(err, RC_INVALID,
	            "Baris judul tidak ditemukan. Di atas daftar harus ada satu baris dengan judul NIK dan KETERANGAN.");
}

enum rc list_columns_find(const struct sheet *sheet, struct list_columns *ret, struct err *err)
{
	size_t second, nik_at = sheet->n;
	for (size_t i = 0; i < sheet->n && i <= LIST_TITLES_MAX; i++) {
		const struct sheet_row *row = &sheet->rows[i];
		if (match(row, ret, &second) == 0)
			continue;
		if (ret->at[LIST_NIK] >= 0 && nik_at == sheet->n)
			nik_at = i;
		if (ret->at[LIST_NIK] < 0 || ret->at[LIST_KETERANGAN] < 0)
			continue;
		TRY(check_merges(sheet, row->number, err));
		ret->heading = i;
		if (second < row->n) {
			enum list_column column = column_of(row->cells[second].text);
			return twice(&columns[column], ret->at[column], second, row->number, err);
		}
		return RC_OK;
	}
	if (nik_at == sheet->n)
		return none_found(sheet, err);
	TRY(check_merges(sheet, sheet->rows[nik_at].number, err));
	return FAIL(err, RC_INVALID, "Baris %d memuat judul NIK, tetapi tidak ada judul KETERANGAN di baris yang sama.",
	            sheet->rows[nik_at].number);
}
