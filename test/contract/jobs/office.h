/* SPDX-License-Identifier: EUPL-1.2
 * test/contract/jobs/office.h - an office with the tables of jobs and two nodes on it, each
 * with a connection of its own, and a clock that the test moves. Needs cmocka and engines.h. */
#pragma once
#include "agreement/agreement.sql.h"
#include "agreement/workday.sql.h"
#include "engines.h"
#include "identity/credential.sql.h"
#include "identity/identity.sql.h"
#include "jobs/job.h"
#include "feedback/list_kept.sql.h"
#include "jobs/jobs.sql.h"
#include "jobs/mail.h"
#include "journal/journal.sql.h"
#include "journal/history.sql.h"
#include "journal/usage.sql.h"
#include "procedure/incident.sql.h"
#include "procedure/procedure.sql.h"
#include "procedure/reminder.sql.h"
#include "report/affected.sql.h"
#include "store/migrate.h"
#include "store/query.h"

#define OK ENGINE_OK
#define NOON (day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(12) * 3600 * US_PER_S)
#define S_US(n) ((int64_t)(n)*US_PER_S)
#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}

struct node {
	struct store *store;
	struct job_office office;
};
struct office {
	struct node a, b;
	int64_t now_us;
};

static inline struct office office_open(struct engine *engine)
{
	const struct schema *schemas[] = {&jobs_schema,    &identity_schema, &credential_schema, &agreement_schema,
	                                  &workday_schema, &reminder_schema, &procedure_schema, &incident_schema, &list_kept_schema,
	                                  &journal_schema, &usage_schema,   &history_schema,   &affected_schema};
	struct office o = {.a = {engine->store, {.node = 0}}, .b = {.office = {.node = 1}}, .now_us = NOON};
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOON, &engine_err));
	OK(store_open(engine->url, &o.b.store, &engine_err));
	return o;
}

static inline void office_close(struct office *o)
{
	store_close(o->b.store);
}

static inline struct tx *office_begin(struct node *node)
{
	struct tx *tx;
	OK(tx_begin(node->store, TX_WRITE, &tx, &engine_err));
	return tx;
}
