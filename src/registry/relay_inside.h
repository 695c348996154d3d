/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_inside.h - what a relay is made of; for registry/relay*.c alone. */
#pragma once
#include <pthread.h>

#include "registry/breaker.h"
#include "registry/relay.h"
#include "registry/relay_line.h"

struct relay_job {
	struct relay_job *next;
	struct relay_question question;
	struct relay_place place;
	int64_t deadline_us, not_before_us;
	int connects, losses; /* tries that came to nothing, without and with something sent */
	struct arena arena;   /* of the reply */
	struct relay_reply reply;
	enum relay_trouble trouble;
	void (*back)(void *arg);
	void *arg;
};

/* Of one method: quota and grant of each are its own there, and one that is spent or refused
 * leaves the other open. */
struct relay_way {
	struct breaker breaker;
	enum relay_trouble told; /* in the log */
};
#define RELAY_WAYS 2 /* data, kesesuaian */

struct relay_lane { /* of one instansi */
	struct relay_user user;
	int held, in_flight; /* places; questions on a line */
	struct relay_way ways[RELAY_WAYS];
};

struct relay {
	struct relay_conf conf;
	struct relay_lane lanes[RELAY_USERS_MAX];
	size_t lanes_n;
	struct relay_line *lines; /* conf.in_flight of them; the thread's own */
	CURLM *multi;
	pthread_t thread;
	bool running;
	pthread_mutex_t lock; /* over everything below, and the counts of lanes */
	bool quiet, stopping;
	struct relay_job *first, **last;
	int held, in_flight, waiting;
	struct breaker breaker;
	enum relay_trouble told;
	int64_t asked, answered, failed, retried;
};

/* Under the lock: the end of a question is told to the breakers. true: *ret_words is to be logged. */
struct relay_news {
	char what[120];
	struct err err;
	bool bad;
};
bool relay_judge(struct relay *relay, const struct relay_job *job, int64_t now_us, struct relay_news *ret);
void *relay_run(void *relay);
