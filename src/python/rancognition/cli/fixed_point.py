"""fixed-point: x = F(x)."""

from .answer import add_answer, prepare, tell
from .errors import EXIT_LIMIT, EXIT_OK
from .fixed_point_text import fixed_point_lines
from .json_input import add_document
from .loop_session import loop_session
from .memory_options import real
from .options import count, time_length

NAME = "fixed-point"
HELP = "where a loop comes to rest: x = F(x) of a map in a JSON file, and how sure that is"
EPILOG = """examples:
  python -m rancognition fixed-point loads.json --report loads.html
  python -m rancognition fixed-point loads.json --set map.network.traffic_mbps=120 --method anderson --json
  echo '{"map":{"type":"expression","variables":["x"],"expressions":["cos(x)"]}}' | python -m rancognition fixed-point -

The request is a JSON object as rancognition.h describes it (rancog_strange_loop_solve): a map that is linear, of expressions, or the loads of a network.
A map that only a program of yours can evaluate: see rancognition.StrangeLoop.
Exit code 1 means: no fixed point was found, or there is none.
"""


def add_arguments(parser):
    """The options of this command."""
    add_document(parser, "the map")
    group = parser.add_argument_group("search (in place of what the request says)")
    group.add_argument("--method", choices=("auto", "picard", "aitken", "anderson", "newton"), help="auto: the surest for the map")
    group.add_argument("--tolerance", type=real, metavar="NUMBER", help="largest |F(x) - x| that counts as a fixed point")
    group.add_argument("--steps", type=count(1, 10**7), metavar="N", help="steps that may be made")
    group.add_argument("--deadline", type=time_length, metavar="LENGTH", help="time that it may take, such as 10s; the answer then depends on the machine")
    add_answer(parser)


def run(options):
    """Reads, seeks, tells; the exit code."""
    document = prepare(options)
    for path, value in (("method", options.method), ("tolerance", options.tolerance), ("max_iterations", options.steps), ("deadline_ns", options.deadline)):
        if value is not None:
            document.set(path, value)
    with loop_session(document, options, "seeking the fixed point") as core:
        text = core.solve_json(document.text())
    result = tell(text, options, lambda answer, style: fixed_point_lines(answer, _names(document.members["map"], len(answer["x"] or ())), style))
    return EXIT_OK if result["convergence"] else EXIT_LIMIT


def _names(given, count_of_x):
    """What the components of x are called."""
    if given["type"] == "expression":
        return given["variables"]
    return [f"{'NRCellDU=' if given['type'] == 'load_coupling' else 'x'}{place + 1}" for place in range(count_of_x)]
