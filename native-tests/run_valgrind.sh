#!/bin/sh
# Runs the built harness under valgrind (memcheck), shortened: no read past an input's end, no decision on a byte that nobody wrote.
# usage: run_valgrind.sh [FOLDER OF THE PROGRAMS]   (default: build/bin); exit code 77: valgrind is not here
set -eu
here=$(cd "$(dirname "$0")" && pwd)
programs=${1:-"$here/../build/bin"}
if ! command -v valgrind >/dev/null; then
    echo "SKIPPED: valgrind is missing (Debian package valgrind)"
    exit 77
fi

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
suppressions="$here/suppressions/valgrind.supp"
export programs logs suppressions
export DOTNET_GCHeapHardLimit=C800000 # valgrind cannot reserve the collector's 8 GiB of address space
export RANCOG_HARNESS_SHORT=1

# The slow ones first, two at a time.
printf '%s\n' test_json test_threads test_results test_arrays test_simd test_arguments test_callbacks test_handles test_host test_clock test_library test_cpp17 test_json_strict \
    test_scheduler_threads test_scheduler_handles test_scheduler_snapshot test_scheduler_run test_scheduler_handlers test_scheduler_batch test_scheduler \
    test_scheduler_arguments test_pool_threads test_pool_pointers test_pool_destroy test_pool test_loader test_plugin \
    test_memory_threads test_memory test_memory_handles test_memory_arguments \
    test_optimization_threads test_optimization_network test_optimization_callbacks test_optimization_handles test_optimization_arguments test_optimization_ask test_optimization \
    test_strange_loop_threads test_strange_loop_observe test_strange_loop_handles test_strange_loop_arguments test_strange_loop_callbacks test_strange_loop_conflicts test_strange_loop \
    test_cognition_threads test_cognition_arguments test_cognition_handles test_cognition test_cognition_callbacks test_cognition_ingest \
    test_hpp_threads test_hpp_calls test_hpp_callbacks test_hpp_memory test_hpp_optimization test_hpp_strange_loop test_hpp_cognitive test_hpp_errors test_hpp_pool test_hpp_spans test_hpp_plugin |
xargs -P 2 -I NAME sh -c '
    if valgrind --quiet --suppressions="$suppressions" --error-exitcode=99 --leak-check=no "$programs/NAME" > "$logs/NAME" 2>&1; then
        echo "ok   NAME: $(tail -n 1 "$logs/NAME")"
    else
        echo "FAIL NAME"
        cat "$logs/NAME"
    fi' > "$logs/all"
cat "$logs/all"
passed=$(grep -c "^ok   test_" "$logs/all") || true
failed=$(grep -c "^FAIL test_" "$logs/all") || true
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
