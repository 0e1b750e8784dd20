"""memory stats, export, backup, prune, remove: what is there, and what is to stay."""

import json
import sys

from .. import NotFound
from .errors import EXIT_DATA, EXIT_OK, UsageError
from .memory_export import episodes_of
from .memory_options import add_filter, add_json, real
from .memory_session import Action, memory_session, question
from .memory_text import stats_lines, write_lines
from .options import count, time_length
from .words import plural

_ID_MAX = 2**63 - 1


def _stats(options):
    with memory_session(options) as (memory, _):
        stats = memory.stats()
    if options.json:
        print(json.dumps(stats, indent=2))
    else:
        write_lines(sys.stdout, stats_lines(stats))
    return EXIT_OK


def _export(options):
    with memory_session(options) as (memory, _), question():
        for episode in episodes_of(memory, options.filter or {}):
            sys.stdout.write(json.dumps(episode, ensure_ascii=False, separators=(",", ":")) + "\n")
    return EXIT_OK


def _backup(options):
    with memory_session(options) as (memory, progress), progress.call("copying"), question(f"{options.copy}: "):
        size = memory.backup(options.copy)
    print(f"{size / 1e6:.1f} MB written to {options.copy}")
    return EXIT_OK


def _add_backup(parser):
    parser.add_argument("copy", metavar="COPY", help="a file that is not there yet")


def _add_prune(parser):
    parser.add_argument("--max-rows", type=count(0, _ID_MAX), metavar="N", help="keep the newest N")
    parser.add_argument("--max-age", type=time_length, metavar="LENGTH", help="remove what is older than that, such as 90d")
    parser.add_argument("--min-reward", type=real, metavar="N", help="remove what has a smaller reward")
    add_filter(parser)


def _prune(options):
    if options.max_rows is None and options.max_age is None and options.min_reward is None:
        raise UsageError("memory prune: give --max-rows, --max-age or --min-reward")
    with memory_session(options) as (memory, progress), progress.call("removing"), question():
        removed = memory.prune(max_rows=options.max_rows, max_age_ns=options.max_age, min_reward=options.min_reward, filter=options.filter)
        left = memory.stats()["episodes"]
    print(f"{plural(removed, 'episode')} removed; the memory has {left}")
    return EXIT_OK


def _add_remove(parser):
    parser.add_argument("ids", nargs="+", type=count(1, _ID_MAX), metavar="ID", help="of an episode")


def _remove(options):
    missing = 0
    with memory_session(options) as (memory, _):
        for one in options.ids:
            try:
                memory.remove(one)
            except NotFound as error:
                missing += 1
                print(f"{options.file}: {error}", file=sys.stderr)
    print(f"{plural(len(options.ids) - missing, 'episode')} removed")
    return EXIT_DATA if missing else EXIT_OK


STATS = Action("stats", "tells what the memory holds (also when no action is named)", add_json, _stats)
EXPORT = Action("export", "writes all episodes by their ids, one JSON object a line, as store reads them", add_filter, _export)
BACKUP = Action("backup", "writes a consistent copy, with all that was ever known of the episodes", _add_backup, _backup)
PRUNE = Action("prune", "removes what is too much, too old or of too little reward", _add_prune, _prune)
REMOVE = Action("remove", "removes episodes by their ids", _add_remove, _remove)
