"""memory store, memory update: episodes and changes of them from lines of JSON."""

import json
import sys

from .. import InvalidArgument, InvalidJson, Limit, NotFound, RanCognitionError
from .errors import EXIT_DATA, EXIT_OK, DataError, LibraryError
from .memory_options import read_json
from .memory_session import Action, memory_session, note_ignored
from .options import count
from .text_input import TextInput
from .words import plural

_TOGETHER = 1000  # episodes that share a commit
_IGNORED_MAX = 10_000
_REFUSALS = (InvalidArgument, InvalidJson, Limit, NotFound)


def _add_input(parser):
    parser.add_argument("input", metavar="LINES", nargs="?", default="-", help="file with one JSON object a line, also gzip; - for standard input (-)")
    parser.add_argument("--skip-refused", action="store_true", help="go on after lines that are refused, and tell them; the exit code is 3 then")
    parser.add_argument("--quiet", "-q", action="store_true", help="do not say how many there were")


def _add_store(parser):
    _add_input(parser)
    parser.add_argument("--ids", action="store_true", help="write the ids of the episodes, one a line")
    parser.add_argument("--dimension", type=count(1, 4096), metavar="N", help="numbers of a vector (those of the first one)")
    parser.add_argument("--metric", choices=("l2", "cosine", "inner_product"), help="distance of a new memory (l2)")
    parser.add_argument("--durability", choices=("none", "group", "sync"), help="what is promised of an episode that was stored (group: it is on the device)")


class _Account:
    """What became of the lines of an input."""

    def __init__(self, name, skips):
        self.taken = self.refused = 0
        self._name, self._skips = name, skips

    def refuse(self, number, reason):
        """Tells a line that is not taken, and ends the command unless it is to go on."""
        told = f"{self._name}: line {number}: {reason}"
        if not self._skips:
            raise DataError(f"{told}; nothing from there on was taken, but {plural(self.taken, 'line')} before it")
        self.refused += 1
        print(f"refused: {told}", file=sys.stderr)

    def end(self):
        """The exit code when all lines were read."""
        if self.refused:
            print(f"{plural(self.refused, 'line')} refused", file=sys.stderr)
        return EXIT_DATA if self.refused else EXIT_OK


def _objects(source):
    """(line number, text, None, or the reason why it is no JSON object) of the lines that are not empty; number 0: the input cannot be read on."""
    try:
        for number, line in enumerate(source.lines(), 1):
            text = line.strip()
            if text:
                try:
                    yield number, text, None if isinstance(read_json(text), dict) else "is no JSON object"
                except ValueError as error:
                    yield number, text, f"is no JSON: {error}"
    except DataError as error:
        yield 0, "", str(error)


def _take_all(options, take, together, account, source):
    """Calls take(lines) for so many lines together, in their order; each line is taken, or refused with its reason."""
    waiting = []

    def keep(items):
        try:
            if items:
                take([text for _, text in items])
                account.taken += len(items)
        except _REFUSALS as error:  # all of them are refused for one: halves find it, in order
            if len(items) == 1:
                account.refuse(items[0][0], str(error))
                return
            keep(items[:len(items) // 2])
            keep(items[len(items) // 2:])

    try:
        for number, text, reason in _objects(source):
            if reason is None:
                waiting.append((number, text))
            if reason is not None or len(waiting) == together:
                keep(waiting)
                waiting = []
            if number == 0:
                raise DataError(f"{reason}; {plural(account.taken, 'line')} taken before")
            if reason is not None:
                account.refuse(number, reason)
        keep(waiting)
    except RanCognitionError as error:
        raise LibraryError(f"{options.file}: {error} ({error.name}); {plural(account.taken, 'line')} taken before") from None
    if source.latin1_lines:
        print(f"note: {plural(source.latin1_lines, 'line')} not UTF-8, read as Latin-1", file=sys.stderr)


def _store(options):
    settings = {name: getattr(options, name) for name in ("dimension", "metric", "durability") if getattr(options, name) is not None}
    with TextInput(options.input) as source, memory_session(options, create=True, **settings) as (memory, progress):
        account, ignored = _Account(source.name, options.skip_refused), []

        def store(texts):
            result = json.loads(memory.store_json("[" + ",".join(texts) + "]" if len(texts) > 1 else texts[0]))
            ids = result["ids"] if "ids" in result else [result["id"]]
            _remember(ignored, result)
            if options.ids:
                sys.stdout.writelines(f"{one}\n" for one in ids)
            progress.count("episodes stored:", account.taken + len(ids))

        _take_all(options, store, _TOGETHER, account, source)
        progress.clear()
        note_ignored(ignored)
        if not options.quiet and not options.ids:
            print(f"{plural(account.taken, 'episode')} stored; the memory has {memory.stats()['episodes']}")
        return account.end()


def _update(options):
    with TextInput(options.input) as source, memory_session(options) as (memory, progress):
        account, ignored = _Account(source.name, options.skip_refused), []

        def update(texts):
            _remember(ignored, memory.update(texts[0]))
            progress.count("episodes updated:", account.taken + 1)

        _take_all(options, update, 1, account, source)
        progress.clear()
        note_ignored(ignored)
        if not options.quiet:
            print(f"{plural(account.taken, 'episode')} updated")
        return account.end()


def _remember(ignored, result):
    """Keeps what the library says that it did not use; of very many enough to tell."""
    if len(ignored) < _IGNORED_MAX:
        ignored += result["ignored"]


STORE = Action("store", "keeps episodes; a memory that is not there is created", _add_store, _store)
UPDATE = Action("update", "changes members of episodes: lines with id and the members, such as an outcome that is known by now", _add_input, _update)
