/* SPDX-License-Identifier: EUPL-1.2
 * jobs/courier.c - see courier.h. */
#include "jobs/courier.h"

#include <stdio.h>
#include <stdlib.h>

#include "agreement/agreement.h"
#include "feedback/outbox.h"
#include "jobs/loop.h"
#include "jobs/reply.h"
#include "jobs/token.h"
#include "jobs/trouble.h"
#include "store/store.h"

#define LOOK_US (2 * US_PER_S)
#define ARENA_SIZE ((size_t)1 << 20)

struct courier {
	struct courier_conf conf;
	struct post *post;
	struct arena arena; /* of the request in hand */
	struct outbox_batch batch;
	bool failing; /* our own office; said so already */
	struct loop loop;
};

/* Who the lane is, as the other side and as people here call it. */
struct sender {
	struct str code;
	struct outbox_agency agency;
	struct str token;
};

/* ---- transactions ---- */

struct hand {
	struct courier *courier;
	struct outbox_lane lane;
	bool found;
	struct outbox_result result;
	struct outbox_settled settled;
};

static enum rc errand(struct courier *courier, enum rc (*run)(void *, struct tx *, int64_t, struct err *), void *arg,
                      struct err *err)
{
	return courier->conf.tray.errand(courier->conf.tray.arg, run, arg, err);
}

static enum rc take(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct hand *hand = arg;
	enum rc rc = outbox_next(tx, now_us, &hand->lane, err);
	if (rc == RC_OK)
		rc = outbox_claim(tx, hand->courier->conf.node, &hand->lane, now_us, err);
	hand->found = rc == RC_OK;
	return rc == RC_ABSENT || rc == RC_CONFLICT ? RC_OK : rc;
}

static enum rc settle(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct hand *hand = arg;
	return outbox_settle(tx, &hand->courier->batch, &hand->result, now_us, &hand->settled, err);
}

static enum rc release(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct courier *courier = arg;
	TRY(outbox_release(tx, courier->conf.node, now_us, err));
	return outbox_wake(tx, now_us, err); /* settings may have changed while nobody ran */
}

/* Most of the time there is nothing: no need to trouble the tray. */
static bool anything_due(struct courier *courier)
{
	TX_AUTO *tx = NULL;
	struct outbox_lane lane;
	struct err ignored = {0};
	return tx_begin(courier->conf.office, TX_READ, &tx, &ignored) == RC_OK &&
	       outbox_next(tx, clock_now_us(), &lane, &ignored) == RC_OK;
}

/* ---- what to send ---- */

/* An agreement that has ended still names the agency: its feedback stays open for a while
 * (DOMAIN 2). */
static enum rc find_terms(struct courier *courier, struct tx *tx, int64_t instansi_id, const struct standing *standing,
                          const struct terms **ret, struct err *err)
{
	struct version_list list;
	*ret = standing->terms;
	if (*ret)
		return RC_OK;
	TRY(agreement_version_page(courier->conf.agreement, tx, instansi_id, 0, 1, &list, err));
	*ret = list.n ? list.at[0].terms : NULL;
	return RC_OK;
}

static enum rc find_sender(struct courier *courier, struct tx *tx, int64_t instansi_id, struct sender *ret, struct err *err)
{
	struct standing standing;
	const struct terms *terms;
	const struct secret *tokens = courier->conf.tokens;
	TRY(agreement_standing(courier->conf.agreement, tx, instansi_id, clock_now_us(), &standing, err));
	TRY(find_terms(courier, tx, instansi_id, &standing, &terms, err));
	ret->code = arena_str(&courier->arena, standing.code);
	if (terms)
		ret->agency = (struct outbox_agency){terms->lembaga_id, terms->lembaga}; /* lives as long as the process */
	if (tokens && tokens->at && token_find(secret_str(tokens), standing.code, &ret->token) != RC_OK)
		ret->token = S("");
	return RC_OK;
}

static enum rc load(struct courier *courier, const struct outbox_lane *lane, struct sender *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	courier->batch = (struct outbox_batch){.lane = *lane};
	TRY(tx_begin(courier->conf.office, TX_READ, &tx, err));
	TRY(find_sender(courier, tx, lane->instansi_id, ret, err));
	return outbox_load(courier->conf.feedback, tx, lane, &courier->arena, &courier->batch, err);
}

/* ---- sending ---- */

static void later(struct outbox_result *result, enum trouble trouble)
{
	*result = (struct outbox_result){.end = OUTBOX_LATER, .trouble = str_c(trouble_at(trouble)->key)};
}

static enum trouble trouble_of(enum post_trouble trouble)
{
	switch (trouble) {
	case POST_TLS: return TROUBLE_TLS;
	case POST_TIMEOUT: return TROUBLE_TIMEOUT;
	case POST_TOO_LONG: return TROUBLE_REPLY;
	case POST_NONE:
	case POST_CONNECT:
	case POST_STOPPED:
	case POST_OTHER: break;
	}
	return TROUBLE_CONNECT;
}

/* false: we are told to stop, and nothing is known. */
static bool send_batch(struct courier *courier, const struct sender *sender, struct outbox_result *result, struct err *err)
{
	BUF_AUTO body = BUF(OUTBOX_BODY_MAX);
	struct post_reply reply;
	enum post_trouble trouble;
	outbox_write(&body, &sender->agency, &courier->batch);
	if (!buf_ok(&body)) {
		later(result, TROUBLE_OURS);
		return true;
	}
	if (post_send(courier->post, sender->token, buf_str(&body), &reply, &trouble, err) != RC_OK) {
		later(result, trouble_of(trouble));
		return trouble != POST_STOPPED;
	}
	reply_judge(reply.status, buf_str(&reply.body), courier->batch.n, &courier->arena, result);
	result->asked_us = reply.retry_after_us;
	buf_free(&reply.body);
	return true;
}

static bool try_to_send(struct courier *courier, const struct sender *sender, struct outbox_result *result, struct err *err)
{
	if (sender->token.n == 0)
		later(result, TROUBLE_NO_TOKEN);
	else if (sender->agency.id.n == 0 || sender->agency.name.n == 0)
		later(result, TROUBLE_AGENCY);
	else
		return send_batch(courier, sender, result, err);
	return true;
}

/* ---- telling ---- */

static void tell_lane(struct courier *courier, const struct sender *sender, const struct hand *hand, struct err *why)
{
	char what[120];
	if (hand->settled.ended) {
		snprintf(what, sizeof what, "data balikan %.*s: pulih", STR_ARG(sender->code));
		courier->conf.log(courier->conf.log_arg, what, NULL);
	}
	if (!hand->settled.began)
		return;
	snprintf(what, sizeof what, "data balikan %.*s tidak terkirim", STR_ARG(sender->code));
	snprintf(why->what, sizeof why->what, "%s", trouble_label(hand->result.trouble));
	if (hand->result.status)
		err_detail(why, "HTTP %d", hand->result.status);
	courier->conf.log(courier->conf.log_arg, what, why);
}

static void tell_ours(struct courier *courier, bool failing, const struct err *err)
{
	if (failing && !courier->failing)
		courier->conf.log(courier->conf.log_arg, "data balikan tidak dapat diteruskan", err);
	if (!failing && courier->failing)
		courier->conf.log(courier->conf.log_arg, "data balikan: pulih", NULL);
	courier->failing = failing;
}

/* ---- one request ---- */

static enum rc deliver(struct courier *courier, struct hand *hand, struct err *err)
{
	struct err why = {0};
	struct sender sender = {.code = {NULL, 0}};
	bool known = true;
	if (load(courier, &hand->lane, &sender, &why) != RC_OK)
		later(&hand->result, TROUBLE_OURS); /* this lane alone waits */
	else if (courier->batch.n == 0)
		hand->result = (struct outbox_result){.end = OUTBOX_DELIVERED};
	else
		known = try_to_send(courier, &sender, &hand->result, &why);
	if (!known)
		return RC_OK; /* still claimed; courier_stop() lets go of it */
	TRY(errand(courier, settle, hand, err));
	tell_lane(courier, &sender, hand, &why);
	return RC_OK;
}

static int64_t piece(void *arg)
{
	struct courier *courier = arg;
	struct err err = {0};
	struct hand hand = {.courier = courier};
	if (!anything_due(courier))
		return LOOK_US;
	arena_reset(&courier->arena);
	enum rc rc = errand(courier, take, &hand, &err);
	if (rc == RC_OK && hand.found)
		rc = deliver(courier, &hand, &err);
	secret_wipe(&courier->batch, sizeof courier->batch);
	tell_ours(courier, rc != RC_OK, &err);
	return rc == RC_OK && hand.found ? 0 : LOOK_US;
}

/* ---- the thread ---- */

static void let_go(void *arg)
{
	struct courier *courier = arg;
	struct err err = {0};
	if (errand(courier, release, courier, &err) != RC_OK)
		tell_ours(courier, true, &err); /* its lease ends by itself */
}

static void destroy(struct courier *courier)
{
	post_close(courier->post);
	arena_free(&courier->arena);
	free(courier); /* tidy: allow */
}

enum rc courier_start(const struct courier_conf *conf, struct courier **ret, struct err *err)
{
	struct courier *courier = calloc(1, sizeof *courier); /* tidy: allow, lives with its thread */
	if (!courier)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	courier->conf = *conf;
	courier->conf.post.stopping = &courier->loop.stopping;
	arena_init(&courier->arena, ARENA_SIZE);
	struct loop_work work = {let_go, piece, courier};
	enum rc rc = post_open(&courier->conf.post, &courier->post, err);
	if (rc == RC_OK)
		rc = loop_start(&courier->loop, &work, "data balikan", err);
	if (rc == RC_OK)
		*ret = courier;
	else
		destroy(courier);
	return rc;
}

void courier_stop(struct courier *courier)
{
	if (!courier)
		return;
	loop_stop(&courier->loop);
	destroy(courier);
}
