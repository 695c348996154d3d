/* SPDX-License-Identifier: EUPL-1.2
 * feedback/sandbox.c - see sandbox.h. */
#include "feedback/sandbox.h"

#include "feedback/sandbox_inside.h"

#define LIFE_US (SANDBOX_TOLD_S * US_PER_S)
#define NO_KEJADIAN 0 /* the key of no real kejadian: their numbers begin at 1 */
#define CONTENT_MAX 4096

/* Of the person and of what is told about him. */
static enum rc hash_of(const struct feedback *feedback, const struct person_key *key, const struct record *record,
                       struct told_hash *ret, struct err *err)
{
	BUF_AUTO both = BUF(CONTENT_MAX);
	struct person_hash person = person_hash(key, record->nik);
	buf_add(&both, person_hash_str(&person));
	buf_add(&both, record->content);
	if (!buf_ok(&both))
		return FAIL(err, RC_BROKEN, "isi data balikan terlalu panjang");
	*ret = told_hash(feedback, buf_str(&both));
	return RC_OK;
}

static struct sandbox_cell *cell_of(struct sandbox *sandbox, const struct told_hash *hash)
{
	uint32_t place;
	memcpy(&place, hash->at, sizeof place);
	return &sandbox->cells[place % SANDBOX_CELLS];
}

static enum record_fate tell(struct sandbox *sandbox, int64_t instansi_id, const struct told_hash *hash, int64_t now_us)
{
	struct sandbox_cell *cell = cell_of(sandbox, hash);
	bool same = cell->instansi_id == instansi_id && memcmp(cell->hash.at, hash->at, sizeof hash->at) == 0;
	if (same && now_us - cell->told_us < LIFE_US)
		return RECORD_SAME;
	*cell = (struct sandbox_cell){instansi_id, now_us, *hash};
	return RECORD_SAVED;
}

enum rc sandbox_tell(const struct feedback *feedback, const struct record *records, size_t n, int64_t now_us, enum record_fate *ret,
                     struct err *err)
{
	struct person_key key = person_key(feedback, NO_KEJADIAN);
	for (size_t i = 0; i < n; i++) {
		struct told_hash hash;
		TRY(hash_of(feedback, &key, &records[i], &hash, err));
		ret[i] = tell(feedback->sandbox, records[i].instansi_id, &hash, now_us);
	}
	return RC_OK;
}
