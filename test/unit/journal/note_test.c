/* SPDX-License-Identifier: EUPL-1.2
 * Signed notes: the published example of the format, our own, and everything that
 * is nearly one. */
#include "journal/note.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>

/* The example key and note of the signed-note format's reference implementation. */
#define EXAMPLE_VKEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define EXAMPLE_TEXT "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
#define EXAMPLE_SIGNATURE                                                                                                          \
	"\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

static struct note_key example_key(void)
{
	struct note_key key;
	assert_int_equal(note_key_read(S(EXAMPLE_VKEY), &key), RC_OK);
	return key;
}

static void the_published_note_opens(void **state)
{
	(void)state;
	struct note_key key = example_key();
	struct str text;
	assert_int_equal(note_open(S(EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE), &key, &text), RC_OK);
	assert_true(str_eq(text, S(EXAMPLE_TEXT)));
	BUF_AUTO vkey = BUF(200);
	note_key_text(&vkey, &key);
	assert_true(str_eq(buf_str(&vkey), S(EXAMPLE_VKEY)));
}

static void nearly_notes_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *note;
		enum rc rc;
	} rows[] = {
		{"", RC_INVALID},
		{"\n", RC_INVALID},
		{"\n\n", RC_INVALID},
		{EXAMPLE_TEXT, RC_INVALID},
		{EXAMPLE_TEXT "\n", RC_INVALID},
		{EXAMPLE_TEXT EXAMPLE_SIGNATURE, RC_INVALID},
		{EXAMPLE_TEXT "\nx" EXAMPLE_SIGNATURE, RC_INVALID},
		{EXAMPLE_TEXT "\n\u2014 PeterNeumann\n", RC_INVALID},
		{EXAMPLE_TEXT "\n\u2014 PeterNeumann x08g\n", RC_INVALID},
		{EXAMPLE_TEXT "\n\u2014 PeterNeumann !!!!\n", RC_INVALID},
		{EXAMPLE_TEXT "\n\u2014 Peter+Neumann x08go/Y=\n", RC_INVALID},
		{EXAMPLE_TEXT "\n- PeterNeumann x08go/Y=\n", RC_INVALID},
		{EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE "x", RC_INVALID},
		{EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE "\n", RC_INVALID},
		{EXAMPLE_TEXT "\n\u2014 somebody x08go/ZJ\n", RC_REFUSED},
		{EXAMPLE_TEXT "\n\u2014 PeterNeumann x08go/ZJ\n", RC_REFUSED},
		{"x" EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE, RC_REFUSED},
		{EXAMPLE_TEXT "\n\n" EXAMPLE_SIGNATURE, RC_REFUSED}, /* the text has one more newline then */
		{EXAMPLE_TEXT "\n\u2014 somebody x08go/ZJ\n" EXAMPLE_SIGNATURE, RC_OK},
		{EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE "\u2014 somebody x08go/ZJ\n", RC_OK},
	};
	struct note_key key = example_key();
	struct str text;
	for (size_t i = 0; i < LEN(rows); i++) {
		if (note_open(str_c(rows[i].note), &key, &text) != rows[i].rc)
			print_error("row %zu\n", i);
		assert_int_equal(note_open(str_c(rows[i].note), &key, &text), rows[i].rc);
	}
}

/* Any one bit changed anywhere: never again RC_OK. */
static void every_bit_counts(void **state)
{
	(void)state;
	char note[] = EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE;
	struct note_key key = example_key();
	struct str text;
	for (size_t i = 0; i < sizeof note - 1; i++) {
		note[i] ^= 1;
		assert_int_not_equal(note_open(str_from(note, sizeof note - 1), &key, &text), RC_OK);
		note[i] ^= 1;
	}
}

static void keys_are_read_strictly(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"PeterNeumann",
		"PeterNeumann+c74f20a3",
		"PeterNeumann+c74f20a3+",
		"PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"PeterNeumann+c74f20a3+AhpcpQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy",
		"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW+",
		"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq\xe1LDE4izWy10TW", /* some decoders take it for '/' */
	};
	struct note_key key;
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(note_key_read(str_c(bad[i]), &key), RC_INVALID);
}

/* ---- checkpoints ---- */

struct signer {
	struct note_key key;
	unsigned char secret[64];
};

static struct signer signer(void)
{
	struct signer s;
	unsigned char pub[32], seed[32] = {9};
	assert_true(sodium_init() >= 0);
	crypto_sign_seed_keypair(pub, s.secret, seed);
	assert_int_equal(note_key_make(S("padan.example/1"), pub, &s.key), RC_OK);
	return s;
}

static void a_checkpoint_comes_back(void **state)
{
	(void)state;
	struct signer s = signer();
	struct note_checkpoint in = {.origin = S("padan.example/1"), .size = 20852163}, out;
	memset(in.root.at, 0x5a, TREE_HASH);
	BUF_AUTO note = BUF(NOTE_MAX_BYTES);
	note_checkpoint_write(&note, &in, &s.key, s.secret);
	assert_true(str_starts(
		buf_str(&note),
		S("padan.example/1\n20852163\nWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo=\n\n\u2014 padan.example/1 ")));
	assert_int_equal(note_checkpoint_open(buf_str(&note), &s.key, &out), RC_OK);
	assert_true(str_eq(out.origin, in.origin));
	assert_int_equal(out.size, in.size);
	assert_memory_equal(out.root.at, in.root.at, TREE_HASH);
	struct note_key stranger = example_key();
	assert_int_equal(note_checkpoint_open(buf_str(&note), &stranger, &out), RC_REFUSED);
}

#define ROOT "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo="
static void signed_texts_that_are_no_checkpoints(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum rc rc;
	} rows[] = {
		{"o\n5\n" ROOT "\n", RC_OK},
		{"o\n5\n" ROOT "\nextension\n", RC_OK},
		{"o\n0\n" ROOT "\n", RC_OK},
		{"\n5\n" ROOT "\n", RC_INVALID},
		{"o\n05\n" ROOT "\n", RC_INVALID},
		{"o\n-5\n" ROOT "\n", RC_INVALID},
		{"o\n-0\n" ROOT "\n", RC_INVALID},
		{"o\n\n" ROOT "\n", RC_INVALID},
		{"o\n5\n", RC_INVALID},
		{"o\n", RC_INVALID},
		{"o\n5\nWlpa\n", RC_INVALID},
		{"o\n5\n" ROOT "x\n", RC_INVALID},
		{"o\n99999999999999999999\n" ROOT "\n", RC_INVALID},
	};
	struct signer s = signer();
	for (size_t i = 0; i < LEN(rows); i++) {
		unsigned char signature[68];
		struct note_checkpoint out;
		BUF_AUTO note = BUF(NOTE_MAX_BYTES);
		memcpy(signature, s.key.hash, 4);
		crypto_sign_detached(signature + 4, NULL, (const unsigned char *)rows[i].text, strlen(rows[i].text), s.secret);
		buf_addf(&note, "%s\n\u2014 %s ", rows[i].text, s.key.name);
		base64_add(&note, str_from((const char *)signature, sizeof signature));
		buf_addc(&note, '\n');
		if (note_checkpoint_open(buf_str(&note), &s.key, &out) != rows[i].rc)
			print_error("row %zu\n", i);
		assert_int_equal(note_checkpoint_open(buf_str(&note), &s.key, &out), rows[i].rc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_note_opens), cmocka_unit_test(nearly_notes_are_told_apart),
		cmocka_unit_test(every_bit_counts),         cmocka_unit_test(keys_are_read_strictly),
		cmocka_unit_test(a_checkpoint_comes_back),  cmocka_unit_test(signed_texts_that_are_no_checkpoints),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
