/* SPDX-License-Identifier: EUPL-1.2
 * backup/manifest.c - see manifest.h. Reading is strict: lines in any order but the
 * first, each word once where once is meant, nothing behind the last word. */
#include "backup/manifest.h"

#include <assert.h>

#define FIRST "padan-manifest 1"
#define WORD_MAX 40

static const char *const part_names[] = {
        [MANIFEST_CONF] = "padan.conf",
        [MANIFEST_OFFICE] = "office.db",
        [MANIFEST_REGISTRY] = "registry.db",
};

const char *manifest_part_name(enum manifest_part part)
{
	assert(part < MANIFEST_PARTS);
	return part_names[part];
}

/* ---- writing ---- */

static void write_log(struct buf *out, const struct manifest_log *log)
{
	buf_addf(out, "log %d %lld ", log->log_id, (long long)log->size);
	hex_add(out, str_from((const char *)log->root, sizeof log->root));
	buf_addc(out, '\n');
	if (!log->note.n)
		return;
	buf_addf(out, "note %d ", log->log_id);
	base64_add(out, log->note);
	buf_addc(out, '\n');
}

void manifest_write(struct buf *out, const struct manifest *manifest)
{
	buf_addf(out, FIRST "\nversion %.*s\nmade %lld\n", STR_ARG(manifest->version), (long long)manifest->made_us);
	for (size_t i = 0; i < MANIFEST_PARTS; i++) {
		const struct manifest_file *part = &manifest->parts[i];
		if (!part->is)
			continue;
		buf_addf(out, "part %s %lld ", part_names[i], (long long)part->size);
		hex_add(out, str_from((const char *)part->digest, sizeof part->digest));
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < manifest->steps_n; i++)
		buf_addf(out, "step %.*s %lld\n", STR_ARG(manifest->steps[i].room), (long long)manifest->steps[i].number);
	for (size_t i = 0; i < manifest->logs_n; i++)
		write_log(out, &manifest->logs[i]);
}

/* ---- reading: one function a kind of line ---- */

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] <= ' ' || s.at[i] > '~')
			return false;
	return s.n >= 1 && s.n <= WORD_MAX;
}

static enum rc read_version(struct str rest, struct arena *arena, struct manifest *m)
{
	(void)arena;
	if (m->version.n || !is_word(rest))
		return RC_INVALID;
	m->version = rest;
	return RC_OK;
}

static enum rc read_made(struct str rest, struct arena *arena, struct manifest *m)
{
	(void)arena;
	return m->made_us ? RC_INVALID : str_int(rest, 1, INT64_MAX, &m->made_us);
}

static enum rc read_part(struct str rest, struct arena *arena, struct manifest *m)
{
	struct str name = str_split(&rest, ' '), size = str_split(&rest, ' ');
	(void)arena;
	for (size_t i = 0; i < MANIFEST_PARTS; i++) {
		struct manifest_file *part = &m->parts[i];
		if (!str_eq(name, str_c(part_names[i])))
			continue;
		if (part->is || str_int(size, 0, MANIFEST_PART_MAX, &part->size) != RC_OK)
			return RC_INVALID;
		part->is = true;
		return hex_read(rest, part->digest, sizeof part->digest);
	}
	return RC_INVALID;
}

static enum rc read_step(struct str rest, struct arena *arena, struct manifest *m)
{
	(void)arena;
	if (m->steps_n == MANIFEST_STEPS_MAX)
		return RC_INVALID;
	struct manifest_step *step = &m->steps[m->steps_n++];
	step->room = str_split(&rest, ' ');
	return is_word(step->room) ? str_int(rest, 1, INT32_MAX, &step->number) : RC_INVALID;
}

static struct manifest_log *log_of(struct manifest *m, int64_t log_id)
{
	for (size_t i = 0; i < m->logs_n; i++)
		if (m->logs[i].log_id == log_id)
			return &m->logs[i];
	return NULL;
}

static enum rc read_log(struct str rest, struct arena *arena, struct manifest *m)
{
	int64_t log_id;
	(void)arena;
	if (str_int(str_split(&rest, ' '), 0, MANIFEST_LOGS_MAX - 1, &log_id) != RC_OK || log_of(m, log_id))
		return RC_INVALID;
	assert(m->logs_n < MANIFEST_LOGS_MAX); /* each has a number of its own */
	struct manifest_log *log = &m->logs[m->logs_n++];
	log->log_id = (int)log_id;
	if (str_int(str_split(&rest, ' '), 0, INT64_MAX, &log->size) != RC_OK)
		return RC_INVALID;
	return hex_read(rest, log->root, sizeof log->root);
}

static enum rc read_note(struct str rest, struct arena *arena, struct manifest *m)
{
	int64_t log_id;
	size_t n;
	if (str_int(str_split(&rest, ' '), 0, MANIFEST_LOGS_MAX - 1, &log_id) != RC_OK)
		return RC_INVALID;
	struct manifest_log *log = log_of(m, log_id);
	unsigned char *note = ARENA_ARRAY(arena, MANIFEST_NOTE_MAX, unsigned char);
	if (!note)
		return RC_BROKEN;
	if (!log || log->note.n || base64_read(rest, note, MANIFEST_NOTE_MAX, &n) != RC_OK || n == 0)
		return RC_INVALID;
	log->note = str_from((const char *)note, n);
	return RC_OK;
}

static const struct line_kind {
	const char *word;
	enum rc (*read)(struct str rest, struct arena *arena, struct manifest *m);
} kinds[] = {
        {"version", read_version}, {"made", read_made}, {"part", read_part},
        {"step", read_step},       {"log", read_log},   {"note", read_note},
};

static enum rc read_line(struct str line, struct arena *arena, struct manifest *m)
{
	struct str word = str_split(&line, ' ');
	for (size_t i = 0; i < LEN(kinds); i++)
		if (str_eq(word, str_c(kinds[i].word)))
			return kinds[i].read(line, arena, m);
	return RC_INVALID;
}

static enum rc fail_manifest(enum rc rc, struct err *err)
{
	return rc == RC_BROKEN ? FAIL(err, RC_BROKEN, "memori tidak cukup")
	                       : FAIL(err, RC_INVALID, "daftar isi cadangan tidak dapat dibaca");
}

enum rc manifest_read(struct str text, struct arena *arena, struct manifest *ret, struct err *err)
{
	memset(ret, 0, sizeof *ret);
	if (text.n > MANIFEST_BYTES_MAX || !text.n || text.at[text.n - 1] != '\n')
		return fail_manifest(RC_INVALID, err);
	struct str rest = str_sub(text, 0, text.n - 1);
	if (!str_eq(str_split(&rest, '\n'), S(FIRST)))
		return fail_manifest(RC_INVALID, err);
	while (rest.at) {
		enum rc rc = read_line(str_split(&rest, '\n'), arena, ret);
		if (rc != RC_OK)
			return fail_manifest(rc, err);
	}
	bool whole = ret->version.n && ret->made_us && ret->parts[MANIFEST_CONF].is && ret->parts[MANIFEST_OFFICE].is &&
	             ret->logs_n > 0;
	return whole ? RC_OK : fail_manifest(RC_INVALID, err);
}
