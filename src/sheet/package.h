/* SPDX-License-Identifier: EUPL-1.2
 * sheet/package.h - the zip around a workbook, in memory, under ceilings.
 *
 * A zip of a few kilobytes can unfold into gigabytes. Parts are only ever streamed;
 * what comes out of one part, out of all parts, and out of one byte is limited. Two
 * parts of one name are refused: programs differ in which of them they take. */
#pragma once
#include <zip.h>

#include "base/base.h"

#define PACKAGE_ENTRIES_MAX 2000
#define PACKAGE_LARGE_MAX ((int64_t)32 << 20) /* bytes out of a worksheet or the shared strings: 20,000 full rows */
#define PACKAGE_ALL_MAX ((int64_t)48 << 20)   /* bytes out of all parts that are read */
#define PACKAGE_RATIO_MAX 200                 /* bytes out of one byte ... */
#define PACKAGE_RATIO_FROM ((int64_t)4 << 20) /* ... once so many came out */
#define PACKAGE_PATH_MAX 256
#define PACKAGE_DAMAGED "Berkas .xlsx rusak atau tidak lengkap. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."

struct package {
	zip_t *zip;
	int64_t left; /* of PACKAGE_ALL_MAX */
	struct err *err;
};

/* `file` must outlive the package. RC_INVALID: damaged; RC_LIMIT: entries; RC_BROKEN: memory. */
MUST_USE enum rc package_open(struct str file, struct package *ret, struct err *err);
void package_close(struct package *package);

/* Does any name end with it, without case? */
bool package_has(struct package *package, struct str tail);

struct package_part {
	struct package *package;
	zip_file_t *file;
	int64_t n, max, packed; /* bytes out, ceiling, bytes in the zip */
};
/* Names compare without case. RC_ABSENT: no such part; RC_INVALID: two of them, damaged, protected by a password, an
 * odd compression; RC_BROKEN: memory. */
MUST_USE enum rc package_part_open(struct package *package, struct str name, int64_t max, struct package_part *ret);
void package_part_close(struct package_part *part);
#define PACKAGE_PART_AUTO __attribute__((cleanup(package_part_close))) struct package_part
/* The next bytes; *ret_n 0 at the end, when the checksum was right too. RC_LIMIT: a ceiling. */
MUST_USE enum rc package_part_read(struct package_part *part, char *out, size_t max, size_t *ret_n);

struct package_path {
	char z[PACKAGE_PATH_MAX];
};
/* Where `target`, as a relationship of the part `from` has it, points to: "worksheets/sheet1.xml" beside
 * "xl/workbook.xml", or "/xl/worksheets/sheet1.xml". RC_INVALID: too long, or out of the package. */
MUST_USE enum rc package_resolve(struct str from, struct str target, struct package_path *ret, struct err *err);
