/* SPDX-License-Identifier: EUPL-1.2
 * agreement/change.c - see change.h. Two sets of terms differ where the table of fields
 * says different words about them; what the table does not know (the guard's
 * thresholds) is compared as it stands. */
#include "agreement/change.h"

#include <jansson.h>
#include <stdlib.h>

#include "agreement/field.h"

#define WORDS_MAX ((size_t)64 << 10)

static enum rc words_of(const json_t *terms, const struct field *field, struct arena *arena, struct str *ret, struct err *err)
{
	BUF_AUTO words = BUF(WORDS_MAX);
	if (terms)
		field_words(terms, field, &words);
	*ret = words.n ? arena_str(arena, buf_str(&words)) : S("");
	return buf_ok(&words) && !arena->broken ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static struct str guard_of(const json_t *terms, struct arena *arena)
{
	char *text = json_dumps(json_object_get(terms, "guard"), JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
	struct str ret = text ? arena_str(arena, str_c(text)) : S("");
	free(text); /* tidy: allow, jansson's */
	return str_eq(ret, S("{}")) ? S("") : ret;
}

static enum rc compare(const json_t *before, const json_t *after, struct arena *arena, struct change *list, size_t *n,
                       struct err *err)
{
	for (size_t i = 0; field_at(i); i++) {
		const struct field *field = field_at(i);
		struct change one = {.section = field->section, .label = field->label};
		TRY(words_of(before, field, arena, &one.before, err));
		TRY(words_of(after, field, arena, &one.after, err));
		if (!str_eq(one.before, one.after) && *n < CHANGES_MAX)
			list[(*n)++] = one;
	}
	struct change guard = {"Penjaga pola", "Ambang penjaga pola", guard_of(before, arena), guard_of(after, arena)};
	if (!str_eq(guard.before, guard.after) && *n < CHANGES_MAX)
		list[(*n)++] = guard;
	return RC_OK;
}

enum rc change_list(struct str before, struct str after, struct arena *arena, struct change **ret, size_t *ret_n, struct err *err)
{
	json_t *old = before.n ? json_loadb(before.at, before.n, 0, NULL) : NULL;
	json_t *new = json_loadb(after.at ? after.at : "", after.n, 0, NULL);
	*ret = ARENA_ARRAY(arena, CHANGES_MAX, struct change);
	*ret_n = 0;
	enum rc rc = !new || (before.n && !old) || !*ret ? FAIL(err, RC_BROKEN, "isi perjanjian tidak dapat dibandingkan")
	                                                 : compare(old, new, arena, *ret, ret_n, err);
	json_decref(old);
	json_decref(new);
	return rc;
}
