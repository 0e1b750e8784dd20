#!/usr/bin/env bash
# Checks rancognition.hpp itself, one line a check: it compiles without a warning by g++ and clang-14, as C++17 and C++20, with and without
# exceptions, alone and with every function in use; it names every export; it leaves no macro behind; what shall not compile does not.
# usage: native-tests/cpp/check_hpp.sh
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

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
  else
    failed=$((failed + 1))
    printf 'FAILED  %s\n' "$name"
    sed 's/^/        /' "$work/log" | head -n 20
  fi
}

# Compiles without making code; templates that are used are checked whole.
compiles() { # compiles COMPILER OPTIONS... SOURCE
  "$@" -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror -Iinclude -Inative-tests/harness -fsyntax-only
}

every_export_is_used() {
  local name missing=0
  while read -r name; do
    grep -q "[^a-z_]$name[^a-z_]" "$work/code" || { echo "$name is not called"; missing=1; }
  done < <(sed -n 's/^EXPORT(\(rancog_[a-z_0-9]*\),.*/\1/p' native-tests/harness/exports.def)
  return $missing
}

# Each of the header's codes, by name, in what status_name knows.
status_names() {
  local name missing=0
  while read -r name; do
    grep -q "case $name: return \"$name\";" include/rancognition.hpp || { echo "$name has no name"; missing=1; }
  done < <(sed -n 's/^#define \(RANCOG_E_[A-Z_]*\|RANCOG_OK\) .*/\1/p' include/rancognition.h)
  return $missing
}

macros() { # macros SOURCE-TEXT
  printf '%s\n' "$1" | g++ -std=c++17 -x c++ -Iinclude -dM -E - | sed -n 's/^#define \([A-Za-z_0-9]*\).*/\1/p' | grep -i rancog | sort
}

no_macro_is_left() {
  [ "$(macros '#include "rancognition.hpp"')" = "$( (macros '#include "rancognition.h"'; echo RANCOGNITION_HPP) | sort)" ]
}

refused() { # refused REASON STATEMENT [OPTIONS...]: does not compile, for this reason; the rest of the program does
  local reason=$1 statement=$2
  shift 2
  printf '#include "rancognition.hpp"\nvoid use();\nvoid use()\n{\n%s\n}\n' "$statement" >"$work/refused.cpp"
  ! g++ -std=c++17 "$@" -Iinclude -fsyntax-only "$work/refused.cpp" 2>"$work/why" && { cat "$work/why"; grep -q "$reason" "$work/why"; }
}

# What stands in comments is no use of it.
sed 's://.*::' include/rancognition.hpp >"$work/code"
printf '#include "rancognition.hpp"\n' >"$work/alone.cpp"

# g++ compiles all of the tests as C++17 with these warnings when they are built.
calls=native-tests/cpp/test_hpp_calls.cpp
callbacks=native-tests/cpp/test_hpp_callbacks.cpp
memory=native-tests/cpp/test_hpp_memory.cpp
optimization=native-tests/cpp/test_hpp_optimization.cpp
strange_loop=native-tests/cpp/test_hpp_strange_loop.cpp
cognitive=native-tests/cpp/test_hpp_cognitive.cpp
check "g++, C++17, the header alone" compiles g++ -std=c++17 "$work/alone.cpp"
check "g++, C++20, every function" compiles g++ -std=c++20 $calls $memory $optimization $strange_loop $cognitive
check "g++, C++20, callbacks" compiles g++ -std=c++20 $callbacks
if command -v clang++-14 >/dev/null; then
  check "clang++-14, C++17, every function" compiles clang++-14 -std=c++17 $calls $memory $optimization $strange_loop $cognitive
  check "clang++-14, C++20, every function" compiles clang++-14 -std=c++20 $calls $memory $optimization $strange_loop $cognitive
  check "clang++-14, C++17, -fno-exceptions -fno-rtti, every function" compiles clang++-14 -std=c++17 -fno-exceptions -fno-rtti $calls $memory $optimization $strange_loop $cognitive
  check "clang++-14, C++17, callbacks" compiles clang++-14 -std=c++17 $callbacks
  check "clang++-14, C++17, pool and plug-in" compiles clang++-14 -std=c++17 native-tests/cpp/test_hpp_pool.cpp native-tests/cpp/plugin_hpp.cpp
else
  echo "SKIPPED clang++-14 is missing (Debian package clang-14): compiling with it"
fi
check "every export is called" every_export_is_used
check "no macro is left behind" no_macro_is_left
check "a status of this version has its name" status_names
check "a handle is not copied" refused "deleted function" 'rancog::temporal a, b(a);'
check "a handler that answers with a double is refused" refused "a handler returns nothing, a status" \
  'rancog::scheduler().register_handler("a", [](const rancog::task &) { return 0.5; });'
check "a handler of other arguments is refused" refused "a handler is called with one argument" 'rancog::scheduler().register_handler("a", [](int) {});'
check "an evaluator that answers with a number is refused" refused "an evaluator returns nothing, or a bool" \
  'rancog::optimization().optimize_with("{}", [](rancog::span<const double>, rancog::span<double>) { return 0; });'
check "an evaluator of other arguments is refused" refused "an evaluator is called with" 'rancog::optimization().optimize_with("{}", [](int) {});'
check "a batch evaluator of other arguments is refused" refused "a batch evaluator is called with" 'rancog::optimization().optimize_with_batch("{}", [](int) {});'
check "a map that answers with a number is refused" refused "an evaluator returns nothing, or a bool" \
  'rancog::strange_loop().solve_with("{}", [](rancog::span<const double>, rancog::span<double>) { return 0; });'
check "a map of other arguments is refused" refused "an evaluator is called with (span<const double> x, span<double> fx)" \
  'rancog::strange_loop().solve_with("{}", [](rancog::span<const double>) {});'
check "a model that answers with a number is refused" refused "an evaluator returns nothing, or a bool" \
  'rancog::cognitive().decide_with("{}", {}, [](std::string_view, rancog::span<double>) { return 0; });'
check "a model of other arguments is refused" refused "a model is called with (std::string_view question, span<double> values)" \
  'rancog::cognitive().decide_with("{}", {}, [](std::string_view) {});'
check "a result that nobody looks at is refused" refused "nodiscard" 'rancog::nothrow::temporal::create();' -Werror=unused-result
check "C++14 is refused by name" refused "rancognition.hpp needs C++17" "" -std=c++14
check "without exceptions there is nothing that throws" refused "is not a member of .rancog" 'rancog::temporal core;' -fno-exceptions

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
