/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_user.c - `padan user`: handing out user ids, closing them, new passwords.
 *
 * A password is shown once, on stdout, and must be changed at first sign-in
 * (P2.1c). It is hashed before the transaction begins. */
#include <stdio.h>

#include "agreement/kejadian.h"
#include "cli/app.h"
#include "cli/cmd.h"
#include "identity/password.h"
#include "identity/totp.h"
#include "identity/user.h"

/* ---- adding ---- */

static struct str option_text(const struct command *command, const char *name)
{
	const char *typed = command_option(command, name);
	return typed ? str_c(typed) : S("");
}

/* Through the end of that day; 0: with the agreement. */
static enum rc read_expiry(const struct command *command, int64_t *ret, struct err *err)
{
	struct day expires;
	TRY(command_day(command, "expires", (struct day){0}, &expires, err));
	if (expires.n != 0)
		*ret = day_begin_us((struct day){expires.n + 1});
	return RC_OK;
}

static enum rc read_new(const struct command *command, struct tx *tx, struct user_new *ret, struct err *err)
{
	struct str role;
	const char *instansi = command_option(command, "instansi");
	TRY(command_need(command, "role", &role, err));
	if (role_from_key(role, &ret->role) != RC_OK)
		return FAIL(err, RC_INVALID, "--role harus admin, auditor, kepala, operator, atau service");
	if (instansi && instansi_find(tx, str_c(instansi), &ret->instansi_id, err) != RC_OK)
		return FAIL(err, RC_INVALID, "instansi '%.40s' tidak ada", instansi);
	TRY(read_expiry(command, &ret->expires_us, err));
	TRY(command_int(command, "kejadian", 0, INT64_MAX, 0, &ret->standing_kejadian, err));
	ret->user_id = str_c(command_arg(command, 1));
	ret->narrowing = option_text(command, "addresses");
	ret->holder = option_text(command, "holder");
	ret->position = option_text(command, "position");
	ret->sandbox = command_option(command, "sandbox") != NULL;
	return RC_OK;
}

static enum rc check_kejadian(struct tx *tx, const struct user_new *user, struct err *err)
{
	struct kejadian kejadian;
	if (user->standing_kejadian == 0)
		return RC_OK;
	if (user->role != ROLE_SERVICE)
		return FAIL(err, RC_INVALID, "--kejadian hanya untuk layanan (service)");
	if (kejadian_get(tx, user->instansi_id, user->standing_kejadian, &kejadian, err) != RC_OK)
		return FAIL(err, RC_INVALID, "kejadian %lld tidak ada pada instansi itu", (long long)user->standing_kejadian);
	return RC_OK;
}

static const char *kind_word(bool sandbox)
{
	return sandbox ? "sandbox " : "";
}

static enum rc journal_user(struct app *app, struct tx *tx, const char *what, const struct user *user, struct err *err)
{
	const char *kind = kind_word(user->sandbox);
	struct str about = arena_printf(tx_arena(tx), "user %s %s%.*s", what, kind, STR_ARG(user->user_id));
	struct entry entry = {.act = ACT_USER, .instansi_id = user->instansi_id, .about = about};
	return app_journal(app, tx, entry, err);
}

enum rc cmd_user_add(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user_new user = {.must_change = true};
	char password[PASSWORD_ONE_TIME_SIZE], hash[PASSWORD_HASH_MAX];
	int64_t row;
	password_one_time(password);
	TRY(password_hash(str_c(password), hash, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(read_new(command, tx, &user, err));
	TRY(check_kejadian(tx, &user, err));
	bool service = user.role == ROLE_SERVICE;
	user.must_change = !service;
	user.password_hash = service ? (struct str){0} : str_c(hash);
	TRY(user_add(tx, &user, app.now_us, &row, err));
	const struct user added = {.user_id = user.user_id, .instansi_id = user.instansi_id, .sandbox = user.sandbox};
	TRY(journal_user(&app, tx, "add", &added, err));
	TRY(tx_commit(&tx, err));
	if (service)
		printf("%s ditambahkan; buat rahasianya dengan: padan credential issue\n", command_arg(command, 1));
	else
		printf("%s ditambahkan\nkata sandi sekali pakai: %s\n", command_arg(command, 1), password);
	secret_wipe(password, sizeof password);
	return RC_OK;
}

/* ---- listing ---- */

static const char *state_word(const struct user *user, int dormant_days, int64_t now_us)
{
	switch (user_flaw(user, dormant_days, now_us)) {
	case USER_FLAW_NONE: return user->must_change ? "ganti-sandi" : "aktif";
	case USER_FLAW_CLOSED: return "ditutup";
	case USER_FLAW_DORMANT: return "dorman";
	case USER_FLAW_EXPIRED: return "berakhir";
	}
	return "?";
}

static enum rc print_user(struct app *app, struct tx *tx, const struct user *user, struct err *err)
{
	struct instansi_row instansi = {.code = S("-")};
	if (user->instansi_id != 0)
		TRY(instansi_get(tx, user->instansi_id, &instansi, err));
	const char *state = state_word(user, conf_int(&app->conf, CONF_USER_DORMANT_DAYS), app->now_us);
	printf("%-24.*s %-9s %-12.*s %-12s %s%s", STR_ARG(user->user_id), role_at((size_t)user->role)->key, STR_ARG(instansi.code),
	       state, user->last_seen_us ? clock_short_wib(user->last_seen_us).z : "belum pernah masuk",
	       user->code_since_us ? "  kode sekali pakai" : "");
	if (user->sandbox)
		printf("  latihan PoC");
	if (user->closed)
		printf("  ditutup %s: %s", clock_short_wib(user->closed_us).z, user_closed_at(user->why)->label);
	printf("\n");
	return RC_OK;
}

static enum rc print_users(struct app *app, int64_t instansi, struct err *err)
{
	struct str after = S("");
	size_t n = 0;
	do {
		TX_AUTO *tx = NULL;
		struct user *users;
		TRY(tx_begin(app->office, TX_READ, &tx, err));
		TRY(user_list(tx, &(struct user_filter){.instansi_id = instansi, .after = after}, &users, &n, err));
		for (size_t i = 0; i < n; i++)
			TRY(print_user(app, tx, &users[i], err));
		if (n > 0)
			after = arena_str(&app->conf.arena, users[n - 1].user_id);
	} while (n == USER_LIST_MAX && after.at); /* a full page: there may be more */
	return RC_OK;
}

enum rc cmd_user_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	int64_t instansi = -1;
	const char *code = command_option(command, "instansi");
	TRY(app_open(&app, command, APP_STORE, err));
	if (code) {
		TX_AUTO *tx = NULL;
		TRY(tx_begin(app.office, TX_READ, &tx, err));
		TRY(instansi_find(tx, str_c(code), &instansi, err));
	}
	return print_users(&app, instansi, err);
}

/* ---- changing one ---- */

/* `why` USER_OPEN reopens. */
static enum rc set_closed(const struct command *command, enum user_closed why, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	bool closing = why != USER_OPEN;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(user_find(tx, str_c(command_arg(command, 1)), &user, err));
	TRY(user_set_closed(tx, user.user, why, app.now_us, err));
	TRY(journal_user(&app, tx, closing ? "close" : "reopen", &user, err));
	TRY(tx_commit(&tx, err));
	printf("%s %s\n", command_arg(command, 1), closing ? "ditutup" : "dibuka kembali");
	return RC_OK;
}

enum rc cmd_user_close(const struct command *command, struct err *err)
{
	enum user_closed why = USER_CLOSED_ADMIN;
	const char *key = command_option(command, "reason");
	if (key && (user_closed_from_key(str_c(key), &why) != RC_OK || why == USER_OPEN))
		return FAIL(err, RC_INVALID, "--reason harus request, admin, dormant, expired, nda, atau agreement");
	return set_closed(command, why, err);
}

enum rc cmd_user_reopen(const struct command *command, struct err *err)
{
	return set_closed(command, USER_OPEN, err);
}

/* What was not named stays as it is. */
enum rc cmd_user_change(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(user_find(tx, str_c(command_arg(command, 1)), &user, err));
	struct user_change change = {user.holder, user.position, user.narrowing, user.expires_us};
	if (command_option(command, "holder"))
		change.holder = option_text(command, "holder");
	if (command_option(command, "position"))
		change.position = option_text(command, "position");
	if (command_option(command, "addresses"))
		change.narrowing = option_text(command, "addresses");
	TRY(read_expiry(command, &change.expires_us, err));
	TRY(user_change(tx, user.user, &change, err));
	TRY(journal_user(&app, tx, "change", &user, err));
	TRY(tx_commit(&tx, err));
	printf("%s diubah\n", command_arg(command, 1));
	return RC_OK;
}

enum rc cmd_user_reset_password(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	char password[PASSWORD_ONE_TIME_SIZE], hash[PASSWORD_HASH_MAX];
	password_one_time(password);
	TRY(password_hash(str_c(password), hash, err));
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(user_find(tx, str_c(command_arg(command, 1)), &user, err));
	if (user.role == ROLE_SERVICE)
		return FAIL(err, RC_INVALID, "layanan tidak mempunyai kata sandi; pakai padan credential issue");
	TRY(user_set_password(tx, user.user, str_c(hash), true, 0, err));
	TRY(journal_user(&app, tx, "reset-password", &user, err));
	TRY(tx_commit(&tx, err));
	printf("kata sandi sekali pakai: %s\n", password);
	secret_wipe(password, sizeof password);
	return RC_OK;
}

enum rc cmd_user_reset_code(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(tx_begin(app.office, TX_WRITE, &tx, err));
	TRY(user_find(tx, str_c(command_arg(command, 1)), &user, err));
	TRY(totp_reset(tx, user.user, 0, err));
	TRY(journal_user(&app, tx, "reset-code", &user, err));
	TRY(tx_commit(&tx, err));
	printf("kode sekali pakai %s dihapus; semua sesinya berakhir\n", command_arg(command, 1));
	return RC_OK;
}
