/* SPDX-License-Identifier: EUPL-1.2
 * cli/backup_make.c - see backup_make.h.
 *
 * The copy is unlinked as soon as it is open, so a backup that is killed leaves nothing but,
 * at worst, a copy that was not finished; the next backup takes that away. It is read twice:
 * once for its digest, which stands before it in the file, and once to be sealed. */
#include "cli/backup_make.h"

#include <assert.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/stream.h"
#include "journal/heads.h"
#include "store/bulk.h"
#include "store/migrate.h"
#include "sys/file.h"
#include "sys/lock.h"

#define COPY_END ".cadangan"
#define LOCK_FILE "cadangan.lock"
#define PATH_MAX_HERE 4096
#define STEP ((size_t)256 << 10)
#define SPACE_SPARE ((int64_t)32 << 20) /* what inquiries need meanwhile */

struct making {
	const struct backup_order *order;
	struct manifest *manifest;
	char copy[PATH_MAX_HERE];
	int fds[MANIFEST_PARTS]; /* -1: not in it */
	int64_t done, all;       /* bytes to be read, twice each */
	struct buf room;         /* of STEP bytes */
};

/* ---- the copy of the office ---- */

static void copy_remove(const struct making *m)
{
	char journal[PATH_MAX_HERE + 16];
	snprintf(journal, sizeof journal, "%s-journal", m->copy);
	unlink(journal);
	unlink(m->copy);
}

/* Room for the copy, and a margin for the office itself: it must never be the backup that
 * fills the disk under the inquiries. */
static enum rc check_space(const struct making *m, struct err *err)
{
	int64_t free, need = store_bytes(conf_text(&m->order->app->conf, CONF_OFFICE_URL)) + SPACE_SPARE;
	TRY(file_space(m->order->app->dir, &free, err));
	if (free >= need)
		return RC_OK;
	return FAIL(err, RC_BROKEN, "ruang disk tidak cukup untuk salinan sementara: perlu %.0f MB, tersisa %.0f MB",
	            (double)need / 1e6, (double)free / 1e6);
}

static enum rc keep_heads(struct making *m, struct tx *tx, struct err *err)
{
	struct log_head *heads = ARENA_ARRAY(tx_arena(tx), HEADS_MAX, struct log_head);
	struct arena *arena = &m->order->app->conf.arena;
	if (!heads)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(heads_all(tx, heads, &m->manifest->logs_n, err));
	for (size_t i = 0; i < m->manifest->logs_n; i++) {
		struct manifest_log *log = &m->manifest->logs[i];
		*log = (struct manifest_log){
		        .log_id = heads[i].log_id, .size = heads[i].size, .note = arena_str(arena, heads[i].note)};
		memcpy(log->root, heads[i].root, sizeof log->root);
	}
	return RC_OK;
}

static enum rc keep_steps(struct making *m, struct tx *tx, struct err *err)
{
	struct schema_at *rooms;
	size_t n;
	TRY(store_steps(tx, &rooms, &n, err));
	if (n > MANIFEST_STEPS_MAX)
		return FAIL(err, RC_LIMIT, "terlalu banyak langkah skema");
	for (size_t i = 0; i < n; i++)
		m->manifest->steps[i] =
		        (struct manifest_step){arena_str(&m->order->app->conf.arena, rooms[i].room), rooms[i].number};
	m->manifest->steps_n = n;
	return RC_OK;
}

/* What the manifest says is read from the copy itself, not from the office that went on. */
static enum rc copy_look(struct making *m, struct err *err)
{
	char url[PATH_MAX_HERE + 16];
	struct store *store;
	struct tx *tx;
	snprintf(url, sizeof url, "sqlite:%s", m->copy);
	TRY(store_open_frozen(url, &store, err));
	enum rc rc = tx_begin(store, TX_READ, &tx, err);
	if (rc == RC_OK) {
		rc = keep_heads(m, tx, err);
		if (rc == RC_OK)
			rc = keep_steps(m, tx, err);
		tx_rollback(&tx);
	}
	store_close(store);
	return rc;
}

static enum rc open_part(struct making *m, enum manifest_part part, const char *path, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return FAIL(err, RC_BROKEN, "tidak dapat membuka %.150s", path);
	m->fds[part] = fd;
	if (fstat(fd, &st) != 0)
		return FAIL(err, RC_BROKEN, "tidak dapat memeriksa %.150s", path);
	m->manifest->parts[part] = (struct manifest_file){.is = true, .size = st.st_size};
	m->all += 2 * st.st_size;
	return RC_OK;
}

static enum rc copy_office(struct making *m, struct err *err)
{
	copy_remove(m); /* what one that was killed left behind; we hold the lock */
	TRY(check_space(m, err));
	enum rc rc = store_copy(m->order->app->office, m->copy, err);
	if (rc == RC_OK)
		rc = copy_look(m, err);
	if (rc == RC_OK)
		rc = open_part(m, MANIFEST_OFFICE, m->copy, err);
	copy_remove(m);
	return rc;
}

static enum rc open_parts(struct making *m, struct err *err)
{
	struct app *app = m->order->app;
	const char *registry = store_file(conf_text(&app->conf, CONF_REGISTRY_URL));
	if (m->order->registry && !registry)
		return FAIL(err, RC_REFUSED, "registry.url bukan berkas pada mesin ini; cadangkan tanpa --registry");
	TRY(open_part(m, MANIFEST_CONF, app_path(app, APP_CONF_FILE).at, err));
	TRY(copy_office(m, err));
	return m->order->registry ? open_part(m, MANIFEST_REGISTRY, registry, err) : RC_OK;
}

/* ---- reading the parts ---- */

struct sink {
	void *arg;
	enum rc (*take)(void *arg, struct str bytes, struct err *err);
};

/* Exactly as many bytes as the part had when it was opened. */
static enum rc part_each(struct making *m, enum manifest_part part, const struct sink *sink, struct err *err)
{
	int64_t size = m->manifest->parts[part].size;
	for (int64_t at = 0; at < size;) {
		size_t want = size - at < (int64_t)STEP ? (size_t)(size - at) : STEP;
		ssize_t n = pread(m->fds[part], m->room.at, want, at);
		if (n <= 0)
			return FAIL(err, RC_BROKEN, "%s berubah atau tidak dapat dibaca", manifest_part_name(part));
		TRY(sink->take(sink->arg, str_from(m->room.at, (size_t)n), err));
		at += n;
		m->done += n;
		if (m->order->progress)
			m->order->progress(m->order->arg, m->done, m->all);
	}
	return RC_OK;
}

static enum rc take_digest(void *arg, struct str bytes, struct err *err)
{
	(void)err;
	crypto_generichash_update(arg, (const unsigned char *)bytes.at, bytes.n);
	return RC_OK;
}

static enum rc take_sealed(void *arg, struct str bytes, struct err *err)
{
	return backup_write(arg, bytes, err);
}

static enum rc digest_parts(struct making *m, struct err *err)
{
	for (enum manifest_part part = 0; part < MANIFEST_PARTS; part++) {
		crypto_generichash_state state;
		const struct sink sink = {&state, take_digest};
		if (m->fds[part] < 0)
			continue;
		crypto_generichash_init(&state, NULL, 0, MANIFEST_DIGEST);
		TRY(part_each(m, part, &sink, err));
		crypto_generichash_final(&state, m->manifest->parts[part].digest, MANIFEST_DIGEST);
	}
	return RC_OK;
}

/* ---- sealing ---- */

static enum rc write_manifest(const struct making *m, struct backup_writer *writer, struct err *err)
{
	BUF_AUTO text = BUF(MANIFEST_BYTES_MAX);
	char size[9];
	manifest_write(&text, m->manifest);
	if (!buf_ok(&text))
		return FAIL(err, RC_LIMIT, "daftar isi cadangan terlalu panjang");
	snprintf(size, sizeof size, "%08zu", text.n);
	TRY(backup_write(writer, str_from(size, 8), err));
	return backup_write(writer, buf_str(&text), err);
}

static enum rc write_all(struct making *m, struct backup_writer *writer, struct err *err)
{
	const struct sink sink = {writer, take_sealed};
	TRY(write_manifest(m, writer, err));
	for (enum manifest_part part = 0; part < MANIFEST_PARTS; part++)
		if (m->fds[part] >= 0)
			TRY(part_each(m, part, &sink, err));
	return backup_writer_end(writer, err);
}

static enum rc seal(struct making *m, int fd, struct err *err)
{
	struct backup_writer *writer;
	TRY(backup_writer_open(fd, m->order->key, backup_master_mark(&m->order->app->master), &writer, err));
	enum rc rc = write_all(m, writer, err);
	backup_writer_close(writer);
	return rc;
}

/* Before: what left the house is always in the log, and the copy holds this entry too. */
static enum rc record(const struct making *m, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct app *app = m->order->app;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	struct str about = arena_printf(tx_arena(tx), "backup%s, key %s", m->order->registry ? " with registry" : "",
	                                backup_key_mark(m->order->key).z);
	TRY(app_journal(app, tx, (struct entry){.act = ACT_EXPORT, .about = about}, err));
	return tx_commit(&tx, err);
}

static enum rc make_locked(struct making *m, int fd, struct err *err)
{
	TRY(record(m, err));
	TRY(open_parts(m, err));
	TRY(digest_parts(m, err));
	return seal(m, fd, err);
}

enum rc backup_make(const struct backup_order *order, int fd, struct manifest *ret, struct err *err)
{
	struct making m = {.order = order, .manifest = ret, .fds = {-1, -1, -1}, .room = BUF(STEP)};
	const char *office = store_file(conf_text(&order->app->conf, CONF_OFFICE_URL));
	struct lock lock;
	memset(ret, 0, sizeof *ret);
	ret->version = str_c(order->version);
	ret->made_us = clock_now_us();
	if (!office)
		return FAIL(err, RC_REFUSED, "kantor ini memakai PostgreSQL: cadangkan dengan pgBackRest (doc/backup.md)");
	if (snprintf(m.copy, sizeof m.copy, "%s" COPY_END, office) >= (int)sizeof m.copy)
		return FAIL(err, RC_INVALID, "nama berkas terlalu panjang");
	if (!buf_room(&m.room, STEP))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	enum rc rc = lock_take(app_path(order->app, LOCK_FILE).at, &lock, err);
	if (rc == RC_OK) {
		rc = make_locked(&m, fd, err);
		lock_release(&lock);
	}
	for (size_t i = 0; i < MANIFEST_PARTS; i++)
		if (m.fds[i] >= 0)
			close(m.fds[i]);
	buf_free(&m.room);
	return rc;
}
