/* SPDX-License-Identifier: EUPL-1.2
 * The ops door: which paths it takes, and figures that a Prometheus can read. */
#include "api/ops.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void three_paths_and_no_more(void **state)
{
	(void)state;
	static const char *const paths[] = {"/healthz", "/readyz", "/metrics"};
	for (size_t i = 0; i < LEN(paths); i++) {
		assert_int_equal(ops_admit(NULL, HTTP_GET, str_c(paths[i])), 0);
		assert_int_equal(ops_admit(NULL, HTTP_HEAD, str_c(paths[i])), 0);
		assert_int_equal(ops_admit(NULL, HTTP_POST, str_c(paths[i])), -405);
	}
	assert_int_equal(ops_admit(NULL, HTTP_GET, S("/")), -404);
	assert_int_equal(ops_admit(NULL, HTTP_GET, S("/metrics/")), -404);
	assert_int_equal(ops_admit(NULL, HTTP_POST, S("/masuk")), -404);
}

static const char *metrics(struct buf *out, const struct probe *probe)
{
	ops_write_metrics(probe, out);
	assert_true(buf_ok(out));
	buf_addc(out, '\0');
	return out->at;
}

static void figures_are_told(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(16384);
	struct day today = day_of_us(INT64_C(1764000000) * US_PER_S);
	const struct probe probe = {.ready = true,
	                            .started_us = INT64_C(1764000000) * US_PER_S - 90 * US_PER_S,
	                            .now_us = INT64_C(1764000000) * US_PER_S,
	                            .checkpoint_us = INT64_C(1764000000) * US_PER_S - 7 * US_PER_S,
	                            .registry_as_of = {today.n - 3},
	                            .gate = {.inquiries = 41},
	                            .node = 3,
	                            .fence = 12,
	                            .mail_waiting = 7,
	                            .runs_waiting = 5,
	                            .runs_failing = 2,
	                            .jobs = {{"pulse", INT64_C(1763999955) * US_PER_S}, {"mail", 0}},
	                            .disk_free = INT64_C(5000000000)};
	const char *text = metrics(&out, &probe);
	static const char *const lines[] = {"\npadan_ready 1\n",
	                                    "\npadan_uptime_seconds 90\n",
	                                    "\npadan_node{number=\"3\",fence=\"12\"} 1\n",
	                                    "\npadan_inquiries_total 41\n",
	                                    "\npadan_journal_signed_age_seconds 7\n",
	                                    "\npadan_registry_age_days 3\n",
	                                    "\npadan_mail_waiting 7\n",
	                                    "\npadan_report_runs_waiting 5\n",
	                                    "\npadan_report_runs_failing 2\n",
	                                    "\npadan_job_age_seconds{job=\"pulse\"} 45\n",
	                                    "\npadan_job_age_seconds{job=\"mail\"} -1\n",
	                                    "\npadan_disk_free_bytes 5000000000\n",
	                                    "\n# TYPE padan_inquiries_total counter\n",
	                                    "\npadan_clock_synchronised 0\n"};
	for (size_t i = 0; i < LEN(lines); i++)
		assert_non_null(strstr(text, lines[i]));
}

static void what_is_unknown_is_minus_one(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(16384);
	const char *text = metrics(&out, &(struct probe){.disk_free = -1});
	assert_non_null(strstr(text, "\npadan_journal_signed_age_seconds -1\n"));
	assert_non_null(strstr(text, "\npadan_registry_age_days -1\n"));
	assert_non_null(strstr(text, "\npadan_disk_free_bytes -1\n"));
}

/* Every value is announced by its HELP and TYPE, and no name comes twice. */
static void every_line_is_well_formed(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(16384);
	ops_write_metrics(&(struct probe){0}, &out);
	struct str rest = buf_str(&out);
	int line = 0;
	while (rest.n) {
		static const char *const begins[] = {"# HELP padan_", "# TYPE padan_", "padan_"};
		struct str one = str_split(&rest, '\n');
		assert_true(str_starts(one, str_c(begins[line++ % 3])));
	}
	assert_int_equal(line % 3, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_paths_and_no_more),
		cmocka_unit_test(figures_are_told),
		cmocka_unit_test(what_is_unknown_is_minus_one),
		cmocka_unit_test(every_line_is_well_formed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
