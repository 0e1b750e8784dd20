"""decide: what ails the network, what to change, and whether it may be done."""

from .answer import add_answer, prepare, tell
from .cognition_session import add_path, cognition_session, fault_of
from .decide_text import decision_lines, is_likely
from .errors import EXIT_LIMIT, EXIT_OK
from .json_input import add_document, read_text, value_of
from .memory_options import moment
from .options import count, time_length

NAME = "decide"
HELP = "the cause, the changes, what comes of them, guards, how to undo it, and why: of a problem or an intent in a JSON file"
EPILOG = """examples:
  python -m rancognition decide problem.json --path network.db --report decision.html
  python -m rancognition decide problem.json --constraint 'RRU.PrbTotDl <= 80' --mode SHADOW --json > decision.json
  python -m rancognition decide problem.json --constraints targets.txt --set protected='["NRCellDU=4"]' --record calls.jsonl

The problem is a JSON object as rancognition.h describes it (rancog_cognitive_decide), or an intent of TS 28.312. What was ingested into the --path file is
used as its history. What became of the decision is told by outcome, how to undo it by rollback: they need the --path file, too.
A model of the network that only a program of yours can ask: see rancognition.Cognition.decide_with.
Exit code 1 means: a target is more likely missed than held, or constraints contradict each other.
"""


def add_arguments(parser):
    """The options of this command."""
    add_document(parser, "the problem")
    add_path(parser)
    parser.add_argument("--record", metavar="FILE.jsonl", help="appends this call to a record, for replay")
    group = parser.add_argument_group("problem (beside or in place of what the file says)")
    group.add_argument("--constraints", metavar="FILE", help="further targets: a JSON array, or one expression a line")
    group.add_argument("--constraint", action="append", default=[], metavar="EXPRESSION", help="a further target, such as 'RRU.PrbTotDl <= 80'; may be repeated")
    group.add_argument("--mode", choices=("SHADOW", "ASSIST", "AUTONOMOUS"), help="SHADOW: recorded only; ASSIST: you confirm it (the default); AUTONOMOUS: it is carried out")
    group.add_argument("--time", type=moment, metavar="TIME", help="of the decision: 2024-05-01T13:00:00Z, or ns (now)")
    group.add_argument("--deadline", type=time_length, metavar="LENGTH", help="time that it may take, such as 2s; the answer then depends on the machine")
    group.add_argument("--seed", type=count(0, 2**64 - 1), metavar="N", help="of the random numbers; the same seed gives the same answer")
    add_answer(parser)


def run(options):
    """Reads, decides, tells; the exit code."""
    document = prepare(options)
    for path, value in (("mode", options.mode), ("time_ns", options.time), ("deadline_ns", options.deadline), ("seed", options.seed)):
        if value is not None:
            document.set(path, value)
    constraints = _constraints(options)
    with cognition_session(options, "deciding", creates=True, record_to=options.record) as core, fault_of(document.name, constraints=options.constraints):
        text = core.decide_json(document.text(), constraints)
    return EXIT_OK if is_likely(tell(text, options, decision_lines)) else EXIT_LIMIT


def _constraints(options):
    """The further targets; None without any."""
    given = list(options.constraint)
    if options.constraints:
        name, text = read_text(options.constraints)
        given += value_of(text, name) if text.lstrip().startswith("[") else [line.strip() for line in text.splitlines() if line.strip()]
    return given or None
