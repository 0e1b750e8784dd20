"""KPIs of cells as the samples that a search for conflicts takes."""

import math
import sys
from types import SimpleNamespace

from .errors import DataError, UsageError
from .intake import read_kpis
from .json_input import read_items
from .near import near_names
from .words import shown

_JSON_NAMES = (".json", ".jsonl", ".ndjson")
_SHOWN = 3


def read_kpi_samples(options, commands):
    """The samples in the file of --kpis; says so when they are of other cells than the commands."""
    name = options.kpis.lower()
    name = name[:-3] if name.endswith(".gz") else name
    samples = _of_json(options.kpis) if name.endswith(_JSON_NAMES) else _of_table(options)
    if not options.quiet:
        _note_strangers(samples, commands)
    return samples


def mark_low(samples, names):
    """Of these KPIs low is better. Raises UsageError for one that is not there."""
    samples = [sample for sample in samples or [] if isinstance(sample, dict)]
    metrics = sorted({str(sample.get("metric")) for sample in samples})
    for name in names:
        if name not in metrics:
            raise UsageError(f"--low {name}: there is no such KPI; {near_names(name, metrics) if metrics else 'there are none'}")
    for sample in samples:
        if str(sample.get("metric")) in names:
            sample.setdefault("better", "low")


def _of_json(path):
    name, value, _ = read_items(path, "KPIs")
    if isinstance(value, dict):
        value = [value] if "metric" in value else value.get("kpis")
    if not isinstance(value, list):
        raise DataError(f"{name}: has no kpis")
    return value


def _of_table(options):
    data = read_kpis(SimpleNamespace(**{**vars(options), "input": options.kpis}))
    if not options.quiet:
        print("\n".join(data.notes), file=sys.stderr)
    return [{"cell": cell, "metric": metric, "time_ns": time, "value": value}
            for cell, metrics in data.cells.items() for metric, (history, values) in metrics.items()
            for time, value in zip(history.times, values) if not math.isnan(value)]


def _note_strangers(samples, commands):
    measured = {str(sample.get("cell")) for sample in samples if isinstance(sample, dict)}
    targets = {str(command.get("targetCell")) for command in commands or [] if isinstance(command, dict)}
    if measured and targets and not measured & targets:
        print(f"note: no KPI is of a cell that a command is for (KPIs: {_some(measured)}; commands: {_some(targets)})", file=sys.stderr)


def _some(names):
    return shown(", ".join(sorted(names)[:_SHOWN]) + (", .." if len(names) > _SHOWN else ""))
