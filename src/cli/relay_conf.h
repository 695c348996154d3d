/* SPDX-License-Identifier: EUPL-1.2
 * cli/relay_conf.h - the settings registry.* and relay.*, where registry.url is the address of
 * a system above; made ready for registry/relay.h. */
#pragma once
#include "conf/conf.h"
#include "registry/relay.h"

struct relay_settings {
	struct relay_conf relay; /* its texts stand in the conf */
	struct secret users;     /* the text of registry.credentials */
};
/* Reads the credentials, so before the cage is closed. The result must not move.
 * RC_ABSENT: registry.url is a database. RC_INVALID: the settings do not go together, or the
 * file is none. RC_REFUSED: others may read it. */
MUST_USE enum rc relay_settings_open(const struct conf *conf, struct relay_settings *ret, struct err *err);
void relay_settings_close(struct relay_settings *settings);
/* RC_INVALID where registry.url is no database: what is asked for needs one. */
MUST_USE enum rc relay_settings_need_database(const struct conf *conf, struct err *err);
