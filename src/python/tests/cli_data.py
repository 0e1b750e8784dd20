"""Random KPI data and the many ways to write it down, for tests of the command line."""

import csv
import gzip
import io
import math
import random
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

from rancognition.cli import main
from rancognition.cli.intake import read_kpis

READING = {"tz": None, "delimiter": None, "decimal": None, "time_column": None, "time_format": None, "format": None, "object_column": [],
           "value_columns": [], "metric_column": None, "metric": [], "cell": []}
TIMES = {
    "ISO with Z": lambda t: t.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "ISO without zone": lambda t: t.strftime("%Y-%m-%dT%H:%M:%S"),
    "ISO with an offset": lambda t: t.astimezone(timezone(timedelta(hours=5, minutes=30))).strftime("%Y-%m-%dT%H:%M:%S+05:30"),
    "ISO with a fraction": lambda t: t.strftime("%Y-%m-%d %H:%M:%S.000"),
    "minutes": lambda t: t.strftime("%Y-%m-%d %H:%M"),
    "dots": lambda t: t.strftime("%d.%m.%Y %H:%M"),
    "day first": lambda t: t.strftime("%d/%m/%Y %H:%M"),
    "month first": lambda t: t.strftime("%m/%d/%Y %I:%M %p"),
    "year first": lambda t: t.strftime("%Y/%m/%d %H:%M:%S"),
    "name of the month": lambda t: t.strftime("%d-%b-%Y %H:%M"),
    "basic": lambda t: t.strftime("%Y%m%dT%H%M%SZ"),
    "compact": lambda t: t.strftime("%Y%m%d%H%M%S"),
    "epoch s": lambda t: str(int(t.timestamp())),
    "epoch ms": lambda t: str(int(t.timestamp()) * 1000),
    "epoch us": lambda t: str(int(t.timestamp()) * 10**6),
    "epoch ns": lambda t: str(int(t.timestamp()) * 10**9),
}
MISSING = ["", "NA", "NaN", "null", "-", "n/a"]


def read(path, **given):
    """KpiData of a file by the command line's reader."""
    return read_kpis(SimpleNamespace(**{**READING, **given}, input=str(path)))


def run(*arguments):
    """(exit code, standard output, standard error) of the command line, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit_of_argparse:
            code = exit_of_argparse.code
    return code, out.getvalue(), err.getvalue()


def series_of(data):
    """{(cell, metric): {ns: value}} of the known values."""
    return {(cell, metric): {time: value for time, value in zip(history.times, values) if not math.isnan(value)}
            for cell, metrics in data.cells.items() for metric, (history, values) in metrics.items()}


class RandomData:
    """Cells with metrics on a 15 minute grid, with gaps; the truth that a reader must give back."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        pick = self.random
        self.cells = [f"site{i}/c{pick.randint(1, 9)}" for i in range(pick.randint(2, 4))]
        self.metrics = ["RRU.PrbTotDl", "DRB.UEThpDl", "Über Last"][:pick.randint(1, 3)]
        self.start = datetime(2024, pick.randint(1, 12), 14, tzinfo=timezone.utc)  # there is a day beyond the 12th
        self.rows = []  # (time, cell, [value or None])
        for cell in self.cells:
            for i in range(pick.randint(40, 120)):
                if pick.random() < 0.9:
                    values = [None if pick.random() < 0.1 else round(pick.uniform(-50, 5000), pick.randint(0, 5)) for _ in self.metrics]
                    self.rows.append((self.start + timedelta(minutes=15 * i), cell, values))

    def truth(self):
        """As series_of gives it."""
        found = {}
        for time, cell, values in self.rows:
            for metric, value in zip(self.metrics, values):
                if value is not None:
                    found.setdefault((cell, metric), {})[int(time.timestamp()) * 10**9] = value
        return found


def write(data, path, times, delimiter=",", comma=False, long=False, quoting=csv.QUOTE_MINIMAL, encoding="utf-8", newline="\n", packed=False, grouped=False,
          shuffled=False):
    """Writes RandomData in one of many dialects."""
    def value(number):
        if number is None:
            return data.random.choice(MISSING)
        text = f"{number:,}" if grouped else repr(number)
        return text.translate(str.maketrans(",.", ".,")) if comma else text

    rows = list(data.rows)
    if shuffled:
        data.random.shuffle(rows)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=newline)
    if long:
        writer.writerow(["Time", "Cell", "Metric", "Value"])
        for time, cell, values in rows:
            writer.writerows([TIMES[times](time), cell, metric, value(one)] for metric, one in zip(data.metrics, values))
    else:
        writer.writerow(["Time", "Cell", *data.metrics])
        writer.writerows([TIMES[times](time), cell, *map(value, values)] for time, cell, values in rows)
    raw = text.getvalue().encode(encoding)
    path.write_bytes(gzip.compress(raw) if packed else raw)
