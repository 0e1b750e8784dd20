#!/usr/bin/env bash
# The report page in headless Chromium. One line a check. usage: tests/report/run_report.sh [FOLDER for pages and screenshots]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export RANCOGNITION_LIBRARY=${RANCOGNITION_LIBRARY:-$root/build/lib}
export PYTHONPATH=$root/src/python PYTHONDONTWRITEBYTECODE=1
exec python3 "$root/tests/report/run_report.py" "$@"
