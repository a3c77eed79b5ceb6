#!/bin/bash
# check.sh: compiles, runs every test against throw-away stacks on free ports, behind Apache and behind nginx at once; the last line is
# "N passed, N failed". WEB=apache or WEB=nginx: only behind that one.
set -uo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "supportlevel: $*" >&2
  exit 1
}

make --no-print-directory -j"$(nproc)" build tests || fail "it does not compile"
# Only when the lock file changed since.
if [ ! -e tests/node_modules/.package-lock.json ] || [ tests/package-lock.json -nt tests/node_modules/.package-lock.json ]; then
  (cd tests && npm ci --no-audit --no-fund --loglevel=error) || fail "the tests' npm packages could not be installed"
fi
scripts/nginx.sh >/dev/null || exit 1
scripts/unpack.sh prometheus usr/bin/promtool >/dev/null || exit 1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What was started in the background ends with this: each test run stops its own stack.
trap 'kill $(jobs -p) 2>/dev/null; wait; exit 1' INT TERM HUP

# Shows what a part prints, and notes its last line's numbers.
part() {
  local output last
  output=$(mktemp "$work/part.XXXXXX")
  "$@" 2>&1 | tee "$output"
  last=$(tail -n 1 "$output")
  if [[ $last =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]}" >>"$work/results"
  else
    echo "0 1" >>"$work/results"
    echo "FAILED $*: it ended without a result"
  fi
}

# How the database finds things, and what Chromium makes of pages, doesn't depend on the web server: once each, of two at once in different ones' time.
behind() {
  part env WEB="$1" node tests/run.mjs http
  [ "$1" = nginx ] && [ -z "${WEB:-}" ] || part env WEB="$1" node tests/run.mjs plan
  [ "$1" = apache ] && [ -z "${WEB:-}" ] || part env WEB="$1" node tests/run.mjs browser
  part env WEB="$1" node tests/run.mjs fault
}

part make --no-print-directory unit
for web in ${WEB:-apache nginx}; do behind "$web" & done
wait
awk '{ passed += $1; failed += $2 } END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }' "$work/results"
