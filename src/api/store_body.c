/* SPDX-License-Identifier: EUPL-1.2
 * api/store_body.c - see store_body.h.
 *
 * A first look at the bytes counts brackets and commas outside of texts, so that what
 * jansson makes of a megabyte stays within a few megabytes of memory. */
#include "api/store_body.h"

#include <jansson.h>
#include <stdlib.h>

#include "agreement/kejadian.h"
#include "api/json_shape.h"

_Static_assert(STORE_NIK_MAX <= STORE_ITEMS_MAX, "there is room for every block");
#define TOKENS_MAX 100000 /* brackets and commas */
#define CONTENT_MAX 4096  /* bytes of one canonical content */
#define JENIS_WORD_MAX 40

/* One body under way. */
struct reading {
	struct store_body *body;
	const struct param_keys *keys;
	struct arena *arena;
	int nik_at; /* -1: outside of any */
	int param_at;
	int nik_n;
	size_t items_max;
};

void store_flaw_add(struct store_body *body, struct store_flaw flaw)
{
	if (body->flaws_n < STORE_FLAWS_MAX)
		body->flaws[body->flaws_n] = flaw;
	body->flaws_n++;
}

static void complain(struct reading *r, const char *field, const char *why)
{
	store_flaw_add(r->body, (struct store_flaw){.nik_at = r->nik_at, .param_at = r->param_at, .field = field, .why = why});
}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- bytes to JSON ---- */

/* NULL: a flaw says why. jansson's own words quote the text, so only the place is told. */
static json_t *load(struct reading *r, const char *field, struct str json)
{
	json_error_t at;
	if (!json_shape_fits(json, STORE_DEPTH_MAX, TOKENS_MAX)) {
		complain(r, field, "JSON terlalu dalam atau memuat terlalu banyak unsur.");
		return NULL;
	}
	json_t *root = json_loadb(json.at ? json.at : "", json.n, JSON_REJECT_DUPLICATES, &at);
	if (!root)
		store_flaw_add(r->body, (struct store_flaw){.nik_at = r->nik_at,
		                                            .param_at = r->param_at,
		                                            .field = field,
		                                            .why = "JSON tidak dapat dibaca.",
		                                            .line = at.line,
		                                            .column = at.column});
	return root;
}

/* ---- members ---- */

/* A member, and the name it goes by when something is wrong with it. */
struct told {
	const char *name;
	const json_t *value; /* NULL: it is not there */
};

/* The member of that name in any case, the first of two (which is a flaw). */
static struct told member(struct reading *r, const json_t *object, const char *name)
{
	struct told told = {name, NULL};
	const char *key;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)object, key, value) {
		if (!str_ieq(str_c(key), str_c(name)))
			continue;
		if (told.value)
			complain(r, name, "Ditulis dua kali.");
		else
			told.value = value;
	}
	return told;
}

/* The same of a param object, by either of its names: the one that was written, and where
 * none was the one that the agency's programs use. */
static struct told told_of(struct reading *r, const json_t *param, enum param_key which)
{
	const char *ours = param_key_name(which), *key;
	struct told told = {param_key_shown(r->keys, which), NULL};
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)param, key, value) {
		if (param_key_of(r->keys, str_c(key)) != which)
			continue;
		if (told.value) {
			complain(r, told.name, "Ditulis dua kali.");
			continue;
		}
		told.value = value;
		told.name = str_ieq(str_c(key), str_c(ours)) ? ours : told.name;
	}
	return told;
}

static struct str raw_of(const json_t *value)
{
	return str_from(json_string_value(value), json_string_length(value));
}

static struct str text_of(const json_t *value)
{
	return json_is_string(value) ? str_trim(raw_of(value)) : (struct str){NULL, 0};
}

/* NULL is as good as absent; anything else must be a text. {NULL,0}: not told. */
static struct str optional(struct reading *r, struct told told)
{
	if (!told.value || json_is_null(told.value))
		return (struct str){NULL, 0};
	struct str text = text_of(told.value);
	if (!text.at)
		complain(r, told.name, "Harus berupa teks.");
	return text;
}

static struct str required(struct reading *r, struct told told)
{
	size_t flaws = r->body->flaws_n;
	struct str text = optional(r, told);
	if (text.n == 0 && flaws == r->body->flaws_n)
		complain(r, told.name, "Harus diisi.");
	return text;
}

/* ---- a param object ---- */

static void write_value(struct buf *out, const json_t *value)
{
	if (json_is_string(value)) {
		buf_add_json(out, text_of(value));
		return;
	}
	char *dumped = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	if (dumped)
		buf_addz(out, dumped);
	else
		out->broken = true;
	free(dumped); /* tidy: allow, jansson's */
}

static struct str upper(struct arena *arena, struct str key)
{
	struct str copy = arena_str(arena, key);
	char *at = (char *)(uintptr_t)copy.at;
	for (size_t i = 0; i < copy.n; i++)
		if (at[i] >= 'a' && at[i] <= 'z')
			at[i] = (char)(at[i] - 'a' + 'A');
	return copy;
}

struct pair {
	struct str key;
	const json_t *value;
};

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *l = left, *r = right;
	size_t n = l->key.n < r->key.n ? l->key.n : r->key.n;
	int order = n ? memcmp(l->key.at, r->key.at, n) : 0;
	return order ? order : (l->key.n > r->key.n) - (l->key.n < r->key.n);
}

/* What is known goes by our name. */
static struct str canonical(struct reading *r, struct str key)
{
	enum param_key which = param_key_of(r->keys, key);
	return which < PARAM_KEY_COUNT ? str_c(param_key_name(which)) : upper(r->arena, key);
}

/* Keys in capitals and in order, texts without blanks around them. */
static enum rc read_content(struct reading *r, const json_t *param, struct str *ret, struct err *err)
{
	BUF_AUTO out = BUF(CONTENT_MAX);
	size_t n = 0, size = json_object_size(param);
	struct pair *pairs = ARENA_ARRAY(r->arena, size + 1, struct pair);
	const char *key;
	json_t *value;
	if (!pairs)
		return no_memory(err);
	json_object_foreach ((json_t *)(uintptr_t)param, key, value)
		pairs[n++] = (struct pair){canonical(r, str_c(key)), value};
	qsort(pairs, n, sizeof *pairs, compare_pairs);
	buf_addc(&out, '{');
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && str_eq(pairs[i].key, pairs[i - 1].key))
			complain(r, NULL, "Satu kunci ditulis dua kali.");
		buf_addz(&out, i ? "," : "");
		buf_add_json(&out, pairs[i].key);
		buf_addc(&out, ':');
		write_value(&out, pairs[i].value);
	}
	buf_addc(&out, '}');
	if (!buf_ok(&out))
		complain(r, NULL, "Isi terlalu panjang.");
	*ret = arena_str(r->arena, buf_str(&out));
	return r->arena->broken ? no_memory(err) : RC_OK;
}

/* Letters alone, small: "Gelombang pasang / Abrasi" and "GELOMBANG PASANG/ABRASI". */
static size_t letters(struct str text, char out[JENIS_WORD_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < text.n && n < JENIS_WORD_MAX; i++) {
		char c = text.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80)
			out[n++] = c;
	}
	return n;
}

static const char *jenis_from_text(struct str text)
{
	char asked[JENIS_WORD_MAX], row[JENIS_WORD_MAX];
	size_t n = letters(text, asked);
	for (size_t i = 0; kejadian_jenis_at(i); i++)
		if (letters(str_c(kejadian_jenis_at(i)), row) == n && memcmp(asked, row, n) == 0)
			return kejadian_jenis_at(i);
	return NULL;
}

/* "YYYY-MM-DD" or "DD-MM-YYYY". */
static bool read_day(struct str text, struct day *ret)
{
	char iso[10];
	if (day_from_str(text, ret) == RC_OK)
		return true;
	if (text.n != sizeof iso || text.at[2] != '-' || text.at[5] != '-')
		return false;
	memcpy(iso, text.at + 6, 4);
	memcpy(iso + 4, text.at + 2, 4);
	memcpy(iso + 8, text.at, 2);
	return day_from_str(str_from(iso, sizeof iso), ret) == RC_OK;
}

/* A number is welcome too: it is the kejadian's own. */
static struct str read_kejadian(struct reading *r, const json_t *param)
{
	struct told told = told_of(r, param, PARAM_KEJADIAN);
	if (!told.value || json_is_null(told.value))
		return S("");
	if (json_is_integer(told.value))
		return arena_printf(r->arena, "%lld", (long long)json_integer_value(told.value));
	struct str text = text_of(told.value);
	if (!text.at)
		complain(r, told.name, "Harus berupa teks atau bilangan.");
	else if (text.n > STORE_KEJADIAN_MAX)
		complain(r, told.name, "Terlalu panjang.");
	return arena_str(r->arena, str_cut(text, STORE_KEJADIAN_MAX));
}

/* What must be told. */
static void read_words(struct reading *r, const json_t *param, struct store_item *item)
{
	struct told keterangan = told_of(r, param, PARAM_KETERANGAN), jenis = told_of(r, param, PARAM_JENIS);
	struct str state = required(r, keterangan), disaster = required(r, jenis);
	if (state.n && keterangan_from_text(state, &item->keterangan) != RC_OK)
		complain(r, keterangan.name, "Tidak ada dalam daftar keterangan korban.");
	item->jenis = jenis_from_text(disaster);
	if (disaster.n && !item->jenis)
		complain(r, jenis.name, "Tidak ada dalam daftar jenis bencana.");
}

/* What may be. */
static void read_rest(struct reading *r, const json_t *param, struct store_item *item)
{
	struct told tanggal = told_of(r, param, PARAM_TANGGAL), rumah = told_of(r, param, PARAM_RUMAH);
	struct str day = optional(r, tanggal), house = optional(r, rumah);
	if (day.n && !read_day(day, &item->on))
		complain(r, tanggal.name, "Bukan tanggal (TTTT-BB-HH).");
	if (house.n && house_from_text(house, &item->house) != RC_OK)
		complain(r, rumah.name, "Tidak ada dalam daftar kerusakan rumah.");
}

static enum rc read_param(struct reading *r, const json_t *param, struct nik nik, struct err *err)
{
	if (!json_is_object(param)) {
		complain(r, "param", "Harus berupa objek JSON.");
		return RC_OK;
	}
	struct store_item item = {.nik_at = r->nik_at, .param_at = r->param_at, .nik = nik};
	read_words(r, param, &item);
	read_rest(r, param, &item);
	item.kejadian = read_kejadian(r, param);
	TRY(read_content(r, param, &item.content, err));
	if (r->body->n == r->items_max)
		r->body->too_many = "Paling banyak 1.000 isi param dalam satu permintaan.";
	else
		r->body->items[r->body->n++] = item;
	return RC_OK;
}

static enum rc read_params(struct reading *r, const json_t *list, struct nik nik, struct err *err)
{
	enum rc rc = RC_OK;
	if (!json_is_array(list) || json_array_size(list) == 0) {
		complain(r, "param", list ? "Harus berupa larik objek yang tidak kosong." : "Harus diisi.");
		return RC_OK;
	}
	if (json_array_size(list) > STORE_PARAM_MAX) {
		complain(r, "param", "Paling banyak 50 isi untuk satu NIK.");
		return RC_OK;
	}
	for (r->param_at = 0; r->param_at < (int)json_array_size(list) && rc == RC_OK; r->param_at++)
		rc = read_param(r, json_array_get(list, (size_t)r->param_at), nik, err);
	r->param_at = -1;
	return rc;
}

/* ---- a NIK ---- */

/* A text of nothing but the digits, or a whole number; a spreadsheet's 3.30406E+15 has lost
 * its last digits. */
static struct nik read_nik(struct reading *r, const json_t *value)
{
	struct nik nik = {0};
	if (!value || json_is_null(value)) {
		complain(r, "NIK", "Harus diisi.");
	} else if (json_is_real(value)) {
		complain(r, "NIK", "Bilangan pecahan atau berpangkat: angka NIK sudah rusak. Kirim sebagai teks.");
	} else if (json_is_integer(value)) {
		int64_t n = json_integer_value(value);
		if (nik_check(n) == NIK_FLAW_NONE)
			return (struct nik){n};
		complain(r, "NIK", "Tidak sesuai format NIK.");
	} else if (!json_is_string(value) || nik_from_str(raw_of(value), &nik, NULL) != RC_OK) {
		complain(r, "NIK", "Tidak sesuai format NIK.");
	}
	return nik;
}

static enum rc read_person(struct reading *r, const json_t *person, struct err *err)
{
	if (!json_is_object(person)) {
		complain(r, "data", "Harus berupa objek JSON.");
		return RC_OK;
	}
	struct nik nik = read_nik(r, member(r, person, "NIK").value);
	return read_params(r, member(r, person, "param").value, nik, err);
}

/* ---- an agency's block ---- */

static enum rc take_lembaga(struct reading *r, struct str id, struct err *err)
{
	struct str copy = arena_str(r->arena, str_cut(id, STORE_LEMBAGA_MAX + 1)); /* one too long is nobody's */
	if (id.n && !copy.at)
		return no_memory(err);
	if (id.n)
		r->body->lembaga[r->body->lembaga_n++] = copy;
	return RC_OK;
}

static enum rc read_block(struct reading *r, const json_t *block, struct err *err)
{
	enum rc rc;
	if (!json_is_object(block)) {
		complain(r, NULL, "Setiap unsur larik harus berupa objek JSON.");
		return RC_OK;
	}
	TRY(take_lembaga(r, required(r, member(r, block, "id_lembaga")), err));
	const json_t *data = member(r, block, "data").value;
	if (!json_is_array(data) || json_array_size(data) == 0) {
		complain(r, "data", data ? "Harus berupa larik objek yang tidak kosong." : "Harus diisi.");
		return RC_OK;
	}
	for (size_t i = 0; i < json_array_size(data); i++) {
		if (r->nik_n == STORE_NIK_MAX) {
			r->body->too_many = "Paling banyak 1.000 NIK dalam satu permintaan.";
			return RC_OK;
		}
		r->nik_at = r->nik_n++;
		rc = read_person(r, json_array_get(data, i), err);
		r->nik_at = -1;
		TRY(rc);
	}
	return RC_OK;
}

/* ---- doors ---- */

/* No more objects than opening braces. */
static size_t objects_at_most(struct str json)
{
	size_t n = 1;
	for (size_t i = 0; i < json.n && n < STORE_ITEMS_MAX; i++)
		n += json.at[i] == '{';
	return n;
}

static enum rc begin(struct reading *r, struct arena *arena, size_t items, struct store_body *ret, struct err *err)
{
	*r = (struct reading){.body = ret, .keys = r->keys, .arena = arena, .nik_at = -1, .param_at = -1, .items_max = items};
	ret->lembaga = ARENA_ARRAY(arena, items, struct str);
	ret->items = ARENA_ARRAY(arena, items, struct store_item);
	return ret->lembaga && ret->items ? RC_OK : no_memory(err);
}

static enum rc read_blocks(struct reading *r, const json_t *root, struct err *err)
{
	if (!json_is_array(root) || json_array_size(root) == 0) {
		complain(r, NULL, "Isi permintaan harus berupa larik JSON yang tidak kosong.");
		return RC_OK;
	}
	if (json_array_size(root) > STORE_NIK_MAX) {
		r->body->too_many = "Paling banyak 1.000 NIK dalam satu permintaan.";
		return RC_OK;
	}
	for (size_t i = 0; i < json_array_size(root) && !r->body->too_many; i++)
		TRY(read_block(r, json_array_get(root, i), err));
	return RC_OK;
}

enum rc store_body_json(struct str json, const struct param_keys *keys, struct arena *arena, struct store_body *ret,
                        struct err *err)
{
	struct reading r = {.keys = keys};
	*ret = (struct store_body){0};
	TRY(begin(&r, arena, objects_at_most(json), ret, err));
	json_t *root = load(&r, NULL, json);
	if (!root)
		return RC_OK;
	enum rc rc = read_blocks(&r, root, err);
	json_decref(root);
	return rc;
}

enum rc store_body_form(const struct store_form *form, const struct param_keys *keys, struct arena *arena, struct store_body *ret,
                        struct err *err)
{
	struct reading r = {.keys = keys};
	struct nik nik = {0};
	*ret = (struct store_body){0};
	TRY(begin(&r, arena, STORE_PARAM_MAX, ret, err));
	TRY(take_lembaga(&r, str_trim(form->id_lembaga), err));
	if (ret->lembaga_n == 0)
		complain(&r, "id_lembaga", "Harus diisi.");
	r.nik_at = 0;
	if (form->nik.n == 0)
		complain(&r, "nik", "Harus diisi.");
	else if (nik_from_str(form->nik, &nik, NULL) != RC_OK)
		complain(&r, "nik", "Tidak sesuai format NIK.");
	if (str_trim(form->param).n == 0) {
		complain(&r, "param", "Harus diisi.");
		return RC_OK;
	}
	json_t *param = load(&r, "param", form->param);
	if (!param)
		return RC_OK;
	enum rc rc = read_params(&r, param, nik, err);
	json_decref(param);
	return rc;
}
