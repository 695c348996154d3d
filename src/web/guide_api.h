/* SPDX-License-Identifier: EUPL-1.2
 * web/guide_api.h - the pages about /api/v1 below /panduan/api, drawn from the OpenAPI
 * document when Padan is built (tools/mkguide): nothing of it is kept twice. */
#pragma once

struct guide_api {
	const char *name;  /* the last part of the path; "" the first page */
	const char *title;
	const char *html;  /* between the frame's <main> and its end */
};
/* Ends with a row whose name is NULL. */
extern const struct guide_api guide_api[];
