/* SPDX-License-Identifier: EUPL-1.2
 * agreement/terms.h - what one version says, from its text to struct terms. */
#pragma once
#include "agreement/agreement.h"

/* `json` is the member "terms" of a file that was checked; everything of *ret
 * stands in `arena`. RC_BROKEN: it is not what was once put into the store. */
MUST_USE enum rc terms_read(struct str json, struct arena *arena, struct terms *ret, struct err *err);
/* The same for a list of contact persons; `ret` has TERMS_CONTACTS_MAX places. */
MUST_USE enum rc terms_read_contacts(struct str json, struct arena *arena, struct terms_contact *ret, size_t *ret_n,
                                     struct err *err);
