/* SPDX-License-Identifier: EUPL-1.2
 * journal/pin.c - see pin.h. First all is looked at, then all is signed. */
#include "journal/pin.h"

#include <sodium.h>

#include "journal/head.h"
#include "journal/journal.sql.h"
#include "journal/sign.h"
#include "journal/state.h"
#include "journal/tile.h"

struct log {
	struct sql_journal_log_all row;
	struct tree_frontier head;
	struct note_key key;
};
struct pinning {
	struct journal *journal;
	struct tx *tx;
	struct log logs[PINS_MAX];
	size_t n;
	struct sql_journal_head_all_rows heads;
};

/* ---- looking ---- */

static const struct sql_journal_head_all *head_of(const struct pinning *p, int64_t log_id)
{
	for (size_t i = 0; i < p->heads.n; i++)
		if (p->heads.at[i].log_id == log_id)
			return &p->heads.at[i];
	return NULL;
}

static bool is_known(const struct pinning *p, int64_t log_id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->logs[i].row.log_id == log_id)
			return true;
	return false;
}

/* Place of the last stored entry; -1: there is none. */
static enum rc last_of(const struct pinning *p, int log_id, int64_t *ret, struct err *err)
{
	struct sql_journal_entry_last last;
	struct sql_journal_entry_last_in all = {.begin_id = number_of(log_id, 0), .end_id = number_of(log_id + 1, 0)};
	TRY(sql_journal_entry_last(p->tx, all, &last, err));
	*ret = last.entry_id < 0 ? -1 : last.entry_id - all.begin_id;
	return RC_OK;
}

/* A log whose own row is gone would silently not be counted. */
static enum rc check_strays(const struct pinning *p, struct err *err)
{
	for (int id = 0; id < PINS_MAX; id++) {
		int64_t last;
		if (is_known(p, id))
			continue;
		TRY(last_of(p, id, &last, err));
		if (last >= 0 || head_of(p, id))
			return FAIL(err, RC_REFUSED, "Log %d punya entri atau kepala, tetapi tidak terdaftar", id);
	}
	return RC_OK;
}

static enum rc check_length(const struct pinning *p, const struct log *log, struct err *err)
{
	int64_t last, size = log->head.size;
	int id = (int)log->row.log_id;
	struct sql_journal_checkpoint_last newest;
	TRY(last_of(p, id, &last, err));
	TRY(sql_journal_checkpoint_last(p->tx, (struct sql_journal_checkpoint_last_in){.log_id = id}, &newest, err));
	if (last >= size)
		return FAIL(err, RC_REFUSED, "Log %d: entri %lld dan seterusnya tidak tercatat di kepala log", id, (long long)size);
	if (last != size - 1)
		return FAIL(err, RC_REFUSED, "Log %d: entri %lld sampai %lld hilang", id, (long long)last + 1, (long long)size - 1);
	if (newest.size > size)
		return FAIL(err, RC_REFUSED, "Log %d terpotong: checkpoint tersimpan mencakup %lld entri, yang ada %lld", id,
		            (long long)newest.size, (long long)size);
	return RC_OK;
}

static enum rc check_log(const struct pinning *p, struct log *log, struct err *err)
{
	int id = (int)log->row.log_id;
	struct err ignored = {0};
	const struct sql_journal_head_all *head = head_of(p, id);
	if (!head || head_read(head->size, head->frontier, &log->head, &ignored) != RC_OK)
		return FAIL(err, RC_REFUSED, "Kepala log %d tidak cocok dengan ukurannya", id);
	if (note_key_read(log->row.vkey, &log->key) != RC_OK || !str_eq(log->row.origin, str_c(log->key.name)))
		return FAIL(err, RC_REFUSED, "Kunci verifikasi log %d tidak sah", id);
	return check_length(p, log, err);
}

static enum rc look(struct pinning *p, struct err *err)
{
	struct sql_journal_log_all_rows rows;
	TRY(sql_journal_log_all(p->tx, &rows, err));
	TRY(sql_journal_head_all(p->tx, &p->heads, err));
	for (size_t i = 0; i < rows.n && i < PINS_MAX; i++)
		p->logs[p->n++].row = rows.at[i];
	TRY(check_strays(p, err));
	for (size_t i = 0; i < p->n; i++)
		TRY(check_log(p, &p->logs[i], err));
	return RC_OK;
}

/* ---- signing ---- */

static enum rc seed_of(const struct pinning *p, int log_id, unsigned char ret[KEY_SIZE], struct err *err)
{
	struct str wrapped;
	struct key_name name = key_name_sign(log_id);
	enum rc rc = key_find(p->tx, name.z, &wrapped, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_REFUSED, "Kunci tanda tangan log %d tidak ada", log_id);
	return rc == RC_OK ? key_unwrap(&p->journal->master, name.z, wrapped, ret, err) : rc;
}

static enum rc sign(const struct pinning *p, const struct log *log, int64_t now_us, struct str *ret_note, struct err *err)
{
	unsigned char seed[KEY_SIZE], pub[32], secret[64];
	int id = (int)log->row.log_id;
	TRY(seed_of(p, id, seed, err));
	crypto_sign_seed_keypair(pub, secret, seed);
	struct sign_key key = {id, &log->key, secret};
	enum rc rc = RC_OK;
	if (memcmp(pub, log->key.pub, sizeof pub) != 0)
		rc = FAIL(err, RC_REFUSED, "Kunci tanda tangan log %d bukan yang tercatat", id);
	else
		rc = sign_head(p->tx, &key, &log->head, now_us, ret_note, err);
	secret_wipe(seed, sizeof seed);
	secret_wipe(secret, sizeof secret);
	return rc;
}

enum rc pin_all(struct journal *journal, struct tx *tx, int64_t now_us, struct pin ret[PINS_MAX], size_t *ret_n, struct err *err)
{
	struct pinning *p = ARENA_NEW(tx_arena(tx), struct pinning);
	if (!p)
		return FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
	p->journal = journal;
	p->tx = tx;
	TRY(look(p, err));
	for (size_t i = 0; i < p->n; i++) {
		const struct log *log = &p->logs[i];
		ret[i] = (struct pin){(int)log->row.log_id, log->head.size, log->row.origin, log->row.vkey, {NULL, 0}};
		TRY(sign(p, log, now_us, &ret[i].note, err));
	}
	*ret_n = p->n;
	return RC_OK;
}
