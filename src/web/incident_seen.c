/* SPDX-License-Identifier: EUPL-1.2
 * web/incident_seen.c - see incident_seen.h. */
#include "web/incident_seen.h"

#include "web/pager.h"
#include "web/subject.h"

static enum rc absent(struct err *err)
{
	return FAIL(err, RC_ABSENT, "Insiden itu tidak ada.");
}

enum rc incident_seen_number(struct str text, int64_t *ret, struct err *err)
{
	return str_int(text, 1, INT64_MAX, ret) == RC_OK ? RC_OK : absent(err);
}

enum rc incident_seen(struct visit *v, struct str number, struct incident *ret, struct err *err)
{
	int64_t id;
	TRY(incident_seen_number(number, &id, err));
	TRY(incident_get(v->tx, id, ret, err));
	return office_subject_seen(v, ret->instansi_id) ? RC_OK : absent(err);
}

enum rc incident_seen_list(struct visit *v, struct str number, struct affected *ret, struct incident *ret_of, struct err *err)
{
	int64_t id;
	TRY(incident_seen_number(number, &id, err));
	TRY(affected_get(v->tx, id, ret, err));
	if (!office_subject_seen(v, ret->instansi_id))
		return FAIL(err, RC_ABSENT, "Daftar itu tidak ada.");
	return incident_get(v->tx, ret->incident_id, ret_of, err);
}

struct url incident_url_of(struct visit *v, const char *path, const char *name, int64_t number)
{
	struct url_pair pair = {name, arena_printf(v->arena, "%lld", (long long)number)};
	return url_path(v->arena, path, &pair, 1);
}

struct url incident_url(struct visit *v, int64_t incident_id, const char *notice)
{
	struct url_pair pairs[] = {{"nomor", arena_printf(v->arena, "%lld", (long long)incident_id)}, {"catatan", str_c(notice)}};
	return url_path(v->arena, INCIDENT_ONE, pairs, LEN(pairs));
}

const char *incident_colour(enum incident_state state)
{
	switch (state) {
	case INCIDENT_OPEN: return "no";
	case INCIDENT_HANDLED:
	case INCIDENT_TOLD:
	case INCIDENT_RECOVERED: return "warn";
	case INCIDENT_CLOSED: return "ok";
	case INCIDENT_DISMISSED: break;
	}
	return "";
}

struct str incident_people_words(struct visit *v, const struct affected *list)
{
	struct str least = pager_count(v->arena, list->least), most = pager_count(v->arena, list->most);
	if (list->least == list->most)
		return arena_printf(v->arena, "%.*s orang", STR_ARG(least));
	return arena_printf(v->arena, "sekurangnya %.*s, paling banyak %.*s orang", STR_ARG(least), STR_ARG(most));
}

struct str incident_days_words(struct visit *v, const struct affected *list)
{
	if (list->first.n == list->last.n)
		return arena_str(v->arena, str_c(day_short(list->first).z));
	return arena_printf(v->arena, "%s sampai %s", day_short(list->first).z, day_short(list->last).z);
}

enum rc incident_journal(struct visit *v, const struct incident *incident, struct str about, struct err *err)
{
	struct entry entry = {
	        .act = ACT_INCIDENT,
	        .outcome = "ok",
	        .instansi_id = incident->instansi_id,
	        .about = arena_printf(v->arena, "%.*s incident %lld", STR_ARG(about), (long long)incident->incident_id)};
	return visit_journal(v, entry, NULL, err);
}
