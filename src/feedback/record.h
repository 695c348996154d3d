/* SPDX-License-Identifier: EUPL-1.2
 * feedback/record.h - what is told about a person: data balikan itself (P2.2b, J.III).
 *
 * The first telling closes a debt, or waives it with a reason; every later change of the
 * person's state is another row of a dated history, and one data balikan. Nothing of an
 * answer is among it. Each telling is an entry of the journal, in the same transaction. */
#pragma once
#include "feedback/debt.h"
#include "feedback/words.h"
#include "journal/journal.h"

enum told_kind { TOLD_VICTIM, TOLD_WAIVER };
enum told_source { TOLD_FORM, TOLD_LIST, TOLD_SERVICE }; /* typed under an answer; a list uploaded; a program */
const char *told_source_key(enum told_source source);
MUST_USE enum rc told_source_from_key(struct str key, enum told_source *ret);

#define TOLD_NOTE_MAX 200 /* letters of a note are bytes here */
#define TOLD_AT_ONCE_MAX 10000

struct told {
	enum told_kind kind;
	enum keterangan keterangan; /* of a victim */
	enum house house;           /* of a victim */
	enum waiver waiver;         /* of a waiver */
	struct str note;            /* "" none; one line, never a copied element */
	struct day on;              /* since when it is so; n == 0: today */
};
/* Is it one that can be told? RC_INVALID says what is wrong: a day to come or before 1945,
 * a note too long, of several lines, or with a NIK in it; a waiver that needs a note. */
MUST_USE enum rc told_check(const struct told *told, int64_t now_us, struct err *err);

struct record {
	int64_t instansi_id, kejadian_id; /* the caller saw that one belongs to the other */
	struct nik nik;
	struct told told;
	/* A program's own words, in a canonical form: what makes two of its tellings the same
	 * (DOMAIN 4.2). Absent: what is told does. */
	struct str content;
};
/* What became of one. */
enum record_fate {
	RECORD_SAVED,
	RECORD_SAME,    /* nothing new: it was told before */
	RECORD_UNASKED, /* nobody asked for this person's data for that kejadian; nothing written */
	RECORD_FATE_COUNT
};
/* `by` is the journal entry of each: time, who, where from; act, NIK, kejadian and `about`
 * are filled in here. From the service, who was never asked for is taken too, unless it is
 * a waiver of somebody of whom nothing is known. Own words told at any time before are
 * RECORD_SAME; without such, what was told last is, whoever told it in whatever words.
 * n <= TOLD_AT_ONCE_MAX; several about one person are taken in their order.
 * RC_INVALID: told_check() of one of them; nothing of the transaction may be kept then. */
MUST_USE enum rc record_tell(const struct feedback *feedback, struct tx *tx, const struct entry *by, enum told_source source,
                             const struct record *records, size_t n, enum record_fate *ret, struct err *err);
/* What record_tell() would say of each, without writing and without holding anything. */
struct record_look {
	enum record_fate fate;
	enum debt_state state; /* unless RECORD_UNASKED */
};
MUST_USE enum rc record_look(const struct feedback *feedback, struct tx *tx, const struct record *records, size_t n,
                             struct record_look *ret, struct err *err);
