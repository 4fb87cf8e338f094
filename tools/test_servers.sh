#!/usr/bin/env bash
# Install the servers and the browser that tests run against, if they are missing and may be installed.
# They are not started and not enabled: the tests start their own on free ports.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

packages=() hints=()
need() { packages+=("$1"); hints+=("$2"); }

have_postgresql() { command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
have_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

[[ -n ${TEST_BROKER_URL:-} ]] || command -v rabbitmq-server >/dev/null ||
  need rabbitmq-server "TEST_BROKER_URL=amqp://user:password@host:5672/ for a running RabbitMQ"
[[ -n ${TEST_DATABASE_URL:-} ]] || have_postgresql ||
  need postgresql "TEST_DATABASE_URL=postgresql://user:password@host/database for a running PostgreSQL"
have_chromium || need chromium "a Chromium in PATH, for the tests in a real browser"
command -v chromedriver >/dev/null || need chromium-driver "a chromedriver in PATH, for the tests in a real browser"

[[ ${#packages[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) != 0 ]]; then as_root=(sudo -n); fi
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  echo "Installing for the tests: ${packages[*]} (a minute or two, once) ..."
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
    "${as_root[@]}" chmod 755 $policy
    trap '"${as_root[@]}" rm -f $policy' EXIT
  fi
  install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends)
  if ! "${install[@]}" "${packages[@]}" >/dev/null 2>&1; then
    "${as_root[@]}" apt-get update -qq || true
    for package in "${packages[@]}"; do
      "${install[@]}" "$package" >/dev/null || echo "Could not install $package; tests that need it are skipped." >&2
    done
  fi
  for unit in rabbitmq-server postgresql; do
    if [[ " ${packages[*]} " == *" $unit "* ]] && command -v systemctl >/dev/null; then
      "${as_root[@]}" systemctl disable --quiet "$unit" 2>/dev/null || true
    fi
  done
  exit 0
fi

echo "Some tests are skipped, because these are missing and cannot be installed here: ${packages[*]}." >&2
echo "Install them, or give:" >&2
printf '  %s\n' "${hints[@]}" >&2
