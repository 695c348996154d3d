/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_agreement.c - `padan agreement`: recording versions, and showing them. */
#include <stdio.h>

#include "agreement/apply.h"
#include "agreement/life.h"
#include "agreement/paper.h"
#include "cli/app.h"
#include "cli/cmd.h"
#include "gate/record.h"
#include "sys/file.h"

/* ---- apply ---- */

/* Put the file's name before the line that err->what names. */
static enum rc name_file(enum rc rc, const char *path, struct err *err)
{
	char what[sizeof err->what];
	if (rc != RC_INVALID)
		return rc;
	snprintf(what, sizeof what, "%.60s: %.130s", path, err->what);
	memcpy(err->what, what, sizeof what);
	return rc;
}

static enum rc read_json(const char *path, struct buf *out, struct err *err)
{
	enum rc rc = file_read(path, AGREEMENT_FILE_MAX, out, err);
	if (rc == RC_ABSENT || rc == RC_LIMIT)
		return RC_INVALID; /* err says which file */
	return rc;
}

enum rc cmd_agreement_apply(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	BUF_AUTO json = BUF(AGREEMENT_FILE_MAX + 1);
	struct applied applied;
	const char *path = command_arg(command, 1);
	TRY(read_json(path, &json, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(name_file(agreement_apply(tx, buf_str(&json), app.now_us, &applied, err), path, err));
	TRY(record_check(app.agreement, tx, &applied, app.now_us, err));
	if (!applied.changed) {
		printf("versi %d sudah tercatat; tidak ada yang berubah\n", applied.version_number);
		return RC_OK;
	}
	struct entry entry = {.act = ACT_AGREEMENT,
	                      .instansi_id = applied.instansi_id,
	                      .version_id = applied.version_id,
	                      .about = arena_printf(tx_arena(tx), "agreement apply version=%d", applied.version_number)};
	TRY(app_journal(&app, tx, entry, err));
	TRY(tx_commit(&tx, err));
	printf("versi %d dicatat\n", applied.version_number);
	return RC_OK;
}

/* ---- list, show, export ---- */

static enum rc print_instansi(struct app *app, struct tx *tx, const struct instansi_row *row, struct err *err)
{
	struct standing s;
	TRY(agreement_standing(app->agreement, tx, row->instansi_id, app->now_us, &s, err));
	printf("%-12.*s %-14s ", STR_ARG(row->code), instansi_state_at((size_t)row->state)->label);
	if (s.terms)
		printf("versi %d, sampai %-18s ", s.version_number, day_long(s.terms->end).z);
	else
		printf("%-28s ", "tidak ada versi yang berlaku");
	printf("%.*s\n", STR_ARG(row->name));
	return RC_OK;
}

enum rc cmd_agreement_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct instansi_row *rows;
	size_t n;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(instansi_list(tx, &rows, &n, err));
	for (size_t i = 0; i < n; i++)
		TRY(print_instansi(&app, tx, &rows[i], err));
	return RC_OK;
}

static void print_quota(int64_t quota)
{
	if (quota < 0)
		printf("tanpa batas");
	else
		printf("%lld/hari", (long long)quota);
}

static void print_methods(const struct standing *s)
{
	for (size_t i = 0; method_at(i); i++) {
		const struct terms_method *m = &s->terms->methods[i];
		if (!m->granted)
			continue;
		printf("  metode     %s: sebelum PoC ", method_at(i)->key);
		print_quota(m->quota_before_poc);
		printf(", sesudah PoC ");
		print_quota(m->quota_after_poc);
		printf("; PoC %s\n", s->poc_passed[i] ? "lulus" : "belum");
	}
}

static void print_terms(const struct standing *s)
{
	const struct terms *t = s->terms;
	printf("  PKS        %.*s\n  Juknis     %.*s\n", STR_ARG(t->pks_number), STR_ARG(t->juknis_number));
	if (t->addendum_number.n)
		printf("  adendum    %.*s\n", STR_ARG(t->addendum_number));
	printf("  berlaku    %s sampai %s\n", day_long(t->begin).z, day_long(t->end).z);
	printf("  elemen    ");
	for (size_t i = 0; element_at(i); i++)
		if (t->elements & ELEMENT_BIT(i))
			printf(" %s", element_at(i)->key);
	printf("\n");
	print_methods(s);
	for (size_t i = 0; i < t->allow_n; i++)
		printf("  alamat     %s\n", cidr_text(&t->allow[i]).z);
}

static enum rc print_papers(struct tx *tx, int64_t instansi, struct err *err)
{
	struct paper *papers;
	size_t n;
	TRY(paper_list(tx, instansi, &papers, &n, err));
	for (size_t i = 0; i < n; i++)
		printf("  dokumen    %s%s%.*s, nomor %.*s, %s sampai %s\n", paper_at((size_t)papers[i].kind)->label,
		       papers[i].subject.n ? " " : "", STR_ARG(papers[i].subject), STR_ARG(papers[i].number),
		       day_long(papers[i].signed_on).z, papers[i].valid_until.n ? day_long(papers[i].valid_until).z : "seterusnya");
	return RC_OK;
}

enum rc cmd_agreement_show(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct standing s;
	int64_t instansi;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(instansi_find(tx, str_c(command_arg(command, 1)), &instansi, err));
	TRY(agreement_standing(app.agreement, tx, instansi, app.now_us, &s, err));
	printf("%.*s - %.*s (%s)\n", STR_ARG(s.code), STR_ARG(s.name), instansi_state_at((size_t)s.state)->label);
	if (s.terms)
		print_terms(&s);
	else
		printf("  tidak ada versi yang berlaku sekarang\n");
	printf("  SPTJM      %s\n  kementerian %s\n", s.sptjm ? "tercatat" : "BELUM ADA",
	       s.ministry_approval ? "persetujuan tercatat" : "persetujuan BELUM ADA");
	return print_papers(tx, instansi, err);
}

enum rc cmd_agreement_export(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	BUF_AUTO out = BUF(AGREEMENT_FILE_MAX);
	int64_t instansi, version;
	if (str_int(str_c(command_arg(command, 2)), 1, 9999, &version) != RC_OK)
		return FAIL(err, RC_INVALID, "VERSI harus bilangan");
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(instansi_find(tx, str_c(command_arg(command, 1)), &instansi, err));
	TRY(agreement_export(tx, instansi, (int)version, &out, err));
	fwrite(out.at, 1, out.n, stdout);
	return RC_OK;
}

/* ---- state ---- */

/* What a step is on the command line: the state it leads to, and for an ending its ground. */
static const struct state_word {
	const char *state, *ground;
	enum life life;
} state_words[] = {
	{"suspended", "", LIFE_SUSPEND},      {"active", "", LIFE_RESUME},
	{"ended", "consent", LIFE_END_CONSENT}, {"ended", "term", LIFE_END_TERM},
	{"ended", "nomenclature", LIFE_END_NOMENCLATURE}, /* P5: never without its ground */
	{"revoked", "", LIFE_REVOKE},
};

static enum rc life_named(const struct command *command, enum life *ret, struct err *err)
{
	const char *state = command_arg(command, 2), *ground = command_option(command, "ground");
	enum instansi_state to;
	bool leads = false;
	if (instansi_state_from_key(str_c(state), &to) != RC_OK)
		return FAIL(err, RC_INVALID, "STATUS '%.40s' tidak dikenal", state);
	for (size_t i = 0; i < LEN(state_words); i++) {
		bool here = strcmp(state_words[i].state, state) == 0;
		leads = leads || here;
		*ret = state_words[i].life;
		if (here && strcmp(state_words[i].ground, ground ? ground : "") == 0)
			return RC_OK;
	}
	if (!leads)
		return FAIL(err, RC_REFUSED, "tidak ada langkah menuju %s", instansi_state_at(to)->label);
	return FAIL(err, RC_INVALID, "--ground diperlukan untuk ended, dan hanya untuk itu: term, consent, atau nomenclature");
}

static enum rc life_asked(const struct command *command, struct life_ask *ret, struct err *err)
{
	const char *letter = command_option(command, "letter"), *note = command_option(command, "note");
	TRY(life_named(command, &ret->life, err));
	TRY(command_day(command, "date", (struct day){0}, &ret->letter_day, err));
	ret->letter_number = str_c(letter ? letter : "");
	ret->note = str_c(note ? note : "Dicatat melalui baris perintah");
	return RC_OK;
}

enum rc cmd_agreement_state(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct life_ask ask = {.by = S("")};
	TRY(life_asked(command, &ask, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(instansi_find(tx, str_c(command_arg(command, 1)), &ask.instansi_id, err));
	TRY(life_take(tx, &ask, app.now_us, err));
	const struct life_row *row = life_at(ask.life);
	struct str about = arena_printf(tx_arena(tx), "agreement state %s", row->key);
	struct entry entry = {.act = ACT_INSTANSI, .instansi_id = ask.instansi_id, .clause = row->clause, .about = about};
	TRY(app_journal(&app, tx, entry, err));
	TRY(tx_commit(&tx, err));
	printf("%s: %s\n", command_arg(command, 1), instansi_state_at((size_t)row->to)->label);
	return RC_OK;
}
