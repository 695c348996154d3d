/* SPDX-License-Identifier: EUPL-1.2
 * procedure/incident.c - see incident.h. Two tables, of kinds and of steps; a step is a row
 * and one column of the incident that says when its like was first taken. */
#include "procedure/incident.h"

#include <stddef.h>

#include "policy/hold.h"
#include "procedure/incident.sql.h"
#include "store/store.h"

static const struct incident_kind_row kinds[INCIDENT_KIND_COUNT] = {
        {INCIDENT_CREDENTIAL, "kredensial", "User ID atau kata sandi dipakai orang lain"},
        {INCIDENT_SPREAD, "tersebar", "Layar, slip, atau data tersebar"},
        {INCIDENT_DEVICE, "perangkat", "Perangkat hilang atau dicuri"},
        {INCIDENT_SYSTEM, "sistem", "Sistem atau jaringan ditembus"},
        {INCIDENT_MISUSE, "keperluan", "Akses di luar keperluan"},
        {INCIDENT_OTHER, "lain", "Lainnya"},
};

static const struct move {
	struct incident_move_row row;
	size_t column; /* of struct incident: when the first was taken */
} moves[INCIDENT_MOVE_COUNT] = {
        {{INCIDENT_HANDLE, "tangani", "Penanganan", "Ditangani", false, false, false}, offsetof(struct incident, handled_us)},
        {{INCIDENT_TELL_AUTHORITY, "lembaga", "Pemberitahuan kepada lembaga", "Lembaga diberi tahu", true, false, false},
         offsetof(struct incident, authority_us)},
        {{INCIDENT_TELL_PEOPLE, "subjek", "Pemberitahuan kepada subjek data", "Subjek data diberi tahu", true, false, false},
         offsetof(struct incident, people_us)},
        {{INCIDENT_RECOVER, "pulih", "Pemulihan", "Dipulihkan", false, false, false}, offsetof(struct incident, recovered_us)},
        {{INCIDENT_CLOSE, "tutup", "Penutupan", "Ditutup", false, true, false}, offsetof(struct incident, ended_us)},
        {{INCIDENT_DISMISS, "gugur", "Bukan kebocoran", "Dinyatakan bukan kebocoran", false, true, true},
         offsetof(struct incident, ended_us)},
};

static const char *const states[] = {
        [INCIDENT_OPEN] = "Dibuka",          [INCIDENT_HANDLED] = "Ditangani", [INCIDENT_TOLD] = "Diberitahukan",
        [INCIDENT_RECOVERED] = "Dipulihkan", [INCIDENT_CLOSED] = "Ditutup",    [INCIDENT_DISMISSED] = "Bukan kebocoran",
};

const struct incident_kind_row *incident_kind_at(size_t i)
{
	return i < INCIDENT_KIND_COUNT ? &kinds[i] : NULL;
}

enum rc incident_kind_from_key(struct str key, enum incident_kind *ret)
{
	for (size_t i = 0; i < INCIDENT_KIND_COUNT; i++)
		if (str_eq(key, str_c(kinds[i].key))) {
			*ret = kinds[i].kind;
			return RC_OK;
		}
	return RC_INVALID;
}

const char *incident_state_label(enum incident_state state)
{
	return states[state];
}

const struct incident_move_row *incident_move_at(size_t i)
{
	return i < INCIDENT_MOVE_COUNT ? &moves[i].row : NULL;
}

enum rc incident_move_from_key(struct str key, enum incident_move *ret)
{
	for (size_t i = 0; i < INCIDENT_MOVE_COUNT; i++)
		if (str_eq(key, str_c(moves[i].row.key))) {
			*ret = moves[i].row.move;
			return RC_OK;
		}
	return RC_INVALID;
}

int64_t incident_deadline_us(const struct incident *incident)
{
	return incident->found_us + INCIDENT_HOURS * US_PER_HOUR;
}

bool incident_clock_runs(const struct incident *incident)
{
	return !incident->ended_us && (!incident->authority_us || !incident->people_us);
}

/* ---- reading ---- */

static enum incident_state state_of(const struct incident *i, struct str ending)
{
	if (i->ended_us)
		return str_eq(ending, S("dismissed")) ? INCIDENT_DISMISSED : INCIDENT_CLOSED;
	if (i->recovered_us)
		return INCIDENT_RECOVERED;
	if (i->authority_us && i->people_us)
		return INCIDENT_TOLD;
	return i->handled_us ? INCIDENT_HANDLED : INCIDENT_OPEN;
}

static enum rc from_row(const struct sql_incident_find *row, struct incident *ret, struct err *err)
{
	*ret = (struct incident){.incident_id = row->incident_id,
	                         .instansi_id = row->instansi_id,
	                         .title = row->title,
	                         .what = row->what,
	                         .found_us = row->found_us,
	                         .source_entry = row->source_entry,
	                         .by_provider = row->by_provider != 0,
	                         .opened_by = row->opened_by,
	                         .opened_us = row->opened_us,
	                         .rev = row->rev,
	                         .handled_us = row->handled_us,
	                         .authority_us = row->authority_us,
	                         .people_us = row->people_us,
	                         .recovered_us = row->recovered_us,
	                         .ended_us = row->ended_us};
	ret->state = state_of(ret, row->ending);
	if (incident_kind_from_key(row->kind, &ret->kind) != RC_OK)
		return FAIL(err, RC_BROKEN, "jenis insiden di basis data tidak dikenal");
	return RC_OK;
}

enum rc incident_get(struct tx *tx, int64_t incident_id, struct incident *ret, struct err *err)
{
	struct sql_incident_find row;
	enum rc rc = sql_incident_find(tx, (struct sql_incident_find_in){.incident_id = incident_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Insiden itu tidak ada.");
	return rc == RC_OK ? from_row(&row, ret, err) : rc;
}

enum rc incident_list(struct tx *tx, int64_t instansi_id, int64_t skip, int64_t most, struct incident **ret, size_t *ret_n,
                      struct err *err)
{
	struct sql_incident_page_rows rows;
	struct sql_incident_page_in in = {.instansi_id = instansi_id, .most = most, .skip = skip};
	if (skip < 0 || most < 1 || most > INCIDENT_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	TRY(sql_incident_page(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct incident);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_incident_page *r = &rows.at[i];
		struct sql_incident_find row = {r->incident_id, r->instansi_id,  r->kind,         r->title,     r->what,
		                                r->found_us,    r->source_entry, r->by_provider,  r->opened_by, r->opened_us,
		                                r->rev,         r->handled_us,   r->authority_us, r->people_us, r->recovered_us,
		                                r->ended_us,    r->ending};
		TRY(from_row(&row, &(*ret)[i], err));
	}
	*ret_n = rows.n;
	return RC_OK;
}

enum rc incident_count(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err)
{
	struct sql_incident_count row;
	TRY(sql_incident_count(tx, (struct sql_incident_count_in){.instansi_id = instansi_id}, &row, err));
	*ret = row.n;
	return RC_OK;
}

/* Two queries, so that each has its index. */
enum rc incident_running(struct tx *tx, int64_t instansi_id, struct incident ret[INCIDENT_RUNNING_MAX], size_t *ret_n,
                         struct err *err)
{
	struct sql_incident_open_of_rows of = {0};
	struct sql_incident_open_any_rows any = {0};
	if (instansi_id)
		TRY(sql_incident_open_of(tx, (struct sql_incident_open_of_in){.instansi_id = instansi_id}, &of, err));
	else
		TRY(sql_incident_open_any(tx, &any, err));
	for (size_t i = 0; i < of.n; i++)
		ret[i] = (struct incident){.incident_id = of.at[i].incident_id,
		                           .title = of.at[i].title,
		                           .found_us = of.at[i].found_us,
		                           .authority_us = of.at[i].authority_us,
		                           .people_us = of.at[i].people_us};
	for (size_t i = 0; i < any.n; i++)
		ret[i] = (struct incident){.incident_id = any.at[i].incident_id,
		                           .title = any.at[i].title,
		                           .found_us = any.at[i].found_us,
		                           .authority_us = any.at[i].authority_us,
		                           .people_us = any.at[i].people_us};
	*ret_n = of.n + any.n;
	return RC_OK;
}

enum rc incident_steps(struct tx *tx, int64_t incident_id, struct incident_step **ret, size_t *ret_n, struct err *err)
{
	struct sql_incident_step_each_rows rows;
	TRY(sql_incident_step_each(tx, (struct sql_incident_step_each_in){.incident_id = incident_id}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct incident_step);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_incident_step_each *row = &rows.at[i];
		(*ret)[i] = (struct incident_step){.number = row->number,
		                                   .at_us = row->at_us,
		                                   .letter = row->letter,
		                                   .note = row->note,
		                                   .by = row->by_user,
		                                   .made_us = row->made_us};
		if (incident_move_from_key(row->move, &(*ret)[i].move) != RC_OK)
			return FAIL(err, RC_BROKEN, "langkah insiden di basis data tidak dikenal");
	}
	*ret_n = rows.n;
	return RC_OK;
}

/* ---- opening ---- */

/* One line of a few words. */
static enum rc check_line(struct str text, size_t most, const char *what, struct err *err)
{
	if (text.n == 0)
		return FAIL(err, RC_INVALID, "%s harus diisi.", what);
	if (text.n > most)
		return FAIL(err, RC_INVALID, "%s paling banyak %zu huruf.", what, most);
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.at[i] < ' ')
			return FAIL(err, RC_INVALID, "%s ditulis dalam satu baris.", what);
	return hold_text_check(text, err); /* and no NIK in it */
}

static enum rc check_moment(int64_t at_us, int64_t from_us, int64_t now_us, const char *before, struct err *err)
{
	if (at_us > now_us)
		return FAIL(err, RC_INVALID, "Waktu itu belum tiba; isi waktu yang sudah lewat.");
	return at_us < from_us ? FAIL(err, RC_INVALID, "%s", before) : RC_OK;
}

_Static_assert(INCIDENT_TEXT_MAX == HOLD_TEXT_MAX, "texts of people have one length");

enum rc incident_check(const struct incident *incident, enum incident_part part, int64_t now_us, struct err *err)
{
	static const char old[] = "Waktu itu lebih dari setahun yang lalu; periksa tahunnya.";
	switch (part) {
	case INCIDENT_TITLE: return check_line(incident->title, INCIDENT_TITLE_MAX, "Judul", err);
	case INCIDENT_WHAT: return hold_text_check(incident->what, err);
	case INCIDENT_FOUND: return check_moment(incident->found_us, now_us - INCIDENT_AGE_MAX_US, now_us, old, err);
	case INCIDENT_PARTS: break;
	}
	return RC_OK;
}

/* What an agency reports stands before the provider's people until it ends: it may not bury others. */
static enum rc check_room(struct tx *tx, const struct incident *incident, struct err *err)
{
	struct sql_incident_own_open open;
	if (incident->by_provider)
		return RC_OK;
	TRY(sql_incident_own_open(tx, (struct sql_incident_own_open_in){.instansi_id = incident->instansi_id}, &open, err));
	if (open.n >= INCIDENT_OWN_MAX)
		return FAIL(err, RC_LIMIT,
		            "Instansi ini masih mempunyai %d insiden yang belum selesai; tutup dahulu salah satunya.",
		            INCIDENT_OWN_MAX);
	return RC_OK;
}

enum rc incident_open(struct tx *tx, const struct incident *incident, int64_t now_us, int64_t *ret, struct err *err)
{
	struct sql_incident_insert row;
	for (enum incident_part part = 0; part < INCIDENT_PARTS; part++)
		TRY(incident_check(incident, part, now_us, err));
	TRY(check_room(tx, incident, err));
	struct sql_incident_insert_in in = {.instansi_id = incident->instansi_id,
	                                    .kind = str_c(kinds[incident->kind].key),
	                                    .title = incident->title,
	                                    .what = incident->what,
	                                    .found_us = incident->found_us,
	                                    .source_entry = incident->source_entry,
	                                    .by_provider = incident->by_provider,
	                                    .opened_by = incident->opened_by,
	                                    .opened_us = now_us};
	TRY(sql_incident_insert(tx, in, &row, err));
	*ret = row.incident_id;
	return RC_OK;
}

/* ---- steps ---- */

/* Locked, as it was shown, and not over. */
static enum rc hold_incident(struct tx *tx, const struct incident_ask *ask, struct incident *ret, struct err *err)
{
	struct sql_incident_lock lock;
	enum rc rc = sql_incident_lock(tx, (struct sql_incident_lock_in){.incident_id = ask->incident_id}, &lock, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Insiden itu tidak ada.");
	TRY(rc);
	TRY(incident_get(tx, ask->incident_id, ret, err));
	if (ret->ended_us)
		return FAIL(err, RC_CONFLICT, "Insiden ini sudah selesai (%s).", states[ret->state]);
	if (ret->rev != ask->rev)
		return FAIL(err, RC_CONFLICT,
		            "Langkah lain telah dicatat sementara itu; baca dahulu, lalu catat lagi bila masih perlu.");
	return ret->rev >= INCIDENT_STEPS_MAX ? FAIL(err, RC_LIMIT, "Insiden ini sudah memuat %d langkah.", INCIDENT_STEPS_MAX)
	                                      : RC_OK;
}

static int64_t *column_of(struct incident *incident, enum incident_move move)
{
	return (int64_t *)((char *)incident + moves[move].column);
}

/* An incident is closed when all the others were done. */
static enum rc check_close(struct incident *incident, struct err *err)
{
	for (enum incident_move m = 0; m < INCIDENT_CLOSE; m++)
		if (!*column_of(incident, m))
			return FAIL(err, RC_REFUSED, "Belum dapat ditutup: langkah \"%s\" belum dicatat.", moves[m].row.label);
	return RC_OK;
}

static enum rc check_step(const struct incident_ask *ask, struct incident *incident, int64_t now_us, struct err *err)
{
	const struct incident_move_row *row = &moves[ask->move].row;
	if (row->letter)
		TRY(check_line(ask->letter, INCIDENT_LETTER_MAX, "Nomor surat", err));
	if (!row->letter || ask->note.n)
		TRY(hold_text_check(ask->note, err));
	if (!row->ends)
		TRY(check_moment(ask->at_us, incident->found_us, now_us, "Waktu itu sebelum insiden diketahui.", err));
	return ask->move == INCIDENT_CLOSE ? check_close(incident, err) : RC_OK;
}

static enum rc save(struct tx *tx, const struct incident *i, struct str ending, struct err *err)
{
	struct sql_incident_set_in in = {.rev = i->rev,
	                                 .handled_us = i->handled_us,
	                                 .authority_us = i->authority_us,
	                                 .people_us = i->people_us,
	                                 .recovered_us = i->recovered_us,
	                                 .ended_us = i->ended_us,
	                                 .ending = ending,
	                                 .incident_id = i->incident_id};
	return sql_incident_set(tx, in, NULL, err);
}

enum rc incident_take(struct tx *tx, const struct incident_ask *ask, int64_t now_us, struct err *err)
{
	struct incident incident;
	const struct incident_move_row *row = &moves[ask->move].row;
	TRY(hold_incident(tx, ask, &incident, err));
	TRY(check_step(ask, &incident, now_us, err));
	int64_t at_us = row->ends ? now_us : ask->at_us, *first = column_of(&incident, ask->move);
	if (!*first)
		*first = at_us;
	incident.rev++;
	struct sql_incident_step_insert_in in = {.incident_id = ask->incident_id,
	                                         .number = incident.rev,
	                                         .move = str_c(row->key),
	                                         .at_us = at_us,
	                                         .letter = row->letter ? ask->letter : S(""),
	                                         .note = ask->note,
	                                         .by_user = ask->by,
	                                         .made_us = now_us};
	TRY(sql_incident_step_insert(tx, in, NULL, err));
	return save(tx, &incident, !row->ends ? S("") : ask->move == INCIDENT_CLOSE ? S("closed") : S("dismissed"), err);
}
