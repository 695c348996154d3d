/* SPDX-License-Identifier: EUPL-1.2
 * gate/history.c - see history.h. */
#include "gate/history.h"

#include <assert.h>

#include "agreement/kejadian.h"
#include "base/hex.h"
#include "base/seal.h"
#include "gate/call.h"
#include "store/store.h"

#define PER_DAY_USUAL 50
#define PLAIN_MAX 200 /* of a ticket */
#define PARTS 6

static const struct history_ground_row grounds[] = {
        [HISTORY_OWNER] = {"owner", "Permintaan pemilik data", "UU 27 Tahun 2022 Pasal 32"},
        [HISTORY_OVERSIGHT] = {"oversight", "Pengawasan", "P3.1a"},
        [HISTORY_INCIDENT] = {"incident", "Penyelidikan insiden", "P2.2g"},
};
static const struct history_ground_row askers[] = {
        [HISTORY_SELF] = {"self", "Pemilik data sendiri", NULL},
        [HISTORY_GUARDIAN] = {"guardian", "Orang tua atau wali", NULL},
        [HISTORY_PROXY] = {"proxy", "Kuasa", NULL},
};

const struct history_ground_row *history_ground_at(enum history_ground ground)
{
	assert(ground < HISTORY_GROUND_COUNT);
	return &grounds[ground];
}

const struct history_ground_row *history_asker_at(enum history_asker asker)
{
	assert(asker < HISTORY_ASKER_COUNT);
	return &askers[asker];
}

static bool is_one_line(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.at[i] < ' ')
			return false;
	return str_is_text(text);
}

enum rc history_why_check(const struct history_why *why, const char **ret_field, struct err *err)
{
	*ret_field = "keterangan";
	if (!why->basis.n)
		return FAIL(err, RC_INVALID, "Isi nomor surat, surat tugas, atau insiden yang mendasari pencarian.");
	if (why->basis.n > HISTORY_BASIS_MAX || !is_one_line(why->basis))
		return FAIL(err, RC_INVALID, "Paling panjang %d huruf, satu baris.", HISTORY_BASIS_MAX);
	if (nik_stands_in(why->basis))
		return FAIL(err, RC_INVALID, "Jangan menuliskan NIK di sini.");
	*ret_field = "dokumen";
	if (why->ground == HISTORY_OWNER && why->document == DOCUMENT_NONE)
		return FAIL(err, RC_INVALID, "Pilih dokumen yang diperiksa untuk memastikan siapa pemohonnya.");
	*ret_field = NULL;
	return RC_OK;
}

struct str history_about(const struct history_why *why, const char *what, struct arena *arena)
{
	bool owner = why->ground == HISTORY_OWNER;
	return arena_printf(arena, "%s %s%s%s %.*s", what, grounds[why->ground].key, owner ? " " : "",
	                    owner ? askers[why->asker].key : "", STR_ARG(why->basis));
}

/* "search owner self 470/1", "slip incident 7". */
enum history_ground history_ground_of(struct str about, struct str *ret_basis)
{
	if (str_starts(about, S("cli: ")))
		about = str_sub(about, 5, about.n);
	struct str what = str_split(&about, ' '), word = str_split(&about, ' ');
	enum history_ground ground = 0;
	while (ground < HISTORY_GROUND_COUNT && !(what.n && str_eq(word, str_c(grounds[ground].key))))
		ground++;
	if (ground == HISTORY_OWNER)
		str_split(&about, ' ');
	*ret_basis = about;
	return ground;
}

/* ---- asking ---- */

static int64_t most_of(const struct visit *v)
{
	return v->gate->conf.history_per_day ? v->gate->conf.history_per_day : PER_DAY_USUAL;
}

static enum rc write_down(struct visit *v, const struct history_ticket *ticket, const char *what, const struct receipt **ret,
                          struct err *err)
{
	const struct history_why *why = &ticket->why;
	struct entry entry = {.act = ACT_HISTORY,
	                      .outcome = "ok",
	                      .clause = grounds[why->ground].clause,
	                      .document = why->ground == HISTORY_OWNER ? document_at(why->document)->key : NULL,
	                      .nik = ticket->nik,
	                      .about = history_about(why, what, v->arena)};
	return visit_journal(v, entry, ret, err);
}

enum rc history_begin(struct visit *v, const struct history_ticket *ticket, struct err *err)
{
	int64_t n;
	TRY(history_ask_once(v->tx, principal_user(v->who), day_of_us(v->now_us), most_of(v), &n, err));
	return write_down(v, ticket, "search", NULL, err);
}

enum rc history_compare(struct visit *v, struct nik nik, struct err *err)
{
	int64_t n;
	struct entry entry = {.act = ACT_TRACE, .outcome = "ok", .clause = "P2.2g", .nik = nik, .about = S("trace compare")};
	TRY(history_ask_once(v->tx, principal_user(v->who), day_of_us(v->now_us), most_of(v), &n, err));
	return visit_journal(v, entry, NULL, err);
}

enum rc history_slip(struct visit *v, const struct history_ticket *ticket, const struct receipt **ret, struct err *err)
{
	return write_down(v, ticket, "slip", ret, err);
}

enum rc history_left(struct visit *v, struct history_left *ret, struct err *err)
{
	struct day today = day_of_us(v->now_us);
	ret->most = most_of(v);
	TRY(history_made(v->tx, principal_user(v->who), today, &ret->made, err));
	return history_asked(v->tx, today, &ret->all, err);
}

/* ---- tickets ---- */

static struct str place_of(struct visit *v)
{
	return arena_printf(v->arena, "history %lld %lld", (long long)principal_user(v->who), (long long)principal_session(v->who));
}

struct str history_ticket_text(struct visit *v, const struct history_ticket *ticket)
{
	const struct history_why *why = &ticket->why;
	BUF_AUTO plain = BUF(PLAIN_MAX);
	BUF_AUTO sealed = BUF(PLAIN_MAX + SEAL_OVERHEAD);
	BUF_AUTO text = BUF(HISTORY_TICKET_MAX);
	struct str place = place_of(v);
	buf_addf(&plain, "%s\n%lld\n%d\n%d\n%d\n", nik_digits(ticket->nik).z, (long long)ticket->asked_us, why->ground, why->asker,
	         why->document);
	buf_add(&plain, why->basis);
	if (!place.at || !buf_ok(&plain))
		return (struct str){NULL, 0};
	seal_add(&sealed, visit_office_key(v), buf_str(&plain), place);
	base64url_add(&text, buf_str(&sealed));
	return buf_ok(&sealed) && buf_ok(&text) ? arena_str(v->arena, buf_str(&text)) : (struct str){NULL, 0};
}

/* What we sealed ourselves. */
static enum rc ticket_parse(struct visit *v, struct str plain, struct history_ticket *ret)
{
	int64_t n[PARTS] = {0};
	struct str digits = str_split(&plain, '\n');
	TRY(nik_from_str(digits, &ret->nik, NULL));
	for (int i = 1; i < PARTS - 1; i++)
		TRY(str_int(str_split(&plain, '\n'), 0, INT64_MAX, &n[i]));
	if (n[2] >= HISTORY_GROUND_COUNT || n[3] >= HISTORY_ASKER_COUNT || n[4] >= DOCUMENT_COUNT)
		return RC_INVALID;
	ret->asked_us = n[1];
	ret->why = (struct history_why){(enum history_ground)n[2], arena_str(v->arena, plain), (enum history_asker)n[3],
	                                (enum document)n[4]};
	return RC_OK;
}

static enum rc ticket_open(struct visit *v, struct str text, struct buf *plain)
{
	unsigned char sealed[HISTORY_TICKET_MAX];
	struct err unread = {0};
	size_t n;
	struct str place = place_of(v);
	TRY(base64url_read(text, sealed, sizeof sealed, &n));
	return place.at ? seal_open(plain, visit_office_key(v), str_from((const char *)sealed, n), place, &unread) : RC_BROKEN;
}

enum rc history_ticket_read(struct visit *v, struct str text, struct history_ticket *ret, struct err *err)
{
	BUF_AUTO plain = BUF(PLAIN_MAX);
	*ret = (struct history_ticket){0};
	if (!text.n || ticket_open(v, text, &plain) != RC_OK || ticket_parse(v, buf_str(&plain), ret) != RC_OK)
		return FAIL(err, RC_REFUSED, "Hasil pencarian itu bukan dari sesi ini. Cari kembali.");
	if (v->now_us > ret->asked_us + HISTORY_TICKET_US || v->now_us < ret->asked_us - US_PER_S)
		return FAIL(err, RC_REFUSED, "Hasil pencarian hanya terbuka 15 menit. Cari kembali.");
	return RC_OK;
}

/* ---- the list ---- */

struct naming {
	const struct history_source *source;
	struct tx *tx;
	struct arena *arena;
	struct history_look *look;
};

/* The names a row before it was given already; NULL: none had the same. */
static const struct history_seen *same_instansi(const struct naming *n, size_t i)
{
	for (size_t k = i; k-- > 0;)
		if (n->look->at[k].row.instansi_id == n->look->at[i].row.instansi_id)
			return &n->look->at[k];
	return NULL;
}

static const struct history_seen *same_version(const struct naming *n, size_t i)
{
	for (size_t k = i; k-- > 0;)
		if (n->look->at[k].row.version_id == n->look->at[i].row.version_id)
			return &n->look->at[k];
	return NULL;
}

static enum rc name_instansi(const struct naming *n, size_t i, struct err *err)
{
	struct history_seen *seen = &n->look->at[i];
	const struct history_seen *same = same_instansi(n, i);
	struct instansi_row row;
	seen->instansi = seen->code = S("");
	if (same) {
		seen->instansi = same->instansi;
		seen->code = same->code;
		return RC_OK;
	}
	enum rc rc = seen->row.instansi_id ? instansi_get(n->tx, seen->row.instansi_id, &row, err) : RC_ABSENT;
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	seen->instansi = arena_str(n->arena, row.name);
	seen->code = arena_str(n->arena, row.code);
	return RC_OK;
}

/* P9.2: the version of that day, not of today. */
static enum rc name_version(const struct naming *n, size_t i, struct err *err)
{
	struct history_seen *seen = &n->look->at[i];
	const struct history_seen *same = same_version(n, i);
	struct version version;
	seen->pks = S("");
	if (same) {
		seen->version = same->version;
		seen->pks = same->pks;
		return RC_OK;
	}
	enum rc rc = seen->row.version_id ? agreement_version_number(n->tx, seen->row.version_id, &seen->version, err) : RC_ABSENT;
	if (rc == RC_OK)
		rc = agreement_version(n->source->agreement, n->tx, seen->row.instansi_id, seen->version, &version, err);
	if (rc == RC_OK)
		seen->pks = arena_str(n->arena, version.terms->pks_number);
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc name_kejadian(const struct naming *n, struct err *err)
{
	size_t rows = n->look->list.n;
	struct kejadian_key *keys = ARENA_ARRAY(tx_arena(n->tx), rows + 1, struct kejadian_key);
	struct kejadian *found = ARENA_ARRAY(tx_arena(n->tx), rows + 1, struct kejadian);
	bool *is_found = ARENA_ARRAY(tx_arena(n->tx), rows + 1, bool);
	if (!keys || !found || !is_found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows; i++)
		keys[i] = (struct kejadian_key){n->look->at[i].row.instansi_id, n->look->at[i].row.kejadian_id};
	if (rows)
		TRY(kejadian_find(n->tx, keys, rows, found, is_found, err));
	for (size_t i = 0; i < rows; i++) {
		n->look->at[i].kejadian = is_found[i] ? arena_str(n->arena, found[i].name) : S("");
		n->look->at[i].jenis = is_found[i] ? arena_str(n->arena, found[i].jenis) : S("");
	}
	return RC_OK;
}

static enum rc name_all(const struct naming *n, struct err *err)
{
	for (size_t i = 0; i < n->look->list.n; i++) {
		n->look->at[i].row = n->look->list.at[i];
		n->look->at[i].ref = journal_ref(n->source->journal, n->look->list.at[i].seq);
		TRY(name_instansi(n, i, err));
		TRY(name_version(n, i, err));
	}
	TRY(name_kejadian(n, err));
	return n->arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

enum rc history_look_at(const struct history_source *source, const struct history_ask *ask, struct arena *arena,
                        struct history_look *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(history_search(source->journal, source->office, ask, arena, &ret->list, err));
	ret->at = ARENA_ARRAY(arena, ret->list.n + 1, struct history_seen);
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(tx_begin(source->office, TX_READ, &tx, err));
	return name_all(&(struct naming){source, tx, arena, ret}, err);
}

enum rc history_look(struct visit *v, const struct history_ask *ask, struct arena *arena, struct history_look *ret, struct err *err)
{
	const struct gate_conf *conf = &v->gate->conf;
	const struct history_source source = {conf->journal, conf->office, conf->agreement};
	return history_look_at(&source, ask, arena, ret, err);
}
