"""outcome: what came of a decision."""

from .answer import add_plain_answer, say
from .cognition_session import add_path, cognition_session, fault_of
from .cognition_text import outcome_lines
from .errors import EXIT_LIMIT, EXIT_OK, UsageError
from .json_input import JsonDocument
from .memory_options import metric_value, moment
from .memory_session import question
from .session import require_library

NAME = "outcome"
HELP = "tells what came of a decision: whether it is kept or to be taken back; then it is learned from"
EPILOG = """examples:
  python -m rancognition outcome 3 NRCellRelation=1-2/HO.IntraSys.TooLate=4 NRCellRelation=1-2/MM.HoExeInterReq=380 --path network.db
  python -m rancognition outcome 3 DRB.UEThpDl=14 --not-executed --path network.db
  python -m rancognition outcome outcome.json --path network.db --json

WATCHING: the time of observation is not over; tell it again later. A decision that was judged keeps its verdict.
Exit code 1 means: the changes are to be taken back (ROLL_BACK); the values to restore are told.
"""


def add_arguments(parser):
    """The options of this command."""
    parser.add_argument("decision", metavar="DECISION", help="its number; or a JSON file with the whole outcome (decision_id, observed, ..), - for standard input")
    parser.add_argument("observed", nargs="*", type=metric_value, metavar="METRIC=NUMBER", help="what was observed, such as RRU.PrbTotDl=71")
    add_path(parser, is_required=True)
    parser.add_argument("--time", type=moment, metavar="TIME", help="when: 2024-05-01T13:00:00Z, or ns (now)")
    done = parser.add_mutually_exclusive_group()
    done.add_argument("--executed", action="store_true", default=None, help="the changes were made (as the mode says: all but SHADOW)")
    done.add_argument("--not-executed", action="store_false", dest="executed", help="they were not made")
    add_plain_answer(parser)


def run(options):
    """Tells the core, and what it answers; the exit code."""
    require_library()
    members = {"time_ns": options.time, "executed": options.executed}
    with cognition_session(options, "judging") as core, question():
        if options.decision.isdecimal():
            text = core.report_outcome_json(int(options.decision), dict(options.observed), **members)
        else:
            document = _document(options, members)
            with fault_of(document.name):
                text = core.report_outcome_json(document.text())
    reply = say(text, options, outcome_lines)
    return EXIT_LIMIT if reply["verdict"] == "ROLL_BACK" else EXIT_OK


def _document(options, members):
    if options.observed:
        raise UsageError(f"outcome {options.decision}: give METRIC=NUMBER beside the number of a decision, or all in the file")
    document = JsonDocument.read(options.decision)
    for name, value in members.items():
        if value is not None:
            document.set(name, value)
    return document
