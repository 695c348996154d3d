/* SPDX-License-Identifier: EUPL-1.2
 * agreement/param_key.h - by which names an agency's programs tell data balikan (DOMAIN 4.2:
 * "param keys are settings per instansi"; decision 0031).
 *
 * Each thing that a param object tells has our name for it, and a version may give it one
 * more. The other name is added, never put in the place of ours, so that a program that
 * speaks as the agreement does works for every agency. */
#pragma once
#include "base/base.h"

enum param_key {
	PARAM_KETERANGAN, /* KETERANGAN_KORBAN */
	PARAM_JENIS,      /* JENIS_BENCANA */
	PARAM_KEJADIAN,   /* KEJADIAN */
	PARAM_TANGGAL,    /* TANGGAL */
	PARAM_RUMAH,      /* KERUSAKAN_RUMAH */
	PARAM_KEY_COUNT
};
#define PARAM_KEY_MAX 64 /* bytes */

/* Ours; NULL past the end. */
const char *param_key_name(size_t i);

struct param_keys {
	struct str alias[PARAM_KEY_COUNT]; /* "" or absent: only ours; NUL-terminated */
};
/* What a member of a param object is, by its name in any case; PARAM_KEY_COUNT: none of
 * them. `keys` NULL: only ours count. */
enum param_key param_key_of(const struct param_keys *keys, struct str written);
/* How the agency's programs are told of it: by the other name where there is one. */
const char *param_key_shown(const struct param_keys *keys, enum param_key key);
/* The first of them whose other name stands for something else already, ours or another of
 * theirs; PARAM_KEY_COUNT: all are distinct. */
enum param_key param_keys_clash(const struct param_keys *keys);
