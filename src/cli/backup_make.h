/* SPDX-License-Identifier: EUPL-1.2
 * cli/backup_make.h - one backup of an embedded office, written while others work in it.
 *
 * The office database is copied as of one moment, beside itself and for as long as it takes
 * to seal it; the registry is a file that is only ever replaced whole, so it is read as it
 * stands. Keys, certificates and files of passwords are never in it. */
#pragma once
#include "backup/key.h"
#include "backup/manifest.h"
#include "cli/app.h"

struct backup_order {
	struct app *app; /* APP_RECORD */
	const struct backup_public *key;
	bool registry;                                          /* with the population data */
	const char *version;                                    /* of this program */
	void (*progress)(void *arg, int64_t done, int64_t all); /* bytes */
	void *arg;
};
/* `fd` gets the whole file; what stands in it is told in *ret, whose texts stand in app->conf.arena.
 * RC_REFUSED   an office on PostgreSQL, or --registry without a registry file
 * RC_CONFLICT  another backup of this office is being made
 * RC_BROKEN    disk full, unreadable, ...; what was written is worth nothing */
MUST_USE enum rc backup_make(const struct backup_order *order, int fd, struct manifest *ret, struct err *err);
