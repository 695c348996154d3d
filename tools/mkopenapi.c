/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkopenapi.c - the parts of the OpenAPI document become one.
 *
 *   mkopenapi OUT.json PART.json...
 *
 * Objects of the same name grow together, in the order of the parts; the same member
 * in two parts is a mistake: `file: message`, exit 1, and no output changes. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int merge(json_t *into, json_t *from, const char *file, const char *at)
{
	const char *key;
	json_t *value;
	json_object_foreach(from, key, value) {
		json_t *there = json_object_get(into, key);
		char below[512];
		if (!there) {
			json_object_set(into, key, value);
			continue;
		}
		if ((size_t)snprintf(below, sizeof below, "%s/%s", at, key) >= sizeof below || !json_is_object(there) ||
		    !json_is_object(value)) {
			fprintf(stderr, "%s: %s/%s stands in two parts\n", file, at, key);
			return 1;
		}
		if (merge(there, value, file, below))
			return 1;
	}
	return 0;
}

static int read_part(json_t *doc, const char *file)
{
	json_error_t why;
	json_t *part = json_load_file(file, JSON_REJECT_DUPLICATES, &why);
	if (!json_is_object(part)) {
		fprintf(stderr, "%s:%d: %s\n", file, part ? 1 : why.line, part ? "no object" : why.text);
		json_decref(part);
		return 1;
	}
	int bad = merge(doc, part, file, "");
	json_decref(part);
	return bad;
}

static int save(json_t *doc, const char *path)
{
	char part[4096];
	if ((size_t)snprintf(part, sizeof part, "%s.part", path) >= sizeof part)
		return 1;
	if (json_dump_file(doc, part, JSON_COMPACT) == 0 && rename(part, path) == 0)
		return 0;
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	unlink(part);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: mkopenapi OUT.json PART.json...\n", stderr);
		return 100;
	}
	json_t *doc = json_object();
	int bad = 0;
	for (int i = 2; i < argc && !bad; i++)
		bad = read_part(doc, argv[i]);
	bad = bad || save(doc, argv[1]);
	json_decref(doc);
	return bad;
}
