#!/usr/bin/env bash
# The documents hold: their examples run (run_examples.py, after its own tests), and Doxygen renders the headers without a warning.
# usage: tests/docs/check.sh
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; fi
}

# A copy of the headers, one of them changed by a sed expression, as Doxygen sees it.
renders() { # renders SED-EXPRESSION [HEADER]
  rm -rf "$work/changed"
  mkdir -p "$work/changed/src" "$work/changed/build/docs"
  cp -r include "$work/changed/"
  cp -r src/RanCognition.HeaderGen "$work/changed/src/"
  sed -i "$1" "$work/changed/include/${2:-rancognition.h}"
  (cd "$work/changed" && doxygen src/RanCognition.HeaderGen/Doxyfile)
}

noticed() { # noticed SED-EXPRESSION [HEADER]
  ! renders "$@" && ! cmp -s "include/${2:-rancognition.h}" "$work/changed/include/${2:-rancognition.h}"
}

# What the pages must have: the manual's parts, each chapter, and links from the text to functions and status codes.
pages_are_whole() {
  local html=build/docs/html title
  for title in CAVEATS THREADS OWNERSHIP ERRORS VERSIONS CHAPTERS; do
    grep -q "^$title</h1>" $html/index.html || { echo "index.html has no $title"; return 1; }
  done
  sed -n 's/.*@defgroup \([a-z_]*\) .*/\1/p' include/rancognition.h | while read -r title; do
    title=group__${title//_/__}.html
    [ -s "$html/$title" ] || { echo "$title is missing"; return 1; }
    grep -q "href=\"$title\"" $html/index.html || case "$title" in group__types.html | group__status__codes.html) ;; *) echo "index.html does not lead to $title"; return 1 ;; esac
  done || return 1
  grep -q '<a class="el" href="group__status__codes.html#[^"]*"[^>]*>RANCOG_E_FORKED</a>' $html/index.html || { echo "status codes are not links"; return 1; }
  grep -q '<a class="el" href="group__library.html#[^"]*"[^>]*>rancog_buffer_free</a>' $html/group__report.html || { echo "functions are not links"; return 1; }
}

# The C++ classes are found from the main page: by the header's page and the chapter C++; and they lead to the functions of the manual.
cpp_is_found() {
  local html=build/docs/html class page
  grep -q 'href="rancognition_8hpp.html"' $html/index.html || { echo "index.html does not lead to rancognition.hpp"; return 1; }
  grep -q '"C++", "group__cpp.html"' $html/modules.js || { echo "the sidebar has no chapter C++"; return 1; }
  for class in temporal scheduler memory optimization loader module_ref pool task plugin; do
    page=classrancog_1_1basic__${class%_ref}.html
    [ -s "$html/$page" ] || { echo "$page is missing"; return 1; }
    grep -q "href=\"$page\"" $html/group__cpp.html || { echo "the chapter C++ does not lead to $page"; return 1; }
    grep -q "rancog::$class</b> *=" $html/group__cpp.html || { echo "the chapter C++ has no $class"; return 1; }
    grep -q "href=\"$page\"" $html/namespacerancog_1_1nothrow.html || { echo "nothrow does not lead to $page"; return 1; }
  done
  grep -q 'href="group__[a-z_]*.html#[^"]*"[^>]*>rancog_temporal_forecast</a>' $html/classrancog_1_1basic__temporal.html || { echo "C functions are not links"; return 1; }
  ! grep -l 'with_exceptions\|detail::' $html/class*.html $html/namespace*.html $html/group__cpp.html || { echo "they show what is not for readers"; return 1; }
}

check "the finder of examples and its runner, by their own tests" python3 -m unittest discover -s tests/docs -p 'test_*.py'
if command -v doxygen >/dev/null; then
  check "Doxygen renders the headers without a warning" ./build.sh docs
  check "the pages are whole, and linked" pages_are_whole
  check "the C++ classes are found from the main page" cpp_is_found
  check "a copy renders, too" renders ""
  check "a parameter without a text would be noticed" noticed '/@param thread_count/,/Results do not depend/d'
  check "a wrong name of a parameter would be noticed" noticed 's/@param coverage/@param covrage/'
  check "a type without a text would be noticed" noticed '/^\/\*\* Handle: a memory pool/d'
  check "a function of a C++ class without a text would be noticed" noticed '/\/\/\/ rancog_scheduler_cancel_task:/d' rancognition.hpp
  check "a C++ alias without a text would be noticed" noticed '/^using pool =/s/ *\/\/\/<.*//' rancognition.hpp
else
  echo "SKIPPED doxygen is missing (Debian package doxygen): the pages of the manual"
fi
tests/docs/run_examples.py >"$work/examples" || failed=$((failed + $(sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' "$work/examples" | grep . || echo 1)))
passed=$((passed + $(sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' "$work/examples" | grep . || echo 0)))
sed '/^[0-9]* passed, [0-9]* failed$/d' "$work/examples"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
