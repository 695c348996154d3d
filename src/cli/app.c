/* SPDX-License-Identifier: EUPL-1.2
 * cli/app.c - see app.h. */
#include "cli/app.h"

#include <stdio.h>

#include "agreement/agreement.sql.h"
#include "agreement/outage.sql.h"
#include "agreement/scan.sql.h"
#include "agreement/workday.sql.h"
#include "cli/command.h"
#include "cli/key.h"
#include "cli/node.h"
#include "cli/upgrade.h"
#include "feedback/debt.h"
#include "feedback/feedback.sql.h"
#include "feedback/list_kept.sql.h"
#include "feedback/outbox.sql.h"
#include "gate/made.sql.h"
#include "gate/throttle.sql.h"
#include "identity/access.sql.h"
#include "identity/credential.sql.h"
#include "identity/handover.sql.h"
#include "identity/identity.sql.h"
#include "identity/principal.h"
#include "identity/totp.sql.h"
#include "identity/user_roster.sql.h"
#include "jobs/jobs.sql.h"
#include "jobs/users.sql.h"
#include "journal/archive.sql.h"
#include "journal/browse.sql.h"
#include "journal/check.sql.h"
#include "journal/cosign.sql.h"
#include "journal/journal.sql.h"
#include "journal/lease.sql.h"
#include "journal/history.sql.h"
#include "journal/trace.sql.h"
#include "journal/usage.sql.h"
#include "policy/guard.sql.h"
#include "policy/policy.h"
#include "policy/policy.sql.h"
#include "policy/reservation.sql.h"
#include "procedure/incident.sql.h"
#include "procedure/procedure.sql.h"
#include "procedure/reminder.sql.h"
#include "report/affected.sql.h"
#include "registry/registry.h"
#include "report/evaluation.sql.h"
#include "report/report.sql.h"
#include "report/office.sql.h"
#include "report/run.sql.h"
#include "store/migrate.h"
#include "store/transfer.h"
#include "sys/file.h"

#define REPEAT_LIFE_US (INT64_C(600) * US_PER_S) /* DOMAIN 2, "Repeats" */
#define REPEAT_MAX 3

/* One a line: whoever adds a room adds a line to each. */
const struct schema *const app_schemas[] = {
	&identity_schema,
	&access_schema,
	&agreement_schema,
	&policy_schema,
	&journal_schema,
	&lease_schema,
	&throttle_schema,
	&made_schema,
	&workday_schema,
	&scan_schema,
	&reminder_schema,
	&totp_schema,
	&jobs_schema,
	&handover_schema,
	&credential_schema,
	&procedure_schema,
	&guard_schema,
	&feedback_schema,
	&list_kept_schema,
	&outbox_schema,
	&history_schema,
	&usage_schema,
	&browse_schema,
	&check_schema,
	&cosign_schema,
	&outage_schema,
	&report_schema,
	&reservation_schema,
	&run_schema,
	&evaluation_schema,
	&incident_schema,
	&affected_schema,
	NULL,
};
const struct query *const *const app_queries[] = {
	identity_queries,
	access_queries,
	agreement_queries,
	policy_queries,
	journal_queries,
	lease_queries,
	throttle_queries,
	workday_queries,
	scan_queries,
	reminder_queries,
	users_queries,
	totp_queries,
	jobs_queries,
	handover_queries,
	credential_queries,
	user_roster_queries,
	procedure_queries,
	guard_queries,
	feedback_queries,
	list_kept_queries,
	outbox_queries,
	history_queries,
	usage_queries,
	archive_queries,
	browse_queries,
	check_queries,
	cosign_queries,
	outage_queries,
	reservation_queries,
	office_queries,
	run_queries,
	evaluation_queries,
	incident_queries,
	affected_queries,
	trace_queries,
	report_queries,
	NULL,
};

/* ---- one step a depth ---- */

static enum rc open_conf(struct app *app, const struct command *command, struct err *err)
{
	char path[4096];
	BUF_AUTO text = BUF(CONF_FILE_MAX + 1);
	TRY(conf_open(&app->conf, app->dir, err));
	for (int i = 0; i < command->options_n; i++)
		if (str_eq(command->options[i].name, S("set")))
			TRY(conf_set(&app->conf, command->options[i].value, err));
	if (snprintf(path, sizeof path, "%s/" APP_CONF_FILE, app->dir) >= (int)sizeof path)
		return FAIL(err, RC_INVALID, "nama direktori terlalu panjang");
	enum rc rc = file_read(path, CONF_FILE_MAX, &text, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_INVALID, "%.150s bukan direktori Padan: tidak ada " APP_CONF_FILE, app->dir);
	if (rc != RC_OK)
		return rc;
	TRY(conf_read(&app->conf, buf_str(&text), APP_CONF_FILE, err));
	TRY(conf_check(&app->conf, err));
	unsigned roles;
	return app_code_roles(app, &roles, err);
}

static enum rc open_keys(struct app *app, const struct command *command, struct err *err)
{
	(void)command;
	TRY(key_read(conf_text(&app->conf, CONF_MASTER_KEY_FILE), &app->master, err));
	TRY(key_derive(&app->master, KEY_GATE, &app->gate_key, err));
	TRY(key_derive(&app->master, KEY_REPEAT, &app->repeat_key, err));
	TRY(key_derive(&app->master, KEY_CREDENTIAL, &app->credential_key, err));
	TRY(key_derive(&app->master, KEY_FEEDBACK, &app->feedback_key, err));
	return key_derive(&app->master, KEY_OFFICE, &app->office_key, err);
}

size_t app_schemas_n(void)
{
	size_t n = 0;
	while (app_schemas[n])
		n++;
	return n;
}

enum rc app_upgrade(struct app *app, struct store *office, struct err *err)
{
	struct upgrade upgrade = {
		.schemas = app_schemas, .n = app_schemas_n(), .now_us = app->now_us, .before = upgrade_before, .arg = app};
	return store_upgrade(office, &upgrade, err);
}

static enum rc open_store(struct app *app, const struct command *command, struct err *err)
{
	TX_AUTO *tx = NULL;
	(void)command;
	TRY(store_open(conf_text(&app->conf, CONF_OFFICE_URL), &app->office, err));
	TRY(app_upgrade(app, app->office, err));
	TRY(tx_begin(app->office, TX_READ, &tx, err));
	return transfer_check(tx, APP_OFFICE, err);
}

static enum rc open_record(struct app *app, const struct command *command, struct err *err)
{
	(void)command;
	if (app->lease.fence == 0)
		TRY(node_find(app, &app->node, err));
	struct str origin;
	TRY(node_origin(app, &origin, err));
	struct journal_conf conf = {.origin = origin.at,
	                            .log_id = app->node,
	                            .fence = app->lease.fence,
	                            .master = app->master};
	TRY(journal_open(app->office, &conf, app->now_us, &app->journal, err));
	struct feedback_conf feedback = {.hash_key = app->feedback_key,
	                                 .office_key = app->office_key,
	                                 .journal = app->journal,
	                                 .upstream = *conf_text(&app->conf, CONF_BALIKAN_URL) != '\0'};
	TRY(feedback_open(&feedback, &app->feedback, err));
	return agreement_open(&app->agreement, err);
}

/* Policy may not look into feedback (src/LAYERS): the question is handed in. */
static enum rc debts_of(struct tx *tx, const int64_t *instansi_ids, size_t n, struct policy_debt *ret, struct err *err)
{
	struct debt_total *totals = ARENA_ARRAY(tx_arena(tx), n, struct debt_total);
	if (!totals)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(debt_totals(tx, instansi_ids, n, totals, err));
	for (size_t i = 0; i < n; i++)
		ret[i] = (struct policy_debt){totals[i].n, totals[i].oldest_us};
	return RC_OK;
}

static enum rc open_registry(struct app *app, struct err *err)
{
	enum rc rc = relay_settings_open(&app->conf, &app->relay_settings, err);
	if (rc == RC_OK)
		return relay_open(&app->relay_settings.relay, &app->relay, err);
	if (rc != RC_ABSENT)
		return rc;
	rc = registry_open(conf_text(&app->conf, CONF_REGISTRY_URL), &app->registry, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_INVALID, "data kependudukan belum ada; jalankan dahulu: padan registry import");
	return rc;
}

static enum rc open_answer(struct app *app, const struct command *command, struct err *err)
{
	(void)command;
	struct policy_conf conf = {
		.guard = conf_is(&app->conf, CONF_GUARD_MODE, "observe") ? GUARD_OBSERVE : GUARD_ENFORCE,
		.repeat_key = app->repeat_key,
		.repeat_life_us = REPEAT_LIFE_US,
		.repeat_max = REPEAT_MAX,
		.office_key = app->office_key,
		.debts = debts_of,
		.sandbox_per_minute = conf_int(&app->conf, CONF_SANDBOX_PER_MINUTE),
	};
	TRY(policy_open(&conf, app->agreement, &app->policy, err));
	return open_registry(app, err);
}

static enum rc (*const steps[])(struct app *, const struct command *, struct err *) = {
	[APP_CONF] = open_conf,     [APP_KEYS] = open_keys,     [APP_STORE] = open_store,
	[APP_RECORD] = open_record, [APP_ANSWER] = open_answer,
};

enum rc app_deepen(struct app *app, const struct command *command, enum app_depth depth, struct err *err)
{
	for (; app->opened <= (int)depth; app->opened++)
		TRY(steps[app->opened](app, command, err));
	return RC_OK;
}

static enum rc open_or_close(struct app *app, const struct command *command, enum app_depth depth, struct err *err)
{
	enum rc rc = app_deepen(app, command, depth, err);
	if (rc != RC_OK)
		app_close(app);
	return rc;
}

enum rc app_open(struct app *app, const struct command *command, enum app_depth depth, struct err *err)
{
	*app = (struct app){.dir = command_arg(command, 0), .now_us = clock_now_us()};
	return open_or_close(app, command, depth, err);
}

enum rc app_open_upgrade(struct app *app, const struct command *command, struct err *err)
{
	*app = (struct app){.dir = command_arg(command, 0), .now_us = clock_now_us(), .upgrade = true};
	return open_or_close(app, command, APP_STORE, err);
}

void app_close(struct app *app)
{
	relay_close(app->relay);
	relay_settings_close(&app->relay_settings);
	registry_close(app->registry);
	policy_close(app->policy);
	agreement_close(app->agreement);
	feedback_close(app->feedback);
	journal_close(app->journal);
	store_close(app->office);
	secret_free(&app->office_key);
	secret_free(&app->feedback_key);
	secret_free(&app->credential_key);
	secret_free(&app->repeat_key);
	secret_free(&app->gate_key);
	secret_free(&app->master);
	conf_close(&app->conf);
	*app = (struct app){0};
}

/* ---- for the verbs ---- */

enum rc app_code_roles(const struct app *app, unsigned *ret, struct err *err)
{
	struct err reason = {0};
	const struct conf_value *value = &app->conf.at[CONF_TOTP_ROLES];
	if (roles_from_text(str_c(value->text), ret, &reason) != RC_OK)
		return FAIL(err, RC_INVALID, "totp.roles (%s): %.150s", value->source, reason.what);
	return RC_OK;
}

enum rc app_journal(struct app *app, struct tx *tx, struct entry entry, struct err *err)
{
	const struct receipt *receipt;
	entry.time_us = clock_now_us();
	if (!entry.outcome)
		entry.outcome = "ok";
	entry.about = arena_printf(tx_arena(tx), "cli: %.*s", STR_ARG(entry.about));
	TRY(journal_append(app->journal, tx, &entry, 1, &receipt, err));
	return transfer_check(tx, APP_OFFICE, err); /* it may have been moved since it was opened */
}

struct str app_path(struct app *app, const char *name)
{
	return arena_printf(&app->conf.arena, "%s/%s", app->dir, name);
}
