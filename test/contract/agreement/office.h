/* SPDX-License-Identifier: EUPL-1.2
 * test/contract/agreement/office.h - an empty agreement office, and the sample
 * agreements with pieces replaced. The samples run from 20 May 2025 to 20 May 2027.
 * Needs cmocka and engines.h. */
#pragma once
#include "agreement/agreement.sql.h"
#include "agreement/apply.h"
#include "agreement/demo.h"
#include "agreement/kejadian.h"
#include "agreement/paper.h"
#include "engines.h"

#define OK ENGINE_OK /* its calls tell engine_err what went wrong */
#define FIRST day_from_ymd(2025, 5, 20)
#define LAST day_from_ymd(2027, 5, 20)
#define NOW (day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(10) * 3600 * US_PER_S)
#define assert_str(s, z) assert_true(str_eq((s), str_c(z)))

struct office {
	struct engine *engine;
	struct agreement *agreement;
	struct tx *tx;
};

static inline struct office office_open(struct engine *engine)
{
	const struct schema *schemas[] = {&agreement_schema};
	struct office o = {.engine = engine};
	OK(store_migrate(engine->store, schemas, 1, NOW, &engine_err));
	OK(agreement_open(&o.agreement, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &o.tx, &engine_err));
	return o;
}

static inline void office_close(struct office *o)
{
	tx_rollback(&o->tx);
	agreement_close(o->agreement);
}

static inline void office_commit(struct office *o)
{
	OK(tx_commit(&o->tx, &engine_err));
	OK(tx_begin(o->engine->store, TX_WRITE, &o->tx, &engine_err));
}

/* The sample with every `from` replaced; pairs end with NULL. Free it. */
static inline struct buf office_sample(const char *which, const char *const *pairs)
{
	struct buf text = BUF(AGREEMENT_FILE_MAX);
	assert_int_equal(agreement_demo_json(which, FIRST, &text), RC_OK);
	for (; pairs && pairs[0]; pairs += 2) {
		struct buf next = BUF(AGREEMENT_FILE_MAX);
		size_t from = 0, n = strlen(pairs[0]);
		const char *at;
		while ((at = memmem(text.at + from, text.n - from, pairs[0], n))) {
			buf_add(&next, str_from(text.at + from, (size_t)(at - text.at) - from));
			buf_addz(&next, pairs[1]);
			from = (size_t)(at - text.at) + n;
		}
		if (from == 0)
			fail_msg("the sample has no %s", pairs[0]);
		buf_add(&next, str_from(text.at + from, text.n - from));
		buf_free(&text);
		text = next;
	}
	return text;
}

static inline enum rc office_try(struct office *o, const char *which, const char *const *pairs, struct applied *ret)
{
	struct buf text = office_sample(which, pairs);
	enum rc rc = agreement_apply(o->tx, buf_str(&text), NOW, ret, &engine_err);
	buf_free(&text);
	return rc;
}

static inline struct applied office_apply(struct office *o, const char *which, const char *const *pairs)
{
	struct applied applied;
	OK(office_try(o, which, pairs, &applied));
	return applied;
}

static inline struct standing office_standing(struct office *o, int64_t instansi_id, int64_t now_us)
{
	struct standing s;
	OK(agreement_standing(o->agreement, o->tx, instansi_id, now_us, &s, &engine_err));
	return s;
}

static inline struct addr office_addr(const char *z)
{
	struct addr a;
	assert_int_equal(addr_from_str(str_c(z), &a), RC_OK);
	return a;
}

#define CHANGES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
