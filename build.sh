#!/usr/bin/env bash
# RanCognition: build, run, test, bench, check, install. `./build.sh help` explains.
set -euo pipefail
CALLED_FROM=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"

CONFIGURATION=Release
LIB_DIR=build/lib
BIN_DIR=build/bin
LIBRARY=$LIB_DIR/librancognition.so
# The SQLite of the memory core, beside the library in a folder that no system searches.
SQLITE=rancognition/librancognition-sqlite3.so
VERSION=$(sed -n 's:.*<RanVersion>\(.*\)</RanVersion>.*:\1:p' Directory.Build.props)
ABI=$(sed -n 's:.*<RanAbiMajor>\(.*\)</RanAbiMajor>.*:\1:p' Directory.Build.props)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

usage() {
  cat <<'TEXT'
usage: ./build.sh [build|run|test|bench|check|docs|generate|install|uninstall|wheel|nuget|deb|dist|clean|help] [options]
  build                 the native library, its header's programs (default)      -> build/lib, build/bin
                        --cpu v2|v3|v4 builds it for one level of processors only: quicker, for work on this machine
  run                   builds what is missing, analyses real KPI data, plans    -> build/report.html, report-memory.html, report-optimization.html,
                        the tilts of 57 cells, watches loops predict and fight,     report-loops.html, report-cognition.html
                        decides for a network that answers back;
                        each act prints what it found and writes a page
  test                  everything: xunit, C and C++ harness, Python, .NET, ABI checks
                        test crash [ROUNDS]: only the memory's crash test, 1000 kills of a writer and a log cut everywhere
  bench [load|abi|json|temporal|patterns|scheduler|simd|pool|memory|optimization|strange-loop|cognition|fleet|languages|forecast|anomaly|change-points ...]   measured figures; forecast and anomaly need
                        --data DIR --scorers DIR; scheduler takes 3 minutes, memory 5, or 30 s each with --quick; memory takes --data DIR too;
                        optimization takes 15 minutes, or 1 with --quick, and --scene FILE (links of a network whose tilts are searched);
                        strange-loop takes 2 minutes, or 15 s, and --scene FILE too (links of a network whose loads are sought);
                        cognition takes 2 minutes, or 15 s
  check                 generated files are current, the ABI golden is unchanged, the header compiles everywhere
  docs                  the manual as pages, by Doxygen                            -> build/docs/html
  generate              writes the generated files anew, after a change of the exports
  wheel                 the Python package with the library inside               -> build/dist
  install --prefix DIR  headers, library, pkg-config and CMake files, notices (DESTDIR is honoured; default /usr/local); --libdir lib64 or
                        lib/x86_64-linux-gnu and --includedir name other folders below the prefix
  uninstall --prefix DIR  removes what install put there, and nothing else
  nuget                 packages for .NET, with every image of the library       -> build/dist
  deb                   Debian packages: library, development files, Python binding     -> build/dist
  dist                  what install puts in place, as a tarball to unpack anywhere     -> build/dist
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
# The library is one image for each level of processors; glibc takes the best that the machine can run (folders glibc-hwcaps/LEVEL beside the first).
levels() {
  case "$(uname -m)" in
    x86_64) echo x86-64-v2 x86-64-v3 x86-64-v4 ;;
    aarch64) echo arm64 ;;
    *) die "no NativeAOT compiler for $(uname -m)" ;;
  esac
}

# Where the image of a level lies below build/lib: the first one built is for all machines, the others are found by glibc.
folder_of() { # folder_of LEVEL FIRST-LEVEL
  if [ "$1" = "$2" ]; then echo "$LIB_DIR"; else echo "$LIB_DIR/glibc-hwcaps/$1"; fi
}

# An image is compiled again when a source is newer than it; dotnet itself takes seconds to find that out.
image_is_current() { # image_is_current LEVEL
  local image=build/publish/$1/librancognition.so
  [ -f "$image" ] &&
    [ -z "$(find src/RanCognition.Core src/RanCognition.Native include/rancognition.h Directory.Build.props Directory.Packages.props \
             \( -name obj -o -name bin -o -name Install \) -prune -o -type f -newer "$image" -print -quit)" ]
}

# build/lib holds these levels, all current.
library_is_current() { # library_is_current LEVELS...
  local level
  [ "$(cat build/publish/levels 2>/dev/null)" = "$*" ] && [ -e "$LIB_DIR/$SQLITE" ] || return 1
  for level in "$@"; do
    image_is_current "$level" && [ -e "$(folder_of "$level" "$1")/librancognition.so" ] || return 1
  done
}

build_library() { # build_library [LEVELS...]: all of them when none is named
  local all
  all=$(levels)
  [ $# -gt 0 ] || set -- $all
  library_is_current "$@" && return
  compile_images "$@"
  rm -rf "$LIB_DIR" build/publish/levels
  local level
  for level in "$@"; do
    put_image "$(folder_of "$level" "$1")" build/publish/$level/librancognition.so
  done
  install -D -m 644 "build/publish/$1/$(basename $SQLITE)" "$LIB_DIR/$SQLITE"
  echo "$*" >build/publish/levels
}

# The C# is compiled once, then the machine code of all levels side by side.
compile_images() { # compile_images LEVELS...
  local level runtime
  local -a stale=() failed=()
  local -A job=()
  for level in "$@"; do
    image_is_current "$level" || stale+=("$level")
  done
  [ ${#stale[@]} -gt 0 ] || return 0
  runtime=$(runtime_id)
  say "Compiling the library (NativeAOT): ${stale[*]} ..."
  mkdir -p build/publish
  touch build/publish/started
  logged build/publish.log dotnet build src/RanCognition.Native -c $CONFIGURATION -r "$runtime" --nologo -v quiet || { cat build/publish.log; die "the library did not compile"; }
  for level in "${stale[@]}"; do
    rm -f "build/publish/$level/librancognition.so"
    logged "build/publish-$level.log" dotnet publish src/RanCognition.Native --no-build -c $CONFIGURATION -r "$runtime" -p:RanCpuLevel="$level" \
      -o "build/publish/$level" --nologo -v quiet &
    job[$level]=$!
  done
  for level in "${stale[@]}"; do
    wait "${job[$level]}" || { failed+=("$level"); cat "build/publish-$level.log"; }
  done
  [ ${#failed[@]} = 0 ] || die "the library did not compile: ${failed[*]}"
  # As old as the sources that it was made from: one that changed meanwhile is newer.
  for level in "${stale[@]}"; do touch -r build/publish/started "build/publish/$level/librancognition.so"; done
}

# One image with the links under which the loader and the linker look for it.
put_image() { # put_image FOLDER IMAGE
  install -d "$1"
  install -m 755 "$2" "$1/librancognition.so.$VERSION"
  ln -sf "librancognition.so.$VERSION" "$1/librancognition.so.$ABI"
  ln -sf "librancognition.so.$ABI" "$1/librancognition.so"
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

build() { # build [--cpu v2|v3|v4]
  local -a only=()
  case "${1:-}" in
    "") ;;
    --cpu)
      only=("x86-64-${2:-}")
      case " $(levels) " in *" ${only[0]} "*) ;; *) die "build: --cpu needs one of v2, v3, v4, on x86-64" ;; esac
      shift 2 ;;
    *) die "build: unknown option $1" ;;
  esac
  [ $# = 0 ] || die "build: unknown option $1"
  need_tools
  build_library "${only[@]}"
  build_programs
}

# ---------------------------------------------------------------- run: the main job
run() {
  build
  "$BIN_DIR/kpi_report" --data tests/data --report build/report.html "$@"
  say
  "$BIN_DIR/tilt_plan" --report build/report.html "$@" # its page lies beside
  say
  "$BIN_DIR/loop_watch" --data tests/data --report build/report.html "$@" # so does this one
  say
  "$BIN_DIR/decision_loop" --data tests/data --report build/report.html "$@" # and this one
}

# ---------------------------------------------------------------- test
PASSED=0
FAILED=0
SKIPPED=()
TOOK=0 # seconds of the command before

count() { # count NAME PASSED FAILED
  PASSED=$((PASSED + $2)); FAILED=$((FAILED + $3))
  printf '  %-34s %5d passed, %d failed  (%d s)\n' "$1" "$2" "$3" "$TOOK"
}

# Runs a command into a log; gives its exit code. What it says about failures is shown by the callers.
logged() { # logged LOG COMMAND...
  local log=$1 code=0 began=$SECONDS
  shift
  "$@" >"$log" 2>&1 || code=$?
  TOOK=$((SECONDS - began))
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

xunit() { # xunit PROJECT [NAME OPTIONS...]
  local name log code=0 passed failed
  name=${2:-$(basename "$1")}
  log=build/test-logs/$(printf '%s' "$name" | tr -c 'A-Za-z0-9' '-').log
  logged "$log" dotnet test "$1" "${@:3}" -c $CONFIGURATION --nologo -v quiet || code=$?
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
    while read -r failed all; do say "$((all - failed - $(grep -c '\*\*\*Skipped' build/test-logs/ctest.out || true))) passed, $failed failed"; done
  sed -n 's/.*Test *#[0-9]*: \([^ ]*\) \.*\*\*\*Skipped.*/SKIPPED \1/p' build/test-logs/ctest.out
  return $code
}

# The levels that this machine can run below the one that it takes by itself.
lower_levels() {
  local level best
  best=$("$BIN_DIR/test_cpu_level" print)
  for level in $(levels); do
    [ "$level" != "$best" ] || return 0
    echo "$level"
  done
}

# A command for which glibc, and the bindings after it, choose no better level than this one.
masked() { # masked LEVEL COMMAND...
  local mask
  case "$1" in
    x86-64-v2) mask=-AVX2 ;;
    x86-64-v3) mask=-AVX512F ;;
    *) die "no mask is known for $1" ;;
  esac
  local -x GLIBC_TUNABLES=glibc.cpu.hwcaps=$mask
  shift
  "$@"
}

python_tests() { # python_tests PYTHON UNITTEST-ARGUMENTS...
  local code=0 passed bad
  RANCOGNITION_LIBRARY="$PWD/$LIB_DIR" PYTHONPATH="$PWD/src/python" "$1" -m unittest "${@:2}" --verbose >build/test-logs/unittest.out 2>&1 || code=$?
  cat build/test-logs/unittest.out
  sed -n "s/.* skipped '\(.*\)'$/SKIPPED \1/p; s/.* skipped \"\(.*\)\"$/SKIPPED \1/p" build/test-logs/unittest.out | sort -u
  passed=$(grep -c '\(^\|\.\.\. \)ok$' build/test-logs/unittest.out) # a skipped test has not passed
  bad=$(sed -n 's/^FAILED (\(.*\))/\1/p' build/test-logs/unittest.out | grep -o '\(failures\|errors\)=[0-9]*' | cut -d= -f2 | paste -sd+)
  bad=$((${bad:-0}))
  [ "$passed" -gt 0 ] && say "$passed passed, $bad failed"
  return $code
}

# The tests of arrays by a Python that has NumPy, which the first one need not be.
numpy_tests() {
  local python
  python=$(python_with_numpy 2>/dev/null) || { say "SKIPPED NumPy is missing (Debian package python3-numpy)"; return 77; }
  python_tests "$python" src/python/tests/test_{arrays,memory_arrays,optimization_arrays,strange_loop_arrays}.py
}

# ---------------------------------------------------------------- two lanes: steps that do not need the machine for themselves, side by side
LANES=() # their groups of processes

# One step of a lane: what it tells comes out whole, when it has ended.
step() { # step COMMAND...: single, counted or xunit, with what they take
  "$@" >"build/test-logs/$LANE.step" 2>&1
  flock build/test-logs cat "build/test-logs/$LANE.step"
}

# Its counts go by a file, which is there only when it came to its end.
run_lane() { # run_lane LANE
  LANE=$1 PASSED=0 FAILED=0 SKIPPED=()
  "$LANE"
  printf '%s\n' "$PASSED $FAILED" "${SKIPPED[@]}" >"build/test-logs/$LANE.counts"
}

# Each lane is a group of processes, so that it can be ended with all that it started.
in_lanes() { # in_lanes LANE...: functions whose lines are steps
  local lane passed failed reason
  local -a reasons
  LANES=()
  trap 'end_lanes; exit 130' INT TERM HUP
  for lane in "$@"; do
    rm -f "build/test-logs/$lane.counts"
    set -m
    run_lane "$lane" </dev/null &
    set +m
    LANES+=($!)
  done
  wait "${LANES[@]}" || true
  trap - INT TERM HUP
  for lane in "$@"; do
    if [ -f "build/test-logs/$lane.counts" ]; then
      { read -r passed failed; mapfile -t reasons; } <"build/test-logs/$lane.counts"
      PASSED=$((PASSED + passed)); FAILED=$((FAILED + failed))
      for reason in "${reasons[@]}"; do [ -z "$reason" ] || SKIPPED+=("$reason"); done
    else
      TOOK=0 count "$lane" 0 1
      say "    did not come to its end; begun last: build/test-logs/$lane.step"
    fi
  done
}

end_lanes() {
  local lane
  for lane in "${LANES[@]}"; do kill -- "-$lane" 2>/dev/null || true; done
}

# Whatever calls dotnet for a project where it lies is in the first of them: two such calls would write the same files.
first_lane() {
  step single "generated files" check_generated
  step counted "packages for .NET" tests/package/run_package.sh
  step counted "the same in every language" tests/languages/run_parity.sh
  step counted "examples and pages" tests/docs/check.sh
  step counted "report in a browser" tests/report/run_report.sh
  step counted "header and ABI" native-tests/abi/check_header.sh "$PWD/$LIBRARY"
  step counted "C++ header" native-tests/cpp/check_hpp.sh
}

# Python is before those that copy the sources: it compiles itself among them.
second_lane() {
  step counted "Python" python_tests python3 discover -s src/python/tests -t src/python
  step counted "Python with NumPy" numpy_tests
  step counted "reproducible build" native-tests/run_reproducible.sh
  step counted "arm64" native-tests/run_arm64.sh
  step counted "wheel" src/python/tests/run_wheel.sh
  step counted "install and link" native-tests/run_install.sh
  step counted "packages" native-tests/run_packages.sh
}

run_tests() {
  build
  mkdir -p build/test-logs
  export RANCOGNITION_LIBRARY="$PWD/$LIB_DIR" # a folder: the bindings choose the level as glibc does
  say "Tests:"
  local project
  for project in tests/*.Tests; do xunit "$project"; done
  counted "C and C++ harness" ctest_counted build/native
  local level
  for level in $(lower_levels); do
    counted "C harness, $level" masked "$level" ctest_counted build/native -L "numbers|fast"
    masked "$level" xunit tests/RanCognition.Interop.Tests ".NET binding, $level" --no-build --filter "FullyQualifiedName~CpuLevel"
  done
  counted "levels of processors" native-tests/abi/check_levels.sh "$LIB_DIR" "$BIN_DIR"
  counted "address sanitizer" native-tests/run_asan.sh
  counted "valgrind" native-tests/run_valgrind.sh
  in_lanes first_lane second_lane
  counted "fleet" native-tests/run_fleet.sh # workers that are killed come back in time only on a machine that is not busy
  counted "build script" native-tests/run_build_script.sh # builds another library in the place of this one
  single "main job" main_job
  local reason
  for reason in "${SKIPPED[@]}"; do say "  skipped: $reason"; done
  say "$PASSED passed, $FAILED failed"
  [ "$FAILED" = 0 ]
}

# As often as one likes; `test` has 50 rounds of it.
crash_test() { # crash_test [ROUNDS]
  build
  "$BIN_DIR/crash_memory" "${1:-1000}"
  "$BIN_DIR/crash_memory" logs 60
}

main_job() {
  "$BIN_DIR/kpi_report" --data tests/data --report build/report.html && [ -s build/report.html ] &&
    "$BIN_DIR/tilt_plan" --report build/report.html && [ -s build/report-optimization.html ] &&
    "$BIN_DIR/loop_watch" --data tests/data --report build/report.html && [ -s build/report-loops.html ] &&
    "$BIN_DIR/decision_loop" --data tests/data --report build/report.html && [ -s build/report-cognition.html ]
}

# ---------------------------------------------------------------- check
check_generated() { dotnet run --project src/RanCognition.HeaderGen -c $CONFIGURATION -v quiet -- --check .; }

run_check() { check_generated && native-tests/abi/check_header.sh "$PWD/$LIBRARY"; }

# The manual as pages; a warning is an error.
docs() {
  command -v doxygen >/dev/null || die "doxygen is missing: Debian package doxygen"
  command -v python3 >/dev/null || die "Python 3 is missing: Debian package python3"
  rm -rf build/docs
  mkdir -p build/docs
  { cat src/RanCognition.HeaderGen/Doxyfile; printf 'PROJECT_NUMBER = %s\n' "$VERSION"; } | doxygen - || die "docs: Doxygen has warnings, see above"
  say "build/docs/html/index.html"
}

generate() { dotnet run --project src/RanCognition.HeaderGen -c $CONFIGURATION -v quiet -- .; }

# ---------------------------------------------------------------- bench
bench() {
  build
  local what data="" scorers="" scene=""
  local -a quick=()
  local -a which=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --data) data=$2; shift 2 ;;
      --scorers) scorers=$2; shift 2 ;;
      --scene) scene=$2; shift 2 ;;
      --quick) quick=(--quick); shift ;;
      *) which+=("$1"); shift ;;
    esac
  done
  [ ${#which[@]} -gt 0 ] || which=(load abi temporal)
  for what in "${which[@]}"; do
    case "$what" in
      load|abi|json|temporal|patterns|simd) "$BIN_DIR/bench_$what" "$(chosen_library)" ;;
      scheduler|pool) "$BIN_DIR/bench_$what" "${quick[@]}" ;;
      optimization) "$BIN_DIR/bench_optimization" "${quick[@]}" ${scene:+--scene "$scene"} ;;
      strange-loop) "$BIN_DIR/bench_strange_loop" "${quick[@]}" ${scene:+--scene "$scene"} ;;
      cognition) "$BIN_DIR/bench_cognition" --dir build "${quick[@]}" ;;
      memory) "$BIN_DIR/bench_memory" --dir build "${quick[@]}" ${data:+--data "$data"} ;;
      fleet) native-tests/run_fleet.sh bench ;;
      languages) tests/languages/bench_languages.sh ;;
      forecast|anomaly|change-points) bench_scored "$what" "$data" "$scorers" ;;
      *) die "bench: no benchmark is called $what" ;;
    esac
  done
}

# The image that glibc chooses on this machine.
chosen_library() { ldd "$BIN_DIR/first_call" | sed -n 's:.*=> \(.*/librancognition\.so[^ ]*\) .*:\1:p'; }

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

# ---------------------------------------------------------------- wheel
build_wheel() {
  need_tools
  build_library
  PYTHONPATH=src/python python3 -m build_backend build/dist "$LIB_DIR"
}

# ---------------------------------------------------------------- install, packages
# What each of these scripts brings is told in its first lines.
packaging() { # packaging SCRIPTS...
  local script
  for script in tree "$@"; do . "src/RanCognition.Native/Install/$script.sh"; done
}

# ---------------------------------------------------------------- packages for .NET
nuget_packages() {
  [ $# = 0 ] || die "nuget: unknown option $1"
  local project epoch
  epoch=$(package_date)
  need_tools
  build_library
  rm -f build/dist/RanCognition.*.nupkg build/dist/RanCognition.*.snupkg
  for project in Core Interop; do
    logged build/nuget.log dotnet pack "src/RanCognition.$project" -c $CONFIGURATION -o build/dist -p:ContinuousIntegrationBuild=true --nologo -v quiet || { cat build/nuget.log; die "the package RanCognition.$project was not made"; }
  done
  python3 src/RanCognition.Native/Install/repack_nuget.py "$epoch" build/dist/RanCognition.*.nupkg build/dist/RanCognition.*.snupkg
  (cd build/dist && ls RanCognition.*.nupkg RanCognition.*.snupkg)
}

command=${1:-build}
[ $# -gt 0 ] && shift
case "$command" in
  build) build "$@"; say "$LIBRARY and $BIN_DIR are current" ;;
  run) run "$@" ;;
  test) if [ "${1:-}" = crash ]; then crash_test "${@:2}"; else run_tests; fi ;;
  bench) bench "$@" ;;
  check) need_tools; build_library; run_check ;;
  docs) docs ;;
  generate) need_tools; generate ;;
  wheel) build_wheel ;;
  nuget) packaging; nuget_packages "$@" ;;
  install) packaging install; install_files "$@" ;;
  uninstall) packaging install; uninstall_files "$@" ;;
  deb) packaging deb; make_debs "$@" ;;
  dist) packaging; make_tarball "$@" ;;
  clean) rm -rf build src/*/bin src/*/obj tests/*/bin tests/*/obj ;;
  help|-h|--help) usage ;;
  *) usage; exit 2 ;;
esac
