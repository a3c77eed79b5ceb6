#!/bin/bash
# manual.sh PROGRAM PAGE.in: prints a manual page. What the program knows it is asked for: its commands (@COMMANDS@) and its settings (@SETTINGS@).
set -euo pipefail
export SUPPORTLEVEL_CONFIG=

parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT

# "  NAME AND OPTIONS    what it does", and further lines that are set in.
"$1" help | sed 's/[\\]/\\e/g; s/-/\\-/g' | awk '
  /^  [a-z]/ { words = substr($0, 3); gap = match(words, /   */); print ".TP\n.B supportlevel " (gap ? substr(words, 1, gap - 1) : words); if (gap) print substr(words, gap + RLENGTH); next }
  /^   +/ { sub(/^ +/, ""); print ".br\n" $0 }' >"$parts/commands"

# "# what it means" and "#name=default".
"$1" config --file | sed 's/[\\]/\\e/g; s/-/\\-/g' | awk '
  /^\[/ { begun = 1 }
  !begun || !/^#/ { next }
  /^# / { help = substr($0, 3); next }
  { gap = index($0, "="); value = substr($0, gap + 1); print ".TP\n.BR " substr($0, 2, gap - 2) "\n" help ".\nDefault: " (value == "" ? "empty" : "\\fB" value "\\fR") "." }' >"$parts/settings"

for part in commands settings; do
  [ -s "$parts/$part" ] || { echo "manual.sh: $1 told of no $part" >&2; exit 1; }
done
sed -e "/^@COMMANDS@/{r $parts/commands" -e 'd}' -e "/^@SETTINGS@/{r $parts/settings" -e 'd}' "$2"
