/* SPDX-License-Identifier: EUPL-1.2
 * policy/grounds.c - see grounds.h. What must stay true: without a principal, an
 * instansi, or terms in force there is always at least one ground. */
#include "policy/grounds.h"

#include <assert.h>

#include "policy/sandbox.h"

static ground_set when(bool stands, enum ground ground)
{
	return stands ? GROUND_BIT(ground) : 0;
}

/* P2.1b: the user id's own narrowing of the allow-list. */
static bool is_narrowed_out(const struct principal *who, const struct addr *peer)
{
	size_t n;
	const struct cidr *narrowing = principal_narrowing(who, &n);
	for (size_t i = 0; i < n; i++)
		if (cidr_has(&narrowing[i], peer))
			return false;
	return n > 0;
}

static bool is_mismatch(const struct policy_ask *ask, const struct terms *terms)
{
	return terms && terms->peer_must_match && ask->claimed.family && !addr_eq(&ask->claimed, &ask->peer);
}

ground_set policy_standing_grounds(const struct standing *standing)
{
	static const enum ground by_state[] = {
		[INSTANSI_DRAFT] = GROUND_NOT_STARTED,   [INSTANSI_ACTIVE] = GROUND_NONE,
		[INSTANSI_SUSPENDED] = GROUND_SUSPENDED, [INSTANSI_ENDED] = GROUND_ENDED,
		[INSTANSI_REVOKED] = GROUND_REVOKED,
	};
	assert((size_t)standing->state < LEN(by_state));
	enum ground ground = by_state[standing->state];
	if (ground == GROUND_NONE && !standing->terms)
		ground = standing->term_over ? GROUND_ENDED : GROUND_NOT_STARTED;
	return when(ground != GROUND_NONE, ground) |
	       when(standing->terms && !standing->ministry_approval, GROUND_NO_MINISTRY) |
	       when(!standing->sptjm, GROUND_NO_SPTJM);
}

static ground_set against_state(const struct place *home)
{
	return home->known ? policy_standing_grounds(&home->standing) : GROUND_BIT(GROUND_NOT_STARTED);
}

static ground_set against_user(const struct principal *who, bool nda)
{
	static const enum ground by_flaw[] = {
		[USER_FLAW_NONE] = GROUND_NONE,
		[USER_FLAW_CLOSED] = GROUND_USER_CLOSED,
		[USER_FLAW_DORMANT] = GROUND_USER_DORMANT,
		[USER_FLAW_EXPIRED] = GROUND_USER_EXPIRED,
	};
	enum user_flaw flaw = principal_flaw(who);
	assert((size_t)flaw < LEN(by_flaw));
	return when(flaw != USER_FLAW_NONE, by_flaw[flaw]) | when(facts_may_look_up(who) && !nda, GROUND_NO_NDA);
}

/* ---- the rehearsal (J.II.D; policy/sandbox.h) ---- */

/* Grounds that protect real people: there are none of them here. */
#define GROUNDS_REAL                                                                                                               \
	(GROUND_BIT(GROUND_NO_SPTJM) | GROUND_BIT(GROUND_METHOD) | GROUND_BIT(GROUND_NO_NDA) | GROUND_BIT(GROUND_GUARD_HOLD) |     \
	 GROUND_BIT(GROUND_DEBT_LIMIT) | GROUND_BIT(GROUND_NO_KEJADIAN) | GROUND_BIT(GROUND_QUOTA))

static ground_set of_rehearsal(ground_set set, const struct fact *fact)
{
	bool open = fact->home && fact->home->known && sandbox_is_open(&fact->home->standing);
	return (set & ~GROUNDS_REAL) | when(!open, GROUND_SANDBOX_OVER);
}

ground_set grounds_of_person(const struct policy_ask *ask, const struct fact *fact)
{
	ground_set set = when(!fact->peer_allowed, GROUND_PEER_UNKNOWN);
	if (!ask->who)
		return set | GROUND_BIT(GROUND_CREDENTIAL_WRONG);
	const struct terms *terms = fact->home ? fact->home->standing.terms : NULL;
	set |= when(ask->path_instansi && ask->path_instansi != principal_instansi(ask->who), GROUND_PATH_INSTANSI);
	set |= when(is_narrowed_out(ask->who, &ask->peer), GROUND_PEER_NARROWED);
	set |= when(is_mismatch(ask, terms), GROUND_PEER_MISMATCH);
	set |= when(principal_lacks_certificate(ask->who), GROUND_CERTIFICATE);
	if (fact->home)
		set |= against_state(fact->home);
	set |= against_user(ask->who, fact->nda);
	return principal_is_sandbox(ask->who) ? of_rehearsal(set, fact) : set;
}

/* J.II.C: what no addendum opened stays closed. J.IV: the card reader is never
 * opened, whatever a version says. The provider's people look nobody up. */
static bool is_granted(const struct policy_ask *ask, const struct fact *fact)
{
	if ((unsigned)ask->method >= METHOD_COUNT || ask->method == METHOD_CARD_READER)
		return false;
	if (!fact->home || !facts_may_look_up(ask->who))
		return false;
	const struct terms *terms = fact->home->standing.terms;
	return terms && terms->methods[ask->method].granted;
}

ground_set grounds_of_inquiry(const struct policy_ask *ask, const struct fact *fact)
{
	ground_set set = ask->against | grounds_of_person(ask, fact);
	set |= when(!ask->nik_bad && ask->nik.n == 0, GROUND_MALFORMED);
	set |= when(ask->nik_bad, GROUND_NIK_FORMAT);
	if (!ask->who)
		return set;
	if (principal_is_sandbox(ask->who)) /* a card reader is not even rehearsed (J.IV) */
		return set | when((unsigned)ask->method >= METHOD_CARD_READER, GROUND_METHOD);
	return set | when(!is_granted(ask, fact), GROUND_METHOD) | when(!fact->kejadian_open, GROUND_NO_KEJADIAN);
}
