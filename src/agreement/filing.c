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

/* The scan of the same paper as it waits, or was declined; 0: none. One that was accepted
 * keeps its own, which a request may name too. */
static enum rc scan_before(struct tx *tx, const struct paper *paper, int64_t *ret, struct err *err)
{
	int64_t id;
	struct paper before;
	*ret = 0;
	enum rc rc = paper_id_of(tx, paper, &id, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	TRY(paper_get(tx, id, &before, err));
	*ret = before.state == PAPER_ACCEPTED ? 0 : before.scan_id;
	return RC_OK;
}

/* What is filed anew takes the place of what nobody accepted, its scan included: nothing
 * names that one any more, and an agency could fill the disk with such. */
static enum rc take(struct tx *tx, const struct secret *office_key, const struct filing *filing, int64_t now_us, struct err *err)
{
	struct paper paper = filing->paper;
	int64_t before;
	TRY(paper_check(&paper, err));
	TRY(scan_before(tx, &paper, &before, err));
	if (filing->scan)
		TRY(scan_put(tx, office_key, filing->scan, now_us, &paper.scan_id, err));
	TRY(put_paper(tx, filing, &paper, now_us, err));
	bool kept = filing->how == FILING_ENTER && !paper.scan_id; /* the provider's entry without one keeps it */
	return before && !kept ? scan_drop(tx, before, err) : RC_OK;
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
