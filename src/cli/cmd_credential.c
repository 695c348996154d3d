/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_credential.c - `padan credential`: secrets of programs, shown once, and the
 * client certificates a program is bound to. */
#include <stdio.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "identity/credential.h"
#include "identity/scope.h"
#include "identity/user.h"

/* What every verb here begins with. */
static enum rc begin(struct app *app, const struct command *command, struct tx **ret_tx, struct user *ret, struct err *err)
{
	TRY(app_open(app, command, APP_RECORD, err));
	TRY(tx_begin(app->office, TX_WRITE, ret_tx, err));
	TRY(user_find(*ret_tx, str_c(command_arg(command, 1)), ret, err));
	return ret->role == ROLE_SERVICE ? RC_OK : FAIL(err, RC_INVALID, "kredensial hanya untuk layanan (service)");
}

static enum rc journal(struct app *app, struct tx *tx, const struct user *user, const char *what, const char *number,
                       struct err *err)
{
	struct str about = arena_printf(tx_arena(tx), "credential %s %.*s%s%s", what, STR_ARG(user->user_id), *number ? " " : "",
	                                number);
	return app_journal(app, tx, (struct entry){.act = ACT_CREDENTIAL, .instansi_id = user->instansi_id, .about = about}, err);
}

/* ---- making ---- */

/* The secret alone on stdout, for a pipe; what else there is to say on stderr. */
static enum rc make(const struct command *command, const char *what, int64_t overlap_us, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	struct day expires;
	struct credential_made made;
	TRY(command_day(command, "expires", (struct day){0}, &expires, err));
	TRY(begin(&app, command, &tx, &user, err));
	struct credential_new credential = {.user = user.user,
	                                    .expires_us = expires.n ? day_begin_us((struct day){expires.n + 1}) : 0,
	                                    .overlap_us = overlap_us,
	                                    .by = S("")};
	TRY(credential_issue(tx, secret_str(&app.credential_key), &credential, app.now_us, &made, err));
	TRY(journal(&app, tx, &user, what, made.number.z, err));
	TRY(tx_commit(&tx, err));
	printf("%s\n", made.secret);
	fprintf(stderr, "kredensial nomor %s; rahasianya tidak dapat ditampilkan lagi\n", made.number.z);
	secret_wipe(&made, sizeof made);
	return RC_OK;
}

enum rc cmd_credential_issue(const struct command *command, struct err *err)
{
	return make(command, "issue", -1, err);
}

enum rc cmd_credential_rotate(const struct command *command, struct err *err)
{
	int64_t days;
	TRY(command_int(command, "overlap", 0, CREDENTIAL_OVERLAP_DAYS_MAX, CREDENTIAL_OVERLAP_DAYS, &days, err));
	return make(command, "rotate", days * US_PER_DAY, err);
}

/* ---- ending ---- */

enum rc cmd_credential_end(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	size_t n = 1;
	const char *number = command_arg(command, 2) ? command_arg(command, 2) : "";
	bool all = command_option(command, "all");
	if (all == (*number != '\0'))
		return FAIL(err, RC_INVALID, "sebutkan nomor kredensial, atau --all");
	TRY(begin(&app, command, &tx, &user, err));
	if (all)
		TRY(credential_end_all(tx, user.user, S(""), app.now_us, &n, err));
	else
		TRY(credential_end(tx, user.user, str_c(number), S(""), app.now_us, err));
	TRY(journal(&app, tx, &user, "end", all ? "all" : number, err));
	TRY(tx_commit(&tx, err));
	printf("%zu kredensial diakhiri\n", n);
	return RC_OK;
}

/* ---- looking ---- */

static struct str day_or(int64_t us, const char *otherwise, struct arena *arena)
{
	return us ? arena_str(arena, str_c(clock_short_wib(us).z)) : str_c(otherwise);
}

static const char *maker(struct str by, struct arena *arena)
{
	return by.n ? arena_printf(arena, "%.*s", STR_ARG(by)).at : "baris perintah";
}

static void print_credential(struct tx *tx, const struct credential_seen *c)
{
	static const char *const states[] = {
	        [CREDENTIAL_LIVE] = "berlaku", [CREDENTIAL_EXPIRED] = "habis", [CREDENTIAL_ENDED] = "diakhiri"};
	struct arena *arena = tx_arena(tx);
	struct str made = day_or(c->made_us, "-", arena), used = day_or(c->used_us, "belum pernah", arena);
	struct str until = day_or(c->expires_us, "tanpa batas", arena);
	printf("%s  %-8s  dibuat %.*s oleh %s; sampai %.*s; terakhir dipakai %.*s", c->number.z, states[c->state], STR_ARG(made),
	       maker(c->by, arena), STR_ARG(until), STR_ARG(used));
	if (c->state == CREDENTIAL_ENDED)
		printf("; diakhiri %s oleh %s", clock_short_wib(c->ended_us).z, maker(c->ended_by, arena));
	printf("\n");
}

static enum rc print_bound(struct tx *tx, const struct user *user, struct err *err)
{
	struct certificates bound;
	TRY(credential_bound(tx, user->user, &bound, err));
	printf("alamat: %.*s\n", STR_ARG(user->narrowing.n ? user->narrowing : S("semua alamat instansi")));
	for (size_t i = 0; i < bound.n; i++)
		printf("sertifikat: %s\n", fingerprint_text(&bound.at[i]).z);
	return RC_OK;
}

enum rc cmd_credential_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	struct credential_seen *rows;
	size_t n;
	TRY(begin(&app, command, &tx, &user, err));
	TRY(credential_list(tx, user.user, app.now_us, &rows, &n, err));
	for (size_t i = 0; i < n; i++)
		print_credential(tx, &rows[i]);
	return print_bound(tx, &user, err);
}

/* ---- certificates ---- */

enum rc cmd_credential_bind(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	struct certificates certificates;
	const char *typed = command_option(command, "certificates");
	if (!typed)
		return FAIL(err, RC_INVALID, "--certificates harus disebut; kosong melepaskan ikatannya");
	TRY(certificates_read(str_c(typed), &certificates, err));
	TRY(begin(&app, command, &tx, &user, err));
	TRY(credential_bind(tx, user.user, &certificates, err));
	struct str n = arena_printf(tx_arena(tx), "%zu", certificates.n);
	TRY(journal(&app, tx, &user, "bind", n.at ? n.at : "", err));
	TRY(tx_commit(&tx, err));
	printf("%s %s\n", command_arg(command, 1), certificates.n ? "terikat pada sertifikat" : "tidak terikat pada sertifikat");
	return RC_OK;
}

/* ---- what it may ask a token for ---- */

static enum rc scopes_typed(const struct command *command, scope_set *ret, struct err *err)
{
	*ret = 0;
	for (struct str rest = str_c(command_arg(command, 2)); rest.at;) {
		scope_set one;
		TRY(scopes_from_text(str_trim(str_split(&rest, ',')), &one, err));
		*ret |= one;
	}
	return RC_OK;
}

enum rc cmd_credential_scopes(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct user user;
	scope_set scopes;
	TRY(scopes_typed(command, &scopes, err));
	TRY(begin(&app, command, &tx, &user, err));
	if (command_arg(command, 2)) {
		TRY(scopes_set(tx, user.user, user.user_id, scopes, err));
		TRY(journal(&app, tx, &user, "scopes", scopes_text(scopes).z, err));
	}
	TRY(scopes_get(tx, user.user, user.user_id, &scopes, err));
	TRY(tx_commit(&tx, err));
	for (size_t i = 0; scope_at(i); i++)
		if (scopes & SCOPE_BIT(scope_at(i)->scope))
			printf("%-16s %s\n", scope_at(i)->key, scope_at(i)->label);
	return RC_OK;
}
