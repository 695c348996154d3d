/* SPDX-License-Identifier: EUPL-1.2
 * gate/record.h - what a new version may not do to the day it begins in. The room
 * agreement cannot tell: how a quota follows from terms and papers is policy's to say. */
#pragma once
#include "agreement/draft.h"
#include "gate/visit.h"

/* After a version was recorded, in the same transaction. A version that is in force now
 * may not set the quota of a method below the hits already used today (J.II.B): they
 * cannot be taken back.
 * RC_REFUSED: it does; `applied->field` names the member, the caller undoes the version */
MUST_USE enum rc record_check(struct agreement *agreement, struct tx *tx, struct applied *applied, int64_t now_us, struct err *err);
/* A draft becomes a version, by the visitor: draft_record() and the check above, all of it
 * or nothing, and the page may go on to say why not. Errors as draft_record() and
 * record_check(). */
MUST_USE enum rc record_draft(struct visit *v, int64_t instansi_id, int64_t rev, struct applied *ret, struct err *err);
