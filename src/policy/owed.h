/* SPDX-License-Identifier: EUPL-1.2
 * policy/owed.h - where a version refuses inquiries for data balikan that is owed (P2.2b);
 * for the room `policy` alone.
 *
 * What is owed another room knows, and policy may not look into it: policy_conf.debts
 * asks, once a tray. Of one tray every inquiry that comes before counts as one more, whether
 * it opens a debt or not: the limit is never passed, and close to it one that would not have
 * passed it may be told to come again. */
#pragma once
#include "policy/facts.h"

/* ret[i]: the instansi of the i-th ask owes too much, or for too long. */
MUST_USE enum rc owed_read(const struct policy_conf *conf, const struct policy_tray *tray, const struct fact *facts, bool *ret,
                           struct err *err);
