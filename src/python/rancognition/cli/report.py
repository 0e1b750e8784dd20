"""report: a page from a result that was kept as JSON."""

import json

from .. import RanCognitionError, render_report
from .errors import DataError
from .output import require_writable, write_file
from .text_input import TextInput

NAME = "report"
HELP = "one HTML page with charts from a result of the library (analyze --json --timeline)"
EPILOG = """example:
  python -m rancognition analyze kpi.csv --json --timeline > result.json; python -m rancognition report result.json --output page.html
"""


def add_arguments(parser):
    """The options of this command."""
    parser.add_argument("input", metavar="FILE", help="JSON file, also gzip; - for standard input")
    parser.add_argument("--output", "-o", default="-", metavar="FILE.html", help="where the page goes; standard output when not given")


def run(options):
    """Reads, renders, writes; the exit code."""
    if options.output != "-":
        require_writable(options.output, "--output")
    with TextInput(options.input, line_characters_max=64 << 20) as source:
        text = "".join(source.lines())
        try:
            json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DataError(f"{source.name}: is no JSON: {error}") from None
        try:
            page = render_report(text)
        except RanCognitionError as error:
            raise DataError(f"{source.name}: {error}") from None
    write_file(options.output, page, "--output")
    return 0
