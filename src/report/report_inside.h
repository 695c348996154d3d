/* SPDX-License-Identifier: EUPL-1.2
 * report/report_inside.h - what report.c and report_read.c share. */
#pragma once
#include "report/report.h"

/* As the store has it: "", "instansi", "provider". */
struct str report_turn(enum turn turn);
/* RC_ABSENT, written out so that analyzers see it. */
#define report_absent(err) FAIL(err, RC_ABSENT, "Laporan itu tidak ada.")
