/* SPDX-License-Identifier: EUPL-1.2
 * web/page_outbox.c - data balikan on its way to the system above (J.III, DOMAIN 4.2): the
 * provider's people see the queue, agency by agency and entry by entry; the admin has
 * what was refused sent again. */
#include "feedback/outbox.h"
#include "feedback/feedback.h"
#include "jobs/trouble.h"
#include "web/frame.h"
#include "web/outbox.page.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/subject.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/balikan/kirim"
#define MENU "/balikan"

static const struct choice {
	enum outbox_state state;
	const char *key, *none;
} choices[] = {
	{OUTBOX_WAITING, "menunggu",
	 "Tidak ada yang menunggu. Data balikan yang dicatat instansi tampil di sini sampai diterima sistem di atas."},
	{OUTBOX_TURNED_AWAY, "ditolak",
	 "Tidak ada yang ditolak. Data balikan yang tidak diterima sistem di atas tampil di sini beserta alasannya."},
	{OUTBOX_OVER, "terkirim", "Belum ada yang terkirim."},
};

struct look {
	struct office_subject subject;
	const struct choice *choice;
	struct outbox_ask ask;
	struct outbox_lane_seen *lanes;
	size_t lanes_n;
};

static const struct choice *choice_asked(struct visit *v)
{
	struct str key = http_query(v->rq, "keadaan");
	for (size_t i = 0; i < LEN(choices); i++)
		if (str_eq(key, str_c(choices[i].key)))
			return &choices[i];
	return &choices[0];
}

static struct str row_time(struct visit *v, int64_t us)
{
	return us ? arena_str(v->arena, str_c(when_row(us).z)) : S("");
}

static enum rc code_of(struct visit *v, int64_t instansi_id, struct str *ret, struct err *err)
{
	struct instansi_row row;
	TRY(instansi_get(v->tx, instansi_id, &row, err));
	*ret = row.code;
	return RC_OK;
}

/* ---- the lanes ---- */

static struct str trouble_words(struct visit *v, struct str trouble, int status)
{
	const char *label = trouble_label(trouble);
	return status ? arena_printf(v->arena, "%s (HTTP %d)", label, status) : str_c(label);
}

static const struct tag {
	const char *colour, *state;
} tag_held = {"no", "tertahan"}, tag_sending = {"warn", "sedang dikirim"}, tag_waiting = {"warn", "menunggu"},
  tag_refused = {"no", "ada yang ditolak"}, tag_good = {"ok", "lancar"};

static const struct tag *tag_of(const struct outbox_lane_seen *lane)
{
	if (lane->fails && lane->waiting)
		return &tag_held;
	if (lane->in_hand)
		return &tag_sending;
	if (lane->waiting)
		return &tag_waiting;
	return lane->refused ? &tag_refused : &tag_good;
}

static enum rc put_lane(struct visit *v, const struct outbox_lane_seen *lane, struct page_outbox_lane *ret, struct err *err)
{
	const struct tag *tag = tag_of(lane);
	*ret = (struct page_outbox_lane){
		.waiting = pager_count(v->arena, lane->waiting),
		.delivered = pager_count(v->arena, lane->delivered),
		.refused = pager_count(v->arena, lane->refused),
		.oldest = row_time(v, lane->oldest_us),
		.sent = row_time(v, lane->sent_us),
		.colour = str_c(tag->colour),
		.state = str_c(tag->state),
		.trouble = tag == &tag_held ? trouble_words(v, lane->trouble, lane->status) : S(""),
		.since = row_time(v, lane->since_us),
		.next = row_time(v, lane->next_us),
	};
	TRY(code_of(v, lane->instansi_id, &ret->code, err));
	ret->url = url_path(v->arena, PATH, &(struct url_pair){"instansi", ret->code}, 1);
	return RC_OK;
}

static enum rc put_lanes(struct visit *v, struct look *look, struct page_outbox *page, struct err *err)
{
	TRY(outbox_lanes(v->tx, &look->lanes, &look->lanes_n, err));
	page->lanes = ARENA_ARRAY(v->arena, look->lanes_n + 1, struct page_outbox_lane);
	if (!page->lanes)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < look->lanes_n; i++) {
		if (look->ask.instansi_id && look->ask.instansi_id != look->lanes[i].instansi_id)
			continue;
		TRY(put_lane(v, &look->lanes[i], &page->lanes[page->lanes_n++], err));
	}
	return RC_OK;
}

/* ---- the rows ---- */

static const struct outbox_lane_seen *lane_of(const struct look *look, int64_t instansi_id)
{
	for (size_t i = 0; i < look->lanes_n; i++)
		if (look->lanes[i].instansi_id == instansi_id)
			return &look->lanes[i];
	return NULL;
}

static struct str keterangan_words(struct visit *v, const struct outbox_seen *seen)
{
	const char *label = keterangan_at(seen->keterangan)->label;
	if (seen->house == HOUSE_NONE)
		return str_c(label);
	return arena_printf(v->arena, "%s, %s", label, house_at(seen->house)->label);
}

static struct page_outbox_row row_of(struct visit *v, const struct look *look, const struct outbox_seen *seen)
{
	const struct outbox_lane_seen *lane = lane_of(look, seen->instansi_id);
	bool waits = look->ask.state == OUTBOX_WAITING, held = lane && lane->fails;
	struct str next = row_time(v, seen->over_us);
	if (waits)
		next = seen->in_hand ? S("sedang dikirim") : held ? row_time(v, seen->next_us) : S("segera");
	return (struct page_outbox_row){
		.told = row_time(v, seen->told_us),
		.nik = arena_str(v->arena, str_c(nik_masked(seen->nik).z)),
		.keterangan = keterangan_words(v, seen),
		.tries = seen->tries,
		.next = next,
		.trouble = waits && held ? trouble_words(v, lane->trouble, lane->status) : seen->reason,
	};
}

static enum rc put_rows(struct visit *v, const struct look *look, struct page_outbox *page, struct buf *pages, struct err *err)
{
	struct outbox_list list;
	struct pager pager = {.path = PATH, .page = pager_page(v)};
	TRY(outbox_page(visit_feedback(v), v->tx, &look->ask, &list, err));
	page->rows = ARENA_ARRAY(v->arena, list.n + 1, struct page_outbox_row);
	if (!page->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->rows_n < list.n; page->rows_n++) {
		struct page_outbox_row *row = &page->rows[page->rows_n];
		*row = row_of(v, look, &list.at[page->rows_n]);
		TRY(code_of(v, list.at[page->rows_n].instansi_id, &row->agency, err));
	}
	pager.all = list.all;
	pager.shown = list.n;
	pager_add(&pager, "instansi", look->subject.row.code);
	pager_add(&pager, "keadaan", str_c(look->choice->key));
	pager_write(v, &pager, pages);
	page->pages = html_from_buf(pages);
	return RC_OK;
}

/* ---- the page ---- */

static enum rc put_choices(struct visit *v, const struct look *look, struct page_outbox *page, struct err *err)
{
	page->choices = ARENA_ARRAY(v->arena, LEN(choices), struct page_outbox_choice);
	if (!page->choices)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < LEN(choices); i++)
		page->choices[page->choices_n++] = (struct page_outbox_choice){
			str_c(choices[i].key), str_c(outbox_state_at(choices[i].state)->label), look->choice == &choices[i]};
	return RC_OK;
}

static void put_sums(struct visit *v, const struct look *look, struct page_outbox *page)
{
	int64_t waiting = 0, delivered = 0, refused = 0, oldest_us = 0;
	bool failing = false;
	for (size_t i = 0; i < look->lanes_n; i++) {
		const struct outbox_lane_seen *lane = &look->lanes[i];
		if (look->ask.instansi_id && look->ask.instansi_id != lane->instansi_id)
			continue;
		waiting += lane->waiting;
		delivered += lane->delivered;
		refused += lane->refused;
		failing = failing || (lane->fails && lane->waiting);
		if (lane->oldest_us && (oldest_us == 0 || lane->oldest_us < oldest_us))
			oldest_us = lane->oldest_us;
	}
	page->waiting = pager_count(v->arena, waiting);
	page->delivered = pager_count(v->arena, delivered);
	page->refused = pager_count(v->arena, refused);
	page->oldest = row_time(v, oldest_us);
	page->off = !feedback_has_upstream(visit_feedback(v));
	page->idle = page->off && look->lanes_n == 0;
	page->may_retry = principal_role(v->who) == ROLE_ADMIN && !page->off && (refused || failing);
}

enum rc page_outbox_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct look look = {.choice = choice_asked(v)};
	TRY(office_subject_or_all(v, &look.subject, err));
	look.ask = (struct outbox_ask){.state = look.choice->state, .instansi_id = look.subject.row.instansi_id,
	                               .skip = pager_skip(pager_page(v)), .most = PAGER_MOST};
	struct page_outbox page = {.notice = words_notice(v), .csrf = visit_csrf(v), .instansi = look.subject.row.code,
	                           .ended = look.choice->state != OUTBOX_WAITING, .none = str_c(look.choice->none)};
	TRY(put_lanes(v, &look, &page, err));
	TRY(put_rows(v, &look, &page, &pages, err));
	TRY(put_choices(v, &look, &page, err));
	put_sums(v, &look, &page);
	page_outbox_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Pengiriman data balikan", .at = MENU}, 200, &body, err);
}

enum rc page_outbox_post(struct visit *v, struct err *err)
{
	struct office_subject subject;
	int64_t n;
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(office_subject_or_all(v, &subject, err));
	TRY(outbox_retry(v->tx, subject.row.instansi_id, v->now_us, &n, err));
	struct str about = arena_printf(v->arena, "balikan retry %lld", (long long)n);
	struct entry entry = {.act = ACT_FEEDBACK, .outcome = "ok", .instansi_id = subject.row.instansi_id, .about = about};
	TRY(visit_journal(v, entry, NULL, err));
	struct url_pair pairs[] = {{"catatan", S("balikan-ulang")}, {"instansi", subject.row.code}};
	visit_redirect(v, url_path(v->arena, PATH, pairs, subject.row.code.n ? 2 : 1).s);
	return RC_OK;
}
