/* SPDX-License-Identifier: EUPL-1.2
 * base/element.h - the elements of population data that can be granted, and the
 * methods they can be asked by (P2.1a, P3.2a, J.II.C; DOMAIN 4.1). */
#pragma once
#include "base/str.h"

/* Order is the order of the clause, and of the card on screen. */
enum element {
	ELEMENT_NO_KK,
	ELEMENT_NIK,
	ELEMENT_NAMA_LGKP,
	ELEMENT_JENIS_KLMIN,
	ELEMENT_TMPT_LHR,
	ELEMENT_TGL_LHR,
	ELEMENT_JENIS_PKRJN,
	ELEMENT_ALAMAT,
	ELEMENT_NO_PROP,
	ELEMENT_PROP_NAME,
	ELEMENT_NO_KAB,
	ELEMENT_KAB_NAME,
	ELEMENT_NO_KEC,
	ELEMENT_KEC_NAME,
	ELEMENT_NO_KEL,
	ELEMENT_KEL_NAME,
	ELEMENT_NO_RT,
	ELEMENT_NO_RW,
	ELEMENT_COUNT
};

/* A set of elements: bit 1 << enum element. */
typedef uint32_t element_set;
#define ELEMENT_BIT(e) ((element_set)1 << (e))
/* The eight elements of the base agreement; NO_PROP, NO_KAB and NO_KEL are
 * codes the clause does not name and need an addendum (DOMAIN 4.1). */
#define ELEMENT_SET_BASE                                                                                               \
	((ELEMENT_BIT(ELEMENT_COUNT) - 1) &                                                                            \
	 ~(ELEMENT_BIT(ELEMENT_NO_PROP) | ELEMENT_BIT(ELEMENT_NO_KAB) | ELEMENT_BIT(ELEMENT_NO_KEL)))

struct element_row {
	enum element element;
	const char *key;   /* on the wire and in agreement files: "NAMA_LGKP" */
	const char *label; /* on screen: "Nama lengkap" */
	bool number;       /* a JSON number on the wire */
};

/* NULL past the end. */
const struct element_row *element_at(size_t i);
MUST_USE enum rc element_from_key(struct str key, enum element *ret);

/* How population data can be asked for. METHOD_CARD_READER exists so that it can
 * be refused by name: the agreement records it as not used (J.IV). */
enum method { METHOD_PORTAL, METHOD_CALL_NIK, METHOD_VERIFY, METHOD_CARD_READER, METHOD_COUNT };
struct method_row {
	enum method method;
	const char *key;   /* "portal", "CALL_NIK", "CALL_VERIFY_BY_ELEMEN", "card_reader" */
	const char *label; /* "Web portal", ... */
};
const struct method_row *method_at(size_t i);
MUST_USE enum rc method_from_key(struct str key, enum method *ret);

/* Which document the person showed (P2.2e). */
enum document { DOCUMENT_NONE, DOCUMENT_KTP_EL, DOCUMENT_IKD, DOCUMENT_COUNT };
struct document_row {
	enum document document;
	const char *key;   /* "none", "ktp-el", "ikd" */
	const char *label; /* "Tidak ada", "KTP-el", "IKD" */
};
const struct document_row *document_at(size_t i);
MUST_USE enum rc document_from_key(struct str key, enum document *ret);
