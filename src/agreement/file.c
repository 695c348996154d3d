/* SPDX-License-Identifier: EUPL-1.2
 * agreement/file.c - see file.h.
 *
 * The members are const tables (shape.h); what members say about each other is
 * checked afterwards, one function a rule. Canonical means: members in the order
 * of the tables, papers by kind, subject and number, two blanks of indent. */
#include "agreement/file.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "agreement/apply.h"
#include "agreement/position.h"
#include "agreement/shape.h"
#include "agreement/words.h"

#define DEPTH_MAX 6

/* ---- the shape of the file ---- */

#define TEXT(bytes)                                                                                                                \
	{                                                                                                                          \
		.kind = SHAPE_TEXT, .min = 1, .max = (bytes)                                                                       \
	}
#define WORD(bytes, test, words)                                                                                                   \
	{                                                                                                                          \
		.kind = SHAPE_TEXT, .min = 1, .max = (bytes), .is = (test), .is_not = (words)                                      \
	}
#define INT(from, to)                                                                                                              \
	{                                                                                                                          \
		.kind = SHAPE_INT, .min = (from), .max = (to)                                                                      \
	}
#define OBJECT(rows)                                                                                                               \
	{                                                                                                                          \
		.kind = SHAPE_OBJECT, .members = (rows)                                                                            \
	}

static const struct shape text = TEXT(120), long_text = TEXT(300), flag = {.kind = SHAPE_BOOL};
static const struct shape day = WORD(10, word_is_day, "bukan tanggal (TTTT-BB-HH)");
static const struct shape format = WORD(40, word_is_format, "bukan format yang dikenal (" AGREEMENT_FORMAT ")");
static const struct shape code = WORD(32, word_is_code, "bukan kode instansi (A-Z, angka, '-', '_')");
static const struct shape range = WORD(48, word_is_range, "bukan alamat jaringan");
static const struct shape element = WORD(20, word_is_element, "bukan elemen data yang dikenal");
static const struct shape side = WORD(8, word_is_side, "bukan provider atau instansi");
static const struct shape kind = WORD(20, word_is_paper, "bukan jenis surat yang dikenal");
static const struct shape ground = WORD(8, word_is_ground, "bukan dasar adendum yang dikenal");
static const struct shape id_lembaga = WORD(20, word_is_id, "bukan id lembaga (angka)");
static const struct shape param_key = WORD(PARAM_KEY_MAX, word_is_param_key, "bukan nama kunci (huruf tanpa spasi di tepinya)");
static const struct shape number = INT(1, 999);
static const struct shape hits = INT(-1, 1000000000);

static const struct shape_member instansi_members[] = {{"code", &code, false}, {"name", &text, false}, {0}};
static const struct shape instansi = OBJECT(instansi_members);

static const struct shape_member letter_members[] = {{"number", &text, false}, {"signed_on", &day, false}, {0}};
static const struct shape letter = OBJECT(letter_members);

static const struct shape_member revision_members[] = {
        {"revision", &number, false}, {"signed_on", &day, false}, {"subject", &text, false}, {0}};
static const struct shape revision = OBJECT(revision_members);
static const struct shape revisions = {.kind = SHAPE_LIST, .min = 0, .max = 99, .item = &revision};

static const struct shape_member juknis_members[] = {
        {"number", &text, false}, {"signed_on", &day, false}, {"revisions", &revisions, false}, {0}};
static const struct shape juknis = OBJECT(juknis_members);

static const struct shape_member addendum_members[] = {
        {"number", &text, false}, {"signed_on", &day, false}, {"ground", &ground, false}, {"subject", &long_text, false}, {0}};
static const struct shape addendum = OBJECT(addendum_members);

static const struct shape_member party_members[] = {
        {"office", &text, false}, {"address", &long_text, false}, {"signer_position", &text, false}, {0}};
static const struct shape party = OBJECT(party_members);
static const struct shape_member parties_members[] = {{"provider", &party, false}, {"instansi", &party, false}, {0}};
static const struct shape parties = OBJECT(parties_members);

static const struct shape elements = {.kind = SHAPE_LIST, .min = 1, .max = ELEMENT_COUNT, .item = &element, .distinct = true};

static const struct shape_member method_members[] = {
        {"granted", &flag, false}, {"quota_before_poc", &hits, false}, {"quota_after_poc", &hits, false}, {0}};
static const struct shape method = OBJECT(method_members);
static const struct shape_member unused_members[] = {{"granted", &flag, false}, {0}};
static const struct shape unused_method = OBJECT(unused_members);
static const struct shape_member methods_members[] = {{"portal", &method, false},
                                                      {"CALL_NIK", &method, false},
                                                      {"CALL_VERIFY_BY_ELEMEN", &method, false},
                                                      {"card_reader", &unused_method, false},
                                                      {0}};
static const struct shape methods = OBJECT(methods_members);

/* The rows of agreement/param_key.h. */
static const struct shape_member param_keys_members[] = {{"KETERANGAN_KORBAN", &param_key, true},
                                                         {"JENIS_BENCANA", &param_key, true},
                                                         {"KEJADIAN", &param_key, true},
                                                         {"TANGGAL", &param_key, true},
                                                         {"KERUSAKAN_RUMAH", &param_key, true},
                                                         {0}};
static_assert(LEN(param_keys_members) == PARAM_KEY_COUNT + 1, "one member for every key");
static const struct shape param_keys = OBJECT(param_keys_members);
static const struct shape_member data_balikan_members[] = {{"granted", &flag, false},
                                                           {"id_lembaga", &id_lembaga, false},
                                                           {"nama_lembaga", &text, false},
                                                           {"param_keys", &param_keys, true},
                                                           {0}};
static const struct shape data_balikan = OBJECT(data_balikan_members);

static const struct shape allow = {.kind = SHAPE_LIST, .min = 1, .max = TERMS_ALLOW_MAX, .item = &range, .distinct = true};

static const struct shape_member contact_members[] = {{"side", &side, false},  {"name", &text, false},  {"position", &text, false},
                                                      {"phone", &text, false}, {"email", &text, false}, {0}};
static const struct shape contact = OBJECT(contact_members);
static const struct shape contacts = {.kind = SHAPE_LIST, .min = 2, .max = TERMS_CONTACTS_MAX, .item = &contact};

static const struct shape bandwidth = INT(1, 100000);
static const struct shape_member network_members[] = {{"provider", &text, false},
                                                      {"bandwidth_mbps", &bandwidth, false},
                                                      {"cost_borne_by", &side, false},
                                                      {"facilitated_by", &side, false},
                                                      {"letter", &letter, false},
                                                      {"connected_on", &day, true},
                                                      {0}};
static const struct shape network = OBJECT(network_members);

static const struct shape application_code = WORD(32, word_is_application, "bukan kode aplikasi (a-z, angka, '-')");
static const struct shape application_method = WORD(24, word_is_method, "bukan metode yang dapat dipakai aplikasi");
static const struct shape_member application_members[] = {
        {"code", &application_code, false}, {"name", &text, false}, {"method", &application_method, false}, {0}};
static const struct shape application = OBJECT(application_members);
static const struct shape applications = {.kind = SHAPE_LIST, .min = 0, .max = TERMS_APPLICATIONS_MAX, .item = &application};

static const struct shape debt_mode = WORD(8, word_is_debt_mode, "bukan warn atau refuse");
static const struct shape debt_open = INT(1, 1000000), debt_days = INT(1, 366);
static const struct shape_member debt_members[] = {
        {"mode", &debt_mode, false}, {"open_max", &debt_open, false}, {"age_days_max", &debt_days, false}, {0}};
static const struct shape debt = OBJECT(debt_members);

/* Thresholds of J.II.E1, in thousandths of a nat: the bounds leave the guard neither
 * blind nor in the way. Everything may be absent. */
static const struct shape guard_user = INT(8000, 30000), guard_all = INT(10000, 40000);
static const struct shape guard_warn = INT(300, 950), guard_note = INT(200, 900);
static const struct shape_member guard_user_members[] = {{"walk", &guard_user, true},
                                                         {"spread", &guard_user, true},
                                                         {"sweep", &guard_user, true},
                                                         {"share", &guard_user, true},
                                                         {"pace", &guard_user, true},
                                                         {"rhythm", &guard_user, true},
                                                         {0}};
static const struct shape guard_users = OBJECT(guard_user_members);
static const struct shape_member guard_all_members[] = {
        {"walk", &guard_all, true}, {"spread", &guard_all, true}, {"sweep", &guard_all, true}, {0}};
static const struct shape guard_instansi = OBJECT(guard_all_members);
static const struct shape_member guard_side_members[] = {{"user", &guard_users, true},
                                                         {"instansi", &guard_instansi, true},
                                                         {"warn_permille", &guard_warn, true},
                                                         {"note_permille", &guard_note, true},
                                                         {0}};
static const struct shape guard_side = OBJECT(guard_side_members);
static const struct shape_member guard_members[] = {{"portal", &guard_side, true}, {"service", &guard_side, true}, {0}};
static const struct shape guard = OBJECT(guard_members);

static const struct shape_member terms_members[] = {{"pks", &letter, false},
                                                    {"juknis", &juknis, false},
                                                    {"addendum", &addendum, true},
                                                    {"ministry_approval", &text, false},
                                                    {"begin", &day, false},
                                                    {"end", &day, false},
                                                    {"parties", &parties, false},
                                                    {"elements", &elements, false},
                                                    {"methods", &methods, false},
                                                    {"data_balikan", &data_balikan, false},
                                                    {"allow", &allow, false},
                                                    {"peer_must_match", &flag, false},
                                                    {"contacts", &contacts, false},
                                                    {"network", &network, false},
                                                    {"applications", &applications, true},
                                                    {"debt", &debt, false},
                                                    {"guard", &guard, false},
                                                    {0}};
static const struct shape terms = OBJECT(terms_members);

static const struct shape_member paper_members[] = {{"kind", &kind, false},
                                                    {"subject", &text, true},
                                                    {"number", &text, false},
                                                    {"signer", &text, false},
                                                    {"signed_on", &day, false},
                                                    {"valid_until", &day, true},
                                                    {0}};
static const struct shape paper = OBJECT(paper_members);
static const struct shape papers = {.kind = SHAPE_LIST, .min = 0, .max = AGREEMENT_PAPERS_MAX, .item = &paper};

static const struct shape_member file_members[] = {{"format", &format, false},  {"instansi", &instansi, false},
                                                   {"version", &number, false}, {"terms", &terms, false},
                                                   {"papers", &papers, false},  {0}};
static const struct shape file_shape = OBJECT(file_members);

/* ---- what members say about each other ---- */

/* Days in ISO form compare as texts. */
static bool earlier(struct str a, struct str b)
{
	return memcmp(a.at, b.at, 10) < 0;
}

static enum rc rule_term(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	if (earlier(shape_text(file->terms, "end"), shape_text(file->terms, "begin")))
		return shape_fail_at(place, "terms.end", err, "hari terakhir mendahului hari pertama");
	return RC_OK;
}

/* P9.2: the first version is the agreement itself, every later one an addendum. */
static enum rc rule_addendum(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	bool has = json_object_get(file->terms, "addendum") != NULL;
	if (file->version == 1 && has)
		return shape_fail_at(place, "terms.addendum", err, "versi 1 adalah perjanjian dasar, bukan adendum");
	if (file->version > 1 && !has)
		return shape_fail_at(place, "terms", err, "versi %d memerlukan anggota \"addendum\" (P9.2)", file->version);
	return RC_OK;
}

/* J.IV */
static enum rc rule_card_reader(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	const json_t *reader = json_object_get(json_object_get(file->terms, "methods"), "card_reader");
	if (json_is_true(json_object_get(reader, "granted")))
		return shape_fail_at(place, "terms.methods.card_reader.granted", err, "alat pembaca KTP-el tidak dipakai (J.IV)");
	return RC_OK;
}

/* P2.1b, J.I.A: a closed network. */
static enum rc rule_allow(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	const json_t *list = json_object_get(file->terms, "allow"), *value;
	size_t i;
	json_array_foreach (list, i, value) {
		struct cidr cidr;
		char below[40];
		snprintf(below, sizeof below, "terms.allow[%zu]", i);
		if (cidr_from_str(str_c(json_string_value(value)), &cidr) == RC_OK && cidr.bits == 0)
			return shape_fail_at(place, below, err, "%s mencakup semua alamat", json_string_value(value));
	}
	return RC_OK;
}

/* J.VI.B: contact persons of both sides. */
static enum rc rule_contacts(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	bool provider = false, agency = false;
	const json_t *list = json_object_get(file->terms, "contacts"), *value;
	size_t i;
	json_array_foreach (list, i, value) {
		provider = provider || str_eq(shape_text(value, "side"), S("provider"));
		agency = agency || str_eq(shape_text(value, "side"), S("instansi"));
	}
	if (!provider || !agency)
		return shape_fail_at(place, "terms.contacts", err, "narahubung kedua pihak harus ada (J.VI.B)");
	return RC_OK;
}

/* P9.3 */
static enum rc rule_revisions(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	const json_t *list = json_object_get(json_object_get(file->terms, "juknis"), "revisions"), *value;
	json_int_t last = 0;
	size_t i;
	json_array_foreach (list, i, value) {
		json_int_t now = json_integer_value(json_object_get(value, "revision"));
		char below[60];
		snprintf(below, sizeof below, "terms.juknis.revisions[%zu].revision", i);
		if (now <= last)
			return shape_fail_at(place, below, err, "nomor revisi harus naik");
		last = now;
	}
	return RC_OK;
}

/* J.II.D: each application has a code of its own, and a method that is granted. */
static enum rc rule_applications(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	const json_t *list = json_object_get(file->terms, "applications"), *methods_given = json_object_get(file->terms, "methods");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const json_t *given = json_object_get(methods_given, json_string_value(json_object_get(one, "method")));
		char below[48];
		snprintf(below, sizeof below, "terms.applications[%zu]", i);
		if (!json_is_true(json_object_get(given, "granted")))
			return shape_fail_at(place, below, err, "metode aplikasi ini tidak diberikan (J.II.C)");
		for (size_t k = 0; k < i; k++)
			if (str_eq(shape_text(json_array_get(list, k), "code"), shape_text(one, "code")))
				return shape_fail_at(place, below, err, "kode aplikasi ditulis dua kali");
	}
	return RC_OK;
}

/* J.II.E1: what is noted must lie below what is warned of, the defaults included. */
/* No name may stand for two things. */
static enum rc rule_param_keys(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	char below[160];
	struct param_keys keys;
	const json_t *object = json_object_get(json_object_get(file->terms, "data_balikan"), "param_keys");
	for (size_t i = 0; param_key_name(i); i++)
		keys.alias[i] = shape_text(object, param_key_name(i));
	const char *clash = param_key_name(param_keys_clash(&keys));
	if (!clash)
		return RC_OK;
	snprintf(below, sizeof below, "terms.data_balikan.param_keys.%s", clash);
	return shape_fail_at(place, below, err, "nama kunci ini sudah berarti yang lain");
}

static enum rc rule_guard(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	static const char *const sides[] = {"portal", "service"};
	for (size_t i = 0; i < LEN(sides); i++) {
		const json_t *said = json_object_get(json_object_get(file->terms, "guard"), sides[i]);
		const json_t *warn = json_object_get(said, "warn_permille"), *note = json_object_get(said, "note_permille");
		char below[40];
		snprintf(below, sizeof below, "terms.guard.%s", sides[i]);
		if ((note ? json_integer_value(note) : TERMS_GUARD_NOTE) >= (warn ? json_integer_value(warn) : TERMS_GUARD_WARN))
			return shape_fail_at(place, below, err,
			                     "note_permille harus di bawah warn_permille (%d dan %d bila tidak ditulis)",
			                     TERMS_GUARD_NOTE, TERMS_GUARD_WARN);
	}
	return RC_OK;
}

static int compare_text(const json_t *a, const json_t *b, const char *member)
{
	struct str left = shape_text(a, member), right = shape_text(b, member);
	size_t n = left.n < right.n ? left.n : right.n;
	int order = n ? memcmp(left.at, right.at, n) : 0;
	return order ? order : (left.n > right.n) - (left.n < right.n);
}

static int compare_papers(const json_t *a, const json_t *b)
{
	int order = (int)paper_kind_of(shape_text(a, "kind")) - (int)paper_kind_of(shape_text(b, "kind"));
	if (order == 0)
		order = compare_text(a, b, "subject");
	return order ? order : compare_text(a, b, "number");
}

static enum rc paper_rule(const struct agreement_file *file, size_t i, const struct shape_place *place, struct err *err)
{
	struct paper one = agreement_file_paper(file, i);
	bool dated = one.valid_until.n != 0;
	if (dated && one.valid_until.n < one.signed_on.n)
		return shape_fail_at(place, "valid_until", err, "hari terakhir mendahului tanggal surat");
	struct err why;
	if (paper_check(&one, &why) != RC_OK)
		return shape_fail(place, err, "%s", why.what);
	for (size_t k = 0; k < i; k++)
		if (compare_papers(json_array_get(file->papers, k), json_array_get(file->papers, i)) == 0)
			return shape_fail(place, err, "surat yang sama ditulis dua kali");
	return RC_OK;
}

static enum rc rule_papers(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	for (size_t i = 0; i < json_array_size(file->papers); i++) {
		struct shape_place at = *place;
		snprintf(at.path, sizeof at.path, "papers[%zu]", i);
		TRY(paper_rule(file, i, &at, err));
	}
	return RC_OK;
}

static enum rc check_rules(const struct agreement_file *file, const struct shape_place *place, struct err *err)
{
	static enum rc (*const rules[])(const struct agreement_file *, const struct shape_place *, struct err *) = {
	        rule_term,      rule_addendum,     rule_card_reader, rule_allow,  rule_contacts,
	        rule_revisions, rule_applications, rule_param_keys,  rule_guard,  rule_papers,
	};
	for (size_t i = 0; i < LEN(rules); i++)
		TRY(rules[i](file, place, err));
	return RC_OK;
}

/* ---- reading ---- */

static enum rc complain_syntax(const json_error_t *error, struct err *err)
{
	enum rc rc;
	switch (json_error_code(error)) {
	case json_error_duplicate_key: rc = FAIL(err, RC_INVALID, "baris %d: anggota ditulis dua kali", error->line); break;
	case json_error_premature_end_of_input: rc = FAIL(err, RC_INVALID, "baris %d: berkas terpotong", error->line); break;
	case json_error_invalid_utf8: rc = FAIL(err, RC_INVALID, "baris %d: bukan teks UTF-8", error->line); break;
	case json_error_out_of_memory: rc = FAIL(err, RC_BROKEN, "memori tidak cukup"); break;
	default: rc = FAIL(err, RC_INVALID, "baris %d: bukan JSON yang sah", error->line); break;
	}
	err_detail(err, "%s", error->text);
	return rc;
}

static enum rc parse(struct str json, json_t **ret, struct err *err)
{
	json_error_t error;
	if (json.n > AGREEMENT_FILE_MAX)
		return FAIL(err, RC_LIMIT, "berkas lebih besar dari %zu bita", AGREEMENT_FILE_MAX);
	int line = position_too_deep(json, DEPTH_MAX);
	if (line)
		return FAIL(err, RC_INVALID, "baris %d: kurung bersarang terlalu dalam", line);
	*ret = json_loadb(json.at ? json.at : "", json.n, JSON_REJECT_DUPLICATES, &error);
	return *ret ? RC_OK : complain_syntax(&error, err);
}

static void fill(struct agreement_file *file)
{
	const json_t *who = json_object_get(file->root, "instansi");
	file->code = shape_text(who, "code");
	file->name = shape_text(who, "name");
	file->version = (int)json_integer_value(json_object_get(file->root, "version"));
	file->terms = json_object_get(file->root, "terms");
	file->papers = json_object_get(file->root, "papers");
}

enum rc agreement_file_read(struct str json, struct agreement_file *ret, struct err *err)
{
	AGREEMENT_FILE_AUTO file = {0};
	struct shape_place place = {.source = json};
	TRY(parse(json, &file.root, err));
	TRY(shape_check(file.root, &file_shape, &place, err));
	fill(&file);
	TRY(check_rules(&file, &place, err));
	*ret = file;
	file.root = NULL; /* handed over */
	return RC_OK;
}

enum rc agreement_file_complaints(struct str json, struct shape_complaints *ret, struct err *err)
{
	AGREEMENT_FILE_AUTO file = {0};
	struct shape_place place = {.source = json, .all = ret};
	ret->n = 0;
	TRY(parse(json, &file.root, err));
	TRY(shape_check(file.root, &file_shape, &place, err));
	if (ret->n)
		return RC_OK; /* rules want members that are there and well formed */
	fill(&file);
	return check_rules(&file, &place, err);
}

enum rc agreement_file_check_contacts(struct str json, struct buf *out, struct err *err)
{
	struct shape_place place = {.source = json};
	json_t *list = NULL;
	TRY(parse(json, &list, err));
	json_t *root = json_pack("{s:o}", "contacts", list);
	const struct agreement_file file = {.root = root, .terms = root};
	enum rc rc = root ? shape_check(list, &contacts, &place, err) : FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (rc == RC_OK)
		rc = rule_contacts(&file, &place, err);
	if (rc == RC_OK)
		shape_write(list, &contacts, 0, out);
	json_decref(root);
	return rc;
}

void agreement_file_close(struct agreement_file *file)
{
	json_decref(file->root);
	*file = (struct agreement_file){0};
}

static struct day day_of(const json_t *object, const char *member)
{
	struct day on = {0};
	if (day_from_str(shape_text(object, member), &on) != RC_OK)
		on.n = 0;
	return on;
}

struct paper agreement_file_paper(const struct agreement_file *file, size_t i)
{
	const json_t *row = json_array_get(file->papers, i);
	return (struct paper){.kind = paper_kind_of(shape_text(row, "kind")),
	                      .subject = shape_text(row, "subject"),
	                      .number = shape_text(row, "number"),
	                      .signer = shape_text(row, "signer"),
	                      .signed_on = day_of(row, "signed_on"),
	                      .valid_until = day_of(row, "valid_until")};
}

/* ---- writing ---- */

void agreement_file_write_terms(const json_t *value, struct buf *out)
{
	shape_write(value, &terms, 0, out);
}

static json_t *paper_json(const struct paper *p)
{
	json_t *row = json_pack("{s:s, s:s%, s:s%, s:s}", "kind", paper_at(p->kind)->key, "number", p->number.at, p->number.n,
	                        "signer", p->signer.at, p->signer.n, "signed_on", day_iso(p->signed_on).z);
	if (row && p->subject.n)
		json_object_set_new(row, "subject", json_stringn(p->subject.at, p->subject.n));
	if (row && p->valid_until.n)
		json_object_set_new(row, "valid_until", json_string(day_iso(p->valid_until).z));
	return row;
}

static int by_order(const void *a, const void *b)
{
	return compare_papers(*(json_t *const *)a, *(json_t *const *)b);
}

/* Into `list`, sorted. false: out of memory. */
static bool papers_json(const struct agreement_parts *parts, json_t *list)
{
	json_t *rows[AGREEMENT_PAPERS_MAX * 2];
	size_t n = 0;
	bool ok = list && parts->papers_n <= LEN(rows);
	while (ok && n < parts->papers_n) {
		rows[n] = paper_json(&parts->papers[n]);
		ok = rows[n] != NULL;
		n += ok;
	}
	if (n)
		qsort(rows, n, sizeof *rows, by_order);
	for (size_t i = 0; i < n; i++)
		ok = json_array_append_new(list, rows[i]) == 0 && ok;
	return ok;
}

static json_t *file_json(const struct agreement_parts *parts)
{
	json_t *body = json_loadb(parts->terms.at, parts->terms.n, 0, NULL), *list = json_array();
	bool ok = papers_json(parts, list);
	json_t *root = json_pack("{s:s, s:{s:s%, s:s%}, s:i, s:o, s:o}", "format", AGREEMENT_FORMAT, "instansi", "code",
	                         parts->code.at, parts->code.n, "name", parts->name.at, parts->name.n, "version", parts->version,
	                         "terms", body, "papers", list);
	if (root && ok)
		return root;
	json_decref(root);
	return NULL;
}

enum rc agreement_file_write(const struct agreement_parts *parts, struct buf *out, struct err *err)
{
	json_t *root = file_json(parts);
	if (!root)
		return FAIL(err, RC_BROKEN, "perjanjian tidak dapat ditulis");
	shape_write(root, &file_shape, 0, out);
	buf_addc(out, '\n');
	json_decref(root);
	return buf_ok(out) ? RC_OK : FAIL(err, RC_LIMIT, "perjanjian lebih besar dari tempatnya");
}
