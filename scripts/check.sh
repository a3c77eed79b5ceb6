#!/bin/bash
# check.sh: compiles, runs every test against throw-away stacks on free ports, behind Apache and behind nginx; the last line is
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

passed=0 failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT
# Shows what a part prints and adds its last line's numbers.
part() {
  local last
  "$@" 2>&1 | tee "$output"
  last=$(tail -n 1 "$output")
  if [[ $last =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
  else
    failed=$((failed + 1))
    echo "FAILED $*: it ended without a result"
  fi
}

part make --no-print-directory unit
# How the database finds things doesn't depend on the web server.
[ "${WEB:-}" = nginx ] || part env WEB=apache node tests/run.mjs plan
for web in ${WEB:-apache nginx}; do
  for kind in http browser fault; do
    compgen -G "tests/$kind/*.test.mjs" >/dev/null && part env WEB="$web" node tests/run.mjs "$kind"
  done
done
echo "$passed passed, $failed failed"
((failed == 0))
