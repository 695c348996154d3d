/* SPDX-License-Identifier: EUPL-1.2
 * agreement/filing.c - see filing.h. */
#include "agreement/filing.h"

#include "store/store.h"

static enum rc put_paper(struct tx *tx, const struct filing *filing, const struct paper *paper, int64_t now_us, struct err *err)
{
	bool changed;
	switch (filing->how) {
	case FILING_ENTER: return paper_put(tx, paper, filing->by, now_us, &changed, err);
	case FILING_SUBMIT: return paper_submit(tx, paper, filing->by, now_us, err);
	case FILING_PROPOSE: return paper_propose(tx, paper, filing->by, now_us, err);
	}
	return FAIL(err, RC_INVALID, "cara pencatatan tidak dikenal");
}

static enum rc take(struct tx *tx, const struct secret *office_key, const struct filing *filing, int64_t now_us, struct err *err)
{
	struct paper paper = filing->paper;
	if (filing->scan)
		TRY(scan_put(tx, office_key, filing->scan, now_us, &paper.scan_id, err));
	return put_paper(tx, filing, &paper, now_us, err);
}

enum rc filing_take(struct tx *tx, const struct secret *office_key, const struct filing *filing, int64_t now_us,
                    int64_t *ret_paper_id, struct err *err)
{
	TRY(tx_savepoint(tx, err));
	enum rc rc = take(tx, office_key, filing, now_us, err);
	if (rc == RC_OK)
		rc = paper_id_of(tx, &filing->paper, ret_paper_id, err);
	if (rc == RC_OK)
		return tx_release(tx, err);
	TRY(tx_undo(tx, NULL));
	return rc;
}
