/* SPDX-License-Identifier: EUPL-1.2
 * policy/facts.c - see facts.h.
 *
 * Everything distinct is found by sorting (number, number, index) and walking the
 * runs, so that reading stays in order of instansi id and costs one query a thing. */
#include "policy/facts.h"

#include <stdlib.h>

#include "agreement/kejadian.h"
#include "agreement/paper.h"
#include "store/store.h"

static int compare(const void *left, const void *right)
{
	const struct fact_key *l = left, *r = right;
	if (l->a != r->a)
		return l->a < r->a ? -1 : 1;
	if (l->b != r->b)
		return l->b < r->b ? -1 : 1;
	return (l->at > r->at) - (l->at < r->at);
}

void fact_keys_sort(struct fact_key *keys, size_t n)
{
	qsort(keys, n, sizeof *keys, compare);
}

size_t fact_keys_run(const struct fact_key *keys, size_t n, size_t from)
{
	size_t to = from;
	while (to < n && keys[to].a == keys[from].a && keys[to].b == keys[from].b)
		to++;
	return to;
}

bool facts_may_look_up(const struct principal *who)
{
	return ROLE_BIT(principal_role(who)) & ROLES_INSTANSI && principal_instansi(who) != 0;
}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- instansi ---- */

struct places {
	struct place *at;
	size_t n;
};

static size_t places_named(const struct policy_tray *tray, struct fact_key *keys)
{
	size_t named = 0;
	for (size_t i = 0; i < tray->n; i++) {
		const struct policy_ask *ask = &tray->asks[i];
		int64_t home = ask->who ? principal_instansi(ask->who) : 0;
		if (home)
			keys[named++] = (struct fact_key){.a = home};
		if (ask->path_instansi > 0 && ask->path_instansi != home)
			keys[named++] = (struct fact_key){.a = ask->path_instansi};
	}
	fact_keys_sort(keys, named);
	return named;
}

/* One round trip for all of them; one by one when there is a stranger among them. */
static enum rc places_ask(const struct policy_tray *tray, const int64_t *ids, size_t n, struct place *ret, struct err *err)
{
	struct standing *standings = ARENA_ARRAY(tx_arena(tray->tx), n, struct standing);
	if (!standings)
		return no_memory(err);
	enum rc all = agreement_standings(tray->agreement, tray->tx, ids, n, tray->now_us, standings, err);
	if (all != RC_OK && all != RC_ABSENT)
		return all;
	for (size_t i = 0; i < n; i++) {
		enum rc rc = all;
		if (all == RC_ABSENT)
			rc = agreement_standing(tray->agreement, tray->tx, ids[i], tray->now_us, &standings[i], err);
		if (rc != RC_OK && rc != RC_ABSENT)
			return rc;
		ret[i] = (struct place){.instansi_id = ids[i], .known = rc == RC_OK};
		if (rc == RC_OK)
			ret[i].standing = standings[i];
		recall_keep_place(tray->recall, tray->moment, &ret[i]);
	}
	return RC_OK;
}

/* What is remembered, and the rest asked for. */
static enum rc places_fill(const struct policy_tray *tray, const int64_t *ids, size_t n, struct place *ret, struct err *err)
{
	struct arena *arena = tx_arena(tray->tx);
	int64_t *rest = ARENA_ARRAY(arena, n, int64_t);
	struct place *asked = ARENA_ARRAY(arena, n, struct place);
	size_t rest_n = 0;
	if (!rest || !asked)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		if (!recall_place(tray->recall, tray->moment, ids[i], arena, &ret[i]))
			rest[rest_n++] = ids[i];
	if (rest_n == 0)
		return RC_OK;
	TRY(places_ask(tray, rest, rest_n, asked, err));
	for (size_t i = 0, k = 0; i < n && k < rest_n; i++)
		if (ids[i] == rest[k])
			ret[i] = asked[k++];
	return RC_OK;
}

static enum rc places_read(const struct policy_tray *tray, struct places *ret, struct err *err)
{
	struct arena *arena = tx_arena(tray->tx);
	struct fact_key *keys = ARENA_ARRAY(arena, 2 * tray->n, struct fact_key);
	int64_t *ids = ARENA_ARRAY(arena, 2 * tray->n, int64_t);
	if (!keys || !ids)
		return no_memory(err);
	size_t named = places_named(tray, keys);
	for (size_t i = 0; i < named; i = fact_keys_run(keys, named, i))
		ids[ret->n++] = keys[i].a;
	if (ret->n == 0)
		return RC_OK;
	ret->at = ARENA_ARRAY(arena, ret->n, struct place);
	if (!ret->at)
		return no_memory(err);
	return places_fill(tray, ids, ret->n, ret->at, err);
}

static const struct place *place_find(const struct places *places, int64_t instansi_id)
{
	size_t low = 0, high = places->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (places->at[middle].instansi_id < instansi_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < places->n && places->at[low].instansi_id == instansi_id ? &places->at[low] : NULL;
}

/* ---- the peer (P2.1b, J.I.A) ---- */

/* The list of the path's instansi comes first, so that it reveals nothing about the
 * credential. The provider's own people have no list; a stranger who names no
 * instansi must at least be at a known place. */
static enum rc peer_read(const struct policy_tray *tray, const struct policy_ask *ask, struct fact *fact, struct err *err)
{
	struct agreement *agreement = tray->agreement;
	const struct place *place = ask->path_instansi ? fact->path : fact->home;
	fact->peer_allowed = !ask->path_instansi && ask->who;
	if (!place && !ask->path_instansi && !ask->who)
		return agreement_knows_peer(agreement, tray->tx, &ask->peer, tray->now_us, &fact->peer_allowed, err);
	if (!place)
		return RC_OK;
	fact->peer_allowed = false;
	if (!place->known)
		return RC_OK;
	if (!place->standing.terms)
		return agreement_allows(agreement, tray->tx, place->instansi_id, &ask->peer, tray->now_us,
		                        &fact->peer_allowed, err);
	fact->peer_allowed = terms_allow(place->standing.terms, &ask->peer);
	return RC_OK;
}

/* ---- NDA (J.VI.E) ---- */

/* Keys of what is remembered are answered and taken out: how many are left. */
static size_t nda_recall(const struct policy_tray *tray, struct fact_key *keys, size_t n, struct fact *facts)
{
	size_t left = 0;
	for (size_t i = 0; i < n; i++) {
		const struct principal *who = tray->asks[keys[i].at].who;
		bool *nda = &facts[keys[i].at].nda;
		if (!recall_nda(tray->recall, tray->moment, principal_instansi(who), principal_user_id(who), nda))
			keys[left++] = keys[i];
	}
	return left;
}

static size_t nda_asks(const struct policy_ask *asks, struct fact_key *keys, size_t n, struct paper_nda *ret)
{
	size_t distinct = 0;
	for (size_t i = 0; i < n; i = fact_keys_run(keys, n, i)) {
		const struct principal *who = asks[keys[i].at].who;
		ret[distinct++] = (struct paper_nda){principal_instansi(who), principal_user_id(who)};
	}
	return distinct;
}

static enum rc nda_read(const struct policy_tray *tray, struct fact *facts, struct err *err)
{
	struct arena *arena = tx_arena(tray->tx);
	const struct policy_ask *asks = tray->asks;
	struct fact_key *keys = ARENA_ARRAY(arena, tray->n, struct fact_key);
	struct paper_nda *papers = ARENA_ARRAY(arena, tray->n, struct paper_nda);
	bool *valid = ARENA_ARRAY(arena, tray->n, bool);
	size_t count = 0, distinct = 0;
	if (!keys || !papers || !valid)
		return no_memory(err);
	for (size_t i = 0; i < tray->n; i++)
		if (asks[i].who && facts_may_look_up(asks[i].who))
			keys[count++] = (struct fact_key){.a = principal_user(asks[i].who), .at = i};
	count = nda_recall(tray, keys, count, facts);
	if (count == 0)
		return RC_OK;
	fact_keys_sort(keys, count);
	size_t asked = nda_asks(asks, keys, count, papers);
	TRY(paper_nda_valid(tray->tx, papers, asked, day_of_us(tray->now_us), valid, err));
	for (size_t i = 0; i < asked; i++)
		recall_keep_nda(tray->recall, tray->moment, papers[i].instansi_id, papers[i].user_id, valid[i]);
	for (size_t i = 0; i < count; distinct++)
		for (size_t end = fact_keys_run(keys, count, i); i < end; i++)
			facts[keys[i].at].nda = valid[distinct];
	return RC_OK;
}

enum rc facts_read(const struct policy_tray *tray, struct fact **ret, struct err *err)
{
	struct places places = {0};
	struct fact *facts = ARENA_ARRAY(tx_arena(tray->tx), tray->n, struct fact);
	if (!facts)
		return no_memory(err);
	TRY(places_read(tray, &places, err));
	for (size_t i = 0; i < tray->n; i++) {
		const struct policy_ask *ask = &tray->asks[i];
		if (ask->who)
			facts[i].home = place_find(&places, principal_instansi(ask->who));
		if (ask->path_instansi)
			facts[i].path = place_find(&places, ask->path_instansi);
		TRY(peer_read(tray, ask, &facts[i], err));
	}
	TRY(nda_read(tray, facts, err));
	*ret = facts;
	return RC_OK;
}

/* ---- kejadian ---- */

static void kejadian_fill(struct fact *fact, int64_t kejadian_id, bool open)
{
	fact->kejadian_id = kejadian_id;
	fact->kejadian_open = open;
}

/* What is remembered is filled in; the keys of the rest, sorted. */
static size_t kejadian_named(const struct policy_tray *tray, struct fact *facts, struct fact_key *keys)
{
	size_t named = 0;
	for (size_t i = 0; i < tray->n; i++) {
		const struct policy_ask *ask = &tray->asks[i];
		bool open;
		if (!facts[i].home || !ask->who)
			continue;
		int64_t id = policy_kejadian(ask);
		if (id > 0 && recall_kejadian(tray->recall, tray->moment, facts[i].home->instansi_id, id, &open))
			kejadian_fill(&facts[i], id, open);
		else if (id > 0)
			keys[named++] = (struct fact_key){.a = facts[i].home->instansi_id, .b = id, .at = i};
	}
	fact_keys_sort(keys, named);
	return named;
}

static enum rc kejadian_ask(const struct policy_tray *tray, struct fact *facts, const struct fact_key *keys, size_t named,
                            struct err *err)
{
	struct arena *arena = tx_arena(tray->tx);
	struct kejadian_key *wanted = ARENA_ARRAY(arena, named, struct kejadian_key);
	struct kejadian *rows = ARENA_ARRAY(arena, named, struct kejadian);
	bool *found = ARENA_ARRAY(arena, named, bool);
	size_t distinct = 0;
	if (!wanted || !rows || !found)
		return no_memory(err);
	for (size_t i = 0; i < named; i = fact_keys_run(keys, named, i))
		wanted[distinct++] = (struct kejadian_key){keys[i].a, keys[i].b};
	TRY(kejadian_find(tray->tx, wanted, distinct, rows, found, err));
	for (size_t i = 0, k = 0; i < named; k++) {
		if (found[k])
			recall_keep_kejadian(tray->recall, tray->moment, keys[i].a, keys[i].b, rows[k].open);
		for (size_t end = fact_keys_run(keys, named, i); i < end; i++)
			kejadian_fill(&facts[keys[i].at], found[k] ? keys[i].b : 0, found[k] && rows[k].open);
	}
	return RC_OK;
}

enum rc facts_read_kejadian(const struct policy_tray *tray, struct fact *facts, struct err *err)
{
	struct fact_key *keys = ARENA_ARRAY(tx_arena(tray->tx), tray->n, struct fact_key);
	if (!keys)
		return no_memory(err);
	size_t named = kejadian_named(tray, facts, keys);
	return named ? kejadian_ask(tray, facts, keys, named, err) : RC_OK;
}
