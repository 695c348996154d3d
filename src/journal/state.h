/* SPDX-License-Identifier: EUPL-1.2
 * journal/state.h - what an open journal holds. For this room alone.
 *
 * Unwrapped epoch keys are remembered under the wrapped bytes they came from, and
 * every tray reads those bytes again inside its transaction. So a key whose row was
 * rolled back is never used, and a destroyed one is out of use at once on all nodes. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "journal/epoch.h"
#include "journal/journal.h"
#include "journal/key.h"
#include "journal/note.h"
#include "journal/ref.h"

#define EPOCHS_KEPT 4

struct state_keys { /* in locked memory */
	unsigned char sign[64], ref[REF_KEY], slip[KEY_SIZE];
	unsigned char epoch[EPOCHS_KEPT][EPOCH_KEY];
};
struct journal {
	struct arena arena; /* holds this struct */
	struct secret master;
	int log_id;
	int64_t fence; /* 0: none */
	atomic_bool lost;
	struct note_key note_key;
	struct str vkey;
	struct secret locked;
	struct state_keys *keys; /* in `locked` */
	pthread_mutex_t lock;    /* guards what follows, and keys->epoch */
	unsigned char wrapped[EPOCHS_KEPT][KEY_WRAPPED];
	bool taken[EPOCHS_KEPT];
	int next;
};

/* The log is another's: remembered, and said. RC_REFUSED. */
enum rc state_lose(struct journal *journal, struct err *err);
/* The epoch's key out of its wrapped form; the caller wipes it. RC_REFUSED as key_unwrap. */
MUST_USE enum rc state_epoch_key(struct journal *journal, int epoch, struct str wrapped, unsigned char ret[EPOCH_KEY],
                                 struct err *err);
