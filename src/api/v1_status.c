/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_status.c - see v1_status.h. It is asked often: a read of the registry's one row and
 * of the few outages to come, and nothing is written. */
#include "api/v1_status.h"

#include "agreement/outage.h"
#include "api/v1_reply.h"
#include "api/v1_standing.h"
#include "gate/health.h"

#define STATUS_MAX ((size_t)32 << 10) /* every outage that may be planned, at its fullest */
#define AHEAD_US (90 * US_PER_DAY)

static bool concerns(const struct outage *outage)
{
	return outage->part != OUTAGE_PORTAL;
}

static const char *word_of(const struct gate_health *health, const struct outage_list *outages, int64_t now_us)
{
	for (size_t i = 0; i < outages->n; i++)
		if (concerns(&outages->at[i]) && outage_runs(&outages->at[i], now_us))
			return "pemeliharaan";
	return health->disturbed ? "terganggu" : "tersedia";
}

static void add_outages(struct buf *out, const struct outage_list *outages)
{
	buf_addz(out, ",\"pemeliharaan\":[");
	for (size_t i = 0; i < outages->n; i++) {
		const struct outage *outage = &outages->at[i];
		buf_addz(out, i ? ",{\"mulai\":" : "{\"mulai\":");
		v1_add_time(out, outage->begin_us);
		buf_addz(out, ",\"selesai\":");
		v1_add_time(out, outage->end_us);
		buf_addf(out, ",\"bagian\":\"%s\",\"keterangan\":", outage_part_at(outage->part)->key);
		buf_add_json(out, outage->note);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static enum rc add_own(struct visit *v, struct buf *out, struct err *err)
{
	const struct standing *s = &v->standing;
	buf_addz(out, ",\"instansi\":");
	buf_add_json(out, s->code);
	buf_addf(out, ",\"perjanjian\":{\"keadaan\":\"%s\",\"berakhir\":", v1_standing_word(s));
	v1_add_day(out, s->last_day);
	buf_addf(out, ",\"sisa_hari\":%d},", v1_days_left(s, v->now_us));
	return v1_add_quotas(v, out, err);
}

enum rc v1_status(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(STATUS_MAX);
	struct outage_list outages;
	struct gate_health health = gate_health(v);
	TRY(outage_coming(v->tx, v->now_us, v->now_us + AHEAD_US, &outages, err));
	buf_addf(&out, "{\"layanan\":\"%s\",\"waktu\":", word_of(&health, &outages, v->now_us));
	v1_add_time(&out, v->now_us);
	add_outages(&out, &outages);
	buf_addz(&out, ",\"registri\":{\"data_per\":");
	v1_add_day(&out, health.registry);
	buf_addc(&out, '}');
	if (v->who && !principal_is_sandbox(v->who)) /* the rehearsal is told what a stranger is */
		TRY(add_own(v, &out, err));
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}
