/* SPDX-License-Identifier: EUPL-1.2
 * jobs/reply.c - see reply.h. */
#include "jobs/reply.h"

#include <jansson.h>

#include "jobs/trouble.h"

#define SUCCESS "Success"
#define SENT_BEFORE "Data sudah pernah dikirim"

static void later(struct outbox_result *ret, enum trouble trouble, int status)
{
	ret->end = OUTBOX_LATER;
	ret->trouble = str_c(trouble_at(trouble)->key);
	ret->status = status;
}

static struct str text_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	return json_is_string(value) ? str_from(json_string_value(value), json_string_length(value)) : S("");
}

static bool says(const json_t *reply, const char *words)
{
	return str_ieq(str_trim(text_of(reply, "message")), str_c(words));
}

/* "nik: Tidak sesuai format NIK." */
static struct str reason_of(const json_t *one, struct arena *arena)
{
	struct str field = text_of(one, "field"), reason = text_of(one, "reason");
	if (field.n == 0)
		return arena_str(arena, reason);
	return arena_printf(arena, "%.*s: %.*s", STR_ARG(field), STR_ARG(reason));
}

/* The items named; those nobody sent are passed over. */
static size_t read_refused(const json_t *reply, size_t items, struct arena *arena, struct outbox_refused *out)
{
	const json_t *errors = json_object_get(reply, "errors"), *one;
	size_t i, n = 0;
	bool *named = ARENA_ARRAY(arena, items + 1, bool);
	json_array_foreach(errors, i, one)
	{
		const json_t *item = json_object_get(one, "item");
		json_int_t at = json_is_integer(item) ? json_integer_value(item) : -1;
		if (!named || at < 0 || at >= (json_int_t)items || named[at])
			continue;
		named[at] = true;
		out[n++] = (struct outbox_refused){(size_t)at, reason_of(one, arena)};
	}
	return n;
}

static void judge_refusal(const json_t *reply, size_t items, struct arena *arena, struct outbox_result *ret)
{
	struct outbox_refused *refused = ARENA_ARRAY(arena, items + 1, struct outbox_refused);
	if (!refused) {
		later(ret, TROUBLE_OURS, 0);
		return;
	}
	ret->refused = refused;
	ret->refused_n = read_refused(reply, items, arena, refused);
	ret->end = ret->refused_n ? OUTBOX_REFUSED : OUTBOX_DIVIDED;
	if (ret->refused_n == 0) { /* the reason, for when only one is left */
		refused[0] = (struct outbox_refused){0, arena_str(arena, text_of(reply, "message"))};
		ret->refused_n = 1;
	}
}

static void judge_other(int status, struct outbox_result *ret)
{
	if (status == 401 || status == 403)
		later(ret, TROUBLE_TOKEN, status);
	else if (status == 429 || status >= 500)
		later(ret, TROUBLE_BUSY, status);
	else if (status >= 300 && status < 400)
		later(ret, TROUBLE_REDIRECT, status);
	else
		later(ret, TROUBLE_REPLY, status);
}

void reply_judge(int status, struct str body, size_t items, struct arena *arena, struct outbox_result *ret)
{
	json_t *reply = body.n ? json_loadb(body.at, body.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	*ret = (struct outbox_result){.end = OUTBOX_LATER, .trouble = {NULL, 0}};
	if ((status == 200 && says(reply, SUCCESS)) || (status == 400 && says(reply, SENT_BEFORE)))
		ret->end = OUTBOX_DELIVERED;
	else if (status == 422 && json_is_object(reply))
		judge_refusal(reply, items, arena, ret);
	else if (status == 413 && items > 1)
		ret->end = OUTBOX_DIVIDED;
	else
		judge_other(status, ret);
	json_decref(reply);
}
