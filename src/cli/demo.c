/* SPDX-License-Identifier: EUPL-1.2
 * cli/demo.c - see demo.h. Residents first (they take longest and touch no office),
 * then passwords are hashed two at a time, then everything of the office in one
 * transaction, then the two files. */
#include "cli/demo.h"

#include <stdio.h>

#include "agreement/apply.h"
#include "agreement/demo.h"
#include "agreement/kejadian.h"
#include "agreement/official.h"
#include "cli/meter.h"
#include "identity/credential.h"
#include "identity/password.h"
#include "identity/user.h"
#include "registry/load.h"
#include "sys/file.h"
#include "sys/pool.h"

#define NIK_EACH 50
#define HASHES_AT_ONCE 2 /* 19 MiB each */
#define FILE_MAX ((size_t)64 << 10)

/* ---- who there is ---- */

struct demo_account {
	const char *user_id;
	const char *instansi; /* NULL: the provider */
	enum role role;
	bool must_change;
	bool token;           /* its credential is a data-balikan token, not an account */
	bool sandbox;
	const char *holder, *position;
};
/* operator2 has no NDA in the sample agreement, operator3 must change the password
 * first. Data balikan (J.III) gets its own service user id for each instansi; its
 * credential is the bearer token. BPBD's portal is in its PoC, so that its programs may
 * rehearse (J.II.D); those two come last: who looks for a service finds a real one first. */
static const struct demo_account accounts[] = {
	{"admin", NULL, ROLE_ADMIN, false, false, false, "Admin Contoh Satu", "Administrator Database Kependudukan"},
	{"admin2", NULL, ROLE_ADMIN, false, false, false, "Admin Contoh Dua", "Administrator Database Kependudukan"},
	{"auditor", NULL, ROLE_AUDITOR, false, false, false, "Auditor Contoh", "Auditor Internal"},
	{"kepala", "BPBD", ROLE_KEPALA, false, false, false, "Kepala Contoh BPBD", "Kepala Pelaksana"},
	{"operator1", "BPBD", ROLE_OPERATOR, false, false, false, "Operator Contoh Satu", "Analis Kebencanaan"},
	{"operator2", "BPBD", ROLE_OPERATOR, false, false, false, "Operator Contoh Dua", "Pengelola Data Bencana"},
	{"operator3", "BPBD", ROLE_OPERATOR, true, false, false, "Operator Contoh Tiga", "Petugas Posko"},
	{"bpbd-balikan", "BPBD", ROLE_SERVICE, false, true, false, "", ""},
	{"dinkes-kepala", "DINKES", ROLE_KEPALA, false, false, false, "Kepala Contoh Dinkes", "Kepala Dinas Kesehatan"},
	{"dinkes-operator", "DINKES", ROLE_OPERATOR, false, false, false, "Operator Contoh Dinkes", "Pengelola Data Kesehatan"},
	{"dinkes-layanan", "DINKES", ROLE_SERVICE, false, false, false, "", ""},
	{"dinkes-balikan", "DINKES", ROLE_SERVICE, false, true, false, "", ""},
	{"bpbd-uji", "BPBD", ROLE_SERVICE, false, false, true, "", ""},
	{"bpbd-uji-balikan", "BPBD", ROLE_SERVICE, false, false, true, "", ""},
};
#define ACCOUNTS LEN(accounts)

static const struct {
	const char *instansi, *jenis, *name, *place;
} kejadian_rows[] = {
	{"BPBD", "Tanah longsor", "Longsor Contoh", "Karangkobar, Banjarnegara"},
	{"DINKES", "Epidemi", "Kejadian Luar Biasa Contoh", "Banjarnegara"},
};

/* ---- passwords ---- */

struct demo_secret {
	char password[CREDENTIAL_TEXT_SIZE]; /* or the service's credential */
	char hash[PASSWORD_HASH_MAX];
	enum rc rc;
};

static void hash_one(void *arg)
{
	struct demo_secret *secret = arg;
	secret->rc = password_hash(str_c(secret->password), secret->hash, NULL);
}

static enum rc hash_all(struct demo_secret secrets[ACCOUNTS], struct err *err)
{
	struct pool *pool;
	enum rc rc = RC_OK;
	TRY(pool_start(HASHES_AT_ONCE, ACCOUNTS, &pool, err));
	for (size_t i = 0; i < ACCOUNTS && rc == RC_OK; i++) {
		if (accounts[i].role == ROLE_SERVICE)
			continue;
		password_one_time(secrets[i].password);
		rc = pool_put(pool, hash_one, &secrets[i]);
	}
	pool_stop(pool);
	for (size_t i = 0; i < ACCOUNTS && rc == RC_OK; i++)
		rc = secrets[i].rc;
	return rc == RC_OK ? RC_OK : FAIL(err, RC_BROKEN, "kata sandi contoh tidak dapat dihitung");
}

/* ---- the office ---- */

static enum rc apply_agreements(struct app *app, struct tx *tx, struct err *err)
{
	for (size_t i = 0; agreement_demo_at(i); i++) {
		BUF_AUTO json = BUF(AGREEMENT_FILE_MAX);
		struct applied applied;
		if (agreement_demo_json(agreement_demo_at(i), day_of_us(app->now_us), &json) != RC_OK)
			return FAIL(err, RC_BROKEN, "perjanjian contoh %s tidak dapat dibaca", agreement_demo_at(i));
		TRY(agreement_apply(tx, buf_str(&json), app->now_us, &applied, err));
		struct entry entry = {.act = ACT_AGREEMENT,
		                      .instansi_id = applied.instansi_id,
		                      .version_id = applied.version_id,
		                      .about = arena_printf(tx_arena(tx), "demo agreement version=%d", applied.version_number)};
		TRY(app_journal(app, tx, entry, err));
	}
	return RC_OK;
}

/* The kejadian of each instansi; ret[i] belongs to kejadian_rows[i]. */
static enum rc open_kejadian(struct app *app, struct tx *tx, struct kejadian ret[LEN(kejadian_rows)], struct err *err)
{
	for (size_t i = 0; i < LEN(kejadian_rows); i++) {
		ret[i] = (struct kejadian){.jenis = str_c(kejadian_rows[i].jenis),
		                           .name = str_c(kejadian_rows[i].name),
		                           .place = str_c(kejadian_rows[i].place),
		                           .on = day_of_us(app->now_us),
		                           .open = true};
		TRY(instansi_find(tx, str_c(kejadian_rows[i].instansi), &ret[i].instansi_id, err));
		TRY(kejadian_open(tx, &ret[i], app->now_us, &ret[i].kejadian_id, err));
		struct entry entry = {.act = ACT_KEJADIAN,
		                      .instansi_id = ret[i].instansi_id,
		                      .kejadian_id = ret[i].kejadian_id,
		                      .about = S("demo kejadian add")};
		TRY(app_journal(app, tx, entry, err));
	}
	return RC_OK;
}

static int64_t kejadian_of(const struct kejadian opened[LEN(kejadian_rows)], int64_t instansi)
{
	for (size_t i = 0; i < LEN(kejadian_rows); i++)
		if (opened[i].instansi_id == instansi)
			return opened[i].kejadian_id;
	return 0;
}

static enum rc issue(struct app *app, struct tx *tx, int64_t user, struct demo_secret *secret, struct err *err)
{
	struct credential_made made;
	const struct credential_new credential = {.user = user, .overlap_us = -1, .by = S("")};
	TRY(credential_issue(tx, secret_str(&app->credential_key), &credential, app->now_us, &made, err));
	memcpy(secret->password, made.secret, sizeof made.secret);
	secret_wipe(&made, sizeof made);
	return RC_OK;
}

static enum rc add_account(struct app *app, struct tx *tx, const struct demo_account *account, const struct kejadian *opened,
                           struct demo_secret *secret, struct err *err)
{
	bool service = account->role == ROLE_SERVICE;
	struct user_new user = {.user_id = str_c(account->user_id),
	                        .role = account->role,
	                        .password_hash = service ? (struct str){0} : str_c(secret->hash),
	                        .must_change = account->must_change,
	                        .narrowing = S(""),
	                        .holder = str_c(account->holder),
	                        .position = str_c(account->position),
	                        .sandbox = account->sandbox};
	int64_t row;
	if (account->instansi)
		TRY(instansi_find(tx, str_c(account->instansi), &user.instansi_id, err));
	if (service && !account->sandbox)
		user.standing_kejadian = kejadian_of(opened, user.instansi_id);
	TRY(user_add(tx, &user, app->now_us, &row, err));
	if (service)
		TRY(issue(app, tx, row, secret, err));
	struct str about = arena_printf(tx_arena(tx), "demo user add %s", account->user_id);
	return app_journal(app, tx, (struct entry){.act = ACT_USER, .instansi_id = user.instansi_id, .about = about}, err);
}

/* The head of each instansi, definitive from the first day (J.VI.H). */
static enum rc add_head(struct app *app, struct tx *tx, const struct demo_account *account, struct err *err)
{
	struct official head = {.name = str_c(account->holder),
	                        .position = str_c(account->position),
	                        .nip = S(""),
	                        .acting = ACTING_NONE,
	                        .begin = day_of_us(app->now_us),
	                        .letter_number = S("821/001/CONTOH")};
	if (account->role != ROLE_KEPALA)
		return RC_OK;
	TRY(instansi_find(tx, str_c(account->instansi), &head.instansi_id, err));
	TRY(official_add(tx, &head, app->now_us, err));
	struct entry entry = {.act = ACT_INSTANSI, .instansi_id = head.instansi_id, .about = S("demo official add")};
	return app_journal(app, tx, entry, err);
}

static enum rc fill_office(struct app *app, struct demo_secret secrets[ACCOUNTS], struct err *err)
{
	TX_AUTO *tx = NULL;
	struct kejadian opened[LEN(kejadian_rows)];
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	TRY(apply_agreements(app, tx, err));
	TRY(open_kejadian(app, tx, opened, err));
	for (size_t i = 0; i < ACCOUNTS; i++)
		TRY(add_account(app, tx, &accounts[i], opened, &secrets[i], err));
	for (size_t i = 0; i < ACCOUNTS; i++)
		TRY(add_head(app, tx, &accounts[i], err));
	return tx_commit(&tx, err);
}

/* ---- the files ---- */

static void write_account(struct buf *out, const struct demo_account *account, const struct demo_secret *secret, bool first)
{
	buf_addf(out, "%s\n  {\"user_id\":\"%s\",\"password\":", first ? "" : ",", account->user_id);
	buf_add_json(out, str_c(secret->password));
	buf_addf(out, ",\"role\":\"%s\",\"instansi\":", role_at((size_t)account->role)->key);
	if (account->instansi)
		buf_add_json(out, str_c(account->instansi));
	else
		buf_addz(out, "null");
	buf_addc(out, '}');
}

static void write_token(struct buf *out, const struct demo_account *account, const struct demo_secret *secret, bool first)
{
	buf_addf(out, "%s\n  {\"instansi\":\"%s\",\"token\":", first ? "" : ",", account->instansi);
	buf_add_json(out, str_c(secret->password));
	buf_addc(out, '}');
}

/* The lists of the file. What rehearses stands apart: the first two are the real ones, and
 * people and tests count on them. */
enum list { LIST_ACCOUNTS, LIST_TOKENS, LIST_SANDBOX };

static enum list list_of(const struct demo_account *account)
{
	return account->sandbox ? LIST_SANDBOX : account->token ? LIST_TOKENS : LIST_ACCOUNTS;
}

static void write_list(struct buf *out, const struct demo_secret secrets[ACCOUNTS], enum list list,
                       void (*write)(struct buf *, const struct demo_account *, const struct demo_secret *, bool))
{
	bool first = true;
	for (size_t i = 0; i < ACCOUNTS; i++) {
		if (list_of(&accounts[i]) != list)
			continue;
		write(out, &accounts[i], &secrets[i], first);
		first = false;
	}
}

static enum rc write_accounts(struct app *app, const struct demo_secret secrets[ACCOUNTS], struct err *err)
{
	BUF_AUTO out = BUF(FILE_MAX);
	buf_addz(&out, "{\"accounts\":[");
	write_list(&out, secrets, LIST_ACCOUNTS, write_account);
	buf_addz(&out, "\n],\"tokens\":[");
	write_list(&out, secrets, LIST_TOKENS, write_token);
	buf_addz(&out, "\n],\"sandbox\":[");
	write_list(&out, secrets, LIST_SANDBOX, write_account);
	buf_addz(&out, "\n]}\n");
	if (!buf_ok(&out))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return file_write(app_path(app, "demo-accounts.json").at, 0600, buf_str(&out), err);
}

static enum rc write_outcome(struct app *app, struct buf *out, enum outcome outcome, bool first, struct err *err)
{
	struct nik niks[NIK_EACH];
	size_t n = 0;
	TRY(load_sample(conf_text(&app->conf, CONF_REGISTRY_URL), outcome, niks, NIK_EACH, &n, err));
	buf_addf(out, "%s\n\"%s\":[", first ? "" : ",", outcome_get(outcome)->code);
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s\"%s\"", i ? "," : "", nik_digits(niks[i]).z);
	buf_addc(out, ']');
	return RC_OK;
}

static enum rc write_niks(struct app *app, struct err *err)
{
	static const enum outcome outcomes[] = {OUTCOME_DATA, OUTCOME_DECEASED, OUTCOME_DOUBLE, OUTCOME_ABSENT,
	                                        OUTCOME_NONACTIVE};
	BUF_AUTO out = BUF(FILE_MAX);
	buf_addc(&out, '{');
	for (size_t i = 0; i < LEN(outcomes); i++)
		TRY(write_outcome(app, &out, outcomes[i], i == 0, err));
	buf_addz(&out, "\n}\n");
	if (!buf_ok(&out))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return file_write(app_path(app, "demo-nik.json").at, 0600, buf_str(&out), err);
}

/* ---- all of it ---- */

static enum rc generate(struct app *app, const struct demo_conf *conf, struct err *err)
{
	struct meter meter = meter_begin();
	struct load_result result;
	struct load_conf load = {.url = conf_text(&app->conf, CONF_REGISTRY_URL),
	                         .as_of = day_of_us(app->now_us),
	                         .progress = meter_load,
	                         .arg = &meter};
	struct generate_conf residents = {.residents = conf->residents, .seed = conf->seed};
	enum rc rc = load_generate(&load, &residents, &result, err);
	meter_end(&meter);
	return rc;
}

enum rc demo_fill(struct app *app, const struct demo_conf *conf, struct err *err)
{
	struct demo_secret secrets[ACCOUNTS] = {0};
	TRY(generate(app, conf, err));
	enum rc rc = hash_all(secrets, err);
	if (rc == RC_OK)
		rc = fill_office(app, secrets, err);
	if (rc == RC_OK)
		rc = write_accounts(app, secrets, err);
	secret_wipe(secrets, sizeof secrets);
	return rc == RC_OK ? write_niks(app, err) : rc;
}
