/* SPDX-License-Identifier: EUPL-1.2
 * web/report_seen.c - see report_seen.h. */
#include "web/report_seen.h"

#include "gate/strip.h"
#include "web/subject.h"

#define NO_SUCH_REPORT "Laporan itu tidak ada."

enum rc report_seen_number(struct str typed, int64_t *ret, struct err *err)
{
	return str_int(typed, 1, INT64_MAX, ret) == RC_OK ? RC_OK : FAIL(err, RC_ABSENT, NO_SUCH_REPORT);
}

enum rc report_seen_find(struct visit *v, int64_t report_id, struct report_seen *ret, struct err *err)
{
	TRY(report_get(v->tx, report_id, &ret->report, err));
	if (!office_subject_seen(v, ret->report.instansi_id))
		return FAIL(err, RC_ABSENT, NO_SUCH_REPORT);
	TRY(report_moments(v->tx, report_id, &ret->moments, &ret->moments_n, err));
	TRY(run_find(v->tx, ret->report.frozen.run_id, &ret->run, err));
	return agreement_standing(gate_agreement(v), v->tx, ret->report.instansi_id, v->now_us, &ret->standing, err);
}

bool report_seen_texts(const struct visit *v, const struct report *report)
{
	bool sent = report->state->state != REPORT_DRAFT && report->state->state != REPORT_CANCELLED;
	return sent || principal_instansi(v->who) != 0;
}

enum turn report_seen_side(const struct visit *v)
{
	switch (principal_role(v->who)) {
	case ROLE_KEPALA: return TURN_INSTANSI;
	case ROLE_ADMIN: return TURN_PROVIDER;
	default: return TURN_NOBODY; /* the auditor reads: nothing waits for him */
	}
}

enum rc report_seen_waiting(struct visit *v, int64_t *ret, struct err *err)
{
	enum turn side = report_seen_side(v);
	*ret = 0;
	return side == TURN_NOBODY ? RC_OK : report_waiting(v->tx, principal_instansi(v->who), side, ret, err);
}

struct url report_seen_url(const struct visit *v, const char *path, int64_t report_id)
{
	struct url_pair pair = {"r", arena_printf(v->arena, "%lld", (long long)report_id)};
	return url_path(v->arena, path, &pair, 1);
}

struct str report_seen_late(const struct report *report, struct arena *arena)
{
	if (report->frozen.late_days == 0)
		return S("");
	return arena_printf(arena, "terlambat %lld hari kerja", (long long)report->frozen.late_days);
}
