/* SPDX-License-Identifier: EUPL-1.2
 * Letters are made while Padan serves, inside the cage: with /usr to read and nothing
 * to write, without a home and without a cache of fonts. And where the fonts cannot
 * be read, an error says so. */
#include "pdf/letter.h"
#include "sys/cage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int in_child(int (*fn)(void))
{
	int status;
	pid_t child = fork();
	if (child == 0)
		_exit(fn());
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

static bool closed(const struct cage *cage)
{
	unsigned parts;
	return cage_memory(NULL) == RC_OK && cage_close(cage, &parts, NULL) == RC_OK && (parts & CAGE_LANDLOCK);
}

static void *write_one(void *arg)
{
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	*(enum rc *)arg = letter_sample(LETTER_SPTJM, (struct str){0}, &pdf, NULL);
	return NULL;
}

/* On a thread that begins inside the cage, as the slow workers do. */
static int write_in_cage(void)
{
	const struct cage cage = {.read = {"/usr", "/etc", "/lib", "/lib64"}};
	pthread_t thread;
	enum rc rc = RC_BROKEN;
	if (!closed(&cage))
		return 77;
	if (pthread_create(&thread, NULL, write_one, &rc) != 0 || pthread_join(thread, NULL) != 0)
		return 1;
	return rc == RC_OK ? 0 : 2;
}

static int write_without_fonts(void)
{
	const struct cage cage = {.read = {"/etc", "/lib", "/lib64"}};
	struct err err = {0};
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	if (!closed(&cage))
		return 77;
	if (letter_sample(LETTER_SPTJM, (struct str){0}, &pdf, &err) != RC_BROKEN)
		return 1;
	return strstr(err.what, "fonts-liberation") && pdf.n == 0 ? 0 : 2;
}

static void letters_are_made_inside_the_cage(void **state)
{
	(void)state;
	int status = in_child(write_in_cage);
	if (status == 77)
		skip(); /* this kernel has no Landlock */
	assert_int_equal(status, 0);
}

static void without_fonts_there_is_an_error(void **state)
{
	(void)state;
	int status = in_child(write_without_fonts);
	if (status == 77)
		skip();
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_made_inside_the_cage),
		cmocka_unit_test(without_fonts_there_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
