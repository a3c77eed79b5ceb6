#!/bin/bash
# sso.sh: signs people in at Apache and nginx by Kerberos, LDAP and OpenID Connect, with the files of system/sign-in; the last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/parts.sh

prepare
part env WEB=apache SUPPORTLEVEL_REMOTE_USER=1 timeout 600 node tests/run.mjs sso
sum_up
