/* SPDX-License-Identifier: EUPL-1.2
 * procedure/effect.c - see effect.h. What another room refuses becomes a flaw beside
 * the field it is about; what it breaks on stays broken. */
#include "procedure/effect.h"

#include <jansson.h>
#include <stdlib.h>

#include "agreement/official.h"
#include "agreement/paper.h"
#include "agreement/workday.h"
#include "identity/handover.h"
#include "identity/user.h"
#include "procedure/emergency.h"
#include "procedure/request.h"

#define RENEWAL_MONTHS 2 /* P4 */

/* ---- what an effect reads and says ---- */

/* Of the step, or else of the opening. */
static struct str value(const struct taking *t, const char *name)
{
	struct str own = ask_value(t->values, t->values_n, name);
	return own.at ? own : ask_value(t->form, t->form_n, name);
}

static struct str text(const struct taking *t, const char *name)
{
	struct str s = value(t, name);
	return s.at ? s : S("");
}

static struct day day(const struct taking *t, const char *name)
{
	return ask_day(value(t, name));
}

/* Another room's answer: its no is a flaw of ours. */
static enum rc told(struct taking *t, const char *name, enum rc rc, struct err *err)
{
	switch (rc) {
	case RC_INVALID:
	case RC_REFUSED:
	case RC_CONFLICT:
	case RC_LIMIT:
	case RC_ABSENT: {
		char words[sizeof err->what];
		memcpy(words, err->what, sizeof words);
		return ask_flaw(t->flaws, name, err, "%s", words);
	}
	case RC_OK:
	case RC_BROKEN: break;
	}
	return rc;
}

static void trace(struct taking *t, enum act act, struct str about, int64_t version_id)
{
	if (t->traces_n < TRACES_MAX)
		t->traces[t->traces_n++] = (struct trace){act, about, version_id};
}

static struct arena *arena_of(const struct taking *t)
{
	return tx_arena(t->desk->tx);
}

/* The step that was taken last, before this one. */
static enum rc step_before(const struct taking *t, struct request_step *ret, struct err *err)
{
	struct request request;
	struct request_step *steps;
	size_t n;
	TRY(request_get(t->desk->tx, t->request_id, &request, err));
	TRY(request_steps(t->desk->tx, &request, &steps, &n, err));
	*ret = steps[n - 1];
	return RC_OK;
}

static enum rc file_paper(struct taking *t, enum paper_kind kind, struct str subject, struct str signer, struct err *err)
{
	bool changed;
	struct paper paper = {.kind = kind,
	                      .instansi_id = t->instansi_id,
	                      .subject = subject,
	                      .number = text(t, "nomor"),
	                      .signer = signer,
	                      .signed_on = day(t, "tanggal"),
	                      .scan_id = ask_int(ask_value(t->values, t->values_n, "berkas"))};
	TRY(told(t, "nomor", paper_put(t->desk->tx, &paper, t->by, t->desk->now_us, &changed, err), err));
	trace(t, ACT_PAPER,
	      arena_printf(arena_of(t), "paper accept %s request %lld", paper_at(kind)->key, (long long)t->request_id), 0);
	return RC_OK;
}

/* ---- user ids (J.II.A/B) ---- */

static enum rc find_own_user(struct taking *t, struct user *ret, struct err *err)
{
	enum rc rc = user_find(t->desk->tx, text(t, "pengguna.user_id"), ret, err);
	if (rc == RC_OK && ret->instansi_id != t->instansi_id)
		rc = FAIL(err, RC_ABSENT, "user ID tidak ada");
	return told(t, "pengguna.user_id", rc, err);
}

/* RC_ABSENT: nobody has the wanted user id, or none was wanted. */
static enum rc find_wanted(struct taking *t, struct user *ret, struct err *err)
{
	struct str wanted = text(t, "pengguna.user_id");
	return wanted.n ? user_find(t->desk->tx, wanted, ret, err) : RC_ABSENT;
}

static enum rc is_taken(struct taking *t, struct err *err)
{
	return ask_flaw(t->flaws, "pengguna.user_id", err, "user ID ini sudah dipakai; pilih yang lain");
}

/* Only what the agency may know: that another one has it is said to the provider, who
 * makes it. Otherwise this form would tell every user id there is. */
enum rc check_user_new(struct taking *t, struct err *err)
{
	struct user user;
	enum rc rc = find_wanted(t, &user, err);
	if (rc == RC_OK && user.instansi_id == t->instansi_id)
		return is_taken(t, err);
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc check_free(struct taking *t, struct err *err)
{
	struct user user;
	enum rc rc = find_wanted(t, &user, err);
	return rc == RC_OK ? is_taken(t, err) : rc == RC_ABSENT ? RC_OK : rc;
}

static void trace_user(struct taking *t, const char *what)
{
	trace(t, ACT_USER,
	      arena_printf(arena_of(t), "user %s %.*s request %lld", what, STR_ARG(text(t, "pengguna.user_id")),
	                   (long long)t->request_id),
	      0);
}

enum rc effect_user_add(struct taking *t, struct err *err)
{
	int64_t id;
	struct user_new user = {.user_id = text(t, "pengguna.user_id"),
	                        .role = ROLE_OPERATOR,
	                        .instansi_id = t->instansi_id,
	                        .password_hash = t->password_hash,
	                        .must_change = true, /* P2.1c */
	                        .holder = text(t, "pengguna.nama"),
	                        .position = text(t, "pengguna.jabatan")};
	TRY(check_free(t, err));
	TRY(told(t, "pengguna.user_id", user_add(t->desk->tx, &user, t->desk->now_us, &id, err), err));
	TRY(handover_given(t->desk->tx, id, t->by, t->desk->now_us, err)); /* a BAST is due */
	trace_user(t, "add");
	return RC_OK;
}

/* decision 0020: the same person, written right; another one gets another user id. */
enum rc effect_user_change(struct taking *t, struct err *err)
{
	struct user user;
	TRY(find_own_user(t, &user, err));
	struct user_change change = {.holder = text(t, "pengguna.nama"),
	                             .position = text(t, "pengguna.jabatan"),
	                             .narrowing = text(t, "persempit"),
	                             .expires_us = user.expires_us};
	TRY(told(t, "", user_change(t->desk->tx, user.user, &change, err), err));
	trace_user(t, "change");
	return RC_OK;
}

enum rc effect_user_close(struct taking *t, struct err *err)
{
	struct user user;
	TRY(find_own_user(t, &user, err));
	if (user.closed)
		return ask_flaw(t->flaws, "", err, "user ID ini sudah ditutup: %s", user_closed_at(user.why)->label);
	TRY(told(t, "", user_set_closed(t->desk->tx, user.user, USER_CLOSED_REQUEST, t->desk->now_us, err), err));
	trace_user(t, "close");
	return RC_OK;
}

/* NDA: all materials come back (DOMAIN 9). A user id that was opened again meanwhile, for
 * whatever reason, owes nothing yet. */
enum rc effect_materials(struct taking *t, struct err *err)
{
	struct user user;
	struct day on = day(t, "tanggal");
	struct handover_material material = {.written = on, .graphic = on, .physical = on, .by = t->by};
	TRY(find_own_user(t, &user, err));
	if (!user.closed)
		return RC_OK;
	return told(t, "tanggal", handover_returned(t->desk->tx, &user, &material, t->desk->now_us, err), err);
}

/* The user id was fixed by the step before, not by the form. */
static enum rc created_user(struct taking *t, struct str *ret, struct err *err)
{
	struct request_step created;
	TRY(step_before(t, &created, err));
	*ret = request_step_value(&created, "pengguna.user_id");
	return ret->n ? RC_OK : FAIL(err, RC_BROKEN, "permohonan tanpa user ID yang dibuat");
}

enum rc effect_bast(struct taking *t, struct err *err)
{
	struct str user_id;
	TRY(created_user(t, &user_id, err));
	return file_paper(t, PAPER_BAST, user_id, text(t, "pengguna.nama"), err);
}

/* ---- PoC (J.II.B, J.II.D) ---- */

enum rc check_poc(struct taking *t, struct err *err)
{
	bool passed;
	TRY(paper_valid(t->desk->tx, t->instansi_id, PAPER_POC, text(t, "aplikasi"), desk_today(t->desk), &passed, err));
	return passed ? ask_flaw(t->flaws, "aplikasi", err, "aplikasi ini sudah berhasil dalam PoC") : RC_OK;
}

enum rc effect_poc_held(struct taking *t, struct err *err)
{
	if (day(t, "dilaksanakan").n < day_of_us(t->opened_us).n)
		return ask_flaw(t->flaws, "dilaksanakan", err, "mendahului permohonannya");
	return RC_OK;
}

/* office.two_persons: who took the step before does not lift the quota too. */
static enum rc check_another(struct taking *t, const struct request_step *before, const char *words, struct err *err)
{
	return t->desk->two_persons && str_eq(before->by, t->by) ? ask_flaw(t->flaws, "", err, "%s", words) : RC_OK;
}

enum rc effect_poc_passed(struct taking *t, struct err *err)
{
	struct request_step held;
	TRY(step_before(t, &held, err));
	TRY(check_another(t, &held, "pelaksanaan PoC ini Anda yang mencatat; hasilnya dinyatakan admin lain", err));
	return file_paper(t, PAPER_POC, text(t, "aplikasi"), text(t, "penanda_tangan"), err);
}

/* ---- emergency quota (P6, J.II.B) ---- */

static struct emergency emergency_of(const struct taking *t)
{
	struct emergency e = {.instansi_id = t->instansi_id,
	                      .hits = ask_int(value(t, "jumlah")),
	                      .begin = day(t, "mulai"),
	                      .end = day(t, "akhir"),
	                      .number = text(t, "nomor"),
	                      .signed_on = day(t, "tanggal")};
	if (method_from_key(text(t, "metode"), &e.method) != RC_OK)
		e.method = METHOD_CARD_READER; /* granted nowhere */
	e.subject = arena_printf(arena_of(t), "Kuota darurat %s: %.*s", method_at(e.method)->label, STR_ARG(text(t, "kejadian")));
	return e;
}

static enum rc check_quota_days(struct taking *t, const struct emergency *e, struct err *err)
{
	if (e->end.n < e->begin.n)
		return ask_flaw(t->flaws, "akhir", err, "mendahului tanggal mulai");
	if (e->end.n - e->begin.n >= EMERGENCY_DAYS_MAX)
		return ask_flaw(t->flaws, "akhir", err, "paling lama %d hari, sampai dengan %s", EMERGENCY_DAYS_MAX,
		                day_short((struct day){e->begin.n + EMERGENCY_DAYS_MAX - 1}).z);
	return RC_OK;
}

/* What the agency has without it, and for how long. */
static enum rc check_quota_base(struct taking *t, const struct emergency *e, struct err *err)
{
	struct version base;
	struct standing standing;
	TRY(told(t, "mulai", emergency_base(t->desk, e, &base, err), err));
	const struct terms_method *method = &base.terms->methods[e->method];
	TRY(agreement_standing(t->desk->agreement, t->desk->tx, t->instansi_id, t->desk->now_us, &standing, err));
	int64_t now = standing.poc_passed[e->method] ? method->quota_after_poc : method->quota_before_poc;
	if (!method->granted)
		return ask_flaw(t->flaws, "metode", err, "metode ini tidak diberikan pada tanggal mulai");
	if (now < 0)
		return ask_flaw(t->flaws, "metode", err, "metode ini sudah tanpa batas kuota");
	if (e->hits <= now)
		return ask_flaw(t->flaws, "jumlah", err, "harus lebih dari kuota yang ada, %lld hit per hari", (long long)now);
	if (e->end.n > base.end.n)
		return ask_flaw(t->flaws, "akhir", err, "perjanjian yang berlaku pada tanggal mulai berakhir %s",
		                day_short(base.end).z);
	return RC_OK;
}

enum rc check_quota(struct taking *t, struct err *err)
{
	struct emergency e = emergency_of(t);
	TRY(check_quota_days(t, &e, err));
	return check_quota_base(t, &e, err);
}

/* A flaw of what the form of this step does not ask stands above the form. */
static enum rc raise_flaws(struct taking *t, enum rc rc)
{
	for (size_t i = 0; rc == RC_INVALID && i < t->flaws->n; i++)
		if (!ask_value(t->values, t->values_n, t->flaws->at[i].name).at)
			t->flaws->at[i].name = "";
	return rc;
}

/* An answer that came late begins on the day it came. */
static enum rc emergency_now(struct taking *t, struct emergency *e, struct err *err)
{
	*e = emergency_of(t);
	if (e->begin.n < desk_today(t->desk).n)
		e->begin = desk_today(t->desk);
	if (e->end.n < e->begin.n)
		return ask_flaw(t->flaws, "", err, "masa yang dimohonkan sudah lewat; mintalah permohonan baru");
	return check_quota_base(t, e, err);
}

/* `asked` has the values the addendum is made of; what it leaves goes to `t`. */
static enum rc grant(struct taking *t, struct taking *asked, struct err *err)
{
	struct applied applied;
	struct emergency e;
	TRY(raise_flaws(t, emergency_now(asked, &e, err)));
	TRY(told(t, "", emergency_apply(t->desk, &e, &applied, err), err));
	t->waits_from = (struct day){e.end.n + 1};
	t->version_number = applied.version_number;
	trace(t, ACT_AGREEMENT,
	      arena_printf(arena_of(t), "agreement version=%d P6 request %lld", applied.version_number, (long long)t->request_id),
	      applied.version_id);
	return RC_OK;
}

enum rc effect_quota(struct taking *t, struct err *err)
{
	if (t->desk->two_persons)
		return ask_flaw(t->flaws, "", err,
		                "kuota dinaikkan oleh dua admin: usulkan persetujuan, lalu admin lain menyetujuinya");
	return grant(t, t, err);
}

enum rc effect_quota_proposed(struct taking *t, struct err *err)
{
	struct emergency e;
	return raise_flaws(t, emergency_now(t, &e, err));
}

/* The addendum is the one that was proposed; this form cannot change it. */
enum rc effect_quota_confirmed(struct taking *t, struct err *err)
{
	struct request_step proposed;
	TRY(step_before(t, &proposed, err));
	TRY(check_another(t, &proposed, "persetujuan ini Anda yang mengusulkan; admin lain yang menyetujuinya", err));
	struct ask_value *values = ARENA_ARRAY(arena_of(t), proposed.values_n + 1, struct ask_value);
	if (!values)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < proposed.values_n; i++)
		values[i] = (struct ask_value){proposed.values[i].name, proposed.values[i].value};
	struct taking asked = *t;
	asked.values = values;
	asked.values_n = proposed.values_n;
	return grant(t, &asked, err);
}

enum rc effect_quota_report(struct taking *t, struct err *err)
{
	if (desk_today(t->desk).n <= day(t, "akhir").n)
		return ask_flaw(t->flaws, "", err, "laporan disampaikan setelah kuota darurat berakhir (%s)",
		                day_short(day(t, "akhir")).z);
	return RC_OK;
}

/* ---- versions that a request ends in ---- */

static enum rc find_version(struct taking *t, struct version *ret, struct str *ret_ground, struct err *err)
{
	struct version *versions;
	size_t n;
	int64_t number = ask_int(value(t, "versi"));
	TRY(agreement_versions(t->desk->agreement, t->desk->tx, t->instansi_id, &versions, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (versions[i].number != number)
			continue;
		*ret = versions[i];
		*ret_ground = versions[i].terms->addendum_ground;
		if (versions[i].made_us < t->opened_us)
			return ask_flaw(t->flaws, "versi", err, "versi ini sudah ada sebelum permohonannya");
		trace(t, ACT_AGREEMENT,
		      arena_printf(arena_of(t), "agreement version=%d linked request %lld", (int)number, (long long)t->request_id),
		      versions[i].version_id);
		return RC_OK;
	}
	return ask_flaw(t->flaws, "versi", err, "versi ini tidak ada");
}

enum rc effect_version_linked(struct taking *t, struct err *err)
{
	struct version version;
	struct str ground;
	return find_version(t, &version, &ground, err);
}

enum rc effect_ministry(struct taking *t, struct err *err)
{
	return file_paper(t, PAPER_MINISTRY, S(""), text(t, "penanda_tangan"), err);
}

/* The version rests on the approval that this request brought, and says on which ground. */
static enum rc version_of_ground(struct taking *t, const char *wanted, struct version *ret, struct err *err)
{
	struct request_step ministry;
	struct str ground;
	TRY(find_version(t, ret, &ground, err));
	if (!str_eq(ground, str_c(wanted)))
		return ask_flaw(t->flaws, "versi", err, "dasar adendum ini %.20s, bukan %s", ground.n ? ground.at : "-", wanted);
	TRY(step_before(t, &ministry, err));
	struct str letter = request_step_value(&ministry, "nomor");
	if (!str_eq(letter, ret->terms->ministry_number))
		return ask_flaw(t->flaws, "versi", err,
		                "versi ini tidak menyebut surat persetujuan kementerian yang dicatat di sini");
	return RC_OK;
}

enum rc effect_version_method(struct taking *t, struct err *err)
{
	struct version version;
	return version_of_ground(t, "J.II.C", &version, err);
}

enum rc effect_version_renewal(struct taking *t, struct err *err)
{
	struct version version;
	struct version *versions;
	size_t n;
	TRY(version_of_ground(t, "P4", &version, err));
	TRY(agreement_versions(t->desk->agreement, t->desk->tx, t->instansi_id, &versions, &n, err));
	for (size_t i = 0; i < n; i++)
		if (versions[i].number < version.number && versions[i].end.n >= version.end.n)
			return ask_flaw(t->flaws, "versi", err, "versi ini tidak memperpanjang masa berlaku perjanjian");
	return RC_OK;
}

/* ---- renewal (P4) ---- */

/* The last day of the agreement, whatever version reaches furthest. */
static enum rc last_day(struct taking *t, struct day *ret, struct err *err)
{
	struct version *versions;
	size_t n;
	TRY(agreement_versions(t->desk->agreement, t->desk->tx, t->instansi_id, &versions, &n, err));
	*ret = (struct day){0};
	for (size_t i = 0; i < n; i++)
		if (versions[i].end.n > ret->n)
			*ret = versions[i].end;
	return ret->n ? RC_OK : ask_flaw(t->flaws, "", err, "belum ada perjanjian yang dapat diperpanjang");
}

enum rc check_renewal(struct taking *t, struct err *err)
{
	struct day last, deadline;
	struct workdays calendar;
	int year, month, mday;
	TRY(last_day(t, &last, err));
	if (day(t, "mulai").n > last.n + 1)
		return ask_flaw(t->flaws, "mulai", err, "paling lambat %s, agar tidak terputus",
		                day_short((struct day){last.n + 1}).z);
	if (day(t, "akhir").n <= last.n)
		return ask_flaw(t->flaws, "akhir", err, "harus sesudah akhir perjanjian sekarang (%s)", day_short(last).z);
	deadline = day_add_months(last, -RENEWAL_MONTHS);
	day_to_ymd(deadline, &year, &month, &mday);
	TRY(workdays_load(t->desk->tx, year, year, &calendar, err));
	t->late = desk_today(t->desk).n > workday_or_before(&calendar, deadline).n;
	return RC_OK;
}

/* ---- notices (J.VI.H, J.VI.B) ---- */

enum rc check_official(struct taking *t, struct err *err)
{
	bool acting = !str_eq(text(t, "pejabat.status"), S("definitif"));
	if (acting && !value(t, "akhir").n)
		return ask_flaw(t->flaws, "akhir", err, "harus diisi untuk Plh. dan Plt.");
	if (!acting && value(t, "akhir").n)
		return ask_flaw(t->flaws, "akhir", err, "dikosongkan untuk pejabat definitif");
	if (acting && day(t, "akhir").n < day(t, "mulai").n)
		return ask_flaw(t->flaws, "akhir", err, "mendahului tanggal mulai");
	return RC_OK;
}

enum rc effect_official(struct taking *t, struct err *err)
{
	struct str status = text(t, "pejabat.status");
	struct official official = {.instansi_id = t->instansi_id,
	                            .name = text(t, "pejabat.baru"),
	                            .nip = text(t, "pejabat.nip"),
	                            .position = text(t, "pejabat.jabatan"),
	                            .acting = str_eq(status, S("definitif")) ? ACTING_NONE : acting_of(status),
	                            .begin = day(t, "mulai"),
	                            .end = day(t, "akhir"),
	                            .letter_number = text(t, "dasar")};
	TRY(told(t, "", official_add(t->desk->tx, &official, t->desk->now_us, err), err));
	trace(t, ACT_INSTANSI, arena_printf(arena_of(t), "instansi official request %lld", (long long)t->request_id), 0);
	return RC_OK;
}

static json_t *contact(struct str side, struct str name, struct str position, struct str phone, struct str email)
{
	return json_pack("{s:s%, s:s%, s:s%, s:s%, s:s%}", "side", side.at, side.n, "name", name.at, name.n, "position",
	                 position.at, position.n, "phone", phone.at, phone.n, "email", email.at, email.n);
}

/* The provider's own as they stand, and the agency's as it announced them. */
static json_t *contacts_of(struct taking *t, const struct standing *standing)
{
	json_t *list = json_array();
	int bad = !list;
	for (size_t i = 0; i < standing->contacts_n; i++) {
		const struct terms_contact *c = &standing->contacts[i];
		if (str_eq(c->side, S("provider")))
			bad |= json_array_append_new(list, contact(c->side, c->name, c->position, c->phone, c->email));
	}
	for (struct str rest = text(t, "narahubung"); rest.at;) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (line.n == 0)
			continue;
		struct str name = str_trim(str_split(&line, ';'));
		struct str position = str_trim(str_split(&line, ';'));
		struct str phone = str_trim(str_split(&line, ';'));
		bad |= json_array_append_new(list, contact(S("instansi"), name, position, phone, str_trim(line)));
	}
	if (!bad)
		return list;
	json_decref(list);
	return NULL;
}

enum rc effect_structure(struct taking *t, struct err *err)
{
	struct standing standing;
	TRY(agreement_standing(t->desk->agreement, t->desk->tx, t->instansi_id, t->desk->now_us, &standing, err));
	json_t *list = contacts_of(t, &standing);
	char *json = list ? json_dumps(list, JSON_COMPACT) : NULL;
	enum rc rc = json ? agreement_set_contacts(t->desk->tx, t->instansi_id, str_c(json), t->desk->now_us, err)
	                  : FAIL(err, RC_BROKEN, "memori tidak cukup");
	free(json); /* tidy: allow, jansson's */
	json_decref(list);
	TRY(told(t, "", rc, err));
	trace(t, ACT_INSTANSI, arena_printf(arena_of(t), "instansi contacts request %lld", (long long)t->request_id), 0);
	return RC_OK;
}

/* ---- a new application (J.II.D) ---- */

enum rc check_application(struct taking *t, struct err *err)
{
	struct standing standing;
	TRY(agreement_standing(t->desk->agreement, t->desk->tx, t->instansi_id, t->desk->now_us, &standing, err));
	for (size_t i = 0; standing.terms && i < standing.terms->applications_n; i++)
		if (str_eq(standing.terms->applications[i].code, text(t, "kode")))
			return ask_flaw(t->flaws, "kode", err, "kode ini sudah dipakai aplikasi lain");
	return RC_OK;
}

static bool names_application(const struct terms *terms, struct str code)
{
	for (size_t i = 0; i < terms->applications_n; i++)
		if (str_eq(terms->applications[i].code, code))
			return true;
	return false;
}

static enum rc count_revisions(struct taking *t, int number, size_t *ret, struct err *err)
{
	struct str text_of;
	*ret = 0;
	if (number < 1)
		return RC_OK;
	TRY(agreement_terms_json(t->desk->tx, t->instansi_id, number, &text_of, err));
	json_t *terms = json_loadb(text_of.at, text_of.n, 0, NULL);
	*ret = json_array_size(json_object_get(json_object_get(terms, "juknis"), "revisions"));
	json_decref(terms);
	return RC_OK;
}

/* What the PoC's form is filled with: it opens by itself, in the name of the announcement. */
static struct str poc_field(void *arg, const char *name)
{
	const struct taking *t = arg;
	if (strcmp(name, "aplikasi") == 0)
		return text(t, "kode");
	if (strcmp(name, "aplikasi.keterangan") == 0 || strcmp(name, "nomor") == 0 || strcmp(name, "tanggal") == 0)
		return text(t, name);
	return (struct str){NULL, 0};
}

/* The version may begin later, and a PoC needs one in force: then the head asks. */
static enum rc open_poc(struct taking *t, const struct version *version, struct err *err)
{
	struct ask_flaws flaws = {0};
	struct request_taken taken;
	struct ask_source source = {poc_field, t};
	struct request_new ask = {
	        .kind = KIND_POC, .instansi_id = t->instansi_id, .by = {t->by, ROLE_KEPALA, t->instansi_id}, .source = &source};
	if (version->begin.n > desk_today(t->desk).n)
		return RC_OK;
	enum rc rc = request_open(t->desk, &ask, &taken, &flaws, err);
	if (rc == RC_INVALID)
		return ask_flaw(t->flaws, "", err, "PoC tidak dapat dibuka: %.120s", flaws.n ? flaws.at[0].words : "");
	TRY(rc);
	trace(t, ACT_REQUEST, taken.about, 0);
	return RC_OK;
}

enum rc effect_application(struct taking *t, struct err *err)
{
	struct version version;
	struct str ground;
	size_t before, after;
	TRY(find_version(t, &version, &ground, err));
	if (!names_application(version.terms, text(t, "kode")))
		return ask_flaw(t->flaws, "versi", err, "versi ini belum mencatat aplikasi %.32s", text(t, "kode").at);
	TRY(count_revisions(t, version.number - 1, &before, err));
	TRY(count_revisions(t, version.number, &after, err));
	if (after <= before)
		return ask_flaw(t->flaws, "versi", err, "versi ini belum memuat revisi Juknis yang baru (P9.3)");
	return open_poc(t, &version, err);
}

/* ---- minutes (J.VI.C, P7) ---- */

enum rc check_meeting(struct taking *t, struct err *err)
{
	(void)err;
	t->waits_from = day(t, "mulai"); /* minutes are due once it took place */
	return RC_OK;
}

enum rc effect_minutes(struct taking *t, struct err *err)
{
	return file_paper(t, PAPER_MINUTES, S(""), text(t, "penanda_tangan"), err);
}
