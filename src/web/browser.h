/* SPDX-License-Identifier: EUPL-1.2
 * web/browser.h - what a browser calls itself, in words a person recognises. */
#pragma once
#include "base/base.h"

/* "Firefox di Windows" out of a User-Agent header, or "Peramban tidak dikenal". A hint
 * for the eye only: anybody may write anything there. Lives in the arena. */
struct str browser_name(struct arena *arena, struct str user_agent);
