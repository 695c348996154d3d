/* SPDX-License-Identifier: EUPL-1.2
 * cli/meter.h - how far a long verb has come, on stderr.
 *
 * On a terminal one line is redrawn; elsewhere (a log, a pipe) nothing is written,
 * since the result says it all. */
#pragma once
#include "registry/load.h"

/* For load_conf.progress and verify_conf.progress; arg is a struct meter *. */
struct meter {
	bool terminal, drawn;
	int64_t drawn_us; /* steady clock */
	const char *doing; /* for meter_rows: "menyalin" */
};
struct meter meter_begin(void);
void meter_load(void *arg, const struct load_progress *now);
void meter_count(void *arg, int64_t done, int64_t all);
/* Bytes instead of entries. */
void meter_bytes(void *arg, int64_t done, int64_t all);
/* For transfer_conf.progress: "menyalin journal_entry: 1.234 dari 5.678 baris (21%)". */
void meter_rows(void *arg, const char *table, int64_t done, int64_t all);
/* Take the line away again. */
void meter_end(struct meter *meter);
/* The words, for tests: "12.345 baris, 3 ditolak, 45.678/detik, sisa 0:12". */
void meter_words(const struct load_progress *now, char *room, size_t room_size);
