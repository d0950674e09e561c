#!/bin/sh
# Starts a command in the development container, on the clone that is mounted at /app.
set -eu
if [ "${1-}" = --help ] || [ "${1-}" = -h ]; then
  echo 'Installs the dependencies if package-lock.json has changed, and runs a command as the owner of /app:
  docker/development.sh npm run dev'
  exit 0
fi

if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  echo 'package-lock.json has changed: installing the dependencies.'
  npm ci
  cp package-lock.json node_modules/.installed-lock.json
fi

# Docker makes the folder that the volume is mounted on, where the clone had none, and makes it root's.
if [ "$(stat -c %u /clone/node_modules)" = 0 ]; then chown --reference=/clone /clone/node_modules || true; fi

# As whoever the clone belongs to, so that what is written into it (.env.development.local, generated files, new
# migrations) belongs to the same person on the host.
owner=$(stat -c %u /app)
group=$(stat -c %g /app)
if [ "$(id -u)" != 0 ] || [ "$owner" = 0 ]; then exec "$@"; fi
export HOME=/tmp
exec setpriv --reuid="$owner" --regid="$group" --clear-groups "$@"
