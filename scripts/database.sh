# database.sh (sourced by run.sh): a private MariaDB below VAR, or a given one; its tables and the company that it begins with.

random_text() {
  od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'
}

write_database_settings() {
  cat >"$VAR/my.cnf" <<CNF
[mariadbd]
datadir = "$VAR/mariadb"
socket = "$DATABASE_SOCKET"
pid-file = "$RUNTIME/database/mariadb.pid"
# Its own: a server that starts removes what looks like temporary tables from its directory, also those of another one.
tmpdir = "$VAR/temporary"
skip-networking
skip-name-resolve
character-set-server = utf8mb4
collation-server = utf8mb4_uca1400_ai_ci
sql_mode = STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
# An acknowledged write is on disk.
innodb_flush_log_at_trx_commit = 1
innodb_buffer_pool_size = ${BUFFER_POOL:-128M}
innodb_log_file_size = 64M
max_connections = $((WORKERS + 50))
CNF
}

# mariadbd refuses to be root unless told so; an ordinary user can't choose.
database_user_option() {
  if [ "$(id -u)" -eq 0 ]; then echo --user=root; fi
}

# Made beside and then renamed, so that an interrupted first start leaves no half database. With the server's own tmpdir: two that are
# made at once in a common one remove each other's tables.
create_database_files() {
  [ -d "$VAR/mariadb" ] && return
  echo "Creating the database below $VAR/mariadb"
  rm -rf "$VAR/mariadb.new"
  mkdir -m 700 "$VAR/mariadb.new"
  mariadb-install-db --no-defaults $(database_user_option) --datadir="$VAR/mariadb.new" --tmpdir="$VAR/temporary" --skip-test-db \
    --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" >"$VAR/log/database.log" 2>&1 9>&- ||
    fail "the database could not be created, see $VAR/log/database.log: $(grep -i error "$VAR/log/database.log" | head -n 1)"
  mv "$VAR/mariadb.new" "$VAR/mariadb"
}

# As the owner of everything, whom the server knows by the process's user.
owner_sql() {
  mariadb --no-defaults --socket="$DATABASE_SOCKET" --user="$(id -un)" --batch --skip-column-names "$@"
}

start_database() {
  DATABASE_SOCKET=$RUNTIME/database/mariadb.sock
  mkdir -p -m 700 "$VAR/temporary"
  write_database_settings
  create_database_files
  start database mariadbd --defaults-file="$VAR/my.cnf" $(database_user_option)
  local tries=0
  until owner_sql -e 'SELECT 1' >/dev/null 2>&1; do
    runs database || fail "the database ended at its start, see $VAR/log/database.log: $(grep ERROR "$VAR/log/database.log" | tail -n 1)"
    tries=$((tries + 1))
    ((tries < 600)) || fail "the database does not answer, see $VAR/log/database.log"
    sleep 0.1
  done
  # The password lives as long as this run and is on no disk.
  local password
  password=$(random_text 16)
  owner_sql <<SQL
CREATE DATABASE IF NOT EXISTS supportlevel;
CREATE OR REPLACE USER supportlevel@localhost IDENTIFIED BY '$password';
GRANT SELECT, INSERT, UPDATE, DELETE ON supportlevel.* TO supportlevel@localhost;
SQL
  OWNER_URL="mariadb://$(id -un)@localhost/supportlevel?socket=$DATABASE_SOCKET"
  export SUPPORTLEVEL_DATABASE_URL="mariadb://supportlevel:$password@localhost/supportlevel?socket=$DATABASE_SOCKET"
}

# A server that somebody else runs: one account for the tables and for the program.
use_database() {
  OWNER_URL=$DATABASE
  export SUPPORTLEVEL_DATABASE_URL=$DATABASE
  local answer
  answer=$("$BUILD/supportlevel" check 2>&1) || fail "the database given as DATABASE does not answer: ${answer##*$'\n'}"
}

migrate_database() {
  SUPPORTLEVEL_DATABASE_URL=$OWNER_URL "$BUILD/supportlevel" migrate --directory "$ROOT/sql" >/dev/null ||
    fail "the database's tables could not be brought up to date"
}

# The demo company on the first start only; the marker is written last, so that an interrupted first start is taken up again.
load_company() {
  local name=demo role
  # Each server has its own: the accounts of one are not those of another.
  [ -n "$DATABASE" ] && name=demo-$(printf %s "${DATABASE##*@}" | sha256sum | cut -c 1-12)
  LOGINS=$VAR/$name.logins
  if [ "$COMPANY" = demo ] && [ ! -e "$VAR/$name.loaded" ]; then
    if [ ! -e "$LOGINS" ]; then
      # A database in use already keeps what it has.
      [ -n "$("$BUILD/supportlevel" user list)" ] && return
      (
        umask 077
        # Twenty figures and letters: twelve were digits alone once in 280 times, which no password may be.
        for role in admin editor viewer; do echo "$role $(random_text 10)"; done >"$LOGINS.new"
      )
      mv "$LOGINS.new" "$LOGINS"
    fi
    create_demo_users
    "$BUILD/supportlevel" import "$ROOT/sql/demo_contracts.csv" || fail "the demo company could not be loaded"
    touch "$VAR/$name.loaded"
  fi
  "$BUILD/supportlevel" roll
}

create_demo_users() {
  local role password
  while read -r role password; do
    if "$BUILD/supportlevel" user list | grep -qw "^$role"; then
      "$BUILD/supportlevel" user password "$role" <<<"$password" >/dev/null
    else
      "$BUILD/supportlevel" user add "$role" --role "$role" <<<"$password" >/dev/null
    fi || fail "the demo user $role could not be created"
  done <"$LOGINS"
}

print_logins() {
  if [ -e "$LOGINS" ]; then sed 's/^/login: /' "$LOGINS"
  elif [ -z "$("$BUILD/supportlevel" user list)" ]; then "$BUILD/supportlevel" setup-link
  else echo "Sign in with an account of this database."; fi
}
