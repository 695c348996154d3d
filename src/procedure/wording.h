/* SPDX-License-Identifier: EUPL-1.2
 * procedure/wording.h - the texts of letters as the provider edited them, and what his
 * letterhead says: data, with who changed it and when.
 *
 * Every edit is kept as a row of its own and counted; whoever saves says which number he
 * has seen. A letter without an edit uses the default text of pdf/letter.h. */
#pragma once
#include "pdf/letter.h"
#include "pdf/pdf.h"
#include "store/store.h"

struct wording {
	int64_t number, at_us; /* 0: never edited */
	struct str body;       /* the text in use, edited or default */
	bool edited;
	struct str by;
};
MUST_USE enum rc wording_get(struct tx *tx, enum letter letter, struct wording *ret, struct err *err);
/* An earlier text. RC_ABSENT. */
MUST_USE enum rc wording_version(struct tx *tx, enum letter letter, int64_t number, struct wording *ret, struct err *err);
struct wording_edit {
	struct str body; /* "": the default again */
	int64_t seen;    /* the number he started from */
	struct str by;
	int64_t now_us;
};
/* RC_INVALID: "baris N: ..."; RC_LIMIT: too long; RC_CONFLICT: edited meanwhile. */
MUST_USE enum rc wording_save(struct tx *tx, enum letter letter, const struct wording_edit *edit, struct err *err);
struct wording_row {
	int64_t number, at_us;
	enum letter letter;
	struct str by;
	bool restored;
};
/* Latest first, at most 100. */
MUST_USE enum rc wording_history(struct tx *tx, enum letter letter, struct wording_row **ret, size_t *ret_n, struct err *err);
/* The latest edit of every letter that has one. */
MUST_USE enum rc wording_edited(struct tx *tx, struct wording_row **ret, size_t *ret_n, struct err *err);

/* What stands on the provider's paper beside the texts. */
#define FACE_TEXT_MAX 200
struct wording_face {
	struct str lines[PDF_LETTERHEAD_MAX]; /* the second is the office's name */
	size_t lines_n;
	struct str place, signer, nip; /* where letters are signed, by whom */
	int64_t number, at_us;         /* 0: never filled in */
	struct str by;
};
MUST_USE enum rc wording_face(struct tx *tx, struct wording_face *ret, struct err *err);
/* RC_INVALID: a line too long, or no text; RC_CONFLICT: changed meanwhile (`face->number`
 * is the number seen). */
MUST_USE enum rc wording_save_face(struct tx *tx, const struct wording_face *face, struct str by, int64_t now_us, struct err *err);
