"""What runs on the workers: one partition, cell by cell."""

import collections
import itertools
import os
import threading
from dataclasses import dataclass

from .._temporal import Temporal
from ._gate import Gate
from ._identity import Identity, identity
from ._library import encode, err, outcome
from ._record import READING, Ledger

# A partition that was begun this often on workers that died is given up with all that is left of it.
BEGINNINGS_MAX = 16

_END = object()

_gate = Gate()
_own = threading.local()  # the core of each thread of the worker: kept, so that a partition costs no new one
_ended = collections.deque(maxlen=64)  # runs that were cancelled; the oldest have long left the worker


@dataclass(frozen=True)
class Job:
    """What all partitions of a run share."""

    run: str
    expansion_factor: int
    temporal_resolution: int
    retries: int
    result_bytes_max: int


@dataclass(frozen=True)
class Names:
    """How the cells of a partition are called in messages and timeline ids."""

    prefix: str  # problems
    timeline: str  # timeline-
    first: int  # number of the partition's first cell

    def name(self, cell):
        return f"{self.prefix}[{self.first + cell}]"

    def timeline_id(self, cell):
        return f"{self.timeline}{self.first + cell + 1}"


@dataclass(frozen=True)
class Refused:
    """Stands in a partition for a problem that could not be sent; its outcome is this text."""

    outcome: bytes


@dataclass(frozen=True)
class Texts:
    """A partition whose problems come with the task. One object, so that Dask does not search it for keys and futures."""

    items: tuple


@dataclass(frozen=True)
class Loader:
    """A partition that the worker reads itself: a function without arguments."""

    function: object


@dataclass(frozen=True)
class Part:
    """Outcomes of a partition's cells from start on: all, or as many as one result may hold."""

    identity: Identity
    address: str  # of the worker
    outcomes: list
    is_finished: bool


def analyze_partition(job, slot, number, names, start, source):
    """Analyses the cells of a partition from start on. source: Texts, a Loader, or data that Dask has put in its place."""
    who = identity()
    ledger = Ledger(job.run, slot)
    record = ledger.load([number, start])
    record.begin(ledger.address)
    ledger.save(record)
    found, size = [], 0
    for result in _Cells(job, names, ledger, record).outcomes(source, start):
        found.append(result)
        size += len(result)
        if job.run in _ended or size > job.result_bytes_max:
            return Part(who, ledger.address, found, False)
    return Part(who, ledger.address, found, True)


def end_run(run):
    """Tells this worker that nobody waits for the run any more: its tasks stop at their next cell."""
    _ended.append(run)


class _Cells:
    """The cells of one partition on this worker.

    On the first try nothing is told to anybody while it goes. On a further one, after a worker died with the partition, each cell is
    announced on the scheduler and analysed alone in this process, until it is known which of them kills.
    """

    def __init__(self, job, names, ledger, record):
        self._job = job
        self._names = names
        self._ledger = ledger
        self._record = record
        self._is_careful = record.begun > 1

    def outcomes(self, source, start):
        reads = not isinstance(source, Texts)  # the reading is then somebody else's code, and can kill too
        died = self._record.deaths.get(READING, 0)
        if died > self._job.retries:
            raise RuntimeError(f"given up: {died} workers died while they read it ({self._where()})")
        problems = None
        for cell in itertools.count():
            with _gate.alone() if self._is_careful else _gate.shared():
                if reads:
                    self._announce(READING)
                if problems is None:
                    problems = iter(_problems(source))
                problem = next(problems, _END)
                result = self._judge(cell, problem) if cell >= start and problem is not _END else None
                self._announce(None)
            if problem is _END:
                return
            if result is not None:
                yield result

    def _judge(self, cell, problem):
        died = self._record.deaths.get(cell, 0)
        if died > self._job.retries:
            return err(f"{self._names.name(cell)}: given up: {died} workers died while they analysed it ({self._where()})")
        if self._record.begun > BEGINNINGS_MAX:
            return err(f"{self._names.name(cell)}: given up: {self._record.begun - 1} workers died with its partition ({self._where()})")
        self._announce(cell)
        return self._analyze(cell, problem)

    def _analyze(self, cell, problem):
        if isinstance(problem, Refused):
            return problem.outcome
        name = self._names.name(cell)
        try:
            text = encode(problem)
        except Exception as error:  # whatever the problem's own code raises
            return err(f"{name}: {error}")
        return outcome(_core_of(self._job), text, name, self._names.timeline_id(cell))

    def _announce(self, cell):
        if self._is_careful and cell != self._record.cell:
            self._record.cell = cell
            self._ledger.save(self._record)

    def _where(self):
        return ", ".join(self._record.workers[:-1][-4:])


def _problems(source):
    if isinstance(source, Texts):
        return source.items
    data = source.function() if isinstance(source, Loader) else source
    if isinstance(data, (str, bytes, bytearray, dict)) or not hasattr(data, "__iter__"):
        raise TypeError(f"a partition is a {type(data).__name__}, want an iterable of problems")
    return data


def _core_of(job):
    settings = job.expansion_factor, job.temporal_resolution, os.getpid()
    if getattr(_own, "settings", None) != settings:
        if getattr(_own, "core", None) is not None:
            _own.core.close()
        _own.core = None
        _own.core = Temporal(job.expansion_factor, job.temporal_resolution)
        _own.settings = settings
    return _own.core
