/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_hostile.c - attacks for the simulator: scripts and people who ask for
 * numbers, not for persons. Unless speed is the attack, they keep a human pace. */
#include "policy/guard_workload.h"

#define NINE_US (INT64_C(1767232800) * US_PER_S) /* 1 January 2026, 09.00 WIB */
#define ATTACK_ROWS 160

struct attacker {
	int users; /* taking turns: the n-th inquiry is of user 1 + n % users */
	bool shuffled_turns;
	int honest; /* honest inquiries before each hostile one, in the mean, times 1000 */
	int64_t median_us;
	int sigma;
	int64_t now_us;
	int turn;
};

static struct attacker attacker(struct workload_script *s)
{
	return (struct attacker){.users = 1,
	                         .median_us = world_between(&s->world, 4, 20) * US_PER_S,
	                         .sigma = 40,
	                         .now_us = NINE_US + world_below(&s->world, 20000) * US_PER_S};
}

static void press(struct workload_script *s, struct attacker *a, int64_t n, bool hostile)
{
	int user = 1 + (a->shuffled_turns ? world_below(&s->world, a->users) : a->turn++ % a->users);
	workload_ask(s, (struct workload_row){.time_us = a->now_us, .user = user, .typed = n, .hostile = hostile});
	a->now_us += world_delay_us(&s->world, a->median_us, a->sigma, 10000);
}

/* One inquiry of the attack, behind as much honest work as the attacker can bear. */
static void strike(struct workload_script *s, struct attacker *a, int64_t n)
{
	int cover = world_below(&s->world, 2 * a->honest + 1) / 1000;
	for (int i = 0; i < cover; i++)
		press(s, a, world_person(&s->world, world_region(&s->world), 0, 85).n, false);
	press(s, a, n, true);
}

static int any_date(struct world *w)
{
	return world_date(w, 1, 70);
}

static void shuffle(struct world *w, int *at, int n)
{
	for (int i = n - 1; i > 0; i--) {
		int j = world_below(w, i + 1), kept = at[i];
		at[i] = at[j];
		at[j] = kept;
	}
}

static int64_t target(struct world *w, int serial)
{
	return world_nik(world_region(w), any_date(w), serial).n;
}

/* ---- serials ---- */

static void serials(struct workload_script *s, struct attacker *a, int step, int rows)
{
	int64_t n = target(&s->world, step < 0 ? rows * -step + 5 : world_between(&s->world, 1, 60));
	for (int i = 0; i < rows; i++)
		strike(s, a, n + (int64_t)i * step);
}

static void serial_walk(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	int step = about == 2 ? world_between(&s->world, 2, 17) : about;
	serials(s, &a, step, ATTACK_ROWS);
}

static void serial_shuffled(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	int order[ATTACK_ROWS], places = world_between(&s->world, 1, about);
	int64_t base[8] = {0};
	for (int i = 0; i < places; i++)
		base[i] = target(&s->world, 1);
	for (int i = 0; i < ATTACK_ROWS; i++)
		order[i] = i;
	shuffle(&s->world, order, ATTACK_ROWS);
	for (int i = 0; i < ATTACK_ROWS; i++)
		strike(s, &a, base[order[i] % places] + order[i] / places);
}

/* The number as a whole goes on by a constant that moves several parts at once. */
static void whole_walk(struct workload_script *s, int about)
{
	static const int64_t steps[] = {10001, 1010000, 10000000000 + 1, 1000000 + 2, 20000 + 3, 100000000 + 7};
	struct attacker a = attacker(s);
	int64_t step = steps[world_below(&s->world, (int)LEN(steps))];
	int64_t n = world_nik(world_region(&s->world), 10101 + world_below(&s->world, 40), 1).n;
	for (int i = 0; i < about; i++)
		strike(s, &a, n + i * step);
}

/* ---- dates, regions, sex ---- */

static const int days_of[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/* A year day by day, serial 0001, women beside men or men alone. */
static void calendar(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int region = world_region(w), year = world_between(w, 50, 99), serial = about ? 1 : world_between(w, 1, 3);
	int sexes = world_permille(w, 400) ? 2 : 1;
	for (int month = world_between(w, 1, 6) - 1; month < 12; month++)
		for (int day = 1; day <= days_of[month]; day++)
			for (int sex = 0; sex < sexes; sex++)
				strike(s, &a, world_nik(region, ((day + 40 * sex) * 100 + month + 1) * 100 + year, serial).n);
}

/* The days of two or three months of one year, in any order. */
static void days_shuffled(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int region = world_region(w), order[56];
	for (int turn = 0; turn < about; turn++) {
		int year = world_between(w, 50, 99), month = world_between(w, 1, 12);
		for (int i = 0; i < 56; i++)
			order[i] = i;
		shuffle(w, order, 56);
		for (int i = 0; i < 56; i++) {
			int day = order[i] / 2 + 1 + 40 * (order[i] % 2);
			strike(s, &a, world_nik(region, (day * 100 + month) * 100 + year, 1).n);
		}
	}
}

/* The dates of one whole year, in any order. */
static void year_shuffled(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int order[336], region = world_region(w), year = world_between(w, 50, 99);
	for (int i = 0; i < 336; i++)
		order[i] = i;
	shuffle(w, order, 336);
	for (int i = 0; i < about; i++)
		strike(s, &a, world_nik(region, ((order[i] / 12 + 1) * 100 + order[i] % 12 + 1) * 100 + year, 1).n);
}

/* `about` 1: the months, else the years of one birthday; then of the next one. */
static void birthdays(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int region = world_region(w);
	for (int turn = 0; turn < 6; turn++) {
		int day = world_between(w, 1, 28), month = world_between(w, 1, 12), year = world_between(w, 50, 99);
		for (int i = 1; about == 1 && i <= 12; i++)
			strike(s, &a, world_nik(region, (day * 100 + i) * 100 + year, 1).n);
		for (int i = 50; about != 1 && i <= 99; i++)
			strike(s, &a, world_nik(region, (day * 100 + month) * 100 + i, 1).n);
	}
}

static void regions(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int order[80];
	for (int i = 0; i < 80; i++)
		order[i] = 330101 + i / 20 * 100 + i % 20;
	if (about)
		shuffle(w, order, 80);
	for (int turn = 0; turn < 2; turn++) {
		int date = any_date(w);
		for (int i = 0; i < 80; i++)
			strike(s, &a, world_nik(order[i], date, 1).n);
	}
}

/* Persons that are known, and the same number with the other sex. */
static void other_sex(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	for (int i = 0; i < about; i++) {
		struct nik nik = world_person(&s->world, world_region(&s->world), 1, 85);
		bool woman = nik.n / 100000000 % 100 > 40;
		strike(s, &a, nik.n);
		strike(s, &a, nik.n + (woman ? -1 : 1) * INT64_C(4000000000));
	}
}

/* Two walks taking turns: a serial and a serial, or a serial and a day. */
static void interleaved(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int64_t one = target(w, 1), two = target(w, 3);
	int64_t other = world_permille(w, 500) ? 1 : about;
	if (other != 1)
		two = world_nik(world_region(w), 10000 + 100 * world_between(w, 1, 12) + 77, 1).n;
	for (int i = 0; i < 56; i++) {
		strike(s, &a, one + i);
		strike(s, &a, two + (i % 28) * other);
	}
}

/* Plausible people out of thin air. */
static void guesses(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	int region = world_region(&s->world);
	for (int i = 0; i < ATTACK_ROWS; i++)
		strike(s, &a, world_nik(region, any_date(&s->world), world_between(&s->world, 1, about)).n);
}

/* The same by somebody who knows where most numbers exist and asks for nothing else. */
static void good_guesses(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int best = 330401;
	for (int region = 330401; region <= 330420; region++) {
		int64_t taken = 0, most = 0;
		for (int year = 1; year < 99; year++) {
			taken += world_registered(w, region, 150600 + year) > 0;
			most += world_registered(w, best, 150600 + year) > 0;
		}
		best = taken > most ? region : best;
	}
	for (int i = 0; i < about; i++)
		strike(s, &a, world_nik(best, any_date(w), 1).n);
}

/* ---- time ---- */

/* A stolen list through a script; `about`: milliseconds at most, or 0: slow and even. */
static void program(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	a.median_us = (about ? world_between(w, about / 4, about) : world_between(w, 2000, 20000)) * INT64_C(1000);
	a.sigma = about ? 20 : world_between(w, 0, 2);
	for (int i = 0; i < ATTACK_ROWS; i++)
		strike(s, &a, world_person(w, world_region(w), 0, 85).n);
}

/* A few a day, hours apart; `about`: honest inquiries in between. */
static void drip(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	a.honest = about * 1000;
	a.median_us = (about ? 240 : 9000) * US_PER_S;
	a.sigma = 70;
	serials(s, &a, world_permille(&s->world, 500) ? 1 : 3, 90);
}

static void drip_dates(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int region = world_region(w), my = world_between(w, 1, 12) * 100 + world_between(w, 50, 99);
	a.median_us = 9000 * US_PER_S;
	for (int i = 0; i < about; i++)
		strike(s, &a, world_nik(region, (i % 28 + 1) * 10000 + my + i / 28, 1).n);
}

/* Each user id gets its share of one walk; `about`: how many. */
static void colluding(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	a.users = about;
	a.shuffled_turns = world_permille(&s->world, 500);
	serials(s, &a, 1, 200);
}

/* The same with days, and a little honest work beside. */
static void colluding_dates(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	struct world *w = &s->world;
	int region = world_region(w);
	a.users = about;
	a.shuffled_turns = world_permille(w, 500);
	for (int i = 0; i < 168; i++)
		strike(s, &a, world_nik(region, (i % 28 + 1) * 10000 + (i / 28 + 1) * 100 + 85, 1).n);
}

static void covered_walk(struct workload_script *s, int about)
{
	struct attacker a = attacker(s);
	a.honest = about;
	serials(s, &a, 1, 120);
}

const struct workload workloads_hostile[] = {
	{"serial-up", true, 8, 1, serial_walk},
	{"serial-down", true, 8, -1, serial_walk},
	{"serial-stride", true, 8, 2, serial_walk},
	{"whole-walk", true, 8, 24, whole_walk},
	{"interleaved", true, 16, 100000000, interleaved},
	{"serial-shuffled", true, 25, 4, serial_shuffled},
	{"calendar", true, 25, 1, calendar},
	{"days-shuffled", true, 25, 3, days_shuffled},
	{"year-shuffled", true, 25, 200, year_shuffled},
	{"months", true, 25, 1, birthdays},
	{"years", true, 25, 2, birthdays},
	{"regions", true, 8, 0, regions},
	{"regions-shuffled", true, 25, 1, regions},
	{"other-sex", true, 25, 80, other_sex},
	{"guesses", true, 60, 3, guesses},
	{"good-guesses", true, 80, 400, good_guesses},
	{"program-fast", true, 25, 1000, program},
	{"program-even", true, 25, 0, program},
	{"covered-walk", true, 25, 4000, covered_walk},
	{"drip", true, 60, 0, drip},
	{"drip-dates", true, 60, 140, drip_dates},
	{"drip-hidden", true, 60, 20, drip},
	{"colluding-two", true, 60, 2, colluding},
	{"colluding-five", true, 60, 5, colluding},
	{"colluding-dates", true, 60, 2, colluding_dates},
};
const size_t workloads_hostile_n = LEN(workloads_hostile);
