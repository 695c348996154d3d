/* SPDX-License-Identifier: EUPL-1.2
 * procedure/letters.h - everything a letter says, gathered from the office: parties,
 * heads and numbers of the agreement, the edited text, the letterhead, and whatever the
 * caller adds. The PDF itself is made later, by letter_write(), without a transaction.
 *
 *	TRY(letters_begin(&desk, LETTER_NDA, instansi_id, v->arena, &letters, err));
 *	letters_put(letters, "pengguna.nama", user.holder);
 *	...
 *	letter_write(letters_ask(letters), &out, err);
 *
 * All of it lives in the arena given. What nobody fills in stays a dotted line. */
#pragma once
#include "pdf/letter.h"
#include "procedure/request.h"

struct letters;
struct official;
/* RC_ABSENT: no such agency. */
MUST_USE enum rc letters_begin(const struct desk *desk, enum letter letter, int64_t instansi_id, struct arena *arena,
                               struct letters **ret, struct err *err);
/* `value` is copied; an empty one, or a name this letter does not have, says nothing. A
 * later value stands for an earlier one. */
void letters_put(struct letters *letters, const char *name, struct str value);
void letters_put_day(struct letters *letters, const char *name, struct day day);
/* One more row of the letter's list; names as in pdf/letter.def. */
void letters_row(struct letters *letters, const struct letter_field *fields, size_t n);
/* "P-2026-000012-1", and when the document says it was made. */
void letters_reference(struct letters *letters, struct str reference, int64_t made_us);
/* Ready to be written. NULL: the arena was too small. */
const struct letter_ask *letters_ask(struct letters *letters);

/* The letter a step made (0: the opening; `form`: the second one that goes with it).
 * RC_ABSENT: that step makes none. */
struct letters_step {
	const struct request *request;
	int64_t number;
	bool form;
	bool reveal; /* sealed values in clear; masked otherwise */
};
MUST_USE enum rc letters_of_step(const struct desk *desk, const struct letters_step *step, struct arena *arena,
                                 struct letters **ret, struct err *err);
/* "Plt. Kepala Pelaksana": as he signs. */
struct str letters_position(const struct official *head, struct arena *arena);
/* What the file is called: "permohonan-poc-12.pdf". */
struct str letters_filename(const struct letters *letters, struct arena *arena);
