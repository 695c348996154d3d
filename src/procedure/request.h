/* SPDX-License-Identifier: EUPL-1.2
 * procedure/request.h - a request from its opening to its end.
 *
 * What may happen stands in the tables of kind.h and step.h; this door opens a request,
 * takes a step of it, and reads it back. Role, agency, state and every field are checked
 * here. Everyone who takes a step says which revision he has seen: of two people at
 * once, one is told that the other was there first. The caller journals what `taken`
 * says. On anything but RC_OK he rolls back or undoes to a savepoint. */
#pragma once
#include "procedure/effect.h"
#include "procedure/step.h"

#define REQUEST_OPEN_MAX 300 /* of one agency at once */
#define REQUEST_STEPS_MAX 199

struct request {
	int64_t request_id, instansi_id, rev;
	const struct kind_row *kind;
	const struct state_row *state;
	struct day waits_from; /* n == 0: waits already */
	struct str title, subject, opened_by;
	int64_t opened_us, moved_us;
	bool late, by_provider;
};

/* Who does it. instansi_id 0: the provider's. */
struct request_actor {
	struct str user_id;
	enum role role;
	int64_t instansi_id;
};
struct request_new {
	enum kind kind;
	int64_t instansi_id;
	struct request_actor by;
	const struct ask_source *source;
};
/* What came of it. Texts in tx_arena. */
struct request_taken {
	int64_t request_id, instansi_id;
	struct str about; /* "request 12 user-new create", for ACT_REQUEST */
	struct trace traces[TRACES_MAX];
	size_t traces_n;
};
/* RC_INVALID   *flaws says all that is wrong
 * RC_REFUSED   not his to open
 * RC_LIMIT     REQUEST_OPEN_MAX
 * RC_ABSENT    no such agency, or not his */
MUST_USE enum rc request_open(const struct desk *desk, const struct request_new *ask, struct request_taken *ret,
                              struct ask_flaws *flaws, struct err *err);

struct request_advance {
	int64_t request_id, rev; /* rev: as he saw it */
	struct str step;
	struct request_actor by;
	const struct ask_source *source;
	struct str password_hash; /* for steps that want one */
};
/* RC_INVALID   *flaws says all that is wrong
 * RC_REFUSED   not his to take
 * RC_CONFLICT  somebody moved it meanwhile, or that step is not open from its state
 * RC_LIMIT     REQUEST_STEPS_MAX
 * RC_ABSENT    no such request or step, or another agency's */
MUST_USE enum rc request_advance(const struct desk *desk, const struct request_advance *ask, struct request_taken *ret,
                                 struct ask_flaws *flaws, struct err *err);
/* May he take that step now? Dates apart (a report before its time is refused). */
bool request_may(const struct request *request, const struct step_row *step, const struct request_actor *by);

/* RC_ABSENT. Of any agency: the caller asks whose it is. */
MUST_USE enum rc request_get(struct tx *tx, int64_t request_id, struct request *ret, struct err *err);

struct request_value {
	struct str name, value; /* value "" when sealed */
	struct str sealed;
};
struct request_step {
	int64_t number, at_us;
	const struct step_row *step; /* NULL: the opening */
	struct str by;
	const struct request_value *values;
	size_t values_n;
};
/* In order; [0] is the opening. */
MUST_USE enum rc request_steps(struct tx *tx, const struct request *request, struct request_step **ret, size_t *ret_n,
                               struct err *err);
/* {NULL,0}: none of that name. */
struct str request_step_value(const struct request_step *step, const char *name);
/* A sealed value, opened into `out`. RC_REFUSED: another key, or altered. */
MUST_USE enum rc request_unseal(const struct desk *desk, int64_t request_id, const struct request_step *step,
                                const struct request_value *value, struct buf *out, struct err *err);

/* ---- lists ---- */
enum request_which { REQUEST_ALL, REQUEST_OPEN, REQUEST_ENDED, REQUEST_WHICH_COUNT };
#define REQUEST_PAGE_MAX 100
struct request_filter {
	int64_t instansi_id;         /* 0: of every agency */
	enum turn side;              /* whose turn comes first; TURN_NOBODY: nobody's */
	const struct kind_row *kind; /* NULL: all */
	enum request_which which;
	int64_t skip, most;
};
/* What waits for that side first, who waits longest first; then the others, newest
 * first. *ret_all: how many the filter shows; *ret_waiting: how many of them wait. */
struct request_list {
	struct request *at;
	size_t n;
	int64_t all, waiting;
};
MUST_USE enum rc request_page(const struct desk *desk, const struct request_filter *filter, struct request_list *ret,
                              struct err *err);
/* How many wait for a side now; instansi_id 0: of every agency. */
MUST_USE enum rc request_waiting(struct tx *tx, int64_t instansi_id, enum turn side, struct day today, int64_t *ret,
                                 struct err *err);
/* Is a renewal under way, or done, that was asked for since that day (P4)? */
MUST_USE enum rc request_renewal(struct tx *tx, int64_t instansi_id, struct day since, bool *ret, struct err *err);
/* The same of the term that ends with that day: asked for in its last year. */
MUST_USE enum rc request_renewal_of_term(struct tx *tx, int64_t instansi_id, struct day last, bool *ret, struct err *err);
