/* SPDX-License-Identifier: EUPL-1.2
 * An office with nothing but journals and runs, and somebody who counts. Needs cmocka. */
#pragma once
#include <cmocka.h>

#include "contract/journal/log.h"
#include "report/counter.h"
#include "report/run.h"
#include "report/run.sql.h"

#define OFFICE_LOGS 2
#define OFFICE_NOW (LOG_NOW + 400 * US_PER_DAY) /* long after every entry */

struct office {
	struct engine *engine;
	struct log logs[OFFICE_LOGS];
	int64_t now_us;   /* what the tray tells */
	int fail_errands; /* so many fail */
};

static inline void office_open(struct office *office, struct engine *engine)
{
	static const struct schema *const schemas[] = {&journal_schema, &run_schema};
	*office = (struct office){.engine = engine, .now_us = OFFICE_NOW};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	for (int i = 0; i < OFFICE_LOGS; i++)
		log_open_at(&office->logs[i], engine, i, 7);
}

static inline void office_close(struct office *office)
{
	for (int i = 0; i < OFFICE_LOGS; i++)
		log_close(&office->logs[i]);
}

static inline void office_append(struct office *office, int log, const struct entry *entries, size_t n)
{
	TX_AUTO *tx = NULL;
	const struct receipt *receipts[JOURNAL_TRAY_MAX];
	ENGINE_OK(tx_begin(office->engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_append(office->logs[log].journal, tx, entries, n, receipts, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
}

static inline enum rc office_errand(void *arg, enum rc (*run)(void *, struct tx *, int64_t, struct err *), void *run_arg,
                                    struct err *err)
{
	struct office *office = arg;
	TX_AUTO *tx = NULL;
	if (office->fail_errands > 0) {
		office->fail_errands--;
		return FAIL(err, RC_BROKEN, "disk penuh");
	}
	TRY(tx_begin(office->engine->store, TX_WRITE, &tx, err));
	TRY(run(run_arg, tx, office->now_us, err));
	return tx_commit(&tx, err);
}

static inline struct counter *office_counter(struct office *office, int64_t node, int64_t bite)
{
	struct counter *counter;
	struct counter_conf conf = {.office = office->engine->store,
	                            .journal = office->logs[0].journal,
	                            .node = node,
	                            .bite = bite,
	                            .errand = office_errand,
	                            .errand_arg = office};
	ENGINE_OK(counter_open(&conf, &counter, &engine_err));
	return counter;
}

static inline enum rc office_try(struct office *office, const struct figures_ask *ask, int64_t *ret_run_id)
{
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(office->engine->store, TX_WRITE, &tx, &engine_err));
	enum rc rc = run_ask(tx, ask, S("admin"), office->now_us, ret_run_id, &engine_err);
	if (rc == RC_OK)
		ENGINE_OK(tx_commit(&tx, &engine_err));
	return rc;
}

static inline int64_t office_ask(struct office *office, const struct figures_ask *ask)
{
	int64_t run_id = 0;
	ENGINE_OK(office_try(office, ask, &run_id));
	return run_id;
}

static inline enum counter_news office_piece(struct counter *counter)
{
	enum counter_news news;
	ENGINE_OK(counter_piece(counter, &news, &engine_err));
	return news;
}

/* Until the run ends; what it came to. */
static inline enum counter_news office_count(struct office *office, int64_t bite)
{
	struct counter *counter = office_counter(office, 0, bite);
	enum counter_news news;
	do
		news = office_piece(counter);
	while (news == COUNTER_WENT_ON);
	counter_close(counter);
	return news;
}

/* The run's state, with its words in `trouble`. */
struct office_run {
	struct run run;
	char trouble[256], digest[80];
};
static inline struct office_run office_run(struct office *office, int64_t run_id)
{
	TX_AUTO *tx = NULL;
	struct office_run ret;
	ENGINE_OK(tx_begin(office->engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(run_find(tx, run_id, &ret.run, &engine_err));
	snprintf(ret.trouble, sizeof ret.trouble, "%.*s", STR_ARG(ret.run.trouble));
	snprintf(ret.digest, sizeof ret.digest, "%.*s", STR_ARG(ret.run.digest));
	return ret;
}

static inline void office_text(struct office *office, int64_t run_id, struct buf *out)
{
	TX_AUTO *tx = NULL;
	struct str text;
	ENGINE_OK(tx_begin(office->engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(run_text(tx, run_id, &text, &engine_err));
	buf_clear(out);
	buf_add(out, text);
}

/* A statement, behind the room's back. A driver knows a query by its address: one each. */
#define OFFICE_SQL(office, text)                                                                                                   \
	do {                                                                                                                       \
		static const struct query query_ = LOG_SQL(text);                                                                  \
		log_tamper(&(office)->logs[0], &query_);                                                                           \
	} while (0)
