/* SPDX-License-Identifier: EUPL-1.2
 * web/hint.c - see hint.h. */
#include "web/hint.h"

#define NIK_N 16
#define WOMEN 40 /* added to the day of birth (DOMAIN 3) */

/* Where the parts of PPKKCC DDMMYY SSSS begin. */
enum { AT_PROVINCE = 0, AT_KAB = 2, AT_KEC = 4, AT_DAY = 6, AT_MONTH = 8 };

static int two(struct str digits, size_t at)
{
	return (digits.at[at] - '0') * 10 + digits.at[at + 1] - '0';
}

static void add_length(struct buf *out, struct str digits)
{
	if (digits.n < NIK_N)
		buf_addf(out, "Baru %zu angka; NIK terdiri atas 16 angka.", digits.n);
	else
		buf_addz(out, "Lebih dari 16 angka; NIK terdiri atas 16 angka.");
}

static void add_date(struct buf *out, struct str digits)
{
	int day = two(digits, AT_DAY);
	buf_addf(out, "Tanggal %d tidak ada pada bulan %02d (angka ke-7 sampai dengan ke-10).", day > WOMEN ? day - WOMEN : day,
	         two(digits, AT_MONTH));
}

void hint_write(struct buf *out, enum nik_flaw flaw, struct str digits)
{
	switch (flaw) {
	case NIK_FLAW_NONE: break;
	case NIK_FLAW_LENGTH: add_length(out, digits); break;
	case NIK_FLAW_DIGIT: buf_addz(out, "NIK terdiri atas 16 angka saja; huruf O bukan angka 0, huruf l bukan angka 1."); break;
	case NIK_FLAW_PROVINCE:
		buf_addf(out, "Angka ke-1 dan ke-2 (%02d) bukan kode provinsi.", two(digits, AT_PROVINCE));
		break;
	case NIK_FLAW_KAB: buf_addz(out, "Angka ke-3 dan ke-4 (00) bukan kode kabupaten/kota."); break;
	case NIK_FLAW_KEC: buf_addz(out, "Angka ke-5 dan ke-6 (00) bukan kode kecamatan."); break;
	case NIK_FLAW_DAY:
		buf_addf(out, "Tanggal %02d tidak ada (angka ke-7 dan ke-8: 01-31, atau 41-71 untuk perempuan).",
		         two(digits, AT_DAY));
		break;
	case NIK_FLAW_MONTH: buf_addf(out, "Bulan %02d tidak ada (angka ke-9 dan ke-10: 01-12).", two(digits, AT_MONTH)); break;
	case NIK_FLAW_DATE: add_date(out, digits); break;
	case NIK_FLAW_SERIAL: buf_addz(out, "Empat angka terakhir tidak pernah 0000."); break;
	}
}
