/* SPDX-License-Identifier: EUPL-1.2
 * registry/row.c - see row.h. One row of `fields` a column: how it is read into a
 * person, and how long it may be. */
#include "registry/row.h"

static const struct str flaws[ROW_FLAW_COUNT] = {
	[ROW_OK] = {"", 0},
#define FLAW(flaw, text) [flaw] = {text, sizeof(text) - 1}
	FLAW(ROW_QUOTE, "tanda kutip tidak pada tempatnya"),
	FLAW(ROW_UNENDED, "tanda kutip tidak ditutup, atau baris terlalu panjang"),
	FLAW(ROW_FIELDS_MANY, "kolom terlalu banyak"),
	FLAW(ROW_FIELDS, "jumlah kolom tidak sama dengan baris judul"),
	FLAW(ROW_TEXT, "bukan teks UTF-8 yang sah"),
	FLAW(ROW_NIK_SHEET, "NIK rusak oleh lembar kerja (ditulis sebagai bilangan, angka belakang hilang)"),
	FLAW(ROW_NIK_LENGTH, "NIK tidak 16 angka"),
	FLAW(ROW_NIK_DIGIT, "NIK memuat selain angka"),
	FLAW(ROW_NIK_PROVINCE, "kode provinsi dalam NIK tidak pernah ada"),
	FLAW(ROW_NIK_KAB, "kode kabupaten/kota dalam NIK 00"),
	FLAW(ROW_NIK_KEC, "kode kecamatan dalam NIK 00"),
	FLAW(ROW_NIK_DAY, "tanggal lahir dalam NIK bukan 01-31 atau 41-71"),
	FLAW(ROW_NIK_MONTH, "bulan lahir dalam NIK bukan 01-12"),
	FLAW(ROW_NIK_DATE, "tanggal lahir dalam NIK tidak ada dalam kalender"),
	FLAW(ROW_NIK_SERIAL, "nomor urut dalam NIK 0000"),
	FLAW(ROW_KK_SHEET, "nomor KK rusak oleh lembar kerja (ditulis sebagai bilangan, angka belakang hilang)"),
	FLAW(ROW_KK, "nomor KK tidak 16 angka"),
	FLAW(ROW_NAME_EMPTY, "nama kosong"),
	FLAW(ROW_LONG, "isian terlalu panjang"),
	FLAW(ROW_SEX, "bukan Laki-Laki, Perempuan, 1, atau 2"),
	FLAW(ROW_BIRTH, "bukan tanggal YYYY-MM-DD yang ada dalam kalender"),
	FLAW(ROW_BIRTH_FUTURE, "tanggal lahir sesudah tanggal data"),
	FLAW(ROW_JOB_EMPTY, "jenis pekerjaan kosong"),
	FLAW(ROW_RT_RW, "bukan bilangan 0 sampai 999"),
	FLAW(ROW_CODE, "kode wilayah tidak sah"),
	FLAW(ROW_REGION_NAME, "nama wilayah kosong"),
	FLAW(ROW_STATUS, "bukan aktif, meninggal, ganda, atau nonaktif"),
	FLAW(ROW_NOTE_JOB, "dimuat; jenis pekerjaan tidak ada dalam daftar resmi"),
#undef FLAW
};

struct str row_flaw_text(enum row_flaw flaw)
{
	return flaws[flaw];
}

enum row_flaw row_flaw_of_csv(enum csv_flaw flaw)
{
	switch (flaw) {
	case CSV_FLAW_NONE: return ROW_OK;
	case CSV_FLAW_QUOTE: return ROW_QUOTE;
	case CSV_FLAW_UNENDED: return ROW_UNENDED;
	case CSV_FLAW_FIELDS: return ROW_FIELDS_MANY;
	}
	return ROW_QUOTE;
}

/* ---- one field ---- */

/* A spreadsheet's idea of sixteen digits: 3.30406E+15, 3,30406e+15, 3304060101909990.0 */
static bool is_sheet_number(struct str s)
{
	size_t digits = 0, marks = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] >= '0' && s.at[i] <= '9')
			digits++;
		else if (s.at[i] == '\0' || !strchr(".,eE+", s.at[i]))
			return false;
		else
			marks++;
	}
	return digits && marks;
}

/* Fifteen digits are all that a double keeps: what ends in a row of zeros is no serial. */
static bool is_rounded(struct str s)
{
	return s.n == 16 && str_eq(str_sub(s, 12, 4), S("0000"));
}

static enum row_flaw nik_read(struct str s, struct person *p)
{
	static const enum row_flaw by_flaw[] = {
		[NIK_FLAW_NONE] = ROW_OK,           [NIK_FLAW_LENGTH] = ROW_NIK_LENGTH, [NIK_FLAW_DIGIT] = ROW_NIK_DIGIT,
		[NIK_FLAW_PROVINCE] = ROW_NIK_PROVINCE, [NIK_FLAW_KAB] = ROW_NIK_KAB,   [NIK_FLAW_KEC] = ROW_NIK_KEC,
		[NIK_FLAW_DAY] = ROW_NIK_DAY,       [NIK_FLAW_MONTH] = ROW_NIK_MONTH,   [NIK_FLAW_DATE] = ROW_NIK_DATE,
		[NIK_FLAW_SERIAL] = ROW_NIK_SERIAL,
	};
	enum nik_flaw flaw;
	if (nik_from_str(s, &p->resident.nik, &flaw) == RC_OK)
		return ROW_OK;
	if (is_sheet_number(s) || (is_rounded(s) && flaw != NIK_FLAW_DIGIT))
		return ROW_NIK_SHEET;
	return by_flaw[flaw];
}

static enum row_flaw kk_read(struct str s, struct person *p)
{
	if (kk_from_str(s, &p->resident.kk) == RC_OK)
		return is_rounded(s) ? ROW_KK_SHEET : ROW_OK;
	return is_sheet_number(s) ? ROW_KK_SHEET : ROW_KK;
}

static enum row_flaw name_read(struct str s, struct person *p)
{
	p->resident.name = s;
	return s.n ? ROW_OK : ROW_NAME_EMPTY;
}

static enum row_flaw sex_read(struct str s, struct person *p)
{
	bool male = str_eq(s, S("1")) || str_ieq(s, S("Laki-Laki"));
	p->resident.sex = male ? SEX_MALE : SEX_FEMALE;
	return male || str_eq(s, S("2")) || str_ieq(s, S("Perempuan")) ? ROW_OK : ROW_SEX;
}

static enum row_flaw birthplace_read(struct str s, struct person *p)
{
	p->birthplace = s;
	return ROW_OK;
}

static enum row_flaw birth_read(struct str s, struct person *p)
{
	return day_from_str(s, &p->resident.birth) == RC_OK ? ROW_OK : ROW_BIRTH;
}

static enum row_flaw job_read(struct str s, struct person *p)
{
	p->job = s;
	return s.n ? ROW_OK : ROW_JOB_EMPTY;
}

static enum row_flaw address_read(struct str s, struct person *p)
{
	p->resident.address = s;
	return ROW_OK;
}

static enum row_flaw number_read(struct str s, int64_t min, int64_t max, enum row_flaw flaw, int *ret)
{
	int64_t n = 0;
	if (s.n > 4 || str_int(s, min, max, &n) != RC_OK)
		return flaw;
	*ret = (int)n;
	return ROW_OK;
}

static enum row_flaw rt_read(struct str s, struct person *p)
{
	return s.n ? number_read(s, 0, RESIDENT_RT_MAX, ROW_RT_RW, &p->resident.rt) : ROW_OK;
}

static enum row_flaw rw_read(struct str s, struct person *p)
{
	return s.n ? number_read(s, 0, RESIDENT_RT_MAX, ROW_RT_RW, &p->resident.rw) : ROW_OK;
}

static enum row_flaw prop_read(struct str s, struct person *p)
{
	return number_read(s, 11, 97, ROW_CODE, &p->region.prop);
}

static enum row_flaw kab_read(struct str s, struct person *p)
{
	return number_read(s, 1, 99, ROW_CODE, &p->region.kab);
}

static enum row_flaw kec_read(struct str s, struct person *p)
{
	return number_read(s, 1, 99, ROW_CODE, &p->region.kec);
}

/* 1xxx kelurahan, 2xxx desa, 3xxx desa adat */
static enum row_flaw kel_read(struct str s, struct person *p)
{
	return number_read(s, 1001, 3999, ROW_CODE, &p->region.kel);
}

static enum row_flaw region_name(struct str s, struct str *ret)
{
	*ret = s;
	return s.n ? ROW_OK : ROW_REGION_NAME;
}

static enum row_flaw prop_name_read(struct str s, struct person *p)
{
	return region_name(s, &p->region.prop_name);
}

static enum row_flaw kab_name_read(struct str s, struct person *p)
{
	return region_name(s, &p->region.kab_name);
}

static enum row_flaw kec_name_read(struct str s, struct person *p)
{
	return region_name(s, &p->region.kec_name);
}

static enum row_flaw kel_name_read(struct str s, struct person *p)
{
	return region_name(s, &p->region.kel_name);
}

static enum row_flaw status_read(struct str s, struct person *p)
{
	return resident_status_from_str(s, &p->resident.status) == RC_OK ? ROW_OK : ROW_STATUS;
}

static const struct {
	struct str name;
	size_t max; /* bytes */
	enum row_flaw (*read)(struct str s, struct person *p);
} fields[FIELD_COUNT] = {
#define ROW_FIELD(field, text, max, read) [field] = {{text, sizeof(text) - 1}, max, read}
	ROW_FIELD(FIELD_NIK, "nik", 40, nik_read),
	ROW_FIELD(FIELD_NO_KK, "no_kk", 40, kk_read),
	ROW_FIELD(FIELD_NAMA_LGKP, "nama_lgkp", RESIDENT_NAME_MAX, name_read),
	ROW_FIELD(FIELD_JENIS_KLMIN, "jenis_klmin", 20, sex_read),
	ROW_FIELD(FIELD_TMPT_LHR, "tmpt_lhr", WORD_MAX, birthplace_read),
	ROW_FIELD(FIELD_TGL_LHR, "tgl_lhr", 40, birth_read),
	ROW_FIELD(FIELD_JENIS_PKRJN, "jenis_pkrjn", WORD_MAX, job_read),
	ROW_FIELD(FIELD_ALAMAT, "alamat", RESIDENT_ADDRESS_MAX, address_read),
	ROW_FIELD(FIELD_NO_RT, "no_rt", 20, rt_read),
	ROW_FIELD(FIELD_NO_RW, "no_rw", 20, rw_read),
	ROW_FIELD(FIELD_NO_PROP, "no_prop", 20, prop_read),
	ROW_FIELD(FIELD_PROP_NAME, "prop_name", REGION_NAME_MAX, prop_name_read),
	ROW_FIELD(FIELD_NO_KAB, "no_kab", 20, kab_read),
	ROW_FIELD(FIELD_KAB_NAME, "kab_name", REGION_NAME_MAX, kab_name_read),
	ROW_FIELD(FIELD_NO_KEC, "no_kec", 20, kec_read),
	ROW_FIELD(FIELD_KEC_NAME, "kec_name", REGION_NAME_MAX, kec_name_read),
	ROW_FIELD(FIELD_NO_KEL, "no_kel", 20, kel_read),
	ROW_FIELD(FIELD_KEL_NAME, "kel_name", REGION_NAME_MAX, kel_name_read),
	ROW_FIELD(FIELD_STATUS, "status", 20, status_read),
#undef ROW_FIELD
};

struct str row_field_name(enum row_field field)
{
	return field < FIELD_COUNT ? fields[field].name : S("");
}

/* ---- the header ---- */

enum rc row_map_make(const struct csv_record *header, struct row_map *ret, struct err *err)
{
	ret->columns = header->n;
	for (size_t f = 0; f < FIELD_COUNT; f++) {
		size_t found = 0;
		for (size_t i = 0; i < header->n; i++) {
			if (!str_ieq(str_trim(header->field[i]), fields[f].name))
				continue;
			ret->at[f] = i;
			found++;
		}
		if (found != 1)
			return FAIL(err, RC_INVALID, "Baris judul CSV %s kolom %s", found ? "memuat dua kali" : "tidak memuat",
			            fields[f].name.at);
	}
	return RC_OK;
}

/* ---- the row ---- */

/* What is nearly every field: printable ASCII. Anything else is looked at closely. */
static bool is_plain(struct str s)
{
	unsigned char bad = 0;
	for (size_t i = 0; i < s.n; i++)
		bad |= (unsigned char)s.at[i] - 0x20u > 0x7e - 0x20u;
	return !bad;
}

static struct str fold(struct str s, char *room)
{
	for (size_t i = 0; i < s.n; i++)
		room[i] = strchr("\t\r\n", s.at[i]) ? ' ' : s.at[i];
	return str_from(room, s.n);
}

static enum row_flaw field_read(size_t f, struct str s, struct row_room *room, struct person *ret)
{
	_Static_assert(RESIDENT_ADDRESS_MAX < sizeof room->text[0], "a folded text fits");
	s = str_trim(s);
	if (s.n > fields[f].max)
		return ROW_LONG;
	if (!is_plain(s)) {
		if (!str_is_text(s))
			return ROW_TEXT;
		s = fold(s, room->text[f]);
	}
	return fields[f].read(s, ret);
}

enum row_flaw row_parse(const struct row_map *map, const struct csv_record *record, struct day as_of,
                        struct row_room *room, struct person *ret, enum row_field *ret_field)
{
	*ret = (struct person){0};
	*ret_field = FIELD_COUNT;
	if (record->n != map->columns)
		return ROW_FIELDS;
	for (size_t f = 0; f < FIELD_COUNT; f++) {
		enum row_flaw flaw = field_read(f, record->field[map->at[f]], room, ret);
		if (flaw == ROW_OK)
			continue;
		*ret_field = (enum row_field)f;
		return flaw;
	}
	if (ret->resident.birth.n <= as_of.n)
		return ROW_OK;
	*ret_field = FIELD_TGL_LHR;
	return ROW_BIRTH_FUTURE;
}

/* ---- writing ---- */

void row_write_header(struct buf *b)
{
	for (size_t f = 0; f < FIELD_COUNT; f++) {
		buf_add(b, fields[f].name);
		buf_addc(b, f + 1 < FIELD_COUNT ? ',' : '\n');
	}
}

/* The next field, quoted when it must be. */
static void put(struct buf *b, struct str s)
{
	bool quoted = false;
	for (size_t i = 0; i < s.n; i++)
		quoted |= s.at[i] == ',' || s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r';
	if (quoted)
		buf_addc(b, '"');
	for (size_t i = 0; i < s.n && quoted; i++) {
		if (s.at[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, s.at[i]);
	}
	if (quoted)
		buf_addc(b, '"');
	else
		buf_add(b, s);
	buf_addc(b, ',');
}

static void put_number(struct buf *b, int64_t n, int width)
{
	buf_addf(b, "%0*lld,", width, (long long)n);
}

static void write_region(struct buf *b, const struct region *r)
{
	put_number(b, r->prop, 2);
	put(b, r->prop_name);
	put_number(b, r->kab, 2);
	put(b, r->kab_name);
	put_number(b, r->kec, 2);
	put(b, r->kec_name);
	put_number(b, r->kel, 4);
	put(b, r->kel_name);
}

void row_write(struct buf *b, const struct person *p)
{
	const struct resident *r = &p->resident;
	put_number(b, r->nik.n, 16);
	put_number(b, r->kk, 16);
	put(b, r->name);
	put(b, resident_sex_text(r->sex));
	put(b, p->birthplace);
	put(b, str_c(day_iso(r->birth).z));
	put(b, p->job);
	put(b, r->address);
	put_number(b, r->rt, 3);
	put_number(b, r->rw, 3);
	write_region(b, &p->region);
	buf_add(b, resident_status_text(r->status));
	buf_addc(b, '\n');
}
