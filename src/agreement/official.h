/* SPDX-License-Identifier: EUPL-1.2
 * agreement/official.h - who heads the agency (J.VI.H).
 *
 * Definitive heads follow one another: each begins on a day and ends with the next. An
 * acting head (Plh, Plt) has two dates and stands before the definitive one between
 * them. A new definitive head needs a new SPTJM: standings count none that was signed
 * before his first day; an acting head leaves the one on file in force. */
#pragma once
#include "base/base.h"

struct tx;

enum acting { ACTING_NONE, ACTING_PLH, ACTING_PLT, ACTING_COUNT };
struct acting_row {
	enum acting acting;
	const char *key, *label; /* "", "plh", "plt" */
};
/* NULL past the end. */
const struct acting_row *acting_at(size_t i);
/* ACTING_COUNT: no such key. */
enum acting acting_of(struct str key);

struct official {
	int64_t official_id, instansi_id;
	struct str name, nip, position; /* nip may be "" */
	enum acting acting;
	struct day begin, end;          /* end.n == 0: none (definitive heads only) */
	struct str letter_number;       /* of the appointment, as notified */
};
/* RC_INVALID: texts missing or too long, an acting head without an end or for longer
 * than a year, an end before the begin. RC_CONFLICT: not after the head before him, or
 * another acting head within these days. */
MUST_USE enum rc official_add(struct tx *tx, const struct official *official, int64_t now_us, struct err *err);
/* Who heads the agency that day: an acting head before the definitive one. RC_ABSENT. */
MUST_USE enum rc official_on(struct tx *tx, int64_t instansi_id, struct day on, struct official *ret, struct err *err);
/* The definitive head of that day. RC_ABSENT. */
MUST_USE enum rc official_definitive(struct tx *tx, int64_t instansi_id, struct day on, struct official *ret, struct err *err);
/* Latest first, at most 500. */
MUST_USE enum rc official_list(struct tx *tx, int64_t instansi_id, struct official **ret, size_t *ret_n, struct err *err);
