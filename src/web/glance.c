/* SPDX-License-Identifier: EUPL-1.2
 * web/glance.c - see glance.h. */
#include "web/glance.h"

enum rc glance_journal(struct visit *v, const struct glance *glance, struct err *err)
{
	if (principal_instansi(v->who))
		return RC_OK;
	struct entry entry = {.act = ACT_FEEDBACK,
	                      .outcome = "ok",
	                      .instansi_id = glance->instansi_id,
	                      .kejadian_id = glance->kejadian_id,
	                      .nik = glance->nik,
	                      .about = arena_printf(v->arena, "lihat %s", glance->what)};
	return visit_journal(v, entry, NULL, err);
}
