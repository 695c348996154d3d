/* SPDX-License-Identifier: EUPL-1.2
 * policy/policy.h - a tray of inquiries against agreement, papers, quota, guard.
 *
 * Everything is read inside the caller's transaction; locks are taken in order of
 * instansi id. Inquiries of one tray are taken in their order in the tray. */
#pragma once
#include "agreement/agreement.h"
#include "identity/principal.h"
#include "policy/decide.h"
#include "policy/guard.h"
#include "policy/permit.h"
#include "policy/quota.h"
#include "policy/reservation.h"
#include "policy/sandbox.h"

enum guard_mode { GUARD_ENFORCE, GUARD_OBSERVE };

struct policy_debt {
	int64_t n, oldest_us; /* open, and since when the oldest is; 0: none is */
};
struct policy_conf {
	enum guard_mode guard;
	struct secret repeat_key; /* keys the hashes of idempotency keys and bodies; 32 bytes, borrowed */
	int64_t repeat_life_us;   /* 10 minutes */
	int repeat_max;           /* 3 */
	struct secret office_key; /* seals what the pattern guard remembers; 32 bytes, borrowed */
	/* What each of n instansi owes in data balikan; asked in the tray, of those whose version
	 * refuses inquiries for it (P2.2b). NULL: nothing is. */
	enum rc (*debts)(struct tx *tx, const int64_t *instansi_ids, size_t n, struct policy_debt *ret, struct err *err);
	int sandbox_per_minute; /* requests of the rehearsal of one instansi (policy/pace.h) */
};
struct policy;
MUST_USE enum rc policy_open(const struct policy_conf *conf, struct agreement *agreement, struct policy **ret, struct err *err);
void policy_close(struct policy *policy);

/* Where the registry that answers stands. */
enum policy_leg {
	LEG_WHOLE, /* here: one tray decides, answers and ends it */
	LEG_OUT,   /* a system above, which is asked after this tray: its permit charges a reserved hit */
	LEG_BACK   /* it comes back from there: what speaks against it now is looked at again, and the reservation ends */
};
/* LEG_OUT: may that system be asked once more for this instansi? Called for each inquiry that
 * nothing else speaks against, before anything of it is counted; `at` is its place in the tray.
 * Whoever said yes is told by the verdict whether there was a permit. */
struct policy_room {
	bool (*take)(void *arg, const struct standing *standing, size_t at);
	void *arg;
};

/* One inquiry as the door parsed it. `against` carries the grounds the door itself
 * found (empty, malformed, throttled, path): policy adds the rest. */
struct policy_ask {
	const struct principal *who; /* NULL: no live session, wrong credential */
	ground_set against;
	int64_t path_instansi;       /* instansi named by the path; 0: none named; -1: named, but there is none */
	struct addr peer, claimed;   /* claimed (IP_USER): family 0 when none; -1 when what was sent is no address */
	enum method method;
	bool nik_bad;                /* typed, but not in format: outcome 15 */
	struct nik nik;
	element_set wanted;          /* 0: all granted */
	const struct claim *claim;   /* METHOD_VERIFY: goes with the permit; lives as long as it */
	int64_t kejadian_id;         /* 0: the principal's */
	struct str repeat_key;       /* idempotency key; absent: none */
	int64_t repeat_order;        /* when the door made the key, ms since 1970; 0: the client's own. Keeps keys of one
	                              * time on one page of the store, and means nothing else */
	struct str repeat_body;      /* what must be the same for a repeat to be one */
	bool repeat_strict;          /* a live key with another body is refused (07), not asked anew (DOMAIN 2: /api/v1) */
	enum policy_leg leg;
	const struct policy_room *room;   /* LEG_OUT */
	struct reservation *reservation;  /* LEG_BACK: refund and lost are filled in */
	bool was_repeat;                  /* LEG_BACK: as policy said when it went out */
	int64_t was_repeat_of;
};
/* What the pattern guard said; stage GUARD_PASS also when it was not asked: of repeats, and
 * of those that another ground of steps 1 to 6 stands against. */
struct policy_guard {
	struct guard_verdict verdict;
	bool observed;   /* guard.mode is observe: said, and nothing follows */
	bool lost;       /* what it remembered could not be read: it began afresh */
	int64_t hold_id; /* of a hold, once policy_answered() has made the record */
};
struct policy_verdict {
	struct ruling ruling;
	const struct permit *permit;  /* NULL unless ruling.ground == GROUND_NONE */
	const struct sandbox_permit *rehearsal; /* in its stead, of a sandbox user id: no hit, repeat, guard, kejadian */
	int wait_s;                   /* > 0: a rehearsal too fast for now, nothing was decided and neither is set */
	struct standing standing;     /* of the principal's instansi; instansi_id 0 when unknown */
	int64_t kejadian_id;
	struct quota_use quota;       /* after this inquiry; filled when the instansi is known */
	bool repeat;                  /* costs no hit */
	int64_t repeat_of;            /* journal seq of the first, when repeat and not repeat_in_tray */
	bool repeat_in_tray;          /* the first is in this very tray, at repeat_at; its seq is not known yet */
	size_t repeat_at;
	bool repeat_new;              /* first of its key: call policy_answered() with its seq */
	bool shut;                    /* LEG_OUT: there was no room. No permit, nothing counted, nothing to say against it */
	unsigned char hit[RESERVATION_HIT]; /* LEG_OUT with a permit: the same for a first and its repeats, also when the
	                               * client comes again with the key of one that came to nothing; else by chance */
	bool repeat_clash;            /* its key was used with another body: refused with repeat_strict, else a new inquiry */
	struct policy_guard guard;
	void *repeat_note, *guard_note; /* policy's own */
};
MUST_USE enum rc policy_decide(struct policy *policy, struct tx *tx, const struct policy_ask *asks, size_t n, int64_t now_us,
                               struct policy_verdict *ret, struct err *err);
/* Tell policy what became of them: journal seq of the first of a repeat key and of a
 * hold, and outcomes (the guard learns from them). Same transaction, same order; once
 * for every tray that is committed, or its repeats are not counted and the guard has
 * seen nothing. Fills in guard.hold_id. The outcome of LEG_OUT with a permit is not looked at;
 * of LEG_BACK 0 says that there is none. */
MUST_USE enum rc policy_answered(struct policy *policy, struct tx *tx, const struct policy_ask *asks,
                                 struct policy_verdict *verdicts, const enum outcome *outcomes, const int64_t *seqs, size_t n,
                                 int64_t now_us, struct err *err);

/* The grounds of steps 2-6 that stand against a principal signing in or opening a
 * page, without an inquiry: for the sign-in form and for the home page. METHOD needs
 * an inquiry and is not among them. All that stand are told; which of them close a
 * page is the caller's table (the head of an ended instansi still reaches papers;
 * NO_NDA closes look-ups alone). `who` NULL: the peer check of a sign-in before its
 * credential is known, and CREDENTIAL_WRONG. */
MUST_USE enum rc policy_grounds(struct policy *policy, struct tx *tx, const struct principal *who, const struct addr *peer,
                                int64_t now_us, ground_set *ret, struct standing *ret_standing, struct err *err);
/* Is that beyond what the version allows (P2.2b)? Pure; whether it warns or refuses is
 * limit->refuse. */
bool policy_debt_over(const struct terms_debt *limit, struct policy_debt owed, int64_t now_us);
/* One request of a sandbox user id that is no inquiry, by its pace: 0 it may, or else in how
 * many seconds. From the tray's thread, as policy_decide(). */
int policy_rehearse(struct policy *policy, const struct principal *who, int64_t now_us);
/* The purpose it serves: the one it names, or else the principal's; 0 none. */
int64_t policy_kejadian(const struct policy_ask *ask);
/* Hits a WIB day of that method now (J.II.B: the result letter of an application's PoC
 * lifts the quota of that application); < 0 unlimited, 0 what is not granted. */
int64_t policy_quota_limit(const struct standing *standing, enum method method);
/* The grounds of step 5 that follow from how an instansi stands. Pure. */
ground_set policy_standing_grounds(const struct standing *standing);
#define POLICY_SWEEP_MAX 1000
/* Delete old repeat keys, at most POLICY_SWEEP_MAX a call; *ret_gone says how many. */
MUST_USE enum rc policy_sweep(struct policy *policy, struct tx *tx, int64_t now_us, int64_t *ret_gone, struct err *err);
