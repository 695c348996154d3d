/* SPDX-License-Identifier: EUPL-1.2
 * sheet/package.c - see package.h. */
#include "sheet/package.h"

#include <stdio.h>
#include <zlib.h>

/* libzip 1.7 has places where it fails without memory and does not say why, and one where zlib does. */
static bool is_memory(zip_error_t *why)
{
	int code = zip_error_code_zip(why);
	return code == ZIP_ER_MEMORY || code == ZIP_ER_OK || (code == ZIP_ER_ZLIB && zip_error_code_system(why) == Z_MEM_ERROR);
}

static enum rc damaged(struct err *err, zip_error_t *why)
{
	if (is_memory(why))
		return FAIL(err, RC_BROKEN, "memori habis");
	(void)FAIL(err, RC_INVALID, PACKAGE_DAMAGED);
	err_detail(err, "libzip %d", zip_error_code_zip(why));
	return RC_INVALID;
}

enum rc package_open(struct str file, struct package *ret, struct err *err)
{
	zip_error_t why;
	*ret = (struct package){.left = PACKAGE_ALL_MAX, .err = err};
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(file.at, file.n, 0, &why);
	ret->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
	enum rc rc = ret->zip ? RC_OK : damaged(err, &why);
	if (source && !ret->zip)
		zip_source_free(source);
	zip_error_fini(&why);
	if (rc == RC_OK && zip_get_num_entries(ret->zip, 0) > PACKAGE_ENTRIES_MAX)
		return FAIL(err, RC_LIMIT,
		            "Berkas .xlsx terdiri atas terlalu banyak bagian. Salin daftarnya ke buku kerja baru, lalu unggah.");
	return rc;
}

void package_close(struct package *package)
{
	if (package->zip)
		zip_discard(package->zip);
	package->zip = NULL;
}

/* The name as it is in the zip; the empty one where there is none. */
static struct str name_at(struct package *package, zip_uint64_t i)
{
	return str_c(zip_get_name(package->zip, i, ZIP_FL_ENC_RAW));
}

/* Two of one name are refused. */
static enum rc find(struct package *package, struct str name, zip_uint64_t *ret)
{
	zip_int64_t n = zip_get_num_entries(package->zip, 0);
	int found = 0;
	for (zip_int64_t i = 0; i < n; i++) {
		if (!str_ieq(name_at(package, (zip_uint64_t)i), name))
			continue;
		*ret = (zip_uint64_t)i;
		found++;
	}
	if (found > 1)
		return FAIL(package->err, RC_INVALID, PACKAGE_DAMAGED);
	return found ? RC_OK : RC_ABSENT;
}

bool package_has(struct package *package, struct str tail)
{
	zip_int64_t n = zip_get_num_entries(package->zip, 0);
	for (zip_int64_t i = 0; i < n; i++) {
		struct str name = name_at(package, (zip_uint64_t)i);
		if (name.n >= tail.n && str_ieq(str_sub(name, name.n - tail.n, tail.n), tail))
			return true;
	}
	return false;
}

enum rc package_part_open(struct package *package, struct str name, int64_t max, struct package_part *ret)
{
	zip_uint64_t at = 0;
	zip_stat_t stat;
	*ret = (struct package_part){.package = package, .max = max};
	TRY(find(package, name, &at));
	if (zip_stat_index(package->zip, at, 0, &stat) != 0)
		return damaged(package->err, zip_get_error(package->zip));
	if (stat.encryption_method != ZIP_EM_NONE)
		return FAIL(package->err, RC_INVALID, "Berkas dikunci dengan kata sandi. Hapus kata sandinya, lalu unggah lagi.");
	if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
		return FAIL(package->err, RC_INVALID, PACKAGE_DAMAGED);
	ret->packed = (int64_t)(stat.comp_size < SIZE_MAX / 4096 ? stat.comp_size : SIZE_MAX / 4096);
	ret->file = zip_fopen_index(package->zip, at, 0);
	return ret->file ? RC_OK : damaged(package->err, zip_get_error(package->zip));
}

void package_part_close(struct package_part *part)
{
	if (part->file)
		zip_fclose(part->file);
	part->file = NULL;
}

enum rc package_part_read(struct package_part *part, char *out, size_t max, size_t *ret_n)
{
	struct package *package = part->package;
	zip_int64_t n = zip_fread(part->file, out, max);
	if (n < 0)
		return damaged(package->err, zip_file_get_error(part->file));
	part->n += n;
	package->left -= n;
	bool bomb = part->n > PACKAGE_RATIO_FROM && part->n > part->packed * PACKAGE_RATIO_MAX;
	if (part->n > part->max || package->left < 0 || bomb)
		return FAIL(package->err, RC_LIMIT,
		            "Isi berkas .xlsx terlalu besar setelah dibuka. Salin daftarnya saja ke buku kerja baru, "
		            "lalu unggah.");
	*ret_n = (size_t)n;
	return RC_OK;
}

/* Up one folder: "xl/a" becomes "xl", "xl" becomes "". false: there is none above. */
static bool go_up(struct str *folder)
{
	if (folder->n == 0)
		return false;
	size_t n = folder->n;
	while (n > 0 && folder->at[n - 1] != '/')
		n--;
	folder->n = n ? n - 1 : 0;
	return true;
}

enum rc package_resolve(struct str from, struct str target, struct package_path *ret, struct err *err)
{
	struct str folder = from;
	bool inside = from.n == 0 || go_up(&folder);
	if (str_starts(target, S("/"))) {
		target = str_sub(target, 1, target.n);
		folder.n = 0;
	}
	for (bool more = true; more;) {
		if (str_starts(target, S("./")))
			target = str_sub(target, 2, target.n);
		else if ((more = str_starts(target, S("../")))) {
			target = str_sub(target, 3, target.n);
			inside = inside && go_up(&folder);
		}
	}
	if (!inside || target.n == 0 || folder.n + 1 + target.n >= sizeof ret->z)
		return FAIL(err, RC_INVALID, PACKAGE_DAMAGED);
	snprintf(ret->z, sizeof ret->z, "%.*s%s%.*s", STR_ARG(folder), folder.n ? "/" : "", STR_ARG(target));
	return RC_OK;
}
