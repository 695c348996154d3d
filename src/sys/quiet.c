/* SPDX-License-Identifier: EUPL-1.2
 * sys/quiet.c - see quiet.h. On Linux a thread has a niceness of its own (setpriority(2), 0: the
 * caller). Ten steps are a tenth of the share of another thread: seldom in anybody's way, and on a
 * busy machine still something, where the last step, or SCHED_IDLE, would be next to nothing. */
#include "sys/quiet.h"

#include <sys/resource.h>

#define NICE 10

void quiet_thread(void)
{
	(void)setpriority(PRIO_PROCESS, 0, NICE);
}
