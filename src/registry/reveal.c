/* SPDX-License-Identifier: EUPL-1.2
 * registry/reveal.c - see reveal.h.
 *
 * One row of `reveals` an element: how its text is made. Nothing is made that was
 * not granted, so that what may not leave never lies in the answer's memory. */
#include "registry/reveal.h"

#include <assert.h>

#include "registry/resident.h"

struct source {
	struct nik nik;
	const struct sql_resident_find *row;
	struct resident facts;
	struct str region[5]; /* code, then the four names */
	struct str birthplace, job;
};

static struct str digits(struct arena *arena, int64_t n, size_t width)
{
	char *at = arena_alloc(arena, width);
	for (size_t i = width; at && i-- > 0; n /= 10)
		at[i] = (char)('0' + n % 10);
	return (struct str){at, width};
}

/* What one element is: a text to copy, or a number with its width. */
struct piece {
	struct str text;
	int64_t number;
	size_t width; /* 0: text */
};

static struct piece text(struct str s)
{
	return (struct piece){.text = s};
}

static struct piece number(int64_t n, size_t width)
{
	return (struct piece){.number = n, .width = width};
}

static struct piece piece_of(const struct source *s, enum element e, const char day[11])
{
	switch (e) {
	case ELEMENT_NO_KK: return number(s->row->kk, 16);
	case ELEMENT_NIK: return number(s->nik.n, 16);
	case ELEMENT_NAMA_LGKP: return text(s->row->name);
	case ELEMENT_JENIS_KLMIN: return text(resident_sex_text(s->facts.sex));
	case ELEMENT_TMPT_LHR: return text(s->birthplace);
	case ELEMENT_TGL_LHR: return text(str_from(day, 10));
	case ELEMENT_JENIS_PKRJN: return text(s->job);
	case ELEMENT_ALAMAT: return text(s->row->address);
	case ELEMENT_NO_PROP: return text(str_sub(s->region[0], 0, 2));
	case ELEMENT_PROP_NAME: return text(s->region[1]);
	case ELEMENT_NO_KAB: return text(str_sub(s->region[0], 2, 2));
	case ELEMENT_KAB_NAME: return text(s->region[2]);
	case ELEMENT_NO_KEC: return text(str_sub(s->region[0], 4, 2));
	case ELEMENT_KEC_NAME: return text(s->region[3]);
	case ELEMENT_NO_KEL: return text(str_sub(s->region[0], 6, 4));
	case ELEMENT_KEL_NAME: return text(s->region[4]);
	case ELEMENT_NO_RT: return number(s->facts.rt, 3);
	case ELEMENT_NO_RW: return number(s->facts.rw, 3);
	case ELEMENT_COUNT: break;
	}
	assert(!"an element without a source");
	return (struct piece){0};
}

static enum rc source_make(const struct view *view, struct source *s, struct err *err)
{
	struct str region = dict_text(&view->regions, (int32_t)s->row->region_id);
	s->birthplace = dict_text(&view->words, (int32_t)s->row->birthplace_id);
	s->job = dict_text(&view->words, (int32_t)s->row->job_id);
	for (size_t i = 0; i < LEN(s->region); i++)
		s->region[i] = str_split(&region, '\t');
	if (s->birthplace.at && s->job.at && s->region[4].at)
		return RC_OK;
	enum rc rc = FAIL(err, RC_BROKEN, "Data kependudukan rusak");
	err_detail(err, "registry: a row names a word or region that is not there");
	return rc;
}

/* YYYY-MM-DD without printf: this is the hot path. */
static void day_write(struct day day, char out[11])
{
	int y, m, d;
	day_to_ymd(day, &y, &m, &d);
	const int parts[] = {y / 1000, y / 100 % 10, y / 10 % 10, y % 10, -1, m / 10, m % 10, -1, d / 10, d % 10};
	for (size_t i = 0; i < LEN(parts); i++)
		out[i] = (char)(parts[i] < 0 ? '-' : '0' + parts[i]);
}

enum rc reveal(const struct view *view, struct nik nik, const struct sql_resident_find *row, element_set granted,
               struct arena *arena, struct answer *answer, struct err *err)
{
	struct source s = {.nik = nik, .row = row};
	char day[11] = "";
	TRY(source_make(view, &s, err));
	resident_from_facts(row->facts, &s.facts);
	day_write(s.facts.birth, day);
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		if (!(granted & ELEMENT_BIT(e)))
			continue;
		struct piece p = piece_of(&s, (enum element)e, day);
		answer->element[e] = p.width ? digits(arena, p.number, p.width) : arena_str(arena, p.text);
		if (!answer->element[e].at)
			return FAIL(err, RC_LIMIT, "Jawaban terlalu besar");
	}
	return RC_OK;
}
