/* SPDX-License-Identifier: EUPL-1.2
 * api/api.h - the web services, the other front door of the gate: programs speak JSON here,
 * and hear JSON whatever goes wrong. */
#pragma once
#include "gate/visit.h"

/* For gate_conf, after the portal's; ends with a row whose path is NULL. */
extern const struct route api_routes[];
/* Is that path ours, whether or not there is something at it? */
bool api_owns(struct str path);
/* For gate_conf and http_conf, of such paths: {"message":"..."}, or the envelope where
 * that is what clients read (api/get_json.h). Of a path that could
 * not be read its plain part is enough (http/path.h). */
void api_refuse(struct visit *v, int status, const struct err *err);
const char *api_refuse_body(int status, struct str path, struct buf *body);
