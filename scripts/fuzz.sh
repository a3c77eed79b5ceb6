#!/bin/bash
# fuzz.sh: runs each of build-fuzz/fuzz for FUZZ_SECONDS; the last line is "fuzz: N passed, N failed". What was tried before is kept below build-fuzz/corpus
# and goes on from there; an input that breaks something is kept beside it.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0
for program in build-fuzz/fuzz/*; do
  name=${program##*/}
  mkdir -p "build-fuzz/corpus/$name" build-fuzz/found
  options=(-max_total_time="${FUZZ_SECONDS:-30}" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix="build-fuzz/found/$name-")
  [ -e "tests/fuzz/$name.dict" ] && options+=(-dict="tests/fuzz/$name.dict")
  if "$program" "${options[@]}" "build-fuzz/corpus/$name" "tests/fuzz/corpus/$name" >"build-fuzz/$name.log" 2>&1; then
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build-fuzz/$name.log") inputs, $(grep -o 'cov: [0-9]*' "build-fuzz/$name.log" | tail -n 1)"
    passed=$((passed + 1))
  else
    echo "FAILED (fuzz) $name, see build-fuzz/$name.log"
    grep -E "doesn't hold|ERROR:|runtime error|Test unit written" "build-fuzz/$name.log"
    failed=$((failed + 1))
  fi
done
echo "fuzz: $passed passed, $failed failed"
((failed == 0))
