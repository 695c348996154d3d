/* SPDX-License-Identifier: EUPL-1.2
 * web/owed.h - data balikan that an agency owes, in words: for the strip, the home pages
 * and the provider's lists. */
#pragma once
#include "feedback/reconcile.h"
#include "gate/owed.h"

/* How one agency stands: what it owes beside its limits, and all it was asked and told. */
struct owed_account {
	struct gate_owed owed;
	struct reconcile of;
	int64_t oldest_us; /* since when the oldest debt is open; 0: none is */
};
MUST_USE enum rc owed_account(struct visit *v, int64_t instansi_id, struct owed_account *ret, struct err *err);

/* "7 terutang, tertua 3 hari"; "" when nothing is. */
struct str owed_words(struct visit *v, const struct gate_owed *owed);
/* "500 NIK atau 14 hari"; "" without a version in force. */
struct str owed_limit(struct visit *v, const struct gate_owed *owed);
/* "melewati batas", "verifikasi ditolak"; "" within the limits. */
struct str owed_tag(const struct gate_owed *owed);
/* "hari ini", "3 hari". */
struct str owed_age(struct visit *v, int days);
/* For the own home page: above all when a limit is passed, and the card of what is owed
 * where, the latest kejadian first. */
void owed_alert_write(struct visit *v, const struct gate_owed *owed, struct buf *out);
MUST_USE enum rc owed_card_write(struct visit *v, const struct gate_owed *owed, struct buf *out, struct err *err);
/* For the provider's: the kejadian in which most is owed; nothing when none is. */
MUST_USE enum rc owed_most_write(struct visit *v, struct buf *out, struct err *err);
