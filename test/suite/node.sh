#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Many nodes on PostgreSQL, and what happens when one or the database is lost: test/node/*.test.mjs.
# Each test starts the servers it needs; PADAN_LONG=1 makes the long ones long.
cd "$(dirname "$0")/../.." || exit 111
exec tools/with-postgres tools/run-node-tests test/node/*.test.mjs
