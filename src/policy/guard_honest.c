/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_honest.c - honest work for the simulator: lists of people who exist,
 * typed by hands that slip, pause, look again and go home. */
#include <stdlib.h>

#include "policy/guard_workload.h"

#define LIST_MAX 512
#define SECOND_US US_PER_S
#define NINE_US (INT64_C(1767232800) * US_PER_S) /* 1 January 2026, 09.00 WIB */

struct list {
	struct nik at[LIST_MAX];
	int n;
};
struct typist {
	int user;
	int64_t median_us, least_us;
	int sigma;  /* hundredths */
	int slips;  /* in a thousand */
	int again;  /* in a thousand: looks the same person up again */
	int pauses; /* in a thousand: coffee, the next sheet, a telephone */
	int64_t now_us;
};

static void list_add(struct list *list, struct nik nik)
{
	if (list->n < LIST_MAX)
		list->at[list->n++] = nik;
}

/* ---- typing ---- */

static int64_t slip_of(struct world *w, int64_t n)
{
	char digits[20];
	int at = world_below(w, 16), kind = world_below(w, 10);
	int64_t unit = 1;
	memcpy(digits, nik_digits((struct nik){n}).z, 17);
	for (int i = 0; i < at; i++)
		unit *= 10;
	if (kind == 0) /* a digit lost */
		return n / unit / 10 * unit + n % unit;
	if (kind < 4 && at < 15) { /* two changed places */
		int low = (int)(n / unit % 10), high = (int)(n / unit / 10 % 10);
		return n + (high - low) * unit - (int64_t)(high - low) * unit * 10;
	}
	int old = (int)(n / unit % 10), new = world_below(w, 10);
	return n + (new - old) * unit;
}

static void press(struct workload_script *s, struct typist *t, int64_t typed)
{
	workload_ask(s, (struct workload_row){.time_us = t->now_us, .user = t->user, .typed = typed});
	t->now_us += world_delay_us(&s->world, t->median_us, t->sigma, t->least_us);
}

static void type(struct workload_script *s, struct typist *t, struct nik nik)
{
	struct world *w = &s->world;
	if (world_permille(w, t->pauses))
		t->now_us += world_delay_us(w, 240 * SECOND_US, 80, 30 * SECOND_US);
	for (int tries = 0; tries < 4 && world_permille(w, tries ? t->slips * 2 : t->slips); tries++)
		press(s, t, slip_of(w, nik.n));
	press(s, t, nik.n);
	if (world_permille(w, t->again))
		press(s, t, nik.n);
}

static struct typist typist(struct workload_script *s, int user)
{
	return (struct typist){.user = user,
	                       .median_us = world_between(&s->world, 8, 30) * SECOND_US,
	                       .least_us = 2500000,
	                       .sigma = world_between(&s->world, 30, 70),
	                       .slips = world_between(&s->world, 10, 50),
	                       .again = 15,
	                       .pauses = 20,
	                       .now_us = NINE_US + world_below(&s->world, 7200) * SECOND_US};
}

static void type_list(struct workload_script *s, struct typist *t, const struct list *list)
{
	for (int i = 0; i < list->n; i++)
		type(s, t, list->at[i]);
}

/* ---- lists ---- */

/* Born on the same day in the same place; the serial follows when the sex is the same. */
static struct nik twin_of(const struct world *w, struct nik nik)
{
	int date = (int)(nik.n / 10000 % 1000000);
	struct nik next = {nik.n + 1}, before = {nik.n - 1};
	struct nik other = {nik.n + (date >= 400000 ? -1 : 1) * INT64_C(400000000000)};
	const struct nik choice[] = {next, before, other};
	for (size_t i = 0; i < LEN(choice); i++)
		if (world_ask(w, choice[i].n) != OUTCOME_ABSENT && world_ask(w, choice[i].n) != OUTCOME_FORMAT)
			return choice[i];
	return nik;
}

static void household(struct workload_script *s, struct list *list, int region, int twins)
{
	struct world *w = &s->world;
	int age = world_between(w, 22, 80), children = world_below(w, 5);
	int elsewhere = world_permille(w, 150) ? world_region(w) : region;
	list_add(list, world_person(w, region, age, age + 3));
	if (world_permille(w, 800))
		list_add(list, world_person(w, elsewhere, age > 26 ? age - 5 : age, age + 2));
	for (int i = 0; i < children; i++) {
		int old = age > 44 ? age - 22 : 21;
		struct nik child = world_person(w, region, old > 24 ? old - 24 : 0, old);
		list_add(list, child);
		if (world_permille(w, twins) && twin_of(w, child).n != child.n)
			list_add(list, twin_of(w, child));
	}
}

static void people(struct workload_script *s, struct list *list, int n, int region, int youngest, int oldest)
{
	for (int i = 0; i < n; i++)
		list_add(list, world_person(&s->world, region ? region : world_region(&s->world), youngest, oldest));
}

static int by_nik(const void *a, const void *b)
{
	const struct nik *x = a, *y = b;
	return x->n < y->n ? -1 : x->n > y->n;
}

/* ---- the workloads ---- */

/* Two desa of one kecamatan, 400 victims by household; three operators take a sheet each. */
static void landslide(struct workload_script *s, int about)
{
	(void)about;
	struct list list = {0};
	int region = world_region(&s->world);
	while (list.n < 400)
		household(s, &list, region, 15);
	struct typist hands[3];
	for (int i = 0; i < 3; i++)
		hands[i] = typist(s, i + 1);
	for (int sheet = 0; sheet * 20 < list.n; sheet++)
		for (int i = sheet * 20; i < list.n && i < sheet * 20 + 20; i++)
			type(s, &hands[sheet % 3], list.at[i]);
}

/* Families on their cards, from everywhere; `about`: twins in a thousand children. */
static void families(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	int region = world_region(&s->world);
	while (list.n < 150)
		household(s, &list, world_permille(&s->world, 500) ? region : world_region(&s->world), about);
	type_list(s, &t, &list);
}

static void one_kecamatan(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	people(s, &list, about, world_region(&s->world), 0, 85);
	type_list(s, &t, &list);
}

static void sorted(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	people(s, &list, 300, world_region(&s->world), about, 85);
	qsort(list.at, (size_t)list.n, sizeof list.at[0], by_nik);
	type_list(s, &t, &list);
}

static void typos(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	t.slips = about;
	t.again = 60;
	people(s, &list, 150, world_region(&s->world), 0, 85);
	type_list(s, &t, &list);
}

static void fast_typist(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	t.median_us = world_between(&s->world, 2600, 4500) * INT64_C(1000);
	t.least_us = 1500000;
	t.sigma = about;
	t.pauses = 8;
	people(s, &list, 400, 0, 0, 85);
	type_list(s, &t, &list);
}

static void night_shift(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	t.now_us += 13 * 3600 * SECOND_US;
	t.slips = about;
	t.pauses = 250;
	while (list.n < 70)
		household(s, &list, world_region(&s->world), 15);
	type_list(s, &t, &list);
}

static void recheck(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	people(s, &list, 45, world_region(&s->world), 0, 85);
	for (int i = 0; i < about; i++)
		type(s, &t, list.at[world_below(&s->world, list.n)]);
}

/* demo-nik.json from top to bottom: fifty of each outcome, serials 9900-9999. */
static void demo(struct workload_script *s, int about)
{
	static const enum outcome order[] = {OUTCOME_DATA, OUTCOME_DECEASED, OUTCOME_DOUBLE, OUTCOME_ABSENT, OUTCOME_NONACTIVE};
	struct world *w = &s->world;
	struct typist t = typist(s, 1);
	t.median_us = about * INT64_C(1000);
	t.least_us = 1300000;
	for (int i = 0; i < 250; i++) {
		struct nik nik = world_nik(world_region(w), world_date(w, 0, 85), world_between(w, 9900, 9999));
		workload_ask(s, (struct workload_row){.time_us = t.now_us, .user = 1, .typed = nik.n, .outcome = order[i / 50]});
		t.now_us += world_delay_us(w, t.median_us, 35, t.least_us);
	}
}

/* Children of a school or of a posyandu, by name: all of one kecamatan. */
static void children(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	int from = about ? world_between(&s->world, 6, 13) : 0;
	people(s, &list, about == 0 ? 90 : about == 1 ? 70 : 250, world_region(&s->world), from, from + (about ? about - 1 : 1));
	type_list(s, &t, &list);
}

static void elders(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	people(s, &list, 200, world_region(&s->world), about, 92);
	if (world_permille(&s->world, 500))
		qsort(list.at, (size_t)list.n, sizeof list.at[0], by_nik);
	type_list(s, &t, &list);
}

/* `about` in a thousand numbers on the paper were copied wrongly, long ago. */
static void bad_paper(struct workload_script *s, int about)
{
	struct list list = {0};
	struct typist t = typist(s, 1);
	people(s, &list, 150, world_region(&s->world), 0, 85);
	for (int i = 0; i < list.n; i++) {
		struct nik wrong = {slip_of(&s->world, list.at[i].n)};
		if (world_permille(&s->world, about) && nik_check(wrong.n) == NIK_FLAW_NONE)
			list.at[i] = wrong;
	}
	type_list(s, &t, &list);
}

/* Five days, two operators, all of it together. */
static void week(struct workload_script *s, int about)
{
	for (int day = 0; day < about; day++)
		for (int user = 1; user <= 2; user++) {
			struct list list = {0};
			struct typist t = typist(s, user);
			t.now_us += day * US_PER_DAY;
			while (list.n < 90)
				household(s, &list, world_region(&s->world), 15);
			type_list(s, &t, &list);
		}
}

const struct workload workloads_honest[] = {
	{"landslide", false, 0, 0, landslide},
	{"families", false, 0, 15, families},
	{"twins", false, 0, 300, families},
	{"one-kecamatan", false, 0, 250, one_kecamatan},
	{"sorted", false, 0, 0, sorted},
	{"sorted-adults", false, 0, 40, sorted},
	{"typos", false, 0, 180, typos},
	{"fast-typist", false, 0, 25, fast_typist},
	{"night-shift", false, 0, 80, night_shift},
	{"recheck", false, 0, 160, recheck},
	{"demo", false, 0, 2500, demo},
	{"school", false, 0, 3, children},
	{"school-class", false, 0, 1, children},
	{"posyandu", false, 0, 0, children},
	{"elders", false, 0, 60, elders},
	{"bad-paper", false, 0, 80, bad_paper},
	{"week", false, 0, 5, week},
};
const size_t workloads_honest_n = LEN(workloads_honest);
