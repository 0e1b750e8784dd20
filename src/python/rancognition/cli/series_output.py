"""Rows about single series, as CSV or JSON, for programs that go on with them."""

import csv
import json
import sys

from .words import shown


def write_rows(names, rows, as_json):
    """rows: lists of values, None = missing. CSV with a header, or a JSON array of objects, on standard output."""
    if as_json:
        json.dump([dict(zip(names, row)) for row in rows], sys.stdout, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        print()
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)


def note_irregular(series, options):
    """Says which series have no regular grid: calls on arrays take their samples as if they were evenly spaced."""
    names = [shown(f"{cell} {metric}") for cell, metric, history, _ in series if not history.is_regular and history.step_ns]
    if names and not options.quiet:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        print(f"note: samples at irregular times are taken as evenly spaced: {', '.join(names[:3])}{more}", file=sys.stderr)
