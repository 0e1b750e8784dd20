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

    def __init__(self, name, members):
        #: Where it comes from, for messages.
        self.name = name
        self.members = members

    @classmethod
    def read(cls, path):
        """path: a file, also gzip; - for standard input. Raises DataError for what is no JSON object."""
        with TextInput(path, line_characters_max=_CHARACTERS_MAX) as source:
            text = "".join(source.lines())
            try:
                members = read_json(text, _once)
            except ValueError as error:
                raise DataError(f"{source.name}: is no JSON: {error}") from None
            if not isinstance(members, dict):
                raise DataError(f"{source.name}: is no JSON object")
            return cls(source.name, members)

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


def add_document(parser, what):
    """The document, and what is to be changed in it."""
    parser.add_argument("input", metavar="FILE", help=f"JSON file with {what}, also gzip; - for standard input")
    parser.add_argument("--set", action="append", type=member, default=[], metavar="PATH=VALUE", dest="changes",
                        help="changes a member, such as limits.max_load=0.5 or network.cells.3.on=false (places in arrays from 0); may be repeated")


def read_document(options):
    """What the command line names, with its changes."""
    document = JsonDocument.read(options.input)
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


def _once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is given twice")
    return members
