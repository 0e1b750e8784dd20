#!/usr/bin/env bash
# The Debian packages and the tarball: what they say, what they hold, installed into a scratch root and taken away again. One line a check.
# usage: native-tests/run_packages.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LD_LIBRARY_PATH CPATH C_INCLUDE_PATH LIBRARY_PATH PKG_CONFIG_PATH CMAKE_PREFIX_PATH RANCOGNITION_LIBRARY PYTHONPATH
passed=0
failed=0
version=$(sed -n 's:.*<RanVersion>\(.*\)</RanVersion>.*:\1:p' "$root/Directory.Build.props")
abi=$(sed -n 's/^constant RANCOG_ABI_VERSION //p' "$root/tests/golden/abi.txt")

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; fi
}

cp "$root/native-tests/abi/example_from_header.c" "$work/example.c"
. "$root/native-tests/abi/own_sqlite.sh"
cd "$work"

answers() { "$@" | grep '"problem_id":"p1"' >/dev/null; }

# ---------------------------------------------------------------- tarball
tarball=$root/build/dist/rancognition-$version-linux-$(uname -m).tar.gz
unpacked=$work/unpacked/rancognition-$version-linux-$(uname -m)

tarball_works() {
  mkdir unpacked && tar -C unpacked -xzf "$tarball" && gcc -std=c99 example.c -I"$unpacked/include" -L"$unpacked/lib" -lrancognition -Wl,-rpath,"$unpacked/lib" -o from_tarball && answers ./from_tarball
}

check "dist" "$root/build.sh" dist
check "a program is built and runs with the unpacked tarball" tarball_works
check "the library finds its SQLite there, and no other" own_sqlite_in "$work" "$unpacked/lib/librancognition.so" "$unpacked/lib/rancognition/librancognition-sqlite3.so"
check "everything in it belongs to root and lies below one folder" awk '$2 != "0/0" || $6 !~ /^rancognition-/ { exit 1 }' <(tar --numeric-owner -tvzf "$tarball")

# ---------------------------------------------------------------- Debian packages
if ! command -v dpkg-deb >/dev/null; then
  echo "SKIPPED dpkg-deb is missing (Debian package dpkg)"
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
  exit
fi
multiarch=$(gcc -print-multiarch)
architecture=$(dpkg --print-architecture)
library=$root/build/dist/librancognition${abi}_$version-1_$architecture.deb
development=$root/build/dist/librancognition-dev_$version-1_$architecture.deb
python=$root/build/dist/python3-rancognition_$version-1_all.deb
scratch=$work/scratch

# A system of its own for dpkg, with what the packages ask for, in name.
empty_system() {
  rm -rf "$scratch"
  mkdir -p "$scratch/var/lib/dpkg/updates" "$scratch/var/lib/dpkg/info" "$scratch/etc"
  local name
  for name in libc6:2.36 python3:3.11; do
    printf 'Package: %s\nStatus: install ok installed\nMaintainer: test\nArchitecture: %s\nMulti-Arch: foreign\nVersion: %s\nDescription: in name only\n\n' "${name%:*}" "$architecture" "${name#*:}"
  done >"$scratch/var/lib/dpkg/status"
  : >"$scratch/var/lib/dpkg/available"
}

# The scratch root has no shell: scripts of a package run outside of it, told by DPKG_ROOT to leave this system alone.
scratch_dpkg() { dpkg --root="$scratch" --force-not-root --force-script-chrootless --no-triggers --log=/dev/null "$@"; }

installs() { empty_system && scratch_dpkg --install "$library" "$development" "$python"; }

holds() { # holds PACKAGE PATTERN...: each matches a path of it
  local pattern
  dpkg-deb -c "$1" | awk '{ print $6 }' >paths
  for pattern in "${@:2}"; do grep -qE "$pattern" paths || { echo "no path like $pattern"; cat paths; return 1; }; done
}

root_owns_it() { # and nobody but root can write
  dpkg-deb -c "$1" | awk '$2 != "root/root" || $1 ~ /^.....w|^........w/ && $1 !~ /^l/ { print; bad = 1 } END { exit bad }'
}

md5sums_are_right() { # md5sums_are_right PACKAGE
  rm -rf raw && dpkg-deb -R "$1" raw && (cd raw && md5sum --quiet -c DEBIAN/md5sums) && diff <(cd raw && find usr -type f | LC_ALL=C sort) <(awk '{ print $2 }' raw/DEBIAN/md5sums)
}

# As Debian's own tool finds it out, from the C library's list of symbols.
depends_as_dpkg_says() {
  rm -rf shlibdeps && mkdir -p shlibdeps/debian && printf 'Source: rancognition\n\nPackage: x\nArchitecture: any\n' >shlibdeps/debian/control
  rm -rf raw && dpkg-deb -R "$library" raw || return 1
  (cd shlibdeps && find ../raw/usr -type f -name 'librancognition*.so*' -exec dpkg-shlibdeps -O {} +) >said 2>warnings || { cat warnings; return 1; }
  cat said
  echo "shlibs:Depends=$(dpkg-deb -f "$library" Depends)" | diff - said
}

program_in_scratch() {
  local usr=$scratch/usr
  gcc -std=c99 -Wall -Wextra -Werror example.c -I"$usr/include" -L"$usr/lib/$multiarch" -lrancognition -Wl,-rpath,"$usr/lib/$multiarch" -o from_deb && answers ./from_deb
}

cmake_in_scratch() {
  mkdir project && printf 'cmake_minimum_required(VERSION 3.20)\nproject(user C)\nfind_package(RanCognition %s EXACT REQUIRED)\nadd_executable(user ../example.c)\ntarget_link_libraries(user PRIVATE RanCognition::rancognition)\n' "$version" >project/CMakeLists.txt
  cmake -S project -B project/build -DCMAKE_PREFIX_PATH="$scratch/usr" && cmake --build project/build && answers project/build/user
}

# The system's loader finds the library; what it would do with /etc/ld.so.cache, LD_LIBRARY_PATH does for the scratch root.
python_in_scratch() {
  local folder=$scratch/usr/lib/$multiarch
  PYTHONPATH=$scratch/usr/lib/python3/dist-packages LD_LIBRARY_PATH=$folder LIBRARY_PATH=$folder python3 -c '
import rancognition, sys
with rancognition.Temporal() as core:
    mean, low, high = core.forecast([41, 42, 44, 47, 50, 49, 53, 56, 58, 61, 64, 67], step_ns=900_000_000_000, horizon=2)
assert len(mean) == 2 and low[0] < mean[0] < high[0], (mean, low, high)
assert sys.argv[1] in rancognition.__file__
with open("/proc/self/maps") as maps:
    assert sys.argv[1] in maps.read(), "the library came from elsewhere"
' "$scratch"
}

removes_all() {
  find "$scratch" -name __pycache__ -prune -exec rm -rf {} +
  scratch_dpkg --purge python3-rancognition librancognition-dev "librancognition$abi" && [ ! -e "$scratch/usr" ] || { find "$scratch/usr"; return 1; }
}

refuses_without_the_library() { empty_system && ! scratch_dpkg --install "$development"; }

lintian_is_content() { lintian --allow-root --fail-on error --suppress-tags initial-upload-closes-no-bugs,bogus-mail-host "$library" "$development" "$python"; }

check "deb" "$root/build.sh" deb
check "the library's package holds the images, not what programs are built with" holds "$library" "^./usr/lib/$multiarch/librancognition.so.$version\$" "^./usr/lib/$multiarch/librancognition.so.$abi\$" "^./usr/share/doc/librancognition$abi/copyright\$" "dotnet-THIRD-PARTY-NOTICES" "databases-NOTICES" "^./usr/lib/$multiarch/rancognition/librancognition-sqlite3.so\$"
check "no header, no link for the linker in it" sh -c '! grep -E "include|librancognition\.so$" "$1"' sh paths
[ "$architecture" != amd64 ] || check "it has an image for each level" holds "$library" "glibc-hwcaps/x86-64-v3/librancognition.so.$abi\$" "glibc-hwcaps/x86-64-v4/librancognition.so.$abi\$"
check "the development package holds header, link, pkg-config and CMake files" holds "$development" 'include/rancognition.h$' 'include/rancognition.hpp$' 'librancognition.so$' 'pkgconfig/rancognition.pc$' 'cmake/RanCognition/RanCognitionConfig.cmake$'
check "the Python package holds the binding" holds "$python" 'dist-packages/rancognition/__init__.py$' 'dist-packages/rancognition/_raw.py$'
check "no compiled Python, no library in it" sh -c '! grep -E "__pycache__|\.so" "$1"' sh paths
for package in "$library" "$development" "$python"; do
  check "$(basename "$package"): root owns everything" root_owns_it "$package"
  check "$(basename "$package"): md5sums name every file" md5sums_are_right "$package"
done
if command -v dpkg-shlibdeps >/dev/null; then
  check "it depends on what dpkg-shlibdeps finds" depends_as_dpkg_says
else
  echo "SKIPPED dpkg-shlibdeps is missing (Debian package dpkg-dev)"
fi
if command -v lintian >/dev/null; then
  check "lintian finds no error" lintian_is_content
else
  echo "SKIPPED lintian is missing (Debian package lintian)"
fi
check "dpkg refuses the development package without the library" refuses_without_the_library
check "dpkg installs all three" installs
check "a program is built and runs with them" program_in_scratch
check "the library finds its SQLite there, and no other" own_sqlite_in "$work" "$scratch/usr/lib/$multiarch/librancognition.so.$abi" "$scratch/usr/lib/$multiarch/rancognition/librancognition-sqlite3.so"
check "CMake's find_package" cmake_in_scratch
check "Python finds the library as the system's loader does" python_in_scratch
check "dpkg removes them without a trace" removes_all
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
