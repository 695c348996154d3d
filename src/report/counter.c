/* SPDX-License-Identifier: EUPL-1.2
 * report/counter.c - see counter.h. */
#include "report/counter.h"

#include <assert.h>

#include "report/count.h"
#include "report/run_hold.h"
#include "store/store.h"

#define HAND_MEMORY ((size_t)32 << 20) /* texts of one run in hand, and its figures on their way out */

struct counter {
	struct arena arena; /* holds this struct */
	struct counter_conf conf;
	/* The run in hand. */
	struct arena hand;
	struct run_hold hold; /* run_id 0: none */
	struct count *count;
	struct run_log logs[PINS_MAX];
	struct replay *replays[PINS_MAX];
	size_t logs_n, at; /* the log that is read */
	int64_t done, all;
	int64_t saved_us; /* steady */
	int64_t from_us;  /* when the period begins */
};

enum rc counter_open(const struct counter_conf *conf, struct counter **ret, struct err *err)
{
	struct arena arena;
	assert(conf->bite > 0 && conf->bite <= COUNTER_BITE_MAX);
	arena_init(&arena, 1 << 17);
	struct counter *counter = ARENA_NEW(&arena, struct counter);
	if (!counter)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	counter->arena = arena;
	counter->conf = *conf;
	arena_init(&counter->hand, HAND_MEMORY);
	*ret = counter;
	return RC_OK;
}

static void let_go(struct counter *counter)
{
	count_close(counter->count);
	counter->count = NULL;
	counter->hold = (struct run_hold){0};
	counter->logs_n = counter->at = 0;
	counter->done = counter->all = 0;
	arena_reset(&counter->hand);
}

void counter_close(struct counter *counter)
{
	if (!counter)
		return;
	let_go(counter);
	arena_free(&counter->hand);
	struct arena arena = counter->arena;
	arena_free(&arena);
}

int64_t counter_run(const struct counter *counter)
{
	return counter->hold.run_id;
}

void counter_progress(const struct counter *counter, int64_t *ret_done, int64_t *ret_all)
{
	*ret_done = counter->done;
	*ret_all = counter->all;
}

/* ---- what is written, in transactions of the tray ---- */

struct message {
	struct counter *counter;
	counter_asking *ask; /* for one run and no other */
	void *ask_arg;
	int64_t asked;
	bool found, refused;
	struct err why; /* refused */
	struct run_result result;
	struct str figures;
};

static enum rc errand(struct counter *counter, enum rc (*run)(void *, struct tx *, int64_t, struct err *), struct message *message,
                      struct err *err)
{
	message->counter = counter;
	return counter->conf.errand(counter->conf.errand_arg, run, message, err);
}

/* A journal that is not whole ends the run before it began. */
static enum rc begin(struct message *message, struct tx *tx, int64_t now_us, struct err *err)
{
	struct counter *counter = message->counter;
	struct err why = {0};
	enum rc rc = run_hold_begin(tx, counter->conf.journal, &counter->hold, now_us, &why);
	message->refused = rc == RC_REFUSED;
	if (rc == RC_REFUSED)
		rc = run_hold_end(tx, &counter->hold, &(struct run_result){.trouble = str_c(why.what)}, now_us, err);
	if (rc == RC_OK)
		message->why = why;
	else if (!message->refused)
		*err = why;
	return rc;
}

static enum rc take(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct message *message = arg;
	struct counter *counter = message->counter;
	struct run_hold *hold = &counter->hold;
	message->found = message->refused = false;
	enum rc rc = run_hold_look(tx, now_us, hold, err);
	if (rc == RC_OK)
		rc = run_hold_claim(tx, counter->conf.node, hold, now_us, err);
	if (rc == RC_ABSENT || rc == RC_CONFLICT) {
		*hold = (struct run_hold){0};
		return RC_OK;
	}
	message->found = rc == RC_OK;
	return rc == RC_OK ? begin(message, tx, now_us, err) : rc;
}

static enum rc take_asked(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct message *message = arg;
	struct counter *counter = message->counter;
	TRY(message->ask(message->ask_arg, tx, &message->asked, err));
	counter->hold = (struct run_hold){.run_id = message->asked};
	TRY(run_hold_claim(tx, counter->conf.node, &counter->hold, now_us, err));
	return begin(message, tx, now_us, err);
}

static enum rc save(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct message *message = arg;
	const struct counter *counter = message->counter;
	struct run_progress progress = {counter->logs, counter->logs_n, counter->done, message->figures};
	return run_hold_save(tx, &counter->hold, &progress, now_us, err);
}

static enum rc end(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct message *message = arg;
	return run_hold_end(tx, &message->counter->hold, &message->result, now_us, err);
}

static enum rc later(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct message *message = arg;
	return run_hold_later(tx, &message->counter->hold, now_us, err);
}

static enum rc release(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct message *message = arg;
	return run_hold_release(tx, message->counter->conf.node, now_us, err);
}

enum rc counter_release(struct counter *counter, struct err *err)
{
	struct message message = {0};
	let_go(counter);
	return errand(counter, release, &message, err);
}

/* ---- taking a run in hand ---- */

static bool is_over(const struct counter *counter)
{
	return counter->at == counter->logs_n;
}

/* To the first log that was not read to its end. */
static void next_log(struct counter *counter)
{
	while (!is_over(counter) && replay_is_over(counter->replays[counter->at]))
		counter->at++;
}

static enum rc take_figures(struct counter *counter, struct str text, struct err *err)
{
	struct figures figures;
	if (text.n == 0)
		return RC_OK;
	TRY(figures_read(text, &counter->hand, &figures, err));
	return count_resume(counter->count, &figures, err);
}

static enum rc take_logs(struct counter *counter, const struct run_loaded *loaded, struct err *err)
{
	counter->logs_n = loaded->logs_n;
	for (size_t i = 0; i < loaded->logs_n; i++) {
		struct run_log *log = &counter->logs[i];
		*log = loaded->logs[i];
		TRY(replay_open(&counter->hand, &log->pin, &log->place, &counter->replays[i], err));
		counter->done += log->place.size;
		log->pin.origin = arena_str(&counter->hand, log->pin.origin);
		log->pin.vkey = log->pin.note = (struct str){NULL, 0}; /* the replay has what it needs */
		log->place = replay_place(counter->replays[i]);
	}
	next_log(counter);
	return counter->hand.broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

/* From where it was left, or with `anew` from the first entry. */
static enum rc load(struct counter *counter, bool anew, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(counter->conf.office, TX_READ, &tx, err));
	struct run_loaded *loaded = ARENA_NEW(tx_arena(tx), struct run_loaded);
	if (!loaded)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(run_hold_load(tx, &counter->hold, loaded, err));
	for (size_t i = 0; anew && i < loaded->logs_n; i++) {
		loaded->logs[i].place = (struct replay_place){0, {NULL, 0}};
		loaded->logs[i].entries = 0;
	}
	counter->all = loaded->all;
	counter->from_us = day_begin_us(loaded->ask.first);
	counter->saved_us = clock_steady_us();
	TRY(count_open(&loaded->ask, &counter->count, err));
	TRY(take_figures(counter, anew ? S("") : loaded->figures, err));
	return take_logs(counter, loaded, err);
}

/* ---- a bite ---- */

struct bite {
	struct counter *counter;
	struct run_log *log;
};

static enum rc take_line(void *arg, const struct line *line, struct err *err)
{
	struct bite *bite = arg;
	bool mine;
	TRY(count_take(bite->counter->count, line, &mine, err));
	bite->log->entries += mine;
	return RC_OK;
}

static enum rc bite(struct counter *counter, struct err *err)
{
	struct run_log *log = &counter->logs[counter->at];
	struct replay *replay = counter->replays[counter->at];
	struct bite bite = {counter, log};
	struct replay_visitor visitor = {take_line, &bite, counter->from_us};
	int64_t before = log->place.size;
	TRY(replay_bite(counter->conf.office, replay, counter->conf.bite, &visitor, err));
	log->place = replay_place(replay);
	counter->done += log->place.size - before;
	next_log(counter);
	return RC_OK;
}

/* ---- what came out ---- */

static enum rc add_logs(const struct counter *counter, struct arena *arena, struct figures *figures, struct err *err)
{
	figures->logs_n = counter->logs_n;
	figures->logs = ARENA_ARRAY(arena, counter->logs_n + 1, struct figures_log);
	for (size_t i = 0; figures->logs && i < counter->logs_n; i++) {
		const struct run_log *log = &counter->logs[i];
		BUF_AUTO root = BUF(64);
		replay_root(counter->replays[i], &root);
		figures->logs[i] = (struct figures_log){log->pin.log_id, log->pin.size, log->pin.origin,
		                                        arena_str(arena, buf_str(&root)), log->entries};
	}
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

/* The canonical text of what was counted so far. RC_LIMIT: it is too long. */
static enum rc write_text(const struct counter *counter, struct buf *out, struct err *err)
{
	struct arena arena;
	struct figures figures;
	arena_init(&arena, HAND_MEMORY);
	enum rc rc = count_figures(counter->count, &arena, &figures, err);
	if (rc == RC_OK)
		rc = add_logs(counter, &arena, &figures, err);
	if (rc == RC_OK)
		figures_write(out, &figures);
	arena_free(&arena);
	if (rc == RC_OK && !buf_ok(out))
		rc = FAIL(err, RC_LIMIT, "Angka laporan lebih panjang daripada %zu MiB", FIGURES_TEXT_MAX >> 20);
	return rc;
}

static enum rc finish(struct counter *counter, struct err *err)
{
	BUF_AUTO text = BUF(FIGURES_TEXT_MAX);
	TRY(write_text(counter, &text, err));
	struct message message = {.result = {.figures = buf_str(&text), .done = counter->done}};
	return errand(counter, end, &message, err);
}

static enum rc write_down(struct counter *counter, struct err *err)
{
	BUF_AUTO text = BUF(FIGURES_TEXT_MAX);
	int64_t now = clock_steady_us();
	if (now - counter->saved_us < counter->conf.save_us)
		return RC_OK;
	TRY(write_text(counter, &text, err));
	struct message message = {.figures = buf_str(&text)};
	TRY(errand(counter, save, &message, err));
	counter->saved_us = now;
	return RC_OK;
}

static enum rc refuse(struct counter *counter, struct str trouble, struct err *err)
{
	struct message message = {.result = {.trouble = trouble, .done = counter->done}};
	return errand(counter, end, &message, err);
}

/* ---- a piece ---- */

/* Most of the time there is nothing: no need to trouble the tray. */
static enum rc claim_one(struct counter *counter, enum counter_news *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct run_hold hold;
	struct message message = {0};
	TRY(tx_begin(counter->conf.office, TX_READ, &tx, err));
	enum rc rc = run_hold_look(tx, clock_now_us(), &hold, err);
	tx_rollback(&tx);
	*ret = COUNTER_NOTHING;
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	rc = errand(counter, take, &message, err);
	if (rc != RC_OK || !message.found || message.refused) {
		let_go(counter);
		if (rc == RC_OK && message.refused)
			*err = message.why;
		*ret = message.refused ? COUNTER_REFUSED : COUNTER_NOTHING;
		return rc;
	}
	*ret = COUNTER_WENT_ON;
	return load(counter, false, err);
}

static enum rc work(struct counter *counter, enum counter_news *ret, struct err *err)
{
	*ret = COUNTER_WENT_ON;
	if (!counter->hold.run_id)
		return claim_one(counter, ret, err);
	if (!is_over(counter))
		TRY(bite(counter, err));
	if (!is_over(counter))
		return write_down(counter, err);
	TRY(finish(counter, err));
	*ret = COUNTER_DONE;
	return RC_OK;
}

/* It did not go well: what becomes of the run. */
static enum rc settle(struct counter *counter, enum rc rc, enum counter_news *ret, struct err *err)
{
	struct err told = *err;
	struct message message = {0};
	bool hopeless = rc == RC_REFUSED || rc == RC_LIMIT, last = counter->hold.fails + 1 >= RUN_FAILS_MAX;
	*ret = hopeless ? COUNTER_REFUSED : COUNTER_FAILED;
	if (hopeless)
		rc = refuse(counter, str_c(told.what), err);
	else if (rc != RC_CONFLICT && last)
		rc = refuse(counter, S("Jurnal tidak dapat dibaca setelah beberapa kali dicoba; angka tidak dibuat"), err);
	else if (rc != RC_CONFLICT)
		rc = errand(counter, later, &message, err);
	if (rc == RC_CONFLICT) {
		*ret = COUNTER_LOST;
		return RC_OK;
	}
	if (rc == RC_OK)
		*err = told;
	return rc;
}

enum rc counter_piece(struct counter *counter, enum counter_news *ret, struct err *err)
{
	enum rc rc = work(counter, ret, err);
	if (rc != RC_OK && counter->hold.run_id)
		rc = settle(counter, rc, ret, err);
	if (rc != RC_OK || *ret > COUNTER_WENT_ON)
		let_go(counter);
	return rc;
}

enum rc counter_ask(struct counter *counter, counter_asking *ask, void *arg, int64_t *ret_run_id, struct err *err)
{
	struct message message = {.ask = ask, .ask_arg = arg};
	enum rc rc = errand(counter, take_asked, &message, err);
	if (rc == RC_OK && !message.refused)
		rc = load(counter, false, err);
	if (rc != RC_OK || message.refused)
		let_go(counter);
	*ret_run_id = message.asked;
	return rc;
}

static enum rc is_done(const struct counter *counter, int64_t run_id, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct str text;
	TRY(tx_begin(counter->conf.office, TX_READ, &tx, err));
	return run_text(tx, run_id, &text, err);
}

enum rc counter_again(struct counter *counter, int64_t run_id, void (*progress)(void *arg, int64_t done, int64_t all), void *arg,
                      struct run_digest *ret, struct err *err)
{
	BUF_AUTO text = BUF(FIGURES_TEXT_MAX);
	assert(!counter->hold.run_id);
	TRY(is_done(counter, run_id, err));
	counter->hold.run_id = run_id;
	enum rc rc = load(counter, true, err);
	while (rc == RC_OK && !is_over(counter)) {
		rc = bite(counter, err);
		progress(arg, counter->done, counter->all);
	}
	if (rc == RC_OK)
		rc = write_text(counter, &text, err);
	if (rc == RC_OK)
		*ret = run_digest(buf_str(&text));
	let_go(counter);
	return rc;
}
