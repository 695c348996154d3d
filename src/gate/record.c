/* SPDX-License-Identifier: EUPL-1.2
 * gate/record.c - see record.h. */
#include "gate/record.h"

#include "gate/call.h"
#include "policy/policy.h"
#include "store/store.h"

/* The members a limit stands in, by method: before and after the PoC. */
static const char *const members[METHOD_COUNT][2] = {
        [METHOD_PORTAL] = {"terms.methods.portal.quota_before_poc", "terms.methods.portal.quota_after_poc"},
        [METHOD_CALL_NIK] = {"terms.methods.CALL_NIK.quota_before_poc", "terms.methods.CALL_NIK.quota_after_poc"},
        [METHOD_VERIFY] = {"terms.methods.CALL_VERIFY_BY_ELEMEN.quota_before_poc",
                           "terms.methods.CALL_VERIFY_BY_ELEMEN.quota_after_poc"},
};

static enum rc check_method(struct tx *tx, const struct standing *s, enum method method, int64_t now_us, struct err *err)
{
	struct quota_use use;
	int64_t limit = policy_quota_limit(s, method);
	if (!s->terms->methods[method].granted || limit < 0)
		return RC_OK;
	TRY(quota_read(tx, s->instansi_id, method, limit, now_us, &use, err));
	if (use.used <= limit)
		return RC_OK;
	return FAIL(err, RC_REFUSED,
	            "kuota %lld di bawah pemakaian hari ini (%lld hit); pilih kuota lain, atau hari mulai berikutnya",
	            (long long)limit, (long long)use.used);
}

enum rc record_check(struct agreement *agreement, struct tx *tx, struct applied *applied, int64_t now_us, struct err *err)
{
	struct standing s;
	if (!applied->changed)
		return RC_OK;
	TRY(agreement_standing(agreement, tx, applied->instansi_id, now_us, &s, err));
	if (!s.terms || s.version_id != applied->version_id)
		return RC_OK;
	for (enum method m = 0; m < METHOD_COUNT; m++) {
		enum rc rc = check_method(tx, &s, m, now_us, err);
		if (rc == RC_REFUSED)
			applied->field = members[m][s.poc_passed[m]];
		TRY(rc);
	}
	return RC_OK;
}

enum rc record_draft(struct visit *v, int64_t instansi_id, int64_t rev, struct applied *ret, struct err *err)
{
	struct err ignored = {0};
	TRY(tx_savepoint(v->tx, err));
	enum rc rc = draft_record(v->tx, instansi_id, rev, principal_user_id(v->who), visit_two_persons(v), v->now_us, ret, err);
	if (rc == RC_OK)
		rc = record_check(v->gate->conf.agreement, v->tx, ret, v->now_us, err);
	if (rc == RC_OK)
		return tx_release(v->tx, err);
	return tx_undo(v->tx, &ignored) == RC_OK ? rc : RC_BROKEN;
}
