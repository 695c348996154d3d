/* SPDX-License-Identifier: EUPL-1.2
 * Figures of a period, counted from journals (I7.1, P8, J.V): they are those of an export, read by
 * somebody who knows nothing of Padan; wherever the count was interrupted; or there are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "contract/journal/forge.h"
#include "contract/report/naive.h"
#include "contract/report/office.h"

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
#define US 1000000

/* ---- journals made by chance ---- */

static uint32_t chance;

static uint32_t draw(uint32_t n)
{
	chance = chance * 1664525 + 1013904223;
	return (chance >> 8) % n;
}

#define PICK(list) ((list)[draw(LEN(list))])

/* At 00:00:00 WIB of some day of three months, a microsecond before, or any moment. */
static int64_t some_moment(void)
{
	int64_t day = day_begin_us((struct day){day_of_us(LOG_NOW).n + (int32_t)draw(90)});
	return draw(3) ? day + (int64_t)draw(86400) * US + draw(US) : day - draw(2);
}

static struct entry some_entry(void)
{
	static const char *const codes[] = {"01", "01", "01", "03", "04", "05", "07", "09", "10",
	                                    "11", "12", "13", "14", "15", "16", "17", "503"};
	static const char *const grounds[] = {NULL, NULL, "quota", "hold", "papers"};
	static const char *const methods[] = {NULL, "portal", "CALL_NIK", "CALL_VERIFY_BY_ELEMEN"};
	static const char *const abouts[] = {"",
	                                     "",
	                                     "asked 7K2M-94QX",
	                                     "asked 7K2M-94QX charged",
	                                     "hold berurutan langkah instansi ABCD-EFGH",
	                                     "form mengungsi",
	                                     "list bukan salah-nik",
	                                     "cli: lepas 12 berurutan",
	                                     "feedback n=5"};
	static const enum act acts[] = {ACT_LOOKUP, ACT_LOOKUP, ACT_LOOKUP, ACT_LOOKUP,  ACT_LOOKUP,  ACT_GUARD,   ACT_FEEDBACK,
	                                ACT_SLIP,   ACT_LOGIN,  ACT_RELAY,  ACT_SANDBOX, ACT_REQUEST, ACT_INCIDENT};
	static const char *const user_ids[] = {"operator1", "operator2", "dinkes-layanan"};
	uint32_t user = draw(4);
	struct entry e = {
	        .act = PICK(acts),
	        .time_us = some_moment(),
	        .instansi_id = draw(3),
	        .version_id = draw(4),
	        .user = user,
	        .kejadian_id = draw(4),
	        .method = PICK(methods),
	        .ground = PICK(grounds),
	        .about = str_c(PICK(abouts)),
	        .repeat = draw(6) == 0,
	};
	if (user)
		e.user_id = str_c(user_ids[user - 1]);
	e.outcome = e.act == ACT_LOOKUP ? PICK(codes) : e.act == ACT_RELAY && draw(2) ? "unknown" : "ok";
	if (e.act == ACT_LOOKUP && draw(2))
		e.nik = (struct nik){LOG_NIK + draw(100)};
	return e;
}

static void fill(struct office *office, int log, int n)
{
	struct entry entries[64];
	while (n > 0) {
		size_t some = 1 + draw(LEN(entries));
		for (size_t i = 0; i < some; i++)
			entries[i] = some_entry();
		office_append(office, log, entries, some);
		n -= (int)some;
		if (draw(3) == 0)
			log_checkpoint(&office->logs[log]);
	}
}

static struct figures_ask some_ask(void)
{
	int32_t first = day_of_us(LOG_NOW).n + (int32_t)draw(100) - 5;
	return (struct figures_ask){1 + draw(2), {first}, {first + (int32_t)draw(60)}};
}

static void assert_same(struct office *office, int64_t run_id, const struct figures_ask *ask)
{
	BUF_AUTO want = BUF(FIGURES_TEXT_MAX);
	BUF_AUTO got = BUF(FIGURES_TEXT_MAX);
	struct office_run end = office_run(office, run_id);
	if (end.run.state != RUN_DONE)
		print_error("%s\n", end.trouble);
	assert_int_equal(end.run.state, RUN_DONE);
	office_text(office, run_id, &got);
	naive_figures(office->engine->store, OFFICE_LOGS, ask, &want);
	if (!str_eq(buf_str(&got), buf_str(&want)))
		print_error("want %.*s\ngot  %.*s\n", STR_ARG(buf_str(&want)), STR_ARG(buf_str(&got)));
	assert_true(str_eq(buf_str(&got), buf_str(&want)));
	assert_string_equal(end.digest, run_digest(buf_str(&want)).z);
	assert_int_equal(end.run.done, end.run.all);
}

static void check_figures_are_those_of_an_export(struct engine *engine)
{
	struct office office;
	chance = 20261126;
	office_open(&office, engine);
	for (int round = 0; round < 6; round++) {
		if (round) /* the first time there is nothing at all */
			for (int log = 0; log < OFFICE_LOGS; log++)
				fill(&office, log, 150);
		struct figures_ask ask = some_ask();
		int64_t run_id = office_ask(&office, &ask);
		assert_int_equal(office_count(&office, 1 + draw(300)), COUNTER_DONE);
		assert_same(&office, run_id, &ask);
	}
	office_close(&office);
}
EACH(figures_are_those_of_an_export)

/* ---- interrupted ---- */

/* A counter that lives for two pieces: it takes the run, does one bite, writes it down, and is
 * gone; the next one is another node. */
static void check_resumed_after_every_bite_it_comes_to_the_same(struct engine *engine)
{
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), {day_of_us(LOG_NOW).n + 60}};
	enum counter_news news = COUNTER_WENT_ON;
	int lives = 0;
	chance = 7;
	office_open(&office, engine);
	fill(&office, 0, 200);
	fill(&office, 1, 100);
	int64_t run_id = office_ask(&office, &ask);
	while (news == COUNTER_WENT_ON) {
		struct counter *counter = office_counter(&office, lives % 5, 23);
		assert_int_equal(office_piece(counter), COUNTER_WENT_ON);
		news = office_piece(counter);
		counter_close(counter);
		OFFICE_SQL(&office, "UPDATE report_run SET next_us = 0"); /* its lease ended */
		lives++;
		assert_true(lives < 100);
	}
	assert_true(lives > 10);
	assert_int_equal(news, COUNTER_DONE);
	assert_same(&office, run_id, &ask);
	office_close(&office);
}
EACH(resumed_after_every_bite_it_comes_to_the_same)

/* ---- two of them ---- */

static void check_a_run_is_one_counters(struct engine *engine)
{
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 100);
	int64_t run_id = office_ask(&office, &ask);
	struct counter *a = office_counter(&office, 1, 10), *b = office_counter(&office, 2, 10);
	assert_int_equal(office_piece(a), COUNTER_WENT_ON);
	assert_int_equal(office_piece(b), COUNTER_NOTHING);
	assert_int_equal(office_piece(a), COUNTER_WENT_ON);
	assert_int_equal(office_piece(b), COUNTER_NOTHING);
	OFFICE_SQL(&office, "UPDATE report_run SET next_us = 0"); /* a was away for long */
	assert_int_equal(office_piece(b), COUNTER_WENT_ON);
	assert_int_equal(office_piece(b), COUNTER_WENT_ON);
	assert_int_equal(office_piece(a), COUNTER_LOST);
	assert_int_equal(counter_run(a), 0);
	assert_int_equal(office_piece(a), COUNTER_NOTHING);
	/* let go on purpose: the other one may at once */
	ENGINE_OK(counter_release(b, &engine_err));
	assert_int_equal(office_piece(a), COUNTER_WENT_ON);
	counter_close(b);
	enum counter_news news;
	do
		news = office_piece(a);
	while (news == COUNTER_WENT_ON);
	assert_int_equal(news, COUNTER_DONE);
	counter_close(a);
	assert_same(&office, run_id, &ask);
	office_close(&office);
}
EACH(a_run_is_one_counters)

/* ---- what is refused ---- */

/* What somebody does to the stored journal, and what the run says of it. */
static const struct harm {
	struct query query;
	const char *words;
} harms[] = {
        {LOG_SQL("UPDATE journal_entry SET line = replace(line, '\"operator1\"', '\"operator9\"') WHERE entry_id = 30"),
         "Isi entri 30 tidak cocok"},
        {LOG_SQL("UPDATE journal_entry SET line = 'x' WHERE entry_id = 59"), "Isi entri 59 tidak cocok"},
        {LOG_SQL("DELETE FROM journal_entry WHERE entry_id = 30"), "Log 0: Entri 30 sampai"},
        {LOG_SQL("DELETE FROM journal_entry WHERE entry_id BETWEEN 31 AND 47"), "Log 0: Entri 31 sampai"},
        {LOG_SQL("DELETE FROM journal_entry WHERE entry_id BETWEEN 58 AND 59"), "entri 58 sampai 59 hilang"},
        {LOG_SQL("DELETE FROM journal_entry"), "entri 0 sampai 59 hilang"},
        {LOG_SQL("DELETE FROM journal_head WHERE log_id = 0"), "Kepala log 0"},
        {LOG_SQL("UPDATE journal_head SET size = 59 WHERE log_id = 0"), "Kepala log 0"},
        {LOG_SQL("UPDATE journal_head SET frontier = (SELECT frontier FROM journal_head WHERE log_id = 1), size = 5 WHERE log_id = "
                 "0"),
         "entri 5 dan seterusnya tidak tercatat"},
        {LOG_SQL("UPDATE journal_checkpoint SET note = replace(note, '40', '41') WHERE log_id = 0"), "Log 0: "},
        {LOG_SQL("UPDATE journal_log SET vkey = (SELECT l.vkey FROM journal_log l WHERE l.log_id = 1) WHERE log_id = 0"), "log 0"},
        {LOG_SQL("DELETE FROM journal_log WHERE log_id = 1"), "Log 1 punya entri"},
        {LOG_SQL("DELETE FROM journal_key WHERE name = 'sign/1'"), "Kunci tanda tangan log 1 tidak ada"},
};
static const struct harm *harm;

static void check_harm(struct engine *engine)
{
	struct office office;
	struct str text;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 40);
	log_checkpoint(&office.logs[0]);
	log_fill(&office.logs[0], 40, 60);
	log_fill(&office.logs[1], 0, 5);
	log_tamper(&office.logs[0], &harm->query);
	int64_t run_id = office_ask(&office, &ask);
	assert_int_equal(office_count(&office, 16), COUNTER_REFUSED);
	struct office_run end = office_run(&office, run_id);
	if (end.run.state != RUN_REFUSED || !strstr(end.trouble, harm->words))
		print_error("%s: %s\n", harm->query.sqlite, end.trouble);
	assert_int_equal(end.run.state, RUN_REFUSED);
	assert_non_null(strstr(end.trouble, harm->words));
	assert_string_equal(end.digest, "");
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	assert_int_equal(run_text(tx, run_id, &text, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
	office_close(&office);
}

static void a_journal_that_is_not_whole_gives_no_figures(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(harms); i++) {
		harm = &harms[i];
		engine_each(check_harm);
	}
}

/* Everything fits again but what was signed before: he had no key. */
static void check_a_forged_tree_is_refused(struct engine *engine)
{
	static const struct query q =
	        LOG_SQL("UPDATE journal_entry SET line = replace(line, '\"outcome\":\"01\"', '\"outcome\":\"13\"')");
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 60);
	log_checkpoint(&office.logs[0]);
	log_fill(&office.logs[0], 60, 80);
	forge(&office.logs[0], &q, 80);
	int64_t run_id = office_ask(&office, &ask);
	assert_int_equal(office_count(&office, 16), COUNTER_REFUSED);
	assert_non_null(strstr(office_run(&office, run_id).trouble, "Entri 0 sampai 59 tidak sama dengan yang ditandatangani"));
	office_close(&office);
}
EACH(a_forged_tree_is_refused)

/* The tail cut off, and everything made to fit, but a checkpoint knows better. */
static void check_a_cut_tail_is_refused(struct engine *engine)
{
	static const struct query q = LOG_SQL("DELETE FROM journal_entry WHERE entry_id >= 70");
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 80);
	log_checkpoint(&office.logs[0]);
	forge(&office.logs[0], &q, 70);
	int64_t run_id = office_ask(&office, &ask);
	assert_int_equal(office_count(&office, 16), COUNTER_REFUSED);
	assert_non_null(strstr(office_run(&office, run_id).trouble, "Log 0 terpotong"));
	office_close(&office);
}
EACH(a_cut_tail_is_refused)

/* While it is being counted, an entry it has yet to come to is changed. */
static void check_harm_in_the_middle_is_seen(struct engine *engine)
{
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 60);
	int64_t run_id = office_ask(&office, &ask);
	struct counter *counter = office_counter(&office, 0, 20);
	assert_int_equal(office_piece(counter), COUNTER_WENT_ON);
	assert_int_equal(office_piece(counter), COUNTER_WENT_ON);
	assert_int_equal(office_run(&office, run_id).run.done, 20);
	OFFICE_SQL(&office, "DELETE FROM journal_entry WHERE entry_id = 20");
	assert_int_equal(office_piece(counter), COUNTER_REFUSED);
	counter_close(counter);
	assert_non_null(strstr(office_run(&office, run_id).trouble, "Log 0: Entri 20 sampai 20 hilang"));
	office_close(&office);
}
EACH(harm_in_the_middle_is_seen)

/* ---- the store fails ---- */

static void check_what_failed_is_tried_again(struct engine *engine)
{
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 60);
	int64_t run_id = office_ask(&office, &ask);
	struct counter *counter = office_counter(&office, 0, 20);
	assert_int_equal(office_piece(counter), COUNTER_WENT_ON);
	assert_int_equal(office_piece(counter), COUNTER_WENT_ON);
	OFFICE_SQL(&office, "ALTER TABLE journal_entry RENAME TO hidden");
	assert_int_equal(office_piece(counter), COUNTER_FAILED);
	assert_int_equal(office_run(&office, run_id).run.state, RUN_COUNTING);
	assert_int_equal(office_piece(counter), COUNTER_NOTHING); /* not at once */
	OFFICE_SQL(&office, "ALTER TABLE hidden RENAME TO journal_entry");
	OFFICE_SQL(&office, "UPDATE report_run SET next_us = 0");
	counter_close(counter);
	assert_int_equal(office_count(&office, 20), COUNTER_DONE);
	assert_same(&office, run_id, &ask);
	office_close(&office);
}
EACH(what_failed_is_tried_again)

static void check_what_fails_for_good_is_given_up_without_figures(struct engine *engine)
{
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	enum counter_news news;
	int tries = 0;
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 60);
	int64_t run_id = office_ask(&office, &ask);
	struct counter *counter = office_counter(&office, 0, 20);
	assert_int_equal(office_piece(counter), COUNTER_WENT_ON);
	OFFICE_SQL(&office, "ALTER TABLE journal_entry RENAME TO hidden");
	do {
		news = office_piece(counter);
		OFFICE_SQL(&office, "UPDATE report_run SET next_us = 0");
		tries++;
	} while (office_run(&office, run_id).run.state == RUN_COUNTING && tries < 100);
	assert_int_equal(tries, 15); /* eight, and taken up again in between */
	assert_int_equal(office_run(&office, run_id).run.state, RUN_REFUSED);
	assert_string_equal(office_run(&office, run_id).digest, "");
	assert_non_null(strstr(office_run(&office, run_id).trouble, "tidak dapat dibaca"));
	(void)news;
	counter_close(counter);
	office_close(&office);
}
EACH(what_fails_for_good_is_given_up_without_figures)

/* Nothing can be written: the counter says so, and goes on when it can. */
static void check_a_full_disk_passes(struct engine *engine)
{
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	enum counter_news news;
	office_open(&office, engine);
	log_fill(&office.logs[0], 0, 60);
	int64_t run_id = office_ask(&office, &ask);
	struct counter *counter = office_counter(&office, 0, 20);
	office.fail_errands = 1;
	assert_int_equal(counter_piece(counter, &news, &engine_err), RC_BROKEN); /* not even taken */
	assert_int_equal(office_piece(counter), COUNTER_WENT_ON);
	office.fail_errands = 2; /* neither how far it came nor that it failed */
	assert_int_equal(counter_piece(counter, &news, &engine_err), RC_BROKEN);
	assert_int_equal(counter_run(counter), 0);
	assert_int_equal(office_piece(counter), COUNTER_NOTHING); /* until the lease ends */
	counter_close(counter);
	OFFICE_SQL(&office, "UPDATE report_run SET next_us = 0");
	assert_int_equal(office_count(&office, 20), COUNTER_DONE);
	assert_same(&office, run_id, &ask);
	office_close(&office);
}
EACH(a_full_disk_passes)

/* ---- asking ---- */

static void check_what_may_be_asked(struct engine *engine)
{
	struct office office;
	int64_t run_id, today = day_of_us(OFFICE_NOW).n;
	struct figures_ask good = {1, {(int32_t)today - 10}, {(int32_t)today}}, ask = good;
	office_open(&office, engine);
	ask.first.n = ask.last.n + 1;
	assert_int_equal(office_try(&office, &ask, &run_id), RC_INVALID);
	ask.first.n = ask.last.n - FIGURES_DAYS_MAX;
	assert_int_equal(office_try(&office, &ask, &run_id), RC_INVALID);
	ask = (struct figures_ask){1, {(int32_t)today + 1}, {(int32_t)today + 2}};
	assert_int_equal(office_try(&office, &ask, &run_id), RC_INVALID);
	ask = good;
	ask.instansi_id = 0;
	assert_int_equal(office_try(&office, &ask, &run_id), RC_INVALID);
	for (int i = 0; i < RUNS_WAITING_MAX; i++)
		assert_int_equal(office_try(&office, &good, &run_id), RC_OK);
	assert_int_equal(office_try(&office, &good, &run_id), RC_LIMIT);
	good.instansi_id = 2; /* another one waits for nobody */
	assert_int_equal(office_try(&office, &good, &run_id), RC_OK);
	for (int i = 0; i <= RUNS_WAITING_MAX; i++)
		assert_int_equal(office_count(&office, 20), COUNTER_DONE);
	assert_int_equal(office_count(&office, 20), COUNTER_NOTHING);
	good.instansi_id = 1;
	assert_int_equal(office_try(&office, &good, &run_id), RC_OK);
	office_close(&office);
}
EACH(what_may_be_asked)

/* A period that ended this minute: somebody's entry may still be on its way. */
static void check_a_period_just_over_rests_a_minute(struct engine *engine)
{
	struct office office;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), day_of_us(LOG_NOW)};
	office_open(&office, engine);
	office.now_us = day_begin_us((struct day){ask.last.n + 1}) + 5 * US;
	office_ask(&office, &ask);
	struct run_stat stat;
	TX_AUTO *tx = NULL;
	static const struct query q = {.name = "next",
	                               .sqlite = "SELECT next_us FROM report_run",
	                               .postgres = "SELECT next_us FROM report_run",
	                               .params = "",
	                               .columns = "i"};
	struct value next;
	ENGINE_OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	ENGINE_OK(query_one(tx, &q, NULL, &next, &engine_err));
	ENGINE_OK(run_stat(tx, &stat, &engine_err));
	tx_rollback(&tx);
	assert_int_equal(next.i, day_begin_us((struct day){ask.last.n + 1}) + 60 * US);
	assert_int_equal(stat.waiting, 1);
	office_close(&office);
}
EACH(a_period_just_over_rests_a_minute)

/* ---- again ---- */

static void progress(void *arg, int64_t done, int64_t all)
{
	int64_t *last = arg;
	assert_true(done >= *last && done <= all);
	*last = done;
}

static enum rc count_again(struct office *office, int64_t run_id, struct run_digest *ret)
{
	int64_t last = 0;
	struct counter *counter = office_counter(office, COUNTER_ALONE, 50);
	enum rc rc = counter_again(counter, run_id, progress, &last, ret, &engine_err);
	counter_close(counter);
	return rc;
}

static void check_counted_again_it_is_the_same(struct engine *engine)
{
	struct office office;
	struct run_digest digest;
	struct figures_ask ask = {1, day_of_us(LOG_NOW), {day_of_us(LOG_NOW).n + 90}};
	chance = 3;
	office_open(&office, engine);
	fill(&office, 0, 200);
	int64_t run_id = office_ask(&office, &ask);
	assert_int_equal(count_again(&office, run_id, &digest), RC_ABSENT);
	assert_int_equal(office_count(&office, 100), COUNTER_DONE);
	fill(&office, 0, 100); /* what came later does not matter, even where it is of the period */
	fill(&office, 1, 100);
	assert_int_equal(count_again(&office, run_id, &digest), RC_OK);
	assert_string_equal(digest.z, office_run(&office, run_id).digest);
	assert_int_equal(count_again(&office, run_id + 1, &digest), RC_ABSENT);
	OFFICE_SQL(&office, "UPDATE report_run_log SET note = replace(note, '/uji', '/uju')");
	assert_int_equal(count_again(&office, run_id, &digest), RC_REFUSED);
	OFFICE_SQL(&office, "UPDATE report_run_log SET note = replace(note, '/uju', '/uji')");
	OFFICE_SQL(&office, "DELETE FROM journal_entry WHERE entry_id = 10");
	assert_int_equal(count_again(&office, run_id, &digest), RC_REFUSED);
	OFFICE_SQL(&office, "UPDATE report_run SET figures = replace(figures, ',0', ',1')");
	assert_int_equal(count_again(&office, run_id, &digest), RC_BROKEN);
	office_close(&office);
}
EACH(counted_again_it_is_the_same)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(figures_are_those_of_an_export),
	        cmocka_unit_test(resumed_after_every_bite_it_comes_to_the_same),
	        cmocka_unit_test(a_run_is_one_counters),
	        cmocka_unit_test(a_journal_that_is_not_whole_gives_no_figures),
	        cmocka_unit_test(a_forged_tree_is_refused),
	        cmocka_unit_test(a_cut_tail_is_refused),
	        cmocka_unit_test(harm_in_the_middle_is_seen),
	        cmocka_unit_test(what_failed_is_tried_again),
	        cmocka_unit_test(what_fails_for_good_is_given_up_without_figures),
	        cmocka_unit_test(a_full_disk_passes),
	        cmocka_unit_test(what_may_be_asked),
	        cmocka_unit_test(a_period_just_over_rests_a_minute),
	        cmocka_unit_test(counted_again_it_is_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
