"""Samples as they are read: the newest ones of each time, bounded."""

import math
from array import array
from itertools import islice
from operator import lt

SAMPLES_KEPT = 16_384  # of a series; as many as the library keeps of what it observes


class Samples:
    """Times and the values of one or more metrics at these times. The newest SAMPLES_KEPT times stay, in order, each once."""

    __slots__ = ("times", "columns", "last", "duplicates", "conflicts", "unsorted", "older", "_cut")

    def __init__(self, columns):
        self.times = array("q")
        self.columns = [array("d") for _ in range(columns)]  # NaN = missing
        self.last = -1  # the time that was added last
        self.duplicates = 0  # times that came again
        self.conflicts = 0  # of these, such with another value than before
        self.unsorted = 0  # times that came after a later one
        self.older = 0  # times that made room for newer ones
        self._cut = -1  # newest time that made room: what comes at or before it is too old

    def of_two(self, earlier, later):
        """The time of a sample whose local time occurs twice, where clocks go back: by the samples before it, which rise or fall in time."""
        falls = len(self.times) > 1 and self.times[-1] < self.times[-2]
        if falls:
            return later if self.last > later else earlier
        return later if self.last >= earlier else earlier

    def tidy(self):
        """Sorts, merges equal times (the last known value stays) and drops what is too old. Gives the number of times that went."""
        before = len(self.times)
        if not all(map(lt, self.times, islice(self.times, 1, None))):
            self._sort_and_merge()
        if self._cut >= 0:
            self._drop(next((i for i, time in enumerate(self.times) if time > self._cut), len(self.times)))
        self._drop(len(self.times) - SAMPLES_KEPT)
        return before - len(self.times)

    def _sort_and_merge(self):
        times = self.times
        self.unsorted += sum(1 for before, after in zip(times, islice(times, 1, None)) if after < before)
        order = sorted(range(len(times)), key=times.__getitem__)  # stable: of equal times the one that came last is last
        merged = array("q")
        columns = [array("d") for _ in self.columns]
        pairs = list(zip(self.columns, columns))
        for place in order:
            if merged and merged[-1] == times[place]:
                self.duplicates += 1
                self.conflicts += self._merge_into_last(pairs, place)
            else:
                merged.append(times[place])
                for old, new in pairs:
                    new.append(old[place])
        self.times, self.columns = merged, columns

    @staticmethod
    def _merge_into_last(pairs, place):
        conflict = 0
        for old, new in pairs:
            value = old[place]
            if not math.isnan(value):
                conflict |= not math.isnan(new[-1]) and new[-1] != value
                new[-1] = value
        return conflict

    def _drop(self, count):
        if count > 0:
            self._cut = max(self._cut, self.times[count - 1])
            self.older += count
            del self.times[:count]
            for column in self.columns:
                del column[:count]
