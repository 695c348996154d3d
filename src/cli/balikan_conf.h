/* SPDX-License-Identifier: EUPL-1.2
 * cli/balikan_conf.h - the settings balikan.*, made ready for jobs/courier.h. */
#pragma once
#include "conf/conf.h"
#include "jobs/post.h"

struct balikan_conf {
	struct post_conf post; /* its texts stand in the conf */
	struct secret tokens;  /* the text of balikan.tokens; at == NULL: there is none */
};
/* Reads the tokens, so before the cage is closed. The result must not move.
 * RC_ABSENT: balikan.url is empty. RC_INVALID: the settings do not go together, or the file
 * of tokens is not one. RC_REFUSED: others may read it. */
MUST_USE enum rc balikan_conf_open(const struct conf *conf, struct balikan_conf *ret, struct err *err);
void balikan_conf_close(struct balikan_conf *balikan);
