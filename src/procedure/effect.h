/* SPDX-License-Identifier: EUPL-1.2
 * procedure/effect.h - what opening a request checks, and what a step of it does to the
 * rest of the office: user ids, papers, versions, heads. Named by the tables of kind.c
 * and step.c alone.
 *
 * An effect runs inside the caller's transaction after the request moved on; a flaw or a
 * failure undoes both. */
#pragma once
#include "journal/journal.h"
#include "procedure/kind.h"

#define TRACES_MAX 3
/* Something that happened and deserves a journal entry of its own. */
struct trace {
	enum act act;
	struct str about; /* machine words */
	int64_t version_id;
};

/* One opening, or one step, under way. */
struct taking {
	const struct desk *desk;
	int64_t instansi_id, request_id;
	const struct kind_row *kind;
	struct str by;                /* the user id that does it */
	const struct ask_value *form; /* of the opening */
	size_t form_n;
	const struct ask_value *values; /* of the step; those of the opening while it is opened */
	size_t values_n;
	int64_t opened_us;
	struct str password_hash;
	struct ask_flaws *flaws;
	/* what it leaves */
	bool late;             /* renewal: after its deadline */
	struct day waits_from; /* the next step waits only from then on; n == 0: at once */
	int version_number;    /* made by the step; kept as its value "versi" */
	struct trace traces[TRACES_MAX];
	size_t traces_n;
};

/* ---- checks of the form ---- */
enum rc check_user_new(struct taking *t, struct err *err);
enum rc check_poc(struct taking *t, struct err *err);
enum rc check_quota(struct taking *t, struct err *err);
enum rc check_renewal(struct taking *t, struct err *err);
enum rc check_official(struct taking *t, struct err *err);
enum rc check_application(struct taking *t, struct err *err);
enum rc check_meeting(struct taking *t, struct err *err);

/* ---- effects of steps ---- */
enum rc effect_user_add(struct taking *t, struct err *err);
enum rc effect_user_change(struct taking *t, struct err *err);
enum rc effect_user_close(struct taking *t, struct err *err);
enum rc effect_materials(struct taking *t, struct err *err);
enum rc effect_bast(struct taking *t, struct err *err);
enum rc effect_poc_held(struct taking *t, struct err *err);
enum rc effect_poc_passed(struct taking *t, struct err *err);
enum rc effect_quota(struct taking *t, struct err *err);
enum rc effect_quota_proposed(struct taking *t, struct err *err);
enum rc effect_quota_confirmed(struct taking *t, struct err *err);
enum rc effect_quota_report(struct taking *t, struct err *err);
enum rc effect_ministry(struct taking *t, struct err *err);
enum rc effect_version_linked(struct taking *t, struct err *err); /* made since, any ground */
enum rc effect_version_method(struct taking *t, struct err *err);
enum rc effect_version_renewal(struct taking *t, struct err *err);
enum rc effect_application(struct taking *t, struct err *err);
enum rc effect_official(struct taking *t, struct err *err);
enum rc effect_structure(struct taking *t, struct err *err);
enum rc effect_minutes(struct taking *t, struct err *err);
