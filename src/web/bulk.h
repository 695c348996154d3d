/* SPDX-License-Identifier: EUPL-1.2
 * web/bulk.h - bulk entry of data balikan: what its pages share. A list is uploaded
 * (page_bulk.c), looked at and saved (page_bulk_list.c), and what must be put right is given
 * back as a file (page_bulk_file.c). Residents are never looked up for it (J.II.E1). */
#pragma once
#include "feedback/list_kept.h"
#include "gate/visit.h"
#include "http/html.h"

#define BULK_PATH "/korban/unggah"
#define BULK_LIST_PATH "/korban/unggah/daftar"
#define BULK_WRONG_PATH "/korban/unggah/perbaikan"
#define BULK_SAMPLE_PATH "/korban/unggah/contoh"
#define BULK_BODY_MAX (5 * 1024 * 1024 + 64 * 1024) /* SHEET_FILE_MAX, and the form around it */

/* May the visitor tell what became of people now? Head and operators may, an operator only
 * while his instansi is active, the head for the window after its end (DOMAIN 2).
 * RC_REFUSED: no; err says why. */
MUST_USE enum rc bulk_allowed(const struct visit *v, struct err *err);
/* The list that the parameter `nomor` names. RC_ABSENT unless it is the visitor's own. */
MUST_USE enum rc bulk_list_named(struct visit *v, struct list_kept *ret, struct err *err);
struct url bulk_list_url(struct visit *v, int64_t list_id, const char *only);
