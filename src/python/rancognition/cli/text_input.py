"""Bytes of a file or pipe as lines of text: gzip, byte order marks, UTF-8 or else Latin-1."""

import codecs
import gzip
import io
import os
import sys
import zlib

from .errors import DataError

LINE_CHARACTERS_MAX = 4 << 20  # 10 000 columns need a tenth; what is longer is no table
_GZIP_MAGIC = b"\x1f\x8b"
_NO_TEXT = {b"PK\x03\x04": "a workbook (.xlsx, .ods) or a zip archive", b"\xd0\xcf\x11\xe0": "a workbook (.xls)"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_READ_ERRORS = (OSError, EOFError, zlib.error, UnicodeDecodeError)


class TextInput:
    """Lines of one input, with their ends, read once from start to end. Use it in a with block."""

    def __init__(self, path, line_characters_max=LINE_CHARACTERS_MAX):
        """path: a file, or - for standard input. Raises DataError when it cannot be opened."""
        self._line_max = line_characters_max
        self.name = "standard input" if path == "-" else path
        #: Name for what the data are about when no column tells.
        self.stem = "stdin" if path == "-" else _stem(path)
        #: Lines that were not UTF-8 and were read as Latin-1; final when all lines were read.
        self.latin1_lines = 0
        self._text = None
        try:
            self._file = sys.stdin.buffer if path == "-" else open(path, "rb")  # pylint: disable=consider-using-with
            self._owned = path != "-"
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            raise DataError(f"{self.name}: {_reason(error)}") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._text is not None:
            self._text.detach()
        if self._owned:
            self._file.close()

    def lines(self):
        """Yields the lines. Raises DataError for damaged input, a NUL, and lines beyond all reason."""
        number = 0
        try:
            self._text = self._decoded()
            while True:
                line = self._text.readline(self._line_max + 1)
                if not line:
                    return
                number += 1
                if len(line) > self._line_max:
                    raise DataError(f"{self.name}: line {number} is longer than {self._line_max} characters")
                if "\0" in line:
                    raise DataError(f"{self.name}: line {number} holds a NUL: this is no text")
                yield line if line.isascii() else self._clean(line)
        except _READ_ERRORS as error:
            raise DataError(f"{self.name}: after line {number}: {_reason(error)}") from None

    def _decoded(self):
        stream = self._file
        if stream.peek(2)[:2] == _GZIP_MAGIC:
            stream = io.BufferedReader(gzip.GzipFile(fileobj=stream))
        start = stream.peek(4)[:4]
        if start in _NO_TEXT:
            raise DataError(f"{self.name}: is {_NO_TEXT[start]}, no text: save or unpack it as CSV")
        encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
        errors = "strict" if encoding == "utf-16" else "surrogateescape"
        return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")

    def _clean(self, line):
        """A line with bytes that are not UTF-8 is Latin-1 as a whole."""
        try:
            line.encode("utf-8")
            return line
        except UnicodeEncodeError:
            self.latin1_lines += 1
            return line.encode("utf-8", "surrogateescape").decode("latin-1")


def _stem(path):
    name = os.path.basename(path)
    for suffix in (".gz", ".csv", ".tsv", ".txt"):
        name = name[:-len(suffix)] if name.lower().endswith(suffix) else name
    return name or "data"


def _reason(error):
    if isinstance(error, UnicodeDecodeError):
        return f"not {error.encoding}: {error.reason}"
    if isinstance(error, EOFError):
        return "the compressed data end early"
    return getattr(error, "strerror", None) or str(error)
