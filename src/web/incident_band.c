/* SPDX-License-Identifier: EUPL-1.2
 * web/incident_band.c - see incident_band.h. */
#include "web/incident_band.h"

#include "web/incident_band.page.h"
#include "web/when.h"

#define SHOWN_MAX 3

struct str incident_left(struct arena *arena, const struct incident *incident, int64_t now_us)
{
	int64_t left = incident_deadline_us(incident) - now_us;
	int64_t minutes = (left < 0 ? -left : left) / (60 * US_PER_S);
	return arena_printf(arena, "%s %lld jam %lld menit", left < 0 ? "lewat" : "sisa", (long long)(minutes / 60),
	                    (long long)(minutes % 60));
}

struct str incident_untold(const struct incident *incident)
{
	if (!incident->authority_us)
		return incident->people_us ? S("lembaga") : S("lembaga dan subjek data");
	return incident->people_us ? S("") : S("subjek data");
}

static struct page_incident_band_incident row_of(struct visit *v, const struct incident *incident)
{
	int64_t until_us = incident_deadline_us(incident);
	struct url_pair pair = {"nomor", arena_printf(v->arena, "%lld", (long long)incident->incident_id)};
	return (struct page_incident_band_incident){
	        .url = url_path(v->arena, "/insiden/isi", &pair, 1),
	        .number = incident->incident_id,
	        .title = incident->title,
	        .left = incident_left(v->arena, incident, v->now_us),
	        .until = arena_str(v->arena, str_c(when_row(until_us).z)),
	        .untold = incident_untold(incident),
	        .late = v->now_us > until_us,
	};
}

enum rc incident_band_write(struct visit *v, struct buf *out, struct err *err)
{
	struct incident list[INCIDENT_RUNNING_MAX];
	struct page_incident_band_incident shown[SHOWN_MAX];
	size_t n, shown_n = 0;
	if (principal_role(v->who) == ROLE_OPERATOR)
		return RC_OK;
	TRY(incident_running(v->tx, principal_instansi(v->who), list, &n, err));
	for (size_t i = 0; i < n && shown_n < SHOWN_MAX; i++)
		if (incident_clock_runs(&list[i]))
			shown[shown_n++] = row_of(v, &list[i]);
	if (shown_n)
		page_incident_band_write(out, &(struct page_incident_band){.incidents = shown, .incidents_n = shown_n});
	return RC_OK;
}
