"""Times, lengths of time, numbers and names as people read them."""

import json
from datetime import datetime, timedelta

_EPOCH = datetime(1970, 1, 1)
_NS = 1_000_000_000

#: A blank that lines are not broken at; written as a common one in the end.
UNBROKEN = "\u00a0"
_LENGTHS = (("d", 86400 * _NS), ("h", 3600 * _NS), ("min", 60 * _NS), ("s", _NS), ("ms", 1_000_000), ("us", 1000), ("ns", 1))


def instant(ns, step_ns=60 * _NS):
    """A moment in UTC, as exact as steps of that length need."""
    text = (_EPOCH + timedelta(microseconds=ns // 1000)).isoformat(" ", "microseconds")
    if step_ns % (60 * _NS) == 0 and step_ns and ns % (60 * _NS) == 0:
        return text[:16]
    if step_ns % _NS == 0 and step_ns and ns % _NS == 0:
        return text[:19]
    return text[:23] if ns % 1_000_000 == 0 else text


def instant_iso(ns):
    """A moment for programs: ISO 8601, to the nanosecond where that is needed."""
    seconds, rest = divmod(ns, _NS)
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{(_EPOCH + timedelta(seconds=seconds)).isoformat()}{fraction}Z"


def instant_range(first_ns, last_ns, step_ns=60 * _NS):
    """Two moments; one when they are the same; the day of the second only when it is another."""
    first, last = instant(first_ns, step_ns), instant(last_ns, step_ns)
    if first == last:
        return first
    return f"{first} .. {last[11:] if first[:10] == last[:10] else last}"


def duration(ns):
    """A length of time in one unit: 15 min, 1.5 h."""
    name, size = next(((name, size) for name, size in _LENGTHS if ns >= size), _LENGTHS[-1])
    if name == "d" and ns % size and ns < 4 * size:
        name, size = _LENGTHS[1]
    return f"{number(ns / size)}{UNBROKEN}{name}"


def number(value):
    """At most four digits that count."""
    if value is None:
        return "?"
    text = f"{value:.4g}"
    return f"{value:.0f}" if "e+0" in text and abs(value) < 1e7 else text


def setting(value):
    """The value of an attribute."""
    return "?" if value is None else value if isinstance(value, str) else number(value) if type(value) in (int, float) else json.dumps(value)


def percent(share):
    """A share as a percentage that is not rounded to certainty."""
    value = 100 * share
    if 0 < value < 1 or 99 < value < 100:
        return f"{value:.1f}{UNBROKEN}%"
    return f"{value:.0f}{UNBROKEN}%"


def plural(count, noun):
    """"1 row", "2 rows"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def shown(text):
    """A text of the data without signs that could move a terminal's cursor."""
    return "".join(sign if sign.isprintable() else " " if sign == UNBROKEN else "?" for sign in text)
