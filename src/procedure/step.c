/* SPDX-License-Identifier: EUPL-1.2
 * procedure/step.c - see step.h: the tables. A test walks them: every state can be
 * reached and has a way out or is an end, every step has its words, actor and letter. */
#include "procedure/step.h"

#include "identity/user.h"
#include "procedure/effect.h"

#define TEXT 120
#define LONG 300
#define PROSE 2000

#define HEAD ROLE_BIT(ROLE_KEPALA)
#define ADMIN ROLE_BIT(ROLE_ADMIN)
#define BOTH (HEAD | ADMIN)

/* ---- what must come with a step ---- */

#define NUMBER(words, must)                                                                                                        \
	{.name = "nomor", .label = (words), .type = ASK_TEXT, .max = TEXT, .required = (must)},                                    \
	{                                                                                                                          \
		.name = "tanggal", .label = "Tanggal", .type = ASK_DAY, .when = ASK_PAST, .required = (must)                       \
	}
#define SCAN(words, must)                                                                                                          \
	{                                                                                                                          \
		.name = "berkas", .label = (words), .hint = "PDF, JPEG, atau PNG, paling besar 5 MB.", .type = ASK_SCAN,           \
		.required = (must)                                                                                                 \
	}
#define LINES(field, words, must)                                                                                                  \
	{                                                                                                                          \
		.name = (field), .label = (words), .type = ASK_LINES, .max = PROSE, .required = (must)                             \
	}
#define PAST_DAY(field, words)                                                                                                     \
	{                                                                                                                          \
		.name = (field), .label = (words), .type = ASK_DAY, .when = ASK_PAST, .required = true                             \
	}
#define SIGNER                                                                                                                     \
	{                                                                                                                          \
		.name = "penanda_tangan", .label = "Penanda tangan", .type = ASK_TEXT, .max = TEXT, .required = true               \
	}
#define VERSION(words)                                                                                                             \
	{                                                                                                                          \
		.name = "versi", .label = (words), .hint = "Catat dahulu versinya pada halaman perjanjian.", .type = ASK_CHOICE,   \
		.choice = CHOICE_VERSION, .required = true                                                                         \
	}
#define WHERE                                                                                                                      \
	{.name = "pukul", .label = "Pukul (WIB)", .hint = "Misalnya 09.00.", .type = ASK_CLOCK, .required = true},                 \
	{                                                                                                                          \
		.name = "lokasi", .label = "Tempat", .type = ASK_TEXT, .max = TEXT, .required = true                               \
	}

static const struct ask withdraw_asks[] = {LINES("catatan", "Alasan", false), {0}};
static const struct ask decline_asks[] = {
        NUMBER("Nomor surat jawaban", true), LINES("alasan", "Alasan penolakan", true), SCAN("Pindaian surat jawaban", false), {0}};
static const struct ask return_asks[] = {NUMBER("Nomor surat jawaban", true), LINES("alasan", "Yang harus dilengkapi", true), {0}};
static const struct ask answer_asks[] = {
        NUMBER("Nomor surat jawaban", true),
        LINES("alasan", "Pertimbangan", true),
        LINES("isi", "Catatan lain dalam surat", false),
        SCAN("Pindaian surat jawaban", false),
        {0},
};
static const struct ask create_asks[] = {
        {.name = "pengguna.user_id",
         .label = "User ID",
         .hint = "Huruf kecil, angka, titik, atau strip; tidak dapat diganti kemudian.",
         .type = ASK_USER_ID,
         .max = USER_ID_MAX,
         .required = true},
        {.name = "petugas.nama", .label = "Petugas yang menyerahkan", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "petugas.nip", .label = "NIP petugas", .type = ASK_NIP},
        {.name = "petugas.jabatan", .label = "Jabatan petugas", .type = ASK_TEXT, .max = TEXT, .required = true},
        NUMBER("Nomor BAST", false),
        {0},
};
static const struct ask bast_asks[] = {NUMBER("Nomor BAST", true), SCAN("Pindaian BAST bertanda tangan", true), {0}};
static const struct ask close_asks[] = {
        NUMBER("Nomor surat jawaban", true),
        LINES("alasan", "Pertimbangan", true),
        {.name = "isi",
         .label = "Catatan dalam surat",
         .type = ASK_LINES,
         .max = PROSE,
         .required = true,
         .preset = "Seluruh bahan tertulis, grafis, dan fisik yang diperoleh selama bertugas wajib dikembalikan kepada Dinas "
                   "Dukcapil "
                   "sesuai dengan Pernyataan Kerahasiaan (NDA)."},
        {0},
};
static const struct ask give_back_asks[] = {PAST_DAY("tanggal", "Tanggal penyerahan"),
                                            LINES("catatan", "Bahan yang dikembalikan", true),
                                            SCAN("Tanda terima", false),
                                            {0}};
static const struct ask received_asks[] = {PAST_DAY("tanggal", "Tanggal diterima"), LINES("catatan", "Catatan", false), {0}};

static const struct ask schedule_asks[] = {
        NUMBER("Nomor surat", true),
        {.name = "mulai", .label = "Tanggal pelaksanaan", .type = ASK_DAY, .when = ASK_COMING, .required = true},
        WHERE,
        {0},
};
static const struct ask held_asks[] = {PAST_DAY("dilaksanakan", "Tanggal pelaksanaan"), LINES("catatan", "Catatan", false), {0}};
static const struct ask pass_asks[] = {NUMBER("Nomor surat hasil PoC", true), SIGNER, SCAN("Pindaian surat hasil PoC", false), {0}};
static const struct ask fail_asks[] = {NUMBER("Nomor surat hasil PoC", true),
                                       LINES("alasan", "Yang belum berhasil", true),
                                       SCAN("Pindaian surat hasil PoC", false),
                                       {0}};

static const struct ask quota_asks[] = {
        NUMBER("Nomor adendum", true),
        {.name = "jumlah",
         .label = "Kuota yang disetujui (hit per hari)",
         .type = ASK_INT,
         .min = 1,
         .max = 1000000,
         .required = true},
        SCAN("Pindaian adendum bertanda tangan", false),
        {0},
};
static const struct ask confirm_asks[] = {LINES("catatan", "Catatan", false), {0}};
static const struct ask report_asks[] = {
        NUMBER("Nomor laporan", true),
        {.name = "terpakai", .label = "Jumlah hit yang terpakai", .type = ASK_INT, .max = 1000000000, .required = true},
        LINES("kendala", "Kendala dan usul", true),
        SCAN("Pindaian laporan", false),
        {0},
};
static const struct ask changed_asks[] = {PAST_DAY("tanggal", "Tanggal diubah"), VERSION("Versi yang mencatatnya"), {0}};
static const struct ask ministry_asks[] = {
        NUMBER("Nomor surat persetujuan", true), SIGNER, SCAN("Pindaian surat persetujuan", false), {0}};
static const struct ask addendum_asks[] = {VERSION("Versi adendum"), {0}};
static const struct ask forward_asks[] = {NUMBER("Nomor surat penerusan", true),
                                          LINES("isi", "Pertimbangan Dinas Dukcapil", true),
                                          SCAN("Pindaian surat penerusan", false),
                                          {0}};
static const struct ask draft_asks[] = {PAST_DAY("tanggal", "Tanggal rancangan adendum"),
                                        LINES("catatan", "Catatan", false),
                                        SCAN("Rancangan adendum", false),
                                        {0}};
static const struct ask successor_asks[] = {NUMBER("Nomor perjanjian baru", true), LINES("catatan", "Catatan", false), {0}};
static const struct ask acknowledge_asks[] = {NUMBER("Nomor surat jawaban", true),
                                              LINES("alasan", "Pertimbangan", true),
                                              LINES("isi", "Catatan lain dalam surat", false),
                                              {0}};
static const struct ask deliberation_asks[] = {
        NUMBER("Nomor berita acara", true),
        WHERE,
        LINES("pembahasan", "Pembahasan", true),
        LINES("kesimpulan", "Kesimpulan", true),
        SIGNER,
        SCAN("Pindaian berita acara", false),
        {0},
};
static const struct ask settle_asks[] = {
        NUMBER("Nomor kesepakatan", true), LINES("catatan", "Isi kesepakatan", true), SCAN("Pindaian kesepakatan", false), {0}};
static const struct ask law_asks[] = {PAST_DAY("tanggal", "Tanggal"), LINES("catatan", "Jalur hukum yang ditempuh", true), {0}};
static const struct ask minutes_asks[] = {
        NUMBER("Nomor berita acara", true),
        LINES("isi", "Pembahasan", true),
        LINES("kesimpulan", "Kesimpulan dan tindak lanjut", true),
        SIGNER,
        SCAN("Pindaian berita acara", false),
        {0},
};

/* ---- states ---- */

#define DECLINED "declined"
#define WITHDRAWN "withdrawn"
#define ENDS(kind)                                                                                                                 \
	{kind, DECLINED, "Ditolak", TURN_NOBODY, TONE_BAD},                                                                        \
	{                                                                                                                          \
		kind, WITHDRAWN, "Ditarik kembali", TURN_NOBODY, TONE_PLAIN                                                        \
	}
#define FILED(kind)                                                                                                                \
	{                                                                                                                          \
		kind, STATE_FILED, "Menunggu jawaban Dinas Dukcapil", TURN_PROVIDER, TONE_OPEN                                     \
	}

static const struct state_row states[] = {
        FILED(KIND_USER_NEW),
        {KIND_USER_NEW, "created", "User ID dibuat; BAST menunggu tanda tangan", TURN_PROVIDER, TONE_OPEN},
        {KIND_USER_NEW, "done", "User ID diserahkan", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_USER_NEW),
        FILED(KIND_USER_CHANGE),
        {KIND_USER_CHANGE, "done", "Diubah", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_USER_CHANGE),
        FILED(KIND_USER_CLOSE),
        {KIND_USER_CLOSE, "closed", "User ID ditutup; bahan menunggu dikembalikan", TURN_INSTANSI, TONE_OPEN},
        {KIND_USER_CLOSE, "returned", "Bahan dikembalikan; menunggu tanda terima", TURN_PROVIDER, TONE_OPEN},
        {KIND_USER_CLOSE, "done", "Ditutup, bahan telah diterima", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_USER_CLOSE),
        FILED(KIND_POC),
        {KIND_POC, "scheduled", "PoC dijadwalkan", TURN_PROVIDER, TONE_OPEN},
        {KIND_POC, "held", "PoC dilaksanakan; hasil sedang disusun", TURN_PROVIDER, TONE_OPEN},
        {KIND_POC, "passed", "Berhasil; batas kuota dicabut", TURN_NOBODY, TONE_GOOD},
        {KIND_POC, "failed", "Belum berhasil", TURN_NOBODY, TONE_BAD},
        ENDS(KIND_POC),
        FILED(KIND_QUOTA),
        {KIND_QUOTA, "proposed", "Persetujuan diusulkan; menunggu admin lain", TURN_PROVIDER, TONE_OPEN},
        {KIND_QUOTA, "approved", "Kuota darurat disetujui; laporan menyusul setelah berakhir", TURN_INSTANSI, TONE_OPEN},
        {KIND_QUOTA, "done", "Laporan penggunaan diterima", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_QUOTA),
        FILED(KIND_NETWORK),
        {KIND_NETWORK, "replied", "Disetujui; menunggu perubahan di Dinas Dukcapil", TURN_PROVIDER, TONE_OPEN},
        {KIND_NETWORK, "done", "Diubah dan dicatat", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_NETWORK),
        FILED(KIND_METHOD),
        {KIND_METHOD, "replied", "Dijawab; menunggu persetujuan kementerian", TURN_PROVIDER, TONE_OPEN},
        {KIND_METHOD, "approved", "Disetujui kementerian; adendum menunggu dicatat", TURN_PROVIDER, TONE_OPEN},
        {KIND_METHOD, "done", "Dituangkan dalam adendum", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_METHOD),
        FILED(KIND_RENEWAL),
        {KIND_RENEWAL, "forwarded", "Diteruskan kepada Direktur Jenderal", TURN_PROVIDER, TONE_OPEN},
        {KIND_RENEWAL, "drafted", "Rancangan adendum disusun; menunggu persetujuan kementerian", TURN_PROVIDER, TONE_OPEN},
        {KIND_RENEWAL, "approved", "Disetujui kementerian; menunggu dicatat", TURN_PROVIDER, TONE_OPEN},
        {KIND_RENEWAL, "done", "Diperpanjang", TURN_NOBODY, TONE_GOOD},
        {KIND_RENEWAL, "succeeded", "Digantikan perjanjian baru", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_RENEWAL),
        FILED(KIND_OFFICIAL),
        {KIND_OFFICIAL, "done", "Dicatat", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_OFFICIAL),
        FILED(KIND_STRUCTURE),
        {KIND_STRUCTURE, "done", "Dicatat", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_STRUCTURE),
        {KIND_APPLICATION, STATE_FILED, "Menunggu dicatat dalam revisi Juknis", TURN_PROVIDER, TONE_OPEN},
        {KIND_APPLICATION, "done", "Dicatat; PoC dibuka", TURN_NOBODY, TONE_GOOD},
        ENDS(KIND_APPLICATION),
        {KIND_DISPUTE, STATE_FILED, "Menunggu musyawarah", TURN_PROVIDER, TONE_OPEN},
        {KIND_DISPUTE, "deliberating", "Dimusyawarahkan", TURN_PROVIDER, TONE_OPEN},
        {KIND_DISPUTE, "settled", "Selesai dengan mufakat", TURN_NOBODY, TONE_GOOD},
        {KIND_DISPUTE, "law", "Ditempuh jalur hukum", TURN_NOBODY, TONE_BAD},
        {KIND_DISPUTE, WITHDRAWN, "Ditarik kembali", TURN_NOBODY, TONE_PLAIN},
        {KIND_MEETING, STATE_FILED, "Direncanakan", TURN_PROVIDER, TONE_OPEN},
        {KIND_MEETING, "done", "Berita acara dibuat", TURN_NOBODY, TONE_GOOD},
        {KIND_MEETING, WITHDRAWN, "Dibatalkan", TURN_NOBODY, TONE_PLAIN},
};

const struct state_row *state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

const struct state_row *state_find(enum kind kind, struct str key)
{
	for (size_t i = 0; i < LEN(states); i++)
		if (states[i].kind == kind && str_eq(key, str_c(states[i].key)))
			return &states[i];
	return NULL;
}

/* ---- steps ---- */

#define DECLINE(kind)                                                                                                              \
	{                                                                                                                          \
		kind, STATE_FILED, "decline", DECLINED, "Tolak", "Ditolak", ADMIN, false, false, decline_asks, "jawaban", NULL     \
	}
#define SEND_BACK(kind)                                                                                                            \
	{                                                                                                                          \
		kind, STATE_FILED, "decline", DECLINED, "Kembalikan", "Dikembalikan untuk dilengkapi", ADMIN, false, false,        \
		        return_asks, "jawaban", NULL                                                                               \
	}
#define WITHDRAW(kind)                                                                                                             \
	{                                                                                                                          \
		kind, STATE_FILED, "withdraw", WITHDRAWN, "Tarik kembali", "Ditarik kembali", BOTH, true, false, withdraw_asks,    \
		        NO_LETTER, NULL                                                                                            \
	}
#define MINISTRY_NO(kind, from)                                                                                                    \
	{                                                                                                                          \
		kind, from, "ministry-no", DECLINED, "Catat penolakan kementerian", "Tidak disetujui kementerian", ADMIN, false,   \
		        false, decline_asks, "jawaban", NULL                                                                       \
	}

static const struct step_row rows[] = {
        {KIND_USER_NEW, STATE_FILED, "create", "created", "Setujui dan buat user ID", "User ID dibuat", ADMIN, false, true,
         create_asks, "bast", effect_user_add},
        DECLINE(KIND_USER_NEW),
        WITHDRAW(KIND_USER_NEW),
        {KIND_USER_NEW, "created", "bast", "done", "Catat BAST bertanda tangan", "BAST ditandatangani", ADMIN, false, false,
         bast_asks, NO_LETTER, effect_bast},

        {KIND_USER_CHANGE, STATE_FILED, "approve", "done", "Setujui dan ubah", "Diubah", ADMIN, false, false, answer_asks,
         "jawaban", effect_user_change},
        DECLINE(KIND_USER_CHANGE),
        WITHDRAW(KIND_USER_CHANGE),

        {KIND_USER_CLOSE, STATE_FILED, "close", "closed", "Tutup user ID", "User ID ditutup", ADMIN, false, false, close_asks,
         "jawaban", effect_user_close},
        DECLINE(KIND_USER_CLOSE),
        WITHDRAW(KIND_USER_CLOSE),
        {KIND_USER_CLOSE, "closed", "give-back", "returned", "Kembalikan bahan", "Bahan dikembalikan", HEAD, false, false,
         give_back_asks, NO_LETTER, NULL},
        {KIND_USER_CLOSE, "closed", "received", "done", "Catat bahan diterima", "Bahan diterima", ADMIN, false, false,
         received_asks, NO_LETTER, effect_materials},
        {KIND_USER_CLOSE, "returned", "received", "done", "Catat bahan diterima", "Bahan diterima", ADMIN, false, false,
         received_asks, NO_LETTER, effect_materials},

        {KIND_POC, STATE_FILED, "schedule", "scheduled", "Jadwalkan PoC", "PoC dijadwalkan", ADMIN, false, false, schedule_asks,
         "jadwal-poc", NULL},
        DECLINE(KIND_POC),
        WITHDRAW(KIND_POC),
        {KIND_POC, "scheduled", "held", "held", "Catat pelaksanaan", "PoC dilaksanakan", ADMIN, false, false, held_asks, NO_LETTER,
         effect_poc_held},
        {KIND_POC, "scheduled", "schedule", "scheduled", "Jadwalkan ulang", "PoC dijadwalkan ulang", ADMIN, false, false,
         schedule_asks, "jadwal-poc", NULL},
        {KIND_POC, "held", "pass", "passed", "Nyatakan berhasil", "PoC berhasil", ADMIN, false, false, pass_asks, "hasil-poc",
         effect_poc_passed},
        {KIND_POC, "held", "fail", "failed", "Nyatakan belum berhasil", "PoC belum berhasil", ADMIN, false, false, fail_asks,
         "hasil-poc", NULL},

        {KIND_QUOTA, STATE_FILED, "approve", "approved", "Setujui dengan adendum", "Disetujui; adendum dicatat", ADMIN, false,
         false, quota_asks, "adendum", effect_quota},
        {KIND_QUOTA, STATE_FILED, "propose", "proposed", "Usulkan persetujuan kepada admin lain", "Persetujuan diusulkan", ADMIN,
         false, false, quota_asks, NO_LETTER, effect_quota_proposed},
        {KIND_QUOTA, "proposed", "confirm", "approved", "Setujui sebagai admin kedua", "Disetujui; adendum dicatat", ADMIN, false,
         false, confirm_asks, "adendum", effect_quota_confirmed},
        {KIND_QUOTA, "proposed", "decline", DECLINED, "Tolak", "Ditolak", ADMIN, false, false, decline_asks, "jawaban", NULL},
        DECLINE(KIND_QUOTA),
        WITHDRAW(KIND_QUOTA),
        {KIND_QUOTA, "approved", "report", "done", "Sampaikan laporan penggunaan", "Laporan penggunaan disampaikan", HEAD, false,
         false, report_asks, "laporan-kuota", effect_quota_report},

        {KIND_NETWORK, STATE_FILED, "reply", "replied", "Setujui", "Disetujui", ADMIN, false, false, answer_asks, "jawaban", NULL},
        DECLINE(KIND_NETWORK),
        WITHDRAW(KIND_NETWORK),
        {KIND_NETWORK, "replied", "changed", "done", "Catat perubahan", "Diubah di Dinas Dukcapil", ADMIN, false, false,
         changed_asks, NO_LETTER, effect_version_linked},

        {KIND_METHOD, STATE_FILED, "reply", "replied", "Jawab dan usulkan", "Dijawab", ADMIN, false, false, answer_asks, "jawaban",
         NULL},
        DECLINE(KIND_METHOD),
        WITHDRAW(KIND_METHOD),
        {KIND_METHOD, "replied", "ministry", "approved", "Catat persetujuan kementerian", "Disetujui kementerian", ADMIN, false,
         false, ministry_asks, NO_LETTER, effect_ministry},
        MINISTRY_NO(KIND_METHOD, "replied"),
        {KIND_METHOD, "approved", "addendum", "done", "Tautkan adendum", "Dituangkan dalam adendum", ADMIN, false, false,
         addendum_asks, "adendum", effect_version_method},

        {KIND_RENEWAL, STATE_FILED, "forward", "forwarded", "Teruskan kepada Direktur Jenderal", "Diteruskan", ADMIN, false, false,
         forward_asks, "penerusan-perpanjangan", NULL},
        DECLINE(KIND_RENEWAL),
        WITHDRAW(KIND_RENEWAL),
        {KIND_RENEWAL, "forwarded", "draft", "drafted", "Catat rancangan adendum", "Rancangan adendum disusun", ADMIN, false, false,
         draft_asks, NO_LETTER, NULL},
        MINISTRY_NO(KIND_RENEWAL, "forwarded"),
        {KIND_RENEWAL, "drafted", "ministry", "approved", "Catat persetujuan kementerian", "Disetujui kementerian", ADMIN, false,
         false, ministry_asks, NO_LETTER, effect_ministry},
        MINISTRY_NO(KIND_RENEWAL, "drafted"),
        {KIND_RENEWAL, "approved", "record", "done", "Tautkan adendum perpanjangan", "Diperpanjang", ADMIN, false, false,
         addendum_asks, "adendum", effect_version_renewal},
        {KIND_RENEWAL, "approved", "successor", "succeeded", "Catat perjanjian baru", "Digantikan perjanjian baru", ADMIN, false,
         false, successor_asks, NO_LETTER, NULL},

        {KIND_OFFICIAL, STATE_FILED, "acknowledge", "done", "Catat pejabat", "Dicatat", ADMIN, false, false, acknowledge_asks,
         "jawaban", effect_official},
        SEND_BACK(KIND_OFFICIAL),
        WITHDRAW(KIND_OFFICIAL),

        {KIND_STRUCTURE, STATE_FILED, "acknowledge", "done", "Catat narahubung", "Dicatat", ADMIN, false, false, acknowledge_asks,
         "jawaban", effect_structure},
        SEND_BACK(KIND_STRUCTURE),
        WITHDRAW(KIND_STRUCTURE),

        {KIND_APPLICATION, STATE_FILED, "record", "done", "Catat dan buka PoC", "Dicatat dalam revisi Juknis", ADMIN, false, false,
         addendum_asks, "adendum", effect_application},
        DECLINE(KIND_APPLICATION),
        WITHDRAW(KIND_APPLICATION),

        {KIND_DISPUTE, STATE_FILED, "deliberate", "deliberating", "Catat musyawarah", "Musyawarah", ADMIN, false, false,
         deliberation_asks, "berita-acara-musyawarah", effect_minutes},
        WITHDRAW(KIND_DISPUTE),
        {KIND_DISPUTE, "deliberating", "deliberate", "deliberating", "Catat musyawarah lanjutan", "Musyawarah", ADMIN, false, false,
         deliberation_asks, "berita-acara-musyawarah", effect_minutes},
        {KIND_DISPUTE, "deliberating", "settle", "settled", "Catat mufakat", "Mufakat", ADMIN, false, false, settle_asks, NO_LETTER,
         NULL},
        {KIND_DISPUTE, "deliberating", "law", "law", "Catat jalur hukum", "Ditempuh jalur hukum", BOTH, false, false, law_asks,
         NO_LETTER, NULL},

        {KIND_MEETING, STATE_FILED, "minutes", "done", "Buat berita acara", "Berita acara dibuat", ADMIN, false, false,
         minutes_asks, "berita-acara-rapat", effect_minutes},
        WITHDRAW(KIND_MEETING),
};

const struct step_row *step_at(size_t i)
{
	return i < LEN(rows) ? &rows[i] : NULL;
}

const struct step_row *step_find(enum kind kind, struct str from, struct str key)
{
	for (size_t i = 0; i < LEN(rows); i++)
		if (rows[i].kind == kind && str_eq(key, str_c(rows[i].key)) && (!from.at || str_eq(from, str_c(rows[i].from))))
			return &rows[i];
	return NULL;
}
