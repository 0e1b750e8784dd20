"""Which sign separates the fields, and rows from lines."""

import csv
from itertools import islice

from .errors import DataError

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_SNIFFED_LINES = 60


def named(delimiter):
    """A delimiter in words."""
    return next((name for name, sign in DELIMITERS.items() if sign == delimiter), repr(delimiter))


def sniff_delimiter(lines):
    """The sign that cuts most of these first lines into as many fields as each other; a comma when there is one column only."""
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS.values():
        widths = _widths(lines, delimiter)
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        # Decimal commas cut the rows, but not the header, into the same number of fields: the first row of that width must come early.
        if common > 1:
            score = (widths.count(common) - widths.index(common), common)
            if score[0] > 0 and score > best_score:
                best, best_score = delimiter, score
    return best


def sniffed_lines(lines):
    """The first lines, for sniff_delimiter: a list taken from the iterator."""
    return list(islice(lines, _SNIFFED_LINES))


def rows_of(lines, delimiter, name):
    """Yields (line number, fields) of each row that is not empty. Raises DataError where quotes do not match."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    line = 0
    try:
        for row in reader:
            line = reader.line_num
            if row:
                yield line, row
    except csv.Error as error:
        raise DataError(f"{name}: line {line + 1}: {_in_words(str(error))}") from None


def _widths(lines, delimiter):
    widths = []
    try:
        for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
            widths.append(len(row))
    except csv.Error:
        pass  # what was cut so far tells enough; the reading itself reports the fault
    return widths


def _in_words(message):
    if "field limit" in message:
        return "a field is longer than 131072 characters, or its quote is never closed"
    if "unexpected end" in message:
        return "a quote is opened here and never closed"
    return message
