"""RanCognition for Python: forecasts, anomalies, patterns and decisions for radio access networks.

>>> import rancognition
>>> with rancognition.Temporal() as core:
...     mean, lower, upper = core.forecast([41, 42, 44, 47, 50, 49, 53, 56, 58, 61, 64, 67], step_ns=900_000_000_000, horizon=4)
>>> len(mean)
4

Needs nothing but the standard library and librancognition, which the wheel brings along; RANCOGNITION_LIBRARY names another one. NumPy
arrays and columns of pandas are accepted, without a copy where they are contiguous doubles.

    Temporal    what is going on, what happens next, how sure is that: KPI histories in, patterns, forecasts, verdicts out
    Memory      what happened before in such a situation: episodes kept safely, recalled exactly, learned from
    Optimizer   what to set: knobs of every kind under constraints, problems of self-organising networks, a radio network model
    StrangeLoop loops that model themselves: fixed points with certificates, predictions checked and corrected, conflicts of control functions
    Cognition   decisions to check, undo and learn from: measurements in; cause, changes, confidence, guards, reasons out
    Scheduler   tasks at their nanosecond, in real or virtual time
    Loader      cores and plug-ins by name, configured at once
    Pool        memory in blocks, within a budget
    simd        kernels on arrays of single-precision numbers
    Host        functions of yours for clock, sleep, log, random and progress

Any thread may call anything; calls on one temporal, optimization, strange-loop or cognitive core queue, different cores run in parallel, and the
interpreter's lock is released during every call. Ctrl-C ends long calls. Failures are RanCognitionError with the library's status and message,
and also the error that Python would raise: InvalidArgument is a ValueError, NotFound a LookupError, OutOfMemory a MemoryError, StorageError an
OSError.

With multiprocessing take the start method "spawn" or "forkserver": in a process that was forked after the library had been used, calls
raise Forked. Objects cannot be pickled; create one in each process.
"""

from . import simd
from ._cognitive import Cognition, replay, replay_json
from ._errors import (
    Busy,
    Cancelled,
    Forked,
    InternalError,
    InvalidArgument,
    InvalidHandle,
    InvalidJson,
    Limit,
    NotFound,
    OutOfMemory,
    RanCognitionError,
    StorageError,
)
from ._host import Host
from ._info import buffers_outstanding, nanotime, render_report, runtime_info, runtime_info_json, version
from ._library import library_path
from ._loader import Loader, Module
from ._memory import Hits, Memory
from ._optimization import Optimizer
from ._points import EvaluationFailed
from ._pool import Pool
from ._raw import VERSION as __version__
from ._scheduler import UNLIMITED, Outcome, Scheduler, StopFlag, Task
from ._strange_loop import StrangeLoop
from ._temporal import Forecast, Temporal

__all__ = [
    "Busy",
    "Cancelled",
    "Cognition",
    "EvaluationFailed",
    "Forecast",
    "Forked",
    "Hits",
    "Host",
    "InternalError",
    "InvalidArgument",
    "InvalidHandle",
    "InvalidJson",
    "Limit",
    "Loader",
    "Memory",
    "Module",
    "NotFound",
    "Optimizer",
    "OutOfMemory",
    "Outcome",
    "Pool",
    "RanCognitionError",
    "Scheduler",
    "StopFlag",
    "StorageError",
    "StrangeLoop",
    "Task",
    "Temporal",
    "UNLIMITED",
    "__version__",
    "buffers_outstanding",
    "library_path",
    "nanotime",
    "render_report",
    "replay",
    "replay_json",
    "runtime_info",
    "runtime_info_json",
    "simd",
    "version",
]
