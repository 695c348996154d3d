/* SPDX-License-Identifier: EUPL-1.2
 * I7.5: the file of whoever signs beside us: the published example of the format, our own, and
 * everything that is nearly one. */
#include "journal/note_secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>

/* The example key of the signed-note format's reference implementation. */
#define EXAMPLE_SECRET "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
#define EXAMPLE_VKEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define EXAMPLE_TEXT "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
#define EXAMPLE_SIGNATURE                                                                                                          \
	"\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

static void the_published_key_signs_the_published_note(void **state)
{
	(void)state;
	struct note_secret secret, other;
	BUF_AUTO vkey = BUF(NOTE_SECRET_MAX);
	BUF_AUTO back = BUF(NOTE_SECRET_MAX);
	BUF_AUTO note = BUF(NOTE_MAX_BYTES);
	BUF_AUTO out = BUF(NOTE_MAX_BYTES);
	assert_int_equal(note_secret_read(S(EXAMPLE_SECRET), &secret), RC_OK);
	note_key_text(&vkey, &secret.key);
	assert_true(str_eq(buf_str(&vkey), S(EXAMPLE_VKEY)));
	note_secret_text(&back, &secret);
	assert_true(str_eq(buf_str(&back), S(EXAMPLE_SECRET)));
	/* beside somebody else's line, and so behind it */
	assert_int_equal(note_secret_make(S("lain"), &other), RC_OK);
	assert_int_equal(note_secret_cosign(&out, S(EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE), &secret), RC_CONFLICT);
	assert_int_equal(note_secret_cosign(&note, S(EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE), &other), RC_OK);
	assert_true(str_starts(buf_str(&note), S(EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE "\u2014 lain ")));
	struct str line;
	assert_int_equal(note_signature(buf_str(&note), &secret.key, &line), RC_OK);
	assert_true(str_eq(line, S(EXAMPLE_SIGNATURE)));
	assert_int_equal(note_signature(buf_str(&note), &other.key, &line), RC_OK);
	assert_true(str_starts(line, S("\u2014 lain ")) && line.at[line.n - 1] == '\n');
}

static void nearly_keys_are_told_apart(void **state)
{
	(void)state;
	static const char *const rows[] = {
	        "",
	        "PRIVATE+KEY+",
	        EXAMPLE_VKEY,
	        "PRIVATE+KEY+PeterNeumann+c74f20a3",
	        EXAMPLE_SECRET "A",
	        EXAMPLE_SECRET "\n",
	        "private+key+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
	        "PRIVATE+KEY+Peter Neumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
	        "PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
	        "PRIVATE+KEY+PeterNeumann+c74f20a3+AoEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
	        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr",
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct note_secret secret;
		assert_int_equal(note_secret_read(str_c(rows[i]), &secret), RC_INVALID);
	}
}

static void names_and_crowds(void **state)
{
	(void)state;
	struct note_secret secret;
	BUF_AUTO note = BUF(NOTE_MAX_BYTES);
	assert_int_equal(note_secret_make(S(""), &secret), RC_INVALID);
	assert_int_equal(note_secret_make(S("dua kata"), &secret), RC_INVALID);
	assert_int_equal(note_secret_make(S("a+b"), &secret), RC_INVALID);
	buf_addz(&note, EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE);
	for (int i = 1; i < NOTE_SIGNATURES_MAX; i++) {
		BUF_AUTO next = BUF(NOTE_MAX_BYTES);
		assert_int_equal(note_secret_make(S("lain"), &secret), RC_OK);
		assert_int_equal(note_secret_cosign(&next, buf_str(&note), &secret), RC_OK);
		buf_clear(&note);
		buf_add(&note, buf_str(&next));
	}
	BUF_AUTO full = BUF(NOTE_MAX_BYTES);
	assert_int_equal(note_secret_make(S("lain"), &secret), RC_OK);
	assert_int_equal(note_secret_cosign(&full, buf_str(&note), &secret), RC_LIMIT);
	assert_int_equal(note_secret_cosign(&full, S("halo\n"), &secret), RC_INVALID);
}

static void a_fingerprint_is_read_aloud(void **state)
{
	(void)state;
	struct note_secret secret;
	assert_int_equal(note_secret_read(S(EXAMPLE_SECRET), &secret), RC_OK);
	unsigned char hash[crypto_hash_sha256_BYTES];
	char want[40];
	crypto_hash_sha256(hash, secret.key.pub, sizeof secret.key.pub);
	snprintf(want, sizeof want, "%02x%02x %02x%02x ", hash[0], hash[1], hash[2], hash[3]);
	struct note_fingerprint print = note_fingerprint(&secret.key);
	assert_int_equal(strlen(print.z), 39);
	assert_memory_equal(print.z, want, strlen(want));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_published_key_signs_the_published_note),
	        cmocka_unit_test(nearly_keys_are_told_apart),
	        cmocka_unit_test(names_and_crowds),
	        cmocka_unit_test(a_fingerprint_is_read_aloud),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
