"""Rows of a table into samples by cell and metric."""

import csv
import fnmatch
import math
import tempfile

from .civil import formats_of, two_way_date
from .columns import day_with_clock, layout_of
from .csv_reader import Table
from .errors import DataError, UsageError
from .kpi_data import KpiData
from .near import near_names
from .numeric import Numbers
from .samples import SAMPLES_KEPT, Samples
from .text_input import TextInput
from .times import day_order, is_undecided, reader_by_format, reader_for, reader_in_order, reader_of_dots
from .zones import Zone

VALUES_MAX = 1 << 25  # read and not yet dropped: 256 MiB of them
SERIES_MAX = 65_536  # as many as the library observes
_BUFFERED = 2 * SAMPLES_KEPT
_SPOOLED_BYTES = 8 << 20  # beyond this, rows wait in a temporary file


def read_kpis(options, tick=lambda rows: None):
    """The KPI data of options.input. tick(rows) is called now and then. Raises DataError and UsageError."""
    zone = Zone(options.tz or "UTC")
    with TextInput(options.input) as source:
        table = Table(source, options.delimiter)
        intake = _Intake(table, options, zone, source.stem)
        intake.take_all(tick)
        return intake.finish(source, options)


class _Intake:
    def __init__(self, table, options, zone, stem):
        self._table, self._zone, self._stem = table, zone, stem
        decimal = {"comma": ",", "point": "."}.get(options.decimal)
        fields = [field for _, row in table.sample for field in row]
        self._numbers = Numbers.with_decimal(decimal) if decimal else Numbers.of(fields, table.delimiter)
        self._plain_is_float = not self._numbers.dot_is_thousands
        self._layout = layout_of(table.header, table.sample, self._numbers, options, zone, table.name)
        self._rows = table.rows()
        self._times = self._time_reader(options)
        self._patterns = options.cell
        if self._patterns and not self._layout.objects:
            raise UsageError(f"--cell {self._patterns[0]}: no column tells cells apart; name it with --object-column")
        self._wanted = {}  # by name of the cell
        self._samples = {}  # of a wide table by object, of a long one by (object, metric)
        self._units = {}
        self._values = 0
        self.rows_read = self.rows_taken = self.other_cells = 0
        self.bad_times, self.bad_values = {}, {}  # by header: [count, line of the first, its text]

    def _time_reader(self, options):
        if options.time_format:
            return reader_by_format(options.time_format, self._zone)
        texts = [self._layout.time_text(row) for _, row in self._table.sample]
        reader = reader_for(texts, self._zone)
        header = self._table.header[self._layout.time]
        if reader is None:
            example = next((text for text in texts if text.strip()), "")
            raise DataError(f"{self._table.name}: column {header}: {example[:40]!r} is not understood as a time; give its form, such as --time-format '%d/%m/%Y %H:%M'")
        if not is_undecided(reader):
            return reader
        text = next(text.strip() for text in texts if two_way_date(text.strip()))
        has_dots = "." in text[:3]
        order, self._rows = _settle_day_order(self._rows, self._layout.time, not has_dots)
        if order is None:
            if has_dots:
                return reader_of_dots(self._zone)
            forms = formats_of(text)
            raise DataError(f"{self._table.name}: column {header}: {text!r} may have the day or the month first, and no row tells which; "
                            f"say it with --time-format {forms[0]!r} or {forms[1]!r}")
        return reader_in_order(order, self._zone)

    def take_all(self, tick):
        """Reads every row."""
        take = self._take_long if self._layout.is_long else self._take_wide
        time_column, clock_column, read_time, later_by = self._layout.time, self._layout.clock, self._times.read, self._zone.later_by
        objects, single, patterns = self._layout.objects, self._stem, self._patterns
        for line, row in self._rows:
            self.rows_read += 1
            if self.rows_read & 0x3FFF == 0:
                tick(self.rows_read)
            text = row[time_column] if clock_column is None else day_with_clock(row[time_column], row[clock_column])
            time = read_time(text)
            if time is None:
                self._count(self.bad_times, self._table.header[time_column], line, text)
                continue
            name = single
            if objects:
                name = (row[objects[0]] if len(objects) == 1 else "/".join(row[i].strip() for i in objects)).strip() or "(no name)"
                if patterns and not self._is_wanted(name):
                    self.other_cells += 1
                    continue
            samples = take(name, line, row)
            if samples is None:
                continue
            if later_by and time in later_by:
                time = samples.of_two(time, time + later_by[time])
            samples.times.append(time)
            samples.last = time
            self.rows_taken += 1
            if len(samples.times) >= _BUFFERED:
                self._values -= samples.tidy() * len(samples.columns)
            if self._values > VALUES_MAX:
                self._make_room()

    def _take_wide(self, name, line, row):
        samples = self._samples.get(name)
        if samples is None:
            samples = self._new(name, len(self._layout.values))
        for column, index in zip(samples.columns, self._layout.values):
            text = row[index]
            try:
                value = float(text)
            except ValueError:
                value = math.nan
            # Anything but a plain finite number goes the long way.
            column.append(value if value - value == 0.0 and self._plain_is_float and "_" not in text else self._value(text, index, line))
        self._values += len(samples.columns)
        return samples

    def _take_long(self, name, line, row):
        layout = self._layout
        metric = row[layout.metric].strip()
        if not metric:
            self._count(self.bad_values, self._table.header[layout.metric], line, "")
            return None
        samples = self._samples.get((name, metric))
        if samples is None:
            samples = self._new((name, metric), 1)
            if layout.unit is not None:
                self._units.setdefault(metric, row[layout.unit].strip() or None)
        index = layout.values[0]
        samples.columns[0].append(self._value(row[index], index, line))
        self._values += 1
        return samples

    def _value(self, text, index, line):
        value = self._numbers.read(text)
        if value is None:
            self._count(self.bad_values, self._table.header[index], line, text)
            return math.nan
        return value

    def _new(self, key, columns):
        if len(self._samples) * columns >= SERIES_MAX:
            raise DataError(f"{self._table.name}: more than {SERIES_MAX} series; choose some with --cell or --value-columns")
        samples = self._samples[key] = Samples(columns)
        return samples

    def _make_room(self):
        for samples in self._samples.values():
            self._values -= samples.tidy() * len(samples.columns)
        if self._values > VALUES_MAX // 2:
            raise DataError(f"{self._table.name}: more than {VALUES_MAX // 2} values that are new enough to be used; choose some with --cell or --value-columns")

    def _is_wanted(self, name):
        wanted = self._wanted.get(name)
        if wanted is None:
            wanted = self._wanted[name] = any(fnmatch.fnmatchcase(name, pattern) for pattern in self._patterns)
        return wanted

    @staticmethod
    def _count(faults, header, line, text):
        fault = faults.setdefault(header, [0, line, text])
        fault[0] += 1

    def finish(self, source, options):
        """The data, tidied and named. Raises DataError when none are left."""
        if not self._samples:
            if self.other_cells:
                raise DataError(f"{self._table.name}: --cell {', '.join(self._patterns)}: no such cell; {near_names(self._patterns[0], list(self._wanted))}")
            header, (count, line, text) = next(iter(self.bad_times.items()))
            raise DataError(f"{self._table.name}: column {header}: none of {count} times is understood, the first at line {line}: {text[:40]!r} (--time-format)")
        for samples in self._samples.values():
            samples.tidy()
        return KpiData.of(self, self._table, self._layout, self._samples, self._units, self._times, self._numbers, source, options)


def _settle_day_order(rows, time_column, is_needed):
    """(order or None, all rows): reads on until a date can be read in one way only; what is read so far waits in a temporary file."""
    waiting = tempfile.SpooledTemporaryFile(_SPOOLED_BYTES, "w+", newline="", encoding="utf-8", errors="surrogatepass")  # pylint: disable=consider-using-with
    writer, order = csv.writer(waiting), None
    for line, row in rows:
        writer.writerow([line, *row])
        order = day_order([row[time_column]])
        if order:
            break
    if order is None and is_needed:
        waiting.close()
        return None, iter(())
    waiting.seek(0)
    return order, _again(waiting, rows)


def _again(waiting, rows):
    with waiting:
        for line, *row in csv.reader(waiting):
            yield int(line), row
    yield from rows
