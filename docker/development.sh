#!/bin/sh
# Runs a command in the development container, on the clone mounted at /app.
set -eu
if [ "${1-}" = --help ] || [ "${1-}" = -h ]; then
  echo 'Installs the dependencies if package-lock.json has changed and runs a command as the owner of /app:
  docker/development.sh npm run dev'
  exit 0
fi

if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  echo 'package-lock.json has changed. Installing the dependencies …'
  npm ci
  cp package-lock.json node_modules/.installed-lock.json
fi

# If the clone has no node_modules, Docker creates the mount point of the volume as root. Hand it to the owner.
if [ "$(stat -c %u /clone/node_modules)" = 0 ]; then chown --reference=/clone /clone/node_modules || true; fi

# Run as the owner of the clone, so that new files (.env.development.local, generated files, migrations) belong to that
# user on the host.
owner=$(stat -c %u /app)
group=$(stat -c %g /app)
if [ "$(id -u)" != 0 ] || [ "$owner" = 0 ]; then exec "$@"; fi
export HOME=/tmp
exec setpriv --reuid="$owner" --regid="$group" --clear-groups "$@"
