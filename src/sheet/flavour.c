/* SPDX-License-Identifier: EUPL-1.2
 * sheet/flavour.c - see flavour.h. One row a kind; the first that fits speaks. */
#include "sheet/flavour.h"

#define SAVE_AS_XLSX "Buka di Excel, pilih Simpan Sebagai, jenis \"Buku Kerja Excel (.xlsx)\", lalu unggah hasilnya."

static const struct foreign {
	const char *begin; /* ASCII letters without case */
	const char *what;
} foreign[] = {
        {"%PDF", "Berkas ini PDF, bukan tabel. Unggah daftar aslinya sebagai .xlsx atau CSV."},
        {"\x89PNG", "Berkas ini gambar, bukan tabel. Unggah daftar aslinya sebagai .xlsx atau CSV."},
        {"\xff\xd8\xff", "Berkas ini foto, bukan tabel. Unggah daftar aslinya sebagai .xlsx atau CSV."},
        {"GIF8", "Berkas ini gambar, bukan tabel. Unggah daftar aslinya sebagai .xlsx atau CSV."},
        {"{\\rtf", "Berkas ini dokumen teks (RTF), bukan tabel. Salin daftarnya ke Excel dan simpan sebagai .xlsx."},
        {"Rar!", "Berkas ini arsip RAR. Keluarkan daftarnya dari arsip, lalu unggah berkas .xlsx atau CSV itu sendiri."},
        {"7z\xbc\xaf\x27\x1c",
         "Berkas ini arsip 7z. Keluarkan daftarnya dari arsip, lalu unggah berkas .xlsx atau CSV itu sendiri."},
        {"\x1f\x8b", "Berkas ini arsip gzip. Keluarkan daftarnya dari arsip, lalu unggah berkas .xlsx atau CSV itu sendiri."},
        /* many offices' programs "export to Excel" a web page that is named .xls */
        {"<!doctype", "Berkas ini halaman web, walau namanya mungkin .xls. " SAVE_AS_XLSX},
        {"<html", "Berkas ini halaman web, walau namanya mungkin .xls. " SAVE_AS_XLSX},
        {"<head", "Berkas ini halaman web, walau namanya mungkin .xls. " SAVE_AS_XLSX},
        {"<meta", "Berkas ini halaman web, walau namanya mungkin .xls. " SAVE_AS_XLSX},
        {"<style", "Berkas ini halaman web, walau namanya mungkin .xls. " SAVE_AS_XLSX},
        {"<table", "Berkas ini halaman web, walau namanya mungkin .xls. " SAVE_AS_XLSX},
        {"<?xml", "Berkas ini XML, bukan .xlsx. " SAVE_AS_XLSX},
};

/* OLE: old Office files, and the envelope around protected new ones, whose directory names the stream in UTF-16. */
static enum rc refuse_ole(struct str file, struct err *err)
{
	static const char package[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	if (memmem(file.at, file.n, package, sizeof package - 1))
		return FAIL(err, RC_INVALID,
		            "Berkas dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya (Berkas, Info, Proteksi "
		            "Buku Kerja), simpan, lalu unggah lagi.");
	return FAIL(err, RC_INVALID, "Berkas ini berformat Office lama (misalnya .xls). " SAVE_AS_XLSX);
}

/* Blanks and a UTF-8 mark may stand before a web page. */
static struct str past_blanks(struct str file)
{
	if (str_starts(file, S("\xef\xbb\xbf")))
		file = str_sub(file, 3, file.n);
	return str_trim(str_sub(file, 0, 256));
}

enum rc flavour_of(struct str file, enum flavour *ret, struct err *err)
{
	struct str head = past_blanks(file);
	if (file.n == 0)
		return FAIL(err, RC_INVALID, "Berkas kosong. Periksa apakah berkas yang dipilih sudah benar.");
	if (str_starts(file, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return refuse_ole(file, err);
	for (size_t i = 0; i < LEN(foreign); i++)
		if (str_ieq(str_sub(head, 0, strlen(foreign[i].begin)), str_c(foreign[i].begin)))
			return FAIL(err, RC_INVALID, "%s", foreign[i].what);
	*ret = str_starts(file, S("PK\x03\x04")) || str_starts(file, S("PK\x05\x06")) ? FLAVOUR_ZIP : FLAVOUR_TEXT;
	return RC_OK;
}
