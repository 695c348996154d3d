/* SPDX-License-Identifier: EUPL-1.2
 * web/tell_card.h - the card beside an answer: what was told of the person, and the form
 * that tells it. Nothing of the answer is in it: only the NIK that was typed and the
 * kejadian it was asked for. */
#pragma once
#include "feedback/person.h"
#include "gate/visit.h"

/* What was typed, as it goes back into the form when it is refused. */
struct tell_typed {
	struct str keterangan, house, day, note; /* of a victim */
	struct str waiver, why;                  /* of one who is none */
};
struct tell_card {
	struct nik nik;
	int64_t kejadian_id; /* one of the visitor's own instansi */
	struct str csrf;
	const struct person *person; /* as he is known there; NULL: nothing was told of him yet */
	bool saved;          /* just now */
	bool focus;          /* the first choice takes it when the page is loaded */
	struct str problem;  /* why nothing was saved; "" */
	struct tell_typed typed;
};
/* In a fragment without its form: the script has that from the page. RC_BROKEN: the office
 * cannot be read. */
MUST_USE enum rc tell_card_write(struct visit *v, struct buf *out, const struct tell_card *card, struct err *err);
/* The form alone, of nobody yet: for the script. */
void tell_card_form_write(const struct visit *v, struct buf *out);
/* "Mengungsi, rumah: Rusak berat", "Bukan korban: Orangnya tidak terdampak". In v->arena. */
struct str tell_card_state(struct visit *v, const struct told *told);
