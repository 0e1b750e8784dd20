#!/bin/sh
# Builds the harness with AddressSanitizer and runs the tests labelled "memory", shortened.
# usage: run_asan.sh [-DRANCOG_LIB_DIR=.. -DRANCOG_INCLUDE_DIR=..]; exit code 77: the sanitizer is not here
# The library itself is not instrumented: what is checked are its accesses to the callers' memory through malloc and free.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build="$here/../build/native-asan"

probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
echo 'int main(void) { return 0; }' > "$probe/probe.c"
if ! command -v cmake >/dev/null || ! ${CC:-cc} -fsanitize=address -o "$probe/probe" "$probe/probe.c" 2>/dev/null || ! "$probe/probe"; then
    echo "SKIPPED: AddressSanitizer is missing (Debian packages gcc with libasan8, cmake)"
    exit 77
fi

cmake -S "$here" -B "$build" -DRANCOG_SANITIZE=address -DRANCOG_BIN_DIR="$build/bin" "$@" > "$build.log" 2>&1 || { cat "$build.log"; exit 1; }
# Each of these tests is a program of its name; the others need not be built.
targets=$(ctest --test-dir "$build" -N -L memory | sed -n 's/^ *Test *#[0-9]*: //p')
cmake --build "$build" --parallel 2 --target $targets >> "$build.log" 2>&1 || { cat "$build.log"; exit 1; }

# SIGSEGV is left to the .NET runtime, which turns some of them into errors of its own.
export ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=0:handle_segv=0:abort_on_error=0:exitcode=99"
export LSAN_OPTIONS="suppressions=$here/suppressions/lsan.supp:print_suppressions=0"
export RANCOG_HARNESS_SHORT=1
# The sanitizer stands between the library and dlopen, and the loader then looks along the sanitizer's RUNPATH: it is told where the library's SQLite lies.
library=$(sed -n 's/^RANCOG_LIB_DIR:[A-Z]*=//p' "$build/CMakeCache.txt")
case "$library" in /*) ;; *) library="$here/$library" ;; esac
export LD_LIBRARY_PATH="$library/rancognition${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
code=0
ctest --test-dir "$build" -L memory --parallel 2 --output-on-failure --no-tests=error > "$build.log" 2>&1 || code=$?
cat "$build.log"
sed -n 's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\).*/\1 \2/p' "$build.log" |
while read -r failed all; do echo "$((all - failed)) passed, $failed failed"; done
exit $code
