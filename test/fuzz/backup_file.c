/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as the head of a backup, as its list of contents, and as keys of backups.
 * What is read is written back as something that reads the same. */
#include "backup/manifest.h"
#include "backup/stream.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void try_manifest(struct str text)
{
	static struct manifest first, again;
	struct arena arena;
	BUF_AUTO once = BUF(2 * MANIFEST_BYTES_MAX);
	BUF_AUTO twice = BUF(2 * MANIFEST_BYTES_MAX);
	arena_init(&arena, (size_t)4 << 20);
	if (manifest_read(text, &arena, &first, NULL) == RC_OK) {
		manifest_write(&once, &first);
		if (manifest_read(buf_str(&once), &arena, &again, NULL) != RC_OK)
			abort();
		manifest_write(&twice, &again);
		if (!str_eq(buf_str(&once), buf_str(&twice)))
			abort();
	}
	arena_free(&arena);
}

static void try_keys(struct str text)
{
	struct backup_public key, again;
	struct secret secret;
	BUF_AUTO back = BUF(BACKUP_KEY_TEXT_MAX);
	if (backup_public_read(text, &key, NULL) == RC_OK) {
		backup_public_text(&back, &key);
		if (backup_public_read(buf_str(&back), &again, NULL) != RC_OK || memcmp(key.at, again.at, sizeof key.at) != 0)
			abort();
	}
	if (backup_secret_read(text, &secret, NULL) == RC_OK)
		secret_free(&secret);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = str_from((const char *)data, n);
	struct backup_head head;
	if (backup_head_read(text, &head, NULL) == RC_OK && (strlen(head.key.z) != 16 || strlen(head.master.z) != 16))
		abort();
	try_manifest(text);
	try_keys(text);
	return 0;
}
