#!/bin/bash
# check.sh: compiles, runs every test against throw-away stacks on free ports, behind Apache and behind nginx at once; the last line is
# "N passed, N failed". WEB=apache or WEB=nginx: only behind that one.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/parts.sh

# How the database finds things, and what Chromium makes of pages, doesn't depend on the web server: once each, of two at once in different ones' time.
behind() {
  part env WEB="$1" node tests/run.mjs http
  [ "$1" = nginx ] && [ -z "${WEB:-}" ] || part env WEB="$1" node tests/run.mjs plan
  [ "$1" = apache ] && [ -z "${WEB:-}" ] || part env WEB="$1" node tests/run.mjs browser
  part env WEB="$1" node tests/run.mjs fault
}

prepare tests
part make --no-print-directory unit
for web in ${WEB:-apache nginx}; do behind "$web" & done
wait
sum_up
