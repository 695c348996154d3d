/* SPDX-License-Identifier: EUPL-1.2
 * registry/household.c - see household.h. */
#include "registry/household.h"

#include <stdio.h>

#include "registry/jobs.h"

static const char *const men[] = {
#define MAN(word) word,
#define MAN_LAST(word)
#define WOMAN(word)
#define WOMAN_LAST(word)
#define ROAD(word)
#define HAMLET(word)
#include "registry/nama.def"
#undef MAN
};
static const char *const men_last[] = {
#define MAN(word)
#undef MAN_LAST
#define MAN_LAST(word) word,
#include "registry/nama.def"
#undef MAN_LAST
};
static const char *const women[] = {
#define MAN_LAST(word)
#undef WOMAN
#define WOMAN(word) word,
#include "registry/nama.def"
#undef WOMAN
};
static const char *const women_last[] = {
#define WOMAN(word)
#undef WOMAN_LAST
#define WOMAN_LAST(word) word,
#include "registry/nama.def"
#undef WOMAN_LAST
};
static const char *const roads[] = {
#define WOMAN_LAST(word)
#undef ROAD
#define ROAD(word) word,
#include "registry/nama.def"
#undef ROAD
};
static const char *const hamlets[] = {
#define ROAD(word)
#undef HAMLET
#define HAMLET(word) word,
#include "registry/nama.def"
#undef HAMLET
};

#define PICK(chance, list) ((list)[chance_below((chance), (int)LEN(list))])

/* Occupations of working age, the frequent ones more than once. */
static const unsigned char work_men[] = {9, 9, 9, 9, 9, 19, 19, 20, 20, 15, 15, 15, 88, 88, 88, 84, 81,
                                         27, 26, 35, 5,  65, 13, 14, 85, 7,  29, 10, 18, 6,  72, 91};
static const unsigned char work_women[] = {2, 2, 2, 2, 2, 2, 2, 9, 9, 15, 15, 84, 88, 65, 5, 74, 73, 30, 20, 19, 18, 34};

static int job_code(struct chance *chance, enum resident_sex sex, int age)
{
	if (age < 6)
		return 1;
	if (age < 19 || (age < 23 && chance_permille(chance, 400)))
		return 3;
	if (age > 62 && chance_permille(chance, 150))
		return 4;
	if (chance_permille(chance, 40))
		return 1;
	return sex == SEX_MALE ? PICK(chance, work_men) : PICK(chance, work_women);
}

static enum resident_status status(struct chance *chance, int age)
{
	int n = chance_below(chance, 1000), deceased = age > 60 ? 90 : 25;
	if (n < deceased)
		return STATUS_DECEASED;
	if (n < deceased + 18)
		return STATUS_DOUBLE;
	return n < deceased + 42 ? STATUS_NONACTIVE : STATUS_ACTIVE;
}

static void name_make(struct chance *chance, enum resident_sex sex, int age, char out[RESIDENT_NAME_MAX])
{
	const char *title = "", *degree = "", *last = "", *first;
	first = sex == SEX_MALE ? PICK(chance, men) : PICK(chance, women);
	if (!chance_permille(chance, age > 55 ? 600 : 200)) /* many of the old have one name only */
		last = sex == SEX_MALE ? PICK(chance, men_last) : PICK(chance, women_last);
	if (age > 45 && chance_permille(chance, 30))
		title = sex == SEX_MALE ? "H. " : "HJ. ";
	if (age > 24 && chance_permille(chance, 15))
		degree = chance_permille(chance, 500) ? ", S.PD." : ", S.E.";
	snprintf(out, RESIDENT_NAME_MAX, "%s%s%s%s%s", title, first, *last ? " " : "", last, degree);
}

static void add(struct household *h, struct chance *chance, enum resident_sex sex, int age)
{
	if (h->n == HOUSEHOLD_MAX || age < 0 || age > 94)
		return;
	size_t at = h->n++;
	struct person *p = &h->person[at];
	name_make(chance, sex, age, h->name[at]);
	*p = (struct person){.resident = {.sex = sex, .name = str_c(h->name[at])}};
	int days = age * 1461 / 4 + chance_below(chance, 365);
	p->resident.birth = (struct day){POPULATION_LAST_DAY - days};
	p->resident.status = status(chance, age);
	p->job = job_text(job_code(chance, sex, age));
}

static enum resident_sex any_sex(struct chance *chance)
{
	return chance_permille(chance, 505) ? SEX_MALE : SEX_FEMALE;
}

/* Children are born while the mother is 19 to 40, and leave home at about 30. */
static void add_children(struct household *h, struct chance *chance, int mother)
{
	static const unsigned char counts[] = {0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4};
	int at_birth = chance_between(chance, 19, 28);
	for (int left = PICK(chance, counts); left > 0 && at_birth <= 40; left--) {
		int age = mother - at_birth;
		if (age >= 0 && age <= 30)
			add(h, chance, any_sex(chance), age);
		at_birth += chance_between(chance, 1, 5);
	}
}

static void add_family(struct household *h, struct chance *chance)
{
	int head = chance_between(chance, 22, 52) + chance_below(chance, 28);
	int mother = head - chance_between(chance, -2, 7);
	if (mother < 20)
		mother = 20;
	if (chance_permille(chance, 880))
		add(h, chance, SEX_MALE, head);
	add(h, chance, SEX_FEMALE, mother);
	add_children(h, chance, mother);
	if (h->n < 2 || chance_permille(chance, 90))
		add(h, chance, any_sex(chance), head + chance_between(chance, 20, 32));
	if (h->n < 2)
		add(h, chance, SEX_FEMALE, mother > 40 ? mother - 20 : 1);
}

static void address_make(struct household *h, struct chance *chance)
{
	if (chance_permille(chance, 700))
		snprintf(h->address, sizeof h->address, "DUSUN %s", PICK(chance, hamlets));
	else
		snprintf(h->address, sizeof h->address, "JL. %s NO. %d", PICK(chance, roads), chance_between(chance, 1, 180));
}

void household_make(struct household *h, struct chance *chance)
{
	h->n = 0;
	add_family(h, chance);
	address_make(h, chance);
	int rt = chance_between(chance, 1, 9), rw = chance_between(chance, 1, 7);
	for (size_t i = 0; i < h->n; i++) {
		h->person[i].resident.address = str_c(h->address);
		h->person[i].resident.rt = rt;
		h->person[i].resident.rw = rw;
	}
}
