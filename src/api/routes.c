/* SPDX-License-Identifier: EUPL-1.2
 * api/routes.c - the table of routes of the web services, and what is heard when none of
 * them serves. They are public to the gate: who comes is found by what he sends, never by a
 * session, so there is no form to forge and no CSRF token. */
#include "api/api.h"
#include "api/get_json.h"
#include "api/get_json_body.h"
#include "api/reply.h"
#include "api/store.h"
#include "api/problem.h"
#include "api/store_body.h"
#include "api/v1.h"
#include "api/v1_inquiry.h"
#include "api/v1_inquiry_body.h"
#include "api/v1_journal.h"
#include "api/v1_kejadian.h"
#include "api/v1_openapi.h"
#include "api/v1_owed.h"
#include "api/v1_standing.h"
#include "api/v1_status.h"
#include "api/v1_told.h"
#include "api/v1_token.h"
#include "api/v1_usage.h"
#include "api/wire.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

const struct route api_routes[] = {
	{HTTP_POST, "/data_balikan/public/api/store", 0, ROUTE_PUBLIC, STORE_BODY_MAX, ACT_FEEDBACK, NULL, NULL, api_store},
	{HTTP_POST, "/databalikan/api/store", 0, ROUTE_PUBLIC, STORE_BODY_MAX, ACT_FEEDBACK, NULL, NULL, api_store},
	{HTTP_POST, "/dukcapil/get_json/*", 0, ROUTE_PUBLIC | ROUTE_PROGRAM | ROUTE_ANY_CASE, GET_JSON_BODY_MAX, ACT_LOOKUP, NULL,
	 get_json_inquiry, get_json_page},
	{HTTP_POST, "/api/v1/token", 0, ROUTE_PUBLIC, V1_TOKEN_BODY_MAX, ACT_CREDENTIAL, NULL, NULL, v1_token},
	{HTTP_POST, "/api/v1/revoke", 0, ROUTE_PUBLIC, V1_TOKEN_BODY_MAX, ACT_CREDENTIAL, NULL, NULL, v1_revoke},
	{HTTP_POST, "/api/v1/verifikasi", 0, ROUTE_BEARER, V1_INQUIRY_BODY_MAX, ACT_LOOKUP, NULL, v1_verifikasi, v1_inquiry_page,
	 .scope = SCOPE_VERIFIKASI},
	{HTTP_POST, "/api/v1/kesesuaian", 0, ROUTE_BEARER, V1_INQUIRY_BODY_MAX, ACT_LOOKUP, NULL, v1_kesesuaian, v1_inquiry_page,
	 .scope = SCOPE_KESESUAIAN},
	{HTTP_GET, "/api/v1/openapi.json", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, v1_openapi},
	{HTTP_GET, PROBLEM_BASE "*", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, v1_problem},
	{HTTP_GET, "/api/v1/kejadian", 0, ROUTE_BEARER | ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, v1_kejadian_list,
	 .scope = SCOPE_KEJADIAN_READ},
	{HTTP_POST, "/api/v1/kejadian", 0, ROUTE_BEARER, V1_KEJADIAN_BODY_MAX, ACT_KEJADIAN, NULL, NULL, v1_kejadian_open,
	 .scope = SCOPE_KEJADIAN_WRITE},
	{HTTP_GET, "/api/v1/kejadian/*", 0, ROUTE_BEARER | ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, v1_kejadian_get,
	 .scope = SCOPE_KEJADIAN_READ},
	{HTTP_POST, "/api/v1/kejadian/*", 0, ROUTE_BEARER, V1_KEJADIAN_CLOSE_BODY_MAX, ACT_KEJADIAN, NULL, NULL, v1_kejadian_close,
	 .scope = SCOPE_KEJADIAN_WRITE},
	{HTTP_GET, "/api/v1/balikan", 0, ROUTE_BEARER | ROUTE_DEBT, 0, ACT_FEEDBACK, NULL, NULL, v1_owed_list,
	 .scope = SCOPE_BALIKAN_READ},
	{HTTP_GET, "/api/v1/balikan/ringkasan", 0, ROUTE_BEARER | ROUTE_DEBT, 0, ACT_COUNT, NULL, NULL, v1_owed_sum,
	 .scope = SCOPE_BALIKAN_READ},
	{HTTP_POST, "/api/v1/balikan", 0, ROUTE_BEARER | ROUTE_DEBT | ROUTE_SANDBOX, V1_TOLD_BODY_MAX, ACT_FEEDBACK, NULL, NULL,
	 v1_tell, .scope = SCOPE_BALIKAN_WRITE},
	{HTTP_POST, "/api/v1/balikan/banyak", 0, ROUTE_BEARER | ROUTE_DEBT | ROUTE_SANDBOX, V1_TOLD_MANY_BODY_MAX, ACT_FEEDBACK,
	 NULL, NULL, v1_tell_many, .scope = SCOPE_BALIKAN_WRITE},
	{HTTP_GET, "/api/v1/status", 0, ROUTE_PUBLIC | ROUTE_BEARER_MAY | ROUTE_SANDBOX, 0, ACT_COUNT, NULL, NULL, v1_status},
	{HTTP_GET, "/api/v1/perjanjian", 0, ROUTE_BEARER | ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, v1_agreement,
	 .scope = SCOPE_PERJANJIAN_READ},
	{HTTP_GET, "/api/v1/kuota", 0, ROUTE_BEARER | ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, v1_quota,
	 .scope = SCOPE_PERJANJIAN_READ},
	{HTTP_GET, "/api/v1/jurnal", 0, ROUTE_BEARER, 0, ACT_COUNT, NULL, NULL, v1_journal, v1_journal_after,
	 .scope = SCOPE_JURNAL_READ},
	{HTTP_GET, "/api/v1/jurnal/*", 0, ROUTE_BEARER, 0, ACT_COUNT, NULL, NULL, v1_proof, v1_proof_after,
	 .scope = SCOPE_JURNAL_READ},
	{HTTP_GET, "/api/v1/pemakaian", 0, ROUTE_BEARER, 0, ACT_COUNT, NULL, NULL, v1_usage, v1_usage_after,
	 .scope = SCOPE_PEMAKAIAN_READ},
	{0},
};

bool api_owns(struct str path)
{
	static const char *const bases[] = {"/data_balikan", "/databalikan"};
	for (size_t i = 0; i < LEN(bases); i++) {
		struct str base = str_c(bases[i]);
		if (str_starts(path, base) && (path.n == base.n || path.at[base.n] == '/'))
			return true;
	}
	return v1_owns(path) || get_json_owns(path);
}

static const char *words_of(int status)
{
	switch (status) {
	case 400: return "Permintaan tidak dapat dibaca.";
	case 403: return "Tidak diizinkan.";
	case 404: return "Layanan tidak ada di alamat ini.";
	case 405: return "Metode HTTP tidak sesuai: layanan ini menerima POST.";
	case 413: return "Permintaan terlalu besar. Bagi menjadi beberapa permintaan.";
	case 429: return "Terlalu banyak permintaan. Coba lagi nanti.";
	default: return "Layanan sedang tidak dapat menjawab. Kirim ulang permintaan yang sama nanti.";
	}
}

void api_refuse(struct visit *v, int status, const struct err *err)
{
	BUF_AUTO body = BUF(WIRE_MAX);
	if (v1_owns(http_path(v->rq))) {
		v1_refuse(v, status);
		return;
	}
	if (get_json_owns(http_path(v->rq))) {
		get_json_refuse(status, &body);
		reply_json(v, status, &body);
		return;
	}
	struct str what = err && status < 500 ? str_c(err->what) : (struct str){NULL, 0};
	reply_message(v, status, what.n ? what : str_c(words_of(status)));
}

const char *api_refuse_body(int status, struct str path, struct buf *body)
{
	if (path.at && v1_owns(path))
		return v1_refuse_body(status, body);
	if (path.at && get_json_owns(path))
		return get_json_refuse(status, body);
	buf_addz(body, "{\"message\":");
	buf_add_json(body, str_c(words_of(status)));
	buf_addc(body, '}');
	return REPLY_TYPE;
}
