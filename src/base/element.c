/* SPDX-License-Identifier: EUPL-1.2
 * base/element.c - the tables of element.h. A row stands at the place of its
 * enum value; the unit test holds them to it. */
#include "base/element.h"

static const struct element_row elements[ELEMENT_COUNT] = {
	{ELEMENT_NO_KK, "NO_KK", "Nomor KK", true},
	{ELEMENT_NIK, "NIK", "NIK", true},
	{ELEMENT_NAMA_LGKP, "NAMA_LGKP", "Nama lengkap", false},
	{ELEMENT_JENIS_KLMIN, "JENIS_KLMIN", "Jenis kelamin", false},
	{ELEMENT_TMPT_LHR, "TMPT_LHR", "Tempat lahir", false},
	{ELEMENT_TGL_LHR, "TGL_LHR", "Tanggal lahir", false},
	{ELEMENT_JENIS_PKRJN, "JENIS_PKRJN", "Jenis pekerjaan", false},
	{ELEMENT_ALAMAT, "ALAMAT", "Alamat", false},
	{ELEMENT_NO_PROP, "NO_PROP", "Kode provinsi", true},
	{ELEMENT_PROP_NAME, "PROP_NAME", "Provinsi", false},
	{ELEMENT_NO_KAB, "NO_KAB", "Kode kabupaten/kota", true},
	{ELEMENT_KAB_NAME, "KAB_NAME", "Kabupaten/kota", false},
	{ELEMENT_NO_KEC, "NO_KEC", "Kode kecamatan", true},
	{ELEMENT_KEC_NAME, "KEC_NAME", "Kecamatan", false},
	{ELEMENT_NO_KEL, "NO_KEL", "Kode desa/kelurahan", true},
	{ELEMENT_KEL_NAME, "KEL_NAME", "Desa/kelurahan", false},
	{ELEMENT_NO_RT, "NO_RT", "RT", true},
	{ELEMENT_NO_RW, "NO_RW", "RW", true},
};

static const struct method_row methods[METHOD_COUNT] = {
	{METHOD_PORTAL, "portal", "Web portal"},
	{METHOD_CALL_NIK, "CALL_NIK", "Web service data"},
	{METHOD_VERIFY, "CALL_VERIFY_BY_ELEMEN", "Web service kesesuaian"},
	{METHOD_CARD_READER, "card_reader", "Alat pembaca KTP-el"},
};

static const struct document_row documents[DOCUMENT_COUNT] = {
	{DOCUMENT_NONE, "none", "Tidak ada"},
	{DOCUMENT_KTP_EL, "ktp-el", "KTP-el"},
	{DOCUMENT_IKD, "ikd", "IKD"},
};

const struct element_row *element_at(size_t i)
{
	return i < ELEMENT_COUNT ? &elements[i] : NULL;
}

enum rc element_from_key(struct str key, enum element *ret)
{
	for (size_t i = 0; i < ELEMENT_COUNT; i++) {
		if (!str_eq(key, str_c(elements[i].key)))
			continue;
		*ret = elements[i].element;
		return RC_OK;
	}
	return RC_ABSENT;
}

const struct method_row *method_at(size_t i)
{
	return i < METHOD_COUNT ? &methods[i] : NULL;
}

enum rc method_from_key(struct str key, enum method *ret)
{
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		if (!str_ieq(key, str_c(methods[i].key)))
			continue;
		*ret = methods[i].method;
		return RC_OK;
	}
	return RC_ABSENT;
}

const struct document_row *document_at(size_t i)
{
	return i < DOCUMENT_COUNT ? &documents[i] : NULL;
}

enum rc document_from_key(struct str key, enum document *ret)
{
	for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
		if (!str_eq(key, str_c(documents[i].key)))
			continue;
		*ret = documents[i].document;
		return RC_OK;
	}
	return RC_ABSENT;
}
