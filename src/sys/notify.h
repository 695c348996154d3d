/* SPDX-License-Identifier: EUPL-1.2
 * sys/notify.h - telling systemd how we are (sd_notify). Nothing happens when
 * nobody listens. */
#pragma once
#include "base/base.h"

void notify_ready(void);
/* Certificate is being read again; notify_ready() ends it. */
void notify_reloading(void);
void notify_stopping(void);
/* We are alive; due before every notify_watchdog_us(). */
void notify_watchdog(void);
/* How often systemd wants to hear from us; 0: never. */
int64_t notify_watchdog_us(void);
