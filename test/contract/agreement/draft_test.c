/* SPDX-License-Identifier: EUPL-1.2
 * Drafts of the next version (P9.2), their form, what an addendum changes, scheduled
 * versions, applications and their PoC (J.II.D), papers that wait for the provider. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/change.h"
#include "agreement/draft.h"
#include "agreement/field.h"
#include "agreement/file.h"
#include "agreement/shape.h"
#include "office.h"

/* A form that gives what the terms hold, but for a few answers. */
struct typed {
	const json_t *terms;
	const char *const *pairs; /* name, text, ..., NULL */
	char room[64][400];
	size_t used;
};

static struct str keep(struct typed *t, const struct buf *b)
{
	char *room = t->room[t->used++ % LEN(t->room)];
	assert_true(b->n < sizeof t->room[0]);
	memcpy(room, b->at ? b->at : "", b->n);
	return str_from(room, b->n);
}

static struct str part_of(struct typed *t, const struct field *f, const char *rest)
{
	BUF_AUTO out = BUF(400);
	int64_t row;
	struct str tail = str_c(rest), number = str_split(&tail, '.');
	if (f->kind == FIELD_SET)
		return field_has(t->terms, f, rest) ? S("1") : S("");
	assert_int_equal(str_int(number, 0, 200, &row), RC_OK);
	for (const struct field *c = f->columns; c->path; c++)
		if (str_eq(tail, str_c(c->path)))
			field_cell(t->terms, f, (size_t)row, c, &out);
	return keep(t, &out);
}

static struct str typed_get(void *arg, const char *name)
{
	struct typed *t = arg;
	BUF_AUTO out = BUF(400);
	for (const char *const *p = t->pairs; p && *p; p += 2)
		if (strcmp(p[0], name) == 0)
			return str_c(p[1]);
	for (size_t i = 0; field_at(i); i++) {
		const struct field *f = field_at(i);
		size_t n = strlen(f->path);
		if (strcmp(f->path, name) == 0) {
			field_raw(t->terms, f, &out);
			return keep(t, &out);
		}
		if (strncmp(f->path, name, n) == 0 && name[n] == '.' && (f->kind == FIELD_SET || f->kind == FIELD_ROWS))
			return part_of(t, f, name + n + 1);
	}
	return (struct str){NULL, 0};
}

/* The draft's terms after the form was sent with these answers. */
static struct buf fill(const struct draft *draft, const char *const *pairs)
{
	struct buf out = BUF(AGREEMENT_FILE_MAX);
	json_t *file = json_loadb(draft->file_json.at, draft->file_json.n, 0, NULL);
	json_t *terms = json_object_get(file, "terms"), *before = json_deep_copy(terms);
	static struct typed typed;
	typed = (struct typed){.terms = before, .pairs = pairs};
	assert_int_equal(field_take_all(terms, draft->number, &(struct field_source){typed_get, &typed}, &engine_err), RC_OK);
	char *text = json_dumps(file, JSON_INDENT(1));
	buf_addz(&out, text);
	free(text);
	json_decref(before);
	json_decref(file);
	return out;
}

static enum rc save(struct office *o, struct draft draft, const char *const *pairs)
{
	struct buf text = fill(&draft, pairs);
	draft.file_json = buf_str(&text);
	enum rc rc = draft_save(o->tx, &draft, S("admin"), NOW, &engine_err);
	buf_free(&text);
	return rc;
}

static struct draft draft_of(struct office *o, int64_t id)
{
	struct draft draft;
	OK(draft_get(o->tx, id, &draft, &engine_err));
	return draft;
}

static const char *const first_version[] = {"pks.number",
                                            "470/1/PKS",
                                            "pks.signed_on",
                                            "2025-05-20",
                                            "juknis.number",
                                            "470/1/JUKNIS",
                                            "juknis.signed_on",
                                            "2025-05-20",
                                            "ministry_approval",
                                            "470/1/DITJEN",
                                            "begin",
                                            "2025-05-20",
                                            "end",
                                            "2027-05-20",
                                            "parties.provider.office",
                                            "Dinas Dukcapil Contoh",
                                            "parties.provider.address",
                                            "Jalan Contoh 1",
                                            "parties.provider.signer_position",
                                            "Kepala Dinas",
                                            "parties.instansi.office",
                                            "Badan Contoh",
                                            "parties.instansi.address",
                                            "Jalan Contoh 2",
                                            "parties.instansi.signer_position",
                                            "Kepala Badan",
                                            "allow",
                                            "192.0.2.0/24\r\n2001:db8::/32\r\n",
                                            "contacts.0.side",
                                            "provider",
                                            "contacts.0.name",
                                            "Petugas Satu",
                                            "contacts.0.position",
                                            "Admin",
                                            "contacts.0.phone",
                                            "0",
                                            "contacts.0.email",
                                            "a@b.example",
                                            "contacts.3.side",
                                            "instansi",
                                            "contacts.3.name",
                                            "Petugas Dua",
                                            "contacts.3.position",
                                            "Kasi",
                                            "contacts.3.phone",
                                            "1",
                                            "contacts.3.email",
                                            "c@d.example",
                                            "network.provider",
                                            "Penyedia",
                                            "network.letter.number",
                                            "555/1",
                                            "network.letter.signed_on",
                                            "2025-05-20",
                                            "data_balikan.id_lembaga",
                                            "010003",
                                            "data_balikan.nama_lembaga",
                                            "Badan Contoh",
                                            NULL};

/* A first version from an empty form to a version in force, through the form alone. */
static void check_a_first_version_from_the_form(struct engine *engine)
{
	struct office o = office_open(engine);
	struct shape_complaints wrong;
	struct applied applied;
	int64_t id;
	OK(instansi_add(o.tx, S("BADAN"), S("Badan Contoh"), NOW, &id, &engine_err));
	OK(draft_begin(o.tx, id, S("admin"), NOW, &engine_err));
	struct draft draft = draft_of(&o, id);
	assert_int_equal(draft.number, 1);
	OK(agreement_file_complaints(draft.file_json, &wrong, &engine_err));
	assert_true(wrong.n >= 10); /* all of what is missing, not only the first */
	OK(save(&o, draft, first_version));
	draft = draft_of(&o, id);
	assert_int_equal(draft.rev, 2);
	OK(agreement_file_complaints(draft.file_json, &wrong, &engine_err));
	if (wrong.n)
		fail_msg("%s: %s", wrong.at[0].path, wrong.at[0].words);
	OK(draft_record(o.tx, id, draft.rev, S("admin"), false, NOW, &applied, &engine_err));
	assert_int_equal(applied.version_number, 1);
	struct standing s = office_standing(&o, id, NOW);
	assert_int_equal(s.state, INSTANSI_ACTIVE);
	assert_int_equal(s.terms->allow_n, 2);
	assert_int_equal(s.terms->contacts_n, 2);
	assert_int_equal(s.terms->elements, ELEMENT_SET_BASE);
	assert_int_equal(s.terms->methods[METHOD_PORTAL].quota_before_poc, 200);
	assert_int_equal(s.terms->methods[METHOD_PORTAL].quota_after_poc, -1);
	assert_false(s.terms->methods[METHOD_CALL_NIK].granted);
	assert_str(s.terms->instansi_position, "Kepala Badan");
	assert_int_equal(draft_get(o.tx, id, &draft, &engine_err), RC_ABSENT);
	office_close(&o);
}
EACH(a_first_version_from_the_form)

/* What the form cannot take is named, with its field. */
static void check_mistakes_stand_beside_their_field(struct engine *engine)
{
	static const struct {
		const char *name, *text, *field;
	} rows[] = {
	        {"end", "2025-05-19", "end"},
	        {"begin", "20-05-2025", "begin"},
	        {"allow", "192.0.2.0/24\n192.0.2.1/24", "allow"},
	        {"allow", "0.0.0.0/0", "allow"},
	        {"methods.portal.quota_before_poc", "banyak", "methods.portal.quota_before_poc"},
	        {"methods.portal.quota_before_poc", "-7", "methods.portal.quota_before_poc"},
	        {"network.cost_borne_by", "orang lain", "network.cost_borne_by"},
	        {"contacts.0.email", "", "contacts"},
	        {"applications.0.code", "Aplikasi", "applications"},
	        {"addendum.ground", "P1", "addendum.ground"},
	        {"addendum.number", "", "addendum.number"},
	};
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *pairs[] = {"addendum.number",
		                       "1/ADENDUM",
		                       "addendum.signed_on",
		                       "2026-11-24",
		                       "addendum.subject",
		                       "Perubahan",
		                       NULL,
		                       NULL,
		                       NULL};
		struct shape_complaints wrong;
		char name[80];
		bool named = false;
		OK(draft_begin(o.tx, id, S("admin"), NOW, &engine_err));
		memmove(pairs + 2, pairs, 6 * sizeof *pairs); /* the row's answer stands first, and wins */
		pairs[0] = rows[i].name;
		pairs[1] = rows[i].text;
		OK(save(&o, draft_of(&o, id), pairs));
		OK(agreement_file_complaints(draft_of(&o, id).file_json, &wrong, &engine_err));
		for (size_t k = 0; k < wrong.n; k++) {
			const struct field *field = field_of_path(wrong.at[k].path, name);
			named = named || (field && strcmp(field->path, rows[i].field) == 0);
		}
		if (!named)
			fail_msg("%s = %s is not complained about (but %s: %s)", rows[i].name, rows[i].text,
			         wrong.n ? wrong.at[0].path : "nothing", wrong.n ? wrong.at[0].words : "");
		struct applied applied;
		OK(tx_savepoint(o.tx, &engine_err));
		assert_int_equal(draft_record(o.tx, id, draft_of(&o, id).rev, S("admin2"), false, NOW, &applied, &engine_err),
		                 RC_INVALID);
		OK(tx_undo(o.tx, &engine_err));
		OK(draft_drop(o.tx, id, draft_of(&o, id).rev, &engine_err));
	}
	office_close(&o);
}
EACH(mistakes_stand_beside_their_field)

static const char *const addendum[] = {"addendum.number",
                                       "1/ADENDUM",
                                       "addendum.signed_on",
                                       "2026-11-24",
                                       "addendum.ground",
                                       "J.II.C",
                                       "addendum.subject",
                                       "Pembukaan web service",
                                       "methods.CALL_NIK.granted",
                                       "1",
                                       "methods.CALL_NIK.quota_before_poc",
                                       "1000",
                                       "methods.CALL_NIK.quota_after_poc",
                                       "",
                                       "begin",
                                       "2026-12-01",
                                       NULL};

/* P9.2: an addendum shows what it changes, and may begin on a later day. */
static void check_p92_an_addendum_and_what_it_changes(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct day from = day_from_ymd(2026, 12, 1);
	struct applied applied;
	struct str before, after;
	struct change *changes;
	size_t n;
	OK(draft_begin(o.tx, id, S("admin"), NOW, &engine_err));
	OK(save(&o, draft_of(&o, id), addendum));
	assert_int_equal(draft_record(o.tx, id, draft_of(&o, id).rev, S("admin"), true, NOW, &applied, &engine_err), RC_REFUSED);
	OK(draft_record(o.tx, id, draft_of(&o, id).rev, S("admin2"), true, NOW, &applied, &engine_err));
	assert_int_equal(applied.version_number, 2);
	assert_int_equal(office_standing(&o, id, NOW).version_number, 1); /* scheduled */
	assert_int_equal(office_standing(&o, id, day_begin_us(from) - 1).version_number, 1);
	struct standing s = office_standing(&o, id, day_begin_us(from));
	assert_int_equal(s.version_number, 2);
	assert_true(s.terms->methods[METHOD_CALL_NIK].granted);
	assert_str(s.terms->addendum_ground, "J.II.C");
	OK(agreement_terms_json(o.tx, id, 1, &before, &engine_err));
	OK(agreement_terms_json(o.tx, id, 2, &after, &engine_err));
	OK(change_list(before, after, tx_arena(o.tx), &changes, &n, &engine_err));
	assert_int_equal(n, 8); /* four of the addendum, begin, granted, two quotas */
	bool granted = false, limit = false;
	for (size_t i = 0; i < n; i++) {
		granted = granted || (strcmp(changes[i].label, "Web service data diberikan") == 0 &&
		                      str_eq(changes[i].before, S("tidak")) && str_eq(changes[i].after, S("ya")));
		limit = limit || (strcmp(changes[i].label, "Web service data: kuota sesudah PoC") == 0 &&
		                  str_eq(changes[i].before, S("0")) && str_eq(changes[i].after, S("tanpa batas")));
	}
	assert_true(granted && limit);
	OK(change_list(after, after, tx_arena(o.tx), &changes, &n, &engine_err));
	assert_int_equal(n, 0);
	struct version *versions;
	OK(agreement_versions(o.agreement, o.tx, id, &versions, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(versions[0].number, 2);
	assert_int_equal(versions[0].begin.n, from.n);
	office_close(&o);
}
EACH(p92_an_addendum_and_what_it_changes)

/* P4: nothing but a renewal outlives the term. */
static void check_p4_only_a_renewal_reaches_beyond_the_term(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct applied applied;
	const char *pairs[LEN(addendum) + 2] = {"end", "2029-05-19"};
	memcpy(pairs + 2, addendum, sizeof addendum);
	OK(draft_begin(o.tx, id, S("admin"), NOW, &engine_err));
	OK(save(&o, draft_of(&o, id), pairs));
	OK(tx_savepoint(o.tx, &engine_err));
	assert_int_equal(draft_record(o.tx, id, draft_of(&o, id).rev, S("admin"), false, NOW, &applied, &engine_err), RC_CONFLICT);
	OK(tx_undo(o.tx, &engine_err));
	const char *renewal[LEN(pairs) + 2] = {"addendum.ground", "P4"};
	memcpy(renewal + 2, pairs, sizeof pairs);
	OK(save(&o, draft_of(&o, id), renewal));
	OK(draft_record(o.tx, id, draft_of(&o, id).rev, S("admin"), false, NOW, &applied, &engine_err));
	assert_false(office_standing(&o, id, day_begin_us(day_from_ymd(2029, 5, 19))).term_over);
	office_close(&o);
}
EACH(p4_only_a_renewal_reaches_beyond_the_term)

/* Two people at once: whoever comes second is told, and nothing of his is half done. */
static void check_two_people_at_one_draft(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct applied applied;
	OK(draft_begin(o.tx, id, S("admin"), NOW, &engine_err));
	assert_int_equal(draft_begin(o.tx, id, S("admin2"), NOW, &engine_err), RC_CONFLICT);
	struct draft seen = draft_of(&o, id);
	OK(save(&o, seen, addendum));
	assert_int_equal(save(&o, seen, addendum), RC_CONFLICT);
	assert_int_equal(draft_drop(o.tx, id, seen.rev, &engine_err), RC_CONFLICT);
	assert_int_equal(draft_record(o.tx, id, seen.rev, S("admin2"), false, NOW, &applied, &engine_err), RC_CONFLICT);
	OK(draft_record(o.tx, id, draft_of(&o, id).rev, S("admin2"), false, NOW, &applied, &engine_err));
	assert_int_equal(draft_record(o.tx, id, 2, S("admin"), false, NOW, &applied, &engine_err), RC_CONFLICT);
	OK(draft_begin(o.tx, id, S("admin"), NOW, &engine_err));
	OK(draft_drop(o.tx, id, 1, &engine_err));
	office_close(&o);
}
EACH(two_people_at_one_draft)

/* A file goes in as a draft and comes out with the same bytes. */
static void check_import_and_export_give_the_same_bytes(struct engine *engine)
{
	struct office o = office_open(engine);
	struct buf file = office_sample("bpbd", NULL);
	BUF_AUTO out = BUF(AGREEMENT_FILE_MAX);
	struct applied applied;
	int64_t id;
	OK(instansi_add(o.tx, S("BPBD"), S("Badan Penanggulangan Bencana Daerah Kabupaten Contoh"), NOW, &id, &engine_err));
	OK(draft_import(o.tx, id, buf_str(&file), S("admin"), NOW, &engine_err));
	OK(draft_record(o.tx, id, 1, S("admin"), false, NOW, &applied, &engine_err));
	OK(agreement_export(o.tx, id, 1, &out, &engine_err));
	assert_true(str_eq(buf_str(&out), buf_str(&file)));
	assert_int_equal(draft_import(o.tx, id, buf_str(&file), S("admin"), NOW, &engine_err), RC_CONFLICT);
	assert_int_equal(draft_import(o.tx, id, S("{"), S("admin"), NOW, &engine_err), RC_INVALID);
	buf_free(&file);
	file = office_sample("dinkes", NULL);
	assert_int_equal(draft_import(o.tx, id, buf_str(&file), S("admin"), NOW, &engine_err), RC_INVALID); /* another's */
	buf_free(&file);
	office_close(&o);
}
EACH(import_and_export_give_the_same_bytes)

/* J.II.D: a new application reopens the quota of its method until its own PoC. */
static void check_jiid_a_new_application_needs_its_own_poc(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "dinkes", NULL).instansi_id;
	struct applied applied;
	const char *const pairs[] = {"addendum.number",
	                             "2/ADENDUM",
	                             "addendum.signed_on",
	                             "2026-11-20",
	                             "addendum.ground",
	                             "J.II.D",
	                             "addendum.subject",
	                             "Aplikasi baru",
	                             "applications.0.code",
	                             "siaga",
	                             "applications.0.name",
	                             "Aplikasi Siaga",
	                             "applications.0.method",
	                             "portal",
	                             NULL};
	assert_true(office_standing(&o, id, NOW).poc_passed[METHOD_PORTAL]);
	OK(draft_begin(o.tx, id, S("admin"), NOW, &engine_err));
	OK(save(&o, draft_of(&o, id), pairs));
	OK(draft_record(o.tx, id, draft_of(&o, id).rev, S("admin"), false, NOW, &applied, &engine_err));
	struct standing s = office_standing(&o, id, NOW);
	assert_int_equal(s.terms->applications_n, 1);
	assert_false(s.poc_passed[METHOD_PORTAL]);
	struct paper paper = {.kind = PAPER_POC,
	                      .instansi_id = id,
	                      .subject = S("siaga"),
	                      .number = S("POC/9"),
	                      .signer = S("Kepala Dinas"),
	                      .signed_on = day_of_us(NOW)};
	OK(paper_file(o.tx, &paper, NOW, &engine_err));
	assert_true(office_standing(&o, id, NOW).poc_passed[METHOD_PORTAL]);
	assert_false(office_standing(&o, id, NOW - 2 * US_PER_DAY).poc_passed[METHOD_PORTAL] &&
	             office_standing(&o, id, NOW - 2 * US_PER_DAY).version_number == 2);
	office_close(&o);
}
EACH(jiid_a_new_application_needs_its_own_poc)

/* A paper the agency files opens nothing until the provider accepts it; one decision. */
static void check_filed_papers_wait(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id, all, waiting;
	struct paper nda = {.kind = PAPER_NDA,
	                    .instansi_id = id,
	                    .subject = S("Operator9"),
	                    .number = S("NDA/9"),
	                    .signer = S("Operator Sembilan"),
	                    .signed_on = FIRST,
	                    .scan_id = 7},
	             *page, found;
	struct paper_page ask = {.instansi_id = id, .kind = PAPER_NDA, .most = 50};
	bool valid;
	size_t n;
	OK(paper_submit(o.tx, &nda, S("kepala"), NOW, &engine_err));
	OK(paper_valid(o.tx, id, PAPER_NDA, S("operator9"), day_of_us(NOW), &valid, &engine_err));
	assert_false(valid);
	OK(paper_waiting(o.tx, id, &waiting, &engine_err));
	assert_int_equal(waiting, 1);
	OK(paper_page(o.tx, &ask, &page, &n, &all, &engine_err));
	assert_int_equal(page[0].state, PAPER_FILED); /* what waits stands first */
	assert_str(page[0].filed_by, "kepala");
	int64_t paper_id = page[0].paper_id;
	assert_int_equal(paper_decide(o.tx, &(struct paper_decision){paper_id, NOW, false, S(""), S("admin")}, &engine_err),
	                 RC_INVALID);
	OK(paper_decide(o.tx, &(struct paper_decision){paper_id, NOW, false, S("Meterai tidak ada"), S("admin")}, &engine_err));
	assert_int_equal(paper_decide(o.tx, &(struct paper_decision){paper_id, NOW, true, S(""), S("admin2")}, &engine_err),
	                 RC_CONFLICT);
	OK(paper_submit(o.tx, &nda, S("kepala"), NOW, &engine_err)); /* again, mended */
	OK(paper_decide(o.tx, &(struct paper_decision){paper_id, NOW, true, S(""), S("admin2")}, &engine_err));
	OK(paper_valid(o.tx, id, PAPER_NDA, S("operator9"), day_of_us(NOW), &valid, &engine_err));
	assert_true(valid);
	assert_int_equal(paper_submit(o.tx, &nda, S("kepala"), NOW, &engine_err), RC_CONFLICT);
	OK(paper_get(o.tx, paper_id, &found, &engine_err));
	assert_str(found.decided_by, "admin2");
	assert_int_equal(found.scan_id, 7);
	struct paper poc = {.kind = PAPER_POC,
	                    .instansi_id = id,
	                    .subject = S("portal"),
	                    .number = S("1"),
	                    .signer = S("x"),
	                    .signed_on = FIRST};
	assert_int_equal(paper_submit(o.tx, &poc, S("kepala"), NOW, &engine_err), RC_REFUSED); /* the provider's own */
	office_close(&o);
}
EACH(filed_papers_wait)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_first_version_from_the_form),
	        cmocka_unit_test(mistakes_stand_beside_their_field),
	        cmocka_unit_test(p92_an_addendum_and_what_it_changes),
	        cmocka_unit_test(p4_only_a_renewal_reaches_beyond_the_term),
	        cmocka_unit_test(two_people_at_one_draft),
	        cmocka_unit_test(import_and_export_give_the_same_bytes),
	        cmocka_unit_test(jiid_a_new_application_needs_its_own_poc),
	        cmocka_unit_test(filed_papers_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
