/* SPDX-License-Identifier: EUPL-1.2
 * web/print.c - see print.h. */
#include "web/print.h"

#include "procedure/letters.h"
#include "web/request_form.h"

struct print {
	struct letters *letters;
	struct str filename;
};

void print_add(struct visit *v, const char *name, struct str value)
{
	const struct print *p = v->own;
	letters_put(p->letters, name, value);
}

enum rc print_begin(struct visit *v, enum letter letter, int64_t instansi_id, const struct user *user, struct err *err)
{
	struct instansi_row agency;
	struct desk desk = request_desk(v);
	struct print *p = ARENA_NEW(v->arena, struct print);
	if (!p)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = p;
	TRY(instansi_get(v->tx, instansi_id, &agency, err));
	TRY(letters_begin(&desk, letter, instansi_id, v->arena, &p->letters, err));
	if (user) {
		print_add(v, "pengguna.nama", user->holder);
		print_add(v, "pengguna.jabatan", user->position);
		print_add(v, "pengguna.user_id", user->user_id);
	}
	struct str whose = user ? user->user_id : agency.code;
	p->filename = arena_printf(v->arena, "%s-%.*s.pdf", letter_at(letter)->key, STR_ARG(whose));
	return RC_OK;
}

enum rc print_after(struct visit *v, struct err *err)
{
	const struct print *p = v->own;
	const struct letter_ask *ask = letters_ask(p->letters);
	BUF_AUTO out = BUF(LETTER_PDF_MAX);
	if (!ask || v->arena->broken)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	enum rc rc = letter_write(ask, &out, err);
	if (rc == RC_INVALID || rc == RC_LIMIT) /* what the office holds does not fit the letter: no fault of the visitor */
		return FAIL(err, RC_BROKEN, "Naskah tidak dapat disusun.");
	TRY(rc);
	visit_file(v, "application/pdf", p->filename, &out);
	return RC_OK;
}
