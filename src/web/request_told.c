/* SPDX-License-Identifier: EUPL-1.2
 * web/request_told.c - see request_told.h. */
#include "web/request_told.h"

enum rc request_journal(struct visit *v, const struct request_taken *taken, struct err *err)
{
	struct entry entry = {.act = ACT_REQUEST, .outcome = "ok", .instansi_id = taken->instansi_id, .about = taken->about};
	TRY(visit_journal(v, entry, NULL, err));
	for (size_t i = 0; i < taken->traces_n; i++) {
		const struct trace *trace = &taken->traces[i];
		struct entry more = {.act = trace->act,
		                     .outcome = "ok",
		                     .instansi_id = taken->instansi_id,
		                     .version_id = trace->version_id,
		                     .about = trace->about};
		TRY(visit_journal(v, more, NULL, err));
	}
	return RC_OK;
}
