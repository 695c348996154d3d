/* SPDX-License-Identifier: EUPL-1.2
 * Kejadian: opened with place and note, closed, kept in the archive (issue: old ones are
 * archived with their figures). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

static int64_t open_one(struct office *o, int64_t id, const char *name, struct day on)
{
	int64_t kejadian;
	struct kejadian k = {
	        .instansi_id = id, .jenis = S("Tanah longsor"), .name = str_c(name), .place = S("Desa Contoh"), .on = on};
	OK(kejadian_open(o->tx, &k, NOW, &kejadian, &engine_err));
	return kejadian;
}

static void check_kejadian_open_and_close(struct engine *engine)
{
	struct office o = office_open(engine);
	struct kejadian k, *list;
	size_t n;
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id, other = office_apply(&o, "dinkes", NULL).instansi_id;
	int64_t first = open_one(&o, id, " Longsor Contoh ", FIRST), second = open_one(&o, id, "Longsor kedua", day_of_us(NOW));
	OK(kejadian_get(o.tx, id, first, &k, &engine_err));
	assert_str(k.name, "Longsor Contoh");
	assert_str(k.jenis, "Tanah longsor");
	assert_str(k.place, "Desa Contoh");
	assert_int_equal(k.on.n, FIRST.n);
	assert_true(k.open && k.opened_us == NOW && k.closed_us == 0);
	assert_str(k.note, "");
	assert_int_equal(kejadian_get(o.tx, other, first, &k, &engine_err), RC_ABSENT);
	assert_int_equal(kejadian_close(o.tx, other, first, NOW, &engine_err), RC_ABSENT);
	OK(kejadian_close(o.tx, id, second, NOW, &engine_err));
	assert_int_equal(kejadian_close(o.tx, id, second, NOW, &engine_err), RC_ABSENT);
	OK(kejadian_list(o.tx, id, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].kejadian_id, first); /* open ones first */
	assert_true(!list[1].open && list[1].closed_us == NOW);
	struct kejadian_key keys[] = {{id, second}, {other, first}, {id, first}};
	struct kejadian found_k[3];
	bool found[3];
	OK(kejadian_find(o.tx, keys, 3, found_k, found, &engine_err));
	assert_true(found[0] && !found[1] && found[2]);
	assert_false(found_k[0].open);
	office_close(&o);
}

static void check_bad_kejadian_are_refused(struct engine *engine)
{
	struct office o = office_open(engine);
	char long_text[KEJADIAN_NOTE_MAX + 1];
	int64_t kejadian, id = office_apply(&o, "bpbd", NULL).instansi_id;
	memset(long_text, 'x', sizeof long_text);
	const struct kejadian rows[] = {
	        {.jenis = S("banjir"), .name = S("x"), .place = S("x")},
	        {.jenis = S("Banjir"), .name = S(" "), .place = S("x")},
	        {.jenis = S("Banjir"), .name = S("x"), .place = S("")},
	        {.jenis = S("Banjir"), .name = str_from(long_text, 121), .place = S("x")},
	        {.jenis = S("Banjir"), .name = S("x\ny"), .place = S("x")},
	        {.jenis = S("Banjir"), .name = S("x"), .place = S("\xff")},
	        {.jenis = S("Banjir"), .name = S("x"), .place = S("x"), .on = {day_of_us(NOW).n + 1}},
	        {.jenis = S("Banjir"), .name = S("x"), .place = S("x"), .note = str_from(long_text, KEJADIAN_NOTE_MAX + 1)},
	        {.jenis = S("Banjir"), .name = S("x"), .place = S("x"), .note = S("x\ny")},
	        {.jenis = S("Banjir"), .name = S("x"), .place = S("x"), .note = S("korban 330406.010190-9999")},
	        {.jenis = S("Banjir"), .name = S("3304060101909999"), .place = S("x")},
	        {.jenis = S("Banjir"), .name = S("=1+1"), .place = S("x")},
	        {.jenis = S("Banjir"), .name = S("Banjir, =HYPERLINK(\"x\")"), .place = S("x")},
	        {.jenis = S("Banjir"), .name = S("x"), .place = S("Desa Satu;-2+3")},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct kejadian k = rows[i];
		k.instansi_id = id;
		assert_int_equal(kejadian_open(o.tx, &k, NOW, &kejadian, &engine_err), RC_INVALID);
	}
	office_close(&o);
}

static void check_a_note_is_kept(struct engine *engine)
{
	struct office o = office_open(engine);
	char note[KEJADIAN_NOTE_MAX];
	struct kejadian k, *list;
	size_t n;
	int64_t kejadian, id = office_apply(&o, "bpbd", NULL).instansi_id;
	memset(note, 'x', sizeof note);
	note[0] = ' ';
	struct kejadian fresh = {.instansi_id = id, .jenis = S("Banjir"), .name = S("x"), .place = S("x"), .on = FIRST,
	                         .note = str_from(note, sizeof note)};
	OK(kejadian_open(o.tx, &fresh, NOW, &kejadian, &engine_err));
	OK(kejadian_get(o.tx, id, kejadian, &k, &engine_err));
	assert_true(str_eq(k.note, str_from(note + 1, sizeof note - 1)));
	OK(kejadian_list(o.tx, id, &list, &n, &engine_err));
	assert_true(str_eq(list[0].note, k.note));
	office_close(&o);
}

/* The archive reaches further than the list, and shows nobody else's. */
static void check_the_archive(struct engine *engine)
{
	struct office o = office_open(engine);
	struct kejadian_archive page;
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id, other = office_apply(&o, "dinkes", NULL).instansi_id;
	OK(kejadian_archive(o.tx, id, 0, 50, &page, &engine_err));
	assert_true(page.n == 0 && page.all == 0);
	open_one(&o, id, "Terbuka", FIRST);
	OK(kejadian_close(o.tx, other, open_one(&o, other, "Lain", FIRST), NOW, &engine_err));
	for (int i = 0; i < 205; i++) {
		struct buf name = BUF(40);
		buf_addf(&name, "Kejadian %d%c", i, 0);
		OK(kejadian_close(o.tx, id, open_one(&o, id, name.at, FIRST), NOW + i, &engine_err));
		buf_free(&name);
	}
	OK(kejadian_archive(o.tx, id, 0, KEJADIAN_PAGE_MAX, &page, &engine_err));
	assert_true(page.n == KEJADIAN_PAGE_MAX && page.all == 205);
	assert_str(page.at[0].name, "Kejadian 204");
	assert_int_equal(page.at[0].closed_us, NOW + 204);
	OK(kejadian_archive(o.tx, id, KEJADIAN_PAGE_MAX, 50, &page, &engine_err));
	assert_int_equal(page.n, 5);
	assert_str(page.at[4].name, "Kejadian 0");
	assert_int_equal(kejadian_archive(o.tx, id, -1, 50, &page, &engine_err), RC_INVALID);
	assert_int_equal(kejadian_archive(o.tx, id, 0, KEJADIAN_PAGE_MAX + 1, &page, &engine_err), RC_INVALID);
	office_close(&o);
}

/* Part by part behind the last one seen: whatever is opened or closed meanwhile, none comes
 * twice, none that was there is left out, and nobody else's comes. */
static void check_parts(struct engine *engine)
{
	struct office o = office_open(engine);
	struct kejadian *list;
	size_t n, all = 0;
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id, other = office_apply(&o, "dinkes", NULL).instansi_id;
	int64_t ids[7];
	for (size_t i = 0; i < LEN(ids); i++) {
		ids[i] = open_one(&o, id, "Banjir", FIRST);
		open_one(&o, other, "Lain", FIRST);
	}
	OK(kejadian_close(o.tx, id, ids[5], NOW, &engine_err));
	struct kejadian_before_ask ask = {.instansi_id = id, .which = KEJADIAN_ANY, .before = INT64_MAX, .most = 2};
	for (;;) {
		OK(kejadian_before(o.tx, &ask, &list, &n, &engine_err));
		for (size_t i = 0; i < n; i++, all++)
			assert_int_equal(list[i].kejadian_id, ids[LEN(ids) - 1 - all]);
		if (n == 0)
			break;
		ask.before = list[n - 1].kejadian_id;
		open_one(&o, id, "Baru", FIRST);
		if (all == 2)
			OK(kejadian_close(o.tx, id, ids[3], NOW, &engine_err));
	}
	assert_int_equal(all, LEN(ids));
	ask = (struct kejadian_before_ask){.instansi_id = id, .which = KEJADIAN_CLOSED, .before = INT64_MAX, .most = 201};
	OK(kejadian_before(o.tx, &ask, &list, &n, &engine_err));
	assert_true(n == 2 && list[0].kejadian_id == ids[5] && list[1].kejadian_id == ids[3] && !list[0].open);
	ask.which = KEJADIAN_OPEN;
	ask.before = ids[4];
	OK(kejadian_before(o.tx, &ask, &list, &n, &engine_err));
	assert_true(n == 3 && list[0].kejadian_id == ids[2] && list[0].open);
	ask.most = KEJADIAN_BEFORE_MAX + 1;
	assert_int_equal(kejadian_before(o.tx, &ask, &list, &n, &engine_err), RC_INVALID);
	office_close(&o);
}

/* What an office of before notes held. */
#define OLD_ROWS                                                                                                                   \
	"INSERT INTO instansi (instansi_id, code, name, name_key, state, made_us, state_us, last_day) "                            \
	"VALUES (71, 'LAMA', 'Lama', 'lama', 'active', 1, 1, 0); "                                                                 \
	"INSERT INTO kejadian (kejadian_id, instansi_id, jenis, name, place, on_day, is_open, opened_us, closed_us) "              \
	"VALUES (81, 71, 'Banjir', 'Banjir lama', 'Desa Contoh', 20000, 0, 5, 9)"
static const struct migration old_rows = {1, OLD_ROWS, OLD_ROWS};

static void check_older_offices(struct engine *engine)
{
	const struct schema before = {agreement_schema.room, agreement_schema.steps, 2}, rows = {"lama", &old_rows, 1};
	const struct schema *old[] = {&before, &rows}, *new[] = {&agreement_schema, &rows};
	struct kejadian_archive page;
	struct tx *tx;
	OK(store_migrate(engine->store, old, LEN(old), NOW, &engine_err));
	OK(store_migrate(engine->store, new, LEN(new), NOW, &engine_err));
	OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	OK(kejadian_archive(tx, 71, 0, 50, &page, &engine_err));
	assert_int_equal(page.n, 1);
	assert_str(page.at[0].name, "Banjir lama");
	assert_str(page.at[0].note, "");
	assert_true(page.at[0].opened_us == 5 && page.at[0].closed_us == 9);
	tx_rollback(&tx);
}

static void the_kinds_of_disaster(void **state)
{
	(void)state;
	size_t n = 0;
	while (kejadian_jenis_at(n))
		n++;
	assert_int_equal(n, 14);
	assert_string_equal(kejadian_jenis_at(0), "Banjir");
	assert_string_equal(kejadian_jenis_at(6), "Gelombang pasang / Abrasi");
	assert_string_equal(kejadian_jenis_at(13), "Lainnya");
}

EACH(kejadian_open_and_close)
EACH(bad_kejadian_are_refused)
EACH(a_note_is_kept)
EACH(the_archive)
EACH(older_offices)
EACH(parts)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(kejadian_open_and_close), cmocka_unit_test(bad_kejadian_are_refused),
	        cmocka_unit_test(a_note_is_kept),          cmocka_unit_test(the_archive),
	        cmocka_unit_test(older_offices),           cmocka_unit_test(the_kinds_of_disaster),
	        cmocka_unit_test(parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
