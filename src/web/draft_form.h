/* SPDX-License-Identifier: EUPL-1.2
 * web/draft_form.h - a draft's terms as the fields of a form, each with its mistake
 * beside it. agreement/field.h is the table; nothing is written here about any field. */
#pragma once
#include <jansson.h>

#include "agreement/shape.h"
#include "gate/visit.h"
#include "web/draft.page.h"

struct draft_form {
	struct arena *arena;
	const json_t *terms;
	int number;
	const struct shape_complaints *complaints;
};
/* Sections, troubles and the number of mistakes. RC_BROKEN: no memory. */
MUST_USE enum rc draft_form_put(const struct draft_form *form, struct page_draft *page, struct err *err);
