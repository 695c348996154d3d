/* SPDX-License-Identifier: EUPL-1.2
 * layers LAYERS_FILE SRC_DIR - does every room look only where it may?
 *
 * LAYERS_FILE has a line `room: rooms it may include` for each room; a room may
 * always include itself. Every #include "room/..." of every .c and .h file under
 * SRC_DIR/ROOM is checked, generated headers (.sql.h, .page.h) like all others.
 * Files directly in SRC_DIR (main.c, the composition root) may include anything.
 * Prints file:line for each violation; exits 1 when there was one. */
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOMS_MAX 64
#define LINE_MAX_LEN 1024
#define PATH_MAX_LEN 1024

struct room {
	char name[64];
	char sees[LINE_MAX_LEN]; /* " base sys store " */
};
struct house {
	struct room rooms[ROOMS_MAX];
	size_t n;
	int violations;
};

static const struct room *room_find(const struct house *house, const char *name)
{
	for (size_t i = 0; i < house->n; i++)
		if (strcmp(house->rooms[i].name, name) == 0)
			return &house->rooms[i];
	return NULL;
}

static bool may_see(const struct room *room, const char *name)
{
	char word[80];
	snprintf(word, sizeof word, " %s ", name);
	return strcmp(room->name, name) == 0 || strstr(room->sees, word) != NULL;
}

static _Noreturn void stop(const char *path, int line, const char *why)
{
	fprintf(stderr, "%s:%d: %s\n", path, line, why);
	exit(1);
}

static void house_read(struct house *house, const char *path)
{
	char line[LINE_MAX_LEN];
	FILE *f = fopen(path, "r");
	if (!f)
		stop(path, 0, "cannot be read");
	for (int number = 1; fgets(line, sizeof line, f); number++) {
		char *colon = strchr(line, ':');
		if (line[0] == '#' || line[strspn(line, " \t\r\n")] == '\0')
			continue;
		if (!colon || colon == line || colon - line >= 64)
			stop(path, number, "not `room: rooms`");
		if (house->n == ROOMS_MAX)
			stop(path, number, "too many rooms");
		struct room *room = &house->rooms[house->n++];
		memcpy(room->name, line, (size_t)(colon - line));
		snprintf(room->sees, sizeof room->sees, "%s", colon + 1);
		for (char *c = room->sees; *c; c++)
			if (isspace((unsigned char)*c))
				*c = ' ';
	}
	fclose(f);
}

/* The room an #include "room/file" names; false for every other line. */
static bool include_room(const char *line, char *ret, size_t max)
{
	const char *at = line + strspn(line, " \t");
	if (*at++ != '#')
		return false;
	at += strspn(at, " \t");
	if (strncmp(at, "include", 7) != 0)
		return false;
	at += 7;
	at += strspn(at, " \t");
	if (*at++ != '"')
		return false;
	size_t n = strcspn(at, "/\"\n");
	if (at[n] != '/' || n == 0 || n >= max)
		return false;
	memcpy(ret, at, n);
	ret[n] = '\0';
	return true;
}

static void file_check(struct house *house, const struct room *room, const char *path)
{
	char line[LINE_MAX_LEN], other[64];
	FILE *f = fopen(path, "r");
	if (!f)
		stop(path, 0, "cannot be read");
	for (int number = 1; fgets(line, sizeof line, f); number++) {
		if (!include_room(line, other, sizeof other))
			continue;
		if (room_find(house, other) && may_see(room, other))
			continue;
		fprintf(stderr, "%s:%d: %s may not look into %s\n", path, number, room->name, other);
		house->violations++;
	}
	fclose(f);
}

static bool is_code(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot && (strcmp(dot, ".c") == 0 || strcmp(dot, ".h") == 0);
}

/* Whatever stands under `path` belongs to `room`. */
static void tree_check(struct house *house, const struct room *room, const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		stop(path, 0, "cannot be read");
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		char inner[PATH_MAX_LEN];
		if (entry->d_name[0] == '.')
			continue;
		if ((size_t)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) >= sizeof inner)
			stop(path, 0, "path too long");
		if (entry->d_type == DT_DIR)
			tree_check(house, room, inner);
		else if (is_code(entry->d_name))
			file_check(house, room, inner);
	}
	closedir(dir);
}

static void rooms_check(struct house *house, const char *src)
{
	DIR *dir = opendir(src);
	if (!dir)
		stop(src, 0, "cannot be read");
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		char path[PATH_MAX_LEN];
		if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
			continue;
		if ((size_t)snprintf(path, sizeof path, "%s/%s", src, entry->d_name) >= sizeof path)
			stop(src, 0, "path too long");
		const struct room *room = room_find(house, entry->d_name);
		if (room) {
			tree_check(house, room, path);
			continue;
		}
		fprintf(stderr, "%s:1: this room is not in LAYERS\n", path);
		house->violations++;
	}
	closedir(dir);
}

int main(int argc, char **argv)
{
	static struct house house;
	if (argc != 3) {
		fputs("usage: layers LAYERS_FILE SRC_DIR\n", stderr);
		return 100;
	}
	house_read(&house, argv[1]);
	rooms_check(&house, argv[2]);
	return house.violations ? 1 : 0;
}
