/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_words.c - what is wrong with a row of a list, in words (list.h), and its
 * cells as they would be typed anew. */
#include <assert.h>

#include "base/base.h"
#include "feedback/list.h"

#define RETYPE "Ubah format kolom NIK menjadi Teks, lalu ketik ulang NIK ini dari dokumen asalnya."

static const char exponent[] = "NIK rusak: lembar kerja mengubahnya menjadi bilangan seperti 3,30406E+15. " RETYPE;
static const char rounded[] = "NIK rusak: lembar kerja membulatkan angka terakhirnya menjadi 0. " RETYPE;
static const char *const words[LIST_FLAWS] = {
        [LIST_FINE] = "",
        [LIST_FORMULA] = "Sel berisi rumus. Ganti dengan isinya (tempel sebagai nilai).",
        [LIST_ERROR_CELL] = "Sel berisi pesan galat lembar kerja, misalnya #N/A. Isi dengan nilai yang benar.",
        [LIST_NIK_EMPTY] = "NIK belum diisi.",
        [LIST_NIK_EXPONENT] = exponent,
        [LIST_NIK_ROUNDED] = rounded,
        [LIST_NIK_SHORT] = "NIK kurang dari 16 angka. Cocokkan dengan dokumen asalnya.",
        [LIST_NIK_LONG] = "NIK lebih dari 16 angka. Cocokkan dengan dokumen asalnya.",
        [LIST_NIK_LETTER] = "NIK memuat huruf atau tanda lain. Isi hanya dengan 16 angka.",
        [LIST_NIK_FORMAT] = "NIK tidak sesuai format Dukcapil. Cocokkan dengan dokumen asalnya.",
        [LIST_KETERANGAN_EMPTY] = "Keterangan belum diisi.",
        [LIST_KETERANGAN_UNKNOWN] = "Keterangan tidak dikenal. Pilih: Mengungsi, Luka / Sakit, Menderita, Hilang, atau Meninggal.",
        [LIST_HOUSE_UNKNOWN] =
                "Kerusakan rumah tidak dikenal. Pilih: Rusak berat, Rusak sedang, Rusak ringan, Terendam, atau kosongkan.",
        [LIST_DAY_UNREADABLE] = "Tanggal tidak dapat dibaca. Tulis seperti 23-11-2026.",
        [LIST_DAY_AHEAD] = "Tanggal itu belum tiba.",
        [LIST_DAY_PAST] = "Tanggal itu terlalu lampau.",
        [LIST_NOTE_LONG] = "Catatan terlalu panjang: paling banyak 200 huruf.",
        [LIST_NOTE_LINES] = "Catatan harus satu baris.",
        [LIST_NOTE_NUMBER] = "Catatan tidak boleh memuat NIK atau Nomor KK.",
        [LIST_AT_ODDS] = "", /* names the other row */
        [LIST_UNASKED] = "NIK ini belum pernah diperiksa untuk kejadian ini. Periksa dahulu di Verifikasi, lalu kembali.",
};

struct str list_reason(const struct list_row *row, struct arena *arena)
{
	assert(row->flaw < LIST_FLAWS);
	if (row->flaw == LIST_AT_ODDS)
		return arena_printf(arena, "NIK ini juga ada di baris %d dengan isi yang berbeda. Sisakan satu baris yang benar.",
		                    row->other);
	if (row->fate == LIST_SAME && row->other)
		return arena_printf(arena, "Sama dengan baris %d; cukup satu kali.", row->other);
	return str_c(words[row->flaw]);
}

static struct str day_words(struct day day, struct arena *arena)
{
	return day.n ? arena_str(arena, str_c(day_short(day).z)) : S("");
}

/* The last digit of a rounded NIK is unknown, and is given back so: corrected by nobody, the
 * row is not taken for another person's. */
static struct str typed_nik(const struct list_row *row, struct arena *arena)
{
	struct str s = row->typed[LIST_NIK];
	if (row->flaw != LIST_NIK_ROUNDED || s.n == 0 || s.at[s.n - 1] != '0')
		return s;
	return arena_printf(arena, "%.*s?", (int)s.n - 1, s.at);
}

struct str list_cell(const struct list_row *row, enum list_column column, struct arena *arena)
{
	const struct told *told = &row->told;
	if (row->fate == LIST_WRONG && row->flaw != LIST_UNASKED && row->flaw != LIST_AT_ODDS)
		return column == LIST_NIK ? typed_nik(row, arena) : row->typed[column];
	switch (column) {
	case LIST_NIK: return arena_str(arena, str_c(nik_digits(row->nik).z));
	case LIST_KETERANGAN: return str_c(keterangan_at(told->keterangan)->label);
	case LIST_DAY: return day_words(told->on, arena);
	case LIST_HOUSE: return str_c(house_at(told->house)->label);
	case LIST_NOTE: return told->note;
	case LIST_COLUMNS: break;
	}
	return S("");
}
