"""A progress bar for people."""

import sys
import time
from contextlib import contextmanager

from .._host import Host

_WIDTH = 30
_PAUSE_S = 0.1  # between two drawings


class Progress:
    """A line on standard error that is drawn anew; nothing where that is no terminal. Use it in a with block.

    host() is what a core is created with: its progress is drawn.
    """

    def __init__(self, is_wanted):
        self._is_drawn = is_wanted and sys.stderr.isatty()
        self._drawn_at = self._width = 0
        self._stage, self._from, self._to = "", 0.0, 1.0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.clear()

    def host(self):
        """The host for a core."""
        return Host(progress=self._library_progress)

    @contextmanager
    def call(self, stage, start=0.0, end=1.0):
        """Around a call of the library that does the work from the share start to the share end of a stage."""
        is_new, self._stage, self._from, self._to = stage != self._stage, stage, start, end
        self._draw(start, is_new)
        yield
        self._draw(end)

    def count(self, stage, done):
        """Tells how many things were done, of an unknown number."""
        if self._is_drawn and time.monotonic() - self._drawn_at > _PAUSE_S:
            self._write(f"{stage} {done}")

    def clear(self):
        """Takes the line away."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def _library_progress(self, fraction, _stage):
        self._draw(self._from + fraction * (self._to - self._from))

    def _draw(self, fraction, at_once=False):
        if self._is_drawn and (at_once or fraction >= 1 or time.monotonic() - self._drawn_at > _PAUSE_S):
            full = int(_WIDTH * min(1.0, fraction))
            self._write(f"{self._stage} [{'#' * full}{'.' * (_WIDTH - full)}] {100 * min(1.0, fraction):3.0f} %")

    def _write(self, text):
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = max(self._width, len(text))
        self._drawn_at = time.monotonic()
