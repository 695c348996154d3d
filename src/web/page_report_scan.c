/* SPDX-License-Identifier: EUPL-1.2
 * web/page_report_scan.c - the scan that came with a step of a report. It leaves the
 * office after the commit; who took it out is in the journal. */
#include "gate/upload.h"
#include "web/pages.h"
#include "web/report_seen.h"

#define NO_SUCH_SCAN "Lampiran itu tidak ada."

static int64_t scan_of(const struct report_seen *seen, struct str number)
{
	int64_t n;
	if (str_int(number, 0, REPORT_STEPS_MAX, &n) != RC_OK)
		return 0;
	for (size_t i = 0; i < seen->moments_n; i++)
		if (seen->moments[i].number == n)
			return ask_int(ask_value(seen->moments[i].values, seen->moments[i].values_n, "berkas"));
	return 0;
}

enum rc page_report_scan_get(struct visit *v, struct err *err)
{
	struct report_seen seen;
	struct scan_meta meta;
	int64_t id;
	int64_t *scan = ARENA_NEW(v->arena, int64_t);
	if (!scan)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(report_seen_number(http_query(v->rq, "r"), &id, err));
	TRY(report_seen_find(v, id, &seen, err));
	*scan = scan_of(&seen, http_query(v->rq, "langkah"));
	if (*scan == 0)
		return FAIL(err, RC_ABSENT, NO_SUCH_SCAN);
	TRY(scan_meta(v->tx, *scan, &meta, err));
	if (meta.instansi_id != seen.report.instansi_id)
		return FAIL(err, RC_ABSENT, NO_SUCH_SCAN);
	struct entry entry = {.act = ACT_EXPORT,
	                      .outcome = "ok",
	                      .instansi_id = seen.report.instansi_id,
	                      .about = arena_printf(v->arena, "report %lld scan", (long long)id)};
	TRY(visit_journal(v, entry, NULL, err));
	v->own = scan;
	return RC_OK;
}

enum rc page_report_scan_after(struct visit *v, struct err *err)
{
	const int64_t *scan = v->own;
	return upload_send(v, *scan, err);
}
