/* SPDX-License-Identifier: EUPL-1.2
 * gate/history.h - who looked at a NIK, for the provider's people: why it may be asked, that it is
 * written down before anything is shown, and what the entries' numbers stand for (P2.2g).
 *
 * A search is counted and journaled once, about the NIK itself, so that it is part of what the next
 * one finds. What comes of it is a ticket: the NIK and the grounds, sealed, good for one session and
 * a quarter of an hour. With it one turns pages, narrows the time and prints the slip; neither the
 * NIK nor the ticket ever stands in an address. */
#pragma once
#include "gate/visit.h"
#include "journal/history.h"

enum history_ground { HISTORY_OWNER, HISTORY_OVERSIGHT, HISTORY_INCIDENT, HISTORY_GROUND_COUNT };
struct history_ground_row {
	const char *key; /* in forms, and a word of the journal */
	const char *label;
	const char *clause; /* it rests on; NULL of an asker */
};
const struct history_ground_row *history_ground_at(enum history_ground ground);

/* Who stands at the counter when the owner of the data asks. */
enum history_asker { HISTORY_SELF, HISTORY_GUARDIAN, HISTORY_PROXY, HISTORY_ASKER_COUNT };
const struct history_ground_row *history_asker_at(enum history_asker asker);

#define HISTORY_BASIS_MAX 100 /* bytes */
struct history_why {
	enum history_ground ground;
	struct str basis; /* number of the letter, order or incident; no NIK */
	/* HISTORY_OWNER: */
	enum history_asker asker;
	enum document document; /* which was looked at */
};
/* *ret_field is the field of the form that is to blame: "keterangan", "dokumen".
 * RC_INVALID: empty, too long, more than a line, or a NIK stands in it; the owner's document was not looked at. */
MUST_USE enum rc history_why_check(const struct history_why *why, const char **ret_field, struct err *err);
/* The ground that the entry of a search names, and its basis; HISTORY_GROUND_COUNT for what is none. */
enum history_ground history_ground_of(struct str about, struct str *ret_basis);

/* What the journal is told: the act's words, and about what; `what` is "search" or "slip". */
struct str history_about(const struct history_why *why, const char *what, struct arena *arena);

/* ---- asking ---- */

struct history_ticket {
	struct nik nik;
	int64_t asked_us;
	struct history_why why;
};
#define HISTORY_TICKET_US (15 * 60 * US_PER_S)
#define HISTORY_TICKET_MAX 400 /* characters of one */

/* Within the tray: one more search of this visitor, counted and journaled.
 * RC_REFUSED: as many as the setting history.per_day allows were made today. */
MUST_USE enum rc history_begin(struct visit *v, const struct history_ticket *ticket, struct err *err);
/* Within the tray: a NIK is held against accesses that were found otherwise (a leak is traced). Whether an
 * access was about somebody is a part of the same question: counted as a search, and journaled about the NIK.
 * As history_begin(). */
MUST_USE enum rc history_compare(struct visit *v, struct nik nik, struct err *err);
/* Within the tray: a slip is made of what was searched; journaled. */
MUST_USE enum rc history_slip(struct visit *v, const struct history_ticket *ticket, const struct receipt **ret, struct err *err);
/* base64url; absent without memory. */
struct str history_ticket_text(struct visit *v, const struct history_ticket *ticket);
/* RC_REFUSED: none of this session, or older than HISTORY_TICKET_US. */
MUST_USE enum rc history_ticket_read(struct visit *v, struct str text, struct history_ticket *ret, struct err *err);
/* How many this visitor has made today, and how many he may. */
struct history_left {
	int64_t made, most;
	struct history_day all; /* of everybody */
};
MUST_USE enum rc history_left(struct visit *v, struct history_left *ret, struct err *err);

/* ---- the list, on a worker thread ---- */

struct history_seen {
	struct history_row row;
	struct ref_text ref;
	struct str instansi, code; /* "" of the provider */
	struct str kejadian, jenis;
	int version;    /* 0: none */
	struct str pks; /* its number */
};
struct history_look {
	struct history_list list;
	struct history_seen *at; /* list.n of them */
};
/* The same without a visitor: for the command line. */
struct history_source {
	struct journal *journal;
	struct store *office;
	struct agreement *agreement;
};
MUST_USE enum rc history_look_at(const struct history_source *source, const struct history_ask *ask, struct arena *arena,
                                 struct history_look *ret, struct err *err);
/* journal/history.h, in `arena`; reads in short transactions. */
MUST_USE enum rc history_look(struct visit *v, const struct history_ask *ask, struct arena *arena, struct history_look *ret,
                              struct err *err);
