/* SPDX-License-Identifier: EUPL-1.2
 * web/stand.c - see stand.h. */
#include "web/stand.h"

#include "gate/strip.h"
#include "procedure/request.h"
#include "web/band.page.h"
#include "web/clause.h"
#include "web/lacks.page.h"
#include "web/link.h"
#include "web/pager.h"

#define HEAD_ACTS "Kepala instansi"
#define PROVIDER_ACTS "Dinas Dukcapil"

/* ---- state ---- */

struct stand_words stand_words(const struct standing *s)
{
	const struct instansi_state_row *row = instansi_state_at(s->state);
	struct stand_words words = {.label = str_c(row ? row->label : "")};
	switch (s->state) {
	case INSTANSI_ACTIVE:
		words.good = s->terms != NULL;
		words.bad = s->term_over;
		if (!s->terms)
			words.label = s->term_over ? S("Berakhir") : S("Belum mulai");
		break;
	case INSTANSI_SUSPENDED: words.warned = true; break;
	case INSTANSI_ENDED:
	case INSTANSI_REVOKED: words.bad = true; break;
	case INSTANSI_DRAFT: break;
	}
	return words;
}

struct str stand_step_words(struct visit *v, const struct life_step *step)
{
	if (!step->letter_number.n)
		return step->note;
	struct str letter =
	        arena_printf(v->arena, "Surat nomor %.*s tanggal %s", STR_ARG(step->letter_number), day_short(step->letter_day).z);
	return step->note.n ? arena_printf(v->arena, "%.*s. %.*s", STR_ARG(letter), STR_ARG(step->note)) : letter;
}

struct url stand_step_letter(struct visit *v, struct str code, const struct life_step *step)
{
	return link_version(v, "/perjanjian/surat", code, (int)step->step_id);
}

enum rc stand_reason(struct visit *v, const struct standing *s, struct stand_step *ret, struct err *err)
{
	struct life_step *steps;
	size_t n = 0;
	*ret = (struct stand_step){.words = S("")};
	if (s->state == INSTANSI_ACTIVE || s->state == INSTANSI_DRAFT)
		return RC_OK;
	TRY(life_list(v->tx, s->instansi_id, &steps, &n, err));
	if (n && life_at(steps[0].life)->to == s->state)
		*ret = (struct stand_step){stand_step_words(v, &steps[0]), stand_step_letter(v, s->code, &steps[0])};
	return RC_OK;
}

enum rc stand_read(struct visit *v, int64_t instansi_id, struct stand *ret, struct err *err)
{
	struct gate_instansi one;
	*ret = (struct stand){.today = day_of_us(v->now_us)};
	TRY(gate_instansi_get(v, instansi_id, &one, err));
	ret->s = one.standing;
	TRY(roster_open(v->tx, &instansi_id, 1, &ret->open, err));
	if (ret->s.last_day.n)
		TRY(term_read(v->tx, ret->s.last_day, &ret->term, err));
	if (!ret->s.last_day.n)
		return RC_OK;
	return request_renewal_of_term(v->tx, instansi_id, ret->s.last_day, &ret->asked, err);
}

/* ---- what is missing ---- */

struct lacks {
	struct stand_lack *at;
	size_t n;
};

static void add(struct lacks *lacks, bool stands, struct stand_lack lack)
{
	if (stands && lacks->n < STAND_LACKS_MAX)
		lacks->at[lacks->n++] = lack;
}

static bool is_over(const struct stand *stand)
{
	return stand->s.term_over || stand->s.state == INSTANSI_ENDED || stand->s.state == INSTANSI_REVOKED;
}

/* J.II.B: what a PoC would still lift; "" when there is nothing. */
static struct str needs_poc(struct visit *v, const struct standing *s)
{
	struct str names = S("");
	for (size_t i = 0; s->terms && i < METHOD_COUNT; i++) {
		const struct terms_method *m = &s->terms->methods[i];
		if (m->granted && !s->poc_passed[i] && m->quota_before_poc != m->quota_after_poc)
			names = arena_printf(v->arena, "%.*s%s%s", STR_ARG(names), names.n ? ", " : "", method_at(i)->label);
	}
	return names;
}

static void add_papers(struct visit *v, const struct stand *stand, struct lacks *lacks)
{
	int64_t waiting = stand->open.papers;
	add(lacks, waiting > 0,
	    (struct stand_lack){
	            .tag = "Dokumen menunggu",
	            .text = arena_printf(v->arena, "%.*s dokumen menunggu diterima atau ditolak.",
	                                 STR_ARG(pager_count(v->arena, waiting))),
	            .who = PROVIDER_ACTS,
	            .clause = "",
	    });
}

static void add_renewal(struct visit *v, const struct stand *stand, struct lacks *lacks)
{
	bool near = stand->s.last_day.n && term_warning(&stand->term, stand->today) && !stand->asked;
	bool late = stand->s.last_day.n && term_late(&stand->term, stand->today);
	add(lacks, near && !is_over(stand),
	    (struct stand_lack){
	            .tag = late ? "Perpanjangan terlambat" : "Perpanjangan",
	            .text = arena_printf(v->arena, "Permohonan perpanjangan %s paling lambat %s.",
	                                 late ? "seharusnya diajukan" : "diajukan", day_long(stand->term.due).z),
	            .who = HEAD_ACTS,
	            .clause = "P4 / J.VI.F",
	    });
}

size_t stand_lacks(struct visit *v, const struct stand *stand, bool for_agency, struct stand_lack ret[STAND_LACKS_MAX])
{
	struct lacks lacks = {.at = ret};
	const struct standing *s = &stand->s;
	bool over = is_over(stand);
	add(&lacks, !over && !s->last_day.n,
	    (struct stand_lack){"Perjanjian", S("Versi pertama perjanjian belum dicatat."), PROVIDER_ACTS, "P9.2"});
	add(&lacks, !over && s->terms && !s->ministry_approval,
	    (struct stand_lack){"Surat kementerian",
	                        S("Surat persetujuan Direktur Jenderal yang menjadi dasar versi ini belum tercatat."),
	                        PROVIDER_ACTS, "P4 / J.VI.F"});
	add(&lacks, !over && s->last_day.n && !s->sptjm,
	    (struct stand_lack){"SPTJM", S("SPTJM yang ditandatangani kepala instansi belum tercatat atau sudah tidak berlaku."),
	                        HEAD_ACTS, "J.VI.D"});
	add_papers(v, stand, &lacks);
	struct str poc = needs_poc(v, s);
	add(&lacks, !over && poc.n,
	    (struct stand_lack){"PoC",
	                        arena_printf(v->arena,
	                                     "Hasil PoC belum tercatat: %.*s; sampai saat itu kuota sebelum PoC yang berlaku.",
	                                     STR_ARG(poc)),
	                        HEAD_ACTS, "J.II.B / J.II.D"});
	add_renewal(v, stand, &lacks);
	add(&lacks, !for_agency && stand->open.draft,
	    (struct stand_lack){"Rancangan", S("Rancangan versi berikutnya sedang disusun dan belum dicatat."), PROVIDER_ACTS,
	                        "P9.2"});
	return lacks.n;
}

void stand_lacks_write(struct visit *v, const struct stand *stand, struct buf *out)
{
	struct stand_lack lacks[STAND_LACKS_MAX];
	struct page_lacks_item items[STAND_LACKS_MAX];
	size_t n = stand_lacks(v, stand, principal_instansi(v->who) != 0, lacks);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct page_lacks_item){
		        .text = lacks[i].text,
		        .who = str_c(lacks[i].who),
		        .clause = clause_words(v->arena, str_c(lacks[i].clause)),
		};
	page_lacks_write(out, &(struct page_lacks){.items = items, .items_n = n});
}

/* ---- the warning ---- */

void stand_band_write(struct visit *v, const struct stand *stand, struct buf *out)
{
	int months = stand->s.last_day.n && !is_over(stand) ? term_warning(&stand->term, stand->today) : 0;
	if (!months)
		return;
	page_band_write(out, &(struct page_band){
	                             .months = months,
	                             .last = arena_str(v->arena, str_c(day_long(stand->term.last).z)),
	                             .days = stand->term.last.n - stand->today.n,
	                             .due = arena_str(v->arena, str_c(day_long(stand->term.due).z)),
	                             .moved = stand->term.moved,
	                             .uncertain = !stand->term.certain,
	                             .asked = stand->asked,
	                             .late = term_late(&stand->term, stand->today),
	                     });
}
