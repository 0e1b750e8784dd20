"""A message with measurements as its bytes: a file or a pipe, also gzip, read no further than it may be long."""

import gzip
import sys
import zlib

from .errors import DataError

_GZIP_MAGIC = b"\x1f\x8b"


def read_message(path, bytes_max):
    """(name, bytes): at most one byte more than the bound, by which it is seen to be too long. Raises DataError when it cannot be read."""
    name = "standard input" if path == "-" else path
    try:
        if path == "-":
            return name, _read(sys.stdin.buffer, bytes_max + 1)
        with open(path, "rb") as file:
            return name, _read(file, bytes_max + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:  # ValueError: a NUL in the path
        reason = "the compressed data end early" if isinstance(error, EOFError) else getattr(error, "strerror", None) or str(error)
        raise DataError(f"{name}: {reason}") from None


def _read(file, count):
    if file.peek(len(_GZIP_MAGIC))[:len(_GZIP_MAGIC)] == _GZIP_MAGIC:
        with gzip.GzipFile(fileobj=file) as unpacked:
            return unpacked.read(count)
    return file.read(count)
