/* SPDX-License-Identifier: EUPL-1.2
 * bench/office.c - fill an office so that no single row serialises a load: many
 * instansi, many user ids, each signed in already.
 *
 *   bench-office DIR|postgres://... INSTANSI USERS >sessions
 *
 * Each instansi gets a service user id too, "layanan<number>", without a secret yet, and an
 * addendum that opens the web services to it. DIR was made by `padan init DIR`. Works through the rooms' own doors (agreement
 * file, papers, user ids, sessions); writes a line "cookie csrf" a user id. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agreement/agreement.h"
#include "agreement/apply.h"
#include "agreement/demo.h"
#include "agreement/kejadian.h"
#include "agreement/paper.h"
#include "gate/csrf.h"
#include "identity/session.h"
#include "identity/user.h"
#include "store/store.h"

static const struct session_limits limits = {.idle_s = 86400, .absolute_s = 86400};
static struct err err;

static void need(enum rc rc, const char *what)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "bench-office: %s: %s: %s (%s)\n", what, rc_name(rc), err.what, err.detail);
	exit(111);
}

/* One version of the second sample agency under a code of its own. */
static int64_t apply_sample(struct tx *tx, const char *name, const char code[7], int64_t now_us)
{
	struct buf sample = BUF(AGREEMENT_FILE_MAX), file = BUF(AGREEMENT_FILE_MAX);
	struct applied applied;
	need(agreement_demo_json(name, day_of_us(now_us), &sample), "sample");
	buf_add(&file, buf_str(&sample));
	for (size_t i = 0; i + 6 <= file.n; i++)
		if (memcmp(file.at + i, "DINKES", 6) == 0)
			memcpy(file.at + i, code, 6);
	need(agreement_apply(tx, buf_str(&file), now_us, &applied, &err), code);
	buf_free(&sample);
	buf_free(&file);
	return applied.instansi_id;
}

/* PoC of the portal and of both services passed. */
static int64_t make_instansi(struct tx *tx, int number, int64_t now_us)
{
	char code[7];
	snprintf(code, sizeof code, "BN%04d", number); /* as long as DINKES */
	int64_t id = apply_sample(tx, "dinkes", code, now_us);
	need(apply_sample(tx, "dinkes-adendum", code, now_us) == id ? RC_OK : RC_BROKEN, "addendum");
	return id;
}

static int64_t open_kejadian(struct tx *tx, int64_t instansi_id, int64_t now_us)
{
	int64_t id;
	struct kejadian k = {.instansi_id = instansi_id, .jenis = S("Banjir"), .name = S("Beban"), .place = S("Contoh"), .on = day_of_us(now_us)};
	need(kejadian_open(tx, &k, now_us, &id, &err), "kejadian");
	return id;
}

static void print_session(struct tx *tx, const unsigned char (*token)[SESSION_TOKEN_SIZE], int64_t now_us)
{
	const struct principal *who;
	char csrf[CSRF_TOKEN_TEXT + 1];
	struct buf cookie = BUF(128);
	need(session_principals(tx, token, 1, &limits, now_us, &who, &err), "principal");
	csrf_make(principal_csrf_key(who), csrf);
	base64url_add(&cookie, str_from((const char *)*token, SESSION_TOKEN_SIZE));
	printf("%.*s %s\n", (int)cookie.n, cookie.at, csrf);
	buf_free(&cookie);
}

static void file_nda(struct tx *tx, int64_t instansi_id, const char *user_id, int64_t now_us)
{
	struct paper nda = {.kind = PAPER_NDA, .instansi_id = instansi_id, .subject = str_c(user_id), .number = str_c(user_id),
	                    .signer = str_c(user_id), .signed_on = day_of_us(now_us)};
	need(paper_file(tx, &nda, now_us, &err), "nda");
}

static void make_service(struct tx *tx, int number, int64_t instansi_id, int64_t kejadian_id, int64_t now_us)
{
	char user_id[32];
	int64_t user;
	snprintf(user_id, sizeof user_id, "layanan%d", number);
	struct user_new fresh = {.user_id = str_c(user_id), .role = ROLE_SERVICE, .instansi_id = instansi_id,
	                         .standing_kejadian = kejadian_id};
	need(user_add(tx, &fresh, now_us, &user, &err), user_id);
	file_nda(tx, instansi_id, user_id, now_us);
}

static void make_user(struct tx *tx, int number, int64_t instansi_id, int64_t kejadian_id, int64_t now_us)
{
	char user_id[32];
	unsigned char token[1][SESSION_TOKEN_SIZE];
	int64_t user, session;
	snprintf(user_id, sizeof user_id, "beban%d", number);
	struct user_new fresh = {.user_id = str_c(user_id), .role = ROLE_OPERATOR, .instansi_id = instansi_id, .password_hash = S("!")};
	need(user_add(tx, &fresh, now_us, &user, &err), user_id);
	file_nda(tx, instansi_id, user_id, now_us);
	struct session_new begin = {.user = user, .device = S("wrk"), .kejadian_id = kejadian_id};
	need(addr_from_str(S("127.0.0.1"), &begin.peer), "addr");
	need(session_begin(tx, &begin, &limits, now_us, token[0], &session, &err), "session");
	print_session(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])token, now_us);
}

int main(int argc, char **argv)
{
	char url[4096];
	struct store *office;
	int64_t now_us = clock_now_us(), instansi_n, user_n, instansi = 0, kejadian = 0;
	if (argc != 4 || str_int(str_c(argv[2]), 1, 9999, &instansi_n) != RC_OK || str_int(str_c(argv[3]), 1, 1000000, &user_n) != RC_OK) {
		fprintf(stderr, "usage: bench-office DIR|postgres://... INSTANSI USERS\n");
		return 100;
	}
	snprintf(url, sizeof url, "%s%s%s", strstr(argv[1], "://") ? "" : "sqlite:", argv[1], strstr(argv[1], "://") ? "" : "/office.db");
	need(store_open(url, &office, &err), "open");
	int64_t each = (user_n + instansi_n - 1) / instansi_n;
	for (int64_t i = 0; i < user_n; i++) {
		TX_AUTO *tx = NULL;
		need(tx_begin(office, TX_WRITE, &tx, &err), "begin");
		if (i % each == 0) {
			instansi = make_instansi(tx, (int)(i / each), now_us);
			kejadian = open_kejadian(tx, instansi, now_us);
			make_service(tx, (int)(i / each), instansi, kejadian, now_us);
		}
		make_user(tx, (int)i, instansi, kejadian, now_us);
		need(tx_commit(&tx, &err), "commit");
	}
	store_close(office);
	return fflush(stdout) == 0 ? 0 : 111;
}
