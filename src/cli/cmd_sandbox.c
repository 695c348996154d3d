/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_sandbox.c - `padan sandbox`: the published people of the rehearsal, as the table
 * that stands in doc/sandbox.md (a test holds one to the other). */
#include <stdio.h>

#include "cli/cmd.h"
#include "registry/sandbox.h"

static void print_person(const struct sandbox_person *person)
{
	printf("| `%s` | %s | %s |\n", person->nik, person->outcome ? outcome_get(person->outcome)->code : "503", person->about);
}

static void print_elements(const struct sandbox_person *person)
{
	printf("\n`%s`", person->nik);
	for (size_t e = 0; e < ELEMENT_COUNT; e++)
		printf("%s %s `%s`", e ? ";" : ":", element_at(e)->key, person->element[e]);
	printf("\n");
}

enum rc cmd_sandbox(const struct command *command, struct err *err)
{
	(void)command, (void)err;
	printf("| NIK | hasil | untuk apa |\n|---|---|---|\n");
	for (size_t i = 0; sandbox_person_at(i); i++)
		print_person(sandbox_person_at(i));
	for (size_t i = 0; sandbox_person_at(i); i++)
		if (sandbox_person_at(i)->outcome == OUTCOME_DATA)
			print_elements(sandbox_person_at(i));
	return RC_OK;
}
