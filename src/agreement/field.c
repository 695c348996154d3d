/* SPDX-License-Identifier: EUPL-1.2
 * agreement/field.c - see field.h: the table, reading terms by it, and putting a form
 * into terms. */
#include "agreement/field.h"

#include <stdio.h>

#include "agreement/agreement.h"
#include "agreement/words.h"

#define NAME_SIZE 80

/* ---- the table ---- */

static const struct field_choice sides[] = {{"provider", "Dinas Dukcapil"}, {"instansi", "Instansi"}, {NULL, NULL}};
static const struct field_choice debt_modes[] = {
        {"warn", "Operator dan kepala diperingatkan"},
        {"refuse", "Permintaan ditolak sampai data balikan disampaikan"},
        {NULL, NULL}};
static const struct field_choice grounds[] = {
        {"P9.2", "Penambahan atau pengurangan isi (Pasal 9 ayat 2)"},
        {"P4", "Perpanjangan (Pasal 4)"},
        {"P6", "Keadaan kahar, termasuk kuota darurat (Pasal 6)"},
        {"P9.3", "Revisi Petunjuk Teknis (Pasal 9 ayat 3)"},
        {"J.I.C", "Perubahan jaringan (Juknis I.C)"},
        {"J.II.B", "Perubahan kuota (Juknis II.B)"},
        {"J.II.C", "Perubahan metode atau elemen (Juknis II.C)"},
        {"J.II.D", "Aplikasi baru (Juknis II.D)"},
        {"J.VI.H", "Perubahan pejabat atau struktur (Juknis VI.H)"},
        {NULL, NULL},
};
static const struct field_choice methods[] = {
        {"portal", "Web portal"},
        {"CALL_NIK", "Web service data (CALL_NIK)"},
        {"CALL_VERIFY_BY_ELEMEN", "Web service kesesuaian (CALL_VERIFY_BY_ELEMEN)"},
        {NULL, NULL},
};
static const struct field_choice no_choices[] = {{NULL, NULL}};
/* The elements have a table of their own (base/element.h). */
static const struct field_choice elements[] = {{"", ""}, {NULL, NULL}};

static const struct field revision_columns[] = {
        {.path = "revision", .label = "Revisi ke-", .kind = FIELD_INT, .max = 3},
        {.path = "signed_on", .label = "Tanggal", .kind = FIELD_DAY, .max = 10},
        {.path = "subject", .label = "Tentang", .kind = FIELD_TEXT, .max = 120},
        {0},
};
static const struct field contact_columns[] = {
        {.path = "side", .label = "Pihak", .kind = FIELD_CHOICE, .choices = sides},
        {.path = "name", .label = "Nama", .kind = FIELD_TEXT, .max = 120},
        {.path = "position", .label = "Jabatan", .kind = FIELD_TEXT, .max = 120},
        {.path = "phone", .label = "Telepon", .kind = FIELD_TEXT, .max = 120},
        {.path = "email", .label = "Surel", .kind = FIELD_TEXT, .max = 120},
        {0},
};
static const struct field application_columns[] = {
        {.path = "code", .label = "Kode", .kind = FIELD_TEXT, .max = 32},
        {.path = "name", .label = "Nama aplikasi", .kind = FIELD_TEXT, .max = 120},
        {.path = "method", .label = "Metode", .kind = FIELD_CHOICE, .choices = methods},
        {0},
};

#define AGREEMENT "Perjanjian dan Petunjuk Teknis"
#define ADDENDUM "Adendum"
#define TERM "Jangka waktu"
#define PARTIES "Para pihak"
#define ELEMENTS "Elemen data"
#define METHODS "Metode akses dan kuota"
#define ACCESS "Titik akses"
#define CONTACTS "Narahubung"
#define NETWORK "Jaringan"
#define FEEDBACK "Data balikan"
#define APPLICATIONS "Aplikasi"
#define OTHER_NAME "Nama tambahan pada param yang dipakai program instansi; boleh kosong. Nama baku tetap berlaku."
#define NO_LIMIT "Hit per hari; kosongkan bila tanpa batas."

static const struct field rows[] = {
        {"pks.number", AGREEMENT, "Nomor PKS", NULL, FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"pks.signed_on", AGREEMENT, "Tanggal PKS", NULL, FIELD_DAY, 10, NULL, NULL, false, 0},
        {"juknis.number", AGREEMENT, "Nomor Petunjuk Teknis", NULL, FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"juknis.signed_on", AGREEMENT, "Tanggal Petunjuk Teknis", NULL, FIELD_DAY, 10, NULL, NULL, false, 0},
        {"ministry_approval", AGREEMENT, "Nomor surat persetujuan Direktur Jenderal",
         "Versi ini belum membuka apa pun sampai surat itu tercatat pada Dokumen.", FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"juknis.revisions", AGREEMENT, "Revisi Petunjuk Teknis", "Satu baris untuk satu revisi.", FIELD_ROWS, 99, NULL,
         revision_columns, false, 0},
        {"addendum.number", ADDENDUM, "Nomor adendum", NULL, FIELD_TEXT, 120, NULL, NULL, false, 2},
        {"addendum.signed_on", ADDENDUM, "Tanggal adendum", NULL, FIELD_DAY, 10, NULL, NULL, false, 2},
        {"addendum.ground", ADDENDUM, "Dasar adendum", NULL, FIELD_CHOICE, 0, grounds, NULL, false, 2},
        {"addendum.subject", ADDENDUM, "Yang diubah", NULL, FIELD_TEXT, 300, NULL, NULL, false, 2},
        {"begin", TERM, "Mulai berlaku", "Boleh tanggal yang akan datang.", FIELD_DAY, 10, NULL, NULL, false, 0},
        {"end", TERM, "Hari terakhir", "Hari ini termasuk; akses berakhir pukul 24.00 WIB.", FIELD_DAY, 10, NULL, NULL, false, 0},
        {"parties.provider.office", PARTIES, "PIHAK KESATU: nama kantor", NULL, FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"parties.provider.address", PARTIES, "PIHAK KESATU: alamat", NULL, FIELD_TEXT, 300, NULL, NULL, false, 0},
        {"parties.provider.signer_position", PARTIES, "PIHAK KESATU: jabatan penanda tangan", NULL, FIELD_TEXT, 120, NULL, NULL,
         false, 0},
        {"parties.instansi.office", PARTIES, "PIHAK KEDUA: nama kantor", NULL, FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"parties.instansi.address", PARTIES, "PIHAK KEDUA: alamat", NULL, FIELD_TEXT, 300, NULL, NULL, false, 0},
        {"parties.instansi.signer_position", PARTIES, "PIHAK KEDUA: jabatan penanda tangan", NULL, FIELD_TEXT, 120, NULL, NULL,
         false, 0},
        {"elements", ELEMENTS, "Elemen yang diberikan", "Selain yang dipilih, tidak satu pun elemen keluar.", FIELD_SET, 0,
         elements, NULL, false, 0},
        {"methods.portal.granted", METHODS, "Web portal diberikan", NULL, FIELD_FLAG, 0, NULL, NULL, false, 0},
        {"methods.portal.quota_before_poc", METHODS, "Web portal: kuota sebelum PoC", NO_LIMIT, FIELD_HITS, 10, NULL, NULL, false,
         0},
        {"methods.portal.quota_after_poc", METHODS, "Web portal: kuota sesudah PoC", NO_LIMIT, FIELD_HITS, 10, NULL, NULL, false,
         0},
        {"methods.CALL_NIK.granted", METHODS, "Web service data diberikan", NULL, FIELD_FLAG, 0, NULL, NULL, false, 0},
        {"methods.CALL_NIK.quota_before_poc", METHODS, "Web service data: kuota sebelum PoC", NO_LIMIT, FIELD_HITS, 10, NULL, NULL,
         false, 0},
        {"methods.CALL_NIK.quota_after_poc", METHODS, "Web service data: kuota sesudah PoC", NO_LIMIT, FIELD_HITS, 10, NULL, NULL,
         false, 0},
        {"methods.CALL_VERIFY_BY_ELEMEN.granted", METHODS, "Web service kesesuaian diberikan", NULL, FIELD_FLAG, 0, NULL, NULL,
         false, 0},
        {"methods.CALL_VERIFY_BY_ELEMEN.quota_before_poc", METHODS, "Web service kesesuaian: kuota sebelum PoC", NO_LIMIT,
         FIELD_HITS, 10, NULL, NULL, false, 0},
        {"methods.CALL_VERIFY_BY_ELEMEN.quota_after_poc", METHODS, "Web service kesesuaian: kuota sesudah PoC", NO_LIMIT,
         FIELD_HITS, 10, NULL, NULL, false, 0},
        {"applications", APPLICATIONS, "Aplikasi instansi",
         "Selain aplikasi bawaan setiap metode. Setiap aplikasi memerlukan PoC sendiri (Juknis II.D).", FIELD_ROWS,
         TERMS_APPLICATIONS_MAX, NULL, application_columns, true, 0},
        {"allow", ACCESS, "Alamat yang diizinkan", "Satu alamat jaringan (CIDR) pada setiap baris, misalnya 192.0.2.0/24.",
         FIELD_LINES, TERMS_ALLOW_MAX, NULL, NULL, false, 0},
        {"peer_must_match", ACCESS, "IP_USER pada web service harus sama dengan alamat pengakses", NULL, FIELD_FLAG, 0, NULL, NULL,
         false, 0},
        {"contacts", CONTACTS, "Narahubung kedua pihak", "Ditampilkan pada setiap penolakan.", FIELD_ROWS, TERMS_CONTACTS_MAX, NULL,
         contact_columns, false, 0},
        {"network.provider", NETWORK, "Penyedia jaringan", NULL, FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"network.bandwidth_mbps", NETWORK, "Lebar pita (Mbps)", NULL, FIELD_INT, 6, NULL, NULL, false, 0},
        {"network.cost_borne_by", NETWORK, "Biaya ditanggung oleh", NULL, FIELD_CHOICE, 0, sides, NULL, false, 0},
        {"network.facilitated_by", NETWORK, "Difasilitasi oleh", NULL, FIELD_CHOICE, 0, sides, NULL, false, 0},
        {"network.letter.number", NETWORK, "Nomor surat jaringan", NULL, FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"network.letter.signed_on", NETWORK, "Tanggal surat jaringan", NULL, FIELD_DAY, 10, NULL, NULL, false, 0},
        {"network.connected_on", NETWORK, "Tersambung (perkiraan atau nyata)", "Boleh dikosongkan.", FIELD_DAY, 10, NULL, NULL,
         true, 0},
        {"data_balikan.granted", FEEDBACK, "Data balikan dibuka", NULL, FIELD_FLAG, 0, NULL, NULL, false, 0},
        {"data_balikan.id_lembaga", FEEDBACK, "ID lembaga", "Angka.", FIELD_TEXT, 20, NULL, NULL, false, 0},
        {"data_balikan.nama_lembaga", FEEDBACK, "Nama lembaga", NULL, FIELD_TEXT, 120, NULL, NULL, false, 0},
        {"data_balikan.param_keys.KETERANGAN_KORBAN", FEEDBACK, "Nama lain KETERANGAN_KORBAN", OTHER_NAME, FIELD_TEXT,
         PARAM_KEY_MAX, NULL, NULL, true, 0},
        {"data_balikan.param_keys.JENIS_BENCANA", FEEDBACK, "Nama lain JENIS_BENCANA", NULL, FIELD_TEXT, PARAM_KEY_MAX,
         NULL, NULL, true, 0},
        {"data_balikan.param_keys.KEJADIAN", FEEDBACK, "Nama lain KEJADIAN", NULL, FIELD_TEXT, PARAM_KEY_MAX,
         NULL, NULL, true, 0},
        {"data_balikan.param_keys.TANGGAL", FEEDBACK, "Nama lain TANGGAL", NULL, FIELD_TEXT, PARAM_KEY_MAX,
         NULL, NULL, true, 0},
        {"data_balikan.param_keys.KERUSAKAN_RUMAH", FEEDBACK, "Nama lain KERUSAKAN_RUMAH", NULL, FIELD_TEXT, PARAM_KEY_MAX,
         NULL, NULL, true, 0},
        {"debt.mode", FEEDBACK, "Bila batas data balikan terlampaui", NULL, FIELD_CHOICE, 0, debt_modes, NULL, false, 0},
        {"debt.open_max", FEEDBACK, "Batas data balikan yang terutang", "Jumlah NIK.", FIELD_INT, 7, NULL, NULL, false, 0},
        {"debt.age_days_max", FEEDBACK, "Batas umur data balikan yang terutang (hari)", NULL, FIELD_INT, 3, NULL, NULL, false, 0},
};

const struct field *field_at(size_t i)
{
	return i < LEN(rows) ? &rows[i] : NULL;
}

struct field_choice field_choice_at(const struct field *field, size_t i)
{
	const struct field_choice *all = field->choices ? field->choices : no_choices;
	const struct element_row *element = all == elements ? element_at(i) : NULL;
	if (all == elements)
		return element ? (struct field_choice){element->key, element->label} : (struct field_choice){NULL, NULL};
	for (size_t k = 0; all[k].key; k++)
		if (k == i)
			return all[k];
	return (struct field_choice){NULL, NULL};
}

/* ---- a path in terms ---- */

/* The next part of a path into `part`; false: there is none, or it is too long. */
static bool next_part(struct str *rest, char part[NAME_SIZE])
{
	struct str one = str_split(rest, '.');
	if (!one.at || one.n == 0 || one.n >= NAME_SIZE)
		return false;
	memcpy(part, one.at, one.n);
	part[one.n] = '\0';
	return true;
}

static const json_t *find(const json_t *terms, const char *path)
{
	struct str rest = str_c(path);
	char part[NAME_SIZE];
	const json_t *at = terms;
	while (at && rest.at) {
		if (!next_part(&rest, part))
			return NULL;
		at = json_object_get(at, part);
	}
	return at;
}

/* The object in which the last part of the path stands, made where it is not there. */
static json_t *parent(json_t *terms, const char *path, char last[NAME_SIZE])
{
	struct str rest = str_c(path);
	json_t *at = terms;
	while (at && next_part(&rest, last) && rest.at) {
		json_t *below = json_object_get(at, last);
		if (!json_is_object(below)) {
			below = json_object();
			if (json_object_set_new(at, last, below) != 0)
				return NULL;
		}
		at = below;
	}
	return at;
}

json_t *field_skeleton(void)
{
	json_t *terms = json_object(), *granted = json_array();
	for (size_t i = 0; terms && granted && element_at(i); i++)
		if (ELEMENT_SET_BASE & ELEMENT_BIT(i) && json_array_append_new(granted, json_string(element_at(i)->key)) != 0)
			break;
	json_t *methods_json = json_pack("{s:{s:b,s:i,s:i}, s:{s:b,s:i,s:i}, s:{s:b,s:i,s:i}, s:{s:b}}", "portal", "granted", 1,
	                                 "quota_before_poc", 200, "quota_after_poc", -1, "CALL_NIK", "granted", 0,
	                                 "quota_before_poc", 0, "quota_after_poc", 0, "CALL_VERIFY_BY_ELEMEN", "granted", 0,
	                                 "quota_before_poc", 0, "quota_after_poc", 0, "card_reader", "granted", 0);
	json_t *rest = json_pack("{s:{s:[]}, s:b, s:{s:b}, s:{s:s,s:i,s:i}, s:{}, s:{s:i,s:s,s:s}}", "juknis", "revisions",
	                         "peer_must_match", 0, "data_balikan", "granted", 1, "debt", "mode", "warn", "open_max", 500,
	                         "age_days_max", 30, "guard", "network", "bandwidth_mbps", 1, "cost_borne_by", "instansi",
	                         "facilitated_by", "provider");
	bool ok = terms && json_object_set_new(terms, "elements", granted) == 0 &&
	          json_object_set_new(terms, "methods", methods_json) == 0 && json_object_update(terms, rest) == 0;
	json_decref(rest);
	if (ok)
		return terms;
	json_decref(terms);
	return NULL;
}

/* ---- what stands there ---- */

static struct str text_of(const json_t *value)
{
	return json_is_string(value) ? str_from(json_string_value(value), json_string_length(value)) : S("");
}

static void raw_value(const json_t *value, const struct field *field, struct buf *out)
{
	if (json_is_integer(value)) {
		if (field->kind != FIELD_HITS || json_integer_value(value) >= 0)
			buf_add_int(out, json_integer_value(value));
	} else if (json_is_boolean(value)) {
		buf_addz(out, json_is_true(value) ? "1" : "");
	} else {
		buf_add(out, text_of(value));
	}
}

static void raw_lines(const json_t *list, struct buf *out)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		buf_addz(out, i ? "\n" : "");
		buf_add(out, text_of(json_array_get(list, i)));
	}
}

void field_raw(const json_t *terms, const struct field *field, struct buf *out)
{
	const json_t *value = find(terms, field->path);
	if (field->kind == FIELD_LINES)
		raw_lines(value, out);
	else
		raw_value(value, field, out);
}

bool field_has(const json_t *terms, const struct field *field, const char *key)
{
	const json_t *list = find(terms, field->path);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (str_eq(text_of(json_array_get(list, i)), str_c(key)))
			return true;
	return false;
}

size_t field_rows(const json_t *terms, const struct field *field)
{
	return json_array_size(find(terms, field->path));
}

void field_cell(const json_t *terms, const struct field *field, size_t row, const struct field *column, struct buf *out)
{
	raw_value(json_object_get(json_array_get(find(terms, field->path), row), column->path), column, out);
}

/* ---- in words ---- */

static void words_choice(const struct field *field, struct str key, struct buf *out)
{
	for (size_t i = 0; field_choice_at(field, i).key; i++)
		if (str_eq(key, str_c(field_choice_at(field, i).key)))
			return buf_addz(out, field_choice_at(field, i).label);
	buf_add(out, key);
}

static void words_value(const json_t *value, const struct field *field, struct buf *out)
{
	struct day day;
	if (!value)
		return;
	if (field->kind == FIELD_HITS && json_is_integer(value) && json_integer_value(value) < 0)
		buf_addz(out, "tanpa batas");
	else if (field->kind == FIELD_FLAG)
		buf_addz(out, json_is_true(value) ? "ya" : "tidak");
	else if (field->kind == FIELD_DAY && day_from_str(text_of(value), &day) == RC_OK)
		buf_addz(out, day_long(day).z);
	else if (field->kind == FIELD_CHOICE)
		words_choice(field, text_of(value), out);
	else
		raw_value(value, field, out);
}

static void words_set(const json_t *terms, const struct field *field, struct buf *out)
{
	bool any = false;
	for (size_t i = 0; field_choice_at(field, i).key; i++) {
		struct field_choice choice = field_choice_at(field, i);
		if (!field_has(terms, field, choice.key))
			continue;
		buf_addf(out, "%s%s", any ? ", " : "", choice.label);
		any = true;
	}
}

static void words_rows(const json_t *list, const struct field *field, struct buf *out)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		buf_addz(out, i ? "\n" : "");
		for (const struct field *c = field->columns; c->path; c++) {
			buf_addz(out, c == field->columns ? "" : ", ");
			words_value(json_object_get(json_array_get(list, i), c->path), c, out);
		}
	}
}

void field_words(const json_t *terms, const struct field *field, struct buf *out)
{
	const json_t *value = find(terms, field->path);
	switch (field->kind) {
	case FIELD_SET: words_set(terms, field, out); break;
	case FIELD_ROWS: words_rows(value, field, out); break;
	case FIELD_LINES: raw_lines(value, out); break;
	case FIELD_TEXT:
	case FIELD_DAY:
	case FIELD_INT:
	case FIELD_HITS:
	case FIELD_FLAG:
	case FIELD_CHOICE: words_value(value, field, out); break;
	}
}

/* ---- from a form ---- */

static json_t *text_json(struct str s)
{
	return json_stringn(s.at ? s.at : "", s.n);
}

/* What was typed for one value; a number that is none stays a text, for the complaint. */
static json_t *value_json(const struct field *field, struct str typed)
{
	int64_t n;
	struct str s = str_trim(typed);
	bool number = field->kind == FIELD_INT || field->kind == FIELD_HITS;
	if (field->kind == FIELD_FLAG)
		return json_boolean(str_eq(s, S("1")));
	if (field->kind == FIELD_HITS && s.n == 0)
		return json_integer(-1);
	if (number && str_int(s, INT64_MIN + 1, INT64_MAX, &n) == RC_OK)
		return json_integer(n);
	return text_json(s);
}

static json_t *lines_json(const struct field *field, struct str typed)
{
	json_t *list = json_array();
	for (struct str rest = typed; list && rest.at && json_array_size(list) <= (size_t)field->max;) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (line.n && json_array_append_new(list, text_json(line)) != 0)
			break;
	}
	return list;
}

static json_t *set_json(const struct field *field, const struct field_source *source)
{
	json_t *list = json_array();
	for (size_t i = 0; list && field_choice_at(field, i).key; i++) {
		char name[NAME_SIZE];
		const char *key = field_choice_at(field, i).key;
		snprintf(name, sizeof name, "%s.%s", field->path, key);
		if (str_eq(source->get(source->arg, name), S("1")) && json_array_append_new(list, json_string(key)) != 0)
			break;
	}
	return list;
}

/* One row; NULL: nothing was typed in it. A choice alone is no row: it is never empty. */
static json_t *row_json(const struct field *field, size_t i, const struct field_source *source)
{
	json_t *row = json_object();
	bool any = false;
	for (const struct field *c = field->columns; row && c->path; c++) {
		char name[NAME_SIZE];
		snprintf(name, sizeof name, "%s.%zu.%s", field->path, i, c->path);
		struct str typed = source->get(source->arg, name);
		any = any || (c->kind != FIELD_CHOICE && str_trim(typed).n);
		if (json_object_set_new(row, c->path, value_json(c, typed)) != 0)
			break;
	}
	if (any)
		return row;
	json_decref(row);
	return NULL;
}

static json_t *rows_json(const struct field *field, const struct field_source *source)
{
	json_t *list = json_array();
	for (size_t i = 0; list && i < (size_t)field->max + 4; i++) {
		json_t *row = row_json(field, i, source);
		if (row && json_array_append_new(list, row) != 0)
			break;
	}
	return list;
}

static json_t *field_json(const struct field *field, const struct field_source *source)
{
	switch (field->kind) {
	case FIELD_SET: return set_json(field, source);
	case FIELD_ROWS: return rows_json(field, source);
	case FIELD_LINES: return lines_json(field, source->get(source->arg, field->path));
	case FIELD_TEXT:
	case FIELD_DAY:
	case FIELD_INT:
	case FIELD_HITS:
	case FIELD_FLAG:
	case FIELD_CHOICE: return value_json(field, source->get(source->arg, field->path));
	}
	return NULL;
}

static bool is_empty(const json_t *value)
{
	return json_is_array(value) ? json_array_size(value) == 0 : text_of(value).n == 0;
}

static enum rc take(json_t *terms, const struct field *field, const struct field_source *source, struct err *err)
{
	char last[NAME_SIZE];
	json_t *value = field_json(field, source);
	if (value && field->optional && is_empty(value) && !find(terms, field->path)) {
		json_decref(value);
		return RC_OK;
	}
	json_t *at = parent(terms, field->path, last);
	if (value && at && field->optional && is_empty(value)) {
		json_decref(value);
		json_object_del(at, last);
		return RC_OK;
	}
	if (value && at && json_object_set_new(at, last, value) == 0)
		return RC_OK;
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

enum rc field_take_all(json_t *terms, int number, const struct field_source *source, struct err *err)
{
	for (size_t i = 0; i < LEN(rows); i++)
		if (rows[i].since <= number)
			TRY(take(terms, &rows[i], source, err));
	return RC_OK;
}

/* ---- from a complaint to its field ---- */

/* "terms.contacts[1].phone" as "contacts.1.phone". */
static void form_name(const char *path, char name[NAME_SIZE])
{
	size_t n = 0;
	if (strncmp(path, "terms.", 6) == 0)
		path += 6;
	for (; *path && n + 1 < NAME_SIZE; path++)
		if (*path != ']')
			name[n++] = *path == '[' ? '.' : *path;
	name[n] = '\0';
}

const struct field *field_of_path(const char *path, char name[NAME_SIZE])
{
	form_name(path, name);
	for (size_t i = 0; i < LEN(rows); i++) {
		size_t n = strlen(rows[i].path);
		if (strncmp(name, rows[i].path, n) == 0 && (name[n] == '\0' || name[n] == '.'))
			return &rows[i];
	}
	return NULL;
}
