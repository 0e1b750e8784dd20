"""anomalies: samples at which something unusual is noticed, as rows for other programs."""

from .options import add_input, add_run
from .series_output import note_irregular, write_rows
from .session import kpi_session
from .words import instant_iso

NAME = "anomalies"
HELP = "the samples that are out of the ordinary by what was known up to them, as CSV or JSON"
EPILOG = """example:
  python -m rancognition anomalies kpi.csv --cell 'site7/*'
"""


def add_arguments(parser):
    """The options of this command."""
    add_input(parser)
    parser.add_argument("--json", action="store_true", help="a JSON array instead of CSV")
    add_run(parser)


def run(options):
    """Reads, looks for alarms, tells; the exit code."""
    rows = []
    with kpi_session(options) as (progress, core, data):
        series = [(cell, metric, *one) for cell, metrics in data.cells.items() for metric, one in metrics.items()]
        note_irregular(series, options)
        for done, (cell, metric, history, known) in enumerate(series):
            values = history.on_grid(known)
            with progress.call("looking for anomalies", done / len(series), (done + 1) / len(series)):
                flags = core.detect_anomalies(values, history.step_ns)
                scores = core.score_anomalies(values, history.step_ns) if any(flags) else []
            rows += [[cell, metric, instant_iso(history.time_of(i)), values[i] if values[i] == values[i] else None, scores[i]]
                     for i, flag in enumerate(flags) if flag]
    write_rows(["cell", "metric", "time", "value", "score"], rows, options.json)
    return 0
