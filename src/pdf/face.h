/* SPDX-License-Identifier: EUPL-1.2
 * pdf/face.h - the one typeface of everything Padan prints, in two weights.
 *
 * Exactly two font files are read, from where distributions put Liberation, and
 * nothing else: no system configuration, no font cache, no other font that happens
 * to be there. So a letter has the same bytes on every machine, and a caged process
 * needs /usr and no more (decision 0010). Letters the typeface does not have
 * (scripts other than Latin, Greek, Cyrillic) show as boxes.
 *
 * A face belongs to one call on one thread; any number may be open at once. */
#pragma once
#include <pango/pangocairo.h>

#include "base/base.h"

struct face {
	PangoFontMap *map;
	PangoContext *context;
};

/* RC_BROKEN: the fonts are not there (err->what says what to install), or no memory. */
MUST_USE enum rc face_open(struct face *ret, struct err *err);
/* Safe on a face that was never opened. */
void face_close(struct face *face);
/* The name that layouts ask for. */
#define FACE_NAME "Liberation Sans"
