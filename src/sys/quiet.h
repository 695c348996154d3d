/* SPDX-License-Identifier: EUPL-1.2
 * sys/quiet.h - a thread that gives way to every other one. */
#pragma once

/* From now on the calling thread has a small share of a processor that others want too; a system
 * that does not allow it goes on as before. */
void quiet_thread(void);
