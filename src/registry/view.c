/* SPDX-License-Identifier: EUPL-1.2
 * registry/view.c - see view.h. */
#include "registry/view.h"

void view_init(struct view *view)
{
	*view = (struct view){0};
	dict_init(&view->words);
	dict_init(&view->regions);
}

void view_free(struct view *view)
{
	dict_free(&view->words);
	dict_free(&view->regions);
}

enum rc view_meta(struct tx *tx, struct sql_registry_meta_find *ret, struct err *err)
{
	TRY(sql_registry_meta_find(tx, ret, err));
	if (ret->format != VIEW_FORMAT)
		return FAIL(err, RC_REFUSED, "Data kependudukan ini ditulis oleh versi Padan yang lain");
	return RC_OK;
}

static enum rc disorder(struct err *err)
{
	enum rc rc = FAIL(err, RC_BROKEN, "Data kependudukan rusak");
	err_detail(err, "registry: dictionary ids have holes, or too many");
	return rc;
}

static enum rc words_read(struct tx *tx, struct dict *words, struct err *err)
{
	struct sql_word_after_rows rows;
	do {
		TRY(sql_word_after(tx, (struct sql_word_after_in){.after = (int64_t)words->n}, &rows, err));
		for (size_t i = 0; i < rows.n; i++) {
			int32_t id;
			if (dict_intern(words, rows.at[i].word, &id) != RC_OK || id != rows.at[i].word_id)
				return disorder(err);
		}
	} while (rows.n);
	return RC_OK;
}

static enum rc regions_read(struct tx *tx, struct dict *regions, struct err *err)
{
	struct sql_region_after_rows rows;
	do {
		TRY(sql_region_after(tx, (struct sql_region_after_in){.after = (int64_t)regions->n}, &rows, err));
		for (size_t i = 0; i < rows.n; i++) {
			int32_t id;
			struct str text = arena_printf(tx_arena(tx), "%010lld\t%.*s", (long long)rows.at[i].code,
			                               STR_ARG(rows.at[i].names));
			if (!text.at || dict_intern(regions, text, &id) != RC_OK || id != rows.at[i].region_id)
				return disorder(err);
		}
	} while (rows.n);
	return RC_OK;
}

enum rc view_dictionaries(struct tx *tx, struct view *view, struct err *err)
{
	TRY(words_read(tx, &view->words, err));
	return regions_read(tx, &view->regions, err);
}
