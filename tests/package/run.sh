#!/bin/bash
# run.sh: the Debian package in a Debian system of its own: debootstrap makes it, systemd-nspawn boots it without a network, inside.sh tries it there.
# The last line is "package: N passed, N failed"; 77 is the status where the machine can't boot one. KEEP_SYSTEM=1 leaves the system below /var/tmp, to be looked at.
set -uo pipefail
cd "$(dirname "$0")/../.."

fail() {
  echo "supportlevel: $*" >&2
  exit 1
}

# Says nothing of the package: the machine gives no mirror, no namespaces or no cgroups.
impossible() {
  [ -z "${lintian_failed:-}" ] || fail "lintian has something to say"
  echo "package: not tried, $*"
  exit 77
}

[ "$(id -u)" -eq 0 ] || exec sudo --preserve-env=DEB_BUILD_OPTIONS,KEEP_SYSTEM "$0" "$@"
work=$(mktemp -d /var/tmp/supportlevel-package.XXXXXX)
[ -n "${KEEP_SYSTEM:-}" ] || trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
root=$work/root
test_files=$root/package

# What the package is installed beside; each is Debian's own, with its own service.
NEIGHBOURS=(systemd-sysv dbus mariadb-server apache2 nginx-light postfix curl)

# Two versions of the package; the second has a migration more.
build_packages() {
  scripts/deb.sh >/dev/null || exit 1
  local source=build/package/source
  cp build/package/supportlevel_*.deb "$work/first.deb"
  {
    sed -e '1s/(.*)/(99.0)/' -e 's/^  \* .*/  * A later one./' debian/changelog
    echo
    cat debian/changelog
  } >"$source/debian/changelog"
  echo 'CREATE TABLE later_version (id INT NOT NULL PRIMARY KEY);' >"$source/sql/9999_later_version.sql"
  (cd "$source" && DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage --build=binary --no-sign --no-pre-clean) >"$work/log" 2>&1 || fail "the later version could not be built: $(tail -n 3 "$work/log")"
  cp build/package/supportlevel_99.0_*.deb "$work/second.deb"
}

# From the mirrors that this machine itself uses.
mirrors() {
  apt-get indextargets --format 'deb $(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' | grep ' bookworm[^ ]* main$' | sort -u
}

make_system() {
  local mirror
  mirror=$(mirrors | awk '$3 == "bookworm" { print $2; exit }')
  [ -n "$mirror" ] || impossible "apt has no mirror of Debian's bookworm here"
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" >"$work/log" 2>&1 || impossible "debootstrap: $(tail -n 3 "$work/log")"
  mirrors >"$root/etc/apt/sources.list"
  # Nothing starts before the system boots.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  mkdir "$test_files"
  cp "$work"/*.deb tests/package/inside.sh sql/demo_contracts.csv "$test_files"
  in_system apt-get update -qq
  in_system apt-get install -qq --yes --no-install-recommends "${NEIGHBOURS[@]}"
  # The package's own dependencies are only fetched: it is installed without a network.
  in_system apt-get install -qq --yes --no-install-recommends --download-only /package/first.deb
  rm "$root/usr/sbin/policy-rc.d"
}

in_system() {
  chroot "$root" env DEBIAN_FRONTEND=noninteractive "$@" >"$work/log" 2>&1 || fail "$*: $(tail -n 3 "$work/log")"
}

# The system's only task is inside.sh; then it shuts itself down.
boot_system() {
  cat >"$root/etc/systemd/system/package-test.service" <<'UNIT'
[Unit]
After=multi-user.target mariadb.service postfix.service
[Service]
Type=oneshot
ExecStart=/bin/bash /package/inside.sh
ExecStopPost=systemctl --no-block poweroff
StandardOutput=file:/package/results
StandardError=append:/package/details
TimeoutStartSec=600
[Install]
WantedBy=default.target
UNIT
  in_system systemctl enable package-test.service
  in_system systemctl mask nginx.service
  timeout 900 systemd-nspawn --quiet --register=no --keep-unit --private-network --directory="$root" --boot </dev/null >"$work/log" 2>&1
}

build_packages
lintian --fail-on error,warning --allow-root "$work/first.deb" || lintian_failed=1
make_system
boot_system
[ -s "$test_files/results" ] || impossible "a Debian system does not boot here: $(tail -n 5 "$work/log")"
[ -z "${lintian_failed:-}" ] || echo "FAILED (package) lintian has nothing to say"
grep '^FAILED' "$test_files/results" && tail -n 60 "$test_files/details"
awk -v lintian="${lintian_failed:-0}" '/^ok /{ passed++ } /^FAILED/{ failed++ } /^end$/{ end = 1 }
  END { failed += lintian + !end; passed += !lintian; print "package: " passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 }' "$test_files/results"
