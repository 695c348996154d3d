/* SPDX-License-Identifier: EUPL-1.2
 * api/store_body.h - the body of a data-balikan request (DOMAIN 4.2), from bytes to what
 * it tells. Pure: no store, no clock; the three encodings become one struct.
 *
 * Nothing is guessed. Whatever is wrong is collected with the place where it stands, so that
 * a client hears of all of it at once; a reason never repeats what was sent, and the parser's
 * own words, which do, are not used. Members are found in any case; two that differ in case
 * alone are as wrong as two that do not, and so is one thing under both its names: those of a
 * param object may have another one besides ours (agreement/param_key.h). What no member asks
 * for is part of the content that tells one data balikan from another, and otherwise dropped;
 * there what is known goes by our name, so that the same under another is the same. */
#pragma once
#include "agreement/param_key.h"
#include "base/base.h"
#include "feedback/words.h"

#define STORE_BODY_MAX (1 << 20) /* bytes */
#define STORE_NIK_MAX 1000       /* of one request */
#define STORE_PARAM_MAX 50       /* param objects of one NIK */
#define STORE_ITEMS_MAX 1000     /* param objects of one request: what one tray bears */
#define STORE_FLAWS_MAX 20       /* that are told; all are counted */
#define STORE_LEMBAGA_MAX 64     /* bytes of an id_lembaga */
#define STORE_KEJADIAN_MAX 300   /* bytes of a KEJADIAN */
#define STORE_DEPTH_MAX 10       /* six are needed */

/* What one param object tells of one NIK. */
struct store_item {
	int nik_at, param_at; /* which NIK of the request, and which of its param objects; from 0 */
	struct nik nik;
	enum keterangan keterangan;
	enum house house;
	struct day on;       /* n == 0: not told */
	const char *jenis;   /* a row of kejadian_jenis_at() */
	struct str kejadian; /* as sent, trimmed; "" not told */
	struct str content;  /* canonical: the same content has the same bytes */
};
struct store_flaw {
	int nik_at, param_at;   /* -1: not about one of them */
	const char *field;      /* NULL: not about one */
	const char *why;        /* Indonesian */
	int line, column;       /* of JSON that cannot be read; 0: elsewhere */
};
struct store_body {
	struct store_item *items;
	size_t n;
	struct str *lembaga; /* every id_lembaga that was named; those missing are flaws */
	size_t lembaga_n;
	struct store_flaw flaws[STORE_FLAWS_MAX];
	size_t flaws_n;      /* all of them: may be more than STORE_FLAWS_MAX */
	const char *too_many; /* which ceiling was passed; NULL: none */
};
/* One flaw more, for whoever finds one later. */
void store_flaw_add(struct store_body *body, struct store_flaw flaw);

/* Everything in *ret stands in `arena`, or in `keys` (NULL: only our names). RC_BROKEN: no memory. What is wrong with the body
 * itself is in *ret, and then nothing else of it may be used. */
MUST_USE enum rc store_body_json(struct str json, const struct param_keys *keys, struct arena *arena, struct store_body *ret,
                                 struct err *err);
struct store_form {
	struct str nik, id_lembaga, param; /* absent: not sent */
};
MUST_USE enum rc store_body_form(const struct store_form *form, const struct param_keys *keys, struct arena *arena,
                                 struct store_body *ret, struct err *err);
