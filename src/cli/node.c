/* SPDX-License-Identifier: EUPL-1.2
 * cli/node.c - see node.h. */
#include "cli/node.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "journal/browse.h"
#include "sys/file.h"
#include "sys/lock.h"
#include "sys/log.h"

#define ID_FILE "node.id"
#define ID_BYTES 16
#define LOOK_US (200 * 1000)
#define BEATS_A_SILENCE 3 /* two may be late */

int64_t node_beat_us(int silence_s)
{
	return silence_s * US_PER_S / BEATS_A_SILENCE;
}

/* ---- who this directory is ---- */

static enum rc make_id(const char *path, struct err *err)
{
	unsigned char id[ID_BYTES];
	BUF_AUTO text = BUF(2 * ID_BYTES + 1);
	secret_random(id, sizeof id);
	hex_add(&text, str_from((const char *)id, sizeof id));
	buf_addc(&text, '\n');
	return file_write(path, 0600, buf_str(&text), err);
}

/* What a copy of the file has not: its number in the file system, and when it was made there. */
static enum rc mix_file(crypto_generichash_state *state, const char *path, struct err *err)
{
	struct statx st;
	if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &st) != 0)
		return FAIL(err, RC_BROKEN, "tidak dapat membaca %.150s", path);
	int64_t parts[] = {(int64_t)st.stx_ino, 0, 0};
	if (st.stx_mask & STATX_BTIME) {
		parts[1] = st.stx_btime.tv_sec;
		parts[2] = st.stx_btime.tv_nsec;
	}
	crypto_generichash_update(state, (const unsigned char *)parts, sizeof parts);
	return RC_OK;
}

static enum rc mix(struct lease_who *who, const char *path, struct str id, struct err *err)
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, LEASE_HOLDER);
	crypto_generichash_update(&state, (const unsigned char *)id.at, id.n);
	crypto_generichash_update(&state, (const unsigned char *)who->host, sizeof who->host);
	TRY(mix_file(&state, path, err));
	crypto_generichash_final(&state, who->holder, LEASE_HOLDER);
	return RC_OK;
}

enum rc node_identity(struct app *app, struct lease_who *ret, struct err *err)
{
	BUF_AUTO id = BUF(2 * ID_BYTES + 2);
	const char *path = app_path(app, ID_FILE).at;
	*ret = (struct lease_who){.silence_s = conf_int(&app->conf, CONF_NODE_SILENCE_S)};
	if (!path)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (gethostname(ret->host, sizeof ret->host - 1) != 0)
		ret->host[0] = '\0';
	TRY(file_read(path, 2 * ID_BYTES + 2, &id, err));
	return mix(ret, path, buf_str(&id), err);
}

/* ---- taking ---- */

static enum rc identify(struct app *app, struct err *err)
{
	enum rc rc = node_identity(app, &app->who, err);
	if (rc != RC_ABSENT)
		return rc;
	TRY(make_id(app_path(app, ID_FILE).at, err));
	return node_identity(app, &app->who, err);
}

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = LOOK_US * 1000}, NULL);
}

static enum rc wait_for(struct app *app, struct lease_bid *bid, struct err *err)
{
	bool told = false;
	for (;; nap()) {
		enum rc rc = lease_try(app->office, bid, clock_steady_us(), &app->lease, err);
		if (rc != RC_ABSENT)
			return rc;
		if (!told)
			log_line(LOG_LEVEL_INFO, "nomor simpul masih tercatat dipakai proses lain; menunggu apakah ia masih hidup");
		told = true;
	}
}

enum rc node_take(struct app *app, struct err *err)
{
	struct lease_bid bid = {.wanted = conf_int(&app->conf, CONF_JOURNAL_NODE)};
	TRY(identify(app, err));
	bid.who = app->who;
	TRY(wait_for(app, &bid, err));
	app->node = app->lease.log_id;
	return RC_OK;
}

enum rc node_give_back(struct app *app, struct err *err)
{
	struct lease lease = app->lease;
	if (lease.fence == 0)
		return RC_OK;
	app->lease = (struct lease){0};
	return lease_release(app->office, &lease, &app->who, err);
}

/* ---- its log's name ---- */

/* A log keeps the name it was begun with, whether its number was set or taken. */
static enum rc choose_name(struct app *app, struct str bare, struct str numbered, struct str *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct browse_log logs[BROWSE_LOGS_MAX];
	size_t n;
	bool set = conf_int(&app->conf, CONF_JOURNAL_NODE) != LEASE_ANY;
	*ret = set || app->node == 0 ? bare : numbered;
	TRY(tx_begin(app->office, TX_READ, &tx, err));
	TRY(browse_logs(tx, logs, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (logs[i].log_id != app->node)
			continue;
		if (str_eq(logs[i].origin, bare))
			*ret = bare;
		if (str_eq(logs[i].origin, numbered))
			*ret = numbered;
	}
	return RC_OK;
}

enum rc node_origin(struct app *app, struct str *ret, struct err *err)
{
	const char *name = conf_text(&app->conf, CONF_JOURNAL_ORIGIN);
	struct str bare = arena_str(&app->conf.arena, str_c(name));
	struct str numbered = arena_printf(&app->conf.arena, "%s/%d", name, app->node);
	if (!bare.at || !numbered.at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return choose_name(app, bare, numbered, ret, err);
}

/* ---- for the verbs ---- */

static bool is_own(const struct lease_row *row, const struct lease_who *who)
{
	return row->held && memcmp(row->holder, who->holder, LEASE_HOLDER) == 0;
}

enum rc node_find(struct app *app, int *ret, struct err *err)
{
	struct lease_row rows[LEASES_MAX];
	struct lease_who who;
	size_t n;
	*ret = conf_int(&app->conf, CONF_JOURNAL_NODE);
	if (*ret != LEASE_ANY)
		return RC_OK;
	*ret = 0;
	enum rc rc = node_identity(app, &who, err);
	if (rc != RC_OK)
		return rc == RC_ABSENT ? RC_OK : rc;
	TRY(lease_all(app->office, rows, &n, err));
	for (size_t i = 0; i < n; i++)
		if (is_own(&rows[i], &who))
			*ret = rows[i].log_id;
	return RC_OK;
}

/* Those that are still to be heard. */
static int hear(struct node_seen *seen, size_t n, const struct lease_row *now, size_t now_n)
{
	int silent = 0;
	for (size_t i = 0; i < n; i++) {
		const struct lease_row *then = &seen[i].row;
		for (size_t k = 0; k < now_n; k++)
			if (now[k].log_id == then->log_id && (now[k].beat != then->beat || now[k].fence != then->fence))
				seen[i].heard = true;
		silent += then->held && !seen[i].own && !seen[i].heard;
	}
	return silent;
}

static int64_t longest_us(const struct node_seen *seen, size_t n)
{
	int64_t longest = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t us = node_beat_us(seen[i].row.silence_s) + US_PER_S;
		longest = us > longest ? us : longest;
	}
	return longest;
}

enum rc node_look(struct app *app, struct node_seen ret[LEASES_MAX], size_t *ret_n, struct err *err)
{
	struct lease_row rows[LEASES_MAX];
	struct lease_who who = {0};
	size_t n = 0;
	bool serving = lock_is_held(app_path(app, APP_LOCK_FILE).at);
	enum rc rc = node_identity(app, &who, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	TRY(lease_all(app->office, rows, ret_n, err));
	for (size_t i = 0; i < *ret_n; i++) {
		bool own = is_own(&rows[i], &who);
		ret[i] = (struct node_seen){.row = rows[i], .own = own, .heard = own && serving};
	}
	int64_t until = clock_steady_us() + longest_us(ret, *ret_n);
	while (hear(ret, *ret_n, rows, n) > 0 && clock_steady_us() < until) {
		nap();
		TRY(lease_all(app->office, rows, &n, err));
	}
	return RC_OK;
}
