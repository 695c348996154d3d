/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_element.c - see v1_element.h. The unit test holds the keys to base/element.c. */
#include "api/v1_element.h"

static const char *const keys[ELEMENT_COUNT] = {
        [ELEMENT_NO_KK] = "no_kk",
        [ELEMENT_NIK] = "nik",
        [ELEMENT_NAMA_LGKP] = "nama_lgkp",
        [ELEMENT_JENIS_KLMIN] = "jenis_klmin",
        [ELEMENT_TMPT_LHR] = "tmpt_lhr",
        [ELEMENT_TGL_LHR] = "tgl_lhr",
        [ELEMENT_JENIS_PKRJN] = "jenis_pkrjn",
        [ELEMENT_ALAMAT] = "alamat",
        [ELEMENT_NO_PROP] = "no_prop",
        [ELEMENT_PROP_NAME] = "prop_name",
        [ELEMENT_NO_KAB] = "no_kab",
        [ELEMENT_KAB_NAME] = "kab_name",
        [ELEMENT_NO_KEC] = "no_kec",
        [ELEMENT_KEC_NAME] = "kec_name",
        [ELEMENT_NO_KEL] = "no_kel",
        [ELEMENT_KEL_NAME] = "kel_name",
        [ELEMENT_NO_RT] = "no_rt",
        [ELEMENT_NO_RW] = "no_rw",
};

const char *v1_element_key(enum element element)
{
	return keys[element];
}

enum rc v1_element_from_key(struct str key, enum element *ret)
{
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		if (!str_eq(key, str_c(keys[e])))
			continue;
		*ret = (enum element)e;
		return RC_OK;
	}
	return RC_INVALID;
}
