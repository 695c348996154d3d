/* SPDX-License-Identifier: EUPL-1.2
 * cli/app.h - what a verb works with: opened in order, as deep as it needs, and
 * closed in reverse.
 *
 * Each depth stands on the one before: settings; keys; the office store with its
 * tables brought up to date; journal and agreement, so that a change can be
 * written down; and what only answering needs, policy and registry. */
#pragma once
#include "agreement/agreement.h"
#include "base/base.h"
#include "cli/relay_conf.h"
#include "conf/conf.h"
#include "journal/journal.h"
#include "journal/lease.h"
#include "store/store.h"

struct command;
struct feedback;
struct policy;
struct registry;
struct relay;

enum app_depth { APP_CONF, APP_KEYS, APP_STORE, APP_RECORD, APP_ANSWER };

struct app {
	const char *dir;
	int64_t now_us; /* when it was opened */
	int opened;     /* depths that are open */
	bool upgrade;   /* tables of an older version may be changed on PostgreSQL too (cli/upgrade.h) */
	struct conf conf;
	struct secret master, gate_key, repeat_key, credential_key;
	struct secret feedback_key;
	struct secret office_key; /* seals what the office database must not show (base/seal.h) */
	struct store *office;
	struct lease_who who; /* serving: this directory (cli/node.h) */
	struct lease lease;   /* serving: the number it holds; fence 0: none */
	int node;             /* APP_RECORD: whose log this process writes */
	struct journal *journal;
	struct agreement *agreement;
	struct feedback *feedback;
	struct policy *policy;
	struct registry *registry; /* APP_ANSWER: this one, or a system above */
	struct relay *relay;
	struct relay_settings relay_settings;
};
#define APP_CONF_FILE "padan.conf"
#define APP_LOCK_FILE "padan.lock" /* held by whoever serves, or changes the office database as a file */

/* Tables that an older version made are brought up to date (cli/upgrade.h); RC_REFUSED: on PostgreSQL they are not.
 * The command's first argument is the data directory; its --set are obeyed. What was
 * opened before a failure is closed again.
 * RC_INVALID: not a data directory, or a setting is wrong. */
MUST_USE enum rc app_open(struct app *app, const struct command *command, enum app_depth depth, struct err *err);
/* Go on from there. What was opened before stays open when this fails. */
MUST_USE enum rc app_deepen(struct app *app, const struct command *command, enum app_depth depth, struct err *err);
/* `padan upgrade`: to APP_STORE, where tables of an older version are brought up to date whatever the engine. */
MUST_USE enum rc app_open_upgrade(struct app *app, const struct command *command, struct err *err);
void app_close(struct app *app);
#define APP_AUTO __attribute__((cleanup(app_close))) struct app

/* The setting totp.roles as ROLE_BITs. RC_INVALID names the word that is no role. */
MUST_USE enum rc app_code_roles(const struct app *app, unsigned *ret, struct err *err);

/* The rooms' tables, as this program expects them, NULL-terminated. */
extern const struct schema *const app_schemas[];
size_t app_schemas_n(void);
/* Bring the tables of an office store up to them, as far as the settings let a verb do that (cli/upgrade.h). */
MUST_USE enum rc app_upgrade(struct app *app, struct store *office, struct err *err);
/* What store/transfer.h calls the office database. */
#define APP_OFFICE "office"
/* Every query the rooms may ask of the office store: lists, NULL-terminated. */
struct query;
extern const struct query *const *const app_queries[];

/* Write one entry about what the command line did. Time and, where absent, the
 * outcome "ok" are filled in; `about` gets "cli: " before it. */
MUST_USE enum rc app_journal(struct app *app, struct tx *tx, struct entry entry, struct err *err);
/* DIR/name, NUL-terminated, as long as the app is open. {NULL,0}: no memory. */
struct str app_path(struct app *app, const char *name);
