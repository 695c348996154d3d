/* SPDX-License-Identifier: EUPL-1.2
 * web/victims_look.h - which persons of which kejadian a visitor looks at: read from the
 * query, the same for the worksheet on the screen and on paper. Whose they are is decided
 * here (web/subject.h), and whether the visitor may tell what became of them. */
#pragma once
#include "agreement/kejadian.h"
#include "feedback/person.h"
#include "web/pager.h"
#include "web/subject.h"

#define VICTIMS_PATH "/korban"
#define VICTIM_PATH "/korban/orang"

struct victims_look {
	struct office_subject subject; /* row.instansi_id 0: somebody of the provider named none */
	struct kejadian kejadian;      /* kejadian_id 0: the agency has none yet */
	struct debt_figures figures;
	struct person_ask ask; /* the filter; skip and most are the caller's */
	bool mine;             /* only what the visitor asked for */
};
/* Of the query: kejadian (else the session's, else the latest; for status=open one in which
 * something is owed, if any is), status, keterangan, saya.
 * A filter nobody knows is none. RC_ABSENT: a kejadian that the visitor may not know of. */
MUST_USE enum rc victims_look(struct visit *v, struct victims_look *ret, struct err *err);
/* The filter as parameters of a link. */
void victims_pairs(struct visit *v, const struct victims_look *look, struct pager *pager);

/* May data balikan of this agency be written by the visitor now: head and operators of it,
 * within the window. */
bool victims_may_tell(const struct visit *v, int64_t instansi_id);
