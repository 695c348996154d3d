/* SPDX-License-Identifier: EUPL-1.2
 * web/web.h - the web portal, one of the two front doors of the gate.
 *
 * Pages are templates (template/) filled by page_*.c; the table of routes is the only
 * way in. Everything works without script; asset/padan.js only improves. */
#pragma once
#include "gate/visit.h"

/* For gate_conf; ends with a row whose path is NULL. */
extern const struct route web_routes[];
/* For gate_conf: an error page, or a fragment when the script asked. Reads nothing
 * from the office: it is also drawn when the office is out of reach. */
void web_refuse(struct visit *v, int status, const struct err *err);
/* For http_conf: the same page for a request the server refused by itself. Returns
 * the content type. */
const char *web_refuse_body(int status, struct buf *body);
