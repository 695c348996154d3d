/* SPDX-License-Identifier: EUPL-1.2
 * agreement/file.h - the agreement file as text: read it, check it, write it in
 * its one canonical form. Pure; apply.c brings it into the store.
 *
 * doc/agreement-file.md describes the members. */
#pragma once
#include <jansson.h>

#include "agreement/agreement.h"
#include "agreement/paper.h"

#define AGREEMENT_FORMAT "padan-perjanjian-1"
#define AGREEMENT_PAPERS_MAX 500

struct agreement_file {
	json_t *root; /* owner of everything below */
	struct str code, name;
	int version;
	const json_t *terms, *papers;
};

/* RC_INVALID: "baris N: ..."; RC_LIMIT: longer than AGREEMENT_FILE_MAX. */
MUST_USE enum rc agreement_file_read(struct str json, struct agreement_file *ret, struct err *err);
void agreement_file_close(struct agreement_file *file);
#define AGREEMENT_FILE_AUTO __attribute__((cleanup(agreement_file_close))) struct agreement_file

/* Everything that is wrong with a file, not only the first: for the draft's form, whose
 * field names follow the paths. RC_INVALID: it is no JSON at all. */
struct shape_complaints;
MUST_USE enum rc agreement_file_complaints(struct str json, struct shape_complaints *ret, struct err *err);

/* A list of contact persons alone (J.VI.B), canonical into `out`. RC_INVALID as above. */
MUST_USE enum rc agreement_file_check_contacts(struct str json, struct buf *out, struct err *err);

/* The i-th paper of a file that was read; texts belong to the file. */
struct paper agreement_file_paper(const struct agreement_file *file, size_t i);

/* The canonical text of `terms` alone, as it is kept in the store. */
void agreement_file_write_terms(const json_t *terms, struct buf *out);
/* The canonical file of one version: terms as kept, and papers in any order. */
struct agreement_parts {
	struct str code, name, terms;
	int version;
	const struct paper *papers;
	size_t papers_n;
};
MUST_USE enum rc agreement_file_write(const struct agreement_parts *parts, struct buf *out, struct err *err);
