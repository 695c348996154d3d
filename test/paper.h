/* SPDX-License-Identifier: EUPL-1.2
 * test/paper.h - read a PDF back with poppler, as whoever gets it would. Needs cmocka. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

#define PAPER_TEXT_MAX ((size_t)4 << 20)

/* What `command` says about the PDF, whose path is in $PDF. */
static inline struct buf paper_ask(struct str pdf, const char *command)
{
	char path[] = "/tmp/padan-paper-XXXXXX", block[4096];
	struct buf said = BUF(PAPER_TEXT_MAX);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, pdf.at, pdf.n), pdf.n);
	close(fd);
	setenv("PDF", path, 1);
	FILE *from = popen(command, "r");
	assert_non_null(from);
	for (size_t n; (n = fread(block, 1, sizeof block, from)) > 0;)
		buf_add(&said, str_from(block, n));
	assert_int_equal(pclose(from), 0);
	unlink(path);
	buf_addc(&said, '\0');
	assert_true(buf_ok(&said));
	said.n--;
	return said;
}

/* Its words; pages end with a form feed. */
static inline struct buf paper_text(struct str pdf)
{
	return paper_ask(pdf, "pdftotext -enc UTF-8 -layout $PDF -");
}

/* Its words with each blank and line end as one blank: lines break where they like. */
static inline struct buf paper_words(struct str pdf)
{
	struct buf text = paper_text(pdf), words = BUF(PAPER_TEXT_MAX);
	for (size_t i = 0; i < text.n; i++) {
		bool blank = strchr(" \n\f", text.at[i]);
		if (!blank)
			buf_addc(&words, text.at[i]);
		else if (words.n && words.at[words.n - 1] != ' ')
			buf_addc(&words, ' ');
	}
	buf_addc(&words, '\0');
	buf_free(&text);
	return words;
}

static inline int paper_pages(struct str pdf)
{
	struct buf said = paper_ask(pdf, "pdfinfo $PDF");
	const char *at = strstr(said.at, "Pages:");
	assert_non_null(at);
	int pages = (int)strtol(at + 6, NULL, 10);
	buf_free(&said);
	return pages;
}
