/* SPDX-License-Identifier: EUPL-1.2
 * web/print.h - a ready-to-sign paper as PDF: what the office knows is filled in, what it
 * does not know stays a dotted line.
 *
 * A page gathers inside its transaction (print_begin, print_add), and the typesetting
 * runs as the route's `after`, never on the tray. Everything is copied into v->arena. */
#pragma once
#include "gate/visit.h"
#include "identity/user.h"
#include "pdf/letter.h"

/* Parties, terms and head of that agency, the edited text and the letterhead
 * (procedure/letters.h); with `user` (NULL: none) who holds it. Sets v->own.
 * RC_ABSENT: no such agency. */
MUST_USE enum rc print_begin(struct visit *v, enum letter letter, int64_t instansi_id, const struct user *user, struct err *err);
/* One more field of that letter; a later value stands for an earlier one. */
void print_add(struct visit *v, const char *name, struct str value);
/* For the route's `after`. */
MUST_USE enum rc print_after(struct visit *v, struct err *err);
