/* SPDX-License-Identifier: EUPL-1.2
 * web/whom.h - whom to call: the contact persons of the agreement (J.VI.B), under
 * every refusal. */
#pragma once
#include "agreement/agreement.h"
#include "http/html.h"

#define WHOM_PROVIDER 1
#define WHOM_INSTANSI 2
#define WHOM_BOTH 3

/* At most four persons of the wanted sides; where the agreement names none (or none is
 * in force), a sentence that helps nevertheless. */
void whom_write(struct buf *out, const struct standing *standing, unsigned sides);
