"""The cognitive core as commands use it."""

import os
from contextlib import contextmanager

from .. import Cognition, InvalidArgument, InvalidJson, Limit, RanCognitionError
from .errors import DataError, LibraryError
from .progress import Progress


def add_path(parser, is_required=False):
    """The file that decisions, memory and history live in."""
    what = "the file that decisions, memory and history are kept in" + ("" if is_required else ", so that later calls know them; created when it is not there")
    parser.add_argument("--path", metavar="FILE.db", required=is_required, help=what)


@contextmanager
def cognition_session(options, stage, creates=False, **settings):
    """A cognitive core for the time of a with block. Only what adds to its file creates one that is not there."""
    if not creates and not os.path.exists(options.path):
        raise DataError(f"{options.path}: there is no such file")
    with Progress(not (options.no_progress or options.quiet)) as progress:
        try:
            core = Cognition(options.path, host=progress.host(), **settings)
        except (InvalidArgument, InvalidJson) as error:
            raise DataError(f"{options.path}: {error}") from None
        except RanCognitionError as error:
            raise LibraryError(f"{options.path}: {error} ({error.name})") from None
        with core, progress.call(stage):
            yield core


@contextmanager
def fault_of(name, **others):
    """Around a call: what is refused is the fault of what has that name; of another one where the message begins with an argument of others."""
    try:
        yield
    except (InvalidArgument, InvalidJson, Limit) as error:
        message = str(error)
        found = next((other for argument, other in others.items() if other and message.startswith(argument)), name)
        raise DataError(f"{found}: {message}") from None
