#!/usr/bin/env bash
# Runs the tests, or the benchmark, of rancognition.fleet with a Python that has Dask distributed.
# usage: native-tests/run_fleet.sh [bench]; RANCOGNITION_LIBRARY names the library
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PYTHONPATH=$root/src/python RANCOGNITION_LIBRARY=${RANCOGNITION_LIBRARY:-$root/build/lib}

python_with_distributed() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import distributed' 2>/dev/null; then echo "$python"; return; fi
  done
  return 1
}

if ! python=$(python_with_distributed); then
  echo "SKIPPED Dask distributed is missing (Debian package python3-distributed)"
  exit 77
fi
if [ "${1:-}" = bench ]; then exec "$python" "$root/src/python/benchmarks/bench_fleet.py"; fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
# Dask's own warnings of the Python that it meets are not ours.
"$python" -W ignore -m unittest discover -v -s "$root/src/python/fleet_tests" -t "$root/src/python" >"$log" 2>&1 || code=$?
cat "$log"
ran=$(sed -n 's/^Ran \([0-9]*\) tests\{0,1\} in.*/\1/p' "$log")
bad=$(sed -n 's/^FAILED (\(.*\))/\1/p' "$log" | grep -o '\(failures\|errors\)=[0-9]*' | cut -d= -f2 | paste -sd+ || true)
skipped=$(sed -n "s/.* \.\.\. skipped '\(.*\)'$/SKIPPED \1/p" "$log")
[ -z "$skipped" ] || echo "$skipped"
bad=$((${bad:-0}))
[ "${ran:-0}" -gt 0 ] || bad=1
echo "$((${ran:-0} - bad > 0 ? ${ran:-0} - bad : 0)) passed, $bad failed"
exit $code
