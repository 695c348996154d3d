/* SPDX-License-Identifier: EUPL-1.2
 * web/report_told.h - what follows a step of a report: the journal entry, and the mail to
 * the contact persons of the other side. */
#pragma once
#include "gate/visit.h"
#include "report/report.h"

/* ACT_REPORT; and, where there is a mail server, a mail to whom the step is told. */
MUST_USE enum rc report_tell(struct visit *v, const struct report_taken *taken, struct err *err);
