#!/usr/bin/env bash
# build.sh itself: one clear line for a missing tool, nothing rebuilt the second time, wrong use refused. One line a check.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; fi
}

# A folder with links to everything on the PATH but one tool.
path_without() { # path_without TOOL
  local folder
  rm -rf "$work/path"
  mkdir "$work/path"
  IFS=: read -ra folders <<<"$PATH"
  for folder in "${folders[@]}"; do
    [ -d "$folder" ] && find "$folder" -maxdepth 1 \( -type f -o -type l \) ! -name "$1" -exec ln -s -t "$work/path" {} + 2>/dev/null
  done
  return 0
}

# Fails with exactly one line that names the Debian package.
names_package() { # names_package TOOL PACKAGE
  path_without "$1"
  one_line "$2" env PATH="$work/path" ./build.sh
}

# A tool that is there but too old.
refuses_version() { # refuses_version TOOL ANSWER PACKAGE
  path_without "$1"
  printf '#!/bin/sh\necho "%s"\n' "$2" >"$work/path/$1"
  chmod +x "$work/path/$1"
  one_line "$3" env PATH="$work/path" ./build.sh
}

one_line() { # one_line PACKAGE COMMAND...
  local package=$1
  shift
  if "$@" >"$work/out" 2>"$work/err"; then echo "it did not fail"; return 1; fi
  cat "$work/out" "$work/err"
  [ "$(wc -l <"$work/err")" = 1 ] && [ ! -s "$work/out" ] && grep -q "Debian package $package\$" "$work/err"
}

changes_nothing() { # changes_nothing COMMAND...
  ./build.sh >/dev/null && touch "$work/moment" && sleep 0.01 && "$@" && [ -z "$(find build/lib build/bin build/publish build/native -newer "$work/moment" -type f -print -quit)" ]
}

refused() { ! "$@"; }

# For one level it is put in the place of all of them, and what was compiled before is not compiled again.
one_level() { # one_level NAME
  ./build.sh && touch "$work/moment" && ./build.sh build --cpu "$1" || return 1
  [ ! -e build/lib/glibc-hwcaps ] && cmp build/lib/librancognition.so "build/publish/x86-64-$1/librancognition.so" && nothing_compiled_since "$work/moment"
}

all_levels_again() {
  ./build.sh || return 1
  nothing_compiled_since "$work/moment" && cmp build/lib/librancognition.so build/publish/x86-64-v2/librancognition.so &&
    cmp build/lib/glibc-hwcaps/x86-64-v3/librancognition.so build/publish/x86-64-v3/librancognition.so &&
    cmp build/lib/glibc-hwcaps/x86-64-v4/librancognition.so build/publish/x86-64-v4/librancognition.so
}

# One of the levels fails, at its C compiler: its log is shown, it is named, and build/lib stays as it was.
tells_the_level_that_failed() { # tells_the_level_that_failed LEVEL
  local image=build/publish/$1/librancognition.so code=0
  ./build.sh >/dev/null && cp -p "$image" "$work/image" && rm "$image" && mkdir -p "$work/tools" || return 1
  printf '#!/bin/sh\ncase "$*" in *%s/*) exit 1 ;; esac\nexec %s "$@"\n' "$1" "$(command -v gcc)" >"$work/tools/gcc"
  chmod +x "$work/tools/gcc"
  PATH=$work/tools:$PATH ./build.sh >"$work/out" 2>&1 || code=$?
  cp -p "$work/image" "$image"
  cat "$work/out"
  [ $code != 0 ] && grep -q "native/$1/[a-z_]*.o.* exited with code 1" "$work/out" && grep -q "did not compile: $1\$" "$work/out" && changes_nothing ./build.sh
}

nothing_compiled_since() { [ -z "$(find build/publish -name 'librancognition.so' -newer "$1" -print -quit)" ]; }

check "no dotnet" names_package dotnet dotnet-sdk-10.0
check "a dotnet that is too old" refuses_version dotnet 9.0.100 dotnet-sdk-10.0
check "no gcc" names_package gcc gcc
check "no g++" names_package g++ g++
check "no objcopy" names_package objcopy binutils
check "no cmake" names_package cmake cmake
check "a cmake that is too old" refuses_version cmake "cmake version 3.18.4" cmake
check "no python3" names_package python3 python3
check "a second build compiles nothing" changes_nothing ./build.sh
check "a second run compiles nothing" changes_nothing ./build.sh run
if [ "$(uname -m)" = x86_64 ]; then
  check "build --cpu builds one level" one_level v3
  check "then build gives all levels again" all_levels_again
  check "a level that does not compile is named" tells_the_level_that_failed x86-64-v3
fi
check "an unknown level is refused" refused ./build.sh build --cpu v9
check "--cpu without a level is refused" refused ./build.sh build --cpu
check "an unknown option of build is refused" refused ./build.sh build --nonsense
check "an unknown command is refused" refused ./build.sh nonsense
check "an unknown benchmark is refused" refused ./build.sh bench nonsense
check "install refuses an unknown option" refused ./build.sh install --nonsense
check "install refuses --prefix without a folder" refused ./build.sh install --prefix
check "uninstall refuses an unknown option" refused ./build.sh uninstall --nonsense
check "uninstall refuses --prefix without a folder" refused ./build.sh uninstall --prefix
check "deb refuses an option" refused ./build.sh deb --nonsense
check "dist refuses an option" refused ./build.sh dist --nonsense
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
