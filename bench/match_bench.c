/* SPDX-License-Identifier: EUPL-1.2
 * bench/match_bench.c - how fast the matching is, and how well it parts people.
 *
 *   match_bench [FIRST_SEED [SEEDS]]    (default: 101 5; seeds 1-9 were tuned on)
 *
 * A population of the generator gives names and addresses. Same: the text of one
 * resident, written in one of the ways people write it. Other: that of somebody else
 * who is easily taken for them. Precision and recall count one other for one same. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "registry/match.h"
#include "registry/population.h"

#define PEOPLE 20000
#define PAIRS 40000 /* of a kind and seed */
#define TEXT_MAX 200

struct one {
	char name[RESIDENT_NAME_MAX], address[RESIDENT_ADDRESS_MAX];
	int64_t kk;
	enum resident_sex sex;
};
static struct one people[PEOPLE];

struct text {
	char z[TEXT_MAX];
};

/* What is too long is cut. */
static void put(struct text *to, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void put(struct text *to, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vsnprintf(to->z, sizeof to->z, fmt, args);
	va_end(args);
}

/* ---- ways of writing the same ---- */

typedef void write_as(struct chance *c, const struct text *from, struct text *to);

static size_t length(const struct text *t)
{
	return strlen(t->z);
}

static void replace(const struct text *from, const char *what, const char *by, struct text *to)
{
	const char *at = strstr(from->z, what);
	*to = *from;
	if (at)
		put(to, "%.*s%s%s", (int)(at - from->z), from->z, by, at + strlen(what));
}

static void as_it_is(struct chance *c, const struct text *from, struct text *to)
{
	*to = *from;
	for (char *z = to->z; *z; z++)
		if (chance_permille(c, 700) && *z >= 'A' && *z <= 'Z')
			*z = (char)(*z + 32);
}

static void with_titles(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const before[] = {"H. ", "Drs. ", "Ir. ", "Dr. ", ""}, *const after[] = {", S.Pd", " S.E.", ", M.Si.", ""};
	put(to, "%s%.150s%s", before[chance_below(c, 5)], from->z, after[chance_below(c, 4)]);
}

static void with_old_spelling(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const ways[][2] = {{"U", "OE"}, {"J", "DJ"}, {"C", "TJ"}, {"Y", "J"}, {"SY", "SJ"}, {"KH", "CH"}};
	int first = chance_below(c, 6);
	*to = *from;
	for (int i = 0; i < 6 && strcmp(to->z, from->z) == 0; i++)
		replace(from, ways[(first + i) % 6][0], ways[(first + i) % 6][1], to);
}

/* Spelt as it sounds: what clerks hear. */
static void by_ear(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const ways[][2] = {{"I", "Y"}, {"F", "V"}, {"Z", "S"}, {"KH", "H"}, {"SY", "S"}, {"AE", "AI"}, {"D", "DH"},
	                                      {"U", "O"}, {"O", "U"}, {"IY", "I"}, {"S", "SH"}, {"H ", " "}};
	int first = chance_below(c, 12);
	*to = *from;
	for (int i = 0; i < 12 && strcmp(to->z, from->z) == 0; i++)
		replace(from, ways[(first + i) % 12][0], ways[(first + i) % 12][1], to);
}

static void with_abbreviation(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const ways[][2] = {{"MUHAMMAD", "M."}, {"MUHAMMAD", "Muh."}, {"MOHAMAD", "Moch"}, {"SITI", "St."},
	                                      {"MUHAMMAD", "MOCHAMAD"}, {"MOHAMAD", "Mohd"}};
	int first = chance_below(c, 6);
	*to = *from;
	for (int i = 0; i < 6 && strcmp(to->z, from->z) == 0; i++)
		replace(from, ways[(first + i) % 6][0], ways[(first + i) % 6][1], to);
}

static void with_initial(struct chance *c, const struct text *from, struct text *to)
{
	const char *blank = strrchr(from->z, ' ');
	(void)c;
	*to = *from;
	if (blank)
		to->z[blank - from->z + 2] = '\0';
}

static void swapped(struct chance *c, const struct text *from, struct text *to)
{
	const char *blank = strrchr(from->z, ' ');
	(void)c;
	*to = *from;
	if (blank)
		put(to, "%s %.*s", blank + 1, (int)(blank - from->z), from->z);
}

static void without_blank(struct chance *c, const struct text *from, struct text *to)
{
	(void)c;
	replace(from, " ", "", to);
}

static char neighbour(struct chance *c, char of)
{
	static const char row[] = "QWERTYUIOPASDFGHJKLZXCVBNMZ";
	const char *at = strchr(row, of);
	return at && at > row && chance_permille(c, 500) ? at[-1] : at && at[1] ? at[1] : 'A';
}

/* One finger wrong: a neighbour, a letter too few, one too many, two swapped. */
static void slip(struct chance *c, const struct text *from, struct text *to)
{
	size_t n = length(from), at = (size_t)chance_below(c, (int)n - 1);
	const char *z = from->z;
	switch (chance_below(c, 5)) {
	case 0: put(to, "%.*s%c%s", (int)at, z, neighbour(c, z[at]), z + at + 1); break;
	case 1: put(to, "%.*s%s", (int)at, z, z + at + 1); break;
	case 2: put(to, "%.*s%c%s", (int)at, z, 'A' + chance_below(c, 26), z + at); break;
	case 3: put(to, "%.*s%c%c%s", (int)at, z, z[at + 1], z[at], z + at + 2); break;
	default: put(to, "%.*s%c%s", (int)at, z, 'A' + chance_below(c, 26), z + at + 1); break;
	}
}

static void two_slips(struct chance *c, const struct text *from, struct text *to)
{
	struct text once;
	slip(c, from, &once);
	slip(c, &once, to);
}

static void misread(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const ways[][2] = {{"O", "0"}, {"I", "1"}, {"S", "5"}, {"B", "8"}, {"I", "L"}, {"Z", "2"}};
	int first = chance_below(c, 6);
	*to = *from;
	for (int i = 0; i < 6 && strcmp(to->z, from->z) == 0; i++)
		replace(from, ways[(first + i) % 6][0], ways[(first + i) % 6][1], to);
}

static void a_word_less(struct chance *c, const struct text *from, struct text *to)
{
	const char *blank = strrchr(from->z, ' ');
	(void)c;
	*to = *from;
	if (blank)
		to->z[blank - from->z] = '\0';
}

/* An old spelling, a title and a slip at once. */
static void all_at_once(struct chance *c, const struct text *from, struct text *to)
{
	struct text a, b;
	slip(c, from, &a);
	with_old_spelling(c, &a, &b);
	with_titles(c, &b, to);
}

static void address_abbreviated(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const roads[] = {"JL ", "Jln. ", "Jalan ", ""}, *const hamlets[] = {"Dsn. ", "DSN ", "Dukuh ", ""};
	struct text one;
	replace(from, "JL. ", roads[chance_below(c, 4)], &one);
	replace(&one, "DUSUN ", hamlets[chance_below(c, 4)], to);
	one = *to;
	replace(&one, "NO. ", chance_permille(c, 500) ? "No." : "", to);
}

static void address_with_more(struct chance *c, const struct text *from, struct text *to)
{
	put(to, "%.120s RT %02d/RW %02d Desa Leksana", from->z, chance_between(c, 1, 9), chance_between(c, 1, 9));
}

/* ---- others who are easily taken for them ---- */

typedef const struct one *pick_other(struct chance *c, const struct one *of);

static const struct one *anybody(struct chance *c, const struct one *of)
{
	(void)of;
	return &people[chance_below(c, PEOPLE)];
}

static const struct one *of_the_family(struct chance *c, const struct one *of)
{
	size_t at = (size_t)(of - people);
	size_t other = chance_permille(c, 500) && at ? at - 1 : at + 1 < PEOPLE ? at + 1 : at - 1;
	return people[other].kk == of->kk ? &people[other] : NULL;
}

static bool word_shared(const char *a, const char *b)
{
	size_t first = strcspn(a, " ");
	const char *last_a = strrchr(a, ' '), *last_b = strrchr(b, ' ');
	return (strncmp(a, b, first + 1) == 0 && last_a && last_b) || (last_a && last_b && strcmp(last_a, last_b) == 0);
}

static const struct one *with_a_shared_word(struct chance *c, const struct one *of)
{
	for (int i = 0; i < 400; i++) {
		const struct one *other = anybody(c, of);
		if (word_shared(of->name, other->name))
			return other;
	}
	return NULL;
}

static const struct one *any_address(struct chance *c, const struct one *of)
{
	for (int i = 0; i < 100; i++) {
		const struct one *other = anybody(c, of);
		if (other->address[0] == of->address[0])
			return other;
	}
	return NULL;
}

/* Same road, another number. */
static const struct one *next_door(struct chance *c, const struct one *of)
{
	const char *at = strstr(of->address, "NO.");
	for (int i = 0; at && i < 2000; i++) {
		const struct one *other = anybody(c, of);
		if (strncmp(other->address, of->address, (size_t)(at - of->address)) == 0)
			return other;
	}
	return NULL;
}

/* ---- names made of a relative's: not in the generator, but in every family ---- */

static void as_father_and_child(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const last[] = {"SAPUTRA", "WIBOWO", "LESTARI", "HIDAYAT", "ANGGRAENI", "PRATAMA", "RAHAYU", "SETIAWAN"};
	const char *word = strrchr(from->z, ' ');
	put(to, "%s %s", last[chance_below(c, 8)], word ? word + 1 : from->z);
}

/* SUPARTO and SUPARTI, SUWARNO and SUWARNI: brother and sister. */
static void as_brother_and_sister(struct chance *c, const struct text *from, struct text *to)
{
	size_t n = length(from);
	(void)c;
	*to = *from;
	if (from->z[n - 1] == 'O' || from->z[n - 1] == 'I')
		to->z[n - 1] = from->z[n - 1] == 'O' ? 'I' : 'O';
	else if (from->z[n - 1] == 'A')
		to->z[n - 1] = 'I';
}

static void with_common_word(struct chance *c, const struct text *from, struct text *to)
{
	static const char *const words[] = {"SITI", "MUHAMMAD", "NUR", "SRI", "DWI"};
	const char *blank = strrchr(from->z, ' ');
	put(to, "%s %s", words[chance_below(c, 5)], blank ? blank + 1 : from->z);
}

/* ---- counting ---- */

typedef int score_of(struct str asked, struct str held);
static const int cuts[] = {80, 90, 95};
struct count {
	int64_t n, at[LEN(cuts)], sum;
};

struct kind {
	const char *name;
	write_as *write;
	pick_other *other;
	bool address, same;
};
static const struct kind kinds[] = {
	{"name: case", as_it_is, NULL, false, true},
	{"name: titles", with_titles, NULL, false, true},
	{"name: old spelling", with_old_spelling, NULL, false, true},
	{"name: spelt by ear", by_ear, NULL, false, true},
	{"name: M., Muh., St.", with_abbreviation, NULL, false, true},
	{"name: words swapped", swapped, NULL, false, true},
	{"name: blank left out", without_blank, NULL, false, true},
	{"name: one slip", slip, NULL, false, true},
	{"name: two slips", two_slips, NULL, false, true},
	{"name: misread (O/0, I/1)", misread, NULL, false, true},
	{"name: old spelling + title + slip", all_at_once, NULL, false, true},
	{"name: last word an initial", with_initial, NULL, false, true},
	{"name: last word left out", a_word_less, NULL, false, true},
	{"name: anybody else", NULL, anybody, false, false},
	{"name: same household", NULL, of_the_family, false, false},
	{"name: first or last word shared", NULL, with_a_shared_word, false, false},
	{"name: father and child", as_father_and_child, NULL, false, false},
	{"name: SITI, MUHAMMAD + same word", with_common_word, NULL, false, false},
	{"name: brother and sister (-O, -I)", as_brother_and_sister, NULL, false, false},
	{"address: abbreviated", address_abbreviated, NULL, true, true},
	{"address: with RT, RW, desa", address_with_more, NULL, true, true},
	{"address: one slip", slip, NULL, true, true},
	{"address: any other", NULL, any_address, true, false},
	{"address: another number", NULL, next_door, true, false},
};

static void count_pair(const struct kind *k, const struct one *p, struct chance *c, struct count *ret)
{
	struct text held, asked;
	put(&held, "%s", k->address ? p->address : p->name);
	if (length(&held) < 3)
		return;
	const struct one *other = k->other ? k->other(c, p) : NULL;
	if (k->other && !other)
		return;
	if (k->write)
		k->write(c, &held, &asked);
	else
		put(&asked, "%s", k->address ? other->address : other->name);
	bool equal = strcmp(asked.z, held.z) == 0;
	if (equal)
		return; /* nothing was done to it; or a namesake */
	int score = k->address ? match_address(str_c(asked.z), str_c(held.z)) : match_name(str_c(asked.z), str_c(held.z));
	ret->n++;
	ret->sum += score;
	for (size_t i = 0; i < LEN(cuts); i++)
		ret->at[i] += score >= cuts[i];
}

static void populate(uint64_t seed)
{
	struct arena arena;
	struct population *p;
	struct person person;
	struct err err;
	arena_init(&arena, (size_t)16 << 20);
	if (population_new(PEOPLE, seed, &arena, &p, &err) != RC_OK)
		exit(111);
	for (size_t i = 0; i < PEOPLE && population_next(p, &person); i++) {
		people[i].kk = person.resident.kk;
		people[i].sex = person.resident.sex;
		snprintf(people[i].name, sizeof people[i].name, "%.*s", STR_ARG(person.resident.name));
		snprintf(people[i].address, sizeof people[i].address, "%.*s", STR_ARG(person.resident.address));
	}
	arena_free(&arena);
}

static double share(const struct count *c, size_t i)
{
	return c->n ? 100.0 * (double)c->at[i] / (double)c->n : 0;
}

static void tell_kinds(const struct count *counts)
{
	printf("| pairs | number | mean | >= 80 | >= 90 | >= 95 |\n|---|---|---|---|---|---|\n");
	for (size_t k = 0; k < LEN(kinds); k++) {
		const struct count *c = &counts[k];
		printf("| %s%s | %lld | %.1f | %.1f%% | %.1f%% | %.1f%% |\n", kinds[k].same ? "same " : "**other** ", kinds[k].name,
		       (long long)c->n, c->n ? (double)c->sum / (double)c->n : 0, share(c, 0), share(c, 1), share(c, 2));
	}
}

/* Every kind counts the same, and one other for one same. */
static void tell_totals(const struct count *counts, bool address)
{
	printf("\n| %s | precision | recall |\n|---|---|---|\n", address ? "addresses, cut" : "names, cut");
	for (size_t i = 0; i < LEN(cuts); i++) {
		double same = 0, other = 0, sames = 0, others = 0;
		for (size_t k = 0; k < LEN(kinds); k++) {
			if (kinds[k].address != address || counts[k].n == 0)
				continue;
			*(kinds[k].same ? &same : &other) += share(&counts[k], i);
			*(kinds[k].same ? &sames : &others) += 1;
		}
		double recall = same / sames, wrong = other / others;
		printf("| %d | %.1f%% | %.1f%% |\n", cuts[i], recall + wrong > 0 ? 100 * recall / (recall + wrong) : 0, recall);
	}
}

/* ---- speed ---- */

static double cpu_s(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void speed(const char *what, score_of *score, write_as *write, bool address)
{
	enum { N = 20000, ROUNDS = 30 };
	static struct text asked[N];
	struct chance c = chance_of(7, 7);
	int64_t sum = 0;
	for (size_t i = 0; i < N; i++) {
		struct text held;
		size_t from = write ? i : (i * 7919 + 13) % N;
		put(&held, "%s", address ? people[from].address : people[from].name);
		if (write)
			write(&c, &held, &asked[i]);
		else
			asked[i] = held;
	}
	double begin = cpu_s();
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < N; i++)
			sum += score(str_c(asked[i].z), str_c(address ? people[i].address : people[i].name));
	double s = cpu_s() - begin;
	printf("| %s | %.2f million/s | %.0f ns | mean %.1f |\n", what, N * ROUNDS / s / 1e6, s * 1e9 / N / ROUNDS,
	       (double)sum / N / ROUNDS);
}

static void speeds(void)
{
	printf("\n| comparisons, one core, CPU time | rate | each | score |\n|---|---|---|---|\n");
	speed("names, the same in another case", match_name, as_it_is, false);
	speed("names, one slip", match_name, slip, false);
	speed("names, title + old spelling + slip", match_name, all_at_once, false);
	speed("names, somebody else's", match_name, NULL, false);
	speed("addresses, abbreviated", match_address, address_abbreviated, true);
	speed("addresses, somebody else's", match_address, NULL, true);
}

int main(int argc, char **argv)
{
	static struct count counts[LEN(kinds)];
	int64_t first = 101, seeds = 5;
	if ((argc > 1 && str_int(str_c(argv[1]), 0, 1 << 30, &first) != RC_OK) ||
	    (argc > 2 && str_int(str_c(argv[2]), 1, 1000, &seeds) != RC_OK)) {
		fputs("usage: match_bench [FIRST_SEED [SEEDS]]\n", stderr);
		return 100;
	}
	for (int64_t seed = first; seed < first + seeds; seed++) {
		populate((uint64_t)seed);
		for (size_t k = 0; k < LEN(kinds); k++) {
			struct chance c = chance_of((uint64_t)seed, k);
			int n = kinds[k].other == next_door || kinds[k].other == with_a_shared_word ? PAIRS / 10 : PAIRS;
			for (int i = 0; i < n; i++)
				count_pair(&kinds[k], &people[i % PEOPLE], &c, &counts[k]);
		}
	}
	printf("seeds %lld to %lld\n\n", (long long)first, (long long)(first + seeds - 1));
	tell_kinds(counts);
	tell_totals(counts, false);
	tell_totals(counts, true);
	speeds();
	return 0;
}
