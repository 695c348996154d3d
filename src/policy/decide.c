/* SPDX-License-Identifier: EUPL-1.2
 * policy/decide.c - the precedence table of DOMAIN 2, and the search in it.
 *
 * The order of the rows is the order of precedence and equals the order of `enum
 * ground`, so a row is found by its number; the unit test holds the table against
 * the specification. Clauses are those of the agreement (P) and of its technical
 * guideline (J). A bit that no row has is a mistake of the caller: it stops the
 * process rather than let an inquiry through. */
#include "policy/decide.h"

#include <assert.h>

static const struct decide_row nothing = {
	GROUND_NONE, .step = 10, .key = "none", .clause = "P2.1a", .reason = "Tidak ada yang menghalangi permintaan ini.",
};

static const struct decide_row rows[] = {
	{GROUND_CREDENTIAL_EMPTY, 1, OUTCOME_CREDENTIAL, "credential_empty", "P2.1c",
	 "User ID, kata sandi, atau IP_USER tidak diisi."},
	{GROUND_MALFORMED, 1, OUTCOME_PARAMETER, "malformed", "P2.1a",
	 "Isi permintaan tidak dapat dibaca, NIK tidak ada, atau metode tidak dikenal."},
	{GROUND_PEER_UNKNOWN, 2, OUTCOME_PEER, "peer_unknown", "P2.1b",
	 "Alamat pengakses tidak termasuk dalam daftar alamat yang diizinkan bagi instansi."},
	{GROUND_THROTTLED, 3, OUTCOME_LOGIN, "throttled", "P2.1c",
	 "Percobaan masuk yang gagal terlalu sering, sehingga percobaan berikutnya ditahan untuk sementara."},
	{GROUND_CREDENTIAL_WRONG, 3, OUTCOME_LOGIN, "credential_wrong", "P2.1c",
	 "User ID tidak dikenal, kata sandi salah, atau sesi sudah berakhir."},
	{GROUND_PATH_INSTANSI, 3, OUTCOME_LOGIN, "path_instansi", "P2.1c",
	 "Instansi pada alamat layanan bukan instansi pemilik user ID."},
	{GROUND_PEER_NARROWED, 4, OUTCOME_ADDRESS, "peer_narrowed", "P2.1b",
	 "Alamat pengakses berada di luar alamat yang ditetapkan khusus bagi user ID ini."},
	{GROUND_PEER_MISMATCH, 4, OUTCOME_ADDRESS, "peer_mismatch", "P2.1b",
	 "IP_USER tidak sama dengan alamat pengakses yang sebenarnya."},
	{GROUND_CERTIFICATE, 4, OUTCOME_ADDRESS, "certificate", "P2.1b",
	 "User ID terikat pada sertifikat klien, dan sertifikat itu tidak ditunjukkan."},
	{GROUND_NOT_STARTED, 5, OUTCOME_INSTANSI, "not_started", "P4",
	 "Perjanjian kerja sama belum mulai berlaku bagi instansi ini."},
	{GROUND_SUSPENDED, 5, OUTCOME_INSTANSI, "suspended", "P9.1",
	 "Hak akses instansi dihentikan sementara oleh PIHAK KESATU."},
	{GROUND_ENDED, 5, OUTCOME_INSTANSI, "ended", "P4 / P5",
	 "Perjanjian kerja sama dengan instansi ini telah berakhir."},
	{GROUND_REVOKED, 5, OUTCOME_INSTANSI, "revoked", "P9.1",
	 "Hak akses instansi telah dicabut oleh PIHAK KESATU."},
	{GROUND_NO_MINISTRY, 5, OUTCOME_INSTANSI, "no_ministry", "P4 / J.VI.F",
	 "Surat persetujuan kementerian yang menjadi dasar perjanjian belum tercatat atau sudah tidak berlaku."},
	{GROUND_NO_SPTJM, 5, OUTCOME_INSTANSI, "no_sptjm", "J.VI.D",
	 "SPTJM yang ditandatangani pimpinan instansi belum tercatat atau sudah tidak berlaku."},
	{GROUND_METHOD, 5, OUTCOME_INSTANSI, "method", "J.II.C / J.IV",
	 "Metode akses ini tidak diberikan oleh perjanjian, atau peran user ID tidak berhak meminta data."},
	{GROUND_USER_CLOSED, 6, OUTCOME_USER, "user_closed", "J.II.A", "User ID telah ditutup."},
	{GROUND_USER_DORMANT, 6, OUTCOME_USER, "user_dormant", "P2.1c",
	 "User ID dinonaktifkan karena terlalu lama tidak digunakan."},
	{GROUND_USER_EXPIRED, 6, OUTCOME_USER, "user_expired", "P2.1c", "Masa berlaku user ID telah habis."},
	{GROUND_SANDBOX_OVER, 6, OUTCOME_USER, "sandbox_over", "J.II.D",
	 "User ID latihan PoC berakhir: semua aplikasi instansi sudah mempunyai surat hasil PoC."},
	{GROUND_NO_NDA, 6, OUTCOME_USER, "no_nda", "J.VI.E",
	 "NDA yang ditandatangani pemegang user ID belum tercatat atau sudah tidak berlaku."},
	{GROUND_GUARD_HOLD, 6, OUTCOME_USER, "guard_hold", "J.II.E1",
	 "User ID ditahan karena NIK dimasukkan secara berurutan, berpola, atau berdekatan."},
	{GROUND_DEBT_LIMIT, 6, OUTCOME_USER, "debt_limit", "P2.2b",
	 "Data balikan yang belum disampaikan telah mencapai batas yang ditetapkan."},
	{GROUND_NO_KEJADIAN, 7, OUTCOME_PARAMETER, "no_kejadian", "J.II.E1",
	 "Permintaan tidak menyebut kejadian yang masih terbuka sebagai tujuannya."},
	{GROUND_NIK_FORMAT, 8, OUTCOME_FORMAT, "nik_format", "P2.1a", "NIK yang dimasukkan tidak sesuai format."},
	{GROUND_QUOTA, 9, OUTCOME_QUOTA, "quota", "J.II.B",
	 "Kuota akses harian instansi untuk metode ini telah habis."},
};
_Static_assert(LEN(rows) == GROUND_COUNT - 1, "one row for every ground but GROUND_NONE");

struct ruling decide(ground_set against)
{
	assert(against < GROUND_BIT(GROUND_COUNT));
	for (size_t i = 0; i < LEN(rows); i++)
		if (against & GROUND_BIT(rows[i].ground))
			return (struct ruling){rows[i].ground, rows[i].outcome};
	return (struct ruling){.ground = GROUND_NONE};
}

const struct decide_row *decide_get(enum ground ground)
{
	assert((unsigned)ground < GROUND_COUNT);
	return ground == GROUND_NONE ? &nothing : &rows[ground - 1];
}

const struct decide_row *decide_at(size_t i)
{
	return i < LEN(rows) ? &rows[i] : NULL;
}
