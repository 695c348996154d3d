/* SPDX-License-Identifier: EUPL-1.2
 * journal/act.c - the table of what can happen. Keys are stored in entries for
 * ever: add rows, never rename one. */
#include "journal/journal.h"

#include <assert.h>

static const struct act_row acts[] = {
	{ACT_LOOKUP, "lookup", "Verifikasi NIK"},
	{ACT_SLIP, "slip", "Cetak slip verifikasi"},
	{ACT_LOGIN, "login", "Masuk"},
	{ACT_LOGOUT, "logout", "Keluar"},
	{ACT_SESSION_END, "session_end", "Sesi diakhiri"},
	{ACT_PASSWORD, "password", "Penggantian kata sandi"},
	{ACT_CHOOSE, "choose", "Pemilihan kejadian"},
	{ACT_USER, "user", "Perubahan User ID"},
	{ACT_AGREEMENT, "agreement", "Perubahan perjanjian"},
	{ACT_INSTANSI, "instansi", "Perubahan instansi"},
	{ACT_PAPER, "paper", "Perubahan berkas"},
	{ACT_KEJADIAN, "kejadian", "Perubahan kejadian"},
	{ACT_CREDENTIAL, "credential", "Perubahan kredensial layanan"},
	{ACT_REGISTRY, "registry", "Pemutakhiran data kependudukan"},
	{ACT_CHECKPOINT, "checkpoint", "Penandatanganan jurnal"},
	{ACT_EXPORT, "export", "Ekspor"},
	{ACT_START, "start", "Layanan dimulai"},
	{ACT_STOP, "stop", "Layanan dihentikan"},
	{ACT_KEY, "key", "Pemusnahan kunci"},
	{ACT_CALENDAR, "calendar", "Perubahan kalender hari kerja"},
	{ACT_CODE, "code", "Kode sekali pakai"},
	{ACT_GUARD, "guard", "Penjaga pola"},
	{ACT_REQUEST, "request", "Permohonan"},
	{ACT_FEEDBACK, "feedback", "Data balikan"},
	{ACT_SANDBOX, "sandbox", "Latihan PoC (data buatan)"},
	{ACT_OUTAGE, "outage", "Pemeliharaan terencana"},
	{ACT_REPORT, "report", "Laporan"},
	{ACT_EVALUATION, "evaluation", "Evaluasi"},
	{ACT_INCIDENT, "incident", "Insiden"},
	{ACT_HISTORY, "history", "Pencarian riwayat akses NIK"},
	{ACT_TRACE, "trace", "Penelusuran asal cetakan atau tangkapan layar"},
	{ACT_COSIGN, "cosign", "Tanda tangan bersama checkpoint"},
	{ACT_RELAY, "relay", "Pertanyaan ke sistem di atas"},
	{ACT_RESTORE, "restore", "Pemulihan dari cadangan"},
	{ACT_MOVE, "move", "Pemindahan basis data kantor"},
	{ACT_ARCHIVE, "archive", "Pengarsipan entri jurnal"},
};
static_assert(LEN(acts) == ACT_COUNT, "every act has its row");

const struct act_row *act_at(size_t i)
{
	assert(i < LEN(acts) && acts[i].act == (enum act)i);
	return &acts[i];
}

enum rc act_from_key(struct str key, enum act *ret)
{
	for (size_t i = 0; i < LEN(acts); i++) {
		if (!str_eq(key, str_c(acts[i].key)))
			continue;
		*ret = acts[i].act;
		return RC_OK;
	}
	return RC_INVALID;
}
