"""state: what the core knows of itself."""

from .answer import add_answer, require_answerable, tell
from .cognition_session import add_path, cognition_session
from .cognition_text import state_lines
from .errors import EXIT_OK

NAME = "state"
HELP = "how good the decisions of a --path file were: calibration, skill, coverage, regret, vetoes"
EPILOG = """example:
  python -m rancognition state --path network.db --report state.html
"""


def add_arguments(parser):
    """The options of this command."""
    add_path(parser, is_required=True)
    add_answer(parser)


def run(options):
    """Asks and tells; the exit code."""
    require_answerable(options)
    with cognition_session(options, "reading") as core:
        text = core.get_state_json()
    tell(text, options, state_lines)
    return EXIT_OK
