/* SPDX-License-Identifier: EUPL-1.2
 * api/get_json.h - the inquiry of programs, as existing clients speak it (J.II.C,
 * DOMAIN 4.1): POST /dukcapil/get_json/[<region>/]<INSTANSI>/<METHOD>.
 *
 * CALL_NIK answers with data, CALL_VERIFY_BY_ELEMEN (kesesuaian) with whether what is said
 * agrees. Both walk the portal's corridor. What was decided is HTTP 200 in an envelope
 * (api/wire.h); what could not be is an envelope without content. doc/get-json.md. */
#pragma once
#include "gate/visit.h"

#define GET_JSON_BASE "/dukcapil/get_json/" /* what follows is read here */

MUST_USE enum rc get_json_inquiry(struct visit *v, struct inquiry *ret, struct err *err);
MUST_USE enum rc get_json_page(struct visit *v, struct err *err);
/* Is that path, in any case, of this service, whether or not there is something at it? */
bool get_json_owns(struct str path);
/* What a request hears that never became an inquiry; returns the content type. */
const char *get_json_refuse(int status, struct buf *body);
