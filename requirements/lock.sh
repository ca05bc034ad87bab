#!/usr/bin/env bash
# Locks every requirement with hashes and without an index address. Called by `make lock` with the virtual environment's
# folder. A lock that exists is kept where it still fits; `--upgrade` as second argument takes the newest versions.
set -euo pipefail
venv=$1
cd "$(dirname "$0")"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r uv.txt
compile() {
  "$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
compile ../pyproject.toml --all-extras "${@:2}" --output-file all.txt
for group in token-server agent on-device dev; do
  compile ../pyproject.toml --extra "$group" --constraints all.txt --output-file "$group.txt"
done
for name in models node go uv; do
  compile --no-deps "$name.in" --output-file "$name.txt"
done
compile audit.in --constraints all.txt --output-file audit.txt
