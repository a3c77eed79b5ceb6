#!/bin/bash
# cluster.sh: a whole cluster on this machine: three databases (MariaDB Galera) of which each has everything, two web nodes with workers of
# their own, and nginx as the balancer before them. A database that ends is started again. Ctrl-C or SIGTERM stops all of it; nothing of it stays.
#
# From the environment: PORT (of the balancer; the eleven behind it are used too), WORKERS (of each web node) and the program's settings.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."
ROOT=$PWD
PORT=${PORT:-8080}
WORKERS=${WORKERS:-3}
MOUNT=
NODES=(1 2 3)

. scripts/processes.sh
. scripts/database.sh

check_settings() {
  [[ $PORT =~ ^[0-9]{1,5}$ ]] && ((PORT >= 1 && PORT <= 65524)) || fail "PORT is a number from 1 to 65524, not \"$PORT\""
  local port
  for ((port = PORT; port < PORT + 12; port++)); do
    if PORT=$port port_answers; then fail "port $port is in use; others: make cluster PORT=9080"; fi
  done
}

make_places() {
  VAR=$(mktemp -d /tmp/supportlevel-cluster.XXXXXX) || fail "no right to write in /tmp"
  mkdir "$VAR/log"
  # Sockets may be reached by the workers' user.
  chmod 711 "$VAR"
  # rsync, started by root, would not be allowed to write what it gets.
  as_database_user=()
  if [ "$(id -u)" -eq 0 ]; then as_database_user=(setpriv --reuid www-data --regid www-data --clear-groups --); fi
  NGINX=$(scripts/nginx.sh) || exit 1
  # The server calls the script that copies everything to a new node by its name.
  PATH=$(dirname "$(scripts/unpack.sh mariadb-server usr/bin/wsrep_sst_rsync usr/bin/wsrep_sst_common)"):$PATH
}

# ---- databases ----

node_address() {
  echo "127.0.0.1:$((PORT + 3 * $1))"
}

node_sql() {
  mariadb --no-defaults --socket="$VAR/database$1/mariadb.sock" --user="$(id -un)" --batch --skip-column-names "${@:2}" 2>/dev/null
}

# The file that make run writes for its database, and what makes it a node of the cluster.
write_node_settings() {
  local node=$1 members
  members=$(for one in "${NODES[@]}"; do node_address "$one"; done | paste -sd,)
  (
    VAR=$VAR/database$node
    RUNTIME=$VAR
    DATABASE_SOCKET=$VAR/mariadb.sock
    BUFFER_POOL=64M
    mkdir -p "$VAR/database" "$VAR/temporary" "$VAR/log"
    write_database_settings
    cat >>"$VAR/my.cnf" <<CNF
wsrep_on = ON
wsrep_provider = /usr/lib/galera/libgalera_smm.so
wsrep_cluster_name = supportlevel
wsrep_cluster_address = "gcomm://$members"
wsrep_node_name = database$node
wsrep_node_address = $(node_address "$node")
wsrep_sst_method = rsync
wsrep_sst_receive_address = 127.0.0.1:$((PORT + 3 * node + 2))
wsrep_provider_options = "gmcast.listen_addr=tcp://$(node_address "$node");ist.recv_addr=127.0.0.1:$((PORT + 3 * node + 1));gcache.size=32M"
binlog_format = ROW
innodb_autoinc_lock_mode = 2
# Replication counts as a binary log, with which making a trigger needs this or a right over the whole server.
log_bin_trust_function_creators = ON
# Migrations change tables with a history; what one session allows itself is unknown to the others' nodes.
system_versioning_alter_history = KEEP
CNF
  )
}

start_node() {
  start "database$1" "${as_database_user[@]}" setpriv --pdeathsig TERM -- mariadbd --defaults-file="$VAR/database$1/my.cnf" "${@:2}"
}

# Where it was when it ended, so that it is given only what it missed.
restart_node() {
  local position
  position=$("${as_database_user[@]}" mariadbd --defaults-file="$VAR/database$1/my.cnf" --wsrep-recover 2>&1 9>&- | sed -n 's/.*WSREP: Recovered position: *//p')
  start_node "$1" ${position:+--wsrep-start-position="$position"}
}

await_node() {
  local tries=0
  until [ "$(node_sql "$1" -e "SHOW STATUS LIKE 'wsrep_local_state_comment'" | cut -f 2)" = Synced ]; do
    runs "database$1" || fail "database$1 ended at its start, see $VAR/log/database$1.log: $(last_line "database$1")"
    tries=$((tries + 1))
    ((tries < 1200)) || fail "database$1 does not join, see $VAR/log/database$1.log"
    sleep 0.1
  done
}

# The first makes the cluster, the others copy from it what there is.
start_databases() {
  local node password
  for node in "${NODES[@]}"; do write_node_settings "$node"; done
  (VAR=$VAR/database1 && create_database_files)
  mkdir -m 700 "$VAR/database2/mariadb" "$VAR/database3/mariadb"
  if [ "$(id -u)" -eq 0 ]; then chown -R www-data: "$VAR"/database*; fi
  start_node 1 --wsrep-new-cluster
  await_node 1
  password=$(random_text 16)
  node_sql 1 -e "CREATE DATABASE supportlevel; CREATE USER supportlevel@localhost IDENTIFIED BY '$password'; GRANT ALL ON supportlevel.* TO supportlevel@localhost" ||
    fail "the databases could not be set up"
  for node in 2 3; do
    start_node "$node"
    await_node "$node"
  done
  URL="mariadb://supportlevel:$password@localhost/supportlevel?socket="
}

# ---- web nodes ----

# await_health NAME PORT: until GET /healthz there is answered 200.
await_health() {
  local tries=0
  until PORT=$2 healthy; do
    runs "$1" || fail "$1 ended: $(last_line "$1")"
    tries=$((tries + 1))
    ((tries < 1200)) || fail "$1 does not answer, see $VAR/log/$1.log"
    sleep 0.1
  done
}

# Each asks the databases in an order of its own, so that both don't write to one.
start_web_node() {
  local node=$1 sockets
  sockets=$(for one in "${@:2}"; do echo "$VAR/database$one/mariadb.sock"; done | paste -sd,)
  start "web$node" env WEB=nginx PORT="$((PORT + node))" WORKERS="$WORKERS" VAR="$VAR/web$node" DATABASE="$URL$sockets" \
    SUPPORTLEVEL_BASE_URL="http://127.0.0.1:$PORT" scripts/run.sh
  await_health "web$node" $((PORT + node))
}

# What was sent to a web node that doesn't answer goes to the other one, but for what may have been carried out.
start_balancer() {
  mkdir "$VAR/balancer"
  cat >"$VAR/balancer/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $VAR/balancer/nginx.pid;
events { worker_connections 512; }
http {
  access_log off;
  client_max_body_size 64m;
  client_body_temp_path $VAR/balancer/body;
  proxy_temp_path $VAR/balancer/proxy;
  fastcgi_temp_path $VAR/balancer/fastcgi;
  scgi_temp_path $VAR/balancer/scgi;
  uwsgi_temp_path $VAR/balancer/uwsgi;
  upstream web {
    server 127.0.0.1:$((PORT + 1)) fail_timeout=5s;
    server 127.0.0.1:$((PORT + 2)) fail_timeout=5s;
  }
  server {
    listen 127.0.0.1:$PORT;
    location / {
      proxy_pass http://web;
      proxy_set_header Host \$http_host;
      proxy_connect_timeout 2s;
    }
  }
}
CONF
  start balancer "$NGINX" -p "$VAR/balancer" -c "$VAR/balancer/nginx.conf" -e "$VAR/log/balancer.log"
}

# ---- the end ----

stop_cluster() {
  trap '' INT TERM HUP
  local node
  stop balancer QUIT
  for node in 1 2; do stop "web$node" TERM; done
  for node in "${NODES[@]}"; do
    runs "database$node" && kill -s CONT "${pids[database$node]}"
    stop "database$node" TERM
  done
  [ -n "${KEEP_STACK:-}" ] || rm -rf "${VAR:?}"
}

# A database that ends is started again as a service manager would; with anything else all ends.
watch_cluster() {
  local ended name
  while :; do
    ended=
    wait -n -p ended "${pids[@]}" || true
    for name in "${!pids[@]}"; do [ "${pids[$name]}" = "$ended" ] && break; done
    [[ $name = database* && ${pids[$name]} = "$ended" ]] || fail "$name ended unexpectedly, see $VAR/log/$name.log: $(last_line "$name")"
    echo "$name ended and is started again"
    restart_node "${name#database}"
  done
}

check_settings
make_places
trap 'exit 0' INT TERM HUP
trap stop_cluster EXIT
start_databases
start_web_node 1 1 2 3
start_web_node 2 2 3 1
start_balancer
await_health balancer "$PORT"
echo "http://127.0.0.1:$PORT/"
echo "web nodes: http://127.0.0.1:$((PORT + 1))/ http://127.0.0.1:$((PORT + 2))/"
echo "databases: $VAR/database1/mariadb.sock $VAR/database2/mariadb.sock $VAR/database3/mariadb.sock"
grep '^login: ' "$VAR/log/web1.log"
watch_cluster
