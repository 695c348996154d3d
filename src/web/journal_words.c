/* SPDX-License-Identifier: EUPL-1.2
 * web/journal_words.c - see journal_words.h. */
#include "web/journal_words.h"

#include "agreement/agreement.h"
#include "gate/ledger.h"
#include "gate/logbook.h"
#include "journal/tile.h"

enum rc journal_reads(struct visit *v, struct err *err)
{
	bool first;
	struct entry entry = {.act = ACT_EXPORT, .outcome = "ok", .about = S("journal browse")};
	TRY(browse_begin(v->tx, principal_session(v->who), day_of_us(v->now_us), &first, err));
	return first ? visit_journal(v, entry, NULL, err) : RC_OK;
}

struct str journal_act(struct str key)
{
	enum act act;
	return act_from_key(key, &act) == RC_OK ? str_c(act_at(act)->label) : key;
}

struct str journal_outcome(struct arena *arena, struct str code)
{
	enum outcome outcome;
	if (str_eq(code, S("ok")))
		return S("berhasil");
	if (str_eq(code, S("refused")))
		return S("ditolak");
	if (outcome_from_code(code, &outcome) != RC_OK)
		return code;
	const char *words = outcome_get(outcome)->portal;
	if (!words[0])
		words = outcome == OUTCOME_DATA ? "Data diberikan" : "Isian tidak lengkap atau tidak sah";
	return arena_printf(arena, "%.*s %s", STR_ARG(code), words);
}

struct str journal_colour(struct str code)
{
	enum outcome outcome;
	if (str_eq(code, S("ok")))
		return S("ok");
	if (str_eq(code, S("refused")))
		return S("no");
	if (outcome_from_code(code, &outcome) != RC_OK)
		return S("");
	if (outcome == OUTCOME_DATA)
		return S("ok");
	return outcome_get(outcome)->kind == OUTCOME_KIND_PARAMETER ? S("no") : S("");
}

enum rc journal_instansi(struct visit *v, int64_t instansi_id, struct str *ret_code, struct str *ret_name, struct err *err)
{
	struct instansi_row row = {.code = S(""), .name = S("")};
	if (instansi_id) {
		enum rc rc = instansi_get(v->tx, instansi_id, &row, err);
		if (rc == RC_ABSENT)
			row = (struct instansi_row){.code = arena_printf(v->arena, "nomor %lld", (long long)instansi_id),
			                            .name = S("")};
		else if (rc != RC_OK)
			return rc;
	}
	*ret_code = row.code;
	if (ret_name)
		*ret_name = row.name;
	return RC_OK;
}

struct str journal_log_words(struct arena *arena, const struct browse_log *log)
{
	return arena_printf(arena, "%d, %.*s", log->log_id, STR_ARG(log->origin));
}

struct url journal_log_url(struct visit *v, const char *path, int log_id)
{
	struct url_pair pair = {"log", arena_printf(v->arena, "%d", log_id)};
	return url_path(v->arena, path, &pair, 1);
}

struct url journal_entry_url(struct visit *v, int log_id, int64_t place)
{
	struct url_pair pairs[] = {
	        {"log", arena_printf(v->arena, "%d", log_id)},
	        {"seq", arena_printf(v->arena, "%lld", (long long)place)},
	};
	return url_path(v->arena, "/jurnal/entri", pairs, LEN(pairs));
}

struct str journal_ref_words(struct visit *v, int log_id, int64_t place)
{
	return arena_str(v->arena, str_c(ledger_ref(v, number_of(log_id, place)).z));
}
