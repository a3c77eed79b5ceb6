#!/bin/bash
# unit.sh PROGRAM…: runs cmocka programs; the last line is "unit: N passed, N failed".
set -uo pipefail

passed=0 failed=0
for program in "$@"; do
  # cmocka writes TAP: "ok 1 - name" or "not ok 1 - name" for each test.
  output=$(CMOCKA_MESSAGE_OUTPUT=TAP "$program" 2>&1)
  status=$?
  ok=$(grep -c '^ok ' <<<"$output")
  not_ok=$(grep -c '^not ok ' <<<"$output")
  if ((status != 0 || not_ok > 0 || ok == 0)); then
    # A program that crashed, or ran nothing, is a failure of its own.
    ((not_ok == 0)) && not_ok=1
    echo "FAILED (unit) ${program##*/}, exit status $status"
    grep -v '^ok ' <<<"$output"
  fi
  passed=$((passed + ok)) failed=$((failed + not_ok))
done
echo "unit: $passed passed, $failed failed"
((failed == 0))
