"""forecast: every step of the window ahead, as rows for other programs."""

import math
import sys

from .options import add_input, add_run, length, open_share
from .series_output import note_irregular, write_rows
from .session import kpi_session
from .words import instant_iso, shown

NAME = "forecast"
HELP = "the forecast of every KPI, step by step with its interval, as CSV or JSON"
EPILOG = """example:
  python -m rancognition forecast kpi.csv --horizon 24 --coverage 0.8 > forecast.csv
"""
_STEPS_MAX = 100_000


def add_arguments(parser):
    """The options of this command."""
    add_input(parser)
    parser.add_argument("--horizon", type=length, default=length("24"), metavar="LENGTH", help="how far to look ahead: 48h, 7d, or a number of steps (24)")
    parser.add_argument("--coverage", type=open_share, default=0.95, metavar="SHARE", help="share of outcomes that the interval is to hold (0.95)")
    parser.add_argument("--json", action="store_true", help="a JSON array instead of CSV")
    add_run(parser)


def run(options):
    """Reads, forecasts, tells; the exit code."""
    rows = []
    with kpi_session(options) as (progress, core, data):
        series = [(cell, metric, *one) for cell, metrics in data.cells.items() for metric, one in metrics.items()]
        note_irregular(series, options)
        for cell, metric, history, _ in series if not options.quiet else ():
            if not history.step_ns:
                print(shown(f"note: {cell} {metric}: a single sample, no forecast"), file=sys.stderr)
        series = [one for one in series if one[2].step_ns]
        for done, (cell, metric, history, values) in enumerate(series):
            steps = min(_STEPS_MAX, options.horizon.in_steps(history.step_ns))
            with progress.call("forecasting", done / len(series), (done + 1) / len(series)):
                mean, lower, upper = core.forecast(history.on_grid(values), history.step_ns, steps, options.coverage)
            last = history.times[-1]
            rows += [[cell, metric, instant_iso(last + (i + 1) * history.step_ns), *map(_known, bounds)] for i, bounds in enumerate(zip(mean, lower, upper))]
    write_rows(["cell", "metric", "time", "mean", "lower", "upper"], rows, options.json)
    return 0


def _known(value):
    return value if math.isfinite(value) else None
