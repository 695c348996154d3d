#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The portal in a real browser: Debian's Chromium driven by playwright-core.
cd "$(dirname "$0")/../.." || exit 111
(cd test/browser && npm ci --fetch-retries=5 --no-audit --no-fund --loglevel=error >&2) || { echo "0 passed, 1 failed"; exit 1; }
exec tools/run-node-tests test/browser/*.test.mjs
