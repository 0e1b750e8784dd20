#!/bin/sh
# Runs the built harness under valgrind (memcheck), shortened; some programs only, for time. Finishes in under two minutes.
# usage: run_valgrind.sh [FOLDER OF THE PROGRAMS]   (default: build/bin)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
programs=${1:-"$here/../build/bin"}
if ! command -v valgrind >/dev/null; then
    echo "SKIPPED: valgrind is not here"
    exit 0
fi

# valgrind cannot reserve the 8 GiB of address space that the collector asks for.
export DOTNET_GCHeapHardLimit=C800000
export RANCOG_HARNESS_SHORT=1
failed=0
for name in test_json_strict test_library test_host test_arguments test_cpp17; do
    log=$(mktemp)
    if valgrind --quiet --error-exitcode=99 --leak-check=no --suppressions="$here/suppressions/valgrind.supp" "$programs/$name" > "$log" 2>&1; then
        echo "ok   $name: $(tail -n 1 "$log")"
    else
        echo "FAIL $name"
        cat "$log"
        failed=1
    fi
    rm -f "$log"
done
exit $failed
