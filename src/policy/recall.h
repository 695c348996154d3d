/* SPDX-License-Identifier: EUPL-1.2
 * policy/recall.h - facts of the agreement office that trays ask for over and over, told
 * again while nothing there has changed; for the room `policy` alone.
 *
 * A moment is the mark of the office and a WIB day: validity of versions and papers
 * counts in days. What was read in a moment is told only in the same moment; the mark
 * is read inside each tray's own transaction, so a revocation acts on the very next
 * inquiry as if nothing were remembered (doc/decision/0007-marks.md).
 *
 * Bounded: a fixed number of cells, the newer pushes out the older. Holds ids, codes
 * and names of instansi and user ids; nothing of the population. */
#pragma once
#include "agreement/agreement.h"

struct recall;

struct moment {
	int64_t mark; /* 0: remember nothing, tell nothing */
	struct day day;
};

MUST_USE enum rc recall_open(struct recall **ret, struct err *err);
void recall_close(struct recall *recall);

/* One instansi that a tray names. */
struct place {
	int64_t instansi_id;
	bool known; /* false: there is no such instansi, `standing` is empty */
	struct standing standing;
};

/* The finders say whether it is remembered. Texts of *ret are copied into the arena. */
bool recall_place(struct recall *recall, struct moment now, int64_t instansi_id, struct arena *arena, struct place *ret);
void recall_keep_place(struct recall *recall, struct moment now, const struct place *place);
bool recall_nda(struct recall *recall, struct moment now, int64_t instansi_id, struct str user_id, bool *ret);
void recall_keep_nda(struct recall *recall, struct moment now, int64_t instansi_id, struct str user_id, bool valid);
/* *ret: is this kejadian of this instansi open? */
bool recall_kejadian(struct recall *recall, struct moment now, int64_t instansi_id, int64_t kejadian_id, bool *ret);
void recall_keep_kejadian(struct recall *recall, struct moment now, int64_t instansi_id, int64_t kejadian_id, bool open);
