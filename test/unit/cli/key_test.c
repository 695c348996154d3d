/* SPDX-License-Identifier: EUPL-1.2
 * The master key's file: what is a key, who may read it, and keys made from it. */
#include "cli/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/file.h"

#define HEX32 "00112233445566778899aabbccddeeff"

static char dir[] = "/tmp/padan-key-XXXXXX";
static char path[64];

static int make_dir(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof path, "%s/k", dir);
	return 0;
}

static int remove_dir(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static enum rc read_text(const char *text)
{
	struct secret key = {0};
	assert_int_equal(file_write(path, 0600, str_c(text), NULL), RC_OK);
	enum rc rc = key_read(path, &key, NULL);
	secret_free(&key);
	return rc;
}

static void made_then_read(void **state)
{
	(void)state;
	struct secret key;
	unsigned mode;
	unlink(path);
	assert_int_equal(key_make(path, NULL), RC_OK);
	assert_int_equal(file_mode(path, &mode, NULL), RC_OK);
	assert_int_equal(mode, 0600);
	assert_int_equal(key_read(path, &key, NULL), RC_OK);
	assert_int_equal(key.n, KEY_BYTES);
	secret_free(&key);
	assert_int_equal(key_make(path, NULL), RC_CONFLICT); /* never over an existing one */
}

static enum rc read_password(const char *text, unsigned mode)
{
	struct secret password = {0};
	assert_int_equal(file_write(path, mode, str_c(text), NULL), RC_OK);
	enum rc rc = key_read_password(path, 8, &password, NULL);
	if (rc == RC_OK)
		assert_true(str_eq(secret_str(&password), S("rahasia")));
	secret_free(&password);
	return rc;
}

static void a_password_is_one_guarded_line(void **state)
{
	(void)state;
	assert_int_equal(read_password("rahasia", 0600), RC_OK);
	assert_int_equal(read_password("rahasia\r\n", 0400), RC_OK);
	assert_int_equal(read_password("rahasia", 0640), RC_REFUSED);
	assert_int_equal(read_password("", 0600), RC_INVALID);
	assert_int_equal(read_password("\n\n", 0600), RC_INVALID);
	assert_int_equal(read_password("rahasia\nx", 0600), RC_INVALID);
	assert_int_equal(read_password("rahasia78", 0600), RC_INVALID);
	assert_int_equal(read_password("rahasia7890123", 0600), RC_INVALID);
	unlink(path);
	struct secret none = {0};
	assert_int_equal(key_read_password(path, 8, &none, NULL), RC_ABSENT);
}

static void only_64_hex_digits_are_a_key(void **state)
{
	(void)state;
	assert_int_equal(read_text(HEX32 HEX32), RC_OK);
	assert_int_equal(read_text(HEX32 HEX32 "\n"), RC_OK);
	assert_int_equal(read_text(HEX32 HEX32 "0"), RC_INVALID);
	assert_int_equal(read_text(HEX32), RC_INVALID);
	assert_int_equal(read_text(HEX32 HEX32 HEX32), RC_INVALID);
	assert_int_equal(read_text(HEX32 "0011223344556677x899aabbccddeeff"), RC_INVALID);
	assert_int_equal(read_text(""), RC_INVALID);
}

static void others_must_not_read_it(void **state)
{
	(void)state;
	struct secret key;
	assert_int_equal(read_text(HEX32 HEX32), RC_OK);
	chmod(path, 0640);
	assert_int_equal(key_read(path, &key, NULL), RC_REFUSED);
	chmod(path, 0604);
	assert_int_equal(key_read(path, &key, NULL), RC_REFUSED);
	assert_int_equal(key_read("/nonexistent/k", &key, NULL), RC_ABSENT);
}

static void systemd_hands_it_over(void **state)
{
	(void)state;
	struct secret key;
	assert_int_equal(read_text(HEX32 HEX32), RC_OK);
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_int_equal(key_read("credential:k", &key, NULL), RC_ABSENT);
	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	assert_int_equal(key_read("credential:k", &key, NULL), RC_OK);
	secret_free(&key);
	assert_int_equal(key_read("credential:other", &key, NULL), RC_ABSENT);
}

static void each_use_has_a_key_of_its_own(void **state)
{
	(void)state;
	struct secret master, one, two, again;
	assert_int_equal(read_text(HEX32 HEX32), RC_OK);
	assert_int_equal(key_read(path, &master, NULL), RC_OK);
	assert_int_equal(key_derive(&master, KEY_GATE, &one, NULL), RC_OK);
	assert_int_equal(key_derive(&master, KEY_REPEAT, &two, NULL), RC_OK);
	assert_int_equal(key_derive(&master, KEY_GATE, &again, NULL), RC_OK);
	assert_true(str_eq(secret_str(&one), secret_str(&again)));
	assert_false(str_eq(secret_str(&one), secret_str(&two)));
	assert_false(str_eq(secret_str(&one), secret_str(&master)));
	secret_free(&master);
	secret_free(&one);
	secret_free(&two);
	secret_free(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_then_read),
	        cmocka_unit_test(a_password_is_one_guarded_line),
		cmocka_unit_test(only_64_hex_digits_are_a_key),
		cmocka_unit_test(others_must_not_read_it),
		cmocka_unit_test(systemd_hands_it_over),
		cmocka_unit_test(each_use_has_a_key_of_its_own),
	};
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
