/* SPDX-License-Identifier: EUPL-1.2
 * web/browser.c - see browser.h. The order of the rows matters: everyone also claims
 * to be those further down. */
#include "web/browser.h"

struct token_row {
	const char *token, *name;
};
static const struct token_row browsers[] = {
	{"Edg", "Edge"},       {"OPR/", "Opera"},       {"SamsungBrowser", "Samsung Internet"},
	{"Firefox", "Firefox"}, {"HeadlessChrome", "Chromium"}, {"Chrome", "Chrome"},
	{"Safari", "Safari"},  {"curl/", "curl"},
};
static const struct token_row systems[] = {
	{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
	{"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
};

static const char *find(struct str s, const struct token_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s.n && memmem(s.at, s.n, rows[i].token, strlen(rows[i].token)))
			return rows[i].name;
	return NULL;
}

struct str browser_name(struct arena *arena, struct str user_agent)
{
	const char *browser = find(user_agent, browsers, LEN(browsers));
	const char *system = find(user_agent, systems, LEN(systems));
	if (!browser && !system)
		return S("Peramban tidak dikenal");
	if (!browser || !system)
		return arena_printf(arena, "%s", browser ? browser : system);
	return arena_printf(arena, "%s di %s", browser, system);
}
