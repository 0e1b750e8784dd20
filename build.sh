#!/usr/bin/env bash
# RanCognition: build, run, test, bench, check, install. `./build.sh help` explains.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

CONFIGURATION=Release
LIB_DIR=build/lib
BIN_DIR=build/bin
LIBRARY=$LIB_DIR/librancognition.so
VERSION=$(sed -n 's:.*<RanVersion>\(.*\)</RanVersion>.*:\1:p' Directory.Build.props)
ABI=$(sed -n 's:.*<RanAbiMajor>\(.*\)</RanAbiMajor>.*:\1:p' Directory.Build.props)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

usage() {
  cat <<'TEXT'
usage: ./build.sh [build|run|test|bench|check|install|clean|help] [options]
  build                 the native library, its header's programs (default)      -> build/lib, build/bin
  run                   builds what is missing, analyses real KPI data, writes   -> build/report.html
  test                  everything: xunit, C and C++ harness, Python, .NET, ABI checks
  bench [load|abi|temporal|patterns|simd|scheduler|forecast|anomaly|change-points ...]   measured figures; forecast and anomaly need
                        --data DIR --scorers DIR; scheduler takes 3 minutes, or 30 s with --quick
  check                 generated files are current, the ABI golden is unchanged, the header compiles everywhere
  generate              writes the generated files anew, after a change of the exports
  install --prefix DIR  header, library, pkg-config and CMake files (DESTDIR is honoured; default /usr/local)
  clean                 removes what was built
TEXT
}

# ---------------------------------------------------------------- prerequisites: one clear line each
need_tools() {
  command -v dotnet >/dev/null || die "the .NET SDK 10 is missing: Debian package dotnet-sdk-10.0"
  case "$(dotnet --version 2>/dev/null)" in
    1[0-9].*) ;;
    *) die "the .NET SDK 10 is missing (found: $(dotnet --version 2>/dev/null || echo none)): Debian package dotnet-sdk-10.0" ;;
  esac
  command -v gcc >/dev/null || die "a C compiler is missing: Debian package gcc"
  command -v objcopy >/dev/null || die "objcopy is missing: Debian package binutils"
  command -v g++ >/dev/null || die "a C++ compiler is missing: Debian package g++"
  command -v cmake >/dev/null || die "CMake 3.20 or newer is missing: Debian package cmake"
  local cmake_version
  cmake_version=$(cmake --version | sed -n '1s/[^0-9]*\([0-9]*\.[0-9]*\).*/\1/p')
  [ "$(printf '3.20\n%s\n' "$cmake_version" | sort -V | head -n 1)" = 3.20 ] || die "CMake 3.20 or newer is missing (found $cmake_version): Debian package cmake"
  command -v python3 >/dev/null || die "Python 3 is missing: Debian package python3"
}

# ---------------------------------------------------------------- build
# The library is rebuilt when a source is newer than it; dotnet itself takes seconds to find that out.
library_is_current() {
  [ -f "$LIBRARY" ] && [ -L "$LIBRARY.$ABI" ] &&
    [ -z "$(find src/RanCognition.Core src/RanCognition.Native include/rancognition.h Directory.Build.props Directory.Packages.props \
             \( -name obj -o -name bin \) -prune -o -type f -newer "$LIBRARY" -print -quit)" ]
}

build_library() {
  library_is_current && return
  say "Compiling the library (NativeAOT) ..."
  local log=build/publish.log
  mkdir -p build "$LIB_DIR"
  dotnet publish src/RanCognition.Native -c $CONFIGURATION -r "$(runtime_id)" -o build/publish --nologo -v quiet >"$log" 2>&1 ||
    { cat "$log"; die "the library did not compile"; }
  install -m 755 build/publish/librancognition.so "$LIB_DIR/librancognition.so.$VERSION"
  ln -sf "librancognition.so.$VERSION" "$LIB_DIR/librancognition.so.$ABI"
  ln -sf "librancognition.so.$ABI" "$LIBRARY"
  touch "$LIB_DIR/librancognition.so.$VERSION"
}

runtime_id() {
  case "$(uname -m)" in
    x86_64) echo linux-x64 ;;
    aarch64) echo linux-arm64 ;;
    *) die "no NativeAOT compiler for $(uname -m)" ;;
  esac
}

programs_are_current() {
  [ -f build/native/built ] &&
    [ -z "$(find native-tests include README.md "$LIB_DIR" -type f -newer build/native/built -print -quit)" ]
}

build_programs() {
  programs_are_current && return
  say "Compiling the C and C++ programs ..."
  local log=build/cmake.log
  { cmake -S native-tests -B build/native -DCMAKE_BUILD_TYPE=Release -DRANCOG_LIB_DIR="$PWD/$LIB_DIR" -DRANCOG_INCLUDE_DIR="$PWD/include" &&
    cmake --build build/native --parallel 2; } >"$log" 2>&1 || { cat "$log"; die "the programs did not compile"; }
  touch build/native/built
}

build() { need_tools; build_library; build_programs; }

# ---------------------------------------------------------------- run: the main job
run() {
  build
  "$BIN_DIR/kpi_report" --data tests/data --report build/report.html "$@"
}

# ---------------------------------------------------------------- test
PASSED=0
FAILED=0
SKIPPED=()

count() { # count NAME PASSED FAILED
  PASSED=$((PASSED + $2)); FAILED=$((FAILED + $3))
  printf '  %-34s %5d passed, %d failed\n' "$1" "$2" "$3"
}

# Runs a command into a log; gives its exit code. What it says about failures is shown by the callers.
logged() { # logged LOG COMMAND...
  local log=$1 code=0
  shift
  "$@" >"$log" 2>&1 || code=$?
  return $code
}

# One command whose exit code is the verdict.
single() { # single NAME COMMAND...
  local name=$1 log
  shift
  log=build/test-logs/$(printf '%s' "$name" | tr -c 'A-Za-z0-9' '-').log
  if logged "$log" "$@"; then count "$name" 1 0; else count "$name" 0 1; cat "$log"; fi
}

# A command that counts its checks: its last line is "N passed, N failed"; lines "SKIPPED reason" and exit code 77 (all skipped) are told at the end.
counted() { # counted NAME COMMAND...
  local name=$1 log code=0 passed failed
  shift
  log=build/test-logs/$(printf '%s' "$name" | tr -c 'A-Za-z0-9' '-').log
  logged "$log" "$@" || code=$?
  while read -r reason; do SKIPPED+=("$name: $reason"); done < <(sed -n 's/^SKIPPED:* //p' "$log")
  if [ $code = 77 ]; then printf '  %-34s skipped\n' "$name"; return; fi
  passed=$(sed -n 's/^\([0-9]*\) passed, [0-9]* failed.*/\1/p' "$log" | tail -n 1)
  failed=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed.*/\1/p' "$log" | tail -n 1)
  [ -n "$passed" ] || { passed=0; failed=1; }
  if [ $code != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  [ "$failed" = 0 ] || cat "$log"
  count "$name" "$passed" "$failed"
}

xunit() { # xunit PROJECT
  local name log code=0 passed failed
  name=$(basename "$1")
  log=build/test-logs/$name.log
  logged "$log" dotnet test "$1" -c $CONFIGURATION --nologo -v quiet || code=$?
  passed=$(sed -n 's/.*Passed: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  failed=$(sed -n 's/.*Failed: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  [ -n "$passed" ] || { passed=0; failed=1; }
  if [ $code != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  [ "$failed" = 0 ] || cat "$log"
  count "$name" "$passed" "$failed"
}

# CTest, with its count as the other runners give theirs.
ctest_counted() { # ctest_counted BUILD-FOLDER OPTIONS...
  local code=0
  ctest --test-dir "$@" --output-on-failure --no-tests=error | tee build/test-logs/ctest.out || code=$?
  sed -n 's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\).*/\1 \2/p' build/test-logs/ctest.out |
    while read -r failed all; do say "$((all - failed)) passed, $failed failed"; done
  return $code
}

python_tests() {
  local code=0 ran bad
  RANCOGNITION_LIBRARY="$PWD/$LIBRARY" PYTHONPATH=src/python python3 -m unittest discover -s src/python/tests -t src/python >build/test-logs/unittest.out 2>&1 || code=$?
  cat build/test-logs/unittest.out
  ran=$(sed -n 's/^Ran \([0-9]*\) test.*/\1/p' build/test-logs/unittest.out)
  bad=$(sed -n 's/^FAILED (\(.*\))/\1/p' build/test-logs/unittest.out | grep -o '\(failures\|errors\)=[0-9]*' | cut -d= -f2 | paste -sd+)
  bad=$((${bad:-0}))
  [ "${ran:-0}" -gt 0 ] && say "$((ran - bad)) passed, $bad failed"
  return $code
}

run_tests() {
  build
  mkdir -p build/test-logs
  export RANCOGNITION_LIBRARY="$PWD/$LIBRARY"
  say "Tests:"
  local project
  for project in tests/*.Tests; do xunit "$project"; done
  counted "C and C++ harness" ctest_counted build/native
  counted "address sanitizer" native-tests/run_asan.sh
  counted "valgrind" native-tests/run_valgrind.sh
  counted "Python" python_tests
  single "generated files" check_generated
  counted "header and ABI" native-tests/abi/check_header.sh "$PWD/$LIBRARY"
  counted "install and link" native-tests/run_install.sh
  counted "build script" native-tests/run_build_script.sh
  single "main job" main_job
  local reason
  for reason in "${SKIPPED[@]}"; do say "  skipped: $reason"; done
  say "$PASSED passed, $FAILED failed"
  [ "$FAILED" = 0 ]
}

main_job() { "$BIN_DIR/kpi_report" --data tests/data --report build/report.html && [ -s build/report.html ]; }

# ---------------------------------------------------------------- check
check_generated() { dotnet run --project src/RanCognition.HeaderGen -c $CONFIGURATION -v quiet -- --check .; }

run_check() { check_generated && native-tests/abi/check_header.sh "$PWD/$LIBRARY"; }

generate() { dotnet run --project src/RanCognition.HeaderGen -c $CONFIGURATION -v quiet -- .; }

# ---------------------------------------------------------------- bench
bench() {
  build
  local what data="" scorers=""
  local -a quick=()
  local -a which=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --data) data=$2; shift 2 ;;
      --scorers) scorers=$2; shift 2 ;;
      --quick) quick=(--quick); shift ;;
      *) which+=("$1"); shift ;;
    esac
  done
  [ ${#which[@]} -gt 0 ] || which=(load abi temporal)
  for what in "${which[@]}"; do
    case "$what" in
      load|abi|temporal|patterns|simd) "$BIN_DIR/bench_$what" "$LIBRARY" ;;
      scheduler) "$BIN_DIR/bench_scheduler" "${quick[@]}" ;;
      forecast|anomaly|change-points) bench_scored "$what" "$data" "$scorers" ;;
      *) die "bench: no benchmark is called $what" ;;
    esac
  done
}

# Accuracy on a folder of benchmark problems that is not part of this repository.
bench_scored() { # bench_scored WHAT DATA SCORERS
  if [ -z "$2" ] || [ -z "$3" ]; then
    say "bench $1: left out, it needs --data DIR (benchmark problems) and --scorers DIR (score_forecast.py, score_anomaly.py)"
    return
  fi
  local python=python3 answers=build/$1.jsonl
  [ "$1" = forecast ] || python=$(python_with_numpy)
  case "$1" in
    forecast) "$python" "$3/score_forecast.py" problems --data "$2" | "$BIN_DIR/forecast_jsonl" >"$answers"
              "$python" "$3/score_forecast.py" score --data "$2" "$answers" ;;
    anomaly) "$python" "$3/score_anomaly.py" problems --data "$2" | "$BIN_DIR/anomaly_jsonl" >"$answers"
             "$python" "$3/score_anomaly.py" score --data "$2" "$answers" ;;
    change-points) "$python" "$3/score_anomaly.py" cp-problems --data "$2" | "$BIN_DIR/anomaly_jsonl" >"$answers"
             "$python" "$3/score_anomaly.py" cp-score --data "$2" "$answers" ;;
  esac
}

python_with_numpy() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import numpy' 2>/dev/null; then echo "$python"; return; fi
  done
  die "bench: numpy is missing: Debian package python3-numpy"
}

# ---------------------------------------------------------------- install
fill() { # fill TEMPLATE FOLDER
  sed -e "s/@VERSION@/$VERSION/g" -e "s/@ABI@/$ABI/g" "$1" >"$2/$(basename "$1" .in)"
}

install_files() {
  local prefix=/usr/local
  while [ $# -gt 0 ]; do
    case "$1" in
      --prefix) [ $# -gt 1 ] || die "install: --prefix needs a folder"; prefix=$2; shift 2 ;;
      *) die "install: unknown option $1" ;;
    esac
  done
  need_tools
  build_library
  local target=${DESTDIR:-}$prefix
  install -d "$target/lib/pkgconfig" "$target/lib/cmake/rancognition" "$target/include"
  install -m 755 "$LIB_DIR/librancognition.so.$VERSION" "$target/lib/"
  ln -sf "librancognition.so.$VERSION" "$target/lib/librancognition.so.$ABI"
  ln -sf "librancognition.so.$ABI" "$target/lib/librancognition.so"
  install -m 644 include/*.h "$target/include/"
  local template
  for template in src/RanCognition.Native/Install/*.in; do
    case "$template" in
      *.pc.in) fill "$template" "$target/lib/pkgconfig" ;;
      *) fill "$template" "$target/lib/cmake/rancognition" ;;
    esac
  done
  say "Installed RanCognition $VERSION in $target"
}

command=${1:-build}
[ $# -gt 0 ] && shift
case "$command" in
  build) build; say "$LIBRARY and $BIN_DIR are current" ;;
  run) run "$@" ;;
  test) run_tests ;;
  bench) bench "$@" ;;
  check) need_tools; build_library; run_check ;;
  generate) need_tools; generate ;;
  install) install_files "$@" ;;
  clean) rm -rf build src/*/bin src/*/obj tests/*/bin tests/*/obj ;;
  help|-h|--help) usage ;;
  *) usage; exit 2 ;;
esac
