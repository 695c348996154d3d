/* SPDX-License-Identifier: EUPL-1.2
 * gate/vigil.c - see vigil.h. */
#include "gate/vigil.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "gate/call.h"
#include "registry/registry.h"

#define LOOK_US (50 * 1000)
#define ASK_US (500 * 1000)      /* so long without a tray, and the database is asked how it is */
#define ASK_AWAY_US (200 * 1000) /* while it is away */

struct vigil {
	struct gate *gate;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool stopping; /* under the lock */
	/* the thread's own; call and errand are the tray's while `out` */
	struct call call;
	struct errand errand;
	bool out;
	bool well; /* written on the tray's thread, read when the errand is over */
	int64_t trays, since_us; /* how many there were, and since when there has been no other */
};

bool vigil_is_stuck(const struct gate *gate)
{
	int64_t since_us = gate->patience.since_us;
	return since_us && clock_steady_us() - since_us >= gate->patience.us;
}

/* ---- those who wait ---- */

static bool may_go(const struct tray_item *item)
{
	return !((const struct call *)item)->outing;
}

static void refuse(struct call *call)
{
	if (!call->errand) {
		call_refuse(call, 503, NULL);
		call_reply(call);
		return;
	}
	call->errand->rc = FAIL(&call->errand->err, RC_BROKEN, "Basis data tidak menjawab");
	errand_done(call->errand);
}

void vigil_refuse_waiting(struct gate *gate)
{
	for (struct tray_item *item = tray_take_out(gate->tray, may_go), *next; item; item = next) {
		next = item->next;
		gate->refused_full += !call_of_item(item)->errand;
		refuse(call_of_item(item));
	}
}

/* ---- how the databases are ---- */

void vigil_note(struct gate *gate, const struct err *err)
{
	store_distrust(gate->conf.office); /* one wire is cut; who knows of the others */
	if (gate->conf.registry)
		registry_distrust(gate->conf.registry);
	if (!atomic_exchange(&gate->away, true))
		gate->conf.log(gate->conf.arg, "nampan gagal; tidak ada yang dijawab", err);
}

/* On the tray's thread. That the office answers is seen by the commit. */
static enum rc ask(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct vigil *vigil = arg;
	struct err trouble = {0};
	struct day day;
	(void)tx, (void)now_us, (void)err;
	vigil->well = !vigil->gate->conf.registry || registry_as_of(vigil->gate->conf.registry, &day, &trouble) == RC_OK;
	if (!vigil->well)
		vigil_note(vigil->gate, &trouble);
	return RC_OK;
}

static void hear(struct vigil *vigil)
{
	struct gate *gate = vigil->gate;
	vigil->out = false;
	vigil->since_us = clock_steady_us();
	vigil->trays = gate->trays;
	bool well = vigil->errand.rc == RC_OK && vigil->well;
	if (well && atomic_exchange(&gate->away, false))
		gate->conf.log(gate->conf.arg, "nampan: pulih", NULL);
}

static void put(struct vigil *vigil)
{
	vigil->errand = (struct errand){.run = ask, .arg = vigil};
	vigil->call = (struct call){.errand = &vigil->errand};
	vigil->call.v.gate = vigil->gate;
	errand_init(&vigil->errand);
	vigil->out = true;
	if (tray_put(vigil->gate->tray, &vigil->call.item) != RC_OK) {
		vigil->errand.rc = RC_LIMIT;
		errand_done(&vigil->errand);
	}
}

static void ask_if_quiet(struct vigil *vigil)
{
	struct gate *gate = vigil->gate;
	int64_t now_us = clock_steady_us();
	if (vigil->out && errand_is_over(&vigil->errand))
		hear(vigil);
	if (gate->trays != vigil->trays && !gate->away) {
		vigil->trays = gate->trays;
		vigil->since_us = now_us;
	}
	if (!vigil->out && now_us - vigil->since_us >= (gate->away ? ASK_AWAY_US : ASK_US))
		put(vigil);
}

/* ---- the thread ---- */

static bool sleep_on(struct vigil *vigil)
{
	struct timespec until;
	int64_t until_us = clock_steady_us() + LOOK_US;
	until = (struct timespec){.tv_sec = until_us / US_PER_S, .tv_nsec = until_us % US_PER_S * 1000};
	pthread_mutex_lock(&vigil->lock);
	if (!vigil->stopping)
		pthread_cond_timedwait(&vigil->over, &vigil->lock, &until);
	bool stopping = vigil->stopping;
	pthread_mutex_unlock(&vigil->lock);
	return !stopping;
}

static void *run(void *arg)
{
	struct vigil *vigil = arg;
	while (sleep_on(vigil)) {
		if (vigil_is_stuck(vigil->gate))
			vigil_refuse_waiting(vigil->gate);
		ask_if_quiet(vigil);
	}
	return NULL;
}

enum rc vigil_start(struct gate *gate, struct vigil **ret, struct err *err)
{
	pthread_condattr_t steady;
	struct vigil *vigil = calloc(1, sizeof *vigil); /* tidy: allow, lives as long as the process */
	*ret = NULL;
	if (!vigil)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	vigil->gate = gate;
	vigil->since_us = clock_steady_us();
	pthread_mutex_init(&vigil->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&vigil->over, &steady);
	pthread_condattr_destroy(&steady);
	if (pthread_create(&vigil->thread, NULL, run, vigil) != 0) {
		vigil_free(vigil);
		return FAIL(err, RC_BROKEN, "utas jaga tidak dapat dijalankan");
	}
	*ret = vigil;
	return RC_OK;
}

void vigil_stop(struct vigil *vigil)
{
	if (!vigil)
		return;
	pthread_mutex_lock(&vigil->lock);
	vigil->stopping = true;
	pthread_cond_signal(&vigil->over);
	pthread_mutex_unlock(&vigil->lock);
	pthread_join(vigil->thread, NULL);
}

void vigil_free(struct vigil *vigil)
{
	if (!vigil)
		return;
	if (vigil->out)
		errand_wait(&vigil->errand);
	pthread_cond_destroy(&vigil->over);
	pthread_mutex_destroy(&vigil->lock);
	free(vigil); /* tidy: allow */
}
