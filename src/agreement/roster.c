/* SPDX-License-Identifier: EUPL-1.2
 * agreement/roster.c - see roster.h. Each order is a query of its own: one that chose
 * its order by a parameter would have to read and sort them all. */
#include "agreement/roster.h"

#include "agreement/agreement.sql.h"
#include "agreement/term.h"

#define DAY_MAX INT32_MAX

static const struct roster_which_row whiches[] = {
        {ROSTER_ALL, "", "Semua"},
        {ROSTER_ACTIVE, "aktif", "Aktif"},
        {ROSTER_SOON, "akan-berakhir", "Berakhir dalam 6 bulan"},
        {ROSTER_DRAFT, "rancangan", "Rancangan"},
        {ROSTER_SUSPENDED, "dibekukan", "Dibekukan"},
        {ROSTER_ENDED, "berakhir", "Berakhir"},
        {ROSTER_REVOKED, "dicabut", "Dicabut"},
};
_Static_assert(LEN(whiches) == ROSTER_WHICH_COUNT, "every filter has its row");

const struct roster_which_row *roster_which_at(size_t i)
{
	return i < LEN(whiches) ? &whiches[i] : NULL;
}

enum roster_which roster_which_of(struct str key)
{
	for (size_t i = 0; i < LEN(whiches); i++)
		if (str_eq(key, str_c(whiches[i].key)))
			return whiches[i].which;
	return ROSTER_ALL;
}

struct str roster_key(struct arena *arena, struct str name)
{
	char *at = arena_alloc(arena, name.n + 1);
	for (size_t i = 0; at && i < name.n; i++)
		at[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] - 'A' + 'a') : name.at[i];
	return (struct str){at, at ? name.n : 0};
}

/* ---- the filter ---- */

/* Anywhere in the text; what LIKE would understand is taken literally. */
static struct str pattern(struct arena *arena, struct str text, bool upper)
{
	BUF_AUTO out = BUF(ROSTER_TEXT_MAX * 2 + 2);
	buf_addc(&out, '%');
	for (size_t i = 0; i < text.n; i++) {
		char c = text.at[i];
		if (c == '%' || c == '_' || c == '!')
			buf_addc(&out, '!');
		if (upper && c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (!upper && c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		buf_addc(&out, c);
	}
	buf_addc(&out, '%');
	return buf_ok(&out) ? arena_str(arena, buf_str(&out)) : (struct str){NULL, 0};
}

/* `state` between the two days, or `also` whatever its days are. */
static struct sql_roster_count_in filter_of(const struct roster_ask *ask, struct arena *arena)
{
	struct sql_roster_count_in in = {.state = S(""),
	                                 .also = S(""),
	                                 .to_day = DAY_MAX,
	                                 .code = pattern(arena, ask->text, true),
	                                 .part = pattern(arena, ask->text, false)};
	switch (ask->which) {
	case ROSTER_ALL:
	case ROSTER_WHICH_COUNT: break;
	case ROSTER_ACTIVE: in.state = S("active"), in.from_day = ask->today.n; break;
	case ROSTER_SOON:
		in.state = S("active"), in.from_day = ask->today.n;
		in.to_day = day_add_months(ask->today, TERM_FIRST_WARNING).n;
		break;
	case ROSTER_DRAFT: in.state = S("draft"); break;
	case ROSTER_SUSPENDED: in.state = S("suspended"); break;
	case ROSTER_ENDED: in.state = S("active"), in.to_day = ask->today.n - 1, in.also = S("ended"); break;
	case ROSTER_REVOKED: in.state = S("revoked"); break;
	}
	return in;
}

/* ---- the orders ---- */

static enum rc room(struct tx *tx, size_t n, struct roster *ret, struct err *err)
{
	ret->at = ARENA_ARRAY(tx_arena(tx), n + 1, struct instansi_row);
	return ret->at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc add(struct roster *ret, struct instansi_row row, struct str state, struct err *err)
{
	if (instansi_state_from_key(state, &row.state) != RC_OK)
		return FAIL(err, RC_BROKEN, "keadaan instansi di basis data tidak dikenal");
	ret->at[ret->n++] = row;
	return RC_OK;
}

/* The rows of every order are alike; only the names of the queries differ. */
#define ORDER(order)                                                                                                               \
	static enum rc order(struct tx *tx, struct sql_roster_count_in f, const struct roster_ask *ask, struct roster *ret,        \
	                     struct err *err)                                                                                      \
	{                                                                                                                          \
		struct sql_roster_##order##_rows rows;                                                                             \
		struct sql_roster_##order##_in in = {f.state, f.also, f.from_day, f.to_day, f.code, f.part, ask->most, ask->skip}; \
		TRY(sql_roster_##order(tx, in, &rows, err));                                                                       \
		TRY(room(tx, rows.n, ret, err));                                                                                   \
		for (size_t i = 0; i < rows.n; i++)                                                                                \
			TRY(add(ret, (struct instansi_row){rows.at[i].instansi_id, rows.at[i].code, rows.at[i].name, 0},           \
			        rows.at[i].state, err));                                                                           \
		return RC_OK;                                                                                                      \
	}
ORDER(by_name)
ORDER(by_name_down)
ORDER(by_last_day)
ORDER(by_last_day_down)
ORDER(by_state)
ORDER(by_state_down)

enum rc roster_page(struct tx *tx, const struct roster_ask *ask, struct roster *ret, struct err *err)
{
	static enum rc (*const orders[ROSTER_SORT_COUNT][2])(struct tx *, struct sql_roster_count_in, const struct roster_ask *,
	                                                     struct roster *, struct err *) = {
	        [ROSTER_BY_NAME] = {by_name, by_name_down},
	        [ROSTER_BY_LAST_DAY] = {by_last_day, by_last_day_down},
	        [ROSTER_BY_STATE] = {by_state, by_state_down},
	};
	struct sql_roster_count count;
	*ret = (struct roster){0};
	if (ask->text.n > ROSTER_TEXT_MAX || (unsigned)ask->sort >= ROSTER_SORT_COUNT)
		return RC_OK;
	struct sql_roster_count_in filter = filter_of(ask, tx_arena(tx));
	if (!filter.code.at || !filter.part.at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(sql_roster_count(tx, filter, &count, err));
	TRY(orders[ask->sort][ask->down](tx, filter, ask, ret, err));
	ret->all = count.n;
	return RC_OK;
}

enum rc roster_open(struct tx *tx, const int64_t *instansi_ids, size_t n, struct roster_open *ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct sql_roster_open_in *in = ARENA_ARRAY(arena, n + 1, struct sql_roster_open_in);
	struct sql_roster_open *rows = ARENA_ARRAY(arena, n + 1, struct sql_roster_open);
	bool *found = ARENA_ARRAY(arena, n + 1, bool);
	if (!in || !rows || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_roster_open_in){.instansi_id = instansi_ids[i]};
	TRY(sql_roster_open(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		if (!found[i])
			return FAIL(err, RC_ABSENT, "instansi tidak ada");
		ret[i] = (struct roster_open){rows[i].papers, rows[i].drafts > 0};
	}
	return RC_OK;
}
