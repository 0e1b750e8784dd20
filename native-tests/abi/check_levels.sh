#!/usr/bin/env bash
# Checks the library's images, one for each level of processors, also those that this machine cannot run. One line a check:
#   - each has the soname, exactly the functions of the exports, and the RUNPATH to its SQLite
#   - glibc's loader takes each of them for the level that it is for
#   - the machine code made from C# uses the registers of its level: none wider than 128 bits for x86-64-v2, 256 for -v3, 512 for -v4
# usage: native-tests/abi/check_levels.sh [FOLDER OF THE LIBRARY] [FOLDER OF THE PROGRAMS]   (default: build/lib build/bin)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

libraries=${1:-build/lib}
program=${2:-build/bin}/test_cpu_level
abi=$(sed -n 's/^constant RANCOG_ABI_VERSION //p' tests/golden/abi.txt)
soname=librancognition.so.$abi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; fi
}

image() { # image LEVEL: its path below the library's folder
  if [ "$1" = x86-64-v2 ]; then echo "$soname"; else echo "glibc-hwcaps/$1/$soname"; fi
}

has_soname() { readelf -d "$1" | grep "SONAME.*\[$soname\]"; }

# Where the image looks for its SQLite: a folder of ours, then beside; from a level's folder two folders up.
has_runpath() { # has_runpath LEVEL
  local expected='$ORIGIN/../../rancognition:$ORIGIN/../..:$ORIGIN/rancognition:$ORIGIN'
  [ "$1" != x86-64-v2 ] || expected='$ORIGIN/rancognition:$ORIGIN'
  readelf -d "$libraries/$(image "$1")" | grep -F "runpath: [$expected]"
}

# Which file the loader maps for the program; nothing of it is run.
loader_takes() { # loader_takes PATH LOADER-OPTIONS...
  local expected=$1 found
  shift
  found=$("$loader" "$@" --list "$program" | sed -n "s:.*$soname => \\(.*\\) (.*:\\1:p")
  echo "$found"
  [ -n "$found" ] && [ "$(readlink -f "$found")" = "$(readlink -f "$libraries/$expected")" ]
}

masked() { # masked MASK COMMAND...
  local -x GLIBC_TUNABLES=glibc.cpu.hwcaps=$1
  shift
  "$@"
}

# Instructions of the C# code (the .NET runtime's own C++ chooses at run time) that use registers of 256 and 512 bits.
registers() { # registers IMAGE
  objdump -d --section=__managedcode --no-show-raw-insn "$1" | awk '/%ymm/ { ymm++ } /%zmm/ { zmm++ } END { print (NR > 1000), (ymm > 0), (zmm > 0) }'
}

uses() { # uses "CODE YMM ZMM" IMAGE
  local found
  found=$(registers "$2")
  echo "$found"
  [ "$found" = "$1" ]
}

if [ ! -d "$libraries/glibc-hwcaps" ]; then
  echo "SKIPPED the library was built for one level"
  exit 77
fi
loader=$(readelf -l "$program" | sed -n 's/.*program interpreter: \(.*\)\]/\1/p')

for level in x86-64-v2 x86-64-v3 x86-64-v4; do
  check "$level has the soname" has_soname "$libraries/$(image $level)"
  check "$level looks for its SQLite where it lies" has_runpath $level
  check "$level exports exactly these functions" python3 native-tests/abi/read_ast.py symbols tests/golden/abi.txt "$libraries/$(image $level)"
done
check "the loader takes the first image when it searches no level" loader_takes "$(image x86-64-v2)" --glibc-hwcaps-mask none
check "the loader takes x86-64-v3 for that level" loader_takes "$(image x86-64-v3)" --glibc-hwcaps-prepend x86-64-v3
check "the loader takes x86-64-v4 for that level" loader_takes "$(image x86-64-v4)" --glibc-hwcaps-prepend x86-64-v4
check "the loader takes the first image without AVX2" masked -AVX2 loader_takes "$(image x86-64-v2)"
check "by itself the loader takes the level that the program gets" loader_takes "$(image "$("$program" print)")"
if command -v objdump >/dev/null; then
  check "x86-64-v2 has no instruction above 128 bits" uses "1 0 0" "$libraries/$(image x86-64-v2)"
  check "x86-64-v3 has instructions of 256 bits, none of 512" uses "1 1 0" "$libraries/$(image x86-64-v3)"
  check "x86-64-v4 has instructions of 512 bits" uses "1 1 1" "$libraries/$(image x86-64-v4)"
else
  echo "SKIPPED objdump is missing (Debian package binutils): the registers that each level uses"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
