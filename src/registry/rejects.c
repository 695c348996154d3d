/* SPDX-License-Identifier: EUPL-1.2
 * registry/rejects.c - see rejects.h. */
#include "registry/rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define ROOM ((size_t)64 << 10)

static enum rc failed(struct err *err)
{
	int why = errno;
	enum rc rc = FAIL(err, RC_BROKEN, "Berkas baris yang ditolak tidak dapat ditulis");
	err_detail(err, "rejects: %s", strerror(why));
	return rc;
}

enum rc rejects_open(const char *path, struct rejects *ret, struct err *err)
{
	*ret = (struct rejects){.fd = -1, .b = BUF(ROOM * 2)};
	if (!path)
		return RC_OK;
	ret->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (ret->fd < 0)
		return failed(err);
	buf_addz(&ret->b, "baris,kolom,alasan\n");
	return RC_OK;
}

static enum rc flush(struct rejects *r, struct err *err)
{
	for (size_t at = 0; at < r->b.n;) {
		ssize_t n = write(r->fd, r->b.at + at, r->b.n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(err);
		at += (size_t)n;
	}
	buf_clear(&r->b);
	return RC_OK;
}

enum rc rejects_add(struct rejects *r, int64_t line, enum row_field field, enum row_flaw flaw, struct err *err)
{
	if (r->fd < 0 || ++r->n > REJECTS_MAX + 1)
		return RC_OK;
	struct str name = row_field_name(field), why = row_flaw_text(flaw);
	if (r->n > REJECTS_MAX)
		buf_addf(&r->b, "%lld,,\"dan seterusnya: terlalu banyak untuk dicatat satu per satu\"\n", (long long)line);
	else
		buf_addf(&r->b, "%lld,%.*s,\"%.*s\"\n", (long long)line, STR_ARG(name), STR_ARG(why));
	return r->b.n > ROOM ? flush(r, err) : RC_OK;
}

enum rc rejects_close(struct rejects *r, struct err *err)
{
	enum rc rc = r->fd < 0 ? RC_OK : flush(r, err);
	if (r->fd >= 0 && close(r->fd) != 0 && rc == RC_OK)
		rc = failed(err);
	r->fd = -1;
	buf_free(&r->b);
	return rc;
}
