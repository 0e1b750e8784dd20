#!/bin/sh
# Compares the harness's table of exports with the symbol table of the library.
# usage: check_exports.sh LIBRARY LIST_EXPORTS_PROGRAM EXPORTS_DEF SOURCE_FOLDER
set -eu
library=$1 list=$2 table=$3 sources=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
result() {
    if [ "$1" = 0 ]; then passed=$((passed + 1)); echo "ok   $2"; else failed=$((failed + 1)); echo "FAIL $2"; fi
}

nm -D --defined-only "$library" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort > "$scratch/library"
"$list" | sort > "$scratch/harness"
status=0
diff -u --label harness --label library "$scratch/harness" "$scratch/library" || status=1
result $status every_export_is_in_the_table_and_nothing_else

status=0
grep -v '^rancog_' "$scratch/library" && status=1
result $status every_exported_function_has_the_prefix

# A row names the program that tests it: that program, or a helper that it shares, must call the function.
status=0
sed -n 's/^EXPORT(\([a-z0-9_]*\), *\([a-z0-9_]*\))$/\1 \2/p' "$table" > "$scratch/rows"
while read -r name program; do
    if ! grep -qw "$name" "$sources/$program.c" "$sources/json_calls.c" "$sources/result.c" "$sources/scheduler_kit.c"; then
        echo "  $name is not called by $program"
        status=1
    fi
done < "$scratch/rows"
result $status every_row_names_a_program_that_calls_the_function

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
