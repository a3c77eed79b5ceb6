#!/bin/bash
# deb.sh: builds the Debian package below build/package, from a copy, so that nothing of it stays in this directory.
set -euo pipefail
cd "$(dirname "$0")/.."
place=build/package

version=$(dpkg-parsechangelog --show-field Version)
grep -q "^## $version\$" CHANGELOG.md || {
  echo "supportlevel: CHANGELOG.md says nothing of version $version, which debian/changelog names" >&2
  exit 1
}

rm -rf "$place"
mkdir -p "$place/source"
tar -c --exclude=./build --exclude=./build-asan --exclude=./var --exclude=./.git --exclude=node_modules . | tar -x -C "$place/source"
# The rules' tests belong to `make check`.
(cd "$place/source" && DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS:-nocheck parallel=$(nproc)}" dpkg-buildpackage --build=binary --no-sign) >"$place/log" 2>&1 || {
  tail -n 30 "$place/log" >&2
  echo "supportlevel: the package could not be built, see $place/log" >&2
  exit 1
}
ls "$place"/supportlevel_*.deb
