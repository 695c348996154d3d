/* SPDX-License-Identifier: EUPL-1.2
 * web/link.h - links to the pages of one agency. A link is drawn only where the table
 * of routes has its page and lets the visitor in, so that nobody is sent to a refusal. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"

/* Is there a page at that path for this visitor? */
bool link_open(const struct visit *v, enum http_method method, const char *path);
/* The menu item of pages about one agency: the own agreement, or the list of all. */
const char *link_menu(const struct visit *v);
/* `path` with instansi=CODE; people of an agency need not name it. */
struct url link_about(struct visit *v, const char *path, struct str code);
/* The same with a number: of a version, of a step. */
struct url link_version(struct visit *v, const char *path, struct str code, int number);
