/* SPDX-License-Identifier: EUPL-1.2
 * http/listen.c - the listening socket, opened here rather than by libmicrohttpd
 * so that a busy address has a name of its own. "[::]:443" takes IPv4 as well. */
#include "http/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

union address {
	struct sockaddr sa;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static enum rc parse(const char *where, union address *ret)
{
	struct str s = str_c(where), host = s;
	const char *colon = s.n ? memrchr(s.at, ':', s.n) : NULL;
	if (!colon)
		return RC_INVALID;
	host.n = (size_t)(colon - s.at);
	int64_t port;
	TRY(str_int(str_sub(s, host.n + 1, s.n), 0, 65535, &port));
	bool bracket = host.n > 2 && host.at[0] == '[' && host.at[host.n - 1] == ']';
	if (bracket)
		host = str_sub(host, 1, host.n - 2);
	struct addr addr;
	TRY(addr_from_str(host, &addr));
	if (bracket != (addr.family == AF_INET6))
		return RC_INVALID;
	memset(ret, 0, sizeof *ret);
	if (addr.family == AF_INET) {
		ret->v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
		memcpy(&ret->v4.sin_addr, addr.at, 4);
	} else {
		ret->v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
		memcpy(&ret->v6.sin6_addr, addr.at, 16);
	}
	return RC_OK;
}

static enum rc bind_and_listen(int fd, const union address *a, int *ret_port)
{
	int on = 1, off = 0;
	union address taken = {0};
	socklen_t n = a->sa.sa_family == AF_INET ? sizeof a->v4 : sizeof a->v6, taken_n = sizeof taken;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
		return RC_BROKEN;
	if (a->sa.sa_family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) != 0)
		return RC_BROKEN;
	if (bind(fd, &a->sa, n) != 0 || listen(fd, BACKLOG) != 0)
		return errno == EADDRINUSE ? RC_CONFLICT : errno == EADDRNOTAVAIL ? RC_INVALID : RC_BROKEN;
	if (getsockname(fd, &taken.sa, &taken_n) != 0)
		return RC_BROKEN;
	*ret_port = ntohs(taken.sa.sa_family == AF_INET ? taken.v4.sin_port : taken.v6.sin6_port);
	return RC_OK;
}

enum rc listen_open(const char *where, int *ret_fd, int *ret_port, struct err *err)
{
	union address a;
	if (parse(where, &a) != RC_OK)
		return FAIL(err, RC_INVALID, "alamat dengar tidak sah: %.100s (contoh 127.0.0.1:8443 atau [::1]:8443)",
		            where ? where : "");
	int fd = socket(a.sa.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	enum rc rc = fd < 0 ? RC_BROKEN : bind_and_listen(fd, &a, ret_port);
	if (rc == RC_OK) {
		*ret_fd = fd;
		return RC_OK;
	}
	int why = errno;
	if (fd >= 0)
		close(fd);
	FAIL(err, rc, rc == RC_CONFLICT ? "alamat %.100s sudah dipakai" : "alamat %.100s tidak dapat dipakai", where);
	err_detail(err, "%s", strerrordesc_np(why));
	return rc;
}
