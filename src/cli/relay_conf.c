/* SPDX-License-Identifier: EUPL-1.2
 * cli/relay_conf.c - see relay_conf.h. */
#include "cli/relay_conf.h"

#include "cli/key.h"
#include "registry/relay_user.h"
#include "sys/log.h"

static void on_log(void *arg, const char *what, const struct err *err)
{
	(void)arg;
	if (err)
		log_err(LOG_LEVEL_WARNING, what, err);
	else
		log_line(LOG_LEVEL_INFO, "%s", what);
}

enum rc relay_settings_open(const struct conf *conf, struct relay_settings *ret, struct err *err)
{
	const char *file = conf_text(conf, CONF_REGISTRY_CREDENTIALS);
	*ret = (struct relay_settings){.relay = {.https = {.name = "registry",
	                                                   .url = conf_text(conf, CONF_REGISTRY_URL),
	                                                   .pin = conf_text(conf, CONF_REGISTRY_PIN),
	                                                   .ca = conf_text(conf, CONF_REGISTRY_CA)},
	                                         .deadline_s = conf_int(conf, CONF_RELAY_DEADLINE_S),
	                                         .in_flight = conf_int(conf, CONF_RELAY_IN_FLIGHT),
	                                         .in_flight_instansi = conf_int(conf, CONF_RELAY_IN_FLIGHT_INSTANSI),
	                                         .waiting = conf_int(conf, CONF_RELAY_WAITING),
	                                         .log = on_log}};
	if (!relay_is_url(ret->relay.https.url))
		return FAIL(err, RC_ABSENT, "registry.url adalah basis data");
	TRY(https_check(&ret->relay.https, err));
	if (!*file)
		return FAIL(err, RC_INVALID, "registry.url menuntut registry.credentials: sebagai siapa sistem di atas ditanya");
	TRY(key_read_lines(file, RELAY_USERS_TEXT, &ret->users, err));
	ret->relay.users = &ret->users;
	return RC_OK;
}

void relay_settings_close(struct relay_settings *settings)
{
	secret_free(&settings->users);
}

enum rc relay_settings_need_database(const struct conf *conf, struct err *err)
{
	if (!relay_is_url(conf_text(conf, CONF_REGISTRY_URL)))
		return RC_OK;
	return FAIL(err, RC_INVALID, "registry.url adalah sistem di atas (relai): tidak ada basis data kependudukan di sini");
}
