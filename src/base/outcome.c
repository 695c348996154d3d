/* SPDX-License-Identifier: EUPL-1.2
 * base/outcome.c - the table of DOMAIN 2. */
#include "base/outcome.h"

#include <assert.h>

#define ANSWER OUTCOME_KIND_ANSWER
#define EMPTY OUTCOME_KIND_EMPTY_ANSWER
#define PARAM OUTCOME_KIND_PARAMETER

static const struct outcome_row rows[] = {
	{OUTCOME_DATA, "01", "", "", ANSWER, true},
	{OUTCOME_DECEASED, "11", "Data Ditemukan, Meninggal Dunia", "Data Ditemukan, Meninggal Dunia", EMPTY, true},
	{OUTCOME_DOUBLE, "12", "Data Ditemukan, Data Ganda", "Data Ditemukan, Data Ganda", EMPTY, true},
	{OUTCOME_ABSENT, "13", "Data tidak ditemukan, NIK tidak terdapat di database kependudukan",
	 "Data Tidak Ditemukan, NIK tidak terdapat di database Kependudukan", EMPTY, true},
	{OUTCOME_NONACTIVE, "14", "Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil",
	 "Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil", EMPTY, true},
	{OUTCOME_FORMAT, "15", "Data tidak ditemukan, NIK tidak sesuai format Dukcapil",
	 "Data Tidak Ditemukan, NIK tidak sesuai format Dukcapil", EMPTY, false},
	{OUTCOME_LOGIN, "03", "Gagal Login", "Login Gagal", PARAM, false},
	{OUTCOME_QUOTA, "05", "Kuota akses hari ini telah habis", "Kuota Akses Hari ini telah Habis", PARAM, false},
	{OUTCOME_INSTANSI, "16", "Instansi tidak aktif", "Instansi Tidak Aktif", PARAM, false},
	{OUTCOME_USER, "17", "User ID non aktif, silahkan menghubungi Admin", "User ID Tidak Aktif", PARAM, false},
	{OUTCOME_PEER, "10", "Gagal Login", "IP Client Tidak terdaftar", PARAM, false},
	{OUTCOME_ADDRESS, "04", "Gagal Login", "IP Address Tidak Sesuai", PARAM, false},
	{OUTCOME_PARAMETER, "07", "", "Parameter Tidak Lengkap / Tidak Valid", PARAM, false},
	{OUTCOME_CREDENTIAL, "09", "", "User, password dan IP tidak boleh kosong", PARAM, false},
};

const struct outcome_row *outcome_at(size_t i)
{
	return i < sizeof rows / sizeof *rows ? &rows[i] : NULL;
}

const struct outcome_row *outcome_get(enum outcome outcome)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].outcome == outcome)
			return &rows[i];
	assert(!"an outcome without a row");
	return NULL;
}

enum rc outcome_from_code(struct str code, enum outcome *ret)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!str_eq(code, str_c(rows[i].code)))
			continue;
		*ret = rows[i].outcome;
		return RC_OK;
	}
	return RC_ABSENT;
}
