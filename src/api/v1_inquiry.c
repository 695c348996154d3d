/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_inquiry.c - see v1_inquiry.h. Answers are written by hand, as in api/wire.c: no
 * second copy of one is left behind. */
#include "api/v1_inquiry.h"

#include "api/content.h"
#include "api/v1_element.h"
#include "api/v1_inquiry_body.h"
#include "api/v1_key.h"
#include "api/v1_reply.h"
#include "api/wire.h"
#include "gate/answer.h"

/* From `inquiry` to the page. */
struct asked {
	bool not_json; /* says it is something else */
	struct v1_inquiry_body body;
};

/* ---- the inquiry ---- */

static bool is_malformed(const struct asked *asked)
{
	return asked->not_json || asked->body.unread || asked->body.flaws_n > 0;
}

/* A key of get_json's transactionId is another one, though it be the same text. */
static struct str repeat_key(struct visit *v, const struct asked *asked)
{
	if (!asked->body.key.at)
		return (struct str){NULL, 0};
	return arena_printf(v->arena, "v1\n%.*s", STR_ARG(asked->body.key));
}

static enum rc inquire(struct visit *v, enum method method, struct inquiry *ret, struct err *err)
{
	struct asked *asked = ARENA_NEW(v->arena, struct asked);
	const struct v1_inquiry_ask ask = {method, http_body(v->rq), http_header(v->rq, V1_KEY)};
	if (!asked)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = asked;
	asked->not_json = ask.json.n && content_of(v) != CONTENT_JSON;
	if (!asked->not_json)
		TRY(v1_inquiry_body_read(&ask, v->arena, &asked->body, err));
	const struct v1_inquiry_body *body = &asked->body;
	*ret = (struct inquiry){
	        .against = is_malformed(asked) ? GROUND_BIT(GROUND_MALFORMED) : 0,
	        .method = method,
	        .claim = method == METHOD_VERIFY ? &body->claim : NULL,
	        .nik_bad = body->nik_bad,
	        .nik = body->nik,
	        .flaw = body->flaw,
	        .wanted = body->wanted,
	        .kejadian_id = body->kejadian_id,
	        .document = body->document,
	        .repeat_key = repeat_key(v, asked),
	        .repeat_body = ask.json,
	        .repeat_strict = true,
	};
	return RC_OK;
}

enum rc v1_verifikasi(struct visit *v, struct inquiry *ret, struct err *err)
{
	return inquire(v, METHOD_CALL_NIK, ret, err);
}

enum rc v1_kesesuaian(struct visit *v, struct inquiry *ret, struct err *err)
{
	return inquire(v, METHOD_VERIFY, ret, err);
}

/* ---- refusals ---- */

static enum problem problem_of(const struct visit *v)
{
	const struct asked *asked = v->own;
	if (v->verdict->clash)
		return PROBLEM_KEY_USED;
	if (v->verdict->ground != GROUND_MALFORMED)
		return problem_of_ground(v->verdict->ground);
	if (asked->not_json)
		return PROBLEM_CONTENT_TYPE;
	return asked->body.unread ? PROBLEM_UNREAD : PROBLEM_PARAMETER;
}

/* Of a rehearsal nobody counted anything (doc/sandbox.md): its day ends with the calendar's. */
static int64_t wait_s(const struct visit *v)
{
	int64_t resets_us = v->verdict->quota_resets_us;
	if (!resets_us)
		resets_us = day_begin_us((struct day){day_of_us(v->now_us).n + 1});
	return (resets_us - v->now_us + US_PER_S - 1) / US_PER_S;
}

static void draw_refusal(struct visit *v)
{
	const struct asked *asked = v->own;
	const struct verdict *verdict = v->verdict;
	struct ref_text ref = receipt_ref(verdict->receipt);
	struct problem_told told = {
	        .problem = problem_of(v),
	        .ground = verdict->clash ? GROUND_NONE : verdict->ground,
	        .reference = str_c(ref.z),
	        .flaws = asked->body.flaws,
	        .flaws_n = asked->body.flaws_n,
	        .wait_s = verdict->ground == GROUND_QUOTA ? wait_s(v) : 0,
	};
	problem_reply(v, &told);
}

/* ---- answers ---- */

static void add_key(struct buf *out, enum element e, bool *first)
{
	buf_addf(out, "%s\"%s\":", *first ? "" : ",", v1_element_key(e));
	*first = false;
}

static void add_data(struct buf *out, const struct answer *answer)
{
	bool first = true;
	buf_addz(out, ",\"data\":{");
	for (enum element e = 0; e < ELEMENT_COUNT; e++) {
		struct str text = gate_answer_element(answer, e);
		if (!text.at)
			continue;
		add_key(out, e, &first);
		buf_add_json(out, text);
	}
	buf_addc(out, '}');
}

static void add_accords(struct buf *out, const struct answer *answer)
{
	bool first = true;
	buf_addz(out, ",\"hasil\":{");
	for (enum element e = 0; e < ELEMENT_COUNT; e++) {
		struct accord accord = gate_answer_accord(answer, e);
		if (!accord.asked)
			continue;
		add_key(out, e, &first);
		buf_addf(out, "{\"sesuai\":%s", accord.same ? "true" : "false");
		if (accord.scored)
			buf_addf(out, ",\"skor\":%d", accord.score);
		buf_addc(out, '}');
	}
	buf_addc(out, '}');
}

static void add_told(struct buf *out, const struct visit *v)
{
	const struct verdict *verdict = v->verdict;
	const struct outcome_row *row = outcome_get(verdict->outcome);
	bool verify = v->route->scope == SCOPE_KESESUAIAN;
	buf_addf(out, "{\"kode\":\"%s\"", row->code);
	if (verdict->outcome != OUTCOME_DATA) {
		buf_addz(out, ",\"teks\":");
		buf_add_json(out, str_c(row->portal));
	} else if (verify) {
		add_accords(out, verdict->answer);
	} else {
		add_data(out, verdict->answer);
	}
}

static enum rc draw_answer(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(WIRE_MAX);
	const struct verdict *verdict = v->verdict;
	add_told(&out, v);
	buf_addz(&out, ",\"data_per\":");
	v1_add_day(&out, gate_answer_as_of(verdict->answer));
	buf_addz(&out, ",\"kejadian\":");
	if (verdict->kejadian_id)
		buf_add_int(&out, verdict->kejadian_id);
	else
		buf_addz(&out, "null"); /* of a rehearsal */
	buf_addf(&out, ",\"ulangan\":%s,\"referensi\":\"%s\",\"waktu\":", verdict->repeat ? "true" : "false",
	         receipt_ref(verdict->receipt).z);
	v1_add_time(&out, receipt_time_us(verdict->receipt));
	buf_addc(&out, '}');
	if (!buf_ok(&out))
		return FAIL(err, RC_BROKEN, "jawaban terlalu besar");
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}

/* draft-ietf-httpapi-ratelimit-headers: of the instansi and method, until the next WIB day. */
static void add_limits(struct visit *v)
{
	const struct verdict *verdict = v->verdict;
	const char *name = scope_at(v->route->scope)->key;
	if (!wire_tells_quota(verdict))
		return;
	http_add_header(&v->out, "RateLimit-Policy",
	                arena_printf(v->arena, "\"%s\";q=%lld;w=86400", name, (long long)verdict->quota_limit));
	http_add_header(&v->out, "RateLimit",
	                arena_printf(v->arena, "\"%s\";r=%lld;t=%lld", name, (long long)verdict->quota_left, (long long)wait_s(v)));
}

enum rc v1_inquiry_page(struct visit *v, struct err *err)
{
	if (v->verdict->ground == GROUND_NONE)
		TRY(draw_answer(v, err));
	else
		draw_refusal(v);
	add_limits(v);
	return RC_OK;
}
