/* SPDX-License-Identifier: EUPL-1.2
 * web/request_form.h - the fields a request or a step of it asks for (procedure/ask.h),
 * drawn as a form, and what was typed and uploaded handed to the room. */
#pragma once
#include "gate/visit.h"
#include "procedure/request.h"

/* Two files at once, and everything that was typed. */
#define REQUEST_BODY_MAX (11 << 20)

/* What a request works with, in this visit. */
struct desk request_desk(const struct visit *v);
struct request_actor request_actor(const struct visit *v);

/* For the route's `slow`: takes the files. `password`: a one-time password is made too. */
MUST_USE enum rc request_form_slow(struct visit *v, bool password, struct err *err);
/* The hash that was made; "" when none was. */
struct str request_form_hash(const struct visit *v, struct str *ret_password);

/* What the room reads from, as long as the visit lives; a scan is there once it was filed. */
struct ask_source request_form_source(struct visit *v);
/* The same of a form that takes no files, and whose route has no `slow`. */
struct ask_source request_form_words(struct visit *v);
/* Files what was uploaded for these asks; a bad file is a flaw. */
MUST_USE enum rc request_form_file(struct visit *v, const struct ask *asks, int64_t instansi_id, struct ask_flaws *flaws,
                                   struct err *err);

struct request_form {
	const struct ask *asks;
	const char *prefix;               /* of the ids: one page holds several forms */
	int64_t instansi_id;              /* whose choices */
	const struct ask_flaws *flaws;    /* NULL: nothing was typed yet */
	const struct request_step *steps; /* what earlier steps said fills the fields; NULL: nothing */
	size_t steps_n;
};
MUST_USE enum rc request_form_write(struct visit *v, const struct request_form *form, struct buf *out, struct err *err);
/* Must the form be sent as multipart/form-data? */
bool request_form_has_file(const struct ask *asks);
/* What is wrong with the form as a whole; "" nothing. */
struct str request_form_problem(struct visit *v, const struct ask_flaws *flaws);
