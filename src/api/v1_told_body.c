/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_told_body.c - see v1_told_body.h. */
#include "api/v1_told_body.h"

#define NIK_MAX 16
#define WORD_MAX 40

const struct v1_field v1_told_fields[] = {
        {"nik", V1_TEXT, true, NIK_MAX},      {"kejadian", V1_INT, false, 0},        {"keterangan", V1_TEXT, false, WORD_MAX},
        {"rumah", V1_TEXT, false, WORD_MAX},  {"tanggal", V1_TEXT, false, WORD_MAX}, {"catatan", V1_TEXT, false, TOLD_NOTE_MAX},
        {"alasan", V1_TEXT, false, WORD_MAX},
};
const size_t v1_told_fields_n = LEN(v1_told_fields);

struct reading {
	struct v1_body *body;
	const json_t *object;
	struct str at;
};

static void flaw(const struct reading *r, const char *name, const char *why)
{
	v1_body_flaw(r->body, r->at, name, why);
}

static bool is_there(const struct reading *r, const char *name)
{
	return json_object_get(r->object, name) != NULL;
}

/* false: absent, or of another kind, which was told already. */
static bool read_text(const struct reading *r, const char *name, struct str *ret)
{
	*ret = v1_text(r->object, name);
	return ret->at != NULL;
}

static void read_victim(const struct reading *r, struct told *ret)
{
	struct str text;
	ret->kind = TOLD_VICTIM;
	if (!is_there(r, "keterangan"))
		flaw(r, "keterangan", "Harus diisi, atau \"alasan\" bila bukan korban.");
	if (read_text(r, "keterangan", &text) && keterangan_from_key(text, &ret->keterangan) != RC_OK)
		flaw(r, "keterangan", "Tidak ada dalam daftar keterangan korban.");
	if (read_text(r, "rumah", &text) && (text.n == 0 || house_from_key(text, &ret->house) != RC_OK))
		flaw(r, "rumah", "Tidak ada dalam daftar kerusakan rumah.");
	if (read_text(r, "tanggal", &text) && day_from_str(text, &ret->on) != RC_OK)
		flaw(r, "tanggal", "Bukan tanggal (TTTT-BB-HH).");
}

static void read_waiver(const struct reading *r, struct told *ret)
{
	static const char *const victims[] = {"keterangan", "rumah", "tanggal"};
	struct str text;
	ret->kind = TOLD_WAIVER;
	for (size_t i = 0; i < LEN(victims); i++)
		if (is_there(r, victims[i]))
			flaw(r, victims[i], "Tidak berlaku bersama \"alasan\": orangnya korban, atau bukan.");
	if (read_text(r, "alasan", &text) && waiver_from_key(text, &ret->waiver) != RC_OK)
		flaw(r, "alasan", "Tidak ada dalam daftar alasan bukan korban.");
}

/* Words that last as long as the flaws; those past the ones that are told are only counted. */
static const char *words(const struct reading *r, const struct err *why)
{
	const char *kept = r->body->flaws_n < PROBLEM_FLAWS_MAX ? arena_str(r->body->arena, str_c(why->what)).at : NULL;
	return kept ? kept : "Tidak valid.";
}

/* told_check() names one flaw; each side is shown to it alone, so that both are told. */
static void check(const struct reading *r, const struct told *told, int64_t now_us)
{
	struct err why = {0};
	struct told day = {.kind = TOLD_VICTIM, .on = told->on}, note = *told;
	note.on = (struct day){0};
	if (told_check(&day, now_us, &why) != RC_OK)
		flaw(r, "tanggal", words(r, &why));
	if (told_check(&note, now_us, &why) != RC_OK)
		flaw(r, "catatan", words(r, &why));
}

void v1_told_read(struct v1_body *body, const json_t *object, struct str at, int64_t now_us, struct v1_told *ret)
{
	struct str text;
	const struct reading r = {body, object, at};
	*ret = (struct v1_told){.kejadian_id = v1_int(object, "kejadian", 0)};
	bool fits = read_text(&r, "nik", &text) && text.n && text.n <= NIK_MAX; /* else it was told already */
	if (fits && nik_from_str(text, &ret->nik, NULL) != RC_OK)
		flaw(&r, "nik", "Tidak sesuai format NIK.");
	if (json_is_integer(json_object_get(object, "kejadian")) && ret->kejadian_id < 1)
		flaw(&r, "kejadian", "Bukan nomor kejadian.");
	if (is_there(&r, "alasan"))
		read_waiver(&r, &ret->told);
	else
		read_victim(&r, &ret->told);
	if (read_text(&r, "catatan", &text) && text.n <= TOLD_NOTE_MAX)
		ret->told.note = text;
	check(&r, &ret->told, now_us);
}
