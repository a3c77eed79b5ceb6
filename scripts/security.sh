#!/bin/bash
# security.sh: the attacking side, against throw-away stacks behind nginx on free ports of 127.0.0.1; the last line is "N passed, N failed".
# - every test over HTTP, with workers and command that are built with the address and undefined-behaviour sanitizers;
# - some of them with workers under valgrind, which also sees what is read before it was written;
# - sqlmap and wapiti as every role, against sanitized workers, for about SECURITY_SECONDS (600) each;
# - each reader fuzzed for FUZZ_SECONDS (30).
# Words choose among them: scripts/security.sh sanitizers valgrind attack fuzz
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/parts.sh

# Valgrind is some thirty times slower: those that sign in, show pages with figures and tables, and send headers; the rest would take an hour.
VALGRIND="/usr/bin/valgrind --quiet --vgdb=no --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite"

chosen() {
  [ ${#words[@]} -eq 0 ] || [[ " ${words[*]} " == *" $1 "* ]]
}

words=("$@")
export WEB=nginx
make --no-print-directory -j"$(nproc)" BUILD=build-asan SANITIZE=1 build >/dev/null || fail "it does not compile with sanitizers"
prepare >/dev/null

chosen sanitizers && { part env BUILD=build-asan node tests/run.mjs http; part env BUILD=build-asan node tests/run.mjs content; }
chosen valgrind && { part env UNDER="$VALGRIND" node tests/run.mjs http headers; part env UNDER="$VALGRIND" node tests/run.mjs content overview compare; }
chosen attack && part env BUILD=build-asan node tests/attack/run.mjs
chosen fuzz && part make --no-print-directory fuzz
sum_up
