/* SPDX-License-Identifier: EUPL-1.2
 * procedure/request.c - see request.h. */
#include "procedure/request.h"

#include <assert.h>

#include "base/seal.h"
#include "procedure/procedure.sql.h"

#define SEALED_MAX 4096

static const char *const turns[] = {[TURN_NOBODY] = "", [TURN_INSTANSI] = "instansi", [TURN_PROVIDER] = "provider"};
static const char *const whichs[] = {[REQUEST_ALL] = "", [REQUEST_OPEN] = "open", [REQUEST_ENDED] = "ended"};

static enum rc absent(struct err *err)
{
	return FAIL(err, RC_ABSENT, "Permohonan itu tidak ada.");
}

/* ---- what is written ---- */

static struct str seal_place(const struct taking *t, int64_t number, struct str name)
{
	return arena_printf(tx_arena(t->desk->tx), "request/%lld/%lld/%.*s", (long long)t->request_id, (long long)number,
	                    STR_ARG(name));
}

static enum rc seal(const struct taking *t, int64_t number, const struct ask_value *value, struct str *ret, struct err *err)
{
	BUF_AUTO sealed = BUF(SEALED_MAX);
	seal_add(&sealed, t->desk->key, value->value, seal_place(t, number, value->name));
	*ret = arena_str(tx_arena(t->desk->tx), buf_str(&sealed));
	return buf_ok(&sealed) && ret->at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc write_values(const struct taking *t, const struct ask *asks, int64_t number, struct err *err)
{
	struct sql_request_value_insert_in in[ASKS_MAX + 1];
	for (size_t i = 0; i < t->values_n; i++) {
		const struct ask_value *value = &t->values[i];
		in[i] = (struct sql_request_value_insert_in){.request_id = t->request_id,
		                                             .number = number,
		                                             .name = value->name,
		                                             .place = (int64_t)i,
		                                             .value = value->value};
		const struct ask *ask = ask_find(asks, value->name);
		if (!ask || !ask->sealed)
			continue;
		TRY(seal(t, number, value, &in[i].sealed, err));
		in[i].value = S("");
	}
	return t->values_n ? sql_request_value_insert(t->desk->tx, in, t->values_n, err) : RC_OK;
}

static enum rc write_step(const struct taking *t, struct str step, int64_t number, struct err *err)
{
	struct sql_request_step_insert_in in = {
	        .request_id = t->request_id, .number = number, .step = step, .by_user = t->by, .now_us = t->desk->now_us};
	return sql_request_step_insert(t->desk->tx, in, NULL, err);
}

static void tell(const struct taking *t, const char *step, struct request_taken *ret)
{
	*ret = (struct request_taken){.request_id = t->request_id, .instansi_id = t->instansi_id, .traces_n = t->traces_n};
	ret->about = arena_printf(tx_arena(t->desk->tx), "request %lld %s %s", (long long)t->request_id, t->kind->key, step);
	for (size_t i = 0; i < t->traces_n; i++)
		ret->traces[i] = t->traces[i];
}

/* ---- opening ---- */

static bool side_is(const struct request_actor *by, int64_t instansi_id)
{
	return by->instansi_id == 0 || by->instansi_id == instansi_id;
}

static struct str title_of(const struct taking *t, const struct terms *terms)
{
	const struct ask *ask = ask_find(t->kind->asks, str_c(t->kind->title));
	struct str value = ask_value(t->values, t->values_n, t->kind->title);
	return ask && value.n ? ask_words(ask, value, terms, tx_arena(t->desk->tx)) : S("");
}

static struct str subject_of(const struct taking *t)
{
	const char *name = t->kind->subject;
	struct str value = name && *name ? ask_value(t->values, t->values_n, name) : S("");
	return value.at ? value : S("");
}

/* One open request a subject, where the kind says so. */
static enum rc check_room(const struct taking *t, struct err *err)
{
	struct sql_request_open_count row;
	struct sql_request_open_count_in in = {.instansi_id = t->instansi_id, .kind = S("")};
	TRY(sql_request_open_count(t->desk->tx, in, &row, err));
	if (row.n >= REQUEST_OPEN_MAX)
		return FAIL(err, RC_LIMIT, "terlalu banyak permohonan yang belum selesai (%d)", REQUEST_OPEN_MAX);
	if (!t->kind->subject)
		return RC_OK;
	in.kind = str_c(t->kind->key);
	in.subject = subject_of(t);
	TRY(sql_request_open_count(t->desk->tx, in, &row, err));
	return row.n ? ask_flaw(t->flaws, t->kind->subject, err,
	                        "permohonan seperti ini masih berjalan; selesaikan dahulu yang ada")
	             : RC_OK;
}

static enum rc insert(struct taking *t, const struct request_new *ask, struct err *err)
{
	struct standing standing;
	struct sql_request_insert row;
	const struct state_row *state = state_find(t->kind->kind, S(STATE_FILED));
	TRY(agreement_standing(t->desk->agreement, t->desk->tx, t->instansi_id, t->desk->now_us, &standing, err));
	struct sql_request_insert_in in = {.instansi_id = t->instansi_id,
	                                   .kind = str_c(t->kind->key),
	                                   .state = str_c(state->key),
	                                   .turn = str_c(turns[state->turn]),
	                                   .waits_day = t->waits_from.n,
	                                   .title = title_of(t, standing.terms),
	                                   .subject = subject_of(t),
	                                   .late = t->late,
	                                   .by_provider = ask->by.instansi_id == 0,
	                                   .opened_by = t->by,
	                                   .now_us = t->desk->now_us};
	TRY(sql_request_insert(t->desk->tx, in, &row, err));
	t->request_id = row.request_id;
	return RC_OK;
}

static enum rc check_form(struct taking *t, struct err *err)
{
	if (t->kind->check)
		TRY(t->kind->check(t, err));
	TRY(check_room(t, err));
	return t->flaws->n ? RC_INVALID : RC_OK;
}

static enum rc may_open(const struct desk *desk, const struct request_new *ask, struct err *err)
{
	struct instansi_row instansi;
	if (!side_is(&ask->by, ask->instansi_id))
		return FAIL(err, RC_ABSENT, "Instansi itu tidak ada.");
	if (!kind_may_open(kind_at(ask->kind), ask->by.role))
		return FAIL(err, RC_REFUSED, "Permohonan ini tidak dibuka oleh peran Anda.");
	return instansi_lock(desk->tx, ask->instansi_id, &instansi, err); /* two at once wait for each other */
}

enum rc request_open(const struct desk *desk, const struct request_new *ask, struct request_taken *ret, struct ask_flaws *flaws,
                     struct err *err)
{
	struct ask_value values[ASKS_MAX];
	struct taking t = {.desk = desk,
	                   .instansi_id = ask->instansi_id,
	                   .by = ask->by.user_id,
	                   .values = values,
	                   .flaws = flaws,
	                   .opened_us = desk->now_us};
	assert(ask->kind < KIND_COUNT);
	t.kind = kind_at(ask->kind);
	TRY(may_open(desk, ask, err));
	struct asking asking = {desk, ask->instansi_id, t.kind->asks, ask->source};
	TRY(ask_take(&asking, values, &t.values_n, flaws, err));
	t.form = t.values;
	t.form_n = t.values_n;
	TRY(check_form(&t, err));
	TRY(insert(&t, ask, err));
	TRY(write_step(&t, S(""), 0, err));
	TRY(write_values(&t, t.kind->asks, 0, err));
	tell(&t, "open", ret);
	return RC_OK;
}

/* ---- reading ---- */

/* The queries that read requests give rows of the same columns. */
#define REQUEST_FROM_ROW(row, id, whose)                                                                                           \
	(struct request)                                                                                                           \
	{                                                                                                                          \
		.request_id = (id), .instansi_id = (whose), .rev = (row)->rev, .waits_from = {(int32_t)(row)->waits_day},          \
		.title = (row)->title, .subject = (row)->subject, .opened_by = (row)->opened_by, .opened_us = (row)->opened_us,    \
		.moved_us = (row)->moved_us, .late = (row)->late != 0, .by_provider = (row)->by_provider != 0                      \
	}

static enum rc know(struct request *r, struct str kind_key, struct str state_key, struct err *err)
{
	enum kind kind;
	if (kind_from_key(kind_key, &kind) != RC_OK)
		return FAIL(err, RC_BROKEN, "jenis permohonan di basis data tidak dikenal");
	r->kind = kind_at(kind);
	r->state = state_find(kind, state_key);
	return r->state ? RC_OK : FAIL(err, RC_BROKEN, "keadaan permohonan di basis data tidak dikenal");
}

enum rc request_get(struct tx *tx, int64_t request_id, struct request *ret, struct err *err)
{
	struct sql_request_get row;
	enum rc rc = sql_request_get(tx, (struct sql_request_get_in){.request_id = request_id}, &row, err);
	if (rc == RC_ABSENT)
		return absent(err);
	TRY(rc);
	*ret = REQUEST_FROM_ROW(&row, request_id, row.instansi_id);
	return know(ret, row.kind, row.state, err);
}

static void share_values(struct request_step *steps, size_t n, const struct sql_request_value_all_rows *rows,
                         struct request_value *values)
{
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		steps[i].values = values + at;
		for (; at < rows->n && rows->at[at].number == steps[i].number; at++) {
			values[at] = (struct request_value){rows->at[at].name, rows->at[at].value, rows->at[at].sealed};
			steps[i].values_n++;
		}
	}
}

enum rc request_steps(struct tx *tx, const struct request *request, struct request_step **ret, size_t *ret_n, struct err *err)
{
	struct sql_request_step_all_rows rows;
	struct sql_request_value_all_rows values;
	TRY(sql_request_step_all(tx, (struct sql_request_step_all_in){.request_id = request->request_id}, &rows, err));
	TRY(sql_request_value_all(tx, (struct sql_request_value_all_in){.request_id = request->request_id}, &values, err));
	struct request_step *steps = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct request_step);
	struct request_value *room = ARENA_ARRAY(tx_arena(tx), values.n + 1, struct request_value);
	if (!steps || !room)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		steps[i] = (struct request_step){.number = rows.at[i].number,
		                                 .at_us = rows.at[i].at_us,
		                                 .step = step_find(request->kind->kind, (struct str){0}, rows.at[i].step),
		                                 .by = rows.at[i].by_user};
	share_values(steps, rows.n, &values, room);
	*ret = steps;
	*ret_n = rows.n;
	return rows.n ? RC_OK : FAIL(err, RC_BROKEN, "permohonan tanpa langkah pertama");
}

struct str request_step_value(const struct request_step *step, const char *name)
{
	for (size_t i = 0; i < step->values_n; i++)
		if (str_eq(step->values[i].name, str_c(name)))
			return step->values[i].value;
	return (struct str){NULL, 0};
}

enum rc request_unseal(const struct desk *desk, int64_t request_id, const struct request_step *step,
                       const struct request_value *value, struct buf *out, struct err *err)
{
	struct taking t = {.desk = desk, .request_id = request_id};
	return seal_open(out, desk->key, value->sealed, seal_place(&t, step->number, value->name), err);
}

/* ---- steps ---- */

static enum rc moved_on(struct err *err)
{
	return FAIL(err, RC_CONFLICT,
	            "Permohonan ini telah dilanjutkan orang lain. Keadaan terbarunya tampil di bawah; tidak ada yang Anda ubah.");
}

bool request_may(const struct request *request, const struct step_row *step, const struct request_actor *by)
{
	if (!(step->by & ROLE_BIT(by->role)) || !side_is(by, request->instansi_id))
		return false;
	return !step->own || request->by_provider == (by->instansi_id == 0);
}

/* The form of the opening, for the effect; what is sealed in it stays so. */
static enum rc read_form(struct taking *t, const struct request *request, struct err *err)
{
	struct request_step *steps;
	size_t n;
	TRY(request_steps(t->desk->tx, request, &steps, &n, err));
	struct ask_value *form = ARENA_ARRAY(tx_arena(t->desk->tx), steps[0].values_n + 1, struct ask_value);
	if (!form)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < steps[0].values_n; i++)
		form[i] = (struct ask_value){steps[0].values[i].name, steps[0].values[i].value};
	t->form = form;
	t->form_n = steps[0].values_n;
	return RC_OK;
}

/* First of all: of two at once, one finds it moved. */
static enum rc move(const struct taking *t, const struct request *request, const struct step_row *step, struct err *err)
{
	int64_t changed = 0;
	const struct state_row *to = state_find(step->kind, str_c(step->to));
	assert(to);
	struct sql_request_move_in in = {.state = str_c(to->key),
	                                 .turn = str_c(turns[to->turn]),
	                                 .now_us = t->desk->now_us,
	                                 .request_id = t->request_id,
	                                 .rev = request->rev,
	                                 .from = str_c(step->from)};
	TRY(sql_request_move(t->desk->tx, in, &changed, err));
	return changed == 1 ? RC_OK : moved_on(err);
}

static enum rc have_effect(struct taking *t, const struct step_row *step, struct err *err)
{
	if (step->effect)
		TRY(step->effect(t, err));
	if (t->flaws->n)
		return RC_INVALID;
	if (!t->waits_from.n)
		return RC_OK;
	struct sql_request_wait_in in = {.waits_day = t->waits_from.n, .request_id = t->request_id};
	return sql_request_wait(t->desk->tx, in, NULL, err);
}

/* Which step it is, and may he take it? */
static enum rc find_step(const struct request_advance *ask, const struct request *request, const struct step_row **ret,
                         struct err *err)
{
	enum kind kind = request->kind->kind;
	if (!side_is(&ask->by, request->instansi_id))
		return absent(err);
	if (!step_find(kind, (struct str){0}, ask->step))
		return FAIL(err, RC_ABSENT, "Langkah itu tidak dikenal.");
	*ret = step_find(kind, str_c(request->state->key), ask->step);
	if (!*ret || request->rev != ask->rev)
		return moved_on(err);
	if (!request_may(request, *ret, &ask->by))
		return FAIL(err, RC_REFUSED, "Langkah ini bukan untuk peran Anda.");
	return request->rev < REQUEST_STEPS_MAX ? RC_OK : FAIL(err, RC_LIMIT, "Langkah permohonan ini sudah terlalu banyak.");
}

enum rc request_advance(const struct desk *desk, const struct request_advance *ask, struct request_taken *ret,
                        struct ask_flaws *flaws, struct err *err)
{
	struct request request;
	const struct step_row *step;
	struct ask_value values[ASKS_MAX + 1]; /* and the version it made */
	TRY(request_get(desk->tx, ask->request_id, &request, err));
	TRY(find_step(ask, &request, &step, err));
	struct taking t = {.desk = desk,
	                   .instansi_id = request.instansi_id,
	                   .request_id = request.request_id,
	                   .kind = request.kind,
	                   .by = ask->by.user_id,
	                   .values = values,
	                   .opened_us = request.opened_us,
	                   .password_hash = ask->password_hash,
	                   .flaws = flaws};
	struct asking asking = {desk, request.instansi_id, step->asks, ask->source};
	assert(!step->password || ask->password_hash.n);
	TRY(ask_take(&asking, values, &t.values_n, flaws, err));
	TRY(read_form(&t, &request, err));
	TRY(move(&t, &request, step, err));
	TRY(have_effect(&t, step, err));
	TRY(write_step(&t, str_c(step->key), request.rev + 1, err));
	if (t.version_number)
		values[t.values_n++] = (struct ask_value){S("versi"), arena_printf(tx_arena(desk->tx), "%d", t.version_number)};
	TRY(write_values(&t, step->asks, request.rev + 1, err));
	tell(&t, step->key, ret);
	return RC_OK;
}

/* ---- lists ---- */

static enum rc page_waiting(const struct desk *desk, const struct request_filter *f, struct request_list *ret, struct err *err)
{
	struct sql_request_waiting count;
	struct sql_request_waiting_page_rows rows = {0};
	struct str kind = f->kind ? str_c(f->kind->key) : S("");
	struct sql_request_waiting_in in = {
	        .turn = str_c(turns[f->side]), .today = desk_today(desk).n, .instansi_id = f->instansi_id, .kind = kind};
	if (f->side == TURN_NOBODY || f->which == REQUEST_ENDED)
		return RC_OK;
	TRY(sql_request_waiting(desk->tx, in, &count, err));
	ret->waiting = ret->all = count.n;
	if (f->skip >= count.n)
		return RC_OK;
	struct sql_request_waiting_page_in page = {
	        .turn = in.turn, .today = in.today, .instansi_id = in.instansi_id, .kind = kind, .most = f->most, .skip = f->skip};
	TRY(sql_request_waiting_page(desk->tx, page, &rows, err));
	for (size_t i = 0; i < rows.n; i++, ret->n++) {
		ret->at[ret->n] = REQUEST_FROM_ROW(&rows.at[i], rows.at[i].request_id, rows.at[i].instansi_id);
		TRY(know(&ret->at[ret->n], rows.at[i].kind, rows.at[i].state, err));
	}
	return RC_OK;
}

static enum rc page_others(const struct desk *desk, const struct request_filter *f, struct request_list *ret, struct err *err)
{
	struct sql_request_other_count count;
	struct sql_request_other_page_rows rows;
	struct str kind = f->kind ? str_c(f->kind->key) : S("");
	struct str turn = f->side == TURN_NOBODY ? S("-") : str_c(turns[f->side]); /* "-": nobody's turn comes first */
	struct sql_request_other_count_in in = {.turn = turn,
	                                        .today = desk_today(desk).n,
	                                        .instansi_id = f->instansi_id,
	                                        .kind = kind,
	                                        .which = str_c(whichs[f->which])};
	TRY(sql_request_other_count(desk->tx, in, &count, err));
	ret->all += count.n;
	int64_t most = f->most - (int64_t)ret->n;
	if (most <= 0)
		return RC_OK;
	struct sql_request_other_page_in page = {.turn = turn,
	                                         .today = in.today,
	                                         .instansi_id = in.instansi_id,
	                                         .kind = kind,
	                                         .which = in.which,
	                                         .most = most,
	                                         .skip = f->skip > ret->waiting ? f->skip - ret->waiting : 0};
	TRY(sql_request_other_page(desk->tx, page, &rows, err));
	for (size_t i = 0; i < rows.n; i++, ret->n++) {
		ret->at[ret->n] = REQUEST_FROM_ROW(&rows.at[i], rows.at[i].request_id, rows.at[i].instansi_id);
		TRY(know(&ret->at[ret->n], rows.at[i].kind, rows.at[i].state, err));
	}
	return RC_OK;
}

enum rc request_page(const struct desk *desk, const struct request_filter *filter, struct request_list *ret, struct err *err)
{
	assert(filter->most > 0 && filter->most <= REQUEST_PAGE_MAX && filter->skip >= 0);
	*ret = (struct request_list){.at = ARENA_ARRAY(tx_arena(desk->tx), (size_t)filter->most, struct request)};
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(page_waiting(desk, filter, ret, err));
	return page_others(desk, filter, ret, err);
}

enum rc request_waiting(struct tx *tx, int64_t instansi_id, enum turn side, struct day today, int64_t *ret, struct err *err)
{
	struct sql_request_waiting row;
	struct sql_request_waiting_in in = {
	        .turn = str_c(turns[side]), .today = today.n, .instansi_id = instansi_id, .kind = S("")};
	TRY(sql_request_waiting(tx, in, &row, err));
	*ret = row.n;
	return RC_OK;
}

enum rc request_renewal(struct tx *tx, int64_t instansi_id, struct day since, bool *ret, struct err *err)
{
	struct sql_request_renewal row;
	struct sql_request_renewal_in in = {.instansi_id = instansi_id, .since_us = day_begin_us(since)};
	TRY(sql_request_renewal(tx, in, &row, err));
	*ret = row.n > 0;
	return RC_OK;
}

enum rc request_renewal_of_term(struct tx *tx, int64_t instansi_id, struct day last, bool *ret, struct err *err)
{
	return request_renewal(tx, instansi_id, day_add_months(last, -12), ret, err);
}
