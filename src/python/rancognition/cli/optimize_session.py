"""The optimization core as commands use it."""

import os
from contextlib import contextmanager

from .. import InvalidArgument, InvalidJson, Limit, Optimizer
from .errors import DataError
from .progress import Progress

_THREADS_MAX = 1024


@contextmanager
def optimize_session(document, options, stage, threads=0):
    """An optimization core for the time of a with block. What is refused within it is the document's fault."""
    threads = min(threads or os.cpu_count() or 1, _THREADS_MAX)
    with Progress(not (options.no_progress or options.quiet)) as progress, Optimizer(threads=threads, host=progress.host()) as core:
        try:
            with progress.call(stage):
                yield core
        except (InvalidArgument, InvalidJson, Limit) as error:
            raise DataError(f"{document.name}: {error}") from None
