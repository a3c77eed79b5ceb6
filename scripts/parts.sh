# parts.sh (sourced by check.sh, faults.sh and security.sh): what must be there before tests run, running them in parts, and the sum of their results.

fail() {
  echo "supportlevel: $*" >&2
  exit 1
}

prepare() {
  make --no-print-directory -j"$(nproc)" build "$@" || fail "it does not compile"
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
}

# Shows what a part prints, and notes the numbers of its last line (behind which make may tell that it failed).
part() {
  local output last
  output=$(mktemp "$work/part.XXXXXX")
  "$@" 2>&1 | tee "$output"
  last=$(grep -E ' passed, [0-9]+ failed$' "$output" | tail -n 1)
  if [[ $last =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]}" >>"$work/results"
  else
    echo "0 1" >>"$work/results"
    echo "FAILED $*: it ended without a result"
  fi
}

# The last line; fails when a test did, or none ran.
sum_up() {
  awk '{ passed += $1; failed += $2 } END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }' "$work/results"
}
