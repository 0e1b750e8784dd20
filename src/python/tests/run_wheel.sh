#!/usr/bin/env bash
# Builds the wheel twice, installs it into fresh environments and uses nothing but what is installed. One line a check. usage: src/python/tests/run_wheel.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset RANCOGNITION_LIBRARY PYTHONPATH LD_LIBRARY_PATH SOURCE_DATE_EPOCH
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INDEX=1 PIP_NO_CACHE_DIR=1
. "$root/native-tests/abi/own_sqlite.sh"
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; fi
}

build_into() { # build_into FOLDER: prints the wheel's path
  (cd "$root/src/python" && python3 -m build_backend "$1" "$root/build/lib")
}

same() { # same TIMEZONE UMASK: built again under other circumstances, the wheel has the same bytes
  mkdir -p "$work/again"
  (export TZ=$1 LC_ALL=C.UTF-8 && umask "$2" && build_into "$work/again") && cmp "$wheel" "$work/again/$(basename "$wheel")"
}

holds() { # every level once, nothing that is a link, nothing else
  python3 - "$wheel" "$root/build/lib" <<'PY'
import pathlib, sys, zipfile
archive, built = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
inside = sorted(name for name in archive.namelist() if ".so" in name)
wanted = {"rancognition/" + path.relative_to(built).as_posix(): path for path in built.rglob("librancognition.so")}
wanted["rancognition/librancognition-sqlite3.so"] = built / "rancognition" / "librancognition-sqlite3.so"  # plainly beside: the folder is the package's own
assert inside == sorted(wanted), (inside, sorted(wanted))
for name in inside:
    assert archive.read(name) == wanted[name].read_bytes(), name
assert len(set(archive.namelist())) == len(archive.namelist())
for part in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE", "licenses/THIRD-PARTY-NOTICES.txt"):
    assert any(name.endswith(".dist-info/" + part) for name in archive.namelist()), part
assert not [name for name in archive.namelist() if "__pycache__" in name or "tests" in name]
PY
}

recorded() { # RECORD tells every file with its length and hash, as an independent reading finds them
  python3 - "$wheel" <<'PY'
import base64, csv, hashlib, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
(record,) = [name for name in archive.namelist() if name.endswith("/RECORD")]
rows = {row[0]: row[1:] for row in csv.reader(archive.read(record).decode().splitlines())}
assert set(rows) == set(archive.namelist())
for name, (digest, length) in rows.items():
    if name != record:
        content = archive.read(name)
        assert digest == "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("="), name
        assert int(length) == len(content), name
PY
}

works() { # works PYTHON [WHERE]: an example, from another folder, with the library of the package
  (cd "$work" && "$1" - "${2:-site-packages}" <<'PY'
import sys
import rancognition
assert sys.argv[1] in rancognition.library_path(), rancognition.library_path()
info = rancognition.runtime_info()
assert info["cpu_level"] == info["cpu_level_best"] or sys.argv[1] != "site-packages", info
with rancognition.Temporal() as core:
    assert core.forecast([7.0] * 24, step_ns=900_000_000_000, horizon=2).mean == [7.0, 7.0]
import importlib.metadata
assert importlib.metadata.version("rancognition") == rancognition.version() == rancognition.__version__
PY
  )
}

finds_its_sqlite() { # the image that this machine takes
  local image
  image=$(cd "$work" && "$work/env/bin/python" -c 'import rancognition; print(rancognition.library_path())')
  own_sqlite_in "$work" "$image" "$(find "$work/env" -name librancognition-sqlite3.so)"
}

command_is_there() { [ -x "$work/env/bin/rancognition" ] && "$work/env/bin/rancognition" --help; }

gone() { # nothing of the package is left in the environment
  "$work/env/bin/pip" uninstall --yes rancognition && [ -z "$(find "$work/env" -ipath '*rancognition*' -print)" ]
}

refused_without_a_library() {
  mkdir -p "$work/empty"
  ! (cd "$root/src/python" && python3 -m build_backend "$work/none" "$work/empty") 2>"$work/said" && grep -q 'run ./build.sh build first' "$work/said"
}

wheel=$(build_into "$work/dist")
check "the name is a wheel's" bash -c '[[ $1 =~ /rancognition-[0-9.]+-py3-none-(manylinux_2_[0-9]+|linux)_(x86_64|aarch64)\.whl$ ]]' _ "$wheel"
check "the archive is sound" python3 -m zipfile -t "$wheel"
check "all levels of the library are inside, once" holds
check "RECORD is right" recorded
check "built again elsewhere: the same bytes" same Pacific/Kiritimati 077
check "without a library the build says what to do" refused_without_a_library

if ! python3 -m venv "$work/env" >"$work/log" 2>&1; then
  echo "SKIPPED installing the wheel: no venv (Debian package python3-venv)"
else
  check "pip installs the wheel" "$work/env/bin/pip" install "$wheel"
  check "it works from another folder" works "$work/env/bin/python"
  check "the library finds its SQLite there, and no other" finds_its_sqlite
  check "pip check" "$work/env/bin/pip" check
  if [ -f "$root/src/python/rancognition/__main__.py" ]; then check "the command rancognition is there" command_is_there; fi
  check "uninstalled, nothing is left" gone
  check "pip install of the source folder" "$work/env/bin/pip" install "$root/src/python"
  check "that works, too" works "$work/env/bin/python"
  check "pip install --editable" "$work/env/bin/pip" install --force-reinstall --editable "$root/src/python"
  check "that takes the library of the build" works "$work/env/bin/python" "build/lib"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
