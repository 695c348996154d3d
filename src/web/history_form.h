/* SPDX-License-Identifier: EUPL-1.2
 * web/history_form.h - what the pages of /riwayat share: the time asked for, and what an entry about
 * a NIK was, in words. */
#pragma once
#include "gate/history.h"

#define HISTORY_PATH "/riwayat"

struct history_time {
	struct str from, until; /* as typed; "" from the beginning, until now */
	struct day first, last; /* n == 0: not given */
	int64_t from_us, until_us;
};
/* The fields `dari` and `sampai` of the form. *ret_field is the one to blame.
 * RC_INVALID: no day, or the last one before the first. */
MUST_USE enum rc history_time_read(struct visit *v, struct history_time *ret, const char **ret_field, struct err *err);

/* Was it a question that was answered with data, with accord only, or with neither? */
enum history_shown { HISTORY_NOTHING, HISTORY_ACCORD, HISTORY_DATA };
enum history_shown history_shown(const struct history_row *row);
const char *history_shown_words(enum history_shown shown);
