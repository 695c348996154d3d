/* SPDX-License-Identifier: EUPL-1.2
 * jobs/users.h - the nightly closing of user ids (P2.1c, J.II.A,
 * J.VI.E, P4, P5): dormant, expired, past their NDA, or of an agency whose agreement is
 * over. Each closing ends the sessions at once and is journaled. */
#pragma once
#include "jobs/job.h"

/* One bite: at most a few hundred user ids of one reason. */
MUST_USE enum rc users_close_bite(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err);
