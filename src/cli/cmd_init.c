/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_init.c - `padan init`: a data directory, from nothing to ready.
 *
 * The directory must be new, or empty; anything else is refused untouched. On a
 * failure everything made here is removed again, so that init may be repeated.
 * padan.conf comes first on the disk because the rest is opened through it. */
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/app.h"
#include "cli/cert.h"
#include "cli/cmd.h"
#include "cli/demo.h"
#include "cli/key.h"
#include "sys/file.h"

#define RESIDENTS 100000
#define RESIDENTS_MAX 10000000
#define CONF_MAX ((size_t)32 << 10)

/* ---- the directory ---- */

static bool is_empty(const char *path)
{
	int n = 0;
	DIR *dir = opendir(path);
	if (!dir)
		return false;
	while (n < 3 && readdir(dir))
		n++;
	closedir(dir);
	return n == 2; /* . and .. */
}

static enum rc make_dir(const char *path, bool *ret_made, struct err *err)
{
	enum rc rc = file_make_dir(path, 0700, err);
	*ret_made = rc == RC_OK;
	if (rc != RC_CONFLICT)
		return rc == RC_ABSENT ? RC_INVALID : rc;
	if (!is_empty(path))
		return FAIL(err, RC_INVALID, "%.150s sudah ada dan tidak kosong; tidak ada yang diubah", path);
	if (chmod(path, 0700) != 0)
		return FAIL(err, RC_BROKEN, "hak akses %.150s tidak dapat diatur", path);
	return RC_OK;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind;
	return at->level == 0 ? 0 : remove(path);
}

/* It was empty, or not there, before we came. */
static void undo(const char *path, bool made)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	if (made)
		rmdir(path);
}

/* ---- what stands in it ---- */

/* A name of its own for every log, so that no checkpoint of one passes for another's. */
static void write_origin(struct buf *out, const struct command *command)
{
	unsigned char bytes[8];
	for (int i = 0; i < command->options_n; i++)
		if (strncmp(command->options[i].value, "journal.origin=", 15) == 0)
			return;
	secret_random(bytes, sizeof bytes);
	buf_addz(out, "journal.origin = padan.invalid/");
	hex_add(out, str_from((const char *)bytes, sizeof bytes));
	buf_addc(out, '\n');
}

static enum rc write_conf(const struct command *command, struct err *err)
{
	char path[4096];
	BUF_AUTO out = BUF(CONF_MAX);
	conf_write_sample(&out);
	buf_addz(&out, "# ---- ditetapkan oleh padan init ----\n\n");
	write_origin(&out, command);
	for (int i = 0; i < command->options_n; i++) {
		struct str rest = str_c(command->options[i].value);
		if (!str_eq(command->options[i].name, S("set")))
			continue;
		struct str key = str_trim(str_split(&rest, '='));
		buf_addf(&out, "%.*s = %.*s\n", STR_ARG(key), STR_ARG(str_trim(rest)));
	}
	if (!buf_ok(&out))
		return FAIL(err, RC_INVALID, "terlalu banyak --set");
	if (snprintf(path, sizeof path, "%s/" APP_CONF_FILE, command_arg(command, 0)) >= (int)sizeof path)
		return FAIL(err, RC_INVALID, "nama direktori terlalu panjang");
	return file_write(path, 0600, buf_str(&out), err);
}

static enum rc make_keys(struct app *app, struct err *err)
{
	const char *cert = conf_text(&app->conf, CONF_TLS_CERT), *key = conf_text(&app->conf, CONF_TLS_KEY);
	const char *master = conf_text(&app->conf, CONF_MASTER_KEY_FILE);
	TRY(file_make_dir(app_path(app, "keys").at, 0700, err));
	if (strncmp(master, "credential:", 11) != 0 && !file_exists(master))
		TRY(key_make(master, err));
	if (!file_exists(cert) && !file_exists(key))
		TRY(cert_make(cert, key, app->now_us, err));
	return RC_OK;
}

static enum rc record_init(struct app *app, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	TRY(app_journal(app, tx, (struct entry){.act = ACT_START, .about = S("init")}, err));
	return tx_commit(&tx, err);
}

static enum rc fill(const struct command *command, const struct demo_conf *demo, struct err *err)
{
	{
		APP_AUTO app = {0};
		TRY(write_conf(command, err));
		TRY(app_open(&app, command, APP_CONF, err));
		TRY(make_keys(&app, err));
	}
	APP_AUTO app = {0};
	TRY(app_open(&app, command, APP_RECORD, err));
	TRY(record_init(&app, err));
	return command_option(command, "demo") ? demo_fill(&app, demo, err) : RC_OK;
}

/* ---- the verb ---- */

static void tell(const struct command *command)
{
	const char *dir = command_arg(command, 0);
	printf("%s siap.\n", dir);
	if (command_option(command, "demo"))
		printf("Akun contoh: %s/demo-accounts.json\nNIK contoh:  %s/demo-nik.json\n", dir, dir);
	else
		printf("Berikutnya:\n  padan registry import %s BERKAS.csv\n  padan agreement apply %s BERKAS.json\n"
		       "  padan user add %s admin --role admin\n",
		       dir, dir, dir);
	printf("Pindahkan %s/keys/master.key ke tempat di luar cadangan basis data (master.key_file).\n"
	       "Jalankan:    padan serve %s\n",
	       dir, dir);
}

enum rc cmd_init(const struct command *command, struct err *err)
{
	struct demo_conf demo;
	int64_t seed;
	bool made;
	TRY(command_int(command, "residents", 1, RESIDENTS_MAX, RESIDENTS, &demo.residents, err));
	TRY(command_int(command, "seed", 0, INT64_MAX, 1, &seed, err));
	demo.seed = (uint64_t)seed;
	TRY(make_dir(command_arg(command, 0), &made, err));
	enum rc rc = fill(command, &demo, err);
	if (rc != RC_OK) {
		undo(command_arg(command, 0), made);
		return rc;
	}
	tell(command);
	return RC_OK;
}
