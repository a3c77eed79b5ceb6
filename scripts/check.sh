#!/bin/bash
# check.sh: compiles, runs every test against throw-away stacks on free ports, behind Apache and behind nginx at once; the last line is
# "N passed, N failed". WEB=apache or WEB=nginx: only behind that one.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/parts.sh

run() { part env WEB="$2" node tests/run.mjs "$1"; }

prepare tests
part make --no-print-directory unit
# How the database finds things, and what Chromium makes of pages, doesn't depend on the web server: once each. Two at once, of about the same length.
if [ -n "${WEB:-}" ]; then
  for kind in http plan browser fault; do run "$kind" "$WEB"; done
else
  { run http nginx; run browser nginx; } &
  { run http apache; run plan apache; run fault apache; run fault nginx; } &
  wait
fi
sum_up
