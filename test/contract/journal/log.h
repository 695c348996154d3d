/* SPDX-License-Identifier: EUPL-1.2
 * A small log to try things on: opened on an engine's fresh store, filled with
 * entries that differ, and asked what is wrong with it. Needs cmocka. */
#pragma once
#include "engines.h"
#include "journal/browse.sql.h"
#include "journal/cosign.sql.h"
#include "journal/journal.h"
#include "journal/journal.sql.h"
#include "journal/usage.h"
#include "journal/verify.h"

#define LOG_ORIGIN "padan.example/uji"
#define LOG_NOW INT64_C(1795400467000000) /* 2026-11-23 02:21:07 UTC */
#define LOG_NIK INT64_C(3304060101909900)

struct log {
	struct engine *engine;
	struct secret master;
	struct journal *journal;
};

static inline void log_open_at(struct log *log, struct engine *engine, int log_id, unsigned char master)
{
	static const struct schema *const schemas[] = {&journal_schema, &browse_schema, &cosign_schema};
	*log = (struct log){.engine = engine};
	ENGINE_OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	ENGINE_OK(secret_new(&log->master, 32, &engine_err));
	memset(log->master.at, master, 32);
	struct journal_conf conf = {.origin = LOG_ORIGIN, .log_id = log_id, .master = log->master};
	ENGINE_OK(journal_open(engine->store, &conf, LOG_NOW, &log->journal, &engine_err));
}

static inline void log_open(struct log *log, struct engine *engine)
{
	log_open_at(log, engine, 0, 7);
}

static inline void log_close(struct log *log)
{
	journal_close(log->journal);
	secret_free(&log->master);
}

static inline struct entry log_entry(int64_t i)
{
	struct entry e = {
		.act = ACT_LOOKUP,
		.time_us = LOG_NOW + i * 1000,
		.outcome = i % 5 ? "01" : "13",
		.instansi_id = 1 + i % 2,
		.version_id = 4,
		.user = 7,
		.session = 100 + i,
		.user_id = S("operator1"),
		.method = "portal",
		.nik = {LOG_NIK + i % 100},
	};
	assert_int_equal(addr_from_str(S("192.0.2.13"), &e.peer), RC_OK);
	return e;
}

/* Entries of a made-up history, each in a transaction of its own. */
static inline void log_append(struct log *log, struct entry (*history)(int64_t), int64_t from, int64_t upto)
{
	for (; from < upto; from++) {
		TX_AUTO *tx = NULL;
		const struct receipt *receipt;
		struct entry e = history(from);
		ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
		ENGINE_OK(journal_append(log->journal, tx, &e, 1, &receipt, &engine_err));
		ENGINE_OK(tx_commit(&tx, &engine_err));
	}
}

/* A bite of the sums; is there more? */
static inline bool log_count(struct engine *engine)
{
	bool more;
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(usage_count(tx, &more, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	return more;
}

/* Entries number `from` to `upto` - 1 of log_entry(), in trays of at most 100. */
static inline void log_fill(struct log *log, int64_t from, int64_t upto)
{
	while (from < upto) {
		struct entry entries[100];
		const struct receipt *receipts[100];
		size_t n = 0;
		TX_AUTO *tx = NULL;
		ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
		for (; n < LEN(entries) && from < upto; n++)
			entries[n] = log_entry(from++);
		ENGINE_OK(journal_append(log->journal, tx, entries, n, receipts, &engine_err));
		ENGINE_OK(tx_commit(&tx, &engine_err));
	}
}

struct log_note {
	char z[1024];
};
static inline struct log_note log_checkpoint(struct log *log)
{
	struct log_note note;
	struct str text;
	int64_t size;
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(journal_checkpoint(log->journal, tx, LOG_NOW, &text, &size, &engine_err));
	snprintf(note.z, sizeof note.z, "%.*s", STR_ARG(text));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	return note;
}

static inline enum rc log_verify(struct log *log, const char *checkpoint, struct verify_result *ret)
{
	struct verify_conf conf = {.checkpoint = checkpoint};
	return verify_store(log->engine->store, 0, &conf, ret, &engine_err);
}

static inline void log_is_whole(struct log *log, int64_t entries)
{
	struct verify_result result;
	enum rc rc = log_verify(log, NULL, &result);
	if (rc != RC_OK)
		print_error("%s: %s\n", rc_name(rc), result.reason);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(result.entries, entries);
	assert_int_equal(result.bad_seq, -1);
}

/* A statement without parameters, behind the room's back. */
static inline void log_tamper(struct log *log, const struct query *query)
{
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(query_exec(tx, query, NULL, NULL, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
}
#define LOG_SQL(text)                                                                                                              \
	{                                                                                                                          \
		.name = "tamper", .sqlite = (text), .postgres = (text), .params = "", .columns = ""                                \
	}
