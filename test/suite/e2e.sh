#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Whole conversations over HTTPS: every test/e2e/*.test.mjs but those with a suite of
# their own (crash, mail, openapi, outbox, relay).
cd "$(dirname "$0")/../.." || exit 111
# shellcheck disable=SC2046 # a list of files
exec tools/run-node-tests $(ls test/e2e/*.test.mjs | grep -vE '/(crash|mail|openapi|outbox|relay)\.')
