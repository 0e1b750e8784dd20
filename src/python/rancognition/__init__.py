"""RanCognition for Python: forecasts, anomalies, patterns and decisions for radio access networks.

    import rancognition

    with rancognition.Temporal() as core:
        mean, lower, upper = core.forecast([41, 43, 48, 52, 57], step_ns=900_000_000_000, horizon=4)

Needs nothing but the standard library and librancognition. Any thread may call anything; calls on one temporal core queue,
different cores run in parallel, and the interpreter's lock is released during every call.
"""

from ._core import Temporal, buffers_outstanding, nanotime, render_report, runtime_info, version
from ._errors import RanCognitionError
from ._library import library_path
from ._loader import Loader, Module
from ._scheduler import UNLIMITED, Outcome, Scheduler, StopFlag, Task

__all__ = [
    "Loader",
    "Module",
    "Outcome",
    "RanCognitionError",
    "Scheduler",
    "StopFlag",
    "Task",
    "Temporal",
    "UNLIMITED",
    "buffers_outstanding",
    "library_path",
    "nanotime",
    "render_report",
    "runtime_info",
    "version",
]
