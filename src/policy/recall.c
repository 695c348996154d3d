/* SPDX-License-Identifier: EUPL-1.2
 * policy/recall.c - see recall.h. Three arrays of cells; a thing has one cell it may
 * stand in. A cell carries the turn it was filled in: another moment begins another
 * turn, and all cells of earlier ones are void at once. A moment that comes back finds
 * nothing: turns are never used twice. */
#include "policy/recall.h"

#include <pthread.h>

#define PLACES 1024
#define NDAS 4096
#define KEJADIAN 1024
#define NAME_MAX_BYTES 240 /* longer ones are read each time */
#define USER_ID_MAX 32

struct place_cell {
	uint64_t turn;
	struct place place;
	char code[NAME_MAX_BYTES], name[NAME_MAX_BYTES];
};
struct nda_cell {
	uint64_t turn;
	int64_t instansi_id;
	unsigned char n;
	bool valid;
	char user_id[USER_ID_MAX];
};
struct kejadian_cell {
	uint64_t turn;
	int64_t instansi_id, kejadian_id;
	bool open;
};

struct recall {
	struct arena arena; /* holds this struct itself */
	pthread_mutex_t lock;
	struct moment moment;
	uint64_t turn; /* 0: none yet, as in an empty cell */
	struct place_cell places[PLACES];
	struct nda_cell ndas[NDAS];
	struct kejadian_cell kejadian[KEJADIAN];
};

enum rc recall_open(struct recall **ret, struct err *err)
{
	struct arena arena;
	arena_init(&arena, sizeof(struct recall) + 4096);
	struct recall *recall = ARENA_NEW(&arena, struct recall);
	if (!recall)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	recall->arena = arena;
	pthread_mutex_init(&recall->lock, NULL);
	*ret = recall;
	return RC_OK;
}

void recall_close(struct recall *recall)
{
	if (!recall)
		return;
	pthread_mutex_destroy(&recall->lock);
	struct arena arena = recall->arena;
	arena_free(&arena);
}

/* Take the lock and bring the turn up to this moment; false: nothing may be told or
 * kept, and the lock is not held. */
static bool turn_to(struct recall *recall, struct moment now)
{
	if (now.mark == 0)
		return false;
	pthread_mutex_lock(&recall->lock);
	if (recall->turn == 0 || recall->moment.mark != now.mark || recall->moment.day.n != now.day.n) {
		recall->moment = now;
		recall->turn++;
	}
	return true;
}

static void done(struct recall *recall)
{
	pthread_mutex_unlock(&recall->lock);
}

/* ---- how an instansi stands ---- */

static struct place_cell *place_cell(struct recall *recall, int64_t instansi_id)
{
	return &recall->places[(uint64_t)instansi_id % PLACES];
}

bool recall_place(struct recall *recall, struct moment now, int64_t instansi_id, struct arena *arena, struct place *ret)
{
	if (!turn_to(recall, now))
		return false;
	const struct place_cell *cell = place_cell(recall, instansi_id);
	bool found = cell->turn == recall->turn && cell->place.instansi_id == instansi_id;
	if (found) {
		*ret = cell->place;
		ret->standing.code = arena_str(arena, ret->standing.code);
		ret->standing.name = arena_str(arena, ret->standing.name);
		found = !arena->broken;
	}
	done(recall);
	return found;
}

void recall_keep_place(struct recall *recall, struct moment now, const struct place *place)
{
	const struct standing *s = &place->standing;
	if (!place->known || s->code.n > NAME_MAX_BYTES || s->name.n > NAME_MAX_BYTES || !turn_to(recall, now))
		return;
	struct place_cell *cell = place_cell(recall, place->instansi_id);
	cell->turn = recall->turn;
	cell->place = *place;
	memcpy(cell->code, s->code.at, s->code.n);
	memcpy(cell->name, s->name.at, s->name.n);
	cell->place.standing.code = str_from(cell->code, s->code.n);
	cell->place.standing.name = str_from(cell->name, s->name.n);
	done(recall);
}

/* ---- NDA (J.VI.E) ---- */

static struct nda_cell *nda_cell(struct recall *recall, int64_t instansi_id, struct str user_id)
{
	uint64_t hash = (uint64_t)instansi_id;
	for (size_t i = 0; i < user_id.n; i++)
		hash = (hash ^ (unsigned char)user_id.at[i]) * UINT64_C(0x100000001b3); /* FNV-1a */
	return &recall->ndas[(hash ^ hash >> 32) % NDAS];
}

bool recall_nda(struct recall *recall, struct moment now, int64_t instansi_id, struct str user_id, bool *ret)
{
	if (user_id.n > USER_ID_MAX || !turn_to(recall, now))
		return false;
	const struct nda_cell *cell = nda_cell(recall, instansi_id, user_id);
	bool found = cell->turn == recall->turn && cell->instansi_id == instansi_id &&
	             str_eq(user_id, str_from(cell->user_id, cell->n));
	if (found)
		*ret = cell->valid;
	done(recall);
	return found;
}

void recall_keep_nda(struct recall *recall, struct moment now, int64_t instansi_id, struct str user_id, bool valid)
{
	if (user_id.n > USER_ID_MAX || !turn_to(recall, now))
		return;
	struct nda_cell *cell = nda_cell(recall, instansi_id, user_id);
	*cell = (struct nda_cell){recall->turn, instansi_id, (unsigned char)user_id.n, valid, {0}};
	memcpy(cell->user_id, user_id.at, user_id.n);
	done(recall);
}

/* ---- kejadian ---- */

bool recall_kejadian(struct recall *recall, struct moment now, int64_t instansi_id, int64_t kejadian_id, bool *ret)
{
	if (!turn_to(recall, now))
		return false;
	const struct kejadian_cell *cell = &recall->kejadian[(uint64_t)kejadian_id % KEJADIAN];
	bool found = cell->turn == recall->turn && cell->instansi_id == instansi_id && cell->kejadian_id == kejadian_id;
	if (found)
		*ret = cell->open;
	done(recall);
	return found;
}

void recall_keep_kejadian(struct recall *recall, struct moment now, int64_t instansi_id, int64_t kejadian_id, bool open)
{
	if (!turn_to(recall, now))
		return;
	recall->kejadian[(uint64_t)kejadian_id % KEJADIAN] = (struct kejadian_cell){recall->turn, instansi_id, kejadian_id, open};
	done(recall);
}
