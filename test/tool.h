/* SPDX-License-Identifier: EUPL-1.2
 * test/tool.h - run a tool of the build on small input files and read what it
 * says. Needs cmocka; tests run from the top of the source tree. */
#pragma once
#include <ftw.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A temporary directory with files in it. */
struct bench {
	char dir[64];
	char said[8192]; /* stdout and stderr of the last run */
};

static inline struct bench bench_new(void)
{
	struct bench b = {.dir = "/tmp/padan-tool.XXXXXX"};
	assert_non_null(mkdtemp(b.dir));
	return b;
}

static inline int bench_remove(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st;
	(void)kind;
	(void)walk;
	return remove(path);
}

static inline void bench_free(struct bench *b)
{
	nftw(b->dir, bench_remove, 8, FTW_DEPTH | FTW_PHYS);
}

struct bench_path {
	char z[512];
};

static inline struct bench_path bench_path(const struct bench *b, const char *name)
{
	struct bench_path path;
	snprintf(path.z, sizeof path.z, "%s/%s", b->dir, name);
	return path;
}

/* Directories of `name` are made. */
static inline void bench_write(const struct bench *b, const char *name, const char *text)
{
	struct bench_path path = bench_path(b, name);
	for (char *slash = path.z + strlen(b->dir) + 1; (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
		*slash = '\0';
		mkdir(path.z, 0700);
	}
	FILE *f = fopen(path.z, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* "" when there is no such file. */
static inline void bench_read(const struct bench *b, const char *name, char *out, size_t max)
{
	FILE *f = fopen(bench_path(b, name).z, "r");
	size_t n = f ? fread(out, 1, max - 1, f) : 0;
	out[n] = '\0';
	if (f)
		fclose(f);
}

/* Exit status; what it printed is in b->said. argv ends with NULL. */
static inline int bench_run(struct bench *b, const char *const *argv)
{
	posix_spawn_file_actions_t to_file;
	pid_t pid;
	int status;
	struct bench_path said = bench_path(b, "said.out");
	posix_spawn_file_actions_init(&to_file);
	posix_spawn_file_actions_addopen(&to_file, 1, said.z, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&to_file, 1, 2);
	assert_int_equal(posix_spawnp(&pid, argv[0], &to_file, NULL, (char *const *)argv, environ), 0);
	posix_spawn_file_actions_destroy(&to_file);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	bench_read(b, "said.out", b->said, sizeof b->said);
	unlink(said.z);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline void bench_said(const struct bench *b, const char *text)
{
	if (!strstr(b->said, text))
		print_error("expected: %s\nsaid: %s\n", text, b->said);
	assert_non_null(strstr(b->said, text));
}
