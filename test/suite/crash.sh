#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# kill -9 under load, 200 times (PADAN_CRASH_CYCLES), reconciled at the end.
cd "$(dirname "$0")/../.." || exit 111
exec tools/run-node-tests test/e2e/crash.test.mjs
