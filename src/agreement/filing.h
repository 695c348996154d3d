/* SPDX-License-Identifier: EUPL-1.2
 * agreement/filing.h - a paper and its scan, put on file together or not at all. */
#pragma once
#include "agreement/paper.h"
#include "agreement/scan.h"

enum filing_how {
	FILING_ENTER,   /* the provider's own: accepted at once */
	FILING_SUBMIT,  /* the agency's: waits */
	FILING_PROPOSE  /* the provider's, and a second person accepts it */
};
struct filing {
	struct paper paper;          /* scan_id is filled in here */
	const struct scan_new *scan; /* NULL: without one */
	enum filing_how how;
	struct str by;               /* user id */
};
/* *ret_paper_id is its number. Errors as paper_put(), paper_submit(), paper_propose() and
 * scan_put(); after one, the transaction goes on as if nothing had been tried. */
MUST_USE enum rc filing_take(struct tx *tx, const struct secret *office_key, const struct filing *filing, int64_t now_us,
                             int64_t *ret_paper_id, struct err *err);
