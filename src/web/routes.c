/* SPDX-License-Identifier: EUPL-1.2
 * web/routes.c - the portal's table of routes: who may come, what a body may weigh,
 * what is journaled. */
#include "gate/one_time.h"
#include "gate/upload.h"
#include "web/bulk.h"
#include "web/pages.h"
#include "web/request_form.h"
#include "web/print.h"
#include "web/web.h"

#define INSTANSI (ROLE_BIT(ROLE_KEPALA) | ROLE_BIT(ROLE_OPERATOR))
#define PROVIDER (ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_AUDITOR))
#define PEOPLE (INSTANSI | PROVIDER)
#define HEAD ROLE_BIT(ROLE_KEPALA)
/* One's own account stays within reach when the instansi is stopped, or when the
 * password must be changed first. */
#define OWN (ROUTE_ENDED | ROUTE_MUST_CHANGE)
/* And the way in, while a one-time code is missing. */
#define HALF (ROUTE_ENDED | ROUTE_CODE)
#define FORM 4096 /* bytes; the largest form is a new kejadian */
#define ADMIN ROLE_BIT(ROLE_ADMIN)
#define DRAFT_FORM (160 << 10)   /* every field of an agreement, its rows at their fullest */
#define AGREEMENT_FILE (1 << 20) /* with what a multipart form wraps around it */
#define CALENDAR_FORM (96 << 10) /* 48 KB of CSV, escaped, or as a file */
#define CONTACTS_FORM (40 << 10) /* sixteen rows, escaped */
#define NASKAH_FORM (200 << 10)  /* 64 KB of text, escaped */
#define CHECKLIST_FORM (64 << 10) /* findings and a remark on every point, escaped */
#define REPORT_FORM (64 << 10)   /* two texts of 8,000 letters, escaped */
#define NOTE_FORM (32 << 10)     /* a signed note as a file and as text, escaped */
#define TEXT 16384 /* with a text of a thousand letters, each percent-encoded */

/* The last column, `after`, stands only in the rows that have one. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

const struct route web_routes[] = {
	{HTTP_GET, "/aset/*", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_asset_get},

	{HTTP_GET, "/masuk", 0, ROUTE_PUBLIC | ROUTE_CODE, 0, ACT_COUNT, NULL, NULL, page_login_get},
	{HTTP_POST, "/masuk", 0, ROUTE_PUBLIC | ROUTE_CSRF, FORM, ACT_LOGIN, page_login_slow, NULL, page_login_post},
	{HTTP_GET, "/keluar", PEOPLE, OWN | ROUTE_CODE, 0, ACT_COUNT, NULL, NULL, page_logout_get},
	{HTTP_POST, "/keluar", PEOPLE, OWN | ROUTE_CODE | ROUTE_CSRF, FORM, ACT_LOGOUT, NULL, NULL, page_logout_post},
	{HTTP_GET, "/kode", PEOPLE, HALF, 0, ACT_COUNT, NULL, NULL, page_code_get},
	{HTTP_POST, "/kode", PEOPLE, HALF | ROUTE_CSRF, FORM, ACT_CODE, NULL, NULL, page_code_post},
	{HTTP_GET, "/kode/daftar", PEOPLE, HALF, 0, ACT_COUNT, NULL, NULL, page_enrol_get},
	{HTTP_POST, "/kode/daftar", PEOPLE, HALF | ROUTE_CSRF, FORM, ACT_CODE, page_enrol_slow, NULL, page_enrol_post},

	{HTTP_GET, "/", PEOPLE, 0, 0, ACT_COUNT, NULL, NULL, page_home_get},
	{HTTP_GET, "/panduan", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_guide_get},
	{HTTP_GET, "/panduan/balikan", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_guide_balikan_get},
	{HTTP_GET, "/panduan/api", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_guide_api_get},
	{HTTP_GET, "/panduan/api/*", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_guide_api_get},
	{HTTP_GET, "/panduan/latihan", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_guide_sandbox_get},
	{HTTP_GET, "/panduan/pengawasan", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_guide_oversight_get},

	{HTTP_GET, "/verifikasi", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_lookup_get},
	{HTTP_POST, "/verifikasi", INSTANSI, ROUTE_CSRF, FORM, ACT_LOOKUP, NULL, page_lookup_inquiry, page_lookup_post},
	{HTTP_POST, "/verifikasi/slip", INSTANSI, ROUTE_CSRF, FORM, ACT_SLIP, NULL, NULL, page_slip_print},
	{HTTP_GET, "/slip", PROVIDER | HEAD, 0, 0, ACT_COUNT, NULL, NULL, page_check_get},
	{HTTP_POST, "/slip", PROVIDER | HEAD, ROUTE_CSRF, FORM, ACT_SLIP, NULL, NULL, page_check_post},

	{HTTP_GET, "/riwayat", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_history_get},
	{HTTP_POST, "/riwayat", PROVIDER, ROUTE_CSRF, FORM, ACT_HISTORY, page_history_slow, NULL, page_history_post},
	{HTTP_POST, "/riwayat/cetak", PROVIDER, ROUTE_CSRF, FORM, ACT_HISTORY, NULL, NULL, page_history_print,
	 page_history_print_after},

	{HTTP_GET, "/kejadian", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_kejadian_get},
	{HTTP_POST, "/kejadian", INSTANSI, ROUTE_CSRF, FORM, ACT_CHOOSE, NULL, NULL, page_kejadian_choose},
	{HTTP_POST, "/kejadian/baru", INSTANSI, ROUTE_CSRF, FORM, ACT_KEJADIAN, NULL, NULL, page_kejadian_new},
	{HTTP_GET, "/kejadian/tutup", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_kejadian_close_get},
	{HTTP_POST, "/kejadian/tutup", INSTANSI, ROUTE_CSRF, FORM, ACT_KEJADIAN, NULL, NULL, page_kejadian_close_post},
	{HTTP_GET, "/kejadian/arsip", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_kejadian_archive_get},

	{HTTP_GET, "/korban", INSTANSI | PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_victims_get},
	{HTTP_POST, "/korban/cari", INSTANSI, ROUTE_DEBT | ROUTE_CSRF, FORM, ACT_FEEDBACK, NULL, NULL, page_victims_find},
	{HTTP_GET, "/korban/orang", INSTANSI | PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_victim_get},
	{HTTP_POST, "/korban/orang", INSTANSI, ROUTE_DEBT | ROUTE_CSRF, FORM, ACT_FEEDBACK, NULL, NULL, page_victim_post},

	{HTTP_POST, "/korban/catat", INSTANSI, ROUTE_DEBT | ROUTE_CSRF, FORM, ACT_FEEDBACK, NULL, NULL, page_tell_post},
	{HTTP_GET, "/korban/unggah", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_bulk_get},
	{HTTP_POST, "/korban/unggah", INSTANSI, ROUTE_DEBT | ROUTE_CSRF, BULK_BODY_MAX, ACT_FEEDBACK, page_bulk_slow, NULL,
	 page_bulk_post},
	{HTTP_GET, "/korban/unggah/contoh", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_bulk_sample},
	{HTTP_GET, "/korban/unggah/daftar", INSTANSI, 0, 0, ACT_COUNT, page_bulk_list_slow, NULL, page_bulk_list_get},
	{HTTP_GET, "/korban/unggah/perbaikan", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_bulk_wrong_get,
	 page_bulk_wrong_after},
	{HTTP_POST, "/korban/unggah/simpan", INSTANSI, ROUTE_DEBT | ROUTE_CSRF, FORM, ACT_FEEDBACK, NULL, NULL, page_bulk_save},
	{HTTP_POST, "/korban/unggah/buang", INSTANSI, ROUTE_DEBT | ROUTE_CSRF, FORM, ACT_FEEDBACK, NULL, NULL, page_bulk_drop},

	{HTTP_GET, "/balikan", PROVIDER, 0, 0, ACT_COUNT, page_balikan_slow, NULL, page_balikan_get},
	{HTTP_GET, "/balikan/instansi", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_balikan_one_get},
	{HTTP_GET, "/balikan/unduh", PROVIDER, 0, 0, ACT_EXPORT, NULL, NULL, page_balikan_file_get,
	 page_balikan_file_after},
	{HTTP_GET, "/korban/unduh", INSTANSI, 0, 0, ACT_EXPORT, NULL, NULL, page_balikan_file_get,
	 page_balikan_file_after},
	{HTTP_GET, "/balikan/kirim", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_outbox_get},
	{HTTP_POST, "/balikan/kirim", ADMIN, ROUTE_CSRF, FORM, ACT_FEEDBACK, NULL, NULL, page_outbox_post},

	{HTTP_GET, "/dasbor", PROVIDER | HEAD, 0, 0, ACT_COUNT, page_board_slow, NULL, page_board_get},
	{HTTP_GET, "/dasbor/sekarang", PROVIDER | HEAD, ROUTE_STILL, 0, ACT_COUNT, page_board_now_slow, NULL, page_board_now_get},

	{HTTP_GET, "/instansi/baru", ADMIN, 0, 0, ACT_COUNT, NULL, NULL, page_instansi_get},
	{HTTP_POST, "/instansi/baru", ADMIN, ROUTE_CSRF, FORM, ACT_INSTANSI, NULL, NULL, page_instansi_post},
	{HTTP_GET, "/perjanjian", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_agreement_get},
	{HTTP_GET, "/perjanjian/versi", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_version_get},
	{HTTP_GET, "/perjanjian/berkas", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_version_file},
	{HTTP_GET, "/perjanjian/rancangan", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_draft_get},
	{HTTP_POST, "/perjanjian/rancangan", ADMIN, ROUTE_CSRF, DRAFT_FORM, ACT_AGREEMENT, NULL, NULL, page_draft_save},
	{HTTP_POST, "/perjanjian/rancangan/mulai", ADMIN, ROUTE_CSRF, FORM, ACT_AGREEMENT, NULL, NULL, page_draft_begin},
	{HTTP_POST, "/perjanjian/rancangan/muat", ADMIN, ROUTE_CSRF, AGREEMENT_FILE, ACT_AGREEMENT, NULL, NULL, page_draft_import},
	{HTTP_POST, "/perjanjian/rancangan/catat", ADMIN, ROUTE_CSRF, FORM, ACT_AGREEMENT, NULL, NULL, page_draft_record},
	{HTTP_POST, "/perjanjian/rancangan/buang", ADMIN, ROUTE_CSRF, FORM, ACT_AGREEMENT, NULL, NULL, page_draft_drop},
	{HTTP_GET, "/perjanjian/status", ADMIN, 0, 0, ACT_COUNT, NULL, NULL, page_life_get},
	{HTTP_POST, "/perjanjian/status", ADMIN, ROUTE_CSRF, 3 * FORM, ACT_INSTANSI, NULL, NULL, page_life_post},
	{HTTP_GET, "/perjanjian/surat", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_life_letter_get,
	 page_life_letter_after},

	{HTTP_GET, "/pemeliharaan", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_outage_get},
	{HTTP_POST, "/pemeliharaan", ADMIN, ROUTE_CSRF, FORM, ACT_OUTAGE, NULL, NULL, page_outage_post},
	{HTTP_POST, "/pemeliharaan/batal", ADMIN, ROUTE_CSRF, FORM, ACT_OUTAGE, NULL, NULL, page_outage_cancel},

	{HTTP_GET, "/kalender", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_calendar_get},
	{HTTP_POST, "/kalender", ROLE_BIT(ROLE_ADMIN), ROUTE_CSRF, CALENDAR_FORM, ACT_CALENDAR, NULL, NULL, page_calendar_post},

	{HTTP_GET, "/laporan", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_reports_get},
	{HTTP_GET, "/laporan/baru", ADMIN | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_report_new_get},
	{HTTP_POST, "/laporan/baru", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, FORM, ACT_REPORT, NULL, NULL, page_report_new_post},
	{HTTP_GET, "/laporan/isi", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_report_get},
	{HTTP_GET, "/laporan/hitung", PROVIDER | HEAD, ROUTE_ENDED | ROUTE_STILL, 0, ACT_COUNT, NULL, NULL, page_report_get},
	{HTTP_POST, "/laporan/teks", HEAD, ROUTE_ENDED | ROUTE_CSRF, REPORT_FORM, ACT_REPORT, NULL, NULL, page_report_text_post},
	{HTTP_POST, "/laporan/langkah", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, REQUEST_BODY_MAX, ACT_REPORT,
	 page_report_step_slow, NULL, page_report_step_post},
	{HTTP_GET, "/laporan/unduh", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_report_file_get,
	 page_report_file_after},
	{HTTP_GET, "/laporan/lampiran", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_report_scan_get,
	 page_report_scan_after},

	{HTTP_GET, "/kewajiban", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_duty_get},

	{HTTP_GET, "/pengguna", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_users_get},
	{HTTP_GET, "/pengguna/rincian", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_user_get},
	{HTTP_GET, "/pengguna/baru", ADMIN, 0, 0, ACT_COUNT, NULL, NULL, page_user_new_get},
	{HTTP_POST, "/pengguna/baru", ADMIN, ROUTE_CSRF, FORM, ACT_USER, one_time_slow, NULL, page_user_new_post},
	{HTTP_POST, "/pengguna/ubah", ADMIN, ROUTE_CSRF, FORM, ACT_USER, NULL, NULL, page_user_change},
	{HTTP_POST, "/pengguna/tutup", ADMIN, ROUTE_CSRF, FORM, ACT_USER, NULL, NULL, page_user_close},
	{HTTP_POST, "/pengguna/bahan", ADMIN, ROUTE_CSRF, FORM, ACT_USER, NULL, NULL, page_user_back},
	{HTTP_POST, "/pengguna/buka", ADMIN, ROUTE_CSRF, FORM, ACT_USER, NULL, NULL, page_user_open},
	{HTTP_POST, "/pengguna/kode", ADMIN, ROUTE_CSRF, FORM, ACT_USER, NULL, NULL, page_user_code},
	{HTTP_POST, "/pengguna/sandi", ADMIN, ROUTE_CSRF, FORM, ACT_USER, one_time_slow, NULL, page_user_password},
	{HTTP_GET, "/pengguna/bast", ADMIN, 0, 0, ACT_COUNT, NULL, NULL, page_print_bast, print_after},

	{HTTP_GET, "/layanan", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_services_get},
	{HTTP_GET, "/layanan/rincian", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_service_get},
	{HTTP_POST, "/layanan/kredensial", ADMIN, ROUTE_CSRF, FORM, ACT_CREDENTIAL, NULL, NULL, page_service_make},
	{HTTP_POST, "/layanan/akhiri", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, FORM, ACT_CREDENTIAL, NULL, NULL, page_service_end},
	{HTTP_POST, "/layanan/ikatan", ADMIN, ROUTE_CSRF, FORM, ACT_CREDENTIAL, NULL, NULL, page_service_bind},
	{HTTP_POST, "/layanan/cakupan", ADMIN, ROUTE_CSRF, FORM, ACT_CREDENTIAL, NULL, NULL, page_service_scopes},
	{HTTP_GET, "/layanan/bast", ADMIN, 0, 0, ACT_COUNT, NULL, NULL, page_service_bast, print_after},

	{HTTP_GET, "/dokumen", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_papers_get},
	{HTTP_GET, "/dokumen/rincian", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_paper_get},
	{HTTP_POST, "/dokumen/putuskan", ADMIN, ROUTE_CSRF, FORM, ACT_PAPER, NULL, NULL, page_paper_decide},
	{HTTP_GET, "/dokumen/pindaian", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_paper_scan,
	 page_paper_scan_after},
	{HTTP_GET, "/dokumen/baru", ADMIN | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_paper_new_get},
	{HTTP_POST, "/dokumen/baru", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, SCAN_BODY_MAX, ACT_PAPER, page_paper_new_slow, NULL,
	 page_paper_new_post},
	{HTTP_GET, "/dokumen/cetak", ADMIN | INSTANSI, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_print_get, print_after},
	{HTTP_GET, "/pejabat", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_officials_get},
	{HTTP_POST, "/pejabat", ADMIN, ROUTE_CSRF, FORM, ACT_INSTANSI, NULL, NULL, page_officials_post},
	{HTTP_GET, "/pejabat/narahubung", ADMIN, 0, 0, ACT_COUNT, NULL, NULL, page_contacts_get},
	{HTTP_POST, "/pejabat/narahubung", ADMIN, ROUTE_CSRF, CONTACTS_FORM, ACT_INSTANSI, NULL, NULL, page_contacts_post},

	{HTTP_GET, "/permohonan", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_requests_get},
	{HTTP_GET, "/permohonan/baru", HEAD | ADMIN, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_request_new_get},
	{HTTP_POST, "/permohonan/baru", HEAD | ADMIN, ROUTE_ENDED | ROUTE_CSRF, REQUEST_BODY_MAX, ACT_REQUEST,
	 page_request_new_slow, NULL, page_request_new_post},
	{HTTP_GET, "/permohonan/isi", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_request_get},
	{HTTP_POST, "/permohonan/langkah", HEAD | ADMIN, ROUTE_ENDED | ROUTE_CSRF, REQUEST_BODY_MAX, ACT_REQUEST,
	 page_request_step_slow, NULL, page_request_step_post},
	{HTTP_GET, "/permohonan/surat", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_request_letter_get,
	 page_request_letter_after},
	{HTTP_GET, "/permohonan/lampiran", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_request_scan_get,
	 page_request_scan_after},

	{HTTP_GET, "/evaluasi", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_evaluations_get},
	{HTTP_GET, "/evaluasi/baru", ADMIN, 0, 0, ACT_COUNT, NULL, NULL, page_evaluation_new_get},
	{HTTP_POST, "/evaluasi/baru", ADMIN, ROUTE_CSRF, FORM, ACT_EVALUATION, NULL, NULL, page_evaluation_new_post},
	{HTTP_GET, "/evaluasi/isi", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_evaluation_get},
	{HTTP_GET, "/evaluasi/hitung", PROVIDER | HEAD, ROUTE_ENDED | ROUTE_STILL, 0, ACT_COUNT, NULL, NULL, page_evaluation_get},
	{HTTP_POST, "/evaluasi/isi", ADMIN, ROUTE_CSRF, CHECKLIST_FORM, ACT_EVALUATION, NULL, NULL, page_evaluation_draft_post},
	{HTTP_POST, "/evaluasi/langkah", ADMIN, ROUTE_CSRF, TEXT, ACT_EVALUATION, NULL, NULL, page_evaluation_step_post},
	{HTTP_GET, "/evaluasi/surat", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_evaluation_letter_get,
	 page_evaluation_letter_after},
	{HTTP_GET, "/insiden", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_incidents_get},
	{HTTP_GET, "/insiden/baru", ADMIN | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_incident_new_get},
	{HTTP_POST, "/insiden/baru", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, TEXT, ACT_INCIDENT, NULL, NULL,
	 page_incident_new_post},
	{HTTP_GET, "/insiden/isi", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_incident_get},
	{HTTP_POST, "/insiden/langkah", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, TEXT, ACT_INCIDENT, NULL, NULL, page_incident_step},
	{HTTP_GET, "/insiden/akses", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_incident_list_get},
	{HTTP_POST, "/insiden/akses", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, FORM, ACT_INCIDENT, NULL, NULL, page_incident_ask},
	{HTTP_GET, "/insiden/unduh", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_incident_file_get,
	 page_incident_file_after},
	{HTTP_GET, "/insiden/nik", ADMIN, 0, 0, ACT_EXPORT, page_incident_niks_slow, NULL, page_incident_niks_get,
	 page_incident_niks_after},
	{HTTP_GET, "/insiden/surat", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_incident_letter_get,
	 print_after},
	{HTTP_GET, "/telusur", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_trace_get},
	{HTTP_POST, "/telusur", PROVIDER, ROUTE_CSRF, FORM, ACT_TRACE, page_trace_slow, NULL, page_trace_post},

	{HTTP_GET, "/naskah", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_wordings_get},
	{HTTP_POST, "/naskah/kop", ADMIN, ROUTE_CSRF, 16384, ACT_PAPER, NULL, NULL, page_wording_face_post},
	{HTTP_GET, "/naskah/isi", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_wording_get},
	{HTTP_POST, "/naskah/isi", ADMIN, ROUTE_CSRF, NASKAH_FORM, ACT_PAPER, NULL, NULL, page_wording_post,
	 page_wording_sample_after},
	{HTTP_GET, "/naskah/contoh", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_wording_sample_get, page_wording_sample_after},

	{HTTP_GET, "/penjaga", PROVIDER | HEAD, 0, 0, ACT_COUNT, NULL, NULL, page_guard_get},
	{HTTP_POST, "/penjaga/penjelasan", HEAD, ROUTE_CSRF, TEXT, ACT_GUARD, NULL, NULL, page_guard_plead},
	{HTTP_POST, "/penjaga/keputusan", ROLE_BIT(ROLE_ADMIN), ROUTE_CSRF, TEXT, ACT_GUARD, NULL, NULL, page_guard_decide},
	{HTTP_GET, "/penjaga/*", PROVIDER | HEAD, 0, 0, ACT_COUNT, NULL, NULL, page_guard_one},

	{HTTP_GET, "/jurnal", PROVIDER, 0, 0, ACT_EXPORT, page_journal_slow, NULL, page_journal_get},
	{HTTP_GET, "/jurnal/entri", PROVIDER, 0, 0, ACT_EXPORT, NULL, NULL, page_journal_entry_get},
	{HTTP_GET, "/jurnal/bukti", PROVIDER, 0, 0, ACT_EXPORT, NULL, NULL, page_journal_proof_get, page_journal_proof_after},
	{HTTP_GET, "/jurnal/keutuhan", PROVIDER, 0, 0, ACT_COUNT, NULL, NULL, page_journal_check_get},
	{HTTP_POST, "/jurnal/periksa", PROVIDER, ROUTE_CSRF, FORM, ACT_CHECKPOINT, NULL, NULL, page_journal_check_post},
	{HTTP_POST, "/jurnal/checkpoint", ADMIN, ROUTE_CSRF, FORM, ACT_CHECKPOINT, NULL, NULL, page_journal_sign_post},
	{HTTP_GET, "/jurnal/checkpoint", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_EXPORT, NULL, NULL, page_journal_note_get},
	{HTTP_GET, "/jurnal/ekspor", PROVIDER, 0, 0, ACT_EXPORT, NULL, NULL, page_journal_export_get, page_journal_export_after},
	{HTTP_GET, "/jurnal/tanda-tangan", PROVIDER | HEAD, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_cosign_get},
	{HTTP_POST, "/jurnal/tanda-tangan", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, NOTE_FORM, ACT_COSIGN, NULL, NULL,
	 page_cosign_post},
	{HTTP_POST, "/jurnal/kunci", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, FORM, ACT_COSIGN, NULL, NULL, page_cosign_key_post},
	{HTTP_POST, "/jurnal/kunci/sahkan", ADMIN, ROUTE_CSRF, FORM, ACT_COSIGN, NULL, NULL, page_cosign_confirm_post},
	{HTTP_POST, "/jurnal/kunci/akhiri", ADMIN | HEAD, ROUTE_ENDED | ROUTE_CSRF, FORM, ACT_COSIGN, NULL, NULL,
	 page_cosign_end_post},

	{HTTP_GET, "/sandi", PEOPLE, OWN, 0, ACT_COUNT, NULL, NULL, page_password_get},
	{HTTP_POST, "/sandi", PEOPLE, OWN | ROUTE_CSRF, FORM, ACT_PASSWORD, page_password_slow, NULL, page_password_post},
	{HTTP_GET, "/kode/atur", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_codes_get},
	{HTTP_POST, "/kode/atur", PEOPLE, ROUTE_ENDED | ROUTE_CSRF, FORM, ACT_CODE, page_enrol_slow, NULL, page_codes_post},
	{HTTP_GET, "/sesi", PEOPLE, OWN, 0, ACT_COUNT, NULL, NULL, page_sessions_get},
	{HTTP_POST, "/sesi", PEOPLE, OWN | ROUTE_CSRF, FORM, ACT_SESSION_END, NULL, NULL, page_sessions_post},
	{0},
};
