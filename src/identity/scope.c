/* SPDX-License-Identifier: EUPL-1.2
 * identity/scope.c - see scope.h. */
#include "identity/scope.h"

#include "identity/identity.sql.h"
#include "identity/principal_inside.h"

static const struct scope_row rows[SCOPE_COUNT] = {
        {SCOPE_VERIFIKASI, "verifikasi", "Meminta data seseorang menurut NIK", true, false},
        {SCOPE_KESESUAIAN, "kesesuaian", "Memeriksa kesesuaian data seseorang", true, false},
        {SCOPE_BALIKAN_READ, "balikan:read", "Membaca data balikan dan utangnya", true, true},
        {SCOPE_BALIKAN_WRITE, "balikan:write", "Menyampaikan data balikan", true, true},
        {SCOPE_KEJADIAN_READ, "kejadian:read", "Membaca daftar kejadian", true, true},
        {SCOPE_KEJADIAN_WRITE, "kejadian:write", "Membuka dan menutup kejadian", false, false},
        {SCOPE_PERJANJIAN_READ, "perjanjian:read", "Membaca keadaan perjanjian dan kuota", true, true},
        {SCOPE_JURNAL_READ, "jurnal:read", "Membaca catatan jurnal permintaan sendiri beserta buktinya", true, false},
        {SCOPE_PEMAKAIAN_READ, "pemakaian:read", "Membaca pemakaian instansi", true, false},
};

const struct scope_row *scope_at(size_t i)
{
	return i < LEN(rows) ? &rows[i] : NULL;
}

static enum rc scope_from_key(struct str key, enum scope *ret)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		if (!str_eq(key, str_c(rows[i].key)))
			continue;
		*ret = rows[i].scope;
		return RC_OK;
	}
	return RC_INVALID;
}

enum rc scopes_from_text(struct str text, scope_set *ret, struct err *err)
{
	*ret = 0;
	if (text.n >= SCOPES_TEXT_MAX)
		return FAIL(err, RC_INVALID, "Daftar cakupan terlalu panjang");
	for (struct str rest = text; text.n && rest.at;) {
		enum scope scope;
		struct str key = str_split(&rest, ' ');
		if (scope_from_key(key, &scope) != RC_OK)
			return FAIL(err, RC_INVALID, "Cakupan tidak dikenal");
		*ret |= SCOPE_BIT(scope);
	}
	return RC_OK;
}

struct scopes_text scopes_text(scope_set set)
{
	struct scopes_text text = {""};
	size_t n = 0;
	for (size_t i = 0; i < LEN(rows); i++) {
		if (!(set & SCOPE_BIT(rows[i].scope)))
			continue;
		struct str key = str_c(rows[i].key);
		if (n)
			text.z[n++] = ' ';
		memcpy(text.z + n, key.at, key.n);
		n += key.n;
	}
	text.z[n] = '\0';
	return text;
}

static scope_set usual(bool balikan)
{
	scope_set set = 0;
	for (size_t i = 0; i < LEN(rows); i++)
		if (balikan ? rows[i].balikan : rows[i].usual)
			set |= SCOPE_BIT(rows[i].scope);
	return set;
}

static bool is_balikan(struct str user_id)
{
	return principal_is_balikan(&(struct principal){.role = ROLE_SERVICE, .user_id = user_id});
}

enum rc scopes_allowed(struct str user_id, struct str stored, scope_set *ret, struct err *err)
{
	bool balikan = is_balikan(user_id);
	*ret = usual(balikan);
	if (stored.n == 0)
		return RC_OK;
	if (scopes_from_text(stored, ret, err) != RC_OK)
		return FAIL(err, RC_BROKEN, "Cakupan user ID di basis data tidak dikenal");
	if (balikan)
		*ret &= usual(true);
	return RC_OK;
}

/* ---- of one service user id ---- */

scope_set scopes_possible(struct str user_id)
{
	return is_balikan(user_id) ? usual(true) : SCOPES_ALL;
}

enum rc scopes_get(struct tx *tx, int64_t user, struct str user_id, scope_set *ret, struct err *err)
{
	struct sql_user_scopes row;
	enum rc rc = sql_user_scopes(tx, (struct sql_user_scopes_in){.user_key = user}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Layanan itu tidak ada");
	TRY(rc);
	return scopes_allowed(user_id, row.scopes, ret, err);
}

enum rc scopes_set(struct tx *tx, int64_t user, struct str user_id, scope_set scopes, struct err *err)
{
	if (scopes == 0)
		return FAIL(err, RC_INVALID, "Pilih sekurangnya satu cakupan");
	if (scopes & ~scopes_possible(user_id))
		return FAIL(err, RC_INVALID, "User ID data balikan tidak dapat diberi cakupan itu");
	struct scopes_text text = scopes_text(scopes);
	struct str stored = scopes == usual(is_balikan(user_id)) ? S("") : str_c(text.z);
	return sql_user_set_scopes(tx, (struct sql_user_set_scopes_in){.scopes = stored, .user_key = user}, NULL, err);
}
