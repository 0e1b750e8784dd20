"""The strange-loop core as commands use it."""

import re
from contextlib import contextmanager

from .. import InvalidArgument, InvalidJson, Limit, StrangeLoop
from .errors import DataError
from .progress import Progress

_COMMAND = re.compile(r"commands[\[/](\d+)")


@contextmanager
def loop_session(document, options, stage):
    """A strange-loop core for the time of a with block. What is refused within it is the document's fault."""
    with Progress(not (options.no_progress or options.quiet)) as progress, StrangeLoop(host=progress.host()) as core:
        try:
            with progress.call(stage):
                yield core
        except (InvalidArgument, InvalidJson, Limit) as error:
            raise DataError(f"{document.name}: {error}{_line_of(str(error), document.lines)}") from None


def _line_of(message, lines):
    """Which line the command came from that a message names."""
    found = _COMMAND.search(message)
    return f" (line {lines[int(found.group(1))]})" if found and int(found.group(1)) < len(lines) else ""
