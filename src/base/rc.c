/* SPDX-License-Identifier: EUPL-1.2
 * base/rc.c - see rc.h. */
#include "base/rc.h"

#include <stdarg.h>
#include <stdio.h>

enum rc err_fail(struct err *err, enum rc rc, const char *where, const char *fmt, ...)
{
	if (!err)
		return rc;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->what, sizeof err->what, fmt, ap);
	va_end(ap);
	err->detail[0] = '\0';
	err->where = where;
	return rc;
}

void err_detail(struct err *err, const char *fmt, ...)
{
	if (!err)
		return;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->detail, sizeof err->detail, fmt, ap);
	va_end(ap);
}

const char *rc_name(enum rc rc)
{
	switch (rc) {
	case RC_OK: return "ok";
	case RC_REFUSED: return "refused";
	case RC_ABSENT: return "absent";
	case RC_INVALID: return "invalid";
	case RC_CONFLICT: return "conflict";
	case RC_LIMIT: return "limit";
	case RC_BROKEN: return "broken";
	}
	return "?";
}
