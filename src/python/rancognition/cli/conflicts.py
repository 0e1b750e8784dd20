"""conflicts: control functions that work against each other."""

from .answer import add_answer, require_answerable, tell
from .conflicts_input import read_groups, read_request
from .conflicts_kpis import mark_low, read_kpi_samples
from .conflicts_text import conflict_lines, is_peaceful
from .errors import EXIT_LIMIT, EXIT_OK
from .json_input import add_document, read_document
from .loop_session import loop_session
from .options import add_reading

NAME = "conflicts"
HELP = "commands of control functions (xApps, SON functions) that work against each other, and functions that chase each other"
EPILOG = """examples:
  python -m rancognition conflicts commands.json --groups groups.json --report conflicts.html
  python -m rancognition conflicts bus.jsonl --kpis kpis.csv --low DropRate --json > report.json

The commands come as the functions send them (source, command, targetParameter, targetValue, targetCell, timestamp, controlTimespan): a JSON array, one
object a line, or the member commands of a request as rancognition.h describes it (rancog_strange_loop_detect_conflicts), which may have loops, too.
Commands are counted from 0. Exit code 1 means: there are conflicts, or functions that must be damped or put in order.
"""


def add_arguments(parser):
    """The options of this command."""
    add_document(parser, "the commands")
    parser.add_argument("--groups", metavar="FILE", help="JSON array of groups of parameters that work on the same thing: groupName, parameters "
                                                         "with changeTarget and parameterName")
    parser.add_argument("--kpis", metavar="FILE", help="KPIs of the cells: a CSV file; or JSON, also one object a line, by its name (.json, .jsonl)")
    parser.add_argument("--low", action="append", default=[], metavar="NAME", help="a KPI of which low is better, such as a drop rate; may be repeated")
    add_answer(parser)
    add_reading(parser, "reading of a CSV file of --kpis (found out when not given)")


def run(options):
    """Reads, compares, tells; the exit code."""
    require_answerable(options)
    document = read_document(options, read_request)
    if options.groups:
        document.set("groups", read_groups(options.groups))
    if options.kpis:
        document.set("kpis", read_kpi_samples(options, document.members.get("commands")))
    mark_low(document.members.get("kpis"), options.low)
    with loop_session(document, options, "comparing the commands") as core:
        text = core.detect_conflicts_json(document.text())
    report = tell(text, options, lambda answer, style: conflict_lines(answer, document.members.get("commands") or [], style))
    return EXIT_OK if is_peaceful(report) else EXIT_LIMIT
