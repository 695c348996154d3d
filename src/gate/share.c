/* SPDX-License-Identifier: EUPL-1.2
 * gate/share.c - see share.h. */
#include "gate/share.h"

#include <sodium.h>
#include <sys/socket.h>

#define V6_NETWORK 8 /* bytes: a /64 is one subscriber */

static int slot_of(struct str key, const struct addr *peer, bool program)
{
	unsigned char hash[crypto_generichash_BYTES_MIN];
	size_t n = peer->family == AF_INET6 ? V6_NETWORK : sizeof peer->at;
	crypto_generichash(hash, sizeof hash, peer->at, n, (const unsigned char *)key.at, key.n);
	return 2 * ((hash[0] | hash[1] << 8) % SHARE_SLOTS) + program;
}

enum rc share_take(struct share *share, struct str key, const struct addr *peer, bool program, int *ret_slot)
{
	int slot = slot_of(key, peer, program);
	if (atomic_fetch_add(&share->held[slot], 1) >= SHARE_MAX) {
		atomic_fetch_sub(&share->held[slot], 1);
		return RC_LIMIT;
	}
	*ret_slot = slot;
	return RC_OK;
}

void share_give(struct share *share, int slot)
{
	atomic_fetch_sub(&share->held[slot], 1);
}
