#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The same conversations with office and registry on PostgreSQL: every
# test/e2e/*.test.mjs but those about files and disks of the embedded store (crash, fault,
# swap; test/node/ loses servers and replaces the registry), and those whose own suites run
# them on both engines (mail, openapi, outbox, relay).
cd "$(dirname "$0")/../.." || exit 111
export PADAN_E2E_STORE=postgres
# shellcheck disable=SC2046 # a list of files
exec tools/with-postgres tools/run-node-tests \
	$(ls test/e2e/*.test.mjs | grep -vE '/(crash|fault|mail|openapi|outbox|relay|swap)\.')
