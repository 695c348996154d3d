/* SPDX-License-Identifier: EUPL-1.2
 * api/content.h - what kind of body a request says it carries. */
#pragma once
#include "gate/visit.h"

enum content { CONTENT_OTHER, CONTENT_JSON, CONTENT_FORM };
/* JSON only in UTF-8 (RFC 8259 8.1): a charset that says otherwise is CONTENT_OTHER, not
 * guessed at; so is anything under a Content-Encoding. */
enum content content_of(const struct visit *v);
