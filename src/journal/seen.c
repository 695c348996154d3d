/* SPDX-License-Identifier: EUPL-1.2
 * journal/seen.c - asking for an entry again: by its reference, and whether it is
 * about a NIK that somebody holds in hand. */
#include <sodium.h>
#include <stdio.h>

#include "journal/archive.h"
#include "journal/journal.sql.h"
#include "journal/line.h"
#include "journal/state.h"
#include "journal/tile.h"

#define MAC_CHARS 10

/* RC_ABSENT: destroyed, or never made. */
static enum rc key_of_moment(struct journal *journal, struct tx *tx, int64_t time_us, unsigned char ret[EPOCH_KEY], struct err *err)
{
	struct str wrapped;
	int epoch = epoch_of_us(time_us);
	TRY(key_find(tx, key_name_epoch(epoch).z, &wrapped, err));
	return state_epoch_key(journal, epoch, wrapped, ret, err);
}

static enum rc nik_is_known(struct tx *tx, const struct sql_journal_entry_find *row, bool *ret, struct err *err)
{
	struct str wrapped;
	*ret = false;
	if (!row->nik_hash.at)
		return RC_OK;
	enum rc rc = key_find(tx, key_name_epoch(epoch_of_us(row->time_us)).z, &wrapped, err);
	*ret = rc == RC_OK;
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc seen_of(struct tx *tx, const struct sql_journal_entry_find *row, struct journal_seen *ret, struct err *err)
{
	*ret = (struct journal_seen){
		.seq = row->entry_id,
		.time_us = row->time_us,
		.instansi_id = row->instansi_id,
		.user = row->user_no,
		.version_id = row->version_id,
	};
	if (act_from_key(row->act, &ret->act) != RC_OK || row->outcome.n >= sizeof ret->outcome)
		return FAIL(err, RC_BROKEN, "Entri jurnal tidak dikenal");
	snprintf(ret->outcome, sizeof ret->outcome, "%.*s", STR_ARG(row->outcome));
	return nik_is_known(tx, row, &ret->nik_known, err);
}

enum rc journal_find_ref(struct journal *journal, struct tx *tx, struct str ref, struct journal_seen *ret, struct err *err)
{
	struct sql_journal_entry_find row;
	int64_t number;
	if (ref_read(journal->keys->ref, ref, &number) != RC_OK)
		return FAIL(err, RC_ABSENT, "Nomor referensi tidak dikenal");
	enum rc rc = sql_journal_entry_find(tx, (struct sql_journal_entry_find_in){.entry_id = number}, &row, err);
	if (rc == RC_ABSENT)
		return archive_absent(tx, number, "Nomor referensi tidak dikenal", err);
	return rc == RC_OK ? seen_of(tx, &row, ret, err) : rc;
}

enum rc journal_is_archived(struct journal *journal, struct tx *tx, struct str ref, bool *ret, struct err *err)
{
	struct archive_edges edges;
	int64_t number;
	*ret = false;
	if (ref_read(journal->keys->ref, ref, &number) != RC_OK)
		return RC_OK;
	TRY(archive_edges(tx, &edges, err));
	*ret = archive_holds(&edges, number);
	return RC_OK;
}

enum rc journal_is_about(struct journal *journal, struct tx *tx, int64_t seq, struct nik nik, struct err *err)
{
	struct sql_journal_entry_find row;
	unsigned char key[EPOCH_KEY], hash[NIK_HASH];
	TRY(sql_journal_entry_find(tx, (struct sql_journal_entry_find_in){.entry_id = seq}, &row, err));
	if (!row.nik_hash.at)
		return FAIL(err, RC_REFUSED, "Entri ini tidak memuat NIK tersebut");
	TRY(key_of_moment(journal, tx, row.time_us, key, err));
	epoch_nik_hash(key, nik, hash);
	secret_wipe(key, sizeof key);
	if (!str_eq_secret(row.nik_hash, str_from((const char *)hash, sizeof hash)))
		return FAIL(err, RC_REFUSED, "Entri ini tidak memuat NIK tersebut");
	return RC_OK;
}

struct slip_mac journal_slip_mac(struct journal *journal, struct ref_text ref, struct nik nik, const char *outcome)
{
	struct slip_mac mac = {0};
	char text[64];
	unsigned char hash[16];
	uint64_t bits = 0;
	int n = snprintf(text, sizeof text, "%s|%s|%.16s", ref.z, nik_digits(nik).z, outcome ? outcome : "");
	crypto_generichash(hash, sizeof hash, (const unsigned char *)text, (size_t)n, journal->keys->slip, KEY_SIZE);
	for (int i = 0; i < 8; i++)
		bits = bits << 8 | hash[i];
	ref_base32(bits, MAC_CHARS, mac.z);
	secret_wipe(text, sizeof text);
	return mac;
}
