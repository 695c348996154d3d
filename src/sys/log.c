/* SPDX-License-Identifier: EUPL-1.2
 * sys/log.c - see log.h. */
#include "sys/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *level_word(enum log_level level)
{
	switch (level) {
	case LOG_LEVEL_ERROR: return "GALAT";
	case LOG_LEVEL_WARNING: return "PERINGATAN";
	case LOG_LEVEL_INFO: return "info";
	}
	return "?";
}

size_t log_format(char room[LOG_LINE_MAX], bool systemd, enum log_level level, int64_t now_us, const char *text)
{
	int n;
	if (systemd)
		n = snprintf(room, LOG_LINE_MAX, "<%d>%s", (int)level, text);
	else
		n = snprintf(room, LOG_LINE_MAX, "%s %s: %s", clock_rfc3339(now_us).z, level_word(level), text);
	size_t len = n < 0 ? 0 : (size_t)n;
	if (len > LOG_LINE_MAX - 2)
		len = LOG_LINE_MAX - 2;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)room[i] < 0x20 || room[i] == 0x7f)
			room[i] = ' '; /* one event, one line, whatever an error text holds */
	room[len] = '\n';
	room[len + 1] = '\0';
	return len + 1;
}

static void write_line(enum log_level level, const char *text)
{
	char line[LOG_LINE_MAX];
	size_t n = log_format(line, getenv("JOURNAL_STREAM") != NULL, level, clock_now_us(), text);
	ssize_t written = write(STDERR_FILENO, line, n); /* one write: lines never mix */
	(void)written;                                   /* nowhere left to say so */
}

void log_line(enum log_level level, const char *fmt, ...)
{
	char text[LOG_LINE_MAX];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	write_line(level, text);
}

void log_err(enum log_level level, const char *what, const struct err *err)
{
	if (!err || (!*err->what && !*err->detail))
		log_line(level, "%s", what);
	else
		log_line(level, "%s: %s%s%s%s [%s]", what, err->what, *err->detail ? " (" : "", err->detail,
		         *err->detail ? ")" : "", err->where ? err->where : "?");
}
