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
	struct sql_journal_log_ends row;
	struct tree_frontier head;
	struct note_key key;
};
struct pinning {
	struct journal *journal;
	struct tx *tx;
	struct log logs[PINS_MAX];
	size_t n;
	bool used[PINS_MAX]; /* ids under which there are entries */
};

/* ---- looking ----
 *
 * Other nodes append meanwhile, and each statement of a writing transaction may see more than the one before. So
 * what must fit together is read by one statement; and entries are looked for before the list of
 * logs is read, since a log is registered before it has any. */

static bool is_known(const struct pinning *p, int64_t log_id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->logs[i].row.log_id == log_id)
			return true;
	return false;
}

/* A log whose own row is gone would silently not be counted. */
static enum rc check_strays(const struct pinning *p, struct err *err)
{
	struct sql_journal_head_strays strays;
	for (int id = 0; id < PINS_MAX; id++)
		if (p->used[id] && !is_known(p, id))
			return FAIL(err, RC_REFUSED, "Log %d punya entri atau kepala, tetapi tidak terdaftar", id);
	TRY(sql_journal_head_strays(p->tx, &strays, err));
	return strays.n == 0 ? RC_OK : FAIL(err, RC_REFUSED, "Ada kepala log yang lognya tidak terdaftar");
}

static enum rc check_length(const struct log *log, struct err *err)
{
	int id = (int)log->row.log_id;
	int64_t size = log->head.size, last = log->row.last_id < 0 ? -1 : log->row.last_id - number_of(id, 0);
	if (last >= size)
		return FAIL(err, RC_REFUSED, "Log %d: entri %lld dan seterusnya tidak tercatat di kepala log", id, (long long)size);
	if (last != size - 1)
		return FAIL(err, RC_REFUSED, "Log %d: entri %lld sampai %lld hilang", id, (long long)last + 1, (long long)size - 1);
	if (log->row.signed_size > size)
		return FAIL(err, RC_REFUSED, "Log %d terpotong: checkpoint tersimpan mencakup %lld entri, yang ada %lld", id,
		            (long long)log->row.signed_size, (long long)size);
	return RC_OK;
}

static enum rc check_log(struct log *log, struct err *err)
{
	int id = (int)log->row.log_id;
	struct err ignored = {0};
	if (log->row.size_null || head_read(log->row.size, log->row.frontier, &log->head, &ignored) != RC_OK)
		return FAIL(err, RC_REFUSED, "Kepala log %d tidak cocok dengan ukurannya", id);
	if (note_key_read(log->row.vkey, &log->key) != RC_OK || !str_eq(log->row.origin, str_c(log->key.name)))
		return FAIL(err, RC_REFUSED, "Kunci verifikasi log %d tidak sah", id);
	return check_length(log, err);
}

static enum rc look(struct pinning *p, struct err *err)
{
	struct sql_journal_log_ends_rows rows;
	TRY(head_used(p->tx, p->used, err));
	TRY(sql_journal_log_ends(p->tx, &rows, err));
	for (size_t i = 0; i < rows.n && i < PINS_MAX; i++)
		p->logs[p->n++].row = rows.at[i];
	TRY(check_strays(p, err));
	for (size_t i = 0; i < p->n; i++)
		TRY(check_log(&p->logs[i], err));
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

enum rc pin_prefix(struct journal *journal, struct tx *tx, const struct pin_prefix *prefix, struct str *ret_note, struct err *err)
{
	struct sql_journal_log_find row;
	struct pinning *p = ARENA_NEW(tx_arena(tx), struct pinning);
	if (!p)
		return FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
	struct log *log = &p->logs[0];
	p->journal = journal;
	p->tx = tx;
	TRY(sql_journal_log_find(tx, (struct sql_journal_log_find_in){.log_id = prefix->log_id}, &row, err));
	if (note_key_read(row.vkey, &log->key) != RC_OK)
		return FAIL(err, RC_REFUSED, "Kunci verifikasi log %d tidak sah", prefix->log_id);
	log->row.log_id = prefix->log_id;
	log->head = *prefix->frontier;
	return sign(p, log, prefix->now_us, ret_note, err);
}
