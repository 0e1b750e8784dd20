"""rollback: how to undo a decision."""

from .answer import add_plain_answer, say
from .cognition_session import add_path, cognition_session
from .cognition_text import rollback_lines
from .errors import EXIT_OK
from .memory_session import question
from .options import count
from .session import require_library

NAME = "rollback"
HELP = "the values to set so that a decision is undone, also after a crash"
EPILOG = """example:
  python -m rancognition rollback 3 --path network.db --json

The decision counts as rolled back from then on. It may be asked again.
"""


def add_arguments(parser):
    """The options of this command."""
    parser.add_argument("decision", type=count(1, 2**63 - 1), metavar="DECISION", help="its number")
    add_path(parser, is_required=True)
    add_plain_answer(parser)


def run(options):
    """Asks and tells; the exit code."""
    require_library()
    with cognition_session(options, "reading") as core, question():
        text = core.rollback_json(options.decision)
    say(text, options, rollback_lines)
    return EXIT_OK
