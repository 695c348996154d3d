/* SPDX-License-Identifier: EUPL-1.2
 * procedure/letters.c - see letters.h. Values go by name; a name that the letter does
 * not know is dropped here, so that callers hand over all they have. */
#include "procedure/letters.h"

#include "agreement/change.h"
#include "agreement/official.h"
#include "agreement/paper.h"
#include "identity/user.h"
#include "policy/quota.h"
#include "procedure/wording.h"

#define FIELDS_MAX 64
#define ROWS_MAX 100
#define SEALED_MAX 4096

struct letters {
	struct letter_ask ask;
	struct arena *arena;
	struct letter_field fields[FIELDS_MAX];
	struct letter_row rows[ROWS_MAX];
	struct str head[PDF_LETTERHEAD_MAX];
	int64_t id; /* of the request; 0: none */
};

static bool is_known(enum letter letter, const char *name)
{
	const struct letter_name *known;
	for (size_t i = 0; (known = letter_name_at(letter, i)); i++)
		if (strcmp(known->name, name) == 0)
			return true;
	return false;
}

void letters_put(struct letters *l, const char *name, struct str value)
{
	size_t i = 0;
	if (!value.n || !is_known(l->ask.letter, name))
		return;
	while (i < l->ask.fields_n && strcmp(l->fields[i].name, name) != 0)
		i++;
	if (i == FIELDS_MAX)
		return;
	l->fields[i] = (struct letter_field){arena_str(l->arena, str_c(name)).at, arena_str(l->arena, value)};
	if (i == l->ask.fields_n)
		l->ask.fields_n++;
}

void letters_put_day(struct letters *l, const char *name, struct day day)
{
	if (day.n)
		letters_put(l, name, str_c(day_long(day).z));
}

void letters_row(struct letters *l, const struct letter_field *fields, size_t n)
{
	struct letter_field *copy = ARENA_ARRAY(l->arena, n, struct letter_field);
	if (!copy || l->ask.rows_n == ROWS_MAX)
		return;
	for (size_t i = 0; i < n; i++)
		copy[i] = (struct letter_field){fields[i].name, arena_str(l->arena, fields[i].value)};
	l->rows[l->ask.rows_n++] = (struct letter_row){copy, n};
}

void letters_reference(struct letters *l, struct str reference, int64_t made_us)
{
	l->ask.reference = arena_str(l->arena, reference);
	l->ask.created_us = made_us;
}

const struct letter_ask *letters_ask(struct letters *l)
{
	l->ask.fields = l->fields;
	l->ask.rows = l->rows;
	l->ask.letterhead = l->head;
	return l->arena->broken ? NULL : &l->ask;
}

struct str letters_filename(const struct letters *l, struct arena *arena)
{
	return arena_printf(arena, "%s-%lld.pdf", letter_at(l->ask.letter)->key, (long long)l->id);
}

/* ---- the letterhead ---- */

/* "Dinas X Kabupaten Contoh": its government goes on the line above the office. */
static void put_office(struct letters *l, struct str office, struct str address)
{
	static const char *const governments[] = {" Kabupaten ", " Kota ", " Provinsi "};
	struct str head = S(""), name = office;
	for (size_t i = 0; i < LEN(governments) && !head.n; i++) {
		const char *at = memmem(office.at, office.n, governments[i], strlen(governments[i]));
		if (!at)
			continue;
		size_t before = (size_t)(at - office.at);
		name = str_sub(office, 0, before);
		head = arena_printf(l->arena, "Pemerintah%.*s", (int)(office.n - before), at);
	}
	if (head.n)
		l->head[l->ask.letterhead_n++] = head;
	l->head[l->ask.letterhead_n++] = arena_str(l->arena, name);
	if (head.n) /* otherwise it would stand where the name is expected */
		l->head[l->ask.letterhead_n++] = arena_str(l->arena, address);
}

static void put_letterhead(struct letters *l, const struct wording_face *face, const struct terms *terms)
{
	switch (letter_at(l->ask.letter)->side) {
	case LETTER_SIDE_INSTANSI:
		if (terms)
			put_office(l, terms->instansi_office, terms->instansi_address);
		return;
	case LETTER_SIDE_PENYEDIA:
		for (size_t i = 0; i < face->lines_n; i++)
			l->head[l->ask.letterhead_n++] = arena_str(l->arena, face->lines[i]);
		if (!face->lines_n && terms)
			put_office(l, terms->provider_office, terms->provider_address);
		return;
	case LETTER_SIDE_NONE: return;
	}
}

/* ---- what every letter may name ---- */

static void put_terms(struct letters *l, const struct terms *terms)
{
	letters_put(l, "penyedia.nama", terms->provider_office);
	letters_put(l, "penyedia.alamat", terms->provider_address);
	letters_put(l, "penyedia.jabatan", terms->provider_position);
	letters_put(l, "instansi.alamat", terms->instansi_address);
	letters_put(l, "kepala.jabatan", terms->instansi_position);
	letters_put(l, "pks.nomor", terms->pks_number);
	letters_put_day(l, "pks.tanggal", terms->pks_signed);
	letters_put(l, "juknis.nomor", terms->juknis_number);
	letters_put_day(l, "juknis.tanggal", terms->juknis_signed);
	letters_put(l, "persetujuan.nomor", terms->ministry_number);
}

static enum rc put_approval(const struct desk *desk, struct letters *l, int64_t instansi_id, const struct terms *terms,
                            struct err *err)
{
	struct paper paper;
	enum rc rc = paper_latest(desk->tx, instansi_id, PAPER_MINISTRY, S(""), &paper, err);
	if (rc == RC_OK && str_eq(paper.number, terms->ministry_number))
		letters_put_day(l, "persetujuan.tanggal", paper.signed_on);
	return rc == RC_ABSENT ? RC_OK : rc;
}

struct str letters_position(const struct official *head, struct arena *arena)
{
	const char *acting = head->acting == ACTING_PLH ? "Plh. " : head->acting == ACTING_PLT ? "Plt. " : "";
	return arena_printf(arena, "%s%.*s", acting, STR_ARG(head->position));
}

static enum rc put_head(const struct desk *desk, struct letters *l, int64_t instansi_id, struct err *err)
{
	struct official head;
	enum rc rc = official_on(desk->tx, instansi_id, desk_today(desk), &head, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	letters_put(l, "kepala.nama", head.name);
	letters_put(l, "kepala.nip", head.nip);
	letters_put(l, "kepala.jabatan", letters_position(&head, l->arena));
	return RC_OK;
}

static enum rc put_parties(const struct desk *desk, struct letters *l, int64_t instansi_id, struct err *err)
{
	struct standing standing;
	struct wording_face face;
	TRY(agreement_standing(desk->agreement, desk->tx, instansi_id, desk->now_us, &standing, err));
	TRY(wording_face(desk->tx, &face, err));
	letters_put(l, "tempat", face.place);
	letters_put(l, "penyedia.pejabat", face.signer);
	letters_put(l, "penyedia.nip", face.nip);
	letters_put(l, "instansi.nama", standing.name);
	letters_put(l, "sifat", S("Penting"));
	const struct terms *terms = standing.terms;
	if (!terms) /* an agreement that is over still has parties and numbers */
		TRY(agreement_last_terms(desk->agreement, desk->tx, instansi_id, desk->now_us, &terms, err));
	if (terms) {
		put_terms(l, terms);
		TRY(put_approval(desk, l, instansi_id, terms, err));
	}
	if (standing.terms)
		letters_put(l, "versi", arena_printf(l->arena, "%d", standing.version_number));
	put_letterhead(l, &face, terms);
	return put_head(desk, l, instansi_id, err);
}

enum rc letters_begin(const struct desk *desk, enum letter letter, int64_t instansi_id, struct arena *arena, struct letters **ret,
                      struct err *err)
{
	struct wording wording;
	struct letters *l = ARENA_NEW(arena, struct letters);
	if (!l)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	l->arena = arena;
	l->ask.letter = letter;
	TRY(wording_get(desk->tx, letter, &wording, err));
	if (wording.edited)
		l->ask.text = arena_str(arena, wording.body);
	TRY(put_parties(desk, l, instansi_id, err));
	*ret = l;
	return RC_OK;
}

/* ---- of a request ---- */

struct gathering {
	const struct desk *desk;
	const struct letters_step *step;
	const struct request *request;
	const struct request_step *steps, *at;
	size_t steps_n;
	const struct terms *terms; /* labels of applications */
	struct letters *l;
};

static const char *const weekdays[] = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};

static const struct ask *asks_of(const struct gathering *g, const struct request_step *step)
{
	return step->step ? step->step->asks : g->request->kind->asks;
}

static struct str words_of(const struct gathering *g, const struct request_step *step, const struct request_value *value)
{
	const struct ask *ask = ask_find(asks_of(g, step), value->name);
	return ask ? ask_words(ask, value->value, g->terms, g->l->arena) : value->value;
}

/* DOMAIN 7: a sealed NIK shows itself to those entitled only. */
static enum rc put_sealed(const struct gathering *g, const struct request_step *step, const struct request_value *value,
                          struct err *err)
{
	BUF_AUTO clear = BUF(SEALED_MAX);
	struct nik nik;
	TRY(request_unseal(g->desk, g->request->request_id, step, value, &clear, err));
	if (nik_from_str(buf_str(&clear), &nik, NULL) != RC_OK)
		return FAIL(err, RC_BROKEN, "isian tersegel bukan NIK");
	letters_put(g->l, value->name.at, str_c(g->step->reveal ? nik_grouped(nik).z : nik_masked(nik).z));
	return RC_OK;
}

static enum rc put_values(const struct gathering *g, const struct request_step *step, struct err *err)
{
	for (size_t i = 0; i < step->values_n; i++) {
		const struct request_value *value = &step->values[i];
		struct str name = arena_str(g->l->arena, value->name);
		bool own = step == g->at || (!str_eq(name, S("nomor")) && !str_eq(name, S("tanggal")));
		if (!name.at || !own)
			continue;
		if (value->sealed.n)
			TRY(put_sealed(g, step, &(struct request_value){name, value->value, value->sealed}, err));
		else
			letters_put(g->l, name.at, words_of(g, step, value));
	}
	return RC_OK;
}

/* Own or inherited, as it is kept; {NULL,0} when nobody said it. */
static struct str kept(const struct gathering *g, const char *name)
{
	struct str found = {NULL, 0};
	for (const struct request_step *step = g->steps; step <= g->at; step++) {
		struct str value = request_step_value(step, name);
		found = value.at ? value : found;
	}
	return found;
}

static void put_opening(const struct gathering *g)
{
	enum letter letter;
	const struct kind_row *kind = g->request->kind;
	letters_put(g->l, "surat.nomor", request_step_value(&g->steps[0], "nomor"));
	letters_put_day(g->l, "surat.tanggal", ask_day(request_step_value(&g->steps[0], "tanggal")));
	letters_put(g->l, "surat.perihal",
	            letter_from_key(str_c(kind->letter), &letter) == RC_OK ? str_c(letter_at(letter)->name) : str_c(kind->label));
}

static void put_verdict(const struct gathering *g)
{
	static const struct {
		enum kind kind;
		const char *word;
	} words[] = {{KIND_USER_NEW, "baru"}, {KIND_USER_CHANGE, "perubahan"}, {KIND_USER_CLOSE, "penutupan"}};
	const struct step_row *step = g->at->step;
	bool good = step && state_find(step->kind, str_c(step->to))->tone != TONE_BAD;
	letters_put(g->l, "disetujui", good ? S("ya") : S(""));
	letters_put(g->l, "berhasil", good ? S("ya") : S(""));
	for (size_t i = 0; i < LEN(words); i++)
		if (words[i].kind == g->request->kind->kind)
			letters_put(g->l, "jenis", str_c(words[i].word));
}

static void put_weekday(const struct gathering *g)
{
	bool plan = g->l->ask.letter == LETTER_JADWAL_POC;
	struct day day = ask_day(plan ? kept(g, "mulai") : request_step_value(g->at, "tanggal"));
	if (day.n)
		letters_put(g->l, "hari", str_c(weekdays[day_weekday(day)]));
}

/* PoC: the day it was held stands for the day it was planned. */
static void put_renamed(const struct gathering *g)
{
	letters_put_day(g->l, "mulai", ask_day(kept(g, "dilaksanakan")));
	letters_put(g->l, "isi", request_step_value(g->at, "pembahasan"));
}

static enum rc put_list_of_users(const struct gathering *g, struct err *err)
{
	struct user user = {0};
	struct str user_id = kept(g, "pengguna.user_id");
	enum rc rc = g->request->kind->kind == KIND_USER_CLOSE ? user_find(g->desk->tx, user_id, &user, err) : RC_ABSENT;
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	struct str name = kept(g, "pengguna.nama"), position = kept(g, "pengguna.jabatan");
	const struct letter_field row[] = {{"daftar.nama", name.at ? name : user.holder},
	                                   {"daftar.jabatan", position.at ? position : user.position},
	                                   {"daftar.user_id", user_id},
	                                   {"daftar.keperluan", str_c(g->request->kind->label)}};
	letters_row(g->l, row, LEN(row));
	return RC_OK;
}

/* The head whom the announced one follows. */
static enum rc put_former(const struct gathering *g, struct err *err)
{
	struct official former;
	struct day begin = ask_day(kept(g, "mulai"));
	enum rc rc = official_definitive(g->desk->tx, g->request->instansi_id, (struct day){begin.n - 1}, &former, err);
	if (rc == RC_OK)
		letters_put(g->l, "pejabat.lama", former.name);
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* Every day of an emergency quota on which somebody used it, as it was counted. */
static enum rc put_use(const struct gathering *g, struct err *err)
{
	enum method method;
	struct quota_use use;
	struct day end = ask_day(kept(g, "akhir"));
	if (method_from_key(kept(g, "metode"), &method) != RC_OK)
		return RC_OK;
	for (struct day day = ask_day(kept(g, "mulai")); day.n && day.n <= end.n && g->l->ask.rows_n < ROWS_MAX; day.n++) {
		TRY(quota_read(g->desk->tx, g->request->instansi_id, method, -1, day_begin_us(day), &use, err));
		if (use.used == 0)
			continue;
		const struct letter_field row[] = {{"pemakaian.tanggal", str_c(day_long(day).z)},
		                                   {"pemakaian.jumlah", arena_printf(g->l->arena, "%lld", (long long)use.used)}};
		letters_row(g->l, row, LEN(row));
	}
	return RC_OK;
}

/* ---- the addendum a request ended in ---- */

static void put_changes(const struct gathering *g, const struct change *changes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (memmem(changes[i].section, strlen(changes[i].section), "Adendum", 7))
			continue; /* its own number is no change of terms */
		const struct letter_field row[] = {{"perubahan.hal", str_c(changes[i].label)},
		                                   {"perubahan.lama", changes[i].before},
		                                   {"perubahan.baru", changes[i].after}};
		letters_row(g->l, row, LEN(row));
	}
}

/* "P9.2" as "Pasal 9 ayat (2) Perjanjian Kerja Sama", "J.II.C" as "Petunjuk Teknis II.C". */
static struct str ground_words(struct str ground, struct arena *arena)
{
	struct str section = str_sub(ground, 1, ground.n), article = str_split(&section, '.');
	if (!str_starts(ground, S("P")))
		return arena_printf(arena, "Petunjuk Teknis %.*s", STR_ARG(str_sub(ground, 2, ground.n)));
	if (!section.n)
		return arena_printf(arena, "Pasal %.*s Perjanjian Kerja Sama", STR_ARG(article));
	return arena_printf(arena, "Pasal %.*s ayat (%.*s) Perjanjian Kerja Sama", STR_ARG(article), STR_ARG(section));
}

static void put_version(const struct gathering *g, const struct version *version)
{
	const struct terms *terms = version->terms;
	letters_put(g->l, "nomor", terms->addendum_number);
	letters_put_day(g->l, "tanggal", terms->addendum_signed);
	if (terms->addendum_signed.n)
		letters_put(g->l, "hari", str_c(weekdays[day_weekday(terms->addendum_signed)]));
	letters_put(g->l, "dasar", ground_words(terms->addendum_ground, g->l->arena));
	letters_put(g->l, "alasan", terms->addendum_subject);
	letters_put(g->l, "versi", arena_printf(g->l->arena, "%d", version->number));
	letters_put(g->l, "persetujuan.nomor", terms->ministry_number);
	letters_put_day(g->l, "mulai", version->begin);
}

static enum rc put_addendum(const struct gathering *g, struct err *err)
{
	struct version *versions;
	struct change *changes;
	struct str before, after;
	size_t n, changes_n;
	int64_t number = ask_int(request_step_value(g->at, "versi")), instansi_id = g->request->instansi_id;
	TRY(agreement_versions(g->desk->agreement, g->desk->tx, instansi_id, &versions, &n, err));
	for (size_t i = 0; i + 1 < n; i++) {
		if (versions[i].number != number)
			continue;
		put_version(g, &versions[i]);
		TRY(agreement_terms_json(g->desk->tx, instansi_id, (int)number - 1, &before, err));
		TRY(agreement_terms_json(g->desk->tx, instansi_id, (int)number, &after, err));
		TRY(change_list(before, after, tx_arena(g->desk->tx), &changes, &changes_n, err));
		put_changes(g, changes, changes_n);
	}
	return RC_OK;
}

static enum rc put_special(const struct gathering *g, struct err *err)
{
	switch (g->l->ask.letter) {
	case LETTER_PERMOHONAN_USER_ID: return put_list_of_users(g, err);
	case LETTER_PEMBERITAHUAN_PEJABAT: return put_former(g, err);
	case LETTER_LAPORAN_KUOTA: return put_use(g, err);
	case LETTER_ADENDUM: return put_addendum(g, err);
	default: return RC_OK;
	}
}

/* Which letter it is. RC_ABSENT: none. */
static enum rc letter_of(const struct gathering *g, enum letter *ret, struct err *err)
{
	const char *key = g->at->step ? g->at->step->letter : g->step->form ? g->request->kind->form : g->request->kind->letter;
	if (letter_from_key(str_c(key), ret) != RC_OK)
		return FAIL(err, RC_ABSENT, "Langkah ini tidak membuat surat.");
	return RC_OK;
}

static enum rc find_step(struct gathering *g, struct err *err)
{
	struct request_step *steps;
	TRY(request_steps(g->desk->tx, g->request, &steps, &g->steps_n, err));
	g->steps = steps;
	for (size_t i = 0; i < g->steps_n; i++)
		if (steps[i].number == g->step->number)
			g->at = &steps[i];
	return g->at ? RC_OK : FAIL(err, RC_ABSENT, "Langkah itu tidak ada.");
}

static void put_reference(const struct gathering *g)
{
	int year, month, mday;
	day_to_ymd(day_of_us(g->request->opened_us), &year, &month, &mday);
	g->l->id = g->request->request_id;
	letters_reference(
	        g->l,
	        arena_printf(g->l->arena, "P-%d-%06lld-%lld", year, (long long)g->request->request_id, (long long)g->at->number),
	        g->at->at_us);
}

enum rc letters_of_step(const struct desk *desk, const struct letters_step *step, struct arena *arena, struct letters **ret,
                        struct err *err)
{
	enum letter letter;
	struct standing standing;
	struct gathering g = {.desk = desk, .step = step, .request = step->request};
	TRY(find_step(&g, err));
	TRY(letter_of(&g, &letter, err));
	TRY(letters_begin(desk, letter, g.request->instansi_id, arena, &g.l, err));
	TRY(agreement_standing(desk->agreement, desk->tx, g.request->instansi_id, desk->now_us, &standing, err));
	g.terms = standing.terms;
	for (const struct request_step *s = g.steps; s <= g.at; s++)
		TRY(put_values(&g, s, err));
	put_opening(&g);
	put_verdict(&g);
	put_weekday(&g);
	put_renamed(&g);
	put_reference(&g);
	TRY(put_special(&g, err));
	*ret = g.l;
	return RC_OK;
}
