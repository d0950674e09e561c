#!/bin/sh
# Creates the secret files that docker-compose.production.yml mounts. Never changes existing files.
set -eu
if [ $# -gt 0 ]; then
  usage='Creates the secret files of docker/docker-compose.production.yml and keeps existing ones (requires openssl):
  docker/make-secrets.sh
It takes no options.'
  if [ "$1" = --help ] || [ "$1" = -h ]; then echo "$usage" && exit 0; fi
  printf "Unknown option '%s'.\n%s\n" "$1" "$usage" >&2
  exit 1
fi
cd "$(dirname "$0")"

# Only the owner can enter the folder. The files in it are world-readable, because Compose mounts them with their
# permissions and containers read them as different unprivileged users.
mkdir -p secrets
chmod 700 secrets
cd secrets

# make NAME CONTENT
make() {
  if [ -e "$1" ]; then
    echo "kept     docker/secrets/$1"
    return
  fi
  (umask 077 && printf '%s\n' "$2" > "$1.new")
  chmod 444 "$1.new"
  mv "$1.new" "$1"
  echo "created  docker/secrets/$1"
}

# Hexadecimal, so that it needs no escaping in a URL.
random() { openssl rand -hex 32; }

make jwt_secret "$(openssl rand -base64 48)"
make password_pepper "$(openssl rand -base64 48)"
make data_encryption_key "$(openssl rand -base64 48)"

make postgres_password "$(random)"
make owner_password "$(random)"
make app_password "$(random)"
make redis_password "$(random)"

# The same passwords in the URLs that the service reads.
make owner_database_url "postgres://strata_owner:$(cat owner_password)@postgres:5432/strata"
make app_database_url "postgres://strata_app:$(cat app_password)@postgres:5432/strata"
make redis_url "redis://:$(cat redis_password)@redis:6379"
