"""What the columns of a table are: time, object, KPIs; or, of a long table, time, object, metric, value."""

import math
import re

from .errors import DataError, UsageError
from .near import near_names
from .times import reader_for
from .units import named_columns, split_unit

_TIME_NAMES = re.compile(r"time|timestamp|ts|date|datetime|date_?time|_time|start_?time|period_?start(?:_?time)?|begin_?time|collection_?time|result_?time|"
                         r"granularity_?period(?:_?start)?|measurement_?time|epoch(?:_.*)?|time_?(?:ns|us|ms|s|utc)|zeit|datum|zeitstempel")
_OBJECT_NAMES = re.compile(r"(?:(?:nr|e?u?tran|lte|local|serving)?_?cell(?:du|cu|fdd|tdd)?|object|managed_?object|meas_?obj(?:_?ldn|_?inst_?id)?|measobjldn|ldn|dn|mo|network|"
                           r"lncel|nrcel|wcel|mrbts(?:_sbts)?|sbts|lnbts|nrbts|wbts|erbs|sector|site|node|ne|enb|gnb|enodeb|gnodeb|e2_?node|nodeb|bs|base_?station|du|ue|slice|device|zelle)(?:_?(?:id|name|key|nr|number|dn))?|"
                           r"nci|ncgi|ecgi|eci|cgi|pci")
_METRIC_NAMES = re.compile(r"metric|kpi|counter|measurement|measure|indicator|parameter|variable|pm|meas_?type|(?:metric|kpi|counter|measurement|measure|meas)_?name|name|_field")
_VALUE_NAMES = re.compile(r"value|_value|val|reading|result|y|wert|(?:metric|kpi|counter|measurement|meas)_?value")
_UNIT_NAMES = re.compile(r"unit|units|uom|einheit")
_CLOCK = re.compile(r"\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[AaPp][Mm])?")
_HOUR_NAMES = re.compile(r"hour|hour_?id|hour_?of_?day|hr|stunde")
_HOUR = re.compile(r"[01]?\d|2[0-3]")
_BRACKETS = re.compile(r"_?[(\[][^)\]]*[)\]]")
_MIDNIGHT = re.compile(r"[T ]\s*0?0:00(?::00(?:[.,]0*)?)?\s*$")
_OTHER_TIME = re.compile(_TIME_NAMES.pattern + r"|(?:end|stop|finish)_?(?:time|date)(?:_.*)?|period_?(?:end|stop)(?:_?time)?")
_IDENTIFIER = re.compile(r"(?:.*_)?(?:id|index|idx|row|nr|no|rownum)|unnamed.*|")


class Layout:
    """Places of the columns in a row."""

    def __init__(self, time, clock, objects, values, metric=None, unit=None):
        self.time = time
        self.clock = clock  # the time of day, where the day stands in a column of its own
        self.objects = objects  # joined with "/" they name what a row is about; none: one object
        self.values = values  # the KPIs, or the one value of a long table
        self.metric = metric  # a column, or None in a wide table
        self.unit = unit
        #: [(metric name, unit)] of the values of a wide table.
        self.names = []
        #: [(header, reason)] of columns that are not used.
        self.unused = []

    def time_text(self, row):
        """The time of a row as one text."""
        return row[self.time] if self.clock is None else day_with_clock(row[self.time], row[self.clock])

    @property
    def is_long(self):
        """Whether the metric's name stands in each row."""
        return self.metric is not None


def day_with_clock(day, clock):
    """One text of a day and a time of day, which may be the hour alone; a day from a spreadsheet may have 00:00:00 of its own."""
    clock = clock.strip()
    return f"{_MIDNIGHT.sub('', day)} {clock if ':' in clock or not clock else clock + ':00'}"


def layout_of(header, sample, numbers, options, zone, name):
    """The layout of a table by its header, its first rows, and what the options say. Raises UsageError and DataError."""
    columns = _Columns(header, sample, numbers)
    time = columns.chosen(options.time_column, "--time-column") if options.time_column else columns.time(zone, options.time_format)
    if time is None:
        raise DataError(f"{name}: no column holds times ({', '.join(header[:8])}); name it with --time-column, and its form with --time-format")
    clock = columns.clock(time)
    is_long = options.format == "long" or options.format is None and columns.looks_long(options)
    if is_long:
        return _long_layout(columns, time, clock, options, name)
    objects = _objects(columns, options, {time, clock})
    layout = Layout(time, clock, objects, [])
    if options.value_columns:
        layout.values = [columns.chosen(one, "--value-columns") for one in options.value_columns]
        wrong = [header[i] for i in layout.values if i == time or i in objects]
        if wrong:
            raise UsageError(f"--value-columns {wrong[0]}: this column is the time or the object")
    used = {time, clock, *objects, *layout.values}
    for index in range(len(header)):
        if index in used:
            continue
        reason = "not named in --value-columns" if options.value_columns else columns.reason_not_numeric(index)
        if reason:
            layout.unused.append((header[index], reason))
        else:
            layout.values.append(index)
    if not layout.values:
        reasons = "; ".join(f"{header_text}: {reason}" for header_text, reason in layout.unused[:5])
        raise DataError(f"{name}: no column holds KPIs ({reasons or 'there is only the time'})")
    layout.names = named_columns([header[i] for i in layout.values])
    return layout


def _long_layout(columns, time, clock, options, name):
    header = columns.header
    metric = columns.chosen(options.metric_column, "--metric-column") if options.metric_column else columns.named(_METRIC_NAMES, {time})
    chosen = [columns.chosen(one, "--value-columns") for one in options.value_columns]
    if len(chosen) > 1:
        raise UsageError("--value-columns: a long table has one column of values")
    value = chosen[0] if chosen else columns.named(_VALUE_NAMES, {time, metric})
    for column, what, option in ((metric, "the metric's name", "--metric-column"), (value, "the value", "--value-columns")):
        if column is None:
            raise DataError(f"{name}: a long table, but no column is known to hold {what} ({', '.join(header[:8])}); name it with {option}")
    unit = columns.named(_UNIT_NAMES, {time, metric, value})
    objects = _objects(columns, options, {time, clock, metric, value, unit})
    layout = Layout(time, clock, objects, [value], metric, unit)
    used = {time, clock, metric, value, unit, *objects}
    layout.unused = [(text, "no part of a long table") for i, text in enumerate(header) if i not in used]
    return layout


def _objects(columns, options, taken):
    if options.object_column:
        return [columns.chosen(one, "--object-column") for one in options.object_column]
    return [i for i in range(len(columns.header)) if i not in taken and _OBJECT_NAMES.fullmatch(columns.keys[i])]


class _Columns:
    def __init__(self, header, sample, numbers):
        self.header = header
        self.keys = [re.sub(r"[\s\-./]+", "_", text.strip().lower()) for text in header]
        self._sample = sample
        self._numbers = numbers

    def chosen(self, text, option):
        """The column of this header, as written or without its unit."""
        matches = [i for i, header in enumerate(self.header) if header.strip() == text.strip()]
        matches = matches or [i for i, header in enumerate(self.header) if split_unit(header)[0].lower() == text.strip().lower()]
        if not matches:
            raise UsageError(f"{option} {text}: there is no such column; {near_names(text, self.header)}")
        if len(matches) > 1:
            raise UsageError(f"{option} {text}: {len(matches)} columns have this name")
        return matches[0]

    def named(self, pattern, taken):
        """The first column whose name is known, or None."""
        return next((i for i, key in enumerate(self.keys) if i not in taken and pattern.fullmatch(key)), None)

    def time(self, zone, form):
        """The column of times: by its name, if it holds times; else the first that holds calendar times."""
        by_name = [i for i, key in enumerate(self.keys) if _TIME_NAMES.fullmatch(_BRACKETS.sub("", key))]  # Timestamp (ms), Time [UTC]
        if form and by_name:
            return by_name[0]
        for index in by_name:
            if reader_for(self._texts(index), zone):
                return index
        for index in range(len(self.header)):
            texts = self._texts(index)
            if self._number_share(index) < 0.5 and reader_for(texts, zone):
                return index
        return None

    def clock(self, time):
        """The column of times of day, or of hours, beside a column of days, or None."""
        if any(":" in _MIDNIGHT.sub("", text) for text in self._texts(time)):
            return None
        texts = ((index, self._texts(index)) for index in range(len(self.header)) if index != time)
        return next((index for index, some in texts if some and all(self._clock_form(index).fullmatch(text.strip()) for text in some)), None)

    def _clock_form(self, index):
        return _HOUR if _HOUR_NAMES.fullmatch(self.keys[index]) else _CLOCK

    def looks_long(self, options):
        """Whether there is a column of metric names, which are no numbers, beside one of values."""
        if options.metric_column:
            return True
        metric = self.named(_METRIC_NAMES, ())
        return metric is not None and self.named(_VALUE_NAMES, (metric,)) is not None and self._number_share(metric) < 0.5

    def reason_not_numeric(self, index):
        """Why a column is no KPI, or None when it is one, or may still become one."""
        texts = [text for text in self._texts(index) if not _is_missing(self._numbers.read(text))]
        share = self._number_share(index)
        if texts and share < 0.5:
            return f"text such as {texts[0][:20]!r}"
        if _OTHER_TIME.fullmatch(self.keys[index]):
            return "another time, by its name"
        return "a number of rows or things, by its name" if _IDENTIFIER.fullmatch(self.keys[index]) else None

    def _texts(self, index):
        return [row[index] for _, row in self._sample if index < len(row) and row[index].strip()]

    def _number_share(self, index):
        values = [self._numbers.read(text) for text in self._texts(index)]
        present = [value for value in values if not _is_missing(value)]
        return sum(1 for value in present if value is not None) / len(present) if present else 1.0


def _is_missing(value):
    return value is not None and math.isnan(value)
