/* SPDX-License-Identifier: EUPL-1.2
 * gate/gate.h - the one corridor between the front doors and the rooms.
 *
 * Event threads hand requests in; the tray's thread takes all that wait (up to
 * TRAY_MAX), walks them through the corridor in one transaction, commits with one
 * fsync, and only then answers. See visit.h for what a door provides. */
#pragma once
#include "gate/alert.h"
#include "gate/visit.h"

#define TRAY_MAX 256
#define TRAY_QUEUE_MAX 4096 /* waiting visits; past it 503 at once */

struct gate_conf {
	struct store *office;
	struct agreement *agreement;
	struct policy *policy;
	struct registry *registry;
	struct relay *relay;         /* instead of a registry: the system above (gate/outing.h); its thread runs */
	int64_t node;                /* of this process, for what it leaves open */
	struct journal *journal;
	struct feedback *feedback;   /* answers open debts there; NULL: none are opened */
	const struct route *routes;  /* ends with a row whose path is NULL */
	/* An error page in the door's own look: status, words safe to show. */
	void (*refuse)(struct visit *v, int status, const struct err *err);
	/* One line for the operator's log; never personal data. */
	void (*log)(void *arg, const char *what, const struct err *err);
	/* The office store can no longer be trusted (failed fsync), or this log is another's: stop the process. */
	void (*fatal)(void *arg, const struct err *err);
	void *arg;
	struct secret key;           /* 32 bytes, borrowed: CSRF and device cookies */
	struct secret credential_key; /* 32 bytes, borrowed: hashes of the secrets of programs; n == 0: there are none */
	struct secret office_key;    /* 32 bytes, borrowed: seals what the office keeps */
	/* The pattern guard holds a user id: called inside the tray's transaction, so that a
	 * mail put into an outbox there goes out if and only if the hold stands. NULL: nobody. */
	enum rc (*alert)(void *arg, struct tx *tx, const struct alert *alert, struct err *err);
	bool hold_two_persons;       /* the setting guard.two_persons */
	int idle_s, absolute_s, dormant_days;
	unsigned code_roles;         /* ROLE_BITs that must use one-time codes */
	int slow_threads;            /* Argon2 at once; 2 */
	bool two_persons;            /* a version is recorded by another admin than wrote it last */
	bool mail_on;                /* false: nobody would send what a page puts into the outbox (jobs/mail.h) */
	int clear_s;                 /* seconds an answer stays on the screen; 0: 60 */
	int64_t history_per_day;     /* searches of who looked at a NIK, by one user id; 0: 50 */
	bool tls;
	const char *origin;          /* "" : the Host header decides */
};
MUST_USE enum rc gate_open(const struct gate_conf *conf, struct gate **ret, struct err *err);
/* For http_conf: which body is wanted, and a complete request. */
int gate_admit(struct gate *gate, enum http_method method, struct str path);
void gate_handle(struct gate *gate, struct http_request *rq);
/* From now on every request is refused with 503 at once; those already taken are
 * still answered. Then stop the HTTP servers, then gate_close(). */
void gate_quiesce(struct gate *gate);
/* Answer everything that waits with 503, finish the tray under way, stop the
 * threads. After it no request is kept. No event thread may still call the gate. */
void gate_close(struct gate *gate);

/* Inquiries that this node sent to the system above before a moment and never brought home are
 * unknown from now on, and journaled (gate/outing.h). *ret_n says how many. */
MUST_USE enum rc gate_forsake(struct gate *gate, int64_t before_us, size_t *ret_n, struct err *err);

struct gate_stat {
	int64_t trays, visits, inquiries, refused_full, failed, waiting;
};
struct gate_stat gate_stat(const struct gate *gate);

/* Work of the house itself (sweeps, checkpoints) in the next tray: `run` gets the
 * tray's transaction under a savepoint. Waits until it is durable or undone. */
MUST_USE enum rc gate_errand(struct gate *gate, enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err),
                             void *arg, struct err *err);
