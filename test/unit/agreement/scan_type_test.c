/* SPDX-License-Identifier: EUPL-1.2
 * What a file is by its bytes: whole files of the three kinds are taken, and nothing that
 * only looks like one, is two things at once, was cut off, or acts. */
#include "agreement/scan_type.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define SAMPLE_MAX (1 << 20)

/* ---- samples ---- */
static cairo_status_t keep(void *arg, const unsigned char *data, unsigned n)
{
	buf_add(arg, str_from((const char *)data, n));
	return CAIRO_STATUS_SUCCESS;
}

static void draw(cairo_surface_t *surface)
{
	cairo_t *cr = cairo_create(surface);
	cairo_rectangle(cr, 5, 5, 20, 10);
	cairo_fill(cr);
	cairo_destroy(cr);
	cairo_surface_flush(surface);
}

static void make_png(struct buf *b)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 60, 40);
	draw(surface);
	cairo_surface_write_to_png_stream(surface, keep, b);
	cairo_surface_destroy(surface);
}

static void make_pdf(struct buf *b)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, b, 595, 842);
	draw(surface);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
}

#define SOI "\xff\xd8"
#define APP0 "\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define SOF "\xff\xc0\0\x0b\x08\0\x28\0\x3c\1\1\x11\0"
#define DHT "\xff\xc4\0\x03\0"
#define SOS "\xff\xda\0\x08\1\1\0\0\x3f\0"
#define DATA "\x12\xff\0\x34\xff\xd0\x56\xff\xff\0\x78"
#define EOI "\xff\xd9"
#define JPEG SOI APP0 SOF DHT SOS DATA EOI
#define PROGRESSIVE SOI APP0 "\xff\xff" SOF DHT SOS DATA DHT SOS DATA EOI

static struct err err;
static enum scan_type type;
static size_t n;

static enum rc find(struct str s)
{
	type = SCAN_TYPE_COUNT;
	n = 0;
	err = (struct err){0};
	return scan_type_find(s, &type, &n, &err);
}

#define assert_is(s, kind)                                                                                                         \
	do {                                                                                                                       \
		if (find(s) != RC_OK)                                                                                              \
			fail_msg("%s", err.what);                                                                                  \
		assert_int_equal(type, kind);                                                                                      \
		assert_int_equal(n, (s).n);                                                                                        \
	} while (0)
#define assert_refused(s, words)                                                                                                   \
	do {                                                                                                                       \
		assert_int_equal(find(s), RC_INVALID);                                                                             \
		if (!strstr(err.what, words))                                                                                      \
			fail_msg("\"%s\" without \"%s\"", err.what, words);                                                        \
	} while (0)

/* ---- tests ---- */
static void whole_files_are_known(void **state)
{
	(void)state;
	BUF_AUTO pdf = BUF(SAMPLE_MAX), png = BUF(SAMPLE_MAX);
	make_pdf(&pdf);
	make_png(&png);
	assert_is(buf_str(&pdf), SCAN_PDF);
	assert_is(buf_str(&png), SCAN_PNG);
	assert_is(S(JPEG), SCAN_JPEG);
	assert_is(S(PROGRESSIVE), SCAN_JPEG);
}

static void names_do_not_matter_content_does(void **state)
{
	(void)state;
	assert_refused(S("<!doctype html><script>alert(1)</script>"), "bukan PDF, JPEG, atau PNG"); /* html named .pdf */
	assert_refused(S("PK\3\4\x14\0\0\0\0\0"), "bukan PDF, JPEG, atau PNG");                     /* zip named .jpg */
	assert_refused(S("GIF89a"), "bukan PDF, JPEG, atau PNG");
	assert_refused(S("\xef\xbb\xbf%PDF-1.4\n%%EOF"), "bukan PDF, JPEG, atau PNG");
	assert_refused(S("<html>%PDF-1.4\n%%EOF"), "bukan PDF, JPEG, atau PNG"); /* polyglot: both, by some readers */
	assert_refused(S("%PDF-3.0\n%%EOF"), "bukan PDF yang dikenal");
	assert_refused(S(""), "Pilih berkas");
}

/* Every beginning of a whole file is refused. */
static void what_was_cut_off_is_refused(void **state)
{
	(void)state;
	BUF_AUTO pdf = BUF(SAMPLE_MAX), png = BUF(SAMPLE_MAX);
	make_pdf(&pdf);
	make_png(&png);
	for (size_t i = 1; i < pdf.n - 1; i++) /* its last byte is a newline */
		assert_int_equal(find(str_sub(buf_str(&pdf), 0, i)), RC_INVALID);
	for (size_t i = 1; i < png.n; i++)
		assert_int_equal(find(str_sub(buf_str(&png), 0, i)), RC_INVALID);
	for (size_t i = 1; i < sizeof JPEG - 1; i++)
		assert_int_equal(find(str_sub(S(JPEG), 0, i)), RC_INVALID);
	assert_refused(str_sub(buf_str(&png), 0, png.n - 20), "PNG ini tidak utuh");
	assert_refused(str_sub(S(JPEG), 0, sizeof JPEG - 3), "JPEG ini tidak utuh");
	assert_refused(str_sub(buf_str(&pdf), 0, pdf.n - 10), "PDF ini tidak utuh");
}

static void what_is_two_things_is_refused(void **state)
{
	(void)state;
	BUF_AUTO pdf = BUF(SAMPLE_MAX), png = BUF(SAMPLE_MAX);
	make_pdf(&pdf);
	make_png(&png);
	buf_add(&pdf, S("PK\3\4 sebuah zip di belakang"));
	assert_refused(buf_str(&pdf), "tidak utuh");
	buf_add(&png, S("PK\3\4"));
	assert_refused(buf_str(&png), "berkas lain");
	assert_refused(S(JPEG "PK\3\4 sebuah zip di belakang"), "berkas lain");
	assert_refused(S(JPEG "<script>"), "berkas lain");
}

static void what_phones_leave_behind_a_picture_is_not_kept(void **state)
{
	(void)state;
	static const struct str rest[] = {S("\0\0\0"), S(JPEG), S("\0\0\1\x0aImage_UTC_Data1764000000SEFHx\0\0\0SEFT")};
	for (size_t i = 0; i < LEN(rest); i++) {
		BUF_AUTO b = BUF(4096);
		buf_add(&b, S(JPEG));
		buf_add(&b, rest[i]);
		assert_int_equal(find(buf_str(&b)), RC_OK);
		assert_int_equal(type, SCAN_JPEG);
		assert_int_equal(n, sizeof JPEG - 1);
	}
}

static void pictures_have_sane_sides_and_parts(void **state)
{
	(void)state;
#define SIDES(height, width) SOI APP0 "\xff\xc0\0\x0b\x08" height width "\1\1\x11\0" DHT SOS DATA EOI
	assert_is(S(SIDES("\x4e\x20", "\x4e\x20")), SCAN_JPEG);
	assert_refused(S(SIDES("\x4e\x21", "\0\x3c")), "JPEG");
	assert_refused(S(SIDES("\0\x28", "\0\0")), "JPEG");
	assert_refused(S(SOI APP0 SOF DHT EOI), "JPEG");      /* no scan */
	assert_refused(S(SOI APP0 DHT SOS DATA EOI), "JPEG"); /* no frame */
	assert_refused(S(SOI APP0 "x" SOF DHT SOS DATA EOI), "JPEG");
	assert_refused(S(SOI "\xff\xe0\0\x01" SOF DHT SOS DATA EOI), "JPEG");
	assert_refused(S(SOI "\xff\xe0\xff\xff" SOF DHT SOS DATA EOI), "JPEG");
	assert_refused(S(SOI APP0 SOI SOF DHT SOS DATA EOI), "JPEG");
	BUF_AUTO png = BUF(SAMPLE_MAX);
	make_png(&png);
	static const struct {
		size_t at;
		char byte;
	} spoilt[] = {{8, 1}, {12, 'x'}, {16, 1}, {19, 0}, {23, 0}}; /* length, type, width 2^24, width 0, height 0 */
	for (size_t i = 0; i < LEN(spoilt); i++) {
		char was = png.at[spoilt[i].at];
		png.at[spoilt[i].at] = spoilt[i].byte;
		assert_refused(buf_str(&png), "PNG ini tidak utuh");
		png.at[spoilt[i].at] = was;
	}
	assert_is(buf_str(&png), SCAN_PNG);
	assert_refused(S("\x89PNG\r\n\x1a\n\0\0\0\0IEND\xae\x42\x60\x82"), "PNG ini tidak utuh");
}

#define PDF(inside) S("%PDF-1.4\n1 0 obj\n<< /Type /Catalog " inside " >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")

static void a_pdf_that_acts_is_refused(void **state)
{
	(void)state;
	static const struct str acts[] = {
	        PDF("/S /JavaScript /JS (app.alert)"),
	        PDF("/JS 5 0 R"),
	        PDF("/JS(x)"),
	        PDF("/S/J#61vaScript"),
	        PDF("/#4a#53 (x)"),
	        PDF("/S /Launch"),
	        PDF("/Type /EmbeddedFile"),
	        PDF("/Names << /EmbeddedFiles 7 0 R >>"),
	        PDF("/OpenAction 5 0 R"),
	        PDF("/OpenAction << /S /URI >>"),
	        PDF("/OpenAction<</S/URI>>"),
	        PDF("/Subtype /RichMedia"),
	        PDF("/XFA 9 0 R"),
	        PDF(">>\nstream\nabc\nendstream\n<< /JS (x)"),
	        PDF(">>\nstream\n/JavaScript \nendstream\n<< "),
	};
	for (size_t i = 0; i < LEN(acts); i++) {
		enum rc rc = find(acts[i]);
		if (rc != RC_INVALID || !strstr(err.what, "isi yang aktif"))
			fail_msg("%.*s: %s", STR_ARG(acts[i]), err.what);
	}
	assert_refused(PDF(">>\nendobj\ntrailer << /Encrypt 8 0 R"), "sandi");
}

static void a_pdf_that_does_not_is_taken(void **state)
{
	(void)state;
	assert_is(PDF(""), SCAN_PDF);
	assert_is(PDF("/OpenAction [3 0 R /XYZ null null 0]"), SCAN_PDF); /* as office programs write it */
	assert_is(PDF("/JSON /Js /JavaScripts /EncryptMetadatas /Launches"), SCAN_PDF);
	assert_is(PDF(">>\nstream\n\x01/JS \x02\nendstream\n<<"), SCAN_PDF); /* by chance, in a picture */
	assert_is(S("%PDF-2.0\n%%EOF\n1 0 obj\n%%EOF\r\n\0\0"), SCAN_PDF);   /* changed later on */
}

static void the_table_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < SCAN_TYPE_COUNT; i++) {
		const struct scan_type_row *row = scan_type_at(i);
		assert_int_equal(row->type, i);
		assert_int_equal(scan_type_of(str_c(row->key)), i);
		assert_true(row->media && row->suffix[0] == '.' && row->label);
	}
	assert_null(scan_type_at(SCAN_TYPE_COUNT));
	assert_int_equal(scan_type_of(S("html")), SCAN_TYPE_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(whole_files_are_known),
	        cmocka_unit_test(names_do_not_matter_content_does),
	        cmocka_unit_test(what_was_cut_off_is_refused),
	        cmocka_unit_test(what_is_two_things_is_refused),
	        cmocka_unit_test(what_phones_leave_behind_a_picture_is_not_kept),
	        cmocka_unit_test(pictures_have_sane_sides_and_parts),
	        cmocka_unit_test(a_pdf_that_acts_is_refused),
	        cmocka_unit_test(a_pdf_that_does_not_is_taken),
	        cmocka_unit_test(the_table_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
