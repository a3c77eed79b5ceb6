#!/bin/bash
# install.sh: puts what `make installed` has built into its places, below DESTDIR. Settings that are there already stay.
# From the environment: BUILD, DESTDIR, PREFIX, SYSCONFDIR, UNITDIR.
set -euo pipefail
umask 022
cd "$(dirname "$0")/.."
root=${DESTDIR:-}
share=$PREFIX/share/supportlevel

# fill FILE PLACE: with the words in it replaced.
fill() {
  mkdir -p "$(dirname "$root$2")"
  sed -e "s|@PREFIX@|$PREFIX|g" -e "s|@SYSCONFDIR@|$SYSCONFDIR|g" "$1" >"$root$2"
}

keep() {
  [ -e "$root$2" ] || install -D -m "${3:-644}" "$1" "$root$2"
}

install_program() {
  install -D "$BUILD/supportlevel" "$root$PREFIX/bin/supportlevel"
  install -D "$BUILD/supportlevel.fcgi" "$root$PREFIX/lib/supportlevel/supportlevel.fcgi"
  install -d "$root$share/templates" "$root$share/sql" "$root$share/static/icons"
  install -m 644 templates/* "$root$share/templates"
  install -m 644 sql/*.sql sql/*.csv "$root$share/sql"
  install -m 644 static/*.* "$root$share/static"
  install -m 644 static/icons/* "$root$share/static/icons"
}

install_settings() {
  SUPPORTLEVEL_CONFIG='' "$BUILD/supportlevel" config --file >"$BUILD/supportlevel.conf"
  keep "$BUILD/supportlevel.conf" "$SYSCONFDIR/supportlevel/supportlevel.conf"
  keep system/owner.conf "$SYSCONFDIR/supportlevel/owner.conf" 600
  keep system/backup.conf "$SYSCONFDIR/supportlevel/backup.conf" 600
}

install_manuals() {
  local page
  for page in supportlevel.1 supportlevel.conf.5; do
    scripts/manual.sh "$BUILD/supportlevel" "system/$page.in" >"$BUILD/$page"
    fill "$BUILD/$page" "$PREFIX/share/man/man${page##*.}/$page"
  done
}

install_units() {
  local unit service
  for unit in system/*.{target,socket,service,timer}; do fill "$unit" "$UNITDIR/${unit##*/}"; done
  fill system/common.conf "$UNITDIR/supportlevel-.service.d/common.conf"
  for service in workers roll backup; do fill system/strict.conf "$UNITDIR/supportlevel-$service.service.d/strict.conf"; done
  fill system/sysusers.conf "$PREFIX/lib/sysusers.d/supportlevel.conf"
  fill system/tmpfiles.conf "$PREFIX/lib/tmpfiles.d/supportlevel.conf"
}

# The web servers' sites, to be put where the system has them, and additions to them that sign people in.
install_sites() {
  sed -e "s|/usr/share/supportlevel|$share|" -e "s|/etc/supportlevel|$SYSCONFDIR/supportlevel|" apache.conf >"$root$share/apache.conf"
  sed -e '1,/^$/d' -e 's|@LISTEN@|80|g' -e 's|@MOUNT@||g' -e "s|@STATIC@|$share/static|g" -e 's|@SOCKET@|/run/supportlevel/supportlevel.sock|g' \
    -e 's|@BODY_LIMIT@|1048576|g' -e 's|@UPLOAD_LIMIT@|67108864|g' -e 's|@LOG@|/var/log/nginx/supportlevel.log|g' \
    -e "s|@ADDITIONS@|$SYSCONFDIR/supportlevel/nginx/*.conf|g" nginx.conf >"$root$share/nginx.conf"
  install -d "$root$SYSCONFDIR/supportlevel/apache" "$root$SYSCONFDIR/supportlevel/nginx"
  local addition
  for addition in system/sign-in/*.conf; do fill "$addition" "$share/sign-in/${addition##*/}"; done
}

install_program
install_settings
install_manuals
install_units
install_sites
