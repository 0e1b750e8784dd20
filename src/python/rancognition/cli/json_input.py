"""One JSON object from a file or a pipe, with members changed by the command line."""

import json
import re

from .errors import DataError, UsageError
from .memory_options import member, read_json
from .text_input import TextInput

_CHARACTERS_MAX = 1 << 30
_INDEX = re.compile(r"\d{1,9}")


class JsonDocument:
    """An object that was read, to be changed and given to the library."""

    def __init__(self, name, members, lines=()):
        #: Where it comes from, for messages.
        self.name = name
        self.members = members
        #: Of lines of JSON: the number of the line that each item came from.
        self.lines = lines

    @classmethod
    def read(cls, path):
        """path: a file, also gzip; - for standard input. Raises DataError for what is no JSON object."""
        name, text = read_text(path)
        members = value_of(text, name)
        if not isinstance(members, dict):
            raise DataError(f"{name}: is no JSON object")
        return cls(name, members)

    def set(self, path, value):
        """Sets what lies at a path such as limits.max_load or network.cells.3.on; objects on the way are made. Raises UsageError when it leads nowhere."""
        *way, last = path.split(".")
        place = self.members
        for name in way:
            place = place[_index(place, name, path)] if isinstance(place, list) else _inner(place, name, path)
        if isinstance(place, list):
            place[_index(place, last, path)] = value
        elif isinstance(place, dict) and last:
            place[last] = value
        else:
            raise UsageError(f"--set {path}: there is no place for {last!r}")

    def text(self):
        """The object as JSON. Raises DataError for a number that is none."""
        try:
            return json.dumps(self.members, allow_nan=False, separators=(",", ":")).encode("ascii")
        except ValueError:
            raise DataError(f"{self.name}: holds a number beyond what a double can be") from None


def read_text(path):
    """(name, text) of a file, also gzip; - for standard input."""
    with TextInput(path, line_characters_max=_CHARACTERS_MAX) as source:
        return source.name, "".join(source.lines())


def value_of(text, place):
    """What a JSON text says. Raises DataError, which names the place."""
    try:
        return read_json(text, _once)
    except ValueError as error:
        raise DataError(f"{place}: is no JSON: {error}") from None


def read_items(path, member):
    """(name, value, lines) of items that come as one JSON array, as the member of an object, or as lines of JSON objects, as a bus gives them.

    value: the array, or the object; lines: of lines the number of the one that each item came from, else [].
    """
    name, text = read_text(path)
    rows = [(number, row) for number, row in enumerate(text.split("\n"), 1) if row.strip()]
    if len(rows) > 1 and _is_json(rows[0][1]):
        items, lines = [], []
        for number, row in rows:
            value = value_of(row, f"{name}: line {number}")
            several = value if isinstance(value, list) else [value]
            items += several
            lines += [number] * len(several)
        return name, items, lines
    value = value_of(text, name)
    if not isinstance(value, (dict, list)):
        raise DataError(f"{name}: is no JSON object and no array of {member}")
    return name, value, []


def add_document(parser, what):
    """The document, and what is to be changed in it."""
    parser.add_argument("input", metavar="FILE", help=f"JSON file with {what}, also gzip; - for standard input")
    parser.add_argument("--set", action="append", type=member, default=[], metavar="PATH=VALUE", dest="changes",
                        help="changes a member, such as limits.max_load=0.5 or network.cells.3.on=false (places in arrays from 0); may be repeated")


def read_document(options, read=JsonDocument.read):
    """What the command line names, with its changes. read: makes the document of a path."""
    document = read(options.input)
    for path, value in options.changes:
        document.set(path, value)
    return document


def _inner(place, name, path):
    if not isinstance(place, dict) or not name:
        raise UsageError(f"--set {path}: there is no place for {name!r}")
    if place.get(name) is None:
        place[name] = {}
    return place[name]


def _index(place, name, path):
    if not _INDEX.fullmatch(name) or int(name) >= len(place):
        raise UsageError(f"--set {path}: {name!r} is no place in an array of {len(place)}")
    return int(name)


def _is_json(text):
    try:
        read_json(text)
    except ValueError:
        return False
    return True


def _once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is given twice")
    return members
