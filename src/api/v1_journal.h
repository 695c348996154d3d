/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_journal.h - a program's own inquiries in the journal, and the proof that one of
 * them is in it (P3.1a). */
#pragma once
#include "gate/visit.h"

#define V1_JOURNAL "/api/v1/jurnal"

/* GET /api/v1/jurnal: what is asked, and then the list. */
MUST_USE enum rc v1_journal(struct visit *v, struct err *err);
MUST_USE enum rc v1_journal_after(struct visit *v, struct err *err);
/* GET /api/v1/jurnal/REFERENSI: who asks, and then the proof. */
MUST_USE enum rc v1_proof(struct visit *v, struct err *err);
MUST_USE enum rc v1_proof_after(struct visit *v, struct err *err);
