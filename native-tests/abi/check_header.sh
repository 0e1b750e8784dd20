#!/usr/bin/env bash
# Checks the generated C headers independently of the generator, one line a check:
#   - they compile alone and together as C99, C11 and C++17, without a warning, with gcc and clang-14; so do the layout asserts and the header's example
#   - Clang's own reading of them (syntax tree, record layouts, macros) equals tests/golden/abi.txt, which was made from the exports
#   - the built library, when its path is given, exports exactly these functions
# usage: native-tests/abi/check_header.sh [librancognition.so]
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

library=${1:-}
golden=tests/golden/abi.txt
abi=native-tests/abi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    passed=$((passed + 1))
    printf 'ok      %s\n' "$name"
    sed -n 's/^note: /        /p' "$work/log"
  else
    failed=$((failed + 1))
    printf 'FAILED  %s\n' "$name"
    sed 's/^/        /' "$work/log"
  fi
}

skip() { printf 'SKIPPED %s\n' "$*"; }

printf '#include "rancognition.h"\nint alone = RANCOG_ABI_VERSION;\n' >"$work/header.c"
printf '#include "rancognition_phase4.h"\n#include "rancognition.h"\nuint64_t use(void);\nuint64_t use(void) { return get_nanotime(); }\n' >"$work/phase4.c"

compile() { # compile COMPILER LANGUAGE-OPTIONS...
  local compiler=$1 standard=$2 source
  shift
  for source in "$work/header.c" "$work/phase4.c" $abi/layout_asserts.c $abi/example_from_header.c; do
    check "$compiler $standard ${source##*/}" "$compiler" "$@" -Wall -Wextra -Werror -pedantic -Iinclude -c "$source" -o "$work/out.o"
  done
}

# The comparison must be able to fail: a header that was changed must differ from the exports.
noticed() { # noticed SED-EXPRESSION
  sed "$1" include/rancognition.h >"$work/changed.h"
  ! cmp -s include/rancognition.h "$work/changed.h" && ! python3 $abi/read_ast.py header "$golden" "$work/changed.h" clang-14 >/dev/null
}

have() { command -v "$1" >/dev/null; }

compile gcc -std=c99
compile gcc -std=c11
compile g++ -std=c++17 -x c++
if have clang-14; then
  compile clang-14 -std=c99
  compile clang-14 -std=c11
  compile clang-14 -std=c++17 -x c++
  check "Clang's reading of the header equals the exports" python3 $abi/read_ast.py header "$golden" include/rancognition.h clang-14
  check "a changed parameter would be noticed" noticed 's/rancog_buffer_free(uint8_t/rancog_buffer_free(const uint8_t/'
  check "a changed layout would be noticed" noticed 's/uint32_t flags;/uint64_t flags;/'
  check "every wrapper of rancognition_phase4.h calls its export" python3 $abi/read_ast.py phase4 "$golden" include/rancognition_phase4.h clang-14
else
  skip "clang-14 is missing (Debian package clang-14): compiling with it, and its independent reading of the header"
fi

if [ -z "$library" ]; then
  skip "no library given: its exported symbols"
elif ! have nm; then
  skip "nm is missing (Debian package binutils): the library's exported symbols"
else
  check "the library exports exactly these functions" python3 $abi/read_ast.py symbols "$golden" "$library"
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
