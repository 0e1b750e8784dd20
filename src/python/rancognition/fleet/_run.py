"""Keeps a bounded number of partitions on the workers and takes in what they give."""

import itertools
import queue
import time
from dataclasses import dataclass

from distributed import KilledWorker

from ._errors import FleetError
from ._identity import require_same
from ._library import err
from ._record import ROOT
from ._task import BEGINNINGS_MAX, Part, analyze_partition, end_run

# Partitions for each thread of a worker: one is analysed, the next is there already.
PARTITIONS_PER_THREAD = 2

# How often the workers are counted again, and how long the wait for a result is before it is looked whether anybody still works.
_LOOK_SECONDS = 1.0


@dataclass
class Flight:
    """A partition on its way. It keeps its slot, and with that its record, through all of its tries."""

    partition: object
    slot: int
    start: int = 0  # its first cell that is still to come
    tries: int = 0  # tasks that Dask gave up because workers died
    future: object = None
    parts: list = None  # outcomes that wait for the partitions before it


class Run:
    """One call of analyze. outcomes() gives (partition, first cell, outcomes) until all is done; closing it gives up what is left.

    First cell None: the partition could not be read, and the one outcome says why.
    """

    def __init__(self, client, job, partitions, settings, expected):
        self._client = client
        self._job = job
        self._partitions = iter(partitions)
        self._settings = settings
        self._expected = expected  # Identity of the workers; None while none has told its own
        self._flights = {}  # by slot
        self._finished = queue.SimpleQueue()  # (flight, future), put by Dask's threads
        self._keys = itertools.count()
        self._limit = 0
        self._counted = -_LOOK_SECONDS
        self._workers_seen = time.monotonic()
        self._next_in_order = 0

    def outcomes(self):
        try:
            while True:
                self._fill()
                if not self._flights:
                    return
                flight, future = self._wait()
                if future is flight.future:
                    yield from self._land(flight)
        finally:
            self._stop()

    def _fill(self):
        self._count_workers()
        while len(self._flights) < self._limit:
            partition = next(self._partitions, None)
            if partition is None:
                self._partitions = iter(())
                return
            slot = next(slot for slot in itertools.count() if slot not in self._flights)
            flight = Flight(partition, slot, parts=[])
            self._flights[slot] = flight
            self._submit(flight)

    def _submit(self, flight):
        partition = flight.partition
        try:
            flight.future = self._client.submit(
                analyze_partition, self._job, flight.slot, partition.number, partition.names, flight.start, partition.source,
                key=f"rancognition-{self._job.run}-{next(self._keys)}", pure=False, retries=self._job.retries)
        except Exception:
            self._require_client()
            raise
        flight.future.add_done_callback(lambda future: self._finished.put((flight, future)))

    def _land(self, flight):
        """Takes in what a task gave; sends the partition out again when it is not all."""
        future, partition = flight.future, flight.partition
        first, outcomes, is_finished = self._result(future, flight)
        future.release()
        flight.start += len(outcomes)
        if is_finished:
            flight.future = None
            if not self._settings.ordered:
                del self._flights[flight.slot]
        else:
            self._submit(flight)
        if not self._settings.ordered:
            yield partition, first, outcomes
            return
        flight.parts.append((first, outcomes))
        yield from self._due()

    def _due(self):
        """What is next in order, as far as it has come."""
        by_number = {flight.partition.number: flight for flight in self._flights.values()}
        while self._next_in_order in by_number:
            flight = by_number[self._next_in_order]
            parts, flight.parts = flight.parts, []
            for first, outcomes in parts:
                yield flight.partition, first, outcomes
            if flight.future is not None:
                return
            del self._flights[flight.slot]
            self._next_in_order += 1

    def _result(self, future, flight):
        """(first cell, outcomes, whether the partition is finished with them)"""
        partition = flight.partition
        try:
            part = future.result()  # of a worker that has just died: Dask tries to reach it for a while, then has it computed again
        except FleetError:
            raise
        except KilledWorker as error:
            flight.tries += 1
            if error.args[0] == future.key and flight.tries <= BEGINNINGS_MAX:
                return flight.start, [], False
            reason = f"given up: the workers that had it died, the last was {error.args[1].address}"
        except Exception as error:
            if future.status in ("cancelled", "lost"):
                raise FleetError(f"partition {partition.number} was cancelled or lost by the scheduler: {error}") from None
            reason = f"{type(error).__name__}: {error}"
        else:
            self._require_same(part)
            return flight.start, part.outcomes, part.is_finished
        if partition.cells is None:
            return None, [err(f"{partition.names.prefix}: {reason}")], True
        return flight.start, [err(f"{partition.names.name(cell)}: {reason}") for cell in range(flight.start, partition.cells)], True

    def _require_same(self, part: Part):
        if self._expected is None:
            self._expected = part.identity
        elif part.identity != self._expected:
            require_same(self._expected, part.identity, part.address, self._settings.mixed_levels, "the first")

    def _wait(self):
        while True:
            try:
                return self._finished.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                self._count_workers()

    def _count_workers(self):
        """Follows workers that come and go; raises FleetError when there have been none for too long."""
        now = time.monotonic()
        if now - self._counted < _LOOK_SECONDS:
            return
        self._require_client()
        self._counted = now
        threads = sum(self._client.nthreads().values())
        if threads:
            self._workers_seen = now
        elif now - self._workers_seen > self._settings.worker_timeout_seconds:
            raise FleetError(f"there has been no worker for {self._settings.worker_timeout_seconds} s")
        self._limit = max(PARTITIONS_PER_THREAD * threads, 1)

    def _require_client(self):
        if self._client.status != "running":
            raise FleetError(f"the client is {self._client.status}: the scheduler is gone, or the client was closed") from None

    def _stop(self):
        """Gives up what is under way, and clears the records. The cluster may be gone by now: then there is nothing to tell."""
        pending = [flight.future for flight in self._flights.values() if flight.future is not None]
        self._flights.clear()
        for future in pending:
            future.release()
        if self._client.status != "running":
            return
        try:
            if pending:
                self._client.run(end_run, self._job.run, on_error="ignore")
            self._client.set_metadata([ROOT, self._job.run], None)
        except (OSError, RuntimeError, TimeoutError):
            pass
