"""Which kind of time a column holds, and its times in ns since the Unix epoch."""

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

from .civil import DAY_FIRST, MONTH_FIRST, NS_PER_DAY, read_civil, read_compact_day, two_way_date
from .errors import UsageError
from .zones import NS_PER_SECOND

TIME_MAX_NS = (1 << 63) - 1  # the year 2262
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?")
_EPOCH_UNITS = {"epoch_s": NS_PER_SECOND, "epoch_ms": 1_000_000, "epoch_us": 1000, "epoch_ns": 1}
_EPOCH_WORDS = {"epoch_s": "seconds", "epoch_ms": "milliseconds", "epoch_us": "microseconds", "epoch_ns": "nanoseconds"}
_DAY_NUMBER = re.compile(r"\d{5}(?:[.,]\d+)?")
_DAYS_FORM = "excel_days"
_DAYS_BEFORE_UNIX = 25569  # day 0 of spreadsheets is 1899-12-30
_DAY_NUMBERS = range(40179, 54789)  # 2010 to 2050
_CACHED_MAX = 65_536
_EPOCH_DIGITS_MAX = 20  # 2^64 ns have as many; 1e999999 would fill the memory
_UNIX = datetime(1970, 1, 1, tzinfo=timezone.utc)


class TimeReader:
    """Reads the times of one column, all by one rule."""

    def __init__(self, zone, convert, words, knows_zone=True):
        """convert(text) gives (ns, offset in seconds or None), or None; words say what the rule is."""
        self.zone = zone
        self.words = words
        #: Times read with a zone of their own, and without.
        self.with_zone = self.without_zone = 0
        self._convert = convert
        self._knows_zone = knows_zone
        self._days, self._clocks = {}, {}  # ns by text of ISO dates and times of day, filled by the general way
        self._moments = {}  # by text: rows of many cells have the same times

    def read(self, text):
        """UTC ns, or None when the text is no time, or one before 1970 or after 2262."""
        if len(text) in (19, 20) and (len(text) == 19 or text[19] == "Z"):
            day, clock = self._days.get(text[:11]), self._clocks.get(text[11:19])
            if day is not None and clock is not None:
                if len(text) == 20:
                    self.with_zone += 1
                    return day + clock
                return self._in_utc(day + clock, None)
        moment = self._moments.get(text)
        if moment is None:
            moment = self._convert(text.strip())
            if moment is None:
                return None
            self._remember(text, moment)
        return self._in_utc(*moment)

    def _in_utc(self, ns, offset):
        if offset is not None:
            self.with_zone += 1
            ns -= offset * NS_PER_SECOND
        elif self._knows_zone:
            self.without_zone += 1
            ns = self.zone.to_utc(ns)
        return ns if 0 <= ns <= TIME_MAX_NS else None

    def _remember(self, text, moment):
        """The parts of an ISO time are as good for other times of this form."""
        if len(self._moments) < _CACHED_MAX:
            self._moments[text] = moment
        if self._convert is read_civil and len(text) >= 19 and text[4] == text[7] == "-" and text[10] in "T " and text[13] == text[16] == ":" and text[:4].isdigit():
            day, clock = read_civil(text[:10]), read_civil("1970-01-01T" + text[11:19])
            if day and clock and 0 <= day[0] <= TIME_MAX_NS - 2 * NS_PER_DAY and len(self._days) < _CACHED_MAX:
                self._days[text[:11]] = day[0]
                self._clocks[text[11:19]] = clock[0]


def reader_by_format(form, zone):
    """The rule that --time-format names: epoch_s, epoch_ms, epoch_us, epoch_ns, excel_days, or directives as strptime has them."""
    if form == _DAYS_FORM:
        return TimeReader(zone, _read_day_number, "days as spreadsheets count them")
    if form in _EPOCH_UNITS:
        return TimeReader(zone, _epoch(form), f"epoch {_EPOCH_WORDS[form]}", knows_zone=False)
    if "%" not in form:
        raise UsageError(f"--time-format {form}: give {', '.join(_EPOCH_UNITS)}, {_DAYS_FORM}, or directives such as %d/%m/%Y %H:%M")
    return TimeReader(zone, lambda text: _strptime(text, form), f"by --time-format {form}")


def reader_for(texts, zone):
    """The rule that reads most of these texts; None when there is none. Dates such as 05/01/2024 are for day_order."""
    texts = [text.strip() for text in texts if text.strip()]
    if not texts:
        return None
    if _share(texts, _is_recent_day_number) > 0.9:
        return TimeReader(zone, _read_day_number, "days as spreadsheets count them, by their size (else --time-format epoch_s)")
    if _share(texts, _NUMBER.fullmatch) > 0.5:
        return _numeric_reader([text for text in texts if _NUMBER.fullmatch(text)], zone)
    if _share(texts, two_way_date) > 0.5:
        return reader_in_order(day_order(texts), zone)
    if _share(texts, read_civil) > 0.5:
        return TimeReader(zone, read_civil, "calendar times")
    return None


def reader_in_order(order, zone):
    """The rule for dates such as 05/01/2024; without an order it is undecided."""
    return TimeReader(zone, lambda text: read_civil(text, order), f"{order}, as the dates show" if order else "")


def reader_of_dots(zone):
    """The rule for dates such as 05.01.2024 of which none says what comes first: the day, as where dates are written with dots."""
    return TimeReader(zone, read_civil, "day first, as usual with dots (else --time-format)")


def is_undecided(reader):
    """Whether the times are dates such as 05/01/2024 of which none says if the day or the month comes first."""
    return reader is not None and reader.words == ""


def day_order(texts):
    """DAY_FIRST or MONTH_FIRST, as soon as one date can be read in one way only; None before."""
    for text in texts:
        numbers = two_way_date(text.strip())
        if numbers and numbers[0] > 12:
            return DAY_FIRST
        if numbers and numbers[1] > 12:
            return MONTH_FIRST
    return None


def _numeric_reader(texts, zone):
    for digits, read in ((8, read_compact_day), (12, read_civil), (14, read_civil)):
        if _share(texts, lambda text: len(text) == digits and _is_recent(read(text))) > 0.9:  # pylint: disable=cell-var-from-loop
            return TimeReader(zone, read, "calendar times without separators")
    usual = sorted(Decimal(text).copy_abs() for text in texts)[len(texts) // 2]  # one damaged number must not decide
    form = next(name for name, bound in (("epoch_s", 1e11), ("epoch_ms", 1e14), ("epoch_us", 1e17), ("epoch_ns", float("inf"))) if usual < bound)
    return TimeReader(zone, _epoch(form), f"epoch {_EPOCH_WORDS[form]}, by their size", knows_zone=False)


def _is_recent_day_number(text):
    return _DAY_NUMBER.fullmatch(text) and int(text[:5]) in _DAY_NUMBERS


def _read_day_number(text):
    """To the second: what is finer is what the fraction of a day was rounded by."""
    if not _NUMBER.fullmatch(text.replace(",", ".")):
        return None
    days = Decimal(text.replace(",", ".")) - _DAYS_BEFORE_UNIX
    return (int((days * 86400).to_integral_value()) * NS_PER_SECOND, None) if days.adjusted() < _EPOCH_DIGITS_MAX else None


def _is_recent(moment):
    """Between 1990 and 2100: what is taken for a calendar date rather than for a count of seconds."""
    return moment is not None and 7305 * NS_PER_DAY <= moment[0] < 47482 * NS_PER_DAY


def _epoch(form):
    factor = _EPOCH_UNITS[form]

    def convert(text):
        try:
            return int(text) * factor, None
        except ValueError:
            pass
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return (int(number * factor), None) if number.is_finite() and number.adjusted() < _EPOCH_DIGITS_MAX else None

    return convert


def _strptime(text, form):
    try:
        moment = datetime.strptime(text, form)
    except ValueError:
        return None
    offset = moment.utcoffset()
    since = moment.replace(tzinfo=timezone.utc) - _UNIX
    ns = since // timedelta(microseconds=1) * 1000
    return ns, None if offset is None else int(offset.total_seconds())


def _share(texts, test):
    return sum(1 for text in texts if test(text)) / len(texts)
