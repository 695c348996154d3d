/* SPDX-License-Identifier: EUPL-1.2
 * cli/demo.h - an office to try: two instansi, people of every role, residents.
 *
 * Everything is invented. What stands in the agreements comes from
 * agreement/demo.h; the user ids, passwords and files are made here:
 *   DIR/demo-accounts.json  user ids with passwords or secrets, data-balikan tokens
 *   DIR/demo-nik.json       NIKs for every outcome
 * Both are readable by their owner alone. */
#pragma once
#include "cli/app.h"

struct demo_conf {
	int64_t residents;
	uint64_t seed;
};
/* Into a fresh office, open to APP_RECORD. */
MUST_USE enum rc demo_fill(struct app *app, const struct demo_conf *conf, struct err *err);
