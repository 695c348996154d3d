/* SPDX-License-Identifier: EUPL-1.2
 * api/v1.h - the modern interface below /api/v1 as a whole: which paths are its own, and
 * what is heard when nothing of it serves. doc/api-v1.md; api/openapi.json. */
#pragma once
#include "gate/visit.h"

bool v1_owns(struct str path);
/* For gate_conf: whatever the gate refuses there. */
void v1_refuse(struct visit *v, int status);
/* The same of the server's own; returns the content type. */
const char *v1_refuse_body(int status, struct buf *body);
/* GET /api/v1/problems/SLUG */
MUST_USE enum rc v1_problem(struct visit *v, struct err *err);
