#!/bin/bash
# packages.sh run|check|faults|cluster|sso|lint|fuzz|security|bench|package: names the Debian packages that are missing and installs them. None of them starts a service.
set -euo pipefail

BUILD_PACKAGES=(gcc libc6-dev make pkg-config libfcgi-dev clearsilver-dev libmariadb-dev libglib2.0-dev libsodium-dev
  libtalloc-dev libcsv-dev libxlsxwriter-dev libjansson-dev zlib1g-dev libical-dev libgmime-3.0-dev libmagic-dev
  libarchive-dev libexpat1-dev)
# tzdata: GLib's time zones.
RUN_PACKAGES=(mariadb-server-core mariadb-client-core apache2-bin spawn-fcgi multiwatch tzdata)
# mariadb-client: supportlevel backup and restore.
# openssl: certificates of a database that wants TLS.
CHECK_PACKAGES=(libcmocka-dev mariadb-client openssl chromium fonts-dejavu-core poppler-utils nodejs npm)
# The peers of the benchmark, and its load. PHP-FPM's package would start a service: tests/bench/peers/php/php-fpm.sh.
BENCH_PACKAGES=(wrk php8.2-cli php8.2-mysql php8.2-opcache uwsgi-core uwsgi-plugin-python3 python3-jinja2 python3-mysqldb
  libfcgi-perl libdbd-mariadb-perl libtext-xslate-perl nodejs npm)
# galera-4: the replication; rsync and lsof: how a new node gets its first copy.
CLUSTER_PACKAGES=(galera-4 rsync lsof)
# Apache's modules, and what the programs of krb5-kdc, krb5-admin-server and slapd link with, whose packages would start services: tests/sso unpacks these.
SSO_PACKAGES=(libapache2-mod-auth-gssapi libapache2-mod-auth-openidc krb5-user curl libgssrpc4 libkadm5srv-mit12 libkdb5-10 libss2 libverto1 libverto-libev1
  libargon2-1 libltdl7 libodbc2 libperl5.36 libsasl2-2 libwrap0)
# libfaketime: a database whose clock goes wrong; mount: small disks.
FAULT_PACKAGES=(nodejs npm libfaketime mount)
LINT_PACKAGES=(cppcheck clang-tidy)
# libclang-rt: libFuzzer and Clang's sanitizers; llvm: names of functions in what they report.
FUZZ_PACKAGES=(clang libclang-rt-14-dev llvm)
SECURITY_PACKAGES=(valgrind sqlmap wapiti)
# debootstrap, systemd-container: a Debian system of its own, in which the package is tried.
PACKAGE_PACKAGES=(debhelper lintian debootstrap systemd-container)
# What nginx's program links with; the program itself: scripts/nginx.sh.
NGINX_PACKAGES=(libpcre2-8-0 libssl3 libcrypt1)

# A program that came another way than by Debian's package is as good.
present() {
  case $1 in
    gcc | make | pkg-config | chromium | npm | clang) command -v "$1" >/dev/null && return ;;
    nodejs) command -v node >/dev/null && return ;;
  esac
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

wanted=("${BUILD_PACKAGES[@]}" "${RUN_PACKAGES[@]}")
[ "${WEB:-}" = nginx ] && wanted+=("${NGINX_PACKAGES[@]}")
case $1 in
  check) wanted+=("${NGINX_PACKAGES[@]}" "${CHECK_PACKAGES[@]}") ;;
  faults) wanted+=("${NGINX_PACKAGES[@]}" "${FAULT_PACKAGES[@]}") ;;
  cluster) wanted+=("${NGINX_PACKAGES[@]}" "${CLUSTER_PACKAGES[@]}") ;;
  sso) wanted+=("${NGINX_PACKAGES[@]}" "${CHECK_PACKAGES[@]}" "${SSO_PACKAGES[@]}") ;;
  lint) wanted=("${BUILD_PACKAGES[@]}" "${LINT_PACKAGES[@]}") ;;
  fuzz) wanted=("${BUILD_PACKAGES[@]}" "${FUZZ_PACKAGES[@]}") ;;
  bench) wanted+=("${NGINX_PACKAGES[@]}" "${BENCH_PACKAGES[@]}") ;;
  package) wanted=("${BUILD_PACKAGES[@]}" "${PACKAGE_PACKAGES[@]}") ;;
  security) wanted+=("${NGINX_PACKAGES[@]}" "${CHECK_PACKAGES[@]}" "${FUZZ_PACKAGES[@]}" "${SECURITY_PACKAGES[@]}") ;;
esac

missing=()
for package in "${wanted[@]}"; do present "$package" || missing+=("$package"); done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Debian packages to install: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "supportlevel: these packages are missing, and neither root nor sudo is here to install them: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends)
# A fresh machine has no package lists, an old one has outdated ones: fetched only when the first attempt shows it.
"${install[@]}" "${missing[@]}" >/dev/null 2>&1 && exit 0
"${as_root[@]}" apt-get update -qq
"${install[@]}" -qq "${missing[@]}" >/dev/null || {
  echo "supportlevel: apt-get could not install: ${missing[*]}" >&2
  exit 1
}
