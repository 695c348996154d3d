/* SPDX-License-Identifier: EUPL-1.2
 * identity/common_password.h - passwords everybody tries first.
 *
 * data/common_passwords.txt holds words, compared without case and without the
 * digits and signs people put behind them. Patterns are recognised, not listed:
 * digits alone, one piece over and over, runs along the keyboard, the alphabet or
 * the digits. */
#pragma once
#include "base/base.h"

bool common_password(struct str password);
