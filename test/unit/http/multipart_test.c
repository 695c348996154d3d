/* SPDX-License-Identifier: EUPL-1.2
 * multipart/form-data: what browsers and curl send is read, what two readers could
 * understand differently is refused, and every ceiling holds. */
#include "http/multipart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena arena;

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

#define FIELD(name, value) "--B\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, bytes)                                                                                               \
	"--B\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n"                                      \
	"Content-Type: application/pdf\r\n\r\n" bytes "\r\n"
#define END "--B--\r\n"

static struct form parse(struct str body)
{
	struct form form;
	multipart_parse(body, S("B"), &arena, &form);
	return form;
}

#define assert_text(s, z)                                                                                                          \
	do {                                                                                                                       \
		assert_non_null((s).at);                                                                                           \
		assert_true(str_eq((s), S(z)));                                                                                    \
	} while (0)

static void fields_and_files(void **state)
{
	(void)state;
	struct form form =
	        parse(S(FIELD("nomor", "470/1") FIELD("kosong", "") FILE_PART("pindaian", "sptjm.pdf", "%PDF\0\r\n--\r\n")
	                        FIELD("catatan", "satu\r\ndua \xc3\xa9") FILE_PART("lain", "", "") END));
	assert_true(form.ok);
	assert_int_equal(form.n, 3);
	assert_text(form_find(&form, S("nomor")), "470/1");
	assert_text(form_find(&form, S("kosong")), "");
	assert_text(form_find(&form, S("catatan")), "satu\r\ndua \xc3\xa9");
	assert_null(form_find(&form, S("pindaian")).at);
	assert_int_equal(form.files_n, 2);
	const struct http_file *file = form_file(&form, S("pindaian"));
	assert_text(file->name, "sptjm.pdf");
	assert_text(file->bytes, "%PDF\0\r\n--\r\n");
	file = form_file(&form, S("lain")); /* nothing was chosen */
	assert_text(file->name, "");
	assert_int_equal(file->bytes.n, 0);
	assert_null(form_file(&form, S("nomor")));
}

static void an_empty_form(void **state)
{
	(void)state;
	struct form form = parse(S("--B--\r\n"));
	assert_true(form.ok && form.n == 0 && form.files_n == 0);
	form = parse(S(FIELD("a", "1") "--B--")); /* without the last CRLF */
	assert_true(form.ok && form.n == 1);
}

static void the_first_of_a_name_counts(void **state)
{
	(void)state;
	struct form form = parse(S(FIELD("a", "satu") FIELD("a", "dua") FILE_PART("f", "x", "1") FILE_PART("f", "y", "2") END));
	assert_true(form.ok);
	assert_text(form_find(&form, S("a")), "satu");
	assert_text(form_file(&form, S("f"))->name, "x");
}

static void names_of_files(void **state)
{
	(void)state;
	static const struct {
		const char *sent, *kept;
	} rows[] = {
	        {"a.pdf", "a.pdf"},
	        {"../../etc/passwd", "passwd"},
	        {"C:\\Dokumen\\sptjm.pdf", "sptjm.pdf"},
	        {"a/b\\c.pdf", "c.pdf"},
	        {"surat \\\"asli\\\".pdf", "surat \"asli\".pdf"},
	        {"surat %22asli%22.pdf", "surat \"asli\".pdf"},
	        {"dir/", ""},
	        {"ak\xc3\xa9.pdf", "ak\xc3\xa9.pdf"},
	        {"%2", "%2"},
	        {"x;y=z.pdf", "x;y=z.pdf"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		BUF_AUTO body = BUF(4096);
		buf_addf(&body, "--B\r\nContent-Disposition: form-data; name=f; filename=\"%s\"\r\n\r\nx\r\n--B--\r\n",
		         rows[i].sent);
		struct form form = parse(buf_str(&body));
		assert_true(form.ok && form.files_n == 1);
		if (!str_eq(form.files[0].file.name, str_c(rows[i].kept)))
			fail_msg("%s became %.*s", rows[i].sent, STR_ARG(form.files[0].file.name));
	}
}

static void a_long_name_is_cut_between_characters(void **state)
{
	(void)state;
	BUF_AUTO body = BUF(4096);
	buf_addz(&body, "--B\r\nContent-Disposition: form-data; name=f; filename=\"x");
	for (int i = 0; i < 200; i++)
		buf_addz(&body, "\xc3\xa9");
	buf_addz(&body, "\"\r\n\r\n\r\n--B--");
	struct form form = parse(buf_str(&body));
	assert_true(form.ok);
	assert_int_equal(form.files[0].file.name.n, MULTIPART_NAME_MAX - 1);
	assert_true(str_is_text(form.files[0].file.name));
}

#define HEAD(line) "--B\r\n" line "\r\n\r\nx\r\n--B--\r\n"
#define DISPOSITION "Content-Disposition: form-data; name=\"a\""

static void what_could_be_read_twice_is_refused(void **state)
{
	(void)state;
	static const struct str bad[] = {
	        S(""),
	        S("x"),
	        S("--C--\r\n"),
	        S("pembuka\r\n" FIELD("a", "1") END),
	        S("\r\n" FIELD("a", "1") END),
	        S(FIELD("a", "1")),
	        S(FIELD("a", "1") "--B"),
	        S(FIELD("a", "1") "--B-"),
	        S(FIELD("a", "1") "--B--\r\npenutup"),
	        S(FIELD("a", "1") "--B--\n"),
	        S("--B \r\n" DISPOSITION "\r\n\r\n1\r\n" END),
	        S("--B\n" DISPOSITION "\n\n1\n--B--\n"),
	        S("--B\r\n" DISPOSITION "\r\n\r\n1\n--B--\r\n"),
	        S(FIELD("a", "1\r\n--Bx\r\n") END),
	        S("--B\r\n\r\nx\r\n--B--\r\n"),
	        S(HEAD("Content-Type: text/plain")),
	        S(HEAD(DISPOSITION "\r\n" DISPOSITION)),
	        S(HEAD(DISPOSITION "\r\nContent-Disposition: form-data; filename=\"x\"")),
	        S(HEAD(DISPOSITION "; name=\"b\"")),
	        S(HEAD("Content-Disposition: form-data")),
	        S(HEAD("Content-Disposition: attachment; name=\"a\"")),
	        S(HEAD("Content-Disposition: form-data; name=\"a")),
	        S(HEAD("Content-Disposition: form-data; name=\"a\"x")),
	        S(HEAD("Content-Disposition: form-data; name=")),
	        S(HEAD("Content-Disposition: form-data; name=a b")),
	        S(HEAD("Content-Disposition: form-data; filename=\"a\"")),
	        S(HEAD(DISPOSITION "; filename=\"a\"; filename=\"b\"")),
	        S(HEAD(DISPOSITION "; filename*=UTF-8''a")),
	        S(HEAD("Content-Disposition: form-data;\r\n name=\"a\"")),
	        S(HEAD(DISPOSITION "\r\nX Y: 1")),
	        S(HEAD(DISPOSITION "\r\nX : 1")),
	        S(HEAD(DISPOSITION "\r\nX")),
	        S(HEAD(DISPOSITION "\r\nX: \1")),
	        S(HEAD(DISPOSITION "\nX: 1")),
	        S(HEAD(DISPOSITION "\r\nX: \xff")),
	        S(HEAD(DISPOSITION "\r\nContent-Transfer-Encoding: base64")),
	        S(HEAD(DISPOSITION "\r\nContent-Transfer-Encoding: quoted-printable")),
	        S(HEAD(DISPOSITION "\r\nContent-Type: multipart/mixed; boundary=C")),
	};
	for (size_t i = 0; i < LEN(bad); i++) {
		struct form form = parse(bad[i]);
		if (form.ok || form.n || form.files_n)
			fail_msg("taken: %.*s", STR_ARG(bad[i]));
	}
	assert_true(
	        parse(S(HEAD(DISPOSITION "\r\nContent-Transfer-Encoding: 8BIT\r\nContent-Type: text/plain; charset=utf-8\r\nX:")))
	                .ok);
}

static void a_field_that_is_no_text_spoils_the_form(void **state)
{
	(void)state;
	struct form form = parse(S(FIELD("a", "1") FIELD("b", "\xff") FIELD("c", "x\0y") FIELD("d", "4") END));
	assert_false(form.ok);
	assert_int_equal(form.n, 2);
	assert_text(form_find(&form, S("d")), "4");
	assert_null(form_find(&form, S("b")).at);
}

static void parts_have_a_ceiling(void **state)
{
	(void)state;
	BUF_AUTO body = BUF(65536);
	for (int i = 0; i < MULTIPART_PARTS_MAX; i++)
		buf_addf(&body, FIELD("f%d", "%d"), i, i);
	size_t n = body.n;
	buf_addz(&body, END);
	struct form form = parse(buf_str(&body));
	assert_true(form.ok && form.n == MULTIPART_PARTS_MAX);
	body.n = n;
	buf_addz(&body, FIELD("x", "1") END);
	form = parse(buf_str(&body));
	assert_false(form.ok);
	assert_int_equal(form.n, MULTIPART_PARTS_MAX);
}

static void heads_have_a_ceiling(void **state)
{
	(void)state;
	for (int over = 0; over < 2; over++) {
		BUF_AUTO body = BUF(65536);
		buf_addz(&body, "--B\r\n");
		size_t from = body.n;
		buf_addz(&body, DISPOSITION "\r\nX: ");
		while (body.n - from < MULTIPART_HEAD_MAX - 4 + (size_t)over)
			buf_addc(&body, 'x');
		buf_addz(&body, "\r\n\r\n1\r\n" END);
		assert_int_equal(parse(buf_str(&body)).ok, !over);
	}
}

static void memory_has_a_ceiling(void **state)
{
	(void)state;
	arena.max = arena.used + 100;
	assert_false(parse(S(FIELD("a", "1") END)).ok);
}

static void boundaries(void **state)
{
	(void)state;
	struct str b;
	assert_int_equal(multipart_boundary(S(" boundary=----WebKitFormBoundaryAbC123"), &b), RC_OK);
	assert_text(b, "----WebKitFormBoundaryAbC123");
	assert_int_equal(multipart_boundary(S(" charset=utf-8; Boundary=\"a b:c\" "), &b), RC_OK);
	assert_text(b, "a b:c");
	static const char *const bad[] = {
	        "",
	        " ",
	        "charset=utf-8",
	        "boundary",
	        "boundary=",
	        "boundary=\"\"",
	        "boundary=a b",
	        "boundary=a; boundary=a",
	        "boundary=\"a",
	        "boundary=\"a \"",
	        "boundary=\"a<\"",
	        "boundary=\"\xc3\xa9\"",
	        "boundary=a;;x",
	};
	for (size_t i = 0; i < LEN(bad); i++)
		if (multipart_boundary(str_c(bad[i]), &b) != RC_INVALID)
			fail_msg("taken: %s", bad[i]);
	char most[100] = "boundary=";
	memset(most + 9, 'x', 71);
	assert_int_equal(multipart_boundary(str_from(most, 9 + 70), &b), RC_OK);
	assert_int_equal(multipart_boundary(str_from(most, 9 + 71), &b), RC_INVALID);
}

#define T(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
int main(void)
{
	const struct CMUnitTest tests[] = {
	        T(fields_and_files),
	        T(an_empty_form),
	        T(the_first_of_a_name_counts),
	        T(names_of_files),
	        T(a_long_name_is_cut_between_characters),
	        T(what_could_be_read_twice_is_refused),
	        T(a_field_that_is_no_text_spoils_the_form),
	        T(parts_have_a_ceiling),
	        T(heads_have_a_ceiling),
	        T(memory_has_a_ceiling),
	        T(boundaries),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
