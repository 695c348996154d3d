/* SPDX-License-Identifier: EUPL-1.2
 * feedback/record.c - see record.h.
 *
 * All records of a call go through the same steps together, as a tray does: hold the figures
 * of the kejadian (tally.h), find the persons, judge, then write journal, entries, persons
 * and figures. Who is spoken of
 * more than once is taken in as many rounds, so that within a round everybody is another.
 *
 * What was told is compared by its content; the day counts only where one was named. So a
 * list that is uploaded again the day after changes nothing. A telling has two contents: what
 * is told, which a person's row keeps of the last one whoever told it; and the words of a
 * program that has its own, which the history keeps of every one (DOMAIN 4.2). */
#include "feedback/record.h"

#include <assert.h>

#include "feedback/feedback.sql.h"
#include "feedback/feedback_inside.h"
#include "feedback/outbox.h"
#include "feedback/tally.h"
#include "store/store.h"

#define CONTENT_MAX 512

static const char *const sources[] = {"form", "list", "service"};

const char *told_source_key(enum told_source source)
{
	assert((size_t)source < LEN(sources));
	return sources[source];
}

enum rc told_source_from_key(struct str key, enum told_source *ret)
{
	for (size_t i = 0; i < LEN(sources); i++)
		if (str_eq(key, str_c(sources[i]))) {
			*ret = (enum told_source)i;
			return RC_OK;
		}
	return RC_INVALID;
}

/* ---- what may be told ---- */

static enum rc check_note(struct str note, struct err *err)
{
	if (note.n > TOLD_NOTE_MAX)
		return FAIL(err, RC_INVALID, "Catatan terlalu panjang: paling banyak %d huruf.", TOLD_NOTE_MAX);
	if (!str_is_text(note) || str_index(note, '\n') < note.n || str_index(note, '\r') < note.n)
		return FAIL(err, RC_INVALID, "Catatan harus berupa teks satu baris.");
	if (nik_stands_in(note))
		return FAIL(err, RC_INVALID, "Catatan tidak boleh memuat NIK atau Nomor KK.");
	return RC_OK;
}

enum rc told_check(const struct told *told, int64_t now_us, struct err *err)
{
	if (told->on.n > day_of_us(now_us).n)
		return FAIL(err, RC_INVALID, "Tanggal keadaan korban belum tiba.");
	if (told->on.n && told->on.n < day_from_ymd(1945, 8, 17).n)
		return FAIL(err, RC_INVALID, "Tanggal keadaan korban terlalu lampau.");
	if (told->kind == TOLD_WAIVER && waiver_at(told->waiver)->note && str_trim(told->note).n == 0)
		return FAIL(err, RC_INVALID, "Tuliskan alasannya pada catatan.");
	return check_note(told->note, err);
}

static const char *word_of(const struct told *told)
{
	return told->kind == TOLD_WAIVER ? waiver_at(told->waiver)->key : keterangan_at(told->keterangan)->key;
}

static const char *house_of(const struct told *told)
{
	return told->kind == TOLD_WAIVER ? "" : house_at(told->house)->key;
}

static const char *kind_of(const struct told *told)
{
	return told->kind == TOLD_WAIVER ? "waiver" : "victim";
}

/* What is told, whoever tells it. */
static struct told_hash content_hash(const struct feedback *feedback, const struct record *record)
{
	BUF_AUTO own = BUF(CONTENT_MAX);
	buf_addf(&own, "%s\n%s\n%s\n", kind_of(&record->told), word_of(&record->told), house_of(&record->told));
	buf_add(&own, str_trim(record->told.note));
	assert(buf_ok(&own) || record->told.note.n > TOLD_NOTE_MAX);
	return told_hash(feedback, buf_str(&own));
}

/* ---- one round ---- */

/* One record under way, and its person as the store knows him. */
struct item {
	const struct record *record;
	const struct person_place *place;
	struct told_hash hash;  /* of what is told */
	struct told_hash words; /* of the program's own words; where it has none, the same */
	int64_t person_id;
	enum debt_state state;
	bool known, asked, same;
	int64_t entry_id; /* once it is in the journal */
};

/* `items` are of different persons, in the order of their places. */
struct round {
	const struct feedback *feedback;
	struct tx *tx;
	const struct entry *by;
	enum told_source source;
	struct item *items;
	size_t n;
	struct tallies *tallies; /* held */
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static struct str hash_str(const struct item *item)
{
	return person_hash_str(&item->place->hash);
}

static bool is_as_told(const struct item *item, struct str last_hash, int64_t last_day)
{
	const struct told *told = &item->record->told;
	if (item->record->content.at) /* find_same() compares its own words */
		return false;
	bool content = last_hash.n == sizeof item->hash.at && memcmp(last_hash.at, item->hash.at, last_hash.n) == 0;
	return content && (told->on.n == 0 || told->on.n == last_day);
}

static enum rc meet(struct item *item, const struct sql_feedback_person_find *row, struct err *err)
{
	item->known = true;
	item->person_id = row->person_id;
	item->asked = !row->asked_us_null;
	item->same = is_as_told(item, row->told_hash, row->on_day);
	if (debt_state_from_key(row->state, &item->state) != RC_OK)
		return FAIL(err, RC_BROKEN, "status data balikan di basis data tidak dikenal");
	return RC_OK;
}

static enum rc find_persons(struct round *r, struct err *err)
{
	struct arena *arena = tx_arena(r->tx);
	struct sql_feedback_person_find_in *in = ARENA_ARRAY(arena, r->n, struct sql_feedback_person_find_in);
	struct sql_feedback_person_find *rows = ARENA_ARRAY(arena, r->n, struct sql_feedback_person_find);
	bool *found = ARENA_ARRAY(arena, r->n, bool);
	if (!in || !rows || !found)
		return no_memory(err);
	for (size_t i = 0; i < r->n; i++)
		in[i] = (struct sql_feedback_person_find_in){r->items[i].record->kejadian_id, r->items[i].record->instansi_id,
		                                             hash_str(&r->items[i])};
	TRY(sql_feedback_person_find(r->tx, in, r->n, rows, found, err));
	for (size_t i = 0; i < r->n; i++)
		if (found[i])
			TRY(meet(&r->items[i], &rows[i], err));
	return RC_OK;
}

/* Told of by a program, and never asked for: a person all the same. Nothing is owed of
 * somebody whom nobody knows, so there is nothing to waive. */
static enum rc add_strangers(struct round *r, struct err *err)
{
	static const char nothing[1];
	struct arena *arena = tx_arena(r->tx);
	struct sql_feedback_person_put_in *in = ARENA_ARRAY(arena, r->n, struct sql_feedback_person_put_in);
	struct person_sealed *sealed = ARENA_ARRAY(arena, r->n, struct person_sealed);
	size_t n = 0;
	if (!in || !sealed)
		return no_memory(err);
	for (size_t i = 0; i < r->n; i++) {
		struct item *item = &r->items[i];
		if (item->known || item->record->told.kind == TOLD_WAIVER)
			continue;
		sealed[n] = person_seal(r->feedback, item->place->hash, item->record->nik);
		in[n] = (struct sql_feedback_person_put_in){.kejadian_id = item->record->kejadian_id,
		                                            .instansi_id = item->record->instansi_id,
		                                            .nik_hash = hash_str(item),
		                                            .nik_sealed = {(const char *)sealed[n].at, sizeof sealed[n].at},
		                                            .state = str_c(debt_state_at(DEBT_CLOSED)->key),
		                                            .asked_us_null = true,
		                                            .asked_by = S(""),
		                                            .no_hash = {nothing, 0}};
		tallies_at(r->tallies, item->record->kejadian_id)->unasked++;
		n++;
	}
	if (n == 0)
		return RC_OK;
	TRY(sql_feedback_person_put(r->tx, in, n, err));
	return find_persons(r, err);
}

/* A program with words of its own may send again what it sent long ago. */
static enum rc find_same(struct round *r, struct err *err)
{
	struct arena *arena = tx_arena(r->tx);
	struct sql_feedback_entry_same_in *in = ARENA_ARRAY(arena, r->n, struct sql_feedback_entry_same_in);
	struct sql_feedback_entry_same *rows = ARENA_ARRAY(arena, r->n, struct sql_feedback_entry_same);
	bool *found = ARENA_ARRAY(arena, r->n, bool);
	size_t n = 0;
	if (!in || !rows || !found)
		return no_memory(err);
	for (size_t i = 0; i < r->n; i++)
		if (r->items[i].record->content.at)
			in[n++] = (struct sql_feedback_entry_same_in){
			        r->items[i].person_id, {(const char *)r->items[i].words.at, sizeof r->items[i].words.at}};
	if (n == 0)
		return RC_OK;
	TRY(sql_feedback_entry_same(r->tx, in, n, rows, found, err));
	n = 0;
	for (size_t i = 0; i < r->n; i++)
		if (r->items[i].record->content.at)
			r->items[i].same = found[n++];
	return RC_OK;
}

/* ---- writing ---- */

/* "form mengungsi berat", "list bukan salah-nik": machine words. */
static struct entry entry_of(const struct round *r, const struct item *item)
{
	const struct told *told = &item->record->told;
	struct entry e = *r->by;
	e.act = ACT_FEEDBACK;
	e.outcome = "ok";
	e.kejadian_id = item->record->kejadian_id;
	e.instansi_id = item->record->instansi_id;
	e.nik = item->record->nik;
	e.about = arena_printf(tx_arena(r->tx), "%s %s %s%s%s", told_source_key(r->source), kind_of(told), word_of(told),
	                       *house_of(told) ? " " : "", house_of(told));
	return e;
}

static enum rc write_journal(struct round *r, struct item **items, size_t n, struct err *err)
{
	struct arena *arena = tx_arena(r->tx);
	size_t most = n < JOURNAL_TRAY_MAX ? n : JOURNAL_TRAY_MAX; /* mostly one: a tray may hold many calls */
	struct entry *entries = ARENA_ARRAY(arena, most, struct entry);
	const struct receipt **receipts = ARENA_ARRAY(arena, most, const struct receipt *);
	if (!entries || !receipts)
		return no_memory(err);
	for (size_t from = 0; from < n; from += JOURNAL_TRAY_MAX) {
		size_t part = n - from < JOURNAL_TRAY_MAX ? n - from : JOURNAL_TRAY_MAX;
		for (size_t i = 0; i < part; i++)
			entries[i] = entry_of(r, items[from + i]);
		TRY(journal_append(r->feedback->conf.journal, r->tx, entries, part, receipts, err));
		for (size_t i = 0; i < part; i++)
			items[from + i]->entry_id = receipt_seq(receipts[i]);
	}
	return RC_OK;
}

static struct day day_told(const struct round *r, const struct told *told)
{
	return told->on.n ? told->on : day_of_us(r->by->time_us);
}

/* {NULL,0}: no note. */
static struct str seal_note(const struct round *r, const struct item *item)
{
	struct str note = str_trim(item->record->told.note);
	unsigned char *sealed = note.n ? arena_alloc(tx_arena(r->tx), note.n + SEAL_OVERHEAD) : NULL;
	if (!sealed)
		return (struct str){NULL, 0};
	seal_write(sealed, &r->feedback->conf.office_key, note, hash_str(item));
	return (struct str){(const char *)sealed, note.n + SEAL_OVERHEAD};
}

static enum rc write_entries(struct round *r, struct item **items, size_t n, struct err *err)
{
	struct arena *arena = tx_arena(r->tx);
	struct sql_feedback_entry_put_in *in = ARENA_ARRAY(arena, n, struct sql_feedback_entry_put_in);
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct told *told = &items[i]->record->told;
		in[i] = (struct sql_feedback_entry_put_in){
		        .entry_id = items[i]->entry_id,
		        .person_id = items[i]->person_id,
		        .instansi_id = items[i]->record->instansi_id,
		        .kind = str_c(kind_of(told)),
		        .word = str_c(word_of(told)),
		        .house = str_c(house_of(told)),
		        .note_sealed = seal_note(r, items[i]),
		        .on_day = day_told(r, told).n,
		        .told_hash = {(const char *)items[i]->words.at, sizeof items[i]->words.at},
		        .source = str_c(told_source_key(r->source)),
		        .told_by = r->by->user_id,
		        .told_us = r->by->time_us,
		};
	}
	return arena->broken ? no_memory(err) : sql_feedback_entry_put(r->tx, in, n, err);
}

static enum rc write_persons(struct round *r, struct item **items, size_t n, struct err *err)
{
	struct sql_feedback_person_set_in *in = ARENA_ARRAY(tx_arena(r->tx), n, struct sql_feedback_person_set_in);
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct told *told = &items[i]->record->told;
		enum debt_state state = told->kind == TOLD_WAIVER ? DEBT_WAIVED : DEBT_CLOSED;
		in[i] = (struct sql_feedback_person_set_in){
		        .state = str_c(debt_state_at(state)->key),
		        .keterangan = str_c(told->kind == TOLD_VICTIM ? word_of(told) : ""),
		        .house = str_c(house_of(told)),
		        .on_day = day_told(r, told).n,
		        .told_us = r->by->time_us,
		        .told_by = r->by->user_id,
		        .told_hash = {(const char *)items[i]->hash.at, sizeof items[i]->hash.at},
		        .person_id = items[i]->person_id,
		};
	}
	return sql_feedback_person_set(r->tx, in, n, err);
}

/* Who is no victim after all: why stays here, and so does what waits to be sent of him, whether or not
 * this process sends anything. */
static enum rc hold_back(struct round *r, struct item **items, size_t n, struct err *err)
{
	int64_t *persons = ARENA_ARRAY(tx_arena(r->tx), n, int64_t);
	size_t waived = 0;
	if (!persons)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		if (items[i]->record->told.kind == TOLD_WAIVER)
			persons[waived++] = items[i]->person_id;
	return outbox_withdraw(r->tx, persons, waived, err);
}

/* On their way to the system above, if there is one. */
static enum rc send_on(struct round *r, struct item **items, size_t n, struct err *err)
{
	struct outbox_new *entries = ARENA_ARRAY(tx_arena(r->tx), n, struct outbox_new);
	size_t victims = 0;
	if (!entries)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct record *record = items[i]->record;
		if (record->told.kind != TOLD_VICTIM)
			continue;
		entries[victims++] = (struct outbox_new){
		        .entry_id = items[i]->entry_id,
		        .person_id = items[i]->person_id,
		        .instansi_id = record->instansi_id,
		        .kejadian_id = record->kejadian_id,
		        .keterangan = record->told.keterangan,
		        .house = record->told.house,
		        .on = day_told(r, &record->told),
		        .told_us = r->by->time_us,
		};
	}
	return outbox_put(r->tx, entries, victims, r->by->time_us, err);
}

static void count_changes(const struct round *r, struct item **items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct record *record = items[i]->record;
		struct tally *tally = tallies_at(r->tallies, record->kejadian_id);
		if (!items[i]->asked)
			continue;
		tally->state_n[items[i]->state]--;
		tally->state_n[record->told.kind == TOLD_WAIVER ? DEBT_WAIVED : DEBT_CLOSED]++;
	}
}

static enum record_fate fate_of(const struct item *item)
{
	if (!item->known)
		return RECORD_UNASKED;
	return item->same ? RECORD_SAME : RECORD_SAVED;
}

static enum rc round_run(struct round *r, enum record_fate *ret, struct err *err)
{
	struct item **items = ARENA_ARRAY(tx_arena(r->tx), r->n, struct item *);
	size_t n = 0;
	if (!items)
		return no_memory(err);
	TRY(find_persons(r, err));
	if (r->source == TOLD_SERVICE) {
		TRY(add_strangers(r, err));
		TRY(find_same(r, err));
	}
	for (size_t i = 0; i < r->n; i++) {
		ret[r->items[i].place->at] = fate_of(&r->items[i]);
		if (fate_of(&r->items[i]) == RECORD_SAVED)
			items[n++] = &r->items[i];
	}
	if (n == 0)
		return RC_OK;
	count_changes(r, items, n);
	TRY(write_journal(r, items, n, err));
	TRY(write_entries(r, items, n, err));
	TRY(write_persons(r, items, n, err));
	TRY(hold_back(r, items, n, err));
	return r->feedback->conf.upstream ? send_on(r, items, n, err) : RC_OK;
}

/* ---- many ---- */

struct batch {
	struct person_place *places; /* of records, sorted */
	struct item *items;
	bool *done; /* by place */
};

static enum rc batch_begin(struct batch *b, const struct feedback *feedback, struct arena *arena, const struct record *records,
                           size_t n, struct err *err)
{
	struct person_key key = {{0}};
	b->places = ARENA_ARRAY(arena, n, struct person_place);
	b->items = ARENA_ARRAY(arena, n, struct item);
	b->done = ARENA_ARRAY(arena, n, bool);
	if (!b->places || !b->items || !b->done)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || records[i].kejadian_id != records[i - 1].kejadian_id)
			key = person_key(feedback, records[i].kejadian_id);
		b->places[i] = (struct person_place){records[i].kejadian_id, person_hash(&key, records[i].nik), i};
	}
	secret_wipe(&key, sizeof key);
	person_places_sort(b->places, n);
	return RC_OK;
}

/* The next of each person that is left; 0: none is. */
static size_t batch_next(struct batch *b, const struct feedback *feedback, const struct record *records, size_t n)
{
	size_t taken = 0;
	for (size_t i = 0; i < n; i++) {
		const struct person_place *place = &b->places[i];
		if (b->done[i] || (taken && person_places_same(b->items[taken - 1].place, place)))
			continue;
		const struct record *record = &records[place->at];
		struct told_hash hash = content_hash(feedback, record);
		b->done[i] = true;
		b->items[taken++] = (struct item){
		        .record = record,
		        .place = place,
		        .hash = hash,
		        .words = record->content.at ? told_hash(feedback, record->content) : hash,
		};
	}
	return taken;
}

static int64_t instansi_of(const void *arg, size_t at)
{
	return ((const struct record *)arg)[at].instansi_id;
}

static enum rc check_all(const struct record *records, size_t n, int64_t now_us, struct err *err)
{
	if (n > TOLD_AT_ONCE_MAX)
		return FAIL(err, RC_LIMIT, "Paling banyak %d data balikan sekaligus.", TOLD_AT_ONCE_MAX);
	for (size_t i = 0; i < n; i++)
		TRY(told_check(&records[i].told, now_us, err));
	return RC_OK;
}

enum rc record_tell(const struct feedback *feedback, struct tx *tx, const struct entry *by, enum told_source source,
                    const struct record *records, size_t n, enum record_fate *ret, struct err *err)
{
	struct tallies tallies;
	struct round round = {.feedback = feedback, .tx = tx, .by = by, .source = source, .tallies = &tallies};
	struct batch batch;
	if (n == 0)
		return RC_OK;
	TRY(check_all(records, n, by->time_us, err));
	TRY(batch_begin(&batch, feedback, tx_arena(tx), records, n, err));
	TRY(tallies_hold(&tallies, tx, batch.places, n, instansi_of, records, err));
	while ((round.n = batch_next(&batch, feedback, records, n)) > 0) {
		round.items = batch.items;
		TRY(round_run(&round, ret, err));
	}
	return tallies_write(&tallies, tx, err);
}

enum rc record_look(const struct feedback *feedback, struct tx *tx, const struct record *records, size_t n, struct record_look *ret,
                    struct err *err)
{
	struct batch batch;
	struct round round = {.feedback = feedback, .tx = tx, .source = TOLD_LIST};
	if (n == 0)
		return RC_OK;
	TRY(batch_begin(&batch, feedback, tx_arena(tx), records, n, err));
	while ((round.n = batch_next(&batch, feedback, records, n)) > 0) {
		round.items = batch.items;
		TRY(find_persons(&round, err));
		for (size_t i = 0; i < round.n; i++)
			ret[round.items[i].place->at] = (struct record_look){fate_of(&round.items[i]), round.items[i].state};
	}
	return RC_OK;
}
