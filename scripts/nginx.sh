#!/bin/bash
# nginx.sh: prints the path of an nginx program. Debian's package would start a service, so when nginx isn't here its package is
# only unpacked below build/, not installed.
set -euo pipefail
cd "$(dirname "$0")/.."

for program in /usr/sbin/nginx build/nginx/usr/sbin/nginx; do
  if [ -x "$program" ]; then
    realpath "$program"
    exit 0
  fi
done

echo "Debian package to unpack below build/nginx: nginx" >&2
download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
chmod 755 "$download"
if ! (cd "$download" && apt-get download nginx >log 2>&1) || ! dpkg-deb -x "$download"/nginx_*.deb "$download/root"; then
  cat "$download/log" >&2
  echo "supportlevel: the Debian package nginx could not be downloaded" >&2
  exit 1
fi
mkdir -p build
rm -rf build/nginx
mv "$download/root" build/nginx
realpath build/nginx/usr/sbin/nginx
