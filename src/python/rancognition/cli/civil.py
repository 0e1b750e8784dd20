"""Dates and times of day as people write them, read to the nanosecond."""

import re
from datetime import date

from .zones import NS_PER_SECOND, offset_seconds

NS_PER_DAY = 86400 * NS_PER_SECOND
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MONTHS = {name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}

_TIME = r"(?:(?:[T,]\s*|\s+|T)(?P<h>\d\d?):(?P<mi>\d\d)(?::(?P<s>\d\d)(?:[.,](?P<f>\d+))?)?(?:\s*(?P<ap>[AaPp])\.?[Mm]\.?)?)?"
_ZONE = r"(?:\s*(?P<z>Z|z|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|UTC|GMT))?"
_TAIL = r"\s*" + _TIME + _ZONE
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)" + _TAIL)
_TWO_WAYS = re.compile(r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<y>\d{4}|\d\d)" + _TAIL)
_DAY_NAME = re.compile(r"(?P<d>\d\d?)[ -](?P<mon>[A-Za-z]{3})[A-Za-z]*\.?[-, ]+(?P<y>\d{4})" + _TAIL)
_NAME_DAY = re.compile(r"(?P<mon>[A-Za-z]{3})[A-Za-z]*\.? (?P<d>\d\d?),? (?P<y>\d{4})" + _TAIL)
_BASIC = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)[T ]?(?P<h>\d\d)(?P<mi>\d\d)(?:(?P<s>\d\d)(?:[.,](?P<f>\d+))?)?(?P<ap>)" + _ZONE)
_COMPACT_DAY = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?P<h>)(?P<mi>)(?P<s>)(?P<f>)(?P<ap>)(?P<z>)")

DAY_FIRST = "day first"
MONTH_FIRST = "month first"


def read_civil(text, order=None):
    """(ns as if the local time were UTC, offset in seconds or None) of a date with or without a time of day; None when it is none.

    order: DAY_FIRST or MONTH_FIRST of dates such as 05/01/2024; with None these are not read, and 05.01.2024 has the day first.
    """
    for pattern in (_YEAR_FIRST, _BASIC, _DAY_NAME, _NAME_DAY):
        match = pattern.fullmatch(text)
        if match:
            parts = match.groupdict()
            month = _MONTHS.get(parts["mon"].lower(), 0) if "mon" in parts else int(parts["m"])
            return _moment(parts, month, int(parts["d"]))
    match = _TWO_WAYS.fullmatch(text)
    if match and (order or match["sep"] == "."):
        day, month = (match["b"], match["a"]) if order == MONTH_FIRST else (match["a"], match["b"])
        return _moment(match.groupdict(), int(month), int(day))
    return None


def read_compact_day(text):
    """As read_civil, of 20240501."""
    match = _COMPACT_DAY.fullmatch(text)
    return _moment(match.groupdict(), int(match["m"]), int(match["d"])) if match else None


def two_way_date(text):
    """(first, second) number of a date such as 05/01/2024, or None."""
    match = _TWO_WAYS.fullmatch(text)
    return (int(match["a"]), int(match["b"])) if match else None


def formats_of(text):
    """The two --time-format that a date such as 05/01/2024 1:00 PM may have, the one with the day first first."""
    match = _TWO_WAYS.fullmatch(text)
    separator, year = match["sep"], "%Y" if len(match["y"]) == 4 else "%y"
    clock = ""
    if match["h"]:
        clock = (" %I:%M" if match["ap"] else " %H:%M") + (":%S" if match["s"] else "") + (".%f" if match["f"] else "") + (" %p" if match["ap"] else "")
    return tuple(separator.join(parts) + clock for parts in (("%d", "%m", year), ("%m", "%d", year)))


def _moment(parts, month, day):
    year = int(parts["y"])
    try:
        days = date(year + 2000 if len(parts["y"]) == 2 else year, month, day).toordinal() - _EPOCH_DAY
    except ValueError:
        return None
    hour, minute, second = int(parts["h"] or 0), int(parts["mi"] or 0), int(parts["s"] or 0)
    if parts["ap"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["ap"] in "pP" else 0)
    # 24:00 is the end of the day, :60 a leap second.
    if hour > 24 or hour == 24 and (minute or second) or minute > 59 or second > 60:
        return None
    fraction = int((parts["f"] or "0")[:9].ljust(9, "0"))
    offset = offset_seconds(parts["z"]) if parts["z"] else None
    if parts["z"] and offset is None:
        return None
    return days * NS_PER_DAY + ((hour * 60 + minute) * 60 + second) * NS_PER_SECOND + fraction, offset
