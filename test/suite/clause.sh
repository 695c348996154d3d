#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every clause and every threat names the tests that prove it, and they exist.
cd "$(dirname "$0")/../.." || exit 111
exec awk -f test/clause/check.awk test/clause/map.txt
