/* SPDX-License-Identifier: EUPL-1.2
 * The file of a backup: whatever its length it reads back, and any changed, missing,
 * moved or added byte is found. */
#include "backup/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define SEALED (BACKUP_CHUNK + 17)

static struct secret secret, master;
static struct backup_public pub;

static int keys_make(void **state)
{
	(void)state;
	if (backup_key_make(&secret, NULL) != RC_OK || backup_key_make(&master, NULL) != RC_OK)
		return -1;
	pub = backup_key_public(&secret);
	return 0;
}

static int keys_free(void **state)
{
	(void)state;
	secret_free(&secret);
	secret_free(&master);
	return 0;
}

/* What stands at a place of the plain text; no two chunks are alike. */
static unsigned char at(size_t i)
{
	return (unsigned char)(i * 31 + i / BACKUP_CHUNK * 7 + 5);
}

/* In memory, like a file: length `n`, written in pieces of `step`. */
static int sealed(size_t n, size_t step)
{
	struct backup_writer *w;
	int fd = memfd_create("backup", 0);
	assert_true(fd >= 0);
	unsigned char *plain = malloc(n + 1);
	assert_non_null(plain);
	for (size_t i = 0; i < n; i++)
		plain[i] = at(i);
	assert_int_equal(backup_writer_open(fd, &pub, backup_master_mark(&master), &w, NULL), RC_OK);
	for (size_t i = 0; i < n; i += step)
		assert_int_equal(backup_write(w, str_from((char *)plain + i, n - i < step ? n - i : step), NULL), RC_OK);
	assert_int_equal(backup_writer_end(w, NULL), RC_OK);
	backup_writer_close(w);
	free(plain);
	return fd;
}

/* Everything and the end; RC_OK only when all of it is right. */
static enum rc opened(int fd, size_t n, const struct secret *key)
{
	struct backup_reader *r;
	struct backup_head head;
	unsigned char *plain = malloc(n + 1);
	assert_non_null(plain);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	enum rc rc = backup_reader_open(fd, key, &head, &r, NULL);
	if (rc == RC_OK) {
		rc = backup_read(r, plain, n, NULL);
		if (rc == RC_OK)
			rc = backup_reader_end(r, NULL);
		backup_reader_close(r);
	}
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (plain[i] != at(i))
			fail_msg("byte %zu is another", i);
	free(plain);
	return rc;
}

static void every_length_reads_back(void **state)
{
	(void)state;
	static const size_t lengths[] = {
	        0, 1, 1000, BACKUP_CHUNK - 1, BACKUP_CHUNK, BACKUP_CHUNK + 1, 2 * BACKUP_CHUNK, 3 * BACKUP_CHUNK + 77};
	for (size_t i = 0; i < LEN(lengths); i++) {
		size_t n = lengths[i], chunks = n ? (n + BACKUP_CHUNK - 1) / BACKUP_CHUNK : 1;
		int fd = sealed(n, 4099);
		assert_int_equal(lseek(fd, 0, SEEK_END), BACKUP_HEAD_SIZE + n + 17 * chunks);
		assert_int_equal(opened(fd, n, &secret), RC_OK);
		/* what is not there is not read, and what was not read is missed */
		assert_int_equal(opened(fd, n + 1, &secret), RC_REFUSED);
		if (n)
			assert_int_equal(opened(fd, n - 1, &secret), RC_REFUSED);
		close(fd);
	}
}

static void the_head_says_which_keys(void **state)
{
	(void)state;
	struct backup_head head;
	char bytes[BACKUP_HEAD_SIZE + 1];
	int fd = sealed(10, 10);
	assert_int_equal(pread(fd, bytes, sizeof bytes, 0), sizeof bytes);
	assert_int_equal(backup_head_read(str_from(bytes, BACKUP_HEAD_SIZE), &head, NULL), RC_OK);
	assert_string_equal(head.key.z, backup_key_mark(&pub).z);
	assert_string_equal(head.master.z, backup_master_mark(&master).z);
	for (size_t n = 0; n < BACKUP_HEAD_SIZE; n++)
		assert_int_equal(backup_head_read(str_from(bytes, n), &head, NULL), RC_INVALID);
	close(fd);
}

static void another_key_is_named(void **state)
{
	(void)state;
	struct secret other;
	struct backup_reader *r;
	struct backup_head head;
	struct err err = {0};
	int fd = sealed(10, 10);
	assert_int_equal(backup_key_make(&other, NULL), RC_OK);
	lseek(fd, 0, SEEK_SET);
	assert_int_equal(backup_reader_open(fd, &other, &head, &r, &err), RC_REFUSED);
	assert_non_null(strstr(err.what, backup_key_mark(&pub).z));
	secret_free(&other);
	close(fd);
}

static void every_changed_byte_is_found(void **state)
{
	(void)state;
	size_t n = 300;
	int fd = sealed(n, 300);
	off_t size = lseek(fd, 0, SEEK_END);
	for (off_t i = 0; i < size; i++) {
		unsigned char was, now;
		assert_int_equal(pread(fd, &was, 1, i), 1);
		for (unsigned bit = 1; bit < 256; bit <<= 1) {
			now = (unsigned char)(was ^ bit);
			assert_int_equal(pwrite(fd, &now, 1, i), 1);
			if (opened(fd, n, &secret) == RC_OK)
				fail_msg("byte %lld, bit %u", (long long)i, bit);
		}
		assert_int_equal(pwrite(fd, &was, 1, i), 1);
	}
	assert_int_equal(opened(fd, n, &secret), RC_OK);
	close(fd);
}

static void every_cut_is_found(void **state)
{
	(void)state;
	size_t n = 300;
	int fd = sealed(n, 300);
	for (off_t size = lseek(fd, 0, SEEK_END) - 1; size >= 0; size--) {
		assert_int_equal(ftruncate(fd, size), 0);
		assert_int_not_equal(opened(fd, n, &secret), RC_OK);
	}
	close(fd);
}

/* Also where a chunk ends, which no tag of a chunk can tell. */
static void a_cut_between_chunks_is_found(void **state)
{
	(void)state;
	size_t chunks = 3;
	for (size_t kept = 0; kept < chunks; kept++) {
		int fd = sealed(chunks * BACKUP_CHUNK, BACKUP_CHUNK);
		assert_int_equal(ftruncate(fd, (off_t)(BACKUP_HEAD_SIZE + kept * SEALED)), 0);
		assert_int_equal(opened(fd, kept * BACKUP_CHUNK, &secret), RC_REFUSED);
		close(fd);
	}
}

static void chunks_keep_their_order(void **state)
{
	(void)state;
	static unsigned char first[SEALED], second[SEALED];
	int fd = sealed(3 * BACKUP_CHUNK, BACKUP_CHUNK);
	assert_int_equal(pread(fd, first, SEALED, BACKUP_HEAD_SIZE), SEALED);
	assert_int_equal(pread(fd, second, SEALED, BACKUP_HEAD_SIZE + SEALED), SEALED);
	assert_int_equal(pwrite(fd, second, SEALED, BACKUP_HEAD_SIZE), SEALED);
	assert_int_equal(pwrite(fd, first, SEALED, BACKUP_HEAD_SIZE + SEALED), SEALED);
	assert_int_equal(opened(fd, 3 * BACKUP_CHUNK, &secret), RC_REFUSED);
	close(fd);
}

static void nothing_may_follow_the_end(void **state)
{
	(void)state;
	static const size_t lengths[] = {100, BACKUP_CHUNK};
	for (size_t i = 0; i < LEN(lengths); i++) {
		int fd = sealed(lengths[i], 100);
		lseek(fd, 0, SEEK_END);
		assert_int_equal(write(fd, "x", 1), 1);
		assert_int_equal(opened(fd, lengths[i], &secret), RC_REFUSED);
		close(fd);
	}
}

static void a_full_disk_is_told(void **state)
{
	(void)state;
	struct backup_writer *w;
	FILE *full = fopen("/dev/full", "w");
	assert_non_null(full);
	assert_int_equal(backup_writer_open(fileno(full), &pub, backup_master_mark(&master), &w, NULL), RC_BROKEN);
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_length_reads_back), cmocka_unit_test(the_head_says_which_keys),
	        cmocka_unit_test(another_key_is_named),    cmocka_unit_test(every_changed_byte_is_found),
	        cmocka_unit_test(every_cut_is_found),      cmocka_unit_test(a_cut_between_chunks_is_found),
	        cmocka_unit_test(chunks_keep_their_order), cmocka_unit_test(nothing_may_follow_the_end),
	        cmocka_unit_test(a_full_disk_is_told),
	};
	return cmocka_run_group_tests(tests, keys_make, keys_free);
}
