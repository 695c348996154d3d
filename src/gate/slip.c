/* SPDX-License-Identifier: EUPL-1.2
 * gate/slip.c - see slip.h. */
#include "gate/slip.h"

#include "gate/call.h"

#define REF_N 8  /* characters without the dash */
#define REF_HALF 4
#define MAC_N 10

static char crockford(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	return c == 'I' || c == 'L' ? '1' : c;
}

/* The characters that count, at most `max`; returns how many there were. */
static size_t spell(struct str typed, char *out, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.at[i];
		if (c == ' ' || c == '-' || c == '\t')
			continue;
		if (n < max)
			out[n] = crockford(c);
		n++;
	}
	return n;
}

static bool ref_from_str(struct str typed, struct ref_text *ret)
{
	char c[REF_N] = {0};
	if (spell(typed, c, REF_N) != REF_N)
		return false;
	*ret = (struct ref_text){{0}};
	memcpy(ret->z, c, REF_HALF);
	ret->z[REF_HALF] = '-';
	memcpy(ret->z + REF_HALF + 1, c + REF_HALF, REF_N - REF_HALF);
	return true;
}

/* Only what reached the registry says anything about a person. */
static bool is_answer(const struct journal_seen *seen, enum outcome *ret)
{
	return seen->act == ACT_LOOKUP && outcome_from_code(str_c(seen->outcome), ret) == RC_OK && outcome_get(*ret)->hit;
}

/* P9.2: the version of that day, not of today. */
static enum rc read_version(struct visit *v, int64_t version_id, int *ret, struct err *err)
{
	enum rc rc = agreement_version_number(v->tx, version_id, ret, err);
	return rc == RC_ABSENT ? RC_OK : rc;
}

enum rc gate_slip_find(struct visit *v, struct str ref, struct nik nik, struct gate_slip *ret, struct err *err)
{
	struct journal *journal = v->gate->conf.journal;
	struct journal_seen seen;
	*ret = (struct gate_slip){0};
	if (!ref_from_str(ref, &ret->ref))
		return FAIL(err, RC_ABSENT, "Referensi tidak dikenal.");
	TRY(journal_find_ref(journal, v->tx, str_c(ret->ref.z), &seen, err));
	if (!is_answer(&seen, &ret->outcome))
		return FAIL(err, RC_ABSENT, "Referensi tidak dikenal.");
	enum rc rc = journal_is_about(journal, v->tx, seen.seq, nik, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	ret->anonymous = rc == RC_ABSENT;
	ret->time_us = seen.time_us;
	ret->instansi_id = seen.instansi_id;
	TRY(read_version(v, seen.version_id, &ret->version, err));
	ret->mac = journal_slip_mac(journal, ret->ref, nik, outcome_get(ret->outcome)->code);
	return RC_OK;
}

bool gate_slip_has_mac(const struct gate_slip *slip, struct str typed)
{
	char c[MAC_N] = {0};
	if (spell(typed, c, MAC_N) != MAC_N)
		return false;
	return str_eq_secret((struct str){c, MAC_N}, str_c(slip->mac.z));
}
