"""What is remembered of a partition on the scheduler, where it outlives the workers that die of it."""

from dataclasses import asdict, dataclass, field

from distributed import get_worker
from distributed.utils import sync

ROOT = "rancognition-fleet"

# A cell number that stands for reading the partition's next problem.
READING = -1


@dataclass
class Record:
    """How often a partition was begun, and which of its cells were being analysed when workers died.

    One lies on the scheduler for each slot, not for each partition: their number is bounded. partition tells whose it is.
    """

    partition: list  # number of the partition, its first cell
    begun: int = 0
    cell: int | None = None  # being analysed, alone in its process
    deaths: dict = field(default_factory=dict)  # by cell
    workers: list = field(default_factory=list)  # those on which it was begun

    def begin(self, address):
        """Called first: what is under way in the record of an earlier try was under way when its worker died."""
        if self.cell is not None:
            self.deaths[self.cell] = self.deaths.get(self.cell, 0) + 1
        self.cell = None
        self.begun += 1
        self.workers.append(address)


class Ledger:
    """Reads and writes the record of one slot, from inside a task."""

    def __init__(self, run, slot):
        self._worker = get_worker()
        self._keys = [ROOT, run, str(slot)]

    @property
    def address(self):
        return self._worker.address

    def load(self, partition):
        """The slot's record; a new one when the last was of another partition."""
        found = sync(self._worker.loop, self._worker.scheduler.get_metadata, keys=self._keys, default=None)
        if found is None or list(found["partition"]) != partition:
            return Record(partition)
        found["deaths"] = {int(cell): count for cell, count in found["deaths"].items()}
        found["workers"] = list(found["workers"])
        return Record(**found)

    def save(self, record):
        """Returns when the scheduler has it."""
        sync(self._worker.loop, self._worker.scheduler.set_metadata, keys=self._keys, value=asdict(record))
