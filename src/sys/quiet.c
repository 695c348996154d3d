/* SPDX-License-Identifier: EUPL-1.2
 * sys/quiet.c - see quiet.h. On Linux a thread has a niceness of its own (setpriority(2), 0: the
 * caller). It is not SCHED_IDLE, which may wait for ever on a busy machine while it holds a lock. */
#include "sys/quiet.h"

#include <sys/resource.h>

#define NICEST 19

void quiet_thread(void)
{
	(void)setpriority(PRIO_PROCESS, 0, NICEST);
}
