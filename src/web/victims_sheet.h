/* SPDX-License-Identifier: EUPL-1.2
 * web/victims_sheet.h - the worksheet on paper: what the filter shows, on A4, with whose
 * it is, when it was made and by whom. */
#pragma once
#include "web/victims_look.h"

#define VICTIMS_SHEET_MAX PERSON_PAGE_MAX
MUST_USE enum rc victims_sheet(struct visit *v, struct victims_look *look, struct err *err);
