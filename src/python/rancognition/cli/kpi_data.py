"""KPI data, ready to be asked about: cells, their metrics, and what was and was not taken."""

import math

from .errors import DataError
from .grid import History
from .near import near_names
from .notes import notes_of
from .units import named_columns


class KpiData:
    """cells: {cell: {metric: (History, values)}}. Metrics without a single known value are left out."""

    def __init__(self):
        self.cells = {}
        #: {metric: unit or None}
        self.units = {}
        #: {header: metric name}: other spellings of metrics that users may write.
        self.spellings = {}
        #: Lines for the user: what was taken, what not, and why.
        self.notes = []

    @property
    def metrics(self):
        """Names of all metrics, in the order of the input."""
        return list(self.units)

    @classmethod
    def of(cls, intake, table, layout, samples, units, times, numbers, source, options):
        """From what was read."""
        self = cls()
        if layout.is_long:
            headers = list(dict.fromkeys(metric for _, metric in samples))
            names = dict(zip(headers, named_columns(headers)))
            series = [(cell, *names[metric], group, 0) for (cell, metric), group in samples.items()]
            self.spellings = {header: name for header, (name, _) in names.items()}
            given = {names[header][0]: unit for header, unit in units.items()}
        else:
            series = [(cell, name, unit, group, i) for cell, group in samples.items() for i, (name, unit) in enumerate(layout.names)]
            self.spellings = {table.header[i].strip(): name for i, (name, _) in zip(layout.values, layout.names)}
            given = {}
        histories = {}
        empty = {}
        for cell, metric, unit, group, column in series:
            values = group.columns[column]
            if not self._is_chosen(metric, options.metric):
                continue
            if all(map(math.isnan, values)):
                empty.setdefault(metric, []).append(cell)
                continue
            history = histories.get(id(group))
            if history is None:
                history = histories[id(group)] = History(group.times)
            self.units.setdefault(metric, given.get(metric) or unit)
            self.cells.setdefault(cell, {})[metric] = (history, values)
        self._require_data(table.name, options, empty, series)
        groups = samples.values()
        self.notes = notes_of(self, intake, table, layout, groups, times, numbers, source, empty)
        _require_single_times(table, layout, groups)
        return self

    def _is_chosen(self, metric, chosen):
        return not chosen or metric in chosen or any(self.spellings.get(one) == metric for one in chosen)

    def _require_data(self, name, options, empty, series):
        known = list(dict.fromkeys(metric for _, metric, *_ in series))
        for one in options.metric:
            if self.spellings.get(one, one) not in known:
                raise DataError(f"{name}: --metric {one}: there is no such metric; {near_names(one, known)}")
        if not self.cells:
            raise DataError(f"{name}: no KPI has a single number ({', '.join(list(empty)[:5])})")


def _require_single_times(table, layout, groups):
    """Many times with several values are many things in one: then no value is the right one."""
    conflicts = sum(group.conflicts for group in groups)
    times = sum(len(group.times) + group.older for group in groups)
    if conflicts * 10 > times:
        texts = [header for header, reason in layout.unused if reason.startswith(("text", "no part", "a number"))]
        hint = f"; is it {', '.join(texts[:4])}?" if texts else ""
        raise DataError(f"{table.name}: {conflicts} times come again with other values for the same cell; name the column that tells cells apart with --object-column{hint}")
