#!/usr/bin/env bash
# Sees that the programs the tests drive are on this machine: three browsers, PostgreSQL, LibreOffice's spreadsheet.
# Installs what is missing with apt where it may; otherwise names it. The tests that need it then fail or skip loudly.
set -euo pipefail

missing=()
command -v "${AMANA_CHROMIUM:-chromium}" >/dev/null || missing+=(chromium)
command -v "${AMANA_FIREFOX:-firefox-esr}" >/dev/null || missing+=(firefox-esr)
command -v "${AMANA_WEBKIT_DRIVER:-WebKitWebDriver}" >/dev/null || missing+=(webkit2gtk-driver)
command -v Xvfb >/dev/null || missing+=(xvfb)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
fc-list :lang=ar 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-core)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true 2>/dev/null || { echo "setup: please install: ${missing[*]}" >&2; exit 0; }
  as_root=(sudo -n)
fi
command -v apt-get >/dev/null || { echo "setup: please install: ${missing[*]}" >&2; exit 0; }
echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get -qq update
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
