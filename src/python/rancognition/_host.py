"""What Python lends to the library: clock, sleep, log, random and progress."""

import ctypes
import logging
import operator
from typing import Any, Callable, List, NoReturn, Optional, Union

from ._call import is_stopping, run_python
from ._numbers import U64_MAX
from ._raw import (
    rancog_host,
    rancog_host_log,
    rancog_host_now_ns,
    rancog_host_progress,
    rancog_host_random_u64,
    rancog_host_sleep_ns,
)

_LEVELS = {0: logging.DEBUG, 1: logging.INFO, 2: logging.WARNING, 3: logging.ERROR}

_Logger = Union[logging.Logger, "logging.LoggerAdapter[Any]"]
_Log = Union[Callable[[int, str], Any], _Logger]


class Host:
    """Functions that the library calls instead of its own; give it as host= to Temporal, Memory, Optimizer, StrangeLoop, Cognition, Scheduler, Loader or Pool.

    now_ns() gives nanoseconds since the Unix epoch and must never go back. sleep_ns(ns) sleeps for about so long. log(level, message)
    takes one line, level 0 debug, 1 info, 2 warning, 3 error; a logging.Logger can be given instead. random_u64() gives a number from 0 to
    2**64-1, asked for when a problem brings no seed. progress(share, stage) is called during long calls with the share done, 0 to 1;
    True (or any number but 0) cancels the call, which raises Cancelled.

    They run on the thread that made the call. An exception in one of them cancels the call as soon as the library looks for that (long
    calls do it every few milliseconds or from item to item), and is raised by it. A host may serve any number of objects, which keep it alive.

    >>> import rancognition
    >>> stages = []
    >>> host = rancognition.Host(now_ns=lambda: 1_700_000_000_000_000_000, progress=lambda share, stage: stages.append((share, stage)))
    >>> history = {"start_ns": 0, "step_ns": 900_000_000_000, "values": [5] * 20}
    >>> with rancognition.Temporal(host=host) as core:
    ...     found = core.predict_future_states({"id": "t", "metrics": {"load": history}, "constraints": []}, horizon_ns=3_600_000_000_000)
    >>> stages
    [(1.0, 'predict_future_states')]
    """

    def __init__(
        self,
        now_ns: Optional[Callable[[], int]] = None,
        sleep_ns: Optional[Callable[[int], Any]] = None,
        log: Optional[_Log] = None,
        random_u64: Optional[Callable[[], int]] = None,
        progress: Optional[Callable[[float, str], Any]] = None,
    ) -> None:
        for name, function in (("now_ns", now_ns), ("sleep_ns", sleep_ns), ("random_u64", random_u64), ("progress", progress)):
            if function is not None and not callable(function):
                raise TypeError(f"{name}: must be a function, not {type(function).__name__}")
        raw = rancog_host(struct_size=ctypes.sizeof(rancog_host))
        self._callbacks: List[Any] = []  # must live as long as what uses them
        raw.progress = self._keep(rancog_host_progress(_progress(progress)))
        if now_ns is not None:
            raw.now_ns = self._keep(rancog_host_now_ns(_clock(now_ns)))
        if sleep_ns is not None:
            raw.sleep_ns = self._keep(rancog_host_sleep_ns(_sleep(sleep_ns)))
        if log is not None:
            raw.log = self._keep(rancog_host_log(_log(log)))
        if random_u64 is not None:
            raw.random_u64 = self._keep(rancog_host_random_u64(_random(random_u64)))
        self._raw = raw

    def _keep(self, callback: Any) -> Any:
        self._callbacks.append(callback)
        return callback

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Host cannot be pickled or copied: create one in each process")


#: What is accepted as a host.
AnyHost = Union[Host, rancog_host]


def raw_host(host: Optional[AnyHost]) -> rancog_host:
    """The struct for the library; without a host one that ends long calls when an exception waits (Ctrl-C)."""
    if host is None:
        return _default._raw
    if isinstance(host, Host):
        return host._raw
    if isinstance(host, rancog_host):
        return host
    raise TypeError(f"host: must be a Host, not {type(host).__name__}")


def _progress(function: Optional[Callable[[float, str], Any]]) -> Callable[..., int]:
    def cancels(fraction: float, stage: str) -> int:
        return 1 if function is not None and function(fraction, stage) else 0

    def progress(fraction: float, stage: Optional[bytes], _: Any) -> int:
        if is_stopping():
            return 1
        return 0 if function is None else run_python(cancels, (fraction, (stage or b"").decode("utf-8", "replace")), 1)

    return progress


def _clock(function: Callable[[], int]) -> Callable[..., int]:
    last = [0]  # goes on being told after an exception: a clock must not go back

    def read() -> int:
        now = _unsigned(function(), "now_ns")
        last[0] = max(now, last[0])
        return now

    return lambda _: run_python(read, (), last[0])


def _random(function: Callable[[], int]) -> Callable[..., int]:
    return lambda _: run_python(lambda: _unsigned(function(), "random_u64"), (), 0)


def _sleep(function: Callable[[int], Any]) -> Callable[..., None]:
    def sleep(nanoseconds: int, _: Any) -> None:
        if not is_stopping():
            run_python(function, (nanoseconds,), None)

    return sleep


def _log(log: _Log) -> Callable[..., None]:
    if isinstance(log, (logging.Logger, logging.LoggerAdapter)):
        write = _to_logger(log)
    elif callable(log):
        write = log
    else:
        raise TypeError(f"log: must be a function or a logging.Logger, not {type(log).__name__}")

    def take(level: int, message: Any, length: int, _: Any) -> None:
        text = ctypes.string_at(message, length).decode("utf-8", "replace") if length else ""
        run_python(write, (level, text), None)

    return take


def _to_logger(logger: "_Logger") -> Callable[[int, str], Any]:
    return lambda level, message: logger.log(_LEVELS.get(level, logging.ERROR), "%s", message)


def _unsigned(value: Any, function: str) -> int:
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{function}: must give a whole number, not {type(value).__name__}") from None
    if not 0 <= number <= U64_MAX:
        raise ValueError(f"{function}: gave {number}, must be 0 to {U64_MAX}")
    return number


_default = Host()
