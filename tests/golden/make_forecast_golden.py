#!/usr/bin/env python3
"""Writes forecast.json: answers of an independent reference program (Python, numpy).

  make_forecast_golden.py REFERENCE.py

REFERENCE.py is a module with forecast(values, step in seconds, horizon), which gives mean, lower and upper at coverage 0.95, and seasons(step, n).
The generated series come from series(), which ForecastSeries.cs repeats operation by operation (no library functions, so both are equal).
The real series are pieces of ../data/erab_hourly.csv and ../data/qp_cells.csv.
Where the step is 0 (unknown) the library looks for the seasons itself; the reference is told those that were built in, so such a case also tests the search.
"""
import csv, importlib.util, json, math, os, sys
import numpy as np
from make_anomaly_golden import HERE, Stream, array


def series(kind, n, day, week, seed):
    """n values with `day` values a day and `week` values a week; None = missing"""
    s, out, walk, ar = Stream(seed), [], 0.0, 0.0
    for i in range(n):
        u, e = s.uniform(), s.normal()
        walk += e
        ar = .7 * ar + e
        season = 60 * (1 - abs(2 * ((i % day) / day) - 1)) + 30 * (1 - abs(2 * ((i % week) / week) - 1))
        v = 40 + season + 3 * ar
        if kind == "trend":
            v += .2 * i
        elif kind == "weekend":
            v *= .4 if (i % week) * 7 >= week * 5 else 1.0
        elif kind == "level_shift":
            v += 80 if i >= n * 3 // 4 else 0
        elif kind == "night_zeros":
            v = season - 45 + 2 * ar
            v = v if v > 0 else 0.0
        elif kind == "sparse":
            v = 0.0 if u < .9 else 1000 * (u - .9)
        elif kind == "bursts":
            v = 0.0 if i // 6 % 3 > 0 or u < .1 else 5 + 10 * u
        elif kind == "near_zero":
            v = .001 + 50 * u * u * u * u * u * u * u * u
        elif kind == "integers":
            v = float(math.floor(season / 12 + 3 * u))
        elif kind == "signed_integers":
            v = math.floor(season / 12 + 3 * u) - 6.0
        elif kind == "negative":
            v = -v
        elif kind == "around_zero":
            v = season - 45 + 4 * ar
        elif kind == "constant":
            v = 7.25
        elif kind == "zeros":
            v = 0.0
        elif kind == "line":
            v = 3 + .5 * i
        elif kind == "missing":
            v = None
        elif kind == "gaps":
            v = None if u < .5 else v
        elif kind == "outage":
            v = None if n * 6 // 10 <= i < n * 8 // 10 else v
        elif kind == "late_start":
            v = None if i < n // 3 else v
        elif kind == "late_gap":
            v = None if i >= n - 10 else v
        elif kind == "infinities":
            v = math.inf if u < .05 else -math.inf if u > .95 else v
        elif kind == "huge":
            v *= 1e298
        elif kind == "huge_negative":
            v = (v - 85) * 1e298
        elif kind == "tiny":
            v *= 1e-302
        elif kind == "spike":
            v = 1e7 if i == n * 7 // 10 else v
        elif kind == "late_spike":
            v = 1e5 if i == n - 3 else v
        elif kind == "walk":
            v = walk
        elif kind == "positive_walk":
            v = 300 + walk
        elif kind == "noise":
            v = 50 + e
        elif kind == "pure":
            v = 40 + season
        else:
            assert kind == "seasonal", kind
        out.append(v)
    return out


HOUR, DAY, WEEK = 3600.0, 86400.0, 604800.0
GENERATED = [  # kind, step in seconds, n, horizon, steps a day, steps a week
    *[("seasonal", HOUR, n, h, 24, 168) for n, h in ((1008, 48), (4096, 24), (5000, 48), (700, 168), (400, 24), (336, 10), (300, 48), (100, 24), (60, 24), (47, 12), (1008, 1))],
    *[(kind, HOUR, 700, 36, 24, 168) for kind in (
        "trend", "weekend", "level_shift", "night_zeros", "sparse", "bursts", "near_zero", "integers", "signed_integers", "negative", "around_zero", "constant", "zeros", "line",
        "missing", "gaps", "outage", "late_start", "late_gap", "infinities", "huge", "huge_negative", "tiny", "spike", "late_spike", "walk", "positive_walk", "noise",
        "pure")],
    ("seasonal", HOUR, 150, 400, 24, 168), ("gaps", HOUR, 200, 300, 24, 168), ("integers", HOUR, 30, 60, 24, 168), ("walk", HOUR, 20, 50, 24, 168),
    ("seasonal", 600.0, 4032, 144, 144, 1008), ("seasonal", 600.0, 2500, 36, 144, 1008), ("gaps", 600.0, 2200, 72, 144, 1008), ("night_zeros", 600.0, 1000, 50, 144, 1008),
    ("level_shift", 900.0, 1500, 96, 96, 672), ("trend", 300.0, 4096, 100, 288, 2016), ("seasonal", 60.0, 4096, 60, 1440, 10080),
    ("around_zero", 1800.0, 900, 48, 48, 336), ("seasonal", 5000.0, 500, 34, 17, 121), ("seasonal", 21600.0, 300, 28, 4, 28), ("integers", 21600.0, 120, 8, 4, 28),
    ("seasonal", DAY, 900, 14, 7, 365), ("night_zeros", DAY, 182, 14, 7, 365), ("trend", DAY, 60, 30, 7, 365), ("gaps", DAY, 400, 21, 7, 365),
    ("seasonal", WEEK, 260, 13, 52, 52), ("positive_walk", WEEK, 90, 13, 52, 52), ("seasonal", 2629800.0, 120, 18, 12, 12), ("seasonal", 7889400.0, 40, 6, 4, 4),
    ("trend", 31557600.0, 35, 6, 7, 13), ("positive_walk", 1.0, 300, 10, 60, 600), ("walk", 1.0, 1000, 30, 60, 600), ("integers", 1.0, 300, 10, 60, 600),
    ("gaps", 1.0, 80, 20, 60, 600), ("line", 1.0, 60, 20, 60, 600), ("spike", 1.0, 200, 12, 60, 600),
    *[("seasonal", HOUR, n, 5, 4, 7) for n in range(1, 14)], *[("integers", 1.0, n, 3, 4, 7) for n in (2, 11, 12, 20, 21)], ("gaps", 1.0, 13, 4, 4, 7), ("constant", DAY, 12, 3, 4, 7),
    ("seasonal", 1000.0, 700, 31, 86, 605), ("seasonal", HOUR, 263, 12, 24, 168), ("weekend", HOUR, 452, 12, 24, 168),
]
UNKNOWN = [  # kind, n, horizon, steps a day, steps a week, seasons the library is to find
    ("weekend", 1008, 36, 24, 168, (24, 168)), ("pure", 500, 36, 24, 168, (24,)), ("seasonal", 200, 24, 24, 1, (24,)), ("seasonal", 1000, 48, 24, 1, (24,)), ("gaps", 900, 48, 24, 1, (24,)), ("trend", 400, 30, 30, 1, (30,)),
    ("walk", 500, 30, 24, 168, ()), ("noise", 500, 30, 24, 168, ()), ("constant", 300, 20, 24, 168, ()), ("seasonal", 20, 5, 4, 7, ())]


def erab(column):
    with open(os.path.join(HERE, "..", "data", "erab_hourly.csv"), newline="") as f:
        return [float(r[column]) for r in csv.DictReader(f)]


def qp(cell, column):
    with open(os.path.join(HERE, "..", "data", "qp_cells.csv"), newline="") as f:
        return [float(r[column]) for r in csv.DictReader(f) if r["cell"] == cell]


def real():
    for column in ("erab_setup_fail_pct", "rrc_setup_fail_pct"):
        for start, n, h in ((0, 1008, 48), (400, 504, 24), (900, 500, 40), (1100, 200, 24)):
            yield dict(file="erab_hourly.csv", column=column, start=start, n=n, step=HOUR, horizon=h), erab(column)[start:start + n]
    for cell in ("c3/B13", "c13/N77"):
        for column in ("throughput", "prb_avail_dl"):
            yield dict(file="qp_cells.csv", cell=cell, column=column, start=0, n=110, step=.01, horizon=12), qp(cell, column)[:110]


def answer(ref, case, values):
    with np.errstate(all="ignore"):
        mean, lower, upper = ref.forecast(array(values), case["step"], case["horizon"])
    assert np.isfinite([mean, lower, upper]).all(), case
    number = lambda a: [float("%.13g" % v) for v in a]
    return case | dict(mean=number(mean), lower=number(lower), upper=number(upper))


def main():
    spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
    ref = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(ref)
    cases = []
    for seed, (kind, step, n, h, day, week) in enumerate(GENERATED, 1):
        case = dict(kind=kind, n=n, day=day, week=week, seed=seed, step=step, horizon=h)
        cases.append(answer(ref, case, series(kind, n, day, week, seed)))
    cases += [answer(ref, case, values) for case, values in real()]
    for seed, (kind, n, h, day, week, found) in enumerate(UNKNOWN, 1001):
        ref.seasons = lambda step, n: list(found)
        case = dict(kind=kind, n=n, day=day, week=week, seed=seed, step=0, horizon=h, seasons=list(found))
        cases.append(answer(ref, case, series(kind, n, day, week, seed)))
    with open(os.path.join(HERE, "forecast.json"), "w") as f:
        f.write('{"cases":[\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")


if __name__ == "__main__":
    main()
