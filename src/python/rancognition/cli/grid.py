"""Samples of one metric as the library takes them: on a regular grid where they fit one, else with their times."""

import math
from collections import Counter
from itertools import islice

BINS_MAX = 65_536  # of a grid; the library looks at no more


class History:
    """The times of samples, and how they are laid out."""

    def __init__(self, times):
        """times: ns, ascending, each once."""
        self.times = times
        gaps = Counter(after - before for before, after in zip(times, islice(times, 1, None)))
        #: Distance of most samples, ns; 0 when there is one sample only.
        self.step_ns = min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else 0
        self.bins = (times[-1] - times[0]) // self.step_ns + 1 if self.step_ns else 1
        #: Whether every sample lies on the grid of that distance.
        self.is_regular = bool(gaps) and self.bins <= BINS_MAX and all(gap % self.step_ns == 0 for gap in gaps)
        #: Places of the grid without a sample.
        self.gaps = self.bins - len(times) if self.is_regular else 0

    def json(self, values):
        """The history of one metric with these values (NaN = missing), as JSON text."""
        if not self.is_regular:
            return f'{{"times_ns":[{",".join(map(str, self.times))}],"values":[{",".join(map(_number, values))}]}}'
        return f'{{"start_ns":{self.times[0]},"step_ns":{self.step_ns},"values":[{",".join(map(_number, self.on_grid(values)))}]}}'

    def on_grid(self, values):
        """The values on the regular grid, NaN where there is none; as they are when the times are irregular."""
        if not self.is_regular or self.gaps == 0:
            return values
        grid = [math.nan] * self.bins
        start = self.times[0]
        for time, value in zip(self.times, values):
            grid[(time - start) // self.step_ns] = value
        return grid

    def time_of(self, index):
        """Time of the value at that place of on_grid, ns."""
        return self.times[0] + index * self.step_ns if self.is_regular else self.times[index]


def _number(value):
    return "null" if math.isnan(value) else repr(value)
