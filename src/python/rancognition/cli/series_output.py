"""Rows about single series, as CSV or JSON, for programs that go on with them."""

import csv
import json
import sys


def write_rows(names, rows, as_json):
    """rows: lists of values, None = missing. CSV with a header, or a JSON array of objects, on standard output."""
    if as_json:
        json.dump([dict(zip(names, row)) for row in rows], sys.stdout, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        print()
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
