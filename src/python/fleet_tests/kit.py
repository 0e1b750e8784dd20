"""Cells, clusters and the answer of one process, for the tests."""

import atexit
import functools
import json
import logging
import math
import os
import random
import tempfile

import dask
import rancognition
from distributed import LocalCluster, Nanny, Scheduler
from distributed.deploy.spec import SpecCluster

# So long Dask tries to fetch a result from a worker that has just been killed; then it has it computed again.
dask.config.set({"distributed.comm.timeouts.connect": "10s"})

QUARTER_HOUR_NS = 900_000_000_000
FUTURES = 50  # few: the tests look at who computes, not at how well


def problem(number, seed=1):
    """A cell with a day and a half of a load that nobody else has."""
    draw = random.Random(seed * 1_000_003 + number)
    values = [round(50 + 20 * math.sin(at * math.pi / 48 + number) + draw.gauss(0, 3), 2) for at in range(144)]
    values[draw.randrange(144)] = None
    return {
        "id": f"p{number}",
        "network_id": f"cell-{number}",
        "problem_type": "congestion",
        "objectives": ["minimize RRU.PrbTotDl"],
        "constraints": ["RRU.PrbTotDl <= 80"],
        "history": {"RRU.PrbTotDl": {"start_ns": 1_700_000_000_000_000_000, "step_ns": QUARTER_HOUR_NS, "values": values}},
    }


def problems(count, seed=1):
    return [problem(number, seed) for number in range(count)]


def in_one_process(cells):
    """Outcomes of the same problems in this process, in one batch."""
    with rancognition.Temporal(expansion_factor=FUTURES) as core:
        return core.parallel_temporal_analysis(cells, thread_count=2)["results"]


def untimed(outcome):
    """Text of an outcome without the times that it took: the only part that may differ."""
    found = json.loads(outcome) if isinstance(outcome, bytes) else outcome
    if "Ok" in found:
        found = {"Ok": {key: value for key, value in found["Ok"].items() if key not in ("execution_time", "performance_metrics")}}
    return json.dumps(found)


@functools.lru_cache(maxsize=1)
def _folder():
    """Where Dask puts its files; it goes with this process."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return folder.name


def local(workers=2, threads=1, processes=True):
    return LocalCluster(n_workers=workers, threads_per_worker=threads, processes=processes, dashboard_address=None,
                        silence_logs=logging.CRITICAL, memory_limit=0, local_directory=_folder())


def cluster_of(*environments):
    """A cluster with one worker process for each environment."""
    options = {"nthreads": 1, "memory_limit": 0, "silence_logs": logging.CRITICAL, "local_directory": _folder()}
    workers = {place: {"cls": Nanny, "options": {**options, "env": environment}} for place, environment in enumerate(environments)}
    return SpecCluster(workers=workers, scheduler={"cls": Scheduler, "options": {"port": 0, "dashboard": False}}, silence_logs=logging.CRITICAL)


def resident_bytes():
    """Memory of this process, by the system."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
