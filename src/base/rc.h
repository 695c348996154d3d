/* SPDX-License-Identifier: EUPL-1.2
 * base/rc.h - what a call came to, and the words that go with it.
 *
 * Code decides on `enum rc`; people read `struct err`. "Absent" and "broken"
 * are never the same value: a row that is not there is RC_ABSENT, a store that
 * could not be asked is RC_BROKEN. */
#pragma once
#include <stddef.h>

enum rc {
	RC_OK,
	RC_REFUSED,  /* a rule says no */
	RC_ABSENT,   /* there is no such thing */
	RC_INVALID,  /* what came in is not well formed */
	RC_CONFLICT, /* somebody was there first */
	RC_LIMIT,    /* a named ceiling was reached */
	RC_BROKEN    /* the machine failed: disk, database, memory, peer */
};

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* The story behind an rc. `what` is safe to show to whoever asked; `detail`
 * is for the log alone (engine messages, paths) and never holds personal data;
 * `where` is the source line that noticed. */
struct err {
	char what[200];
	char detail[300];
	const char *where;
};

#define ERR_STR2(x) #x
#define ERR_STR1(x) ERR_STR2(x)
#define ERR_HERE __FILE__ ":" ERR_STR1(__LINE__)

/* Fill `err` (NULL is allowed) and hand `rc` back, so that a refusal is one
 * line: return FAIL(err, RC_INVALID, "berkas kosong"); The value is written out, so
 * that compiler and analyzers see it is not RC_OK; `rc` is evaluated twice. */
#define FAIL(err, rc, ...) err_same((rc), err_fail((err), (rc), ERR_HERE, __VA_ARGS__))
static inline enum rc err_same(enum rc rc, enum rc told)
{
	(void)told;
	return rc;
}
enum rc err_fail(struct err *err, enum rc rc, const char *where, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* Add log-only detail to an error already set. */
void err_detail(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* "ok", "refused", ... for logs and tests; never NULL. */
const char *rc_name(enum rc rc);

/* Early return on anything but RC_OK. The only control-flow macro in Padan. */
#define TRY(call)                                                                                                      \
	do {                                                                                                           \
		enum rc try_rc_ = (call);                                                                              \
		if (try_rc_ != RC_OK)                                                                                  \
			return try_rc_;                                                                                \
	} while (0)
