/* SPDX-License-Identifier: EUPL-1.2
 * mkpage: what a compiled page writes for every type and block, and that every
 * unsafe or misspelt template is refused with its line and leaves no file. */
#include "test/sample.page.h"
#include "test/sample.page.c"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static struct buf write_page(const struct page_sample *page)
{
	struct buf out = BUF(65536);
	page_sample_write(&out, page);
	assert_true(buf_ok(&out));
	buf_addc(&out, 0);
	return out;
}

static void has(const struct buf *out, const char *piece)
{
	if (!strstr(out->at, piece))
		fail_msg("no \"%s\" in: %s", piece, out->at);
}

static void every_value_is_escaped_by_its_type(void **state)
{
	(void)state;
	struct page_sample page = {
	        .word = S("<&>\"'"),
	        .count = -7,
	        .nav = {S("<nav>&amp;</nav>")},
	        .next = {S("/a?b=1&c=\"2\"")},
	};
	BUF_AUTO out = write_page(&page);
	has(&out, "<!doctype html><title>&lt;&amp;&gt;&#34;&#39;</title><p title=\"&lt;&amp;&gt;&#34;&#39;\" data-n=\"-7\">");
	has(&out, "data-n=\"-7\">&lt;&amp;&gt;&#34;&#39;</p>");
	has(&out, "<a href=\"/a?b=1&amp;c=&#34;2&#34;#isi\">");
	has(&out, "words <nav>&amp;</nav>");
	has(&out, "\xc3\xa9 \"q\" \\ tab");
}

static void branches_follow_the_fields(void **state)
{
	(void)state;
	struct page_sample_item row = {.label = S("a")};
	struct page_sample all = {
	        .word = S("w"), .count = 1, .on = true, .nav = {S("n")}, .next = {S("/")}, .items = &row, .items_n = 1};
	struct page_sample none = {.count = 0};
	BUF_AUTO yes = write_page(&all);
	BUF_AUTO no = write_page(&none);
	has(&yes, "<option selected><p>on</p>");
	has(&yes, "WCHLU");
	has(&no, "<option><p>off</p>");
	has(&no, "</p>not\n<ul></ul>");
}

static void rows_come_first_then_the_page_around(void **state)
{
	(void)state;
	struct page_sample_part parts[] = {{S("p1"), 1}, {S("<p2>"), INT64_MIN}};
	struct page_sample_item items[] = {{.label = S("a"), .parts = parts, .parts_n = 2}, {.label = S("b"), .last = true}};
	struct page_sample page = {.word = S("w"), .count = 9, .items = items, .items_n = 2};
	BUF_AUTO out = write_page(&page);
	has(&out, "<ul><li>a=w,\n<i>p1:1:a:9</i><i>&lt;p2&gt;:-9223372036854775808:a:9</i></li><li>b=w");
	has(&out, "</li></ul>two\nwords ");
}

static void white_space_folds_but_words_never_touch(void **state)
{
	(void)state;
	struct page_sample page = {0};
	BUF_AUTO out = write_page(&page);
	has(&out, "next</a>\n<b>bold</b><option>");
	has(&out, "<pre>\n kept\n</pre>");
	assert_null(strstr(out.at, "note"));
	assert_null(strstr(out.at, "SPDX"));
}

static void a_full_buffer_says_so(void **state)
{
	(void)state;
	struct page_sample page = {.word = S("w")};
	BUF_AUTO out = BUF(40);
	page_sample_write(&out, &page);
	assert_false(buf_ok(&out));
	assert_int_equal(html_from_buf(&out).s.n, 0);
}

/* ---- refusals ---- */
struct run {
	int status;
	char said[500];
	bool wrote;
};

static struct run run_mkpage(const char *declared, const char *body)
{
	struct run run = {0};
	char dir[] = "/tmp/mkpage_test.XXXXXX", in[64], h[64], c[64], cmd[400];
	assert_non_null(mkdtemp(dir));
	snprintf(in, sizeof in, "%s/in.html", dir);
	snprintf(h, sizeof h, "%s/out.h", dir);
	snprintf(c, sizeof c, "%s/out.c", dir);
	FILE *to = fopen(in, "w");
	assert_non_null(to);
	fprintf(to, "<!--page p\n%s-->\n%s", declared, body);
	fclose(to);
	int pipe_fd[2];
	assert_int_equal(pipe(pipe_fd), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(pipe_fd[1], 2);
		execl("build/tools/mkpage", "mkpage", in, h, c, (char *)NULL);
		_exit(127);
	}
	close(pipe_fd[1]);
	size_t n = 0;
	for (ssize_t got; (got = read(pipe_fd[0], run.said + n, sizeof run.said - 1 - n)) > 0;)
		n += (size_t)got;
	close(pipe_fd[0]);
	int status;
	waitpid(pid, &status, 0);
	run.status = WEXITSTATUS(status);
	run.wrote = access(h, F_OK) == 0 || access(c, F_OK) == 0;
	snprintf(cmd, sizeof cmd, "%s.part", c);
	assert_int_not_equal(access(cmd, F_OK), 0);
	unlink(in), unlink(h), unlink(c), rmdir(dir);
	return run;
}

#define FIELDS "text t\nint i\nflag f\nhtml h\nurl u\nlist row rows\n text x\nend\n" /* 10 lines with the page line and --> */

static void unsafe_and_misspelt_templates_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *body;
		int line;
		const char *why;
	} rows[] = {
	        {"{{nope}}", 11, "no field 'nope'"},
	        {"\n\n<p>{{x}}</p>", 13, "no field 'x'"},
	        {"{{each rows}}{{x}}{{end}}{{x}}", 11, "no field 'x'"},
	        {"<script>{{t}}</script>", 11, "inside <script>"},
	        {"<script>\n{{i}}</script>", 12, "inside <script>"},
	        {"<SCRIPT>{{t}}</SCRIPT>", 11, "inside <script>"},
	        {"<style>a{}{{t}}</style>", 11, "inside <style>"},
	        {"<iframe>{{t}}</iframe>", 11, "inside <iframe>"},
	        {"<script>{{if f}}{{end}}</script>", 11, "cannot stand here"},
	        {"<p id={{t}}>", 11, "double quotes"},
	        {"<p id=a{{t}}>", 11, "double quotes"},
	        {"<p id='{{t}}'>", 11, "double quotes"},
	        {"<p onclick=\"{{t}}\">", 11, "event attribute 'onclick'"},
	        {"<p ONCLICK=\"{{i}}\">", 11, "event attribute"},
	        {"<p style=\"{{t}}\">", 11, "'style'"},
	        {"<iframe srcdoc=\"{{t}}\">", 11, "'srcdoc'"},
	        {"<button formaction=\"{{u}}\">", 11, "'formaction'"},
	        {"<a href=\"{{t}}\">", 11, "takes a url"},
	        {"<a href=\"/x?{{i}}\">", 11, "takes a url"},
	        {"<a href=\"{{h}}\">", 11, "takes a url"},
	        {"<a href=\"/x{{u}}\">", 11, "must begin"},
	        {"<a href=\"{{u}}{{u}}\">", 11, "must begin"},
	        {"<a title=\"{{u}}\">", 11, "href, action or src"},
	        {"<p>{{u}}</p>", 11, "href, action or src"},
	        {"<p title=\"{{h}}\">", 11, "cannot stand in an attribute"},
	        {"<title>{{h}}</title>", 11, "only a text or an int"},
	        {"<meta http-equiv=\"refresh\" content=\"{{t}}\">", 11, "only an int"},
	        {"<{{t}}>", 11, "begins no tag"},
	        {"<p{{t}}>", 11, "tag or attribute name"},
	        {"<p {{t}}>", 11, "tag or attribute name"},
	        {"<p a{{t}}=\"1\">", 11, "tag or attribute name"},
	        {"<p {{if f}}a{{end}}b=\"1\">", 11, "a blank must stand"},
	        {"{{if f}}<a href=\"{{end}}\">", 11, "same place"},
	        {"{{if f}}<p>{{else}}<p {{end}}>", 11, "same place"},
	        {"<p {{if f}}on{{else}}x{{end}}=\"{{t}}\">", 11, "a blank must stand"},
	        {"<p {{if f}}title=\"{{else}}onclick=\"{{end}}{{t}}\">", 11, "same place"},
	        {"{{each rows}}<script>{{end}}", 11, "cannot stand here"},
	        {"{{if f}}", 11, "has no {{end}}"},
	        {"{{end}}", 11, "without"},
	        {"{{else}}", 11, "without"},
	        {"{{if f}}{{else}}{{else}}{{end}}", 11, "without"},
	        {"{{each t}}{{end}}", 11, "not a list"},
	        {"{{rows}}", 11, "{{each rows}}"},
	        {"{{f}}", 11, "{{if f}}"},
	        {"{{t t}}", 11, "neither"},
	        {"{{t", 11, "without }}"},
	        {"a < b", 11, "&lt;"},
	        {"<p title=\"", 11, "ends inside <p>"},
	        {"<!-- {{t}}", 11, "without -->"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct run run = run_mkpage(FIELDS, rows[i].body);
		char at[32];
		snprintf(at, sizeof at, "in.html:%d: ", rows[i].line);
		if (run.status != 1 || run.wrote || !strstr(run.said, at) || !strstr(run.said, rows[i].why))
			fail_msg("%s -> exit %d, %s", rows[i].body, run.status, run.said);
	}
}

static void wrong_declarations_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *declared;
		int line;
		const char *why;
	} rows[] = {
	        {"text a\ntext a\n", 3, "declared twice"},
	        {"txt a\n", 2, "not one of"},
	        {"text int\n", 2, "not a field name"},
	        {"text A\n", 2, "not a field name"},
	        {"text\n", 2, "not a field name"},
	        {"list a as\n text b\n", 4, "no 'end'"},
	        {"end\n", 2, "without 'list'"},
	        {"list a as\nend\n", 3, "no fields"},
	        {"list a as\n text b\nend\nlist a bs\n text b\nend\n", 5, "declared twice"},
	        {"list a as\n text b\nend\nint as_n\n", 5, "share a member"},
	        {"int as_n\nlist a as\n text b\nend\n", 3, "share a member"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct run run = run_mkpage(rows[i].declared, "x");
		char at[32];
		snprintf(at, sizeof at, "in.html:%d: ", rows[i].line);
		if (run.status != 1 || run.wrote || !strstr(run.said, at) || !strstr(run.said, rows[i].why))
			fail_msg("%s -> exit %d, %s", rows[i].declared, run.status, run.said);
	}
}

static void a_good_template_writes_both_files(void **state)
{
	(void)state;
	struct run run = run_mkpage(FIELDS, "<p>{{t}}</p>");
	assert_int_equal(run.status, 0);
	assert_string_equal(run.said, "");
	assert_true(run.wrote);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_value_is_escaped_by_its_type),
	        cmocka_unit_test(branches_follow_the_fields),
	        cmocka_unit_test(rows_come_first_then_the_page_around),
	        cmocka_unit_test(white_space_folds_but_words_never_touch),
	        cmocka_unit_test(a_full_buffer_says_so),
	        cmocka_unit_test(unsafe_and_misspelt_templates_are_refused),
	        cmocka_unit_test(wrong_declarations_are_refused),
	        cmocka_unit_test(a_good_template_writes_both_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
