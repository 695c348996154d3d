/* SPDX-License-Identifier: EUPL-1.2
 * sys/log.h - the operator's log: one line an event, on stderr.
 *
 * Only main, cli and what they hand to the gate write here; rooms never do. A line
 * holds no personal data: no NIK, no names, no addresses of people. Under systemd
 * (JOURNAL_STREAM is set) a line begins with its priority, "<3>"; elsewhere with
 * the time. Lines of several threads never mix. */
#pragma once
#include "base/base.h"

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARNING = 4, LOG_LEVEL_INFO = 6 };

#define LOG_LINE_MAX 1024
void log_line(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* `what`, and the whole story behind it. */
void log_err(enum log_level level, const char *what, const struct err *err);
/* The line as log_line would write it, for tests; returns its length with the \n. */
size_t log_format(char room[LOG_LINE_MAX], bool systemd, enum log_level level, int64_t now_us, const char *text);
