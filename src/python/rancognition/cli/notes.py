"""What was taken of an input and what was not, in lines for its user."""

from .dialect import named
from .samples import SAMPLES_KEPT
from .words import duration, instant_range, plural, shown

_NAMED = 8  # items of a list that are written out


def notes_of(data, intake, table, layout, groups, times, numbers, source, empty):
    """Lines of text. data: the KpiData made from the rest."""
    groups = list(groups)
    lines = [f"{table.name}: {plural(intake.rows_taken, 'row')} taken of {intake.rows_read}; {'long' if layout.is_long else 'wide'}, {named(table.delimiter)} separated"]
    first = min(group.times[0] for group in groups)
    last = max(group.times[-1] for group in groups)
    header = table.header[layout.time] + (f" and {table.header[layout.clock]}" if layout.clock is not None else "")
    lines.append(f"times: {header}: {times.words}{_zone_words(times)}; {instant_range(first, last)} UTC{_steps(data)}")
    if layout.objects:
        lines.append(f"cells: {plural(len(data.cells), 'cell')} by {' / '.join(table.header[i] for i in layout.objects)}")
    lines.append(f"KPIs: {_list([name + (f' [{unit}]' if unit else '') for name, unit in data.units.items()])}")
    lines += [f"not used: {line}" for line in _unused(layout, empty, data)]
    lines += [f"note: {line}" for line in _remarks(intake, table, groups, times, numbers, source, data)]
    return [shown(line) for line in lines]


def _zone_words(times):
    if times.without_zone and times.with_zone:
        return f", {times.with_zone} with a zone, {times.without_zone} without: these taken as {times.zone.name}"
    if times.without_zone:
        return f", without a zone: taken as {times.zone.name}"
    return ", with a zone" if times.with_zone else ""


def _steps(data):
    histories = [history for metrics in data.cells.values() for history, _ in metrics.values()]
    histories = [history for history in histories if history.step_ns]
    if not histories:
        return ", one sample a series"
    regular = {history.step_ns for history in histories if history.is_regular}
    if len(regular) == 1 and all(history.is_regular for history in histories):
        return f", every {duration(regular.pop())}"
    return ", at irregular times" if not regular else ", at steps that differ"


def _unused(layout, empty, data):
    by_reason = {}
    for header, reason in layout.unused:
        by_reason.setdefault(reason, []).append(header or "(no name)")
    yield from (f"{_list(headers)}: {reason}" for reason, headers in by_reason.items())
    yield from (f"{metric}: no number{'' if metric not in data.units else f' in {_list(cells)}'}" for metric, cells in empty.items())


def _remarks(intake, table, groups, times, numbers, source, data):
    if table.preamble:
        yield f"{plural(len(table.preamble), 'row')} above the header not used"
    if source.latin1_lines:
        yield f"{plural(source.latin1_lines, 'line')} not UTF-8, read as Latin-1"
    if numbers.comma_is_decimal and numbers.dot_is_thousands:
        yield "numbers have a decimal comma"
    if numbers.doubtful:
        yield f"numbers such as {numbers.doubtful} may have a decimal sign or thousands: read as {numbers.read(numbers.doubtful):.10g} (--decimal comma or point)"
    for header, (count, line, text) in intake.bad_times.items():
        yield f"{plural(count, 'row')} without an understood time left out, the first at line {line}: {header} {text[:30]!r}"
    for header, (count, line, text) in intake.bad_values.items():
        yield f"{header}: {plural(count, 'text')} that is no finite number taken as missing, the first at line {line}: {text[:30]!r}"
    if table.short_rows:
        yield f"{plural(table.short_rows, 'row')} shorter than the header, the rest taken as missing; the first at line {table.first_short}"
    if table.long_rows:
        yield f"{plural(table.long_rows, 'row')} longer than the header left out; the first at line {table.first_long}"
    if table.repeated_headers:
        yield f"the header comes again {plural(table.repeated_headers, 'time')}"
    if intake.other_cells:
        yield f"{plural(intake.other_cells, 'row')} of other cells"
    if times.zone.nonexistent:
        yield f"{plural(times.zone.nonexistent, 'local time')} that the clock change of {times.zone.name} leaves out, read with the offset before it"
    yield from _about_samples(groups, data)


def _about_samples(groups, data):
    unsorted, duplicates = sum(group.unsorted for group in groups), sum(group.duplicates for group in groups)
    conflicts, older = sum(group.conflicts for group in groups), sum(group.older for group in groups)
    if unsorted:
        yield f"rows not in order of time, sorted ({plural(unsorted, 'step')} back)"
    if duplicates:
        yield f"{plural(duplicates, 'time')} given again, {conflicts} of them with another value: the last value counts"
    if older:
        yield f"the newest {SAMPLES_KEPT} samples of a series are used; {plural(older, 'older one')} left out"
    histories = {id(history): history for metrics in data.cells.values() for history, _ in metrics.values()}.values()
    gaps = sum(history.gaps for history in histories)
    if gaps:
        yield f"{plural(gaps, 'time')} missing on the regular grid, taken as missing values"
    irregular = sum(1 for history in histories if not history.is_regular and len(history.times) > 1)
    if irregular and irregular < len(histories):
        yield f"{irregular} of {len(histories)} cells or series at irregular times"


def _list(items):
    items = list(items)
    more = f" and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    return ", ".join(items[:_NAMED]) + more
