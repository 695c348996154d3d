/* SPDX-License-Identifier: EUPL-1.2
 * cli/restored.h - what an office that was put back from an older state must not do as if nothing had
 * happened (decision 0045).
 *
 * Whatever came after the backup is unknown: sessions that were ended since, hits that were spent since.
 * So every session and every access token ends; today's quota counts as spent, because a hit that was
 * answered and forgotten would otherwise be granted twice; and the journal says that it was put back. */
#pragma once
#include "cli/app.h"

struct restored {
	int64_t made_us;                 /* when the backup was made; 0: not known */
	int64_t missing;                 /* entries that a checkpoint kept elsewhere knows of and the office has not */
	bool keep_quota;                 /* somebody vouches that nothing was asked since */
	int64_t sessions, tokens, spent; /* told: how many ended, and the hits that count as spent */
};
/* In one transaction with its entry; the app is at APP_RECORD.
 * RC_REFUSED: a log in it is not of an office with this master key. */
MUST_USE enum rc restored_record(struct app *app, struct restored *restored, struct err *err);
