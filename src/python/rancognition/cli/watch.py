"""watch: predictions beside what happened."""

import json
import sys

from .. import InvalidArgument, InvalidJson, Limit, StrangeLoop
from .errors import EXIT_LIMIT, EXIT_OK, DataError
from .intake import read_kpis
from .memory_text import write_lines
from .options import add_input, column_list, count, open_share, step_share
from .progress import Progress
from .series_output import write_rows
from .session import require_library
from .watch_columns import columns_of, rows_of
from .watch_run import NAMES, watch_cell
from .watch_text import watch_lines

NAME = "watch"
HELP = "predictions of one or several models beside what happened: how well they hold, within proven bounds, and the predictions corrected"
EPILOG = """examples:
  python -m rancognition watch load.csv > corrected.csv
  python -m rancognition watch load.csv --observed load --predicted arima,prophet --coverage 0.9

A row has a time, what each model predicted for it before, and what was observed; rows without the latter are corrected only. Several columns of predictions
are experts, which are weighed. Columns lower and upper are an interval that goes with the prediction; without them its width is learned.
The rows that are written have the corrected prediction as it was known before its observation, and after it the coverage so far (never further from --coverage
than coverage_bound) and the regret so far against the best single expert (never above regret_bound); a bound that is missing is no bound.
Exit code 1 means: no row has both a prediction and an observation.
"""


def add_arguments(parser):
    """The options of this command."""
    add_input(parser)
    group = parser.add_argument_group("columns (by their names when not given)")
    group.add_argument("--observed", metavar="NAME", help="what happened (observed, actual, measured, ..)")
    group.add_argument("--predicted", type=column_list, action="extend", default=[], metavar="NAME[,..]", help="what each model expected (all other columns)")
    group.add_argument("--lower", metavar="NAME", help="lower bound that goes with the prediction (lower)")
    group.add_argument("--upper", metavar="NAME", help="upper bound that goes with the prediction (upper)")
    group = parser.add_argument_group("loop")
    group.add_argument("--coverage", type=open_share, default=0.95, metavar="SHARE", help="share of outcomes that the interval is to hold (0.95)")
    group.add_argument("--aci-step", type=step_share, metavar="SHARE", help="how fast the interval answers (0.05)")
    group.add_argument("--levels", type=count(0, 3), metavar="0..3", help="0 as they are, 1 corrected, 2 tuned, 3 with tuned patience (2)")
    group = parser.add_argument_group("answer")
    group.add_argument("--json", action="store_true", help="a JSON object with cells and rows instead of CSV")
    group.add_argument("--quiet", "-q", action="store_true", help="no summary, and nothing about what was read")
    group.add_argument("--no-progress", action="store_true", help="no progress bar")


def run(options):
    """Reads, compares, tells; the exit code."""
    require_library()
    found, rows = {}, []
    with Progress(not (options.no_progress or options.quiet)) as progress:
        data = read_kpis(options, lambda count_of_rows: progress.count("rows read:", count_of_rows))
        progress.clear()
        if not options.quiet:
            print("\n".join(data.notes), file=sys.stderr)
        columns = columns_of(data, options)
        with StrangeLoop(options.aci_step, options.levels, progress.host()) as core:
            for done, (cell, metrics) in enumerate(data.cells.items()):
                try:
                    with progress.call("watching", done / len(data.cells), (done + 1) / len(data.cells)):
                        found[cell] = watch_cell(core, cell, columns, options.coverage, rows_of(metrics, columns), rows)
                except (InvalidArgument, InvalidJson, Limit) as error:
                    raise DataError(f"{options.input}: {cell}: {error}") from None
    if options.json:
        json.dump({"cells": found, "rows": [dict(zip(NAMES, row)) for row in rows]}, sys.stdout, allow_nan=False, separators=(",", ":"))
        print()
    else:
        write_rows(NAMES, rows, False)
    if not options.quiet:
        sys.stdout.flush()
        write_lines(sys.stderr, watch_lines(found))
    return EXIT_OK if any(one["steps"] for one in found.values()) else EXIT_LIMIT
