/* SPDX-License-Identifier: EUPL-1.2
 * test/contract/feedback/ledger.h - an office store with feedback in it, and the moves a
 * test makes: ask for somebody's data, tell what became of him. Needs cmocka. */
#pragma once
#include "agreement/agreement.sql.h"
#include "engines.h"
#include "feedback/feedback.sql.h"
#include "feedback/outbox.sql.h"
#include "feedback/person.h"
#include "journal/journal.sql.h"

#define OK ENGINE_OK
#define LEDGER_NIK INT64_C(3304060101909900)
#define LEDGER_INSTANSI 2
#define LEDGER_OTHER 3

struct ledger {
	struct engine *engine;
	struct feedback *feedback;
	struct journal *journal;
	struct secret key;
	int64_t now_us;
};

/* 24 November 2026, 10.00 WIB. */
static inline void ledger_open(struct ledger *l, struct engine *engine)
{
	const struct schema *schemas[] = {&agreement_schema, &journal_schema, &feedback_schema, &outbox_schema};
	*l = (struct ledger){.engine = engine};
	l->now_us = day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(10) * 3600 * US_PER_S;
	OK(store_migrate(engine->store, schemas, LEN(schemas), l->now_us, &engine_err));
	OK(secret_new(&l->key, 32, &engine_err));
	memset(l->key.at, 5, l->key.n);
	struct journal_conf journal = {.origin = "padan.example/test", .log_id = 0, .master = l->key};
	OK(journal_open(engine->store, &journal, l->now_us, &l->journal, &engine_err));
	struct feedback_conf conf = {.hash_key = l->key, .office_key = l->key, .journal = l->journal};
	OK(feedback_open(&conf, &l->feedback, &engine_err));
}

static inline void ledger_close(struct ledger *l)
{
	feedback_close(l->feedback);
	journal_close(l->journal);
	secret_free(&l->key);
}

static inline struct tx *ledger_tx(struct ledger *l)
{
	struct tx *tx;
	OK(tx_begin(l->engine->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static inline struct entry ledger_by(const struct ledger *l)
{
	return (struct entry){.time_us = l->now_us, .instansi_id = LEDGER_INSTANSI, .user = 7, .user_id = S("operator1")};
}

static inline struct debt_ask ledger_ask(const struct ledger *l, int64_t kejadian, int serial)
{
	return (struct debt_ask){.instansi_id = LEDGER_INSTANSI,
	                         .kejadian_id = kejadian,
	                         .nik = {LEDGER_NIK + serial},
	                         .asked_us = l->now_us,
	                         .journal_entry = 1,
	                         .asked_by = S("operator1")};
}

static inline void ledger_asks(struct ledger *l, int64_t kejadian, int serial)
{
	TX_AUTO *tx = ledger_tx(l);
	struct debt_ask ask = ledger_ask(l, kejadian, serial);
	OK(debt_open(l->feedback, tx, &ask, 1, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static inline struct record ledger_victim(int64_t kejadian, int serial, enum keterangan keterangan)
{
	return (struct record){.instansi_id = LEDGER_INSTANSI,
	                       .kejadian_id = kejadian,
	                       .nik = {LEDGER_NIK + serial},
	                       .told = {.kind = TOLD_VICTIM, .keterangan = keterangan}};
}

static inline struct record ledger_waiver(int64_t kejadian, int serial, enum waiver waiver)
{
	struct record r = ledger_victim(kejadian, serial, KETERANGAN_HILANG);
	r.told = (struct told){.kind = TOLD_WAIVER, .waiver = waiver, .note = S("keliru dibaca")};
	return r;
}

static inline enum record_fate ledger_tells(struct ledger *l, enum told_source source, struct record record)
{
	TX_AUTO *tx = ledger_tx(l);
	struct entry by = ledger_by(l);
	enum record_fate fate;
	OK(record_tell(l->feedback, tx, &by, source, &record, 1, &fate, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return fate;
}

static inline struct debt_figures ledger_figures(struct ledger *l, int64_t kejadian)
{
	TX_AUTO *tx = ledger_tx(l);
	struct debt_figures f;
	OK(debt_figures(tx, kejadian, &f, &engine_err));
	return f;
}
