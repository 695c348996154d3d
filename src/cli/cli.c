/* SPDX-License-Identifier: EUPL-1.2
 * cli/cli.c - the table of verbs, usage, and how a verb's result leaves the program. */
#include "cli/cli.h"

#include <stdio.h>

#include "cli/cmd.h"
#include "sys/cage.h"

#define VERSION "0.1.0"
#define SET "set="

static const struct verb verbs[] = {
	{"init", NULL, "DIR", 1, 1, "demo,residents=,seed=," SET,
	 "buat direktori data baru; --demo mengisinya dengan contoh", cmd_init},
	{"serve", NULL, "DIR", 1, 1, SET,
	 "jalankan portal dan layanan web", cmd_serve},
	{"check", NULL, "DIR", 1, 1, SET,
	 "periksa pengaturan, kunci, basis data, jurnal, jam, dan ruang disk", cmd_check},
	{"migrate", NULL, "DIR", 1, 1, "to=,registry=," SET,
	 "pindahkan kantor ke basis data lain (--to sqlite:BERKAS atau postgres://...), dan data kependudukan (--registry)",
	 cmd_migrate},
	{"conf", NULL, "[DIR]", 0, 1, "sample,man," SET,
	 "tampilkan pengaturan yang berlaku dan asalnya; --sample: berkas contoh", cmd_conf},
	{"registry", "generate", "DIR", 1, 1, "residents=,seed=,as-of=,csv=," SET,
	 "buat penduduk sintetis; --csv BERKAS: tulis sebagai CSV saja", cmd_registry_generate},
	{"registry", "import", "DIR BERKAS", 2, 2, "as-of=,rejects=," SET,
	 "ganti seluruh data kependudukan dari CSV (- untuk stdin)", cmd_registry_import},
	{"registry", "delta", "DIR BERKAS", 2, 2, "as-of=,rejects=," SET,
	 "perbarui data kependudukan dari CSV berisi baris baru dan berubah", cmd_registry_delta},
	{"registry", "stat", "DIR", 1, 1, SET,
	 "jumlah penduduk menurut status, tanggal data, ukuran", cmd_registry_stat},
	{"agreement", "apply", "DIR BERKAS.json", 2, 2, SET,
	 "catat satu versi perjanjian", cmd_agreement_apply},
	{"agreement", "list", "DIR", 1, 1, SET,
	 "daftar instansi dan versi yang berlaku", cmd_agreement_list},
	{"agreement", "show", "DIR INSTANSI", 2, 2, SET,
	 "isi versi yang berlaku dan dokumen yang tercatat", cmd_agreement_show},
	{"agreement", "export", "DIR INSTANSI VERSI", 3, 3, SET,
	 "tulis satu versi sebagai berkas JSON ke stdout", cmd_agreement_export},
	{"agreement", "state", "DIR INSTANSI STATUS", 3, 3, "ground=,letter=,date=,note=," SET,
	 "suspended, active, ended (--ground term|consent|nomenclature), revoked; --note alasan, --letter dan --date suratnya",
	 cmd_agreement_state},
	{"user", "add", "DIR USER_ID", 2, 2, "role=,instansi=,holder=,position=,addresses=,expires=,kejadian=,sandbox," SET,
	 "tambah user ID; kata sandi sekali pakai ditampilkan", cmd_user_add},
	{"user", "list", "DIR", 1, 1, "instansi=," SET,
	 "daftar user ID", cmd_user_list},
	{"user", "change", "DIR USER_ID", 2, 2, "holder=,position=,addresses=,expires=," SET,
	 "ubah pemegang, jabatan, alamat, atau tanggal berakhir", cmd_user_change},
	{"user", "close", "DIR USER_ID", 2, 2, "reason=," SET,
	 "tutup user ID; sesinya berakhir seketika", cmd_user_close},
	{"user", "reopen", "DIR USER_ID", 2, 2, SET,
	 "buka kembali user ID yang ditutup", cmd_user_reopen},
	{"user", "reset-password", "DIR USER_ID", 2, 2, SET,
	 "beri kata sandi sekali pakai yang baru", cmd_user_reset_password},
	{"user", "reset-code", "DIR USER_ID", 2, 2, SET,
	 "hapus kode sekali pakai dari telepon yang hilang; sesinya berakhir", cmd_user_reset_code},
	{"kejadian", "add", "DIR INSTANSI", 2, 2, "jenis=,name=,place=,note=,on=," SET,
	 "buka kejadian", cmd_kejadian_add},
	{"kejadian", "list", "DIR INSTANSI", 2, 2, SET,
	 "daftar kejadian", cmd_kejadian_list},
	{"kejadian", "close", "DIR INSTANSI NOMOR", 3, 3, SET,
	 "tutup kejadian", cmd_kejadian_close},
	{"calendar", "import", "DIR BERKAS.csv", 2, 2, SET,
	 "ganti hari libur dan cuti bersama dari tahun-tahun dalam CSV", cmd_calendar_import},
	{"calendar", "list", "DIR [TAHUN]", 1, 2, SET,
	 "hari libur dan cuti bersama satu tahun", cmd_calendar_list},
	{"outage", "add", "DIR MULAI SELESAI KETERANGAN", 4, 4, "part=," SET,
	 "umumkan pemeliharaan terencana (2026-11-26T22:00, WIB); --part semua, portal, atau layanan", cmd_outage_add},
	{"outage", "list", "DIR", 1, 1, "past," SET,
	 "pemeliharaan yang terencana dan berlangsung; --past: juga yang lalu", cmd_outage_list},
	{"outage", "change", "DIR NOMOR", 2, 2, "begin=,end=,part=,note=," SET,
	 "ubah waktu, bagian, atau keterangan pemeliharaan", cmd_outage_change},
	{"outage", "cancel", "DIR NOMOR", 2, 2, SET,
	 "batalkan pemeliharaan, atau akhiri yang sedang berlangsung", cmd_outage_cancel},
	{"balikan", "list", "DIR", 1, 1, SET,
	 "data balikan yang menunggu, terkirim, dan ditolak sistem di atas", cmd_balikan_list},
	{"balikan", "retry", "DIR [INSTANSI]", 1, 2, SET,
	 "kirim kembali yang ditolak; yang tertunda dicoba seketika", cmd_balikan_retry},
	{"balikan", "queue", "DIR", 1, 1, SET,
	 "masukkan ke antrean apa yang dicatat sebelum balikan.url diisi", cmd_balikan_queue},
	{"mail", "list", "DIR", 1, 1, SET,
	 "surat elektronik yang menunggu, terkirim, dan gagal", cmd_mail_list},
	{"mail", "test", "DIR ALAMAT", 2, 2, SET,
	 "kirim surat percobaan dengan pengaturan mail.*", cmd_mail_test},
	{"credential", "issue", "DIR USER_ID", 2, 2, "expires=," SET,
	 "buat rahasia baru untuk user ID layanan", cmd_credential_issue},
	{"credential", "rotate", "DIR USER_ID", 2, 2, "expires=,overlap=," SET,
	 "buat penggantinya; yang lama berakhir sesudah --overlap hari (7; 0: seketika)", cmd_credential_rotate},
	{"credential", "list", "DIR USER_ID", 2, 2, SET,
	 "kredensial sebuah layanan: nomor, pembuat, masa berlaku, terakhir dipakai", cmd_credential_list},
	{"credential", "end", "DIR USER_ID [NOMOR]", 2, 3, "all," SET,
	 "akhiri satu kredensial, atau semuanya (--all), seketika", cmd_credential_end},
	{"credential", "scopes", "DIR USER_ID [CAKUPAN,...]", 2, 3, SET,
	 "cakupan token /api/v1 yang boleh diminta sebuah layanan: lihat, atau tetapkan", cmd_credential_scopes},
	{"credential", "bind", "DIR USER_ID", 2, 2, "certificates=," SET,
	 "ikat layanan pada sertifikat klien: sampai tiga sidik SHA-256, dipisahkan koma; kosong melepaskannya",
	 cmd_credential_bind},
	{"journal", "verify", "DIR|BERKAS [ARSIP]...", 1, COMMAND_ARGS_MAX, "log=,checkpoint=,vkey=,cosigner=," SET,
	 "periksa jurnal seutuhnya, di kantor (semua log, atau --log NOMOR) atau dari hasil ekspor; yang diarsipkan dari ARSIP",
	 cmd_journal_verify},
	{"journal", "archive", "DIR BERKAS", 2, 2, "before=,log=," SET,
	 "tulis entri sebuah log (--log; simpul ini) dari sebelum --before TAHUN-BULAN sebagai arsip; tidak menghapus apa pun",
	 cmd_journal_archive},
	{"journal", "drop-archived", "DIR BERKAS", 2, 2, "yes,keep-rows," SET,
	 "nyatakan isi BERKAS diarsipkan dan keluarkan dari basis data (--yes); --keep-rows: DBA yang mengeluarkannya",
	 cmd_journal_drop_archived},
	{"journal", "export", "DIR [BERKAS]", 1, 2, "log=," SET,
	 "tulis satu log sebagai baris teks (stdout bila tanpa BERKAS); tanpa --log NOMOR: log simpul ini", cmd_journal_export},
	{"journal", "find", "DIR [REFERENSI]...", 1, COMMAND_ARGS_MAX, SET,
	 "entri mana yang dimaksud sebuah referensi (dari stdin bila tanpa REFERENSI)", cmd_journal_find},
	{"journal", "history", "DIR", 1, 1, "ground=,basis=,from=,until=" SET,
	 "siapa yang mengakses NIK pada stdin (--ground oversight|incident --basis NOMOR); tercatat", cmd_journal_history},
	{"journal", "prove", "DIR [REFERENSI]", 1, 2, "seq=," SET,
	 "bukti bahwa satu entri ada di dalam log", cmd_journal_prove},
	{"journal", "proof", "BERKAS", 1, 1, "vkey=,cosigner=",
	 "periksa bukti yang dibuat journal prove", cmd_journal_proof},
	{"journal", "checkpoint", "DIR", 1, 1, "log=," SET,
	 "tandatangani keadaan semua log sekarang, atau --log NOMOR, dan tampilkan", cmd_journal_checkpoint},
	{"journal", "vkey", "DIR", 1, 1, "log=," SET,
	 "kunci publik untuk memeriksa checkpoint; tanpa --log NOMOR: log simpul ini", cmd_journal_vkey},
	{"journal", "cosign-key", "BERKAS", 1, 1, "name=",
	 "buat kunci rahasia untuk ikut menandatangani checkpoint; menampilkan kunci publik dan sidiknya",
	 cmd_journal_cosign_key},
	{"journal", "cosign", "CHECKPOINT", 1, 1, "key=,vkey=",
	 "tandatangani checkpoint dengan kunci di --key BERKAS; --vkey: hanya bila log itu menandatanganinya",
	 cmd_journal_cosign},
	{"node", "list", "DIR", 1, 1, SET,
	 "nomor simpul: bebas, hidup, atau diam, pagarnya, dan mesin pemegangnya", cmd_node_list},
	{"node", "release", "DIR NOMOR", 2, 2, SET,
	 "bebaskan nomor simpul yang pemegangnya tidak memberi tanda hidup lagi", cmd_node_release},
	{"report", "count", "DIR INSTANSI AWAL AKHIR", 4, 4, "text," SET,
	 "hitung angka laporan satu masa dari jurnal; --text: teks bakunya", cmd_report_count},
	{"report", "recount", "DIR NOMOR", 2, 2, SET,
	 "hitung ulang terhadap checkpoint yang sama: apakah sidiknya sama?", cmd_report_recount},
	{"report", "write", "DIR NOMOR BERKAS", 3, 3, SET,
	 "tulis laporan sebuah penghitungan: .pdf, .xlsx, atau .csv menurut akhir nama berkas", cmd_report_write},
	{"report", "list", "DIR", 1, 1, SET,
	 "penghitungan terakhir: masa, keadaan, sidik atau alasan", cmd_report_list},
	{"backup", "verify", "BERKAS", 1, 1, "key=,checkpoint=",
	 "periksa berkas cadangan dengan kunci rahasia di --key BERKAS, tanpa memulihkannya", cmd_backup_verify},
	{"backup", NULL, "DIR BERKAS|-", 2, 2, "key=,registry," SET,
	 "cadangkan kantor selagi melayani, terenkripsi untuk backup.key (atau --key); --registry: dengan data kependudukan",
	 cmd_backup},
	{"backup-key", "new", "BERKAS", 1, 1, "",
	 "buat pasangan kunci cadangan: yang rahasia ke BERKAS, yang publik ditampilkan", cmd_backup_key_new},
	{"backup-key", "show", "BERKAS", 1, 1, "",
	 "tampilkan kunci publik dan sidik dari kunci rahasia cadangan", cmd_backup_key_show},
	{"restore", "settle", "DIR", 1, 1, "lose-entries=,keep-quota," SET,
	 "sesudah alat lain memulihkan basis data: akhiri semua sesi, anggap kuota hari ini terpakai, catat di jurnal",
	 cmd_restore_settle},
	{"restore", NULL, "BERKAS DIR_BARU", 2, 2, "key=,master-key=,checkpoint=,lose-entries=,keep-quota," SET,
	 "pulihkan cadangan ke direktori baru, diperiksa seluruhnya; --checkpoint: terhadap yang disimpan di tempat lain",
	 cmd_restore},
	{"upgrade", NULL, "DIR", 1, 1, "back,lose-entries=," SET,
	 "perbarui basis data untuk versi ini; --back: kembalikan yang sebelumnya", cmd_upgrade},
	{"letter", "sample", "NASKAH BERKAS.pdf", 2, 2, "text=",
	 "tulis contoh surat sebagai PDF; --text BERKAS: dari naskah yang diubah", cmd_letter_sample},
	{"letter", "text", "[NASKAH]", 0, 1, "",
	 "naskah bawaan sebuah surat; tanpa NASKAH: daftarnya", cmd_letter_text},
	{"guard", "list", "DIR", 1, 1, SET,
	 "User ID yang ditahan penjaga pola, dan keputusan terakhir", cmd_guard_list},
	{"guard", "release", "DIR NOMOR", 2, 2, "note=," SET,
	 "lepaskan User ID yang ditahan", cmd_guard_release},
	{"guard", "replay", "BERKAS.csv", 1, 1, "terms=",
	 "nilai permintaan dalam CSV dengan penjaga pola (- untuk stdin)", cmd_guard_replay},
	{"guard", "simulate", "", 0, 0, "seed=,workload=",
	 "tulis permintaan tiruan berlabel sebagai CSV, untuk guard replay", cmd_guard_simulate},
	{"sandbox", NULL, "", 0, 0, "",
	 "NIK yang diterbitkan untuk latihan PoC, sebagai tabel", cmd_sandbox},
	{"version", NULL, "", 0, 0, "",
	 "versi program", cmd_version},
	{"help", NULL, "[PERINTAH]", 0, 1, "man",
	 "daftar perintah", cmd_help},
};

const char *cli_version(void)
{
	return VERSION;
}

const struct verb *cli_verb_at(size_t i)
{
	return i < LEN(verbs) ? &verbs[i] : NULL;
}

/* ---- usage ---- */

/* `dashes` is how two of them are written: troff wants them escaped. */
static void print_options(FILE *to, const struct verb *verb, const char *dashes)
{
	struct str rest = str_c(verb->options);
	while (rest.n) {
		struct str one = str_split(&rest, ',');
		bool valued = one.at[one.n - 1] == '=';
		bool set = str_eq(one, S("set="));
		fprintf(to, " [%s%.*s%s]%s", dashes, (int)(one.n - valued), one.at, set ? " kunci=nilai" : valued ? " ..." : "",
			set ? "..." : "");
	}
}

static void print_verb(FILE *to, const struct verb *verb)
{
	fprintf(to, "  padan %s%s%s %s", verb->name, verb->sub ? " " : "", verb->sub ? verb->sub : "", verb->args);
	print_options(to, verb, "--");
	fprintf(to, "\n      %s\n", verb->help);
}

/* All verbs, or those called `name`; how many there were. */
static int print_verbs(FILE *to, const char *name)
{
	int n = 0;
	for (size_t i = 0; i < LEN(verbs); i++) {
		if (name && !str_eq(str_c(verbs[i].name), str_c(name)))
			continue;
		print_verb(to, &verbs[i]);
		n++;
	}
	return n;
}

/* The rows of the manual page, in man(7). */
static void print_man(void)
{
	for (size_t i = 0; i < LEN(verbs); i++) {
		printf(".TP\n.B padan %s%s%s\n", verbs[i].name, verbs[i].sub ? " " : "", verbs[i].sub ? verbs[i].sub : "");
		printf("\\&%s", verbs[i].args);
		print_options(stdout, &verbs[i], "\\-\\-");
		printf("\n.br\n%s\n", verbs[i].help);
	}
}

enum rc cmd_help(const struct command *command, struct err *err)
{
	if (command_option(command, "man")) {
		print_man();
		return RC_OK;
	}
	printf("Padan " VERSION " - verifikasi NIK menurut perjanjian kerja sama\n\n");
	if (print_verbs(stdout, command_arg(command, 0)) == 0)
		return FAIL(err, RC_INVALID, "perintah '%.40s' tidak dikenal", command_arg(command, 0));
	printf("\nStatus akhir: 0 selesai, 1 jawabannya tidak, 100 salah pakai, 111 gangguan sementara.\n");
	return RC_OK;
}

enum rc cmd_version(const struct command *command, struct err *err)
{
	(void)command, (void)err;
	printf("padan " VERSION "\n");
	return RC_OK;
}

/* ---- running one ---- */

static const struct verb *verb_find(int argc, char **argv)
{
	for (size_t i = 0; i < LEN(verbs); i++) {
		bool sub_fits = !verbs[i].sub || (argc > 2 && strcmp(argv[2], verbs[i].sub) == 0);
		if (strcmp(argv[1], verbs[i].name) == 0 && sub_fits)
			return &verbs[i];
	}
	return NULL;
}

static enum exit_code used_wrongly(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "Cara pakai:\n");
		print_verbs(stderr, NULL);
		return EXIT_USAGE;
	}
	fprintf(stderr, "padan: perintah '%.40s%s%.40s' tidak dikenal\n", argv[1], argc > 2 ? " " : "", argc > 2 ? argv[2] : "");
	if (print_verbs(stderr, argv[1]) == 0)
		fprintf(stderr, "Lihat: padan help\n");
	return EXIT_USAGE;
}

static void complain(const struct err *err, enum rc rc)
{
	const char *what = *err->what ? err->what : rc_name(rc);
	fprintf(stderr, "padan: %s\n", what);
	if (*err->detail)
		fprintf(stderr, "padan: (%s)\n", err->detail);
}

enum exit_code cli_main(const struct front *front, int argc, char **argv)
{
	struct err err = {0};
	const struct verb *verb = argc > 1 ? verb_find(argc, argv) : NULL;
	if (!verb)
		return used_wrongly(argc, argv);
	struct command command = {.front = front, .verb = verb};
	int taken = verb->sub ? 3 : 2;
	enum rc rc = command_parse(&command, argc - taken, argv + taken, &err);
	if (rc != RC_OK) {
		complain(&err, rc);
		print_verb(stderr, verb);
		return command_exit(rc);
	}
	rc = cage_memory(&err);
	if (rc == RC_OK)
		rc = verb->run(&command, &err);
	if (fflush(stdout) != 0 && rc == RC_OK)
		rc = FAIL(&err, RC_BROKEN, "keluaran tidak dapat ditulis");
	if (rc != RC_OK)
		complain(&err, rc);
	return command_exit(rc);
}
