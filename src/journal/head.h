/* SPDX-License-Identifier: EUPL-1.2
 * journal/head.h - the stored head of a log: how long it is, and the frontier of
 * its tree as one blob of hashes, largest subtree first. */
#pragma once
#include "journal/journal.h"
#include "journal/tree.h"

struct tx;
#define HEAD_BYTES_MAX (TREE_DEPTH_MAX * TREE_HASH)

/* RC_BROKEN: the blob does not fit the size. */
MUST_USE enum rc head_read(int64_t size, struct str blob, struct tree_frontier *ret, struct err *err);
/* A view of the frontier's own bytes. */
struct str head_blob(const struct tree_frontier *frontier);
/* RC_ABSENT: no such log. */
MUST_USE enum rc head_find(struct tx *tx, int log_id, struct tree_frontier *ret, struct err *err);
/* Which logs have entries, registered or not. */
MUST_USE enum rc head_used(struct tx *tx, bool ret[JOURNAL_LOG_MAX + 1], struct err *err);
