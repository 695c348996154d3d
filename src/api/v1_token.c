/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_token.c - see v1_token.h. */
#include "api/v1_token.h"

#include "api/content.h"
#include "api/v1_reply.h"
#include "gate/client.h"

#define BODY_MAX 1024
#define BASIC "Basic "
#define BASIC_MAX 256 /* bytes of user id and secret, decoded */

/* RFC 6749 5.2 */
static const char invalid_request[] = "invalid_request", invalid_client[] = "invalid_client", invalid_scope[] = "invalid_scope",
                  unauthorized_client[] = "unauthorized_client", unsupported_grant_type[] = "unsupported_grant_type",
                  temporarily_unavailable[] = "temporarily_unavailable";

static void refuse(struct visit *v, int status, const char *error, const char *why)
{
	BUF_AUTO out = BUF(BODY_MAX);
	buf_addf(&out, "{\"error\":\"%s\",\"error_description\":", error);
	buf_add_json(&out, str_c(why));
	buf_addc(&out, '}');
	v1_reply(v, status, V1_JSON, &out);
	if (status == 401)
		http_add_header(&v->out, "WWW-Authenticate", S("Basic realm=\"Padan\""));
}

/* ---- who (RFC 6749 2.3.1) ---- */

struct pair {
	struct str user_id, secret; /* absent: not sent */
};

static bool read_basic(struct visit *v, struct str header, struct pair *ret)
{
	size_t n;
	char *plain = arena_alloc(v->arena, BASIC_MAX);
	struct str coded = str_trim(str_sub(header, sizeof BASIC - 1, header.n));
	if (!plain || base64_read(coded, (unsigned char *)plain, BASIC_MAX, &n) != RC_OK)
		return false;
	struct str rest = str_from(plain, n);
	ret->user_id = str_split(&rest, ':');
	ret->secret = rest;
	return rest.at != NULL;
}

/* One way of the two, and whole. */
static bool read_pair(struct visit *v, struct pair *ret)
{
	struct str header = http_header(v->rq, "Authorization");
	*ret = (struct pair){http_form(v->rq, "client_id"), http_form(v->rq, "client_secret")};
	if (!header.at)
		return ret->user_id.n && ret->secret.n;
	if (ret->secret.at || !str_ieq(str_sub(header, 0, sizeof BASIC - 1), S(BASIC)))
		return false;
	struct str named = ret->user_id;
	return read_basic(v, header, ret) && (!named.at || str_ieq(named, ret->user_id));
}

/* true: v->who is in; otherwise an answer is drawn. */
static enum rc enter(struct visit *v, bool *ret, struct err *err)
{
	struct pair pair;
	struct client client;
	*ret = false;
	if (content_of(v) != CONTENT_FORM || !http_form_ok(v->rq)) {
		refuse(v, 400, invalid_request, "Isi permintaan harus application/x-www-form-urlencoded.");
		return RC_OK;
	}
	if (!read_pair(v, &pair)) {
		refuse(v, 401, invalid_client,
		       "User ID dan rahasianya dikirim dengan HTTP Basic, atau sebagai client_id dan client_secret.");
		return RC_OK;
	}
	TRY(client_enter(v, pair.user_id, pair.secret, &client, err));
	*ret = client.fault == CLIENT_GOOD;
	if (client.fault == CLIENT_UNKNOWN)
		refuse(v, 401, invalid_client, "Gagal Login");
	if (client.fault == CLIENT_STOPPED)
		refuse(v, 400, unauthorized_client, outcome_get(OUTCOME_USER)->wire);
	if (client.fault == CLIENT_WAIT) {
		refuse(v, 429, temporarily_unavailable, "Terlalu banyak percobaan.");
		http_add_header(&v->out, "Retry-After", arena_printf(v->arena, "%d", client.wait_s));
	}
	return RC_OK;
}

/* ---- a token ---- */

/* false: an answer is drawn. */
static bool read_scopes(struct visit *v, scope_set *ret)
{
	struct str asked = http_form(v->rq, "scope");
	scope_set allowed = principal_allowed(v->who);
	*ret = allowed;
	if (asked.n == 0)
		return true;
	if (scopes_from_text(asked, ret, NULL) == RC_OK && *ret != 0 && (*ret & ~allowed) == 0)
		return true;
	refuse(v, 400, invalid_scope, "Cakupan yang diminta tidak dikenal, atau tidak dibuka bagi user ID ini.");
	return false;
}

static enum rc give(struct visit *v, scope_set scopes, struct err *err)
{
	char token[ACCESS_TEXT_SIZE];
	BUF_AUTO out = BUF(BODY_MAX);
	TRY(client_token(v, scopes, token, err));
	buf_addf(&out, "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d,\"scope\":\"%s\"}", token,
	         ACCESS_LIFE_S, scopes_text(scopes).z);
	secret_wipe(token, sizeof token);
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}

enum rc v1_token(struct visit *v, struct err *err)
{
	bool in;
	scope_set scopes;
	struct str grant = http_form(v->rq, "grant_type");
	TRY(enter(v, &in, err));
	if (!in)
		return RC_OK;
	if (!grant.n) {
		refuse(v, 400, invalid_request, "grant_type harus disertakan.");
		return RC_OK;
	}
	if (!str_eq(grant, S("client_credentials"))) {
		refuse(v, 400, unsupported_grant_type, "Hanya client_credentials yang didukung.");
		return RC_OK;
	}
	return read_scopes(v, &scopes) ? give(v, scopes, err) : RC_OK;
}

enum rc v1_revoke(struct visit *v, struct err *err)
{
	bool in;
	BUF_AUTO out = BUF(BODY_MAX);
	struct str token = http_form(v->rq, "token");
	TRY(enter(v, &in, err));
	if (!in)
		return RC_OK;
	if (!token.n) {
		refuse(v, 400, invalid_request, "token harus disertakan.");
		return RC_OK;
	}
	TRY(client_revoke(v, token, err));
	buf_addz(&out, "{}");
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}
