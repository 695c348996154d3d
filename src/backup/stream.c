/* SPDX-License-Identifier: EUPL-1.2
 * backup/stream.c - see stream.h.
 *
 * The writer holds a full chunk back until it knows whether more comes, because the
 * last one is marked; the reader looks one chunk ahead for the same reason. Plain text
 * stands in guarded memory and is wiped with it. */
#include "backup/stream.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "sys/file.h"

#define LINES_SIZE 78
#define LINES_FORM "padan-cadangan 1\nkunci-cadangan %s\nkunci-induk %s\n"
#define BOX_SIZE (crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES)
#define START_SIZE crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define TAG_SIZE crypto_secretstream_xchacha20poly1305_ABYTES
#define SEALED_MAX (BACKUP_CHUNK + TAG_SIZE)
#define TAG_MORE crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
#define TAG_LAST crypto_secretstream_xchacha20poly1305_TAG_FINAL
_Static_assert(BACKUP_HEAD_SIZE == LINES_SIZE + BOX_SIZE + START_SIZE, "as the door says");

struct stream {
	struct secret room; /* where all of this stands */
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	unsigned char head[BACKUP_HEAD_SIZE];
	size_t head_n; /* of the head, still to be authenticated with the next chunk */
	int fd;
	size_t plain_n, plain_at;
	unsigned char plain[BACKUP_CHUNK];
	unsigned char sealed[SEALED_MAX];
	size_t sealed_n;
	bool last; /* the reader has seen the last chunk */
};
struct backup_writer {
	struct stream s;
};
struct backup_reader {
	struct stream s;
};

static enum rc stream_new(int fd, struct stream **ret, struct err *err)
{
	struct secret room;
	TRY(secret_new(&room, sizeof **ret, err));
	memset(room.at, 0, room.n);
	*ret = (struct stream *)(void *)room.at;
	(*ret)->room = room;
	(*ret)->fd = fd;
	return RC_OK;
}

static void stream_free(struct stream *s)
{
	struct secret room = s->room;
	secret_free(&room);
}

/* ---- the head ---- */

static bool is_mark(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] >= 'a' && s.at[i] <= 'f')))
			return false;
	return s.n == 16;
}

static bool line_is(struct str *rest, struct str word, struct backup_mark *ret)
{
	struct str line = str_split(rest, '\n');
	struct str mark = str_sub(line, word.n, line.n);
	if (!str_starts(line, word) || !is_mark(mark))
		return false;
	memcpy(ret->z, mark.at, mark.n);
	ret->z[mark.n] = '\0';
	return true;
}

enum rc backup_head_read(struct str bytes, struct backup_head *ret, struct err *err)
{
	struct str rest = str_sub(bytes, 0, LINES_SIZE);
	if (!str_starts(rest, S("padan-cadangan ")) || bytes.n < BACKUP_HEAD_SIZE)
		return FAIL(err, RC_INVALID, "bukan berkas cadangan Padan");
	if (!str_eq(str_split(&rest, '\n'), S("padan-cadangan 1")))
		return FAIL(err, RC_INVALID, "berkas cadangan ini dibuat oleh versi Padan yang lebih baru");
	if (!line_is(&rest, S("kunci-cadangan "), &ret->key) || !line_is(&rest, S("kunci-induk "), &ret->master))
		return FAIL(err, RC_INVALID, "kepala berkas cadangan rusak");
	return RC_OK;
}

/* ---- writing ---- */

static void head_make(struct stream *s, const struct backup_public *key, struct backup_mark master)
{
	int n = snprintf((char *)s->head, sizeof s->head, LINES_FORM, backup_key_mark(key).z, master.z);
	assert(n == LINES_SIZE);
	(void)n;
	crypto_secretstream_xchacha20poly1305_keygen(s->key);
	int failed = crypto_box_seal(s->head + LINES_SIZE, s->key, sizeof s->key, key->at);
	failed |= crypto_secretstream_xchacha20poly1305_init_push(&s->state, s->head + LINES_SIZE + BOX_SIZE, s->key);
	assert(failed == 0);
	(void)failed;
	s->head_n = sizeof s->head;
}

static enum rc chunk_write(struct stream *s, unsigned char tag, struct err *err)
{
	unsigned long long n = 0;
	int failed =
	        crypto_secretstream_xchacha20poly1305_push(&s->state, s->sealed, &n, s->plain, s->plain_n, s->head, s->head_n, tag);
	assert(failed == 0);
	(void)failed;
	s->head_n = 0;
	s->plain_n = 0;
	return file_write_fd(s->fd, str_from((const char *)s->sealed, (size_t)n), err);
}

enum rc backup_writer_open(int fd, const struct backup_public *key, struct backup_mark master, struct backup_writer **ret,
                           struct err *err)
{
	struct stream *s;
	TRY(stream_new(fd, &s, err));
	head_make(s, key, master);
	enum rc rc = file_write_fd(fd, str_from((const char *)s->head, sizeof s->head), err);
	if (rc != RC_OK) {
		stream_free(s);
		return rc;
	}
	*ret = (struct backup_writer *)s;
	return RC_OK;
}

enum rc backup_write(struct backup_writer *writer, struct str bytes, struct err *err)
{
	struct stream *s = &writer->s;
	while (bytes.n) {
		if (s->plain_n == sizeof s->plain)
			TRY(chunk_write(s, TAG_MORE, err));
		size_t room = sizeof s->plain - s->plain_n, n = bytes.n < room ? bytes.n : room;
		memcpy(s->plain + s->plain_n, bytes.at, n);
		s->plain_n += n;
		bytes = str_sub(bytes, n, bytes.n);
	}
	return RC_OK;
}

enum rc backup_writer_end(struct backup_writer *writer, struct err *err)
{
	return chunk_write(&writer->s, TAG_LAST, err);
}

void backup_writer_close(struct backup_writer *writer)
{
	if (writer)
		stream_free(&writer->s);
}

/* ---- reading ---- */

/* As much as there is, up to n. */
static enum rc read_some(int fd, unsigned char *at, size_t n, size_t *ret, struct err *err)
{
	*ret = 0;
	while (*ret < n) {
		ssize_t got = read(fd, at + *ret, n - *ret);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return FAIL(err, RC_BROKEN, "berkas cadangan tidak dapat dibaca");
		if (got == 0)
			break;
		*ret += (size_t)got;
	}
	return RC_OK;
}

static enum rc fail_damaged(struct err *err)
{
	return FAIL(err, RC_REFUSED, "berkas cadangan rusak atau terpotong");
}

static enum rc head_open(struct stream *s, const struct secret *key, struct backup_head *ret, struct err *err)
{
	size_t n;
	struct backup_public pub = backup_key_public(key);
	TRY(read_some(s->fd, s->head, sizeof s->head, &n, err));
	TRY(backup_head_read(str_from((const char *)s->head, n), ret, err));
	if (strcmp(ret->key.z, backup_key_mark(&pub).z) != 0)
		return FAIL(err, RC_REFUSED, "cadangan ini memerlukan kunci rahasia %s; yang diberikan %s", ret->key.z,
		            backup_key_mark(&pub).z);
	if (crypto_box_seal_open(s->key, s->head + LINES_SIZE, BOX_SIZE, pub.at, key->at) != 0)
		return fail_damaged(err);
	if (crypto_secretstream_xchacha20poly1305_init_pull(&s->state, s->head + LINES_SIZE + BOX_SIZE, s->key) != 0)
		return fail_damaged(err);
	s->head_n = sizeof s->head;
	return RC_OK;
}

enum rc backup_reader_open(int fd, const struct secret *key, struct backup_head *ret_head, struct backup_reader **ret,
                           struct err *err)
{
	struct stream *s;
	TRY(stream_new(fd, &s, err));
	enum rc rc = head_open(s, key, ret_head, err);
	if (rc != RC_OK) {
		stream_free(s);
		return rc;
	}
	*ret = (struct backup_reader *)s;
	return RC_OK;
}

static enum rc chunk_read(struct stream *s, struct err *err)
{
	unsigned long long n = 0;
	unsigned char tag = 0;
	if (s->last)
		return fail_damaged(err);
	TRY(read_some(s->fd, s->sealed, sizeof s->sealed, &s->sealed_n, err));
	if (s->sealed_n < TAG_SIZE || crypto_secretstream_xchacha20poly1305_pull(&s->state, s->plain, &n, &tag, s->sealed,
	                                                                         s->sealed_n, s->head, s->head_n) != 0)
		return fail_damaged(err);
	s->head_n = 0;
	s->plain_n = (size_t)n;
	s->plain_at = 0;
	s->last = tag == TAG_LAST;
	return s->last || s->sealed_n == sizeof s->sealed ? RC_OK : fail_damaged(err);
}

enum rc backup_read(struct backup_reader *reader, void *out, size_t n, struct err *err)
{
	struct stream *s = &reader->s;
	unsigned char *at = out;
	while (n) {
		if (s->plain_at == s->plain_n)
			TRY(chunk_read(s, err));
		size_t there = s->plain_n - s->plain_at, part = n < there ? n : there;
		memcpy(at, s->plain + s->plain_at, part);
		s->plain_at += part;
		at += part;
		n -= part;
	}
	return RC_OK;
}

enum rc backup_reader_end(struct backup_reader *reader, struct err *err)
{
	struct stream *s = &reader->s;
	unsigned char more;
	size_t n;
	if (s->plain_at == s->plain_n && !s->last) /* what was read filled its chunks; an empty last one follows */
		TRY(chunk_read(s, err));
	TRY(read_some(s->fd, &more, 1, &n, err));
	return s->last && s->plain_at == s->plain_n && n == 0 ? RC_OK : fail_damaged(err);
}

void backup_reader_close(struct backup_reader *reader)
{
	if (reader)
		stream_free(&reader->s);
}
