#!/bin/bash
# run.sh: starts database, workers and web server, prints where they answer, and stops all of it at Ctrl-C or SIGTERM.
#
# From the environment: WEB=apache|nginx, PORT, WORKERS, MOUNT (where in the site, "" or "/name"), DATABASE (url of a server to use
# instead of a private one), COMPANY (demo or empty: what a new database begins with), VAR (where everything is kept), BUILD (where the programs are), UNDER (a program with its path that runs the workers, such as
# valgrind with its options), SUPPORTLEVEL_TODAY and the program's other settings.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."
ROOT=$PWD
BUILD=${BUILD:-build}
WEB=${WEB:-apache}
PORT=${PORT:-8080}
WORKERS=${WORKERS:-4}
MOUNT=${MOUNT:-}
DATABASE=${DATABASE:-}
COMPANY=${COMPANY:-demo}
VAR=${VAR:-$ROOT/var}
SUPPORTLEVEL_BODY_LIMIT=${SUPPORTLEVEL_BODY_LIMIT:-1048576}
SUPPORTLEVEL_UPLOAD_LIMIT=${SUPPORTLEVEL_UPLOAD_LIMIT:-67108864}
export SUPPORTLEVEL_BODY_LIMIT SUPPORTLEVEL_UPLOAD_LIMIT
export SUPPORTLEVEL_BASE_URL=${SUPPORTLEVEL_BASE_URL:-http://127.0.0.1:$PORT$MOUNT}
export SUPPORTLEVEL_TEMPLATES=${SUPPORTLEVEL_TEMPLATES:-$ROOT/templates}
export SUPPORTLEVEL_DEMO_FILE=${SUPPORTLEVEL_DEMO_FILE:-$ROOT/sql/demo_contracts.csv}
export SUPPORTLEVEL_DEVELOPMENT=${SUPPORTLEVEL_DEVELOPMENT:-1}

. scripts/processes.sh
. scripts/database.sh
. scripts/web.sh

check_settings() {
  [[ $WEB = apache || $WEB = nginx ]] || fail "WEB is apache or nginx, not \"$WEB\""
  [[ $PORT =~ ^[0-9]{1,5}$ ]] && ((PORT >= 1 && PORT <= 65535)) || fail "PORT is a number from 1 to 65535, not \"$PORT\""
  [[ $WORKERS =~ ^[0-9]{1,3}$ ]] && ((WORKERS >= 1)) || fail "WORKERS is a number from 1 to 999, not \"$WORKERS\""
  [[ $COMPANY = demo || $COMPANY = empty ]] || fail "COMPANY is demo or empty, not \"$COMPANY\""
  [[ $MOUNT =~ ^(/[A-Za-z0-9._~-]+)*$ ]] || fail "MOUNT is empty or like /supportlevel, not \"$MOUNT\""
  if port_answers; then fail "port $PORT is in use; another one: make run PORT=8081"; fi
}

# Everything that outlives this run is below VAR. Sockets are in a short directory of their own: a socket's path is limited to 107 bytes.
make_places() {
  mkdir -p "$VAR/log" 2>/dev/null && [ -w "$VAR" ] && [ -w "$VAR/log" ] || fail "no right to write in $VAR"
  VAR=$(realpath "$VAR")
  exec 9>"$VAR/lock"
  flock --nonblock 9 || fail "$VAR is in use by another make run (stop that one first)"
  for log in "$VAR"/log/*.log; do [ -e "$log" ] && mv "$log" "$log.old"; done
  RUNTIME=$(mktemp -d /tmp/supportlevel.XXXXXX) || fail "no right to write in /tmp"
  mkdir -m 700 "$RUNTIME/database" "$RUNTIME/workers" "$RUNTIME/web"
  WEB_USER=
  as_web_user=()
  if [ "$(id -u)" -eq 0 ]; then
    # Root only owns: what serves runs as www-data, which the base system brings.
    WEB_USER=www-data
    as_web_user=(setpriv --reuid www-data --regid www-data --clear-groups --inh-caps=-all --bounding-set=-all --)
    chmod 711 "$RUNTIME"
    chgrp www-data "$RUNTIME/database" && chmod 710 "$RUNTIME/database"
    chown www-data: "$RUNTIME/workers" "$RUNTIME/web"
  fi
  lend_files
}

# A checkout that www-data may not enter (below /root) is lent to it as a copy.
lend_files() {
  PROGRAM=$ROOT/$BUILD/supportlevel.fcgi
  STATIC=$ROOT/static
  if [ -n "$WEB_USER" ] && ! "${as_web_user[@]}" test -x "$PROGRAM" -a -r "$STATIC/style.css" -a -r "$SUPPORTLEVEL_TEMPLATES/layout.cs" -a -r "$SUPPORTLEVEL_DEMO_FILE"; then
    mkdir "$RUNTIME/files"
    cp -R "$PROGRAM" "$STATIC" "$SUPPORTLEVEL_TEMPLATES" "$SUPPORTLEVEL_DEMO_FILE" "$RUNTIME/files/"
    chmod -R a+rX "$RUNTIME/files"
    PROGRAM=$RUNTIME/files/supportlevel.fcgi
    STATIC=$RUNTIME/files/static
    SUPPORTLEVEL_TEMPLATES=$RUNTIME/files/$(basename "$SUPPORTLEVEL_TEMPLATES")
    SUPPORTLEVEL_DEMO_FILE=$RUNTIME/files/$(basename "$SUPPORTLEVEL_DEMO_FILE")
    echo "This directory is closed to www-data: changes to templates and static files show after the next make run."
  fi
}

start_workers() {
  WORKER_SOCKET=$RUNTIME/workers/supportlevel.sock
  # A worker that ends is replaced; twenty that end within a second of their start are no accident.
  start workers "${as_web_user[@]}" setpriv --no-new-privs --pdeathsig TERM -- \
    spawn-fcgi -n -s "$WORKER_SOCKET" -M 0600 -- /usr/bin/multiwatch -f "$WORKERS" -r 20 -t 1000 -s TERM -- ${UNDER:-} "$PROGRAM"
}

# What tests and administrators ask of a running stack.
write_state() {
  cat >"$VAR/running" <<STATE
address=$ADDRESS
database_socket=${DATABASE_SOCKET:-}
worker_socket=$WORKER_SOCKET
database_pid=${pids[database]:-}
workers_pid=${pids[workers]}
web_pid=${pids[web]}
STATE
}

remove_places() {
  [ -n "${RUNTIME:-}" ] && rm -rf "$RUNTIME"
  [ -n "${RUNTIME:-}" ] && rm -f "$VAR/running"
  return 0
}

check_settings
make_places
trap 'exit 0' INT TERM HUP
trap 'stop_all; remove_places' EXIT
ADDRESS=http://127.0.0.1:$PORT$MOUNT/

if [ -n "$DATABASE" ]; then use_database; else start_database; fi
migrate_database
load_company
start_workers
start_web
await_answer
write_state
echo "$ADDRESS"
print_logins
wait_for_end
