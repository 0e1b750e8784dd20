"""A progress bar for people, and Ctrl-C that stops a call of the library."""

import ctypes
import signal
import sys
import threading
import time
from contextlib import contextmanager

from .. import _raw
from .errors import Cancelled

_WIDTH = 30
_PAUSE_S = 0.1  # between two drawings


class Progress:
    """A line on standard error that is drawn anew; nothing where that is no terminal. Use it in a with block.

    host() is what a core is created with: its progress is drawn, and Ctrl-C ends its call with RANCOG_E_CANCELLED. Outside calls
    Ctrl-C is KeyboardInterrupt as ever; pressed again during a call that does not end, it ends the process.
    """

    def __init__(self, is_wanted):
        self._is_drawn = is_wanted and sys.stderr.isatty()
        self._drawn_at = self._width = 0
        self._stage, self._from, self._to = "", 0.0, 1.0
        self._in_call = self._is_cancelled = False
        self._previous = None
        self._callback = _raw.rancog_host_progress(self._library_progress)

    def __enter__(self):
        if threading.current_thread() is threading.main_thread():
            self._previous = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_):
        self.clear()
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def host(self):
        """The host struct for a core; it lives as long as this object and the core hold it."""
        return _raw.rancog_host(struct_size=ctypes.sizeof(_raw.rancog_host), progress=self._callback)

    @contextmanager
    def call(self, stage, start=0.0, end=1.0):
        """Around a call of the library that does the work from the share start to the share end of a stage."""
        is_new, self._stage, self._from, self._to = stage != self._stage, stage, start, end
        self._draw(start, is_new)
        self._in_call = True
        try:
            yield
            self._draw(end)
        finally:
            self._in_call = False
            if self._is_cancelled:
                raise Cancelled()

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

    def _library_progress(self, fraction, _stage, _user_data):
        self._draw(self._from + fraction * (self._to - self._from))
        return 1 if self._is_cancelled else 0

    def _draw(self, fraction, at_once=False):
        if self._is_drawn and (at_once or fraction >= 1 or time.monotonic() - self._drawn_at > _PAUSE_S):
            full = int(_WIDTH * min(1.0, fraction))
            self._write(f"{self._stage} [{'#' * full}{'.' * (_WIDTH - full)}] {100 * min(1.0, fraction):3.0f} %")

    def _write(self, text):
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = max(self._width, len(text))
        self._drawn_at = time.monotonic()

    def _interrupt(self, _signal, _frame):
        if not self._in_call:
            raise KeyboardInterrupt
        self._is_cancelled = True
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # pressed again: at once
