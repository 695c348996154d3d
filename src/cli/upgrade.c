/* SPDX-License-Identifier: EUPL-1.2
 * cli/upgrade.c - see upgrade.h. A copy takes its name only when it is whole, so what is called
 * sebelum-N can be put back. */
#include "cli/upgrade.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "store/bulk.h"
#include "sys/file.h"

#define BEFORE ".sebelum-"
#define PATH_ROOM 4096

/* ---- the copies that are there ---- */

/* The N of a name "office.db.sebelum-N"; 0: another file. */
static int64_t number_of_copy(struct str name, struct str base)
{
	int64_t n;
	if (!str_starts(name, base) || !str_starts(str_sub(name, base.n, name.n), S(BEFORE)))
		return 0;
	struct str digits = str_sub(name, base.n + strlen(BEFORE), name.n);
	return str_int(digits, 1, INT32_MAX, &n) == RC_OK ? n : 0;
}

static struct str base_of(const char *office)
{
	const char *slash = strrchr(office, '/');
	return str_c(slash ? slash + 1 : office);
}

/* The highest N below `below`; 0 none. */
static int64_t highest(const char *office, int64_t below, struct err *err)
{
	char dir[PATH_ROOM];
	struct str base = base_of(office);
	int n = (int)(base.at - office);
	int64_t best = 0;
	snprintf(dir, sizeof dir, "%.*s", n ? n : 1, n ? office : ".");
	DIR *at = opendir(dir);
	if (!at) {
		err_fail(err, RC_BROKEN, ERR_HERE, "tidak dapat membaca %.150s", dir);
		return -1;
	}
	for (const struct dirent *entry = readdir(at); entry; entry = readdir(at)) {
		int64_t number = number_of_copy(str_c(entry->d_name), base);
		best = number < below && number > best ? number : best;
	}
	closedir(at);
	return best;
}

enum rc upgrade_newest(const char *office, char *out, size_t max, int64_t *ret_n, struct err *err)
{
	*ret_n = highest(office, INT64_MAX, err);
	if (*ret_n < 0)
		return RC_BROKEN;
	if (*ret_n == 0)
		return FAIL(err, RC_ABSENT, "tidak ada salinan %.150s" BEFORE "N untuk dikembalikan", office);
	return snprintf(out, max, "%s" BEFORE "%lld", office, (long long)*ret_n) < (int)max
	               ? RC_OK
	               : FAIL(err, RC_INVALID, "nama berkas terlalu panjang");
}

static void remove_old(const char *office)
{
	char path[PATH_ROOM + 32];
	int64_t below = INT64_MAX;
	for (int i = 0; i < UPGRADE_KEPT && below > 0; i++)
		below = highest(office, below, NULL);
	while (below > 0 && (below = highest(office, below, NULL)) > 0) {
		snprintf(path, sizeof path, "%s" BEFORE "%lld", office, (long long)below);
		unlink(path);
	}
}

/* ---- a new one ---- */

static enum rc check_copy(const char *path, const struct schema_state *state, struct err *err)
{
	char url[PATH_ROOM + 16];
	struct store *copy;
	struct tx *tx;
	struct schema_at *rooms;
	size_t n;
	int64_t taken = 0;
	snprintf(url, sizeof url, "sqlite:%s", path);
	TRY(store_open_frozen(url, &copy, err));
	enum rc rc = store_sound(copy, err);
	if (rc == RC_OK)
		rc = tx_begin(copy, TX_READ, &tx, err);
	if (rc == RC_OK) {
		rc = store_steps(tx, &rooms, &n, err);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			taken += rooms[i].n;
		tx_rollback(&tx);
	}
	store_close(copy);
	if (rc == RC_OK && taken != state->taken)
		return FAIL(err, RC_CONFLICT, "basis data sedang diperbarui oleh proses lain; coba lagi");
	return rc;
}

static enum rc make_copy(struct store *store, const char *office, const struct schema_state *state, struct err *err)
{
	char path[PATH_ROOM], fresh[PATH_ROOM];
	int n = snprintf(path, sizeof path, "%s" BEFORE "%lld", office, (long long)state->taken);
	if (n >= (int)sizeof path - 32)
		return FAIL(err, RC_INVALID, "nama berkas terlalu panjang");
	snprintf(fresh, sizeof fresh, "%s" BEFORE "baru-%d", office, (int)getpid());
	unlink(fresh); /* of a process of this number that was killed */
	enum rc rc = store_copy(store, fresh, err);
	if (rc == RC_OK)
		rc = check_copy(fresh, state, err);
	if (rc == RC_OK && rename(fresh, path) != 0)
		rc = FAIL(err, RC_BROKEN, "salinan %.150s tidak dapat diberi namanya", path);
	if (rc != RC_OK) {
		unlink(fresh);
		return rc;
	}
	TRY(file_sync_name(path, err));
	remove_old(office);
	fprintf(stderr,
	        "padan: basis data kantor diperbarui untuk versi ini; sebelumnya disalin ke %s\n"
	        "padan: kembali: padan upgrade DIR --back, lalu pasang versi yang lama\n",
	        path);
	return RC_OK;
}

enum rc upgrade_before(void *arg, struct store *store, const struct schema_state *state, struct err *err)
{
	const struct app *app = arg;
	char point[STORE_POINT_MAX], name[64];
	const char *office = store_file(conf_text(&app->conf, CONF_OFFICE_URL));
	if (office)
		return make_copy(store, office, state, err);
	if (!app->upgrade)
		return FAIL(err, RC_REFUSED,
		            "basis data kantor berasal dari versi Padan yang lebih lama (%lld langkah kurang); buat cadangan, "
		            "lalu jalankan padan upgrade DIR",
		            (long long)state->missing);
	snprintf(name, sizeof name, "padan-sebelum-%lld", (long long)state->taken);
	TRY(store_restore_point(store, name, point, err));
	printf("titik kembali di log PostgreSQL: %s\n", point);
	return RC_OK;
}
