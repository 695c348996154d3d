/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_kept.c - see list_kept.h. What a list is bound to (whose, which kejadian,
 * its stamp) is the associated data of the seal: a row of the table that was changed, or
 * bytes moved to another, do not open. */
#include "feedback/list_kept.h"

#include <stdio.h>

#include "feedback/list_kept.sql.h"
#include "store/store.h"

#define BOUND_MAX 160

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- sealed ---- */

static struct str bound_to(const struct list_kept *who, struct str stamp, char out[BOUND_MAX])
{
	int n = snprintf(out, BOUND_MAX, "list/%lld/%lld/%lld/", (long long)who->instansi_id, (long long)who->kejadian_id,
	                 (long long)who->user);
	size_t from = (size_t)n;
	for (size_t i = 0; i < stamp.n && from + 2 < BOUND_MAX; i++, from += 2)
		snprintf(out + from, 3, "%02x", (unsigned char)stamp.at[i]);
	return str_from(out, from);
}

static enum rc seal_list(const struct secret *office_key, const struct list *list, struct str bound, struct buf *out,
                         struct err *err)
{
	BUF_AUTO plain = BUF(LIST_PACKED_MAX);
	list_pack(list, &plain);
	if (buf_ok(&plain))
		seal_add(out, office_key, buf_str(&plain), bound);
	return buf_ok(&plain) && buf_ok(out) ? RC_OK : no_memory(err);
}

enum rc list_kept_seal(const struct secret *office_key, const struct list *list, struct list_sealed *ret, struct err *err)
{
	char bound[BOUND_MAX];
	struct str stamp = {(const char *)ret->stamp, sizeof ret->stamp};
	secret_random(ret->stamp, sizeof ret->stamp);
	ret->who.rows = (int64_t)list->n;
	ret->bytes = BUF(LIST_PACKED_MAX + SEAL_OVERHEAD);
	return seal_list(office_key, list, bound_to(&ret->who, stamp, bound), &ret->bytes, err);
}

static enum rc open_list(struct tx *tx, const struct secret *office_key, const struct list_kept *kept, struct str sealed,
                         struct str stamp, struct list *ret, struct err *err)
{
	struct err ignored;
	char bound[BOUND_MAX];
	BUF_AUTO plain = BUF(LIST_PACKED_MAX);
	if (seal_open(&plain, office_key, sealed, bound_to(kept, stamp, bound), &ignored) != RC_OK)
		return FAIL(err, RC_BROKEN, "daftar yang disimpan tidak dapat dibuka dengan kunci kantor");
	struct str packed = arena_str(tx_arena(tx), buf_str(&plain));
	return packed.at ? list_unpack(packed, tx_arena(tx), ret, err) : no_memory(err);
}

/* ---- rows of the table ---- */

enum rc list_kept_drop(struct tx *tx, int64_t list_id, struct err *err)
{
	return sql_list_kept_drop(tx, (struct sql_list_kept_drop_in){.list_id = list_id}, NULL, err);
}

static bool is_over(int64_t made_us, int64_t now_us)
{
	return made_us < now_us - LIST_KEPT_LIFE_US;
}

/* The oldest that was saved or was not, of that user (0: of anybody); NULL: none is. */
static const struct sql_list_kept_of *oldest(const struct sql_list_kept_of_rows *rows, int64_t user, bool saved)
{
	for (size_t i = 0; i < rows->n; i++)
		if ((user == 0 || rows->at[i].user_key == user) && (rows->at[i].saved_us != 0) == saved)
			return &rows->at[i];
	return NULL;
}

static size_t count_own(const struct sql_list_kept_of_rows *rows, int64_t user)
{
	size_t n = 0;
	for (size_t i = 0; i < rows->n; i++)
		n += rows->at[i].user_key == user;
	return n;
}

/* The one that goes for a new one, if one must. */
static enum rc make_room(struct tx *tx, const struct sql_list_kept_of_rows *rows, int64_t user, struct err *err)
{
	bool own = count_own(rows, user) >= LISTS_KEPT_OWN;
	if (!own && rows->n < LISTS_KEPT_MAX)
		return RC_OK;
	const struct sql_list_kept_of *gone = oldest(rows, own ? user : 0, true);
	gone = gone ? gone : oldest(rows, user, false);
	if (gone)
		return list_kept_drop(tx, gone->list_id, err);
	return FAIL(err, RC_LIMIT,
	            "Instansi Anda sudah mempunyai %d daftar yang belum disimpan, semuanya milik petugas lain. Tunggu sampai salah "
	            "satunya disimpan atau dibuang.",
	            LISTS_KEPT_MAX);
}

enum rc list_kept_put(struct tx *tx, const struct list_sealed *sealed, int64_t now_us, int64_t *ret_list_id, struct err *err)
{
	const struct list_kept *who = &sealed->who;
	struct sql_list_kept_of_rows rows;
	struct sql_list_kept_put row;
	TRY(sql_list_kept_of(tx, (struct sql_list_kept_of_in){.instansi_id = who->instansi_id}, &rows, err));
	TRY(make_room(tx, &rows, who->user, err));
	TRY(sql_list_kept_put(tx,
	                      (struct sql_list_kept_put_in){.instansi_id = who->instansi_id,
	                                                    .kejadian_id = who->kejadian_id,
	                                                    .user_key = who->user,
	                                                    .made_us = now_us,
	                                                    .stamp = {(const char *)sealed->stamp, sizeof sealed->stamp},
	                                                    .rows_n = who->rows,
	                                                    .sealed = buf_str(&sealed->bytes)},
	                      &row, err));
	*ret_list_id = row.list_id;
	return RC_OK;
}

enum rc list_kept_get(struct tx *tx, int64_t list_id, int64_t user, int64_t now_us, struct list_kept *ret, struct err *err)
{
	struct sql_list_kept_get row;
	enum rc rc = sql_list_kept_get(tx, (struct sql_list_kept_get_in){.list_id = list_id}, &row, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	if (rc == RC_ABSENT || row.user_key != user || is_over(row.made_us, now_us))
		return FAIL(err, RC_ABSENT,
		            "Daftar itu tidak ada, sudah dibuang, atau lewat dari satu hari. Unggah kembali berkasnya.");
	*ret = (struct list_kept){list_id,    row.instansi_id, row.kejadian_id, row.user_key, row.made_us,
	                          row.rows_n, row.saved_n,     row.same_n,      row.saved_us};
	return RC_OK;
}

enum rc list_kept_of(struct tx *tx, int64_t instansi_id, int64_t user, int64_t now_us, struct list_kept ret[LISTS_KEPT_OWN],
                     size_t *ret_n, struct err *err)
{
	struct sql_list_kept_of_rows rows;
	TRY(sql_list_kept_of(tx, (struct sql_list_kept_of_in){.instansi_id = instansi_id}, &rows, err));
	*ret_n = 0;
	for (size_t i = 0; i < rows.n && *ret_n < LISTS_KEPT_OWN; i++) {
		const struct sql_list_kept_of *row = &rows.at[i];
		if (row->user_key == user && !is_over(row->made_us, now_us))
			ret[(*ret_n)++] =
			        (struct list_kept){row->list_id, instansi_id,  row->kejadian_id, user,         row->made_us,
			                           row->rows_n,  row->saved_n, row->same_n,      row->saved_us};
	}
	return RC_OK;
}

enum rc list_kept_open(struct tx *tx, const struct secret *office_key, const struct list_kept *kept, struct list *ret,
                       struct err *err)
{
	struct sql_list_kept_sealed row;
	enum rc rc = sql_list_kept_sealed(tx, (struct sql_list_kept_sealed_in){.list_id = kept->list_id}, &row, err);
	if (rc != RC_OK)
		return rc;
	return open_list(tx, office_key, kept, row.sealed, row.stamp, ret, err);
}

enum rc list_kept_sweep(struct tx *tx, int64_t now_us, bool *ret_gone, struct err *err)
{
	struct sql_list_kept_old row;
	enum rc rc = sql_list_kept_old(tx, (struct sql_list_kept_old_in){.before_us = now_us - LIST_KEPT_LIFE_US}, &row, err);
	*ret_gone = rc == RC_OK;
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	return list_kept_drop(tx, row.list_id, err);
}

/* ---- saving ---- */

/* The tellings of a list, and which row each is of. */
struct telling {
	struct record *records;
	struct list_row **rows;
	enum record_fate *fates;
	size_t n;
};

static enum rc tellings_of(struct tx *tx, const struct list_kept *kept, struct list *list, struct telling *ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	*ret = (struct telling){.records = ARENA_ARRAY(arena, list->n + 1, struct record),
	                        .rows = ARENA_ARRAY(arena, list->n + 1, struct list_row *),
	                        .fates = ARENA_ARRAY(arena, list->n + 1, enum record_fate)};
	if (!ret->records || !ret->rows || !ret->fates)
		return no_memory(err);
	for (size_t i = 0; i < list->n; i++) {
		struct list_row *row = &list->rows[i];
		if (row->fate != LIST_READY)
			continue;
		ret->rows[ret->n] = row;
		ret->records[ret->n++] = (struct record){
		        .instansi_id = kept->instansi_id, .kejadian_id = kept->kejadian_id, .nik = row->nik, .told = row->told};
	}
	return RC_OK;
}

/* Rows that need nothing more leave the list: those told now, and those told before. */
static void keep_the_rest(struct list *list, struct list_saved *ret)
{
	size_t all = list->n;
	list->n = 0;
	for (size_t i = 0; i < all; i++)
		if (list->rows[i].fate != LIST_SAME)
			list->rows[list->n++] = list->rows[i];
	ret->left = list->n;
	ret->same = all - ret->left - ret->saved;
}

static enum rc write_back(const struct list_saving *saving, struct tx *tx, const struct list_kept *kept, struct str stamp,
                          const struct list *list, const struct list_saved *saved, struct err *err)
{
	char bound[BOUND_MAX];
	BUF_AUTO sealed = BUF(LIST_PACKED_MAX + SEAL_OVERHEAD);
	TRY(seal_list(saving->office_key, list, bound_to(kept, stamp, bound), &sealed, err));
	return sql_list_kept_set(tx,
	                         (struct sql_list_kept_set_in){.saved_n = (int64_t)saved->saved,
	                                                       .same_n = (int64_t)saved->same,
	                                                       .saved_us = saving->by->time_us,
	                                                       .sealed = buf_str(&sealed),
	                                                       .list_id = kept->list_id},
	                         NULL, err);
}

/* Who was never asked for stays as a row that is fine: he may be asked for yet, and what
 * to say of him is found when the list is looked at. */
enum rc list_kept_save(const struct list_saving *saving, struct tx *tx, const struct list_kept *kept, struct list_saved *ret,
                       struct err *err)
{
	struct sql_list_kept_hold row;
	struct list list;
	struct telling t;
	*ret = (struct list_saved){0};
	enum rc rc = sql_list_kept_hold(tx, (struct sql_list_kept_hold_in){.list_id = kept->list_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Daftar itu baru saja dibuang.");
	TRY(rc);
	TRY(open_list(tx, saving->office_key, kept, row.sealed, row.stamp, &list, err));
	TRY(tellings_of(tx, kept, &list, &t, err));
	TRY(record_tell(saving->feedback, tx, saving->by, TOLD_LIST, t.records, t.n, t.fates, err));
	for (size_t i = 0; i < t.n; i++) {
		if (t.fates[i] == RECORD_UNASKED)
			continue;
		ret->saved += t.fates[i] == RECORD_SAVED;
		t.rows[i]->fate = LIST_SAME;
	}
	keep_the_rest(&list, ret);
	return write_back(saving, tx, kept, row.stamp, &list, ret, err);
}
