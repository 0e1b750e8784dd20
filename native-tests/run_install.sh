#!/usr/bin/env bash
# Installs into an empty folder and uses nothing but that folder: compiler flags, pkg-config, CMake's find_package, another place; then installs over it and
# takes it away again.
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
cp "$root/native-tests/abi/consumer.cpp" "$work/consumer.cpp"
. "$root/native-tests/abi/own_sqlite.sh"
cd "$work"

# grep reads to the end: a program that still writes is not stopped.
answers() { "$@" | grep '"problem_id":"p1"' >/dev/null; }

compiles_with() { # compiles_with FOLDER FLAGS...: the example, run against the library in that folder
  local folder=$1
  shift
  rm -f example
  gcc -std=c99 -Wall -Wextra -Werror example.c "$@" -o example && LD_LIBRARY_PATH=$folder/lib answers ./example
}

# By pkg-config, whose answer a shell reads: there may be blanks in the folder's name.
flags_of() { PKG_CONFIG_PATH="$1/pkgconfig" pkg-config --cflags --libs rancognition; }

packaged_c() { # packaged_c PREFIX LIBDIR
  rm -f example
  eval "gcc -std=c99 -Wall -Wextra -Werror example.c $(flags_of "$1/$2") -o example" && LD_LIBRARY_PATH=$1/$2 answers ./example
}

packaged_cpp() { # packaged_cpp PREFIX LIBDIR
  rm -f consumer
  eval "g++ -std=c++17 -Wall -Wextra -Werror consumer.cpp $(flags_of "$1/$2") -o consumer" && LD_LIBRARY_PATH=$1/$2 forecasts ./consumer
}

forecasts() { "$@" | grep -x 'status 0, forecast' >/dev/null; }

# A project that asks for the package with these words.
found_by_cmake() { # found_by_cmake FOLDER VERSION [WORDS...]
  rm -rf project
  mkdir project
  printf 'cmake_minimum_required(VERSION 3.20)\nproject(user C CXX)\nset(CMAKE_CXX_STANDARD 17)\nfind_package(RanCognition %s REQUIRED)\n' "${*:2}" >project/CMakeLists.txt
  printf 'add_executable(%s)\ntarget_link_libraries(%s PRIVATE RanCognition::rancognition)\n' "user ../example.c" user "consumer ../consumer.cpp" consumer >>project/CMakeLists.txt
  cmake -S project -B project/build -DCMAKE_PREFIX_PATH="$1" && cmake --build project/build && answers project/build/user && forecasts project/build/consumer
}

c_alone() { # c_alone FOLDER
  rm -rf project
  mkdir project
  printf 'cmake_minimum_required(VERSION 3.20)\nproject(user C)\nfind_package(RanCognition REQUIRED)\nfind_package(RanCognition REQUIRED)\nadd_executable(user ../example.c)\ntarget_link_libraries(user PRIVATE RanCognition::rancognition)\n' >project/CMakeLists.txt
  cmake -S project -B project/build -DCMAKE_PREFIX_PATH="$1" && cmake --build project/build && answers project/build/user
}

# The refusal says why.
refuses() { # refuses TEXT COMMAND...
  local text=$1
  shift
  if "$@" >refusal 2>&1; then cat refusal; echo "it did not fail"; return 1; fi
  cat refusal
  tr -s '\n ' ' ' <refusal | grep -qF -e "$text"
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
  ldd "$1" | grep "$2/lib/${folder}librancognition.so" >/dev/null && answers "$1"
}

masked_to_the_first() { # masked_to_the_first FOLDER
  local -x GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2
  ldd ./with_rpath | grep "$1/lib/librancognition.so" >/dev/null && answers ./with_rpath
}

linked_with_rpath() { # linked_with_rpath FOLDER
  gcc -std=c99 example.c -I"$1/include" -L"$1/lib" -Wl,-rpath,"$1/lib" -lrancognition -o with_rpath && finds_its_level ./with_rpath "$1"
}

needs_the_soname() { readelf -d example | grep "NEEDED.*\[librancognition.so.$1\]" >/dev/null; }

# An older version's files under their names, as if it had been installed before.
age() { # age PREFIX LIBDIR VERSION
  local image
  find "$1/$2" -type f -name "librancognition.so.$version" | while read -r image; do mv "$image" "${image%"$version"}$3"; ln -sf "librancognition.so.$3" "$(dirname "$image")/librancognition.so.$abi"; done
  [ ! -f "$1/$list" ] || sed -i "s/$version/$3/" "$1/$list"
}

replaces() { # replaces VERSION: it is gone, the new one answers, the list is as if there had been none
  local fresh=$work/fresh
  age "$prefix" lib "$1"
  "$root/build.sh" install --prefix "$prefix" && "$root/build.sh" install --prefix "$fresh" || return 1
  [ -z "$(find "$prefix" -name "*$1*")" ] && diff "$prefix/$list" "$fresh/$list" && LD_LIBRARY_PATH=$prefix/lib answers ./example &&
    "$root/build.sh" uninstall --prefix "$fresh"
}

# What the versions without a list left: their own CMake package and images.
replaces_without_a_list() {
  local place=$work/without
  local old=$place/lib/cmake/rancognition
  cp -a "$prefix" "$place" && rm "$place/$list" && age "$place" lib 0.3.0 && mkdir "$old" && touch "$old/rancognition-config.cmake" "$old/rancognition-config-version.cmake" "$place/lib/mine.so.0.3.0" || return 1
  "$root/build.sh" install --prefix "$place"
  [ ! -e "$old" ] && [ -z "$(find "$place" -name 'librancognition*0.3.0*')" ] && [ -e "$place/lib/mine.so.0.3.0" ] && LD_LIBRARY_PATH=$place/lib answers ./example
}

# Goes away without a trace, and without a file or folder that it did not bring.
uninstalls() {
  local place=$work/mixed
  mkdir -p "$place/lib" "$place/share" && echo mine >"$place/lib/mine.so" && "$root/build.sh" install --prefix "$place" || return 1
  echo mine >"$place/include/mine.h"
  "$root/build.sh" uninstall --prefix "$place"
  printf '%s\n' . ./include ./include/mine.h ./lib ./lib/mine.so ./share >expected
  (cd "$place" && find . | LC_ALL=C sort) | diff expected -
}

uninstalls_all() { "$root/build.sh" install --prefix "$work/alone/ran" && "$root/build.sh" uninstall --prefix "$work/alone/ran" && [ ! -e "$work/alone/ran" ]; }

# A list that somebody changed does not lead out of its prefix.
keeps_to_its_prefix() { # keeps_to_its_prefix LINE
  "$root/build.sh" install --prefix "$work/led" && echo precious >precious && cp "$work/led/$list" kept || return 1
  echo "$1" >>"$work/led/$list"
  refuses "outside of" "$root/build.sh" uninstall --prefix "$work/led" && [ -f precious ] && [ -f "$work/led/include/rancognition.h" ] && cp kept "$work/led/$list"
}

# Nothing is half installed: the folder is as it was, and nothing is left of what was made ready.
refuses_untouched() { # refuses_untouched TEXT FOLDER PREFIX
  local before
  before=$(find "$2" | LC_ALL=C sort)
  refuses "$1" "$root/build.sh" install --prefix "$3" && [ "$(wc -l <refusal)" = 1 ] && [ "$(find "$2" | LC_ALL=C sort)" = "$before" ]
}

# Anybody but root is stopped by the folder's mode; root by a file system that takes no files.
folder_that_takes_nothing() {
  if [ "$(id -u)" = 0 ]; then echo /proc; else mkdir -p closed && chmod 555 closed && echo "$work/closed"; fi
}

modes_survive() { # a folder that was there keeps its mode
  mkdir -p "$work/modes/lib" && chmod 2775 "$work/modes/lib" && (umask 077 && "$root/build.sh" install --prefix "$work/modes") || return 1
  [ "$(stat -c %a "$work/modes/lib")" = 2775 ] && [ -z "$(find "$work/modes" \( -type d ! -perm -555 -o -type f ! -perm -444 \) -print)" ]
}

relative_prefix() { mkdir -p elsewhere && (cd elsewhere && "$root/build.sh" install --prefix here) && [ -f elsewhere/here/include/rancognition.h ]; }

# The image of every level that this machine can run finds the one SQLite that goes with the library.
finds_its_sqlite() { # finds_its_sqlite FOLDER SQLITE
  local level best
  best=$("$root/build/bin/test_cpu_level" print)
  own_sqlite_in "$work" "$1/librancognition.so" "$2" || return 1
  for level in x86-64-v3 x86-64-v4; do
    if [ -d "$1/glibc-hwcaps/$level" ] && [[ ! $level > $best ]]; then own_sqlite_in "$work" "$1/glibc-hwcaps/$level/librancognition.so" "$2" || return 1; fi
  done
}

# The file is the only one of its name below the folder.
one_sqlite() { [ "$(find "$1" -name '*sqlite3.so*')" = "$1/lib/rancognition/librancognition-sqlite3.so" ]; }

# Plainly beside the images, where there is no folder rancognition.
sqlite_beside() {
  local place=$work/beside
  mkdir "$place" && cp -a "$prefix/lib"/librancognition.so* "$place/" && cp "$prefix/lib/rancognition/librancognition-sqlite3.so" "$place/" || return 1
  [ ! -d "$prefix/lib/glibc-hwcaps" ] || cp -a "$prefix/lib/glibc-hwcaps" "$place/"
  finds_its_sqlite "$place" "$place/librancognition-sqlite3.so"
}

# All but the memory works where it is missing.
works_without_sqlite() {
  local place=$work/without_sqlite
  cp -a "$prefix" "$place" && rm -r "$place/lib/rancognition" && LD_LIBRARY_PATH=$place/lib answers ./example
}

through_a_link() { mkdir -p "$work/linked/far" && ln -sfn "$1/lib" "$work/linked/far/lib" && found_by_cmake "$work/linked/far" ""; }

incomplete() { # incomplete: a header that went away is named
  cp -a "$prefix" "$work/incomplete" && rm "$work/incomplete/include/rancognition.h" && refuses "include/rancognition.h is missing" found_by_cmake "$work/incomplete" ""
}

list=share/rancognition/install_manifest.txt
version=$(sed -n 's:.*<RanVersion>\(.*\)</RanVersion>.*:\1:p' "$root/Directory.Build.props")
abi=$(sed -n 's/^constant RANCOG_ABI_VERSION //p' "$root/tests/golden/abi.txt")
check "install --prefix" "$root/build.sh" install --prefix "$prefix"
check "header and library, found by the compiler's own flags" compiles_with "$prefix" -I"$prefix/include" -L"$prefix/lib" -lrancognition
check "programs ask for the library by its soname" needs_the_soname "$abi"
check "every level is installed" same_images "$prefix"
check "a program linked with -rpath finds its level" linked_with_rpath "$prefix"
check "the same program where AVX2 is masked" masked_to_the_first "$prefix"
check "CMake's find_package, C and C++" found_by_cmake "$prefix" ""
check "a program linked by CMake finds its level" finds_its_level project/build/user "$prefix"
check "a project of C alone, asking twice" c_alone "$prefix"
check "CMake takes an older version of this ABI" found_by_cmake "$prefix" "$abi.0.1"
check "CMake takes exactly this version" found_by_cmake "$prefix" "$version EXACT"
check "CMake takes a range with this version in it" found_by_cmake "$prefix" "$abi.1...$abi.99"
check "CMake takes a range that ends with this version" found_by_cmake "$prefix" "$abi.1...$version"
check "CMake refuses another ABI" refuses "version: $version" found_by_cmake "$prefix" $((abi + 1))
check "CMake refuses a newer version" refuses "version: $version" found_by_cmake "$prefix" "$abi.99"
check "CMake refuses a range that ends before this version" refuses "version: $version" found_by_cmake "$prefix" "$abi.1...<$version"
check "CMake refuses a range of another ABI" refuses "version: $version" found_by_cmake "$prefix" "$((abi + 1))...$((abi + 2))"
check "CMake refuses a component" refuses 'has no component "gui"' found_by_cmake "$prefix" "COMPONENTS gui"
check "CMake goes on without an optional component" found_by_cmake "$prefix" "OPTIONAL_COMPONENTS gui"
check "CMake's find_package through a link to lib" through_a_link "$prefix"
check "CMake names what is missing" incomplete
check "SQLite is installed once" one_sqlite "$prefix"
check "the library finds its SQLite and no other" finds_its_sqlite "$prefix/lib" "$prefix/lib/rancognition/librancognition-sqlite3.so"
check "also where the files lie plainly in one folder" sqlite_beside
check "without it, all but the memory works" works_without_sqlite
check "DESTDIR" env DESTDIR="$work/stage" "$root/build.sh" install --prefix /opt/ran
check "what is staged works where it is" compiles_with "$work/stage/opt/ran" -I"$work/stage/opt/ran/include" -L"$work/stage/opt/ran/lib" -lrancognition
check "nothing says where it was built or installed" not grep -rl -e "$root" -e "$work" "$prefix"
check "licences and notices are installed" grep -q "MIT" "$prefix/share/doc/rancognition/LICENSE" "$prefix/share/doc/rancognition/dotnet-LICENSE.txt" "$prefix/share/doc/rancognition/uplot.LICENSE.txt" "$prefix/share/doc/rancognition/databases-NOTICES.txt"
check "the list names all that is there" diff <(sed '/^#/d; s:/$::' "$prefix/$list" | LC_ALL=C sort) <(cd "$prefix" && find . | sed 's:^\./::' | LC_ALL=C sort)
check "a new version takes the older one's place" replaces 0.3.9
check "a version without a list is replaced too" replaces_without_a_list
check "uninstall takes away what install brought, and nothing else" uninstalls
check "uninstall leaves no folder of its own" uninstalls_all
check "uninstall refuses a list that leads upwards" keeps_to_its_prefix lib/../../precious
check "uninstall refuses a list that leads elsewhere" keeps_to_its_prefix "$work/precious"
check "uninstall refuses a folder without a list" refuses "was not installed there" "$root/build.sh" uninstall --prefix "$work/project"
check "uninstall with DESTDIR" env DESTDIR="$work/stage" "$root/build.sh" uninstall --prefix /opt/ran
check "it left nothing there" not test -e "$work/stage/opt/ran"
mkdir -p elsewhere
touch file
check "a prefix below a file is refused" refuses_untouched "file is not a folder: nothing was changed" "$work/elsewhere" "$work/file/ran"
mkdir -p obstacle/share obstacle/include/rancognition.h
check "a folder in a file's place is refused" refuses_untouched "rancognition.h is a folder" "$work/obstacle" "$work/obstacle"
rm -rf obstacle && mkdir -p obstacle && touch obstacle/lib
check "a file in a folder's place is refused" refuses_untouched "lib is not a folder" "$work/obstacle" "$work/obstacle"
closed=$(folder_that_takes_nothing)
check "a folder that takes no files is refused" refuses "cannot write in $closed" "$root/build.sh" install --prefix "$closed/ran"
check "install --libdir refuses a way upwards" refuses "below the prefix" "$root/build.sh" install --prefix "$work/none" --libdir ../lib
check "install --libdir refuses an absolute folder" refuses "below the prefix" "$root/build.sh" install --prefix "$work/none" --libdir /usr/lib
check "folders keep their modes, files can be read, under any umask" modes_survive
check "a prefix is taken from where the caller is" relative_prefix
spaced="$work/with blanks and ünïcode"
multiarch=lib/$(gcc -print-multiarch)
check "install --libdir --includedir, in a folder with blanks" "$root/build.sh" install --prefix "$spaced" --libdir "$multiarch" --includedir include/ran
check "CMake's find_package there" found_by_cmake "$spaced" ""
check "the library finds its SQLite there" finds_its_sqlite "$spaced/$multiarch" "$spaced/$multiarch/rancognition/librancognition-sqlite3.so"
mv "$prefix" "$work/moved"
check "CMake's find_package after a move" found_by_cmake "$work/moved" ""
if command -v pkg-config >/dev/null; then
  check "pkg-config, C, after a move" packaged_c "$work/moved" lib
  check "pkg-config, C++" packaged_cpp "$work/moved" lib
  check "pkg-config, C, in a folder with blanks" packaged_c "$spaced" "$multiarch"
else
  echo "SKIPPED pkg-config is missing (Debian package pkg-config)"
fi
check "uninstall after a move" "$root/build.sh" uninstall --prefix "$work/moved"
check "it left nothing behind" not test -e "$work/moved"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
