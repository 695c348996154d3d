/* SPDX-License-Identifier: EUPL-1.2
 * P2.2g on both engines: the accesses of an incident, listed from the journal in bites, are
 * those that the entries say, up to the moment it was asked for; a bite that is undone changes
 * nothing; too many are refused before anything is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "contract/journal/log.h"
#include "feedback/feedback.sql.h"
#include "identity/identity.sql.h"
#include "identity/user.h"
#include "journal/usage.h"
#include "journal/usage.sql.h"
#include "report/affected.h"
#include "report/affected.sql.h"
#include "store/migrate.h"
#include "store/query.h"

#define OK ENGINE_OK
#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
#define ENTRIES 2600 /* more than one bite of a user id */
#define LATER 300    /* after it was asked for */
#define USERS 4      /* numbers 1, 2 and 3 of instansi 1, and 4 of instansi 2 */
#define STEP_US (INT64_C(1) * US_PER_HOUR)

struct ledger {
	struct log log;
	struct store *store;
	int64_t now_us;
};

static struct entry history(int64_t i)
{
	static const char *const outcomes[] = {"01", "01", "11", "13", "15", "16", "12"};
	struct entry e = log_entry(i);
	e.time_us = LOG_NOW + i * STEP_US; /* some four months */
	e.user = 1 + i % USERS;
	e.instansi_id = e.user == USERS ? 2 : 1;
	e.outcome = outcomes[i % LEN(outcomes)];
	e.kejadian_id = i % 3;
	e.repeat = i % 10 == 0;
	e.nik = i % LEN(outcomes) == 4 ? (struct nik){0} : (struct nik){LOG_NIK + i % 90};
	if (i % 13 == 0)
		e.act = ACT_SLIP;
	return e;
}

static struct tx *write_tx(struct ledger *l)
{
	struct tx *tx;
	OK(tx_begin(l->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static void append(struct ledger *l, int64_t from, int64_t upto)
{
	for (; from < upto; from++) {
		TX_AUTO *tx = write_tx(l);
		const struct receipt *receipt;
		struct entry e = history(from);
		OK(journal_append(l->log.journal, tx, &e, 1, &receipt, &engine_err));
		OK(tx_commit(&tx, &engine_err));
	}
}

static void count_all(struct ledger *l)
{
	bool more = true;
	while (more) {
		TX_AUTO *tx = write_tx(l);
		OK(usage_count(tx, &more, &engine_err));
		OK(tx_commit(&tx, &engine_err));
	}
}

static struct ledger ledger_open(struct engine *engine)
{
	static const struct schema *const schemas[] = {&identity_schema, &journal_schema, &usage_schema, &feedback_schema,
	                                               &affected_schema};
	static const char *const names[USERS] = {"satu", "dua", "tiga", "empat"};
	struct ledger l = {.store = engine->store, .now_us = LOG_NOW + (ENTRIES + LATER) * STEP_US};
	OK(store_migrate(engine->store, schemas, LEN(schemas), LOG_NOW, &engine_err));
	log_open(&l.log, engine);
	TX_AUTO *tx = write_tx(&l);
	for (int64_t i = 0; i < USERS; i++) {
		int64_t user;
		struct user_new new = {.user_id = str_c(names[i]), .role = ROLE_OPERATOR, .instansi_id = i == USERS - 1 ? 2 : 1};
		OK(user_add(tx, &new, LOG_NOW, &user, &engine_err));
		assert_int_equal(user, i + 1);
	}
	OK(tx_commit(&tx, &engine_err));
	return l;
}

static int64_t ask(struct ledger *l, struct affected_choice choice)
{
	TX_AUTO *tx = write_tx(l);
	int64_t id;
	choice.incident_id = 5;
	choice.asked_by = S("kepala");
	choice.note = S("catatan");
	OK(affected_ask(tx, &choice, l->now_us, &id, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return id;
}

/* Every other bite is undone and done again. */
static int work(struct ledger *l)
{
	bool more = true;
	int bites = 0;
	for (int undo = 0; more; undo = !undo) {
		TX_AUTO *tx = write_tx(l);
		OK(affected_bite(tx, l->now_us, &more, &engine_err));
		if (undo) {
			tx_rollback(&tx);
			more = true;
			continue;
		}
		OK(tx_commit(&tx, &engine_err));
		bites++;
	}
	return bites;
}

static struct affected get(struct ledger *l, int64_t id)
{
	struct affected a;
	TX_AUTO *tx = write_tx(l);
	OK(affected_get(tx, id, &a, &engine_err));
	a.asked_by = a.note = S("");
	return a;
}

/* ---- what the entries say ---- */

static bool is_named(const struct affected_choice *c, int64_t user)
{
	for (size_t i = 0; i < c->users_n; i++)
		if (c->users[i] == user)
			return true;
	return c->users_n == 0;
}

static bool is_in(const struct affected_choice *c, const struct entry *e)
{
	int day = day_of_us(e->time_us).n;
	return e->act == ACT_LOOKUP && e->instansi_id == c->instansi_id && is_named(c, e->user) && day >= c->first.n &&
	       day <= c->last.n && (!c->kejadian_id || e->kejadian_id == c->kejadian_id);
}

static bool is_hit(const struct entry *e)
{
	return strcmp(e->outcome, "15") != 0 && strcmp(e->outcome, "16") != 0;
}

struct truth {
	int64_t accesses, shown, repeats, others, least, most;
	int64_t first_seq;
};

static struct truth truth_of(const struct affected_choice *c)
{
	struct truth t = {.first_seq = -1};
	static bool seen[12][100]; /* by month of the year */
	memset(seen, 0, sizeof seen);
	for (int64_t i = 0; i < ENTRIES; i++) {
		struct entry e = history(i);
		int year, month, mday;
		if (!is_in(c, &e))
			continue;
		if (!is_hit(&e)) {
			t.others++;
			continue;
		}
		t.first_seq = t.accesses++ ? t.first_seq : i;
		t.shown += strcmp(e.outcome, "01") == 0;
		t.repeats += e.repeat;
		day_to_ymd(day_of_us(e.time_us), &year, &month, &mday);
		if (strcmp(e.outcome, "13") != 0)
			seen[month - 1][e.nik.n - LOG_NIK] = true;
	}
	for (int month = 0; month < 12; month++) {
		int64_t n = 0;
		for (int k = 0; k < 100; k++)
			n += seen[month][k];
		t.most += n;
		t.least = n > t.least ? n : t.least;
	}
	return t;
}

static void assert_true_to_the_journal(struct ledger *l, int64_t id, const struct affected_choice *c)
{
	struct truth t = truth_of(c);
	struct affected a = get(l, id);
	assert_int_equal(a.state, AFFECTED_DONE);
	assert_int_equal(a.accesses, t.accesses);
	assert_int_equal(a.shown, t.shown);
	assert_int_equal(a.repeats, t.repeats);
	assert_int_equal(a.others, t.others);
	assert_int_equal(a.least, t.least);
	assert_int_equal(a.most, t.most);
	TX_AUTO *tx = write_tx(l);
	struct affected_part part = {.list_id = id, .after_entry = -1, .most = 100};
	struct affected_row *rows;
	size_t n, all = 0;
	do {
		OK(affected_page(tx, &part, &rows, &n, &engine_err));
		for (size_t i = 0; i < n; i++) {
			struct entry e = history(rows[i].entry_id);
			assert_true(is_in(c, &e) && is_hit(&e) && e.time_us == rows[i].time_us && e.repeat == rows[i].repeat);
			assert_true(all + i > 0 || rows[i].entry_id == t.first_seq);
			part.after_us = rows[i].time_us;
			part.after_entry = rows[i].entry_id;
		}
		all += n;
	} while (n == 100);
	assert_int_equal(all, t.accesses);
}

/* ---- the tests ---- */

static void check_queries(struct engine *engine)
{
	struct ledger l = ledger_open(engine);
	for (size_t i = 0; affected_queries[i]; i++)
		OK(query_check(engine->store, affected_queries[i], &engine_err));
	log_close(&l.log);
}

static void check_lists(struct engine *engine)
{
	static const int64_t one[] = {2}, two[] = {1, 3};
	struct ledger l = ledger_open(engine);
	struct day first = day_of_us(LOG_NOW), last = day_of_us(l.now_us), third = {first.n + 3}, tenth = {first.n + 10};
	const struct affected_choice choices[] = {
	        {.instansi_id = 1, .first = first, .last = last},
	        {.instansi_id = 1, .first = first, .last = last, .users = one, .users_n = 1},
	        {.instansi_id = 1, .first = third, .last = tenth, .users = two, .users_n = 2, .kejadian_id = 1},
	        {.instansi_id = 2, .first = third, .last = third},
	        {.instansi_id = 1, .first = {first.n - 30}, .last = {first.n - 20}},
	};
	int64_t ids[LEN(choices)];
	append(&l, 0, ENTRIES);
	for (size_t i = 0; i < AFFECTED_WAITING_MAX; i++)
		ids[i] = ask(&l, choices[i]);
	append(&l, ENTRIES, ENTRIES + LATER);
	assert_int_equal(work(&l), 1); /* nothing was counted yet */
	assert_int_equal(get(&l, ids[0]).state, AFFECTED_WAITING);
	count_all(&l);
	assert_true(work(&l) > 8);
	for (size_t i = 0; i < AFFECTED_WAITING_MAX; i++)
		assert_true_to_the_journal(&l, ids[i], &choices[i]);
	for (size_t i = AFFECTED_WAITING_MAX; i < LEN(choices); i++)
		ids[i] = ask(&l, choices[i]);
	work(&l);
	for (size_t i = AFFECTED_WAITING_MAX; i < LEN(choices); i++)
		assert_true_to_the_journal(&l, ids[i], &choices[i]);
	log_close(&l.log);
}

static void check_refusals(struct engine *engine)
{
	struct ledger l = ledger_open(engine);
	struct day today = day_of_us(l.now_us);
	struct affected_choice c = {.incident_id = 5, .instansi_id = 1, .first = today, .last = {today.n - 1}};
	TX_AUTO *tx = write_tx(&l);
	assert_int_equal(affected_check(tx, &c, l.now_us, &engine_err), RC_INVALID);
	c.first = c.last = (struct day){today.n + 1};
	assert_int_equal(affected_check(tx, &c, l.now_us, &engine_err), RC_INVALID);
	c.first = (struct day){today.n - AFFECTED_DAYS_MAX}, c.last = today;
	assert_int_equal(affected_check(tx, &c, l.now_us, &engine_err), RC_INVALID);
	c.first = today;
	OK(affected_check(tx, &c, l.now_us, &engine_err));
	tx_rollback(&tx);
	for (int i = 0; i < AFFECTED_WAITING_MAX; i++)
		(void)ask(&l, c);
	tx = write_tx(&l);
	assert_int_equal(affected_check(tx, &c, l.now_us, &engine_err), RC_LIMIT);
	tx_rollback(&tx);
	log_close(&l.log);
}

static void check_too_many(struct engine *engine)
{
	struct ledger l = ledger_open(engine);
	struct day day = day_of_us(LOG_NOW);
	struct sql_usage_add_in in = {.instansi_id = 1,
	                              .day = day.n,
	                              .user_no = 1,
	                              .method = S("portal"),
	                              .outcome = S("01"),
	                              .ground = S(""),
	                              .n = AFFECTED_MAX + 1};
	append(&l, 0, 10);
	count_all(&l);
	TX_AUTO *tx = write_tx(&l);
	OK(sql_usage_add(tx, &in, 1, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	int64_t id = ask(&l, (struct affected_choice){.instansi_id = 1, .first = day, .last = day});
	work(&l);
	struct affected a = get(&l, id);
	assert_int_equal(a.state, AFFECTED_LARGE);
	assert_true(a.expected > AFFECTED_MAX);
	assert_int_equal(a.accesses, 0);
	log_close(&l.log);
}

EACH(queries)
EACH(lists)
EACH(refusals)
EACH(too_many)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(queries),
	        cmocka_unit_test(lists), /* P2.2g: what the entries say, no more and no less */
	        cmocka_unit_test(refusals),
	        cmocka_unit_test(too_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
