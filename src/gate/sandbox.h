/* SPDX-License-Identifier: EUPL-1.2
 * gate/sandbox.h - the rehearsal as the front doors see it (J.II.D): its published people,
 * and that every reply to a sandbox user id says so.
 *
 * The header is set where the principal is found, in gate/walk.c, not by pages: so that no
 * door can forget it. A reply from before anybody knows who asks (the queue is full, the
 * body too large) cannot carry it. */
#pragma once
#include "journal/journal.h"

struct call;
struct principal;

#define SANDBOX_HEADER "X-Padan-Sandbox"
#define SANDBOX_HEADER_VALUE "1"

/* Once `who` is known; NULL: nobody is. */
void sandbox_mark(struct call *call, const struct principal *who);

/* What an entry becomes that a sandbox user id is behind: ACT_SANDBOX, without a NIK, a
 * kejadian or a repeat, so that nobody counts or finds it as access to anybody's data. */
struct entry sandbox_entry(struct entry entry);

/* One row of registry/sandbox.h, for the page that publishes it. */
struct sandbox_row {
	const char *nik, *code, *about; /* code: "01"; "503" where nothing is decided */
};
/* false past the end. */
bool sandbox_row_at(size_t i, struct sandbox_row *ret);
