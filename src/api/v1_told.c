/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_told.c - see v1_told.h. Every step may refuse, and only the last one writes. */
#include "api/v1_told.h"

#include "api/tell.h"
#include "api/v1_reply.h"
#include "api/v1_told_body.h"
#include "gate/bearer.h"

#define LIST "balikan"
#define REPLY_MAX (1 << 17)
#define UNKNOWN "Kejadian itu tidak ada pada instansi Anda."
#define NONE "Harus diisi: user ID ini tidak mempunyai kejadian tetap."
#define CROWD "Paling banyak 50 data balikan tentang satu orang dalam satu permintaan."
#define UNASKED "Data orang itu belum pernah diakses pada kejadian ini: tidak ada yang perlu dibebaskan."

/* One request under way. */
struct request {
	struct visit *v;
	struct arena *arena;
	struct v1_body body;
	bool many;
	struct v1_told *items;
	struct str *places; /* JSON pointers of the items */
	struct record *records;
	enum record_fate *fates;
	size_t n;
	bool over;      /* an answer is drawn */
	bool rehearsal; /* a sandbox user id: nothing real is read or written (J.II.D) */
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- refusing ---- */

static enum rc refuse(struct request *q, const struct problem_told *told, const char *ground, struct err *err)
{
	q->over = true;
	problem_reply(q->v, told);
	return bearer_refused(q->v, ground, err);
}

static enum rc refuse_flaws(struct request *q, struct err *err)
{
	if (!v1_refuse_flaws(q->v, &q->body))
		return RC_OK;
	q->over = true;
	return bearer_refused(q->v, "malformed", err);
}

static void keep_pace(struct request *q)
{
	int wait_s = bearer_pace(q->v);
	q->over = wait_s > 0;
	if (q->over)
		problem_reply(q->v, &(struct problem_told){.problem = PROBLEM_TOO_OFTEN, .wait_s = wait_s});
}

static enum rc enter(struct request *q, struct err *err)
{
	bool may;
	q->rehearsal = principal_is_sandbox(q->v->who);
	TRY(bearer_may_tell(q->v, &may, err));
	q->over = !may;
	if (!may)
		problem_reply(q->v, &(struct problem_told){.problem = PROBLEM_INSTANSI, .ground = GROUND_METHOD});
	else if (q->rehearsal)
		keep_pace(q);
	return RC_OK;
}

/* ---- the body ---- */

static enum rc make_room(struct request *q, size_t n, struct err *err)
{
	q->n = n;
	q->items = ARENA_ARRAY(q->arena, n, struct v1_told);
	q->places = ARENA_ARRAY(q->arena, n, struct str);
	q->records = ARENA_ARRAY(q->arena, n, struct record);
	q->fates = ARENA_ARRAY(q->arena, n, enum record_fate);
	return q->arena->broken ? no_memory(err) : RC_OK;
}

static void read_item(struct request *q, const json_t *list, size_t i)
{
	const json_t *item = json_array_get(list, i);
	q->places[i] = arena_printf(q->arena, "/" LIST "/%zu", i);
	if (!json_is_object(item)) {
		v1_body_flaw(&q->body, q->places[i], NULL, "Harus berupa objek.");
		return;
	}
	v1_body_check(&q->body, item, q->places[i], v1_told_fields, v1_told_fields_n);
	v1_told_read(&q->body, item, q->places[i], q->v->now_us, &q->items[i]);
}

static enum rc read_many(struct request *q, struct err *err)
{
	static const struct v1_field fields[] = {{LIST, V1_LIST, true, V1_TOLD_MAX}};
	TRY(v1_read(q->v, fields, LEN(fields), &q->body, &q->over, err));
	const json_t *list = json_object_get(q->body.root, LIST);
	if (q->over || q->body.flaws_n)
		return RC_OK;
	TRY(make_room(q, json_array_size(list), err));
	for (size_t i = 0; i < q->n; i++)
		read_item(q, list, i);
	return RC_OK;
}

static enum rc read_one(struct request *q, struct err *err)
{
	TRY(v1_read(q->v, v1_told_fields, v1_told_fields_n, &q->body, &q->over, err));
	if (q->over)
		return RC_OK;
	TRY(make_room(q, 1, err));
	q->places[0] = S("");
	v1_told_read(&q->body, q->body.root, q->places[0], q->v->now_us, &q->items[0]);
	return RC_OK;
}

static enum rc read_body(struct request *q, struct err *err)
{
	TRY(q->many ? read_many(q, err) : read_one(q, err));
	return q->over ? bearer_refused(q->v, "malformed", err) : refuse_flaws(q, err);
}

/* ---- what is told ---- */

static void make_record(struct request *q, size_t i, const struct kejadian *kejadian)
{
	const struct v1_told *item = &q->items[i];
	if (!kejadian) {
		v1_body_flaw(&q->body, q->places[i], "kejadian", item->kejadian_id ? UNKNOWN : NONE);
		return;
	}
	q->records[i] = (struct record){
	        .instansi_id = principal_instansi(q->v->who),
	        .kejadian_id = kejadian->kejadian_id,
	        .nik = item->nik,
	        .told = item->told,
	};
}

/* For whichever kejadian: there is none. What tells two tellings apart is all that they say. */
static enum rc rehearse_records(struct request *q, struct err *err)
{
	for (size_t i = 0; i < q->n; i++) {
		const struct told *told = &q->items[i].told;
		struct str content = arena_printf(q->arena, "%d %d %d %d %d %.*s", (int)told->kind, (int)told->keterangan,
		                                  (int)told->house, (int)told->waiver, (int)told->on.n, STR_ARG(told->note));
		if (!content.at)
			return no_memory(err);
		q->records[i] = (struct record){
		        .instansi_id = principal_instansi(q->v->who), .nik = q->items[i].nik, .told = *told, .content = content};
	}
	return RC_OK;
}

static bool is_same_person(const struct record *a, const struct record *b)
{
	return a->kejadian_id == b->kejadian_id && a->nik.n == b->nik.n;
}

static void check_crowd(struct request *q)
{
	for (size_t i = V1_TOLD_PERSON_MAX; i < q->n; i++) {
		size_t before = 0;
		for (size_t j = 0; j < i; j++)
			before += is_same_person(&q->records[j], &q->records[i]);
		if (before >= V1_TOLD_PERSON_MAX)
			v1_body_flaw(&q->body, q->places[i], "nik", CROWD);
	}
}

static enum rc make_records(struct request *q, struct err *err)
{
	const struct kejadian *standing, **named = ARENA_ARRAY(q->arena, q->n, const struct kejadian *);
	int64_t *ids = ARENA_ARRAY(q->arena, q->n, int64_t);
	if (q->rehearsal)
		return rehearse_records(q, err);
	if (!named || !ids)
		return no_memory(err);
	for (size_t i = 0; i < q->n; i++)
		ids[i] = q->items[i].kejadian_id;
	TRY(tell_standing(q->v, &standing, err));
	TRY(tell_numbered(q->v, ids, q->n, named, err));
	for (size_t i = 0; i < q->n; i++)
		make_record(q, i, ids[i] ? named[i] : standing);
	if (q->body.flaws_n == 0)
		check_crowd(q);
	return refuse_flaws(q, err);
}

/* ---- waivers ---- */

/* Does the request itself tell of him first? */
static bool is_told_before(const struct request *q, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (q->records[j].told.kind == TOLD_VICTIM && is_same_person(&q->records[j], &q->records[i]))
			return true;
	return false;
}

static enum rc refuse_unasked(struct request *q, size_t i, struct err *err)
{
	if (!q->many)
		return refuse(q, &(struct problem_told){.problem = PROBLEM_NOT_OWED}, "unasked", err);
	v1_body_flaw(&q->body, q->places[i], "alasan", UNASKED);
	return RC_OK;
}

/* Nobody known is ever forgotten, so what is seen here holds until the writing. */
static enum rc check_waivers(struct request *q, struct err *err)
{
	struct record *waivers = ARENA_ARRAY(q->arena, q->n, struct record);
	size_t *whose = ARENA_ARRAY(q->arena, q->n, size_t), n = 0;
	struct record_look *looks = ARENA_ARRAY(q->arena, q->n, struct record_look);
	if (q->rehearsal)
		return RC_OK;
	if (!waivers || !whose || !looks)
		return no_memory(err);
	for (size_t i = 0; i < q->n; i++) {
		if (q->records[i].told.kind != TOLD_WAIVER)
			continue;
		whose[n] = i;
		waivers[n++] = q->records[i];
	}
	TRY(record_look(visit_feedback(q->v), q->v->tx, waivers, n, looks, err));
	for (size_t i = 0; i < n && !q->over; i++)
		if (looks[i].fate == RECORD_UNASKED && !is_told_before(q, whose[i]))
			TRY(refuse_unasked(q, whose[i], err));
	return q->over ? RC_OK : refuse_flaws(q, err);
}

/* ---- telling ---- */

static const char *fate_word(enum record_fate fate)
{
	return fate == RECORD_SAVED ? "tersimpan" : "sudah_ada";
}

static void reply_one(struct request *q)
{
	BUF_AUTO out = BUF(REPLY_MAX);
	buf_addf(&out, "{\"hasil\":\"%s\"}", fate_word(q->fates[0]));
	v1_reply(q->v, q->fates[0] == RECORD_SAVED ? 201 : 200, V1_JSON, &out);
}

static void reply_many(struct request *q)
{
	BUF_AUTO out = BUF(REPLY_MAX);
	size_t saved = 0;
	for (size_t i = 0; i < q->n; i++)
		saved += q->fates[i] == RECORD_SAVED;
	buf_addf(&out, "{\"tersimpan\":%zu,\"sudah_ada\":%zu,\"butir\":[", saved, q->n - saved);
	for (size_t i = 0; i < q->n; i++)
		buf_addf(&out, "%s{\"indeks\":%zu,\"hasil\":\"%s\"}", i ? "," : "", i, fate_word(q->fates[i]));
	buf_addz(&out, "]}");
	v1_reply(q->v, 200, V1_JSON, &out);
}

static enum rc tell(struct request *q, struct err *err)
{
	if (q->rehearsal)
		TRY(tell_rehearsed(q->v, q->records, q->n, q->fates, err));
	else
		TRY(tell_records(q->v, q->records, q->n, q->fates, err));
	for (size_t i = 0; i < q->n; i++)
		if (q->fates[i] == RECORD_UNASKED)
			return FAIL(err, RC_BROKEN, "pembebasan tanpa orang yang dikenal");
	if (q->many)
		reply_many(q);
	else
		reply_one(q);
	return RC_OK;
}

static enum rc run(struct request *q, struct err *err)
{
	static enum rc (*const steps[])(struct request *, struct err *) = {enter, read_body, make_records, check_waivers, tell};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < LEN(steps) && rc == RC_OK && !q->over; i++)
		rc = steps[i](q, err);
	v1_body_close(&q->body);
	return rc;
}

enum rc v1_tell(struct visit *v, struct err *err)
{
	return run(&(struct request){.v = v, .arena = visit_page_arena(v)}, err);
}

enum rc v1_tell_many(struct visit *v, struct err *err)
{
	return run(&(struct request){.v = v, .arena = visit_page_arena(v), .many = true}, err);
}
