/* SPDX-License-Identifier: EUPL-1.2
 * Bytes as padan.conf and as --set. What is refused names a place; what is taken is
 * within the bounds of its row. */
#include <stdlib.h>

#include "conf/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_bounds(const struct conf *conf)
{
	for (size_t i = 0; i < CONF_COUNT; i++) {
		const struct conf_option *option = conf_option_at(i);
		if (!conf->at[i].text || !conf->at[i].source)
			abort();
		if (option->type == CONF_INT && (conf->at[i].n < option->min || conf->at[i].n > option->max))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct conf conf;
	struct err err = {0};
	BUF_AUTO z = BUF(CONF_FILE_MAX);
	if (conf_open(&conf, "/srv/padan", &err) != RC_OK)
		abort();
	if (conf_read(&conf, str_from((const char *)data, n), "padan.conf", &err) != RC_OK && !*err.what)
		abort();
	buf_add(&z, str_from((const char *)data, n));
	buf_addc(&z, '\0');
	if (buf_ok(&z) && conf_set(&conf, z.at, &err) == RC_OK && !memchr(data, '=', n))
		abort();
	check_bounds(&conf);
	(void)(conf_check(&conf, &err) == RC_OK);
	conf_close(&conf);
	return 0;
}
