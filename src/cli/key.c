/* SPDX-License-Identifier: EUPL-1.2
 * cli/key.c - see key.h. */
#include "cli/key.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sys/file.h"

#define KEY_TEXT (KEY_BYTES * 2)
#define CREDENTIAL "credential:"

/* "credential:NAME" into a path. */
static enum rc locate(const char *where, char path[PATH_MAX], bool *ret_guarded, struct err *err)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	*ret_guarded = strncmp(where, CREDENTIAL, strlen(CREDENTIAL)) == 0;
	if (*ret_guarded && !dir)
		return FAIL(err, RC_ABSENT, "%.80s: systemd tidak memberikan kredensial (LoadCredential)", where);
	int n = *ret_guarded ? snprintf(path, PATH_MAX, "%s/%s", dir, where + strlen(CREDENTIAL)) :
			       snprintf(path, PATH_MAX, "%s", where);
	return n < PATH_MAX ? RC_OK : FAIL(err, RC_INVALID, "nama berkas kunci induk terlalu panjang");
}

static enum rc check_mode(const char *path, struct err *err)
{
	unsigned mode;
	TRY(file_mode(path, &mode, err));
	if (mode & 077)
		return FAIL(err, RC_REFUSED, "%.120s dapat dibaca pengguna lain (%03o); jalankan chmod 600", path,
		            mode);
	return RC_OK;
}

/* The file behind it, when nobody else may read it. */
static enum rc read_guarded(const char *where, size_t max, struct buf *out, struct err *err)
{
	char path[PATH_MAX];
	bool guarded; /* systemd sees to who may read it */
	TRY(locate(where, path, &guarded, err));
	if (!guarded)
		TRY(check_mode(path, err));
	return file_read(path, max, out, err);
}

enum rc key_read(const char *where, struct secret *ret, struct err *err)
{
	BUF_AUTO text = BUF(KEY_TEXT + 2);
	enum rc rc = read_guarded(where, KEY_TEXT + 2, &text, err);
	if (rc == RC_LIMIT)
		return FAIL(err, RC_INVALID, "%.150s bukan kunci induk", where);
	if (rc != RC_OK)
		return rc;
	TRY(secret_new(ret, KEY_BYTES, err));
	if (hex_read(str_trim(buf_str(&text)), ret->at, KEY_BYTES) == RC_OK)
		return RC_OK;
	secret_free(ret);
	return FAIL(err, RC_INVALID, "%.150s bukan kunci induk (64 angka heksadesimal)", where);
}

enum rc key_read_password(const char *where, size_t max, struct secret *ret, struct err *err)
{
	BUF_AUTO text = BUF(max + 2);
	enum rc rc = read_guarded(where, max + 2, &text, err);
	if (rc != RC_OK && rc != RC_LIMIT)
		return rc;
	struct str line = str_trim(buf_str(&text));
	bool is_one = rc == RC_OK && line.n >= 1 && line.n <= max && str_is_text(line) && str_index(line, '\n') == line.n;
	return is_one ? secret_copy(ret, line, err) : FAIL(err, RC_INVALID, "%.150s bukan kata sandi satu baris", where);
}

enum rc key_read_lines(const char *where, size_t max, struct secret *ret, struct err *err)
{
	BUF_AUTO text = BUF(max);
	enum rc rc = read_guarded(where, max, &text, err);
	if (rc != RC_OK && rc != RC_LIMIT)
		return rc;
	bool is_text = rc == RC_OK && text.n && str_is_text(buf_str(&text));
	return is_text ? secret_copy(ret, buf_str(&text), err) : FAIL(err, RC_INVALID, "%.150s bukan teks", where);
}

enum rc key_make(const char *path, struct err *err)
{
	unsigned char bytes[KEY_BYTES];
	BUF_AUTO text = BUF(KEY_TEXT + 1);
	if (file_exists(path))
		return FAIL(err, RC_CONFLICT, "sudah ada: %.150s", path);
	secret_random(bytes, sizeof bytes);
	hex_add(&text, str_from((const char *)bytes, sizeof bytes));
	buf_addc(&text, '\n');
	secret_wipe(bytes, sizeof bytes);
	return file_write(path, 0600, buf_str(&text), err);
}

enum rc key_derive(const struct secret *master, enum key_use use, struct secret *ret, struct err *err)
{
	static_assert(KEY_BYTES == crypto_kdf_KEYBYTES, "the master key is a libsodium kdf key");
	TRY(secret_new(ret, KEY_BYTES, err));
	crypto_kdf_derive_from_key(ret->at, ret->n, (uint64_t)use, "padan/01", master->at);
	return RC_OK;
}

enum rc key_write_new(const char *path, struct str bytes, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return FAIL(err, RC_CONFLICT, "%.150s sudah ada; pilih nama lain", path);
	if (fd < 0)
		return FAIL(err, RC_INVALID, "tidak dapat membuat %.150s", path);
	enum rc rc = file_write_fd(fd, bytes, err);
	if (rc == RC_OK && fsync(fd) != 0)
		rc = FAIL(err, RC_BROKEN, "kunci tidak dapat disimpan");
	close(fd);
	if (rc != RC_OK)
		unlink(path);
	return rc;
}
