/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay.c - see relay.h: opening, places, questions and answers. The thread is
 * relay_run.c. */
#include "registry/relay.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "registry/answer_inside.h"
#include "registry/relay_inside.h"

#define FAILURES 5 /* in a row, until the system is left alone */
#define PAUSE_US (2 * US_PER_S)
#define PAUSE_MOST_US (60 * US_PER_S)
#define USER_PAUSE_US (5 * US_PER_S)
#define USER_PAUSE_MOST_US (300 * US_PER_S)
#define QUIET_US (2 * US_PER_S)
#define BUSY_WAIT_S 2
#define LANE_SHARE 4 /* a lane has a quarter of those that wait */
#define REPLY_ARENA ((size_t)64 << 10)

/* ---- opening and closing ---- */

bool relay_is_url(const char *url)
{
	return str_starts(str_c(url), S("https://")) || str_starts(str_c(url), S("http://"));
}

static enum rc read_users(struct relay *relay, struct err *err)
{
	struct err why = {0};
	struct relay_user *users = calloc(RELAY_USERS_MAX, sizeof *users); /* tidy: allow, gone below */
	if (!users)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	enum rc rc = relay_users_read(secret_str(relay->conf.users), users, &relay->lanes_n, &why);
	for (size_t i = 0; rc == RC_OK && i < relay->lanes_n; i++) {
		relay->lanes[i].user = users[i];
		for (int way = 0; way < RELAY_WAYS; way++)
			breaker_init(&relay->lanes[i].ways[way].breaker, 1, USER_PAUSE_US, USER_PAUSE_MOST_US);
	}
	free(users); /* tidy: allow, views alone */
	if (rc == RC_OK && relay->lanes_n == 0)
		return FAIL(err, RC_INVALID, "registry.credentials tidak memuat satu instansi pun");
	return rc == RC_OK ? RC_OK : FAIL(err, rc, "registry.credentials: %.150s", why.what);
}

static enum rc open_lines(struct relay *relay, struct err *err)
{
	relay->multi = curl_multi_init();
	relay->lines = calloc((size_t)relay->conf.in_flight, sizeof *relay->lines); /* tidy: allow, lives as long as the process */
	if (!relay->multi || !relay->lines)
		return FAIL(err, RC_BROKEN, "libcurl tidak dapat disiapkan");
	for (int i = 0; i < relay->conf.in_flight; i++)
		TRY(relay_line_open(&relay->lines[i], &relay->conf.https, err));
	return RC_OK;
}

enum rc relay_open(const struct relay_conf *conf, struct relay **ret, struct err *err)
{
	*ret = NULL;
	TRY(https_check(&conf->https, err));
	assert(conf->in_flight > 0 && conf->in_flight <= RELAY_IN_FLIGHT_MAX && conf->waiting <= RELAY_WAITING_MAX);
	struct relay *relay = calloc(1, sizeof *relay); /* tidy: allow, lives as long as the process */
	if (!relay)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	relay->conf = *conf;
	relay->last = &relay->first;
	pthread_mutex_init(&relay->lock, NULL);
	breaker_init(&relay->breaker, FAILURES, PAUSE_US, PAUSE_MOST_US);
	enum rc rc = read_users(relay, err);
	if (rc == RC_OK)
		*ret = relay;
	else
		relay_close(relay);
	return rc;
}

enum rc relay_start(struct relay *relay, struct err *err)
{
	TRY(open_lines(relay, err));
	if (pthread_create(&relay->thread, NULL, relay_run, relay) != 0)
		return FAIL(err, RC_BROKEN, "utas relai tidak dapat dijalankan");
	relay->running = true;
	return RC_OK;
}

static void hurry(struct relay *relay, int64_t until_us)
{
	for (struct relay_job *job = relay->first; job; job = job->next)
		job->deadline_us = job->deadline_us < until_us ? job->deadline_us : until_us;
	for (int i = 0; relay->lines && i < relay->conf.in_flight; i++) {
		struct relay_job *job = relay->lines[i].owner;
		if (job)
			job->deadline_us = job->deadline_us < until_us ? job->deadline_us : until_us;
	}
}

static void tell(struct relay *relay, bool stopping, int64_t until_us)
{
	pthread_mutex_lock(&relay->lock);
	relay->quiet = true;
	relay->stopping |= stopping;
	hurry(relay, until_us);
	pthread_mutex_unlock(&relay->lock);
	if (relay->multi)
		curl_multi_wakeup(relay->multi);
}

void relay_quiesce(struct relay *relay)
{
	tell(relay, false, clock_steady_us() + QUIET_US);
}

void relay_stop(struct relay *relay)
{
	if (!relay || !relay->running)
		return;
	tell(relay, true, clock_steady_us());
	pthread_join(relay->thread, NULL);
	relay->running = false;
}

void relay_close(struct relay *relay)
{
	if (!relay)
		return;
	relay_stop(relay);
	for (int i = 0; relay->lines && i < relay->conf.in_flight; i++)
		relay_line_close(&relay->lines[i]);
	free(relay->lines); /* tidy: allow */
	curl_multi_cleanup(relay->multi);
	pthread_mutex_destroy(&relay->lock);
	secret_wipe(relay->lanes, sizeof relay->lanes);
	free(relay); /* tidy: allow */
}

/* ---- places ---- */

static struct breaker *breaker_of(struct relay *relay, const struct relay_place *place)
{
	return &relay->lanes[place->user].ways[place->verify].breaker;
}

static int lane_find(const struct relay *relay, struct str code)
{
	for (size_t i = 0; i < relay->lanes_n; i++)
		if (str_ieq(relay->lanes[i].user.code, code))
			return (int)i;
	return -1;
}

static bool is_full(const struct relay *relay, const struct relay_lane *lane)
{
	const struct relay_conf *conf = &relay->conf;
	int share = conf->waiting / LANE_SHARE;
	return relay->held >= conf->in_flight + conf->waiting || lane->held >= conf->in_flight_instansi + share;
}

/* Both breakers, or neither: whoever tries the one is not stopped by the other. */
static bool breakers_let(struct relay *relay, struct relay_place *place, int64_t *ret_wait_us)
{
	int64_t now_us = clock_steady_us();
	if (!breaker_lets(&relay->breaker, now_us, &place->tries_it, ret_wait_us))
		return false;
	if (breaker_lets(breaker_of(relay, place), now_us, &place->tries_user, ret_wait_us))
		return true;
	if (place->tries_it)
		breaker_spared(&relay->breaker);
	return false;
}

/* place->user: -1 unless it is taken. */
static enum relay_trouble take(struct relay *relay, struct relay_place at, struct relay_place *place, int64_t *wait_us)
{
	struct relay_lane *lane = &relay->lanes[at.user];
	if (relay->quiet)
		return RELAY_STOPPING;
	if (is_full(relay, lane))
		return RELAY_FULL;
	if (!breakers_let(relay, &at, wait_us))
		return RELAY_PAUSED;
	*place = at;
	relay->held++;
	lane->held++;
	return RELAY_WELL;
}

enum relay_trouble relay_place_take(struct relay *relay, struct str code, enum method method, struct relay_place *ret,
                                    int *ret_wait_s)
{
	int64_t wait_us = BUSY_WAIT_S * US_PER_S;
	int user = lane_find(relay, code);
	*ret = (struct relay_place){.user = -1};
	*ret_wait_s = (int)(USER_PAUSE_MOST_US / US_PER_S);
	if (user < 0)
		return RELAY_NO_USER;
	pthread_mutex_lock(&relay->lock);
	const struct relay_place at = {.user = user, .verify = method == METHOD_VERIFY};
	enum relay_trouble trouble = take(relay, at, ret, &wait_us);
	pthread_mutex_unlock(&relay->lock);
	*ret_wait_s = (int)((wait_us + US_PER_S - 1) / US_PER_S);
	return trouble;
}

static void give(struct relay *relay, struct relay_place *place, bool spared)
{
	if (place->user < 0)
		return;
	pthread_mutex_lock(&relay->lock);
	relay->held--;
	relay->lanes[place->user].held--;
	if (spared && place->tries_it)
		breaker_spared(&relay->breaker);
	if (spared && place->tries_user)
		breaker_spared(breaker_of(relay, place));
	pthread_mutex_unlock(&relay->lock);
	*place = (struct relay_place){.user = -1};
}

void relay_place_give(struct relay *relay, struct relay_place *place)
{
	give(relay, place, true);
}

/* ---- questions ---- */

struct relay_job *relay_ask(const struct permit *permit, const unsigned char hit[16], struct relay_place *place,
                            struct arena *arena)
{
	struct relay_job *job = ARENA_NEW(arena, struct relay_job);
	assert(place->user >= 0);
	if (!job)
		return NULL;
	job->question = (struct relay_question){.method = permit_method(permit),
	                                        .nik = permit_nik(permit),
	                                        .elements = permit_elements(permit),
	                                        .claim = permit_claim(permit)};
	memcpy(job->question.hit, hit, sizeof job->question.hit);
	job->place = *place;
	job->trouble = RELAY_STOPPING; /* until it is sent */
	arena_init(&job->arena, REPLY_ARENA);
	*place = (struct relay_place){.user = -1};
	return job;
}

void relay_send(struct relay *relay, struct relay_job *job, void (*back)(void *arg), void *arg)
{
	job->back = back;
	job->arg = arg;
	job->next = NULL;
	job->deadline_us = clock_steady_us() + relay->conf.deadline_s * US_PER_S;
	pthread_mutex_lock(&relay->lock);
	if (relay->quiet) /* it had its place before */
		job->deadline_us = clock_steady_us() + (relay->stopping ? 0 : QUIET_US);
	*relay->last = job;
	relay->last = &job->next;
	relay->waiting++;
	pthread_mutex_unlock(&relay->lock);
	curl_multi_wakeup(relay->multi);
}

enum relay_trouble relay_job_trouble(const struct relay_job *job)
{
	return job->trouble;
}

enum outcome relay_job_outcome(const struct relay_job *job)
{
	return job->reply.outcome;
}

/* The grant may have become less while it was asked: the permit of now counts. */
static bool copy(const struct relay_job *job, element_set granted, struct arena *arena, struct answer *a)
{
	bool verify = job->question.method == METHOD_VERIFY;
	struct accord *accords = verify ? ARENA_ARRAY(arena, ELEMENT_COUNT, struct accord) : NULL;
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		if (!(granted & ELEMENT_BIT(e)))
			continue;
		if (accords)
			accords[e] = job->reply.accords[e];
		else if (job->reply.element[e].at)
			a->element[e] = arena_str(arena, job->reply.element[e]);
	}
	a->accords = accords;
	return !arena->broken;
}

enum rc relay_answer(const struct relay_job *job, const struct permit *permit, struct arena *arena, const struct answer **ret,
                     struct err *err)
{
	struct answer *a = ARENA_NEW(arena, struct answer);
	assert(job->trouble == RELAY_WELL && permit_nik(permit).n == job->question.nik.n);
	assert(permit_method(permit) == job->question.method);
	if (!a)
		return FAIL(err, RC_LIMIT, "Jawaban terlalu besar");
	a->outcome = job->reply.outcome;
	if (a->outcome == OUTCOME_DATA && !copy(job, permit_elements(permit), arena, a))
		return FAIL(err, RC_LIMIT, "Jawaban terlalu besar");
	*ret = a;
	return RC_OK;
}

void relay_done(struct relay *relay, struct relay_job *job)
{
	bool unsent = !job->back;
	arena_free(&job->arena);
	secret_wipe(&job->reply, sizeof job->reply);
	give(relay, &job->place, unsent);
}

/* By one method, or by both. */
static bool is_paused(const struct relay_lane *lane, int64_t now_us)
{
	for (int way = 0; way < RELAY_WAYS; way++)
		if (breaker_state(&lane->ways[way].breaker, now_us) != BREAKER_CLOSED)
			return true;
	return false;
}

struct relay_stat relay_stat(struct relay *relay)
{
	int64_t now_us = clock_steady_us();
	pthread_mutex_lock(&relay->lock);
	struct relay_stat stat = {.in_flight = relay->in_flight,
	                          .waiting = relay->waiting,
	                          .asked = relay->asked,
	                          .answered = relay->answered,
	                          .failed = relay->failed,
	                          .retried = relay->retried,
	                          .paused = breaker_state(&relay->breaker, now_us) != BREAKER_CLOSED,
	                          .trouble = relay->told,
	                          .users = (int)relay->lanes_n};
	for (size_t i = 0; i < relay->lanes_n; i++)
		stat.users_paused += is_paused(&relay->lanes[i], now_us);
	pthread_mutex_unlock(&relay->lock);
	return stat;
}
