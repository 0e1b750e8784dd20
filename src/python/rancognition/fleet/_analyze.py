"""The functions of this package."""

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from typing import Any, Union

from ._identity import identity, require_alike
from ._partitions import TASK_BYTES_MAX, of_problems, of_sources
from ._run import PARTITIONS_PER_THREAD, Run
from ._task import Job

#: A problem: a dict, or its JSON as text or bytes.
Problem = Union[Mapping[str, Any], str, bytes]

#: {"Ok": {..}} or {"Err": "reason"}; the same as JSON bytes with decode=False.
Outcome = Union[dict, bytes]

#: Called with cells done, cells in all (None when that is not known), and cells a second since the start.
OnProgress = Callable[[int, Union[int, None], float], object]

_PARTITION_CELLS_MAX = 64
_PARTITIONS_PER_THREAD_MIN = 4  # of a list: so that the last ones keep all threads busy
_BYTES_MIN = 1 << 20
_PROBLEMS_MAX = 100_000  # in a partition: what the library takes in one call


@dataclass(frozen=True)
class _Settings:
    ordered: bool
    mixed_levels: bool
    worker_timeout_seconds: float


def analyze(client, problems: Iterable[Problem], *, partition_size: Union[int, None] = None, ordered: bool = False,
            on_progress: Union[OnProgress, None] = None, max_bytes_per_worker: int = 256 << 20, expansion_factor: int = 200,
            temporal_resolution: int = 48, retries: int = 1, decode: bool = True, mixed_levels: bool = False,
            worker_timeout: float = 60.0) -> Iterator[tuple[int, Outcome]]:
    """Analyses problems on the workers of a Dask client; an iterator of (index, outcome), the index counting the problems from 0.

    problems: any iterable. It is read no further ahead than what is on the workers: two partitions for each of their threads.
    partition_size: problems in a task; by default 64, of a list fewer when there would be too few tasks. Results do not depend on it.
    ordered: outcomes come in the order of the problems, instead of as they finish.
    on_progress: called on the thread that iterates, each time that a partition has come back. What it raises ends the run.
    max_bytes_per_worker: bound for problems and results that wait or are worked on in one worker, as text; a problem larger than a half
        of its partition's share is an Err. What the library and Python take to work comes on top.
    expansion_factor, temporal_resolution: as those of Temporal.
    retries: how often a cell is analysed again after its worker died of it, or a partition read again that could not be.
        One that goes on killing is found and becomes an Err; it costs retries + 2 workers, the other cells of its partition none.
    decode: False gives each outcome as JSON bytes, which costs this process next to nothing.
    mixed_levels: True accepts workers whose libraries are compiled for different processors: results then agree to about 1e-12 only.
    worker_timeout: seconds without any worker after which the run ends with an error.

    Closing the iterator, or leaving it by an exception, gives up what is pending; workers stop at their next cell.
    dict(analyze(..)) is all outcomes by index, analyze_all(..) a list of them.
    Raises FleetError when the run as a whole cannot go on; what is wrong with one problem is its Err.
    """
    if isinstance(problems, (str, bytes, bytearray, Mapping)) or not isinstance(problems, Iterable):
        raise TypeError(f"problems is a {type(problems).__name__}, want an iterable of problems")
    total = len(problems) if isinstance(problems, Sized) else None
    threads = _threads(client)
    if partition_size is None:
        partition_size = _PARTITION_CELLS_MAX
        if total is not None:
            partition_size = max(1, min(partition_size, total // (_PARTITIONS_PER_THREAD_MIN * max(1, sum(threads)))))
    _require("partition_size", partition_size, 1, _PROBLEMS_MAX)
    share = _share(max_bytes_per_worker, threads)
    job = _job(expansion_factor, temporal_resolution, retries, share)
    settings = _settings(ordered, mixed_levels, worker_timeout)
    partitions = of_problems(problems, partition_size, min(share, TASK_BYTES_MAX), share)
    return _outcomes(client, job, partitions, settings, on_progress, total, decode)


def analyze_partitions(client, partitions: Iterable[Any], *, ordered: bool = False, on_progress: Union[OnProgress, None] = None,
                       max_bytes_per_worker: int = 256 << 20, expansion_factor: int = 200, temporal_resolution: int = 48,
                       retries: int = 1, decode: bool = True, mixed_levels: bool = False,
                       worker_timeout: float = 60.0) -> Iterator[tuple[tuple[int, Union[int, None]], Outcome]]:
    """Analyses problems that the workers read themselves: none passes through this process.

        fleet.analyze_partitions(client, [functools.partial(read_cells, path) for path in paths])

    partitions: functions without arguments that give the problems of a partition (a list, or a generator, which is read cell by cell),
        Dask Delayed or Future objects that stand for such, or a Dask Bag of problems.

    An iterator of ((partition, cell), outcome), both counting from 0. A partition that cannot be read is ((partition, None), {"Err": ..}),
    the rest goes on; cells that it gave before that are not among the outcomes. A function is called again for what is left when the
    results of its partition are more than max_bytes_per_worker allows, or its worker died: it has to give the same problems each time.
    In timeline_id, timeline-3-7 is cell 6 of partition 2.
    The other arguments, and what is raised, are as those of analyze.
    """
    if hasattr(partitions, "to_delayed"):
        partitions = partitions.to_delayed()
    if isinstance(partitions, (str, bytes, bytearray, Mapping)) or not isinstance(partitions, Iterable):
        raise TypeError(f"partitions is a {type(partitions).__name__}, want an iterable of functions, Delayed or Future objects, or a Bag")
    job = _job(expansion_factor, temporal_resolution, retries, _share(max_bytes_per_worker, _threads(client)))
    settings = _settings(ordered, mixed_levels, worker_timeout)
    return _outcomes(client, job, of_sources(client, partitions), settings, on_progress, None, decode)


def analyze_all(client, problems: Iterable[Problem], **options: Any) -> list[Outcome]:
    """The outcomes of all problems, as a list in their order. Options are those of analyze."""
    found = sorted(analyze(client, problems, **options), key=lambda pair: pair[0])
    return [outcome for _, outcome in found]


def _outcomes(client, job, partitions, settings, on_progress, total, decode):
    """Runs, once it is iterated; closing it closes the run."""
    begin = time.monotonic()
    done = 0
    expected = require_alike(client.run(identity, on_error="return"), settings.mixed_levels)
    run = Run(client, job, partitions, settings, expected).outcomes()
    try:
        for partition, first, outcomes in run:
            done += len(outcomes)
            if on_progress is not None and outcomes:
                on_progress(done, total, done / max(time.monotonic() - begin, 1e-9))
            for position, outcome in enumerate(outcomes):
                cell = None if first is None else first + position
                yield partition.index(cell), json.loads(outcome) if decode else outcome
    finally:
        run.close()


def _threads(client):
    """Threads of each worker. Refuses what is not a client that can be waited for."""
    if not hasattr(client, "nthreads") or not hasattr(client, "submit"):
        raise TypeError(f"client is a {type(client).__name__}, want a distributed.Client")
    if client.asynchronous:
        raise TypeError("client is asynchronous, want one that is not")
    return list(client.nthreads().values())


def _share(max_bytes_per_worker, threads):
    """Bytes of problems, and as many of results, that one partition may have."""
    _require("max_bytes_per_worker", max_bytes_per_worker, _BYTES_MIN, 1 << 50)
    return max_bytes_per_worker // (2 * PARTITIONS_PER_THREAD * max(threads, default=1))


def _job(expansion_factor, temporal_resolution, retries, share):
    _require("expansion_factor", expansion_factor, 1, 1_000_000)
    _require("temporal_resolution", temporal_resolution, 1, 1_000_000)
    _require("retries", retries, 0, 10)
    return Job(uuid.uuid4().hex, expansion_factor, temporal_resolution, retries, share)


def _settings(ordered, mixed_levels, worker_timeout):
    if not worker_timeout > 0:
        raise ValueError(f"worker_timeout is {worker_timeout}, must be above 0")
    return _Settings(bool(ordered), bool(mixed_levels), worker_timeout)


def _require(name, value, low, high):
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} is a {type(value).__name__}, want an int")
    if not low <= value <= high:
        raise ValueError(f"{name} is {value}, must be {low}..{high}")
