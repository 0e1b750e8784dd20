#!/usr/bin/env bash
# As much of the library for arm64 as can be checked on another machine: the C compiles without a warning, the layouts hold, NativeAOT compiles and links it,
# and the C programs give the same answers under qemu as they give here. One line a check.
# usage: native-tests/run_arm64.sh [--keep FOLDER]   (FOLDER/lib then holds the library)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
keep=
if [ "${1:-}" = --keep ]; then keep=${2:?--keep needs a folder}; fi
passed=0
failed=0
target=aarch64-linux-gnu
sysroot=/usr/$target

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; return 1; fi
}

finish() { echo "$passed passed, $failed failed"; [ "$failed" = 0 ]; exit; }

if [ "$(uname -m)" = aarch64 ]; then echo "SKIPPED this machine is arm64: ./build.sh test tests it directly"; exit 77; fi
command -v $target-gcc >/dev/null || { echo "SKIPPED $target-gcc is missing (Debian package gcc-aarch64-linux-gnu)"; exit 77; }

entry_compiles() {
  local source
  for source in "$root"/src/RanCognition.Native/Entry/*.c; do
    $target-gcc -std=c99 -O2 -fPIC -fvisibility=hidden -Wall -Wextra -Werror -pedantic -I"$root/include" -c "$source" -o "$work/entry.o" || return 1
  done
}

c_compiles() {
  local source
  for source in "$root"/native-tests/abi/*.c "$root"/native-tests/examples/*.c; do
    $target-gcc -std=c99 -Wall -Wextra -Werror -pedantic -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I"$root/include" -c "$source" -o "$work/c.o" || return 1
  done
}

cpp_compiles() {
  local source
  for source in "$root"/native-tests/abi/*.cpp "$root"/include/*.h $(find "$root/include" -name '*.hpp'); do
    $target-g++ -std=c++17 -Wall -Wextra -Werror -pedantic -I"$root/include" -x c++ -include "$source" -c - -o "$work/cpp.o" </dev/null || return 1
  done
}

check "the C side of the boundary compiles" entry_compiles || true
check "header, layouts and C examples compile" c_compiles || true
if command -v $target-g++ >/dev/null; then
  check "headers and C++ programs compile" cpp_compiles || true
else
  echo "SKIPPED C++: $target-g++ is missing (Debian package g++-aarch64-linux-gnu)"
fi

# In a copy, for restoring packages of another machine changes what lies in obj.
publish() { # publish [PROPERTIES...]
  dotnet publish "$work/source/src/RanCognition.Native" -c Release -r linux-arm64 -p:RanCpuLevel=arm64 -p:CppCompilerAndLinker=$target-gcc -p:ObjCopyName=$target-objcopy \
    "$@" -o "$work/out" --nologo -v quiet >"$work/publish.log" 2>&1
}

# The package source may have the compiler for arm64 in another version than this SDK asks for; it says which.
compiler_at_hand() {
  publish && return
  local version
  version=$(sed -n 's/.*Nearest version: \(9\.[0-9.]*[0-9]\).*/\1/p' "$work/publish.log" | sort -V | tail -n 1)
  [ -n "$version" ] || return 1
  echo "note    NativeAOT for arm64 $version, as the version of this SDK cannot be had"
  publish -p:RanIlcVersion="$version" -p:RuntimeFrameworkVersion="$version"
}

mkdir "$work/source"
tar -C "$root" --exclude=obj --exclude=bin -cf - .editorconfig Directory.Build.props Directory.Packages.props global.json include src | tar -C "$work/source" -xf -
if ! compiler_at_hand; then
  if grep -qE 'NU1101|NU1102|NU1301' "$work/publish.log"; then
    echo "SKIPPED NativeAOT for arm64: its packages cannot be restored here: $(grep -oE 'NU1[0-9]+: [^[]*' "$work/publish.log" | head -n 1)"
  else
    check "NativeAOT compiles and links the library" sh -c 'cat "$1"; exit 1' sh "$work/publish.log" || true
  fi
  finish
fi
mkdir "$work/lib"
cp "$work/out/librancognition.so" "$work/lib/librancognition.so.0"
ln -s librancognition.so.0 "$work/lib/librancognition.so"
sqlite=$work/lib/rancognition/librancognition-sqlite3.so
install -D -m 644 "$work/out/librancognition-sqlite3.so" "$sqlite"

is_for_arm64() { LC_ALL=C $target-readelf -h "$work/lib/librancognition.so" | grep 'Machine: *AArch64' >/dev/null; }

sqlite_is_for_arm64() { LC_ALL=C $target-readelf -h "$sqlite" | grep 'Machine: *AArch64' >/dev/null && $target-readelf -d "$sqlite" | grep 'NEEDED.*libm' >/dev/null; }

exports() { "$1" --dyn-syms -W "$2" | awk '$7 != "UND" && $8 ~ /^rancog_/ { print $8 }' | LC_ALL=C sort; }
same_exports() { diff <(exports readelf "$root/build/lib/librancognition.so") <(exports $target-readelf "$work/lib/librancognition.so"); }

check "NativeAOT compiles and links the library" is_for_arm64 || true
check "SQLite goes with it" sqlite_is_for_arm64 || true
check "it exports what the library for this machine exports" same_exports || true
if [ -n "$keep" ]; then mkdir -p "$keep" && cp -a "$work/lib" "$keep/"; fi

command -v qemu-aarch64-static >/dev/null || { echo "SKIPPED running it: qemu-aarch64-static is missing (Debian package qemu-user-static)"; finish; }

programs=(test_library test_arguments test_callbacks test_results test_arrays test_simd test_host test_scheduler test_scheduler_snapshot first_call kpi_report example_from_header)

build_programs() {
  cmake -S "$root/native-tests" -B "$work/native" -DCMAKE_BUILD_TYPE=Release -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 -DCMAKE_C_COMPILER=$target-gcc \
    -DCMAKE_CXX_COMPILER=$target-g++ "-DCMAKE_CROSSCOMPILING_EMULATOR=qemu-aarch64-static;-L;$sysroot" -DRANCOG_LIB_DIR="$work/lib" -DRANCOG_BIN_DIR="$work/bin" \
    -DRANCOG_INCLUDE_DIR="$root/include" && cmake --build "$work/native" --parallel 2 --target "${programs[@]}"
}

finds_its_sqlite() {
  $target-gcc -std=c99 -Wall -Wextra -Werror -pedantic "$root/native-tests/abi/own_sqlite.c" -o "$work/own_sqlite" -ldl && emulated "$work/own_sqlite" "$work/lib/librancognition.so" "$sqlite"
}

passes() { ctest --test-dir "$work/native" -R "^$1\$" --no-tests=error --output-on-failure --timeout 300; }

emulated() { qemu-aarch64-static -L "$sysroot" "$@"; }

# All but how long it took.
timeless() { sed -E 's/"(last_|average_)?execution_time":[0-9]+/"time"/g'; }
same_answer() {
  "$root/build/bin/example_from_header" | timeless >"$work/here.json"
  emulated "$work/bin/example_from_header" | timeless >"$work/there.json"
  [ -s "$work/here.json" ] && cmp "$work/here.json" "$work/there.json"
}

if check "the C programs are built" build_programs; then
  for program in "${programs[@]}"; do check "$program, under qemu" passes "$program" || true; done
  check "the library finds its SQLite, under qemu" finds_its_sqlite || true
  check "the header's example answers byte for byte as here" same_answer || true
fi
echo "SKIPPED timing, several processors and the sleep of the scheduler on real arm64: qemu does not show them"
finish
