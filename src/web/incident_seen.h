/* SPDX-License-Identifier: EUPL-1.2
 * web/incident_seen.h - the incident or the list a page is about, for those who may know of
 * it: the provider's people, and the head of the instansi it concerns. To anybody else it
 * reads as one that never was. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"
#include "procedure/incident.h"
#include "report/affected.h"

#define INCIDENT_PATH "/insiden"
#define INCIDENT_ONE "/insiden/isi"

/* The number of a parameter. RC_ABSENT. */
MUST_USE enum rc incident_seen_number(struct str text, int64_t *ret, struct err *err);
MUST_USE enum rc incident_seen(struct visit *v, struct str number, struct incident *ret, struct err *err);
/* A list and its incident. */
MUST_USE enum rc incident_seen_list(struct visit *v, struct str number, struct affected *ret, struct incident *ret_of,
                                    struct err *err);
/* Where its page is, with a notice (words.c) or none (NULL). */
struct url incident_url(struct visit *v, int64_t incident_id, const char *notice);
/* ?NAME=NUMBER behind a path. */
struct url incident_url_of(struct visit *v, const char *path, const char *name, int64_t number);
const char *incident_colour(enum incident_state state);
/* "35 orang", or between which bounds. */
struct str incident_people_words(struct visit *v, const struct affected *list);
/* "26-11-2026", "26-11-2026 sampai 27-11-2026": the days of its choice. */
struct str incident_days_words(struct visit *v, const struct affected *list);
/* One entry of the act of incidents: "open tersebar incident 7". What was done comes first, so that
 * it can be counted (doc/report.md). */
MUST_USE enum rc incident_journal(struct visit *v, const struct incident *incident, struct str about, struct err *err);
