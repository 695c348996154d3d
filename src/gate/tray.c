/* SPDX-License-Identifier: EUPL-1.2
 * gate/tray.c - see tray.h. */
#include "gate/tray.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct tray {
	struct tray_conf conf;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct tray_item *first, **last;
	_Atomic int64_t waiting;
	bool idle, stopping;
	struct tray_item **items; /* room for conf.most */
};

/* Under the lock: move up to `most` items out of the queue. */
static size_t take(struct tray *tray)
{
	size_t n = 0;
	while (tray->first && n < tray->conf.most) {
		tray->items[n++] = tray->first;
		tray->first = tray->first->next;
	}
	if (!tray->first)
		tray->last = &tray->first;
	tray->waiting -= (int64_t)n;
	return n;
}

static void *run(void *arg)
{
	struct tray *tray = arg;
	pthread_mutex_lock(&tray->lock);
	for (;;) {
		while (!tray->first && !tray->stopping) {
			tray->idle = true;
			pthread_cond_wait(&tray->work, &tray->lock);
		}
		tray->idle = false;
		size_t n = take(tray);
		if (n == 0)
			break;
		pthread_mutex_unlock(&tray->lock);
		tray->conf.walk(tray->conf.arg, tray->items, n);
		pthread_mutex_lock(&tray->lock);
	}
	pthread_mutex_unlock(&tray->lock);
	return NULL;
}

static void tray_free(struct tray *tray)
{
	pthread_cond_destroy(&tray->work);
	pthread_mutex_destroy(&tray->lock);
	free(tray->items); /* tidy: allow, lives as long as the process */
	free(tray);        /* tidy: allow */
}

enum rc tray_start(const struct tray_conf *conf, struct tray **ret, struct err *err)
{
	struct tray *tray = calloc(1, sizeof *tray);                               /* tidy: allow */
	struct tray_item **items = calloc(conf->most, sizeof(struct tray_item *)); /* tidy: allow */
	if (!tray || !items) {
		free(tray);  /* tidy: allow */
		free(items); /* tidy: allow */
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	}
	tray->conf = *conf;
	tray->items = items;
	tray->last = &tray->first;
	pthread_mutex_init(&tray->lock, NULL);
	pthread_cond_init(&tray->work, NULL);
	if (pthread_create(&tray->thread, NULL, run, tray) != 0) {
		tray_free(tray);
		return FAIL(err, RC_BROKEN, "utas nampan tidak dapat dijalankan");
	}
	*ret = tray;
	return RC_OK;
}

/* Under the lock. */
static void append(struct tray *tray, struct tray_item *item)
{
	item->next = NULL;
	*tray->last = item;
	tray->last = &item->next;
	tray->waiting++;
	if (tray->idle)
		pthread_cond_signal(&tray->work);
}

enum rc tray_put(struct tray *tray, struct tray_item *item)
{
	enum rc rc = RC_OK;
	pthread_mutex_lock(&tray->lock);
	if (tray->stopping)
		rc = RC_REFUSED;
	else if (tray->waiting >= (int64_t)tray->conf.waiting_max)
		rc = RC_LIMIT;
	else
		append(tray, item);
	pthread_mutex_unlock(&tray->lock);
	return rc;
}

void tray_return(struct tray *tray, struct tray_item *item)
{
	pthread_mutex_lock(&tray->lock);
	append(tray, item);
	pthread_mutex_unlock(&tray->lock);
}

void tray_put_back(struct tray *tray, struct tray_item **items, size_t n)
{
	pthread_mutex_lock(&tray->lock);
	for (size_t i = n; i-- > 0;) {
		items[i]->next = tray->first;
		if (!tray->first)
			tray->last = &items[i]->next;
		tray->first = items[i];
	}
	tray->waiting += (int64_t)n;
	pthread_mutex_unlock(&tray->lock);
}

struct tray_item *tray_take_out(struct tray *tray, bool (*which)(const struct tray_item *item))
{
	struct tray_item *out = NULL, **end = &out, **at;
	pthread_mutex_lock(&tray->lock);
	for (at = &tray->first; *at;) {
		struct tray_item *item = *at;
		if (!which(item)) {
			at = &item->next;
			continue;
		}
		*at = item->next;
		*end = item;
		end = &item->next;
		tray->waiting--;
	}
	tray->last = at;
	*end = NULL;
	pthread_mutex_unlock(&tray->lock);
	return out;
}

void tray_stop(struct tray *tray)
{
	if (!tray)
		return;
	pthread_mutex_lock(&tray->lock);
	tray->stopping = true;
	pthread_cond_signal(&tray->work);
	pthread_mutex_unlock(&tray->lock);
	pthread_join(tray->thread, NULL);
	tray_free(tray);
}

int64_t tray_waiting(const struct tray *tray)
{
	return tray->waiting;
}
