/* SPDX-License-Identifier: EUPL-1.2
 * gate/upload.c - see upload.h. The tray's thread touches the visit only while the worker
 * sleeps in gate_errand(). */
#include "gate/upload.h"

#include "gate/call.h"
#include "gate/early.h"
#include "store/store.h"

struct taking {
	int64_t user;
	const struct scan_sealed *sealed;
	size_t piece;
};

static enum rc note_user(struct visit *v, void *arg, struct err *err)
{
	struct taking *t = arg;
	(void)err;
	t->user = v->who ? principal_user(v->who) : 0;
	return RC_OK;
}

static enum rc stage_piece(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct taking *t = arg;
	return scan_stage(tx, t->sealed, t->piece, now_us, err);
}

/* What is wrong with the file goes to the page, what is wrong with us does not. */
static enum rc as_flaw(struct visit *v, enum rc rc, const struct err *err, struct upload *upload)
{
	if (rc != RC_INVALID && rc != RC_LIMIT)
		return rc;
	upload->flaw = arena_str(v->arena, str_c(err->what));
	return RC_OK;
}

static enum rc stage_all(struct visit *v, struct taking *t, struct err *err)
{
	for (t->piece = 0; t->piece < t->sealed->pieces_n; t->piece++)
		TRY(gate_errand(v->gate, stage_piece, t, err));
	return RC_OK;
}

static enum rc seal_and_stage(struct visit *v, struct taking *t, struct str bytes, struct upload *upload, struct err *err)
{
	struct scan_sealed *sealed = ARENA_NEW(v->arena, struct scan_sealed);
	if (!sealed)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	enum rc rc = scan_seal(v->arena, bytes, sealed, err);
	if (rc != RC_OK)
		return as_flaw(v, rc, err, upload);
	sealed->owner = t->user;
	t->sealed = sealed;
	rc = stage_all(v, t, err);
	if (rc != RC_OK)
		return as_flaw(v, rc, err, upload);
	upload->sealed = sealed;
	return RC_OK;
}

enum rc upload_take(struct visit *v, const char *field, const struct upload **ret, struct err *err)
{
	struct upload *upload = ARENA_NEW(v->arena, struct upload);
	struct taking t = {0};
	bool entered;
	const struct http_file *file = http_file(v->rq, field);
	if (!upload)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*ret = upload;
	upload->flaw = S("Berkas belum dipilih");
	if (!file || file->bytes.n == 0)
		return RC_OK;
	upload->chosen = true;
	upload->name = file->name;
	upload->flaw = S("Berkas belum diterima. Kirim sekali lagi.");
	TRY(visit_early(v, note_user, &t, &entered, err));
	if (!entered)
		return RC_OK; /* the tray will say so in its own words */
	upload->flaw = S("");
	return seal_and_stage(v, &t, file->bytes, upload, err);
}

enum rc upload_file(struct visit *v, const struct upload *upload, int64_t instansi_id, int64_t *ret_scan_id, struct err *err)
{
	const struct scan_new scan = {.instansi_id = instansi_id,
	                              .user = v->who ? principal_user(v->who) : 0,
	                              .name = upload->name,
	                              .sealed = upload->sealed};
	if (!upload->sealed)
		return FAIL(err, RC_INVALID, "%.*s", STR_ARG(upload->flaw));
	return scan_put(v->tx, visit_office_key(v), &scan, v->now_us, ret_scan_id, err);
}

enum rc upload_send(struct visit *v, int64_t scan_id, struct err *err)
{
	struct scan_meta meta;
	TX_AUTO *tx = NULL;
	BUF_AUTO bytes = BUF(SCAN_MAX);
	TRY(tx_begin(v->gate->conf.office, TX_READ, &tx, err));
	TRY(scan_meta(tx, scan_id, &meta, err));
	TRY(scan_open(tx, visit_office_key(v), scan_id, &bytes, err));
	visit_uploaded_file(v, scan_type_at(meta.type)->media, meta.name, &bytes);
	return RC_OK;
}
