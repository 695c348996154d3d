/* SPDX-License-Identifier: EUPL-1.2
 * Texts of letters: what each line becomes, what is refused and in which words, and
 * that no value ever becomes markup. */
#include "pdf/naskah.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static const char *const names_at[] = {"nama",      "nip",        "isi",      "ada",       "baris.no",
                                       "baris.hal", "hari.label", "hari.hit", "hari.kuota"};
static const struct naskah_list lists[] = {{"baris", 4, 6}, {"hari", 6, 9}};
static const struct naskah_names names = {names_at, 9, lists, 2};

/* Values by place: nama, nip, isi, ada. */
struct filling {
	struct str fields[4];
	struct str cells[64];
	size_t rows;
};
/* Rows of the other list. */
static const struct str days[] = {S("1"), S("1.234"), S("200"), S(""), S("7"), S(""), S("3"), S("x"), S("-5")};
static const struct filling usual = {{S("BUDI"), S(""), S("satu\n\n dua "), S("ya")},
                                     {S("1"), S("hal satu"), S("2"), S("hal dua")}, 2};

static const char kinds[] = {'#', '=', 'h', 't', '>', 'i', 'p', '!', 'H', 'r', 's', 'B', 'S', 'C', 'l', 'g', 'm', '/', '[', ']',
                             'c'};

static void dump_cell(struct buf *out, const struct pdf_cell *cell)
{
	buf_addc(out, '(');
	for (size_t i = 0; i < cell->n; i++) {
		const char *mark = cell->spans[i].bold ? "*" : "";
		buf_addz(out, mark);
		for (size_t j = 0; j < cell->spans[i].text.n; j++)
			buf_addc(out, cell->spans[i].text.at[j] == '\n' ? '$' : cell->spans[i].text.at[j]);
		if (cell->spans[i].blank)
			buf_addc(out, '_');
		buf_addz(out, mark);
	}
	if (cell->width)
		buf_addf(out, "%d%c", cell->width, "<^>"[cell->side]);
	buf_addc(out, ')');
}

static void dump(struct buf *out, const struct naskah_filled *filled)
{
	for (size_t i = 0; i < filled->n; i++) {
		const struct pdf_block *block = &filled->blocks[i];
		buf_addc(out, kinds[block->kind]);
		if (block->mark)
			buf_addf(out, "%c%d", block->mark, block->number);
		else if (block->kind == PDF_SPACE)
			buf_add_int(out, block->number);
		for (int j = 0; j < block->indent; j++)
			buf_addc(out, '+');
		for (size_t j = 0; j < block->n; j++)
			dump_cell(out, &block->cells[j]);
		for (size_t j = 0; block->chart && j < block->chart->n; j++)
			buf_addf(out, "(%.*s %lld %lld)", STR_ARG(block->chart->points[j].label),
			         (long long)block->chart->points[j].value, (long long)block->chart->points[j].limit);
		buf_addc(out, ' ');
	}
}

static enum rc fill_text(struct str text, const struct filling *with, struct buf *out, struct err *err)
{
	struct arena arena;
	const struct naskah *naskah;
	struct naskah_filled filled;
	arena_init(&arena, (size_t)64 << 20);
	const struct naskah_rows rows[] = {{with->cells, with->rows}, {days, with->rows ? 3 : 0}};
	const struct naskah_values values = {with->fields, rows};
	enum rc rc = naskah_parse(text, &names, &arena, &naskah, err);
	if (rc == RC_OK)
		rc = naskah_fill(naskah, &values, &arena, &filled, err);
	if (rc == RC_OK)
		dump(out, &filled);
	buf_addc(out, '\0');
	arena_free(&arena);
	return rc;
}

static void assert_becomes_with(const char *text, const struct filling *with, const char *blocks)
{
	struct err err = {0};
	BUF_AUTO out = BUF((size_t)1 << 20);
	assert_int_equal(fill_text(str_c(text), with, &out, &err), RC_OK);
	assert_string_equal(out.at, blocks);
}

static void assert_becomes(const char *text, const char *blocks)
{
	assert_becomes_with(text, &usual, blocks);
}

static void lines_become_blocks(void **state)
{
	(void)state;
	assert_becomes("# JUDUL\n## bawah\n### kepala", "#(JUDUL) =(bawah) h(kepala) ");
	assert_becomes("satu\ndua\n\ntiga", "t(satu dua) t(tiga) ");
	assert_becomes("Yth.\\\nBapak\\\ndi tempat", "t(Yth.$Bapak$di tempat) ");
	assert_becomes(">> {{nama}}", ">(BUDI) ");
	assert_becomes("@ruang 12\n@halaman\n@kotak\nawas\n@akhir", "s12 B [ t(awas) ] ");
	assert_becomes("// catatan\nsatu", "t(satu) ");
	assert_becomes("satu\r\ndua\r\n", "t(satu dua) ");
}

static void words_have_weight(void **state)
{
	(void)state;
	assert_becomes("a **b\nc** d", "t(a *b** **c* d) ");
	assert_becomes("a \\*\\* \\{ \\| \\\\ b", "t(a ** { | \\ b) ");
	assert_becomes("**{{nama}}**", "t(*BUDI*) ");
	assert_becomes("{{nip}} dan {{nip?}}.", "t(_ dan .) ");
}

static void lists_count(void **state)
{
	(void)state;
	assert_becomes("1. a\n2. b\nlanjut\n7. c", "i11(a) i12(b lanjut) i13(c) ");
	assert_becomes("4. a\n\n5. b\n\nx\n\n1. c", "i14(a) i15(b) t(x) i11(c) ");
	assert_becomes("1. a\na. x\nb. y\n2. b\na. z", "i11(a) ia1+(x) ia2+(y) i12(b) ia1+(z) ");
	assert_becomes("a. x\n- y\nb. z", "ia1(x) i-1++(y) ia2(z) ");
	assert_becomes("1. a\n{{if not ada}}\n2. b\n{{end}}\n3. c", "i11(a) i12(c) ");
}

static void pairs_stand_under_their_item(void **state)
{
	(void)state;
	assert_becomes("Nama :: {{nama}}\nNIP :: {{nip}}", "p(Nama)(BUDI) p(NIP)(_) ");
	assert_becomes("1. satu\nUser ID :: **x**\n2. dua", "i11(satu) p+(User ID)(*x*) i12(dua) ");
	assert_becomes("1. Nama :: {{nama}}\n2. NIK :: 1", "p11(Nama)(BUDI) p12(NIK)(1) ");
}

static void tables(void **state)
{
	(void)state;
	assert_becomes("|! 1 20> 3^\n|= a | b | c\n| {{nama}} | \\| |", "!(1<)(20>)(3^) H(a)(b)(c) r(BUDI)(|)() ");
	assert_becomes("| No | Hal\n{{each baris}}\n| {{baris.no}} | {{baris.hal}} {{nama}}\n{{end}}",
	               "r(No)(Hal) r(1)(hal satu BUDI) r(2)(hal dua BUDI) ");
	assert_becomes("{{if baris}}\nada\n{{else}}\nkosong\n{{end}}", "t(ada) ");
	struct filling none = usual;
	none.rows = 0;
	assert_becomes_with("{{if baris}}\nada\n{{else}}\nkosong\n{{end}}\n{{each baris}}\n- x\n{{end}}", &none, "t(kosong) ");
	assert_becomes("{{each baris}}\n{{if baris.no}}\n- {{baris.hal}}\n{{end}}\n{{end}}", "i-1(hal satu) i-2(hal dua) ");
}

static void lists_stand_apart(void **state)
{
	(void)state;
	assert_becomes("{{each hari}}\n- {{hari.hit}} {{nama}}\n{{end}}\n\nx\n\n{{each baris}}\n- {{baris.hal}}\n{{end}}",
	               "i-1(1.234 BUDI) i-2(7 BUDI) i-3(x BUDI) t(x) i-1(hal satu) i-2(hal dua) ");
	assert_becomes("{{each baris}}\n{{if hari}}\n- {{baris.no}}\n{{end}}\n{{end}}", "i-1(1) i-2(2) ");
}

/* A chart is a list's rows: numbers as people write them, what is none is nothing, or no limit. */
static void charts_are_rows_of_a_list(void **state)
{
	(void)state;
	assert_becomes("@grafik kolom hari.label hari.hit hari.kuota", "c(1 1234 200)( 7 -1)(3 0 -1) ");
	assert_becomes("@grafik batang hari.label hari.hit", "c(1 1234 -1)( 7 -1)(3 0 -1) ");
	assert_becomes("{{if hari}}\n@grafik batang hari.kuota hari.hit\n{{end}}", "c(200 1234 -1)( 7 -1)(-5 0 -1) ");
	struct filling none = usual;
	none.rows = 0;
	assert_becomes_with("a\n@grafik kolom hari.label hari.hit\n", &none, "t(a) ");
}

static void conditions(void **state)
{
	(void)state;
	assert_becomes("{{if nip}}\na\n{{else}}\nb\n{{end}}", "t(b) ");
	assert_becomes("{{if not nip}}\na\n{{else}}\nb\n{{end}}", "t(a) ");
	assert_becomes("{{if ada}}\n{{if nip}}\na\n{{end}}\nb\n{{end}}\nc", "t(b) t(c) ");
	assert_becomes("{{isi?}}\n\n{{nip?}}", "t(satu) t(dua) ");
	assert_becomes("x {{isi}}", "t(x satu   dua) ");
}

static void signatures(void **state)
{
	(void)state;
	assert_becomes("@tanda-tangan\n@kolom\nA,\n@meterai\n**{{nama}}**\n@kolom\nB\n@paraf\nNIP {{nip}}\n@akhir",
	               "S C l(A,) m l(*BUDI*) C l(B) g l(NIP _) / ");
}

/* A name that looks like the language of the text. */
static void a_value_is_never_markup(void **state)
{
	(void)state;
	static const char *const hostile[] = {"# *x*", "{{nip}}", "**tebal**", "| a | b", "@halaman", "\\", "1. a", "a :: b",
	                                      "// x", "{{end}}", "<b>&amp;</b>", "}}", "---"};
	for (size_t i = 0; i < LEN(hostile); i++) {
		struct filling with = usual;
		BUF_AUTO want = BUF(256);
		with.fields[0] = str_c(hostile[i]);
		buf_addf(&want, "t(%s) p(Nama)(%s) r(%s)(x) #(%s) ", hostile[i], hostile[i], hostile[i], hostile[i]);
		buf_addc(&want, '\0');
		assert_becomes_with("{{nama}}\n\nNama :: {{nama}}\n| {{nama}} | x\n\n# {{nama}}", &with, want.at);
	}
}

/* Nothing in a value turns the order of the words around it, or begins a line. */
static void a_value_is_one_line_in_order(void **state)
{
	(void)state;
	struct filling with = usual;
	with.fields[0] = S("A\xe2\x80\xae" "B\xe2\x81\xa6" "C\xe2\x80\xa8" "D\tE\nF\xe2\x80\x93G");
	assert_becomes_with("x {{nama}}", &with, "t(x ABCD E F\xe2\x80\x93G) ");
}

static const struct wrong {
	const char *text, *what;
} wrongs[] = {
	{"a\n{{nma}}", "baris 2: isian {{nma}} tidak dikenal"},
	{"{{Nama}}", "baris 1: {{Nama}} bukan nama isian"},
	{"{{}}", "baris 1: {{}} bukan nama isian"},
	{"a {{nama", "baris 1: {{ tidak ditutup"},
	{"a }} b", "baris 1: }} tanpa {{"},
	{"**a\n\nb", "baris 2: huruf tebal ** tidak ditutup"},
	{"| **a | b**", "baris 1: huruf tebal"},
	{"a \\x", "baris 1: setelah \\ hanya boleh"},
	{"{{baris.no}}", "baris 1: isian {{baris.no}} hanya dikenal di dalam {{each baris}}"},
	{"{{baris}}", "baris 1: {{baris}} adalah daftar"},
	{"{{each nama}}\n{{end}}", "baris 1: {{each}}: nama bukan daftar"},
	{"{{each baris}}\n{{each baris}}\n{{end}}\n{{end}}", "baris 2: {{each}} tidak boleh berada di dalam {{each}}"},
	{"{{if nama}}\na", "baris 2: {{if}} atau {{each}} di baris 1 belum ditutup"},
	{"a\n{{end}}", "baris 2: {{end}} tanpa {{if}}"},
	{"{{else}}", "baris 1: {{else}} tanpa {{if}}"},
	{"{{each baris}}\n{{else}}\n{{end}}", "baris 2: {{else}} tanpa {{if}}"},
	{"{{if nama}}\na\n{{else}}\nb\n{{else}}\nc\n{{end}}", "baris 5: {{else}} tanpa {{if}}"},
	{"a {{if nama}} b", "baris 1: {{if nama}} harus sendiri"},
	{"@gambar", "baris 1: perintah @gambar tidak dikenal"},
	{"@ruang", "baris 1: @ruang memerlukan"},
	{"@ruang 101", "baris 1: @ruang memerlukan"},
	{"@halaman 2", "baris 1: @halaman berdiri sendiri"},
	{"@akhir", "baris 1: @akhir tanpa"},
	{"@kotak\na", "baris 2: bagian di baris 1 belum ditutup dengan @akhir"},
	{"@kotak\n@kotak\n", "baris 2: bagian di baris 1 belum ditutup"},
	{"@kotak\n@halaman\n@akhir", "baris 2: @halaman tidak boleh"},
	{"@kolom", "baris 1: @kolom hanya berlaku"},
	{"@meterai", "baris 1: @paraf dan @meterai hanya berlaku"},
	{"@tanda-tangan\nx\n@akhir", "baris 2: @tanda-tangan dimulai dengan @kolom"},
	{"@tanda-tangan\n@akhir", "baris 2: @tanda-tangan tanpa @kolom"},
	{"@tanda-tangan\n@kolom\n@kolom\n@kolom\n@akhir", "baris 4: @tanda-tangan memuat paling banyak dua"},
	{"@tanda-tangan\n@kolom\n@paraf\n@meterai\n@akhir", "baris 4: satu @kolom memuat satu"},
	{"@tanda-tangan\n@kolom\n{{if nama}}\n@kolom\n{{end}}\n@akhir", "baris 4: @kolom tidak boleh berada di dalam {{if}}"},
	{"@tanda-tangan\n@kolom\n{{if nama}}\n@akhir\n{{end}}", "baris 4: {{if}} atau {{each}} di baris 3 belum ditutup"},
	{"{{if nama}}\n@kotak\n{{end}}\n@akhir", "baris 3: {{end}} dan pembukanya di baris 1"},
	{"{{each baris}}\n@tanda-tangan\n{{end}}", "baris 2: @tanda-tangan tidak boleh"},
	{"@tanda-tangan\n@kolom\n| a\n@akhir", "baris 3: tabel tidak boleh"},
	{"|= a | b\n| c", "baris 2: baris tabel ini mempunyai 1 kolom, bukan 2"},
	{"|! 1 x", "baris 1: lebar kolom adalah angka"},
	{"|! 0", "baris 1: lebar kolom adalah angka"},
	{"|!", "baris 1: tabel mempunyai 1 sampai 12 kolom"},
	{"|1|2|3|4|5|6|7|8|9|10|11|12|13", "baris 1: tabel mempunyai 1 sampai 12 kolom"},
	{"{{each baris}}\n{{hari.hit}}\n{{end}}", "baris 2: isian {{hari.hit}} hanya dikenal di dalam {{each hari}}"},
	{"@grafik", "baris 1: @grafik dimulai dengan kolom atau batang"},
	{"@grafik kue hari.label hari.hit", "baris 1: @grafik dimulai dengan kolom atau batang"},
	{"@grafik kolom hari.label", "baris 1: @grafik:  bukan isian sebuah daftar"},
	{"@grafik kolom nama hari.hit", "baris 1: @grafik: nama bukan isian sebuah daftar"},
	{"@grafik kolom hari.label baris.no", "baris 1: @grafik: isiannya berasal dari satu daftar"},
	{"@grafik kolom hari.label hari.hit hari.kuota x", "baris 1: @grafik: hari.kuota x bukan isian"},
	{"@kotak\n@grafik kolom hari.label hari.hit\n@akhir", "baris 2: @grafik tidak boleh berada"},
	{"{{each hari}}\n@grafik kolom hari.label hari.hit\n{{end}}", "baris 2: @grafik tidak boleh berada"},
	{"", "naskah kosong"},
	{"// hanya catatan", "naskah kosong"},
	{"a\nb\x01", "baris 2: berisi huruf yang tidak dapat dibaca"},
	{"a\n\n\xff", "baris 3: berisi huruf yang tidak dapat dibaca"},
};

static void a_wrong_text_is_refused_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(wrongs); i++) {
		struct err err = {0};
		BUF_AUTO out = BUF(4096);
		enum rc rc = fill_text(str_c(wrongs[i].text), &usual, &out, &err);
		if (rc != RC_INVALID || strncmp(err.what, wrongs[i].what, strlen(wrongs[i].what)) != 0)
			print_error("%s -> %s: %s\n", wrongs[i].text, rc_name(rc), err.what);
		assert_int_equal(rc, RC_INVALID);
		assert_memory_equal(err.what, wrongs[i].what, strlen(wrongs[i].what));
	}
}

/* `n` times `piece`, parsed. */
static enum rc many(const char *piece, size_t n, struct err *err)
{
	BUF_AUTO text = BUF((size_t)1 << 20);
	BUF_AUTO out = BUF((size_t)16 << 20);
	for (size_t i = 0; i < n; i++)
		buf_addz(&text, piece);
	return fill_text(buf_str(&text), &usual, &out, err);
}

static void everything_has_a_ceiling(void **state)
{
	(void)state;
	struct err err = {0};
	assert_int_equal(many("x\n\n", NASKAH_LINES_MAX / 2 - 1, &err), RC_OK);
	assert_int_equal(many("x\n\n", NASKAH_LINES_MAX / 2 + 1, &err), RC_LIMIT);
	assert_int_equal(many("x", NASKAH_LINE_MAX, &err), RC_OK);
	assert_int_equal(many("x", NASKAH_LINE_MAX + 1, &err), RC_INVALID);
	assert_int_equal(many("1234567 1234567\n", NASKAH_TEXT_MAX / 16 + 1, &err), RC_LIMIT);
	BUF_AUTO deep = BUF(4096);
	BUF_AUTO out = BUF(4096);
	for (int i = 0; i <= NASKAH_DEPTH_MAX; i++)
		buf_addz(&deep, "{{if nama}}\n");
	assert_int_equal(fill_text(buf_str(&deep), &usual, &out, &err), RC_INVALID);
	assert_non_null(strstr(err.what, "bersarang lebih dari 8 tingkat"));
}

static void values_have_ceilings(void **state)
{
	(void)state;
	struct err err = {0};
	struct filling with = usual;
	BUF_AUTO out = BUF((size_t)32 << 20);
	char *big = malloc(NASKAH_VALUE_MAX + 1);
	memset(big, 'x', NASKAH_VALUE_MAX + 1);
	with.fields[0] = str_from(big, NASKAH_VALUE_MAX + 1);
	assert_int_equal(fill_text(S("{{nama}}"), &with, &out, &err), RC_INVALID);
	with.fields[0] = S("\xc3");
	assert_int_equal(fill_text(S("{{nama}}"), &with, &out, &err), RC_INVALID);
	with.fields[0] = str_from(big, NASKAH_VALUE_MAX);
	BUF_AUTO text = BUF(NASKAH_TEXT_MAX);
	for (size_t i = 0; i * NASKAH_VALUE_MAX <= NASKAH_FILLED_MAX; i++)
		buf_addz(&text, "{{nama}}\n");
	assert_int_equal(fill_text(buf_str(&text), &with, &out, &err), RC_LIMIT);
	free(big);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_become_blocks),
		cmocka_unit_test(words_have_weight),
		cmocka_unit_test(lists_count),
		cmocka_unit_test(pairs_stand_under_their_item),
		cmocka_unit_test(tables),
		cmocka_unit_test(lists_stand_apart),
		cmocka_unit_test(charts_are_rows_of_a_list),
		cmocka_unit_test(conditions),
		cmocka_unit_test(signatures),
		cmocka_unit_test(a_value_is_never_markup),
		cmocka_unit_test(a_value_is_one_line_in_order),
		cmocka_unit_test(a_wrong_text_is_refused_with_its_line),
		cmocka_unit_test(everything_has_a_ceiling),
		cmocka_unit_test(values_have_ceilings),
	};
	_Static_assert(sizeof kinds == PDF_KIND_COUNT, "a letter for every kind");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
