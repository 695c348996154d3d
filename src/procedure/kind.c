/* SPDX-License-Identifier: EUPL-1.2
 * procedure/kind.c - see kind.h: the table, and the forms it names. Fields that a
 * letter prints are called as the letter calls them. */
#include "procedure/kind.h"

#include "identity/user.h"
#include "procedure/effect.h"

#define TEXT 120
#define LONG 300
#define PROSE 2000

#define HEAD ROLE_BIT(ROLE_KEPALA)
#define ADMIN ROLE_BIT(ROLE_ADMIN)

/* Every form of the agency begins with its letter. */
#define LETTER                                                                                                                     \
	{.name = "nomor", .label = "Nomor surat", .type = ASK_TEXT, .max = TEXT, .required = true},                                \
	{                                                                                                                          \
		.name = "tanggal", .label = "Tanggal surat", .type = ASK_DAY, .when = ASK_PAST, .required = true                   \
	}
#define SCAN(words, must)                                                                                                          \
	{                                                                                                                          \
		.name = "berkas", .label = (words), .hint = "PDF, JPEG, atau PNG, paling besar 5 MB.", .type = ASK_SCAN,           \
		.required = (must)                                                                                                 \
	}
#define STUDY                                                                                                                      \
	{                                                                                                                          \
		.name = "kajian", .label = "Kajian teknis", .hint = "PDF, JPEG, atau PNG, paling besar 5 MB.", .type = ASK_SCAN,   \
		.required = true                                                                                                   \
	}
#define REASON(words)                                                                                                              \
	{                                                                                                                          \
		.name = "alasan", .label = (words), .type = ASK_LINES, .max = PROSE, .required = true                              \
	}

/* The six items of the guideline's form (J.II.A/B); the third is two fields. */
#define PERSON                                                                                                                     \
	{.name = "pengguna.nama", .label = "1. Nama lengkap", .type = ASK_TEXT, .max = USER_HOLDER_MAX, .required = true},         \
	        {.name = "pengguna.nik",                                                                                           \
	         .label = "2. NIK",                                                                                                \
	         .hint = "16 angka; disimpan tersegel, tersamar bagi selain kepala dan admin.",\
	         .type = ASK_NIK,                                                                                                  \
	         .required = true,                                                                                                 \
	         .sealed = true},                                                                                                  \
	        {.name = "pengguna.nip", .label = "3. NIP", .hint = "18 angka; kosongkan bila tidak ada.", .type = ASK_NIP},       \
	        {.name = "pengguna.jabatan", .label = "3. Jabatan", .type = ASK_TEXT, .max = USER_HOLDER_MAX, .required = true},   \
	        {.name = "pengguna.unit", .label = "4. Unit kerja", .type = ASK_TEXT, .max = TEXT, .required = true},              \
	        {.name = "pengguna.alamat", .label = "5. Alamat kantor", .type = ASK_TEXT, .max = LONG, .required = true},         \
	{                                                                                                                          \
		.name = "pengguna.kode_wilayah", .label = "6. Kode wilayah kantor", .hint = "Misalnya 33.04 atau 33.04.13.",       \
		.type = ASK_REGION, .required = true                                                                               \
	}
#define OWN_USER                                                                                                                   \
	{                                                                                                                          \
		.name = "pengguna.user_id", .label = "User ID", .type = ASK_CHOICE, .choice = CHOICE_USER, .required = true        \
	}

static const struct ask user_new_asks[] = {
        LETTER,
        PERSON,
        {.name = "pengguna.user_id",
         .label = "User ID yang diinginkan",
         .hint = "Boleh dikosongkan; ditetapkan Dinas Dukcapil.",
         .type = ASK_USER_ID,
         .max = USER_ID_MAX},
        REASON("Keperluan"),
        SCAN("Pindaian surat dan formulir bertanda tangan", false),
        {0},
};
static const struct ask user_change_asks[] = {
        LETTER,
        OWN_USER,
        PERSON,
        {.name = "persempit",
         .label = "Alamat akses yang diizinkan",
         .hint = "Untuk mempersempit titik akses user ID ini, misalnya 192.0.2.0/28; kosongkan bila mengikuti perjanjian.",
         .type = ASK_NETS,
         .max = LONG},
        REASON("Alasan perubahan"),
        SCAN("Pindaian surat dan formulir bertanda tangan", false),
        {0},
};
static const struct ask user_close_asks[] = {
        LETTER, OWN_USER, REASON("Alasan penutupan"), SCAN("Pindaian surat", false), {0},
};
static const struct ask poc_asks[] = {
        LETTER,
        {.name = "aplikasi",
         .label = "Aplikasi",
         .hint = "Setiap metode akses adalah satu aplikasi; aplikasi lain menurut perjanjian.",
         .type = ASK_CHOICE,
         .choice = CHOICE_APPLICATION,
         .required = true},
        {.name = "aplikasi.keterangan", .label = "Kegunaan aplikasi", .type = ASK_TEXT, .max = LONG, .required = true},
        {.name = "mulai", .label = "Tanggal yang diusulkan", .type = ASK_DAY, .when = ASK_COMING},
        SCAN("Pindaian surat", false),
        {0},
};
static const struct ask quota_asks[] = {
        LETTER,
        {.name = "kejadian",
         .label = "Kejadian bencana",
         .hint = "Jangan menulis nama orang.",
         .type = ASK_TEXT,
         .max = TEXT,
         .required = true},
        {.name = "metode", .label = "Metode akses", .type = ASK_CHOICE, .choice = CHOICE_METHOD, .required = true},
        {.name = "jumlah",
         .label = "Kuota yang dimohonkan (hit per hari)",
         .type = ASK_INT,
         .min = 1,
         .max = 1000000,
         .required = true},
        {.name = "mulai", .label = "Berlaku mulai", .type = ASK_DAY, .when = ASK_COMING, .required = true},
        {.name = "akhir",
         .label = "Sampai dengan",
         .hint = "Hari ini termasuk; paling lama 90 hari.",
         .type = ASK_DAY,
         .when = ASK_COMING,
         .required = true},
        REASON("Alasan keadaan kahar"),
        SCAN("Pindaian surat", false),
        {0},
};
static const struct ask network_asks[] = {
        LETTER,
        {.name = "jaringan.penyedia", .label = "Penyedia jaringan", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "jaringan.kecepatan", .label = "Lebar pita (Mbps)", .type = ASK_INT, .min = 1, .max = 100000, .required = true},
        {.name = "jaringan.biaya", .label = "Biaya ditanggung oleh", .type = ASK_CHOICE, .choice = CHOICE_SIDE, .required = true},
        {.name = "jaringan.pendamping", .label = "Difasilitasi oleh", .type = ASK_CHOICE, .choice = CHOICE_SIDE, .required = true},
        {.name = "jaringan.alamat", .label = "Lokasi titik akses", .type = ASK_TEXT, .max = LONG, .required = true},
        {.name = "mulai", .label = "Perkiraan tersambung", .type = ASK_DAY, .when = ASK_COMING, .required = true},
        REASON("Alasan perubahan"),
        STUDY,
        SCAN("Pindaian surat", false),
        {0},
};
static const struct ask method_asks[] = {
        LETTER,
        {.name = "metode",
         .label = "Metode akses yang dimohonkan",
         .type = ASK_CHOICE,
         .choice = CHOICE_METHOD_ANY,
         .required = true},
        {.name = "elemen",
         .label = "Elemen data yang dimohonkan",
         .hint = "Tulis \"tetap\" bila elemen tidak berubah.",
         .type = ASK_TEXT,
         .max = LONG,
         .required = true},
        {.name = "mulai", .label = "Rencana mulai", .type = ASK_DAY, .when = ASK_COMING, .required = true},
        REASON("Alasan dan tujuan"),
        STUDY,
        SCAN("Pindaian surat", false),
        {0},
};
static const struct ask renewal_asks[] = {
        LETTER,
        {.name = "mulai", .label = "Masa berlaku baru mulai", .type = ASK_DAY, .when = ASK_COMING, .required = true},
        {.name = "akhir", .label = "Sampai dengan", .type = ASK_DAY, .when = ASK_COMING, .required = true},
        REASON("Alasan perpanjangan"),
        SCAN("Pindaian surat kepada Direktur Jenderal", false),
        {0},
};
static const struct ask official_asks[] = {
        LETTER,
        {.name = "pejabat.status", .label = "Status", .type = ASK_CHOICE, .choice = CHOICE_OFFICIAL, .required = true},
        {.name = "pejabat.baru", .label = "Nama pejabat", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "pejabat.nip", .label = "NIP", .hint = "18 angka; kosongkan bila tidak ada.", .type = ASK_NIP},
        {.name = "pejabat.jabatan", .label = "Jabatan", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "dasar", .label = "Nomor surat keputusan atau surat perintah", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "mulai", .label = "Mulai menjabat", .type = ASK_DAY, .required = true},
        {.name = "akhir",
         .label = "Sampai dengan",
         .hint = "Wajib untuk Plh. dan Plt.; kosongkan untuk pejabat definitif.",
         .type = ASK_DAY},
        SCAN("Pindaian surat keputusan atau surat perintah", true),
        {0},
};
static const struct ask structure_asks[] = {
        LETTER,
        {.name = "perihal",
         .label = "Yang berubah",
         .hint = "Misalnya bidang yang mengelola user ID berganti nama.",
         .type = ASK_TEXT,
         .max = TEXT,
         .required = true},
        {.name = "isi", .label = "Penjelasan", .type = ASK_LINES, .max = PROSE, .required = true},
        {.name = "narahubung",
         .label = "Narahubung instansi mulai sekarang",
         .hint = "Satu orang satu baris: nama; jabatan; telepon; surel.",
         .type = ASK_CONTACTS,
         .max = PROSE,
         .required = true},
        SCAN("Pindaian peraturan atau keputusan tentang struktur", true),
        {0},
};
static const struct ask application_asks[] = {
        LETTER,
        {.name = "aplikasi", .label = "Nama aplikasi", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "kode",
         .label = "Kode aplikasi",
         .hint = "Huruf kecil, angka, dan strip; misalnya posko-lapangan.",
         .type = ASK_CODE,
         .max = 32,
         .required = true},
        {.name = "aplikasi.keterangan", .label = "Kegunaan aplikasi", .type = ASK_TEXT, .max = LONG, .required = true},
        {.name = "metode", .label = "Metode akses", .type = ASK_CHOICE, .choice = CHOICE_METHOD, .required = true},
        {.name = "elemen", .label = "Elemen data yang dipakai", .type = ASK_TEXT, .max = LONG, .required = true},
        {.name = "mulai", .label = "Rencana mulai dipakai", .type = ASK_DAY, .when = ASK_COMING, .required = true},
        SCAN("Pindaian surat", false),
        {0},
};
static const struct ask dispute_asks[] = {
        {.name = "perihal", .label = "Pokok perselisihan", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "isi",
         .label = "Duduk perkara",
         .hint = "Jangan menulis data kependudukan siapa pun.",
         .type = ASK_LINES,
         .max = PROSE,
         .required = true},
        {.name = "nomor", .label = "Nomor surat", .hint = "Bila disampaikan dengan surat.", .type = ASK_TEXT, .max = TEXT},
        {.name = "tanggal", .label = "Tanggal surat", .type = ASK_DAY, .when = ASK_PAST},
        SCAN("Pindaian surat", false),
        {0},
};
static const struct ask meeting_asks[] = {
        {.name = "perihal", .label = "Pokok pembicaraan", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "mulai", .label = "Tanggal rapat", .type = ASK_DAY, .required = true},
        {.name = "pukul", .label = "Pukul (WIB)", .hint = "Misalnya 09.00.", .type = ASK_CLOCK, .required = true},
        {.name = "lokasi", .label = "Tempat", .type = ASK_TEXT, .max = TEXT, .required = true},
        {.name = "nomor", .label = "Nomor undangan", .hint = "Bila diundang dengan surat.", .type = ASK_TEXT, .max = TEXT},
        {.name = "tanggal", .label = "Tanggal undangan", .type = ASK_DAY, .when = ASK_PAST},
        SCAN("Pindaian undangan", false),
        {0},
};

static const struct kind_row rows[KIND_COUNT] = {
        {KIND_USER_NEW, "user-new", "User ID baru", "J.II.A",
         "Memohon user ID untuk seorang petugas; Dinas Dukcapil membuatnya dan menyerahkannya dengan BAST.", HEAD, user_new_asks,
         "pengguna.nama", NULL, "permohonan-user-id", "formulir-user-id", check_user_new},
        {KIND_USER_CHANGE, "user-change", "Perubahan user ID", "J.II.B",
         "Membetulkan nama, jabatan, atau titik akses pemegang user ID yang tetap. Pemegang yang berganti orang memerlukan user ID "
         "baru, dan yang lama ditutup.",
         HEAD, user_change_asks, "pengguna.user_id", "pengguna.user_id", "permohonan-user-id", "formulir-user-id", NULL},
        {KIND_USER_CLOSE, "user-close", "Penutupan user ID", "J.II.B",
         "Menutup user ID petugas yang selesai tugasnya; bahan tertulis, grafis, dan fisik yang dipegangnya dikembalikan.", HEAD,
         user_close_asks, "pengguna.user_id", "pengguna.user_id", "permohonan-user-id", NO_LETTER, NULL},
        {KIND_POC, "poc", "Proof of Concept", "J.II.D",
         "Memohon pengujian satu aplikasi; surat hasil yang berhasil mencabut batas kuota hariannya.", HEAD, poc_asks, "aplikasi",
         "aplikasi", "permohonan-poc", NO_LETTER, check_poc},
        {KIND_QUOTA, "quota", "Kuota darurat", "P6 / J.II.B",
         "Memohon kuota harian yang lebih besar selama keadaan kahar; berakhir sendiri pada tanggalnya, lalu dilaporkan "
         "penggunaannya.",
         HEAD, quota_asks, "kejadian", NULL, "permohonan-kuota", NO_LETTER, check_quota},
        {KIND_NETWORK, "network", "Perubahan jaringan", "J.I.B / J.I.C",
         "Memohon perubahan penyedia jaringan, lebar pita, atau titik akses, dengan kajian teknis.", HEAD, network_asks,
         "jaringan.penyedia", "", "permohonan-jaringan", NO_LETTER, NULL},
        {KIND_METHOD, "method", "Perubahan metode atau elemen", "J.II.C",
         "Memohon metode akses atau elemen data lain, dengan kajian; berlaku setelah persetujuan kementerian dan adendum.", HEAD,
         method_asks, "metode", "", "permohonan-metode", NO_LETTER, NULL},
        {KIND_RENEWAL, "renewal", "Perpanjangan perjanjian", "P4 / J.VI.F-G",
         "Memohon perpanjangan kepada Direktur Jenderal melalui Dinas Dukcapil, paling lambat dua bulan sebelum perjanjian "
         "berakhir.",
         HEAD, renewal_asks, "akhir", "", "permohonan-perpanjangan", NO_LETTER, check_renewal},
        {KIND_OFFICIAL, "official", "Pergantian pejabat", "J.VI.H",
         "Memberitahukan pimpinan baru, atau pejabat sementara (Plh., Plt.) dengan tanggalnya. Pimpinan baru menandatangani SPTJM "
         "baru.",
         HEAD, official_asks, "pejabat.baru", NULL, "pemberitahuan-pejabat", NO_LETTER, check_official},
        {KIND_STRUCTURE, "structure", "Perubahan struktur", "J.VI.H / J.VI.B",
         "Memberitahukan perubahan susunan organisasi dan narahubung instansi.", HEAD, structure_asks, "perihal", NULL, NO_LETTER,
         NO_LETTER, NULL},
        {KIND_APPLICATION, "application", "Aplikasi baru", "J.II.D",
         "Memberitahukan aplikasi baru; dicatat dalam revisi Juknis dan adendum, lalu diuji dengan PoC sendiri.", HEAD,
         application_asks, "aplikasi", "kode", "pemberitahuan-aplikasi", NO_LETTER, check_application},
        {KIND_DISPUTE, "dispute", "Perselisihan", "P7",
         "Mencatat perselisihan dan menyelesaikannya dengan musyawarah; jalur hukum baru ditempuh sesudahnya.", HEAD | ADMIN,
         dispute_asks, "perihal", NULL, NO_LETTER, NO_LETTER, NULL},
        {KIND_MEETING, "meeting", "Rapat teknis", "J.VI.C",
         "Merencanakan rapat teknis kedua pihak; sesudahnya disusun berita acaranya.", HEAD | ADMIN, meeting_asks, "perihal", NULL,
         NO_LETTER, NO_LETTER, check_meeting},
};

const struct kind_row *kind_at(size_t i)
{
	return i < KIND_COUNT ? &rows[i] : NULL;
}

enum rc kind_from_key(struct str key, enum kind *ret)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (!str_eq(key, str_c(rows[i].key)))
			continue;
		*ret = rows[i].kind;
		return RC_OK;
	}
	return RC_ABSENT;
}

bool kind_may_open(const struct kind_row *row, enum role role)
{
	return (row->open & ROLE_BIT(role)) != 0;
}
