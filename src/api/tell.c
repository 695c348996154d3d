/* SPDX-License-Identifier: EUPL-1.2
 * api/tell.c - see tell.h. */
#include "api/tell.h"

#include "feedback/sandbox.h"

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

enum rc tell_standing(struct visit *v, const struct kejadian **ret, struct err *err)
{
	struct kejadian *standing = ARENA_NEW(visit_page_arena(v), struct kejadian);
	*ret = NULL;
	if (!standing)
		return no_memory(err);
	if (principal_kejadian(v->who) == 0)
		return RC_OK;
	enum rc rc = kejadian_get(v->tx, principal_instansi(v->who), principal_kejadian(v->who), standing, err);
	if (rc == RC_OK)
		*ret = standing;
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* Mostly all items of a request name the same one: it is asked for once. */
static bool is_new(const int64_t *ids, size_t i)
{
	return ids[i] && (i == 0 || ids[i] != ids[i - 1]);
}

enum rc tell_numbered(struct visit *v, const int64_t *ids, size_t n, const struct kejadian **ret, struct err *err)
{
	struct arena *arena = visit_page_arena(v);
	struct kejadian_key *keys = ARENA_ARRAY(arena, n, struct kejadian_key);
	struct kejadian *rows = ARENA_ARRAY(arena, n, struct kejadian);
	bool *found = ARENA_ARRAY(arena, n, bool);
	size_t numbers = 0;
	if (!keys || !rows || !found)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		if (is_new(ids, i))
			keys[numbers++] = (struct kejadian_key){principal_instansi(v->who), ids[i]};
	TRY(kejadian_find(v->tx, keys, numbers, rows, found, err));
	numbers = 0;
	for (size_t i = 0; i < n; i++) {
		if (is_new(ids, i))
			numbers++;
		ret[i] = ids[i] && found[numbers - 1] ? &rows[numbers - 1] : NULL;
	}
	return RC_OK;
}

enum rc tell_records(struct visit *v, const struct record *records, size_t n, enum record_fate *ret, struct err *err)
{
	struct entry by = {0};
	struct err why = {0};
	visit_sign(v, &by);
	enum rc rc = record_tell(visit_feedback(v), v->tx, &by, TOLD_SERVICE, records, n, ret, &why);
	if (rc == RC_CONFLICT)
		return FAIL(err, RC_BROKEN, "%.180s", why.what);
	if (rc != RC_OK)
		*err = why;
	return rc;
}

enum rc tell_rehearsed(struct visit *v, const struct record *records, size_t n, enum record_fate *ret, struct err *err)
{
	struct entry entry = {.act = ACT_FEEDBACK, .outcome = "ok"};
	size_t same = 0;
	TRY(sandbox_tell(visit_feedback(v), records, n, v->now_us, ret, err));
	for (size_t i = 0; i < n; i++)
		same += ret[i] == RECORD_SAME;
	entry.about = arena_printf(visit_page_arena(v), "feedback n=%zu%s", n, same == n ? " same" : "");
	return visit_journal(v, entry, NULL, err);
}
