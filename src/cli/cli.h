/* SPDX-License-Identifier: EUPL-1.2
 * cli/cli.h - the command line of the one program: `padan VERB ...`. */
#pragma once
#include "cli/command.h"
#include "cli/front.h"

/* What main() returns: 0 done, 1 the answer is no, 100 used wrongly, 111 temporary. */
enum exit_code cli_main(const struct front *front, int argc, char **argv);
/* Row by row, for tests and the manual page; NULL past the end. */
const struct verb *cli_verb_at(size_t i);
