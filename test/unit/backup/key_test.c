/* SPDX-License-Identifier: EUPL-1.2
 * Keys of backups as text: read back the same, and every mistyped letter is found. */
#include "backup/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void both_halves_read_back(void **state)
{
	(void)state;
	struct secret secret, again;
	struct backup_public pub, read;
	BUF_AUTO text = BUF(BACKUP_KEY_TEXT_MAX);
	BUF_AUTO hidden = BUF(BACKUP_KEY_TEXT_MAX);
	assert_int_equal(backup_key_make(&secret, NULL), RC_OK);
	pub = backup_key_public(&secret);
	buf_addz(&text, " \n");
	backup_public_text(&text, &pub);
	buf_addc(&text, '\n');
	assert_int_equal(backup_public_read(buf_str(&text), &read, NULL), RC_OK);
	assert_memory_equal(read.at, pub.at, sizeof pub.at);
	assert_string_equal(backup_key_mark(&read).z, backup_key_mark(&pub).z);
	backup_secret_text(&hidden, &secret);
	assert_int_equal(backup_secret_read(buf_str(&hidden), &again, NULL), RC_OK);
	assert_memory_equal(again.at, secret.at, secret.n);
	/* one is never taken for the other */
	assert_int_equal(backup_public_read(buf_str(&hidden), &read, NULL), RC_REFUSED);
	assert_int_equal(backup_secret_read(buf_str(&text), &again, NULL), RC_INVALID);
	secret_free(&secret);
	secret_free(&again);
}

static void a_mistyped_letter_is_found(void **state)
{
	(void)state;
	struct secret secret;
	BUF_AUTO text = BUF(BACKUP_KEY_TEXT_MAX);
	assert_int_equal(backup_key_make(&secret, NULL), RC_OK);
	struct backup_public pub = backup_key_public(&secret), read;
	backup_public_text(&text, &pub);
	for (size_t i = 0; i < text.n; i++) {
		char was = text.at[i];
		text.at[i] = was == '0' ? '1' : '0';
		assert_int_equal(backup_public_read(buf_str(&text), &read, NULL), RC_INVALID);
		text.at[i] = was;
		assert_int_equal(backup_public_read(str_sub(buf_str(&text), 0, i), &read, NULL), RC_INVALID);
	}
	secret_free(&secret);
}

static void a_mark_tells_keys_apart(void **state)
{
	(void)state;
	struct secret one, other;
	assert_int_equal(backup_key_make(&one, NULL), RC_OK);
	assert_int_equal(backup_key_make(&other, NULL), RC_OK);
	assert_string_equal(backup_master_mark(&one).z, backup_master_mark(&one).z);
	assert_string_not_equal(backup_master_mark(&one).z, backup_master_mark(&other).z);
	assert_int_equal(strlen(backup_master_mark(&one).z), 16);
	secret_free(&one);
	secret_free(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(both_halves_read_back),
	        cmocka_unit_test(a_mistyped_letter_is_found),
	        cmocka_unit_test(a_mark_tells_keys_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
