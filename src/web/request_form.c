/* SPDX-License-Identifier: EUPL-1.2
 * web/request_form.c - see request_form.h. What was typed stays in the fields after a
 * refusal; a file a browser must choose again, and the page says so. */
#include "web/request_form.h"

#include "gate/one_time.h"
#include "gate/strip.h"
#include "gate/upload.h"
#include "web/asks.page.h"
#include "web/words.h"

#define FILES 2
static const char *const file_names[FILES] = {"berkas", "kajian"};

/* From `slow` to `page`. */
struct parts {
	const struct upload *uploads[FILES];
	struct str scans[FILES]; /* numbers, once filed */
	void *one_time;
};

struct desk request_desk(const struct visit *v)
{
	return (struct desk){v->tx, gate_agreement(v), visit_office_key(v), v->now_us, visit_two_persons(v)};
}

struct request_actor request_actor(const struct visit *v)
{
	return (struct request_actor){principal_user_id(v->who), principal_role(v->who), principal_instansi(v->who)};
}

/* ---- before the tray ---- */

enum rc request_form_slow(struct visit *v, bool password, struct err *err)
{
	struct parts *parts = ARENA_NEW(v->arena, struct parts);
	if (!parts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < FILES; i++)
		TRY(upload_take(v, file_names[i], &parts->uploads[i], err));
	if (password) {
		TRY(one_time_slow(v, err));
		parts->one_time = v->own;
	}
	v->own = parts;
	return RC_OK;
}

struct str request_form_hash(const struct visit *v, struct str *ret_password)
{
	const struct parts *parts = v->own;
	struct visit whole = *v;
	*ret_password = S("");
	if (!parts->one_time)
		return S("");
	whole.own = parts->one_time;
	struct one_time made = one_time_take(&whole);
	*ret_password = made.password;
	return made.hash;
}

/* ---- from the form to the room ---- */

static struct str worded(void *arg, const char *name)
{
	struct visit *v = arg;
	return http_form(v->rq, name);
}

struct ask_source request_form_words(struct visit *v)
{
	return (struct ask_source){worded, v};
}

static struct str typed(void *arg, const char *name)
{
	struct visit *v = arg;
	struct parts *parts = v->own;
	for (size_t i = 0; i < FILES; i++)
		if (strcmp(name, file_names[i]) == 0)
			return parts->scans[i];
	return worded(v, name);
}

static enum rc file_one(struct visit *v, size_t i, int64_t instansi_id, struct ask_flaws *flaws, struct err *err)
{
	int64_t id;
	struct parts *parts = v->own;
	const struct upload *upload = parts->uploads[i];
	if (!upload || !upload->chosen)
		return RC_OK;
	enum rc rc = upload_file(v, upload, instansi_id, &id, err);
	if (rc == RC_INVALID || rc == RC_LIMIT || rc == RC_ABSENT)
		return err_same(RC_OK, ask_flaw(flaws, file_names[i], err, "%s", words_sentence(v->arena, err->what).at));
	TRY(rc);
	parts->scans[i] = arena_printf(v->arena, "%lld", (long long)id);
	return RC_OK;
}

struct ask_source request_form_source(struct visit *v)
{
	return (struct ask_source){typed, v};
}

enum rc request_form_file(struct visit *v, const struct ask *asks, int64_t instansi_id, struct ask_flaws *flaws, struct err *err)
{
	for (size_t i = 0; i < FILES; i++)
		if (ask_find(asks, str_c(file_names[i])))
			TRY(file_one(v, i, instansi_id, flaws, err));
	return RC_OK;
}

/* ---- drawing ---- */

static struct str flaw_of(struct visit *v, const struct ask_flaws *flaws, const char *name)
{
	for (size_t i = 0; flaws && i < flaws->n; i++)
		if (strcmp(flaws->at[i].name, name) == 0)
			return words_sentence(v->arena, flaws->at[i].words);
	return S("");
}

struct str request_form_problem(struct visit *v, const struct ask_flaws *flaws)
{
	return flaw_of(v, flaws, "");
}

/* Before anything was typed. */
static struct str preset(struct visit *v, const struct request_form *form, const struct ask *ask)
{
	struct str said = {NULL, 0};
	bool own = strcmp(ask->name, "nomor") == 0 || strcmp(ask->name, "tanggal") == 0 || ask->type == ASK_LINES;
	for (size_t i = 0; !own && i < form->steps_n; i++) {
		struct str value = request_step_value(&form->steps[i], ask->name);
		said = value.n ? value : said;
	}
	if (said.n)
		return said;
	if (ask->preset)
		return str_c(ask->preset);
	bool now = ask->type == ASK_DAY && ask->when == ASK_PAST && ask->required;
	return now ? arena_str(v->arena, str_c(day_iso(day_of_us(v->now_us)).z)) : S("");
}

static enum rc put_options(struct visit *v, const struct request_form *form, const struct ask *ask, struct page_asks_ask *field,
                           struct err *err)
{
	struct desk desk = request_desk(v);
	struct choice_row *rows;
	size_t n;
	TRY(choice_list(&desk, form->instansi_id, ask->choice, &rows, &n, err));
	field->options = ARENA_ARRAY(tx_arena(v->tx), n + 1, struct page_asks_option);
	if (!field->options)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	field->options_n = n;
	for (size_t i = 0; i < n; i++)
		field->options[i] = (struct page_asks_option){rows[i].key, rows[i].label, str_eq(rows[i].key, field->value)};
	return RC_OK;
}

static struct str described(struct visit *v, const struct page_asks_ask *field)
{
	if (field->hint.n && field->problem.n)
		return arena_printf(v->arena, "%.*s-h %.*s-e", STR_ARG(field->id), STR_ARG(field->id));
	if (field->hint.n || field->problem.n)
		return arena_printf(v->arena, "%.*s-%c", STR_ARG(field->id), field->hint.n ? 'h' : 'e');
	return S("");
}

static enum rc put_field(struct visit *v, const struct request_form *form, const struct ask *ask, struct page_asks_ask *ret,
                         struct err *err)
{
	enum ask_type type = ask->type;
	*ret = (struct page_asks_ask){
	        .id = arena_printf(v->arena, "%s-%s", form->prefix, ask->name),
	        .name = str_c(ask->name),
	        .label = str_c(ask->label),
	        .hint = str_c(ask->hint),
	        .problem = flaw_of(v, form->flaws, ask->name),
	        .value = form->flaws ? http_form(v->rq, ask->name) : preset(v, form, ask),
	        .max = ask->max ? ask->max : 40,
	        .required = ask->required,
	        .lines = type == ASK_LINES || type == ASK_CONTACTS,
	        .day = type == ASK_DAY,
	        .number = type == ASK_INT || type == ASK_NIK || type == ASK_NIP,
	        .file = type == ASK_SCAN,
	        .choice = type == ASK_CHOICE,
	};
	ret->wide = ret->lines || ret->file;
	ret->line = !ret->lines && !ret->day && !ret->number && !ret->file && !ret->choice;
	if (form->flaws && ret->file && !ret->problem.n)
		ret->hint = ask->required ? S("Pilih berkasnya sekali lagi; peramban tidak menyimpannya.")
		                          : S("Bila tadi memilih berkas, pilih sekali lagi; peramban tidak menyimpannya.");
	ret->described = described(v, ret);
	return ret->choice ? put_options(v, form, ask, ret, err) : RC_OK;
}

enum rc request_form_write(struct visit *v, const struct request_form *form, struct buf *out, struct err *err)
{
	struct page_asks_ask fields[ASKS_MAX];
	struct page_asks page = {.asks = fields};
	for (const struct ask *ask = form->asks; ask->name; ask++)
		TRY(put_field(v, form, ask, &fields[page.asks_n++], err));
	page_asks_write(out, &page);
	return RC_OK;
}

bool request_form_has_file(const struct ask *asks)
{
	for (; asks->name; asks++)
		if (asks->type == ASK_SCAN)
			return true;
	return false;
}
