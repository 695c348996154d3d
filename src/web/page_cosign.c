/* SPDX-License-Identifier: EUPL-1.2
 * web/page_cosign.c - the other party signs our checkpoints (doc/journal.md 7): heads name their
 * keys and send what they signed; the provider confirms keys, and its own second person signs as
 * well. Nobody can sign here: a key that lay with us would prove nothing (decision 0039). */
#include "gate/logbook.h"
#include "journal/cosign.h"
#include "web/cosign.page.h"
#include "web/frame.h"
#include "web/journal_words.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/jurnal/tanda-tangan"
#define CHECKPOINTS_SHOWN 10 /* of all logs together, */
#define CHECKPOINTS_LEAST 3  /* but so many of each */

/* What was sent and could not be taken. */
struct attempt {
	struct str note, problem, vkey, p_key;
	bool alarm;
};

static int64_t side_of(const struct visit *v)
{
	return principal_instansi(v->who); /* 0, COSIGN_PROVIDER, for the provider's people */
}

static bool is_admin(const struct visit *v)
{
	return principal_role(v->who) == ROLE_ADMIN;
}

static bool may_sign(const struct visit *v)
{
	return is_admin(v) || principal_role(v->who) == ROLE_KEPALA;
}

/* ---- drawing ---- */

static struct str by_words(struct visit *v, const char *what, struct str by, int64_t us)
{
	return arena_printf(v->arena, "%s %.*s, %s", what, STR_ARG(by), when_row(us).z);
}

static enum rc key_row(struct visit *v, const struct cosign_key *key, struct page_cosign_key *ret, struct err *err)
{
	bool own = key->instansi_id == side_of(v);
	*ret = (struct page_cosign_key){.id = key->key_id,
	                                .name = arena_str(v->arena, str_c(key->key.name)),
	                                .print = arena_str(v->arena, str_c(key->fingerprint.z)),
	                                .vkey = key->vkey};
	ret->state = S("menunggu pengesahan");
	ret->colour = S("warn");
	ret->detail = by_words(v, "didaftarkan", key->made_by, key->made_us);
	if (key->confirmed_us) {
		ret->state = S("dipakai");
		ret->colour = S("ok");
		ret->detail = by_words(v, "disahkan", key->confirmed_by, key->confirmed_us);
	}
	if (key->ended_us) {
		ret->state = S("diakhiri");
		ret->colour = S("");
		ret->detail = by_words(v, "diakhiri", key->ended_by, key->ended_us);
	}
	ret->may_end = !key->ended_us && (is_admin(v) || (own && may_sign(v)));
	ret->may_confirm = !key->ended_us && !key->confirmed_us && is_admin(v) && !str_eq(key->made_by, principal_user_id(v->who));
	if (principal_instansi(v->who))
		return RC_OK;
	TRY(journal_instansi(v, key->instansi_id, &ret->code, NULL, err));
	ret->code = ret->code.n ? ret->code : S("Dinas Dukcapil");
	return RC_OK;
}

static enum rc put_keys(struct visit *v, struct page_cosign *page, struct err *err)
{
	struct cosign_key *keys;
	size_t n;
	int64_t side = side_of(v);
	TRY(cosign_keys(v->tx, principal_instansi(v->who) ? side : COSIGN_ANY, &keys, &n, err));
	page->keys = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_cosign_key);
	if (!page->keys)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->keys_n < n; page->keys_n++) {
		const struct cosign_key *key = &keys[page->keys_n];
		page->ready = page->ready || (key->instansi_id == side && key->confirmed_us && !key->ended_us);
		TRY(key_row(v, key, &page->keys[page->keys_n], err));
	}
	return RC_OK;
}

static enum rc own_words(struct visit *v, int log_id, int64_t size, struct str *ret, struct err *err)
{
	struct cosign_line *lines;
	size_t n;
	*ret = S("");
	TRY(cosign_lines(v->tx, log_id, size, &lines, &n, err));
	for (size_t i = 0; i < n; i++)
		if (lines[i].instansi_id == side_of(v))
			*ret = arena_str(v->arena, str_c(when_row(lines[i].made_us).z));
	return RC_OK;
}

static enum rc put_log(struct visit *v, const struct browse_log *log, size_t most, struct page_cosign *page, struct err *err)
{
	struct browse_checkpoint at[CHECKPOINTS_SHOWN];
	size_t n;
	TRY(browse_checkpoints(v->tx, log->log_id, -1, (int64_t)most, at, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct page_cosign_checkpoint *row = &page->checkpoints[page->checkpoints_n++];
		struct url_pair pairs[] = {{"log", arena_printf(v->arena, "%d", log->log_id)},
		                           {"ukuran", arena_printf(v->arena, "%lld", (long long)at[i].size)}};
		row->url = url_path(v->arena, "/jurnal/checkpoint", pairs, LEN(pairs));
		row->log = journal_log_words(v->arena, log);
		row->size = pager_count(v->arena, at[i].size);
		row->when = arena_str(v->arena, str_c(when_row(at[i].signed_us).z));
		TRY(own_words(v, log->log_id, at[i].size, &row->own, err));
	}
	return RC_OK;
}

/* Of every node's log: a witness of one of them would not see the others cut. */
static enum rc put_checkpoints(struct visit *v, struct page_cosign *page, struct err *err)
{
	struct browse_log *logs = ARENA_ARRAY(visit_page_arena(v), BROWSE_LOGS_MAX, struct browse_log);
	size_t n, most = CHECKPOINTS_SHOWN;
	if (!logs)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(browse_logs(v->tx, logs, &n, err));
	if (n > 1)
		most = CHECKPOINTS_SHOWN / n > CHECKPOINTS_LEAST ? CHECKPOINTS_SHOWN / n : CHECKPOINTS_LEAST;
	page->logs = n > 1;
	page->checkpoints = ARENA_ARRAY(visit_page_arena(v), n * most + 1, struct page_cosign_checkpoint);
	if (!page->checkpoints)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		TRY(put_log(v, &logs[i], most, page, err));
	return RC_OK;
}

static enum rc draw(struct visit *v, const struct attempt *attempt, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_cosign page = {.csrf = visit_csrf(v),
	                           .notice = words_notice(v),
	                           .problem = attempt->problem,
	                           .alarm = attempt->alarm,
	                           .note = attempt->note,
	                           .head = principal_instansi(v->who) != 0,
	                           .may_sign = may_sign(v),
	                           .admin = is_admin(v),
	                           .p_key = attempt->p_key,
	                           .vkey = attempt->vkey};
	TRY(put_keys(v, &page, err));
	TRY(put_checkpoints(v, &page, err));
	page_cosign_write(&body, &page);
	const char *at = principal_instansi(v->who) ? PATH : "/jurnal";
	return frame_page(v, &(struct frame){.title = "Saksi jurnal", .at = at}, status, &body, err);
}

enum rc page_cosign_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct attempt){0}, 200, err);
}

/* ---- keys ---- */

static enum rc journal_key(struct visit *v, const char *what, int64_t instansi_id, int64_t key_id, struct err *err)
{
	struct entry entry = {.act = ACT_COSIGN,
	                      .outcome = "ok",
	                      .instansi_id = instansi_id,
	                      .about = arena_printf(v->arena, "key %s %lld", what, (long long)key_id)};
	return visit_journal(v, entry, NULL, err);
}

enum rc page_cosign_key_post(struct visit *v, struct err *err)
{
	int64_t key_id;
	struct err reason = {0};
	struct str typed = http_form(v->rq, "vkey");
	struct cosign_new key = {side_of(v), typed, principal_user_id(v->who)};
	enum rc rc = cosign_key_add(v->tx, &key, v->now_us, &key_id, &reason);
	if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_LIMIT) {
		struct attempt attempt = {.vkey = typed, .p_key = arena_str(v->arena, str_c(reason.what))};
		return draw(v, &attempt, rc == RC_INVALID ? 400 : 409, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(journal_key(v, "add", side_of(v), key_id, err));
	visit_redirect(v, S(PATH "?catatan=kunci-daftar"));
	return RC_OK;
}

/* Another agency's key reads as one that never was. */
static enum rc key_named(struct visit *v, struct cosign_key *ret, struct err *err)
{
	int64_t id;
	struct err ignored = {0};
	if (str_int(http_form(v->rq, "kunci"), 1, INT64_MAX, &id) != RC_OK)
		return FAIL(err, RC_ABSENT, "Kunci itu tidak ada.");
	enum rc rc = cosign_key_get(v->tx, id, ret, &ignored);
	if (rc == RC_OK && !is_admin(v) && ret->instansi_id != side_of(v))
		rc = RC_ABSENT;
	return rc == RC_OK ? rc : FAIL(err, rc, "Kunci itu tidak ada.");
}

static enum rc change_key(struct visit *v, bool confirm, struct err *err)
{
	struct cosign_key key;
	struct str by = principal_user_id(v->who);
	TRY(key_named(v, &key, err));
	if (confirm)
		TRY(cosign_key_confirm(v->tx, key.key_id, by, v->now_us, err));
	else
		TRY(cosign_key_end(v->tx, key.key_id, by, v->now_us, err));
	TRY(journal_key(v, confirm ? "confirm" : "end", key.instansi_id, key.key_id, err));
	visit_redirect(v, confirm ? S(PATH "?catatan=kunci-sah") : S(PATH "?catatan=kunci-akhir"));
	return RC_OK;
}

enum rc page_cosign_confirm_post(struct visit *v, struct err *err)
{
	return change_key(v, true, err);
}

enum rc page_cosign_end_post(struct visit *v, struct err *err)
{
	return change_key(v, false, err);
}

/* ---- signed notes ---- */

static struct str note_sent(struct visit *v)
{
	const struct http_file *file = http_file(v->rq, "berkas");
	return file && file->bytes.n ? file->bytes : http_form(v->rq, "catatan");
}

/* A checkpoint that our own key signed and that is not, or not so, kept here: somebody cut the
 * log or changed it. That must not read like a typing mistake. */
static struct str problem_words(struct visit *v, const struct cosign_taken *taken, const struct err *reason)
{
	if (!taken->ours)
		return arena_str(v->arena, str_c(reason->what));
	return arena_printf(v->arena,
	                    "%s Padahal tanda tangan kunci log ini di dalamnya sah. Jurnal mungkin terpotong atau diubah: "
	                    "berkas itu buktinya. Hubungi auditor, dan jalankan pemeriksaan jurnal.",
	                    reason->what);
}

static enum rc refused(struct visit *v, enum rc rc, const struct cosign_taken *taken, const struct err *reason, struct err *err)
{
	struct str sent = note_sent(v);
	struct attempt attempt = {.note = str_is_text(sent) ? str_cut(sent, NOTE_MAX_BYTES) : S(""),
	                          .problem = problem_words(v, taken, reason)};
	attempt.alarm = taken->ours && (rc == RC_ABSENT || rc == RC_CONFLICT);
	if (attempt.alarm) {
		struct str about =
		        arena_printf(v->arena, "note contradicts log=%d size=%lld", taken->log_id, (long long)taken->size);
		TRY(visit_journal(v, (struct entry){.act = ACT_COSIGN, .outcome = "refused", .about = about}, NULL, err));
	}
	return draw(v, &attempt, rc == RC_INVALID ? 400 : 409, err);
}

enum rc page_cosign_post(struct visit *v, struct err *err)
{
	struct cosign_taken taken;
	struct err reason = {0};
	struct cosign_offer offer = {side_of(v), note_sent(v), principal_user_id(v->who)};
	enum rc rc = cosign_take(v->tx, &offer, v->now_us, &taken, &reason);
	if (rc == RC_BROKEN) {
		*err = reason;
		return rc;
	}
	if (rc != RC_OK)
		return refused(v, rc, &taken, &reason, err);
	if (!taken.before) {
		struct str about = arena_printf(v->arena, "sign log=%d size=%lld key=%lld", taken.log_id, (long long)taken.size,
		                                (long long)taken.key_id);
		TRY(visit_journal(v, (struct entry){.act = ACT_COSIGN, .outcome = "ok", .about = about}, NULL, err));
	}
	visit_redirect(v, taken.before ? S(PATH "?catatan=tanda-sama") : S(PATH "?catatan=tanda-terima"));
	return RC_OK;
}
