/* SPDX-License-Identifier: EUPL-1.2
 * jobs/job.c - see job.h. The table is below; a new job is a row and its function. */
#include "jobs/job.h"

#include <assert.h>

#include "feedback/list_kept.h"
#include "jobs/jobs.sql.h"
#include "jobs/mail.h"
#include "jobs/reminders.h"
#include "jobs/users.h"
#include "journal/history.h"
#include "journal/usage.h"
#include "report/affected.h"

#define LOOK_S 10 /* how often the rows of the office are asked who is due */
#define LATE_LEAST_US US_PER_DAY

/* ---- the table ---- */

/* Does nothing: that its row moves proves that leases, tray and clock work. */
static enum rc pulse(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	(void)office, (void)tx, (void)now_us, (void)ret_more, (void)err;
	return RC_OK;
}

static enum rc tidy_mail(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	(void)office;
	return mail_sweep(tx, now_us, ret_more, err);
}

/* A list is large: one a bite. */
static enum rc tidy_lists(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	(void)office;
	return list_kept_sweep(tx, now_us, ret_more, err);
}

static enum rc count_usage(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	(void)office, (void)now_us;
	return usage_count(tx, ret_more, err);
}

static enum rc index_history(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	(void)office, (void)now_us;
	return history_index(tx, ret_more, err);
}

static enum rc list_affected(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	(void)office;
	return affected_bite(tx, now_us, ret_more, err);
}

static const struct job table[] = {
	{"pulse", "denyut pekerjaan berkala", 60, pulse},
	{"mail", "merapikan antrean surat elektronik", 600, tidy_mail},
	{"users", "menutup User ID yang lama tidak dipakai atau habis masanya", 3600, users_close_bite},
	{"reminders", "mengingatkan kewajiban", 3600, reminders_bite},
	{"lists", "membuang daftar korban yang tidak jadi disimpan", 3600, tidy_lists},
	{"usage", "menjumlahkan pemakaian per hari", 10, count_usage},
	{"history", "menyusun riwayat akses setiap NIK", 10, index_history},
	{"affected", "menyusun daftar akses yang terdampak insiden", 10, list_affected},
};
static_assert(LEN(table) <= JOBS_MAX, "a clock for every job");

const struct job *job_at(size_t i)
{
	return i < LEN(table) ? &table[i] : NULL;
}

/* ---- one bite ---- */

static int64_t every_us(const struct job *job)
{
	return job->every_s * US_PER_S;
}

/* After a failure the interval is a lease at most. */
static bool is_due(const struct job *job, const struct sql_job_get *row, int64_t now_us)
{
	int64_t wait = every_us(job);
	if (row->fails && wait > JOB_LEASE_US)
		wait = JOB_LEASE_US;
	return now_us >= row->run_us + wait || row->run_us > now_us + JOB_LEASE_US;
}

static bool is_free(const struct job_office *office, const struct sql_job_get *row, int64_t now_us)
{
	return row->node == office->node || row->until_us <= now_us || row->until_us > now_us + JOB_LEASE_US;
}

static enum rc save(const struct job *job, const struct sql_job_get *row, struct tx *tx, struct err *err)
{
	return sql_job_set(tx,
	                   (struct sql_job_set_in){.name = str_c(job->key),
	                                           .node = row->node,
	                                           .until_us = row->until_us,
	                                           .run_us = row->run_us,
	                                           .ok_us = row->ok_us,
	                                           .fails = row->fails},
	                   NULL, err);
}

/* The row, locked from here to the end of the transaction; made when it was not there. */
static enum rc lock(const struct job *job, struct tx *tx, struct sql_job_get *ret, struct err *err)
{
	struct sql_job_lock row;
	struct sql_job_lock_in in = {.name = str_c(job->key)};
	TRY(sql_job_put(tx, (struct sql_job_put_in){.name = str_c(job->key)}, NULL, err));
	TRY(sql_job_lock(tx, in, &row, err));
	*ret = (struct sql_job_get){row.node, row.until_us, row.run_us, row.ok_us, row.fails};
	return RC_OK;
}

/* Without a lock: most of the time the answer is no. A row that is not there is due. */
static enum rc look(const struct job_office *office, const struct job *job, struct tx *tx, int64_t now_us, bool *ret_ours,
                    struct err *err)
{
	struct sql_job_get row;
	enum rc rc = sql_job_get(tx, (struct sql_job_get_in){.name = str_c(job->key)}, &row, err);
	*ret_ours = rc == RC_ABSENT || (rc == RC_OK && is_due(job, &row, now_us) && is_free(office, &row, now_us));
	return rc == RC_ABSENT ? RC_OK : rc;
}

enum rc job_bite(const struct job_office *office, const struct job *job, struct tx *tx, int64_t now_us, enum job_bite *ret,
                 struct err *err)
{
	struct sql_job_get row;
	bool ours, more = false;
	*ret = JOB_NOT_DUE;
	TRY(look(office, job, tx, now_us, &ours, err));
	if (!ours)
		return RC_OK;
	TRY(lock(job, tx, &row, err));
	if (!is_due(job, &row, now_us) || !is_free(office, &row, now_us))
		return RC_OK;
	TRY(job->run(office, tx, now_us, &more, err));
	*ret = more ? JOB_HAS_MORE : JOB_DONE;
	row.node = office->node;
	row.until_us = more ? now_us + JOB_LEASE_US : 0;
	if (!more) {
		row.run_us = row.ok_us = now_us;
		row.fails = 0;
	}
	return save(job, &row, tx, err);
}

enum rc job_failed(const struct job_office *office, const struct job *job, struct tx *tx, int64_t now_us, struct err *err)
{
	struct sql_job_get row;
	TRY(lock(job, tx, &row, err));
	if (!is_free(office, &row, now_us))
		return RC_OK;
	row.node = office->node;
	row.until_us = 0;
	row.run_us = now_us;
	row.fails++;
	return save(job, &row, tx, err);
}

/* ---- how they fare ---- */

static struct job_state state_of(const struct job *job, const struct sql_job_all_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct sql_job_all *row = &rows->at[i];
		if (str_eq(row->name, str_c(job->key)))
			return (struct job_state){job, row->node, row->until_us, row->run_us, row->ok_us, row->fails};
	}
	return (struct job_state){.job = job};
}

enum rc job_states(struct tx *tx, struct job_state ret[JOBS_MAX], size_t *ret_n, struct err *err)
{
	struct sql_job_all_rows rows;
	TRY(sql_job_all(tx, &rows, err));
	for (*ret_n = 0; *ret_n < LEN(table); ++*ret_n)
		ret[*ret_n] = state_of(&table[*ret_n], &rows);
	return RC_OK;
}

bool job_is_late(const struct job_state *state, int64_t now_us)
{
	int64_t patience = 3 * every_us(state->job);
	if (state->fails)
		return true;
	return state->ok_us && now_us > state->ok_us + (patience > LATE_LEAST_US ? patience : LATE_LEAST_US);
}

/* ---- the runner ---- */

struct biting {
	const struct job_office *office;
	const struct job *job;
	enum job_bite bite;
};

static enum rc bite(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct biting *biting = arg;
	return job_bite(biting->office, biting->job, tx, now_us, &biting->bite, err);
}

static enum rc write_failure(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct biting *biting = arg;
	return job_failed(biting->office, biting->job, tx, now_us, err);
}

static enum rc run_one(struct jobs *jobs, const struct job *job, bool *ret_more, struct err *err)
{
	struct err ignored = {0};
	struct biting biting = {&jobs->office, job, JOB_HAS_MORE};
	enum rc rc = RC_OK;
	for (int i = 0; i < JOB_BITES_MAX && rc == RC_OK && biting.bite == JOB_HAS_MORE; i++)
		rc = jobs->tray.errand(jobs->tray.arg, bite, &biting, err);
	*ret_more = rc == RC_OK && biting.bite == JOB_HAS_MORE;
	if (rc == RC_OK)
		return RC_OK;
	bool told = jobs->tray.errand(jobs->tray.arg, write_failure, &biting, &ignored) == RC_OK;
	ignored = *err;
	err_detail(err, "pekerjaan %s%s: %s", job->key, told ? "" : " (tidak tercatat)", ignored.detail);
	return rc;
}

void jobs_begin(struct jobs *jobs, const struct job_office *office, const struct job_tray *tray)
{
	*jobs = (struct jobs){.office = *office, .tray = *tray};
}

enum rc jobs_round(struct jobs *jobs, int64_t steady_us, struct err *err)
{
	enum rc first = RC_OK;
	for (size_t i = 0; i < LEN(table); i++) {
		struct err why = {0};
		bool more;
		if (steady_us < jobs->next_us[i])
			continue;
		enum rc rc = run_one(jobs, &table[i], &more, &why);
		if (!more)
			jobs->next_us[i] = steady_us + LOOK_S * US_PER_S;
		if (rc != RC_OK && first == RC_OK) {
			first = rc;
			*err = why;
		}
	}
	return first;
}
