/* SPDX-License-Identifier: EUPL-1.2
 * api/wire.c - see wire.h. Written by hand rather than through a JSON library: numbers of
 * sixteen digits stay digits from the registry to the wire, and no second copy of an answer
 * is left behind. */
#include "api/wire.h"

#include "gate/answer.h"

/* ---- the envelope ---- */

static void add_tail(struct buf *out, int n)
{
	buf_addf(out, "],\"lastPage\":true,\"numberOfElements\":%d,\"sort\":null,\"totalElements\":%d,\"firstPage\":true,", n, n);
	buf_addf(out, "\"number\":0,\"size\":%d", n);
}

bool wire_tells_quota(const struct verdict *verdict)
{
	bool counted = outcome_get(verdict->outcome)->hit || verdict->outcome == OUTCOME_FORMAT;
	return (counted || verdict->outcome == OUTCOME_QUOTA) && verdict->quota_left >= 0;
}

/* ---- the content ---- */

static void add_outcome(struct buf *out, enum outcome outcome)
{
	const struct outcome_row *row = outcome_get(outcome);
	buf_addf(out, "{\"RESPONSE_CODE\":\"%s\",\"RESPON\":", row->code);
	buf_add_json(out, str_c(row->wire));
	buf_addz(out, ",\"RESPONSE\":");
	buf_add_json(out, str_c(row->wire));
	buf_addc(out, '}');
}

static void add_key(struct buf *out, enum element element, bool first)
{
	buf_addz(out, first ? "" : ",");
	buf_add_json(out, str_c(element_at(element)->key));
	buf_addc(out, ':');
}

/* "002" is no number in JSON. */
static struct str number(struct str digits)
{
	while (digits.n > 1 && digits.at[0] == '0')
		digits = str_sub(digits, 1, digits.n);
	return digits;
}

static void add_data(struct buf *out, const struct answer *answer)
{
	bool first = true;
	for (enum element e = 0; e < ELEMENT_COUNT; e++) {
		struct str text = gate_answer_element(answer, e);
		if (!text.at)
			continue;
		add_key(out, e, first);
		if (element_at(e)->number)
			buf_add(out, number(text));
		else
			buf_add_json(out, text);
		first = false;
	}
}

/* "Sesuai", "Tidak Sesuai (59)". */
static void add_accords(struct buf *out, const struct answer *answer)
{
	bool first = true;
	for (enum element e = 0; e < ELEMENT_COUNT; e++) {
		struct accord accord = gate_answer_accord(answer, e);
		if (!accord.asked)
			continue;
		add_key(out, e, first);
		buf_addz(out, accord.same ? "\"Sesuai" : "\"Tidak Sesuai");
		if (accord.scored)
			buf_addf(out, " (%d)", accord.score);
		buf_addc(out, '"');
		first = false;
	}
}

/* An answer has texts or accords, never both. */
static void add_answer(struct buf *out, const struct answer *answer)
{
	buf_addc(out, '{');
	add_data(out, answer);
	add_accords(out, answer);
	buf_addc(out, '}');
}

/* ---- doors ---- */

void wire_verdict(struct buf *out, const struct verdict *verdict)
{
	buf_addz(out, "{\"content\":[");
	if (verdict->outcome == OUTCOME_DATA)
		add_answer(out, verdict->answer);
	else
		add_outcome(out, verdict->outcome);
	add_tail(out, 1);
	if (wire_tells_quota(verdict))
		buf_addf(out, ",\"quotaLimiter\":%lld", (long long)verdict->quota_left);
	buf_addc(out, '}');
}

void wire_outcome(struct buf *out, enum outcome outcome)
{
	buf_addz(out, "{\"content\":[");
	add_outcome(out, outcome);
	add_tail(out, 1);
	buf_addc(out, '}');
}

void wire_empty(struct buf *out)
{
	buf_addz(out, "{\"content\":[");
	add_tail(out, 0);
	buf_addc(out, '}');
}
