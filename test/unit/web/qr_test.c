/* SPDX-License-Identifier: EUPL-1.2
 * The QR code of a slip: its path, drawn back into modules, is the symbol that
 * libqrencode makes; attributes only; a ceiling on the text. */
#include "web/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include <qrencode.h>

#define QUIET 4
#define SIDE_MAX 60

/* Reads a number at *at and steps behind it. */
static int number(const char **at)
{
	char *end;
	long n = strtol(*at, &end, 10); /* tidy: allow, a test */
	assert_ptr_not_equal(end, *at);
	*at = end;
	return (int)n;
}

/* Every rectangle "Mx yhNv1h-Nz" painted. */
static void paint(const char *path, bool modules[SIDE_MAX][SIDE_MAX])
{
	while (*path == 'M') {
		path++;
		int x = number(&path), y = number(&path);
		assert_int_equal(*path++, 'h');
		int n = number(&path);
		assert_memory_equal(path, "v1h-", 4);
		path += 4;
		assert_int_equal(number(&path), n);
		assert_int_equal(*path++, 'z');
		for (int i = 0; i < n; i++)
			modules[y][x + i] = true;
	}
	assert_int_equal(*path, '"');
}

static void the_path_is_the_symbol(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(QR_SVG_MAX);
	bool modules[SIDE_MAX][SIDE_MAX] = {{false}};
	assert_int_equal(qr_svg_write(S("PADAN:7K2M-94QX:A1B2C3D4E5"), &out, NULL), RC_OK);
	buf_addc(&out, 0);
	assert_null(strstr(out.at, "style"));
	const char *path = strstr(out.at, " d=\"");
	assert_non_null(path);
	paint(path + 4, modules);
	QRcode *code = QRcode_encodeString("PADAN:7K2M-94QX:A1B2C3D4E5", 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	assert_non_null(code);
	assert_int_equal(code->width, 25); /* version 2: small enough for a slip */
	for (int y = 0; y < code->width + 2 * QUIET; y++)
		for (int x = 0; x < code->width + 2 * QUIET; x++) {
			int cx = x - QUIET, cy = y - QUIET;
			bool in = cx >= 0 && cy >= 0 && cx < code->width && cy < code->width;
			assert_int_equal(modules[y][x], in && (code->data[cy * code->width + cx] & 1));
		}
	QRcode_free(code);
}

static void what_cannot_be_a_code_is_refused(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(QR_SVG_MAX);
	char longer[QR_TEXT_MAX + 1];
	memset(longer, 'A', sizeof longer);
	assert_int_equal(qr_svg_write(S(""), &out, NULL), RC_INVALID);
	assert_int_equal(qr_svg_write((struct str){longer, sizeof longer}, &out, NULL), RC_INVALID);
	assert_int_equal(qr_svg_write((struct str){"A\0B", 3}, &out, NULL), RC_INVALID);
	assert_int_equal(out.n, 0);
}

static void the_longest_text_fits_and_a_small_buffer_fails(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(QR_SVG_MAX), small = BUF(100);
	char longest[QR_TEXT_MAX];
	memset(longest, 'a', sizeof longest);
	assert_int_equal(qr_svg_write((struct str){longest, sizeof longest}, &out, NULL), RC_OK);
	assert_int_equal(qr_svg_write(S("PADAN"), &small, NULL), RC_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_path_is_the_symbol),
		cmocka_unit_test(what_cannot_be_a_code_is_refused),
		cmocka_unit_test(the_longest_text_fits_and_a_small_buffer_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
