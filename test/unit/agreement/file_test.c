/* SPDX-License-Identifier: EUPL-1.2
 * The agreement file: every kind of mistake with its line, its member and its
 * words; the canonical form is its own canonical form. Mistakes are made by
 * replacing one piece of the BPBD sample, dated 20 May 2025. */
#include "agreement/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "agreement/apply.h"
#include "agreement/demo.h"
#include "agreement/terms.h"
#include "base/embed.h"

EMBED(manual, "doc/agreement-file.md");

static struct buf sample(const char *which)
{
	struct buf out = BUF(AGREEMENT_FILE_MAX);
	assert_int_equal(agreement_demo_json(which, day_from_ymd(2025, 5, 20), &out), RC_OK);
	return out;
}

/* `text` with the first `from` turned into `to`. */
static struct buf change(struct str text, const char *from, const char *to)
{
	struct buf out = BUF(AGREEMENT_FILE_MAX);
	const char *at = memmem(text.at, text.n, from, strlen(from));
	if (!at)
		fail_msg("the sample has no %s", from);
	buf_add(&out, str_from(text.at, (size_t)(at - text.at)));
	buf_addz(&out, to);
	size_t rest = (size_t)(at - text.at) + strlen(from);
	buf_add(&out, str_sub(text, rest, text.n));
	return out;
}

static void refused(const char *from, const char *to, const char *want)
{
	struct agreement_file file;
	struct err err = {.what = ""};
	BUF_AUTO text = sample("bpbd");
	BUF_AUTO broken = change(buf_str(&text), from, to);
	assert_int_equal(agreement_file_read(buf_str(&broken), &file, &err), RC_INVALID);
	assert_string_equal(err.what, want);
}

static void line_and_member_are_named(void **state)
{
	(void)state;
	refused("\"192.0.2.0/24\"", "\"192.0.2.1/24\"", "baris 75: terms.allow[2]: 192.0.2.1/24 bukan alamat jaringan");
	refused("\"127.0.0.0/8\"", "\n      \"127.0.0.0/8\",\n      \"192.0.2.0/24/7\"",
	        "baris 77: terms.allow[1]: 192.0.2.0/24/7 bukan alamat jaringan");
	refused("\"192.0.2.0/24\"", "\"192.0.2.0/24\", \"192.0.2.0/24\"",
	        "baris 75: terms.allow[3]: 192.0.2.0/24 ditulis dua kali");
	refused("\"192.0.2.0/24\"", "\"0.0.0.0/0\"", "baris 75: terms.allow[2]: 0.0.0.0/0 mencakup semua alamat");
	refused("\"NAMA_LGKP\"", "\"NAMA_IBU\"", "baris 36: terms.elements[2]: NAMA_IBU bukan elemen data yang dikenal");
	refused("\"version\": 1", "\"version\": 0", "baris 7: version: harus antara 1 dan 999");
	refused("\"version\": 1", "\"version\": 1.0", "baris 7: version: harus berupa bilangan bulat");
	refused("\"version\": 1", "\"version\": \"1\"", "baris 7: version: harus berupa bilangan bulat");
	refused("\"begin\": \"2025-05-20\"", "\"begin\": \"2025-02-30\"",
	        "baris 19: terms.begin: 2025-02-30 bukan tanggal (TTTT-BB-HH)");
	refused("\"BPBD\"", "\"bpbd\"", "baris 4: instansi.code: bpbd bukan kode instansi (A-Z, angka, '-', '_')");
	refused("padan-perjanjian-1", "padan-perjanjian-9",
	        "baris 2: format: padan-perjanjian-9 bukan format yang dikenal (padan-perjanjian-1)");
	refused("\"granted\": true", "\"granted\": 1", "baris 52: terms.methods.portal.granted: harus true atau false");
	refused("\"allow\": [", "\"allow\": [[], ", "baris 75: terms.allow[0]: harus berupa teks");
	refused("\"guard\": {}", "\"guard\": []", "baris 109: terms.guard: harus berupa objek");
	refused("\"revisions\": []", "\"revisions\": {}", "baris 16: terms.juknis.revisions: harus berupa daftar");
	refused("\"kind\": \"sptjm\"", "\"kind\": \"surat\"", "baris 113: papers[0].kind: surat bukan jenis surat yang dikenal");
	refused("\"mode\": \"warn\"", "\"mode\": \"block\"",
	        "baris 105: terms.debt.mode: block bukan warn atau refuse");
}

static void texts_are_bounded(void **state)
{
	(void)state;
	refused("\"Kepala Dinas\"", "\"\"", "baris 25: terms.parties.provider.signer_position: tidak boleh kosong");
	refused("\"Kepala Dinas\"", "\" Kepala\"",
	        "baris 25: terms.parties.provider.signer_position: tidak boleh berawal atau berakhir dengan spasi");
	refused("\"Kepala Dinas\"", "\"Kepala\\nDinas\"",
	        "baris 25: terms.parties.provider.signer_position: harus berupa teks satu baris");
	char long_text[128] = "\"";
	memset(long_text + 1, 'x', 121);
	long_text[122] = '"';
	refused("\"Kepala Dinas\"", long_text,
	        "baris 25: terms.parties.provider.signer_position: terlalu panjang: paling banyak 120 huruf");
}

/* J.II.E1: an addendum may move the thresholds, not switch the guard off. */
static void thresholds_of_the_guard_are_bounded(void **state)
{
	(void)state;
	refused("\"guard\": {}", "\"guard\": {\"portal\": {\"user\": {\"walk\": 0}}}",
	        "baris 109: terms.guard.portal.user.walk: harus antara 8000 dan 30000");
	refused("\"guard\": {}", "\"guard\": {\"service\": {\"instansi\": {\"sweep\": 40001}}}",
	        "baris 109: terms.guard.service.instansi.sweep: harus antara 10000 dan 40000");
	refused("\"guard\": {}", "\"guard\": {\"portal\": {\"instansi\": {\"pace\": 20000}}}",
	        "baris 109: terms.guard.portal.instansi.pace: anggota ini tidak dikenal");
	refused("\"guard\": {}", "\"guard\": {\"portal\": {\"warn_permille\": 951}}",
	        "baris 109: terms.guard.portal.warn_permille: harus antara 300 dan 950");
	refused("\"guard\": {}", "\"guard\": {\"portal\": {\"note_permille\": 700}}",
	        "baris 109: terms.guard.portal: note_permille harus di bawah warn_permille (450 dan 700 bila tidak ditulis)");
	refused("\"guard\": {}", "\"guard\": {\"service\": {\"warn_permille\": 400}}",
	        "baris 109: terms.guard.service: note_permille harus di bawah warn_permille (450 dan 700 bila tidak ditulis)");
}

static void nothing_is_ignored(void **state)
{
	(void)state;
	refused("\"guard\": {}", "\"guard\": {\"hold\": 5}", "baris 109: terms.guard.hold: anggota ini tidak dikenal");
	refused("\"begin\":", "\"kuota\": 1, \"begin\":", "baris 19: terms.kuota: anggota ini tidak dikenal");
	refused("\"begin\":", "\"ku\\u001bota\": 1, \"begin\":", "baris 8: terms.ku?ota: anggota ini tidak dikenal");
	refused("    \"end\": \"2027-05-20\",\n", "", "baris 8: terms: anggota \"end\" tidak ada");
	refused("\"version\": 1,", "", "baris 1: anggota \"version\" tidak ada");
	refused("\"begin\":", "\"end\": \"2025-05-20\", \"begin\":", "baris 20: anggota ditulis dua kali");
}

static void rules_between_members(void **state)
{
	(void)state;
	refused("\"end\": \"2027-05-20\"", "\"end\": \"2025-05-19\"",
	        "baris 20: terms.end: hari terakhir mendahului hari pertama"); /* P4 */
	refused("\"card_reader\": {\n        \"granted\": false", "\"card_reader\": {\n        \"granted\": true",
	        "baris 67: terms.methods.card_reader.granted: alat pembaca KTP-el tidak dipakai (J.IV)");
	refused("\"version\": 1", "\"version\": 2", "baris 8: terms: versi 2 memerlukan anggota \"addendum\" (P9.2)");
	refused("\"ministry_approval\"",
	        "\"addendum\": {\"number\": \"1\", \"signed_on\": \"2025-05-20\", \"ground\": \"P9.2\", \"subject\": \"x\"},\n"
	        "    \"ministry_approval\"",
	        "baris 18: terms.addendum: versi 1 adalah perjanjian dasar, bukan adendum");
	refused("\"side\": \"instansi\"", "\"side\": \"provider\"",
	        "baris 77: terms.contacts: narahubung kedua pihak harus ada (J.VI.B)");
	refused("\"revisions\": []",
	        "\"revisions\": [{\"revision\": 2, \"signed_on\": \"2025-05-20\", \"subject\": \"x\"},\n"
	        "{\"revision\": 2, \"signed_on\": \"2025-05-20\", \"subject\": \"x\"}]",
	        "baris 17: terms.juknis.revisions[1].revision: nomor revisi harus naik"); /* P9.3 */
	refused("\"subject\": \"operator1\",", "", "baris 126: papers[2]: NDA memerlukan user ID pada \"subject\" (J.VI.E)");
	refused("\"kind\": \"sptjm\"", "\"kind\": \"poc\"",
	        "baris 112: papers[0]: hasil PoC memerlukan metode atau aplikasi pada \"subject\" (J.II.D)");
	refused("\"kind\": \"sptjm\"", "\"kind\": \"sptjm\", \"subject\": \"x\"",
	        "baris 112: papers[0]: \"subject\" tidak dipakai pada surat ini");
	refused("\"valid_until\": \"2027-05-20\"", "\"valid_until\": \"2025-05-19\"",
	        "baris 117: papers[0].valid_until: hari terakhir mendahului tanggal surat");
	refused("\"operator1\",\n      \"number\": \"NDA/002/CONTOH\"", "\"kepala\",\n      \"number\": \"NDA/001/CONTOH\"",
	        "baris 126: papers[2]: surat yang sama ditulis dua kali");
}

#define KEYS "\"id_lembaga\": \"010001\", \"param_keys\": "

/* DOMAIN 4.2, decision 0031: another name for a thing, and never one name for two. */
static void names_of_params_are_distinct(void **state)
{
	(void)state;
	static const struct {
		const char *names, *want;
	} rows[] = {
	        {"{\"STATUS\": \"X\"}", ".STATUS: anggota ini tidak dikenal"},
	        {"{\"TANGGAL\": \"\"}", ".TANGGAL: tidak boleh kosong"},
	        {"{\"TANGGAL\": \" X\"}", ".TANGGAL: tidak boleh berawal atau berakhir dengan spasi"},
	        {"{\"TANGGAL\": 1}", ".TANGGAL: harus berupa teks"},
	        {"{\"TANGGAL\": \"Kejadian\"}", ".TANGGAL: nama kunci ini sudah berarti yang lain"},
	        {"{\"KEJADIAN\": \"apa\", \"TANGGAL\": \"APA\"}", ".TANGGAL: nama kunci ini sudah berarti yang lain"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct agreement_file file;
		struct err err = {.what = ""};
		BUF_AUTO with = BUF(400), text = sample("bpbd");
		buf_addf(&with, KEYS "%s", rows[i].names);
		buf_addc(&with, 0);
		BUF_AUTO broken = change(buf_str(&text), "\"id_lembaga\": \"010001\"", with.at);
		assert_int_equal(agreement_file_read(buf_str(&broken), &file, &err), RC_INVALID);
		const char *at = strstr(err.what, "terms.data_balikan.param_keys");
		assert_non_null(at);
		assert_string_equal(at + strlen("terms.data_balikan.param_keys"), rows[i].want);
	}
}

static void names_of_params_are_read(void **state)
{
	(void)state;
	struct agreement_file file;
	struct terms terms;
	struct arena arena;
	struct err err = {.what = ""};
	BUF_AUTO text = sample("bpbd"), out = BUF(AGREEMENT_FILE_MAX);
	BUF_AUTO with = change(buf_str(&text), "\"id_lembaga\": \"010001\"",
	                       KEYS "{\"TANGGAL\": \"Sejak Kapan\", \"KETERANGAN_KORBAN\": \"keterangan_korban\"}");
	arena_init(&arena, 1 << 20);
	assert_int_equal(agreement_file_read(buf_str(&with), &file, &err), RC_OK);
	agreement_file_write_terms(file.terms, &out);
	assert_int_equal(terms_read(buf_str(&out), &arena, &terms, &err), RC_OK);
	assert_int_equal(param_key_of(&terms.param_keys, S("SEJAK KAPAN")), PARAM_TANGGAL);
	assert_int_equal(param_key_of(&terms.param_keys, S("tanggal")), PARAM_TANGGAL);
	assert_int_equal(param_key_of(&terms.param_keys, S("STATUS")), PARAM_KEY_COUNT);
	assert_string_equal(param_key_shown(&terms.param_keys, PARAM_TANGGAL), "Sejak Kapan");
	assert_string_equal(param_key_shown(&terms.param_keys, PARAM_JENIS), "JENIS_BENCANA");
	arena_free(&arena);
	agreement_file_close(&file);
}

static void what_is_no_json(void **state)
{
	(void)state;
	static const struct {
		const char *text, *want;
	} rows[] = {
	        {"", "baris 1: berkas terpotong"},
	        {"{", "baris 1: berkas terpotong"},
	        {"{\n \"format\": ,}", "baris 2: bukan JSON yang sah"},
	        {"[\"\xff\"]", "baris 1: bukan teks UTF-8"},
	        {"[]", "baris 1: harus berupa objek"},
	        {"[[[\n[[[[[[", "baris 2: kurung bersarang terlalu dalam"},
	        {"{} {}", "baris 1: bukan JSON yang sah"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct agreement_file file;
		struct err err = {.what = ""};
		assert_int_equal(agreement_file_read(str_c(rows[i].text), &file, &err), RC_INVALID);
		assert_string_equal(err.what, rows[i].want);
	}
	struct agreement_file file;
	struct err err;
	BUF_AUTO large = BUF(AGREEMENT_FILE_MAX + 1);
	assert_true(buf_room(&large, AGREEMENT_FILE_MAX + 1));
	memset(large.at, ' ', AGREEMENT_FILE_MAX + 1);
	assert_int_equal(agreement_file_read(str_from(large.at, AGREEMENT_FILE_MAX + 1), &file, &err), RC_LIMIT);
	assert_int_equal(agreement_file_read((struct str){NULL, 0}, &file, &err), RC_INVALID);
}

static struct buf canonical(struct str text)
{
	struct agreement_file file;
	struct err err = {.what = ""};
	struct paper papers[AGREEMENT_PAPERS_MAX];
	struct buf out = BUF(AGREEMENT_FILE_MAX);
	BUF_AUTO terms = BUF(AGREEMENT_FILE_MAX);
	assert_int_equal(agreement_file_read(text, &file, &err), RC_OK);
	agreement_file_write_terms(file.terms, &terms);
	struct agreement_parts parts = {.code = file.code,
	                                .name = file.name,
	                                .terms = buf_str(&terms),
	                                .version = file.version,
	                                .papers = papers,
	                                .papers_n = json_array_size(file.papers)};
	for (size_t i = 0; i < parts.papers_n; i++) /* last first: writing brings them into order */
		papers[parts.papers_n - 1 - i] = agreement_file_paper(&file, i);
	assert_int_equal(agreement_file_write(&parts, &out, &err), RC_OK);
	agreement_file_close(&file);
	return out;
}

static void canonical_stays_what_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; agreement_demo_at(i); i++) {
		BUF_AUTO text = sample(agreement_demo_at(i));
		BUF_AUTO again = canonical(buf_str(&text));
		assert_true(str_eq(buf_str(&text), buf_str(&again)));
	}
}

static void a_long_list_takes_a_line_each(void **state)
{
	(void)state;
	BUF_AUTO text = sample("bpbd");
	BUF_AUTO list = BUF(1000);
	for (int i = 0; i < 9; i++)
		buf_addf(&list, "\"192.0.%d.128/25\", ", 10 + i);
	buf_addz(&list, "\"192.0.2.0/24\"");
	buf_addc(&list, '\0');
	BUF_AUTO longer = change(buf_str(&text), "\"192.0.2.0/24\"", list.at);
	BUF_AUTO once = canonical(buf_str(&longer));
	assert_non_null(memmem(once.at, once.n, "[\n      \"127.0.0.0/8\",\n", 23));
	BUF_AUTO twice = canonical(buf_str(&once));
	assert_true(str_eq(buf_str(&once), buf_str(&twice)));
}

static void samples_are_dated(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(AGREEMENT_FILE_MAX);
	assert_int_equal(agreement_demo_json("apa", day_from_ymd(2025, 5, 20), &out), RC_ABSENT);
	assert_int_equal(agreement_demo_json("bpbd", day_from_ymd(2024, 2, 29), &out), RC_OK);
	assert_non_null(memmem(out.at, out.n, "\"begin\": \"2024-02-29\"", 21));
	assert_non_null(memmem(out.at, out.n, "\"end\": \"2026-02-28\"", 19));
	assert_non_null(memmem(out.at, out.n, "data@bpbd.example", 17));
	assert_null(memmem(out.at, out.n, "@today@", 7));
	buf_clear(&out);
	struct buf small = BUF(100);
	assert_int_equal(agreement_demo_json("bpbd", day_from_ymd(2025, 5, 20), &small), RC_LIMIT);
	buf_free(&small);
}

/* The commented example of the manual is a file that is accepted. */
static void the_manual_is_right(void **state)
{
	(void)state;
	struct str rest = EMBEDDED(manual);
	BUF_AUTO json = BUF(AGREEMENT_FILE_MAX);
	bool inside = false;
	while (rest.at) {
		struct str line = str_split(&rest, '\n');
		if (str_starts(line, S("```")))
			inside = str_eq(line, S("```jsonc"));
		else if (inside) {
			const char *note = memmem(line.at, line.n, "//", 2);
			buf_add(&json, note ? str_from(line.at, (size_t)(note - line.at)) : line);
			buf_addc(&json, '\n');
		}
	}
	struct agreement_file file;
	struct err err = {.what = ""};
	assert_int_equal(agreement_file_read(buf_str(&json), &file, &err), RC_OK);
	assert_string_equal(err.what, "");
	agreement_file_close(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(line_and_member_are_named),
	        cmocka_unit_test(texts_are_bounded),
	        cmocka_unit_test(thresholds_of_the_guard_are_bounded),
	        cmocka_unit_test(nothing_is_ignored),
	        cmocka_unit_test(rules_between_members),
	        cmocka_unit_test(names_of_params_are_distinct),
	        cmocka_unit_test(names_of_params_are_read),
	        cmocka_unit_test(what_is_no_json),
	        cmocka_unit_test(canonical_stays_what_it_is),
	        cmocka_unit_test(a_long_list_takes_a_line_each),
	        cmocka_unit_test(samples_are_dated),
	        cmocka_unit_test(the_manual_is_right),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
