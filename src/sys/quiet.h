/* SPDX-License-Identifier: EUPL-1.2
 * sys/quiet.h - a thread that gives way to every other one. */
#pragma once

/* From now on the calling thread gets what the others leave of the processor; a system that does
 * not allow it goes on as before. */
void quiet_thread(void);
