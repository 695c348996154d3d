/* SPDX-License-Identifier: EUPL-1.2
 * web/frame.h - what stands around every page: head, menu, who is signed in, state
 * strip. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"

/* Pages and their parts are drawn into buffers with this ceiling: 200 kejadian with the
 * longest of names, all of them escaped, still fit. */
#define PAGE_MAX ((size_t)1 << 20)

struct frame {
	const char *title;
	const char *at; /* path of the menu item that is lit; NULL none */
	bool bare;      /* nothing is read from the office: no strip */
};
/* The body inside its frame becomes the answer. RC_BROKEN: too large, no memory, or
 * the office cannot be read. */
MUST_USE enum rc frame_page(struct visit *v, const struct frame *frame, int status, const struct buf *body, struct err *err);
/* A part of a page for the script, without a frame. */
MUST_USE enum rc frame_fragment(struct visit *v, int status, struct buf *body, struct err *err);
/* The frame of somebody unknown around a body, straight into a buffer. */
void frame_alone(struct buf *out, const char *title, const struct buf *body);
