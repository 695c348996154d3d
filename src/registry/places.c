/* SPDX-License-Identifier: EUPL-1.2
 * registry/places.c - see places.h. */
#include "registry/places.h"

#include <stdio.h>

#define KABS 14 /* made-up kabupaten of a province, and kecamatan of each */

static const char *const kecamatan[PLACES_OWN + 1] = {
#define KECAMATAN(code, name) [code] = name,
#define DESA(kec, code, name)
#include "registry/wilayah_3304.def"
#undef KECAMATAN
#undef DESA
};

static const struct {
	int kec, code;
	const char *name;
} desa[] = {
#define KECAMATAN(code, name)
#define DESA(kec, code, name) {kec, code, name},
#include "registry/wilayah_3304.def"
#undef KECAMATAN
#undef DESA
};

static const struct {
	int code;
	const char *name;
} provinces[] = {
	{11, "ACEH"},
	{12, "SUMATERA UTARA"},
	{13, "SUMATERA BARAT"},
	{14, "RIAU"},
	{15, "JAMBI"},
	{16, "SUMATERA SELATAN"},
	{17, "BENGKULU"},
	{18, "LAMPUNG"},
	{19, "KEPULAUAN BANGKA BELITUNG"},
	{21, "KEPULAUAN RIAU"},
	{31, "DKI JAKARTA"},
	{32, "JAWA BARAT"},
	{33, "JAWA TENGAH"},
	{34, "DAERAH ISTIMEWA YOGYAKARTA"},
	{35, "JAWA TIMUR"},
	{36, "BANTEN"},
	{51, "BALI"},
	{52, "NUSA TENGGARA BARAT"},
	{53, "NUSA TENGGARA TIMUR"},
	{61, "KALIMANTAN BARAT"},
	{62, "KALIMANTAN TENGAH"},
	{63, "KALIMANTAN SELATAN"},
	{64, "KALIMANTAN TIMUR"},
	{65, "KALIMANTAN UTARA"},
	{71, "SULAWESI UTARA"},
	{72, "SULAWESI TENGAH"},
	{73, "SULAWESI SELATAN"},
	{74, "SULAWESI TENGGARA"},
	{75, "GORONTALO"},
	{76, "SULAWESI BARAT"},
	{81, "MALUKU"},
	{82, "MALUKU UTARA"},
	{91, "PAPUA"},
	{92, "PAPUA BARAT"},
	{93, "PAPUA SELATAN"},
	{94, "PAPUA TENGAH"},
	{95, "PAPUA PEGUNUNGAN"},
	{96, "PAPUA BARAT DAYA"},
};
_Static_assert(LEN(provinces) == 38, "38 provinces");

static const struct origin origins[ORIGINS] = {
	{330201, "BANYUMAS"},     {330212, "BANYUMAS"},   {330303, "PURBALINGGA"}, {330307, "PURBALINGGA"},
	{330510, "KEBUMEN"},      {330521, "KEBUMEN"},    {330704, "WONOSOBO"},    {330708, "WONOSOBO"},
	{330105, "CILACAP"},      {330811, "MAGELANG"},   {332502, "BATANG"},      {332601, "PEKALONGAN"},
	{337405, "SEMARANG"},     {317105, "JAKARTA"},    {317506, "JAKARTA"},     {327503, "BEKASI"},
	{327308, "BANDUNG"},      {340410, "SLEMAN"},     {357802, "SURABAYA"},    {187104, "BANDAR LAMPUNG"},
	{737109, "MAKASSAR"},     {910301, "JAYAPURA"},   {920203, "MANOKWARI"},   {970102, "MERAUKE"},
};

const struct origin *origin_at(int n)
{
	return &origins[n % ORIGINS];
}

static void own_place(int n, struct region *ret)
{
	*ret = (struct region){.prop = 33, .kab = 4, .kec = n + 1, .prop_name = S("JAWA TENGAH"),
	                       .kab_name = S("BANJARNEGARA"), .kec_name = str_c(kecamatan[n + 1])};
}

static struct str named(char room[REGION_NAME_MAX], const char *kind, int number)
{
	int n = snprintf(room, REGION_NAME_MAX, "%s %02d", kind, number);
	return str_from(room, (size_t)n);
}

void place_get(int n, struct place *ret)
{
	struct region *r = &ret->region;
	if (n < PLACES_OWN) {
		own_place(n, r);
		return;
	}
	/* 33.04 is real and stands above: the made-up ones of that province go on at 15 */
	int made = n - PLACES_OWN, prop = made / (KABS * KABS) % (int)LEN(provinces);
	int kab = made / KABS % KABS + 1;
	*r = (struct region){.prop = provinces[prop].code, .kab = kab, .kec = made % KABS + 1};
	if (r->prop == 33 && r->kab == 4)
		r->kab = KABS + 1;
	r->prop_name = str_c(provinces[prop].name);
	r->kab_name = named(ret->names[0], "CONTOH", r->kab);
	r->kec_name = named(ret->names[1], "KECAMATAN", r->kec);
}

void place_village(int n, struct chance *chance, struct region *ret, char room[REGION_NAME_MAX])
{
	if (n >= PLACES_OWN) {
		int number = chance_between(chance, 1, 12);
		ret->kel = 2000 + number;
		ret->kel_name = named(room, "DESA", number);
		return;
	}
	size_t first = 0, count = 0;
	while (desa[first].kec != n + 1)
		first++;
	while (first + count < LEN(desa) && desa[first + count].kec == n + 1)
		count++;
	size_t at = first + (size_t)chance_below(chance, (int)count);
	ret->kel = desa[at].code;
	ret->kel_name = str_c(desa[at].name);
}
