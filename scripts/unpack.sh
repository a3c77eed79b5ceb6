#!/bin/bash
# unpack.sh PACKAGE PROGRAM [FILE …]: prints the path of a program, PROGRAM being where its Debian package puts it (usr/sbin/nginx). For packages that would start a
# service: where it isn't here it is only unpacked below build/, nothing is installed;
# FILEs are what it needs of its package.
set -euo pipefail
cd "$(dirname "$0")/.."
package=$1
program=$2
files=("${@:2}")

for place in "/$program" "build/$package/$program"; do
  if [ -x "$place" ]; then
    realpath "$place"
    exit 0
  fi
done

echo "Debian package to unpack below build/$package: $package" >&2
download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
chmod 755 "$download"
unpack() {
  mkdir "$download/root"
  dpkg-deb --fsys-tarfile "$download/$package"_*.deb | tar -x -C "$download/root" "${files[@]/#/./}"
}
if ! (cd "$download" && apt-get download "$package" >log 2>&1) || ! unpack; then
  cat "$download/log" >&2
  echo "supportlevel: the Debian package $package could not be downloaded" >&2
  exit 1
fi
mkdir -p build
rm -rf "build/$package"
mv "$download/root" "build/$package"
realpath "build/$package/$program"
