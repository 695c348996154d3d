/* SPDX-License-Identifier: EUPL-1.2
 * cli/duty.c - see duty.h. */
#include "cli/duty.h"

#include <assert.h>
#include <sys/timex.h>

#include "agreement/scan.h"
#include "cli/node.h"
#include "feedback/outbox.h"
#include "gate/made.h"
#include "gate/throttle.h"
#include "identity/access.h"
#include "identity/session.h"
#include "jobs/mail.h"
#include "policy/policy.h"
#include "policy/reservation.h"
#include "registry/registry.h"
#include "report/run.h"
#include "sys/file.h"
#include "sys/log.h"

#define SWEEPS_MAX 200 /* in one round of a minute: 3,000 keyed inquiries a second */

/* ---- the duties ---- */

static enum rc write_back(struct duties *duties, struct err *err)
{
	return store_checkpoint(duties->app->office, err);
}

struct signing {
	struct journal *journal;
	int64_t size;
};

static enum rc sign(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct signing *signing = arg;
	struct str note;
	return journal_checkpoint(signing->journal, tx, now_us, &note, &signing->size, err);
}

static enum rc head_size(struct duties *duties, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct journal_head head;
	TRY(tx_begin(duties->app->office, TX_READ, &tx, err));
	TRY(journal_head(duties->app->journal, tx, &head, err));
	*ret = head.size;
	return RC_OK;
}

enum rc duty_sign(struct duties *duties, struct err *err)
{
	struct signing signing = {.journal = duties->app->journal};
	int64_t size;
	TRY(head_size(duties, &size, err));
	if (size == 0 || size == duties->journal_size)
		return RC_OK; /* nothing new since the last one */
	TRY(gate_errand(duties->gate, sign, &signing, err));
	duties->journal_size = signing.size;
	duties->checkpoint_us = clock_now_us();
	return RC_OK;
}

struct sweeping {
	struct app *app;
	int64_t gone; /* repeat keys; the only ones that come by the thousand */
};

static enum rc sweep(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct sweeping *sweeping = arg;
	TRY(session_sweep(tx, now_us, err));
	TRY(policy_sweep(sweeping->app->policy, tx, now_us, &sweeping->gone, err));
	int64_t tokens;
	TRY(access_sweep(tx, now_us, &tokens, err));
	TRY(made_sweep(tx, now_us, err));
	return throttle_sweep(tx, now_us, err);
}

static enum rc sweep_scan(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	return scan_sweep(tx, now_us, arg, err);
}

/* In trays of their own, so that no inquiry waits for a long one. */
static enum rc sweep_all(struct duties *duties, struct err *err)
{
	struct sweeping sweeping = {.app = duties->app, .gone = POLICY_SWEEP_MAX};
	for (int i = 0; i < SWEEPS_MAX && sweeping.gone == POLICY_SWEEP_MAX; i++)
		TRY(gate_errand(duties->gate, sweep, &sweeping, err));
	bool gone = true;
	for (int i = 0; i < SCANS_STAGED_MAX && gone; i++)
		TRY(gate_errand(duties->gate, sweep_scan, &gone, err));
	return RC_OK;
}

bool duty_clock_is_synchronised(void)
{
	struct timex ask = {0};
	int state = adjtimex(&ask);
	if (state < 0)
		return true; /* not allowed to know: no false alarm every minute */
	return state != TIME_ERROR && !(ask.status & STA_UNSYNC);
}

/* A warning once when it becomes true, not every minute. */
static void warn_once(bool *warned, bool now, const char *what)
{
	if (now && !*warned)
		log_line(LOG_LEVEL_WARNING, "%s", what);
	*warned = now;
}

static enum rc watch(struct duties *duties, struct err *err)
{
	struct registry_stat stat;
	int64_t disk;
	TRY(file_space(duties->app->dir, &disk, err));
	duties->disk_free = disk;
	duties->clock_synchronised = duty_clock_is_synchronised();
	warn_once(&duties->warned_disk, disk < DUTY_DISK_LOW,
	          "ruang disk hampir habis; tanpa ruang, tidak ada jawaban yang keluar");
	warn_once(&duties->warned_clock, !duties->clock_synchronised,
	          "jam mesin tidak disinkronkan; hari kuota dan waktu jurnal dapat keliru");
	if (duties->app->relay)
		return RC_OK; /* whose data they are, nobody says */
	if (registry_stat(conf_text(&duties->app->conf, CONF_REGISTRY_URL), &stat, err) == RC_OK)
		duties->registry_as_of = stat.as_of.n;
	return RC_OK;
}

/* Of this process: what a failed tray could not bring home. Long after the longest deadline. */
#define FORSAKEN_US (300 * US_PER_S)

static enum rc watch_relay(struct duties *duties, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct reservation_count count;
	size_t n;
	if (!duties->app->relay)
		return RC_OK;
	TRY(tx_begin(duties->app->office, TX_READ, &tx, err));
	int64_t before_us = clock_now_us() - FORSAKEN_US;
	TRY(reservation_count(tx, before_us, &count, err));
	duties->relay_unknown = count.unknown;
	tx_rollback(&tx);
	return count.old ? gate_forsake(duties->gate, before_us, &n, err) : RC_OK;
}

/* That this process lives, for whoever wants its number. Were it another's by now, the tray is
 * undone and the gate ends the process. */
static enum rc beat(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct app *app = arg;
	(void)now_us;
	return lease_beat(app->journal, tx, &app->lease, &app->who, err);
}

static enum rc keep_number(struct duties *duties, struct err *err)
{
	return gate_errand(duties->gate, beat, duties->app, err);
}

/* ---- the office's jobs ---- */

static enum rc errand(void *gate, enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err), void *arg,
                      struct err *err)
{
	return gate_errand(gate, run, arg, err);
}

struct job_tray duty_tray(struct gate *gate)
{
	return (struct job_tray){errand, gate};
}

static enum rc do_jobs(struct duties *duties, struct err *err)
{
	return jobs_round(&duties->jobs, clock_steady_us(), err);
}

/* What the ops door tells about them, whichever node did them. */
static enum rc look_at_jobs(struct duties *duties, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct job_state states[JOBS_MAX];
	struct mail_count mail;
	struct outbox_count balikan;
	struct run_stat runs;
	size_t n;
	TRY(tx_begin(duties->app->office, TX_READ, &tx, err));
	TRY(job_states(tx, states, &n, err));
	TRY(mail_count(tx, &mail, err));
	TRY(outbox_count(tx, &balikan, err));
	TRY(run_stat(tx, &runs, err));
	for (size_t i = 0; i < n; i++)
		duties->job_ok_us[i] = states[i].ok_us;
	duties->mail_waiting = mail.waiting;
	duties->mail_failed = mail.failed;
	duties->runs_waiting = runs.waiting;
	duties->runs_failing = runs.failing;
	duties->balikan_waiting = balikan.waiting;
	duties->balikan_refused = balikan.refused;
	duties->balikan_oldest_us = balikan.oldest_us;
	return RC_OK;
}

static void begin_jobs(struct duties *duties)
{
	const struct app *app = duties->app;
	struct job_tray tray = duty_tray(duties->gate);
	struct job_office office = {.node = app->node,
	                            .agreement = app->agreement,
	                            .journal = app->journal,
	                            .dormant_days = conf_int(&app->conf, CONF_USER_DORMANT_DAYS),
	                            .mail_on = *conf_text(&app->conf, CONF_MAIL_URL) != '\0'};
	jobs_begin(&duties->jobs, &office, &tray);
}

/* ---- the table ---- */

static const struct duty {
	const char *name;
	int every_s; /* or the setting below */
	enum every { EVERY_S, EVERY_CHECKPOINT, EVERY_BEAT } every;
	bool at_once;
	bool vital; /* while it fails, /readyz says no */
	enum rc (*run)(struct duties *duties, struct err *err);
} table[] = {
	{"menjaga nomor simpul", 0, EVERY_BEAT, false, true, keep_number},
	{"titik simpan WAL", 1, EVERY_S, false, true, write_back},
	{"checkpoint jurnal", 0, EVERY_CHECKPOINT, false, true, duty_sign},
	{"membersihkan sesi dan kunci ulang", 60, EVERY_S, false, true, sweep_all},
	{"memantau disk dan jam", 60, EVERY_S, true, true, watch},
	{"memantau relai", 60, EVERY_S, true, false, watch_relay},
	{"pekerjaan berkala", 1, EVERY_S, false, false, do_jobs},
	{"memantau pekerjaan, surat, dan data balikan", 10, EVERY_S, true, false, look_at_jobs},
};
static_assert(LEN(table) <= DUTIES_MAX, "one clock for every duty");

static int64_t every_us(const struct duties *duties, const struct duty *duty)
{
	const struct conf *conf = &duties->app->conf;
	switch (duty->every) {
	case EVERY_S: return duty->every_s * US_PER_S;
	case EVERY_CHECKPOINT: return conf_int(conf, CONF_CHECKPOINT_EVERY_S) * US_PER_S;
	case EVERY_BEAT: return node_beat_us(conf_int(conf, CONF_NODE_SILENCE_S));
	}
	return US_PER_S;
}

/* What failed is tried again soon: /readyz says no until it went well (within a second of the return of what it needs). */
static int64_t next_us(const struct duties *duties, size_t i)
{
	int64_t every = every_us(duties, &table[i]);
	return clock_steady_us() + (duties->clocks[i].failing && every > DUTY_RETRY_US ? DUTY_RETRY_US : every);
}

/* A failure is logged when it begins and when it ends, not every second between. */
static void run_one(struct duties *duties, const struct duty *duty, struct duty_clock *clock)
{
	struct err err = {0};
	bool well = duty->run(duties, &err) == RC_OK;
	if (!well && !clock->failing)
		log_err(LOG_LEVEL_WARNING, duty->name, &err);
	if (well && clock->failing)
		log_line(LOG_LEVEL_INFO, "%s: pulih", duty->name);
	clock->failing = !well;
}

void duties_begin(struct duties *duties, struct app *app, struct gate *gate)
{
	int64_t now = clock_steady_us();
	*duties = (struct duties){.app = app, .gate = gate, .well = true, .disk_free = -1};
	begin_jobs(duties);
	for (size_t i = 0; i < LEN(table); i++)
		duties->clocks[i].next_us = table[i].at_once ? now : now + every_us(duties, &table[i]);
	duties_round(duties, now);
}

void duties_round(struct duties *duties, int64_t steady_us)
{
	bool well = true;
	for (size_t i = 0; i < LEN(table); i++) {
		struct duty_clock *clock = &duties->clocks[i];
		if (steady_us >= clock->next_us) {
			run_one(duties, &table[i], clock);
			clock->next_us = next_us(duties, i);
		}
		well = well && !(table[i].vital && clock->failing);
	}
	duties->well = well;
}
