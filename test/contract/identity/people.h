/* SPDX-License-Identifier: EUPL-1.2
 * test/contract/identity/people.h - an empty identity store with somebody in it.
 * Needs cmocka and engines.h. */
#pragma once
#include "engines.h"
#include "identity/access.sql.h"
#include "identity/credential.h"
#include "identity/credential.sql.h"
#include "identity/handover.sql.h"
#include "identity/identity.sql.h"
#include "identity/session.h"
#include "identity/totp.sql.h"
#include "identity/user.h"

#define OK ENGINE_OK /* its calls tell engine_err what went wrong */
#define NOW (INT64_C(1795000000) * US_PER_S)

static const struct session_limits limits = {.idle_s = 1200, .absolute_s = 43200, .dormant_days = 90};

static inline struct tx *people_open(struct engine *engine)
{
	const struct schema *schemas[] = {&identity_schema, &credential_schema, &access_schema,
	                                  &totp_schema,     &handover_schema};
	struct tx *tx;
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static inline int64_t people_add(struct tx *tx, const char *user_id, enum role role, int64_t instansi_id)
{
	int64_t id;
	struct user_new user = {.user_id = str_c(user_id), .role = role, .instansi_id = instansi_id};
	OK(user_add(tx, &user, NOW, &id, &engine_err));
	return id;
}

static inline struct addr people_addr(const char *z)
{
	struct addr a;
	assert_int_equal(addr_from_str(str_c(z), &a), RC_OK);
	return a;
}

static inline int64_t people_session(struct tx *tx, int64_t user, int64_t now_us, unsigned char token[SESSION_TOKEN_SIZE])
{
	int64_t session;
	struct session_new fresh = {.user = user, .peer = people_addr("192.0.2.13"), .device = S("Peramban uji"), .kejadian_id = 7};
	OK(session_begin(tx, &fresh, &limits, now_us, token, &session, &engine_err));
	return session;
}

/* Who is behind one token now; NULL: nobody. */
static inline const struct principal *people_behind(struct tx *tx, const unsigned char token[SESSION_TOKEN_SIZE], int64_t now_us)
{
	const struct principal *who;
	unsigned char tokens[1][SESSION_TOKEN_SIZE];
	memcpy(tokens[0], token, SESSION_TOKEN_SIZE);
	OK(session_principals(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])tokens, 1, &limits, now_us, &who, &engine_err));
	return who;
}
#define assert_str(s, z) assert_true(str_eq((s), str_c(z)))
