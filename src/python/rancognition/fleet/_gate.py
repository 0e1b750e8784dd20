"""Who may analyse in this process at the same time as whom."""

import contextlib
import threading


class Gate:
    """Many at once, or one alone: a cell under suspicion is analysed alone in its process, so that a death of the process is its own."""

    def __init__(self):
        self._changed = threading.Condition()
        self._inside = 0
        self._alone = False
        self._waiting = 0  # for being alone: newcomers let them pass, else they would wait for ever

    @contextlib.contextmanager
    def shared(self):
        with self._changed:
            self._changed.wait_for(lambda: not self._alone and not self._waiting)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self):
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: not self._alone and not self._inside)
            self._waiting -= 1
            self._alone = True
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
