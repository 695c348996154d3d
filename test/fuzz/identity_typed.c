/* SPDX-License-Identifier: EUPL-1.2
 * What people and browsers send to identity: a password against the rules, a
 * cookie, a narrowing, fingerprints; what is accepted is what it says. */
#include <assert.h>

#include "identity/certificate.h"
#include "identity/narrowing.h"
#include "identity/password.h"
#include "identity/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void narrowing(struct str s)
{
	struct arena arena;
	struct cidr *ranges, *again;
	struct err err;
	size_t count, more;
	arena_init(&arena, 1 << 20);
	if (narrowing_read(s, &arena, &ranges, &count, &err) == RC_OK) {
		struct str text = narrowing_text(ranges, count, &arena);
		assert(narrowing_read(text, &arena, &again, &more, &err) == RC_OK);
		assert(more == count && str_eq(narrowing_text(again, more, &arena), text));
	}
	arena_free(&arena);
}

static void fingerprints(struct str s)
{
	struct arena arena;
	struct certificates some, again;
	struct err err;
	arena_init(&arena, 1 << 20);
	if (certificates_read(s, &some, &err) == RC_OK) {
		assert(some.n <= CERTIFICATES_MAX);
		assert(certificates_read(certificates_text(&some, &arena), &again, &err) == RC_OK && again.n == some.n);
		assert(certificates_allow(&some, NULL) == (some.n == 0));
		for (size_t i = 0; i < some.n; i++)
			assert(certificates_allow(&again, &some.at[i]));
	}
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	struct err err;
	unsigned char token[SESSION_TOKEN_SIZE];
	if (password_check_rules(s, S("operator1"), &err) == RC_OK)
		assert(n >= PASSWORD_MIN && n <= PASSWORD_MAX * 4 && str_is_text(s));
	if (session_token_from_cookie(s, token) == RC_OK) {
		BUF_AUTO back = BUF(100);
		base64url_add(&back, str_from((const char *)token, sizeof token));
		assert(str_eq(buf_str(&back), s));
	}
	narrowing(s);
	fingerprints(s);
	return 0;
}
