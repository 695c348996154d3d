/* SPDX-License-Identifier: EUPL-1.2
 * A file that claims to be an exported journal: whole, or told what is bad. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "journal/line.h"
#include "journal/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct verify_conf conf = {0};
	struct verify_result result;
	struct line line;
	struct err err;
	int fd = memfd_create("export", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	enum rc rc = verify_export(fd, &conf, &result, &err);
	close(fd);
	if (rc != RC_OK && (rc != RC_REFUSED || result.reason[0] == '\0'))
		abort();
	struct str text = str_from((const char *)data, n); /* a spoilt leaf hash stops the check before its line is read */
	if (line_read(text, &line) == RC_OK && (!str_starts(text, S("{\"log\":")) || line.seq < 0 || !line.act.at))
		abort();
	return 0;
}
