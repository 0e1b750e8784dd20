#!/usr/bin/env python3
"""Writes anomaly.json and changepoint.json: answers of an independent reference program (Python, numpy).

  make_anomaly_golden.py REFERENCE.py [DATA]

REFERENCE.py is a module with detect, residuals, ewma, tail, novelty, changepoints and the table P.
DATA holds anomaly/mscloud/*.csv and ran/erab_hourly.csv; without it the real series are taken from the present files.
The generated series come from series(), which GoldenSeries.cs repeats operation by operation (no library functions, so both are equal).
Origin of the real series: anomaly_sources.md.
"""
import csv, importlib.util, json, math, os, sys
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
MASK = (1 << 64) - 1


class Stream:
    """splitmix64"""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) * 2.0 ** -53

    def normal(self):
        total = -6.0
        for _ in range(12):
            total += self.uniform()
        return total


def series(kind, n, day, seed):
    """n values with `day` values a day; None = missing"""
    s, out, walk, ar = Stream(seed), [], 0.0, 0.0
    for i in range(n):
        u, e = s.uniform(), s.normal()
        p = (i % day) / day
        profile = 1 - abs(2 * p - 1)
        weekend = .6 if (i // day) % 7 >= 5 else 1.0
        walk += e
        ar = .8 * ar + e
        v = 100 * (.3 + profile * weekend) + 5 * e
        if kind == "faults":
            if u < .02:
                v = None
            elif u < .025:
                v *= 3
            elif u < .03:
                v = 0.0
            if v is not None and n * 6 // 10 <= i < n * 7 // 10:
                v *= 1.8
            if n * 8 // 10 <= i < n * 8 // 10 + 40:
                v = 55.0
            if n * 9 // 10 <= i < n * 9 // 10 + 30:
                v = None
        elif kind == "walk":
            v = walk
        elif kind == "integers":
            v = math.floor(4 * profile + 2 * u)
        elif kind == "sparse":
            v = 0.0 if u < .9 else 1000 * (u - .9)
        elif kind == "constant":
            v = 7.25
        elif kind == "zeros":
            v = 0.0
        elif kind == "negative":
            v = -v
        elif kind == "huge":
            v *= 1e297
        elif kind == "tiny":
            v *= 1e-302
        elif kind == "missing":
            v = None
        elif kind == "spiked_constant":
            v = 50.0 if i % 97 == 96 else 3.0
        elif kind == "correlated_steps":
            v = 20 + ar + (15 if i >= n // 3 else 0) + (-25 if i >= n * 2 // 3 else 0)
        elif kind == "steps":
            v = 40 + e + (15 if i >= n // 3 else 0) + (-25 if i >= n * 2 // 3 else 0)
        elif kind == "season_steps":
            v += (60 if i >= n // 4 else 0) - (45 if i >= n * 7 // 10 else 0)
        elif kind == "trend":
            v = 100 * (i / n) + e + (40 if i >= n // 2 else 0)
        elif kind == "level_logs":
            v = (1 + .2 * u) * (5.0 if i < n // 2 else 60.0)
        elif kind == "gaps_steps":
            v = None if u < .2 else 40 + e + (15 if i >= n // 3 else 0)
        elif kind == "integer_steps":
            v = math.floor(8 * u) + (5 if i >= n // 2 else 0)
        elif kind == "noise":
            v = e
        out.append(v if v is None else float(v))
    return out


def array(values):
    return np.array([np.nan if v is None else v for v in values], float)


def hardly_moved(x):
    """up to 10 values so far that are no repeat of the one before: the library sees no flat line in them"""
    out, moves, last = np.zeros(len(x), bool), 0, None
    for i, v in enumerate(x):
        if np.isfinite(v):
            moves += v != last
            last = v
        out[i] = moves <= 10
    return out


def without_early_flat_lines(residuals):
    def wrapped(x, step):
        Z = residuals(x, step)
        Z[hardly_moved(x), 4] = 0
        return Z
    return wrapped


def detect(ref, values, step):
    x, P = array(values), ref.P
    score, flags = ref.detect(x, float(step))
    Z = ref.residuals(x, float(step))
    mix = np.where(Z[:, 0] > 0, Z[:, 0], np.abs(Z[:, 1]))
    new = ref.novelty(x, P["env_days"] * 86400 / step) > 0
    tail = lambda z: ref.tail(z, P["pq"], P["xi0"], P["npri"], P["a"], 50)
    L = np.maximum(tail(Z[:, 2]) - P["aroff"], np.maximum(tail(ref.ewma(mix, .25, 20.0)), tail(ref.ewma(mix, .4, 20.0))))
    return score, np.maximum(L * np.where(new, 1, P["env_w"]), P["flat"] * Z[:, 4]), [int(i) for i in np.flatnonzero(flags)]


ANOMALY = [  # kind, step, n, seed, every k-th score is kept
    ("faults", 3600, 1400, 1, 2), ("faults", 600, 2700, 2, 4), ("faults", 300, 4800, 3, 6), ("faults", 60, 4600, 4, 6),
    ("faults", 1, 900, 5, 3), ("faults", 86400, 600, 6, 2), ("faults", 604800, 300, 7, 2), ("faults", 43200, 400, 8, 2),
    ("faults", 5000, 700, 9, 2), ("faults", 1800, 1000, 10, 2), ("faults", 900, 1900, 11, 4),
    ("walk", 3600, 700, 12, 2), ("integers", 3600, 900, 13, 2), ("sparse", 3600, 900, 14, 2), ("sparse", 300, 900, 15, 2),
    ("constant", 3600, 300, 16, 5), ("zeros", 3600, 300, 17, 5), ("negative", 3600, 700, 18, 2), ("huge", 3600, 500, 19, 2),
    ("tiny", 3600, 500, 20, 2), ("missing", 3600, 50, 21, 5), ("spiked_constant", 600, 900, 22, 2)]
CHANGE = [  # kind, points a day, n, seed
    (k, 24, n, s) for s, (k, n) in enumerate(
        [("steps", 300), ("steps", 1000), ("correlated_steps", 1000), ("season_steps", 400), ("season_steps", 1008), ("trend", 600), ("trend", 90),
         ("level_logs", 200), ("gaps_steps", 500), ("integer_steps", 600), ("noise", 500), ("noise", 1500), ("walk", 400), ("integers", 700), ("sparse", 400),
         ("constant", 100), ("zeros", 30), ("negative", 700), ("huge", 400), ("tiny", 400), ("missing", 40), ("spiked_constant", 500),
         ("steps", 7), ("steps", 8), ("steps", 20), ("season_steps", 48), ("season_steps", 5000), ("faults", 1400)], 100)]
MSCLOUD = ["application-crash-rate-1__app1-04", "middle-tier-api-dependency-latency__outbound-02"]
ERAB = [("erab_setup_fail_2016_2019", 3000, 1000), ("rrc_setup_fail_2016_2017", 2000, 1000)]


def real(data):
    if data is None:
        with open(os.path.join(HERE, "anomaly.json")) as f:
            return {c["name"]: c["values"] for c in json.load(f)["cases"] if "values" in c}
    out = {}
    for name in MSCLOUD:
        with open(os.path.join(data, "anomaly", "mscloud", name + ".csv"), newline="") as f:
            out["mscloud " + name] = [None if r["value"] == "" else float("%.9g" % float(r["value"])) for r in csv.DictReader(f)]
    with open(os.path.join(data, "ran", "erab_hourly.csv"), newline="") as f:
        rows = list(csv.DictReader(f))
    for name, start, n in ERAB:
        part = [r["rate_pct"] for r in rows if r["series_id"] == name][start:start + n]
        out[f"erab {name} {start}"] = [None if v == "" else float(v) for v in part]
    return out


# From this step on, two alarms a week are more than every other value; the library then keeps a higher threshold.
NO_ALARMS = 604800 / 4


def write(name, cases):
    with open(os.path.join(HERE, name), "w") as f:
        f.write('{"cases":[\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")


def main():
    spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
    ref = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(ref)
    ref.residuals = without_early_flat_lines(ref.residuals)
    recorded = real(sys.argv[2] if len(sys.argv) > 2 else None)
    short = lambda a, k: [float("%.12g" % v) for v in a[::k]]

    jobs = [(dict(name=f"{kind} {step} s", kind=kind, day=max(1, round(86400 / step)), seed=seed, n=n), None, step, k)
            for kind, step, n, seed, k in ANOMALY]
    jobs += [(dict(name=name, values=v), v, 3600, 3) for name, v in recorded.items()]
    cases = []
    for case, values, step, k in jobs:
        score, L, alarms = detect(ref, values or series(case["kind"], case["n"], case["day"], case["seed"]), step)
        assert np.isfinite(score).all() and np.isfinite(L).all(), case["name"]
        cases.append(case | dict(step=step, every=k, alarms=alarms if step < NO_ALARMS else None, scores=short(score, k), likelihoods=short(L, k)))
    write("anomaly.json", cases)

    cases = [dict(name=f"{kind} {n}", kind=kind, day=day, seed=seed, n=n,
                  changes=[int(c) for c in ref.changepoints(series(kind, n, day, seed))]) for kind, day, n, seed in CHANGE]
    for name, v in recorded.items():
        if name.startswith("erab"):
            cases += [dict(name=f"{name} +{a}", series=name, start=a, n=504, changes=[int(c) for c in ref.changepoints(v[a:a + 504])])
                      for a in range(0, len(v) - 503, 248)]
    write("changepoint.json", cases)


if __name__ == "__main__":
    main()
