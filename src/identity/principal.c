/* SPDX-License-Identifier: EUPL-1.2
 * identity/principal.c - see principal.h. */
#include "identity/principal.h"

#include <assert.h>

#include "identity/narrowing.h"
#include "identity/principal_inside.h"

static const struct role_row roles[ROLE_COUNT] = {
        {ROLE_ADMIN, "admin", "Admin penyedia"},        {ROLE_AUDITOR, "auditor", "Auditor"},
        {ROLE_KEPALA, "kepala", "Kepala instansi"},     {ROLE_OPERATOR, "operator", "Operator"},
        {ROLE_SERVICE, "service", "Layanan (program)"},
};

const struct role_row *role_at(size_t i)
{
	return i < ROLE_COUNT ? &roles[i] : NULL;
}

enum rc role_from_key(struct str key, enum role *ret)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (!str_eq(key, str_c(roles[i].key)))
			continue;
		*ret = roles[i].role;
		return RC_OK;
	}
	return RC_ABSENT;
}

enum rc roles_from_text(struct str text, unsigned *ret, struct err *err)
{
	*ret = 0;
	while (text.n) {
		enum role role;
		struct str key = str_trim(str_split(&text, ','));
		if (role_from_key(key, &role) != RC_OK || role == ROLE_SERVICE)
			return FAIL(err, RC_INVALID, "'%.*s' bukan peran orang; yang ada: admin, auditor, kepala, operator",
			            (int)str_cut(key, 40).n, key.at);
		*ret |= ROLE_BIT(role);
	}
	return RC_OK;
}

enum rc principal_fill(struct principal *p, const struct principal_row *row, int dormant_days, int64_t now_us, struct arena *arena,
                       struct err *err)
{
	struct user user = {.closed = row->closed != 0,
	                    .last_seen_us = row->last_seen_us,
	                    .made_us = row->made_us,
	                    .reopened_us = row->reopened_us,
	                    .expires_us = row->expires_us};
	p->user = row->user;
	p->user_id = row->user_id;
	p->instansi_id = row->instansi_id;
	p->must_change = row->must_change != 0;
	assert(row->sandbox);
	p->sandbox = *row->sandbox != 0;
	p->flaw = user_flaw(&user, dormant_days, now_us);
	if (role_from_key(row->role, &p->role) != RC_OK)
		return FAIL(err, RC_BROKEN, "peran user ID di basis data tidak dikenal");
	assert(row->certificates.at || p->role != ROLE_SERVICE);
	struct certificates bound;
	TRY(certificates_read(row->certificates, &bound, err));
	p->lacks_certificate = !certificates_allow(&bound, row->shown);
	return narrowing_read(row->narrowing, arena, &p->narrowing, &p->narrowing_n, err);
}

int64_t principal_user(const struct principal *p)
{
	return p->user;
}

bool principal_is_balikan(const struct principal *p)
{
	struct str id = p->user_id, end = S("-balikan");
	return p->role == ROLE_SERVICE && id.n >= end.n && str_ieq(str_sub(id, id.n - end.n, end.n), end);
}

bool principal_is_sandbox(const struct principal *p)
{
	return p->sandbox;
}

struct str principal_user_id(const struct principal *p)
{
	return p->user_id;
}

enum role principal_role(const struct principal *p)
{
	return p->role;
}

int64_t principal_instansi(const struct principal *p)
{
	return p->instansi_id;
}

int64_t principal_session(const struct principal *p)
{
	return p->session;
}

enum user_flaw principal_flaw(const struct principal *p)
{
	return p->flaw;
}

bool principal_must_change(const struct principal *p)
{
	return p->must_change;
}

enum stage principal_stage(const struct principal *p)
{
	return p->stage;
}

int64_t principal_kejadian(const struct principal *p)
{
	return p->kejadian_id;
}

enum document principal_document(const struct principal *p)
{
	return p->document;
}

const struct cidr *principal_narrowing(const struct principal *p, size_t *ret_n)
{
	*ret_n = p->narrowing_n;
	return p->narrowing;
}

bool principal_lacks_certificate(const struct principal *p)
{
	return p->lacks_certificate;
}

int64_t principal_idle_expires_us(const struct principal *p)
{
	return p->idle_expires_us;
}

struct str principal_csrf_key(const struct principal *p)
{
	if (p->session == 0)
		return (struct str){NULL, 0};
	return str_from((const char *)p->csrf, sizeof p->csrf);
}

int64_t principal_credential(const struct principal *p)
{
	return p->credential;
}

uint32_t principal_scopes(const struct principal *p)
{
	return p->scopes;
}

uint32_t principal_allowed(const struct principal *p)
{
	return p->allowed;
}
