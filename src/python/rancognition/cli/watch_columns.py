"""Which columns are predictions, and which is what happened."""

import math
import re
from typing import List, NamedTuple, Optional

from .errors import UsageError
from .near import near_names

_OBSERVED = re.compile(r"observed|observation|actual|actuals|measured|truth|y_true|happened")
_LOWER = re.compile(r"(?:.*[_ ])?lower(?:[_ ]bound)?")
_UPPER = re.compile(r"(?:.*[_ ])?upper(?:[_ ]bound)?")


class Columns(NamedTuple):
    """Names of KPIs."""

    observed: str
    predicted: List[str]
    lower: Optional[str]
    upper: Optional[str]


class Row(NamedTuple):
    """A time, ns, and its numbers; NaN = missing."""

    time: int
    observed: float
    predicted: List[float]
    lower: float
    upper: float


def columns_of(data, options):
    """What the options say, else what the names do. Raises UsageError."""
    taken = []

    def chosen(option, text):
        name = data.spellings.get(text.strip(), text.strip())
        if name not in data.metrics:
            raise UsageError(f"{option} {text}: there is no such column of numbers; {near_names(text, data.metrics)}")
        if name in taken:
            raise UsageError(f"{option} {text}: this column is something else already")
        taken.append(name)
        return name

    def named(option, text, pattern):
        if text is not None:
            return chosen(option, text)
        names = [name for name in data.metrics if name not in taken and pattern.fullmatch(name.strip().lower())]
        return chosen(option, names[0]) if len(names) == 1 else None

    observed = named("--observed", options.observed, _OBSERVED)
    if observed is None:
        raise UsageError(f"which column says what happened? Name it with --observed; there are {', '.join(data.metrics[:8])}")
    predicted = [chosen("--predicted", text) for text in options.predicted]
    lower, upper = named("--lower", options.lower, _LOWER), named("--upper", options.upper, _UPPER)
    predicted = predicted or [name for name in data.metrics if name not in taken]
    if not predicted:
        raise UsageError("which column says what was predicted? There is none beside what happened (--predicted)")
    return Columns(observed, predicted, lower, upper)


def rows_of(metrics, columns):
    """The rows of one cell in time. Metrics of a long table may have times of their own."""
    series = {name: dict(zip(history.times, values)) for name, (history, values) in metrics.items()}

    def at(name, time):
        return series.get(name, {}).get(time, math.nan)

    times = sorted({time for one in series.values() for time in one})
    return [Row(time, at(columns.observed, time), [at(name, time) for name in columns.predicted], at(columns.lower, time), at(columns.upper, time)) for time in times]
