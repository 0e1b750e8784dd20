#!/usr/bin/env bash
# Installs into an empty folder and uses nothing but that folder: compiler flags, pkg-config, CMake's find_package, another place.
# One line a check. usage: native-tests/run_install.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LD_LIBRARY_PATH CPATH C_INCLUDE_PATH LIBRARY_PATH PKG_CONFIG_PATH CMAKE_PREFIX_PATH
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; fi
}

prefix=$work/usr
cp "$root/native-tests/abi/example_from_header.c" "$work/example.c"
cd "$work"

answers() { "$@" | grep -q '"problem_id":"p1"'; }

compiles_with() { # compiles_with FOLDER FLAGS...: the example, run against the library in that folder
  local folder=$1
  shift
  rm -f example
  gcc -std=c99 -Wall -Wextra -Werror example.c "$@" -o example && LD_LIBRARY_PATH=$folder/lib answers ./example
}

packaged() { compiles_with "$1" $(PKG_CONFIG_PATH="$1/lib/pkgconfig" pkg-config --cflags --libs rancognition); }

found_by_cmake() { # found_by_cmake FOLDER VERSION
  rm -rf project
  mkdir project
  printf 'cmake_minimum_required(VERSION 3.20)\nproject(user C)\nfind_package(rancognition %s REQUIRED)\nadd_executable(user ../example.c)\ntarget_link_libraries(user PRIVATE rancognition::rancognition)\n' "$2" >project/CMakeLists.txt
  cmake -S project -B project/build -DCMAKE_PREFIX_PATH="$1" && cmake --build project/build && answers project/build/user
}

not() { ! "$@"; }

# Each image of build/lib with its links, and nothing else.
same_images() { # same_images FOLDER
  (cd "$root/build/lib" && find . -name 'librancognition.so*' | sort) >built
  (cd "$1/lib" && find . -name 'librancognition.so*' | sort) >installed
  diff built installed
}

# The loader takes the image that is for this machine, with no more help than the program's own RUNPATH.
finds_its_level() { # finds_its_level PROGRAM FOLDER
  local level folder=
  level=$("$root/build/bin/test_cpu_level" print)
  [ ! -d "$2/lib/glibc-hwcaps/$level" ] || folder=glibc-hwcaps/$level/
  ldd "$1"
  ldd "$1" | grep -q "$2/lib/${folder}librancognition.so" && answers "$1"
}

masked_to_the_first() { # masked_to_the_first FOLDER
  local -x GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2
  ldd ./with_rpath | grep -q "$1/lib/librancognition.so" && answers ./with_rpath
}

linked_with_rpath() { # linked_with_rpath FOLDER
  gcc -std=c99 example.c -I"$1/include" -L"$1/lib" -Wl,-rpath,"$1/lib" -lrancognition -o with_rpath && finds_its_level ./with_rpath "$1"
}

needs_the_soname() { readelf -d example | grep -q "NEEDED.*\[librancognition.so.$1\]"; }

abi=$(sed -n 's/^constant RANCOG_ABI_VERSION //p' "$root/tests/golden/abi.txt")
check "install --prefix" "$root/build.sh" install --prefix "$prefix"
check "header and library, found by the compiler's own flags" compiles_with "$prefix" -I"$prefix/include" -L"$prefix/lib" -lrancognition
check "programs ask for the library by its soname" needs_the_soname "$abi"
check "every level is installed" same_images "$prefix"
check "a program linked with -rpath finds its level" linked_with_rpath "$prefix"
check "the same program where AVX2 is masked" masked_to_the_first "$prefix"
check "CMake's find_package" found_by_cmake "$prefix" ""
check "a program linked by CMake finds its level" finds_its_level project/build/user "$prefix"
check "CMake takes an older version of this ABI" found_by_cmake "$prefix" "$abi.0.1"
check "CMake refuses another ABI" not found_by_cmake "$prefix" $((abi + 1))
check "DESTDIR" env DESTDIR="$work/stage" "$root/build.sh" install --prefix /opt/ran
check "what is staged works where it is" compiles_with "$work/stage/opt/ran" -I"$work/stage/opt/ran/include" -L"$work/stage/opt/ran/lib" -lrancognition
check "nothing says where it was built or installed" not grep -rl -e "$root" -e "$work" "$prefix"
mv "$prefix" "$work/moved"
check "CMake's find_package after a move" found_by_cmake "$work/moved" ""
if command -v pkg-config >/dev/null; then
  check "pkg-config, after a move" packaged "$work/moved"
else
  echo "SKIPPED pkg-config is missing (Debian package pkg-config)"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
