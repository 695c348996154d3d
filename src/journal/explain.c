/* SPDX-License-Identifier: EUPL-1.2
 * journal/explain.c - see explain.h. */
#include "journal/explain.h"

#include <jansson.h>

static const struct explain_row {
	const char *key, *label;
} keys[] = {
        {"log", "Log"},
        {"seq", "Nomor entri dalam log"},
        {"time", "Waktu"},
        {"act", "Yang terjadi"},
        {"outcome", "Hasil"},
        {"ground", "Sebab penolakan"},
        {"clause", "Ketentuan"},
        {"instansi", "Instansi"},
        {"version", "Versi perjanjian"},
        {"user", "Nomor pengguna"},
        {"user_id", "User ID"},
        {"session", "Sesi"},
        {"kejadian", "Kejadian"},
        {"method", "Cara akses"},
        {"document", "Dokumen yang ditunjukkan"},
        {"peer", "Alamat jaringan"},
        {"epoch", "Bulan kunci NIK"},
        {"nik", "Sidik NIK"},
        {"repeat", "Pengulangan"},
        {"repeat_of", "Mengulang entri"},
        {"about", "Rincian"},
};

static const char *label_of(const char *key)
{
	for (size_t i = 0; i < LEN(keys); i++)
		if (strcmp(key, keys[i].key) == 0)
			return keys[i].label;
	return "Keterangan lain";
}

static const char *outcome_words(struct str value)
{
	enum outcome outcome;
	if (str_eq(value, S("ok")))
		return "berhasil";
	if (str_eq(value, S("refused")))
		return "ditolak";
	if (outcome_from_code(value, &outcome) != RC_OK)
		return NULL;
	const struct outcome_row *row = outcome_get(outcome);
	return row && row->portal[0] ? row->portal : outcome == OUTCOME_DATA ? "data diberikan" : NULL;
}

static const char *words_of(const char *key, struct str value)
{
	enum act act;
	enum method method;
	enum document document;
	if (strcmp(key, "act") == 0)
		return act_from_key(value, &act) == RC_OK ? act_at(act)->label : NULL;
	if (strcmp(key, "outcome") == 0)
		return outcome_words(value);
	if (strcmp(key, "method") == 0)
		return method_from_key(value, &method) == RC_OK ? method_at(method)->label : NULL;
	if (strcmp(key, "document") == 0)
		return document_from_key(value, &document) == RC_OK ? document_at(document)->label : NULL;
	return NULL;
}

/* {NULL,0}: not a plain value, or no memory. */
static struct str text_of(const json_t *value, struct arena *arena)
{
	if (json_is_string(value))
		return arena_str(arena, str_from(json_string_value(value), json_string_length(value)));
	if (json_is_integer(value))
		return arena_printf(arena, "%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? S("true") : S("false");
	return (struct str){NULL, 0};
}

static enum rc add(const char *key, const json_t *value, struct arena *arena, struct explain_pair *ret)
{
	struct str text = text_of(value, arena);
	*ret = (struct explain_pair){arena_str(arena, str_c(key)), text, label_of(key), words_of(key, text)};
	return text.at && ret->key.at ? RC_OK : RC_INVALID;
}

static enum rc each(json_t *json, struct arena *arena, struct explain_pair *ret, size_t *ret_n)
{
	const char *key;
	json_t *value;
	json_object_foreach (json, key, value) {
		if (*ret_n == EXPLAIN_MAX)
			return RC_INVALID;
		TRY(add(key, value, arena, &ret[(*ret_n)++]));
	}
	return RC_OK;
}

enum rc explain_line(struct str line, struct arena *arena, struct explain_pair ret[EXPLAIN_MAX], size_t *ret_n)
{
	*ret_n = 0;
	json_t *json = json_loadb(line.at, line.n, JSON_REJECT_DUPLICATES, NULL);
	enum rc rc = json_is_object(json) ? each(json, arena, ret, ret_n) : RC_INVALID;
	json_decref(json);
	return rc;
}

struct str explain_value(const struct explain_pair *pairs, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[i].key, str_c(key)))
			return pairs[i].value;
	return (struct str){NULL, 0};
}
