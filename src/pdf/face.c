/* SPDX-License-Identifier: EUPL-1.2
 * pdf/face.c - see face.h.
 *
 * fontconfig has one current configuration per process, and pango reads it on a
 * thread of its own the first time it makes a font map. If none is set by then,
 * fontconfig looks through every font of the system and tries to write a cache. So
 * the first call sets one that holds our two files; after that it is only read,
 * which fontconfig allows from any thread. The result of that one call is the only
 * thing kept (decision 0010). */
#include "pdf/face.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <unistd.h>

/* Debian 12 and 11, Fedora, Arch. */
static const char *const places[] = {
	"/usr/share/fonts/truetype/liberation",
	"/usr/share/fonts/truetype/liberation2",
	"/usr/share/fonts/liberation-sans",
	"/usr/share/fonts/liberation",
};
static const char *const files[] = {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"};

static FcConfig *configuration; /* written once, under pthread_once */

static bool add_file(FcConfig *config, const char *file)
{
	char path[128];
	for (size_t i = 0; i < LEN(places); i++) {
		snprintf(path, sizeof path, "%s/%s", places[i], file);
		if (access(path, R_OK) == 0)
			return FcConfigAppFontAddFile(config, (const FcChar8 *)path);
	}
	return false;
}

static bool fill(FcConfig *config)
{
	for (size_t i = 0; i < LEN(files); i++)
		if (!add_file(config, files[i]))
			return false;
	return FcConfigBuildFonts(config) && FcConfigSetRescanInterval(config, 0);
}

static void configure(void)
{
	FcConfig *config = FcConfigCreate();
	if (!config)
		return;
	if (fill(config) && FcConfigSetCurrent(config))
		configuration = config;
	FcConfigDestroy(config); /* the current one keeps its own reference */
}

/* For paper: outlines at their true widths, whatever a screen would round. */
static void set_for_paper(PangoContext *context)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string("id-ID"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

enum rc face_open(struct face *ret, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure);
	if (!configuration) {
		err_detail(err, "%s, %s", files[0], places[0]);
		return FAIL(err, RC_BROKEN, "huruf " FACE_NAME " tidak ditemukan; pasang paket fonts-liberation");
	}
	*ret = (struct face){.map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
	if (!ret->map)
		return FAIL(err, RC_BROKEN, "huruf tidak dapat dibuka");
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(ret->map), configuration);
	ret->context = pango_font_map_create_context(ret->map);
	set_for_paper(ret->context);
	return RC_OK;
}

void face_close(struct face *face)
{
	g_clear_object(&face->context);
	g_clear_object(&face->map);
}
