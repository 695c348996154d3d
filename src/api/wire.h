/* SPDX-License-Identifier: EUPL-1.2
 * api/wire.h - the envelope in which inquiries are answered (DOMAIN 4.1), with the texts of
 * base/outcome.h. */
#pragma once
#include "gate/visit.h"

#define WIRE_MAX 65536 /* bytes of an envelope */

/* What an inquiry came to. */
void wire_verdict(struct buf *out, const struct verdict *verdict);
/* One that never became an inquiry: {"RESPONSE_CODE":"07",...}. */
void wire_outcome(struct buf *out, enum outcome outcome);
/* Hits left today are told to those who may count them: there is a limit, the caller is known, and
 * neither he nor his agency is stopped. */
bool wire_tells_quota(const struct verdict *verdict);
/* Nothing was decided: no content. */
void wire_empty(struct buf *out);
