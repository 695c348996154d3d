/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_letter.c - `padan letter`: look at a letter, and at the text behind it. */
#include <stdio.h>

#include "cli/cmd.h"
#include "pdf/letter.h"
#include "sys/file.h"

static enum rc letter_arg(const struct command *command, enum letter *ret, struct err *err)
{
	const char *key = command_arg(command, 0);
	if (letter_from_key(str_c(key), ret) != RC_OK)
		return FAIL(err, RC_INVALID, "naskah '%.60s' tidak dikenal; lihat: padan letter text", key);
	return RC_OK;
}

enum rc cmd_letter_sample(const struct command *command, struct err *err)
{
	BUF_AUTO text = BUF(NASKAH_TEXT_MAX + 1);
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	const char *from = command_option(command, "text");
	enum letter letter;
	TRY(letter_arg(command, &letter, err));
	if (from)
		TRY(file_read(from, NASKAH_TEXT_MAX, &text, err));
	TRY(letter_sample(letter, from ? str_from(text.at ? text.at : "", text.n) : (struct str){0}, &pdf, err));
	return file_write(command_arg(command, 1), 0644, buf_str(&pdf), err);
}

enum rc cmd_letter_text(const struct command *command, struct err *err)
{
	const struct letter_kind *kind;
	enum letter letter;
	if (command_arg(command, 0)) {
		TRY(letter_arg(command, &letter, err));
		struct str text = letter_text(letter);
		fwrite(text.at, 1, text.n, stdout);
		return RC_OK;
	}
	for (size_t i = 0; (kind = letter_at(i)); i++)
		printf("%-26s %-16s %s\n", kind->key, kind->clause, kind->name);
	return RC_OK;
}
