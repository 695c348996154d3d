/* SPDX-License-Identifier: EUPL-1.2
 * cli/backup_open.c - see backup_open.h. */
#include "cli/backup_open.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/key.h"
#include "sys/file.h"

#define STEP ((size_t)256 << 10)
#define SIZE_DIGITS 8
#define ARENA_MAX ((size_t)4 << 20)

static enum rc read_secret(const char *file, struct secret *ret, struct err *err)
{
	struct secret line;
	enum rc rc = key_read_password(file, BACKUP_KEY_TEXT_MAX, &line, err);
	if (rc == RC_ABSENT)
		return RC_INVALID;
	if (rc != RC_OK)
		return rc;
	rc = backup_secret_read(secret_str(&line), ret, err);
	secret_free(&line);
	return rc;
}

static enum rc read_manifest(struct backup_in *in, struct err *err)
{
	char digits[SIZE_DIGITS];
	int64_t n;
	TRY(backup_read(in->reader, digits, sizeof digits, err));
	if (str_int(str_from(digits, sizeof digits), 1, MANIFEST_BYTES_MAX, &n) != RC_OK)
		return FAIL(err, RC_REFUSED, "daftar isi cadangan tidak dapat dibaca");
	char *text = ARENA_ARRAY(&in->arena, (size_t)n, char);
	if (!text)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(backup_read(in->reader, text, (size_t)n, err));
	enum rc rc = manifest_read(str_from(text, (size_t)n), &in->arena, &in->manifest, err);
	for (size_t i = 0; i < MANIFEST_PARTS; i++)
		in->all += in->manifest.parts[i].size;
	return rc == RC_INVALID ? RC_REFUSED : rc; /* sealed for us, and yet not ours */
}

enum rc backup_in_open(struct backup_in *in, const char *path, const char *secret_file, struct err *err)
{
	struct secret secret;
	arena_init(&in->arena, ARENA_MAX);
	in->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuka %.150s", path);
	TRY(read_secret(secret_file, &secret, err));
	enum rc rc = backup_reader_open(in->fd, &secret, &in->head, &in->reader, err);
	secret_free(&secret);
	return rc == RC_OK ? read_manifest(in, err) : rc;
}

static enum rc part_steps(struct backup_in *in, int64_t size, int to, crypto_generichash_state *digest, struct err *err)
{
	BUF_AUTO room = BUF(STEP);
	if (!buf_room(&room, STEP))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	while (size > 0) {
		size_t n = size < (int64_t)STEP ? (size_t)size : STEP;
		TRY(backup_read(in->reader, room.at, n, err));
		crypto_generichash_update(digest, (const unsigned char *)room.at, n);
		if (to >= 0)
			TRY(file_write_fd(to, str_from(room.at, n), err));
		size -= (int64_t)n;
		in->done += (int64_t)n;
		if (in->progress)
			in->progress(in->arg, in->done, in->all);
	}
	return RC_OK;
}

enum rc backup_in_part(struct backup_in *in, enum manifest_part part, int to, struct err *err)
{
	const struct manifest_file *file = &in->manifest.parts[part];
	crypto_generichash_state digest;
	unsigned char is[MANIFEST_DIGEST];
	crypto_generichash_init(&digest, NULL, 0, sizeof is);
	TRY(part_steps(in, file->size, to, &digest, err));
	crypto_generichash_final(&digest, is, sizeof is);
	if (memcmp(is, file->digest, sizeof is) != 0)
		return FAIL(err, RC_REFUSED, "%s tidak cocok dengan sidiknya", manifest_part_name(part));
	return RC_OK;
}

enum rc backup_in_end(struct backup_in *in, struct err *err)
{
	return backup_reader_end(in->reader, err);
}

void backup_in_close(struct backup_in *in)
{
	backup_reader_close(in->reader);
	if (in->fd >= 0)
		close(in->fd);
	arena_free(&in->arena);
}

void backup_in_print(const struct backup_in *in)
{
	const struct manifest *m = &in->manifest;
	printf("cadangan dari %s oleh padan %.*s\n", clock_short_wib(m->made_us).z, STR_ARG(m->version));
	printf("kunci cadangan %s, kunci induk %s\n", in->head.key.z, in->head.master.z);
	for (enum manifest_part part = 0; part < MANIFEST_PARTS; part++)
		if (m->parts[part].is)
			printf("  %-12s %lld byte\n", manifest_part_name(part), (long long)m->parts[part].size);
	for (size_t i = 0; i < m->logs_n; i++)
		printf("  log %d: %lld entri\n", m->logs[i].log_id, (long long)m->logs[i].size);
}
