"""optimize: what to set."""

from .answer import add_answer, prepare, tell
from .errors import EXIT_LIMIT, EXIT_OK
from .json_input import add_document
from .optimize_session import optimize_session
from .optimize_text import is_solved, result_lines
from .options import count, time_length

NAME = "optimize"
HELP = "what to set: tilts, powers, offsets, cells on and off, identities, shares, of a problem in a JSON file"
EPILOG = """examples:
  python -m rancognition optimize tilts.json --report tilts.html
  python -m rancognition optimize night.json --set limits.max_load=0.5 --set network.traffic_mbps=120 --deadline 10s
  python -m rancognition optimize plan.json --evaluations 20000 --seed 3 --json > result.json

The problem is a JSON object as rancognition.h describes it (rancog_optimization_optimize): a problem_type (CCO, MLB, ES, MRO, PCI, SLICE) with the
network or what it works on, or a test function. Points that only a program of yours can evaluate: see rancognition.Optimizer.
Exit code 1 means: no point was found that satisfies all constraints.
"""


def add_arguments(parser):
    """The options of this command."""
    add_document(parser, "the problem")
    group = parser.add_argument_group("search (in place of what the problem says)")
    group.add_argument("--evaluations", type=count(1, 2**40), metavar="N", help="points that may be evaluated")
    group.add_argument("--deadline", type=time_length, metavar="LENGTH", help="time that it may take, such as 10s; the answer then depends on the machine")
    group.add_argument("--seed", type=count(0, 2**64 - 1), metavar="N", help="of the random numbers; the same seed gives the same answer")
    group.add_argument("--threads", type=count(0, 1024), default=0, metavar="N", help="where the problem says nothing; 0 = one for each processor (0)")
    add_answer(parser)


def run(options):
    """Reads, searches, tells; the exit code."""
    document = prepare(options)
    for path, value in (("budget.evaluations", options.evaluations), ("budget.deadline_ns", options.deadline), ("seed", options.seed)):
        if value is not None:
            document.set(path, value)
    problem = document.members
    if options.report and problem.get("problem_type") is not None:
        problem.setdefault("include_map", True)
    with optimize_session(document, options, "searching", options.threads) as core:
        text = core.optimize_json(document.text())
    result = tell(text, options, lambda answer, style: result_lines(answer, _objectives(problem, answer), style))
    return EXIT_OK if is_solved(result) else EXIT_LIMIT


def _objectives(problem, result):
    """Names: those of the problem, or else those that the result has beside its variables."""
    best = result["best"]
    if best is None:
        return []
    given = problem.get("objectives") or []
    return [one["name"] for one in given] if len(given) == len(best["f"]) else list(best["values"])[len(best["x"]):]
