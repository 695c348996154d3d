/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_kejadian.h - the purposes an inquiry serves, by /api/v1: the caller's own agency's,
 * read, opened and closed. Another's does not exist. */
#pragma once
#include "gate/visit.h"

#define V1_KEJADIAN "/api/v1/kejadian"
#define V1_KEJADIAN_BODY_MAX 4096 /* bytes */
#define V1_KEJADIAN_CLOSE_BODY_MAX 64

MUST_USE enum rc v1_kejadian_list(struct visit *v, struct err *err);  /* GET V1_KEJADIAN */
MUST_USE enum rc v1_kejadian_get(struct visit *v, struct err *err);   /* GET V1_KEJADIAN/ID */
MUST_USE enum rc v1_kejadian_open(struct visit *v, struct err *err);  /* POST V1_KEJADIAN */
MUST_USE enum rc v1_kejadian_close(struct visit *v, struct err *err); /* POST V1_KEJADIAN/ID/tutup */
