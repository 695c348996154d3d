/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_reply.h - how a reply of /api/v1 is sent, and how its texts are written. */
#pragma once
#include "gate/visit.h"

#define V1_BASE "/api/v1"
#define V1_JSON "application/json"

/* As http_request_id(). */
struct str v1_request_id(struct visit *v);
/* Throws away what was drawn before; the body is taken over. Adds X-Request-Id. */
void v1_reply(struct visit *v, int status, const char *type, struct buf *body);
/* 2026-11-26T10:15:00+07:00, in quotes; `null` for 0. */
void v1_add_time(struct buf *out, int64_t us);
/* 2026-11-26, in quotes; `null` for n == 0. */
void v1_add_day(struct buf *out, struct day day);
/* The text in quotes; `null` when it is empty. */
void v1_add_text(struct buf *out, struct str text);
