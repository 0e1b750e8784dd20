"""Options about episodes, and how their texts are read."""

import argparse
import json
import math

from .civil import read_civil
from .zones import NS_PER_SECOND

_NS_DIGITS = 12  # from here on a number is ns, not a year or a date


def metric_value(text):
    """(metric, number) of METRIC=NUMBER; the metric may hold = itself."""
    name, sign, value = text.rpartition("=")
    number = _number(value)
    if not sign or not name or number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no METRIC=NUMBER, such as RRU.PrbTotDl=80")
    return name, number


def member(text):
    """(name, value) of NAME=VALUE; the value is JSON, or else text."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=VALUE, such as attribute=digitalTilt")
    try:
        return name, read_json(value)
    except ValueError:
        return name, value


def weights(text):
    """{part: weight} of similarity=1,recency=0.5."""
    return dict(metric_value(part.strip()) for part in text.split(","))


def vector(text):
    """Numbers separated by commas or blanks."""
    numbers = [_number(part) for part in text.replace(",", " ").split()]
    if not numbers or None in numbers:
        raise argparse.ArgumentTypeError(f"{text!r} is no vector; write numbers separated by commas, such as --vector=0.5,-1,2")
    return numbers


def json_object(text):
    """A JSON object."""
    try:
        value = read_json(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise argparse.ArgumentTypeError(f"{text!r} is no JSON object, such as {{\"cell\":\"c1\"}}")
    return value


def moment(text):
    """ns of a calendar time (UTC when it names no zone), or of a count of ns."""
    if text.isdecimal() and len(text) >= _NS_DIGITS:
        return int(text)
    found = read_civil(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2024-05-01T13:00:00Z, or ns since 1970")
    return max(0, found[0] - (found[1] or 0) * NS_PER_SECOND)


def real(text):
    """A finite number."""
    number = _number(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no number")
    return number


def read_json(text, members=None):
    """JSON, strictly: NaN and Infinity are none, and depth beyond all reason is an error like others. members: makes an object of its pairs."""
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=members)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def add_filter(parser):
    """Which episodes count."""
    parser.add_argument("--filter", type=json_object, metavar="JSON", help="""only these, such as '{"cell":"c1","reward":{"$gte":0.5}}'""")


def add_json(parser):
    """The library's answer instead of text."""
    parser.add_argument("--json", action="store_true", help="the library's answer as JSON")


def _number(text):
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _refuse(name):
    raise ValueError(f"{name} is no JSON")
