/* SPDX-License-Identifier: EUPL-1.2
 * agreement/instansi.c - agencies and the life of their agreement; the doors are in
 * agreement.h. Ending by term (P4) is not a step: it follows from the last day. */
#include "agreement/agreement.h"
#include "agreement/agreement.sql.h"
#include "agreement/roster.h"
#include "agreement/words.h"

#define CODE_MAX 32
#define NAME_TEXT_MAX 120

static const struct instansi_state_row states[] = {
        {INSTANSI_DRAFT, "draft", "Rancangan"},         {INSTANSI_ACTIVE, "active", "Aktif"},
        {INSTANSI_SUSPENDED, "suspended", "Dibekukan"}, {INSTANSI_ENDED, "ended", "Berakhir"},
        {INSTANSI_REVOKED, "revoked", "Dicabut"},
};

static const struct step {
	enum instansi_state from, to;
	const char *clause;
} lifecycle[] = {
        {INSTANSI_DRAFT, INSTANSI_ACTIVE, "P4"}, /* the first version was applied */
        {INSTANSI_DRAFT, INSTANSI_ENDED, "P5"},  /* never began */
        {INSTANSI_ACTIVE, INSTANSI_SUSPENDED, "P9.1"},  {INSTANSI_SUSPENDED, INSTANSI_ACTIVE, "P9.1"},
        {INSTANSI_ACTIVE, INSTANSI_ENDED, "P5"}, /* consent, nomenclature, institution */
        {INSTANSI_SUSPENDED, INSTANSI_ENDED, "P5"},     {INSTANSI_ACTIVE, INSTANSI_REVOKED, "P9.1"}, /* J.VI.I */
        {INSTANSI_SUSPENDED, INSTANSI_REVOKED, "P9.1"},
};

const struct instansi_state_row *instansi_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

enum rc instansi_state_from_key(struct str key, enum instansi_state *ret)
{
	for (size_t i = 0; i < LEN(states); i++) {
		if (!str_eq(key, str_c(states[i].key)))
			continue;
		*ret = states[i].state;
		return RC_OK;
	}
	return RC_ABSENT;
}

bool instansi_step_allowed(enum instansi_state from, enum instansi_state to)
{
	for (size_t i = 0; i < LEN(lifecycle); i++)
		if (lifecycle[i].from == from && lifecycle[i].to == to)
			return true;
	return false;
}

enum rc instansi_find(struct tx *tx, struct str code, int64_t *ret, struct err *err)
{
	char upper[CODE_MAX];
	struct sql_instansi_by_code row;
	if (code.n == 0 || code.n > sizeof upper || !str_is_text(code))
		return FAIL(err, RC_ABSENT, "instansi tidak ada");
	for (size_t i = 0; i < code.n; i++)
		upper[i] = code.at[i] >= 'a' && code.at[i] <= 'z' ? (char)(code.at[i] - 'a' + 'A') : code.at[i];
	enum rc rc = sql_instansi_by_code(tx, (struct sql_instansi_by_code_in){.code = str_from(upper, code.n)}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "instansi tidak ada");
	TRY(rc);
	*ret = row.instansi_id;
	return RC_OK;
}

static enum rc insert(struct tx *tx, struct str code, struct str name, int64_t now_us, struct sql_instansi_insert *ret,
                      struct err *err)
{
	struct str key = roster_key(tx_arena(tx), name);
	if (!key.at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	struct sql_instansi_insert_in in = {.code = code, .name = name, .name_key = key, .now_us = now_us};
	return sql_instansi_insert(tx, in, ret, err);
}

enum rc instansi_add(struct tx *tx, struct str code, struct str name, int64_t now_us, int64_t *ret, struct err *err)
{
	struct sql_instansi_insert row;
	if (code.n > CODE_MAX || !word_is_code(code))
		return FAIL(err, RC_INVALID, "kode: huruf besar di depan, lalu huruf besar, angka, '-' atau '_', paling banyak %d",
		            CODE_MAX);
	if (name.n == 0 || name.n > NAME_TEXT_MAX || !str_is_text(name) || str_index(name, '\n') < name.n)
		return FAIL(err, RC_INVALID, "nama instansi harus ada, paling banyak %d huruf", NAME_TEXT_MAX);
	enum rc rc = insert(tx, code, name, now_us, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_CONFLICT, "kode %.*s sudah dipakai", STR_ARG(code));
	TRY(rc);
	*ret = row.instansi_id;
	return RC_OK;
}

static enum rc with_state(struct instansi_row row, struct str state, struct instansi_row *ret, struct err *err)
{
	if (instansi_state_from_key(state, &row.state) != RC_OK)
		return FAIL(err, RC_BROKEN, "keadaan instansi di basis data tidak dikenal");
	*ret = row;
	return RC_OK;
}

enum rc instansi_get(struct tx *tx, int64_t instansi_id, struct instansi_row *ret, struct err *err)
{
	struct sql_instansi_get row;
	enum rc rc = sql_instansi_get(tx, (struct sql_instansi_get_in){.instansi_id = instansi_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "instansi tidak ada");
	TRY(rc);
	return with_state((struct instansi_row){instansi_id, row.code, row.name, INSTANSI_DRAFT}, row.state, ret, err);
}

enum rc instansi_lock(struct tx *tx, int64_t instansi_id, struct instansi_row *ret, struct err *err)
{
	struct sql_instansi_lock row;
	enum rc rc = sql_instansi_lock(tx, (struct sql_instansi_lock_in){.instansi_id = instansi_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "instansi tidak ada");
	TRY(rc);
	return with_state((struct instansi_row){instansi_id, row.code, row.name, INSTANSI_DRAFT}, row.state, ret, err);
}

enum rc instansi_list(struct tx *tx, struct instansi_row **ret, size_t *ret_n, struct err *err)
{
	struct sql_instansi_all_rows rows;
	TRY(sql_instansi_all(tx, &rows, err));
	struct instansi_row *list = rows.n ? ARENA_ARRAY(tx_arena(tx), rows.n, struct instansi_row) : NULL;
	if (rows.n && !list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_instansi_all *row = &rows.at[i];
		struct instansi_row plain = {row->instansi_id, row->code, row->name, INSTANSI_DRAFT};
		TRY(with_state(plain, row->state, &list[i], err));
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

enum rc instansi_set_state(struct tx *tx, int64_t instansi_id, enum instansi_state state, int64_t now_us, struct err *err)
{
	struct instansi_row now;
	if ((unsigned)state >= LEN(states))
		return FAIL(err, RC_INVALID, "keadaan instansi tidak dikenal");
	TRY(instansi_lock(tx, instansi_id, &now, err));
	if (!instansi_step_allowed(now.state, state))
		return FAIL(err, RC_REFUSED, "%.32s: dari %s tidak dapat menjadi %s",
		            arena_printf(tx_arena(tx), "%.*s", STR_ARG(now.code)).at, states[now.state].label, states[state].label);
	struct sql_instansi_set_state_in in = {.state = str_c(states[state].key), .now_us = now_us, .instansi_id = instansi_id};
	return sql_instansi_set_state(tx, in, NULL, err);
}
