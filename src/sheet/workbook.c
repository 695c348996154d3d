/* SPDX-License-Identifier: EUPL-1.2
 * sheet/workbook.c - see workbook.h.
 *
 * A workbook is a zip of parts that point to each other by relationships: the package
 * names the workbook, the workbook its worksheets, shared strings and styles. Paths are
 * never assumed; not every program keeps to those of Excel. Other kinds of zips get
 * words of their own, and a workbook with macros is refused whatever is in it. */
#include "sheet/workbook.h"

#include "sheet/worksheet.h"

#define SMALL_PART_MAX ((int64_t)4 << 20)
#define LINKS_MAX 512
#define TABS_MAX 256
#define SAVE_AS_XLSX "Buka, pilih Simpan Sebagai, jenis \"Buku Kerja Excel (.xlsx)\", lalu unggah hasilnya."
#define MACROS "Berkas berisi makro dan ditolak. Simpan sebagai \"Buku Kerja Excel (.xlsx)\" tanpa makro, lalu unggah lagi."

/* Parts that only other kinds of files have: how their names end. */
static const struct {
	const char *tail, *what;
} foreign[] = {
        {"vbaProject.bin", MACROS},
        {"workbook.bin", "Berkas ini buku kerja biner (.xlsb). " SAVE_AS_XLSX},
        {"word/document.xml", "Berkas ini dokumen Word, bukan tabel. Salin daftarnya ke Excel dan simpan sebagai .xlsx."},
        {"ppt/presentation.xml", "Berkas ini presentasi, bukan tabel. Salin daftarnya ke Excel dan simpan sebagai .xlsx."},
        {"META-INF/manifest.xml", "Berkas ini berformat OpenDocument (misalnya .ods). " SAVE_AS_XLSX},
        {"Index/Document.iwa", "Berkas ini berformat Numbers (Apple). Ekspor sebagai Excel (.xlsx), lalu unggah hasilnya."},
};

struct link {
	struct str id, type, target; /* type: the last part of its URL */
	bool external;
};
struct links {
	struct arena *arena;
	struct err *err;
	struct link at[LINKS_MAX];
	size_t n;
};
struct tab {
	struct str name, id;
	bool hidden;
};
struct workbook {
	struct package package;
	struct grid *grid;
	struct sheet *sheet;
	struct package_path path; /* of the workbook's part */
	struct links links;       /* its relationships */
	struct tab tabs[TABS_MAX];
	size_t tabs_n;
	struct worksheet_room room;
};

static enum rc not_a_workbook(struct err *err)
{
	return FAIL(err, RC_INVALID,
	            "Berkas ini arsip zip, bukan buku kerja Excel. Keluarkan daftarnya dari arsip, lalu unggah berkas .xlsx "
	            "atau CSV itu sendiri.");
}

static enum rc refuse_foreign(struct package *package)
{
	for (size_t i = 0; i < LEN(foreign); i++)
		if (package_has(package, str_c(foreign[i].tail)))
			return FAIL(package->err, RC_INVALID, "%s", foreign[i].what);
	return RC_OK;
}

/* The types say what parts are, whatever their names: a macro may be called otherwise than Excel calls it. */
static enum rc hear_type(void *arg, const struct xml_tag *tag)
{
	struct package *package = arg;
	struct str type = xml_attribute(tag, "ContentType");
	bool macro = type.at && (strcasestr(type.at, "macro") || strcasestr(type.at, "vbaProject"));
	return macro ? FAIL(package->err, RC_INVALID, MACROS) : RC_OK;
}

static enum rc hear_link(void *arg, const struct xml_tag *tag)
{
	struct links *links = arg;
	if (strcmp(tag->name, "Relationship") != 0)
		return RC_OK;
	if (links->n == LINKS_MAX)
		return FAIL(links->err, RC_LIMIT,
		            "Berkas .xlsx terdiri atas terlalu banyak bagian. Salin daftarnya ke buku kerja baru, lalu "
		            "unggah.");
	struct str type = xml_attribute(tag, "Type"), mode = xml_attribute(tag, "TargetMode");
	for (size_t n; (n = str_index(type, '/')) < type.n;)
		type = str_sub(type, n + 1, type.n);
	struct link link = {
	        .id = arena_str(links->arena, xml_attribute(tag, "Id")),
	        .type = arena_str(links->arena, type),
	        .target = arena_str(links->arena, xml_attribute(tag, "Target")),
	        .external = str_eq(mode, S("External")),
	};
	if (links->arena->broken)
		return FAIL(links->err, RC_BROKEN, "memori habis");
	links->at[links->n++] = link;
	return RC_OK;
}

/* The relationships of the part `from`, beside it in _rels/; of the package itself for "". */
static enum rc read_links(struct workbook *book, struct str from, struct links *ret)
{
	static const struct xml_ear ear = {hear_link, NULL, NULL};
	struct package_path path;
	struct str name = from;
	for (size_t n; (n = str_index(name, '/')) < name.n;)
		name = str_sub(name, n + 1, name.n);
	int n = snprintf(path.z, sizeof path.z, "%.*s_rels/%.*s.rels", (int)(from.n - name.n), from.at, STR_ARG(name));
	if (n < 0 || (size_t)n >= sizeof path.z)
		return FAIL(book->grid->err, RC_INVALID, PACKAGE_DAMAGED);
	ret->n = 0;
	ret->arena = book->grid->arena;
	ret->err = book->grid->err;
	return xml_read(&book->package, str_c(path.z), SMALL_PART_MAX, &ear, ret);
}

/* The one of this type, or, when `id` is given, of this id besides; NULL when there is none in the package. */
static const struct link *find_link(const struct links *links, struct str type, struct str id)
{
	for (size_t i = 0; i < links->n; i++) {
		const struct link *link = &links->at[i];
		if (!link->external && str_eq(link->type, type) && (!id.at || str_eq(link->id, id)))
			return link;
	}
	return NULL;
}

static enum rc hear_workbook(void *arg, const struct xml_tag *tag)
{
	struct workbook *book = arg;
	if (strcmp(tag->name, "workbookPr") == 0)
		book->sheet->from_1904 = xml_flag(tag, "date1904");
	if (strcmp(tag->name, "sheet") != 0)
		return RC_OK;
	if (book->tabs_n == TABS_MAX)
		return FAIL(book->grid->err, RC_LIMIT,
		            "Buku kerja berisi terlalu banyak lembar. Salin daftarnya ke buku kerja baru, lalu unggah.");
	struct str state = xml_attribute(tag, "state");
	struct tab tab = {
	        .name = arena_str(book->grid->arena, xml_attribute(tag, "name")),
	        .id = arena_str(book->grid->arena, xml_relationship(tag)),
	        .hidden = state.at && !str_eq(state, S("visible")),
	};
	if (book->grid->arena->broken)
		return FAIL(book->grid->err, RC_BROKEN, "memori habis");
	book->tabs[book->tabs_n++] = tab;
	return RC_OK;
}

/* The first visible worksheet; charts and dialogs are tabs too, but no worksheets. */
static enum rc choose(struct workbook *book, struct package_path *ret)
{
	const struct tab *chosen = NULL;
	const struct link *target = NULL;
	book->sheet->worksheets = 0;
	for (size_t i = 0; i < book->tabs_n; i++) {
		const struct tab *tab = &book->tabs[i];
		const struct link *link = tab->id.at && !tab->hidden ? find_link(&book->links, S("worksheet"), tab->id) : NULL;
		if (!link)
			continue;
		book->sheet->worksheets++;
		if (chosen)
			continue;
		chosen = tab;
		target = link;
	}
	if (!chosen)
		return FAIL(book->grid->err, RC_INVALID,
		            "Buku kerja tidak mempunyai lembar yang tampak. Tampilkan lembar yang berisi daftar, "
		            "simpan, lalu unggah lagi.");
	struct raw raw = {.n = 0};
	raw_add(&raw, chosen->name);
	TRY(grid_keep(book->grid, &raw, &book->sheet->name));
	if (book->sheet->name.n > SHEET_CELL_MAX)
		book->sheet->name.n = 0;
	return package_resolve(str_c(book->path.z), target->target, ret, book->grid->err);
}

/* Parts a workbook may do without: no link, no part. */
static enum rc read_shared(struct workbook *book)
{
	const struct link *link = find_link(&book->links, S("sharedStrings"), (struct str){NULL, 0});
	struct package_path path;
	if (!link)
		return RC_ABSENT;
	TRY(package_resolve(str_c(book->path.z), link->target, &path, book->grid->err));
	return shared_read(&book->package, str_c(path.z), book->grid, &book->room.shared);
}

static enum rc read_style(struct workbook *book)
{
	const struct link *link = find_link(&book->links, S("styles"), (struct str){NULL, 0});
	struct package_path path;
	if (!link)
		return RC_ABSENT;
	TRY(package_resolve(str_c(book->path.z), link->target, &path, book->grid->err));
	return style_read(&book->package, str_c(path.z), &book->room.style);
}

static enum rc find_workbook(struct workbook *book)
{
	static const struct xml_ear types = {hear_type, NULL, NULL};
	struct err *err = book->grid->err;
	TRY(refuse_foreign(&book->package));
	TRY(xml_read(&book->package, S("[Content_Types].xml"), SMALL_PART_MAX, &types, &book->package));
	TRY(read_links(book, S(""), &book->links));
	const struct link *link = find_link(&book->links, S("officeDocument"), (struct str){NULL, 0});
	return link ? package_resolve(S(""), link->target, &book->path, err) : RC_ABSENT;
}

static enum rc read_worksheet(struct workbook *book)
{
	static const struct xml_ear ear = {hear_workbook, NULL, NULL};
	struct package_path path;
	TRY(xml_read(&book->package, str_c(book->path.z), SMALL_PART_MAX, &ear, book));
	TRY(read_links(book, str_c(book->path.z), &book->links));
	TRY(choose(book, &path));
	enum rc rc = read_shared(book);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	rc = read_style(book);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	return worksheet_read(&book->package, str_c(path.z), &book->room, book->grid, book->sheet);
}

enum rc workbook_read(struct str file, struct grid *grid, struct sheet *ret)
{
	struct workbook *book = ARENA_NEW(grid->arena, struct workbook);
	if (!book)
		return FAIL(grid->err, RC_BROKEN, "memori habis");
	book->grid = grid;
	book->sheet = ret;
	enum rc rc = package_open(file, &book->package, grid->err);
	if (rc == RC_OK)
		rc = find_workbook(book);
	if (rc == RC_ABSENT)
		rc = not_a_workbook(grid->err);
	if (rc == RC_OK)
		rc = read_worksheet(book);
	package_close(&book->package);
	return rc == RC_ABSENT ? FAIL(grid->err, RC_INVALID, PACKAGE_DAMAGED) : rc;
}
