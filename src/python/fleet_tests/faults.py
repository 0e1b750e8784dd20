"""What goes wrong on the workers of a test: they import this module."""

import os
import signal
import time

from distributed import WorkerPlugin
from rancognition.fleet import FleetError, _task

_outcome = _task.outcome


def die(log):
    """Ends this process as a crash does, and leaves a line in a file."""
    with open(log, "a", encoding="ascii") as file:
        file.write(f"{os.getpid()}\n")
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


class Poison(dict):
    """A problem that kills the process in which it is made into JSON, once for each time that it is tried."""

    def __init__(self, log):
        super().__init__(id="poison")
        self._log = log

    def items(self):
        die(self._log)


class Poisoned(WorkerPlugin):
    """On its workers, those started later included, the library dies of problems with a word in them. More work comes slowly."""

    name = "poisoned"

    def __init__(self, log, word, seconds=0.0):
        self._log = log
        self._word = word
        self._seconds = seconds

    def setup(self, worker):
        def outcome(core, text, *names):
            if self._word in text:
                time.sleep(self._seconds)
                die(self._log)
            return _outcome(core, text, *names)
        _task.outcome = outcome

    def teardown(self, worker):
        _task.outcome = _outcome


class Slow(WorkerPlugin):
    """On its workers each cell takes longer, and its text is noted in a file."""

    name = "slow"

    def __init__(self, seconds, log=os.devnull):
        self._seconds = seconds
        self._log = log

    def setup(self, worker):
        def outcome(core, text, *names):
            with open(self._log, "a", encoding="ascii") as file:
                file.write("cell\n")
            time.sleep(self._seconds)
            return _outcome(core, text, *names)
        _task.outcome = outcome

    def teardown(self, worker):
        _task.outcome = _outcome


def lose_library():
    """From now on this worker is one that joined without the library."""
    def identity():
        raise FleetError("librancognition cannot be used on host test, process 1: it was lost")
    _task.identity = identity
