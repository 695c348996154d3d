/* SPDX-License-Identifier: EUPL-1.2
 * The texts of letters as data: edits are checked, counted and kept, two at once are told
 * apart, the default comes back; and what a letter gathers from the office. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "bureau.h"

static enum rc save(struct bureau *b, const char *body, int64_t seen)
{
	struct wording_edit edit = {.body = str_c(body), .seen = seen, .by = S("admin"), .now_us = NOW};
	return wording_save(b->desk.tx, LETTER_NDA, &edit, &engine_err);
}

static void check_edits_are_checked_counted_and_kept(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct wording now;
	struct wording_row *rows;
	size_t n;
	OK(wording_get(b.desk.tx, LETTER_NDA, &now, &engine_err));
	assert_false(now.edited);
	assert_int_equal(now.number, 0);
	assert_int_equal(save(&b, "{{tidak.ada}}", 0), RC_INVALID);
	assert_non_null(strstr(engine_err.what, "baris 1:"));
	OK(save(&b, "# SATU\n", 0));
	assert_int_equal(save(&b, "# LAIN\n", 0), RC_CONFLICT); /* of two who saw the same, one is told */
	OK(save(&b, "# DUA\n", 1));
	OK(wording_get(b.desk.tx, LETTER_NDA, &now, &engine_err));
	assert_str(now.body, "# DUA\n");
	OK(save(&b, "", 2)); /* the default again */
	OK(wording_get(b.desk.tx, LETTER_NDA, &now, &engine_err));
	assert_false(now.edited);
	assert_true(str_eq(now.body, letter_text(LETTER_NDA)));
	OK(wording_version(b.desk.tx, LETTER_NDA, 1, &now, &engine_err));
	assert_str(now.body, "# SATU\n");
	assert_int_equal(wording_version(b.desk.tx, LETTER_NDA, 9, &now, &engine_err), RC_ABSENT);
	OK(wording_history(b.desk.tx, LETTER_NDA, &rows, &n, &engine_err));
	assert_int_equal(n, 3);
	assert_true(rows[0].restored && rows[0].number == 3);
	bureau_close(&b);
}
EACH(edits_are_checked_counted_and_kept)

static void check_letters_gather_what_the_office_knows(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct wording_face face = {.lines = {S("Pemerintah Contoh"), S("Dinas Contoh")},
	                            .lines_n = 2,
	                            .place = S("Kota Contoh"),
	                            .signer = S("Satria Contoh"),
	                            .nip = S("")};
	struct wording_face read;
	struct letters *letters;
	struct buf pdf = BUF(LETTER_PDF_MAX);
	struct arena arena;
	bool signer = false, head = false;
	arena_init(&arena, 1 << 20);
	OK(wording_save_face(b.desk.tx, &face, S("admin"), NOW, &engine_err));
	assert_int_equal(wording_save_face(b.desk.tx, &face, S("admin2"), NOW, &engine_err), RC_CONFLICT);
	OK(wording_face(b.desk.tx, &read, &engine_err));
	assert_int_equal(read.lines_n, 2);
	assert_str(read.place, "Kota Contoh");
	struct official chief = {.instansi_id = b.bpbd,
	                         .name = S("Ratna Contoh"),
	                         .position = S("Kepala Pelaksana"),
	                         .begin = FIRST,
	                         .letter_number = S("1")};
	OK(official_add(b.desk.tx, &chief, NOW, &engine_err));
	OK(letters_begin(&b.desk, LETTER_JAWABAN, b.bpbd, &arena, &letters, &engine_err));
	letters_put(letters, "bukan.isian", S("x")); /* not a name of this letter: dropped */
	letters_put(letters, "alasan", S("Lengkap"));
	letters_put(letters, "alasan", S("Lengkap sekali")); /* the later one stands */
	const struct letter_ask *ask = letters_ask(letters);
	for (size_t i = 0; i < ask->fields_n; i++) {
		signer |= strcmp(ask->fields[i].name, "penyedia.pejabat") == 0 && str_eq(ask->fields[i].value, S("Satria Contoh"));
		head |= strcmp(ask->fields[i].name, "kepala.nama") == 0 && str_eq(ask->fields[i].value, S("Ratna Contoh"));
		if (strcmp(ask->fields[i].name, "alasan") == 0)
			assert_str(ask->fields[i].value, "Lengkap sekali");
	}
	assert_true(signer && head);
	assert_str(ask->letterhead[1], "Dinas Contoh");
	OK(letter_write(ask, &pdf, &engine_err));
	assert_memory_equal(pdf.at, "%PDF-", 5);
	buf_free(&pdf);
	arena_free(&arena);
	bureau_close(&b);
}
EACH(letters_gather_what_the_office_knows)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(edits_are_checked_counted_and_kept),
	        cmocka_unit_test(letters_gather_what_the_office_knows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
