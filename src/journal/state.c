/* SPDX-License-Identifier: EUPL-1.2
 * journal/state.c - see state.h: opening and closing a journal. */
#include "journal/state.h"

#include "journal/head.h"
#include "journal/journal.sql.h"

#include <sodium.h>

#define VKEY_MAX 256

static bool slot_holds(const struct journal *journal, int i, struct str wrapped)
{
	return journal->taken[i] && str_eq(wrapped, str_from((const char *)journal->wrapped[i], KEY_WRAPPED));
}

/* Under the lock. */
static enum rc slot_find(struct journal *journal, int epoch, struct str wrapped, int *ret, struct err *err)
{
	for (*ret = 0; *ret < EPOCHS_KEPT; ++*ret) {
		if (slot_holds(journal, *ret, wrapped))
			return RC_OK;
	}
	int i = journal->next;
	journal->taken[i] = false;
	TRY(key_unwrap(&journal->master, key_name_epoch(epoch).z, wrapped, journal->keys->epoch[i], err));
	memcpy(journal->wrapped[i], wrapped.at, KEY_WRAPPED);
	journal->taken[i] = true;
	journal->next = (i + 1) % EPOCHS_KEPT;
	*ret = i;
	return RC_OK;
}

enum rc state_epoch_key(struct journal *journal, int epoch, struct str wrapped, unsigned char ret[EPOCH_KEY], struct err *err)
{
	int slot;
	pthread_mutex_lock(&journal->lock);
	enum rc rc = slot_find(journal, epoch, wrapped, &slot, err);
	if (rc == RC_OK)
		memcpy(ret, journal->keys->epoch[slot], EPOCH_KEY);
	pthread_mutex_unlock(&journal->lock);
	return rc;
}

enum rc state_lose(struct journal *journal, struct err *err)
{
	journal->lost = true;
	return FAIL(err, RC_REFUSED, "nomor simpul %d telah diambil proses lain", journal->log_id);
}

bool journal_is_lost(const struct journal *journal)
{
	return journal->lost;
}

/* ---- opening ---- */

static enum rc named_key(struct journal *journal, struct tx *tx, const char *name, int64_t now_us, unsigned char ret[KEY_SIZE],
                         struct err *err)
{
	struct str wrapped;
	TRY(key_find_or_make(tx, &journal->master, name, now_us, &wrapped, err));
	return key_unwrap(&journal->master, name, wrapped, ret, err);
}

static enum rc load_keys(struct journal *journal, struct tx *tx, const char *origin, int64_t now_us, struct err *err)
{
	unsigned char seed[KEY_SIZE], pub[32];
	struct state_keys *keys = journal->keys;
	TRY(named_key(journal, tx, "ref", now_us, keys->ref, err));
	TRY(named_key(journal, tx, "slip", now_us, keys->slip, err));
	TRY(named_key(journal, tx, key_name_sign(journal->log_id).z, now_us, seed, err));
	crypto_sign_seed_keypair(pub, keys->sign, seed);
	secret_wipe(seed, sizeof seed);
	if (note_key_make(str_c(origin), pub, &journal->note_key) != RC_OK)
		return FAIL(err, RC_INVALID, "Nama asal jurnal tidak sah");
	BUF_AUTO text = BUF(VKEY_MAX);
	note_key_text(&text, &journal->note_key);
	journal->vkey = arena_str(&journal->arena, buf_str(&text));
	return journal->vkey.at && buf_ok(&text) ? RC_OK : FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
}

/* Before a key is made, as appending does it: of two who meet, one waits and none is stuck. */
static enum rc fence_log(struct journal *journal, struct tx *tx, struct err *err)
{
	int64_t changed;
	struct sql_journal_head_fence_in in = {.fence = journal->fence, .log_id = journal->log_id};
	if (journal->fence == 0)
		return RC_OK;
	TRY(sql_journal_head_fence(tx, in, &changed, err));
	if (changed == 0)
		return FAIL(err, RC_CONFLICT, "nomor simpul %d telah diambil proses lain", journal->log_id);
	return RC_OK;
}

/* This month's epoch key is made now, so that the first inquiry need not. */
static enum rc load_log(struct journal *journal, struct tx *tx, int64_t now_us, struct err *err)
{
	struct sql_journal_log_find log;
	struct tree_frontier head;
	struct str origin = str_c(journal->note_key.name), wrapped;
	struct sql_journal_log_insert_in row = {
		.log_id = journal->log_id, .origin = origin, .vkey = journal->vkey, .made_us = now_us};
	TRY(sql_journal_log_insert(tx, row, NULL, err));
	TRY(sql_journal_head_insert(tx, (struct sql_journal_head_insert_in){.log_id = journal->log_id}, NULL, err));
	TRY(sql_journal_log_find(tx, (struct sql_journal_log_find_in){.log_id = journal->log_id}, &log, err));
	if (!str_eq(log.origin, origin))
		return FAIL(err, RC_CONFLICT, "Nama asal jurnal berbeda dari yang tersimpan: %.*s", STR_ARG(log.origin));
	if (!str_eq(log.vkey, journal->vkey))
		return FAIL(err, RC_BROKEN, "Kunci tanda tangan jurnal tidak cocok dengan catatan log");
	TRY(head_find(tx, journal->log_id, &head, err));
	TRY(fence_log(journal, tx, err));
	return key_find_or_make(tx, &journal->master, key_name_epoch(epoch_of_us(now_us)).z, now_us, &wrapped, err);
}

static enum rc load(struct journal *journal, struct store *office, const char *origin, int64_t now_us, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(secret_new(&journal->locked, sizeof *journal->keys, err));
	journal->keys = (struct state_keys *)journal->locked.at;
	TRY(tx_begin(office, TX_WRITE, &tx, err));
	TRY(load_keys(journal, tx, origin, now_us, err));
	TRY(load_log(journal, tx, now_us, err));
	return tx_commit(&tx, err);
}

enum rc journal_open(struct store *office, const struct journal_conf *conf, int64_t now_us, struct journal **ret, struct err *err)
{
	struct arena arena;
	if (conf->log_id < 0 || conf->log_id > JOURNAL_LOG_MAX)
		return FAIL(err, RC_INVALID, "Nomor log jurnal harus 0 sampai %d", JOURNAL_LOG_MAX);
	if (conf->master.n != crypto_aead_xchacha20poly1305_ietf_KEYBYTES)
		return FAIL(err, RC_INVALID, "Kunci induk harus 32 bita");
	arena_init(&arena, 1 << 16);
	struct journal *journal = ARENA_NEW(&arena, struct journal);
	if (!journal)
		return FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
	journal->arena = arena;
	journal->master = conf->master;
	journal->log_id = conf->log_id;
	journal->fence = conf->fence;
	pthread_mutex_init(&journal->lock, NULL);
	enum rc rc = load(journal, office, conf->origin, now_us, err);
	if (rc != RC_OK) {
		journal_close(journal);
		return rc;
	}
	*ret = journal;
	return RC_OK;
}

void journal_close(struct journal *journal)
{
	if (!journal)
		return;
	struct arena arena = journal->arena;
	secret_free(&journal->locked);
	pthread_mutex_destroy(&journal->lock);
	arena_free(&arena);
}

struct str journal_vkey(const struct journal *journal)
{
	return journal->vkey;
}
