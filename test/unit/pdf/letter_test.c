/* SPDX-License-Identifier: EUPL-1.2
 * The letters: every row of their table, every default text filled, empty and with
 * the longest values, and the points the two sworn forms must hold (DOMAIN 9). */
#include "pdf/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <pthread.h>

#include "paper.h"

static const char name_120[] = "Prof. Dr. Raden Mas Sastrodiningratkusumowardhana Hadiprawironegoro Contoh Panjang Sekali, S.Sos., "
			       "M.M., M.Si., Ph.D. (Cand.)";

static bool has(const struct buf *text, const char *words)
{
	return strstr(text->at, words) != NULL;
}

/* ---- the table ---- */

static size_t words_in(const char *words)
{
	struct str rest = str_c(words);
	size_t n = 0;
	while (rest.n)
		n += str_split(&rest, ' ').n > 0;
	return n;
}

static size_t names_of(enum letter letter)
{
	size_t n = 0;
	while (letter_name_at(letter, n))
		n++;
	return n;
}

static void every_row_is_whole(void **state)
{
	(void)state;
	const struct letter_kind *kind;
	size_t i = 0, common = 0;
	while (strcmp(letter_name_at(LETTER_SPTJM, common)->name, "persetujuan.nomor") != 0)
		common++;
	for (; (kind = letter_at(i)); i++) {
		enum letter found;
		assert_int_equal(kind->letter, i);
		assert_int_equal(letter_from_key(str_c(kind->key), &found), RC_OK);
		assert_int_equal(found, i);
		assert_true(*kind->name && *kind->clause && letter_text(kind->letter).n > 200);
		assert_int_equal(names_of(kind->letter), common + words_in(kind->fields) + words_in(kind->columns));
		assert_true(names_of(kind->letter) < LETTER_NAMES_MAX);
		assert_int_equal(kind->lists != NULL, *kind->columns != 0);
	}
	assert_int_equal(i, LETTER_COUNT);
	assert_int_equal(letter_from_key(S("surat-cinta"), &(enum letter){0}), RC_ABSENT);
}

static void every_name_is_explained(void **state)
{
	(void)state;
	const struct letter_name *name;
	for (size_t i = 0; i < LETTER_COUNT; i++)
		for (size_t j = 0; (name = letter_name_at((enum letter)i, j)); j++) {
			bool counted = strlen(name->name) > 3 && strcmp(name->name + strlen(name->name) - 3, ".no") == 0;
			assert_true(*name->meaning && (*name->sample || counted));
			for (size_t k = 0; k < j; k++)
				assert_string_not_equal(name->name, letter_name_at((enum letter)i, k)->name);
		}
}

/* ---- each of them, in every fullness ---- */

static void every_default_passes_its_own_check(void **state)
{
	(void)state;
	for (size_t i = 0; i < LETTER_COUNT; i++) {
		struct err err = {0};
		if (letter_check((enum letter)i, letter_text((enum letter)i), &err) != RC_OK)
			fail_msg("%s: %s", letter_at(i)->key, err.what);
	}
}

/* A text that is valid but forgets a field it was given is of no use. */
static void every_field_of_its_own_is_used(void **state)
{
	(void)state;
	const struct letter_name *name;
	for (size_t i = 0; i < LETTER_COUNT; i++) {
		struct str text = letter_text((enum letter)i);
		for (size_t j = 0; (name = letter_name_at((enum letter)i, j)); j++) {
			BUF_AUTO own = BUF(100);
			buf_addf(&own, "{{%s", name->name);
			struct str list = {letter_at(i)->fields, strlen(letter_at(i)->fields)};
			bool is_own = memmem(list.at, list.n, name->name, strlen(name->name)) != NULL;
			buf_addc(&own, '\0');
			BUF_AUTO condition = BUF(100);
			buf_addf(&condition, "{{if %s}}", name->name);
			bool used = memmem(text.at, text.n, own.at, own.n - 1) ||
			            memmem(text.at, text.n, condition.at, condition.n);
			if (is_own && !used)
				fail_msg("%s does not use %s", letter_at(i)->key, name->name);
		}
	}
}

/* A report is no letter of a page or two. */
static int pages_max(enum letter letter)
{
	return letter == LETTER_LAPORAN_SEMESTER ? 8 : 2;
}

static void every_sample_is_a_letter(void **state)
{
	(void)state;
	for (size_t i = 0; i < LETTER_COUNT; i++) {
		struct err err = {0};
		BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
		if (letter_sample((enum letter)i, (struct str){0}, &pdf, &err) != RC_OK)
			fail_msg("%s: %s", letter_at(i)->key, err.what);
		BUF_AUTO words = paper_words(buf_str(&pdf));
		assert_in_range(paper_pages(buf_str(&pdf)), 1, pages_max((enum letter)i));
		assert_true(has(&words, letter_at(i)->name) && has(&words, "Acuan: P-2025-000123"));
		assert_false(has(&words, ".....") || has(&words, "{{") || has(&words, "**"));
	}
}

static void an_empty_one_can_be_filled_in_by_hand(void **state)
{
	(void)state;
	for (size_t i = 0; i < LETTER_COUNT; i++) {
		const struct letter_ask ask = {.letter = (enum letter)i};
		struct err err = {0};
		BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
		if (letter_write(&ask, &pdf, &err) != RC_OK)
			fail_msg("%s: %s", letter_at(i)->key, err.what);
		BUF_AUTO words = paper_words(buf_str(&pdf));
		assert_in_range(paper_pages(buf_str(&pdf)), 1, pages_max((enum letter)i));
		assert_true(has(&words, "....."));
		assert_false(has(&words, "Acuan:") || has(&words, "{{"));
	}
}

struct fullest {
	struct letter_field fields[LETTER_NAMES_MAX], cells[LETTER_NAMES_MAX];
	struct letter_row rows[200];
	size_t fields_n, cells_n;
};

static bool is_column(enum letter letter, const char *name)
{
	struct str rest = str_c(letter_at(letter)->columns);
	while (rest.n)
		if (str_eq(str_split(&rest, ' '), str_c(name)))
			return true;
	return false;
}

/* Where the columns of the list end that `from` belongs to. */
static size_t list_end(const struct fullest *full, size_t from)
{
	size_t to = from, dot = strcspn(full->cells[from].name, ".") + 1;
	while (to < full->cells_n && strncmp(full->cells[to].name, full->cells[from].name, dot) == 0)
		to++;
	return to;
}

static void fill_with(enum letter letter, const char *value, struct fullest *ret)
{
	const struct letter_name *name;
	for (size_t i = 0; (name = letter_name_at(letter, i)); i++) {
		struct letter_field field = {name->name, str_c(value)};
		if (strstr(name->name, ".no") && !strstr(name->name, "nomor"))
			continue; /* rows count by themselves */
		if (is_column(letter, name->name))
			ret->cells[ret->cells_n++] = field;
		else
			ret->fields[ret->fields_n++] = field;
	}
	for (size_t i = 0, from = 0, to; i < LEN(ret->rows) && ret->cells_n; i++, from = to < ret->cells_n ? to : 0) {
		to = list_end(ret, from);
		ret->rows[i] = (struct letter_row){&ret->cells[from], to - from};
	}
}

static void long_names_and_many_rows_fit(void **state)
{
	(void)state;
	assert_in_range(sizeof name_120 - 1, 115, 130);
	for (size_t i = 0; i < LETTER_COUNT; i++) {
		struct fullest *full = calloc(1, sizeof *full);
		struct err err = {0};
		BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
		fill_with((enum letter)i, name_120, full);
		const struct letter_ask ask = {.letter = (enum letter)i,
		                               .fields = full->fields,
		                               .fields_n = full->fields_n,
		                               .rows = full->rows,
		                               .rows_n = letter_at(i)->lists ? LEN(full->rows) : 0,
		                               .reference = S("P-2025-000123")};
		if (letter_write(&ask, &pdf, &err) != RC_OK)
			fail_msg("%s: %s", letter_at(i)->key, err.what);
		assert_in_range(paper_pages(buf_str(&pdf)), 1, letter_at(i)->lists ? 60 : 5);
		free(full);
	}
}

/* ---- the sworn forms, the handing over ---- */

static void assert_says(enum letter letter, const char *const *points, size_t n)
{
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	assert_int_equal(letter_sample(letter, (struct str){0}, &pdf, NULL), RC_OK);
	BUF_AUTO words = paper_words(buf_str(&pdf));
	for (size_t i = 0; i < n; i++)
		if (!has(&words, points[i]))
			fail_msg("%s does not say: %s", letter_at(letter)->key, points[i]);
}

/* J.VI.D: the head's declaration, all its points */
static void j_vi_d_sptjm_holds_every_point(void **state)
{
	(void)state;
	static const char *const points[] = {
		"FR.01-SOP-08 01 Internal",
		"SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK",
		"Nama : Ratna Contoh",
		"Jabatan : Kepala Pelaksana",
		"Alamat : Jalan Contoh Nomor 2",
		"Nomor Perjanjian Kerja Sama : 470/01/PKS/2025",
		"Tanggal Perjanjian Kerja Sama : 20 Mei 2025",
		"Nomor Petunjuk Teknis : 470/02/JUKNIS/2025",
		"Undang-Undang Nomor 23 Tahun 2006",
		"Undang-Undang Nomor 24 Tahun 2013",
		"Peraturan Pemerintah Nomor 40 Tahun 2019",
		"Nomor 102 Tahun 2019",
		"Nomor 17 Tahun 2023",
		"Nomor 57 Tahun 2021",
		"Surat persetujuan Kementerian Dalam Negeri nomor 400.8/0456/Dukcapil",
		"1. kami menjamin kerahasiaan, keutuhan, keamanan, dan kebenaran",
		"tidak menyimpan data kependudukan",
		"hanya melalui jaringan tertutup yang tidak terbuka untuk umum",
		"2. kami tidak memberitahukan atau menyerahkan kepada pihak lain",
		"a. data kependudukan;",
		"b. antarmuka pemrograman aplikasi (API) dan portal web;",
		"c. alamat IP lokal; dan",
		"d. user ID;",
		"3. kami bertanggung jawab sepenuhnya atas setiap kebocoran",
		"4. kami mematuhi seluruh kebijakan",
		"sanksi administratif maupun sanksi pidana sesuai dengan Undang-Undang Nomor 24 Tahun 2013",
		"5. setiap penggunaan yang menyimpang dari Perjanjian Kerja Sama, Petunjuk Teknis, atau hasil Proof of Concept "
		"menjadi tanggung jawab mutlak",
		"Fotokopi KTP penanda tangan terlampir",
		"Meterai Rp10.000 Ratna Contoh",
	};
	assert_says(LETTER_SPTJM, points, LEN(points));
}

/* J.VI.E: the pledge of every operator, all its points */
static void j_vi_e_nda_holds_every_point(void **state)
{
	(void)state;
	static const char *const points[] = {
		"FR.01-SOP-08 01 Internal",
		"NIK : 330406 010190 9999",
		"a. data kependudukan;",
		"b. setiap dokumen atau keterangan yang diberi tanda Rahasia atau Internal;",
		"c. akses jaringan privat virtual (VPN);",
		"d. alamat IP server;",
		"e. nama pengguna dan kata sandi server; dan",
		"f. basis data dan aplikasi.",
		"1. Saya tidak akan memberitahukan, menyerahkan, atau menggunakan informasi rahasia",
		"tanpa persetujuan tertulis dari Direktur Jenderal",
		"2. Kewajiban ini berlaku selama saya bertugas dan sesudahnya, tanpa batas waktu.",
		"3. Pada saat penugasan berakhir, saya mengembalikan seluruh bahan tertulis, grafis, maupun fisik",
		"4. Informasi rahasia tetap menjadi milik Kementerian Dalam Negeri",
		"telah menjadi informasi publik",
		"pihak ketiga yang tidak terikat kewajiban kerahasiaan",
		"sanksi administratif maupun sanksi pidana sesuai dengan Undang-Undang Nomor 24 Tahun 2013",
		"Peraturan Pemerintah Nomor 40 Tahun 2019",
		"Meterai",
		"Budi Contoh",
	};
	assert_says(LETTER_NDA, points, LEN(points));
}

/* P2.1c: the minutes name the user id, and there is no field that could hold a password */
static void p2_1c_bast_never_holds_a_password(void **state)
{
	(void)state;
	static const char *const points[] = {
		"User ID : bpbd-operator1",
		"Kata sandi tidak dicantumkan dalam berita acara ini",
		"wajib diganti pada penggunaan pertama",
		"Yang menyerahkan,",
		"Yang menerima,",
		"bertanggung jawab atas seluruh user ID",
	};
	assert_says(LETTER_BAST, points, LEN(points));
	const struct letter_name *name;
	for (size_t i = 0; i < LETTER_COUNT; i++)
		for (size_t j = 0; (name = letter_name_at((enum letter)i, j)); j++)
			assert_false(strstr(name->name, "sandi") || strstr(name->name, "password"));
}

/* J.II.A, J.II.B: the six items, the last of them Kode Wilayah Kantor */
static void j_ii_a_form_asks_the_six_items(void **state)
{
	(void)state;
	static const char *const points[] = {
		"1. Nama lengkap :", "2. NIK :", "3. NIP / jabatan :", "4. Unit kerja :", "5. Alamat kantor :",
		"6. Kode wilayah kantor : 33.04",
	};
	assert_says(LETTER_FORMULIR_USER_ID, points, LEN(points));
}

/* P9.2: old and new side by side */
static void p9_2_addendum_shows_old_and_new(void **state)
{
	(void)state;
	static const char *const points[] = {"Ketentuan lama Ketentuan baru", "2 Kuota akses 200 hit per hari 1.000 hit per hari",
	                                     "mulai berlaku pada tanggal 1 Juni 2025", "Menjadi versi perjanjian : 1"};
	assert_says(LETTER_ADENDUM, points, LEN(points));
}

static struct buf answer(const char *approved)
{
	const struct letter_field fields[] = {{"disetujui", str_c(approved)}, {"alasan", S("alasan uji")}};
	const struct letter_ask ask = {.letter = LETTER_JAWABAN, .fields = fields, .fields_n = LEN(fields)};
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	assert_int_equal(letter_write(&ask, &pdf, NULL), RC_OK);
	return paper_words(buf_str(&pdf));
}

static void an_answer_says_yes_or_no(void **state)
{
	(void)state;
	BUF_AUTO yes = answer("ya");
	BUF_AUTO no = answer("");
	assert_true(has(&yes, " DISETUJUI ") && !has(&yes, "TIDAK DAPAT"));
	assert_true(has(&no, "TIDAK DAPAT DISETUJUI") && has(&no, "karena alasan uji."));
}

/* ---- what is refused ---- */

static enum rc write_text(const char *text, const char *field, struct str value, struct err *err)
{
	const struct letter_field fields[] = {{field, value}};
	const struct letter_ask ask = {.letter = LETTER_NDA, .text = str_c(text), .fields = fields, .fields_n = 1};
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	return letter_write(&ask, &pdf, err);
}

static void what_does_not_fit_is_refused(void **state)
{
	(void)state;
	struct err err = {0};
	assert_int_equal(letter_check(LETTER_NDA, S("a\n{{perubahan.lama}}"), &err), RC_INVALID);
	assert_string_equal(err.what, "baris 2: isian {{perubahan.lama}} tidak dikenal dalam naskah ini");
	assert_int_equal(letter_check(LETTER_NDA, S("{{kepala.nama}}"), &err), RC_OK);
	assert_int_equal(write_text("a {{x", "nomor", S("1"), &err), RC_INVALID);
	assert_int_equal(write_text("a", "kata.sandi", S("1"), &err), RC_INVALID);
	assert_non_null(strstr(err.what, "kata.sandi"));
	assert_int_equal(write_text("a", "nomor", S("\xff"), &err), RC_INVALID);
	assert_non_null(strstr(err.what, "nomor"));
	assert_int_equal(write_text("", "nomor", S("1"), &err), RC_INVALID);
	const struct letter_row row = {0};
	const struct letter_ask rows = {.letter = LETTER_NDA, .rows = &row, .rows_n = 1};
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	assert_int_equal(letter_write(&rows, &pdf, &err), RC_LIMIT);
}

static void the_reference_is_a_field_too(void **state)
{
	(void)state;
	const struct letter_ask ask = {.letter = LETTER_NDA, .text = S("Lihat {{acuan}}."), .reference = S("P-2025-000777")};
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	assert_int_equal(letter_write(&ask, &pdf, NULL), RC_OK);
	BUF_AUTO words = paper_words(buf_str(&pdf));
	assert_true(has(&words, "Lihat P-2025-000777."));
}

/* ---- threads ---- */

struct job {
	enum letter letter;
	struct buf pdf;
	enum rc rc;
};

static void *run(void *arg)
{
	struct job *job = arg;
	for (int i = 0; i < 5; i++) {
		job->pdf.n = 0;
		job->rc = letter_sample(job->letter, (struct str){0}, &job->pdf, NULL);
	}
	return NULL;
}

static void threads_write_the_same_bytes(void **state)
{
	(void)state;
	struct job jobs[8];
	pthread_t threads[LEN(jobs)];
	for (size_t i = 0; i < LEN(jobs); i++) {
		jobs[i] = (struct job){i % 2 ? LETTER_NDA : LETTER_ADENDUM, BUF(LETTER_PDF_MAX), RC_BROKEN};
		assert_int_equal(pthread_create(&threads[i], NULL, run, &jobs[i]), 0);
	}
	for (size_t i = 0; i < LEN(jobs); i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(jobs[i].rc, RC_OK);
	}
	for (size_t i = 2; i < LEN(jobs); i++)
		assert_true(str_eq(buf_str(&jobs[i].pdf), buf_str(&jobs[i % 2].pdf)));
	for (size_t i = 0; i < LEN(jobs); i++)
		buf_free(&jobs[i].pdf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_write_the_same_bytes), /* first: they open the fonts together */
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(every_name_is_explained),
		cmocka_unit_test(every_default_passes_its_own_check),
		cmocka_unit_test(every_field_of_its_own_is_used),
		cmocka_unit_test(every_sample_is_a_letter),
		cmocka_unit_test(an_empty_one_can_be_filled_in_by_hand),
		cmocka_unit_test(long_names_and_many_rows_fit),
		cmocka_unit_test(j_vi_d_sptjm_holds_every_point),
		cmocka_unit_test(j_vi_e_nda_holds_every_point),
		cmocka_unit_test(p2_1c_bast_never_holds_a_password),
		cmocka_unit_test(j_ii_a_form_asks_the_six_items),
		cmocka_unit_test(p9_2_addendum_shows_old_and_new),
		cmocka_unit_test(an_answer_says_yes_or_no),
		cmocka_unit_test(what_does_not_fit_is_refused),
		cmocka_unit_test(the_reference_is_a_field_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
