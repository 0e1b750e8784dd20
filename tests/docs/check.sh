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

# A copy of the headers, changed by a sed expression, as Doxygen sees it.
renders() { # renders SED-EXPRESSION
  rm -rf "$work/changed"
  mkdir -p "$work/changed/src" "$work/changed/build/docs"
  cp -r include "$work/changed/"
  cp -r src/RanCognition.HeaderGen "$work/changed/src/"
  sed -i "$1" "$work/changed/include/rancognition.h"
  (cd "$work/changed" && doxygen src/RanCognition.HeaderGen/Doxyfile)
}

noticed() { # noticed SED-EXPRESSION
  ! renders "$1" && ! cmp -s include/rancognition.h "$work/changed/include/rancognition.h"
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

check "the finder of examples and its runner, by their own tests" python3 -m unittest discover -s tests/docs -p 'test_*.py'
if command -v doxygen >/dev/null; then
  check "Doxygen renders the headers without a warning" ./build.sh docs
  check "the pages are whole, and linked" pages_are_whole
  check "a copy renders, too" renders ""
  check "a parameter without a text would be noticed" noticed '/@param thread_count/,/Results do not depend/d'
  check "a wrong name of a parameter would be noticed" noticed 's/@param coverage/@param covrage/'
  check "a type without a text would be noticed" noticed '/^\/\*\* Handle: a memory pool/d'
else
  echo "SKIPPED doxygen is missing (Debian package doxygen): the pages of the manual"
fi
tests/docs/run_examples.py >"$work/examples" || failed=$((failed + $(sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' "$work/examples" | grep . || echo 1)))
passed=$((passed + $(sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' "$work/examples" | grep . || echo 0)))
sed '/^[0-9]* passed, [0-9]* failed$/d' "$work/examples"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
