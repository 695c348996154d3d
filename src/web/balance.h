/* SPDX-License-Identifier: EUPL-1.2
 * web/balance.h - what became of those whose data was accessed for a kejadian: the four
 * figures of data balikan (P2.2b), and how a debt and its state are called and coloured
 * wherever they are shown. */
#pragma once
#include "feedback/debt.h"
#include "gate/visit.h"
#include "http/html.h"

/* Accessed = told + no victim + open. */
struct html balance_write(struct buf *out, struct visit *v, const struct debt_figures *figures);
/* "3 belum dilaporkan, tertua 5 hari"; "semua telah dilaporkan"; "belum ada" */
struct str balance_words(struct arena *arena, const struct debt_figures *figures, int64_t now_us);
/* Has a debt of that moment waited longer than the visitor's own agreement bears? */
bool balance_late(const struct visit *v, int64_t since_us);
/* The class of a state's tag. */
struct str balance_colour(enum debt_state state);
