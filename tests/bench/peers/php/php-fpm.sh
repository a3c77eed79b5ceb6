#!/bin/bash
# php-fpm.sh: prints the path of a PHP-FPM program. Debian's package would start a service, so when it isn't here its package is
# only unpacked below build/, not installed; what it links with comes with php8.2-cli.
set -euo pipefail
cd "$(dirname "$0")/../../../.."

for program in /usr/sbin/php-fpm8.2 build/php-fpm/usr/sbin/php-fpm8.2; do
  if [ -x "$program" ]; then
    realpath "$program"
    exit 0
  fi
done

echo "Debian package to unpack below build/php-fpm: php8.2-fpm" >&2
download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
chmod 755 "$download"
if ! (cd "$download" && apt-get download php8.2-fpm >log 2>&1) || ! dpkg-deb -x "$download"/php8.2-fpm_*.deb "$download/root"; then
  cat "$download/log" >&2
  echo "supportlevel: the Debian package php8.2-fpm could not be downloaded" >&2
  exit 1
fi
mkdir -p build
rm -rf build/php-fpm
mv "$download/root" build/php-fpm
realpath build/php-fpm/usr/sbin/php-fpm8.2
