/* SPDX-License-Identifier: EUPL-1.2
 * sys/cage.c - see cage.h. The list of calls is in cage_calls.def. */
#include "sys/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <malloc.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#define FREED_BYTE 0xa5

/* Sanitizers trace the process when it ends: they need /proc and would be killed. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

static enum rc fail_errno(struct err *err, const char *what)
{
	int because = errno;
	err_fail(err, RC_BROKEN, ERR_HERE, "pembatasan proses gagal: %s", what);
	err_detail(err, "%s", strerror(because));
	return RC_BROKEN;
}

enum rc cage_memory(struct err *err)
{
	const struct rlimit none = {0, 0};
	umask(077);
	if (setrlimit(RLIMIT_CORE, &none) != 0)
		return fail_errno(err, "RLIMIT_CORE");
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return fail_errno(err, "PR_SET_DUMPABLE");
	mallopt(M_PERTURB, FREED_BYTE);
	return RC_OK;
}

/* ---- Landlock ---- */

#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_FILE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define FS_WRITE                                                                                                       \
	(FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |    \
	 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR)
/* Everything the first version of Landlock can forbid; what is in no rule is. */
#define FS_ALL                                                                                                         \
	(FS_WRITE | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |         \
	 LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

static enum rc allow_path(int ruleset, const char *path, uint64_t access, struct err *err)
{
	struct stat st;
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return RC_OK; /* not there: nothing to allow */
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		access &= FS_FILE;
	struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
	long failed = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	enum rc rc = failed ? fail_errno(err, path) : RC_OK;
	close(fd);
	return rc;
}

static enum rc allow_paths(int ruleset, const char *const paths[CAGE_PATHS_MAX], uint64_t access, struct err *err)
{
	for (int i = 0; i < CAGE_PATHS_MAX && paths[i]; i++)
		TRY(allow_path(ruleset, paths[i], access, err));
	return RC_OK;
}

static enum rc landlock(const struct cage *cage, int ruleset, struct err *err)
{
	TRY(allow_paths(ruleset, cage->write, FS_WRITE, err));
	TRY(allow_paths(ruleset, cage->read, FS_READ, err));
	if (SANITIZED)
		TRY(allow_path(ruleset, "/proc", FS_READ, err));
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		return fail_errno(err, "Landlock");
	return RC_OK;
}

static enum rc close_files(const struct cage *cage, unsigned *ret_parts, struct err *err)
{
	struct landlock_ruleset_attr attr = {.handled_access_fs = FS_ALL};
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1)
		return RC_OK; /* this kernel has none */
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	if (ruleset < 0)
		return fail_errno(err, "Landlock");
	enum rc rc = landlock(cage, ruleset, err);
	close(ruleset);
	if (rc == RC_OK)
		*ret_parts |= CAGE_LANDLOCK;
	return rc;
}

/* ---- system calls ---- */

static const struct call {
	const char *name;
	uint32_t action;
} calls[] = {
#define ALLOW(name) {#name, SCMP_ACT_ALLOW},
#define KILL(name) {#name, SCMP_ACT_KILL_PROCESS},
#include "sys/cage_calls.def"
#undef ALLOW
#undef KILL
};

/* Threads yes, processes no; the terminal's harmless questions yes, its input no. */
static int add_conditions(scmp_filter_ctx filter)
{
	static const unsigned long asks[] = {TCGETS, FIONREAD, FIONBIO, TIOCGWINSZ};
	int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
	                              SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	for (size_t i = 0; i < LEN(asks) && !failed; i++) {
		struct scmp_arg_cmp is = {.arg = 1, .op = SCMP_CMP_EQ, .datum_a = asks[i]};
		failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, is);
	}
	return failed;
}

static int add_calls(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < LEN(calls); i++) {
		int number = seccomp_syscall_resolve_name(calls[i].name);
		if (number == __NR_SCMP_ERROR)
			continue; /* this architecture, or this libseccomp, has no such call */
		int failed = seccomp_rule_add(filter, calls[i].action, number, 0);
		if (failed)
			return failed;
	}
	return add_conditions(filter);
}

static enum rc close_calls(unsigned *ret_parts, struct err *err)
{
	if (SANITIZED)
		return RC_OK;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	if (!filter)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	int failed = add_calls(filter);
	if (!failed)
		failed = seccomp_load(filter);
	seccomp_release(filter);
	if (failed == -EINVAL || failed == -ENOSYS || failed == -EOPNOTSUPP)
		return RC_OK; /* a kernel without seccomp filters */
	if (failed) {
		errno = -failed;
		return fail_errno(err, "seccomp");
	}
	*ret_parts |= CAGE_SECCOMP;
	return RC_OK;
}

enum rc cage_close(const struct cage *cage, unsigned *ret_parts, struct err *err)
{
	*ret_parts = 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail_errno(err, "PR_SET_NO_NEW_PRIVS");
	TRY(close_files(cage, ret_parts, err));
	return close_calls(ret_parts, err);
}
