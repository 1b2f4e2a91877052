#!/bin/sh
# Makes .venv exactly as requirements.lock says, with Après in it as an editable install.
#
# Needs Python >= 3.11, with uv on PATH or not. Nothing happens when lock and pyproject are unchanged since the
# last run. Called by make and by .ci/run; run it from anywhere.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
STAMP=$VENV/.installed
WANTED=$(cat requirements.lock pyproject.toml worker/install.sh | cksum)

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    TICK=$(printf '\033[32m✓\033[0m')
else
    TICK='✓'
fi

say() { printf ' %s %s\n' "$TICK" "$1"; }

give_up() {
    printf '%s\n' "$1" >&2
    exit 1
}

is_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# A name on PATH proves nothing: a shim of a version manager may stand for a version that is not chosen.
find_python() {
    for name in python3.13 python3.12 python3.11 python3 python; do
        if is_enough "$name"; then
            echo "$name"
            return
        fi
    done
    give_up "Après needs Python 3.11 or newer, and none was found on PATH: install one, for example: sudo apt install python3"
}

has_uv() { uv --version >/dev/null 2>&1; }

make_venv() {
    rm -rf "$VENV"
    if has_uv; then
        uv venv --quiet --python "$(command -v "$1")" "$VENV"
    elif "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        "$1" -m venv "$VENV"
    else
        give_up "This Python cannot make environments; install what it lacks: sudo apt install python3-venv"
    fi
}

# Wheels only: nothing is compiled here, and no package runs code of its own while it is installed.
fill_venv() {
    if has_uv; then
        uv pip sync --quiet --compile-bytecode --python "$VENV/bin/python" --require-hashes --only-binary :all: requirements.lock
        uv pip install --quiet --python "$VENV/bin/python" --no-deps --no-build-isolation --editable .
    else
        "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || "$VENV/bin/python" -m ensurepip >/dev/null
        pip_install --require-hashes --only-binary :all: --requirement requirements.lock
        pip_install --no-deps --no-build-isolation --editable .
    fi
}

pip_install() { "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }

if [ -x "$VENV/bin/python" ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$WANTED" ]; then
    exit 0
fi

if ! is_enough "$VENV/bin/python"; then
    python=$(find_python) || exit 1
    make_venv "$python"
fi
say "$("$VENV/bin/python" --version), $(if has_uv; then uv --version | cut -d' ' -f1,2; else echo pip; fi): installing …"
fill_venv
echo "$WANTED" >"$STAMP"
say "installed in $VENV"
