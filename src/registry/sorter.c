/* SPDX-License-Identifier: EUPL-1.2
 * registry/sorter.c - see sorter.h.
 *
 * One mapping of memory_max bytes, touched only as far as it is needed, holds packed
 * records and an index of (NIK, place). The index is sorted by a stable radix sort,
 * so that among equal NIKs the order of arrival stays; the merge of runs keeps it by
 * preferring the older run. When everything fits there is no file at all.
 *
 *   filling   [ records ........ | index .... | scratch .... ]
 *   merging   [ one read buffer a run, in the records' place  ] */
#include "registry/sorter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define RUNS_MAX 1024
#define READ_MIN 4096
#define READ_MAX ((size_t)1 << 20)
#define WRITE_ROOM ((size_t)1 << 18)
#define RADIX_BITS 11
#define RADIX_PASSES 5 /* 55 bits: NIKs have 54 */

struct packed {
	int64_t nik, kk, facts;
	int32_t birthplace_id, job_id, region_id;
	uint8_t name_n, address_n;
	char text[]; /* name, then address */
};
#define PACKED_HEAD offsetof(struct packed, text)
#define PACKED_MAX (PACKED_HEAD + RESIDENT_NAME_MAX + RESIDENT_ADDRESS_MAX)
_Static_assert(RESIDENT_NAME_MAX <= UINT8_MAX && RESIDENT_ADDRESS_MAX <= UINT8_MAX, "lengths are one byte");

struct entry {
	int64_t nik;
	size_t at;
};

struct run {
	off_t from, to;     /* not read yet, in the file */
	char *room;         /* its read buffer */
	size_t at, have;    /* in the buffer */
	struct packed *now; /* the record at its head; NULL: the run is over */
};

struct sorter {
	char *memory;
	size_t memory_max, records_max, entries_max;
	size_t records_n, entries_n, next;
	int64_t added;
	struct entry *entries, *scratch;
	const char *dir;
	int fd;
	off_t spilt;
	size_t runs_n, heap_n;
	struct run runs[RUNS_MAX];
	uint16_t heap[RUNS_MAX]; /* runs by (NIK, run), least first */
	size_t read_room;
	_Alignas(8) char out[PACKED_MAX + 8]; /* what sorter_next gave */
};

enum rc sorter_open(const char *dir, int64_t memory_max, struct sorter **ret, struct err *err)
{
	*ret = NULL;
	if (memory_max < SORTER_MEMORY_MIN)
		memory_max = SORTER_MEMORY_MIN;
	struct sorter *s = calloc(1, sizeof *s); /* tidy: allow, lives as long as a load */
	if (!s)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	s->fd = -1;
	s->dir = dir;
	s->memory_max = (size_t)memory_max;
	s->entries_max = s->memory_max * 3 / 16 / sizeof(struct entry);
	s->records_max = (s->memory_max - 2 * s->entries_max * sizeof(struct entry)) / 16 * 16;
	s->memory = mmap(NULL, s->memory_max, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (s->memory == MAP_FAILED) {
		free(s); /* tidy: allow */
		return FAIL(err, RC_BROKEN, "Memori tidak cukup untuk mengurutkan data");
	}
	s->entries = (struct entry *)(s->memory + s->records_max);
	s->scratch = s->entries + s->entries_max;
	*ret = s;
	return RC_OK;
}

void sorter_close(struct sorter *sorter)
{
	if (!sorter)
		return;
	munmap(sorter->memory, sorter->memory_max);
	if (sorter->fd >= 0)
		close(sorter->fd);
	explicit_bzero(sorter->out, sizeof sorter->out);
	free(sorter); /* tidy: allow */
}

int64_t sorter_n(const struct sorter *sorter)
{
	return sorter->added;
}

/* ---- records ---- */

static size_t packed_size(const struct packed *p)
{
	return (PACKED_HEAD + p->name_n + p->address_n + 7) & ~(size_t)7;
}

static void pack(const struct resident *r, struct packed *out)
{
	*out = (struct packed){.nik = r->nik.n, .kk = r->kk, .facts = resident_facts(r), .birthplace_id = r->birthplace_id,
	                       .job_id = r->job_id, .region_id = r->region_id, .name_n = (uint8_t)r->name.n,
	                       .address_n = (uint8_t)r->address.n};
	memcpy(out->text, r->name.at, r->name.n);
	if (r->address.n)
		memcpy(out->text + r->name.n, r->address.at, r->address.n);
}

static void unpack(const struct packed *p, struct resident *ret)
{
	*ret = (struct resident){.nik = {p->nik}, .kk = p->kk, .birthplace_id = p->birthplace_id, .job_id = p->job_id,
	                         .region_id = p->region_id, .name = {p->text, p->name_n},
	                         .address = {p->text + p->name_n, p->address_n}};
	resident_from_facts(p->facts, ret);
}

static struct packed *record(const struct sorter *s, const struct entry *e)
{
	return (struct packed *)(s->memory + e->at);
}

/* ---- sorting what is in memory ---- */

static void radix_pass(const struct entry *from, struct entry *into, size_t n, int shift)
{
	size_t starts[1 << RADIX_BITS] = {0}, sum = 0;
	const int64_t mask = (1 << RADIX_BITS) - 1;
	for (size_t i = 0; i < n; i++)
		starts[from[i].nik >> shift & mask]++;
	for (size_t d = 0; d < LEN(starts); d++) {
		size_t count = starts[d];
		starts[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		into[starts[from[i].nik >> shift & mask]++] = from[i];
}

/* Stable. Afterwards s->entries is in order. */
static void sort_entries(struct sorter *s)
{
	for (int pass = 0; pass < RADIX_PASSES; pass++) {
		struct entry *swap = s->entries;
		radix_pass(s->entries, s->scratch, s->entries_n, pass * RADIX_BITS);
		s->entries = s->scratch;
		s->scratch = swap;
	}
}

/* ---- spilling ---- */

static enum rc spill_failed(struct err *err)
{
	int why = errno;
	enum rc rc = FAIL(err, RC_BROKEN, "Berkas sementara untuk mengurutkan data tidak dapat ditulis atau dibaca");
	err_detail(err, "sorter: %s", strerror(why));
	return rc;
}

static enum rc spill_open(struct sorter *s, struct err *err)
{
	if (s->fd < 0)
		s->fd = open(s->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return s->fd >= 0 ? RC_OK : spill_failed(err);
}

static enum rc write_all(struct sorter *s, const char *at, size_t n, struct err *err)
{
	while (n) {
		ssize_t done = pwrite(s->fd, at, n, s->spilt);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return spill_failed(err);
		at += done;
		n -= (size_t)done;
		s->spilt += done;
	}
	return RC_OK;
}

/* The records in memory become one more run in the file. The scratch index is free
 * by now and serves as the write buffer, as far as it goes. */
static enum rc spill(struct sorter *s, struct err *err)
{
	size_t room_max = s->entries_max * sizeof(struct entry), used = 0;
	if (room_max > WRITE_ROOM)
		room_max = WRITE_ROOM;
	if (s->runs_n == RUNS_MAX || (s->runs_n + 1) * READ_MIN > s->records_max)
		return FAIL(err, RC_LIMIT, "Data terlalu banyak untuk diurutkan dengan batas memori ini");
	TRY(spill_open(s, err));
	off_t from = s->spilt;
	sort_entries(s);
	char *room = (char *)s->scratch;
	for (size_t i = 0; i < s->entries_n; i++) {
		const struct packed *p = record(s, &s->entries[i]);
		size_t size = packed_size(p);
		if (used + size > room_max) {
			TRY(write_all(s, room, used, err));
			used = 0;
		}
		memcpy(room + used, p, size);
		used += size;
	}
	TRY(write_all(s, room, used, err));
	s->runs[s->runs_n++] = (struct run){.from = from, .to = s->spilt};
	s->records_n = s->entries_n = 0;
	return RC_OK;
}

enum rc sorter_add(struct sorter *s, const struct resident *r, struct err *err)
{
	if (s->entries_n == s->entries_max || s->records_n + PACKED_MAX + 8 > s->records_max)
		TRY(spill(s, err));
	struct packed *p = (struct packed *)(s->memory + s->records_n);
	pack(r, p);
	s->entries[s->entries_n++] = (struct entry){r->nik.n, s->records_n};
	s->records_n += packed_size(p);
	s->added++;
	return RC_OK;
}

/* ---- merging ---- */

static enum rc refill(struct sorter *s, struct run *run, struct err *err)
{
	memmove(run->room, run->room + run->at, run->have - run->at);
	run->have -= run->at;
	run->at = 0;
	while (run->have < s->read_room && run->from < run->to) {
		size_t want = s->read_room - run->have;
		if ((off_t)want > run->to - run->from)
			want = (size_t)(run->to - run->from);
		ssize_t n = pread(s->fd, run->room + run->have, want, run->from);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return spill_failed(err);
		run->have += (size_t)n;
		run->from += n;
	}
	return RC_OK;
}

/* Move the run's head to the next record; NULL at its end. */
static enum rc run_step(struct sorter *s, struct run *run, struct err *err)
{
	if (run->now)
		run->at += packed_size(run->now);
	if (run->have - run->at < PACKED_MAX + 8 && run->from < run->to)
		TRY(refill(s, run, err));
	run->now = run->at < run->have ? (struct packed *)(run->room + run->at) : NULL;
	return RC_OK;
}

static bool before(const struct sorter *s, uint16_t a, uint16_t b)
{
	int64_t na = s->runs[a].now->nik, nb = s->runs[b].now->nik;
	return na != nb ? na < nb : a < b;
}

static void sift_down(struct sorter *s, size_t at)
{
	for (;;) {
		size_t least = at, left = 2 * at + 1;
		for (size_t child = left; child < left + 2 && child < s->heap_n; child++)
			if (before(s, s->heap[child], s->heap[least]))
				least = child;
		if (least == at)
			return;
		uint16_t swap = s->heap[at];
		s->heap[at] = s->heap[least];
		s->heap[least] = swap;
		at = least;
	}
}

static enum rc merge_start(struct sorter *s, struct err *err)
{
	s->read_room = s->records_max / s->runs_n / 16 * 16;
	if (s->read_room > READ_MAX)
		s->read_room = READ_MAX;
	for (size_t i = 0; i < s->runs_n; i++) {
		s->runs[i].room = s->memory + i * s->read_room;
		TRY(run_step(s, &s->runs[i], err));
		s->heap[s->heap_n++] = (uint16_t)i;
	}
	for (size_t i = s->heap_n / 2; i-- > 0;)
		sift_down(s, i);
	return RC_OK;
}

enum rc sorter_turn(struct sorter *s, struct err *err)
{
	if (s->runs_n == 0) {
		sort_entries(s);
		return RC_OK;
	}
	if (s->entries_n)
		TRY(spill(s, err));
	return merge_start(s, err);
}

/* The least record of all runs goes to s->out. */
static enum rc merge_pop(struct sorter *s, struct err *err)
{
	struct run *run = &s->runs[s->heap[0]];
	memcpy(s->out, run->now, packed_size(run->now));
	TRY(run_step(s, run, err));
	if (!run->now)
		s->heap[0] = s->heap[--s->heap_n];
	if (s->heap_n)
		sift_down(s, 0);
	return RC_OK;
}

static enum rc next_merged(struct sorter *s, struct resident *ret, struct err *err)
{
	const struct packed *out = (const struct packed *)s->out;
	if (s->heap_n == 0)
		return RC_ABSENT;
	do
		TRY(merge_pop(s, err));
	while (s->heap_n && s->runs[s->heap[0]].now->nik == out->nik);
	unpack(out, ret);
	return RC_OK;
}

enum rc sorter_next(struct sorter *s, struct resident *ret, struct err *err)
{
	if (s->runs_n)
		return next_merged(s, ret, err);
	if (s->next == s->entries_n)
		return RC_ABSENT;
	while (s->next + 1 < s->entries_n && s->entries[s->next + 1].nik == s->entries[s->next].nik)
		s->next++;
	unpack(record(s, &s->entries[s->next++]), ret);
	return RC_OK;
}
