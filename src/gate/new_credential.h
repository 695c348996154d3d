/* SPDX-License-Identifier: EUPL-1.2
 * gate/new_credential.h - the credential of a program comes into being, for all pages that
 * make one (P2.1c, J.II.A/B; gate/new_user.h does the same for people).
 *
 * It needs no slow work: 256 random bits want no slow hash. A BAST is due from that moment
 * (identity/handover.h), unless it is for the rehearsal. Who may make one for whom is for the page to decide. */
#pragma once
#include "gate/visit.h"
#include "identity/credential.h"

/* `by` of *credential is filled in here. Journals ACT_CREDENTIAL "credential issue" or
 * "rotate USER_ID NUMBER". The caller shows *ret once and wipes it; rc as
 * credential_issue(). */
MUST_USE enum rc new_credential_make(struct visit *v, const struct credential_new *credential, struct credential_made *ret,
                                     struct err *err);
