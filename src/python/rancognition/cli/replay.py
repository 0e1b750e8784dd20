"""replay: the calls of a record again."""

from .. import InvalidArgument, InvalidJson, Limit, replay_json
from .answer import add_plain_answer, say
from .cognition_text import replay_lines
from .errors import EXIT_LIMIT, EXIT_OK, DataError
from .progress import Progress
from .session import require_library

NAME = "replay"
HELP = "makes the calls of a record (decide --record) again, and compares the results byte by byte"
EPILOG = """example:
  python -m rancognition replay calls.jsonl

Exit code 1 means: a result differs, as it may when another version of the library made the record.
"""


def add_arguments(parser):
    """The options of this command."""
    parser.add_argument("record", metavar="RECORD", help="file that --record made")
    add_plain_answer(parser)


def run(options):
    """Replays and tells; the exit code."""
    require_library()
    with Progress(not (options.no_progress or options.quiet)) as progress, progress.call("replaying"):
        try:
            text = replay_json(options.record, progress.host())
        except (InvalidArgument, InvalidJson, Limit) as error:
            raise DataError(f"{options.record}: {error}") from None
    report = say(text, options, replay_lines)
    return EXIT_OK if report["equal"] == report["calls"] else EXIT_LIMIT
