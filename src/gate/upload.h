/* SPDX-License-Identifier: EUPL-1.2
 * gate/upload.h - a scanned paper from a form into the office, and out again, without an
 * inquiry waiting for it (decision 0012; agreement/scan.h says how it is kept).
 *
 * upload_take() goes into the route's `slow` (with body_max SCAN_BODY_MAX): it asks in a
 * tray of its own whether this visitor may come in at all, looks at the bytes, seals them
 * and writes them piece by piece, each piece in another tray. upload_file() goes into
 * `page`, which decides; what it does not file is swept after an hour. upload_send() goes
 * into the `after` of the route that gives a scan out; its `page` has checked by
 * scan_meta() whose it is, and journaled. */
#pragma once
#include "agreement/scan.h"
#include "gate/visit.h"

struct upload {
	bool chosen;      /* a file came with the form */
	struct str flaw;  /* why it cannot be filed, in words for beside the field; "" when it can */
	struct str name;  /* as it was sent */
	const struct scan_sealed *sealed; /* NULL unless it can be filed */
};
/* *ret is in v->arena. What is wrong with the file is no failure but `flaw`: the page
 * draws its form again. RC_BROKEN: the store failed, or too much waits. */
MUST_USE enum rc upload_take(struct visit *v, const char *field, const struct upload **ret, struct err *err);
/* File it for that instansi, by v->who; `upload` has `sealed`. Results of scan_put(). */
MUST_USE enum rc upload_file(struct visit *v, const struct upload *upload, int64_t instansi_id, int64_t *ret_scan_id,
                             struct err *err);
/* Read a scan and make it the answer. RC_ABSENT: no such scan. */
MUST_USE enum rc upload_send(struct visit *v, int64_t scan_id, struct err *err);
