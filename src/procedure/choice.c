/* SPDX-License-Identifier: EUPL-1.2
 * procedure/choice.c - see choice.h: one function a list. */
#include "procedure/choice.h"

#include <assert.h>

#include "identity/user.h"

struct filling {
	const struct desk *desk;
	int64_t instansi_id;
	const struct terms *terms; /* in force; NULL: none */
	struct choice_row *rows;   /* CHOICE_ROWS_MAX */
	size_t n;
};

static void put(struct filling *f, struct str key, struct str label)
{
	if (f->n < CHOICE_ROWS_MAX)
		f->rows[f->n++] = (struct choice_row){key, label};
}

/* ---- lists that never change ---- */

static const struct {
	const char *key, *label;
} sides[] = {{"instansi", "PIHAK KEDUA (instansi)"}, {"provider", "PIHAK KESATU (Dinas Dukcapil)"}},
  officials[] = {{"definitif", "Definitif"}, {"plh", "Pelaksana Harian (Plh.)"}, {"plt", "Pelaksana Tugas (Plt.)"}},
  ways[] = {{"surel", "Surel"}, {"cetak", "Cetakan"}, {"keduanya", "Surel dan cetakan"}};

static enum rc fill_sides(struct filling *f, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < LEN(sides); i++)
		put(f, str_c(sides[i].key), str_c(sides[i].label));
	return RC_OK;
}

static enum rc fill_officials(struct filling *f, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < LEN(officials); i++)
		put(f, str_c(officials[i].key), str_c(officials[i].label));
	return RC_OK;
}

static enum rc fill_ways(struct filling *f, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < LEN(ways); i++)
		put(f, str_c(ways[i].key), str_c(ways[i].label));
	return RC_OK;
}

#define METHOD_AS_IT_IS "tetap"

static enum rc fill_any_method(struct filling *f, struct err *err)
{
	(void)err;
	put(f, S(METHOD_AS_IT_IS), S("Metode tetap"));
	for (size_t i = 0; i < METHOD_CARD_READER; i++)
		put(f, str_c(method_at(i)->key), str_c(method_at(i)->label));
	return RC_OK;
}

/* ---- lists of the agency ---- */

static enum rc fill_methods(struct filling *f, struct err *err)
{
	(void)err;
	for (size_t i = 0; f->terms && i < METHOD_CARD_READER; i++)
		if (f->terms->methods[i].granted)
			put(f, str_c(method_at(i)->key), str_c(method_at(i)->label));
	return RC_OK;
}

static enum rc fill_applications(struct filling *f, struct err *err)
{
	TRY(fill_methods(f, err));
	for (size_t i = 0; f->terms && i < f->terms->applications_n; i++)
		put(f, f->terms->applications[i].code, f->terms->applications[i].name);
	return RC_OK;
}

static enum rc fill_users(struct filling *f, struct err *err)
{
	struct user_filter filter = {.instansi_id = f->instansi_id, .which = USER_WHICH_OPEN};
	struct arena *arena = tx_arena(f->desk->tx);
	struct user *users;
	size_t n;
	TRY(user_list(f->desk->tx, &filter, &users, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (users[i].role == ROLE_KEPALA)
			continue;
		struct str holder = users[i].holder.n ? users[i].holder : str_c(role_at(users[i].role)->label);
		put(f, users[i].user_id, arena_printf(arena, "%.*s (%.*s)", STR_ARG(users[i].user_id), STR_ARG(holder)));
	}
	return RC_OK;
}

static struct str version_label(const struct version *v, struct arena *arena)
{
	struct str number = v->terms->addendum_number.n ? v->terms->addendum_number : v->terms->pks_number;
	return arena_printf(arena, "Versi %d, %.*s, berlaku %s sampai %s", v->number, STR_ARG(number), day_short(v->begin).z,
	                    day_short(v->end).z);
}

static enum rc fill_versions(struct filling *f, struct err *err)
{
	struct arena *arena = tx_arena(f->desk->tx);
	struct version *versions;
	size_t n;
	TRY(agreement_versions(f->desk->agreement, f->desk->tx, f->instansi_id, &versions, &n, err));
	for (size_t i = 0; i < n; i++)
		put(f, arena_printf(arena, "%d", versions[i].number), version_label(&versions[i], arena));
	return RC_OK;
}

static enum rc (*const fillers[CHOICE_COUNT])(struct filling *, struct err *) = {
        [CHOICE_METHOD] = fill_methods,     [CHOICE_METHOD_ANY] = fill_any_method,
        [CHOICE_USER] = fill_users,         [CHOICE_APPLICATION] = fill_applications,
        [CHOICE_SIDE] = fill_sides,         [CHOICE_VERSION] = fill_versions,
        [CHOICE_OFFICIAL] = fill_officials, [CHOICE_WAY] = fill_ways,
};

enum rc choice_list(const struct desk *desk, int64_t instansi_id, enum choice choice, struct choice_row **ret, size_t *ret_n,
                    struct err *err)
{
	struct standing standing;
	struct filling f = {.desk = desk, .instansi_id = instansi_id};
	assert(choice > CHOICE_NONE && choice < CHOICE_COUNT);
	f.rows = ARENA_ARRAY(tx_arena(desk->tx), CHOICE_ROWS_MAX, struct choice_row);
	if (!f.rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (choice == CHOICE_METHOD || choice == CHOICE_APPLICATION) {
		TRY(agreement_standing(desk->agreement, desk->tx, instansi_id, desk->now_us, &standing, err));
		f.terms = standing.terms;
	}
	TRY(fillers[choice](&f, err));
	*ret = f.rows;
	*ret_n = f.n;
	return RC_OK;
}

/* ---- labels ---- */

static struct str method_label(struct str key)
{
	enum method method;
	if (str_eq(key, S(METHOD_AS_IT_IS)))
		return S("Metode tetap");
	return method_from_key(key, &method) == RC_OK ? str_c(method_at(method)->label) : key;
}

static struct str application_label(struct str key, const struct terms *terms)
{
	for (size_t i = 0; terms && i < terms->applications_n; i++)
		if (str_eq(key, terms->applications[i].code))
			return terms->applications[i].name;
	return method_label(key);
}

struct str choice_label(enum choice choice, struct str key, const struct terms *terms, struct arena *arena)
{
	switch (choice) {
	case CHOICE_METHOD:
	case CHOICE_METHOD_ANY: return method_label(key);
	case CHOICE_APPLICATION: return application_label(key, terms);
	case CHOICE_VERSION: return arena_printf(arena, "Versi %.*s", STR_ARG(key));
	case CHOICE_SIDE:
		for (size_t i = 0; i < LEN(sides); i++)
			if (str_eq(key, str_c(sides[i].key)))
				return str_c(sides[i].label);
		return key;
	case CHOICE_OFFICIAL:
		for (size_t i = 0; i < LEN(officials); i++)
			if (str_eq(key, str_c(officials[i].key)))
				return str_c(officials[i].label);
		return key;
	case CHOICE_WAY:
		for (size_t i = 0; i < LEN(ways); i++)
			if (str_eq(key, str_c(ways[i].key)))
				return str_c(ways[i].label);
		return key;
	case CHOICE_NONE:
	case CHOICE_USER:
	case CHOICE_COUNT: break;
	}
	return key;
}
