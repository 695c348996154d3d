/* SPDX-License-Identifier: EUPL-1.2
 * identity/handover.c - see handover.h. */
#include "identity/handover.h"

#include "identity/handover.sql.h"

enum rc handover_given(struct tx *tx, int64_t user, struct str by, int64_t now_us, struct err *err)
{
	struct sql_handover_insert_in in = {.user_key = user, .given_us = now_us, .by_user = by};
	return sql_handover_insert(tx, in, NULL, err);
}

enum rc handover_list(struct tx *tx, int64_t user, struct handover **ret, size_t *ret_n, struct err *err)
{
	struct sql_handover_list_rows rows;
	TRY(sql_handover_list(tx, (struct sql_handover_list_in){.user_key = user}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct handover);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct handover){rows.at[i].given_us, rows.at[i].by_user};
	*ret_n = rows.n;
	return RC_OK;
}

enum rc handover_since(struct tx *tx, const struct user *user, int64_t *ret_us, struct err *err)
{
	struct handover *list;
	size_t n;
	TRY(handover_list(tx, user->user, &list, &n, err));
	*ret_us = n ? list[0].given_us : user->made_us;
	return RC_OK;
}

bool handover_all_back(const struct handover_material *material)
{
	return material->written.n && material->graphic.n && material->physical.n;
}

static bool is_to_come(struct day day, int64_t now_us)
{
	return day.n > day_of_us(now_us).n;
}

enum rc handover_returned(struct tx *tx, const struct user *user, const struct handover_material *m, int64_t now_us,
                          struct err *err)
{
	if (!user->closed)
		return FAIL(err, RC_REFUSED, "User ID itu masih terbuka.");
	if (is_to_come(m->written, now_us) || is_to_come(m->graphic, now_us) || is_to_come(m->physical, now_us))
		return FAIL(err, RC_INVALID, "Tanggal pengembalian belum tiba.");
	struct sql_material_put_in in = {.user_key = user->user,
	                                 .closed_us = user->closed_us,
	                                 .written_day = m->written.n,
	                                 .graphic_day = m->graphic.n,
	                                 .physical_day = m->physical.n,
	                                 .by_user = m->by,
	                                 .now_us = now_us};
	return sql_material_put(tx, in, NULL, err);
}

enum rc handover_material_get(struct tx *tx, const struct user *user, struct handover_material *ret, struct err *err)
{
	struct sql_material_get row;
	struct sql_material_get_in in = {.user_key = user->user, .closed_us = user->closed_us};
	TRY(sql_material_get(tx, in, &row, err));
	*ret = (struct handover_material){.written = {(int32_t)row.written_day},
	                                  .graphic = {(int32_t)row.graphic_day},
	                                  .physical = {(int32_t)row.physical_day},
	                                  .by = row.by_user,
	                                  .at_us = row.at_us};
	return RC_OK;
}
