/* SPDX-License-Identifier: EUPL-1.2
 * web/words.h - small things that texts of pages need: a sentence out of a room's
 * refusal, and the fixed notices a redirect may name. */
#pragma once
#include "gate/visit.h"

/* "alasan harus diisi" as "Alasan harus diisi." */
struct str words_sentence(struct arena *arena, const char *what);
/* The sentence behind ?catatan=KEY; "" for none, and for a key nobody made. */
struct str words_notice(struct visit *v);
