"""Options that commands share, and how their texts are read."""

import argparse
import re

from .dialect import DELIMITERS

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)", re.IGNORECASE)
_NS = {"ns": 1, "us": 1000, "ms": 1_000_000, "s": 10**9, "m": 60 * 10**9, "min": 60 * 10**9, "h": 3600 * 10**9, "d": 86400 * 10**9, "w": 7 * 86400 * 10**9}
_NS_MAX = 1 << 62


class Length:
    """A length of time: in ns, or in steps of the data."""

    def __init__(self, ns=None, steps=None):
        self.ns, self.steps = ns, steps

    def in_ns(self, step_ns):
        """In ns, with that step."""
        return self.ns if self.ns is not None else self.steps * max(1, step_ns)

    def in_steps(self, step_ns):
        """In whole steps of that length, at least 1."""
        return self.steps if self.steps is not None else max(1, round(self.ns / max(1, step_ns)))


def length(text):
    """48h, 7d, 90m, 30s, 500ms; a bare number is steps."""
    match = _LENGTH.fullmatch(text.strip())
    unit = match.group(2).lower() if match else None
    if match and unit in ("", "step", "steps") and match.group(1).isdigit() and 0 < int(match.group(1)) <= 100_000:
        return Length(steps=int(match.group(1)))
    if match and unit in _NS:
        ns = round(float(match.group(1)) * _NS[unit])
        if 0 < ns < _NS_MAX:
            return Length(ns=ns)
    raise argparse.ArgumentTypeError(f"{text!r} is no length of time; write 48h, 7d, 90m, 30s, 500ms, or 24 for 24 steps of the data")


def time_length(text):
    """A length in units of time, in ns."""
    found = length(text)
    if found.ns is None:
        raise argparse.ArgumentTypeError(f"{text!r} needs a unit of time, such as {text}s")
    return found.ns


def share(text):
    """A number from 0 to 1; 5% is understood."""
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; write 0.5 or 50%")
    return value


def open_share(text):
    """A number above 0 and below 1."""
    value = share(text)
    if value in (0, 1):
        raise argparse.ArgumentTypeError(f"{text!r} must be above 0 and below 1")
    return value


def step_share(text):
    """A number above 0 and at most 1."""
    value = share(text)
    if value == 0:
        raise argparse.ArgumentTypeError(f"{text!r} must be above 0")
    return value


def count(lowest, highest):
    """A whole number within bounds."""
    def read(text):
        if not text.isdecimal() or not lowest <= int(text) <= highest:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {lowest} to {highest}")
        return int(text)
    return read


def delimiter(text):
    """One sign, or its name."""
    sign = DELIMITERS.get(text.lower(), "\t" if text == "\\t" else text)
    if len(sign) != 1 or sign in '"\r\n' or not sign.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is no delimiter; write one sign, or {', '.join(DELIMITERS)}")
    return sign


def column_list(text):
    """Names separated by commas."""
    return [name for name in text.split(",") if name.strip()]


def add_input(parser):
    """The data: where they are, and how they are to be read when that is not found out by itself."""
    parser.add_argument("input", metavar="FILE", help="CSV file, also gzip; - for standard input")
    add_reading(parser, "reading (found out when not given)")


def add_reading(parser, title):
    """How a table is to be read."""
    group = parser.add_argument_group(title)
    group.add_argument("--format", choices=("wide", "long"), help="wide: a column per KPI; long: columns of time, object, metric, value")
    group.add_argument("--delimiter", type=delimiter, metavar="SIGN", help=f"one sign, or {', '.join(DELIMITERS)}")
    group.add_argument("--decimal", choices=("point", "comma"), help="decimal sign of the numbers")
    group.add_argument("--time-column", metavar="NAME")
    group.add_argument("--time-format", metavar="FORMAT", help="epoch_s, epoch_ms, epoch_us, epoch_ns, excel_days, or directives such as %%d/%%m/%%Y %%H:%%M")
    group.add_argument("--tz", metavar="ZONE", help="zone of times that name none: UTC (the default), +02:00, Europe/Berlin")
    group.add_argument("--object-column", type=column_list, action="extend", default=[], metavar="NAME[,..]", help="what a row is about, such as the cell; several are joined")
    group.add_argument("--value-columns", type=column_list, action="extend", default=[], metavar="NAME[,..]", help="the KPIs; of a long table the one column of values")
    group.add_argument("--metric-column", metavar="NAME", help="the metric's name, of a long table")
    group.add_argument("--cell", "--object", action="append", default=[], metavar="PATTERN", help="only these cells; * and ? as in file names; may be repeated")
    group.add_argument("--metric", action="append", default=[], metavar="NAME", help="only these KPIs; may be repeated")


def add_run(parser):
    """How the library is to work."""
    group = parser.add_argument_group("running")
    group.add_argument("--effort", type=share, metavar="0..1", help="share of models and futures that is used (1)")
    group.add_argument("--quiet", "-q", action="store_true", help="say nothing about what was read")
    group.add_argument("--no-progress", action="store_true", help="no progress bar")
