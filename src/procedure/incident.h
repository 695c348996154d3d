/* SPDX-License-Identifier: EUPL-1.2
 * procedure/incident.h - a leak of personal data and how it is dealt with (P2.2g).
 *
 * From the moment it became known the clock of UU 27/2022 art. 46 runs: within 3 x 24
 * hours, of the calendar and not of the office, a written notice goes to the authority and
 * to the people concerned. Each step is written down with when it was taken; the first of
 * its kind counts, later ones add to it. Nothing is ever changed or taken back.
 *
 * What was accessed is listed elsewhere (report/affected.h); texts here name no NIK. */
#pragma once
#include "base/base.h"

struct tx;

#define INCIDENT_HOURS 72
#define INCIDENT_TITLE_MAX 120 /* bytes */
#define INCIDENT_TEXT_MAX 1000 /* characters of what happened, or of a step */
#define INCIDENT_LETTER_MAX 80 /* bytes of a letter's number */
#define INCIDENT_STEPS_MAX 200
#define INCIDENT_OWN_MAX 10 /* that an agency opened itself, and that have not ended */
#define INCIDENT_PAGE_MAX 200
#define INCIDENT_AGE_MAX_US (366 * US_PER_DAY) /* found longer ago than that: a wrong date */

enum incident_kind {
	INCIDENT_CREDENTIAL, /* somebody else signed in */
	INCIDENT_SPREAD,     /* data, a screen or a slip got about */
	INCIDENT_DEVICE,
	INCIDENT_SYSTEM,
	INCIDENT_MISUSE,
	INCIDENT_OTHER,
	INCIDENT_KIND_COUNT
};
struct incident_kind_row {
	enum incident_kind kind;
	const char *key, *label; /* the key is stored */
};
/* NULL past the end. */
const struct incident_kind_row *incident_kind_at(size_t i);
MUST_USE enum rc incident_kind_from_key(struct str key, enum incident_kind *ret);

/* How far it has come. */
enum incident_state { INCIDENT_OPEN, INCIDENT_HANDLED, INCIDENT_TOLD, INCIDENT_RECOVERED, INCIDENT_CLOSED, INCIDENT_DISMISSED };
const char *incident_state_label(enum incident_state state);

struct incident {
	int64_t incident_id, instansi_id;
	enum incident_kind kind;
	struct str title, what;
	int64_t found_us;     /* when it became known: the clock starts */
	int64_t source_entry; /* of the journal; -1 none */
	bool by_provider;
	struct str opened_by;
	int64_t opened_us, rev;
	int64_t handled_us, authority_us, people_us, recovered_us, ended_us; /* 0: not yet */
	enum incident_state state;
};
/* Pure. */
int64_t incident_deadline_us(const struct incident *incident);
/* Somebody is still to be told, and it has not ended. */
bool incident_clock_runs(const struct incident *incident);

/* What is to be said of one, for whoever tells what is wrong with which. */
enum incident_part { INCIDENT_TITLE, INCIDENT_WHAT, INCIDENT_FOUND, INCIDENT_PARTS };
/* RC_INVALID: a text is missing, too long or has a NIK in it; found_us lies ahead, or
 * INCIDENT_AGE_MAX_US back. */
MUST_USE enum rc incident_check(const struct incident *incident, enum incident_part part, int64_t now_us, struct err *err);
/* A new one; instansi_id, kind, title, what, found_us, source_entry, by_provider and opened_by
 * of *incident count. RC_INVALID: incident_check() of a part.
 * RC_LIMIT: INCIDENT_OWN_MAX; the provider opens as many as he finds. */
MUST_USE enum rc incident_open(struct tx *tx, const struct incident *incident, int64_t now_us, int64_t *ret, struct err *err);
/* RC_ABSENT. Texts of this and the following in tx_arena. */
MUST_USE enum rc incident_get(struct tx *tx, int64_t incident_id, struct incident *ret, struct err *err);
/* instansi_id 0: of all. Those that have not ended first. most <= INCIDENT_PAGE_MAX. */
MUST_USE enum rc incident_list(struct tx *tx, int64_t instansi_id, int64_t skip, int64_t most, struct incident **ret, size_t *ret_n,
                               struct err *err);
MUST_USE enum rc incident_count(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err);
/* What has not ended: where somebody is still to be told, then found first first; of all (0) the
 * instansi take turns. Of these only id, title, found_us, authority_us and
 * people_us are set. */
#define INCIDENT_RUNNING_MAX 8
MUST_USE enum rc incident_running(struct tx *tx, int64_t instansi_id, struct incident ret[INCIDENT_RUNNING_MAX], size_t *ret_n,
                                  struct err *err);

/* ---- steps ---- */

enum incident_move {
	INCIDENT_HANDLE,         /* contained: user ids closed, access suspended, a device taken in */
	INCIDENT_TELL_AUTHORITY, /* art. 46(1): the authority */
	INCIDENT_TELL_PEOPLE,    /* art. 46(1): those whose data it was */
	INCIDENT_RECOVER,
	INCIDENT_CLOSE,   /* with what was learned; all others were taken */
	INCIDENT_DISMISS, /* it was no leak; the provider says so */
	INCIDENT_MOVE_COUNT
};
struct incident_move_row {
	enum incident_move move;
	const char *key, *label, *done; /* "Beri tahu lembaga", "Lembaga diberi tahu" */
	bool letter;                    /* the number of a letter is wanted */
	bool ends;                      /* it ends; when is now */
	bool provider;                  /* the provider's alone */
};
const struct incident_move_row *incident_move_at(size_t i);
MUST_USE enum rc incident_move_from_key(struct str key, enum incident_move *ret);

struct incident_step {
	int64_t number; /* from 1 */
	enum incident_move move;
	int64_t at_us; /* when it was done, as said */
	struct str letter, note, by;
	int64_t made_us; /* when it was written down */
};
/* In their order; INCIDENT_STEPS_MAX at most. */
MUST_USE enum rc incident_steps(struct tx *tx, int64_t incident_id, struct incident_step **ret, size_t *ret_n, struct err *err);

struct incident_ask {
	int64_t incident_id, rev; /* rev: as it was shown */
	enum incident_move move;
	int64_t at_us; /* ignored of one that ends */
	struct str letter, note, by;
};
/* RC_ABSENT. RC_CONFLICT: it has moved since `rev`, or ended. RC_REFUSED: may not be closed yet,
 * err->what names what is missing. RC_LIMIT: INCIDENT_STEPS_MAX. RC_INVALID: a text, or at_us
 * before it was found or ahead. */
MUST_USE enum rc incident_take(struct tx *tx, const struct incident_ask *ask, int64_t now_us, struct err *err);
