/* SPDX-License-Identifier: EUPL-1.2
 * registry/load.h - filling the registry: generate, import, delta import.
 *
 * All three write a new database beside the live one and swap it in atomically at
 * the end; on any failure or kill the live one is untouched and the leftover is
 * removed by the next run. */
#pragma once
#include "base/base.h"

struct load_progress {
	int64_t rows, bad, bytes_done, bytes_all; /* bytes_all 0: unknown */
	double rows_per_s, eta_s;
};
#define LOAD_MEMORY_MAX ((int64_t)1 << 30)
struct load_conf {
	const char *url;      /* of the registry to make or replace */
	struct day as_of;     /* "data per tanggal" */
	bool delta;           /* changed and new rows by NIK on top of the live registry */
	/* CSV, mode 0600: bad rows, and rows taken with a remark, by line number and
	 * reason, never with the row's own values. NULL: none is written. */
	const char *rejects_path;
	int64_t memory_max; /* bytes for sorting what does not come in order of NIK; 0: LOAD_MEMORY_MAX */
	void (*progress)(void *arg, const struct load_progress *); /* about twice a second; NULL: none */
	void *arg;
};
struct load_result {
	/* lines read; left out; taken with a remark */
	int64_t rows, bad, noted;
	/* residents who were not there before; lines that replaced one who was, in the
	 * live registry (delta) or on an earlier line of the file */
	int64_t inserted, updated;
};
/* CSV, UTF-8 (BOM allowed), RFC 4180, header
 * nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,
 * no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status
 * in any order. `fd` may be a pipe.
 * RC_INVALID: the header is wrong, or every row is bad: nothing was swapped. */
MUST_USE enum rc load_csv(const struct load_conf *conf, int fd, struct load_result *ret, struct err *err);

struct generate_conf {
	int64_t residents;
	uint64_t seed;
};
/* Synthetic residents of region 33.04, the same for the same seed: households on
 * one KK, plausible names and ages, every status, serials spread over 9900-9999. */
MUST_USE enum rc load_generate(const struct load_conf *conf, const struct generate_conf *generate,
                               struct load_result *ret, struct err *err);
/* The same residents as a CSV file that load_csv takes. */
MUST_USE enum rc load_generate_csv(const struct generate_conf *generate, int fd, struct err *err);
/* Up to n NIKs of one status, spread over the registry; and NIKs in format that
 * are not in it (for demo-nik.json). *ret_n is how many were found. */
MUST_USE enum rc load_sample(const char *url, enum outcome outcome, struct nik *ret, size_t n, size_t *ret_n,
                             struct err *err);
