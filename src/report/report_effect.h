/* SPDX-License-Identifier: EUPL-1.2
 * report/report_effect.h - what steps of a report do beside moving it on: each a function
 * that the table of report_life.c names. */
#pragma once
#include "report/report.h"

/* A step under way. An effect says what is wrong in `flaws`, and changes what will be
 * written with the new state. */
struct report_taking {
	const struct desk *desk;
	const struct report *report;
	const struct report_step_row *row;
	struct request_actor by;
	struct ask_value *values;
	size_t values_n;
	struct ask_flaws *flaws;
	struct report_frozen now; /* as it will stand */
};

MUST_USE enum rc report_effect_recount(struct report_taking *t, struct err *err);
/* The figures must be there, of a period that was over when they were counted. */
MUST_USE enum rc report_effect_submit(struct report_taking *t, struct err *err);
MUST_USE enum rc report_effect_return(struct report_taking *t, struct err *err);
/* Files the paper that closes the duty (procedure/duty.h). */
MUST_USE enum rc report_effect_receive(struct report_taking *t, struct err *err);
MUST_USE enum rc report_effect_forward(struct report_taking *t, struct err *err);
