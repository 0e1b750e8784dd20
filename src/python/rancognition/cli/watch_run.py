"""One cell's predictions and observations through a strange-loop core."""

import math

from .words import instant_iso

#: Columns of the rows that are written.
NAMES = ["cell", "time", "observed", "mean", "lower", "upper", "covered", "coverage", "coverage_bound", "regret", "regret_bound"]
_UNKNOWN = {"value": None, "bound": None}


def watch_cell(core, cell, columns, coverage, rows, written):
    """Tells the core row by row, each prediction before its observation; adds the corrected rows to written, and gives what came of the cell."""
    found = {"steps": 0, "unpredicted": 0, "error_before": None, "error_after": None, "coverage": None, "regret": None, "weights": {}, "bias": None, "gain": None,
             "interval_scale": None, "level": 0}
    before, after = [], []
    for row in rows:
        if any(map(math.isnan, row.predicted)):
            found["unpredicted"] += 1
            continue
        reply = core.observe({"loop_id": cell, "time_ns": row.time, **_expectation(row, columns, coverage)})
        corrected = reply["corrected"][columns.observed]
        mean, lower, upper = corrected["mean"], corrected["lower"], corrected["upper"]
        found["weights"] = reply["weights"]
        if math.isnan(row.observed):
            written.append([cell, instant_iso(row.time), None, mean, lower, upper, *[None] * 5])
            continue
        closed = core.observe({"loop_id": cell, "time_ns": row.time, "observed": {columns.observed: row.observed}})
        covered = not corrected.get("empty") and (lower is None or row.observed >= lower) and (upper is None or row.observed <= upper)
        share, regret = closed["coverage"] or _UNKNOWN, closed["regret"] or _UNKNOWN
        written.append([cell, instant_iso(row.time), row.observed, mean, lower, upper, int(covered), share["value"], share["bound"], regret["value"], regret["bound"]])
        before.append(abs(row.observed - sum(row.predicted) / len(row.predicted)))
        after.append(abs(row.observed - mean))
        found.update(coverage=closed["coverage"], regret=closed["regret"], level=closed["level"],
                     **{name: closed[name].get(columns.observed) for name in ("bias", "gain", "interval_scale")})
    if after:
        found.update(steps=len(after), error_before=math.fsum(before) / len(before), error_after=math.fsum(after) / len(after))
    return found


def _expectation(row, columns, coverage):
    """Members predict and experts. Without columns of bounds the interval has no width at first: that is learned from the errors."""
    mean = sum(row.predicted) / len(row.predicted)
    lower = row.lower if columns.lower else mean
    upper = row.upper if columns.upper else mean
    predict = {"lower": None if math.isnan(lower) else lower, "upper": None if math.isnan(upper) else upper, "coverage": coverage}
    if len(row.predicted) == 1:
        return {"predict": {columns.observed: {"mean": mean, **predict}}}
    return {"predict": {columns.observed: predict}, "experts": {name: {columns.observed: value} for name, value in zip(columns.predicted, row.predicted)}}
