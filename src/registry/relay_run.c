/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_run.c - the thread of a relay: from the queue to a line, and back.
 *
 * It alone touches lines and the multi handle. What waits is taken in order, past those whose
 * instansi has as many on the line as it may, and those that wait to be tried again. Nobody is
 * called back under the lock. */
#include <assert.h>
#include <stdio.h>

#include "registry/relay_inside.h"

#define CONNECTS_MAX 3 /* tries where nothing was sent */
#define LOSSES_MAX 2   /* tries where something was, and no reply came */
#define US_PER_MS INT64_C(1000)
#define AGAIN_US (200 * US_PER_MS)
#define POLL_MS 500
#define STOPPING_MS 10 /* nobody wakes it when a place is given back */

/* ---- what the breakers hear ---- */

static void words(struct relay_news *news, const char *whose, const struct relay_trouble_row *row, enum outcome said)
{
	*news = (struct relay_news){.bad = *row->key != '\0'};
	snprintf(news->what, sizeof news->what, "relai%s%s%s", *whose ? " " : "", whose, news->bad ? "" : ": pulih");
	if (!news->bad)
		return;
	err_fail(&news->err, RC_BROKEN, ERR_HERE, "%s", row->label);
	if (said)
		err_detail(&news->err, "RESPONSE_CODE %s", outcome_get(said)->code);
}

/* Said when it begins, when it changes, and when it is over. */
static bool note(enum relay_trouble *told, enum relay_trouble now, const char *whose, enum outcome said, struct relay_news *ret)
{
	if (*told == now)
		return false;
	*told = now;
	words(ret, whose, relay_trouble_get(now), said);
	return true;
}

static bool judge_user(struct relay *relay, const struct relay_job *job, int64_t now_us, struct relay_news *ret)
{
	char whose[64];
	struct relay_lane *lane = &relay->lanes[job->place.user];
	struct relay_way *way = &lane->ways[job->place.verify];
	snprintf(whose, sizeof whose, "%.*s%s", STR_ARG(lane->user.code), job->place.verify ? " (kesesuaian)" : "");
	if (job->trouble == RELAY_WELL)
		breaker_well(&way->breaker);
	else
		breaker_failed(&way->breaker, job->place.tries_user, now_us);
	return note(&way->told, job->trouble, whose, job->reply.outcome, ret);
}

bool relay_judge(struct relay *relay, const struct relay_job *job, int64_t now_us, struct relay_news *ret)
{
	struct relay_way *way = &relay->lanes[job->place.user].ways[job->place.verify];
	enum relay_blame blame = relay_trouble_get(job->trouble)->blame;
	if (blame == RELAY_BLAME_IT) {
		breaker_failed(&relay->breaker, job->place.tries_it, now_us);
		if (job->place.tries_user)
			breaker_spared(&way->breaker);
		return note(&relay->told, job->trouble, "", 0, ret);
	}
	if (blame != RELAY_BLAME_USER && job->trouble != RELAY_WELL) {
		if (job->place.tries_it)
			breaker_spared(&relay->breaker);
		if (job->place.tries_user)
			breaker_spared(&way->breaker);
		return blame == RELAY_BLAME_WORDS && note(&relay->told, job->trouble, "", job->reply.outcome, ret);
	}
	breaker_well(&relay->breaker); /* it speaks, whatever it says */
	bool news = note(&relay->told, RELAY_WELL, "", 0, ret);
	struct relay_news of_user;
	if (judge_user(relay, job, now_us, &of_user)) {
		*ret = of_user; /* the finer of the two */
		return true;
	}
	return news;
}

/* ---- the end of a question ---- */

static void finish(struct relay *relay, struct relay_job *job, enum relay_trouble trouble)
{
	struct relay_news news;
	job->trouble = trouble;
	pthread_mutex_lock(&relay->lock);
	relay->asked++;
	relay->answered += trouble == RELAY_WELL;
	relay->failed += trouble != RELAY_WELL;
	bool tell = relay_judge(relay, job, clock_steady_us(), &news);
	pthread_mutex_unlock(&relay->lock);
	if (tell)
		relay->conf.log(relay->conf.log_arg, news.what, news.bad ? &news.err : NULL);
	job->back(job->arg); /* the job may be gone */
}

/* Under the lock. Once more, before those that wait? */
static bool again(struct relay *relay, struct relay_job *job, enum relay_trouble trouble, bool sent, int64_t now_us)
{
	bool connect = trouble == RELAY_CONNECT || trouble == RELAY_TIMEOUT;
	if (!connect || relay->quiet || now_us >= job->deadline_us)
		return false;
	if (sent ? ++job->losses >= LOSSES_MAX : ++job->connects >= CONNECTS_MAX)
		return false;
	job->not_before_us = now_us + (sent ? 0 : AGAIN_US);
	job->next = relay->first;
	relay->first = job;
	if (!job->next)
		relay->last = &job->next;
	relay->waiting++;
	relay->retried++;
	return true;
}

static void hang_up(struct relay *relay, struct relay_line *line, enum relay_trouble trouble, bool sent)
{
	struct relay_job *job = line->owner;
	curl_multi_remove_handle(relay->multi, line->curl);
	pthread_mutex_lock(&relay->lock);
	relay_line_clear(line);
	relay->in_flight--;
	relay->lanes[job->place.user].in_flight--;
	bool more = again(relay, job, trouble, sent, clock_steady_us());
	pthread_mutex_unlock(&relay->lock);
	if (!more)
		finish(relay, job, trouble);
}

/* ---- from the queue to a line ---- */

static struct relay_line *line_free(struct relay *relay)
{
	for (int i = 0; i < relay->conf.in_flight; i++)
		if (!relay->lines[i].owner)
			return &relay->lines[i];
	return NULL;
}

static struct relay_job *unlink_job(struct relay *relay, struct relay_job **at)
{
	struct relay_job *job = *at;
	*at = job->next;
	if (!job->next)
		relay->last = at;
	relay->waiting--;
	return job;
}

/* Under the lock: the next that may be asked now. */
static struct relay_job *take_due(struct relay *relay, int64_t now_us)
{
	for (struct relay_job **at = &relay->first; *at; at = &(*at)->next)
		if ((*at)->not_before_us <= now_us && relay->lanes[(*at)->place.user].in_flight < relay->conf.in_flight_instansi)
			return unlink_job(relay, at);
	return NULL;
}

/* Under the lock: one whose time is over, or who waits for what is left alone by now. */
static struct relay_job *take_hopeless(struct relay *relay, int64_t now_us, enum relay_trouble *ret)
{
	bool open = breaker_state(&relay->breaker, now_us) == BREAKER_OPEN;
	for (struct relay_job **at = &relay->first; *at; at = &(*at)->next) {
		bool late = now_us >= (*at)->deadline_us;
		if (!late && (!open || (*at)->place.tries_it))
			continue;
		bool its = relay_trouble_get(relay->told)->blame == RELAY_BLAME_IT;
		*ret = relay->quiet ? RELAY_STOPPING : !late ? RELAY_PAUSED : its ? relay->told : RELAY_FULL;
		return unlink_job(relay, at);
	}
	return NULL;
}

/* A lost reply must leave time for one more try. */
static long timeout_ms(const struct relay_job *job, int64_t now_us)
{
	int64_t left = (job->deadline_us - now_us) / US_PER_MS;
	return (long)(job->losses == 0 ? left / 2 : left);
}

static void call_out(struct relay *relay, struct relay_line *line, const struct relay_job *job, long ms)
{
	const struct relay_call call = {.user = &relay->lanes[job->place.user].user,
	                                .question = &job->question,
	                                .timeout_ms = ms,
	                                .fresh = job->losses > 0};
	bool ok = relay_line_ask(line, &relay->conf.https, &call);
	if (!ok || curl_multi_add_handle(relay->multi, line->curl) != CURLM_OK)
		hang_up(relay, line, RELAY_FULL, false);
}

static void start_due(struct relay *relay)
{
	for (;;) {
		int64_t now_us = clock_steady_us();
		struct relay_line *line = line_free(relay);
		pthread_mutex_lock(&relay->lock);
		struct relay_job *job = line ? take_due(relay, now_us) : NULL;
		long ms = job ? timeout_ms(job, now_us) : 0; /* under the lock: it may become less */
		if (job) {
			line->owner = job;
			relay->in_flight++;
			relay->lanes[job->place.user].in_flight++;
		}
		pthread_mutex_unlock(&relay->lock);
		if (!job)
			return;
		call_out(relay, line, job, ms);
	}
}

static void end_hopeless(struct relay *relay)
{
	for (;;) {
		enum relay_trouble trouble;
		pthread_mutex_lock(&relay->lock);
		struct relay_job *job = take_hopeless(relay, clock_steady_us(), &trouble);
		pthread_mutex_unlock(&relay->lock);
		if (!job)
			return;
		finish(relay, job, trouble);
	}
}

/* ---- from a line back ---- */

static void end_answered(struct relay *relay)
{
	int left;
	for (CURLMsg *message; (message = curl_multi_info_read(relay->multi, &left));) {
		struct relay_line *line = NULL;
		bool sent;
		if (message->msg != CURLMSG_DONE)
			continue;
		CURLcode code = message->data.result;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &line);
		struct relay_job *job = line->owner;
		arena_reset(&job->arena);
		enum relay_trouble trouble = relay_line_end(line, code, &job->question, &job->arena, &job->reply, &sent);
		hang_up(relay, line, trouble, sent);
	}
}

/* curl keeps the time of each try; this is for deadlines that became shorter meanwhile. */
static void end_late(struct relay *relay)
{
	for (int i = 0; i < relay->conf.in_flight; i++) {
		struct relay_line *line = &relay->lines[i];
		struct relay_job *job = line->owner;
		pthread_mutex_lock(&relay->lock);
		bool late = job && relay->quiet && clock_steady_us() >= job->deadline_us;
		pthread_mutex_unlock(&relay->lock);
		if (late)
			hang_up(relay, line, RELAY_STOPPING, true);
	}
}

/* ---- the thread ---- */

/* Milliseconds until somebody may be tried again. */
static int sleep_ms(struct relay *relay)
{
	pthread_mutex_lock(&relay->lock);
	int64_t now_us = clock_steady_us(), soonest = now_us + (relay->stopping ? STOPPING_MS : POLL_MS) * US_PER_MS;
	for (const struct relay_job *job = relay->first; job; job = job->next) {
		soonest = job->deadline_us < soonest ? job->deadline_us : soonest;
		soonest = job->not_before_us > now_us && job->not_before_us < soonest ? job->not_before_us : soonest;
	}
	pthread_mutex_unlock(&relay->lock);
	return soonest > now_us ? (int)((soonest - now_us) / US_PER_MS) + 1 : 0;
}

/* Not while anybody holds a place: he may send still, or has to be told yet. */
static bool is_over(struct relay *relay)
{
	pthread_mutex_lock(&relay->lock);
	bool over = relay->stopping && relay->held == 0;
	pthread_mutex_unlock(&relay->lock);
	return over;
}

void *relay_run(void *arg)
{
	struct relay *relay = arg;
	int running;
	while (!is_over(relay)) {
		end_hopeless(relay);
		start_due(relay);
		curl_multi_perform(relay->multi, &running);
		end_answered(relay);
		end_late(relay);
		curl_multi_poll(relay->multi, NULL, 0, sleep_ms(relay), NULL);
	}
	return NULL;
}
