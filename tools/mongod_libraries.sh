#!/usr/bin/env bash
# Have the shared libraries that the packaged mongod needs: by apt as root, else by telling which they are.
set -euo pipefail

mongod=$(find "$1"/lib -path '*fiftyone/db/bin/mongod' -print -quit 2>/dev/null || true)
[[ -n $mongod ]] && command -v ldd >/dev/null || exit 0

declare -A packages=([libcurl]=libcurl4 [libssl]=libssl3 [libcrypto]=libssl3 [liblzma]=liblzma5)
missing=()
while read -r library; do
  name=${library%%.so*}
  missing+=("${packages[$name]:-$library}")
done < <(ldd "$mongod" 2>/dev/null | awk '/not found/ {print $1}')
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]}, which mongod needs ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null; } ||
    echo "That did not work. Install ${missing[*]} yourself, or set MONGODB_URL to a running MongoDB." >&2
else
  echo "mongod needs ${missing[*]}: sudo apt-get install ${missing[*]}, or set MONGODB_URL to a running MongoDB." >&2
fi
