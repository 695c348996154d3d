/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay.h - the registry is a system above of the same protocol (DOMAIN 4.1).
 *
 * Its own bounded queue and its own thread: whatever the system above does, nobody but those
 * who ask it waits for it, and they no longer than `deadline_s`. Whoever wants to ask takes a
 * place first: there is none when too many ask already, in all or of his instansi, or when the
 * system has failed too often and is left alone for a while (registry/breaker.h), or has
 * refused us for that instansi.
 *
 * One question is tried at most three times where nothing was sent, and once more where it was
 * sent and the reply was lost, always under the same transactionId (doc/relay.md).
 *
 * A question is made from a permit, an answer from a permit and what came back. Times are
 * steady microseconds. */
#pragma once
#include "policy/permit.h"
#include "registry/answer.h"
#include "registry/relay_trouble.h"
#include "sys/https.h"

struct relay_conf {
	struct https_conf https;    /* texts borrowed */
	const struct secret *users; /* registry/relay_user.h; borrowed */
	int deadline_s;
	int in_flight;              /* asked at the same time, in all */
	int in_flight_instansi;     /* of one instansi */
	int waiting;                /* behind those; one instansi has a quarter of it at most */
	/* Trouble begins (`err`), changes, and ends (NULL): never a person. From any thread. */
	void (*log)(void *arg, const char *what, const struct err *err);
	void *log_arg;
};
#define RELAY_IN_FLIGHT_MAX 256
#define RELAY_WAITING_MAX 4096

struct relay;
/* Is registry.url the address of such a system? */
bool relay_is_url(const char *url);
/* RC_INVALID, RC_LIMIT: the settings do not go together, or the users are none. No thread yet. */
MUST_USE enum rc relay_open(const struct relay_conf *conf, struct relay **ret, struct err *err);
MUST_USE enum rc relay_start(struct relay *relay, struct err *err);
/* No places any more; what is under way has two seconds left. */
void relay_quiesce(struct relay *relay);
/* Everything under way ends, and is told so; then the thread does. NULL is allowed. */
void relay_stop(struct relay *relay);
void relay_close(struct relay *relay);

/* Is somebody there who holds the pinned key? Nothing is asked. RC_BROKEN: no. */
MUST_USE enum rc relay_probe(const struct https_conf *conf, struct err *err);

/* ---- places ---- */
struct relay_place {
	int user;         /* whose; -1: none is held */
	bool verify;      /* for METHOD_VERIFY */
	bool tries_it, tries_user;
};
/* For one more question of the instansi `code` by that method. RELAY_WELL: *ret is held until relay_done() or
 * relay_place_give(). Anything else says why not; *ret_wait_s when to come again. */
enum relay_trouble relay_place_take(struct relay *relay, struct str code, enum method method, struct relay_place *ret,
                                    int *ret_wait_s);
/* Nothing was asked after all. */
void relay_place_give(struct relay *relay, struct relay_place *place);

/* ---- questions ---- */
struct relay_job;
/* In `arena`, which must live until relay_done(); so must the permit's claim. The place goes
 * over to it. NULL: no memory, and the place is still the caller's. */
struct relay_job *relay_ask(const struct permit *permit, const unsigned char hit[16], struct relay_place *place,
                            struct arena *arena);
/* `back` is called once, from a thread of the relay's. */
void relay_send(struct relay *relay, struct relay_job *job, void (*back)(void *arg), void *arg);
/* After `back`: RELAY_WELL, or why there is no answer. */
enum relay_trouble relay_job_trouble(const struct relay_job *job);
/* With RELAY_WELL: what it came to. Otherwise what the system said of us, 0 nothing. */
enum outcome relay_job_outcome(const struct relay_job *job);
/* After `back` and with RELAY_WELL: what of it this permit allows. */
MUST_USE enum rc relay_answer(const struct relay_job *job, const struct permit *permit, struct arena *arena,
                              const struct answer **ret, struct err *err);
/* Wipe what came back, and give the place back. Also for one that was never sent. */
void relay_done(struct relay *relay, struct relay_job *job);

struct relay_stat {
	int64_t in_flight, waiting, asked, answered, failed, retried;
	bool paused;              /* it failed too often; nobody is asked but one who tries */
	enum relay_trouble trouble; /* the latest of the system as a whole; RELAY_WELL: it answered since */
	int users, users_paused;
};
struct relay_stat relay_stat(struct relay *relay);
