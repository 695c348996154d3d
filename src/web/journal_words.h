/* SPDX-License-Identifier: EUPL-1.2
 * web/journal_words.h - what pages about the journal share: names for what entries hold, links
 * to them, and the note that somebody reads. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"
#include "journal/browse.h"

/* Journal that this session reads the journal, unless it was said today. */
MUST_USE enum rc journal_reads(struct visit *v, struct err *err);
/* "Verifikasi NIK"; the key itself when nobody knows it. */
struct str journal_act(struct str key);
/* "13 Data tidak ditemukan, ...", "berhasil", or the code itself. */
struct str journal_outcome(struct arena *arena, struct str code);
/* The class of its tag: "ok", "no", "". */
struct str journal_colour(struct str code);
/* Code and, unless NULL, name of an agency; "" for none, its number where there is no such row. */
MUST_USE enum rc journal_instansi(struct visit *v, int64_t instansi_id, struct str *ret_code, struct str *ret_name,
                                  struct err *err);
/* "0, padan.example/0": nodes may share an origin. */
struct str journal_log_words(struct arena *arena, const struct browse_log *log);
/* A page about one log. A link of such a page always names it: behind a balancer another node may answer,
 * whose own log is another. */
struct url journal_log_url(struct visit *v, const char *path, int log_id);
struct url journal_entry_url(struct visit *v, int log_id, int64_t place);
/* The reference people write and read aloud, "7K2M-94QX". */
struct str journal_ref_words(struct visit *v, int log_id, int64_t place);
