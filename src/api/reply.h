/* SPDX-License-Identifier: EUPL-1.2
 * api/reply.h - how an answer of a web service is sent. */
#pragma once
#include "gate/visit.h"

#define REPLY_TYPE "application/json"

/* The body is taken over. */
void reply_json(struct visit *v, int status, struct buf *body);
/* {"message":"..."} */
void reply_message(struct visit *v, int status, struct str words);
