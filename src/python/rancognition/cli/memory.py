"""memory: what a memory file holds, and what is to be kept, recalled, learned and given on."""

from . import memory_intake, memory_questions, memory_upkeep

NAME = "memory"
HELP = "episodes (situation, action, outcome) in a file: store, recall, skills, effect, export and more"
EPILOG = """examples:
  python -m rancognition memory cells.db store episodes.jsonl
  python -m rancognition memory cells.db recall RRU.PrbTotDl=92 DRB.UEThpDl=4 --filter '{"cell":"c1","success":true}' --explain
  python -m rancognition memory cells.db recall --text 'energy saving' --json
  python -m rancognition memory cells.db effect DRB.UEThpDl attribute=digitalTilt
  python -m rancognition memory cells.db export | gzip > episodes.jsonl.gz

An episode is a JSON object as rancognition.h describes it, one a line; - is standard input. The file is an SQLite file; one process at
a time has it. For all that an action takes: python -m rancognition memory FILE ACTION --help
Exit code 1 means: nothing was found, or there are not enough data.
"""

#: Each has name, help, add_arguments(parser) and run(options), which gives the exit code. The first one is taken when none is named.
ACTIONS = (memory_upkeep.STATS, memory_intake.STORE, memory_intake.UPDATE, memory_questions.RECALL, memory_questions.SKILLS, memory_questions.EFFECT,
           memory_upkeep.EXPORT, memory_upkeep.BACKUP, memory_upkeep.PRUNE, memory_upkeep.REMOVE)


def add_arguments(parser):
    """The options of this command, and its actions with theirs."""
    parser.add_argument("file", metavar="FILE", help="the memory; store creates it")
    parser.set_defaults(action=ACTIONS[0], json=False)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    for action in ACTIONS:
        one = actions.add_parser(action.name, help=action.help, description=action.help)
        action.add_arguments(one)
        one.set_defaults(action=action)


def run(options):
    """Does it; the exit code."""
    return options.action.run(options)
