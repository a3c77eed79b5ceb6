#!/bin/bash
# faults.sh: breaks things for some ten minutes while people write, and looks whether everything is there and agrees; the last line is "N passed, N failed".
# SEED=number repeats what chance decided, KILLS=number is how often the database is killed (200), WEB=apache or WEB=nginx: only behind that one.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/parts.sh

prepare
webs=(${WEB:-nginx apache})
export SEED=${SEED:-$RANDOM$RANDOM}
# What befalls the database is the same behind either web server; what befalls the way to it is not.
part env WEB="${webs[0]}" node tests/run.mjs fault/long
[ ${#webs[@]} -eq 1 ] || part env WEB="${webs[1]}" node tests/run.mjs fault/long worker_kill slow_client
sum_up
