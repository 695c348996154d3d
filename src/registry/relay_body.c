/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_body.c - see relay_body.h. */
#include "registry/relay_body.h"

#include "registry/compare.h"

static void add_pair(struct buf *out, const char *key, struct str value)
{
	buf_addf(out, ",\"%s\":", key);
	buf_add_json(out, value);
}

static void add_claim(struct buf *out, const struct relay_question *q)
{
	element_set asked = q->elements & compare_asked(q->claim);
	for (int e = 0; e < ELEMENT_COUNT; e++)
		if (asked & ELEMENT_BIT(e))
			add_pair(out, element_at((size_t)e)->key, q->claim->said[e]);
	buf_addf(out, ",\"TRESHOLD\":\"%d\"", q->claim->threshold);
}

const char *relay_method_key(enum method method)
{
	return method_at(method == METHOD_VERIFY ? METHOD_VERIFY : METHOD_CALL_NIK)->key;
}

void relay_body_write(struct buf *out, const struct relay_question *q, const struct relay_user *user)
{
	buf_addf(out, "{\"NIK\":\"%s\"", nik_digits(q->nik).z);
	if (q->method == METHOD_VERIFY && q->claim)
		add_claim(out, q);
	buf_addz(out, ",\"transactionId\":\"");
	for (size_t i = 0; i < sizeof q->hit; i++)
		buf_addf(out, "%02x", q->hit[i]);
	buf_addc(out, '"');
	add_pair(out, "user_id", user->user_id);
	add_pair(out, "password", user->password);
	add_pair(out, "IP_USER", user->ip_user);
	buf_addc(out, '}');
}
