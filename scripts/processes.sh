# processes.sh (sourced by run.sh): starting, watching and stopping the processes of one run.

declare -A pids=()

fail() {
  echo "supportlevel: $*" >&2
  exit 1
}

# start NAME PROGRAM ARGUMENT…: in the background, in a session of its own so that a terminal's Ctrl-C reaches only run.sh, which
# stops things in order. Should run.sh itself be killed, the kernel sends the process SIGTERM.
start() {
  local name=$1
  shift
  setsid setpriv --pdeathsig TERM -- "$@" </dev/null >>"$VAR/log/$name.log" 2>&1 9>&- &
  pids[$name]=$!
}

runs() {
  [ -n "${pids[$1]:-}" ] && kill -0 "${pids[$1]}" 2>/dev/null
}

# stop NAME SIGNAL: asks it to end, insists after 15 seconds. What is left of a process that was killed goes too: the others of a web server would go on
# without the first one, and hold its port.
stop() {
  [ -n "${pids[$1]:-}" ] || return 0
  local tries=0
  kill -s "$2" "${pids[$1]}" 2>/dev/null || true
  while runs "$1"; do
    sleep 0.1
    tries=$((tries + 1))
    if ((tries == 150)); then kill -s KILL "${pids[$1]}" 2>/dev/null || true; fi
  done
  wait "${pids[$1]}" 2>/dev/null || true
  kill -s KILL -- "-${pids[$1]}" 2>/dev/null || true
}

# From the outside in: running requests finish, then nobody needs the workers any more, then nobody the database.
stop_all() {
  trap '' INT TERM HUP
  if [ "${WEB:-}" = nginx ]; then stop web QUIT; else stop web WINCH; fi
  stop workers TERM
  stop database TERM
}

last_line() {
  grep -v '^[[:space:]]*$' "$VAR/log/$1.log" 2>/dev/null | tail -n 1
}

# Returns only by a signal's trap, or when something ended that should not have.
wait_for_end() {
  local ended=
  wait -n -p ended "${pids[@]}" || true
  for name in "${!pids[@]}"; do
    [ "${pids[$name]}" = "$ended" ] && fail "$name ended unexpectedly, see $VAR/log/$name.log: $(last_line "$name")"
  done
  fail "a process ended unexpectedly, see $VAR/log"
}

port_answers() {
  (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null
}

# True when GET /healthz is answered 200.
healthy() {
  local status
  status=$(
    exec 2>/dev/null
    exec 3<>"/dev/tcp/127.0.0.1/$PORT"
    printf 'GET %s/healthz HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$MOUNT" "$PORT" >&3
    read -r -t 10 line <&3 && echo "$line"
  ) || return 1
  [[ $status == *' 200 '* ]]
}

await_answer() {
  local tries=0
  until healthy; do
    runs workers || fail "the workers ended: $(last_line workers)"
    runs web || fail "the web server ended: $(last_line web)"
    tries=$((tries + 1))
    ((tries < 300)) || fail "$ADDRESS does not answer, see $VAR/log"
    sleep 0.1
  done
}
