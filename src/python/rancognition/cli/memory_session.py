"""What the actions on a memory share: the memory opened, and errors told as what they are."""

import os
import re
import sys
from contextlib import contextmanager
from typing import Any, Callable, NamedTuple

from .. import InvalidArgument, InvalidJson, Limit, Memory, NotFound, RanCognitionError
from .errors import DataError, LibraryError, UsageError
from .progress import Progress
from .session import require_library
from .words import shown

_INDEX = re.compile(r"^/\d+/")
_NOTES_MAX = 10


class Action(NamedTuple):
    """One thing to do with a memory."""

    name: str
    help: str
    add_arguments: Callable[[Any], None]
    run: Callable[[Any], int]


@contextmanager
def memory_session(options, create=False, **settings):
    """(memory, progress) for the time of a with block. Only what is to store creates a file that is not there."""
    require_library()
    if not create and not os.path.exists(options.file):
        raise DataError(f"{options.file}: there is no such file")
    with Progress(True) as progress:
        try:
            memory = Memory(options.file, progress.host(), **settings)
        except (InvalidArgument, InvalidJson) as error:
            raise DataError(f"{options.file}: {error}") from None
        except RanCognitionError as error:
            raise LibraryError(f"{options.file}: {error} ({error.name})") from None
        with memory:
            yield memory, progress


@contextmanager
def question(what=""):
    """Around a call that passes on what the command line says: what is refused there is wrong use. what: is told before the reason."""
    try:
        yield
    except (InvalidArgument, InvalidJson, Limit, NotFound) as error:
        raise UsageError(f"{what}{error}") from None


def note_ignored(fields):
    """Says what the library did not use, each once: places within an array of episodes are one."""
    reasons = {f"{_INDEX.sub('/', one['field'])}: {one['reason']}": None for one in fields}
    for text in list(reasons)[:_NOTES_MAX]:
        print(f"note: not used: {shown(text)}", file=sys.stderr)
    if len(reasons) > _NOTES_MAX:
        print(f"note: and {len(reasons) - _NOTES_MAX} more", file=sys.stderr)
