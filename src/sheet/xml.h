/* SPDX-License-Identifier: EUPL-1.2
 * sheet/xml.h - a part of a workbook, streamed through expat.
 *
 * Elements of the namespaces a workbook is made of (ISO/IEC 29500, transitional and
 * strict) are told by their local names; those of others, extensions of programs, are
 * passed over with all they hold. A document type is refused, and with it every entity
 * of its own ("billion laughs"); so is what is nested too deep, and a tag too long to
 * be true, which a parser would have to hold as a whole. */
#pragma once
#include "sheet/package.h"

#define XML_DEPTH_MAX 64
#define XML_TAG_MAX (256 << 10) /* bytes */

struct xml_tag {
	const char *name;
	const char **attributes; /* expat's pairs; see xml_attribute() */
};
/* The value of an attribute without a namespace; the absent text. Valid during the call. */
struct str xml_attribute(const struct xml_tag *tag, const char *name);
/* r:id, whatever its prefix is. */
struct str xml_relationship(const struct xml_tag *tag);
/* An attribute that is "1" or "true". */
bool xml_flag(const struct xml_tag *tag, const char *name);

/* What hears of a part. Anything but RC_OK ends the reading with it. end and text may be NULL. */
struct xml_ear {
	enum rc (*begin)(void *arg, const struct xml_tag *tag);
	enum rc (*end)(void *arg, const char *name);
	enum rc (*text)(void *arg, struct str piece);
};

/* RC_ABSENT: no such part; RC_INVALID: damaged; RC_LIMIT: past `max` bytes; RC_BROKEN: memory; or what an ear said. */
MUST_USE enum rc xml_read(struct package *package, struct str part, int64_t max, const struct xml_ear *ear, void *arg);
