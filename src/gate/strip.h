/* SPDX-License-Identifier: EUPL-1.2
 * gate/strip.h - what the portal keeps in sight on every page. The doors may not look
 * into policy; these few numbers they need. */
#pragma once
#include "gate/visit.h"

/* Hits of the visitor's own instansi left today on the web portal, and of how many.
 * *ret_left < 0: without limit. RC_ABSENT: no agreement in force grants the portal. */
MUST_USE enum rc gate_quota(struct visit *v, int64_t *ret_left, int64_t *ret_limit, struct err *err);

/* How any instansi stands, for the provider: its standing, and the hits on the web
 * portal today. limit < 0: without limit; 0: none granted. Texts in tx_arena. */
struct gate_instansi {
	struct standing standing;
	int64_t used, limit;
};
/* The same for n of them, in a few round trips. */
MUST_USE enum rc gate_instansi_list(struct visit *v, const int64_t *ids, size_t n, struct gate_instansi *ret, struct err *err);
MUST_USE enum rc gate_instansi_get(struct visit *v, int64_t instansi_id, struct gate_instansi *ret, struct err *err);

/* The parsed versions of this process, for the pages of agreements. */
struct agreement *gate_agreement(const struct visit *v);

/* Seconds an answer stays on the screen: the setting clear.seconds. */
int gate_clear_s(const struct visit *v);
/* Days without a sign-in after which a user id counts as asleep: user.dormant_days. */
int gate_dormant_days(const struct visit *v);
