/* SPDX-License-Identifier: EUPL-1.2
 * cli/meter.c - see meter.h. */
#include "cli/meter.h"

#include <stdio.h>
#include <unistd.h>

#define REDRAW_US (US_PER_S / 5)
#define ETA_MAX_S 359999.0

struct meter meter_begin(void)
{
	return (struct meter){.terminal = isatty(STDERR_FILENO) == 1};
}

static void draw(struct meter *meter, const char *words)
{
	fprintf(stderr, "\r\x1b[K%s", words);
	meter->drawn = true;
	meter->drawn_us = clock_steady_us();
}

/* 1234567 as "1.234.567". */
static void group(int64_t n, char room[32])
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			room[at++] = '.';
		room[at++] = digits[i];
	}
	room[at] = '\0';
}

void meter_words(const struct load_progress *now, char *room, size_t room_size)
{
	char rows[32], bad[32], rate[32];
	group(now->rows, rows);
	group(now->bad, bad);
	group((int64_t)now->rows_per_s, rate);
	int n = snprintf(room, room_size, "%s baris, %s ditolak, %s/detik", rows, bad, rate);
	if (now->bytes_all <= 0 || now->eta_s < 0 || now->eta_s > ETA_MAX_S || n < 0 || (size_t)n >= room_size)
		return;
	int64_t left = (int64_t)(now->eta_s + 0.5);
	snprintf(room + n, room_size - (size_t)n, ", %d%%, sisa %lld:%02lld", (int)(now->bytes_done * 100 / now->bytes_all),
	         (long long)(left / 60), (long long)(left % 60));
}

void meter_load(void *arg, const struct load_progress *now)
{
	char words[160];
	struct meter *meter = arg;
	if (!meter->terminal)
		return;
	meter_words(now, words, sizeof words);
	draw(meter, words);
}

void meter_count(void *arg, int64_t done, int64_t all)
{
	char words[80];
	struct meter *meter = arg;
	if (!meter->terminal || clock_steady_us() - meter->drawn_us < REDRAW_US)
		return;
	snprintf(words, sizeof words, "%lld dari %lld entri", (long long)done, (long long)all);
	draw(meter, words);
}

void meter_rows(void *arg, const char *table, int64_t done, int64_t all)
{
	char words[160], rows[32], of[32];
	struct meter *meter = arg;
	if (!meter->terminal || clock_steady_us() - meter->drawn_us < REDRAW_US)
		return;
	group(done, rows);
	group(all, of);
	snprintf(words, sizeof words, "%s %.40s: %s dari %s baris (%d%%)", meter->doing, table, rows, of,
	         all > 0 ? (int)(done * 100 / all) : 0);
	draw(meter, words);
}

void meter_bytes(void *arg, int64_t done, int64_t all)
{
	char words[80];
	struct meter *meter = arg;
	if (!meter->terminal || clock_steady_us() - meter->drawn_us < REDRAW_US)
		return;
	snprintf(words, sizeof words, "%.1f dari %.1f MB", (double)done / 1e6, (double)all / 1e6);
	draw(meter, words);
}

void meter_end(struct meter *meter)
{
	if (meter->drawn)
		fprintf(stderr, "\r\x1b[K");
	meter->drawn = false;
}
