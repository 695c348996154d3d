/* SPDX-License-Identifier: EUPL-1.2
 * test/contract/procedure/bureau.h - an office with the sample agreement of BPBD in force,
 * its head and an operator, and forms typed as pairs of name and text. The agreement runs
 * from 20 May 2025 to 20 May 2027. Needs cmocka. */
#pragma once
#include "agreement/agreement.sql.h"
#include "agreement/apply.h"
#include "agreement/demo.h"
#include "agreement/draft.h"
#include "agreement/file.h"
#include "agreement/official.h"
#include "agreement/paper.h"
#include "agreement/workday.sql.h"
#include "engines.h"
#include "identity/handover.sql.h"
#include "identity/credential.sql.h"
#include "identity/identity.sql.h"
#include "identity/user.h"
#include "policy/policy.sql.h"
#include "procedure/letters.h"
#include "procedure/incident.sql.h"
#include "procedure/procedure.sql.h"
#include "procedure/request.h"
#include "procedure/wording.h"

#define OK ENGINE_OK
#define FIRST day_from_ymd(2025, 5, 20)
#define NOW (day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(10) * 3600 * US_PER_S)
#define HASH "$argon2id$v=19$m=19456,t=2,p=1$c2FtcGxlc2FsdA$c2FtcGxlaGFzaA"
#define assert_str(s, z) assert_true(str_eq((s), str_c(z)))

struct bureau {
	struct engine *engine;
	struct agreement *agreement;
	struct desk desk;
	int64_t bpbd, dinkes;
	struct ask_flaws flaws;
	struct request_taken taken;
};

static struct secret bureau_key;

static inline int64_t bureau_apply(struct bureau *b, const char *which)
{
	struct buf text = BUF(AGREEMENT_FILE_MAX);
	struct applied applied;
	OK(agreement_demo_json(which, FIRST, &text));
	OK(agreement_apply(b->desk.tx, buf_str(&text), NOW - US_PER_DAY, &applied, &engine_err));
	buf_free(&text);
	return applied.instansi_id;
}

static inline void bureau_user(struct bureau *b, const char *user_id, enum role role, int64_t instansi_id)
{
	int64_t id;
	struct user_new user = {
	        .user_id = str_c(user_id), .role = role, .instansi_id = instansi_id, .holder = S("Pemegang Contoh")};
	OK(user_add(b->desk.tx, &user, NOW, &id, &engine_err));
}

static inline struct bureau bureau_open(struct engine *engine)
{
	static unsigned char key[SEAL_KEY_SIZE] = {7};
	const struct schema *schemas[] = {&identity_schema, &credential_schema, &handover_schema, &agreement_schema,
	                                  &policy_schema,   &workday_schema,  &procedure_schema, &incident_schema};
	struct bureau b = {.engine = engine};
	bureau_key = (struct secret){.at = key, .n = sizeof key};
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(agreement_open(&b.agreement, &engine_err));
	b.desk = (struct desk){.agreement = b.agreement, .key = &bureau_key, .now_us = NOW};
	OK(tx_begin(engine->store, TX_WRITE, &b.desk.tx, &engine_err));
	b.bpbd = bureau_apply(&b, "bpbd");
	b.dinkes = bureau_apply(&b, "dinkes");
	bureau_user(&b, "kepala", ROLE_KEPALA, b.bpbd);
	bureau_user(&b, "operator1", ROLE_OPERATOR, b.bpbd);
	bureau_user(&b, "dinkes-operator", ROLE_OPERATOR, b.dinkes);
	return b;
}

static inline void bureau_close(struct bureau *b)
{
	tx_rollback(&b->desk.tx);
	agreement_close(b->agreement);
}

static inline struct request_actor bureau_head(const struct bureau *b)
{
	return (struct request_actor){S("kepala"), ROLE_KEPALA, b->bpbd};
}
static const struct request_actor admin = {{"admin", 5}, ROLE_ADMIN, 0};

/* ---- forms ---- */
typedef const char *const *bureau_form;
#define FORM(...) ((const char *const[]){__VA_ARGS__, NULL})

static inline struct str bureau_typed(void *arg, const char *name)
{
	for (bureau_form pair = *(bureau_form *)arg; *pair; pair += 2)
		if (strcmp(pair[0], name) == 0)
			return str_c(pair[1]);
	return (struct str){NULL, 0};
}

/* Undone unless it succeeds, as the page does it. */
static inline enum rc bureau_settle(struct bureau *b, enum rc rc)
{
	struct err err;
	if (rc == RC_OK)
		OK(tx_release(b->desk.tx, &err));
	else
		OK(tx_undo(b->desk.tx, &err));
	return rc;
}

static inline enum rc bureau_try_open(struct bureau *b, enum kind kind, struct request_actor by, bureau_form form)
{
	struct ask_source source = {bureau_typed, &form};
	struct request_new ask = {.kind = kind, .instansi_id = b->bpbd, .by = by, .source = &source};
	b->flaws.n = 0;
	OK(tx_savepoint(b->desk.tx, &engine_err));
	return bureau_settle(b, request_open(&b->desk, &ask, &b->taken, &b->flaws, &engine_err));
}

static inline int64_t bureau_file(struct bureau *b, enum kind kind, bureau_form form)
{
	struct request_actor head = bureau_head(b);
	OK(bureau_try_open(b, kind, kind_may_open(kind_at(kind), ROLE_KEPALA) ? head : admin, form));
	return b->taken.request_id;
}

static inline struct request bureau_get(struct bureau *b, int64_t id)
{
	struct request request;
	OK(request_get(b->desk.tx, id, &request, &engine_err));
	return request;
}

static inline enum rc bureau_try_step(struct bureau *b, int64_t id, const char *step, struct request_actor by, bureau_form form)
{
	struct ask_source source = {bureau_typed, &form};
	struct request_advance ask = {.request_id = id,
	                              .rev = bureau_get(b, id).rev,
	                              .step = str_c(step),
	                              .by = by,
	                              .source = &source,
	                              .password_hash = S(HASH)};
	b->flaws.n = 0;
	OK(tx_savepoint(b->desk.tx, &engine_err));
	return bureau_settle(b, request_advance(&b->desk, &ask, &b->taken, &b->flaws, &engine_err));
}

/* Taken, and in that state now. */
static inline void bureau_step(struct bureau *b, int64_t id, const char *step, struct request_actor by, bureau_form form,
                               const char *state)
{
	enum rc rc = bureau_try_step(b, id, step, by, form);
	for (size_t i = 0; i < b->flaws.n; i++)
		print_error("%s: %s\n", b->flaws.at[i].name, b->flaws.at[i].words);
	OK(rc);
	assert_string_equal(bureau_get(b, id).state->key, state);
}

/* The first flaw is beside that field. */
static inline void bureau_flawed(struct bureau *b, enum rc rc, const char *field)
{
	assert_int_equal(rc, RC_INVALID);
	assert_true(b->flaws.n > 0);
	assert_string_equal(b->flaws.at[0].name, field);
}

static inline struct standing bureau_standing(struct bureau *b)
{
	struct standing s;
	OK(agreement_standing(b->agreement, b->desk.tx, b->bpbd, b->desk.now_us, &s, &engine_err));
	return s;
}

static inline void bureau_on(struct bureau *b, int year, int month, int mday)
{
	b->desk.now_us = day_begin_us(day_from_ymd(year, month, mday)) + INT64_C(9) * 3600 * US_PER_S;
}

static inline void bureau_replace(struct buf *text, const char *from, const char *to)
{
	struct buf next = BUF(AGREEMENT_FILE_MAX);
	const char *at = memmem(text->at, text->n, from, strlen(from));
	if (!at) {
		fail_msg("the agreement has no %s", from);
		abort(); /* never reached; tells the compiler so */
	}
	buf_add(&next, str_from(text->at, (size_t)(at - text->at)));
	buf_addz(&next, to);
	at += strlen(from);
	buf_add(&next, str_from(at, text->n - (size_t)(at - text->at)));
	buf_free(text);
	*text = next;
}

/* The next version of BPBD: the last one with pieces of its terms replaced. */
static inline int bureau_version(struct bureau *b, bureau_form pairs)
{
	struct version *versions;
	struct buf text = BUF(AGREEMENT_FILE_MAX);
	struct applied applied;
	char from[40], to[40];
	size_t n;
	OK(agreement_versions(b->agreement, b->desk.tx, b->bpbd, &versions, &n, &engine_err));
	OK(agreement_export(b->desk.tx, b->bpbd, versions[0].number, &text, &engine_err));
	snprintf(from, sizeof from, "\"version\": %d", versions[0].number);
	snprintf(to, sizeof to, "\"version\": %d", versions[0].number + 1);
	bureau_replace(&text, from, to);
	for (bureau_form pair = pairs; *pair; pair += 2)
		bureau_replace(&text, pair[0], pair[1]);
	OK(agreement_apply(b->desk.tx, buf_str(&text), b->desk.now_us + US_PER_S, &applied, &engine_err));
	buf_free(&text);
	return applied.version_number;
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
