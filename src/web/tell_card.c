/* SPDX-License-Identifier: EUPL-1.2
 * web/tell_card.c - see tell_card.h. */
#include "web/tell_card.h"

#include "http/html.h"
#include "web/frame.h"
#include "web/tell.page.h"
#include "web/tellform.page.h"

#define HISTORY "/korban/orang"

struct str tell_card_state(struct visit *v, const struct told *told)
{
	if (told->kind == TOLD_WAIVER)
		return arena_printf(v->arena, "Bukan korban: %s", waiver_at(told->waiver)->label);
	const char *label = keterangan_at(told->keterangan)->label;
	if (told->house == HOUSE_NONE)
		return str_c(label);
	return arena_printf(v->arena, "%s, rumah: %s", label, house_at(told->house)->label);
}

/* ---- what is known ---- */

static enum rc put_told(struct visit *v, const struct person *person, struct page_tell *page, struct err *err)
{
	struct told_seen *told;
	size_t n;
	TRY(person_history(visit_feedback(v), v->tx, person->person_id, &told, &n, err));
	if (n == 0)
		return RC_OK;
	struct url_pair pairs[] = {{"id", arena_printf(v->arena, "%lld", (long long)person->person_id)}};
	page->state = tell_card_state(v, &told[0].told);
	page->since = arena_str(v->arena, str_c(day_short(told[0].told.on).z));
	page->by = told[0].told_by;
	page->told_n = (int64_t)n;
	page->history = url_path(v->arena, HISTORY, pairs, LEN(pairs));
	return RC_OK;
}

/* ---- the form ---- */

static size_t put_statuses(struct str chosen, struct page_tellform_status rows[KETERANGAN_COUNT])
{
	size_t n = 0;
	for (const struct keterangan_row *row; (row = keterangan_at(n)); n++)
		rows[n] = (struct page_tellform_status){str_c(row->key), str_c(row->label), str_c(row->digit),
		                                        str_eq(chosen, str_c(row->key)), n == 0};
	return n;
}

static size_t put_houses(struct str chosen, struct page_tellform_house rows[HOUSE_COUNT])
{
	size_t n = 0;
	for (const struct house_row *row; (row = house_at(n)); n++)
		rows[n] = (struct page_tellform_house){
			str_c(row->key), *row->label ? str_c(row->label) : S("Tidak dicatat"), str_eq(chosen, str_c(row->key))};
	return n;
}

static size_t put_reasons(struct str chosen, struct page_tellform_reason rows[WAIVER_COUNT])
{
	size_t n = 0;
	for (const struct waiver_row *row; (row = waiver_at(n)); n++)
		rows[n] = (struct page_tellform_reason){str_c(row->key), str_c(row->label), str_eq(chosen, str_c(row->key))};
	return n;
}

/* Of whom; the form for the script is of nobody. */
struct of {
	struct str digits, kejadian;
};

static void write_form(const struct visit *v, const struct tell_card *card, const struct of *of, struct buf *out)
{
	struct page_tellform_status statuses[KETERANGAN_COUNT];
	struct page_tellform_house houses[HOUSE_COUNT];
	struct page_tellform_reason reasons[WAIVER_COUNT];
	const struct tell_typed *typed = &card->typed;
	struct clock_text today = day_iso(day_of_us(v->now_us));
	page_tellform_write(out, &(struct page_tellform){
		.keys = of == NULL,
		.csrf = card->csrf,
		.digits = of ? of->digits : S(""),
		.kejadian = of ? of->kejadian : S(""),
		.focus = card->focus,
		.statuses = statuses,
		.statuses_n = put_statuses(typed->keterangan, statuses),
		.more = typed->house.n || typed->day.n || typed->note.n,
		.houses = houses,
		.houses_n = put_houses(typed->house, houses),
		.day = typed->day,
		.today = str_c(today.z),
		.note = typed->note,
		.waiving = typed->waiver.n != 0,
		.reasons = reasons,
		.reasons_n = put_reasons(typed->waiver, reasons),
		.why = typed->why,
		.problem = card->problem,
		.note_max = TOLD_NOTE_MAX,
	});
}

void tell_card_form_write(const struct visit *v, struct buf *out)
{
	write_form(v, &(struct tell_card){0}, NULL, out);
}

enum rc tell_card_write(struct visit *v, struct buf *out, const struct tell_card *card, struct err *err)
{
	BUF_AUTO form = BUF(PAGE_MAX);
	struct nik_text nik = nik_grouped(card->nik);
	struct nik_text digits = nik_digits(card->nik);
	struct of of = {str_c(digits.z), arena_printf(v->arena, "%lld", (long long)card->kejadian_id)};
	struct page_tell page = {.refused = card->problem.n != 0,
	                         .saved = card->saved,
	                         .nik = str_c(nik.z),
	                         .digits = of.digits,
	                         .kejadian = of.kejadian};
	if (card->person && card->person->told_us)
		TRY(put_told(v, card->person, &page, err));
	if (!visit_wants_fragment(v))
		write_form(v, card, &of, &form);
	page.form = html_from_buf(&form);
	page_tell_write(out, &page);
	return RC_OK;
}
