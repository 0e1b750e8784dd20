"""A table in a text: its header, its first rows for judging, all its rows."""

from itertools import chain, islice

from .civil import read_civil
from .dialect import named, rows_of, sniff_delimiter, sniffed_lines
from .errors import DataError
from .numeric import Numbers

SAMPLE_ROWS = 1000  # that columns, times and numbers are judged by


class Table:
    """Rows of one input. What does not fit the header is counted, with the line where it was first."""

    def __init__(self, source, delimiter=None):
        """source: a TextInput. delimiter: None = found out. Raises DataError when there is no table."""
        self.name = source.name
        lines = source.lines()
        first = sniffed_lines(lines)
        if not first:
            raise DataError(f"{self.name}: is empty")
        if first[0].lower().startswith("sep=") and len(first[0].strip()) == 5:  # how spreadsheets are told
            delimiter = delimiter or first[0][4]
            first[0] = "\n"
        self.delimiter = delimiter or sniff_delimiter(first)
        rows = rows_of(chain(first, lines), self.delimiter, self.name)
        sample = list(islice(rows, SAMPLE_ROWS))
        #: (line, field texts) of rows before the header.
        self.preamble = []
        self.header, self._width = self._find_header(sample)
        #: First rows after the header, fitted to it.
        self.short_rows = self.long_rows = self.first_short = self.first_long = self.repeated_headers = 0
        self.sample = list(self._fitted(sample[len(self.preamble) + 1:]))
        if not self.sample:
            raise DataError(f"{self.name}: a header, but no row of data follows it")
        self._rest = rows

    def rows(self):
        """Yields (line, fields) of every row after the header, with as many fields as the header has. Once."""
        yield from self.sample
        yield from self._fitted(self._rest)

    def _fitted(self, rows):
        width, header = self._width, self.header
        for line, row in rows:
            if len(row) != width:
                if not any(field.strip() for field in row):
                    continue
                if len(row) < width:
                    self.short_rows += 1
                    self.first_short = self.first_short or line
                    row = row + [""] * (width - len(row))
                elif any(field.strip() for field in row[width:]):
                    self.long_rows += 1
                    self.first_long = self.first_long or line
                    continue
            if row[0][:1] == header[0][:1] and _names(row[:width]) == header:
                self.repeated_headers += 1
                continue
            yield line, row

    def _find_header(self, sample):
        """The first row that is as wide as most are: titles and remarks may stand above it."""
        widths = [len(row) for _, row in sample if any(field.strip() for field in row)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        if usual < 2:
            raise DataError(f"{self.name}: one column only, by the delimiter {named(self.delimiter)}; a table has times and values (--delimiter)")
        for place, (line, row) in enumerate(sample):
            header = _names(row)
            while header and not header[-1]:
                header.pop()
            if len(header) > 1 and (len(row) in (usual, usual - 1) or len(header) >= usual):
                self._require_names(line, header)
                self.preamble = sample[:place]
                return header, len(header)
        raise DataError(f"{self.name}: no row of the first {len(sample)} names the columns")

    def _require_names(self, line, header):
        numbers = Numbers()
        values = [field for field in header if field and numbers.read(field) is not None]
        times = [field for field in header if read_civil(field)]
        if times or len(values) * 2 > len(header):
            raise DataError(f"{self.name}: line {line}: the first row must name the columns; {(times or values)[0]!r} is no name")


def _names(row):
    """Headers as one line each: spreadsheets break long ones."""
    return [" ".join(field.split()) for field in row]
