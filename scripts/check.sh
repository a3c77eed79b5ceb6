#!/bin/bash
# check.sh: compiles, runs every test against throw-away stacks on free ports, behind Apache and behind nginx at once; the last line is
# "N passed, N failed". WEB=apache or WEB=nginx: only behind that one.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/parts.sh

run() { part env WEB="$2" node tests/run.mjs "$1"; }

prepare tests
part make --no-print-directory unit
# What pages say, how the database finds things, and what Chromium makes of them, doesn't depend on the web server: once each. Three at once on two cores: the third
# one is often waiting, for what it broke to come back.
if [ -n "${WEB:-}" ]; then
  for kind in http content plan browser fault; do run "$kind" "$WEB"; done
else
  run browser nginx &
  { run http apache; run content apache; } &
  { run plan apache; run fault apache; run fault nginx; run http nginx; } &
  wait
fi
sum_up
