/* SPDX-License-Identifier: EUPL-1.2
 * journal/history_inside.h - what filling the index and searching it share. For history*.c alone. */
#pragma once
#include "journal/epoch.h"
#include "journal/history.h"
#include "journal/history.sql.h"

/* A hash as the index has it: its first eight bytes, as a number. */
static inline int64_t history_hash8(const unsigned char hash[NIK_HASH])
{
	uint64_t n = 0;
	for (int i = 0; i < 8; i++)
		n = n << 8 | hash[i];
	return (int64_t)n;
}

static inline bool history_is_hash(struct str bytes)
{
	return bytes.at && bytes.n == NIK_HASH;
}

#define HISTORY_KEY_PREFIX 6 /* "epoch/" before the month in a key's name */
