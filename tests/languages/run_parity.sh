#!/usr/bin/env bash
# The story of STORY.md in C, C++, Python and .NET: the same lines from each, and each reaches every exported function. One line a check.
# usage: tests/languages/run_parity.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$root/tests/languages
library=$root/build/lib/librancognition.so
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; cut -c 1-400 "$work/log" | sed -n '1,40s/^/        /p'; fi
}

exports() { sed -n 's/^ *\(rancog_[a-z0-9_]*\);.*/\1/p' "$root/src/RanCognition.Native/Entry/exports.map"; }

# ---- the programs: each takes the folder of inputs ----
compile_programs() {
  gcc -std=c99 -O1 -Wall -Wextra -Werror -pedantic "$here/parity.c" -I"$root/include" -L"$root/build/lib" -lrancognition -o "$work/parity_c"
  g++ -std=c++17 -O1 -Wall -Wextra -Werror -pedantic "$here/parity.cpp" -I"$root/include" -L"$root/build/lib" -lrancognition -o "$work/parity_cpp"
  dotnet build "$here/dotnet" -c Release -o "$work/dotnet" --nologo -v quiet
}

story_c() { "$work/parity_c" "$work/inputs"; }
story_cpp() { "$work/parity_cpp" "$work/inputs"; }
story_python() { PYTHONPATH=$root/src/python python3 "$here/parity.py" "$work/inputs"; }
story_dotnet() { dotnet "$work/dotnet/Languages.dll" story "$work/inputs"; }

# With the library as it is: the first image, so that all of them use the same.
told() { # told LANGUAGE
  local -x LD_LIBRARY_PATH=$work/first RANCOGNITION_LIBRARY=$work/first/librancognition.so.0
  "story_$1" >"$work/$1.txt"
}

same() { # same LANGUAGE
  cmp "$work/c.txt" "$work/$1.txt" || { diff "$work/c.txt" "$work/$1.txt"; return 1; }
}

# Lines that agree may agree in a refusal: only what the story means to be refused is, and nothing is empty.
refuses_what_it_means() { # refuses_what_it_means FILE
  diff - <(sed -n 's/\t-[0-9]* .*//p; s/^\(.*\)\t$/empty: \1/p' "$1") <<'LINES'
a problem that is cut short
a coverage of 2
cancel_task of none
a module that is not there
a block of the whole budget
memory remove of none
optimization bad
loop bad
cognition rollback of none
cognition bad
LINES
}

notices_a_refusal() {
  sed 's/^observe\tok$/observe\t-1 times: planted/' "$work/c.txt" >"$work/planted.txt" && ! cmp -s "$work/c.txt" "$work/planted.txt" && ! refuses_what_it_means "$work/planted.txt"
}

# With the library that counts calls in between.
counted() { # counted LANGUAGE
  local -x LD_LIBRARY_PATH=$work/proxy RANCOGNITION_LIBRARY=$work/proxy/librancognition.so.0 PROXY_LIBRARY=$library PROXY_COUNTS=$work/$1.counts
  "story_$1" >"$work/$1.counted.txt" && [ -s "$PROXY_COUNTS" ]
}

reaches_all() { # reaches_all LANGUAGE
  local missed
  missed=$(sed -n 's/ 0$//p' "$work/$1.counts")
  [ "$(wc -l <"$work/$1.counts")" = "$(exports | wc -l)" ] && [ -z "$missed" ] || { echo "not called: "$missed; return 1; }
}

make_proxy() {
  local index=0 name
  mkdir -p "$work/proxy"
  for name in $(exports); do echo "EXPORT($index, $name)"; index=$((index + 1)); done >"$work/exports.inc"
  gcc -shared -fPIC -O1 -Wall -Wextra -Werror -DEXPORTS="\"$work/exports.inc\"" -Wl,-soname,librancognition.so.0 \
    -Wl,--version-script="$root/src/RanCognition.Native/Entry/exports.map" "$here/proxy.c" -o "$work/proxy/librancognition.so.0" -ldl
}

# The comparison must be able to fail.
notices_a_missing_call() { sed 's/^\(rancog_simd_[a-z_]*\) [0-9]*$/\1 0/' "$work/c.counts" >"$work/planted.counts" && ! reaches_all planted; }

mkdir -p "$work/first"
cp -L "$library" "$work/first/librancognition.so.0"
cp -r "$root/build/lib/rancognition" "$work/first/"   # the SQLite of the memory core
check "inputs" python3 "$here/inputs.py" "$work/inputs"
check "programs compile" compile_programs
for language in c cpp python dotnet; do
  check "$language tells the story" told $language
done
check "nothing is refused but what is to be" refuses_what_it_means "$work/c.txt"
check "a refusal that is not meant is noticed" notices_a_refusal
for language in cpp python dotnet; do
  check "$language: the same bytes as C" same $language
done
if [ "$(uname -m)" = x86_64 ]; then
  check "a library that counts calls" make_proxy
  for language in c cpp python dotnet; do
    check "$language tells it through that" counted $language
    check "$language reaches every exported function" reaches_all $language
  done
  check "a function that is not reached is noticed" notices_a_missing_call
else
  echo "SKIPPED the library that counts calls is written for x86-64"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
