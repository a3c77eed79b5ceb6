#!/bin/bash
# inside.sh: what is tried in a freshly booted Debian system (run.sh): installing, setting up as README.Debian says, both web servers, timers, upgrade,
# removal. Prints "ok NAME" or "FAILED (package) NAME" for each, and "end"; what the commands say goes to standard error.
set -uo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
OWNER=/etc/supportlevel/owner.conf
ADDRESS=http://127.0.0.1
PASSWORD='a passphrase of four words'
jar=$(mktemp)

check() {
  local name=$1
  shift
  echo "--- $name" >&2
  if "$@" >&2; then echo "ok $name"; else echo "FAILED (package) $name"; fi
}

refused() { ! "$@"; }
says() { grep -q -- "$1" <<<"$("${@:2}" 2>&1 | tee -a /dev/stderr)"; }
as_program() { runuser -u supportlevel -- "$@"; }
install_package() { apt-get install --yes --no-install-recommends --allow-downgrades "$@" "/package/$version.deb"; }
fetch() { curl --silent --show-error --fail --max-time 30 --cookie "$jar" --cookie-jar "$jar" "$@"; }
contract_count() { mariadb --batch --skip-column-names supportlevel -e 'SELECT COUNT(*) FROM contract'; }
count_is() { [ "$(contract_count)" = "$1" ]; }
mode_is() { [ "$(stat -c '%a %U:%G' "$2")" = "$1" ]; }

# ---- a fresh installation ----

nothing_runs() {
  refused systemctl --quiet is-active supportlevel.target && refused systemctl --quiet is-active supportlevel-workers.socket &&
    refused systemctl --quiet is-enabled supportlevel.target
}

settings_are_the_defaults() {
  diff <(supportlevel config --file) /etc/supportlevel/supportlevel.conf
}

version=first
check 'apt installs it' install_package
check 'nothing runs before it is set up' nothing_runs
check 'the settings file has every default' settings_are_the_defaults
check 'the program alone reads its settings' mode_is '640 root:supportlevel' /etc/supportlevel/supportlevel.conf
check "root alone reads the owner's" mode_is '600 root:root' $OWNER
check "the backup's alone are for it" mode_is '640 root:supportlevel-backup' /etc/supportlevel/backup.conf
check 'it tells of its manual pages' test -s /usr/share/man/man5/supportlevel.conf.5.gz -a -s /usr/share/man/man1/supportlevel.1.gz

# ---- as README.Debian says ----

make_tables() { SUPPORTLEVEL_CONFIG=$OWNER supportlevel migrate; }
add_users() {
  local role
  for role in admin editor viewer; do as_program supportlevel user add "$role" --role "$role" <<<"$PASSWORD" || return; done
}
no_failures() { [ -z "$(systemctl list-units --failed --plain --no-legend 'supportlevel*')" ]; }
units_verify() { systemd-analyze verify --man=no supportlevel.target /lib/systemd/system/supportlevel-*.{socket,service,timer}; }
# The scale goes from 0, closed, to 10.
exposed_at_most() {
  local exposure
  exposure=$(systemd-analyze security --no-pager "$2" | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
  echo "$2: $exposure"
  awk -v exposure="$exposure" -v most="$1" 'BEGIN { exit !(exposure != "" && exposure <= most) }'
}

# What the workers' process really has; the scale above hardly notices a single one of these.
workers_pid() { systemctl show --value --property MainPID supportlevel-workers.service; }
has_status() { grep -qE "$1" "/proc/$(workers_pid)/status"; }
allows_calls() {
  local allowed call
  allowed=$(systemctl show --value --property SystemCallFilter supportlevel-workers.service | tr ' ' '\n')
  for call in $1; do grep -qx "$call" <<<"$allowed" || return; done
  for call in $2; do refused grep -qx "$call" <<<"$allowed" || return; done
}
# Root there sees what they see.
in_workers_place() { nsenter --target "$(workers_pid)" --mount -- "$@"; }
sees_no_home() { touch /root/of-root && refused in_workers_place test -e /root/of-root; }
has_own_tmp() { touch /tmp/of-others && refused in_workers_place test -e /tmp/of-others; }
sees_own_devices() { touch /dev/of-root && refused in_workers_place test -e /dev/of-root; }

check 'the database and its account are made' mariadb -e 'source /usr/share/supportlevel/sql/database.sql'
check 'the owner makes the tables' make_tables
check 'the program works with its account' as_program supportlevel check
check 'the program cannot make tables' refused as_program mariadb supportlevel -e 'CREATE TABLE mine (id INT)'
check 'the program cannot drop tables' refused as_program mariadb supportlevel -e 'DROP TABLE contract'
check "nobody else gets the program's account" refused runuser -u www-data -- mariadb --user=supportlevel supportlevel -e 'SELECT 1'
check 'the owner is told that nobody can sign in yet' says 'no user yet: supportlevel setup-link' make_tables
check 'a link for the first administrator' says '/setup?token=' as_program supportlevel setup-link
check 'the first users' add_users
check 'contracts are imported' as_program supportlevel import /package/demo_contracts.csv
check 'workers and timers start' systemctl enable --now supportlevel.target
check 'the workers run' systemctl --quiet is-active supportlevel-workers.service
check 'the web server alone reaches them' mode_is '660 root:www-data' /run/supportlevel/supportlevel.sock
check 'four timers wait' says '^4 timers' systemctl list-timers 'supportlevel-*'
check 'systemd finds no fault in the units' units_verify
for service in workers roll backup; do check "$service: closed in" exposed_at_most 1.5 supportlevel-$service.service; done
# As a worker's user, among the files as a worker has them; /tmp and /var/tmp are its own.
writable_places() {
  in_workers_place setpriv --reuid supportlevel --regid supportlevel --init-groups find / -path /proc -prune -o \( -type d -o -type f \) -writable -prune -print | sort
}
workers_write_in() { diff <(printf '%s\n' "$@") <(writable_places); }
check 'the workers write nowhere else' workers_write_in /run/supportlevel /tmp /var/tmp

check 'the workers: own user' has_status '^Uid:\s+([1-9][0-9]*)\s+\1\s+\1\s+\1$'
check 'the workers: no capabilities' has_status '^CapBnd:\s+0+$'
check 'the workers: no rights by other programs' has_status '^NoNewPrivs:\s+1$'
check 'the workers: few system calls' allows_calls 'accept4 read write' 'mount ptrace bpf reboot setuid chown setpriority'
check 'the workers: a private /tmp' has_own_tmp
check 'the workers: no home directories' sees_no_home
check 'the workers: devices of their own' sees_own_devices

# ---- web servers ----

token() { fetch "$ADDRESS$1" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1; }
sign_in() {
  rm -f "$jar"
  fetch --output /dev/null --data-urlencode "csrf=$(token /login)" --data username=admin --data-urlencode "password=$PASSWORD" "$ADDRESS/login"
}
shows() { says "$2" fetch "$ADDRESS$1"; }
workbook() { [ "$(fetch "$ADDRESS/contracts.xlsx" | head -c 2)" = PK ]; }
attach() {
  local contract
  contract=/contracts/$(fetch "$ADDRESS/contracts.json?per=25" | sed 's/.*"id": *\([0-9]*\).*/\1/;q')
  fetch --form "csrf=$(token "$contract")" --form "file=@/usr/share/common-licenses/GPL-3;filename=$1.txt" --output /dev/null "$ADDRESS$contract/documents" &&
    shows "$contract" "$1.txt"
}
served() {
  check "$1: healthy" shows /healthz '"ok"'
  check "$1: signed in" sign_in
  check "$1: contracts" shows '/contracts?q=V-2024-0001' 'Konferenztechnik'
  check "$1: metrics, counted beside the socket" shows /metrics '^# TYPE supportlevel_'
  check "$1: a static file" fetch --output /dev/null "$ADDRESS/static/style.css"
  check "$1: a workbook, made in a temporary file" workbook
  check "$1: a document, taken in by a temporary file" attach "$1"
}
apache_site() {
  a2enmod -q headers rewrite reqtimeout buffer proxy_fcgi && a2dissite -q 000-default && a2ensite -q supportlevel && systemctl restart apache2
}
nginx_site() {
  systemctl stop apache2 && systemctl unmask nginx && rm /etc/nginx/sites-enabled/default &&
    ln -s ../sites-available/supportlevel /etc/nginx/sites-enabled/ && systemctl restart nginx
}
answers_after_restart() {
  systemctl restart supportlevel-workers.service && shows '/contracts?q=V-2024-0001' 'Konferenztechnik'
}

# added FILE TEXT SERVICE: what an administrator adds to a site counts there.
added() {
  echo "$2" >"$1"
  systemctl restart "$3" && says 'X-Addition: yes' fetch --include "$ADDRESS/addition"
}

check 'Apache: the site' apache_site
served Apache
check 'Apache: an addition to the site' added /etc/supportlevel/apache/own.conf 'Header always set X-Addition yes' apache2
check 'nginx: the site' nginx_site
served nginx
check 'nginx: an addition to the site' added /etc/supportlevel/nginx/own.conf 'location = /addition { return 200 "X-Addition: yes"; }' nginx
check 'restarted workers answer at the same socket' answers_after_restart

# ---- timers ----

# Postfix takes e-mail in by a program with rights of its own.
reminded() {
  sed -i -e 's/^#mail_fallback=.*/mail_fallback=root@localhost/' -e 's/^#today=.*/today=2026-02-11/' /etc/supportlevel/supportlevel.conf
  systemctl start supportlevel-remind.service || return
  timeout 60 grep --quiet --max-count=1 'to=<root@localhost.*status=sent' <(journalctl --follow --lines=all) && grep -q '^From: Supportlevel <supportlevel@' /var/mail/root
}
check 'roll' systemctl start supportlevel-roll.service
check 'reminders come by e-mail' reminded
check 'reminders of requests' systemctl start supportlevel-remind-requests.service
check 'a backup' systemctl start supportlevel-backup.service
check 'the backup is there' says '\.sql\.gz$' ls /var/backups/supportlevel
check 'the program reaches no backups' refused as_program ls /var/backups/supportlevel
check "the backup's account cannot write" refused runuser -u supportlevel-backup -- mariadb supportlevel -e 'DELETE FROM contract'

# ---- upgrade ----

before=$(contract_count)
first_pid=$(systemctl show --property MainPID --value supportlevel-workers.service)
restarted() { systemctl --quiet is-active supportlevel-workers.service && [ "$(systemctl show --property MainPID --value supportlevel-workers.service)" != "$first_pid" ]; }
database_away() {
  systemctl stop mariadb
  says 'The database was not brought up to date' install_package --reinstall
  local status=$?
  systemctl start mariadb
  return $status
}

version=second
check 'an upgrade' install_package
check 'the upgrade changed the tables' mariadb supportlevel -e 'SELECT * FROM later_version'
check 'the upgrade kept the contracts' count_is "$before"
check 'the upgrade kept the settings' grep -q '^mail_fallback=root@localhost' /etc/supportlevel/supportlevel.conf
check 'the upgrade restarted the workers' restarted
check 'who was signed in still is' shows '/contracts?q=V-2024-0001' 'Konferenztechnik'
check 'an upgrade with the database away says so' database_away
check '… and is done' says '^ii ' dpkg -l supportlevel
version=first
check 'an older version refuses the newer tables' refused install_package
version=second
check 'the newer one is installed again' install_package

check 'no unit failed' no_failures
check 'nobody was refused a system call' refused grep -q 'status=31/SYS' <<<"$(journalctl --no-pager)"

# ---- removal ----

configurations_load() { apache2ctl configtest && nginx -t; }
nothing_left() {
  local left
  left=$(find /etc /usr /var /run /lib/systemd -xdev -path '*supportlevel*' -not -path '/var/lib/mysql/*' -not -path '/var/backups/*' -not -path '/var/log/*' -not -path '/var/cache/apt/*' \
    -not -path '/var/lib/systemd/timers/*')
  echo "$left"
  [ -z "$left" ]
}

touch /var/backups/supportlevel/kept
check 'it is removed' apt-get remove --yes supportlevel
check 'nothing runs any more' refused systemctl --quiet is-active supportlevel-workers.service supportlevel-workers.socket supportlevel-roll.timer supportlevel.target
check 'the settings stay' test -e /etc/supportlevel/supportlevel.conf
check 'both web servers still start' configurations_load
check 'it is purged' apt-get purge --yes supportlevel
check 'nothing of it is left' nothing_left
check 'backups stay' test -e /var/backups/supportlevel/kept
check 'the database stays' count_is "$before"
check 'both web servers start without it' configurations_load
echo end
