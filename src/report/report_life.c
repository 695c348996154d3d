/* SPDX-License-Identifier: EUPL-1.2
 * report/report_life.c - see report_life.h: the tables. A test walks them: every step from
 * every state by every role. */
#include "report/report_life.h"

#include "report/report_effect.h"

#define TEXT 120
#define MAIL 254
#define PROSE 1000

#define HEAD ROLE_BIT(ROLE_KEPALA)
#define ADMIN ROLE_BIT(ROLE_ADMIN)
#define BOTH (REPORT_BIT(REPORT_SEMESTER) | REPORT_BIT(REPORT_REQUEST))
#define REQUEST REPORT_BIT(REPORT_REQUEST)

/* ---- what must come with a step ---- */

#define NUMBER(words)                                                                                                              \
	{                                                                                                                          \
		.name = "nomor", .label = (words), .type = ASK_TEXT, .max = TEXT, .required = true                                 \
	}
#define PAST_DAY(words)                                                                                                            \
	{                                                                                                                          \
		.name = "tanggal", .label = (words), .type = ASK_DAY, .when = ASK_PAST, .required = true                           \
	}
#define LINES(field, words, must)                                                                                                  \
	{                                                                                                                          \
		.name = (field), .label = (words), .type = ASK_LINES, .max = PROSE, .required = (must)                             \
	}

static const struct ask nothing[] = {{0}};
static const struct ask submit_asks[] = {
        NUMBER("Nomor surat pengantar"),
        PAST_DAY("Tanggal surat"),
        {.name = "cara", .label = "Cara penyampaian", .type = ASK_CHOICE, .choice = CHOICE_WAY, .required = true},
        {.name = "berkas",
         .label = "Pindaian surat pengantar",
         .hint = "PDF, JPEG, atau PNG, paling besar 5 MB.",
         .type = ASK_SCAN},
        {0}};
static const struct ask return_asks[] = {LINES("alasan", "Yang harus diperbaiki", true), {0}};
static const struct ask receive_asks[] = {{.name = "tanggal",
                                           .label = "Tanggal diterima",
                                           .hint = "Cetakan yang tiba sebelum dicatat di sini dihitung sejak hari tibanya.",
                                           .type = ASK_DAY,
                                           .when = ASK_PAST,
                                           .required = true},
                                          LINES("catatan", "Catatan", false),
                                          {0}};
static const struct ask forward_asks[] = {NUMBER("Nomor surat penerusan"),
                                          PAST_DAY("Tanggal dikirim"),
                                          {.name = "surel",
                                           .label = "Surel tujuan di kementerian",
                                           .hint = "Padan mencatatnya; laporannya Anda kirim sendiri dari surel dinas.",
                                           .type = ASK_TEXT,
                                           .max = MAIL,
                                           .required = true},
                                          {0}};

const struct ask report_texts[] = {{.name = "kendala",
                                    .label = "Kendala",
                                    .hint = "Apa yang menghambat pemanfaatan data. Jangan menulis NIK atau data penduduk.",
                                    .type = ASK_LINES,
                                    .max = REPORT_TEXT_MAX},
                                   {.name = "usulan",
                                    .label = "Usulan",
                                    .hint = "Apa yang diusulkan kepada Dinas Dukcapil.",
                                    .type = ASK_LINES,
                                    .max = REPORT_TEXT_MAX},
                                   {0}};
const struct ask report_opening[] = {
        {.name = "mulai", .label = "Hari pertama", .type = ASK_DAY, .when = ASK_PAST, .required = true},
        {.name = "akhir", .label = "Hari terakhir", .type = ASK_DAY, .required = true},
        {.name = "perihal",
         .label = "Perihal",
         .hint = "Untuk apa laporan ini, misalnya: evaluasi setelah banjir Mandiraja.",
         .type = ASK_TEXT,
         .max = TEXT,
         .required = true},
        {0}};

/* ---- kinds and states ---- */

static const struct report_kind_row kinds[] = {
        {REPORT_SEMESTER, "semester", "Laporan semester", "P8 / J.V"},
        {REPORT_REQUEST, "request", "Laporan atas permintaan", "P8 / J.V"},
};

const struct report_kind_row *report_kind_at(size_t i)
{
	return i < LEN(kinds) ? &kinds[i] : NULL;
}

/* J.V asks for an evaluation of every semester's report; one on request may end received. */
static const struct report_state_row states[] = {
        {REPORT_SEMESTER, REPORT_DRAFT, "draft", "Rancangan", TURN_INSTANSI, TONE_OPEN},
        {REPORT_SEMESTER, REPORT_SUBMITTED, "submitted", "Disampaikan; menunggu tanda terima", TURN_PROVIDER, TONE_OPEN},
        {REPORT_SEMESTER, REPORT_RECEIVED, "received", "Diterima; menunggu evaluasi", TURN_PROVIDER, TONE_OPEN},
        {REPORT_SEMESTER, REPORT_EVALUATED, "evaluated", "Dievaluasi; menunggu diteruskan ke kementerian", TURN_PROVIDER,
         TONE_OPEN},
        {REPORT_SEMESTER, REPORT_FORWARDED, "forwarded", "Diteruskan ke kementerian", TURN_NOBODY, TONE_GOOD},
        {REPORT_REQUEST, REPORT_DRAFT, "draft", "Rancangan", TURN_INSTANSI, TONE_OPEN},
        {REPORT_REQUEST, REPORT_SUBMITTED, "submitted", "Disampaikan; menunggu tanda terima", TURN_PROVIDER, TONE_OPEN},
        {REPORT_REQUEST, REPORT_RECEIVED, "received", "Diterima", TURN_NOBODY, TONE_GOOD},
        {REPORT_REQUEST, REPORT_EVALUATED, "evaluated", "Dievaluasi", TURN_NOBODY, TONE_GOOD},
        {REPORT_REQUEST, REPORT_FORWARDED, "forwarded", "Diteruskan ke kementerian", TURN_NOBODY, TONE_GOOD},
        {REPORT_REQUEST, REPORT_CANCELLED, "cancelled", "Dibatalkan", TURN_NOBODY, TONE_PLAIN},
};

const struct report_state_row *report_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

const struct report_state_row *report_state_of(enum report_kind kind, enum report_state state)
{
	for (size_t i = 0; i < LEN(states); i++)
		if (states[i].kind == kind && states[i].state == state)
			return &states[i];
	return NULL;
}

const struct report_state_row *report_state_find(enum report_kind kind, struct str key)
{
	for (size_t i = 0; i < LEN(states); i++)
		if (states[i].kind == kind && str_eq(key, str_c(states[i].key)))
			return &states[i];
	return NULL;
}

/* ---- steps ---- */

static const struct report_step_row steps[] = {
        {REPORT_STEP_SUBMIT, BOTH, REPORT_DRAFT, REPORT_SUBMITTED, "submit", "Sampaikan ke Dinas Dukcapil", "Disampaikan", HEAD,
         false, TURN_PROVIDER, submit_asks, report_effect_submit},
        {REPORT_STEP_RECOUNT, BOTH, REPORT_DRAFT, REPORT_DRAFT, "recount", "Hitung ulang angka", "Angka dihitung ulang", HEAD,
         false, TURN_NOBODY, nothing, report_effect_recount},
        {REPORT_STEP_CANCEL, REQUEST, REPORT_DRAFT, REPORT_CANCELLED, "cancel", "Batalkan laporan ini", "Dibatalkan", HEAD | ADMIN,
         true, TURN_NOBODY, nothing, NULL},
        {REPORT_STEP_RECEIVE, BOTH, REPORT_SUBMITTED, REPORT_RECEIVED, "receive", "Catat diterima", "Diterima Dinas Dukcapil",
         ADMIN, false, TURN_INSTANSI, receive_asks, report_effect_receive},
        {REPORT_STEP_RETURN, BOTH, REPORT_SUBMITTED, REPORT_DRAFT, "return", "Kembalikan untuk diperbaiki",
         "Dikembalikan untuk diperbaiki", ADMIN, false, TURN_INSTANSI, return_asks, report_effect_return},
        {REPORT_STEP_EVALUATE, BOTH, REPORT_RECEIVED, REPORT_EVALUATED, "evaluate", "Evaluasi", "Dievaluasi", 0, false,
         TURN_INSTANSI, nothing, NULL},
        {REPORT_STEP_EVALUATE, BOTH, REPORT_EVALUATED, REPORT_EVALUATED, "evaluate", "Evaluasi", "Dievaluasi", 0, false,
         TURN_INSTANSI, nothing, NULL},
        {REPORT_STEP_FORWARD, BOTH, REPORT_EVALUATED, REPORT_FORWARDED, "forward", "Catat diteruskan ke kementerian",
         "Diteruskan ke kementerian", ADMIN, false, TURN_INSTANSI, forward_asks, report_effect_forward},
        {REPORT_STEP_FORWARD, REQUEST, REPORT_RECEIVED, REPORT_FORWARDED, "forward", "Catat diteruskan ke kementerian",
         "Diteruskan ke kementerian", ADMIN, false, TURN_INSTANSI, forward_asks, report_effect_forward},
};

const struct report_step_row *report_step_at(size_t i)
{
	return i < LEN(steps) ? &steps[i] : NULL;
}

const struct report_step_row *report_step_find(enum report_kind kind, enum report_state from, struct str key)
{
	for (size_t i = 0; i < LEN(steps); i++)
		if ((steps[i].kinds & REPORT_BIT(kind)) && steps[i].from == from && str_eq(key, str_c(steps[i].key)))
			return &steps[i];
	return NULL;
}

const struct report_step_row *report_step_known(struct str key)
{
	for (size_t i = 0; i < LEN(steps); i++)
		if (str_eq(key, str_c(steps[i].key)))
			return &steps[i];
	return NULL;
}
