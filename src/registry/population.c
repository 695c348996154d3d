/* SPDX-License-Identifier: EUPL-1.2
 * registry/population.c - see population.h.
 *
 * The work goes kecamatan by kecamatan, each with a chance of its own. Who was first
 * registered at home gets a serial 9900-9979; a bit for each region, birth day, sex
 * and serial says which are taken, and a full day moves to the next. Who came from
 * elsewhere gets 9980-9999, shared out so that no two kecamatan can give the same
 * NIK: in 33.04 each kecamatan has one of these serials for itself; in a nation each
 * takes its newcomers from one other kecamatan that nobody else takes from. */
#include "registry/population.h"

#include "registry/household.h"

#define DAYS (POPULATION_LAST_DAY - POPULATION_FIRST_DAY + 1)
#define HOME_SERIALS 80
#define AWAY_SERIALS 20 /* nation; in 33.04 as many as there are origins */
#define AWAY_SETS (ORIGINS > AWAY_SERIALS ? ORIGINS : AWAY_SERIALS)
#define SERIAL_FIRST 9900
#define KK_DAYS 7305 /* registered 2006 to 2025 */
#define KK_FIRST_DAY 13149
#define KK_STEP 456791 /* prime to KK_DAYS * 100: every KK of a kecamatan once */

struct population {
	int64_t residents, left; /* in all; in this kecamatan */
	uint64_t seed;
	int places, place; /* how many kecamatan; the one at work */
	struct place here, there;
	struct chance chance;
	int64_t households; /* of this kecamatan so far */
	int64_t kk_start;
	struct household house;
	char village[REGION_NAME_MAX];
	size_t given; /* of the household at work */
	unsigned char home[(size_t)DAYS * 2 * HOME_SERIALS / 8];
	unsigned char away[(size_t)DAYS * 2 * AWAY_SETS / 8];
};

enum rc population_new(int64_t residents, uint64_t seed, struct arena *arena, struct population **ret, struct err *err)
{
	if (residents < 1 || residents > POPULATION_MAX)
		return FAIL(err, RC_INVALID, "Jumlah penduduk harus 1 sampai %lld", (long long)POPULATION_MAX);
	struct population *p = ARENA_NEW(arena, struct population);
	if (!p)
		return FAIL(err, RC_LIMIT, "Memori tidak cukup");
	p->residents = residents;
	p->seed = seed;
	p->places = residents <= POPULATION_OWN_MAX ? PLACES_OWN : PLACES_NATION;
	p->place = -1;
	*ret = p;
	return RC_OK;
}

static bool next_place(struct population *p)
{
	do {
		if (++p->place >= p->places)
			return false;
		p->left = p->residents * (p->place + 1) / p->places - p->residents * p->place / p->places;
	} while (p->left == 0);
	place_get(p->place, &p->here);
	place_get((p->place + p->places / 2) % p->places, &p->there);
	p->chance = chance_of(p->seed, (uint64_t)p->place);
	p->kk_start = chance_below(&p->chance, KK_DAYS * 100);
	p->households = 0;
	memset(p->home, 0, sizeof p->home);
	memset(p->away, 0, sizeof p->away);
	return true;
}

/* Takes a bit that nobody has; false when it is taken. */
static bool claim(unsigned char *bits, size_t at)
{
	unsigned char bit = (unsigned char)(1 << at % 8);
	if (bits[at / 8] & bit)
		return false;
	bits[at / 8] |= bit;
	return true;
}

static int64_t nik_number(int code, struct day day, enum resident_sex sex, int serial)
{
	int y, m, d;
	day_to_ymd(day, &y, &m, &d);
	d += sex == SEX_FEMALE ? 40 : 0;
	return (((int64_t)code * 100 + d) * 100 + m) * 1000000 + y % 100 * 10000 + serial;
}

static size_t day_at(const struct resident *r)
{
	return (size_t)(r->birth.n - POPULATION_FIRST_DAY) * 2 + (size_t)r->sex;
}

static void next_day(struct resident *r)
{
	r->birth.n = r->birth.n == POPULATION_LAST_DAY ? POPULATION_FIRST_DAY : r->birth.n + 1;
}

static void number_home(struct population *p, struct resident *r)
{
	int serial = chance_below(&p->chance, HOME_SERIALS);
	for (int tried = 0; !claim(p->home, day_at(r) * HOME_SERIALS + (size_t)serial); tried++) {
		serial = (serial + 1) % HOME_SERIALS;
		if (tried % HOME_SERIALS == HOME_SERIALS - 1)
			next_day(r);
	}
	r->nik.n = nik_number(place_code(&p->here.region), r->birth, r->sex, SERIAL_FIRST + serial);
}

static void number_away(struct population *p, struct person *person)
{
	struct resident *r = &person->resident;
	bool own = p->places == PLACES_OWN;
	int set = chance_below(&p->chance, own ? ORIGINS : AWAY_SERIALS);
	while (!claim(p->away, day_at(r) * AWAY_SETS + (size_t)set))
		next_day(r);
	int code = own ? origin_at(set)->code : place_code(&p->there.region);
	r->nik.n = nik_number(code, r->birth, r->sex, SERIAL_FIRST + HOME_SERIALS + (own ? p->place : set));
	person->birthplace = own ? str_c(origin_at(set)->birthplace) : p->there.region.kab_name;
}

static int64_t kk_number(const struct population *p)
{
	int64_t at = (p->kk_start + p->households * KK_STEP) % (KK_DAYS * 100);
	struct day day = {KK_FIRST_DAY + (int32_t)(at / 100)};
	return nik_number(place_code(&p->here.region), day, SEX_MALE, SERIAL_FIRST + (int)(at % 100));
}

static void next_household(struct population *p)
{
	struct region region = p->here.region;
	household_make(&p->house, &p->chance);
	place_village(p->place, &p->chance, &region, p->village);
	int64_t kk = kk_number(p);
	for (size_t i = 0; i < p->house.n; i++) {
		struct person *person = &p->house.person[i];
		person->region = region;
		person->resident.kk = kk;
		person->birthplace = region.kab_name;
		if (chance_permille(&p->chance, 40)) {
			number_away(p, person);
			continue;
		}
		number_home(p, &person->resident);
		if (p->places == PLACES_OWN && chance_permille(&p->chance, 80)) /* a hospital in the next town */
			person->birthplace = str_c(origin_at(chance_below(&p->chance, 12))->birthplace);
	}
	p->households++;
	p->given = 0;
}

bool population_next(struct population *p, struct person *ret)
{
	if (p->left == 0 && !next_place(p))
		return false;
	if (p->given == p->house.n || p->households == 0)
		next_household(p);
	*ret = p->house.person[p->given++];
	if (--p->left == 0)
		p->house.n = p->given = 0;
	return true;
}
