#!/usr/bin/env bash
# The same sources give the same bytes: the library that is in build and one that is compiled again in a clone in another folder, under another umask, time zone and
# language; and all that is made to be given away, made in two folders. One line a check.
# usage: native-tests/run_reproducible.sh [--all]   (without --all, one level of processors is compiled again and stands for the others in the packages)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
all=no
if [ "${1:-}" = --all ]; then all=yes; fi
unset SOURCE_DATE_EPOCH RANCOGNITION_LIBRARY DESTDIR
[ "$(uname -m)" = x86_64 ] || all=yes

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; return 1; fi
}

copy() { # copy FOLDER: the sources, with nothing that was built
  mkdir -p "$1"
  tar -C "$root" --exclude=./build --exclude=./.git --exclude=obj --exclude=bin --exclude=__pycache__ -cf - . | tar -C "$1" -xf -
}

# The compiler tells the commit of what it compiles, where there is one, unless it is told not to.
as_a_clone() { # as_a_clone FOLDER
  command -v git >/dev/null || { echo "SKIPPED a clone beside a plain copy: git is missing (Debian package git)"; return; }
  (cd "$1" && git init -q && git add -A && git -c user.name=test -c user.email=test@localhost commit -q -m test)
}

# The verbs of build.sh that make something to give away.
verbs() { sed -n 's/^  \(wheel\|nuget\|deb\|dist\)).*/\1/p' "$root/build.sh"; }

# The levels whose images are compared.
compared() { if [ $all = no ]; then echo x86-64-v2; elif [ "$(uname -m)" = x86_64 ]; then echo x86-64-v2 x86-64-v3 x86-64-v4; else echo arm64; fi; }

# What was compiled here goes along, as old as it is: it is compiled again there only when it is not current.
take_images() { # take_images FOLDER
  local level
  mkdir -p "$1/build/publish"
  for level in $(compared); do
    [ ! -d "$root/build/publish/$level" ] || cp -a "$root/build/publish/$level" "$1/build/publish/"
  done
}

# All of it in one copy. Empty files keep the levels that are left out from being compiled; then the one that was stands for them.
make_all() { # make_all FOLDER
  cd "$1"
  local level verb
  local -a left_out=()
  [ $all = yes ] || left_out=(x86-64-v3 x86-64-v4)
  for level in "${left_out[@]}"; do mkdir -p "build/publish/$level" && : >"build/publish/$level/librancognition.so"; done
  ./build.sh install --prefix "$1/prefix" || return 1
  for level in "${left_out[@]}"; do rm -r "build/publish/$level" && cp -a build/publish/x86-64-v2 "build/publish/$level"; done
  rm -r build/publish/levels build/lib "$1/prefix"
  ./build.sh install --prefix "$1/prefix" || return 1
  for verb in $(verbs); do
    if [ "$verb" = deb ] && ! command -v dpkg-deb >/dev/null; then continue; fi
    ./build.sh "$verb" || return 1
  done
}

first() (umask 022; export TZ=UTC LC_ALL=C; make_all "$work/a")
second() (umask 027; export TZ=Pacific/Kiritimati LC_ALL=C.UTF-8; make_all "$work/another-folder/with-a-longer-name")

hashes() { # hashes FOLDER: of what is given away
  cd "$1"
  find prefix build/dist -type f | LC_ALL=C sort | xargs -d '\n' sha256sum
  find prefix -printf '%P %y %m %l\n' | LC_ALL=C sort
}

same_hashes() {
  (hashes "$work/a") >"$work/first"
  (hashes "$work/another-folder/with-a-longer-name") >"$work/second"
  diff "$work/first" "$work/second"
}

# Nothing tells where it was built.
tells_no_folder() { ! grep -rlF -e "$work" -e "$root" "$work/a/prefix" "$work/a/build/dist"; }

copy "$work/a"
take_images "$work/a"
copy "$work/another-folder/with-a-longer-name"
as_a_clone "$work/another-folder/with-a-longer-name"
if check "everything is made of what is built here" first && check "and all of it built again in another folder" second; then
  check "every file is the same: $(cd "$work/a" && find prefix build/dist -type f | wc -l) files, $(find "$work/a/build/dist" -type f -printf '%f ')" same_hashes || true
  check "nothing tells where it was built" tells_no_folder || true
fi
[ $all = yes ] || echo "SKIPPED x86-64-v3 and -v4: native-tests/run_reproducible.sh --all compiles them too"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
