#!/usr/bin/env bash
# What calls cost in C, C++, Python and .NET, side by side in one run. usage: tests/languages/bench_languages.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$root/tests/languages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LD_LIBRARY_PATH=$root/build/lib RANCOGNITION_LIBRARY=$root/build/lib
gcc -std=c99 -D_POSIX_C_SOURCE=200809L -O2 "$here/overhead.c" -I"$root/include" -L"$root/build/lib" -lrancognition -lm -o "$work/overhead_c"
g++ -std=c++17 -O2 "$here/overhead.cpp" -I"$root/include" -L"$root/build/lib" -lrancognition -o "$work/overhead_cpp"
dotnet build "$here/dotnet" -c Release -o "$work/dotnet" --nologo -v quiet >"$work/log" || { cat "$work/log"; exit 1; }
"$work/overhead_c" >"$work/c"
"$work/overhead_cpp" >"$work/cpp"
PYTHONPATH=$root/src/python python3 "$here/overhead.py" >"$work/python"
dotnet "$work/dotnet/Languages.dll" overhead >"$work/dotnet.txt"
python3 - "$work/c" "$work/cpp" "$work/python" "$work/dotnet.txt" <<'P'
import sys
columns = [dict(line.rstrip("\n").split("\t") for line in open(path)) for path in sys.argv[1:]]
names = sorted({name for column in columns for name in column}, key=lambda name: [list(c).index(name) if name in c else 99 for c in reversed(columns)])
def shown(text):
    ns = float(text)
    return "-" if text == "nan" else f"{ns:.0f} ns" if ns < 1000 else f"{ns / 1e3:.1f} us" if ns < 1e6 else f"{ns / 1e6:.2f} ms"
print(f"{'a call, median':42}" + "".join(f"{language:>11}" for language in ("C", "C++", "Python", ".NET")))
for name in names:
    print(f"{name:42}" + "".join(f"{shown(column.get(name, 'nan')):>11}" for column in columns))
P
